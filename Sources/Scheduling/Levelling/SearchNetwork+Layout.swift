/// From a problem to the flat arrays of the search, checking everything on the way.
extension SearchNetwork {
    static let limit = 1 << 30

    init(_ problem: LevellingProblem) throws(LevellingError) {
        let order = try Self.topologicalOrder(problem)
        count = problem.activities.count
        links = problem.links
        try layModes(problem)
        layLimits(problem)
        layTracks(problem)
        laySides(problem)
        topological = order.map { Int32($0) }
        horizon = Self.horizon(problem)
        guard horizon < Self.limit / 4 else { throw .tooLarge }
        layCapacity(problem)
        let hasOnlyPlainLinks = problem.links.allSatisfy { $0.kind == .finishToStart && $0.lag >= 0 }
        needsRepair = !hasOnlyPlainLinks || (0..<count).contains(where: isStretchable)
        isPlain =
            hasOnlyPlainLinks && words == 1 && isConstant && release.allSatisfy { $0 == 0 } && fixedStart.allSatisfy { $0 < 0 }
            && latestFinish.allSatisfy { $0 == .max } && !(0..<count).contains(where: isStretchable)
            && problem.objective == .makespan && modeCosts.isEmpty
    }

    /// Shapes and sizes; call before anything is computed from the problem.
    static func check(_ problem: LevellingProblem) throws(LevellingError) {
        for (index, capacity) in problem.capacities.enumerated() {
            guard let first = capacity.steps.first, first.start == 0,
                zip(capacity.steps, capacity.steps.dropFirst()).allSatisfy({ $0.start < $1.start }),
                capacity.steps.allSatisfy({ $0.units >= 0 })
            else { throw .malformedCapacity(index) }
            guard capacity.steps.allSatisfy({ $0.units < limit && $0.start < limit / 4 }) else { throw .tooLarge }
        }
        for (index, activity) in problem.activities.enumerated() {
            guard !activity.modes.isEmpty, activity.modes.allSatisfy({ $0.demands.count == problem.capacities.count }) else {
                throw .malformedMode(activity: index)
            }
            let times = [activity.release, activity.fixedStart ?? 0, activity.presentStart ?? 0, activity.weight]
            guard times.allSatisfy({ $0 >= 0 }),
                activity.modes.allSatisfy({ $0.duration >= 0 && $0.cost >= 0 && $0.demands.allSatisfy { $0 >= 0 } })
            else { throw .negativeValue(activity: index) }
            let rests = [activity.pauses] + activity.absences.values
            guard rests.allSatisfy(isOrdered), activity.absences.keys.allSatisfy(problem.capacities.indices.contains) else {
                throw .malformedPauses(activity: index)
            }
            guard times.allSatisfy({ $0 < limit / 4 }), rests.allSatisfy({ $0.last?.upperBound ?? 0 < limit / 4 }),
                abs(activity.deadline ?? 0) < limit,
                abs(activity.latestFinish ?? 0) < limit,
                activity.modes.allSatisfy({
                    $0.duration < limit / 4 && $0.cost < limit / 4 && $0.demands.allSatisfy { $0 < limit }
                })
            else { throw .tooLarge }
        }
        for (index, link) in problem.links.enumerated() {
            guard problem.activities.indices.contains(link.predecessor), problem.activities.indices.contains(link.successor)
            else {
                throw .unknownActivity(link: index)
            }
            guard abs(link.lag) < limit / 4 else { throw .tooLarge }
        }
    }

    private static func isOrdered(_ rests: [Range<Int>]) -> Bool {
        rests.allSatisfy { !$0.isEmpty && $0.lowerBound >= 0 }
            && zip(rests, rests.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound }
    }

    /// Kahn 1962; on failure the activities of one cycle.
    private static func topologicalOrder(_ problem: LevellingProblem) throws(LevellingError) -> [Int] {
        let count = problem.activities.count
        var waiting = [Int](repeating: 0, count: count)
        var successors = [[Int]](repeating: [], count: count)
        for link in problem.links {
            waiting[link.successor] += 1
            successors[link.predecessor].append(link.successor)
        }
        var order = (0..<count).filter { waiting[$0] == 0 }
        var next = 0
        while next < order.count {
            for successor in successors[order[next]] {
                waiting[successor] -= 1
                if waiting[successor] == 0 { order.append(successor) }
            }
            next += 1
        }
        if order.count < count { throw .cycle(cycle(among: waiting, problem)) }
        return order
    }

    /// Walks back along predecessors that still wait until one repeats.
    private static func cycle(among waiting: [Int], _ problem: LevellingProblem) -> [Int] {
        var back = [Int](repeating: -1, count: waiting.count)
        for link in problem.links where waiting[link.predecessor] > 0 && waiting[link.successor] > 0 {
            back[link.successor] = link.predecessor
        }
        var seen = [Int: Int]()
        var path: [Int] = []
        var activity = waiting.indices.first { waiting[$0] > 0 && back[$0] >= 0 } ?? 0
        while seen[activity] == nil {
            seen[activity] = path.count
            path.append(activity)
            activity = back[activity]
        }
        return path[(seen[activity] ?? 0)...].reversed()
    }

