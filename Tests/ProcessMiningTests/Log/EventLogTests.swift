import ProcessMining
import Testing

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
}
