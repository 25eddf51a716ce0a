import Testing
import WorkingTime

@testable import Scheduling

/// Rules that Microsoft documents of Project, on networks small enough to work out by hand.
@Suite struct ProjectRuleTests {
    private func builder() -> NetworkBuilder { NetworkBuilder(start: monday.at(8), calendar: .standard) }

    @Test(
        "an inactive activity bounds no predecessor and no end, on one calendar or many, in any outline",
        arguments: [false, true])
    func inactive(isMixed: Bool) throws {
        var builder = builder()
        let first = builder.add(Activity(duration: .working(day)))
        let dropped = builder.add(Activity(duration: .working(9 * day), mode: .inactive))
        let phase = builder.add(.summary)
        let inner = builder.add(Activity(duration: .working(9 * day), mode: .inactive, parent: phase))
        let last = builder.add(Activity(duration: .working(4 * day)))
        builder.link(first, dropped)
        builder.link(first, phase)
        if isMixed { builder.activities[last].calendar = builder.add(calendar: .china) }
        let schedule = try builder.build().schedule()
        #expect(schedule.network.isUniform != isMixed)
        #expect(schedule.projectFinish == schedule.finish(of: last))
        #expect(schedule.totalFloat(of: first) == 3 * day && schedule.freeFloat(of: first) == 3 * day)
        #expect(schedule.start(of: dropped) == (monday + 1).at(8) && schedule.start(of: inner) == (monday + 1).at(8))
        #expect(!schedule.isCritical(dropped) && !schedule.isCritical(inner) && schedule.isCritical(last))
    }

    @Test("an inactive activity does not start a network that is scheduled from its finish")
    func inactiveFromFinish() throws {
        var builder = builder()
        builder.options.direction = .fromFinish((monday + 4).at(17))
        let real = builder.add(Activity(duration: .working(2 * day)))
        builder.add(Activity(duration: .working(30 * day), mode: .inactive))
        let schedule = try builder.build().schedule()
        #expect(schedule.start(of: real) == (monday + 3).at(8))
    }

    @Test("a lag that is a share of a summary follows the summary when it grows, through chains of such lags")
    func summaryShares() throws {
        var builder = builder()
        let phases = [builder.add(.summary), builder.add(.summary)]
        let part = builder.add(Activity(duration: .working(4 * day), parent: phases[0]))
        let next = builder.add(Activity(duration: .working(2 * day), parent: phases[1]))
        let later = builder.add(Activity(duration: .working(2 * day), parent: phases[1]))
        let end = builder.add(.milestone)
        builder.link(phases[0], next, lag: .percent(50))
        builder.link(next, later)
        builder.link(phases[1], end, lag: .percent(100))
        var schedule = try builder.build().schedule()
        #expect(schedule.start(of: next) == (monday + 8).at(8))
        #expect(schedule.finish(of: end) == (monday + 17).at(17))
        try schedule.update(Activity(duration: .working(8 * day), parent: phases[0]), at: part)
        #expect(schedule.start(of: next) == (monday + 16).at(8))
        let whole = try Network(
            activities: schedule.network.activities, links: builder.links, calendars: builder.calendars, options: builder.options)
        #expect(whole.schedule().finish(of: end) == schedule.finish(of: end))
        #expect(schedule.totalFloat(of: part) == 0)
    }

    @Test("links that win over dates keep the late dates and show the conflict", arguments: [true, false])
    func dependenciesWin(constraintsWin: Bool) throws {
        func dates(_ constraint: DateConstraint) throws -> (start: Int, lateFinish: Int, float: Int) {
            var builder = builder()
            builder.options.constraintsWinOverLinks = constraintsWin
            let first = builder.add(Activity(duration: .working(4 * day)))
            let second = builder.add(Activity(duration: .working(day), constraint: constraint))
            builder.link(first, second)
            let schedule = try builder.build().schedule()
            return (schedule.start(of: second), schedule.lateFinish(of: second), schedule.totalFloat(of: second))
        }
        let tuesday = monday + 1
        for constraint in [
            DateConstraint.mustStartOn(tuesday.at(8)), .mustFinishOn(tuesday.at(17)), .startNoLaterThan(tuesday.at(8)),
            .finishNoLaterThan(tuesday.at(17)),
        ] {
            let dates = try dates(constraint)
            #expect(dates.lateFinish == tuesday.at(17))
            #expect(dates.start == (constraintsWin ? tuesday : monday + 4).at(8))
            #expect(dates.float == (constraintsWin ? 0 : -3 * day))
        }
        #expect(try dates(.mustStartOn((monday + 7).at(8))).start == (monday + 7).at(8))
    }

