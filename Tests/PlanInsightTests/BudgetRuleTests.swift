import PlanInsight
import PlanModel
import Testing
import WorkingTime

@Suite("Rules for the budget")
struct BudgetRuleTests {
    @Test("a budget rule finds its fault and is content after the remedy", arguments: budgetRuleCases)
    func rules(_ ruleCase: RuleCase) { hold(ruleCase) }

    @Test("a group of lines waits for no decision of its own, but shows one that was taken")
    func groups() throws {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .department))
        let group = editor.add(BudgetLine.self) { $0.title = "人力" }
        let part = editor.add(BudgetLine.self, in: group) { $0.title = "招聘" }
        let field = try #require(Kind.of(BudgetLine.self).field("decision"))
        func decision(_ id: RecordID) throws -> Value? {
            let facts = try #require(PlanFacts(planKey, in: Workspace(plans: [editor.plan]), today: day("2026-07-08")))
            return facts.value(field, of: try #require(facts.plan.record(id)))
        }
        #expect(try decision(group) == nil && decision(part) == .choice("open"))
        editor.update(group, as: BudgetLine.self) { $0.decision = .approved }
        #expect(try decision(group) == .choice("approved"))
    }

    @Test("amounts in another currency are in no sum, and those that are left out are known")
    func otherCurrency() throws {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .department))
        line(&editor, "服务器", planned: 500)
        line(&editor, "海外许可", planned: 0) { $0.planned = Money(units: 10_000_000, currency: Currency("USD")!) }
        book(&editor, .payment, 3)
        editor.update(the("X-1"), as: Spending.self) { $0.amount = Money(units: 10_000, currency: Currency("EUR")!) }
        let totals = BudgetTotals(editor.plan)
        #expect(totals.total.planned == yuan(500) && totals.total.actual.units == 0)
        #expect(totals.leftOut == [the("B-2"), the("X-1")])
        editor.set(editor.plan.header.id, "currency", .text("USD"))
        let changed = BudgetTotals(editor.plan)
        #expect(changed.total.planned == Money(units: 10_000_000, currency: Currency("USD")!))
        #expect(changed.leftOut == [the("B-1"), the("X-1")])
        let facts = try #require(PlanFacts(planKey, in: Workspace(plans: [editor.plan]), today: day("2026-07-08")))
        let found = facts.findings.filter { $0.code == "D8-09" }
        #expect(Set(found.compactMap(\.record)) == changed.leftOut, "\(found.map(\.reason.en))")
    }

    @Test("amounts at the limit, and many of them, are reckoned with")
    func largest() throws {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .project))
        let most = Money(units: 8_990_000_000_000_000_000, currency: .yuan)
        let group = editor.add(BudgetLine.self) { line in
            line.title = "合计"
            line.planned = Money(units: -most.units, currency: .yuan)
        }
        for category in [BudgetCategory.reserve, .reserve, .other] {
            editor.add(BudgetLine.self, in: group) { line in
                line.title = "分项"
                line.category = category
                (line.planned, line.approved, line.actual, line.committed) = (most, most, most, most)
            }
        }
        for number in 0..<3 {
            editor.add(Spending.self) { spending in
                (spending.title, spending.amount, spending.on) = ("支出 \(number)", most, day("2026-06-10"))
            }
        }
        let facts = try #require(PlanFacts(planKey, in: Workspace(plans: [editor.plan]), today: day("2026-06-15")))
        #expect(!facts.findings.isEmpty)
    }
}

/// One line of the budget, planned and approved alike.
private func line(
    _ editor: inout PlanEditor, _ title: String, planned: Int64, _ body: (inout Typed<BudgetLine>) -> Void = { _ in }
) {
    editor.add(BudgetLine.self) { line in
        line.title = title
        line.planned = yuan(planned)
        body(&line)
    }
}

/// An entry against the first line.
private func book(_ editor: inout PlanEditor, _ kind: SpendingKind, _ amount: Int64) {
    editor.add(Spending.self) { spending in
        spending.title = "支出"
        spending.line = the("B-1")
        spending.kind = kind
        spending.amount = yuan(amount)
    }
}

