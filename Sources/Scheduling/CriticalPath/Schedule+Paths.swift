import WorkingTime

/// A chain of activities that could delay a target, in the order of work.
public struct FloatPath: Hashable, Sendable {
    public let activities: [Int]
    /// Working minutes the chain may slip before it delays the target.
    public let relativeFloat: Int
}

extension Schedule {
    /// The chain of driving links that ends in the latest finish: what makes the network as long as it is, whatever
    /// constraints and deadlines do to the floats.
    public func longestPath() -> [Int] {
        guard let last = lastActivity() else { return [] }
        return reasonsForStart(of: last).reduce(into: []) { path, reason in
            if path.last != reason.activity { path.append(reason.activity) }
        }.reversed()
    }

    private func lastActivity() -> Int? {
        let counted = network.activities.indices.filter { !network.isSummary($0) && network.activities[$0].mode.counts }
        return counted.max { finish(of: $0) < finish(of: $1) }
    }

    /// Unfinished activities with a total float above critical and up to `limit` working minutes, least first.
    public func nearCritical(upTo limit: Int) -> [Int] {
        network.activities.indices
            .filter { !network.isSummary($0) && network.activities[$0].progress.finish == nil }
            .filter { network.activities[$0].mode != .inactive }
            .map { (activity: $0, float: totalFloat(of: $0)) }
            .filter { $0.float > network.options.criticalFloat && $0.float <= limit }
            .sorted { ($0.float, $0.activity) < ($1.float, $1.activity) }
            .map(\.activity)
    }

    /// The paths to a target in the order in which they matter. The first drives it; each further one joins an earlier path and
    /// takes the activities that are left with the least float relative to the target, as far back as they have no more than that.
    ///
    /// - Parameters:
    ///   - target: an activity that is no summary; `nil` for the last to finish.
    ///   - count: at most so many paths.
    /// - Complexity: O((n + m) · count).
    public func floatPaths(to target: Int? = nil, count: Int) -> [FloatPath] {
        guard let target = target ?? lastActivity(), !network.isSummary(target) else { return [] }
        let floats =
            network.isUniform ? relativeFloats(to: target, PositionSpace.self) : relativeFloats(to: target, InstantSpace.self)
        var isTaken = Array(repeating: false, count: network.layout.nodeCount)
        var paths: [FloatPath] = []
        var end: Int? = Int(network.layout.rank[target])
        while let last = end, paths.count < count {
            let ranks = walkBack(from: last, floats, &isTaken)
            let activities = ranks.reversed().map { Int(network.layout.activity[$0]) }.filter { $0 >= 0 }
            if !activities.isEmpty { paths.append(FloatPath(activities: activities, relativeFloat: floats[last] ?? 0)) }
            end = nextEnd(floats, isTaken)
        }
        return paths
    }

    /// How far each node may slip before it delays the target; `nil` for nodes that cannot.
    private func relativeFloats<Space: TimeSpace>(to target: Int, _: Space.Type) -> [Int?] {
        var copy = self
        var pass = copy.takePass(Space.self)
        let rank = Int(network.layout.rank[target])
        for node in 0..<network.layout.nodeCount { pass.setLate(node, (Network.farthest, Network.farthest)) }
        let finish = pass.early[2 * rank + 1]
        pass.setLate(rank, (pass.restStart(rank, finishing: finish) ?? pass.early[2 * rank], finish))
        var floats = [Int?](repeating: nil, count: network.layout.nodeCount)
        floats[rank] = 0
        for node in stride(from: rank - 1, through: 0, by: -1) {
            guard let late = pass.latest(node) else { continue }
            pass.setLate(node, late)
            floats[node] = workingMinutes(from: pass.early[2 * node + 1], to: late.finish, rank: node)
        }
        return floats
    }

    private func workingMinutes(from: Int32, to: Int32, rank: Int) -> Int {
        guard !network.isUniform else { return Int(to) - Int(from) }
        return network.calendars[Int(network.nodes.calendar[rank])].workingMinutes(from: Int(from), to: Int(to))
    }

    private func walkBack(from last: Int, _ floats: [Int?], _ isTaken: inout [Bool]) -> [Int] {
        // What could slip further, as before work that began without waiting for it, drives nothing here: it is a path of its own.
        let limit = floats[last] ?? 0
        var ranks: [Int] = []
        var at: Int? = last
        while let rank = at {
            isTaken[rank] = true
            ranks.append(rank)
            at = network.layout.predecessorRows(rank).map { Int(network.layout.edgeSource[$0]) }
                .filter { !isTaken[$0] && floats[$0].map { $0 <= limit } ?? false }
                .min { (floats[$0] ?? .max) < (floats[$1] ?? .max) }
        }
        return ranks
    }

    /// The free node with the least float among those whose successor is on a path already.
    private func nextEnd(_ floats: [Int?], _ isTaken: [Bool]) -> Int? {
        var best: (rank: Int, float: Int)?
        for rank in 0..<network.layout.nodeCount where !isTaken[rank] {
            guard let float = floats[rank], float < best?.float ?? .max else { continue }
            if network.layout.successorRows(rank).contains(where: { isTaken[Int(network.layout.successorTarget[$0])] }) {
                best = (rank, float)
            }
        }
        return best?.rank
    }
}

extension DatePass {
    /// The late times links alone give; `nil` where no successor has any.
    func latest(_ rank: Int) -> (start: Int32, finish: Int32)? {
        let detail = nodes.detail(rank)
        guard detail?.actualFinish == nil else { return nil }
        let bounds = layout.successorRows(rank).compactMap { finishBound($0, rank, detail) }
        guard let bound = bounds.min() else { return nil }
        if detail?.gate != nil { return (bound, bound) }
        let finish = space.previousFinish(rank, bound)
        return (restStart(rank, finishing: finish) ?? space.start(rank, before: finish), finish)
    }

    /// Where the rest of what is begun has to begin, which is all that still waits for others; `nil` for anything else.
    func restStart(_ rank: Int, finishing finish: Int32) -> Int32? {
        guard let detail = nodes.detail(rank), detail.actualStart != nil, detail.actualFinish == nil else { return nil }
        return space.retreat(rank, from: finish, by: detail.remaining)
    }
}
