/// Proven lower bounds on the makespan: longest path, work against capacity, and destructive improvement (Klein & Scholl 1999):
/// a makespan is refuted when time windows tightened by compulsory parts contradict themselves or an interval must hold more work than there is capacity (energetic reasoning,
/// Erschler & Lopez 1990).
///
/// Every activity is taken in its best mode: shortest duration, least demand, least work.
struct LowerBound {
    private let count: Int
    private let order: [Int]
    private let duration: [Int]
    /// Per capacity and activity: the least demand in any mode, the least work.
    private let demand: [[Int]]
    private let work: [[Int]]
    /// Split or paused: at which instants it works is not known from its start.
    private let isStretchable: [Bool]
    private let release: [Int]
    private let capacities: [LevellingCapacity]
    /// (from, to, least start-to-start distance).
    private let arcs: [(from: Int, to: Int, weight: Int)]
    private let arcsInto: [[Int]]
    private let arcsOutOf: [[Int]]
    private let fixedStart: [Int]

    init(_ problem: LevellingProblem, _ network: SearchNetwork) {
        count = network.count
        order = network.topological.map { Int($0) }
        func modes(_ activity: Int) -> [LevellingMode] {
            (network.modeStarts[activity]..<network.modeStarts[activity + 1]).map {
                problem.activities[activity].modes[Int(network.modeNumbers[Int($0)])]
            }
        }
        let modesOf = (0..<count).map(modes)
        let durations = modesOf.map { $0.map(\.duration).min() ?? 0 }
        let longest = modesOf.map { $0.map(\.duration).max() ?? 0 }
        duration = durations
        demand = problem.capacities.indices.map { k in modesOf.map { $0.map { $0.demands[k] }.min() ?? 0 } }
        work = problem.capacities.indices.map { k in modesOf.map { $0.map { $0.demands[k] * $0.duration }.min() ?? 0 } }
        isStretchable = (0..<network.count).map(network.isStretchable)
        fixedStart = network.fixedStart.map { Int($0) }
        release = network.release.indices.map { max(Int(network.release[$0]), Int(network.fixedStart[$0])) }
        capacities = problem.capacities
        arcs = problem.links.map { link in
            let isFromFinish = link.kind == .finishToStart || link.kind == .finishToFinish
            let isToFinish = link.kind == .finishToFinish || link.kind == .startToFinish
            // A split successor may start earlier still than its finish less its duration: no bound on its start.
            let unbounded = isToFinish && network.isStretchable(link.successor)
            let weight = (isFromFinish ? durations[link.predecessor] : 0) + link.lag - (isToFinish ? longest[link.successor] : 0)
            return (link.predecessor, link.successor, unbounded ? -SearchNetwork.limit : weight)
        }
        var into = [[Int]](repeating: [], count: count)
        var outOf = into
        for (index, arc) in arcs.enumerated() {
            into[arc.to].append(index)
            outOf[arc.from].append(index)
        }
        arcsInto = into
        arcsOutOf = outOf
    }

    /// Earliest starts by links and releases.
    func heads() -> [Int] {
        var head = release
        for activity in order {
            for arc in arcsInto[activity] { head[activity] = max(head[activity], head[arcs[arc].from] + arcs[arc].weight) }
        }
        return head
    }

    /// Least time from an activity's start to the end of all.
    func tails() -> [Int] {
        var tail = duration
        for activity in order.reversed() {
            for arc in arcsOutOf[activity] { tail[activity] = max(tail[activity], arcs[arc].weight + tail[arcs[arc].to]) }
        }
        return tail
    }

    /// - Parameter known: a makespan that can be reached; the search for a bound ends there.
    /// - Complexity: O(refuted lengths × n³) at worst, for at most 300 activities; the cheap bounds alone beyond.
    func makespan(known: Int) -> Int {
        guard count > 0 else { return 0 }
        let (head, tail) = (heads(), tails())
        var bound = (0..<count).reduce(0) { max($0, head[$1] + tail[$1]) }
        bound = max(bound, capacityBound(head, tail))
        guard count <= 300 else { return min(bound, known) }
        while bound < known, isRefuted(bound, head, tail) { bound += 1 }
        return min(bound, known)
    }

    /// All work of a capacity from the earliest head on, then the shortest rest.
    private func capacityBound(_ head: [Int], _ tail: [Int]) -> Int {
        var bound = 0
        for (index, capacity) in capacities.enumerated() {
            let users = (0..<count).filter { work[index][$0] > 0 }
            guard let first = users.map({ head[$0] }).min() else { continue }
            let rest = users.map { tail[$0] - duration[$0] }.min() ?? 0
            let total = users.reduce(0) { $0 + work[index][$1] }
            guard let end = finish(of: total, capacity, from: first) else { continue }
            bound = max(bound, end + rest)
        }
        return bound
    }

    private func finish(of work: Int, _ capacity: LevellingCapacity, from start: Int) -> Int? {
        var left = work
        for (number, step) in capacity.steps.enumerated() {
            let from = max(start, step.start)
            let isLast = number + 1 == capacity.steps.count
            let end = isLast ? Int.max : capacity.steps[number + 1].start
            guard end > from else { continue }
            if step.units > 0, isLast || (end - from) * step.units >= left { return from + (left + step.units - 1) / step.units }
            if isLast { return nil }
            left -= (end - from) * step.units
        }
        return nil
    }

