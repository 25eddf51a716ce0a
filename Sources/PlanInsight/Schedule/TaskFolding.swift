import PlanModel

/// Which tasks of an outline are shown: those down to a level, with single summaries opened or closed against it.
public struct TaskFolding: Sendable, Hashable {
    /// How many levels are open, 1 for the topmost tasks alone; all if left out.
    public var level: Int?
    /// Numbers of the summaries that are open where the level would close them, or closed where it would open them.
    public var turned: Set<Int>

    public init(level: Int? = nil, turned: Set<Int> = []) {
        self.level = level
        self.turned = turned
    }

    /// As many levels as leave no more than `most` tasks; all where even the topmost are more.
    ///
    /// - Complexity: O(tasks).
    public init(showing most: Int, of facts: PlanFacts) {
        let counts = Self.depths(facts).reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
        let deepest = counts.keys.max() ?? 0
        var shown = 0
        var level = 0
        for depth in 0...deepest {
            shown += counts[depth] ?? 0
            if shown > most { break }
            level = depth + 1
        }
        self.init(level: level == 0 || level > deepest ? nil : level)
    }

    public func isOpen(_ task: Record, depth: Int) -> Bool {
        (level.map { depth + 1 < $0 } ?? true) != turned.contains(task.id.number)
    }

    /// The other way round for one summary.
    public func turning(_ task: RecordID) -> TaskFolding {
        TaskFolding(level: level, turned: turned.symmetricDifference([task.number]))
    }

    /// The places, in document order, of the tasks that no closed summary hides.
    ///
    /// - Complexity: O(tasks).
    public func places(of facts: PlanFacts) -> [Int] {
        var places: [Int] = []
        var hiding = Int.max
        for (place, depth) in Self.depths(facts).enumerated() {
            if depth > hiding { continue }
            hiding = Int.max
            places.append(place)
            if facts.schedule.dates[place].isSummary, !isOpen(facts.schedule.tasks[place].record, depth: depth) { hiding = depth }
        }
        return places
    }

    /// How many levels the tasks of a plan have.
    public static func levels(of facts: PlanFacts) -> Int { (depths(facts).max() ?? 0) + 1 }

    /// Of each task; every one stands after the summary it is part of.
    private static func depths(_ facts: PlanFacts) -> [Int] {
        // The numbers of the tasks that the next one may stand in, from the topmost.
        var path: [Int] = []
        return facts.schedule.tasks.indices.map { place in
            let record = facts.schedule.tasks[place].record
            while let last = path.last, last != record.parent { path.removeLast() }
            path.append(record.id.number)
            return path.count - 1
        }
    }
}
