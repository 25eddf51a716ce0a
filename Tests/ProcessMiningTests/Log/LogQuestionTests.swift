import Testing

@testable import ProcessMining

@Suite("Questions to a log")
struct LogQuestionTests {
    private func office() -> EventLog {
        var builder = EventLogBuilder(attributes: ["channel"])
        func add(_ id: String, _ name: String, _ hour: Int64, _ who: String, _ channel: String) {
            builder.append(caseID: id, activity: name, end: hour * 3_600_000_000, resource: who, values: [channel])
        }
        // Days 0 to 3 since 1970, UTC.
        for (id, first, rest, who, channel) in [
            ("1", 9, ["check", "close"], "A", "phone"), ("2", 33, ["close"], "B", "mail"),
            ("3", 57, ["check", "close"], "A", "mail"),
            ("4", 90, ["check", "check", "close"], "B", "web"),
        ] as [(String, Int64, [String], String, String)] {
            add(id, "receive", first, who, channel)
            for (place, name) in rest.enumerated() { add(id, name, first + Int64(place + 1) * 10, who, channel) }
        }
        return builder.finish()
    }

    private func kept(_ fields: [String: String]) throws -> [String] {
        office().filtered(by: try LogQuestion(fields, zoneMinutes: 0).filter).cases
    }

    @Test(
        "each field keeps the cases it means",
        arguments: [
            (["from": "1970-01-02"], ["2", "3", "4"]), (["to": "1970-01-02"], ["1", "2"]),
            (["from": "1970-01-02", "to": "1970-01-02", "coverage": "intersecting"], ["1", "2"]),
            (["with": "check"], ["1", "3", "4"]), (["without": "check"], ["2"]), (["variants": "1"], ["1", "3"]),
            (["variant": "2"], ["2"]), (["variant": "9"], []), (["attribute": "channel=mail|web"], ["2", "3", "4"]),
            (["person": "B"], ["2", "4"]),
            (["longer": "15h"], ["1", "3", "4"]), (["shorter": "0.5d"], ["2"]),
            (["longer": "600m", "shorter": "20h"], ["1", "2", "3"]),
            (["person": "", "from": ""], ["1", "2", "3", "4"]),
        ] as [([String: String], [String])])
    func keeps(fields: [String: String], cases: [String]) throws {
        #expect(try kept(fields) == cases)
    }

    @Test("events of some activities alone make shorter traces")
    func only() throws {
        let log = office().filtered(by: try LogQuestion(["only": "check|close"], zoneMinutes: 0).filter)
        #expect(log.eventCount == 8 && log.caseCount == 4)
    }

    @Test("days begin at the midnights of the zone")
    func zone() throws {
        let east = try LogQuestion(["from": "1970-01-02"], zoneMinutes: 480)
        #expect(east.filter.period?.lowerBound == Int64(57_600_000_000))
    }

    @Test("a day splits a log in two, within whatever else is asked")
    func split() throws {
        let question = try LogQuestion(["split": "1970-01-03", "from": "1970-01-02"], zoneMinutes: 0)
        #expect(office().filtered(by: question.filter).cases == ["2", "3", "4"])
        #expect(office().filtered(by: try #require(question.compared)).cases == ["2"])
        #expect(office().filtered(by: try #require(question.other)).cases == ["3", "4"])
        let other = try LogQuestion(["person": "A", "compare": "person=B&with=check"], zoneMinutes: 0)
        #expect(office().filtered(by: other.filter).cases == ["1", "3"])
        #expect(office().filtered(by: try #require(other.other)).cases == ["4"])
    }

    @Test(
        "what cannot be read is refused with the field and an example",
        arguments: [
            ["from": "soon"], ["to": "2026-3-1"], ["variants": "0"], ["variant": "x"], ["longer": "3"], ["shorter": "-1h"],
            ["coverage": "all"],
            ["clock": "sun"], ["attribute": "channel"], ["compare": "who=me"], ["from": "2026-03-02", "to": "2026-03-01"],
            ["longer": "2d", "shorter": "1d"],
        ])
    func refused(fields: [String: String]) {
        #expect {
            try LogQuestion(fields, zoneMinutes: 0)
        } throws: { error in
            guard let flaw = error as? LogQuestion.Flaw else { return false }
            return fields.keys.contains { flaw.words.en.contains($0) } && flaw.words.zh.contains("写成")
        }
    }

    @Test("names that the log does not have are told with those it has")
    func unknown() throws {
        let log = office()
        for fields in [["with": "pay"], ["person": "C"], ["attribute": "team=1"], ["attribute": "channel=fax"]] {
            let question = try LogQuestion(fields, zoneMinutes: 0)
            #expect(throws: LogQuestion.Flaw.self) { try question.check(log) }
        }
        try LogQuestion(["with": "check", "person": "A", "attribute": "channel=web"], zoneMinutes: 0).check(log)
    }

    @Test("working time counts in arcs, durations, hand-overs, comparisons and the map")
    func clock() throws {
        // Only the first twelve hours of each day count; case 1 runs from 9 to 29 o'clock: 3 + 5 hours.
        let week = WorkWeek(spans: (0..<7).map { Double($0) * 86_400..<Double($0) * 86_400 + 43_200 })
        let clock = WorkClock(week, zoneMinutes: 0)
        let log = office().filtered(by: try LogQuestion(["person": "A", "attribute": "channel=phone"], zoneMinutes: 0).filter)
        let statistics = LogStatistics(log, clock: clock)
        #expect(statistics.leadTime.mean == 8 * 3600 && statistics.caseDuration.mean == 8 * 3600)
        #expect(statistics.arcs.map(\.time.mean).sorted() == [3 * 3600, 5 * 3600])
        #expect(HandOver.all(log, clock: clock).map(\.waiting.mean) == [4 * 3600])
        #expect(LogComparison(log, log, clock: clock).first.leadTime.mean == 8 * 3600)
        #expect(ProcessMap(log, clock: clock).arcs.compactMap(\.meanTime).sorted() == [3 * 3600, 5 * 3600])
        #expect(log.filtered(by: try LogQuestion(["shorter": "9h"], zoneMinutes: 0).filter, clock: clock).caseCount == 1)
        #expect(clock.seconds(from: 3_600_000_000, to: 0) == -3600)
    }
}
