/// Order and adjacency of a network's nodes; nothing here depends on dates.
struct NetworkLayout: Sendable {
    /// A node that carries the links of a summary to or from its children. Gates take no time.
    enum GateKind: UInt8, Sendable {
        /// Holds the starts of the children.
        case begin
        /// Holds the finishes of the children.
        case hold
        /// The earliest start among the children.
        case first
        /// The latest finish among the children.
        case end
    }

    struct Gate: Sendable {
        let summary: Int
        let kind: GateKind
        var rank: Int32
    }

    private(set) var nodeCount: Int
    /// Rank of each activity; −1 for summaries, which are no nodes.
    private(set) var rank: [Int32]
    /// Activity of each rank; −1 for gates.
    private(set) var activity: [Int32]
    private(set) var gates: [Gate] = []
    /// Children of each summary.
    private(set) var children: [Int: [Int]]
    let hasFirstGates: Bool

    // Edges in rows of the successor.
    private(set) var predecessorOffset: [Int32] = []
    private(set) var edgeSource: [Int32] = []
    private(set) var edgeKind: [Link.Kind] = []
    /// Index of the link an edge stands for; −1 between a gate and its children.
    private(set) var edgeLink: [Int32] = []
    /// 2 · source + 1 where the edge hangs on the source's finish: the place in interleaved times.
    private(set) var edgeEndpoint: [Int32] = []
    // The same edges in rows of the predecessor.
    private(set) var successorOffset: [Int32] = []
    private(set) var successorEdge: [Int32] = []
    private(set) var successorTarget: [Int32] = []
    /// 2 · target + 1 where the edge holds the target's finish.
    private(set) var successorEndpoint: [Int32] = []
    private(set) var successorRowOfEdge: [Int32] = []

    func predecessorRows(_ rank: Int) -> Range<Int> { Int(predecessorOffset[rank])..<Int(predecessorOffset[rank + 1]) }
    func successorRows(_ rank: Int) -> Range<Int> { Int(successorOffset[rank])..<Int(successorOffset[rank + 1]) }

    /// The activities under a summary that are no summaries themselves.
    func descendants(of summary: Int) -> [Int] {
        (children[summary] ?? []).flatMap { rank[$0] < 0 ? descendants(of: $0) : [$0] }
    }

    init(activities: [Activity], links: [Link]) throws(ScheduleError) {
        var expansion = SummaryExpansion(activities: activities)
        try expansion.checkParents()
        expansion.expand(links)
        expansion.addConstraintGates()
        let total = activities.count + expansion.gates.count
        let order = try NetworkLayout.order(expansion, count: total)
        nodeCount = order.count
        rank = Array(repeating: -1, count: activities.count)
        activity = Array(repeating: -1, count: order.count)
        gates = expansion.gates
        children = expansion.children
        hasFirstGates = gates.contains { $0.kind == .first }
        var rankOfNode = [Int32](repeating: -1, count: total)
        for (place, node) in order.enumerated() {
            rankOfNode[Int(node)] = Int32(place)
            if node < activities.count {
                rank[Int(node)] = Int32(place)
                activity[place] = node
            } else {
                gates[Int(node) - activities.count].rank = Int32(place)
            }
        }
        layOut(expansion.edges, rankOfNode)
    }

    /// Nodes in topological order: their own order where it is one already, else first come, first served.
    private static func order(_ expansion: SummaryExpansion, count: Int) throws(ScheduleError) -> [Int32] {
        let isNode = { (node: Int) in node >= expansion.activityCount || !expansion.isSummary[node] }
        if expansion.edges.allSatisfy({ $0.source < $0.target }) {
            return expansion.hasSummaries ? (0..<count).filter(isNode).map(Int32.init) : Array(0..<Int32(count))
        }
        var waiting = [Int32](repeating: 0, count: count)
        let offsets = offsets(of: expansion.edges, count: count) { $0.source }
        var fill = offsets
        var targets = [Int32](repeating: 0, count: expansion.edges.count)
        for edge in expansion.edges {
            waiting[Int(edge.target)] += 1
            targets[Int(fill[Int(edge.source)])] = edge.target
            fill[Int(edge.source)] += 1
        }
        var order = (0..<count).filter { isNode($0) && waiting[$0] == 0 }.map(Int32.init)
        order.reserveCapacity(count)
        var next = 0
        while next < order.count {
            let node = Int(order[next])
            next += 1
            for row in Int(offsets[node])..<Int(offsets[node + 1]) {
                let target = Int(targets[row])
                waiting[target] -= 1
                if waiting[target] == 0 { order.append(Int32(target)) }
            }
        }
        let expected = expansion.hasSummaries ? (0..<count).count(where: isNode) : count
        guard order.count == expected else { throw .cycle(cycle(expansion, waiting: waiting)) }
        return order
    }

