import Testing

@testable import ProcessMining

/// A small log of intervals, every figure of which is worked out by hand. Minutes after midnight.
private func office() -> EventLog {
    var builder = EventLogBuilder(attributes: ["班组"])
    func add(_ id: String, _ name: String, _ from: Int64, _ to: Int64, _ who: String?, _ team: String?) {
        builder.append(caseID: id, activity: name, start: from * 60_000_000, end: to * 60_000_000, resource: who, values: [team])
    }
    add("1", "登记", 0, 10, "甲", "前台")
    add("1", "审核", 40, 50, "乙", "后台")
    add("1", "关闭", 50, 55, "乙", "后台")
    add("2", "登记", 5, 10, "甲", "前台")
    add("2", "审核", 70, 100, "丙", "后台")
    add("2", "审核", 90, 110, "乙", "后台")
    add("2", "关闭", 140, 150, nil, nil)
    return builder.finish()
}

@Suite("Times, hand-overs and load")
struct ActivityStatisticsTests {
    private func times(_ name: String) -> ActivityTimes? {
        let log = office()
        return ActivityTimes.all(log).first { log.activities[$0.activity] == name }
    }

    @Test("waiting runs from what ended last, work side by side waits for nothing")
    func waiting() {
        #expect(times("审核")?.events == 3)
        #expect(times("审核")?.cases == 2)
        // 30 and 60 minutes, and 0 for the one begun while the other ran.
        #expect(times("审核")?.waiting.mean == 30.0 * 60)
        #expect(times("审核")?.service.mean == 20.0 * 60)
        #expect(times("关闭")?.waiting.mean == 15.0 * 60)
        #expect(times("登记")?.waiting.maximum == 0)
        #expect(times("审核")?.total == Double((30 + 60 + 0 + 10 + 30 + 20) * 60))
    }

    @Test("a clock of working time counts only that")
    func clock() {
        // Nothing is worked in the first hour.
        let clock = WorkClock { max(Double($1) / 1e6, 3600) - max(Double($0) / 1e6, 3600) }
        let log = office()
        let own = ActivityTimes.all(log, clock: clock).first { log.activities[$0.activity] == "审核" }
        #expect(own?.waiting.maximum == 10.0 * 60)
        #expect(log.leadTimes(clock: clock).maximum == 90.0 * 60)
    }

    @Test("work passed on is counted by who and to whom")
    func handOvers() {
        let log = office()
        let all = HandOver.all(log)
        func count(_ one: String, _ other: String) -> Int {
            all.first { log.resources[$0.from] == one && log.resources[$0.to] == other }?.count ?? 0
        }
        #expect(count("甲", "乙") == 1 && count("甲", "丙") == 1 && count("乙", "乙") == 1 && count("丙", "乙") == 1)
        #expect(all.count == 4)
        #expect(HandOver.share(all) == 0.75)
    }

    @Test("what comes, goes and is under way, by the midnights of the zone")
    func load() {
        var builder = EventLogBuilder()
        for (id, from, to) in [("1", 0, 2), ("2", 0, 0), ("3", 1, 3)] as [(String, Int64, Int64)] {
            for day in [from, to] { builder.append(caseID: id, activity: "a", end: (day * 24 + 20) * 3_600_000_000) }
        }
        let plain = DailyLoad(builder.finish(), zoneMinutes: 0)
        #expect(plain.arrived == [2, 1, 0, 0])
        #expect(plain.finished == [1, 0, 1, 1])
        #expect(plain.inProgress == [1, 2, 1, 0])
        #expect(DailyLoad(builder.finish(), zoneMinutes: 480).firstDay == 1)
    }

    @Test("bottlenecks take what is left of the lead time, and name the cases")
    func bottlenecks() {
        let log = office()
        let all = Bottleneck.activities(log)
        #expect(all.first.map { $0.place } == .activity(1))
        #expect(all.first?.worstCases == [1, 0])
        #expect(abs((all.first?.waitingShare ?? 0) - 90.0 / 150) < 1e-12)
        // Lead times are 55 and 145 minutes.
        #expect(abs((all.first?.share ?? 0) - 150.0 / 200) < 1e-12)
        let ways = Bottleneck.arcs(log)
        #expect(ways.first.map { $0.place } == .arc(from: 0, to: 1))
        #expect(ways.first?.total == 90.0 * 60)
    }

    @Test("lanes are teams where they are named, or else people who do alike")
    func lanes() {
        let log = office()
        #expect(log.lanes == ["前台", "后台", "后台"])
        var builder = EventLogBuilder()
        for (index, who) in ["甲", "乙", "甲", "丙", "丁"].enumerated() {
            builder.append(caseID: "\(index)", activity: index < 3 ? "a" : "b", end: Int64(index), resource: who)
        }
        let people = PeopleRoles(builder.finish())
        #expect(people.members.map(\.count) == [2, 2])
        #expect(people.roleOfActivity == [0, 1])
    }

