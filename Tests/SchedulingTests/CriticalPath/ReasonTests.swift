import Testing
import WorkingTime

@testable import Scheduling

@Suite struct ReasonTests {
    @Test("the chain of reasons leads from an activity over its driving links to the start of the network")
    func chain() throws {
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        let short = builder.add(Activity(duration: .working(day)))
        let long = builder.add(Activity(duration: .working(3 * day)))
        let middle = builder.add(Activity(duration: .working(day)))
        let last = builder.add(Activity(duration: .working(day)))
        builder.link(short, middle)
        let driving = builder.link(long, middle)
        let second = builder.link(middle, last, .startToStart, lag: .working(day))
        let schedule = try builder.build().schedule()
        let reasons = schedule.reasonsForStart(of: last)
        #expect(reasons.map(\.activity) == [last, middle, long])
        #expect(reasons.map(\.cause) == [.link(second), .link(driving), .networkStart])
        #expect(reasons.map(\.instant) == [(monday + 4).at(8), (monday + 3).at(8), monday.at(8)])
        #expect(schedule.drivingPredecessor(of: middle)?.activity == long)
        #expect(schedule.drivingPredecessor(of: short) == nil)
        #expect(schedule.longestPath() == [long, middle, last])
    }

    @Test("a constraint, a levelling delay, the status date, a person and the past are named as causes")
    func causes() throws {
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        let before = builder.add(Activity(duration: .working(day)))
        let dated = builder.add(Activity(duration: .working(day), constraint: .startNoEarlierThan((monday + 7).at(8))))
        let idle = builder.add(Activity(duration: .working(day), constraint: .startNoEarlierThan(monday.at(8))))
        let delayed = builder.add(Activity(duration: .working(day), levellingDelay: 2 * 1440))
        let placed = builder.add(Activity(duration: .working(day), mode: .manual(start: monday.at(9), finish: monday.at(10))))
        let begun = builder.add(Activity(duration: .working(day), progress: .started(start: monday.at(8), remaining: 60)))
        for index in [dated, idle, delayed] { builder.link(before, index) }
        builder.options.statusDate = (monday + 1).at(8)
        let schedule = try builder.build().schedule()
        #expect(schedule.reasonsForStart(of: dated).map(\.cause) == [.constraint(.startNoEarlierThan((monday + 7).at(8)))])
        #expect(schedule.reasonsForStart(of: idle).map(\.cause) == [.link(1), .statusDate((monday + 1).at(8))])
        #expect(schedule.reasonsForStart(of: delayed).map(\.cause).first == .levellingDelay(2 * 1440))
        #expect(schedule.reasonsForStart(of: placed).map(\.cause) == [.manual])
        #expect(schedule.reasonsForStart(of: begun).map(\.cause) == [.actual])
    }

    @Test("negative float is traced to the deadline that causes it")
    func negativeFloat() throws {
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        let first = builder.add(Activity(duration: .working(3 * day)))
        let second = builder.add(Activity(duration: .working(2 * day)))
        let third = builder.add(Activity(duration: .working(2 * day), deadline: (monday + 3).at(17)))
        builder.link(first, second)
        builder.link(second, third)
        let schedule = try builder.build().schedule()
        #expect(schedule.totalFloat(of: first) == -3 * day)
        let reasons = schedule.reasonsForLateFinish(of: first)
        #expect(reasons.map(\.activity) == [first, second, third])
        #expect(reasons.last?.cause == .deadline((monday + 3).at(17)))
        #expect(schedule.reasonsForLateFinish(of: third).count == 1)
    }

    @Test("float paths: the driving path first, then what joins it, by the float relative to the target")
    func floatPaths() throws {
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        let a = builder.add(Activity(duration: .working(5 * day)))
        let b = builder.add(Activity(duration: .working(3 * day)))
        let c = builder.add(Activity(duration: .working(1 * day)))
        let end = builder.add(Activity(duration: .working(day)))
        let aside = builder.add(Activity(duration: .working(day)))
        let beforeB = builder.add(Activity(duration: .working(day)))
        for index in [a, b, c] { builder.link(index, end) }
        builder.link(beforeB, b)
        let schedule = try builder.build().schedule()
        let paths = schedule.floatPaths(count: 10)
        #expect(paths.map(\.activities) == [[a, end], [beforeB, b], [c]])
        #expect(paths.map(\.relativeFloat) == [0, day, 4 * day])
        #expect(!paths.flatMap(\.activities).contains(aside))
        #expect(schedule.nearCritical(upTo: 2 * day) == [b, beforeB])
    }

    @Test("what came before work that did not wait for it drives nothing: it is a path of its own")
    func floatPathsOutOfSequence() throws {
        var options = SchedulingOptions(direction: .fromStart(monday.at(8)))
        options.progressRule = .progressOverride
        var builder = NetworkBuilder(options: options, calendars: [.standard])
        let first = builder.add(Activity(duration: .working(2 * day)))
        var begun = Activity(duration: .working(10 * day))
        begun.progress = .started(start: monday.at(8), remaining: 7 * day)
        let second = builder.add(begun)
        builder.link(first, second)
        let schedule = try builder.build().schedule()
        let paths = schedule.floatPaths(count: 10)
        #expect(paths.first?.activities == [second])
        for path in paths where path.relativeFloat == 0 {
            for activity in path.activities { #expect(schedule.isCritical(activity)) }
        }
    }

    @Test("through summaries the chain names the summary and the child that decides")
    func summaries() throws {
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        let phase = builder.add(.summary)
        let short = builder.add(Activity(duration: .working(day), parent: phase))
        let long = builder.add(Activity(duration: .working(4 * day), parent: phase))
        let next = builder.add(.summary)
        let child = builder.add(Activity(duration: .working(day), parent: next))
        let link = builder.link(phase, next)
        let schedule = try builder.build().schedule()
        #expect(schedule.start(of: child) == (monday + 4).at(8))
        #expect(schedule.start(of: next) == (monday + 4).at(8) && schedule.finish(of: phase) == (monday + 3).at(17))
        #expect(schedule.freeFloat(of: short) == 3 * day && schedule.freeFloat(of: long) == 0)
        let reasons = schedule.reasonsForStart(of: child)
        #expect(reasons.map(\.cause) == [.summary(next), .link(link), .networkStart])
        #expect(reasons.last?.activity == long)
    }
}
