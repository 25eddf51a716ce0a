import PlanModel
import WorkingTime

extension PlanCheck {
    static let reviewRules: [FindingRule] = [
        FindingRule(
            "D12-01", .warning, Label("错过复盘", "Review missed"),
            why: Label("不复盘的计划几周就会失真。", "A plan without reviews goes stale within weeks."),
            remedy: Label("尽快补开，或记下实际日期。", "Hold it soon, or note when it was held.")
        ) { facts, report in
            for review in facts.plan.all(Review.self) {
                guard review.heldOn == nil, let due = review.due, due < facts.today else { continue }
                report.found(
                    review.id, "heldOn", "「\(review.title ?? "")」应于 \(due) 进行，已过 \(facts.today - due) 天。",
                    "“\(review.title ?? "")” was due on \(due), \(facts.today - due) days ago.")
            }
        },
        FindingRule(
            "D12-02", .warning, Label("调整没有落实", "Adjustment not carried out"),
            why: Label("说了不做的调整比不说更伤人心。", "Agreed and not done is worse than not agreed."),
            remedy: Label("修改计划并勾选「已落实」，或说明为什么不做。", "Change the plan and tick it, or say why not.")
        ) { facts, report in
            for adjustment in facts.plan.all(Adjustment.self) where adjustment.isApplied != true {
                guard let since = adjustment.effectiveOn, since < facts.today else { continue }
                report.found(adjustment.id, "isApplied", "应于 \(since) 生效，尚未落实。", "To take effect on \(since), not done yet.")
            }
        },
        FindingRule(
            "D12-03", .warning, Label("复盘没有结论", "Review without conclusion"),
            why: Label("只有事实没有结论，下次还会一样。", "Facts without a conclusion repeat themselves."),
            remedy: Label("写下结论或至少一条调整。", "Write a conclusion or an adjustment.")
        ) { facts, report in
            let adjusted = Set(facts.plan.all(Adjustment.self).compactMap(\.review))
            for review in facts.plan.all(Review.self)
            where review.heldOn != nil && (review.conclusion ?? "").isEmpty && !adjusted.contains(review.id) {
                report.found(
                    review.id, "conclusion", "「\(review.title ?? "")」没有结论与调整。",
                    "“\(review.title ?? "")” has neither conclusion nor adjustment.")
            }
        },
        FindingRule(
            "P12-01", .warning, Label("沟通安排不完整", "Communication incomplete"),
            why: Label("没有负责人或频率的沟通不会发生。", "Without owner or frequency it will not happen."),
            remedy: Label("填写对象、频率与负责人。", "Give audience, frequency and owner.")
        ) { facts, report in
            for item in facts.plan.all(Communication.self)
            where item.owner == nil || item.frequency == nil || (item.audience ?? "").isEmpty {
                report.found(
                    item.id, item.owner == nil ? "owner" : item.frequency == nil ? "frequency" : "audience",
                    "「\(item.title ?? "")」缺少对象、频率或负责人。", "“\(item.title ?? "")” lacks audience, frequency or owner.")
            }
        },
    ]
}
