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
    ]
}
