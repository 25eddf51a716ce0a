/// A block-structured process: what the inductive miner finds.
public indirect enum ProcessTree: Sendable, Hashable {
    /// One activity, by code; `count` traces came through.
    case activity(Int32, count: Int)
    /// Nothing happens.
    case silent(count: Int)
    case sequence([ProcessTree])
    /// One of them.
    case choice([ProcessTree])
    /// All of them, in any order.
    case parallel([ProcessTree])
    /// The first; then any number of times one of the others and the first again. The first's count is that of its passes.
    case loop([ProcessTree])

    /// How many traces of the log came through this part.
    public var count: Int {
        switch self {
        case .activity(_, let count), .silent(let count): count
        case .choice(let parts): parts.reduce(0) { $0 + $1.count }
        case .sequence(let parts), .parallel(let parts): parts.first?.count ?? 0
        case .loop(let parts): parts.dropFirst().reduce(parts.first?.count ?? 0) { $0 - $1.count }
        }
    }

    /// In the usual notation: `→( a, ×( b, τ ), ∧( c, d ), ↺( e, f ) )`.
    public func text(_ names: [String]) -> String {
        func list(_ sign: String, _ parts: [ProcessTree]) -> String {
            "\(sign)( \(parts.map { $0.text(names) }.joined(separator: ", ")) )"
        }
        switch self {
        case .activity(let code, _): return names[Int(code)]
        case .silent: return "τ"
        case .sequence(let parts): return list("→", parts)
        case .choice(let parts): return list("×", parts)
        case .parallel(let parts): return list("∧", parts)
        case .loop(let parts): return list("↺", parts)
        }
    }

    /// Whether the tree allows a trace.
    ///
    /// - Complexity: exponential at worst in parallel parts and loops; for tests and short traces.
    public func allows(_ trace: [Int32]) -> Bool { Self.ends(self, trace[...]).contains { $0.isEmpty } }

    /// The rests that may be left of a trace after this part took its beginning.
    private static func ends(_ tree: ProcessTree, _ trace: ArraySlice<Int32>) -> Set<ArraySlice<Int32>> {
        switch tree {
        case .silent: return [trace]
        case .activity(let code, _): return trace.first == code ? [trace.dropFirst()] : []
        case .choice(let parts): return parts.reduce(into: []) { $0.formUnion(ends($1, trace)) }
        case .sequence(let parts):
            return parts.reduce(into: [trace]) { open, part in open = open.reduce(into: []) { $0.formUnion(ends(part, $1)) } }
        case .parallel(let parts):
            let own = parts.map(\.activities)
            var found: Set<ArraySlice<Int32>> = []
            for length in 0...trace.count {
                let head = trace.prefix(length)
                guard head.allSatisfy({ code in own.contains { $0.contains(code) } }) else { break }
                if zip(parts, own).allSatisfy({ part, codes in part.allows(head.filter { codes.contains($0) }) }) {
                    found.insert(trace.dropFirst(length))
                }
            }
            return found
        case .loop(let parts):
            guard let body = parts.first else { return [trace] }
            var found = ends(body, trace)
            var open = found
            while !open.isEmpty {
                var after: Set<ArraySlice<Int32>> = []
                for rest in open { for redo in parts.dropFirst() { after.formUnion(ends(redo, rest)) } }
                var again: Set<ArraySlice<Int32>> = []
                for rest in after { again.formUnion(ends(body, rest)) }
                open = again.subtracting(found)
                found.formUnion(open)
            }
            return found
        }
    }

    /// Codes of the activities within.
    public var activities: Set<Int32> {
        switch self {
        case .activity(let code, _): [code]
        case .silent: []
        case .sequence(let parts), .choice(let parts), .parallel(let parts), .loop(let parts):
            parts.reduce(into: []) { $0.formUnion($1.activities) }
        }
    }
}
