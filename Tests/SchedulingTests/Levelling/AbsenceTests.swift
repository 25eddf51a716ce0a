import Scheduling
import Testing

/// People who are away while others go on, ways that cost, work that may be split: against enumeration and by hand.
@Suite("Absences, ways and splits")
struct AbsenceTests {
    private let quick = LevellingOptions(schedules: 600, threads: 1)
    private let two = [LevellingCapacity(units: 1), LevellingCapacity(units: 1)]

    @Test("of two people one goes on while the other is away; the task ends with the later, and who is done is free")
    func goesOn() throws {
        var shared = LevellingActivity(duration: 4, demands: [1, 1])
        shared.absences = [0: [1..<3]]
        let next = LevellingActivity(duration: 2, demands: [0, 1])
        let problem = LevellingProblem(activities: [shared, next], capacities: two)
        let result = try Levelling.run(problem, options: quick)
        #expect(result.parts(of: 0, on: 0) == [0..<1, 3..<6])
        #expect(result.parts(of: 0, on: 1) == [0..<4])
        #expect(result.finishes == [6, 6] && result.makespan == 6)
        #expect(result.starts[1] == 4)
        #expect(violations(of: result, in: problem) == [])
    }

    @Test("a task whose only person is away begins when they are back, and nobody is said to have been in the way")
    func beginsLater() throws {
        var activity = LevellingActivity(duration: 2, demands: [1, 0])
        activity.absences = [0: [0..<3]]
        let result = try Levelling.run(LevellingProblem(activities: [activity], capacities: two), options: quick)
        #expect(result.starts == [3] && result.finishes == [5])
        #expect(result.moves.map(\.reason) == [.released])
    }

    @Test("with absences schedules hold everything, and small ones reach the optimum of enumeration", arguments: 1...12)
    func enumerated(seed: UInt64) throws {
        let large = LevellingProblem.random(15, seed: seed, general: true, pausing: seed % 2 == 0, leaving: true)
        let some = try Levelling.run(large, options: quick)
        #expect(violations(of: some, in: large) == [])
        #expect(some.overruns.isEmpty && some.lowerBound <= some.makespan)
        var small = LevellingProblem.random(4, seed: seed &* 32_452_843, general: true, pausing: seed % 2 == 0, leaving: true)
        for index in small.activities.indices { small.activities[index].maySplit = false }
        for link in small.links.indices { small.links[link].kind = .finishToStart }
        let result = try Levelling.run(small, options: quick)
        #expect(violations(of: result, in: small) == [])
        #expect(result.makespan == Enumeration(small).optimum())
        #expect(result.lowerBound <= result.makespan)
    }

    @Test("minutes are searched in their common unit with absences, too")
    func units() throws {
        var problem = LevellingProblem.random(8, seed: 5, general: true, leaving: true)
        let periods = try Levelling.run(problem, options: quick)
        func longer(_ ranges: [Range<Int>]) -> [Range<Int>] { ranges.map { $0.lowerBound * 30..<$0.upperBound * 30 } }
        for index in problem.activities.indices {
            for mode in problem.activities[index].modes.indices { problem.activities[index].modes[mode].duration *= 30 }
            problem.activities[index].release *= 30
            problem.activities[index].absences = problem.activities[index].absences.mapValues(longer)
        }
        for index in problem.links.indices { problem.links[index].lag *= 30 }
        for index in problem.capacities.indices {
            for step in problem.capacities[index].steps.indices { problem.capacities[index].steps[step].start *= 30 }
        }
        let minutes = try Levelling.run(problem, options: quick)
        #expect(minutes.starts == periods.starts.map { $0 * 30 })
        #expect(violations(of: minutes, in: problem) == [])
    }

    @Test("another way is taken where it costs less than moving, and left where it costs more", arguments: [3, 7])
    func ways(cost: Int) throws {
        var activities = (0..<2).map { _ in
            LevellingActivity(modes: [LevellingMode(duration: 5, demands: [1, 0])], presentStart: 0)
        }
        activities[1].modes.append(LevellingMode(duration: 5, demands: [0, 1], cost: cost))
        let problem = LevellingProblem(activities: activities, capacities: two, objective: .deviation)
        let result = try Levelling.run(problem, options: quick)
        #expect(result.modes == (cost == 3 ? [0, 1] : [0, 0]))
        #expect(result.objective == min(cost, 5) && result.objective == Enumeration(problem).optimum())
        // Where only the end counts, the cheaper of equals is kept.
        var other = problem
        other.objective = .makespan
        other.activities[0].modes[0].duration = 1
        other.links = [LevellingLink(0, 1)]
        #expect(try Levelling.run(other, options: quick).modes == [0, 0])
    }

    @Test("moves and costs of ways together are least, by enumeration", arguments: 1...12)
    func waysEnumerated(seed: UInt64) throws {
        var problem = LevellingProblem.random(4, seed: seed &* 15_485_863, general: true)
        problem.objective = .deviation
        for index in problem.activities.indices {
            problem.activities[index].maySplit = false
            problem.activities[index].presentStart = problem.activities[index].release
            for mode in problem.activities[index].modes.indices.dropFirst() {
                problem.activities[index].modes[mode].cost = Int(seed) % 5
            }
        }
        for link in problem.links.indices { problem.links[link].kind = .finishToStart }
        let result = try Levelling.run(problem, options: LevellingOptions(schedules: 1500, threads: 1))
        #expect(violations(of: result, in: problem) == [])
        #expect(result.objective == Enumeration(problem).optimum())
    }

    @Test(
        "work that may be split ends as early as every order allows, and never before any way to share the periods",
        arguments: 1...24)
    func splits(seed: UInt64) throws {
        var random = InstanceRandom(state: seed &* 86_028_121)
        var problem = LevellingProblem()
        problem.capacities = [
            LevellingCapacity(steps: [
                .init(start: 0, units: 1 + random.below(2)), .init(start: 2, units: random.below(3)),
                .init(start: 5, units: random.below(2)), .init(start: 8, units: 1 + random.below(2)),
            ])
        ]
        for index in 0..<4 {
            problem.activities.append(
                LevellingActivity(
                    modes: [LevellingMode(duration: 1 + random.below(4), demands: [1])], release: random.below(4), maySplit: true)
            )
            for before in 0..<index where random.below(4) == 0 { problem.links.append(LevellingLink(before, index)) }
        }
        let result = try Levelling.run(problem, options: quick)
        #expect(violations(of: result, in: problem) == [])
        var enumeration = SplitEnumeration(problem)
        #expect(result.makespan == enumeration.bestOrder())
        let least = enumeration.optimum()
        #expect(result.makespan >= least && result.lowerBound <= least)
    }

    @Test("absences that make no sense are refused")
    func refused() {
        for absences in [[0: [2..<2]], [0: [3..<5, 4..<6]], [0: [-1..<2]], [2: [0..<1]]] as [[Int: [Range<Int>]]] {
            var activity = LevellingActivity(duration: 1, demands: [1, 1])
            activity.absences = absences
            #expect(throws: LevellingError.malformedPauses(activity: 0)) {
                try Levelling.run(LevellingProblem(activities: [activity], capacities: two), options: quick)
            }
        }
    }
}