    private static func offsets(
        of edges: [SummaryExpansion.Edge], count: Int, by key: (SummaryExpansion.Edge) -> Int32
    ) -> [Int32] {
        var offsets = [Int32](repeating: 0, count: count + 1)
        for edge in edges { offsets[Int(key(edge)) + 1] += 1 }
        for index in 0..<count { offsets[index + 1] += offsets[index] }
        return offsets
    }

    /// Every node still waiting has a predecessor still waiting: walking back must come round.
    private static func cycle(_ expansion: SummaryExpansion, waiting: [Int32]) -> [Int] {
        var before = [Int32](repeating: -1, count: waiting.count)
        for edge in expansion.edges where waiting[Int(edge.source)] > 0 && waiting[Int(edge.target)] > 0 {
            before[Int(edge.target)] = edge.source
        }
        guard var node = waiting.indices.first(where: { waiting[$0] > 0 && before[$0] >= 0 }) else { return [] }
        var seenAt = [Int: Int]()
        var walk: [Int] = []
        while seenAt[node] == nil, before[node] >= 0 {
            seenAt[node] = walk.count
            walk.append(node)
            node = Int(before[node])
        }
        let loop = walk[(seenAt[node] ?? 0)...].reversed().map {
            $0 < expansion.activityCount ? $0 : expansion.gates[$0 - expansion.activityCount].summary
        }
        return loop.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }

    private mutating func layOut(_ edges: [SummaryExpansion.Edge], _ rankOfNode: [Int32]) {
        predecessorOffset = NetworkLayout.offsets(of: edges, count: nodeCount) { rankOfNode[Int($0.target)] }
        successorOffset = NetworkLayout.offsets(of: edges, count: nodeCount) { rankOfNode[Int($0.source)] }
        edgeSource = Array(repeating: 0, count: edges.count)
        edgeKind = Array(repeating: .finishToStart, count: edges.count)
        edgeLink = Array(repeating: -1, count: edges.count)
        edgeEndpoint = Array(repeating: 0, count: edges.count)
        successorEdge = Array(repeating: 0, count: edges.count)
        successorTarget = Array(repeating: 0, count: edges.count)
        successorEndpoint = Array(repeating: 0, count: edges.count)
        successorRowOfEdge = Array(repeating: 0, count: edges.count)
        var nextIn = predecessorOffset
        var nextOut = successorOffset
        for edge in edges {
            let source = rankOfNode[Int(edge.source)]
            let target = rankOfNode[Int(edge.target)]
            let place = Int(nextIn[Int(target)])
            let row = Int(nextOut[Int(source)])
            nextIn[Int(target)] += 1
            nextOut[Int(source)] += 1
            edgeSource[place] = source
            edgeKind[place] = edge.kind
            edgeLink[place] = edge.link
            edgeEndpoint[place] = 2 * source + (edge.kind.fromFinish ? 1 : 0)
            successorEdge[row] = Int32(place)
            successorTarget[row] = target
            successorEndpoint[row] = 2 * target + (edge.kind.toFinish ? 1 : 0)
            successorRowOfEdge[place] = Int32(row)
        }
    }
}

/// Turns links of summaries into links of gates, so that the edges stay as many as links and children together.
struct SummaryExpansion {
    struct Edge {
        var source: Int32
        var target: Int32
        var kind: Link.Kind
        var link: Int32
    }

    private let activities: [Activity]
    let activityCount: Int
    private(set) var isSummary: [Bool]
    private(set) var edges: [Edge] = []
    private(set) var gates: [NetworkLayout.Gate] = []
    private(set) var children: [Int: [Int]] = [:]
    private var gateNode: [Int: Int32] = [:]
    private let hasInactive: Bool

