/// The two passes of the critical path method, node by node, over raw times.
///
/// `early` and `late` are interleaved: 2 · rank holds a start, 2 · rank + 1 a finish. A started activity's late start is
/// that of its remaining part; a finished activity's late times are `Network.farthest` and bind nobody.
///
/// - Source: Kelley & Walker 1959; links and constraints as Microsoft documents them for Project.
struct DatePass<Space: TimeSpace> {
    let space: Space
    let layout: NetworkLayout
    var nodes: NodeTable
    let options: SchedulingOptions
    let statusDate: Int32?
    var early: [Int32]
    var late: [Int32]
    /// The late finish of nodes that nothing else bounds.
    var end: Int32
    /// In the second forward pass, successors of as-late-as-possible activities start from these activities' late dates.
    var isLateRound = false
    /// The network's start, where activities may precede it.
    let precedingStart: Int32?

    // MARK: Forward

    func forward(_ rank: Int) -> (start: Int32, finish: Int32) { saturated(earlyTimes(rank)) }

    @inline(__always) private func saturated(_ times: (start: Int32, finish: Int32)) -> (start: Int32, finish: Int32) {
        let far = Network.farthest
        return (max(-far, min(far, times.start)), max(-far, min(far, times.finish)))
    }

    private func earlyTimes(_ rank: Int) -> (start: Int32, finish: Int32) {
        guard let detail = nodes.detail(rank) else {
            let start = space.nextStart(rank, linkedStart(rank))
            return (start, space.finish(rank, after: start))
        }
        if let gate = detail.gate { return forward(gate: gate, detail, rank) }
        if let manual = detail.manual { return manual }
        if let actual = detail.actualStart { return (actual, finishOfStarted(detail, from: actual, rank)) }
        let start = constrained(detail, rank, from: held(detail, rank, linkedStart(rank)))
        return (start, space.finish(rank, after: start))
    }

    /// Where the node would start without its date.
    func startWithoutDate(_ rank: Int) -> Int32 {
        let start = linkedStart(rank)
        return space.nextStart(rank, nodes.detail(rank).map { held($0, rank, start) } ?? start)
    }

    /// The latest bound that floor and links put on the start.
    private func linkedStart(_ rank: Int) -> Int32 {
        var start = nodes.floor[rank]
        for edge in layout.predecessorRows(rank) { start = max(start, startBound(edge, rank)) }
        return start
    }

    /// The bound one link puts on the start of its successor. That the finishes of two activities are linked takes neither before the start.
    func startBound(_ edge: Int, _ rank: Int) -> Int32 {
        let time = space.lagged(edge, predecessorTime(edge, rank))
        guard layout.edgeKind[edge].toFinish, nodes.detail(rank)?.gate == nil else { return time }
        let bound = space.start(rank, before: time)
        guard let precedingStart, layout.edgeKind[edge].fromFinish else { return bound }
        return max(bound, precedingStart)
    }

    /// What is as late as possible holds others from its late dates, but not those that are as late as possible too.
    private func predecessorTime(_ edge: Int, _ rank: Int) -> Int32 {
        let endpoint = Int(layout.edgeEndpoint[edge])
        if isLateRound, let detail = nodes.detail(endpoint >> 1), detail.constraint == .late, detail.actualStart == nil,
            nodes.detail(rank)?.constraint != .late
        {
            return late[endpoint]
        }
        return advanced(endpoint) ?? early[endpoint]
    }

    /// The early time of a predecessor that levelling has brought forward: links must leave room for what it lies before its place. `nil`
    /// without that.
    private func advanced(_ endpoint: Int) -> Int32? {
        let rank = endpoint >> 1
        guard let detail = nodes.detail(rank), detail.levellingDelay < 0, detail.actualStart == nil else { return nil }
        let start = space.nextStart(rank, space.delayed(early[2 * rank], by: -detail.levellingDelay))
        return endpoint & 1 == 1 ? space.finish(rank, after: start) : start
    }

    private func held(_ detail: NodeDetail, _ rank: Int, _ start: Int32) -> Int32 {
        guard detail.levellingDelay > 0 else { return start }
        return space.delayed(space.nextStart(rank, start), by: detail.levellingDelay)
    }

    private func constrained(_ detail: NodeDetail, _ rank: Int, from linked: Int32) -> Int32 {
        let start = space.nextStart(rank, linked)
        let date = detail.date
        let moved: Int32 =
            switch detail.constraint {
            case .none, .late: start
            case .mustStart: options.constraintsWinOverLinks ? date : max(start, date)
            case .mustFinish:
                options.constraintsWinOverLinks ? space.start(rank, before: date) : max(start, space.start(rank, before: date))
            case .startNoEarlierThan: max(start, date)
            case .startNoLaterThan: options.constraintsWinOverLinks ? min(start, date) : start
            case .finishNoEarlierThan: max(start, space.start(rank, before: date))
            case .finishNoLaterThan: options.constraintsWinOverLinks ? min(start, space.start(rank, before: date)) : start
            }
        return moved == start ? start : space.nextStart(rank, moved)
    }

    private func finishOfStarted(_ detail: NodeDetail, from start: Int32, _ rank: Int) -> Int32 {
        if let finish = detail.actualFinish { return finish }
        let resume = space.nextStart(rank, resumption(detail, from: start, rank))
        let finish = space.advance(rank, from: resume, by: detail.remaining)
        return detail.constraint == .finishNoEarlierThan ? max(finish, detail.date) : finish
    }

