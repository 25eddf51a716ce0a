import Testing
import WorkingTime

@testable import Scheduling

@Suite struct ProgressTests {
    /// A three-day predecessor not yet begun, and a successor that began out of sequence with a day left.
    private func outOfSequence(_ rule: ProgressRule) throws -> Schedule {
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        builder.options.progressRule = rule
        let first = builder.add(Activity(duration: .working(3 * day)))
        let second = builder.add(Activity(duration: .working(2 * day), progress: .started(start: monday.at(8), remaining: day)))
        builder.link(first, second)
        return try builder.build().schedule()
    }

    @Test("the rest of an activity begun out of sequence waits under retained logic and goes on under override")
    func rules() throws {
        #expect(try outOfSequence(.retainedLogic).finish(of: 1) == (monday + 3).at(17))
        #expect(try outOfSequence(.progressOverride).finish(of: 1) == (monday + 1).at(17))
        #expect(try outOfSequence(.retainedLogic).start(of: 1) == monday.at(8))
    }

    @Test("what is begun out of sequence stops where its work is done, or at the status date, and resumes after its predecessor")
    func rest() throws {
        let waiting = try outOfSequence(.retainedLogic)
        #expect(waiting.rest(of: 1) == Schedule.Rest(stopped: monday.at(17), resumes: (monday + 3).at(8)))
        #expect(try outOfSequence(.progressOverride).rest(of: 1) == .init(stopped: monday.at(17), resumes: (monday + 1).at(8)))
        #expect(waiting.rest(of: 0) == nil)
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        builder.options.statusDate = (monday + 2).at(8)
        let first = builder.add(Activity(duration: .working(5 * day), calendar: builder.add(calendar: .aroundTheClock)))
        let begun = builder.add(
            Activity(duration: .working(2 * day), progress: .started(start: monday.at(8), remaining: 2 * day)))
        builder.link(first, begun)
        let rest = try #require(try builder.build().schedule().rest(of: begun))
        #expect(rest.stopped == (monday + 2).at(8) && rest.resumes > rest.stopped)
    }

    @Test("what has not happened by the status date comes after it")
    func statusDate() throws {
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        builder.options.statusDate = (monday + 7).at(8)
        let late = builder.add(Activity(duration: .working(day)))
        let begun = builder.add(
            Activity(duration: .working(3 * day), progress: .started(start: monday.at(8), remaining: 2 * day)))
        let done = builder.add(
            Activity(duration: .working(day), progress: .finished(start: monday.at(8), finish: (monday + 1).at(12))))
        let schedule = try builder.build().schedule()
        #expect(schedule.start(of: late) == (monday + 7).at(8))
        #expect(schedule.finish(of: begun) == (monday + 8).at(17))
        #expect(schedule.finish(of: done) == (monday + 1).at(12))
        #expect(!schedule.isCritical(done) && schedule.totalFloat(of: done) == 0)
    }

    @Test("a summary whose activities are done has their actual dates as late ones, and no float")
    func finishedSummary() throws {
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        let phase = builder.add(Activity(duration: .working(0)))
        let finish = (monday + 1).at(17)
        for _ in 0..<2 {
            builder.add(
                Activity(duration: .working(2 * day), progress: .finished(start: monday.at(8), finish: finish), parent: phase))
        }
        builder.add(Activity(duration: .working(9 * day)))
        let schedule = try builder.build().schedule()
        #expect(schedule.lateStart(of: phase) == monday.at(8))
        #expect(schedule.lateFinish(of: phase) == finish)
        #expect(schedule.totalFloat(of: phase) == 0)
    }

    @Test("hand-placed activities stay and move their successors; inactive ones move nobody")
    func modes() throws {
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        let before = builder.add(Activity(duration: .working(9 * day)))
        let placed = builder.add(
            Activity(duration: .working(day), mode: .manual(start: (monday + 1).at(8), finish: (monday + 2).at(17))))
        let after = builder.add(Activity(duration: .working(day)))
        let off = builder.add(Activity(duration: .working(30 * day), mode: .inactive))
        let free = builder.add(Activity(duration: .working(day)))
        builder.link(before, placed)
        builder.link(placed, after)
        builder.link(off, free)
        let schedule = try builder.build().schedule()
        #expect(schedule.start(of: placed) == (monday + 1).at(8))
        #expect(schedule.start(of: after) == (monday + 3).at(8))
        #expect(schedule.start(of: free) == monday.at(8))
        #expect(schedule.projectFinish == (monday + 10).at(17))
    }

    @Test("split activities last through their pauses, elapsed ones through nights and weekends")
    func durations() throws {
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        let split = builder.add(Activity(duration: .working(2 * day), pauses: day))
        let curing = builder.add(Activity(duration: .elapsed(7 * 1440)))
        let after = builder.add(Activity(duration: .working(day)))
        builder.link(curing, after)
        let schedule = try builder.build().schedule()
        #expect(schedule.finish(of: split) == (monday + 2).at(17))
        #expect(schedule.finish(of: curing) == (monday + 7).at(8))
        #expect(schedule.start(of: after) == (monday + 7).at(8))
    }

