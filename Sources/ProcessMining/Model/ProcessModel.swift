/// A process as it is drawn: steps and gateways, joined by flows. What is discovered, compared with logs and simulated.
///
/// Semantics: a step and an exclusive gateway take one token from any flow into them and send one on along one flow out. A parallel
/// gateway with several flows out divides: it takes one token from any flow in and sends one along every flow out; with one flow out it
/// joins: it waits for one from every flow in. An end takes one. A case is over when no token is left.
public struct ProcessModel: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable {
        case start, activity, exclusive, parallel, end
    }

    public struct Node: Sendable, Hashable {
        public var kind: Kind
        /// Name of the activity; of gateways and ends for people alone.
        public var name: String
        /// Who does it: the lane it is drawn in.
        public var lane: String?

        public init(_ kind: Kind, _ name: String = "", lane: String? = nil) {
            self.kind = kind
            self.name = name
            self.lane = lane
        }
    }

    public struct Flow: Sendable, Hashable {
        public let from: Int
        public let to: Int
        /// How often an exclusive gateway or step leads this way, 0…1; nil where it is not known.
        public var share: Double?

        public init(from: Int, to: Int, share: Double? = nil) {
            self.from = from
            self.to = to
            self.share = share
        }
    }

    public private(set) var nodes: [Node] = []
    public private(set) var flows: [Flow] = []
    /// Flows by number into and out of each node.
    public private(set) var incoming: [[Int]] = []
    public private(set) var outgoing: [[Int]] = []

    public init() {}

    @discardableResult
    public mutating func add(_ node: Node) -> Int {
        nodes.append(node)
        incoming.append([])
        outgoing.append([])
        return nodes.count - 1
    }

    public mutating func connect(_ from: Int, _ to: Int, share: Double? = nil) {
        if let known = outgoing[from].first(where: { flows[$0].to == to }) {
            if let share { flows[known].share = min((flows[known].share ?? 0) + share, 1) }
            return
        }
        flows.append(Flow(from: from, to: to, share: share))
        outgoing[from].append(flows.count - 1)
        incoming[to].append(flows.count - 1)
    }

    mutating func setKind(_ kind: Kind, of node: Int) { nodes[node].kind = kind }

    /// Where cases begin: starts, or else what no flow leads into.
    public var entries: [Int] {
        let starts = nodes.indices.filter { nodes[$0].kind == .start }
        return starts.isEmpty ? nodes.indices.filter { incoming[$0].isEmpty } : starts
    }

    /// The same with the shares that counts of its flows show; nodes that nothing came through keep theirs.
    public func sharing(_ counts: [Int]) -> ProcessModel {
        var model = self
        for node in nodes.indices where outgoing[node].count > 1 {
            let total = outgoing[node].reduce(0) { $0 + counts[$1] }
            guard total > 0 else { continue }
            for flow in outgoing[node] { model.flows[flow].share = Double(counts[flow]) / Double(total) }
        }
        return model
    }

    /// Whether a node waits for a token from every flow into it.
    public func isJoin(_ node: Int) -> Bool {
        nodes[node].kind == .parallel && outgoing[node].count <= 1 && incoming[node].count > 1
    }

    /// The shares of the flows out of a node, adding up to 1: as given, what is left of 1 spread evenly over those without.
    public func shares(outOf node: Int) -> [Double] {
        let given = outgoing[node].map { flows[$0].share }
        let sum = given.reduce(0) { $0 + max($1 ?? 0, 0) }
        let missing = given.count { $0 == nil }
        guard missing > 0 || sum > 0 else { return given.map { _ in 1 / Double(max(given.count, 1)) } }
        let rest = missing > 0 ? max(1 - sum, 0) / Double(missing) : 0
        let filled = given.map { max($0 ?? rest, 0) }
        let total = filled.reduce(0, +)
        return filled.map { total > 0 ? $0 / total : 1 / Double(filled.count) }
    }
}
