/// Why activities start when they do: read from the finished schedule, so it holds whatever search found it.
struct MoveReasons {
    private let problem: LevellingProblem
    private let result: LevellingResult
    private let linksInto: [[LevellingLink]]

    init(problem: LevellingProblem, result: LevellingResult) {
        self.problem = problem
        self.result = result
        var into = [[LevellingLink]](repeating: [], count: result.starts.count)
        for link in problem.links { into[link.successor].append(link) }
        linksInto = into
    }

    func moves() -> [LevellingMove] {
        let heads = linkStarts()
        let order = result.starts.indices.sorted { (result.starts[$0], $0) < (result.starts[$1], $1) }
        return order.compactMap { activity in
            let from = problem.activities[activity].presentStart ?? heads[activity]
            let to = result.starts[activity]
            guard from != to, problem.activities[activity].fixedStart == nil else { return nil }
            return LevellingMove(activity: activity, from: from, to: to, reason: reason(activity))
        }
    }

    /// Starts by links and releases alone, in the modes chosen.
    private func linkStarts() -> [Int] {
        var starts = problem.activities.map { max($0.release, $0.fixedStart ?? 0) }
        // Starts ascend along no link in general, so settle in rounds; each round fixes at least one more level.
        var isSettled = false
        var rounds = 0
        while !isSettled, rounds <= starts.count {
            isSettled = true
            rounds += 1
            for activity in starts.indices where problem.activities[activity].fixedStart == nil {
                for link in linksInto[activity] {
                    let bound = bound(
                        link, start: starts[link.predecessor], finish: starts[link.predecessor] + duration(link.predecessor))
                    if bound > starts[activity] {
                        starts[activity] = bound
                        isSettled = false
                    }
                }
            }
        }
        return starts
    }

    private func duration(_ activity: Int) -> Int { problem.activities[activity].modes[result.modes[activity]].duration }

    private func bound(_ link: LevellingLink, start: Int, finish: Int) -> Int {
        switch link.kind {
        case .finishToStart: finish + link.lag
        case .startToStart: start + link.lag
        case .finishToFinish: finish + link.lag - duration(link.successor)
        case .startToFinish: start + link.lag - duration(link.successor)
        }
    }

    /// What forbids the last instant before its start at which it could have worked. While it runs it has what it needs, so only
    /// that instant can be at fault.
    private func reason(_ activity: Int) -> LevellingMove.Reason {
        var before = result.starts[activity] - 1
        let demands = problem.activities[activity].modes[result.modes[activity]].demands
        func isAtRest(_ rests: [Range<Int>]) -> Bool { rests.contains { $0.contains(before) } }
        while before >= 0,
            isAtRest(problem.activities[activity].pauses)
                || !demands.indices.contains(where: {
                    demands[$0] > 0 && !isAtRest(problem.activities[activity].absences[$0] ?? [])
                }) && demands.contains(where: { $0 > 0 })
        { before -= 1 }
        for link in linksInto[activity] {
            let other = link.predecessor
            if bound(link, start: result.starts[other], finish: result.finishes[other]) > before {
                return .follows(predecessor: other)
            }
        }
        if problem.activities[activity].release > before { return .released }
        return lack(of: activity, at: before) ?? .chosen
    }

    private func lack(of activity: Int, at time: Int) -> LevellingMove.Reason? {
        let demands = problem.activities[activity].modes[result.modes[activity]].demands
        let absences = problem.activities[activity].absences
        for (capacity, demand) in demands.enumerated()
        where demand > 0 && !(absences[capacity] ?? []).contains(where: { $0.contains(time) }) {
            let available = problem.capacities[capacity].units(at: time)
            let users = result.starts.indices.filter {
                $0 != activity && use(of: capacity, by: $0) > 0
                    && result.parts(of: $0, on: capacity).contains { $0.contains(time) }
            }
            let taken = users.reduce(0) { $0 + use(of: capacity, by: $1) }
            guard taken + demand > available else { continue }
            if users.isEmpty || demand > available { return .capacityAway(capacity: capacity) }
            let sorted = users.sorted { (use(of: capacity, by: $1), $0) < (use(of: capacity, by: $0), $1) }
            return .gaveWay(capacity: capacity, to: sorted)
        }
        return nil
    }

    private func use(of capacity: Int, by activity: Int) -> Int {
        problem.activities[activity].modes[result.modes[activity]].demands[capacity]
    }
}
