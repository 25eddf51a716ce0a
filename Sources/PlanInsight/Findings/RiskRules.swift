import PlanModel
import WorkingTime

extension PlanCheck {
    static let riskRules: [FindingRule] = [
        FindingRule(
            "D10-01", .error, Label("高风险没有责任人", "High risk without owner"),
            why: Label("没有人盯的高风险一定会让人措手不及。", "A high risk nobody watches comes as a surprise."),
            remedy: Label("指定一位责任人。", "Name an owner.")
        ) { facts, report in
            for risk in facts.highRisks where risk.owner == nil {
                report.found(
                    risk.id, "owner", "\(risk.id.short) 等级 \(risk.score ?? 0)，没有责任人。",
                    "\(risk.id.short) scores \(risk.score ?? 0) and has no owner.")
            }
        },
        FindingRule(
            "D10-02", .error, Label("高风险没有应对", "High risk without response"),
            why: Label("知道而不应对，等于接受最坏的结果。", "To know and do nothing is to accept the worst."),
            remedy: Label("选择规避、缓解、转移或接受，并写明措施。", "Choose avoid, mitigate, transfer or accept, and say what is done.")
        ) { facts, report in
            for risk in facts.highRisks
            where risk.response == nil || ((risk.measures ?? "").isEmpty && (risk.contingency ?? "").isEmpty) {
                report.found(
                    risk.id, "response", "\(risk.id.short) 等级 \(risk.score ?? 0)，没有应对措施。",
                    "\(risk.id.short) scores \(risk.score ?? 0) and nothing is done about it.")
            }
        },
        FindingRule(
            "D10-03", .warning, Label("高风险没有预警指标", "High risk without indicator"),
            why: Label("没有可以观察的指标，出事之前无法知道。", "Without something to watch it cannot be seen coming."),
            remedy: Label("写一个能提前看到的指标和阈值。", "Name an indicator and its threshold.")
        ) { facts, report in
            for risk in facts.highRisks where (risk.indicator ?? "").isEmpty {
                report.found(
                    risk.id, "indicator", "\(risk.id.short) 等级 \(risk.score ?? 0)，没有可以观察的指标。",
                    "\(risk.id.short) scores \(risk.score ?? 0) and has nothing to watch.")
            }
        },
        FindingRule(
            "D10-04", .warning, Label("风险久未复核", "Risk not looked at"),
            why: Label("风险会变，登记表不会自己更新。", "Risks change; registers do not."),
            remedy: Label("复核可能性与影响，更新「最近复核」。", "Judge it again and note the date.")
        ) { facts, report in
            for risk in facts.plan.all(Risk.self) where risk.isOpen {
                guard let seen = risk.lastReviewed ?? risk.raisedOn, let interval = risk.reviewDays, facts.today - seen > interval
                else { continue }
                report.found(
                    risk.id, "lastReviewed", "已 \(facts.today - seen) 天未复核，约定每 \(interval) 天一次。",
                    "Not looked at for \(facts.today - seen) days; agreed is every \(interval).")
            }
        },
        FindingRule(
            "D10-05", .warning, Label("应对没有降低风险", "Response does not lower the risk"),
            why: Label("应对前后等级相同，说明措施没有用或没有评估。", "The same score before and after says it does nothing, or was not judged."),
            remedy: Label("评估应对后的可能性与影响，或换一种应对。", "Judge it after the response, or choose another.")
        ) { facts, report in
            for risk in facts.highRisks where risk.response != nil && risk.response != .accept && risk.response != .monitor {
                if (risk.residualScore ?? 0) >= (risk.score ?? 0) {
                    report.found(
                        risk.id, "residualImpact", "应对前后都是 \(risk.score ?? 0)。", "It scores \(risk.score ?? 0) before and after.")
                }
            }
        },
        FindingRule(
            "D10-06", .warning, Label("风险没有评估", "Risk not judged"),
            why: Label("没有可能性与影响，就排不出先后。", "Without likelihood and impact there is no order."),
            remedy: Label("给出可能性与影响（1–5）。", "Give likelihood and impact, 1 to 5.")
        ) { facts, report in
            for risk in facts.plan.all(Risk.self) where risk.isOpen && risk.score == nil {
                report.found(risk.id, "likelihood", "\(risk.id.short) 没有可能性或影响。", "\(risk.id.short) lacks likelihood or impact.")
            }
        },
        FindingRule(
            "P11-01", .warning, Label("共同因素不起作用", "Common cause without effect"),
            why: Label(
                "只有至少两项不确定的工期或风险，相关才有意义；一项只能跟着一个因素。",
                "Correlation takes two uncertain durations or risks at least, and each can follow one cause alone."),
            remedy: Label(
                "给任务填写乐观与悲观工期，给风险填写概率；重复的只留在一处。",
                "Give tasks estimates and risks a probability; leave what is repeated in one place.")
        ) { facts, report in
            guard !facts.plan.all(CommonCause.self).isEmpty, let causes = UncertainQuestion(facts)?.causes else { return }
            for cause in facts.plan.all(CommonCause.self) {
                if let repeated = causes.repeated[cause.id], !repeated.isEmpty {
                    let names = repeated.map(\.short)
                    report.found(
                        cause.id, "tasks", "\(names.joined(separator: "、")) 已属于另一个共同因素。",
                        "\(names.joined(separator: ", ")) belong to another common cause already.")
                }
                if causes.counted[cause.id] ?? 0 < 2 {
                    report.found(
                        cause.id, "tasks", "其中只有 \(causes.counted[cause.id] ?? 0) 项是不确定的。",
                        "Only \(causes.counted[cause.id] ?? 0) of what it names is uncertain.")
                }
            }
        },
        FindingRule(
            "P11-02", .warning, Label("误工期不完整", "Season that says too little"),
            why: Label(
                "没有起止、概率或每月误工，模拟就不计它。", "Without its days, a probability and the time lost a month the simulation leaves it out."),
            remedy: Label("填写误工期的起止、发生概率和延误。", "Give the season's first and last day, a probability and a delay.")
        ) { facts, report in
            for risk in facts.plan.all(Risk.self) where risk.isOpen && (risk.seasonFrom != nil || risk.seasonUntil != nil) {
                if risk.season == nil || risk.likelyShare == nil || (risk.delay?.amount ?? 0) <= 0 {
                    report.found(
                        risk.id, risk.season == nil ? "seasonUntil" : risk.likelyShare == nil ? "probability" : "delay",
                        "\(risk.id.short) 的误工期缺少起止、概率或延误。", "The season of \(risk.id.short) lacks days, a probability or a delay."
                    )
                }
            }
        },
    ]
}

extension PlanFacts {
    var highRisks: [Typed<Risk>] { plan.all(Risk.self).filter { $0.isOpen && $0.isHigh } }
}
