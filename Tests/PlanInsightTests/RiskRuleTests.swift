import PlanInsight
import PlanModel
import Testing
import WorkingTime

@Suite("Rules for risks")
struct RiskRuleTests {
    @Test("a risk rule finds its fault and is content after the remedy", arguments: riskRuleCases)
    func rules(_ ruleCase: RuleCase) { hold(ruleCase) }
}

/// A risk of three times four, from which on a risk is high.
private func highRisk(_ editor: inout PlanEditor, _ body: (inout Typed<Risk>) -> Void = { _ in }) {
    editor.add(Risk.self) { risk in
        risk.title = "供应商延迟交付"
        risk.likelihood = 3
        risk.impact = 4
        body(&risk)
    }
}

let riskRuleCases: [RuleCase] = [
    RuleCase("D10-01") { editor in
        highRisk(&editor)
    } mend: { editor in
        editor.add(Person.self) { $0.name = "周敏" }
        editor.update(the("R-1"), as: Risk.self) { $0.owner = the("P-1") }
    },
    RuleCase("D10-01") { editor in
        highRisk(&editor)
    } mend: { editor in
        // Eleven or less is not high: nothing below twelve is asked for an owner.
        editor.update(the("R-1"), as: Risk.self) { $0.impact = 3 }
    },
    RuleCase("D10-02") { editor in
        highRisk(&editor) { $0.response = .mitigate }
    } mend: { editor in
        editor.update(the("R-1"), as: Risk.self) { $0.measures = "提前两周下单。" }
    },
    RuleCase("D10-03") { editor in
        highRisk(&editor)
    } mend: { editor in
        editor.update(the("R-1"), as: Risk.self) { $0.indicator = "发货通知晚于约定 3 天" }
    },
    RuleCase("D10-04") { editor in
        // Without another agreement a risk is judged again every 30 days; 15 May is 31 days ago.
        highRisk(&editor) { $0.lastReviewed = day("2026-05-15") }
    } mend: { editor in
        editor.update(the("R-1"), as: Risk.self) { $0.lastReviewed = day("2026-05-16") }
    },
    RuleCase("D10-05") { editor in
        highRisk(&editor) { $0.response = .mitigate }
    } mend: { editor in
        editor.update(the("R-1"), as: Risk.self) { $0.residualLikelihood = 2 }
    },
    RuleCase("D10-06") { editor in
        editor.add(Risk.self) { $0.title = "供应商延迟交付" }
    } mend: { editor in
        editor.update(the("R-1"), as: Risk.self) { risk in
            risk.likelihood = 1
            risk.impact = 2
        }
    },
    RuleCase("P11-01", .project) { editor in
        for number in 1...2 {
            editor.add(PlanTask.self) { task in
                task.title = "任务\(number)"
                task.duration = days(5)
                task.pessimistic = number == 1 ? days(8) : nil
            }
        }
        editor.add(CommonCause.self) { cause in
            cause.title = "同一供应商"
            cause.tasks = [the("T-1"), the("T-2")]
        }
    } mend: { editor in
        editor.update(the("T-2"), as: PlanTask.self) { $0.pessimistic = days(9) }
    },
    RuleCase("P11-02", .project) { editor in
        editor.add(Risk.self) { risk in
            risk.title = "雨季"
            risk.likelihood = 2
            risk.impact = 2
            risk.seasonFrom = day("2026-07-01")
            risk.delay = days(3)
        }
    } mend: { editor in
        editor.update(the("R-1"), as: Risk.self) { $0.seasonUntil = day("2026-08-31") }
    },
]
