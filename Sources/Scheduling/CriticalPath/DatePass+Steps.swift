/// What decided a date of a node: found again from the finished dates rather than stored for every node.
enum DateStep {
    case floor, end, date, deadline, actual, manual, late
    /// A date on the summary whose gate has this rank.
    case summaryDate(Int)
    /// An edge that stands for a link, followed through gates.
    case edge(Int)
}

extension DatePass {
    func startStep(_ rank: Int) -> (cause: DateStep, delay: Int?) {
        let detail = nodes.detail(rank)
        if detail?.manual != nil { return (.manual, nil) }
        if detail?.actualStart != nil { return (.actual, nil) }
        if detail?.constraint == .late { return (.late, nil) }
        let delay = detail.flatMap { $0.levellingDelay > 0 ? Int($0.levellingDelay) : nil }
        if let detail, detail.constraint != .none, detail.gate == nil, isDecidedByDate(detail, rank) { return (.date, nil) }
        return (bindingEdge(rank), delay)
    }

    /// Whether the start is another without the constraint.
    private func isDecidedByDate(_ detail: NodeDetail, _ rank: Int) -> Bool {
        var free = self
        var without = detail
        without.constraint = .none
        free.nodes.setDetail(without, at: rank)
        return free.forward(rank).start != early[2 * rank]
    }

    private func bindingEdge(_ rank: Int) -> DateStep {
        var best: (edge: Int, bound: Int32)?
        for edge in layout.predecessorRows(rank) {
            let bound = startBound(edge, rank)
            if bound > best?.bound ?? Int32.min { best = (edge, bound) }
        }
        guard let best, best.bound >= nodes.floor[rank] else { return .floor }
        guard layout.edgeLink[best.edge] < 0 else { return .edge(best.edge) }
        let gate = Int(layout.edgeSource[best.edge])
        if nodes.detail(gate)?.constraint == .startNoEarlierThan, early[2 * gate] == nodes.detail(gate)?.date {
            return .summaryDate(gate)
        }
        return bindingEdge(gate)
    }

    func finishStep(_ rank: Int) -> DateStep {
        let detail = nodes.detail(rank)
        if detail?.actualFinish != nil { return .actual }
        if let deadline = detail?.deadline, space.previousFinish(rank, deadline) <= late[2 * rank + 1] {
            return detail?.gate == nil ? .deadline : .summaryDate(rank)
        }
        if let detail, detail.gate == nil, detail.constraint.boundsFinish, isFinishDecidedByDate(detail, rank) { return .date }
        var best: (row: Int, bound: Int32)?
        for row in layout.successorRows(rank) {
            guard let bound = finishBound(row, rank, detail), bound < best?.bound ?? Int32.max else { continue }
            best = (row, bound)
        }
        let last = detail?.endsProject == true ? min(end, early[2 * rank + 1]) : end
        guard let best, best.bound <= last else { return .end }
        let edge = Int(layout.successorEdge[best.row])
        return layout.edgeLink[edge] >= 0 ? .edge(edge) : finishStep(Int(layout.successorTarget[best.row]))
    }

    private func isFinishDecidedByDate(_ detail: NodeDetail, _ rank: Int) -> Bool {
        var free = self
        var without = detail
        without.constraint = .none
        free.nodes.setDetail(without, at: rank)
        return free.backward(rank).finish != late[2 * rank + 1]
    }
}

extension NodeDetail.ConstraintKind {
    var boundsFinish: Bool {
        switch self {
        case .mustStart, .mustFinish, .startNoLaterThan, .finishNoLaterThan: true
        case .none, .late, .startNoEarlierThan, .finishNoEarlierThan: false
        }
    }
}