    @Test("a filter keeps what it says, and conditions hold together")
    func filters() {
        let log = office()
        func cases(_ change: (inout LogFilter) -> Void) -> [String] {
            var filter = LogFilter()
            change(&filter)
            return log.filtered(by: filter).cases
        }
        let minute: Int64 = 60_000_000
        #expect(cases { _ in } == ["1", "2"])
        #expect(cases { $0.period = 0..<(60 * minute) } == ["1"])
        #expect(
            cases {
                $0.period = (56 * minute)..<(200 * minute); $0.coverage = .intersecting
            } == ["2"])
        #expect(
            cases {
                $0.period = (1 * minute)..<(9 * minute); $0.coverage = .started
            } == ["2"])
        #expect(cases { $0.duration = 0...3600 } == ["1"])
        #expect(cases { $0.resources = ["丙"] } == ["2"])
        #expect(cases { $0.attributes = ["班组": ["后台"]] } == ["1", "2"])
        #expect(cases { $0.attributes = ["级别": ["P1"]] } == [])
        #expect(cases { $0.withoutActivities = ["登记"] } == [])
        #expect(cases { $0.mostFrequentVariants = 1 } == ["1"])
        var only = LogFilter()
        only.onlyActivities = ["登记", "关闭"]
        let part = log.filtered(by: only)
        #expect(part.eventCount == 4)
        #expect(part.attributes[0].codes.count == 4)
        #expect(LogStatistics(part).arcs.map(\.count) == [2])
    }

    @Test("two parts of a log stand side by side")
    func comparison() {
        let log = office()
        let comparison = LogComparison(log.keepingCases { $0 == 0 }, log.keepingCases { $0 == 1 })
        let review = comparison.activities.first { $0.names == ["审核"] }
        #expect(review?.counts.0 == 1 && review?.counts.1 == 2)
        #expect(review?.means.0 == 40.0 * 60 && review?.means.1 == 55.0 * 60)
        #expect(comparison.arcs.first { $0.names == ["审核", "审核"] }?.counts.0 == 0)
    }

    @Test("quantiles selected are those of the sorted values")
    func quantiles() {
        var state: UInt64 = 5
        func draw() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double((state >> 40) % 50)
        }
        for count in [1, 2, 3, 17, 18, 100, 1001] {
            for shape in 0..<3 {
                var values = (0..<count).map { shape == 0 ? draw() : shape == 1 ? Double($0) : Double(-$0) }
                let sorted = values.sorted()
                func expected(_ part: Double) -> Double {
                    let place = part * Double(count - 1)
                    let low = Int(place)
                    return low + 1 < count ? sorted[low] + (place - Double(low)) * (sorted[low + 1] - sorted[low]) : sorted[low]
                }
                let summary = LogStatistics.Summary(&values)
                #expect(summary.median == expected(0.5) && summary.p80 == expected(0.8) && summary.p90 == expected(0.9))
                #expect(summary.minimum == sorted[0] && summary.maximum == sorted[count - 1])
            }
        }
    }

    @Test("a map says how many ways it leaves out, and how many cases take one of them")
    func hidden() {
        // Four cases go straight, one repeats b, two skip it.
        let paths = ["abc", "abc", "abc", "abc", "abbc", "ac", "ac"]
        var builder = EventLogBuilder()
        for (number, path) in paths.enumerated() {
            for (place, activity) in path.enumerated() {
                builder.append(
                    caseID: "\(number)", activity: "\(activity)", start: nil, end: Int64(place) * 3_600_000, resource: nil)
            }
        }
        let log = builder.finish()
        let whole = ProcessMap(log)
        #expect(whole.hiddenArcs == 0 && whole.hiddenCases == 0)
        let straight = ProcessMap(log, paths: 0)
        // a to b, b to c, beginning and end stay; a to c and b to b do not.
        #expect(straight.arcs.count == 4 && straight.hiddenArcs == 2 && straight.hiddenCases == 3)
        #expect(ProcessMap(log, paths: 0, least: 6) == whole)
    }

    @Test("a map with everything keeps every way; one with less keeps each activity tied")
    func map() throws {
        guard let log = try ReferenceLog.log("receipt.csv") else { return }
        let statistics = LogStatistics(log)
        let whole = ProcessMap(log)
        #expect(whole.nodes.count == statistics.activities.count)
        #expect(whole.arcs.count { $0.from != nil && $0.to != nil } == statistics.arcs.count)
        #expect(whole.arcs.filter { $0.from == nil }.reduce(0) { $0 + $1.count } == log.caseCount)
        let small = ProcessMap(log, activities: 0.4, paths: 0)
        #expect(small.nodes.count == 11)
        for node in small.nodes.indices {
            #expect(small.arcs.contains { $0.to == node && $0.from != node })
            #expect(small.arcs.contains { $0.from == node && $0.to != node })
        }
    }
}
