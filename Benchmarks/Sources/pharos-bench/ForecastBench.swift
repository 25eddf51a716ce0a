import ArgumentParser
import Foundation
import Measures

/// Accuracy on values held back, and series per second.
struct ForecastBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Holds back the last values of every series, forecasts them, and compares methods; then measures speed.")

    @Option(help: "Rows series,t,value. Without it, series are generated.")
    var series: String?

    @Option(help: "How many series to generate.")
    var generated = 400

    @Option(help: "Seed of the generator.")
    var seed: UInt64 = 20

    @Option(help: "Values per cycle.")
    var period = 12

    @Option(help: "Values held back.")
    var horizon = 18

    @Flag(help: "Measure each method alone as well.")
    var each = false

    func run() throws {
        let all = try history().filter { $0.count >= horizon + 12 }
        print("\(all.count) series, horizon \(horizon), period \(period)")
        print("method                     sMAPE %   MASE   50%   80%   95%   sum 50%   80%   95%   series/s")
        if each {
            for method in ForecastMethod.allCases { report(method.rawValue, all, [method]) }
        }
        report("combination", all, nil)
    }

    private func history() throws -> [[Double]] {
        if let series {
            var reader = SeriesTableReader()
            try reader.read(Data(contentsOf: URL(fileURLWithPath: series)))
            return try reader.finish().series.map { $0.values.compactMap { $0 } }
        }
        var generator = SeriesGenerator(seed: seed)
        return (0..<generated).map { _ in generator.monthly() }
    }

    private func report(_ name: String, _ all: [[Double]], _ methods: [ForecastMethod]?) {
        let forecaster = Forecaster(period: period, horizon: horizon, methods: methods)
        var percent = 0.0
        var scaled = 0.0
        var inside = [0.0, 0.0, 0.0]
        var totalInside = [0.0, 0.0, 0.0]
        var totals = 0.0
        var counted = 0.0
        let start = DispatchTime.now().uptimeNanoseconds
        let forecasts = all.map { forecaster.forecast($0.dropLast(horizon).map(Optional.some)) }
        let seconds = Double(DispatchTime.now().uptimeNanoseconds - start) / 1e9
        for (values, forecast) in zip(all, forecasts) where !forecast.points.isEmpty {
            let actual = Array(values.suffix(horizon))
            let known = Array(values.dropLast(horizon))
            var naive = 0.0
            for index in period..<max(period + 1, known.count) { naive += abs(known[index] - known[index - period]) }
            naive /= Double(max(1, known.count - period))
            for step in actual.indices {
                let error = abs(actual[step] - forecast.points[step])
                percent += 200 * error / (abs(actual[step]) + abs(forecast.points[step]))
                scaled += naive > 0 ? error / naive : 0
                for (index, interval) in forecast.intervals.enumerated()
                where interval.lower[step]...interval.upper[step] ~= actual[step] { inside[index] += 1 }
            }
            counted += Double(actual.count)
            // The sum of a cycle, such as a year's total.
            let cycle = min(period > 1 ? period : horizon, horizon)
            let sum = actual.prefix(cycle).reduce(0, +)
            totals += 1
            if let total = forecast.total(of: cycle) {
                for (index, bound) in total.bounds.enumerated() where bound.lower...bound.upper ~= sum { totalInside[index] += 1 }
            }
        }
        func column(_ value: Double, _ format: String) -> String { String(format: format, value) }
        let padded = name.padding(toLength: 24, withPad: " ", startingAt: 0)
        print(
            padded, column(percent / counted, "%9.3f"), column(scaled / counted, "%6.3f"),
            inside.map { column(100 * $0 / counted, "%5.1f") }.joined(separator: " "), "   ",
            totalInside.map { column(100 * $0 / totals, "%5.1f") }.joined(separator: " "),
            column(Double(all.count) / seconds, "%10.0f"))
    }
}
