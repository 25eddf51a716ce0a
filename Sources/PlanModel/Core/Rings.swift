extension Plan {
    /// Why the edits may not be made for the sake of the schedule: tasks that would come to wait for each other.
    ///
    /// A ring that was there before stands in nobody's way; a plan file may hold one, and the check tells of it.
    ///
    /// - Complexity: O(tasks and links that come before each task edited), where summaries with links are small.
    public func ringsClosed(by edits: [Edit]) -> [Problem] {
        let touched = edits.compactMap(\.waiting)
        guard !touched.isEmpty else { return [] }
        let after = edits.reduce(into: self) { $0.apply($1) }
        for task in touched {
            guard let ring = after.ring(before: task), self.ring(before: task) == nil else { continue }
            let first = ring.firstIndex(of: task) ?? 0
            let path = (ring[first...] + ring[...first]).map(\.short).joined(separator: " → ")
            return [
                Problem(
                    "link.ring", record: task, field: "predecessors",
                    Label("前置任务成环：\(path)。", "Predecessors form a ring: \(path)."),
                    remedy: Label(
                        "互相等待的任务永远不能开始；去掉环上的一个前置任务。",
                        "Tasks that wait for each other never start; leave out one predecessor on the ring."))
            ]
        }
        return []
    }

    /// A ring among the tasks that a task, or those within it, wait for: each before the next; nil where there is none.
    ///
    /// Walks from leaf to leaf; a link of a summary binds every leaf within it.
    private func ring(before task: RecordID) -> [RecordID]? {
        guard let table = tables[task.prefix], let start = table.positions[task.number] else { return nil }
        var isPassed: Set<Int> = []
        for leaf in table.leaves(of: start) where !isPassed.contains(leaf) {
            var way = [(leaf: leaf, waitsFor: table.predecessors(of: leaf))]
            var isOnWay: Set = [leaf]
            while let last = way.indices.last {
                guard let next = way[last].waitsFor.popLast() else {
                    isPassed.insert(way[last].leaf)
                    isOnWay.remove(way.removeLast().leaf)
                    continue
                }
                if isOnWay.contains(next) {
                    return way.drop { $0.leaf != next }.map { table.records[$0.leaf].id }.reversed()
                }
                if isPassed.contains(next) { continue }
                way.append((next, table.predecessors(of: next)))
                isOnWay.insert(next)
            }
        }
        return nil
    }
}

extension Edit {
    /// The task that the edit may make wait for others.
    fileprivate var waiting: RecordID? {
        switch self {
        case .set(let id, "predecessors", _, .some): id
        case .create(let record, let place):
            Typed<PlanTask>(record).flatMap { $0.predecessors == nil && place.parent == nil ? nil : $0.id }
        case .move(let id, _, let place): place.parent == nil ? nil : id
        default: nil
        }
    }
}

extension Table {
    /// The positions of the tasks within a task that have none within them and are not dropped, which hold nobody; the task itself
    /// where nothing stands in it.
    fileprivate func leaves(of position: Int) -> [Int] {
        (position..<blockEnd(position)).filter { inner in
            blockEnd(inner) == inner + 1
                && ([inner] + ancestors(of: inner)).allSatisfy { Typed<PlanTask>(records[$0])?.state != .dropped }
        }
    }

    /// The leaves that a leaf waits for, by its own links and those of what it stands in.
    fileprivate func predecessors(of leaf: Int) -> [Int] {
        let links = ([leaf] + ancestors(of: leaf)).flatMap { Typed<PlanTask>(records[$0])?.predecessors ?? [] }
        return links.filter { $0.predecessor.plan == records[leaf].id.plan }.compactMap { positions[$0.predecessor.number] }
            .flatMap { leaves(of: $0) }
    }

    private func ancestors(of position: Int) -> [Int] {
        sequence(first: position) { records[$0].parent.flatMap { positions[$0] } }.dropFirst().map { $0 }
    }
}
