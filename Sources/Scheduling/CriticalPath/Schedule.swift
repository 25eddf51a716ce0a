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

/// The dates of one activity, instants as in `Schedule`.
public struct ActivityDates: Sendable, Hashable {
    public let earlyStart: Int
    public let earlyFinish: Int
    public let lateStart: Int
    public let lateFinish: Int
    /// Where it is scheduled: as early as can be, or as late.
    public fileprivate(set) var start: Int
    public fileprivate(set) var finish: Int

    fileprivate func spanning(_ other: ActivityDates) -> ActivityDates {
        ActivityDates(
            earlyStart: min(earlyStart, other.earlyStart), earlyFinish: max(earlyFinish, other.earlyFinish),
            lateStart: min(lateStart, other.lateStart), lateFinish: max(lateFinish, other.lateFinish),
            start: min(start, other.start), finish: max(finish, other.finish))
    }
}

extension ActivityDates {
    /// All at one instant.
    fileprivate init(at instant: Int) {
        self.init(
            earlyStart: instant, earlyFinish: instant, lateStart: instant, lateFinish: instant, start: instant, finish: instant)
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

    /// All dates of an activity; a summary's in one walk over what is under it.
    ///
    /// - Complexity: O(1), of a summary O(activities under it).
    public func dates(of activity: Int) -> ActivityDates {
        network.isSummary(activity) ? dates(ofSummary: activity) : datesOfOwn(activity)
    }

    public func earlyStart(of activity: Int) -> Int {
        network.isSummary(activity) ? dates(ofSummary: activity).earlyStart : ownEarlyStart(activity)
    }

    public func earlyFinish(of activity: Int) -> Int {
        network.isSummary(activity) ? dates(ofSummary: activity).earlyFinish : ownEarlyFinish(activity)
    }

    /// For a started activity its actual start.
    public func lateStart(of activity: Int) -> Int {
        network.isSummary(activity) ? dates(ofSummary: activity).lateStart : ownLateStart(activity)
    }

    /// For a finished activity its actual finish.
    public func lateFinish(of activity: Int) -> Int {
        network.isSummary(activity) ? dates(ofSummary: activity).lateFinish : ownLateFinish(activity)
    }

    /// Where the activity is scheduled to start: its early start, or the late one if it is as late as possible.
    public func start(of activity: Int) -> Int {
        if network.isSummary(activity) { return dates(ofSummary: activity).start }
        return isAsLateAsPossible(activity) ? ownLateStart(activity) : ownEarlyStart(activity)
    }

    public func finish(of activity: Int) -> Int {
        if network.isSummary(activity) { return dates(ofSummary: activity).finish }
        return isAsLateAsPossible(activity) ? ownLateFinish(activity) : ownEarlyFinish(activity)
    }

    private func dates(ofSummary summary: Int) -> ActivityDates {
        var dates =
            network.countedParts(of: summary).reduce(nil as ActivityDates?) { $0?.spanning(datesOfOwn($1)) ?? datesOfOwn($1) }
            ?? ActivityDates(at: network.options.direction.instant)
        if case .manual(let start, let finish) = network.activities[summary].mode {
            dates.start = start
            dates.finish = max(start, finish)
        }
        return dates
    }

    private func datesOfOwn(_ activity: Int) -> ActivityDates {
        let (isLate, early) = (isAsLateAsPossible(activity), (start: ownEarlyStart(activity), finish: ownEarlyFinish(activity)))
        let late = (start: ownLateStart(activity), finish: ownLateFinish(activity))
        return ActivityDates(
            earlyStart: early.start, earlyFinish: early.finish, lateStart: late.start, lateFinish: late.finish,
            start: isLate ? late.start : early.start, finish: isLate ? late.finish : early.finish)
    }

    private func ownEarlyStart(_ activity: Int) -> Int {
        if let fixed = network.activities[activity].fixedDates { return fixed.start }
        let rank = Int(network.layout.rank[activity])
        return network.startInstant(early[2 * rank], rank: rank)
    }

    private func ownEarlyFinish(_ activity: Int) -> Int {
        if let finish = network.activities[activity].fixedDates?.finish { return finish }
        let rank = Int(network.layout.rank[activity])
        return network.finishInstant(early[2 * rank + 1], rank: rank)
    }

    private func ownLateStart(_ activity: Int) -> Int {
        if let start = network.activities[activity].progress.start { return start }
        let rank = Int(network.layout.rank[activity])
        return network.startInstant(late[2 * rank], rank: rank)
    }

    private func ownLateFinish(_ activity: Int) -> Int {
        if let finish = network.activities[activity].progress.finish { return finish }
        let rank = Int(network.layout.rank[activity])
        return network.finishInstant(late[2 * rank + 1], rank: rank)
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
}

extension Network {
    /// The activities under a summary whose dates make its dates: inactive ones only where there are no others.
    public func countedParts(of summary: Int) -> [Int] {
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
