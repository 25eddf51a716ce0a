/// The cheapest way to read a trace as a run of a process.
struct Alignment {
    enum Move: Hashable {
        /// The event is what the process does next, at a node.
        case both(node: Int)
        /// The process goes on at a node, and no event shows it.
        case skipped(node: Int)
        /// An event, by position in the trace, that the process has no place for.
        case extra(event: Int)
    }

    let moves: [Move]
    /// Moves of one side alone.
    let cost: Int
    /// Flows that the run takes, one entry each time.
    let flows: [Int]
}

/// Finds alignments by searching markings and positions by rising cost: moves of both sides and through gateways cost nothing, moves
/// of one side 1 (Adriansyah, van Dongen & van der Aalst 2011).
///
/// - Complexity: O(markings · events) states a trace at worst, at most `limit`.
struct Aligner {
    private let model: ProcessModel
    /// For each node the activity code in the log, -1 where it has none.
    private let codes: [Int32]
    private let limit: Int
    private let firings: [[Firing]]
    private let entryMarkings: [Marking]

    private typealias Marking = Set<Int>

    /// One way a node can act: the flows it takes tokens from and puts them on. Numbers past the flows are ways into an entry.
    private struct Firing {
        let takes: Marking
        let puts: Marking
    }

    private struct State: Hashable {
        let marking: Marking
        let position: Int
    }

    private struct Step {
        let state: State
        let before: Int
        let move: Alignment.Move?
        let puts: Marking
    }

    init(_ model: ProcessModel, codes: [Int32], limit: Int = 100_000) {
        self.model = model
        self.codes = codes
        self.limit = limit
        let entries = model.entries
        entryMarkings = entries.indices.map { [model.flows.count + $0] }
        firings = model.nodes.indices.map { node in
            let into = model.incoming[node] + (entries.firstIndex(of: node).map { [model.flows.count + $0] } ?? [])
            let out = model.outgoing[node]
            if model.isJoin(node) { return [Firing(takes: Set(into), puts: Set(out))] }
            if model.nodes[node].kind == .parallel { return into.map { Firing(takes: [$0], puts: Set(out)) } }
            if out.isEmpty || model.nodes[node].kind == .end { return into.map { Firing(takes: [$0], puts: []) } }
            return into.flatMap { taken in out.map { Firing(takes: [taken], puts: [$0]) } }
        }
    }

    /// - Returns: nil where the search grew past its limit or the process has no end.
    func align(_ trace: [Int32]) -> Alignment? {
        var steps: [Step] = []
        var buckets: [[Int]] = [[]]
        var settled: Set<State> = []
        func push(_ state: State, _ before: Int, _ move: Alignment.Move?, _ cost: Int, _ puts: Marking = []) {
            guard !settled.contains(state) else { return }
            while buckets.count <= cost { buckets.append([]) }
            steps.append(Step(state: state, before: before, move: move, puts: puts))
            buckets[cost].append(steps.count - 1)
        }
        for marking in entryMarkings { push(State(marking: marking, position: 0), -1, nil, 0) }
        var cost = 0
        while cost < buckets.count {
            guard let number = buckets[cost].popLast() else {
                cost += 1
                continue
            }
            let state = steps[number].state
            guard settled.insert(state).inserted else { continue }
            if state.marking.isEmpty, state.position == trace.count { return alignment(to: number, steps, cost) }
            guard settled.count < limit else { return nil }
            if state.position < trace.count {
                push(State(marking: state.marking, position: state.position + 1), number, .extra(event: state.position), cost + 1)
            }
            for node in model.nodes.indices {
                for firing in firings[node] where firing.takes.isSubset(of: state.marking) && !firing.takes.isEmpty {
                    let next = state.marking.subtracting(firing.takes).union(firing.puts)
                    guard model.nodes[node].kind == .activity else {
                        push(State(marking: next, position: state.position), number, nil, cost, firing.puts)
                        continue
                    }
                    if state.position < trace.count, codes[node] >= 0, trace[state.position] == codes[node] {
                        push(State(marking: next, position: state.position + 1), number, .both(node: node), cost, firing.puts)
                    }
                    push(State(marking: next, position: state.position), number, .skipped(node: node), cost + 1, firing.puts)
                }
            }
        }
        return nil
    }

    private func alignment(to last: Int, _ steps: [Step], _ cost: Int) -> Alignment {
        var moves: [Alignment.Move] = []
        var flows: [Int] = []
        var number = last
        while number >= 0 {
            if let move = steps[number].move { moves.append(move) }
            flows += steps[number].puts.sorted()
            number = steps[number].before
        }
        return Alignment(moves: moves.reversed(), cost: cost, flows: flows.reversed())
    }
}