    /// Packs the modes that fit at some time; the others are left out.
    private mutating func layModes(_ problem: LevellingProblem) throws(LevellingError) {
        let most = problem.capacities.map { $0.steps.map(\.units).max() ?? 0 }
        laneBits = most.allSatisfy { $0 < 1 << 15 } ? 16 : 32
        let lanes = 64 / laneBits
        words = max(1, (most.count + lanes - 1) / lanes)
        for lane in 0..<lanes { high |= 1 << UInt64((lane + 1) * laneBits - 1) }
        for (index, activity) in problem.activities.enumerated() {
            modeStarts.append(Int32(durations.count))
            for (number, mode) in activity.modes.enumerated() {
                let isIdle = mode.duration == 0
                guard isIdle || activity.fixedStart != nil || zip(mode.demands, most).allSatisfy({ $0 <= $1 }) else { continue }
                durations.append(Int32(mode.duration))
                demands += isIdle ? Array(repeating: 0, count: words) : pack(mode.demands)
                modeNumbers.append(Int32(number))
                if activity.fixedStart != nil { break }
            }
            if durations.count == Int(modeStarts[index]) {
                let demand = activity.modes[0].demands
                let capacity = demand.indices.first { demand[$0] > most[$0] } ?? 0
                throw .demandExceedsCapacity(
                    activity: index, capacity: capacity, demand: demand[capacity], available: most[capacity])
            }
            if durations.count > Int(modeStarts[index]) + 1 { isMultiMode = true }
        }
        modeStarts.append(Int32(durations.count))
        let costs = problem.activities.indices.flatMap { activity in
            (modeStarts[activity]..<modeStarts[activity + 1]).map {
                problem.activities[activity].modes[Int(modeNumbers[Int($0)])].cost
            }
        }
        if costs.contains(where: { $0 > 0 }) { modeCosts = costs }
    }

    /// What each mode takes, apart by when it rests.
    private mutating func layTracks(_ problem: LevellingProblem) {
        guard problem.activities.contains(where: { $0.fixedStart == nil && !$0.absences.isEmpty }) else { return }
        tracks = problem.activities.indices.flatMap { activity -> [[Track]] in
            let given = problem.activities[activity]
            return (modeStarts[activity]..<modeStarts[activity + 1]).map { mode in
                let number = Int(modeNumbers[Int(mode)])
                guard given.fixedStart == nil, given.modes[number].duration > 0 else { return [] }
                return self.tracks(given.modes[number], given)
            }
        }
    }

    private func tracks(_ mode: LevellingMode, _ activity: LevellingActivity) -> [Track] {
        let used = mode.demands.indices.filter { mode.demands[$0] > 0 }
        let groups = Dictionary(grouping: used) { activity.absences[$0] ?? [] }
        guard groups.keys.contains(where: { !$0.isEmpty }) else { return [] }
        return groups.values.sorted { $0[0] < $1[0] }.map { capacities in
            let rests = (activity.pauses + (activity.absences[capacities[0]] ?? [])).united
            return Track(
                capacities: capacities, units: pack(mode.demands.indices.map { capacities.contains($0) ? mode.demands[$0] : 0 }),
                pauses: rests.map { Int32($0.lowerBound)..<Int32($0.upperBound) })
        }
    }

    func pack(_ units: [Int]) -> [UInt64] {
        var packed = [UInt64](repeating: 0, count: words)
        let lanes = 64 / laneBits
        let most = 1 << (laneBits - 1) - 1
        for (index, value) in units.enumerated() {
            packed[index / lanes] |= UInt64(min(value, most)) << UInt64(index % lanes * laneBits)
        }
        return packed
    }

    private mutating func laySides(_ problem: LevellingProblem) {
        var into = [[Int32]](repeating: [], count: count)
        var outOf = into
        for (index, link) in problem.links.enumerated() {
            into[link.successor].append(Int32(index))
            outOf[link.predecessor].append(Int32(index))
        }
        func side(_ lists: [[Int32]], backward: Bool) -> Side {
            var side = Side(starts: [0])
            for list in lists {
                for index in list {
                    let link = links[Int(index)]
                    side.links.append(index)
                    side.source.append(Int32(backward ? backwardSource(link) : forwardSource(link)))
                    side.weight.append(Int32(weight(of: link, backward: backward) { durations[Int(modeStarts[$0])] }))
                }
                side.starts.append(Int32(side.source.count))
            }
            return side
        }
        forward = side(into, backward: false)
        backward = side(outOf, backward: true)
    }

    private func forwardSource(_ link: LevellingLink) -> Int {
        link.kind == .finishToStart || link.kind == .finishToFinish ? link.predecessor + count : link.predecessor
    }

    /// In mirrored time a start is a finish; for what may be stretched that is another anchor.
    private func backwardSource(_ link: LevellingLink) -> Int {
        let isToStart = link.kind == .finishToStart || link.kind == .startToStart
        return isToStart && isStretchable(link.successor) ? link.successor + count : link.successor
    }

