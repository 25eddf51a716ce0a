import ArgumentParser
import Foundation
import Scheduling

struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Risk simulation against a plain C++ loop at -O3 and vectorised NumPy over the same network in the same run.")

    @Option(help: "Numbers of activities.") var activities: [Int] = [1_000]
    @Option(help: "Runs of a simulation.") var runs = 10_000
    @Option(help: "Simulations per size; medians are shown.") var repeats = 7
    @Option(help: "Python with NumPy, or none.") var python = "python3"

    func run() throws {
        let program = FileManager.default.temporaryDirectory.appendingPathComponent("pharos-simulate-reference").path
        _ = try output(["c++", "-O3", "-std=c++17", "-o", program, reference("simulate.cpp")])
        print(
            "Milliseconds: processor time on one thread, time passed on two; Latin hypercube draws, sorted results and percentiles.\n"
        )
        print(
            "| activities × runs | estimates | finish | C++ | × | 2 threads | with criticality and tornado | C++ criticality only | × "
                + "| 2 threads | C++ pass without draws | finish ÷ that | NumPy | NumPy ÷ finish |")
        print("|---|---|---|---|---|---|---|---|---|---|---|---|---|---|")
        for count in activities { for isTable in [false, true] { print(try row(count, isTable, program)) } }
    }

    private func row(_ count: Int, _ isTable: Bool, _ program: String) throws -> String {
        let network = SimulatedNetwork(activities: count, isTable: isTable)
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("pharos-simulate-\(count).bin")
        defer { try? FileManager.default.removeItem(at: file) }
        try network.binary().write(to: file)
        let cases = [(1, false), (2, false), (1, true), (2, true)]
        // Ours and theirs in turn, so that what else the machine does meets both.
        var ours = cases.map { _ in (times: [Double](), result: SimulationResult?.none) }
        var theirs: [[Double]] = []
        var numpy: [[Double]] = []
        for _ in 0..<repeats {
            for (index, (threads, sensitivity)) in cases.enumerated() {
                let (time, result) = try measure(network.plan, threads: threads, sensitivity: sensitivity)
                ours[index].times.append(time)
                ours[index].result = result
            }
            theirs.append(try numbers([program, file.path, String(runs)]))
            if python != "none", numpy.count < 3 {
                numpy.append(try numbers([python, reference("simulate.py"), file.path, String(runs)]))
            }
        }
        guard let sample = theirs.first else { return "" }
        if let result = ours[2].result { try compare(result, mean: sample[3], p80: sample[4], criticality: sample[5]) }
        if let first = numpy.first, let result = ours[0].result {
            try compare(result, mean: first[1], p80: first[2], criticality: nil)
        }
        let mine = ours.map { median($0.times) }
        let cpp = (0..<3).map { column in median(theirs.map { $0[column] }) * 1000 }
        let vectorised = numpy.isEmpty ? nil : median(numpy.map { $0[0] }) * 1000
        func one(_ value: Double) -> String { String(format: "%.1f", value) }
        func ratio(_ mine: Double, _ other: Double) -> String { String(format: "%.2f", mine / other) }
        let cells = [
            "\(count) × \(runs)", isTable ? "PERT" : "triangular", one(mine[0]), one(cpp[0]), ratio(mine[0], cpp[0]),
            one(mine[1]),
            one(mine[2]), one(cpp[1]), ratio(mine[2], cpp[1]), one(mine[3]), one(cpp[2]), ratio(mine[0], cpp[2]),
            vectorised.map(one) ?? "–", vectorised.map { ratio($0, mine[0]) } ?? "–",
        ]
        return "| " + cells.joined(separator: " | ") + " |"
    }

    /// Milliseconds: processor time on one thread, on several the time that passes.
    private func measure(_ plan: UncertainPlan, threads: Int, sensitivity: Bool) throws -> (
        time: Double, result: SimulationResult
    ) {
        let options = SimulationOptions(runs: runs, threads: threads, sensitivity: sensitivity)
        let clock = threads == 1 ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC
        let start = now(clock)
        let result = try RiskSimulation.run(plan, options: options)
        return ((now(clock) - start) * 1000, result)
    }

    private func now(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
    }

    /// The programs draw differently, so they agree within what chance leaves.
    private func compare(_ result: SimulationResult, mean: Double, p80: Double, criticality: Double?) throws {
        let error = 5 * result.finish.standardDeviation / Double(runs).squareRoot()
        guard abs(result.finish.mean - mean) < error, abs(result.finish.quantile(0.8) - p80) < 2 * error else {
            throw ValidationError("finishes differ: \(result.finish.mean), \(result.finish.quantile(0.8)) and \(mean), \(p80)")
        }
        guard let criticality else { return }
        let sum = result.activities.reduce(0) { $0 + $1.criticality }
        guard abs(sum - criticality) < 0.02 * criticality else {
            throw ValidationError("criticality differs: \(sum) and \(criticality)")
        }
    }

    private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    private func reference(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("reference").appendingPathComponent(name).path
    }

    private func numbers(_ command: [String]) throws -> [Double] {
        try output(command).split(whereSeparator: \.isWhitespace).compactMap { Double($0) }
    }

    private func output(_ command: [String]) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.standardOutput = pipe
        try process.run()
        let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw ValidationError("\(command[0]) ended with \(process.terminationStatus)")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// The generated network with three-point estimates around each duration.
private struct SimulatedNetwork {
    let plan: UncertainPlan
    private let points: [(low: Double, mode: Double, high: Double)]
    private let isTable: Bool

    init(activities count: Int, isTable: Bool) {
        let network = GeneratedNetwork(activities: count)
        self.isTable = isTable
        var random = SeededRandom(state: 5)
        points = network.durations.map { duration in
            let mode = Double(duration)
            let low = (mode * (0.5 + 0.45 * Double(random.next(below: 1000)) / 1000)).rounded()
            return (low, mode, (mode * (1.1 + 1.4 * Double(random.next(below: 1000)) / 1000)).rounded())
        }
        plan = UncertainPlan(
            activities: points.map { point in
                UncertainActivity(
                    duration: isTable
                        ? .pert(optimistic: point.low, mostLikely: point.mode, pessimistic: point.high)
                        : .triangular(optimistic: point.low, mostLikely: point.mode, pessimistic: point.high))
            }, links: network.links.map { UncertainLink($0.from, $0.to, kind: $0.kind, lag: $0.lag) })
    }

    /// As `reference/simulate.cpp` reads it.
    func binary() -> Data {
        var data = Data()
        func append<T>(_ values: [T]) { values.withUnsafeBytes { data.append(contentsOf: $0) } }
        var starts = [Int32](repeating: 0, count: points.count + 1)
        for link in plan.links { starts[link.successor + 1] += 1 }
        for index in points.indices { starts[index + 1] += starts[index] }
        let links = plan.links.enumerated().sorted { ($0.element.successor, $0.offset) < ($1.element.successor, $1.offset) }.map(
            \.element)
        append([Int32(points.count), Int32(links.count), isTable ? 1 : 0])
        append(starts)
        append(links.map { Int32($0.predecessor) })
        append(links.map { Int32($0.kind.rawValue) })
        append(links.map { Float($0.lag) })
        append(points.map { Float($0.low) })
        append(points.map { Float($0.mode) })
        append(points.map { Float($0.high) })
        for activity in plan.activities {
            append((0...256).map { isTable ? Float(activity.duration.quantile(Double($0) / 256)) : 0 })
        }
        return data
    }
}
