import Testing

@testable import ProcessMining

@Suite("Event log")
struct EventLogTests {
    @Test("events are grouped by case and stand by time, equal times in the order they came")
    func order() {
        var builder = EventLogBuilder()
        builder.append(caseID: "B", activity: "登记", end: 30)
        builder.append(caseID: "A", activity: "登记", end: 10)
        builder.append(caseID: "B", activity: "受理", end: 20)
        builder.append(caseID: "B", activity: "关闭", end: 30)
        let log = builder.finish()
        #expect(log.cases == ["B", "A"])
        #expect(log.trace(ofCase: 0).map { log.activities[Int($0)] } == ["受理", "登记", "关闭"])
        #expect(log.events(ofCase: 1) == 3..<4)
        #expect(!log.hasIntervals)
    }

    @Test("a beginning or a name that only some events give is kept for those alone")
    func partial() {
        var builder = EventLogBuilder(attributes: ["channel"])
        builder.append(caseID: "A", activity: "x", end: 5, values: [nil])
        builder.append(caseID: "A", activity: "y", start: 6, end: 9, resource: "王", values: ["电话"])
        builder.append(caseID: "A", activity: "z", end: 12, values: ["电话"])
        let log = builder.finish()
        #expect((0..<3).map { log.start(of: $0) } == [5, 6, 12])
        #expect((0..<3).map { log.resource(of: $0) } == [-1, 0, -1])
        #expect(log.attributes[0].codes == [-1, 0, 0])
        #expect(log.span(ofCase: 0) == (5, 12))
    }

    @Test("a trace is in the order of completion where work runs side by side")
    func traceOrder() {
        var builder = EventLogBuilder()
        builder.append(caseID: "A", activity: "long", start: 0, end: 90)
        builder.append(caseID: "A", activity: "short", start: 10, end: 20)
        builder.append(caseID: "B", activity: "long", start: 0, end: 90)
        let log = builder.finish()
        #expect(log.trace(ofCase: 0).map { log.activities[Int($0)] } == ["short", "long"])
        #expect(log.completions(ofCase: 0) == (20, 90))
        let statistics = LogStatistics(log)
        #expect(statistics.startCounts == [1, 1] && statistics.endCounts == [2, 0])
        #expect(statistics.arcs.map { log.activities[$0.from] } == ["long"])
    }

    private struct Event: Hashable {
        let caseID: Int
        let activity: Int
        let start: Int64
        let end: Int64
        let who: Int
    }

    /// Events with times of their own, so that one order alone is right.
    private func events(_ seed: UInt64, hasIntervals: Bool) -> [Event] {
        var state = seed
        func draw(_ count: UInt64) -> Int64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int64((state >> 33) % count)
        }
        return (0..<600).map { number in
            let start = draw(1_000_000) * 1000 + Int64(number)
            return Event(
                caseID: Int(draw(40)), activity: Int(draw(12)), start: start,
                end: hasIntervals ? start + draw(1_000_000) * 1000 : start, who: Int(draw(5)))
        }
    }

    private func log(_ events: [Event], hasIntervals: Bool) -> EventLog {
        var builder = EventLogBuilder()
        for event in events {
            builder.append(
                caseID: "C\(event.caseID)", activity: "A\(event.activity)", start: hasIntervals ? event.start : nil,
                end: event.end,
                resource: "R\(event.who)")
        }
        return builder.finish()
    }

    @Test("events in whatever order they come make the same cases and the same traces", arguments: 1...6, [false, true])
    func anyOrder(seed: UInt64, hasIntervals: Bool) {
        let all = events(seed, hasIntervals: hasIntervals)
        let sorted = all.sorted { ($0.caseID, $0.start, $0.end) < ($1.caseID, $1.start, $1.end) }
        for log in [log(all, hasIntervals: hasIntervals), log(sorted, hasIntervals: hasIntervals)] {
            #expect(log.caseCount == Set(all.map(\.caseID)).count)
            for index in 0..<log.caseCount {
                let own = sorted.filter { "C\($0.caseID)" == log.cases[index] }
                let range = log.events(ofCase: index)
                #expect(range.map { log.activities[Int(log.activity[$0])] } == own.map { "A\($0.activity)" })
                #expect(range.map { log.start(of: $0) } == own.map(\.start) && range.map { log.end[$0] } == own.map(\.end))
                #expect(range.map { log.resources[Int(log.resource(of: $0))] } == own.map { "R\($0.who)" })
                let completed = own.sorted { $0.end < $1.end }
                #expect(log.trace(ofCase: index).map { log.activities[Int($0)] } == completed.map { "A\($0.activity)" })
            }
        }
    }

    @Test("the times of arcs are the same however many are kept at a time", arguments: [1, 7, 50, 599])
    func arcsInParts(timesAtOnce: Int) {
        for hasIntervals in [false, true] {
            let log = log(events(3, hasIntervals: hasIntervals), hasIntervals: hasIntervals)
            let (parts, whole) = (LogStatistics(log, .wall, timesAtOnce: timesAtOnce), LogStatistics(log))
            #expect(parts.arcs == whole.arcs && parts.arcs.count > 100)
            // By brute force over all cases.
            for arc in whole.arcs {
                var times: [Double] = []
                for index in 0..<log.caseCount {
                    for event in log.events(ofCase: index).dropLast()
                    where Int(log.activity[event]) == arc.from && Int(log.activity[event + 1]) == arc.to {
                        times.append(Double(log.start(of: event + 1) - log.end[event]) / 1e6)
                    }
                }
                #expect(arc.count == times.count && arc.time.maximum == times.max() && arc.time.minimum == times.min())
                #expect(abs(arc.time.mean - times.reduce(0, +) / Double(times.count)) < 1e-6)
            }
        }
    }
}
