import PlanModel

/// A task that has tasks within it stands as these stand, and a budget line as what is booked against it, whatever was once entered.
extension PlanFacts {
    /// What a record holds in a field, where that follows from other records what these come to: the state, the progress and the
    /// duration of a task with tasks within it, and what is spent, committed and forecast of a budget line with entries booked
    /// against it. Budget is decided on line by line: a group of lines has a decision only where one was taken.
    ///
    /// - Complexity: O(parts) for a summary.
    public func value(_ field: FieldInfo, of record: Record) -> Value? {
        if let line = Typed<BudgetLine>(record) {
            let isOwn = field.key != "decision" || line.decision != .open || !plan.hasChildren(record)
            return isOwn ? budget.value(field, of: record) : nil
        }
        guard let task = Typed<PlanTask>(record), let dates = schedule[task.id], dates.isSummary else { return record[field] }
        return switch field.key {
        case "state": .choice(state(of: task).rawValue)
        case "progress": .number(share(of: task))
        case "duration" where task.isManual != true: .duration(WorkDuration((dates.duration * 10).rounded() / 10, .days))
        default: record[field]
        }
    }

    /// The state of a task; of a summary that of its parts: done or dropped when all are, blocked when all that is open is, begun when
    /// any is.
    public func state(of task: Typed<PlanTask>) -> TaskState {
        let own = task.state ?? .planned
        guard own != .dropped, let parts = parts(of: task) else { return own }
        return parts.state ?? own
    }

    /// How much of a task is done, 0…1. Of a summary all once its parts are done, nothing before any is begun, and between what was
    /// entered for it, or else its parts by their duration.
    public func share(of task: Typed<PlanTask>) -> Double {
        guard let parts = parts(of: task) else { return task.share }
        switch state(of: task) {
        case .done: return 1
        case .planned: return 0
        case .dropped: return task.share
        case .doing, .blocked: if let entered = task.progress, (0..<1).contains(entered) { return entered }
        }
        return parts.work > 0 ? parts.workDone / parts.work : 0
    }

    /// What the parts of a summary come to; nil for a task that has none within it.
    private func parts(of task: Typed<PlanTask>) -> SummaryParts? {
        guard let place = schedule.position(of: task.id), schedule.dates[place].isSummary else { return nil }
        return later.summaries { SummaryParts.all(schedule) }[place]
    }
}

/// What the tasks within a summary that have none within them come to.
struct SummaryParts: Sendable {
    private var parts = 0
    private var counted = 0
    private var open = 0
    private var blocked = 0
    private var untouched = 0
    /// Days of work, and those of it that are done, without what is dropped.
    private(set) var work = 0.0
    private(set) var workDone = 0.0

    /// Of all summaries, by their place in the schedule.
    ///
    /// - Complexity: O(tasks); in document order what stands within a task follows it.
    static func all(_ schedule: PlanSchedule) -> [Int: SummaryParts] {
        var found: [Int: SummaryParts] = [:]
        var above: [(number: Int, place: Int, parts: SummaryParts)] = []
        func close() {
            guard let last = above.popLast() else { return }
            found[last.place] = last.parts
            if let upper = above.indices.last { above[upper].parts.add(last.parts) }
        }
        for (place, task) in schedule.tasks.enumerated() {
            while let last = above.last, last.number != task.record.parent { close() }
            if schedule.dates[place].isSummary {
                above.append((task.id.number, place, SummaryParts()))
            } else if let upper = above.indices.last {
                above[upper].parts.add(task, days: schedule.dates[place].duration)
            }
        }
        while !above.isEmpty { close() }
        return found
    }

    private mutating func add(_ task: Typed<PlanTask>, days: Double) {
        let (state, share) = (task.state ?? .planned, task.share)
        parts += 1
        guard state != .dropped else { return }
        counted += 1
        if share < 1 { open += 1 }
        if share < 1 && state == .blocked { blocked += 1 }
        if share == 0 && state == .planned && task.actualStart == nil { untouched += 1 }
        work += days
        workDone += days * share
    }

    private mutating func add(_ other: SummaryParts) {
        parts += other.parts
        counted += other.counted
        open += other.open
        blocked += other.blocked
        untouched += other.untouched
        work += other.work
        workDone += other.workDone
    }

    /// Nil where there are no parts.
    var state: TaskState? {
        if counted == 0 { return parts == 0 ? nil : .dropped }
        if open == 0 { return .done }
        if blocked == open { return .blocked }
        return untouched == counted ? .planned : .doing
    }
}
