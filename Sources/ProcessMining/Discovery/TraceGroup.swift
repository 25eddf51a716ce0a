/// Traces with how often each occurs: what the miner divides again and again.
struct TraceGroup {
    private(set) var traces: [[Int32]: Int] = [:]

    init() {}

    init(_ log: EventLog) {
        for index in 0..<log.caseCount { add(Array(log.trace(ofCase: index)), 1) }
    }

    mutating func add(_ trace: [Int32], _ count: Int) { traces[trace, default: 0] += count }

    var count: Int { traces.values.reduce(0, +) }
    var empties: Int { traces[[]] ?? 0 }
    var activities: [Int32] { Set(traces.keys.joined()).sorted() }

    func withoutEmpties() -> TraceGroup {
        var group = self
        group.traces[[]] = nil
        return group
    }
}

/// Which activity directly follows which in a group, by position in `activities`.
struct FollowsGraph {
    let activities: [Int32]
    /// `count × count`, row by row.
    private(set) var arcs: [Int]
    private(set) var starts: [Int]
    private(set) var ends: [Int]

    var size: Int { activities.count }

    init(_ group: TraceGroup) {
        activities = group.activities
        let place = Dictionary(uniqueKeysWithValues: activities.enumerated().map { ($1, $0) })
        arcs = Array(repeating: 0, count: activities.count * activities.count)
        starts = Array(repeating: 0, count: activities.count)
        ends = starts
        for (trace, count) in group.traces {
            let codes = trace.compactMap { place[$0] }
            guard let first = codes.first, let last = codes.last else { continue }
            starts[first] += count
            ends[last] += count
            for (one, other) in zip(codes, codes.dropFirst()) { arcs[one * activities.count + other] += count }
        }
    }

    func follows(_ one: Int, _ other: Int) -> Bool { arcs[one * size + other] > 0 }

    /// Without arcs rarer than a part of the strongest out of the same activity, its ends counted as one (Leemans et al. 2014, § 4).
    func filtered(_ threshold: Double) -> FollowsGraph {
        var graph = self
        for one in 0..<size {
            let strongest = max((0..<size).map { arcs[one * size + $0] }.max() ?? 0, ends[one])
            let least = threshold * Double(strongest)
            for other in 0..<size where Double(arcs[one * size + other]) < least { graph.arcs[one * size + other] = 0 }
            if Double(ends[one]) < least { graph.ends[one] = 0 }
        }
        let least = threshold * Double(starts.max() ?? 0)
        for one in 0..<size where Double(starts[one]) < least { graph.starts[one] = 0 }
        return graph
    }

    /// Whether one is reached from another along arcs, by Warshall's closure; O(n³).
    var closure: [Bool] {
        var reaches = arcs.map { $0 > 0 }
        for middle in 0..<size {
            for one in 0..<size where reaches[one * size + middle] {
                for other in 0..<size where reaches[middle * size + other] { reaches[one * size + other] = true }
            }
        }
        return reaches
    }
}
