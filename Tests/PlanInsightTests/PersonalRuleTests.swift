import PlanInsight
import PlanModel
import Testing
import WorkingTime

@Suite("Rules for a person's growth")
struct PersonalRuleTests {
    @Test("a personal rule finds its fault and is content after the remedy", arguments: personalRuleCases)
    func rules(_ ruleCase: RuleCase) { hold(ruleCase) }
}

let personalRuleCases: [RuleCase] = [
    RuleCase("G1-01", .growth) { editor in
        editor.add(Strategy.self) { strategy in
            strategy.title = "用写作放大专业能力"
            strategy.area = .so
        }
    } mend: { editor in
        editor.add(Goal.self) { $0.title = "全年发表十二篇文章" }
        editor.update(the("TS-1"), as: Strategy.self) { $0.goals = [the("G-1")] }
    },
    RuleCase("G3-01", .growth) { editor in
        editor.add(Commitment.self) { commitment in
            commitment.title = "每月读两本书"
            commitment.amount = 2
            commitment.frequency = .monthly
            commitment.start = day("2026-01-01")
            commitment.done = series(("2026-01-20", 2), ("2026-02-20", 2), ("2026-03-20", 2), ("2026-04-20", 1))
        }
    } mend: { editor in
        editor.update(the("Q-1"), as: Commitment.self) {
            $0.done = series(("2026-01-20", 2), ("2026-02-20", 2), ("2026-03-20", 2), ("2026-04-20", 1), ("2026-05-20", 2))
        }
    },
    RuleCase("G5-01", .growth) { editor in
        editor.add(Contact.self) { contact in
            contact.name = "陈导师"
            contact.everyDays = 30
            contact.lastContact = day("2026-05-15")
        }
    } mend: { editor in
        editor.update(the("CT-1"), as: Contact.self) { $0.lastContact = day("2026-06-14") }
    },
    RuleCase("G7-01", .growth) { editor in
        editor.add(Reading.self) { reading in
            reading.title = "系统之美"
            reading.state = .done
        }
    } mend: { editor in
        editor.update(the("RD-1"), as: Reading.self) { $0.notes = "先看存量，再看流量。" }
    },
    RuleCase("G9-01", .growth) { editor in
        editor.add(PlanTask.self) { task in
            task.title = "整理旧报表权限"
            task.actualStart = day("2026-05-11")
            task.actualFinish = day("2026-05-20")
        }
        for on in ["2026-05-08", "2026-05-21"] {
            editor.add(FocusSession.self) { session in
                session.title = "报表权限"
                session.on = day(on)
                session.minutes = 25
                session.task = the("T-1")
            }
        }
    } mend: { editor in
        editor.update(the("T-1"), as: PlanTask.self) { task in
            task.actualStart = day("2026-05-08")
            task.actualFinish = day("2026-05-21")
        }
    },
]
