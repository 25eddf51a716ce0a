import Scheduling
import Synchronization
import Testing

@Suite("Levelling")
struct LevellingTests {
    private let quick = LevellingOptions(schedules: 300, threads: 1)

    @Test("plain random instances come out feasible and not below the bound", arguments: 1...12)
    func plain(seed: UInt64) throws {
        let problem = LevellingProblem.random(25, seed: seed, capacities: 3)
        let result = try Levelling.run(problem, options: quick)
        #expect(violations(of: result, in: problem) == [])
        #expect(result.overruns.isEmpty)
        #expect(result.lowerBound <= result.makespan)
        #expect(result.objective == result.makespan)
    }

    @Test("modes, calendars, releases, splits and all links come out feasible", arguments: 1...24)
    func general(seed: UInt64) throws {
        let problem = LevellingProblem.random(15, seed: seed, capacities: seed % 2 == 0 ? 2 : 6, general: true)
        let result = try Levelling.run(problem, options: quick)
        #expect(violations(of: result, in: problem) == [])
        #expect(result.overruns.isEmpty)
        #expect(result.lowerBound <= result.makespan)
    }

    @Test("small instances reach the optimum that enumeration finds, and the bound is not above it", arguments: 1...20)
    func bruteForce(seed: UInt64) throws {
        let problem = LevellingProblem.random(6, seed: seed &* 7919)
        let result = try Levelling.run(problem, options: LevellingOptions(schedules: 400, threads: 1))
        let optimum = Enumeration(problem).optimum()
        #expect(result.makespan == optimum)
        #expect(result.lowerBound <= optimum)
    }

    @Test("small general instances reach the optimum of enumeration", arguments: 1...16)
    func bruteForceGeneral(seed: UInt64) throws {
        var problem = LevellingProblem.random(5, seed: seed &* 104_729, general: true)
        for index in problem.activities.indices { problem.activities[index].maySplit = false }
        let result = try Levelling.run(problem, options: LevellingOptions(schedules: 600, threads: 1))
        let optimum = Enumeration(problem).optimum()
        #expect(result.makespan == optimum)
        #expect(result.lowerBound <= optimum)
        #expect(violations(of: result, in: problem) == [])
    }

    @Test("what exact search proves in one mode is the optimum of enumeration, whatever limits the activities", arguments: 1...40)
    func proven(seed: UInt64) throws {
        var problem = LevellingProblem.random(
            5, seed: seed &* 15_485_863, capacities: seed % 2 == 0 ? 2 : 6, general: true)
        for index in problem.activities.indices {
            problem.activities[index].modes.removeLast(problem.activities[index].modes.count - 1)
            problem.activities[index].maySplit = false
        }
        // One of them stays where a first schedule has it, another ends no later than there: so there is a schedule.
        let first = try Levelling.run(problem, options: LevellingOptions(schedules: 20, threads: 1))
        if seed % 3 == 0 { problem.activities[2].fixedStart = first.starts[2] }
        if seed % 3 == 1 { problem.activities[3].latestFinish = first.finishes[3] }
        let result = try Levelling.run(problem, options: LevellingOptions(schedules: 600, threads: 1))
        #expect(result.isOptimal)
        #expect(result.makespan == Enumeration(problem).optimum())
        #expect(violations(of: result, in: problem) == [])
    }

    @Test(
        "tardiness and deviation in one mode or several reach the optimum of enumeration, with capacities over time",
        arguments: 1...24)
    func otherAims(seed: UInt64) throws {
        var problem = LevellingProblem.random(4, seed: seed &* 32_452_843, general: true)
        problem.objective = seed % 2 == 0 ? .weightedTardiness : .deviation
        var random = InstanceRandom(state: seed)
        for index in problem.activities.indices {
            problem.activities[index].maySplit = false
            problem.activities[index].weight = 1 + random.below(4)
            problem.activities[index].deadline = 2 + random.below(8)
            problem.activities[index].presentStart = random.below(6)
        }
        let result = try Levelling.run(problem, options: LevellingOptions(schedules: 800, threads: 1))
        #expect(result.overruns.isEmpty)
        #expect(result.objective == Enumeration(problem).optimum())
        #expect(result.lowerBound <= result.objective)
        #expect(violations(of: result, in: problem) == [])
    }

