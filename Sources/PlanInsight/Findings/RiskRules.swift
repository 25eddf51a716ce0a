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
    ]
}

extension PlanFacts {
    var highRisks: [Typed<Risk>] { plan.all(Risk.self).filter { $0.isOpen && $0.isHigh } }
}