    @Test("the calendar of each activity counts, and so do those of assigned people")
    func calendars() throws {
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        let sixDays = builder.add(calendar: WorkCalendar(layers: [CalendarLayer(week: WeekPattern(.standard, on: 1...6))]))
        let night = builder.add(
            calendar: WorkCalendar(layers: [CalendarLayer(week: WeekPattern(Shifts(from: 0, to: 6), on: 1...7))]))
        let busy = builder.add(Activity(duration: .working(6 * day), calendar: sixDays))
        let both = builder.add(
            Activity(
                duration: .assigned([
                    AssignedWork(calendar: 0, work: day, units: 0.5), AssignedWork(calendar: night, work: 12 * 60, units: 1),
                ])))
        let schedule = try builder.build().schedule()
        #expect(schedule.finish(of: busy) == (monday + 5).at(17))
        #expect(schedule.start(of: both) == monday.at(8))
        #expect(schedule.finish(of: both) == (monday + 2).at(6))
    }

    @Test("dates on a summary bind its children")
    func summaryDates() throws {
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        let phase = builder.add(Activity(duration: .working(0), constraint: .startNoEarlierThan((monday + 2).at(8))))
        let child = builder.add(Activity(duration: .working(2 * day), parent: phase))
        builder.activities[phase].deadline = (monday + 2).at(17)
        let schedule = try builder.build().schedule()
        #expect(schedule.start(of: child) == (monday + 2).at(8))
        #expect(schedule.totalFloat(of: child) == -day)
        #expect(schedule.reasonsForStart(of: child).map(\.cause) == [.summary(phase)])
    }

    @Test("of several open ends each may end a path of its own")
    func multiplePaths() throws {
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        let short = builder.add(Activity(duration: .working(day)))
        builder.add(Activity(duration: .working(5 * day)))
        #expect(try !builder.build().schedule().isCritical(short))
        builder.options.multipleCriticalPaths = true
        #expect(try builder.build().schedule().isCritical(short))
    }

    @Test("an activity as late as possible takes the float of its chain along, and its successors say why they wait")
    func asLateAsPossible() throws {
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        let late = builder.add(Activity(duration: .working(2 * day), constraint: .asLateAsPossible))
        let after = builder.add(Activity(duration: .working(2 * day)))
        builder.add(Activity(duration: .working(10 * day)))
        let link = builder.link(late, after)
        let schedule = try builder.build().schedule()
        #expect(schedule.earlyStart(of: late) == monday.at(8) && schedule.start(of: late) == (monday + 8).at(8))
        #expect(schedule.start(of: after) == (monday + 10).at(8))
        #expect(schedule.reasonsForStart(of: after).map(\.cause) == [.link(link), .asLateAsPossible])
    }

    @Test("once begun, an activity as late as possible lies where it lies, and its successors follow its early finish")
    func begunAsLateAsPossible() throws {
        let started = ActivityProgress.started(start: monday.at(8), remaining: day)
        for progress in [started, .finished(start: monday.at(8), finish: (monday + 1).at(17))] {
            var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
            let late = builder.add(
                Activity(duration: .working(2 * day), constraint: .asLateAsPossible, progress: progress))
            let after = builder.add(Activity(duration: .working(2 * day)))
            builder.add(Activity(duration: .working(10 * day)))
            let link = builder.link(late, after)
            let schedule = try builder.build().schedule()
            #expect(schedule.start(of: late) == monday.at(8) && schedule.finish(of: late) == (monday + 1).at(17))
            #expect(schedule.start(of: after) == (monday + 2).at(8) && schedule.totalFloat(of: after) == 6 * day)
            #expect(schedule.reasonsForStart(of: after).first?.cause == .link(link))
        }
    }

    @Test("a recurring activity is a summary of dated occurrences")
    func recurring() throws {
        var builder = NetworkBuilder(start: monday.at(8), calendar: .china)
        let mondays = (0..<4).map { (monday + 7 * $0).at(9) }
        let meetings = builder.add(recurring: Activity(duration: .working(60)), at: mondays)
        let schedule = try builder.build().schedule()
        #expect((1...4).map { schedule.start(of: meetings + $0) } == mondays)
        #expect(schedule.start(of: meetings) == mondays[0] && schedule.finish(of: meetings) == mondays[3] + 60)
    }

    @Test("a levelling delay is part of the early start, and predecessors leave room for it")
    func levellingDelay() throws {
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        let first = builder.add(Activity(duration: .working(day)))
        let delayed = builder.add(Activity(duration: .working(day), levellingDelay: 2 * 1440))
        builder.add(Activity(duration: .working(5 * day)))
        builder.link(first, delayed)
        let schedule = try builder.build().schedule()
        #expect(schedule.earlyStart(of: delayed) == (monday + 3).at(8))
        #expect(schedule.totalFloat(of: delayed) == day)
        #expect(schedule.totalFloat(of: first) == day && schedule.freeFloat(of: first) == 0)
        #expect(schedule.lateFinish(of: first) == (monday + 1).at(17))
    }
}
