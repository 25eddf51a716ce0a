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

/// The least makespan by trying every start of every activity in every mode, depth first. For a handful of activities.
private struct Enumeration {
    let problem: LevellingProblem

    init(_ problem: LevellingProblem) { self.problem = problem }

    func optimum() -> Int {
        var best = 60
        var starts = [Int](repeating: 0, count: problem.activities.count)
        var modes = starts
        var use = [[Int]](repeating: [Int](repeating: 0, count: 80), count: problem.capacities.count)
        try_(0, &starts, &modes, &use, 0, &best)
        return best
    }

    private func try_(
        _ index: Int, _ starts: inout [Int], _ modes: inout [Int], _ use: inout [[Int]], _ end: Int, _ best: inout Int
    ) {
        guard end < best else { return }
        guard index < problem.activities.count else {
            best = end
            return
        }
        for (number, mode) in problem.activities[index].modes.enumerated() {
            let activity = problem.activities[index]
            for start in activity.release..<max(best - mode.duration, activity.release) {
                guard start == activity.fixedStart ?? start, start + mode.duration <= activity.latestFinish ?? .max else {
                    continue
                }
                (starts[index], modes[index]) = (start, number)
                guard holds(index, starts, modes), fits(mode, start, use) else { continue }
                book(mode, start, &use, 1)
                try_(index + 1, &starts, &modes, &use, max(end, start + mode.duration), &best)
                book(mode, start, &use, -1)
            }
        }
    }

    private func holds(_ index: Int, _ starts: [Int], _ modes: [Int]) -> Bool {
        problem.links.allSatisfy { link in
            guard max(link.predecessor, link.successor) == index else { return true }
            let (a, b) = (link.predecessor, link.successor)
            let (aEnd, bEnd) = (
                starts[a] + problem.activities[a].modes[modes[a]].duration,
                starts[b] + problem.activities[b].modes[modes[b]].duration
            )
            return switch link.kind {
            case .finishToStart: starts[b] >= aEnd + link.lag
            case .startToStart: starts[b] >= starts[a] + link.lag
            case .finishToFinish: bEnd >= aEnd + link.lag
            case .startToFinish: bEnd >= starts[a] + link.lag
            }
        }
    }

    private func fits(_ mode: LevellingMode, _ start: Int, _ use: [[Int]]) -> Bool {
        problem.capacities.indices.allSatisfy { k in
            (start..<start + mode.duration).allSatisfy { use[k][$0] + mode.demands[k] <= problem.capacities[k].units(at: $0) }
        }
    }

    private func book(_ mode: LevellingMode, _ start: Int, _ use: inout [[Int]], _ sign: Int) {
        for k in use.indices { for time in start..<start + mode.duration { use[k][time] += sign * mode.demands[k] } }
    }
}
