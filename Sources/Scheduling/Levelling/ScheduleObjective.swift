/// The problem's aim over the schedule that a decoder holds.
struct ScheduleObjective: Sendable {
    let kind: LevellingObjective
    let deadlines: [Int]
    let presentStarts: [Int]
    let weights: [Int]
    /// Empty when all are the same.
    let priorities: [Int]
    /// Whether some modes cost more than others.
    let hasModeCosts: Bool
    var hasTies: Bool { kind != .makespan || !priorities.isEmpty || hasModeCosts }

    init(_ problem: LevellingProblem) {
        kind = problem.objective
        deadlines = problem.activities.map { $0.deadline ?? .max }
        presentStarts = problem.activities.map { $0.presentStart ?? -1 }
        weights = problem.activities.map(\.weight)
        hasModeCosts = problem.activities.contains { $0.modes.contains { $0.cost > 0 } }
        let given = problem.activities.map(\.priority)
        priorities = Set(given).count > 1 ? given : []
    }

    func cost(_ decoder: ListDecoder, _ makespan: Int32) -> ScheduleCost {
        if decoder.isPlain && priorities.isEmpty && !hasModeCosts {
            return ScheduleCost(overrun: 0, objective: Int(makespan), tie: 0)
        }
        let count = decoder.count
        func start(_ activity: Int) -> Int { Int(decoder.anchor[activity]) }
        func finish(_ activity: Int) -> Int { Int(decoder.anchor[activity + count] + decoder.duration[activity]) }
        var tie = kind == .makespan ? 0 : Int(makespan)
        if kind != .deviation { tie += decoder.modeCost }
        if !priorities.isEmpty {
            tie <<= 24
            for activity in 0..<count { tie += priorities[activity] * finish(activity) }
        }
        return ScheduleCost(
            overrun: decoder.overrun,
            objective: value(makespan: Int(makespan), modeCost: decoder.modeCost, start: start, finish: finish), tie: tie)
    }

    func value(makespan: Int, modeCost: Int, start: (Int) -> Int, finish: (Int) -> Int) -> Int {
        switch kind {
        case .makespan: return makespan
        case .weightedTardiness:
            return weights.indices.reduce(0) { sum, activity in
                deadlines[activity] == .max ? sum : sum + weights[activity] * max(0, finish(activity) - deadlines[activity])
            }
        case .deviation:
            return weights.indices.reduce(modeCost) { sum, activity in
                presentStarts[activity] < 0 ? sum : sum + weights[activity] * abs(start(activity) - presentStarts[activity])
            }
        }
    }
}
