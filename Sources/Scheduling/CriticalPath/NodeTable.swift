/// The numbers of every node and edge, by rank: flat arrays for the passes.
struct NodeTable: Sendable {
    let count: Int
    /// Minutes from start to finish on the node's clock.
    var span: [Int32]
    /// The calendar of lags and float.
    var calendar: [Int32]
    /// The calendar of the duration.
    var clock: [Int32]
    /// Place in `details`; −1 for plain nodes, which have nothing but a duration and links.
    private(set) var detailPlace: [Int32]
    private(set) var details: [NodeDetail] = []
    /// Nodes that work on several calendars at once, by rank; see `ActivityDuration.assigned`.
    var drivers: [Int: [AssignedWork]] = [:]
    /// Earliest start without links; far below for nodes that links alone hold.
    var floor: [Int32] = []

    // By edge, in rows of the successor.
    var edgeLag: [Int32] = []
    var edgeClock: [Int32] = []
    /// What to add to the predecessor's time to get a bound on the successor's start (uniform networks).
    var predecessorShift: [Int32] = []
    /// By row of the predecessor: what to take from the successor's late time to get a bound on the late finish (uniform networks).
    var successorShift: [Int32] = []

    init(layout: NetworkLayout) {
        count = layout.nodeCount
        span = Array(repeating: 0, count: count)
        calendar = Array(repeating: 0, count: count)
        clock = Array(repeating: 0, count: count)
        detailPlace = Array(repeating: -1, count: count)
    }

    /// No node ever had details, so there are no gates either.
    var hasOnlyPlainNodes: Bool { details.isEmpty }

    /// The first node at or after `rank` that is not plain, or the count.
    func endOfPlainRun(from rank: Int) -> Int {
        if hasOnlyPlainNodes { return count }
        var end = rank
        while end < count, detailPlace[end] < 0 { end += 1 }
        return end
    }

    /// The first node of the plain ones just before `end`; `end` where there are none.
    func startOfPlainRun(endingAt end: Int) -> Int {
        if hasOnlyPlainNodes { return 0 }
        var start = end
        while start > 0, detailPlace[start - 1] < 0 { start -= 1 }
        return start
    }

    @inline(__always) func isPlain(_ rank: Int) -> Bool { detailPlace[rank] < 0 }

    @inline(__always) func detail(_ rank: Int) -> NodeDetail? {
        let place = detailPlace[rank]
        return place < 0 ? nil : details[Int(place)]
    }

    mutating func setDetail(_ detail: NodeDetail?, at rank: Int) {
        guard let detail else {
            detailPlace[rank] = -1
            return
        }
        if detailPlace[rank] < 0 {
            detailPlace[rank] = Int32(details.count)
            details.append(detail)
        } else {
            details[Int(detailPlace[rank])] = detail
        }
    }
}

/// Constraints, progress, mode and gates of one node, in raw times.
struct NodeDetail: Sendable {
    enum ConstraintKind: UInt8 {
        case none, late, mustStart, mustFinish, startNoEarlierThan, startNoLaterThan, finishNoEarlierThan, finishNoLaterThan
    }

    var constraint = ConstraintKind.none
    var date: Int32 = 0
    var deadline: Int32?
    var levellingDelay: Int32 = 0
    var actualStart: Int32?
    var actualFinish: Int32?
    var remaining: Int32 = 0
    var resume: Int32?
    var manual: (start: Int32, finish: Int32)?
    /// Does not count for the end of the network.
    var isInactive = false
    var gate: NetworkLayout.GateKind?
    /// Whether it is where a project of its own ends.
    var endsProject = false

    /// Whether a link of this kind to the node has had its say: the start of what has started, where the rest does not wait for it.
    func isHistory(_ kind: Link.Kind, _ rule: ProgressRule) -> Bool {
        kind == .startToStart && actualStart != nil && rule == .progressOverride
    }

    var isPlain: Bool { deadline == nil && startsByLinks }

    /// Whether links alone decide its early dates; a deadline bounds the late ones.
    var startsByLinks: Bool {
        constraint == .none && levellingDelay == 0 && actualStart == nil && manual == nil && !isInactive
            && gate == nil
    }

    mutating func take(_ constraint: DateConstraint, raw: (Int) -> Int32) {
        func set(_ kind: ConstraintKind, _ instant: Int) {
            self.constraint = kind
            date = raw(instant)
        }
        switch constraint {
        case .asSoonAsPossible: break
        case .asLateAsPossible: self.constraint = .late
        case .mustStartOn(let instant): set(.mustStart, instant)
        case .mustFinishOn(let instant): set(.mustFinish, instant)
        case .startNoEarlierThan(let instant): set(.startNoEarlierThan, instant)
        case .startNoLaterThan(let instant): set(.startNoLaterThan, instant)
        case .finishNoEarlierThan(let instant): set(.finishNoEarlierThan, instant)
        case .finishNoLaterThan(let instant): set(.finishNoLaterThan, instant)
        }
    }
}