    /// From the source's anchor to the target's start, in the time of the direction. A finish anchor lies a duration before the finish.
    @inline(__always)
    func weight(of link: LevellingLink, backward: Bool, duration: (Int) -> Int32) -> Int {
        let (first, second) = (Int(duration(link.predecessor)), Int(duration(link.successor)))
        let startToStart =
            switch link.kind {
            case .finishToStart: first + link.lag
            case .startToStart: link.lag
            case .finishToFinish: first + link.lag - second
            case .startToFinish: link.lag - second
            }
        return backward ? startToStart + second - first : startToStart
    }

    private mutating func layLimits(_ problem: LevellingProblem) {
        for activity in problem.activities {
            let hasPresent = problem.objective == .deviation && activity.fixedStart == nil
            release.append(Int32(max(activity.release, hasPresent ? activity.presentStart ?? 0 : 0)))
            latestFinish.append(activity.latestFinish.map { Int32($0) } ?? .max)
            fixedStart.append(activity.fixedStart.map { Int32($0) } ?? -1)
            maySplit.append(activity.maySplit && activity.fixedStart == nil)
            pauses.append(activity.fixedStart == nil ? activity.pauses.map { Int32($0.lowerBound)..<Int32($0.upperBound) } : [])
        }
        for link in problem.links where fixedStart[link.successor] >= 0 {
            let anchor = Int(fixedStart[link.successor]) - weight(of: link, backward: false) { durations[Int(modeStarts[$0])] }
            let latest = anchor + Int(durations[Int(modeStarts[link.predecessor])])
            latestFinish[link.predecessor] = min(latestFinish[link.predecessor], Int32(latest))
        }
    }

    private static func horizon(_ problem: LevellingProblem) -> Int {
        var horizon = 1
        for activity in problem.activities {
            let longest = activity.modes.map(\.duration).max() ?? 0
            horizon += longest
            horizon = max(horizon, 0)
        }
        var latestEvent = 0
        for activity in problem.activities {
            let start = max(activity.release, activity.fixedStart ?? 0, activity.presentStart ?? 0)
            latestEvent = max(latestEvent, start + (activity.fixedStart != nil ? activity.modes[0].duration : 0))
            for rests in [activity.pauses] + activity.absences.values {
                latestEvent = max(latestEvent, rests.last?.upperBound ?? 0)
            }
        }
        for capacity in problem.capacities { latestEvent = max(latestEvent, capacity.steps.last?.start ?? 0) }
        let lags = problem.links.reduce(0) { $0 + max($1.lag, 0) }
        return min(horizon + latestEvent + lags, limit)
    }

    /// The units per period less what fixed activities take.
    private mutating func layCapacity(_ problem: LevellingProblem) {
        var length = 1
        for capacity in problem.capacities { length = max(length, (capacity.steps.last?.start ?? 0) + 1) }
        for index in 0..<count where fixedStart[index] >= 0 {
            length = max(length, Int(fixedStart[index]) + Int(durations[Int(modeStarts[index])]) + 1)
        }
        profileLength = length
        capacity = [UInt64](repeating: 0, count: length * words)
        let lanes = 64 / laneBits
        for (index, profile) in problem.capacities.enumerated() {
            let shift = UInt64(index % lanes * laneBits)
            for (number, step) in profile.steps.enumerated() {
                let end = number + 1 < profile.steps.count ? profile.steps[number + 1].start : length
                for period in step.start..<max(end, step.start) where period < length {
                    capacity[period * words + index / lanes] |= UInt64(step.units) << shift
                }
            }
        }
        for index in 0..<count where fixedStart[index] >= 0 {
            let mode = Int(modeStarts[index])
            for period in Int(fixedStart[index])..<Int(fixedStart[index] + durations[mode]) {
                for word in 0..<words {
                    let at = period * words + word
                    capacity[at] = PackedUnits.saturating(
                        capacity[at], minus: demands[mode * words + word], high: high, bits: laneBits)
                }
            }
        }
    }
}

/// Arithmetic on packed units outside the hot loop.
enum PackedUnits {
    /// Lane by lane, not below 0.
    static func saturating(_ free: UInt64, minus units: UInt64, high: UInt64, bits: Int) -> UInt64 {
        let difference = (free | high) &- units
        let enough = difference & high
        // All ones in each lane that had enough.
        let mask = (enough &- (enough >> UInt64(bits - 1))) | enough
        return difference & mask & ~high
    }

    /// Units lacking, summed over the lanes.
    static func lacking(_ free: UInt64, _ units: UInt64, bits: Int) -> Int {
        var sum = 0
        let most = UInt64(1) << UInt64(bits) - 1
        for shift in stride(from: 0, to: 64, by: bits) {
            let (have, want) = (free >> UInt64(shift) & most, units >> UInt64(shift) & most)
            if want > have { sum += Int(want - have) }
        }
        return sum
    }
}
