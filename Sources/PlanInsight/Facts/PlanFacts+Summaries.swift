import PlanModel

/// A task that has tasks within it stands as these stand, whatever was once entered for it.
extension PlanFacts {
    /// What a record holds in a field, where it is a summary what its parts come to: the state and the progress of a task.
    ///
    /// - Complexity: O(parts) for a summary.
    public func value(_ field: FieldInfo, of record: Record) -> Value? {
        guard let task = Typed<PlanTask>(record), schedule[task.id]?.isSummary == true else { return record[field] }
        return switch field.key {
        case "state": .choice(state(of: task).rawValue)
        case "progress": .number(share(of: task))
        default: record[field]
        }
    }

    /// The state of a task; of a summary that of its parts: done or dropped when all are, blocked when all that is open is, begun when
    /// any is.
    public func state(of task: Typed<PlanTask>) -> TaskState {
        let own = task.state ?? .planned
        guard schedule[task.id]?.isSummary == true, own != .dropped else { return own }
        let parts = parts(of: task)
        let counted = parts.filter { $0.state != .dropped }
        let open = counted.filter { $0.share < 1 }
        if counted.isEmpty { return parts.isEmpty ? own : .dropped }
        if open.isEmpty { return .done }
        if open.allSatisfy({ $0.state == .blocked }) { return .blocked }
        return counted.allSatisfy(\.isUntouched) ? .planned : .doing
    }

    /// How much of a task is done, 0…1. Of a summary all once its parts are done, nothing before any is begun, and between what was
    /// entered for it, or else its parts by their duration.
    public func share(of task: Typed<PlanTask>) -> Double {
        guard schedule[task.id]?.isSummary == true else { return task.share }
        switch state(of: task) {
        case .done: return 1
        case .planned: return 0
        case .dropped: return task.share
        case .doing, .blocked: if let entered = task.progress, (0..<1).contains(entered) { return entered }
        }
        let parts = parts(of: task).filter { $0.state != .dropped }
        let work = parts.map { schedule[$0.id]?.duration ?? 0 }
        let whole = work.reduce(0, +)
        return whole > 0 ? zip(parts, work).reduce(0) { $0 + $1.0.share * $1.1 } / whole : 0
    }

    /// The tasks within a task that have none within them; in document order they follow it.
    private func parts(of task: Typed<PlanTask>) -> [Typed<PlanTask>] {
        guard let place = schedule.position(of: task.id) else { return [] }
        var within: Set<Int> = [task.id.number]
        var parts: [Typed<PlanTask>] = []
        for (next, dates) in zip(schedule.tasks[(place + 1)...], schedule.dates[(place + 1)...]) {
            guard let parent = next.record.parent, within.contains(parent) else { break }
            within.insert(next.id.number)
            if !dates.isSummary { parts.append(next) }
        }
        return parts
    }
}

extension Typed where K == PlanTask {
    /// Whether nobody began with it.
    fileprivate var isUntouched: Bool {
        self.share == 0 && self.actualStart == nil && (self.state ?? .planned) == .planned
    }
}