    /// Whether no schedule can end by `length`.
    private func isRefuted(_ length: Int, _ head: [Int], _ tail: [Int]) -> Bool {
        var earliest = head
        var latest = tail.map { length - $0 }
        for _ in 0..<8 {
            for activity in 0..<count where earliest[activity] > latest[activity] { return true }
            guard let isTighter = tightenByCompulsoryParts(length, &earliest, &latest) else { return true }
            if !isTighter { break }
            for activity in order {
                for arc in arcsInto[activity] {
                    earliest[activity] = max(earliest[activity], earliest[arcs[arc].from] + arcs[arc].weight)
                }
            }
            for activity in order.reversed() {
                for arc in arcsOutOf[activity] {
                    latest[activity] = min(latest[activity], latest[arcs[arc].to] - arcs[arc].weight)
                }
            }
        }
        for activity in 0..<count where earliest[activity] > latest[activity] { return true }
        return capacities.indices.contains { isOverfull($0, earliest, latest) }
    }

    /// Pushes windows off periods that compulsory parts fill; `nil` when these alone are too much.
    private func tightenByCompulsoryParts(_ length: Int, _ earliest: inout [Int], _ latest: inout [Int]) -> Bool? {
        guard length < 20_000 else { return false }
        var isTighter = false
        for (index, capacity) in capacities.enumerated() {
            var free = (0..<length).map { capacity.units(at: $0) }
            func compulsory(_ activity: Int) -> Range<Int>? {
                let (from, to) = (latest[activity], earliest[activity] + duration[activity])
                return !isStretchable[activity] && demand[index][activity] > 0 && from < to && from >= 0 && to <= length
                    ? from..<to : nil
            }
            for activity in 0..<count {
                for period in compulsory(activity) ?? 0..<0 { free[period] -= demand[index][activity] }
            }
            if free.contains(where: { $0 < 0 }) && !fixedStart.contains(where: { $0 >= 0 }) { return nil }
            for activity in 0..<count where demand[index][activity] > 0 && fixedStart[activity] < 0 && !isStretchable[activity] {
                let units = demand[index][activity]
                let own = compulsory(activity)
                func lacks(_ period: Int) -> Bool { free[period] + (own?.contains(period) == true ? units : 0) < units }
                var (start, period) = (earliest[activity], earliest[activity])
                while period < min(start + duration[activity], length), start <= latest[activity] {
                    if lacks(period) { start = period + 1 }
                    period += 1
                }
                var (last, back) = (latest[activity], latest[activity] + duration[activity] - 1)
                while back >= max(last, 0), back < length, last >= start {
                    if lacks(back) { last = back - duration[activity] }
                    back -= 1
                }
                if start > latest[activity] || last < start { return nil }
                if start > earliest[activity] || last < latest[activity] { isTighter = true }
                // The compulsory part grows; the free units stay as they were, which is on the safe side.
                (earliest[activity], latest[activity]) = (start, last)
                if isTighter { return true }
            }
        }
        return isTighter
    }

    /// Whether some interval between an earliest start and a latest finish must hold more work than the capacity gives.
    private func isOverfull(_ index: Int, _ earliest: [Int], _ latest: [Int]) -> Bool {
        let users = (0..<count).filter { work[index][$0] > 0 && fixedStart[$0] < 0 }
        let fixed = (0..<count).filter { work[index][$0] > 0 && fixedStart[$0] >= 0 }
        guard fixed.isEmpty else { return false }
        let from = Set(users.map { earliest[$0] }).sorted()
        let to = Set(users.map { latest[$0] + duration[$0] }).sorted()
        for start in from {
            for end in to where end > start {
                var needed = 0
                for activity in users {
                    needed += demand[index][activity] * overlap(activity, start, end, earliest[activity], latest[activity])
                }
                if needed > supply(capacities[index], start, end) { return true }
            }
        }
        return false
    }

    /// Least time the activity spends between `start` and `end`.
    private func overlap(_ activity: Int, _ start: Int, _ end: Int, _ earliest: Int, _ latest: Int) -> Int {
        let length = duration[activity]
        if isStretchable[activity] { return 0 }
        return max(0, min(length, end - start, earliest + length - start, end - latest))
    }

    private func supply(_ capacity: LevellingCapacity, _ start: Int, _ end: Int) -> Int {
        if capacity.isConstant { return (end - start) * capacity.steps[0].units }
        var sum = 0
        for (number, step) in capacity.steps.enumerated() {
            let last = number + 1 < capacity.steps.count ? capacity.steps[number + 1].start : Int.max
            sum += max(0, min(last, end) - max(step.start, start)) * step.units
        }
        return sum
    }
}

extension LowerBound {
    /// Of the objective. Tardiness and deviation are bounded by the earliest starts alone.
    func value(_ objective: ScheduleObjective, known: Int) -> Int {
        if objective.kind == .makespan { return makespan(known: known) }
        let head = heads()
        return min(known, objective.value(makespan: 0, modeCost: 0, start: { head[$0] }, finish: { head[$0] + duration[$0] }))
    }
}
