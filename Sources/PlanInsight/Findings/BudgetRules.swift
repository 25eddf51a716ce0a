import PlanModel
import WorkingTime

extension PlanCheck {
    static let budgetRules: [FindingRule] = [
        FindingRule(
            "D8-01", .error, Label("已超支", "Overspent"),
            why: Label("超出批准的钱要么补批，要么停花。", "Money beyond approval needs approval or an end."),
            remedy: Label("申请追加，或从其他项目调剂。", "Request more, or move money from another line.")
        ) { facts, report in
            for line in facts.leafBudget {
                guard let row = facts.budget.lines[line.id] else { continue }
                let limit = row.approved.units > 0 ? row.approved : row.planned
                if limit.units > 0, row.actual.units > limit.units {
                    report.found(
                        line.id, "actual",
                        "已花 \(DisplayText.amount(row.actual))，\(row.approved.units > 0 ? "批准" : "计划") \(DisplayText.amount(limit))。",
                        "Spent \(DisplayText.amount(row.actual)) of \(DisplayText.amount(limit)) \(row.approved.units > 0 ? "approved" : "planned")."
                    )
                }
            }
        },
        FindingRule(
            "D8-02", .warning, Label("预测将超支", "Forecast to overspend"),
            why: Label("提前知道，还有时间省。", "Known early, it can still be saved."),
            remedy: Label("压缩后续支出，或提前申请追加。", "Cut what is still to come, or request more in time.")
        ) { facts, report in
            for line in facts.leafBudget {
                guard let row = facts.budget.lines[line.id] else { continue }
                let limit = row.approved.units > 0 ? row.approved : row.planned
                if limit.units > 0, row.forecast.units > limit.units, row.bound.units <= limit.units {
                    report.found(
                        line.id, "forecast",
                        "预测 \(DisplayText.amount(row.forecast))，\(row.approved.units > 0 ? "批准" : "计划") \(DisplayText.amount(limit))。",
                        "Forecast \(DisplayText.amount(row.forecast)) against \(DisplayText.amount(limit)) \(row.approved.units > 0 ? "approved" : "planned")."
                    )
                }
            }
        },
        FindingRule(
            "D8-03", .error, Label("未经批准的支出", "Spent without approval"),
            why: Label("未批先花违反财务纪律。", "Spending before approval breaks the rules."),
            remedy: Label("补办审批，写明缘由。", "Have it approved, with the reason.")
        ) { facts, report in
            for line in facts.leafBudget {
                guard let row = facts.budget.lines[line.id], row.actual.units > 0, line.decision != .approved,
                    line.approved == nil
                else { continue }
                report.found(
                    line.id, "decision", "已花 \(DisplayText.amount(row.actual))，审批状态为\((line.decision ?? .open).label.zh)。",
                    "Spent \(DisplayText.amount(row.actual)), approval: \((line.decision ?? .open).label.en.lowercased()).")
            }
        },
        FindingRule(
            "D8-04", .error, Label("自己批准自己的申请", "Approver approves their own request"),
            why: Label("申请与审批必须分开。", "Request and approval must be two people."),
            remedy: Label("改由另一位有权限的人审批。", "Have somebody else approve it.")
        ) { facts, report in
            for line in facts.plan.all(BudgetLine.self) where line.requester != nil && line.requester == line.approver {
                report.found(
                    line.id, "approver", "\(line.id.short) 的申请人与审批人是同一人。",
                    "Requester and approver of \(line.id.short) are the same.")
            }
            for spending in facts.plan.all(Spending.self) where spending.by != nil && spending.by == spending.approver {
                report.found(
                    spending.id, "approver", "\(spending.id.short) 的经办人与审批人是同一人。",
                    "\(spending.id.short) was spent and approved by the same person.")
            }
        },
        FindingRule(
            "D8-06", .warning, Label("预算与最新基线不符", "Budget unlike the newest baseline"),
            why: Label(
                "批准的总额只有一个；两处各说一个，读的人不知道信哪个。", "One total was approved; told twice and otherwise, nobody knows which holds."),
            remedy: Label(
                "把变更的金额列入预算，或更正基线的预算总额。", "Enter what the change costs in the budget, or correct the baseline's budget.")
        ) { facts, report in
            let newest = facts.plan.all(Baseline.self).filter { $0.budget != nil }.max {
                ($0.takenOn ?? Day(number: 0), $0.id.number) < ($1.takenOn ?? Day(number: 0), $1.id.number)
            }
            let total = facts.budget.total
            guard let newest, let budget = newest.budget, total.planned.units > 0, budget != total.planned,
                budget != total.approved
            else { return }
            report.found(
                newest.id, "budget",
                "最新基线的预算总额为 \(DisplayText.amount(budget))，预算表合计计划 \(DisplayText.amount(total.planned))、批准 \(DisplayText.amount(total.approved))。",
                "The newest baseline has \(DisplayText.amount(budget)); the budget comes to \(DisplayText.amount(total.planned)) planned and \(DisplayText.amount(total.approved)) approved."
            )
        },
        FindingRule(
            "D8-07", .error, Label("填写的金额与登记的支出不符", "Amount entered unlike what is booked"),
            why: Label(
                "登记了支出的预算项以登记的为准；填写的是另一个数，读的人不知道信哪个。",
                "What is booked counts; where something else is entered, nobody knows which holds."),
            remedy: Label("补登漏掉的支出，或清空填写的金额。", "Book what is missing, or clear the amount entered.")
        ) { facts, report in
            for line in facts.leafBudget {
                guard let row = facts.budget.lines[line.id], let booked = facts.budget.booked[line.id] else { continue }
                for (field, name, entered, counted) in [
                    ("actual", Label("实际", "Actual"), line.actual, row.actual),
                    ("committed", Label("已承诺", "Committed"), line.committed, row.committed),
                ] {
                    guard booked.contains(field), let entered, entered != counted else { continue }
                    report.found(
                        line.id, field,
                        "\(name.zh)填写 \(DisplayText.amount(entered))，登记的支出合计 \(DisplayText.amount(counted))。",
                        "\(name.en): \(DisplayText.amount(entered)) entered, \(DisplayText.amount(counted)) booked.")
                }
            }
        },
        FindingRule(
            "D8-08", .error, Label("已付与已承诺超出批准", "Paid and committed beyond approval"),
            why: Label(
                "承诺迟早要付；批准的钱不够付，就已经超了。", "A commitment has to be paid; where approval does not cover it, it is overspent already."
            ),
            remedy: Label(
                "申请追加，或撤销承诺；已经付清的承诺要删去，以免重复计算。",
                "Request more, or withdraw commitments; delete those that are paid, so that they do not count twice.")
        ) { facts, report in
            for line in facts.leafBudget {
                guard let row = facts.budget.lines[line.id] else { continue }
                let limit = row.approved.units > 0 ? row.approved : row.planned
                guard limit.units > 0, row.actual.units <= limit.units, row.bound.units > limit.units else { continue }
                report.found(
                    line.id, "committed",
                    "已付 \(DisplayText.amount(row.actual))，已承诺 \(DisplayText.amount(row.committed))，\(row.approved.units > 0 ? "批准" : "计划") \(DisplayText.amount(limit))。",
                    "Paid \(DisplayText.amount(row.actual)) and committed \(DisplayText.amount(row.committed)), \(row.approved.units > 0 ? "approved" : "planned") \(DisplayText.amount(limit))."
                )
            }
        },
        FindingRule(
            "D8-09", .warning, Label("金额不是计划的币种", "Amount in another currency"),
            why: Label(
                "合计只算计划的币种；另一币种的金额不在任何合计、对比与预测之中。",
                "Sums are in the plan's currency; an amount in another is in no sum, comparison or forecast."),
            remedy: Label(
                "折算成计划的币种填写；若改过计划的币种，逐一改写金额，或改回原来的币种。",
                "Enter it in the plan's currency; where that was changed, enter the amounts anew or change it back.")
        ) { facts, report in
            let currency = facts.plan.currency
            for kind in facts.plan.kinds where kind.fields.contains(where: { $0.type == .money }) {
                for record in facts.plan.records(kind) {
                    for (field, amount) in record.amounts(besides: currency) {
                        report.found(
                            record.id, field.key,
                            "「\(field.label.zh)」为 \(DisplayText.sum(amount, .chinese))，计划的币种是\(currency.name(in: .chinese))。",
                            "“\(field.label.en)” is \(DisplayText.sum(amount, .english)); the plan is in \(currency.name(in: .english))."
                        )
                    }
                }
            }
        },
        FindingRule(
            "D8-05", .error, Label("预算分项之和不等于合计", "Budget parts do not add up"),
            why: Label("加不起来的预算没有人敢用。", "Nobody can use a budget that does not add up."),
            remedy: Label("改正分项或合计。", "Correct the parts or the sum.")
        ) { facts, report in
            for line in facts.plan.all(BudgetLine.self) {
                let parts = facts.plan.children(of: line.id, .of(BudgetLine.self)).compactMap { Typed<BudgetLine>($0)?.planned }
                guard let whole = line.planned, !parts.isEmpty else { continue }
                let sum = parts.reduce(Money.zero(whole.currency)) { $0.adding($1) ?? $0 }
                if sum.units != whole.units {
                    let rest = whole.adding(Money(units: -sum.units, currency: sum.currency)) ?? whole
                    report.found(
                        line.id, "planned",
                        "合计 \(DisplayText.amount(whole))，分项之和 \(DisplayText.amount(sum))，差 \(DisplayText.amount(rest))。",
                        "Sum \(DisplayText.amount(whole)), parts \(DisplayText.amount(sum)).")
                }
            }
        },
        FindingRule(
            "P9-01", .warning, Label("没有应急储备", "No contingency reserve"),
            why: Label("没有储备的预算经不起任何风险发生。", "A budget without reserve survives no risk."),
            remedy: Label("留出 10%–15% 的应急储备。", "Set aside a reserve of 10% to 15%.")
        ) { facts, report in
            guard facts.plan.blueprint == .project, facts.budget.total.planned.units > 0, facts.budget.reserve.units == 0 else {
                return
            }
            report.found(
                nil, nil, "预算共 \(DisplayText.amount(facts.budget.total.planned))，没有应急储备。",
                "The budget of \(DisplayText.amount(facts.budget.total.planned)) has no reserve.")
        },
        FindingRule(
            "P9-02", .warning, Label("应急储备即将用尽", "Reserve nearly used up"),
            why: Label("储备用尽之后，每个风险都会变成超支。", "With the reserve gone every risk is an overrun."),
            remedy: Label("控制动用，或申请补充。", "Draw less, or request more.")
        ) { facts, report in
            let (reserve, drawn) = (facts.budget.reserve, facts.budget.reserveDrawn)
            guard reserve.units > 0, drawn.approximate >= reserve.approximate * 0.8 else { return }
            report.found(
                nil, nil, "储备 \(DisplayText.amount(reserve))，已动用 \(DisplayText.amount(drawn))。",
                "\(DisplayText.amount(drawn)) of \(DisplayText.amount(reserve)) has been drawn.")
        },
        FindingRule(
            "P9-03", .warning, Label("剩余储备不够", "What is left of the reserve is too little"),
            why: Label(
                "剩下的储备盖不住可能发生的超支，账面上却还看不出来。",
                "What is left doesn't cover the overruns that may come, though the books don't show it yet."),
            remedy: Label("申请补充储备，落实风险应对，或削减余下的工作。", "Ask for more, carry out the responses to risks, or cut what is left to do.")
        ) { facts, report in
            guard let cover = facts.roughReserveCover, cover.isClearlyTooLittle else { return }
            let (left, wanted) = (facts.amount(cover.left), DisplayText.percent(cover.wanted))
            report.found(
                nil, nil, "应急储备还剩 \(left)，粗略模拟够用的把握\(cover.share.zh)，低于所要的 \(wanted)。",
                "\(left) of the reserve is left; roughly simulated, it suffices with \(cover.share.en) confidence, below the \(wanted) wanted."
            )
        },
        FindingRule(
            "S14-01", .warning, Label("活动预算超出预算总额", "Activities cost more than the budget"),
            why: Label("活动排得再好，没有钱也办不成。", "Good activities need money."),
            remedy: Label("削减活动，或追加预算。", "Cut activities, or raise the budget.")
        ) { facts, report in
            let currency = facts.plan.currency
            let activities = facts.plan.all(Campaign.self).compactMap(\.budget).filter { $0.currency == currency }.reduce(
                Money.zero(currency)
            ) { $0.adding($1) ?? $0 }
            guard facts.plan.blueprint == .sales, facts.budget.total.planned.units > 0,
                activities.units > facts.budget.total.planned.units
            else { return }
            report.found(
                nil, nil, "活动预算合计 \(DisplayText.amount(activities))，预算总额 \(DisplayText.amount(facts.budget.total.planned))。",
                "Activities come to \(DisplayText.amount(activities)), the budget to \(DisplayText.amount(facts.budget.total.planned))."
            )
        },
    ]
}

extension PlanFacts {
    /// Budget lines that have no lines within them.
    var leafBudget: [Typed<BudgetLine>] { plan.all(BudgetLine.self).filter { !plan.hasChildren($0.record) } }
}
