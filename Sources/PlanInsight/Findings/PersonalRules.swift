import PlanModel
import WorkingTime

extension PlanCheck {
    static let personalRules: [FindingRule] = [
        FindingRule(
            "G1-01", .warning, Label("策略没有连到目标", "Strategy without goal"),
            why: Label("不落到目标的策略不会有人执行。", "A strategy that leads to no goal is not carried out."),
            remedy: Label("选择它服务的目标。", "Choose the goal it serves.")
        ) { facts, report in
            for strategy in facts.plan.all(Strategy.self)
            where [.so, .wo, .st, .wt].contains(strategy.area) && (strategy.goals ?? []).isEmpty {
                report.found(
                    strategy.id, "goals", "「\(strategy.title ?? "")」没有连到目标。", "“\(strategy.title ?? "")” leads to no goal.")
            }
        },
        FindingRule(
            "G3-01", .warning, Label("定额没有完成", "Quota not met"),
            why: Label("连续两期落下，习惯就断了。", "Two periods missed and the habit is gone."),
            remedy: Label("补上这一期，或把数量调到做得到。", "Make it up, or lower it to what can be kept.")
        ) { facts, report in
            for commitment in facts.plan.all(Commitment.self) {
                guard let missed = commitment.standing(on: facts.today)?.missedRun, missed >= 2 else { continue }
                report.found(
                    commitment.id, "done", "「\(commitment.title ?? "")」已连续 \(missed) 期没有完成。",
                    "“\(commitment.title ?? "")” was missed \(missed) periods in a row.")
            }
        },
        FindingRule(
            "G5-01", .warning, Label("该联系了", "Time to be in touch"),
            why: Label("关系靠联系维持。", "Relations live by being in touch."),
            remedy: Label("联系后更新「最近联系」。", "Get in touch and note the date.")
        ) { facts, report in
            for contact in facts.plan.all(Contact.self) {
                guard let interval = contact.everyDays, let last = contact.lastContact, facts.today - last > interval else {
                    continue
                }
                report.found(
                    contact.id, "lastContact", "距上次联系 \(facts.today - last) 天，约定 \(interval) 天。",
                    "\(facts.today - last) days since the last contact; agreed is \(interval).")
            }
        },
        FindingRule(
            "G7-01", .warning, Label("读完没有笔记", "Read without notes"),
            why: Label("没有输出的阅读很快忘掉。", "What leaves no notes is soon forgotten."),
            remedy: Label("写几句读后笔记。", "Write a few lines.")
        ) { facts, report in
            for reading in facts.plan.all(Reading.self) where reading.state == .done && (reading.notes ?? "").isEmpty {
                report.found(reading.id, "notes", "《\(reading.title ?? "")》读完没有笔记。", "“\(reading.title ?? "")” has no notes.")
            }
        },
        FindingRule(
            "G9-01", .warning, Label("专注记录与任务日期不符", "Focus outside the task's dates"),
            why: Label("记到不在做的任务上，时间去向就不可信。", "Time booked on a task that is not under way tells nothing about where time goes."),
            remedy: Label("改选当时在做的任务，或更正任务的实际日期。", "Choose the task of that day, or correct the actual dates of the task.")
        ) { facts, report in
            for session in facts.plan.all(FocusSession.self) {
                guard let on = session.on, let task = session.task.flatMap({ facts.plan.record($0, as: PlanTask.self) }) else {
                    continue
                }
                let name = task.title ?? task.id.short
                if let finish = task.actualFinish, on > finish {
                    report.found(
                        session.id, "task", "\(on) 的专注记在「\(name)」上，它已于 \(finish) 完成。",
                        "The focus of \(on) is booked on “\(name)”, which was done on \(finish).")
                } else if task.actualStart.map({ on < $0 }) ?? (task.share == 0) {
                    report.found(
                        session.id, "task", "\(on) 的专注记在「\(name)」上，它那时还没有开始。",
                        "The focus of \(on) is booked on “\(name)”, which had not begun then.")
                }
            }
        },
    ]
}