    @Test(
        "activities rest in their pauses and are whole otherwise; small ones reach the optimum of enumeration", arguments: 1...20)
    func pauses(seed: UInt64) throws {
        let large = LevellingProblem.random(15, seed: seed, general: true, pausing: true)
        let some = try Levelling.run(large, options: quick)
        #expect(violations(of: some, in: large) == [])
        #expect(some.overruns.isEmpty)
        #expect(some.lowerBound <= some.makespan)
        var small = LevellingProblem.random(4, seed: seed &* 49_979_687, general: true, pausing: true)
        for index in small.activities.indices { small.activities[index].maySplit = false }
        for link in small.links.indices { small.links[link].kind = .finishToStart }
        let result = try Levelling.run(small, options: LevellingOptions(schedules: 600, threads: 1))
        #expect(result.makespan == Enumeration(small).optimum())
        #expect(result.lowerBound <= result.makespan)
    }

    @Test("whatever moves, something that holds it there is named", arguments: 1...24)
    func everyMoveHasReason(seed: UInt64) throws {
        var problem = LevellingProblem.random(20, seed: seed, capacities: 3, general: true, pausing: seed % 2 == 0)
        for index in problem.activities.indices { problem.activities[index].presentStart = Int(seed) + index % 7 }
        let result = try Levelling.run(problem, options: quick)
        #expect(result.moves.contains { $0.isAdvance })
        for move in result.moves { #expect(move.reason != .chosen, "\(move)") }
    }

    @Test("exact search closes the gap that populations and bounds leave")
    func closesGap() throws {
        var proven = 0
        for seed in 1...10 as ClosedRange<UInt64> {
            let problem = LevellingProblem.random(30, seed: seed &* 31, capacities: 4)
            let result = try Levelling.run(problem, options: LevellingOptions(schedules: 1_000, threads: 1))
            #expect(violations(of: result, in: problem) == [])
            proven += result.isOptimal ? 1 : 0
        }
        #expect(proven >= 9)
    }

    @Test("search beats the priority rule it starts from, on the whole")
    func beatsRule() throws {
        var (rule, search) = (0, 0)
        for seed in 1...8 as ClosedRange<UInt64> {
            let problem = LevellingProblem.random(40, seed: seed, capacities: 4)
            rule += try Levelling.run(problem, options: LevellingOptions(schedules: 1, threads: 1)).makespan
            search += try Levelling.run(problem, options: LevellingOptions(schedules: 600, threads: 1)).makespan
        }
        #expect(search < rule)
    }

    @Test("the same seed gives the same schedule with one thread and with several")
    func reproducible() throws {
        let problem = LevellingProblem.random(30, seed: 5, capacities: 4)
        var options = LevellingOptions(schedules: 1_200, threads: 1, seed: 9, islands: 4)
        let one = try Levelling.run(problem, options: options)
        options.threads = 3
        let three = try Levelling.run(problem, options: options)
        #expect(one.starts == three.starts)
        #expect(one.schedulesGenerated == three.schedulesGenerated)
    }

    @Test("what populations report on the way, the schedule keeps", arguments: 1...3)
    func reported(seed: UInt64) throws {
        let problem = LevellingProblem.random(40, seed: seed, capacities: 4)
        let least = Mutex(Int.max)
        let options = LevellingOptions(schedules: 40_000, threads: 2, seed: seed, islands: 4)
        let result = try Levelling.run(problem, options: options) { progress in
            least.withLock { $0 = min($0, progress.bestObjective) }
            return .proceed
        }
        #expect(result.objective <= least.withLock { $0 })
        #expect(violations(of: result, in: problem) == [])
    }

    @Test("an observer sees progress and ends the search")
    func cancels() throws {
        let problem = LevellingProblem.random(40, seed: 3, capacities: 4)
        let result = try Levelling.run(problem, options: LevellingOptions(schedules: 1_000_000_000, threads: 1)) { progress in
            progress.schedulesGenerated > 100 ? .stop : .proceed
        }
        #expect(result.wasStopped)
        #expect(result.schedulesGenerated < 10_000)
        #expect(violations(of: result, in: problem) == [])
    }

    @Test("times in minutes are searched in their common unit and come back in minutes")
    func units() throws {
        var problem = LevellingProblem.random(10, seed: 4)
        let periods = try Levelling.run(problem, options: quick)
        for index in problem.activities.indices { problem.activities[index].modes[0].duration *= 30 }
        let minutes = try Levelling.run(problem, options: quick)
        #expect(minutes.starts == periods.starts.map { $0 * 30 })
        #expect(violations(of: minutes, in: problem) == [])
    }

    @Test("nothing to level is an empty schedule")
    func empty() throws {
        #expect(try Levelling.run(LevellingProblem()).makespan == 0)
    }
}
