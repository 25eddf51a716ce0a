/// Ways of dividing activities that a follows graph shows, as groups of positions (Leemans, Fahland & van der Aalst 2013).
enum Cut {
    case choice([[Int]])
    case sequence([[Int]])
    case parallel([[Int]])
    /// The body first, then what leads back to it.
    case loop([[Int]])

    static func find(_ graph: FollowsGraph) -> Cut? {
        if let groups = choices(graph) { return .choice(groups) }
        if let groups = sequence(graph) { return .sequence(groups) }
        if let groups = parallel(graph) { return .parallel(groups) }
        if let groups = loop(graph) { return .loop(groups) }
        return nil
    }

    /// Parts that nothing joins.
    private static func choices(_ graph: FollowsGraph) -> [[Int]]? {
        var sets = DisjointSets(graph.size)
        for one in 0..<graph.size { for other in 0..<graph.size where graph.follows(one, other) { sets.unite(one, other) } }
        return sets.groups.count > 1 ? sets.groups : nil
    }

    /// Parts that lead to each other in one direction alone.
    private static func sequence(_ graph: FollowsGraph) -> [[Int]]? {
        let size = graph.size
        let reaches = graph.closure
        var sets = DisjointSets(size)
        for one in 0..<size {
            for other in 0..<size where one != other && reaches[one * size + other] == reaches[other * size + one] {
                sets.unite(one, other)
            }
        }
        let groups = sets.groups
        guard groups.count > 1 else { return nil }
        // Every pair of groups is ordered one way; mixed pairs would have to be one group.
        var merged = DisjointSets(groups.count)
        for (i, one) in groups.enumerated() {
            for (j, other) in groups.enumerated() where i < j {
                let forward = one.contains { a in other.contains { reaches[a * size + $0] } }
                let back = one.contains { a in other.contains { reaches[$0 * size + a] } }
                if forward == back { merged.unite(i, j) }
            }
        }
        let joined = merged.groups.map { $0.flatMap { groups[$0] }.sorted() }
        guard joined.count > 1 else { return nil }
        return joined.sorted { one, other in one.contains { a in other.contains { reaches[a * size + $0] } } }
    }

    /// Parts of which every activity follows every one of the others directly, each with a start and an end.
    private static func parallel(_ graph: FollowsGraph) -> [[Int]]? {
        var sets = DisjointSets(graph.size)
        for one in 0..<graph.size {
            for other in 0..<graph.size where one < other && !(graph.follows(one, other) && graph.follows(other, one)) {
                sets.unite(one, other)
            }
        }
        var whole: [[Int]] = []
        var lacking: [Int] = []
        for group in sets.groups {
            if group.contains(where: { graph.starts[$0] > 0 }), group.contains(where: { graph.ends[$0] > 0 }) {
                whole.append(group)
            } else {
                lacking += group
            }
        }
        guard whole.count > 1 else { return nil }
        whole[0] = (whole[0] + lacking).sorted()
        return whole
    }

    /// What starts and ends, and what leads from all ends back to all starts.
    private static func loop(_ graph: FollowsGraph) -> [[Int]]? {
        let size = graph.size
        let starts = (0..<size).filter { graph.starts[$0] > 0 }
        let ends = (0..<size).filter { graph.ends[$0] > 0 }
        let edge = Set(starts).union(ends)
        let inner = (0..<size).filter { !edge.contains($0) }
        guard !inner.isEmpty else { return nil }
        var sets = DisjointSets(size)
        for one in inner { for other in inner where graph.follows(one, other) { sets.unite(one, other) } }
        var body = edge.sorted()
        var redos: [[Int]] = []
        for group in sets.groups where inner.contains(group[0]) {
            let isEnteredEarly = starts.contains { start in !ends.contains(start) && group.contains { graph.follows(start, $0) } }
            let leavesLate = ends.contains { end in !starts.contains(end) && group.contains { graph.follows($0, end) } }
            let entered = group.filter { one in ends.contains { graph.follows($0, one) } }
            let left = group.filter { one in starts.contains { graph.follows(one, $0) } }
            let isWhole =
                entered.allSatisfy { one in ends.allSatisfy { graph.follows($0, one) } }
                && left.allSatisfy { one in starts.allSatisfy { graph.follows(one, $0) } }
            if isEnteredEarly || leavesLate || !isWhole || entered.isEmpty || left.isEmpty {
                body += group
            } else {
                redos.append(group)
            }
        }
        return redos.isEmpty ? nil : [body.sorted()] + redos
    }
}

/// Union-find; groups in the order of their smallest members.
struct DisjointSets {
    private var parent: [Int]

    init(_ count: Int) { parent = Array(0..<count) }

    mutating func unite(_ one: Int, _ other: Int) {
        let (a, b) = (root(one), root(other))
        if a != b { parent[max(a, b)] = min(a, b) }
    }

    private func root(_ one: Int) -> Int {
        var one = one
        while parent[one] != one { one = parent[one] }
        return one
    }

    var groups: [[Int]] {
        var groups: [Int: [Int]] = [:]
        for one in parent.indices { groups[root(one), default: []].append(one) }
        return groups.sorted { $0.key < $1.key }.map(\.value)
    }
}
