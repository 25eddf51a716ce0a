import PlanInsight
import PlanModel
import Testing
import WorkingTime

@Suite("Rules for quality and acceptance")
struct QualityRuleTests {
    @Test("a quality rule finds its fault and is content after the remedy", arguments: qualityRuleCases)
    func rules(_ ruleCase: RuleCase) { hold(ruleCase) }
}

let qualityRuleCases: [RuleCase] = [
    RuleCase("P14-01", .project) { editor in
        editor.add(Defect.self) { defect in
            defect.title = "登录偶尔失败"
            defect.state = .fixed
            defect.fixedOn = day("2026-06-11")
        }
    } mend: { editor in
        editor.update(the("BG-1"), as: Defect.self) { $0.retestedOn = day("2026-06-12") }
    },
    RuleCase("P14-02", .project) { editor in
        editor.add(Defect.self) { defect in
            defect.title = "登录后崩溃"
            defect.severity = .blocker
        }
    } mend: { editor in
        editor.add(Person.self) { $0.name = "周敏" }
        editor.update(the("BG-1"), as: Defect.self) { $0.owner = the("P-1") }
    },
    RuleCase("P15-01", .project) { editor in
        editor.add(AcceptanceCriterion.self) { criterion in
            criterion.title = "响应时间"
            criterion.direction = .down
            criterion.wanted = 2
            criterion.measured = 2.5
            criterion.unit = "秒"
        }
        editor.add(AcceptanceCriterion.self) { criterion in
            criterion.title = "可用率"
            criterion.wanted = 99.9
            criterion.measured = 99.5
        }
    } mend: { editor in
        editor.update(the("AC-1"), as: AcceptanceCriterion.self) { $0.measured = 2 }
        editor.update(the("AC-2"), as: AcceptanceCriterion.self) { $0.measured = 99.95 }
    },
    RuleCase("P15-02", .project) { editor in
        editor.add(AcceptanceCriterion.self) { $0.title = "响应时间" }
    } mend: { editor in
        editor.add(Person.self) { $0.name = "周敏" }
        editor.update(the("AC-1"), as: AcceptanceCriterion.self) { $0.signatory = the("P-1") }
    },
    RuleCase("P16-02", .project) { editor in
        editor.add(PlanDocument.self) { document in
            document.title = "章程"
            document.kind = .charter
        }
    } mend: { editor in
        for kind in DocumentKind.allCases where kind != .charter {
            editor.add(PlanDocument.self) { document in
                document.title = kind.label.zh
                document.kind = kind
            }
        }
    },
]
