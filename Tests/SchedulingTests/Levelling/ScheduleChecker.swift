import Scheduling

/// What is wrong with a levelled schedule, found by counting period by period; shares nothing with the engine.
func violations(of result: LevellingResult, in problem: LevellingProblem) -> [String] {
    var found: [String] = []
    for (index, activity) in problem.activities.enumerated() {
        let mode = activity.modes[result.modes[index]]
        let (start, finish) = (result.starts[index], result.finishes[index])
        if start < activity.release && activity.fixedStart == nil { found.append("\(index) starts before its release") }
        if let fixed = activity.fixedStart, start != fixed { found.append("\(index) left its fixed start") }
        let used = mode.demands.indices.filter { mode.demands[$0] > 0 && mode.duration > 0 }
        var (first, last) = (Int.max, Int.min)
        for capacity in used.isEmpty ? [-1] : used.map({ $0 }) {
            let parts = capacity < 0 ? result.parts[index] : result.parts(of: index, on: capacity)
            let away = activity.pauses + (activity.absences[capacity] ?? [])
            let rests = activity.fixedStart == nil ? Set(away.flatMap { Array($0) }) : []
            let begun = parts.first?.lowerBound ?? start
            let gaps =
                zip(parts, parts.dropFirst()).flatMap { Array($0.upperBound..<$1.lowerBound) } + Array(min(start, begun)..<begun)
            if !activity.maySplit && !gaps.allSatisfy(rests.contains) { found.append("\(index) was split") }
            if parts.joined().contains(where: rests.contains) { found.append("\(index) works while it rests") }
            (first, last) = (min(first, begun), max(last, parts.last?.upperBound ?? finish))
            if parts.reduce(0, { $0 + $1.count }) != mode.duration { found.append("\(index): parts are not its duration") }
            if zip(parts, parts.dropFirst()).contains(where: { $0.upperBound >= $1.lowerBound }) {
                found.append("\(index): parts touch")
            }
        }
        if first != start || last != finish { found.append("\(index): parts and dates differ") }
    }
    for link in problem.links {
        let first = (start: result.starts[link.predecessor], finish: result.finishes[link.predecessor])
        let second = (start: result.starts[link.successor], finish: result.finishes[link.successor])
        let holds =
            switch link.kind {
            case .finishToStart: second.start >= first.finish + link.lag
            case .startToStart: second.start >= first.start + link.lag
            case .finishToFinish: second.finish >= first.finish + link.lag
            case .startToFinish: second.finish >= first.start + link.lag
            }
        if !holds { found.append("link \(link.predecessor) → \(link.successor) is broken") }
    }
    for capacity in problem.capacities.indices {
        var use: [Int: Int] = [:]
        for index in problem.activities.indices {
            let demand = problem.activities[index].modes[result.modes[index]].demands[capacity]
            for part in result.parts(of: index, on: capacity) where demand > 0 {
                for time in part { use[time, default: 0] += demand }
            }
        }
        for (time, units) in use {
            let available = problem.capacities[capacity].steps.last { $0.start <= time }?.units ?? 0
            if units > available { found.append("capacity \(capacity) at \(time): \(units) of \(available)") }
        }
    }
    if result.makespan != result.finishes.max() ?? 0 { found.append("makespan \(result.makespan)") }
    return found
}

/// SplitMix64, so that the same instances arise everywhere.
struct InstanceRandom {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ (z >> 31)) % UInt64(bound))
    }
}

extension LevellingProblem {
    /// A random instance; `general` adds everything the fast path leaves out, with nothing that could make it impossible.
    static func random(
        _ count: Int, seed: UInt64, capacities: Int = 2, general: Bool = false, pausing: Bool = false, leaving: Bool = false
    )
        -> LevellingProblem
    {
        var random = InstanceRandom(state: seed)
        var problem = LevellingProblem()
        problem.capacities = (0..<capacities).map { _ in
            guard general else { return LevellingCapacity(units: 4) }
            return LevellingCapacity(steps: [
                .init(start: 0, units: 4), .init(start: 3 + random.below(4), units: random.below(4)), .init(start: 9, units: 4),
            ])
        }
        for index in 0..<count {
            var modes = [LevellingMode(duration: 1 + random.below(5), demands: (0..<capacities).map { _ in random.below(4) })]
            if general && random.below(3) == 0 {
                modes.append(LevellingMode(duration: 1 + random.below(5), demands: (0..<capacities).map { _ in random.below(4) }))
            }
            var activity = LevellingActivity(modes: modes)
            if general {
                activity.release = random.below(4)
                activity.maySplit = random.below(4) == 0
                if pausing, random.below(2) == 0 {
                    let first = random.below(8)
                    activity.pauses = [first..<first + 1 + random.below(3), 12..<14]
                }
                for capacity in 0..<capacities where leaving && random.below(2) == 0 {
                    let first = random.below(8)
                    activity.absences[capacity] = [first..<first + 1 + random.below(3)]
                }
            }
            problem.activities.append(activity)
            for before in 0..<index where random.below(4) == 0 {
                let kind = general ? Link.Kind.allCases[random.below(4)] : .finishToStart
                problem.links.append(LevellingLink(before, index, kind, lag: general ? random.below(4) - 1 : 0))
            }
        }
        return problem
    }
}
