import Testing
import WorkingTime

@testable import Scheduling

@Suite struct CriticalPathTests {
    @Test("the textbook network: dates, float and the critical path")
    func textbook() throws {
        // A3 → B4 → D5; A → C2 → D. Float of C is 2 days.
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        let a = builder.add(Activity(duration: .working(3 * day)))
        let b = builder.add(Activity(duration: .working(4 * day)))
        let c = builder.add(Activity(duration: .working(2 * day)))
        let d = builder.add(Activity(duration: .working(5 * day)))
        for (from, to) in [(a, b), (a, c), (b, d), (c, d)] { builder.link(from, to) }
        let schedule = try builder.build().schedule()
        #expect(schedule.start(of: a) == monday.at(8))
        #expect(schedule.finish(of: a) == (monday + 2).at(17))
        #expect(schedule.start(of: b) == (monday + 3).at(8))
        #expect(schedule.finish(of: b) == (monday + 8).at(17))
        #expect(schedule.finish(of: d) == (monday + 15).at(17))
        #expect(schedule.projectFinish == (monday + 15).at(17))
        #expect(schedule.totalFloat(of: c) == 2 * day)
        #expect(schedule.freeFloat(of: c) == 2 * day)
        #expect(schedule.lateStart(of: c) == (monday + 7).at(8))
        #expect([a, b, d].allSatisfy { schedule.isCritical($0) } && !schedule.isCritical(c))
    }

    @Test(
        "each kind of link with a lag and a lead",
        arguments: [
            (Link.Kind.finishToStart, 1, 4, 8), (.finishToStart, -1, 2, 8), (.startToStart, 1, 1, 8), (.finishToFinish, 1, 2, 8),
            (.startToFinish, 3, 1, 8), (.finishToFinish, -1, 0, 8),
        ])
    func linkKinds(kind: Link.Kind, lagDays: Int, startDay: Int, hour: Int) throws {
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        let first = builder.add(Activity(duration: .working(3 * day)))
        let second = builder.add(Activity(duration: .working(2 * day)))
        builder.link(first, second, kind, lag: .working(lagDays * day))
        let schedule = try builder.build().schedule()
        #expect(schedule.start(of: second) == (monday + startDay).at(hour))
    }

    @Test("a lead of two days pulls the successor before the finish, but never before the start of the network")
    func lead() throws {
        func start(lead: Int) throws -> Int {
            var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
            let first = builder.add(Activity(duration: .working(3 * day)))
            let second = builder.add(Activity(duration: .working(day)))
            builder.link(first, second, lag: .working(-lead * day))
            return try builder.build().schedule().start(of: second)
        }
        #expect(try start(lead: 2) == (monday + 1).at(8))
        #expect(try start(lead: 9) == monday.at(8))
    }

    @Test("a date before the start of the network counts where it is told to")
    func earlyDate() throws {
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        builder.add(Activity(duration: .working(day), constraint: .startNoEarlierThan((monday - 3).at(8))))
        #expect(try builder.build().schedule().start(of: 0) == monday.at(8))
        builder.options.datesMayPrecedeStart = true
        #expect(try builder.build().schedule().start(of: 0) == (monday - 3).at(8))
    }

    @Test("percentage lags follow the predecessor, elapsed lags run through the weekend")
    func otherLags() throws {
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        let first = builder.add(Activity(duration: .working(4 * day)))
        let half = builder.add(Activity(duration: .working(day)))
        let waiting = builder.add(Activity(duration: .working(day)))
        builder.link(first, half, .startToStart, lag: .percent(50))
        builder.link(first, waiting, lag: .elapsed(2 * 1440))
        let schedule = try builder.build().schedule()
        #expect(schedule.start(of: half) == (monday + 2).at(8))
        #expect(schedule.start(of: waiting) == (monday + 7).at(8))  // Thursday 17:00 + 48 h is Saturday evening
    }

