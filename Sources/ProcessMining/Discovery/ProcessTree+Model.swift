extension ProcessTree {
    /// The process as steps and gateways, every activity in the lane of the team or person that does it most.
    public func model(of log: EventLog) -> ProcessModel {
        var builder = ModelBuilder(log)
        return builder.build(self)
    }
}

/// Lays a tree out as flows. What has been built so far ends in loose ends, which the next part joins.
private struct ModelBuilder {
    private struct LooseEnd {
        let node: Int
        let share: Double?
    }

    private var model = ProcessModel()
    private let names: [String]
    private let lanes: [String?]

    init(_ log: EventLog) {
        names = log.activities
        lanes = log.lanes
    }

    mutating func build(_ tree: ProcessTree) -> ProcessModel {
        let start = model.add(ProcessModel.Node(.start))
        let loose = add(tree, after: [LooseEnd(node: start, share: nil)])
        let end = model.add(ProcessModel.Node(.end))
        join(loose, to: end)
        return model
    }

    private mutating func join(_ loose: [LooseEnd], to node: Int) {
        for end in loose { model.connect(end.node, node, share: end.share) }
    }

    private mutating func add(_ node: ProcessModel.Node, after loose: [LooseEnd]) -> Int {
        let number = model.add(node)
        join(loose, to: number)
        return number
    }

    private mutating func add(_ tree: ProcessTree, after loose: [LooseEnd]) -> [LooseEnd] {
        switch tree {
        case .silent: return loose
        case .activity(let code, _):
            return [
                LooseEnd(
                    node: add(ProcessModel.Node(.activity, names[Int(code)], lane: lanes[Int(code)]), after: loose), share: nil)
            ]
        case .sequence(let parts):
            var open = loose
            for part in parts { open = add(part, after: open) }
            return open
        case .choice(let parts): return choice(parts, after: loose)
        case .parallel(let parts):
            let split = add(ProcessModel.Node(.parallel), after: loose)
            var branches: [[LooseEnd]] = []
            for part in parts { branches.append(add(part, after: [LooseEnd(node: split, share: nil)])) }
            var tails: [LooseEnd] = []
            for branch in branches { tails += merged(branch) }
            return [LooseEnd(node: add(ProcessModel.Node(.parallel), after: tails), share: nil)]
        case .loop(let parts): return loop(parts, after: loose)
        }
    }

    /// One loose end of many: a parallel join needs exactly one flow of each branch.
    private mutating func merged(_ loose: [LooseEnd]) -> [LooseEnd] {
        loose.count == 1 ? loose : [LooseEnd(node: add(ProcessModel.Node(.exclusive), after: loose), share: nil)]
    }

    private mutating func choice(_ parts: [ProcessTree], after loose: [LooseEnd]) -> [LooseEnd] {
        let gateway = add(ProcessModel.Node(.exclusive), after: loose)
        let total = Double(max(parts.reduce(0) { $0 + $1.count }, 1))
        var tails: [LooseEnd] = []
        for part in parts { tails += add(part, after: [LooseEnd(node: gateway, share: Double(part.count) / total)]) }
        return tails
    }

    private mutating func loop(_ parts: [ProcessTree], after loose: [LooseEnd]) -> [LooseEnd] {
        guard let body = parts.first else { return loose }
        let entry = model.nodes.count
        var ends = add(body, after: loose)
        if model.nodes.count == entry { ends = [LooseEnd(node: add(ProcessModel.Node(.exclusive), after: loose), share: nil)] }
        let gateway = add(ProcessModel.Node(.exclusive), after: ends)
        let redos = parts.dropFirst()
        let again = redos.reduce(0) { $0 + $1.count }
        let total = Double(max(body.count, again + 1))
        for redo in redos {
            let back = add(redo, after: [LooseEnd(node: gateway, share: Double(redo.count) / total)])
            join(back, to: entry)
        }
        return [LooseEnd(node: gateway, share: max(1 - Double(again) / total, 0))]
    }
}
