extension Schedule {
    /// The activities whose dates, float or criticality may differ from those in `earlier`, the same network's schedule before
    /// some of its activities were updated: those, those whose own dates moved, those before either (their free float), and the
    /// summaries around them. All, where an update changed the shape of the network.
    ///
    /// - Complexity: O(nodes), and the links of those that moved.
    public func affected(since earlier: Schedule, updated: [Int]) -> Set<Int> {
        var found = Set(updated)
        var seenGates: Set<Int> = []
        let layout = network.layout
        guard layout.nodeCount == earlier.network.layout.nodeCount, layout.rank == earlier.network.layout.rank else {
            return Set(network.activities.indices)
        }
        for activity in updated where layout.rank[activity] >= 0 { addBefore(Int(layout.rank[activity]), to: &found, &seenGates) }
        for rank in 0..<layout.nodeCount where isMoved(rank, since: earlier) {
            add(rank, to: &found)
            addBefore(rank, to: &found, &seenGates)
        }
        for activity in found {
            var parent = network.activities[activity].parent
            while let summary = parent, found.insert(summary).inserted { parent = network.activities[summary].parent }
        }
        return found
    }

    private func isMoved(_ rank: Int, since earlier: Schedule) -> Bool {
        early[2 * rank] != earlier.early[2 * rank] || early[2 * rank + 1] != earlier.early[2 * rank + 1]
            || late[2 * rank] != earlier.late[2 * rank] || late[2 * rank + 1] != earlier.late[2 * rank + 1]
    }

    private func add(_ rank: Int, to found: inout Set<Int>) {
        let activity = Int(network.layout.activity[rank])
        if activity >= 0 { found.insert(activity) }
    }

    /// The activities with links into a node, also by way of a summary's gates.
    private func addBefore(_ rank: Int, to found: inout Set<Int>, _ seenGates: inout Set<Int>) {
        for edge in network.layout.predecessorRows(rank) {
            let source = Int(network.layout.edgeSource[edge])
            add(source, to: &found)
            if network.layout.activity[source] < 0, seenGates.insert(source).inserted {
                addBefore(source, to: &found, &seenGates)
            }
        }
    }
}