    @Test("constraints bind as their names say")
    func constraints() throws {
        func dates(_ constraint: DateConstraint) throws -> (Int, Int) {
            var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
            let first = builder.add(Activity(duration: .working(2 * day)))
            let second = builder.add(Activity(duration: .working(2 * day), constraint: constraint))
            let end = builder.add(Activity(duration: .working(10 * day)))
            builder.link(first, second)
            _ = end
            let schedule = try builder.build().schedule()
            return (schedule.start(of: second), schedule.totalFloat(of: second))
        }
        #expect(try dates(.asSoonAsPossible) == ((monday + 2).at(8), 6 * day))
        #expect(try dates(.asLateAsPossible) == ((monday + 10).at(8), 0))
        #expect(try dates(.startNoEarlierThan((monday + 4).at(8))) == ((monday + 4).at(8), 4 * day))
        #expect(try dates(.finishNoEarlierThan((monday + 8).at(17))) == ((monday + 7).at(8), 3 * day))
        #expect(try dates(.startNoLaterThan((monday + 1).at(8))) == ((monday + 1).at(8), 0))
        #expect(try dates(.finishNoLaterThan((monday + 4).at(17))) == ((monday + 2).at(8), day))
        #expect(try dates(.mustStartOn((monday + 1).at(8))) == ((monday + 1).at(8), 0))
        #expect(try dates(.mustFinishOn((monday + 7).at(17))) == ((monday + 4).at(8), 0))
    }

    @Test("a missed deadline gives negative float up the chain and moves nothing")
    func deadline() throws {
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        let first = builder.add(Activity(duration: .working(3 * day)))
        let second = builder.add(Activity(duration: .working(2 * day), deadline: (monday + 3).at(17)))
        builder.link(first, second)
        let schedule = try builder.build().schedule()
        #expect(schedule.finish(of: second) == (monday + 4).at(17))
        #expect(schedule.totalFloat(of: second) == -day && schedule.totalFloat(of: first) == -day)
        #expect(schedule.freeFloat(of: first) == 0)
        #expect(schedule.isCritical(first))
    }

    @Test("activities wait for each other in a cycle: the path is named")
    func cycle() throws {
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        for _ in 0..<5 { builder.add(Activity(duration: .working(day))) }
        for (from, to) in [(0, 1), (1, 2), (2, 3), (3, 1), (3, 4)] { builder.link(from, to) }
        let error = #expect(throws: ScheduleError.self) { try builder.build() }
        guard case .cycle(let path)? = error else { return }
        #expect(Set(path) == [1, 2, 3])
        for (index, activity) in path.enumerated() {
            let next = path[(index + 1) % path.count]
            #expect(builder.links.contains { $0.predecessor == activity && $0.successor == next })
        }
    }

    @Test("unknown references are refused by name")
    func unknown() {
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        builder.add(Activity(duration: .working(day)))
        builder.link(0, 7)
        #expect(throws: ScheduleError.self) { try builder.build() }
    }

    @Test("scheduled from the finish, activities lie as late as the finish allows")
    func fromFinish() throws {
        let finish = (monday + 18).at(17)
        var builder = NetworkBuilder(options: SchedulingOptions(direction: .fromFinish(finish)), calendars: [.standard])
        let first = builder.add(Activity(duration: .working(3 * day), constraint: .asLateAsPossible))
        let second = builder.add(Activity(duration: .working(5 * day), constraint: .asLateAsPossible))
        let short = builder.add(Activity(duration: .working(day), constraint: .asSoonAsPossible))
        builder.link(first, second)
        let schedule = try builder.build().schedule()
        #expect(schedule.finish(of: second) == finish)
        #expect(schedule.start(of: first) == (monday + 9).at(8))
        #expect(schedule.start(of: short) == (monday + 9).at(8))
        #expect(schedule.totalFloat(of: short) == 7 * day)
    }

    @Test(
        "a chain of centuries is computed; beyond two thousand years dates saturate instead of overflowing",
        arguments: [false, true])
    func longChain(hasDate: Bool) throws {
        func chain(_ count: Int, of minutes: Int) throws -> Schedule {
            var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
            for index in 0..<count {
                builder.add(Activity(duration: .working(minutes)))
                if index > 0 {
                    builder.link(index - 1, index, index % 7 == 0 ? .finishToFinish : .finishToStart, lag: .working(0))
                }
            }
            if hasDate { builder.activities[3].constraint = .startNoEarlierThan(monday.at(8)) }
            return try builder.build().schedule()
        }
        let centuries = try chain(300, of: 1_300_000)
        #expect((0..<300).filter { $0 % 7 != 6 }.allSatisfy { centuries.totalFloat(of: $0) == 0 })
        let length = WorkCalendar.standard.workingMinutes(from: monday.at(8), to: centuries.projectFinish)
        #expect(length == (300 - 42) * 1_300_000)
        let beyond = try chain(3_000, of: 5_000_000)
        #expect(beyond.projectFinish > (monday + 365 * 2_000).start)
        #expect(beyond.finish(of: 2_999) == beyond.projectFinish)
    }
}