let budgetRuleCases: [RuleCase] = [
    RuleCase("D8-01") { editor in
        line(&editor, "差旅费", planned: 10_000) { line in
            line.approved = yuan(8_000)
            line.actual = yuan(8_001)
        }
    } mend: { editor in
        editor.update(the("B-1"), as: BudgetLine.self) { $0.approved = yuan(9_000) }
    },
    RuleCase("D8-02") { editor in
        line(&editor, "差旅费", planned: 10_000) { line in
            line.actual = yuan(6_000)
            line.forecast = yuan(12_000)
        }
    } mend: { editor in
        editor.update(the("B-1"), as: BudgetLine.self) { $0.forecast = yuan(10_000) }
    },
    RuleCase("D8-03") { editor in
        line(&editor, "差旅费", planned: 10_000)
        editor.add(Spending.self) { spending in
            spending.title = "出差"
            spending.line = the("B-1")
            spending.kind = .payment
            spending.amount = yuan(500)
        }
    } mend: { editor in
        editor.update(the("B-1"), as: BudgetLine.self) { $0.decision = .approved }
    },
    RuleCase("D8-04") { editor in
        editor.add(Person.self) { $0.name = "周敏" }
        editor.add(Person.self) { $0.name = "李强" }
        line(&editor, "差旅费", planned: 10_000) { line in
            line.requester = the("P-1")
            line.approver = the("P-1")
        }
        editor.add(Spending.self) { spending in
            spending.title = "出差"
            spending.by = the("P-2")
            spending.approver = the("P-2")
        }
    } mend: { editor in
        editor.update(the("B-1"), as: BudgetLine.self) { $0.approver = the("P-2") }
        editor.update(the("X-1"), as: Spending.self) { $0.approver = the("P-1") }
    },
    RuleCase("D8-07") { editor in
        line(&editor, "搬迁", planned: 100_000) { $0.actual = yuan(35_000) }
        book(&editor, .payment, 50_000)
    } mend: { editor in
        editor.update(the("B-1"), as: BudgetLine.self) { $0.actual = nil }
    },
    RuleCase("D8-08") { editor in
        line(&editor, "培训", planned: 10_000) { $0.approved = yuan(10_000) }
        book(&editor, .payment, 8_000)
        book(&editor, .commitment, 5_000)
    } mend: { editor in
        editor.update(the("X-2"), as: Spending.self) { $0.amount = yuan(2_000) }
    },
    RuleCase("D8-09") { editor in
        line(&editor, "海外许可", planned: 100) { $0.forecast = Money(units: 10_000, currency: Currency("USD")!) }
    } mend: { editor in
        editor.update(the("B-1"), as: BudgetLine.self) { $0.forecast = yuan(100) }
    },
    RuleCase("D8-05") { editor in
        line(&editor, "软硬件", planned: 10_000)
        for amount: Int64 in [6_000, 3_000] {
            editor.add(BudgetLine.self, in: the("B-1")) { line in
                line.title = "分项"
                line.planned = yuan(amount)
            }
        }
    } mend: { editor in
        editor.update(the("B-3"), as: BudgetLine.self) { $0.planned = yuan(4_000) }
    },
    RuleCase("D8-06", .project) { editor in
        line(&editor, "开发", planned: 100_000)
        for (taken, budget) in [("2026-02-01", Int64(100_000)), ("2026-05-01", 145_000)] {
            editor.add(Baseline.self) { baseline in
                baseline.title = "基线"
                baseline.takenOn = day(taken)
                baseline.budget = yuan(budget)
            }
        }
    } mend: { editor in
        line(&editor, "变更增加的推送", planned: 45_000)
    },
    RuleCase("P9-01", .project) { editor in
        line(&editor, "开发", planned: 100_000)
    } mend: { editor in
        line(&editor, "应急储备", planned: 10_000) { $0.isReserve = true }
    },
    RuleCase("P9-02", .project) { editor in
        line(&editor, "应急储备", planned: 10_000) { line in
            line.category = .reserve
            line.actual = yuan(8_000)
        }
    } mend: { editor in
        editor.update(the("B-1"), as: BudgetLine.self) { $0.planned = yuan(12_000) }
    },
    RuleCase("P9-03", .project) { editor in
        line(&editor, "应急储备", planned: 20_000) { ($0.isReserve, $0.actual) = (true, yuan(5_000)) }
        editor.add(PlanTask.self) { ($0.title, $0.duration) = ("开发", days(5)) }
        editor.add(Risk.self) { ($0.title, $0.probability, $0.cost) = ("供货中断", 0.5, yuan(18_000)) }
    } mend: { editor in
        // 18,000 left: as much as the risk may cost.
        editor.update(the("B-1"), as: BudgetLine.self) { $0.actual = yuan(2_000) }
    },
    RuleCase("S14-01", .sales) { editor in
        line(&editor, "市场费用", planned: 10_000)
        for amount: Int64 in [6_000, 5_000] {
            editor.add(Campaign.self) { campaign in
                campaign.title = "促销"
                campaign.budget = yuan(amount)
            }
        }
    } mend: { editor in
        editor.update(the("CA-2"), as: Campaign.self) { $0.budget = yuan(4_000) }
    },
]
