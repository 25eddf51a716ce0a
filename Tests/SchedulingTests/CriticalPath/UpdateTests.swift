import Testing
import WorkingTime

@testable import Scheduling

@Suite struct UpdateTests {
    private func isEqual(_ a: Schedule, _ b: Schedule) -> Bool { a.early == b.early && a.late == b.late && a.end == b.end }

    @Test("after any edit the schedule equals a full run", arguments: 0..<16)
    func equalsFullRun(seed: Int) throws {
        var random = SplitMix(state: UInt64(seed) &* 77 &+ 5)
        var builder = randomBuilder(count: 150, seed: UInt64(seed), withDates: seed % 2 == 1)
        if seed % 3 == 2 {  // more than one calendar
            let other = builder.add(calendar: WorkCalendar(layers: [CalendarLayer(week: WeekPattern(.standard, on: 1...6))]))
            for index in builder.activities.indices where index % 4 == 0 { builder.activities[index].calendar = other }
        }
        if seed % 4 == 3 { addSummaries(&builder) }
        builder.options.multipleCriticalPaths = seed % 5 == 4
        if seed % 6 == 5 { builder.options.statusDate = (monday + 3).at(8) }
        var schedule = try builder.build().schedule()
        for _ in 0..<40 {
            if Bool.random(using: &random) {
                let index = Int.random(in: 0..<150, using: &random)
                var activity = builder.activities[index]
                activity.duration = .working(Int.random(in: 0...8, using: &random) * 240)
                if Int.random(in: 0..<6, using: &random) == 0 { activity.constraint = .startNoEarlierThan((monday + 9).at(8)) }
                if Int.random(in: 0..<6, using: &random) == 0 { activity.deadline = (monday + 11).at(17) }
                builder.activities[index] = activity
                try schedule.update(activity, at: index)
            } else {
                let link = Int.random(in: builder.links.indices, using: &random)
                builder.links[link].lag = .working(Int.random(in: -2...5, using: &random) * 240)
                try schedule.update(lag: builder.links[link].lag, ofLink: link)
            }
            #expect(isEqual(schedule, try builder.build().schedule()))
        }
    }

    private func addSummaries(_ builder: inout NetworkBuilder) {
        let first = builder.add(.summary)
        let last = builder.add(.summary)
        for index in 0..<20 { builder.activities[index].parent = first }
        for index in 130..<150 { builder.activities[index].parent = last }
        builder.link(first, last, .finishToStart)
        builder.link(first, 149, .startToStart, lag: .working(480))
    }

    @Test("an edit without consequences looks at its neighbours only")
    func small() throws {
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        let long = builder.add(Activity(duration: .working(100 * day)))
        for _ in 0..<1000 { builder.add(Activity(duration: .working(day))) }
        for index in 1..<500 { builder.link(index, 500 + index) }
        _ = long
        var schedule = try builder.build().schedule()
        let looked = try schedule.update(Activity(duration: .working(2 * day)), at: 7)
        #expect(looked < 8)
        #expect(schedule.finish(of: 507) == (monday + 2).at(17))
    }

    @Test("an edit that would close a circle is refused and leaves the schedule as it was")
    func refused() throws {
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        let outer = builder.add(.summary)
        let inner = builder.add(.summary)
        builder.add(Activity(duration: .working(day), parent: inner))
        builder.activities[inner].parent = outer
        var schedule = try builder.build().schedule()
        let before = schedule.finish(of: 2)
        var activity = builder.activities[outer]
        activity.parent = inner
        #expect(throws: ScheduleError.self) { try schedule.update(activity, at: outer) }
        #expect(schedule.finish(of: 2) == before)
    }
}
