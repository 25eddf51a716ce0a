import Scheduling

/// The least objective by trying every start of every activity in every mode, depth first. For a handful of activities.
struct Enumeration {
    let problem: LevellingProblem
    private var best = 60

    init(_ problem: LevellingProblem) { self.problem = problem }

    func optimum() -> Int {
        var search = self
        search.best = problem.objective == .makespan ? 60 : 10_000
        var use = [[Int]](repeating: [Int](repeating: 0, count: 80), count: problem.capacities.count)
        var chosen: [Placed] = []
        search.place(&chosen, &use, 0)
        return search.best
    }

    private struct Placed {
        let mode: Int
        /// The instants at which it uses each capacity.
        let times: [[Int]]
        let cost: Int
        let start: Int
        let finish: Int
    }

    private mutating func place(_ chosen: inout [Placed], _ use: inout [[Int]], _ value: Int) {
        guard value < best else { return }
        let index = chosen.count
        guard index < problem.activities.count else {
            best = value
            return
        }
        let activity = problem.activities[index]
        for (number, mode) in activity.modes.enumerated() {
            // Deviation is defined so that nothing starts before its present start.
            let earliest = max(activity.release, problem.objective == .deviation ? activity.presentStart ?? 0 : 0)
            for start in earliest..<26 {
                guard let placed = placed(activity, number, mode, start) else { continue }
                chosen.append(placed)
                if holds(chosen), fits(mode, placed, use) {
                    for k in use.indices { for time in placed.times[k] { use[k][time] += mode.demands[k] } }
                    place(&chosen, &use, extended(value, activity, placed))
                    for k in use.indices { for time in placed.times[k] { use[k][time] -= mode.demands[k] } }
                }
                chosen.removeLast()
            }
        }
    }

    /// `nil` where it must not start there.
    private func placed(_ activity: LevellingActivity, _ number: Int, _ mode: LevellingMode, _ start: Int) -> Placed? {
        guard start == activity.fixedStart ?? start else { return nil }
        func times(_ capacity: Int?) -> [Int] {
            let rests = Set((activity.pauses + (capacity.flatMap { activity.absences[$0] } ?? [])).flatMap { Array($0) })
            return Array((start...).lazy.filter { !rests.contains($0) }.prefix(mode.duration))
        }
        let used = problem.capacities.indices.map { mode.demands[$0] > 0 ? times($0) : [] }
        let all = used.allSatisfy(\.isEmpty) ? times(nil) : used.flatMap { $0 }
        // It begins when something of it does.
        guard mode.duration == 0 || all.min() == start else { return nil }
        let finish = max(start, (all.max() ?? start - 1) + 1)
        guard finish <= activity.latestFinish ?? .max else { return nil }
        return Placed(mode: number, times: used, cost: mode.cost, start: start, finish: finish)
    }

    private func extended(_ value: Int, _ activity: LevellingActivity, _ placed: Placed) -> Int {
        switch problem.objective {
        case .makespan: max(value, placed.finish)
        case .weightedTardiness: value + activity.weight * max(0, placed.finish - (activity.deadline ?? .max))
        case .deviation:
            value + activity.weight * abs(placed.start - (activity.presentStart ?? placed.start)) + placed.cost
        }
    }

    private func holds(_ chosen: [Placed]) -> Bool {
        problem.links.allSatisfy { link in
            guard max(link.predecessor, link.successor) == chosen.count - 1 else { return true }
            let (a, b) = (chosen[link.predecessor], chosen[link.successor])
            return switch link.kind {
            case .finishToStart: b.start >= a.finish + link.lag
            case .startToStart: b.start >= a.start + link.lag
            case .finishToFinish: b.finish >= a.finish + link.lag
            case .startToFinish: b.finish >= a.start + link.lag
            }
        }
    }

    private func fits(_ mode: LevellingMode, _ placed: Placed, _ use: [[Int]]) -> Bool {
        problem.capacities.indices.allSatisfy { k in
            placed.times[k].allSatisfy { use[k][$0] + mode.demands[k] <= problem.capacities[k].units(at: $0) }
        }
    }
}

/// The least makespan where everything may be split, for unit demands of one capacity, finish-to-start links and a handful of activities.
struct SplitEnumeration {
    let problem: LevellingProblem
    private var known: [[Int]: Int] = [:]

    init(_ problem: LevellingProblem) { self.problem = problem }

    /// By every order of the activities, each working whenever a unit is left: what splitting means to the engine.
    func bestOrder() -> Int { bestOrder([]) }

    private func bestOrder(_ order: [Int]) -> Int {
        let all = problem.activities.indices
        if order.count == all.count { return makespan(order) }
        let next = all.filter { index in
            !order.contains(index) && problem.links.allSatisfy { $0.successor != index || order.contains($0.predecessor) }
        }
        return next.map { bestOrder(order + [$0]) }.min() ?? .max
    }

    private func makespan(_ order: [Int]) -> Int {
        var free = (0..<40).map { problem.capacities[0].units(at: $0) }
        var finishes: [Int: Int] = [:]
        for index in order {
            var time = problem.activities[index].release
            for link in problem.links where link.successor == index { time = max(time, finishes[link.predecessor] ?? 0) }
            var left = problem.activities[index].modes[0].duration
            while left > 0 {
                if free[time] > 0 {
                    free[time] -= 1
                    left -= 1
                }
                time += 1
            }
            finishes[index] = time
        }
        return finishes.values.max() ?? 0
    }

    /// By every set of activities in every period: no schedule of any kind is shorter.
    mutating func optimum() -> Int { least(from: 0, problem.activities.map { $0.modes[0].duration }) }

    private mutating func least(from time: Int, _ left: [Int]) -> Int {
        if left.allSatisfy({ $0 == 0 }) { return time }
        guard time < 40 else { return .max }
        if let known = known[[time] + left] { return known }
        let ready = left.indices.filter { index in
            left[index] > 0 && problem.activities[index].release <= time
                && problem.links.allSatisfy { $0.successor != index || left[$0.predecessor] == 0 }
        }
        var best = Int.max
        for subset in 0..<(1 << ready.count) where subset.nonzeroBitCount <= problem.capacities[0].units(at: time) {
            var next = left
            for (bit, index) in ready.enumerated() where subset >> bit & 1 == 1 { next[index] -= 1 }
            best = min(best, least(from: time + 1, next))
        }
        known[[time] + left] = best
        return best
    }
}
