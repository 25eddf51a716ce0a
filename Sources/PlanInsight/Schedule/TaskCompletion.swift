import PlanModel
import WorkingTime

/// Keeps state, progress and the recorded days of a task consistent when one of them is edited, wherever that is done.
public struct TaskCompletion {
    /// The day that what is done now is recorded for.
    private let day: Day

    public init(on day: Day) { self.day = day }

    /// The task after an edit, with what follows from it where nobody said otherwise in the same edit.
    public func settled(_ edited: Typed<PlanTask>, from before: Typed<PlanTask>) -> Typed<PlanTask> {
        var task = edited
        let isStated = edited.state != before.state
        let isMeasured = edited.progress != before.progress
        if isStated, edited.state == .done {
            if !isMeasured { task.progress = 1 }
        } else if isStated, before.state == .done {
            if !isMeasured, edited.progress ?? 0 >= 1 { task.progress = nil }
        } else if !isStated {
            task.state = state(edited, from: before)
        }
        if isStated, edited.state == .doing, before.state == .planned || before.state == nil {
            task.actualStart = task.actualStart ?? day
        }
        if task.state == .done, before.state != .done {
            task.actualFinish = task.actualFinish ?? day
            task.remaining = edited.remaining == before.remaining ? nil : edited.remaining
        }
        if before.state == .done, task.state != .done, edited.actualFinish == before.actualFinish { task.actualFinish = nil }
        return task
    }

    /// What progress and recorded days say of the state of a task that nobody has dropped or blocked.
    private func state(_ edited: Typed<PlanTask>, from before: Typed<PlanTask>) -> TaskState? {
        let own = edited.state ?? .planned
        guard own != .dropped, own != .blocked else { return edited.state }
        let isFinished = edited.actualFinish != nil && edited.actualFinish != before.actualFinish
        let isMeasured = edited.progress != before.progress
        if isFinished || isMeasured && edited.progress ?? 0 >= 1 { return .done }
        if own == .done { return isMeasured ? .doing : .done }
        let isBegun = isMeasured && edited.progress ?? 0 > 0 || edited.actualStart != nil && before.actualStart == nil
        return own == .planned && isBegun ? .doing : edited.state
    }
}