    init(activities: [Activity]) {
        self.activities = activities
        activityCount = activities.count
        isSummary = Array(repeating: false, count: activities.count)
        hasInactive = activities.contains { !$0.isOrdinary && $0.mode == .inactive }
        for (index, activity) in activities.enumerated() {
            guard let parent = activity.parent else { continue }
            isSummary[parent] = true
            children[parent, default: []].append(index)
        }
    }

    /// A summary cannot be its own ancestor.
    func checkParents() throws(ScheduleError) {
        guard !children.isEmpty else { return }
        var isRooted = activities.map { $0.parent == nil }
        for index in activities.indices where !isRooted[index] {
            var path: [Int] = []
            var onPath: Set<Int> = []
            var at = index
            while !isRooted[at] {
                guard onPath.insert(at).inserted else { throw .cycle(Array(path[(path.firstIndex(of: at) ?? 0)...])) }
                path.append(at)
                at = activities[at].parent ?? at
            }
            for passed in path { isRooted[passed] = true }
        }
    }

    var hasSummaries: Bool { !children.isEmpty }

    mutating func expand(_ links: [Link]) {
        edges.reserveCapacity(links.count + (hasSummaries ? activityCount : 0))
        if !hasSummaries && !hasInactive {
            for (index, link) in links.enumerated() {
                let (source, target) = (Int32(link.predecessor), Int32(link.successor))
                edges.append(Edge(source: source, target: target, kind: link.kind, link: Int32(index)))
            }
        } else {
            for index in links.indices { expand(links[index], index: Int32(index)) }
        }
    }

    private mutating func expand(_ link: Link, index: Int32) {
        guard isSummary[link.predecessor] || activities[link.predecessor].mode != .inactive else { return }
        guard !isManualSummary(link.successor) else { return }
        let source =
            isSummary[link.predecessor]
            ? gate(link.kind.fromFinish ? .end : .first, of: link.predecessor) : Int32(link.predecessor)
        let target =
            isSummary[link.successor] ? gate(link.kind.toFinish ? .hold : .begin, of: link.successor) : Int32(link.successor)
        edges.append(Edge(source: source, target: target, kind: link.kind, link: index))
    }

    /// It has dates of its own, which its children neither make nor follow.
    private func isManualSummary(_ index: Int) -> Bool {
        guard isSummary[index], case .manual = activities[index].mode else { return false }
        return true
    }

    /// Dates on a summary, and the finish of a project, bind the descendants.
    mutating func addConstraintGates() {
        for index in activities.indices where isSummary[index] && !isManualSummary(index) {
            switch activities[index].constraint {
            case .startNoEarlierThan, .mustStartOn: _ = gate(.begin, of: index)
            case .finishNoLaterThan, .mustFinishOn: _ = gate(.end, of: index)
            default: break
            }
            if activities[index].deadline != nil || activities[index].isProject { _ = gate(.end, of: index) }
        }
    }

    private mutating func gate(_ kind: NetworkLayout.GateKind, of summary: Int) -> Int32 {
        let key = summary * 4 + Int(kind.rawValue)
        if let known = gateNode[key] { return known }
        let node = Int32(activityCount + gates.count)
        gateNode[key] = node
        gates.append(NetworkLayout.Gate(summary: summary, kind: kind, rank: -1))
        guard !isManualSummary(summary) else { return node }
        for child in children[summary] ?? [] {
            let inner = isSummary[child] ? gate(kind, of: child) : Int32(child)
            let isInactive = !isSummary[child] && activities[child].mode == .inactive
            switch kind {
            case .begin: edges.append(Edge(source: node, target: inner, kind: .finishToStart, link: -1))
            case .hold: edges.append(Edge(source: node, target: inner, kind: .finishToFinish, link: -1))
            case .first where !isInactive: edges.append(Edge(source: inner, target: node, kind: .startToStart, link: -1))
            case .end where !isInactive: edges.append(Edge(source: inner, target: node, kind: .finishToFinish, link: -1))
            case .first, .end: break
            }
        }
        return node
    }
}
