import PlanModel
import WorkingTime

extension PlanCheck {
    static let qualityRules: [FindingRule] = [
        FindingRule(
            "P14-01", .warning, Label("缺陷修复后没有回归", "Fixed defect not retested"),
            why: Label("没有回归的修复不算修复。", "A fix nobody retested is no fix."),
            remedy: Label("回归测试后填写日期。", "Retest it and note the date.")
        ) { facts, report in
            for defect in facts.plan.all(Defect.self) where defect.state == .fixed && defect.retestedOn == nil {
                guard let fixed = defect.fixedOn, facts.today - fixed > 3 else { continue }
                report.found(defect.id, "retestedOn", "\(fixed) 修复，尚未回归。", "Fixed on \(fixed), not retested.")
            }
        },
        FindingRule(
            "P14-02", .error, Label("致命缺陷无人处理", "Blocker nobody works on"),
            why: Label("致命缺陷会拦住所有后续测试。", "A blocker stops all further testing."),
            remedy: Label("立即指定负责人。", "Name an owner at once.")
        ) { facts, report in
            for defect in facts.plan.all(Defect.self)
            where defect.severity == .blocker && defect.owner == nil && (defect.state == .open || defect.state == .reopened) {
                report.found(
                    defect.id, "owner", "\(defect.id.short) 是致命缺陷，没有负责人。", "\(defect.id.short) is a blocker without owner.")
            }
        },
        FindingRule(
            "P15-01", .error, Label("验收标准未达到", "Acceptance criterion not met"),
            why: Label("没有达到标准就签署，等于放弃标准。", "Signing below the criterion gives it up."),
            remedy: Label("整改后复测，或由签署人书面豁免。", "Mend and measure again, or have it waived in writing.")
        ) { facts, report in
            for criterion in facts.plan.all(AcceptanceCriterion.self) {
                guard let wanted = criterion.wanted, let measured = criterion.measured else { continue }
                let isMet = criterion.direction == .down ? measured <= wanted : measured >= wanted
                if !isMet {
                    report.found(
                        criterion.id, "measured",
                        "标准 \(wanted.with(criterion.unit))，实测 \(measured.with(criterion.unit))。",
                        "Wanted \(wanted.plain) \(criterion.unit ?? ""), measured \(measured.plain).")
                }
            }
        },
        FindingRule(
            "P15-02", .warning, Label("验收没有签署人", "Acceptance without signatory"),
            why: Label("没有签署人的验收没有结论。", "Nobody concludes what nobody signs."),
            remedy: Label("指定签署人。", "Name who signs.")
        ) { facts, report in
            for criterion in facts.plan.all(AcceptanceCriterion.self) where criterion.signatory == nil {
                report.found(
                    criterion.id, "signatory", "「\(criterion.title ?? "")」没有签署人。", "Nobody signs “\(criterion.title ?? "")”.")
            }
        },
        FindingRule(
            "P16-02", .warning, Label("文档清单不全", "Documents missing"),
            why: Label("收尾时才发现缺文档，补起来最贵。", "Documents missed at the end cost the most."),
            remedy: Label("登记这份文档，或说明不需要。", "Register it, or say why it is not needed.")
        ) { facts, report in
            guard facts.plan.blueprint == .project, !facts.plan.records(.of(PlanDocument.self)).isEmpty else { return }
            let present = Set(facts.plan.all(PlanDocument.self).compactMap(\.kind))
            for kind in DocumentKind.allCases where kind != .other && !present.contains(kind) {
                report.found(nil, nil, "没有登记「\(kind.label.zh)」。", "“\(kind.label.en)” is not registered.")
            }
        },
    ]
}
