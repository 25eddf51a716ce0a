import PlanInsight
import PlanModel
import Testing
import WorkingTime

@Suite("Rules for goals")
struct GoalRuleTests {
    @Test("a goal rule finds its fault and is content after the remedy", arguments: goalRuleCases)
    func rules(_ ruleCase: RuleCase) { hold(ruleCase) }
}

private let companyPlan = plan("company", .company) { $0.add(Goal.self) { $0.title = "全年营收增长两成" } }
private let companyGoal = companyPlan.all(Goal.self)[0].id

let goalRuleCases: [RuleCase] = [
    RuleCase("D1-01") { editor in
        editor.add(Statement.self) { statement in
            statement.title = "让每一张工单当天有回音"
            statement.kind = .mission
        }
        editor.add(Goal.self) { $0.title = "缩短重大工单解决时长" }
    } mend: { editor in
        editor.update(the("G-1"), as: Goal.self) { $0.serves = [the("ST-1")] }
    },
    RuleCase("D1-02") { editor in
        editor.add(Statement.self) { statement in
            statement.title = "成为客户首选"
            statement.kind = .vision
        }
        editor.add(Goal.self) { $0.title = "客户满意度达到九成五" }
    } mend: { editor in
        editor.update(the("G-1"), as: Goal.self) { $0.serves = [the("ST-1")] }
    },
    RuleCase(
        "D2-01", .company,
        others: [
            plan("support", .department) { editor in
                editor.add(Goal.self) { goal in
                    goal.title = "支持部的目标"
                    goal.supports = [the("G-2")]
                }
            }
        ]
    ) { editor in
        editor.add(Goal.self) { $0.title = "无人承接的目标" }
        editor.add(Goal.self) { $0.title = "有人承接的目标" }
    } mend: { editor in
        editor.update(the("G-1"), as: Goal.self) { $0.isDropped = true }
    },
    RuleCase("D2-02", others: [companyPlan]) { editor in
        editor.add(Goal.self) { $0.title = "与公司无关的目标" }
    } mend: { editor in
        editor.update(the("G-1"), as: Goal.self) { $0.supports = [companyGoal] }
    },
    RuleCase("D2-03", others: [companyPlan]) { editor in
        editor.add(Goal.self) { goal in
            goal.title = "承接不存在的目标"
            goal.supports = [RecordID(plan: companyPlan.key, prefix: "G", number: 99)]
        }
    } mend: { editor in
        editor.update(the("G-1"), as: Goal.self) { $0.supports = [companyGoal] }
    },
    RuleCase("D2-04", others: [companyPlan]) { editor in
        editor.add(Goal.self) { goal in
            goal.title = "承接别处的目标"
            goal.supports = [RecordID(plan: PlanKey("elsewhere")!, prefix: "G", number: 1)]
        }
    } mend: { editor in
        editor.update(the("G-1"), as: Goal.self) { $0.supports = [companyGoal] }
    },
    RuleCase("D2-04", others: [companyPlan]) { editor in
        editor.set(editor.plan.header.id, "under", .text("compny"))
    } mend: { editor in
        editor.set(editor.plan.header.id, "under", .text("company"))
    },
    RuleCase("D2-04", others: [companyPlan]) { editor in
        editor.set(editor.plan.header.id, "under", .text(planKey.text))
    } mend: { editor in
        editor.set(editor.plan.header.id, "under", nil)
    },
    RuleCase("D3-01") { editor in
        editor.add(Goal.self) { $0.title = "进一步提高效率" }
        editor.add(Goal.self) { $0.title = "更快" }
    } mend: { editor in
        editor.update(the("G-1"), as: Goal.self) { $0.title = "重大工单平均解决时长缩短到 8 小时" }
        editor.update(the("G-2"), as: Goal.self) { $0.title = "首次响应时长缩短到 10 分钟" }
    },
    RuleCase("D3-02") { editor in
        editor.add(Goal.self) { $0.title = "客户满意度达到九成五" }
    } mend: { editor in
        editor.add(Measure.self) { measure in
            measure.title = "客户满意度"
            measure.goal = the("G-1")
        }
    },
    RuleCase("D3-03") { editor in
        // Ten units a month so far; 190 in the 6.5 months left needs about 29 a month.
        editor.add(Measure.self) { measure in
            measure.title = "付费客户数"
            measure.target = 320
            measure.due = day("2026-12-15")
            measure.values = series(("2026-03-01", 100), ("2026-04-01", 110), ("2026-05-01", 120), ("2026-06-01", 130))
        }
    } mend: { editor in
        editor.update(the("M-1"), as: Measure.self) { $0.target = 190 }
    },
    RuleCase("D3-04") { editor in
        editor.add(Goal.self) { $0.title = "客户满意度达到九成五" }
    } mend: { editor in
        editor.update(the("G-1"), as: Goal.self) { $0.relevance = "满意的客户才会续约。" }
    },
    RuleCase("D3-05") { editor in
        editor.add(Goal.self) { $0.title = "客户满意度达到九成五" }
    } mend: { editor in
        editor.update(the("G-1"), as: Goal.self) { $0.due = day("2026-12-31") }
    },
    RuleCase("D3-11") { editor in
        editor.add(Measure.self) { measure in
            (measure.title, measure.direction, measure.baseline, measure.target) = ("解决率", .up, 90, 80)
        }
        editor.add(Measure.self) { measure in
            (measure.title, measure.direction, measure.baseline, measure.target) = ("退回率", .down, 10, 20)
        }
    } mend: { editor in
        editor.update(the("M-1"), as: Measure.self) { $0.direction = .down }
        editor.update(the("M-2"), as: Measure.self) { $0.target = 5 }
    },
    RuleCase(
        "D3-06",
        others: [
            plan("sales", .sales) { editor in
                editor.add(Measure.self) { measure in
                    measure.title = "客户来电量"
                    measure.direction = .up
                }
            }
        ]
    ) { editor in
        editor.add(Measure.self) { measure in
            measure.title = "客户来电量"
            measure.direction = .down
        }
    } mend: { editor in
        editor.update(the("M-1"), as: Measure.self) { $0.title = "重复来电量" }
    },
    // Another plan that agrees does not hide the one that does not.
    RuleCase(
        "D3-06",
        others: [("first", Direction.up), ("second", .down)].map { key, direction in
            plan(key, .sales) { editor in
                editor.add(Measure.self) { measure in
                    measure.title = "客户来电量"
                    measure.direction = direction
                }
            }
        }
    ) { editor in
        editor.add(Measure.self) { $0.title = "客户来电量" }
    } mend: { editor in
        editor.remove(the("M-1"))
    },
    RuleCase("D3-07") { editor in
        editor.add(Goal.self) { $0.title = "建成知识库" }
        editor.add(Goal.self) { $0.title = "上线新工单系统" }
        editor.add(BudgetLine.self) { line in
            line.title = "软件采购"
            line.goals = [the("G-1"), the("G-2")]
        }
    } mend: { editor in
        editor.update(the("B-1"), as: BudgetLine.self) { $0.goals = [the("G-2")] }
    },
    RuleCase("D3-08") { editor in
        editor.add(Person.self) { $0.name = "周敏" }
        editor.add(Goal.self) { $0.title = "客户满意度达到九成五" }
    } mend: { editor in
        editor.update(the("G-1"), as: Goal.self) { $0.owner = the("P-1") }
    },
    RuleCase("D3-09") { editor in
        for weight in [0.5, 0.4] {
            editor.add(Goal.self) { goal in
                goal.title = "占 \(weight) 的目标"
                goal.weight = weight
            }
        }
    } mend: { editor in
        editor.update(the("G-2"), as: Goal.self) { $0.weight = 0.5 }
    },
    RuleCase("D4-01") { editor in
        editor.period("2026-01-01", "2026-06-30")
        editor.add(Focus.self) { focus in
            focus.theme = "打基础"
            focus.quarter = "2026Q1"
        }
    } mend: { editor in
        editor.add(Focus.self) { focus in
            focus.theme = "见成效"
            focus.quarter = "2026Q2"
        }
    },
    RuleCase("D4-02") { editor in
        editor.add(Deliverable.self) { $0.title = "知识库" }
    } mend: { editor in
        editor.add(PlanTask.self) { task in
            task.title = "编写知识库"
            task.deliverables = [the("D-1")]
        }
    },
]
