import PlanInsight
import PlanModel
import Testing
import WorkingTime

@Suite("Rules for reviews")
struct ReviewRuleTests {
    @Test("a review rule finds its fault and is content after the remedy", arguments: reviewRuleCases)
    func rules(_ ruleCase: RuleCase) { hold(ruleCase) }
}

let reviewRuleCases: [RuleCase] = [
    RuleCase("D12-01") { editor in
        editor.add(Review.self) { review in
            review.title = "五月复盘"
            review.due = day("2026-06-05")
        }
    } mend: { editor in
        editor.update(the("V-1"), as: Review.self) { $0.heldOn = day("2026-06-08") }
    },
    RuleCase("D12-02") { editor in
        editor.add(Adjustment.self) { adjustment in
            adjustment.title = "把目标降到 90"
            adjustment.effectiveOn = day("2026-06-01")
        }
    } mend: { editor in
        editor.update(the("AD-1"), as: Adjustment.self) { $0.isApplied = true }
    },
    RuleCase("D12-03") { editor in
        editor.add(Review.self) { review in
            review.title = "五月复盘"
            review.heldOn = day("2026-06-05")
        }
    } mend: { editor in
        editor.add(Adjustment.self) { adjustment in
            adjustment.title = "把目标降到 90"
            adjustment.review = the("V-1")
        }
    },
    RuleCase("P12-01", .project) { editor in
        editor.add(Person.self) { $0.name = "周敏" }
        editor.add(Communication.self) { item in
            item.title = "周报"
            item.owner = the("P-1")
            item.audience = "项目组"
        }
    } mend: { editor in
        editor.update(the("C-1"), as: Communication.self) { $0.frequency = .weekly }
    },
]
