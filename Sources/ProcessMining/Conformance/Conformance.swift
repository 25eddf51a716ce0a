/// How far a log keeps to a process as it is drawn, step by step.
public struct Conformance: Sendable {
    /// What happens at one step, over all cases.
    public struct StepDeviation: Sendable, Hashable {
        /// Number of the node in the process.
        public let node: Int
        public let done: Int
        /// The process asks for it and the log has no event.
        public let skipped: Int
        /// It happened, in another place than the process has it.
        public let outOfOrder: Int
        /// Numbers of cases with a deviation here, at most ten.
        public let cases: [Int]
    }

    /// Events the process has no place for, by activity.
    public struct Extra: Sendable, Hashable {
        public let activity: String
        public let events: Int
        public let cases: [Int]
        /// Whether the process has the activity at all.
        public let isDrawn: Bool
    }

    public let steps: [StepDeviation]
    public let extras: [Extra]
    public let cases: Int
    public let conformingCases: Int
    /// Cases that could not be compared within the limit of the search.
    public let unalignedCases: Int
    /// 1 − cost of the alignments / cost of taking all events and the shortest run apart, over all cases compared.
    public let fitness: Double
    /// How often each flow of the process is taken, by number.
    public let flowCounts: [Int]

    /// - Parameter activityNames: the log's name of each node's activity where it is another than the node's.
    /// - Complexity: that of one alignment for each variant.
    public init<Source: EventSource>(_ source: Source, _ model: ProcessModel, activityNames: [Int: String] = [:])
        throws(Source.Failure)
    {
        let names = source.outline.activities
        let codeOfName = Dictionary(names.enumerated().map { ($1, Int32($0)) }, uniquingKeysWith: { first, _ in first })
        let codes = model.nodes.indices.map { node -> Int32 in
            guard model.nodes[node].kind == .activity else { return -1 }
            return codeOfName[activityNames[node] ?? model.nodes[node].name] ?? -1
        }
        let aligner = Aligner(model, codes: codes)
        let shortest = aligner.align([])?.cost
        var tally = Tally(model, codes)
        let variants = try Variants(source, mostCases: 10)
        var cases = 0
        for (place, variant) in variants.enumerated() {
            let trace = Array(variant.trace)
            cases += variant.count
            tally.add(trace, aligner.align(trace), shortest: shortest ?? 0, (variant.count, variants.cases(place)))
        }
        self.cases = cases
        steps = tally.steps
        extras = tally.extras(names)
        conformingCases = tally.conforming
        flowCounts = tally.flows
        unalignedCases = tally.unaligned
        fitness = tally.worst > 0 ? 1 - Double(tally.cost) / Double(tally.worst) : 1
    }
}

/// Adds alignments up.
private struct Tally {
    private struct Count {
        var done = 0
        var skipped = 0
        var outOfOrder = 0
        var cases: [Int] = []
    }

    private let codes: [Int32]
    private var counts: [Int: Count] = [:]
    private var foreign: [Int32: (events: Int, cases: [Int])] = [:]
    private(set) var conforming = 0
    private(set) var unaligned = 0
    private(set) var cost = 0
    private(set) var flows: [Int]
    private(set) var worst = 0

    init(_ model: ProcessModel, _ codes: [Int32]) {
        self.codes = codes
        flows = model.flows.map { _ in 0 }
        for node in model.nodes.indices where model.nodes[node].kind == .activity { counts[node] = Count() }
    }

    mutating func add(_ trace: [Int32], _ alignment: Alignment?, shortest: Int, _ cases: (count: Int, examples: [Int])) {
        guard let alignment else {
            unaligned += cases.count
            return
        }
        cost += alignment.cost * cases.count
        for flow in alignment.flows { flows[flow] += cases.count }
        worst += (trace.count + shortest) * cases.count
        if alignment.cost == 0 { conforming += cases.count }
        var extras: [Int32] = []
        var skipped: [Int] = []
        for move in alignment.moves {
            switch move {
            case .both(let node): counts[node]?.done += cases.count
            case .skipped(let node): skipped.append(node)
            case .extra(let event): extras.append(trace[event])
            }
        }
        for node in skipped {
            // Skipped here and done elsewhere in the case: out of order.
            if let moved = extras.firstIndex(where: { $0 == codes[node] }) {
                extras.remove(at: moved)
                counts[node]?.outOfOrder += cases.count
            } else {
                counts[node]?.skipped += cases.count
            }
            note(node, cases.examples)
        }
        for code in extras {
            foreign[code, default: (0, [])].events += cases.count
            let known = foreign[code]?.cases ?? []
            foreign[code]?.cases = Array((known + cases.examples.filter { !known.contains($0) }).prefix(10))
        }
    }

    private mutating func note(_ node: Int, _ examples: [Int]) {
        let known = counts[node]?.cases ?? []
        counts[node]?.cases = Array((known + examples.filter { !known.contains($0) }).prefix(10))
    }

    var steps: [Conformance.StepDeviation] {
        counts.sorted { $0.key < $1.key }.map { node, count in
            Conformance.StepDeviation(
                node: node, done: count.done, skipped: count.skipped, outOfOrder: count.outOfOrder, cases: count.cases)
        }
    }

    func extras(_ names: [String]) -> [Conformance.Extra] {
        let drawn = Set(codes)
        return foreign.map { code, entry in
            Conformance.Extra(activity: names[Int(code)], events: entry.events, cases: entry.cases, isDrawn: drawn.contains(code))
        }.sorted { ($1.events, $0.activity) < ($0.events, $1.activity) }
    }
}
