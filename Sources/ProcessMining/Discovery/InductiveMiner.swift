/// Finds a block-structured process that the log fits, leaving out what is rare: the inductive miner with infrequency filter.
///
/// Source: S. Leemans, D. Fahland, W. van der Aalst, "Discovering Block-Structured Process Models from Event Logs" (2013) and
/// "… Containing Infrequent Behaviour" (2014).
///
/// - Complexity: O(levels · (variants · length + activities³)).
public struct InductiveMiner: Sendable {
    /// Arcs rarer than this part of the strongest out of the same activity may be left out; 0 fits every trace.
    public let threshold: Double

    public init(threshold: Double = 0.2) { self.threshold = min(max(threshold, 0), 1) }

    public func discover(_ log: EventLog) -> ProcessTree { mine(TraceGroup(log)) }

    private func mine(_ group: TraceGroup) -> ProcessTree {
        let (count, empties) = (group.count, group.empties)
        if count == empties { return .silent(count: count) }
        if empties > 0 {
            // Few empty traces are noise; many say that all this may be left out.
            let rest = mine(group.withoutEmpties())
            return Double(empties) <= threshold * Double(count) && threshold > 0
                ? rest : .choice([rest, .silent(count: empties)])
        }
        let graph = FollowsGraph(group)
        if graph.size == 1 { return single(group, graph.activities[0]) }
        if let cut = Cut.find(graph) { return divide(group, graph, cut) }
        if threshold > 0, let cut = Cut.find(graph.filtered(threshold)) { return divide(group, graph, cut) }
        if let apart = onceInEach(group, graph) { return apart }
        if let repeated = repeats(group, graph) { return repeated }
        return flower(group, graph)
    }

    private func single(_ group: TraceGroup, _ code: Int32) -> ProcessTree {
        let count = group.count
        let repeated = group.traces.reduce(0) { sum, entry in sum + (entry.key.count > 1 ? entry.value : 0) }
        if Double(repeated) <= threshold * Double(count), threshold > 0 || repeated == 0 { return .activity(code, count: count) }
        let again = group.traces.reduce(0) { sum, entry in sum + entry.value * (entry.key.count - 1) }
        return .loop([.activity(code, count: count + again), .silent(count: again)])
    }

    /// Any activity any number of times: what is left when no order shows.
    private func flower(_ group: TraceGroup, _ graph: FollowsGraph) -> ProcessTree {
        let petals = graph.activities.map { code in
            ProcessTree.activity(
                code, count: group.traces.reduce(0) { sum, entry in sum + entry.value * entry.key.count { $0 == code } })
        }
        return .loop([.silent(count: group.count + petals.reduce(0) { $0 + $1.count }), .choice(petals)])
    }

    private func divide(_ group: TraceGroup, _ graph: FollowsGraph, _ cut: Cut) -> ProcessTree {
        func codes(_ groups: [[Int]]) -> [Set<Int32>] { groups.map { Set($0.map { graph.activities[$0] }) } }
        switch cut {
        case .choice(let groups): return .choice(LogSplit.choice(group, codes(groups)).filter { $0.count > 0 }.map(mine))
        case .sequence(let groups): return .sequence(LogSplit.sequence(group, codes(groups)).map(mine))
        case .parallel(let groups): return .parallel(LogSplit.parallel(group, codes(groups)).map(mine))
        case .loop(let groups): return .loop(LogSplit.loop(group, codes(groups)).map(mine))
        }
    }

    /// An activity that every trace has exactly once stands beside all else.
    private func onceInEach(_ group: TraceGroup, _ graph: FollowsGraph) -> ProcessTree? {
        let once = graph.activities.first { code in group.traces.keys.allSatisfy { $0.count { $0 == code } == 1 } }
        guard let once else { return nil }
        let rest = Set(graph.activities).subtracting([once])
        return .parallel(LogSplit.parallel(group, [[once], rest]).map(mine))
    }