    /// Where the remaining part begins.
    private func resumption(_ detail: NodeDetail, from start: Int32, _ rank: Int) -> Int32 {
        if let resume = detail.resume { return max(resume, statusDate ?? resume) }
        var resume = space.advance(rank, from: start, by: max(0, nodes.span[rank] - detail.remaining))
        if let statusDate { resume = max(resume, statusDate) }
        guard options.progressRule == .retainedLogic else { return resume }
        for edge in layout.predecessorRows(rank) {
            let time = space.lagged(edge, predecessorTime(edge, rank))
            let bound = layout.edgeKind[edge].toFinish ? space.retreat(rank, from: time, by: detail.remaining) : time
            resume = max(resume, bound)
        }
        return resume
    }

    private func forward(gate: NetworkLayout.GateKind, _ detail: NodeDetail, _ rank: Int) -> (Int32, Int32) {
        if let manual = detail.manual { return gate == .first ? (manual.start, manual.start) : (manual.finish, manual.finish) }
        let rows = layout.predecessorRows(rank)
        var time = gate == .first ? Network.farthest : nodes.floor[rank]
        for edge in rows {
            let bound = startBound(edge, rank)
            time = gate == .first ? min(time, bound) : max(time, bound)
        }
        if gate == .first && rows.isEmpty { time = nodes.floor[rank] }
        if detail.constraint == .startNoEarlierThan { time = max(time, detail.date) }
        return (time, time)
    }

    // MARK: Backward

    func backward(_ rank: Int) -> (start: Int32, finish: Int32) { saturated(lateTimes(rank)) }

    private func lateTimes(_ rank: Int) -> (start: Int32, finish: Int32) {
        let detail = nodes.detail(rank)
        if detail?.actualFinish != nil { return (Network.farthest, Network.farthest) }
        var finish = linkedFinish(rank, detail)
        guard let detail else {
            finish = space.previousFinish(rank, finish)
            return (space.start(rank, before: finish), finish)
        }
        if detail.levellingDelay < 0, detail.actualStart == nil, detail.gate == nil {
            finish = space.delayed(space.previousFinish(rank, finish), by: detail.levellingDelay)
        }
        finish = constrained(detail, rank, until: finish)
        if let deadline = detail.deadline { finish = min(finish, deadline) }
        if detail.endsProject { finish = min(finish, early[2 * rank + 1]) }
        if detail.gate != nil { return (finish, finish) }
        // A milestone that has been reached cannot be reached later, whoever waits for it.
        if let actual = detail.actualStart, nodes.span[rank] == 0, !layout.successorRows(rank).isEmpty { return (actual, actual) }
        finish = space.previousFinish(rank, finish)
        let isStarted = detail.actualStart != nil
        return (isStarted ? space.retreat(rank, from: finish, by: detail.remaining) : space.start(rank, before: finish), finish)
    }

    private func linkedFinish(_ rank: Int, _ detail: NodeDetail?) -> Int32 {
        let rows = layout.successorRows(rank)
        var finish = end
        if rows.isEmpty && options.multipleCriticalPaths { finish = min(finish, early[2 * rank + 1]) }
        for row in rows { finish = min(finish, finishBound(row, rank, detail) ?? finish) }
        return finish
    }

    /// The bound one link puts on the late finish of its predecessor; `nil` where it binds no more.
    func finishBound(_ row: Int, _ rank: Int, _ detail: NodeDetail?) -> Int32? {
        let edge = Int(layout.successorEdge[row])
        let target = Int(layout.successorTarget[row])
        let kind = layout.edgeKind[edge]
        guard late[2 * target] < Network.farthest else { return nil }
        let successor = nodes.detail(target)
        if let successor, successor.isInactive || successor.isHistory(kind, options.progressRule) { return nil }
        let time = levelled(successor, target, kind) ?? late[Int(layout.successorEndpoint[row])]
        if kind.fromFinish { return space.unlagged(edge, time, successor: target) }
        // What holds on the start of a started or hand-placed activity is history.
        guard detail?.actualStart == nil, detail?.manual == nil else { return nil }
        if successor?.gate == .first && early[2 * rank] > early[2 * target] { return nil }
        let start = space.unlagged(edge, time, successor: target)
        return detail?.gate != nil ? start : space.finish(rank, after: space.latestStart(rank, start, successor: target))
    }

    /// The late time of a successor that levelling holds back: links must leave room for the delay. `nil` without one.
    private func levelled(_ successor: NodeDetail?, _ rank: Int, _ kind: Link.Kind) -> Int32? {
        guard let successor, successor.levellingDelay > 0, successor.actualStart == nil else { return nil }
        let latest = space.delayed(late[2 * rank], by: -successor.levellingDelay)
        let isWorking = space.nextStart(rank, latest) <= latest
        let start = isWorking ? latest : space.retreat(rank, from: latest, by: min(1, nodes.span[rank]))
        return kind.toFinish ? space.finish(rank, after: start) : start
    }

    private func constrained(_ detail: NodeDetail, _ rank: Int, until linked: Int32) -> Int32 {
        guard detail.actualStart == nil || detail.constraint == .finishNoLaterThan || detail.constraint == .mustFinish else {
            return linked
        }
        return switch detail.constraint {
        case .mustStart: space.finish(rank, after: space.nextStart(rank, detail.date))
        case .mustFinish: detail.date
        case .startNoLaterThan: min(linked, space.finish(rank, after: space.nextStart(rank, detail.date)))
        case .finishNoLaterThan: min(linked, detail.date)
        case .none, .late, .startNoEarlierThan, .finishNoEarlierThan: linked
        }
    }
}
