import PlanModel
import Scheduling
import WorkingTime

/// One step of the answer to 「为什么排在这里?」: what holds a task to its start.
public struct StartReason: Sendable, Hashable {
    public let task: RecordID
    /// The first day of the task.
    public let start: Day
    public let words: Label
    /// The predecessor that holds it; the next step is about that.
    public let predecessor: RecordID?
}

extension PlanSchedule {
    /// The chain of what holds a task, from the task back to a date that nothing else explains. Empty for unknown tasks.
    ///
    /// - Complexity: O(chain × predecessors).
    public func reasonsForStart(of task: RecordID) -> [StartReason] {
        guard let schedule, let position = position(of: task) else { return [] }
        return schedule.reasonsForStart(of: position).map { reason in
            let id = self.task(at: reason.activity).id
            return StartReason(
                task: id, start: self[id]?.start ?? Day(instant: reason.instant), words: words(reason, schedule),
                predecessor: predecessor(reason, schedule))
        }
    }

    private func predecessor(_ reason: ScheduleReason, _ schedule: Schedule) -> RecordID? {
        guard case .link(let index) = reason.cause else { return nil }
        return self.task(at: schedule.network.links[index].predecessor).id
    }

    private func words(_ reason: ScheduleReason, _ schedule: Schedule) -> Label {
        switch reason.cause {
        case .link(let index): return words(schedule.network.links[index])
        case .networkStart: return Label("计划从这一天开始，没有别的事拦着它。", "The plan starts on this day; nothing else holds it.")
        case .networkFinish: return Label("它可以晚到计划结束。", "It may slip until the end of the plan.")
        case .constraint(let constraint): return constraint.words
        case .deadline(let instant): return Label("截止日期 \(Day(instant: instant - 1))。", "Deadline \(Day(instant: instant - 1)).")
        case .actual where tasks[reason.activity].actualStart == nil && tasks[reason.activity].actualFinish == nil:
            return Label(
                "已经开始或完成，但没有记录日期：算作计划里的日子，最晚到数据截至日。",
                "It is begun or done without recorded days: taken to be where the plan had it, up to the status date.")
        case .actual: return Label("已经实际开始，过去的日期不再变。", "It has started; the past does not move.")
        case .manual where reason.activity >= tasks.count:
            let task = self.task(at: reason.activity)
            return Label(
                "「\(task.title ?? "")」在计划 \(task.id.plan) 里，日期以那份计划为准。",
                "“\(task.title ?? "")” belongs to the plan \(task.id.plan), which decides its dates.")
        case .manual: return Label("日期是手工指定的。", "A person put it there.")
        case .statusDate(let instant):
            return Label(
                "还没开始，只能排在数据截至日 \(Day(instant: instant - 1)) 之后。",
                "It has not begun, so it lies after the status date \(Day(instant: instant - 1)).")
        case .levellingDelay(let minutes):
            let days = (Double(minutes) / 1440).plain
            return Label("资源平衡让它推迟了 \(days) 个自然日。", "Levelling holds it back by \(days) calendar days.")
        case .asLateAsPossible: return Label("设为越晚越好，排在不耽误后续任务的最晚时间。", "As late as possible without delaying what follows.")
        case .summary(let index):
            let id = tasks[index].id
            return Label(
                "它属于 \(id.short)「\(tasks[index].title ?? "")」，受其前置任务约束。",
                "It is part of \(id.short) “\(tasks[index].title ?? "")”, which its predecessors hold.")
        }
    }

    private func words(_ link: Scheduling.Link) -> Label {
        let predecessor = task(at: link.predecessor)
        let name = link.predecessor < tasks.count ? predecessor.id.short : predecessor.id.description
        let title = predecessor.title ?? ""
        let (zh, en) =
            switch link.kind {
            case .finishToStart: ("完成后才能开始", "must finish first")
            case .startToStart: ("开始后才能开始", "must start first")
            case .finishToFinish: ("完成后才能完成", "must finish before it finishes")
            case .startToFinish: ("开始后才能完成", "must start before it finishes")
            }
        let lag = calendars.words(link.lag)
        return Label("等 \(name)「\(title)」\(zh)\(lag.zh)。", "\(name) “\(title)” \(en)\(lag.en).")
    }
}

extension DateConstraint {
    fileprivate var words: Label {
        func first(_ instant: Int) -> Day { Day(instant: instant) }
        func last(_ instant: Int) -> Day { Day(instant: instant - 1) }
        return switch self {
        case .asSoonAsPossible: Label("越早越好。", "As soon as possible.")
        case .asLateAsPossible: Label("越晚越好。", "As late as possible.")
        case .mustStartOn(let date): Label("必须在 \(first(date)) 开始。", "It must start on \(first(date)).")
        case .mustFinishOn(let date): Label("必须在 \(last(date)) 完成。", "It must finish on \(last(date)).")
        case .startNoEarlierThan(let date): Label("不得早于 \(first(date)) 开始。", "It starts no earlier than \(first(date)).")
        case .startNoLaterThan(let date): Label("不得晚于 \(first(date)) 开始。", "It starts no later than \(first(date)).")
        case .finishNoEarlierThan(let date): Label("不得早于 \(last(date)) 完成。", "It finishes no earlier than \(last(date)).")
        case .finishNoLaterThan(let date): Label("不得晚于 \(last(date)) 完成。", "It finishes no later than \(last(date)).")
        }
    }
}

extension PlanCalendars {
    /// ` + 2 天` after a relation; empty for none.
    fileprivate func words(_ lag: Scheduling.Lag) -> Label {
        switch lag {
        case .working(0), .elapsed(0): return Label("", "")
        case .working(let minutes):
            let days = days(abs(minutes)).plain
            return minutes > 0
                ? Label("，再等 \(days) 个工作日", ", then \(days) working \(days == "1" ? "day passes" : "days pass")")
                : Label("，可提前 \(days) 个工作日", ", with a lead of \(days) working \(days == "1" ? "day" : "days")")
        case .elapsed(let minutes):
            let days = (Double(abs(minutes)) / 1440).plain
            return minutes > 0
                ? Label("，再等 \(days) 个自然日", ", then \(days) calendar \(days == "1" ? "day passes" : "days pass")")
                : Label("，可提前 \(days) 个自然日", ", with a lead of \(days) calendar \(days == "1" ? "day" : "days")")
        case .percent(let percent), .elapsedPercent(let percent):
            return Label("，再等其工期的 \(percent.plain)%", ", then \(percent.plain)% of its duration passes")
        }
    }
}
