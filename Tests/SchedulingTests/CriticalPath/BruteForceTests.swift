import Testing
import WorkingTime

@testable import Scheduling

@Suite struct BruteForceTests {
    /// Relaxes every link until nothing moves; positions of the standard calendar.
    private func earliest(_ builder: NetworkBuilder) -> [Int] {
        let spans = builder.activities.map { if case .working(let minutes) = $0.duration { minutes } else { 0 } }
        var start = builder.activities.map { _ in 0 }
        var isMoving = true
        while isMoving {
            isMoving = false
            for link in builder.links {
                guard case .working(let lag) = link.lag else { continue }
                let from = start[link.predecessor] + (link.kind.fromFinish ? spans[link.predecessor] : 0)
                let bound = from + lag - (link.kind.toFinish ? spans[link.successor] : 0)
                if bound > start[link.successor] { start[link.successor] = bound; isMoving = true }
            }
        }
        return start
    }

    /// Delays one activity by `amount` and reports whether the end of the network moves.
    private func delays(_ builder: NetworkBuilder, _ activity: Int, by amount: Int, end: Int) -> Bool {
        var late = builder
        let start = late.add(Activity(duration: .working(0)))
        let spans = builder.activities.map { if case .working(let minutes) = $0.duration { minutes } else { 0 } }
        late.link(start, activity, .startToStart, lag: .working(earliest(builder)[activity] + amount))
        let moved = earliest(late)
        return zip(moved, spans + [0]).contains { $0 + $1 > end }
    }

    @Test("early dates are the longest path, total float the largest delay that moves no end", arguments: 0..<12)
    func longestPath(seed: Int) throws {
        let builder = randomBuilder(count: 40, seed: UInt64(seed))
        let schedule = try builder.build().schedule()
        let starts = earliest(builder)
        let origin = WorkCalendar.standard.position(of: monday.at(8))
        let spans = builder.activities.map { if case .working(let minutes) = $0.duration { minutes } else { 0 } }
        let end = zip(starts, spans).map { $0 + $1 }.max() ?? 0
        for activity in builder.activities.indices {
            #expect(WorkCalendar.standard.position(of: schedule.start(of: activity)) - origin == starts[activity])
            let float = schedule.totalFloat(of: activity)
            #expect(!delays(builder, activity, by: float, end: end))
            #expect(delays(builder, activity, by: float + 1, end: end))
        }
    }

    @Test("many calendars give the same dates as one where they are all equal", arguments: 0..<20)
    func spacesAgree(seed: Int) throws {
        var builder = randomBuilder(count: 120, seed: UInt64(100 + seed), withDates: true)
        if seed >= 10 { complicate(&builder) }
        var mixed = builder
        let same = mixed.add(calendar: .standard)
        for index in mixed.activities.indices where index % 3 == 0 { mixed.activities[index].calendar = same }
        let one = try builder.build().schedule()
        let many = try mixed.build().schedule()
        #expect(one.network.isUniform && !many.network.isUniform)
        let position = WorkCalendar.standard.position(of:)
        for activity in builder.activities.indices {
            #expect(position(one.earlyStart(of: activity)) == position(many.earlyStart(of: activity)))
            #expect(position(one.earlyFinish(of: activity)) == position(many.earlyFinish(of: activity)))
            #expect(position(one.lateStart(of: activity)) == position(many.lateStart(of: activity)))
            #expect(position(one.lateFinish(of: activity)) == position(many.lateFinish(of: activity)))
            #expect(one.totalFloat(of: activity) == many.totalFloat(of: activity))
            #expect(one.freeFloat(of: activity) == many.freeFloat(of: activity))
            #expect(one.isCritical(activity) == many.isCritical(activity))
        }
    }

    /// What project files add: dates before the start, links that win, inactive and split activities, shares of durations.
    private func complicate(_ builder: inout NetworkBuilder) {
        builder.options.datesMayPrecedeStart = true
        builder.options.constraintsWinOverLinks = false
        builder.activities[0].progress = .finished(start: (monday - 11).at(8), finish: (monday - 10).at(17))
        builder.activities[1].progress = .started(start: (monday - 4).at(8), remaining: 2 * day, resume: (monday + 1).at(8))
        for index in builder.activities.indices.dropFirst(2) {
            if index % 17 == 3 { builder.activities[index].mode = .inactive }
            if index % 13 == 2 { builder.activities[index].pauses = 240 }
        }
        for index in builder.links.indices where index % 7 == 0 { builder.links[index].lag = .percent(50) }
    }

