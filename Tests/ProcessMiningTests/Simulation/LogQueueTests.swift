import Foundation
import Testing

@testable import ProcessMining

/// Logs of queues whose waits are known by formula, read and simulated again.
@Suite("Simulation of what a log shows, against the queues the log is of")
struct LogQueueTests {
    private static let minute = 60_000_000.0

    private struct Station {
        /// Minutes.
        var service: Double
        var people: Int
        /// Minutes waited before for another reason, by chance.
        var delay = 0.0
    }

    private struct Seen {
        var log: EventLog
        var process: ProcessModel
        /// Minutes.
        var cycleTime, betweenArrivals: Double
        var services: [Double]
        var delays: [Double]

        /// As the formula has it for the rates that this log happens to have.
        func expected(_ stations: [Station]) -> Double {
            zip(zip(stations, services), delays).reduce(0) { sum, found in
                let ((station, service), delay) = found
                return sum + service + delay + QueueTests.erlangWait(1 / betweenArrivals, 1 / service, station.people)
            }
        }
    }

    /// Day and night, a case every ten minutes by chance, all stations one after the other (Jackson).
    private static func seen(_ stations: [Station], cases: Int, seed: Int) -> Seen {
        var dice = Dice(state: UInt64(seed) &* 7919)
        var builder = EventLogBuilder()
        var process = ProcessModel()
        var before = process.add(.init(.start))
        func stamp(_ minutes: Double) -> Int64 { 20_458 * 86_400_000_000 + Int64(minutes * minute) }
        func step(_ name: String, _ lane: String) {
            let node = process.add(.init(.activity, name, lane: lane))
            process.connect(before, node)
            before = node
        }
        var clock = 0.0
        let arrivals = (0..<cases).map { _ in
            clock += dice.span(10)
            return clock
        }
        for (index, time) in arrivals.enumerated() {
            builder.append(caseID: "\(index)", activity: "arrives", start: stamp(time), end: stamp(time))
        }
        step("arrives", "system")
        var times = arrivals
        var services: [Double] = []
        var delays: [Double] = []
        for (number, station) in stations.enumerated() {
            var free = [Double](repeating: 0, count: station.people)
            var (service, delay) = (0.0, 0.0)
            if station.delay > 0 {
                for index in times.indices {
                    let waited = dice.span(station.delay)
                    times[index] += waited
                    delay += waited
                }
            }
            for index in times.indices.sorted(by: { times[$0] < times[$1] }) {
                let server = free.indices.min { free[$0] < free[$1] }!
                let begin = max(times[index], free[server])
                let span = dice.span(station.service)
                (free[server], times[index]) = (begin + span, begin + span)
                service += span
                builder.append(
                    caseID: "\(index)", activity: "step \(number)", start: stamp(begin), end: stamp(begin + span),
                    resource: "person \(number) \(server)")
            }
            services.append(service / Double(cases))
            delays.append(delay / Double(cases))
            step("step \(number)", "role \(number)")
        }
        process.connect(before, process.add(.init(.end)))
        let total = zip(times, arrivals).reduce(0) { $0 + $1.0 - $1.1 }
        return Seen(
            log: builder.finish(), process: process, cycleTime: total / Double(cases),
            betweenArrivals: (clock - arrivals[0]) / Double(cases - 1), services: services, delays: delays)
    }

