import WorkingTime

/// The computed dates of a network. Instants are minutes since 1970-01-01T00:00, floats are working minutes.
///
/// Every question takes an activity's index; summaries answer with the dates of their descendants.
public struct Schedule: Sendable {
    public internal(set) var network: Network
    var early: [Int32]
    var late: [Int32]
    /// Raw time of the end of the network: its latest early finish, or the given one when scheduled from the finish.
    var end: Int32 = 0
    private(set) var hasLateActivities = false

    init(network: Network) {
        self.network = network
        early = Array(repeating: 0, count: 2 * network.layout.nodeCount)
        late = early
    }

    /// Runs both passes over the whole network again.
    public mutating func recomputeAll() { computeAll() }

    /// Lags that are a share of a summary's duration need its dates first, which later lags do not change.
    mutating func computeAll() {
        computeOnce()
        for _ in 0..<network.summaryShares.count where network.measureSummaries(early) { computeOnce() }
    }

    private mutating func computeOnce() {
        if network.isUniform { compute(PositionSpace.self) } else { compute(InstantSpace.self) }
    }

    private mutating func compute<Space: TimeSpace>(_: Space.Type) {
        var pass = takePass(Space.self)
        if case .fromFinish(let finish) = network.options.direction {
            pass.end = network.raw(finish)
            pass.sweepBackward()
            network.holdStart(at: pass.earliestLateStart())
            putBack(&pass)
            pass = takePass(Space.self)
            pass.sweepForward()
            if network.layout.hasFirstGates { pass.sweepBackward() }
        } else {
            pass.sweepForward()
            pass.end = pass.latestFinish()
            pass.sweepBackward()
        }
        hasLateActivities = network.hasLateActivities
        if hasLateActivities {
            pass.isLateRound = true
            pass.sweepForward()
        }
        putBack(&pass)
    }

    /// Moves the arrays into a pass, which writes them in place; `putBack` returns them.
    mutating func takePass<Space: TimeSpace>(_: Space.Type) -> DatePass<Space> {
        let pass = DatePass(
            space: Space(network), layout: network.layout, nodes: network.nodes, options: network.options,
            statusDate: network.options.statusDate.map(network.raw), early: early, late: late, end: end,
            precedingStart: network.precedingStart)
        early = []
        late = []
        return pass
    }

    mutating func putBack<Space: TimeSpace>(_ pass: inout DatePass<Space>) {
        swap(&early, &pass.early)
        swap(&late, &pass.late)
        end = pass.end
    }
}

extension Network {
    /// Sets the start of a network scheduled from its finish, once it is known.
    mutating func holdStart(at start: Int32) {
        for rank in 0..<nodes.count { nodes.floor[rank] = max(start, options.statusDate.map(raw) ?? start) }
    }

    var hasLateActivities: Bool { activities.contains { $0.constraint == .asLateAsPossible } }
}

// MARK: - Dates

extension Schedule {
    /// The finish of the last activity, or the finish scheduled from.
    public var projectFinish: Int { network.finishInstant(end) }

    public func earlyStart(of activity: Int) -> Int {
        dates(activity, .start, summary: { $0.min() }) { network.startInstant(early[2 * $0], rank: $0) }
    }

    public func earlyFinish(of activity: Int) -> Int {
        dates(activity, .finish, summary: { $0.max() }) { network.finishInstant(early[2 * $0 + 1], rank: $0) }
    }

    /// For a started activity its actual start.
    public func lateStart(of activity: Int) -> Int {
        if network.isSummary(activity) {
            return network.countedParts(of: activity).map(lateStart).min() ?? network.options.direction.instant
        }
        let rank = Int(network.layout.rank[activity])
        return network.activities[activity].progress.start ?? network.startInstant(late[2 * rank], rank: rank)
    }

    /// For a finished activity its actual finish.
    public func lateFinish(of activity: Int) -> Int {
        if network.isSummary(activity) {
            return network.countedParts(of: activity).map(lateFinish).max() ?? network.options.direction.instant
        }
        let rank = Int(network.layout.rank[activity])
        return network.activities[activity].progress.finish ?? network.finishInstant(late[2 * rank + 1], rank: rank)
    }

    /// Where the activity is scheduled to start: its early start, or the late one if it is as late as possible.
    public func start(of activity: Int) -> Int {
        if network.isSummary(activity) {
            if case .manual(let start, _) = network.activities[activity].mode { return start }
            return network.countedParts(of: activity).map(start).min() ?? earlyStart(of: activity)
        }
        return isAsLateAsPossible(activity) ? lateStart(of: activity) : earlyStart(of: activity)
    }

    public func finish(of activity: Int) -> Int {
        if network.isSummary(activity) {
            if case .manual(let start, let finish) = network.activities[activity].mode { return max(start, finish) }
            return network.countedParts(of: activity).map(finish).max() ?? earlyFinish(of: activity)
        }
        return isAsLateAsPossible(activity) ? lateFinish(of: activity) : earlyFinish(of: activity)
    }

    func isAsLateAsPossible(_ activity: Int) -> Bool {
        guard network.activities[activity].progress.start == nil else { return false }
        switch network.activities[activity].constraint {
        case .asLateAsPossible: return true
        case .startNoLaterThan, .finishNoLaterThan:
            return network.options.noLaterMeansLate && !network.options.direction.isFromStart
        default: return false
        }
    }

    private enum End { case start, finish }

    private func dates(_ activity: Int, _ end: End, summary: ([Int]) -> Int?, computed: (Int) -> Int) -> Int {
        let rank = Int(network.layout.rank[activity])
        guard rank < 0 else {
            if let fixed = network.activities[activity].fixedDates {
                if end == .start { return fixed.start }
                if let finish = fixed.finish { return finish }
            }
            return computed(rank)
        }
        let parts = network.countedParts(of: activity).map { dates($0, end, summary: summary, computed: computed) }
        return summary(parts) ?? network.options.direction.instant
    }
}

extension Network {
    /// The activities under a summary whose dates make its dates: inactive ones only where there are no others.
    func countedParts(of summary: Int) -> [Int] {
        let parts = layout.descendants(of: summary)
        let active = parts.filter { activities[$0].mode != .inactive }
        return active.isEmpty ? parts : active
    }

    func startInstant(_ raw: Int32, rank: Int) -> Int {
        isUniform && standsAtFinish(raw, rank) ? finishInstant(raw) : startInstant(raw)
    }

    func finishInstant(_ raw: Int32, rank: Int) -> Int {
        isUniform && nodes.span[rank] == 0 && !standsAtFinish(raw, rank) ? startInstant(raw) : finishInstant(raw)
    }

    /// A milestone that waits for others stands where their work ends, rather than where the next begins.
    private func standsAtFinish(_ raw: Int32, _ rank: Int) -> Bool {
        nodes.span[rank] == 0 && raw > nodes.floor[rank] && (nodes.detail(rank)?.startsByLinks ?? true)
            && !layout.predecessorRows(rank).isEmpty
    }
}

extension ActivityProgress {
    var start: Int? {
        switch self {
        case .notStarted: nil
        case .started(let start, _, _), .finished(let start, _): start
        }
    }

    var finish: Int? {
        if case .finished(_, let finish) = self { finish } else { nil }
    }
}

extension Activity {
    /// Dates that are given and not computed.
    var fixedDates: (start: Int, finish: Int?)? {
        switch mode {
        case .manual(let start, let finish), .external(let start, let finish): (start, max(start, finish))
        case .automatic, .inactive: progress.start.map { ($0, progress.finish) }
        }
    }
}