    @Test("with inactive activities all others have the dates and floats they have without them", arguments: 0..<12)
    func inactive(seed: Int) throws {
        var builder = randomBuilder(count: 80, seed: UInt64(300 + seed), withDates: seed % 2 == 0)
        if seed % 3 == 0 { builder.options.direction = .fromFinish((monday + 200).at(17)) }
        let dropped = builder.activities.indices.filter { $0 % 6 == seed % 6 }
        let kept = builder.activities.indices.filter { !dropped.contains($0) }
        let place = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
        var without = builder
        without.activities = kept.map { builder.activities[$0] }
        without.links = builder.links.compactMap { link in
            guard let from = place[link.predecessor], let to = place[link.successor] else { return nil }
            return Link(from: from, to: to, link.kind, lag: link.lag)
        }
        for index in dropped { builder.activities[index].mode = .inactive }
        let one = try builder.build().schedule()
        let other = try without.build().schedule()
        #expect(one.projectFinish == other.projectFinish)
        for (activity, same) in place {
            #expect(one.earlyStart(of: activity) == other.earlyStart(of: same))
            #expect(one.lateFinish(of: activity) == other.lateFinish(of: same))
            #expect(one.totalFloat(of: activity) == other.totalFloat(of: same))
            #expect(one.freeFloat(of: activity) == other.freeFloat(of: same))
            #expect(one.isCritical(activity) == other.isCritical(same))
        }
    }

    @Test("links of summaries give the dates that links of all their parts would give", arguments: 0..<10)
    func summaries(seed: Int) throws {
        var random = SplitMix(state: UInt64(500 + seed))
        var grouped = NetworkBuilder(start: monday.at(8), calendar: .standard)
        let phases = (0..<4).map { _ in grouped.add(.summary) }
        let inner = grouped.add(.summary)
        grouped.activities[inner].parent = phases[1]
        for phase in [phases[0], phases[0], phases[1], inner, inner, phases[2], phases[2], phases[3], phases[3]] {
            grouped.add(Activity(duration: .working(Int.random(in: 1...9, using: &random) * 240), parent: phase))
        }
        let kinds: [Link.Kind] = [.finishToStart, .finishToFinish]
        let joins = [(phases[0], phases[1]), (phases[1], phases[2]), (phases[0], phases[3]), (inner, phases[3])].map {
            Link(
                from: $0.0, to: $0.1, kinds[Int.random(in: 0..<2, using: &random)],
                lag: .working(Int.random(in: -2...3, using: &random) * 240))
        }
        var spelled = grouped
        grouped.links = joins
        let parts = try NetworkLayout(activities: grouped.activities, links: [])
        for link in joins {
            for from in parts.descendants(of: link.predecessor) {
                for to in parts.descendants(of: link.successor) { spelled.link(from, to, link.kind, lag: link.lag) }
            }
        }
        let one = try grouped.build().schedule()
        let other = try spelled.build().schedule()
        for activity in grouped.activities.indices {
            #expect(one.start(of: activity) == other.start(of: activity))
            #expect(one.lateFinish(of: activity) == other.lateFinish(of: activity))
            #expect(one.totalFloat(of: activity) == other.totalFloat(of: activity))
            if !one.network.isSummary(activity) { #expect(one.freeFloat(of: activity) == other.freeFloat(of: activity)) }
        }
    }

    /// A finish link lets its successor finish where its work ended, though the predecessor ends in the gap after: there the float may
    /// be less than what would do.
    @Test(
        "on several calendars the total float moves no end, and over start links is the largest that does not", arguments: 0..<12)
    func floatOnCalendars(seed: Int) throws {
        var builder = randomBuilder(count: 30, seed: UInt64(900 + seed))
        let isExact = seed % 2 == 0
        for index in builder.links.indices where isExact && builder.links[index].kind.toFinish {
            builder.links[index].kind = .finishToStart
        }
        let early = builder.add(
            calendar: WorkCalendar(layers: [CalendarLayer(week: WeekPattern(Shifts(from: 6, to: 12), on: 1...6))]))
        let china = builder.add(calendar: .china)
        for index in builder.activities.indices {
            builder.activities[index].calendar = [nil, early, china][index % 3]
            if index % 11 == 5 { builder.activities[index].duration = .elapsed(3000) }
            if index % 13 == 7 { builder.activities[index].levellingDelay = 2000 }
            // For milestones the end of a day is the start of the next, which other calendars can tell apart.
            if builder.activities[index].duration == .working(0) { builder.activities[index].duration = .working(240) }
        }
        let schedule = try builder.build().schedule()
        #expect(!schedule.network.isUniform)
        func end(delaying activity: Int, by amount: Int) throws -> Int {
            var delayed = builder
            let calendar = schedule.network.calendar(of: activity)
            let start = calendar.nextWorkingInstant(onOrAfter: calendar.adding(amount, to: schedule.start(of: activity)))
            delayed.activities[activity].constraint = .startNoEarlierThan(start)
            return try delayed.build().schedule().projectFinish
        }
        for activity in builder.activities.indices {
            let float = schedule.totalFloat(of: activity)
            #expect(try end(delaying: activity, by: float) == schedule.projectFinish, "\(activity)")
            if isExact { #expect(try end(delaying: activity, by: float + 1) > schedule.projectFinish, "\(activity)") }
        }
    }
}
