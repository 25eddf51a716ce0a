import PlanInsight
import PlanModel
import Testing
import WorkingTime

@Suite("Rules for measures")
struct MeasureRuleTests {
    @Test("a measure rule finds its fault and is content after the remedy", arguments: measureRuleCases)
    func rules(_ ruleCase: RuleCase) { hold(ruleCase) }
}

let measureRuleCases: [RuleCase] = [
    RuleCase("D11-01") { editor in
        editor.period("2026-01-01", "2026-12-31")
        editor.add(Measure.self) { measure in
            measure.title = "客户满意度"
            measure.target = 95
            measure.frequency = .monthly
            measure.values = series(("2026-04-30", 90))
        }
        editor.add(Measure.self) { measure in
            measure.title = "从未取数的指标"
            measure.target = 95
            measure.frequency = .weekly
        }
    } mend: { editor in
        editor.update(the("M-1"), as: Measure.self) { $0.values = series(("2026-04-30", 90), ("2026-05-31", 91)) }
        editor.update(the("M-2"), as: Measure.self) { $0.values = series(("2026-06-12", 91)) }
    },
    RuleCase("D11-02") { editor in
        // On 15 June 165 of 364 days have passed, so the straight line wants about 45.
        editor.period("2026-01-01", "2026-12-31")
        editor.add(Measure.self) { measure in
            measure.title = "知识库文章数"
            measure.baseline = 0
            measure.target = 100
            measure.values = series(("2026-06-01", 20))
        }
    } mend: { editor in
        editor.update(the("M-1"), as: Measure.self) { $0.values = series(("2026-06-01", 44)) }
    },
    RuleCase("D11-08") { editor in
        editor.add(Measure.self) { measure in
            measure.title = "知识库文章数"
            measure.frequency = .monthly
            measure.values = series(("2026-06-30", 20), ("2027-06-30", 40))
        }
    } mend: { editor in
        editor.update(the("M-1"), as: Measure.self) { $0.values = series(("2026-06-30", 20)) }
    },
    RuleCase("D11-04") { editor in
        editor.add(Goal.self) { $0.title = "客户满意度达到九成五" }
        editor.add(Measure.self) { measure in
            measure.title = "客户满意度"
            measure.goal = the("G-1")
        }
    } mend: { editor in
        editor.update(the("M-1"), as: Measure.self) { $0.source = "月度回访报表" }
    },
    RuleCase("D11-05") { editor in
        editor.add(Goal.self) { $0.title = "客户满意度达到九成五" }
        editor.add(Measure.self) { measure in
            measure.title = "客户满意度"
            measure.goal = the("G-1")
        }
    } mend: { editor in
        editor.update(the("M-1"), as: Measure.self) { $0.target = 95 }
    },
    RuleCase("D11-03") { editor in
        editor.add(Measure.self) { $0.title = "总数" }
        editor.add(Measure.self) { measure in
            measure.title = "解决率"
            measure.formula = "[已解决]/[总数]*100"
        }
    } mend: { editor in
        editor.update(the("M-2"), as: Measure.self) { $0.formula = "[总数]*2" }
        editor.update(the("M-1"), as: Measure.self) { $0.values = Series([(Day("2026-01-31")!, 5)]) }
    },
    RuleCase("D11-07") { editor in
        editor.add(Measure.self) { measure in
            measure.title = "客户满意度"
            measure.unit = "分"
            measure.target = 95
            measure.due = Day("2026-12-31")
            measure.values = Series(
                (0..<22).map { month in
                    (Day(year: 2025 + month / 12, month: month % 12 + 1, day: 28)!, 80 + Double(month * 7 % 5) * 0.2)
                })
        }
    } mend: { editor in
        editor.update(the("M-1"), as: Measure.self) { $0.target = 80 }
    },
    RuleCase("D11-06") { editor in
        editor.add(Measure.self) { measure in
            measure.title = "客户满意度"
            measure.target = 95
        }
    } mend: { editor in
        editor.update(the("M-1"), as: Measure.self) { $0.unit = "%" }
    },
]