    private func simulated(_ seen: Seen, seed: Int) throws -> (model: SimulationModel, found: Simulation.Outcome) {
        let model = try SimulationModel(process: seen.process, log: seen.log)
            .calibrated(to: SimulationModel.waits(seen.process, seen.log), in: seen.log.caseCount)
        var simulation = Simulation()
        (simulation.runs, simulation.seed) = (10, UInt64(seed))
        return (model, try #require(try simulation.run(model)))
    }

    @Test(
        "the mean over several logs is the formula's, without bias, and most intervals hold what their log shows",
        arguments: [[(5.0, 1)], [(15, 3)], [(5, 1), (8, 2)]])
    func unbiased(shape: [(Double, Int)]) throws {
        let stations = shape.map { Station(service: $0, people: $1) }
        var ratios: [Double] = []
        var held = 0
        for seed in 1...4 {
            let seen = Self.seen(stations, cases: 6000, seed: seed)
            let found = try simulated(seen, seed: seed).found.cycleTime
            ratios.append(found.mean / 60 / seen.expected(stations))
            if found.low <= seen.cycleTime * 60, seen.cycleTime * 60 <= found.high { held += 1 }
        }
        let mean = ratios.reduce(0, +) / Double(ratios.count)
        #expect(abs(mean - 1) < 0.04, "\(ratios)")
        #expect(held >= 2, "\(ratios)")
    }

    @Test("what is awaited beside the queue is found as a delay, and the log is met with it")
    func delay() throws {
        let stations = [Station(service: 7, people: 1), Station(service: 4, people: 1, delay: 45)]
        let seen = Self.seen(stations, cases: 3000, seed: 2)
        let outcome = try simulated(seen, seed: 1)
        let model = outcome.model
        let delays = model.process.nodes.indices.filter { model.process.nodes[$0].name.hasPrefix("step") }
            .compactMap { model.work[$0]?.delay }
        #expect(delays[0] == 0)
        #expect(abs(delays[1] / 60 - 45) < 4)
        #expect(abs(outcome.found.cycleTime.mean / 60 / seen.cycleTime - 1) < 0.06)
    }

    @Test("a wait that ends outside working hours is not counted twice: the delay is what makes for the wait seen")
    func workingHours() throws {
        var model = QueueTests.row(arrivals: 0.1, [(4, 3)])
        model.roles[0].week = WorkWeek(openHours: Set((0..<5).flatMap { day in (9..<17).map { day * 24 + $0 } }))
        let goal = 40 * 3600.0
        var simulation = Simulation()
        simulation.runs = 5
        let calibrated = try model.calibrated(to: [1: goal])
        let waited = try #require(try simulation.run(calibrated)?.waitingAt[1]?.mean)
        #expect(abs(waited / goal - 1) < 0.03)
    }

    @Test("arrivals even but for chance come out even, and hours in which nobody comes stay empty")
    func pattern() {
        var dice = Dice(state: 5)
        let week = WorkWeek.length
        let even = ArrivalPattern((0..<3000).map { _ in dice.part() * 6.4 * week }).rates
        #expect(even.allSatisfy { abs($0 / (3000 / 6.4 / 168) - 1) < 0.15 })
        // Working days from 9 to 17 with twice as many in the first hour, and Saturday mornings.
        let open = Set((0..<5).flatMap { day in (9..<17).map { day * 24 + $0 } } + (9..<12).map { 120 + $0 })
        var begins: [Double] = []
        for number in 0..<8 {
            for hour in open.sorted() {
                let expected = hour % 24 == 9 ? 20.0 : 10
                var place = dice.span(1 / expected)
                while place < 1 {
                    begins.append(Double(number) * week + (Double(hour) + place) * 3600)
                    place += dice.span(1 / expected)
                }
            }
        }
        let pattern = ArrivalPattern(begins)
        let rates = pattern.rates
        var (distance, bare) = (0.0, 0.0)
        for hour in rates.indices {
            let truth = !open.contains(hour) ? 0 : hour % 24 == 9 ? 20 : 10.0
            distance += (rates[hour] - truth) * (rates[hour] - truth)
            bare += (pattern.counts[hour] / 8 - truth) * (pattern.counts[hour] / 8 - truth)
            #expect((rates[hour] == 0) == (truth == 0), "\(hour)")
        }
        // Nearer to the truth than the counts of eight weeks.
        #expect(distance < 0.8 * bare, "\(distance) of \(bare)")
        // A log of two days says nothing of the others, and how many come in these two.
        let short = ArrivalPattern((0..<480).map { 86_400 + Double($0) * 360 })
        #expect(abs(short.rates.reduce(0, +) - 480) < 5 && short.rates[0] == 0 && short.rates[24 * 4] == 0)
    }
}