    @Test("a person's delay holds back that person alone, on their calendar or on the wall clock")
    func delays() throws {
        func dates(_ delay: Lag) throws -> (start: Int, finish: Int, lateStart: Int) {
            var builder = builder()
            let work = [AssignedWork(calendar: 0, minutes: day), AssignedWork(calendar: 0, minutes: 2 * day, delay: delay)]
            let shared = builder.add(Activity(duration: .assigned(work)))
            builder.add(Activity(duration: .working(10 * day)))
            let schedule = try builder.build().schedule()
            return (schedule.start(of: shared), schedule.finish(of: shared), schedule.lateStart(of: shared))
        }
        #expect(try dates(.none) == (monday.at(8), (monday + 1).at(17), (monday + 10).at(8)))
        #expect(try dates(.working(day)) == (monday.at(8), (monday + 2).at(17), (monday + 9).at(8)))
        #expect(try dates(.elapsed(3 * 1440)) == (monday.at(8), (monday + 4).at(17), (monday + 7).at(8)))
    }

    @Test("pauses still to come lengthen the rest of a begun activity, and no share of its duration")
    func pauses() throws {
        var builder = builder()
        let split = builder.add(
            Activity(
                duration: .working(2 * day), progress: .started(start: monday.at(8), remaining: day, resume: (monday + 1).at(8)),
                pauses: 2 * day))
        let half = builder.add(Activity(duration: .working(day)))
        builder.link(split, half, lag: .percent(50))
        let schedule = try builder.build().schedule()
        #expect(schedule.finish(of: split) == (monday + 3).at(17))
        #expect(schedule.start(of: half) == (monday + 7).at(8))
        #expect(schedule.totalFloat(of: split) == 0)
    }

    @Test("a part with its own start, calendar and project is a summary with a date: several projects in one network")
    func severalProjects() throws {
        var builder = builder()
        let china = builder.add(calendar: .china)
        let projects = [monday, monday + 7].map { start in
            builder.add(Activity(duration: .working(0), constraint: .startNoEarlierThan(start.at(8))))
        }
        let here = builder.add(Activity(duration: .working(3 * day), parent: projects[0]))
        let there = builder.add(Activity(duration: .working(2 * day), calendar: china, parent: projects[1]))
        let joint = builder.add(Activity(duration: .working(day), parent: projects[0]))
        builder.link(there, joint)
        let schedule = try builder.build().schedule()
        #expect(schedule.start(of: here) == monday.at(8) && schedule.start(of: there) == (monday + 7).at(8))
        #expect(schedule.start(of: joint) == (monday + 9).at(8))
    }

    @Test("on tenths of minutes thirds of a day add up to it")
    func finerClock() throws {
        let calendar = WorkCalendar(layers: [.standardWeek], unitsPerMinute: 10)
        let start = monday.at(8) * 10
        #expect(calendar.adding(4800, to: start) == monday.at(17) * 10)
        #expect(calendar.nextWorkingInstant(onOrAfter: monday.at(17) * 10) == (monday + 1).at(8) * 10)
        #expect(calendar.adding(-1, to: start) == (monday - 3).at(17) * 10 - 1)
        #expect(calendar.workingMinutes(from: start, to: (monday + 14).at(8) * 10) == 10 * 4800)
        #expect(calendar.minutesPerWeek == 2400 && calendar.hours(on: monday) == .standard)
        let both = WorkCalendar(intersecting: calendar, WorkCalendar(layers: [.china], unitsPerMinute: 10))
        #expect(both.unitsPerMinute == 10 && both.adding(4801, to: start) == (monday + 1).at(8) * 10 + 1)
        var builder = NetworkBuilder(start: start, calendar: calendar)
        for _ in 0..<3 { builder.add(Activity(duration: .working(1602))) }
        builder.link(0, 1)
        builder.link(1, 2)
        #expect(try builder.build().schedule().finish(of: 2) == (monday + 1).at(8) * 10 + 6)
    }

