import Scheduling
import Testing

@Suite("Levelling: aims, modes, explanations, refusals")
struct LevellingFeatureTests {
    private let quick = LevellingOptions(schedules: 200, threads: 1)
    private let one = [LevellingCapacity(units: 1)]

    @Test("of two tasks for one person the heavier one keeps its deadline")
    func tardiness() throws {
        var light = LevellingActivity(duration: 4, demands: [1])
        var heavy = LevellingActivity(duration: 3, demands: [1])
        (light.deadline, heavy.deadline, heavy.weight) = (4, 3, 5)
        let result = try Levelling.run(
            LevellingProblem(activities: [light, heavy], capacities: one, objective: .weightedTardiness), options: quick)
        #expect(result.starts == [3, 0])
        #expect(result.objective == 3)
    }

    @Test("least deviation moves the task that costs least and no other")
    func deviation() throws {
        var activities = (0..<3).map { _ in LevellingActivity(duration: 2, demands: [1]) }
        for (index, start) in [0, 1, 6].enumerated() { activities[index].presentStart = start }
        activities[1].weight = 3
        let result = try Levelling.run(
            LevellingProblem(activities: activities, capacities: one, objective: .deviation), options: quick)
        #expect(result.starts == [0, 2, 6] || result.starts == [3, 1, 6])
        #expect(result.objective == 3)
        #expect(result.moves.count == 1)
    }

    @Test("the faster mode is taken when its crew is free, the other when it is not")
    func modes() throws {
        let either = LevellingActivity(modes: [
            LevellingMode(duration: 5, demands: [1, 0]), LevellingMode(duration: 3, demands: [0, 1]),
        ])
        var problem = LevellingProblem(
            activities: [either, either], capacities: [LevellingCapacity(units: 1), LevellingCapacity(units: 1)])
        #expect(try Levelling.run(problem, options: quick).makespan == 5)
        problem.activities.append(either)
        let result = try Levelling.run(problem, options: quick)
        #expect(result.makespan == 6)
        #expect(result.modes.sorted() == [0, 1, 1])
    }

    @Test("a move names the capacity and the task it gave way to")
    func explained() throws {
        var (first, second) = (LevellingActivity(duration: 3, demands: [1]), LevellingActivity(duration: 3, demands: [1]))
        (first.priority, second.priority) = (900, 100)
        let third = LevellingActivity(duration: 0, demands: [0])
        let result = try Levelling.run(
            LevellingProblem(activities: [first, second, third], links: [LevellingLink(1, 2)], capacities: one), options: quick)
        #expect(result.moves.map(\.activity) == [1, 2])
        #expect(result.moves.map(\.to) == [3, 6])
        #expect(result.moves.map(\.reason) == [.gaveWay(capacity: 0, to: [0]), .follows(predecessor: 1)])
    }

    @Test("without capacity for a while a task waits, or pauses if it may")
    func pauses() throws {
        let capacity = LevellingCapacity(steps: [
            .init(start: 0, units: 1), .init(start: 2, units: 0), .init(start: 5, units: 1),
        ])
        var activity = LevellingActivity(duration: 4, demands: [1])
        let waiting = try Levelling.run(LevellingProblem(activities: [activity], capacities: [capacity]), options: quick)
        #expect(waiting.starts == [5])
        #expect(waiting.moves.map(\.reason) == [.capacityAway(capacity: 0)])
        activity.maySplit = true
        let pausing = try Levelling.run(LevellingProblem(activities: [activity], capacities: [capacity]), options: quick)
        #expect(pausing.parts == [[0..<2, 5..<7]])
        #expect(pausing.finishes == [7])
        #expect(pausing.lowerBound <= 7)
    }

    @Test("fixed activities stay, the others go round them")
    func fixed() throws {
        var fixed = LevellingActivity(duration: 2, demands: [1])
        fixed.fixedStart = 1
        let free = LevellingActivity(duration: 2, demands: [1])
        let problem = LevellingProblem(activities: [free, fixed], capacities: one)
        let result = try Levelling.run(problem, options: quick)
        #expect(result.starts == [3, 1])
        #expect(violations(of: result, in: problem) == [])
    }

    @Test("levelling within float says by how much a latest finish is missed")
    func withinFloat() throws {
        var activities = (0..<2).map { _ in LevellingActivity(duration: 3, demands: [1]) }
        activities[0].latestFinish = 3
        activities[1].latestFinish = 6
        let possible = try Levelling.run(LevellingProblem(activities: activities, capacities: one), options: quick)
        #expect(possible.starts == [0, 3])
        #expect(possible.overruns.isEmpty)
        activities[1].latestFinish = 5
        let impossible = try Levelling.run(LevellingProblem(activities: activities, capacities: one), options: quick)
        #expect(impossible.overruns == [.late(activity: 1, by: 1)])
        #expect(!impossible.isOptimal)
    }

    @Test("what can't be done is refused with the place of the fault")
    func refusals() {
        func error(_ problem: LevellingProblem) -> LevellingError? {
            do {
                _ = try Levelling.run(problem, options: quick)
                return nil
            } catch { return error }
        }
        let activity = LevellingActivity(duration: 1, demands: [2])
        let free = LevellingActivity(duration: 1, demands: [0])
        #expect(
            error(LevellingProblem(activities: [activity], capacities: one))
                == .demandExceedsCapacity(activity: 0, capacity: 0, demand: 2, available: 1))
        let cyclic = LevellingProblem(
            activities: [free, free, free], links: [LevellingLink(0, 1), LevellingLink(1, 2), LevellingLink(2, 1)],
            capacities: one)
        let cycle = error(cyclic)
        #expect(cycle == .cycle([1, 2]) || cycle == .cycle([2, 1]))
        #expect(
            error(LevellingProblem(activities: [free], links: [LevellingLink(0, 7)], capacities: one))
                == .unknownActivity(link: 0))
        #expect(
            error(LevellingProblem(activities: [LevellingActivity(duration: 1, demands: [])], capacities: one))
                == .malformedMode(activity: 0))
        #expect(
            error(LevellingProblem(activities: [LevellingActivity(duration: -1, demands: [0])], capacities: one))
                == .negativeValue(activity: 0))
        #expect(error(LevellingProblem(activities: [free], capacities: [LevellingCapacity(steps: [])])) == .malformedCapacity(0))
        #expect(
            error(LevellingProblem(activities: [LevellingActivity(duration: .max, demands: [0])], capacities: one)) == .tooLarge)
    }
}
