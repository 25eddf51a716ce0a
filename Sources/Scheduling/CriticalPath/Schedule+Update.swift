extension Schedule {
    /// Changes one activity and recomputes what follows from it; the result equals a full run.
    ///
    /// Forward, only activities whose early dates really move pass the change on; backward likewise, unless the end of the
    /// network moves, when all late dates are computed anew. Edits that change the shape of the network (another parent,
    /// activity or inactivity, dates on a summary, a second calendar), and networks that are scheduled from the finish, have
    /// activities as late as possible, projects, dates before their start or lags that are shares of summaries, are computed in full.
    ///
    /// - Returns: how many activities were looked at.
    /// - Throws: what `Network.init` throws; the schedule is then as before.
    /// - Complexity: O(log n) and up, by what is affected; at most a full run. The schedule must not be shared, or its arrays are
    ///   copied first.
    @discardableResult
    public mutating func update(_ activity: Activity, at index: Int) throws(ScheduleError) -> Int {
        guard isLocal(activity, at: index) else {
            var activities = network.activities
            activities[index] = activity
            return try rebuild(activities, network.links)
        }
        network.replace(activity, at: index)
        return recompute(around: Int(network.layout.rank[index]))
    }

    /// Changes the lag of one link and recomputes what follows from it.
    /// - Returns: how many activities were looked at.
    @discardableResult
    public mutating func update(lag: Lag, ofLink link: Int) throws(ScheduleError) -> Int {
        let successor = network.links[link].successor
        let rank = Int(network.layout.rank[successor])
        let isWorking = if case .working = lag { true } else { false }
        let edge = rank < 0 ? nil : network.layout.predecessorRows(rank).first { network.layout.edgeLink[$0] == Int32(link) }
        let isShareOfSummary = lag.isShare && network.isSummary(network.links[link].predecessor)
        guard let edge, canRecompute, isWorking || !network.isUniform, !isShareOfSummary else {
            var links = network.links
            links[link].lag = lag
            return try rebuild(network.activities, links)
        }
        network.replace(lag, ofLink: link, edge: edge, successor: rank)
        return recompute(around: rank)
    }

    /// Adds, takes away or redirects activities and links: a full run.
    /// - Throws: what `Network.init` throws; the schedule is then as before.
    @discardableResult
    public mutating func rebuild(_ activities: [Activity], _ links: [Link]) throws(ScheduleError) -> Int {
        self = try Network(activities: activities, links: links, calendars: network.calendars, options: network.options)
            .schedule()
        return activities.count
    }

    private var canRecompute: Bool {
        if case .fromFinish = network.options.direction { return false }
        return !hasLateActivities && !network.options.datesMayPrecedeStart && !network.hasProjects
            && network.summaryShares.isEmpty
    }

    private func isLocal(_ activity: Activity, at index: Int) -> Bool {
        let before = network.activities[index]
        return canRecompute && network.layout.rank[index] >= 0 && activity.parent == before.parent
            && (activity.mode == .inactive) == (before.mode == .inactive)
            && activity.constraint != .asLateAsPossible
            && (!network.isUniform || activity.isUniform(in: network.options.calendar))
            && network.knowsCalendars(of: activity)
    }

    private mutating func recompute(around rank: Int) -> Int {
        network.isUniform ? recompute(around: rank, PositionSpace.self) : recompute(around: rank, InstantSpace.self)
    }

    private mutating func recompute<Space: TimeSpace>(around rank: Int, _: Space.Type) -> Int {
        var pass = takePass(Space.self)
        let count = pass.propagate(from: rank)
        putBack(&pass)
        return count
    }
}

extension Network {
    func knowsCalendars(of activity: Activity) -> Bool {
        guard activity.calendar.map(calendars.indices.contains) ?? true else { return false }
        guard case .assigned(let work) = activity.duration else { return true }
        return work.allSatisfy { calendars.indices.contains($0.calendar) }
    }
}

extension DatePass {
    /// Recomputes after a change at one node; returns how many nodes were looked at.
    mutating func propagate(from rank: Int) -> Int {
        var (count, endMoved) = propagateForward(from: rank)
        if endMoved {
            sweepBackward()
            return count + layout.nodeCount
        }
        count += propagateBackward(from: rank)
        return count
    }

    private mutating func propagateForward(from rank: Int) -> (count: Int, endMoved: Bool) {
        var work = RankSet(count: layout.nodeCount)
        work.insert(rank)
        for row in layout.successorRows(rank) { work.insert(Int(layout.successorTarget[row])) }
        var count = 0
        var latest = Int32.min
        var hasLeftEnd = false
        var affectsLate = false
        var next = work.first(from: rank)
        while let node = next {
            work.remove(node)
            count += 1
            let before = (start: early[2 * node], finish: early[2 * node + 1])
            let after = forward(node)
            if after != before {
                setEarly(node, after)
                if counts(node) {
                    latest = max(latest, after.finish)
                    hasLeftEnd = hasLeftEnd || (before.finish >= end && after.finish < end)
                }
                affectsLate = affectsLate || isLateBoundToEarly(node)
                for row in layout.successorRows(node) { work.insert(Int(layout.successorTarget[row])) }
            }
            next = work.first(from: node + 1)
        }
        let newEnd = latest > end ? latest : hasLeftEnd ? latestFinish() : end
        defer { end = newEnd }
        return (count, newEnd != end || affectsLate)
    }

    private func counts(_ node: Int) -> Bool { layout.activity[node] >= 0 && nodes.detail(node)?.isInactive != true }

    /// Late dates look at early ones only around first gates, and at open ends that end paths of their own.
    private func isLateBoundToEarly(_ node: Int) -> Bool {
        if options.multipleCriticalPaths && layout.successorRows(node).isEmpty { return true }
        return layout.hasFirstGates
            && layout.successorRows(node).contains { nodes.detail(Int(layout.successorTarget[$0]))?.gate == .first }
    }

    private mutating func propagateBackward(from rank: Int) -> Int {
        var work = RankSet(count: layout.nodeCount)
        work.insert(rank)
        for edge in layout.predecessorRows(rank) { work.insert(Int(layout.edgeSource[edge])) }
        var count = 0
        var next = work.last(through: rank)
        while let node = next {
            work.remove(node)
            count += 1
            let after = backward(node)
            if after != (late[2 * node], late[2 * node + 1]) {
                setLate(node, after)
                for edge in layout.predecessorRows(node) { work.insert(Int(layout.edgeSource[edge])) }
            }
            next = work.last(through: node - 1)
        }
        return count
    }
}

/// A set of ranks that gives its members in order: one bit each.
struct RankSet {
    private var words: [UInt64]

    init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

    @inline(__always) mutating func insert(_ rank: Int) { words[rank >> 6] |= 1 << UInt64(rank & 63) }
    @inline(__always) mutating func remove(_ rank: Int) { words[rank >> 6] &= ~(1 << UInt64(rank & 63)) }

    func first(from rank: Int) -> Int? {
        var index = rank >> 6
        guard index < words.count else { return nil }
        var word = words[index] & (~0 << UInt64(rank & 63))
        while word == 0 {
            index += 1
            guard index < words.count else { return nil }
            word = words[index]
        }
        return (index << 6) + word.trailingZeroBitCount
    }

    func last(through rank: Int) -> Int? {
        guard rank >= 0 else { return nil }
        var index = rank >> 6
        var word = words[index] & (~0 >> UInt64(63 - (rank & 63)))
        while word == 0 {
            index -= 1
            guard index >= 0 else { return nil }
            word = words[index]
        }
        return (index << 6) + 63 - word.leadingZeroBitCount
    }
}