    @Test("projects of their own in one network have the dates and floats they have alone", arguments: 0..<8)
    func projects(seed: Int) throws {
        let alone = (0..<3).map {
            randomBuilder(count: 15 + 10 * $0, seed: UInt64(700 + 10 * seed + $0), withDates: seed % 2 == 0)
        }
        var together = builder()
        var first: [Int] = []
        for part in alone {
            var summary = Activity.summary
            summary.isProject = true
            let project = together.add(summary)
            first.append(together.activities.count)
            for var activity in part.activities {
                activity.parent = project
                together.add(activity)
            }
            for link in part.links {
                together.link(
                    link.predecessor + project + 1, link.successor + project + 1, link.kind, lag: link.lag)
            }
        }
        let whole = try together.build().schedule()
        for (part, offset) in zip(alone, first) {
            let schedule = try part.build().schedule()
            for activity in part.activities.indices {
                #expect(whole.start(of: offset + activity) == schedule.start(of: activity))
                #expect(whole.lateFinish(of: offset + activity) == schedule.lateFinish(of: activity))
                #expect(whole.totalFloat(of: offset + activity) == schedule.totalFloat(of: activity))
                #expect(whole.isCritical(offset + activity) == schedule.isCritical(activity))
            }
        }
    }

    @Test("the float in a project is bounded by its own finish, or by what another project needs sooner; else by the common end")
    func linkedProjects() throws {
        func floats(areProjects: Bool) throws -> [Int] {
            var builder = builder()
            var summary = Activity.summary
            summary.isProject = areProjects
            let (small, large) = (builder.add(summary), builder.add(summary))
            let needed = builder.add(Activity(duration: .working(day), parent: small))
            let other = builder.add(Activity(duration: .working(2 * day), parent: small))
            let last = builder.add(Activity(duration: .working(5 * day), parent: small))
            let waiting = builder.add(Activity(duration: .working(3 * day), parent: large))
            builder.add(Activity(duration: .working(7 * day), parent: large))
            builder.link(needed, waiting)
            let schedule = try builder.build().schedule()
            let needs = schedule.reasonsForLateFinish(of: needed).map(\.cause)
            #expect(needs.first == .link(0) && needs.last == .networkFinish)
            #expect(schedule.reasonsForLateFinish(of: last).map(\.cause) == [.networkFinish])
            return [needed, other, last, waiting].map { schedule.totalFloat(of: $0) / day }
        }
        // The large project ends after 7 days, so what waits may start after 4; the small one ends after 5.
        #expect(try floats(areProjects: true) == [3, 3, 0, 3])
        #expect(try floats(areProjects: false) == [3, 5, 2, 3])
    }

    @Test("a project scheduled from its finish lies in a network of others as it does alone")
    func projectFromFinish() throws {
        let finish = (monday + 18).at(17)
        var alone = builder()
        alone.options.direction = .fromFinish(finish)
        var together = builder()
        var summary = Activity.summary
        summary.isProject = true
        let others = together.add(summary)
        together.add(Activity(duration: .working(30 * day), parent: others))
        let project = together.add(summary)
        let shift = together.activities.count
        for days in [3, 2, 4, 1] {
            alone.add(Activity(duration: .working(days * day), constraint: .asLateAsPossible))
            together.add(Activity(duration: .working(days * day), constraint: .asLateAsPossible, parent: project))
        }
        for (from, to) in [(0, 1), (0, 2), (1, 3)] {
            alone.link(from, to)
            together.link(shift + from, shift + to)
        }
        together.add(Activity(duration: .working(0), constraint: .mustFinishOn(finish), parent: project))
        let (one, many) = (try alone.build().schedule(), try together.build().schedule())
        for activity in 0..<4 {
            #expect(many.start(of: shift + activity) == one.start(of: activity))
            #expect(many.finish(of: shift + activity) == one.finish(of: activity))
        }
        #expect(many.start(of: project) == one.start(of: 0) && many.finish(of: shift + 2) == finish)
    }
}
