import PlanInsight
import PlanModel
import Testing
import WorkingTime

@Suite("Rules for people and tools")
struct PeopleRuleTests {
    @Test("a people rule finds its fault and is content after the remedy", arguments: peopleRuleCases)
    func rules(_ ruleCase: RuleCase) { hold(ruleCase) }
}

let peopleRuleCases: [RuleCase] = [
    RuleCase("D7-01") { editor in
        editor.add(Headcount.self) { need in
            need.post = "二线工程师"
            need.needed = series(("2026-01-01", 4), ("2026-07-01", 6))
            need.available = series(("2026-01-01", 4))
        }
    } mend: { editor in
        editor.update(the("H-1"), as: Headcount.self) { $0.closing = .hire }
    },
    RuleCase("D7-02") { editor in
        editor.add(Ability.self) { ability in
            ability.title = "数据库调优"
            ability.present = 2
            ability.wanted = 4
        }
    } mend: { editor in
        editor.add(Training.self) { training in
            training.title = "数据库课程"
            training.abilities = [the("A-1")]
        }
    },
    RuleCase("P3-01", .project) { editor in
        editor.add(Role.self) { $0.title = "测试负责人" }
    } mend: { editor in
        editor.update(the("RO-1"), as: Role.self) { $0.duties = "编写测试计划" }
        editor.add(Person.self) { person in
            person.name = "周敏"
            person.roles = [the("RO-1")]
        }
    },
    RuleCase("P3-02", .project) { editor in
        editor.add(Role.self) { role in
            role.title = "测试负责人"
            role.duties = "- 批准发布\n- 编写测试计划"
        }
        editor.add(Role.self) { role in
            role.title = "项目经理"
            role.duties = "1. 批准发布；2. 汇报进展"
        }
    } mend: { editor in
        editor.update(the("RO-1"), as: Role.self) { $0.duties = "- 编写测试计划" }
    },
    RuleCase("P3-03", .project) { editor in
        editor.add(Person.self) { $0.name = "周敏" }
        editor.add(Responsibility.self) { item in
            item.duty = "发布"
            item.responsible = [the("P-1")]
        }
    } mend: { editor in
        editor.update(the("RA-1"), as: Responsibility.self) { $0.accountable = [the("P-1")] }
    },
    // Half a day's work here, all of it in the other plan, on the same three days.
    RuleCase(
        "D3-10", .project,
        others: [
            plan("another", .project) { editor in
                editor.add(Person.self) { ($0.name, $0.department) = ("周敏", "支持部") }
                editor.add(PlanTask.self) { task in
                    (task.title, task.start, task.duration) = ("上线", day("2026-07-06"), days(3))
                    task.assignments = [Share(RecordID("P-1", in: PlanKey("another")!)!)]
                }
            }
        ]
    ) { editor in
        editor.add(Person.self) { $0.name = "周敏" }
        editor.add(PlanTask.self) { task in
            (task.title, task.start, task.duration) = ("设计接口", day("2026-07-07"), days(4))
            task.assignments = [Share(the("P-1"), units: 0.5)]
        }
    } mend: { editor in
        editor.update(the("T-1"), as: PlanTask.self) { $0.start = day("2026-07-09") }
    },
    RuleCase("P7-01", .project) { editor in
        editor.add(Person.self) { $0.name = "周敏" }
        for title in ["设计接口", "编写手册"] {
            editor.add(PlanTask.self) { task in
                task.title = title
                task.start = day("2026-07-06")
                task.duration = days(3)
                task.assignments = [Share(the("P-1"))]
            }
        }
    } mend: { editor in
        editor.update(the("T-2"), as: PlanTask.self) { $0.start = day("2026-07-09") }
    },
    RuleCase("P7-03", .project) { editor in
        editor.add(PlanTask.self) { task in
            task.title = "设计接口"
            task.duration = days(3)
        }
        editor.add(Alternative.self) { way in
            way.title = "外包"
            way.task = the("T-1")
        }
    } mend: { editor in
        editor.update(the("W-1"), as: Alternative.self) { $0.duration = days(2) }
    },
    RuleCase("P7-02", .project) { editor in
        editor.add(Person.self) { person in
            person.name = "周敏"
            person.leave = "五一前后"
            person.joinsOn = day("2026-08-01")
        }
        editor.add(PlanTask.self) { task in
            task.title = "设计接口"
            task.start = day("2026-07-06")
            task.duration = days(3)
            task.assignments = [Share(the("P-1"))]
        }
    } mend: { editor in
        editor.update(the("P-1"), as: Person.self) { person in
            person.leave = "2026-09-07..2026-09-08"
            person.joinsOn = day("2026-07-01")
        }
    },
    RuleCase("D9-01") { editor in
        editor.add(PlanTask.self) { task in
            task.title = "压力测试"
            task.start = day("2026-07-06")
            task.duration = days(3)
        }
        editor.add(Need.self) { need in
            need.title = "测试服务器"
            need.tasks = [the("T-1")]
            need.availableOn = day("2026-07-10")
        }
        editor.add(Need.self) { need in
            need.title = "测试工具"
            need.needBy = day("2026-06-01")
        }
    } mend: { editor in
        editor.update(the("N-1"), as: Need.self) { $0.availableOn = day("2026-07-03") }
        editor.update(the("N-2"), as: Need.self) { $0.state = .available }
    },
    RuleCase("D9-02") { editor in
        editor.add(Need.self) { need in
            need.title = "工单系统"
            need.kind = .system
        }
    } mend: { editor in
        editor.add(Person.self) { $0.name = "周敏" }
        editor.update(the("N-1"), as: Need.self) { $0.maintainer = the("P-1") }
    },
]