    /// Traces that begin anew whenever an end is followed by a start.
    private func repeats(_ group: TraceGroup, _ graph: FollowsGraph) -> ProcessTree? {
        let starts = Set(graph.starts.indices.filter { graph.starts[$0] > 0 }.map { graph.activities[$0] })
        let ends = Set(graph.ends.indices.filter { graph.ends[$0] > 0 }.map { graph.activities[$0] })
        var parts = TraceGroup()
        var breaks = 0
        for (trace, count) in group.traces {
            var begin = 0
            for place in trace.indices.dropFirst() where ends.contains(trace[place - 1]) && starts.contains(trace[place]) {
                parts.add(Array(trace[begin..<place]), count)
                begin = place
                breaks += count
            }
            parts.add(Array(trace[begin...]), count)
        }
        return breaks == 0 ? nil : .loop([mine(parts), .silent(count: breaks)])
    }
}

/// Divides the traces of a group along a cut; events that do not fit their part are left out.
enum LogSplit {
    /// Each trace goes to the part that most of its events belong to.
    static func choice(_ group: TraceGroup, _ parts: [Set<Int32>]) -> [TraceGroup] {
        var groups = parts.map { _ in TraceGroup() }
        for (trace, count) in group.traces {
            let fits = parts.map { part in trace.count { part.contains($0) } }
            let best = fits.indices.max { (fits[$0], $1) < (fits[$1], $0) } ?? 0
            groups[best].add(trace.filter { parts[best].contains($0) }, count)
        }
        return groups
    }

    /// Each trace is cut where the fewest events are out of their part's turn.
    static func sequence(_ group: TraceGroup, _ parts: [Set<Int32>]) -> [TraceGroup] {
        var groups = parts.map { _ in TraceGroup() }
        for (trace, count) in group.traces {
            var begin = 0
            for (number, end) in borders(trace, parts).enumerated() {
                groups[number].add(trace[begin..<end].filter { parts[number].contains($0) }, count)
                begin = end
            }
        }
        return groups
    }

    /// Where each part ends, so that most events stand within their own: dynamic programming, O(events · parts).
    private static func borders(_ trace: [Int32], _ parts: [Set<Int32>]) -> [Int] {
        // best[k][i]: events in place among the first i, divided over parts 0…k; from[k][i]: where part k then begins.
        var best = [Int](repeating: 0, count: trace.count + 1)
        var begins: [[Int]] = []
        for (number, part) in parts.enumerated() {
            var next = best
            var begin = Array(0...trace.count)
            if number == 0 {
                next[0] = 0
                begin = Array(repeating: 0, count: trace.count + 1)
                for i in 0..<trace.count { next[i + 1] = next[i] + (part.contains(trace[i]) ? 1 : 0) }
            } else {
                for i in 0..<trace.count {
                    let extended = next[i] + (part.contains(trace[i]) ? 1 : 0)
                    if extended > best[i + 1] {
                        next[i + 1] = extended
                        begin[i + 1] = begin[i]
                    } else {
                        next[i + 1] = best[i + 1]
                    }
                }
            }
            best = next
            begins.append(begin)
        }
        var ends = [Int](repeating: trace.count, count: parts.count)
        var end = trace.count
        for number in parts.indices.reversed() {
            ends[number] = end
            end = begins[number][end]
        }
        return ends
    }

    /// Each part takes its own events of every trace.
    static func parallel(_ group: TraceGroup, _ parts: [Set<Int32>]) -> [TraceGroup] {
        parts.map { part in
            var own = TraceGroup()
            for (trace, count) in group.traces { own.add(trace.filter { part.contains($0) }, count) }
            return own
        }
    }

    /// Stretches of the body, and between them stretches of what leads back. A trace begins and ends in the body.
    static func loop(_ group: TraceGroup, _ parts: [Set<Int32>]) -> [TraceGroup] {
        var groups = parts.map { _ in TraceGroup() }
        for (trace, count) in group.traces {
            var here = 0
            var stretch: [Int32] = []
            for code in trace {
                let part = parts.firstIndex { $0.contains(code) } ?? 0
                if part != here {
                    groups[here].add(stretch, count)
                    stretch = []
                    // From one way back to another the body is passed without a trace.
                    if part != 0, here != 0 { groups[0].add([], count) }
                    here = part
                }
                stretch.append(code)
            }
            groups[here].add(stretch, count)
            if here != 0 { groups[0].add([], count) }
        }
        return groups
    }
}
