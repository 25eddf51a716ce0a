import PlanInsight
import PlanModel
import Testing
import WorkingTime

@Suite("Rules for tasks")
struct TaskRuleTests {
    @Test("a task rule finds its fault and is content after the remedy", arguments: taskRuleCases)
    func rules(_ ruleCase: RuleCase) { hold(ruleCase) }
}

let taskRuleCases: [RuleCase] = [
    RuleCase("D5-01") { editor in
        editor.add(PlanTask.self) { $0.title = "编写知识库" }
    } mend: { editor in
        editor.update(the("T-1"), as: PlanTask.self) { $0.acceptance = "覆盖八成常见问题。" }
    },
    RuleCase("D5-02") { editor in
        editor.add(PlanTask.self) { $0.title = "编写知识库" }
    } mend: { editor in
        editor.update(the("T-1"), as: PlanTask.self) { $0.duration = days(5) }
    },
    RuleCase("D5-05", .project) { editor in
        editor.period("2026-07-06", "2026-12-31")
        for number in 1...2 {
            editor.add(PlanTask.self) { task in
                (task.title, task.duration) = ("第 \(number) 步", days(2))
                if number == 2 { (task.predecessors, task.start) = ([TaskLink(the("T-1"))], day("2026-10-12")) }
            }
        }
    } mend: { editor in
        editor.update(the("T-2"), as: PlanTask.self) {
            ($0.constraint, $0.constraintDate) = (.startNoEarlierThan, day("2026-10-12"))
        }
    },
    RuleCase("D5-04", .department) { editor in
        editor.add(PlanTask.self) { task in
            task.title = "颠倒"
            task.start = day("2026-12-01")
            task.due = day("2026-11-01")
        }
    } mend: { editor in
        editor.update(the("T-1"), as: PlanTask.self) { $0.due = day("2026-12-11") }
    },
    RuleCase("D5-07", .sales) { editor in
        editor.add(Campaign.self) { campaign in
            (campaign.title, campaign.start, campaign.finish) = ("发布会", day("2026-06-12"), day("2026-06-02"))
        }
        editor.add(Review.self) { review in
            (review.title, review.start, review.finish) = ("季度复盘", day("2026-03-31"), day("2026-01-01"))
        }
        editor.add(BudgetLine.self) { line in
            (line.title, line.start, line.finish) = ("差旅", day("2026-12-31"), day("2026-01-01"))
        }
        editor.add(PlanTask.self) { task in
            (task.title, task.actualStart, task.actualFinish) = ("搬家", day("2026-06-05"), day("2026-06-01"))
        }
    } mend: { editor in
        editor.update(the("CA-1"), as: Campaign.self) { $0.finish = day("2026-06-22") }
        editor.update(the("V-1"), as: Review.self) { $0.start = nil }
        editor.update(the("B-1"), as: BudgetLine.self) { $0.start = day("2026-01-01") }
        editor.update(the("T-1"), as: PlanTask.self) { $0.actualFinish = day("2026-06-08") }
    },
    RuleCase("D5-06") { editor in
        editor.update(editor.plan.header.id, as: PlanHeader.self) { header in
            header.start = day("2026-12-01")
            header.finish = day("2026-01-31")
        }
    } mend: { editor in
        editor.update(editor.plan.header.id, as: PlanHeader.self) { $0.finish = day("2026-12-31") }
    },
    // The earlier of finish and deadline is what was agreed.
    RuleCase("D5-03") { editor in
        editor.add(PlanTask.self) { task in
            (task.title, task.due, task.deadline) = ("迁移", day("2026-06-12"), day("2026-07-03"))
        }
    } mend: { editor in
        editor.update(the("T-1"), as: PlanTask.self) { $0.due = day("2026-06-30") }
    },
    RuleCase("D5-03") { editor in
        editor.add(PlanTask.self) { task in
            task.title = "编写知识库"
            task.due = day("2026-06-12")
            task.progress = 0.8
        }
    } mend: { editor in
        editor.update(the("T-1"), as: PlanTask.self) { $0.state = .done }
    },
    RuleCase("D6-01") { editor in
        editor.add(Person.self) { $0.name = "周敏" }
        editor.add(PlanTask.self) { $0.title = "编写知识库" }
    } mend: { editor in
        editor.update(the("T-1"), as: PlanTask.self) { $0.owner = the("P-1") }
    },
    RuleCase("D6-02") { editor in
        editor.add(Person.self) { $0.name = "周敏" }
        editor.add(Person.self) { $0.name = "李强" }
        editor.add(Responsibility.self) { item in
            item.duty = "发布"
            item.accountable = [the("P-1"), the("P-2")]
        }
    } mend: { editor in
        editor.update(the("RA-1"), as: Responsibility.self) { item in
            item.accountable = [the("P-1")]
            item.responsible = [the("P-2")]
        }
    },
    RuleCase("D6-03") { editor in
        // Monday to Thursday, with the deadline on that Thursday.
        editor.add(PlanTask.self) { task in
            task.title = "编写知识库"
            task.start = day("2026-06-15")
            task.duration = days(4)
            task.deadline = day("2026-06-18")
        }
    } mend: { editor in
        editor.update(the("T-1"), as: PlanTask.self) { $0.deadline = day("2026-06-30") }
    },
    // Slack is counted in working days: done on Friday for a deadline on Monday leaves one working day, for Tuesday two.
    RuleCase("D6-03") { editor in
        editor.add(PlanTask.self) { task in
            task.title = "编写知识库"
            task.start = day("2026-07-06")
            task.duration = days(5)
            task.deadline = day("2026-07-13")
        }
    } mend: { editor in
        editor.update(the("T-1"), as: PlanTask.self) { $0.deadline = day("2026-07-14") }
    },
    RuleCase("D6-04") { editor in
        editor.add(PlanTask.self) { task in
            task.title = "接入电话系统"
            task.partner = "信息部"
        }
    } mend: { editor in
        editor.add(Agreement.self) { agreement in
            agreement.title = "提供接口"
            agreement.tasks = [the("T-1")]
        }
    },
    RuleCase("P13-01", .project) { editor in
        editor.add(Meeting.self) { $0.title = "启动会" }
        editor.add(PlanTask.self) { task in
            task.title = "确认联系人"
            task.origin = the("MT-1")
            task.due = day("2026-06-10")
        }
    } mend: { editor in
        editor.update(the("T-1"), as: PlanTask.self) { $0.due = day("2026-06-20") }
    },
    RuleCase("S13-01", .sales) { editor in
        editor.add(Agreement.self) { agreement in
            agreement.title = "备货"
            agreement.from = "供应链"
            agreement.to = "销售部"
        }
    } mend: { editor in
        editor.update(the("AG-1"), as: Agreement.self) { $0.isAgreed = true }
    },
]
