/// Goals that support goals: a graph without cycles in which one goal may support several, across plans.
public struct Cascade: Hashable, Sendable {
    /// A goal with what it is measured by itself; what supports it is said by `links`.
    public struct Node: Hashable, Sendable {
        public var key: String
        public var own: [WeightedItem]

        public init(key: String, own: [WeightedItem] = []) {
            self.key = key
            self.own = own
        }
    }

    /// `lower` supports `upper` (indices of nodes) with a weight among everything that counts for `upper`.
    public struct Link: Hashable, Sendable {
        public var lower: Int
        public var upper: Int
        public var weight: Double?

        public init(lower: Int, upper: Int, weight: Double? = nil) {
            self.lower = lower
            self.upper = upper
            self.weight = weight
        }
    }

    public var nodes: [Node]
    public var links: [Link]

    public init(nodes: [Node], links: [Link]) {
        self.nodes = nodes
        self.links = links
    }
}

public enum CascadeError: Error, Hashable, Sendable {
    /// Each goal of the path supports the next, the last one the first.
    case cycle(path: [String])
    /// A link names a node that is not there.
    case unknownNode(link: Int)

    public var wording: Wording {
        switch self {
        case .cycle(let path):
            let way = (path + path.prefix(1)).joined(separator: " → ")
            return Wording("目标互相承接成环：\(way)", "Goals support each other in a circle: \(way)")
        case .unknownNode(let link):
            return Wording("第 \(link + 1) 条承接关系指向不存在的目标", "Link \(link + 1) names a goal that is not there")
        }
    }
}

extension Cascade {
    /// Leaves out every link that closes a circle, in the order of nodes and links.
    ///
    /// - Complexity: O(nodes + links)
    public mutating func breakCircles() {
        var closing: Set<Link> = []
        _ = try? orderFromBelow(below()) { link, _ throws(CascadeError) in closing.insert(link) }
        if !closing.isEmpty { links.removeAll(where: closing.contains) }
    }

    /// The links to each node.
    private func below() -> [[Link]] {
        var below = [[Link]](repeating: [], count: nodes.count)
        for link in links { below[link.upper].append(link) }
        return below
    }

    /// Rolls every goal up from what it is measured by and what supports it.
    ///
    /// - Returns: one explanation per node, in the order of `nodes`. A goal that supports several stands below each of them;
    ///   the trees share storage, so memory grows with the graph and not with the number of ways through it.
    /// - Throws: `CascadeError.cycle` with the goals of a cycle in order, `CascadeError.unknownNode`.
    /// - Complexity: O(nodes + links + values)
    public func explained(on day: Int, rule: RollUpRule = RollUpRule()) throws(CascadeError) -> [AttainmentExplanation] {
        if let wrong = links.firstIndex(where: { !nodes.indices.contains($0.lower) || !nodes.indices.contains($0.upper) }) {
            throw .unknownNode(link: wrong)
        }
        let below = below()
        var results = [AttainmentExplanation?](repeating: nil, count: nodes.count)
        let order = try orderFromBelow(below) { _, path throws(CascadeError) in throw .cycle(path: path) }
        for node in order {
            let own = nodes[node].own.map { ($0.item.explained(on: day, rule: rule), weight: $0.weight) }
            let supporting = below[node].compactMap { link in results[link.lower].map { ($0, weight: link.weight) } }
            results[node] = combined(key: nodes[node].key, own + supporting, rule: rule)
        }
        return results.compactMap { $0 }
    }

    /// Every node after all that support it. Iterative, because chains may be long.
    ///
    /// - Parameter closing: told the link that closes a circle, and the goals of the circle.
    private func orderFromBelow(
        _ below: [[Link]], closing: (Link, [String]) throws(CascadeError) -> Void
    ) throws(CascadeError) -> [Int] {
        var order: [Int] = []
        var next = [Int](repeating: 0, count: nodes.count)
        var state = [UInt8](repeating: 0, count: nodes.count)
        for root in nodes.indices where state[root] == 0 {
            var way = [root]
            state[root] = 1
            while let node = way.last {
                guard next[node] < below[node].count else {
                    state[node] = 2
                    order.append(node)
                    way.removeLast()
                    continue
                }
                let link = below[node][next[node]]
                let lower = link.lower
                next[node] += 1
                if state[lower] == 1, let start = way.firstIndex(of: lower) {
                    try closing(link, way[start...].reversed().map { nodes[$0].key })
                }
                if state[lower] == 0 {
                    state[lower] = 1
                    way.append(lower)
                }
            }
        }
        return order
    }
}
