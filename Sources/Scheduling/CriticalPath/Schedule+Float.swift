import WorkingTime

extension Schedule {
    /// How long the activity may slip without delaying the end of the network or breaking a date; negative where one is
    /// already broken. Working minutes of the activity's calendar.
    ///
    /// The lesser of start and finish float; a started activity's finish float; 0 for a finished one and, scheduled from the
    /// start, for one that is as late as possible. An elapsed duration has its float on the wall clock.
    public func totalFloat(of activity: Int) -> Int {
        let progress = network.activities[activity].progress
        if !network.isSummary(activity) {
            if progress.finish != nil || (isAsLateAsPossible(activity) && network.options.direction.isFromStart) { return 0 }
            if network.isUniform { return uniformFloat(activity, isStarted: progress.start != nil) }
        }
        let (calendar, dates) = (network.calendar(of: activity), dates(of: activity))
        let finishFloat = calendar.workingMinutes(from: dates.earlyFinish, to: dates.lateFinish)
        guard progress.start == nil || network.isSummary(activity) else { return finishFloat }
        return min(finishFloat, calendar.workingMinutes(from: dates.earlyStart, to: dates.lateStart))
    }

    private func uniformFloat(_ activity: Int, isStarted: Bool) -> Int {
        let rank = Int(network.layout.rank[activity])
        let finish = Int(late[2 * rank + 1]) - Int(early[2 * rank + 1])
        return isStarted ? finish : min(finish, Int(late[2 * rank]) - Int(early[2 * rank]))
    }

    /// By how much a date that wins over links lets the activity start before they would; 0 where none does. Working minutes of the
    /// activity's calendar.
    public func conflict(of activity: Int) -> Int {
        guard !network.isSummary(activity), network.options.constraintsWinOverLinks else { return 0 }
        let own = network.activities[activity]
        guard own.mode == .automatic, own.progress == .notStarted, own.constraint.winsOverLinks else { return 0 }
        let free = network.isUniform ? freeStart(activity, PositionSpace.self) : freeStart(activity, InstantSpace.self)
        return max(0, network.calendar(of: activity).workingMinutes(from: earlyStart(of: activity), to: free))
    }

    private func freeStart<Space: TimeSpace>(_ activity: Int, _: Space.Type) -> Int {
        var copy = self
        let pass = copy.takePass(Space.self)
        let rank = Int(network.layout.rank[activity])
        return network.startInstant(pass.startWithoutDate(rank), rank: rank)
    }

    /// How long the activity may slip without moving any successor; never negative, the total float where nothing follows.
    /// Working minutes of the activity's calendar.
    public func freeFloat(of activity: Int) -> Int {
        guard !network.isSummary(activity) else { return freeFloat(ofSummary: activity) }
        guard network.activities[activity].progress.finish == nil else { return 0 }
        let gaps = network.layout.successorRows(Int(network.layout.rank[activity])).compactMap { gap(atRow: $0, of: activity) }
        return max(0, gaps.min() ?? totalFloat(of: activity))
    }

    private func freeFloat(ofSummary summary: Int) -> Int {
        let parts = network.layout.descendants(of: summary).map { (activity: $0, finish: finish(of: $0)) }
        let end = parts.map(\.finish).max()
        let inside = parts.filter { $0.finish == end }.map(\.activity)
        return max(0, inside.map { freeFloat(of: $0) }.min() ?? totalFloat(of: summary))
    }

    /// Working minutes by which the link at `row` is slack; `nil` where its successor is finished or inactive.
    func gap(atRow row: Int, of activity: Int) -> Int? {
        let edge = Int(network.layout.successorEdge[row])
        let target = Int(network.layout.successorTarget[row])
        let kind = network.layout.edgeKind[edge]
        if let gate = network.nodes.detail(target)?.gate, gate == .end || gate == .first {
            return network.layout.successorRows(target).compactMap { gap(atRow: $0, of: activity) }.min()
        }
        guard let limit = limit(atRow: row) else { return nil }
        return gap(before: limit, edge: edge, to: target, kind: kind, activity: activity)
    }

    /// The date of the successor that a link pushes against, before its levelling delay; behind gates the first of them; `nil` for
    /// finished and inactive ones.
    private func limit(atRow row: Int) -> Int32? {
        let target = Int(network.layout.successorTarget[row])
        let detail = network.nodes.detail(target)
        if detail?.gate != nil { return network.layout.successorRows(target).compactMap { limit(atRow: $0) }.min() }
        guard detail?.actualFinish == nil, detail?.isInactive != true else { return nil }
        let endpoint = Int(network.layout.successorEndpoint[row])
        let date = isLate(rank: target) ? late[endpoint] : early[endpoint]
        return detail?.actualStart == nil ? date - max(0, detail?.levellingDelay ?? 0) : date
    }

    private func gap(before limit: Int32, edge: Int, to target: Int, kind: Link.Kind, activity: Int) -> Int {
        let rank = Int(network.layout.rank[activity])
        let endpoint = 2 * rank + (kind.fromFinish ? 1 : 0)
        let own = isAsLateAsPossible(activity) ? late[endpoint] : early[endpoint]
        if network.isUniform { return Int(limit) - Int(network.nodes.edgeLag[edge]) - Int(own) }
        return instantGap(from: own, before: limit, edge: edge, to: target, activity: activity)
    }

    /// Apart, since the space takes the tables along, which networks on one calendar need not pay for.
    @inline(never)
    private func instantGap(from own: Int32, before limit: Int32, edge: Int, to target: Int, activity: Int) -> Int {
        let reach = InstantSpace(network).unlagged(edge, limit, successor: target)
        return network.calendar(of: activity).workingMinutes(from: Int(own), to: Int(reach))
    }

    private func isLate(rank: Int) -> Bool {
        let activity = Int(network.layout.activity[rank])
        return activity >= 0 && isAsLateAsPossible(activity)
    }

    /// Total float within `SchedulingOptions.criticalFloat`, and neither finished nor inactive. A summary is critical with any
    /// descendant.
    public func isCritical(_ activity: Int) -> Bool {
        if network.isSummary(activity) { return network.countedParts(of: activity).contains { isCritical($0) } }
        guard network.activities[activity].mode != .inactive else { return false }
        return network.activities[activity].progress.finish == nil && totalFloat(of: activity) <= network.options.criticalFloat
    }
}

extension DateConstraint {
    /// Whether the date can put an activity before its links allow it.
    fileprivate var winsOverLinks: Bool {
        switch self {
        case .mustStartOn, .mustFinishOn, .startNoLaterThan, .finishNoLaterThan: true
        case .asSoonAsPossible, .asLateAsPossible, .startNoEarlierThan, .finishNoEarlierThan: false
        }
    }
}
