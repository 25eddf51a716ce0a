import PlanModel
import Scheduling
import WorkingTime

/// What a task with negative float cannot be done in time for.
public struct LateFinishReason: Sendable, Hashable {
    /// The task that has the date; `nil` for the plan itself.
    public let task: RecordID?
    public let words: Label
}

extension PlanSchedule {
    /// For each open task with negative float the date it is too late for: a deadline or constraint of its own or of a task that
    /// follows, or the end of the plan.
    ///
    /// - Complexity: O(tasks) a chain of tasks that ends in the same date.
    public func reasonsForLateness(_ plan: Plan) -> [RecordID: LateFinishReason] {
        guard let schedule else { return [:] }
        var found: [RecordID: LateFinishReason] = [:]
        for (index, dates) in dates.enumerated() where dates.totalFloat < 0 && !dates.isSummary && !dates.isInactive {
            guard found[tasks[index].id] == nil else { continue }
            let chain = schedule.reasonsForLateFinish(of: index).filter { $0.activity < tasks.count }
            guard let last = chain.last else { continue }
            let reason = reason(last, plan)
            for step in chain where found[tasks[step.activity].id] == nil { found[tasks[step.activity].id] = reason }
        }
        return found
    }

    private func reason(_ step: ScheduleReason, _ plan: Plan) -> LateFinishReason {
        let task = tasks[step.activity]
        switch step.cause {
        case .deadline(let instant) where task.deadline.map { ($0 + 1).start } == instant:
            let date = Day(instant: instant - 1)
            return LateFinishReason(task: task.id, words: Label("截止日期 \(date)", "deadline \(date)"))
        case .deadline(let instant):
            let date = Day(instant: instant - 1)
            return LateFinishReason(task: nil, words: Label("计划的结束日期 \(date)", "the end of the plan on \(date)"))
        case .constraint:
            let label = task.constraint?.label ?? Label("", "")
            let date = task.constraintDate?.description ?? ""
            return LateFinishReason(task: task.id, words: Label("「\(label.zh)」\(date)", "“\(label.en)” \(date)"))
        case .manual:
            return LateFinishReason(task: task.id, words: Label("手工指定的日期", "the dates set by hand"))
        default:
            return LateFinishReason(
                task: task.id,
                words: Label("\(Day(instant: step.instant - 1)) 完成", "finishing by \(Day(instant: step.instant - 1))"))
        }
    }
}
