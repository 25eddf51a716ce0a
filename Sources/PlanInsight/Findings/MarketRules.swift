import PlanModel
import WorkingTime

extension PlanCheck {
    static let marketRules: [FindingRule] = [
        FindingRule(
            "S3-01", .warning, Label("竞争对手信息不全", "Competitor not described"),
            why: Label("只有名字的对手无从比较。", "A name alone cannot be compared."),
            remedy: Label("补充份额、产品、价格与优劣势。", "Add share, product, price, strengths and weaknesses.")
        ) { facts, report in
            for competitor in facts.plan.all(Competitor.self)
            where competitor.isUs != true && (competitor.strengths ?? "").isEmpty && (competitor.weaknesses ?? "").isEmpty {
                report.found(
                    competitor.id, "strengths", "「\(competitor.name ?? "")」没有优势与劣势。",
                    "“\(competitor.name ?? "")” has neither strengths nor weaknesses.")
            }
        },
        FindingRule(
            "S4-01", .error, Label("销售目标分解之和不等于总目标", "Target parts do not add up"),
            why: Label("分解加不起来，总有一块没有人背。", "Where parts do not add up, a piece belongs to nobody."),
            remedy: Label("调整各产品、区域、渠道的目标，使其等于总目标。", "Adjust the parts to the total.")
        ) { facts, report in
            let sums = SalesSums(facts.plan, today: facts.today)
            guard let total = sums.totalTarget, let record = sums.total, sums.partsTarget > 0,
                abs(total - sums.partsTarget) > max(0.005, abs(total) * 1e-9)
            else { return }
            report.found(
                record, "target", "总目标 \(total.plain)，分解之和 \(sums.partsTarget.plain)，差 \((total - sums.partsTarget).plain)。",
                "Total \(total.plain), parts \(sums.partsTarget.plain), difference \((total - sums.partsTarget).plain).")
        },
        FindingRule(
            "S4-04", .error, Label("各部分的实际之和不等于总目标的实际", "Actual sales of the parts do not add up"),
            why: Label(
                "至今达成以各部分之和为准；总目标另写一个实际，读的人不知道信哪个。",
                "Attainment goes by the sum of the parts; where the total has other actual values, nobody knows which hold."),
            remedy: Label("补录漏掉的实际，或清空总目标的实际。", "Enter the actual values that are missing, or clear those of the total.")
        ) { facts, report in
            let sums = SalesSums(facts.plan, today: facts.today)
            guard let record = sums.total, let total = sums.totalToDate?.actual, sums.partsTarget > 0 || sums.toDate.actual > 0,
                abs(total - sums.toDate.actual) > max(0.005, abs(total) * 1e-9)
            else { return }
            let parts = sums.toDate.actual
            report.found(
                record, "actual", "总目标的实际至今 \(total.plain)，各部分之和 \(parts.plain)，差 \((total - parts).plain)。",
                "Actual to date of the total \(total.plain), of the parts \(parts.plain), difference \((total - parts).plain).")
        },
        FindingRule(
            "S4-02", .warning, Label("销售落后于目标", "Sales behind target"),
            why: Label("落后越久，追赶越难。", "The longer behind, the harder to catch up."),
            remedy: Label("查看是哪个产品、区域或渠道造成，调整资源。", "See which product, region or channel it is, and move resources.")
        ) { facts, report in
            for line in facts.plan.all(SalesTarget.self) where line.isTotal != true {
                let sum = SalesSums.toDate(line, today: facts.today)
                guard sum.target > 0, sum.actual / sum.target < 0.85 else { continue }
                report.found(
                    line.id, "actual", "至今达成 \((sum.actual / sum.target).percent)。",
                    "\((sum.actual / sum.target).percent) attained so far.")
            }
        },
        FindingRule(
            "S4-03", .error, Label("销售目标单位不一致", "Sales targets in different units"),
            why: Label("不同单位的数不能相加，差异也就算不出。", "Numbers in different units do not add up, and no difference can be told."),
            remedy: Label("把各条改成同一个单位。", "Give all of them one unit.")
        ) { facts, report in
            let lines = facts.plan.all(SalesTarget.self).filter { $0.unit != nil }
            guard let first = lines.first, let other = lines.first(where: { $0.unit != first.unit }) else { return }
            report.found(
                other.id, "unit", "「\(other.title ?? "")」用\(other.unit ?? "")，「\(first.title ?? "")」用\(first.unit ?? "")。",
                "“\(other.title ?? "")” is in \(other.unit ?? ""), “\(first.title ?? "")” in \(first.unit ?? "").")
        },
        FindingRule(
            "S6-01", .error, Label("漏斗下一级比上一级多", "Funnel widens"),
            why: Label("后一阶段比前一阶段多，说明口径或数据有误。", "More in a later stage means the definition or the data is wrong."),
            remedy: Label("核对两级的口径与数量。", "Check definition and counts of both stages.")
        ) { facts, report in
            let stages = facts.plan.all(FunnelStage.self)
            for (upper, lower) in zip(stages, stages.dropFirst()) {
                guard let above = upper.counts?.total, let below = lower.counts?.total, below > above else { continue }
                report.found(
                    lower.id, "counts",
                    "「\(lower.title ?? "")」\(below.plain)，多于「\(upper.title ?? "")」\(above.plain)：单月可能是前期积压转入，累计也多就是口径不同。",
                    "“\(lower.title ?? "")” has \(below.plain), “\(upper.title ?? "")” before it \(above.plain): in a month what waited may come in, but in all it means different definitions."
                )
            }
        },
        FindingRule(
            "S11-01", .warning, Label("营销活动要素不全", "Campaign incomplete"),
            why: Label("没有负责人、预算或目标的活动办不成也评不了。", "Without owner, budget or target it can be neither run nor judged."),
            remedy: Label("补上负责人、预算与目标。", "Add owner, budget and target.")
        ) { facts, report in
            for campaign in facts.plan.all(Campaign.self) where campaign.state != .dropped {
                let missing = [
                    (campaign.owner == nil, "owner", Label("负责人", "owner")),
                    (campaign.budget == nil, "budget", Label("预算", "budget")),
                    ((campaign.target ?? "").isEmpty, "target", Label("目标", "target")),
                ].filter(\.0)
                guard let first = missing.first else { continue }
                report.found(
                    campaign.id, first.1, "「\(campaign.title ?? "")」缺少\(missing.map(\.2.zh).joined(separator: "、"))。",
                    "“\(campaign.title ?? "")” lacks \(missing.map(\.2.en).joined(separator: ", ")).")
            }
        },
        FindingRule(
            "S17-01", .warning, Label("活动结束没有效果数据", "Campaign without results"),
            why: Label("不记效果，下次还会把钱花在没用的地方。", "Without results the next money goes where the last was wasted."),
            remedy: Label("填写线索、成交与带来的收入。", "Enter leads, deals and revenue.")
        ) { facts, report in
            for campaign in facts.plan.all(Campaign.self)
            where campaign.state != .dropped && campaign.leads == nil && campaign.revenue == nil
                && (campaign.spent?.units ?? 0) > 0
            {
                guard let finish = campaign.finish ?? campaign.start, facts.today - finish > 30 else { continue }
                report.found(
                    campaign.id, "revenue", "「\(campaign.title ?? "")」结束 \(facts.today - finish) 天，没有效果数据。",
                    "“\(campaign.title ?? "")” ended \(facts.today - finish) days ago, without results.")
            }
        },
        FindingRule(
            "S12-01", .warning, Label("按部分计提的激励算在了全部上", "Incentive for a part reckoned on the whole"),
            why: Label("规则说的是一部分，按全部销售计提就付错了钱。", "A rule about a part pays the wrong amount when reckoned on all sales."),
            remedy: Label(
                "选「计提依据」，或在「分别计提」中选按区域、产品或渠道。",
                "Choose what it is reckoned on, or that it is reckoned by region, product or channel.")
        ) { facts, report in
            let lines = facts.plan.all(SalesTarget.self).filter { $0.isTotal != true }
            let parts = IncentiveShare.allCases.map { share in
                (share: share, names: Set(lines.map { share.name(of: $0, in: facts.plan) }).subtracting([""]))
            }.filter { $0.names.count > 1 }
            for incentive in facts.plan.all(Incentive.self)
            where (incentive.rate ?? 0) > 0 && incentive.share == nil && (incentive.basis ?? []).isEmpty {
                let said = "\(incentive.title ?? "") \(incentive.rule ?? "")"
                let named = parts.flatMap { part in
                    part.names.sorted().filter(said.contains) + [part.share.noun.zh, part.share.noun.en].filter(said.contains)
                }
                guard let part = named.first else { continue }
                report.found(
                    incentive.id, "share", "规则提到「\(part)」，却按全部销售计提。",
                    "The rule speaks of “\(part)”, but is reckoned on all sales.")
            }
        },
    ]
}
