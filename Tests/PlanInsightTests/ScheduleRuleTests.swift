import PlanInsight
import PlanModel
import Testing
import WorkingTime

@Suite("Rules for the schedule")
struct ScheduleRuleTests {
    @Test("a schedule rule finds its fault and is content after the remedy", arguments: scheduleRuleCases)
    func rules(_ ruleCase: RuleCase) { hold(ruleCase) }
}

/// Tasks of five days one after the other, starting on Monday 6 July 2026.
private func chain(_ editor: inout PlanEditor, _ count: Int) {
    editor.period("2026-07-06", "2026-12-31")
    for number in 1...count {
        editor.add(PlanTask.self) { task in
            task.title = "第 \(number) 步"
            task.duration = days(5)
            if number > 1 { task.predecessors = [TaskLink(the("T-\(number - 1)"))] }
        }
    }
}

let scheduleRuleCases: [RuleCase] = [
    RuleCase("P6-01", .project) { editor in
        chain(&editor, 3)
        editor.update(the("T-1"), as: PlanTask.self) { $0.predecessors = [TaskLink(the("T-3"))] }
    } mend: { editor in
        editor.update(the("T-1"), as: PlanTask.self) { $0.predecessors = nil }
    },
    RuleCase("P6-02", .project) { editor in
        chain(&editor, 5)
        // Nothing waits for the sixth, and the seventh waits for nothing.
        editor.add(PlanTask.self) { task in
            task.title = "没有后续"
            task.duration = days(2)
            task.predecessors = [TaskLink(the("T-1"))]
        }
        editor.add(PlanTask.self) { task in
            task.title = "没有前置"
            task.duration = days(2)
        }
    } mend: { editor in
        editor.update(the("T-5"), as: PlanTask.self) {
            $0.predecessors = [TaskLink(the("T-4")), TaskLink(the("T-6")), TaskLink(the("T-7"))]
        }
        editor.update(the("T-1"), as: PlanTask.self) { $0.start = day("2026-07-06") }
        editor.update(the("T-7"), as: PlanTask.self) { $0.predecessors = [TaskLink(the("T-1"))] }
    },
    RuleCase("P6-21", .project) { editor in
        chain(&editor, 3)
        editor.update(the("T-2"), as: PlanTask.self) { ($0.state, $0.actualFinish) = (.done, day("2026-07-17")) }
    } mend: { editor in
        editor.update(the("T-1"), as: PlanTask.self) { ($0.state, $0.actualFinish) = (.done, day("2026-07-10")) }
    },
    RuleCase("P6-21", .project) { editor in
        // Both are done, but the second is recorded to have been first.
        chain(&editor, 2)
        editor.update(the("T-1"), as: PlanTask.self) { ($0.state, $0.actualFinish) = (.done, day("2026-07-17")) }
        editor.update(the("T-2"), as: PlanTask.self) { ($0.state, $0.actualFinish) = (.done, day("2026-07-10")) }
    } mend: { editor in
        editor.update(the("T-1"), as: PlanTask.self) { $0.actualFinish = day("2026-07-10") }
    },
    RuleCase("P6-22", .project) { editor in
        // The first ends on Friday the 10th, or with half a day more on Monday, on which the second may not begin yet.
        chain(&editor, 2)
        editor.update(the("T-1"), as: PlanTask.self) { $0.duration = days(5.5) }
        editor.update(the("T-2"), as: PlanTask.self) { ($0.isManual, $0.start) = (true, day("2026-07-10")) }
    } mend: { editor in
        editor.update(the("T-2"), as: PlanTask.self) { $0.start = day("2026-07-13") }
    },
    RuleCase("P6-22", .project) { editor in
        // What holds a phase holds the tasks in it.
        chain(&editor, 1)
        let phase = editor.add(PlanTask.self) { ($0.title, $0.predecessors) = ("阶段", [TaskLink(the("T-1"))]) }
        editor.add(PlanTask.self, in: phase) { task in
            (task.title, task.duration, task.isManual, task.start) = ("手工", days(2), true, day("2026-07-08"))
        }
    } mend: { editor in
        editor.update(the("T-3"), as: PlanTask.self) { $0.start = day("2026-07-13") }
    },
    RuleCase("P6-22", .project) { editor in
        // A milestone lies on the day its predecessor ends; two days of lag later it may come.
        chain(&editor, 2)
        editor.update(the("T-2"), as: PlanTask.self) { task in
            (task.isManual, task.start, task.duration) = (true, day("2026-07-13"), days(0))
            task.predecessors = [TaskLink(the("T-1"), lag: .time(days(2)))]
        }
    } mend: { editor in
        editor.update(the("T-2"), as: PlanTask.self) { $0.predecessors = [TaskLink(the("T-1"), lag: .time(days(1)))] }
    },
    RuleCase("P6-03", .project) { editor in
        // The second task cannot begin before Monday the 13th.
        chain(&editor, 2)
        editor.update(the("T-2"), as: PlanTask.self) { task in
            task.constraint = .startNoLaterThan
            task.constraintDate = day("2026-07-08")
        }
    } mend: { editor in
        editor.update(the("T-2"), as: PlanTask.self) { $0.constraintDate = day("2026-07-13") }
    },
    RuleCase("P6-03", .project) { editor in
        chain(&editor, 2)
        editor.update(the("T-2"), as: PlanTask.self) { task in
            task.constraint = .mustFinishOn
            task.constraintDate = day("2026-07-15")
        }
    } mend: { editor in
        editor.update(the("T-2"), as: PlanTask.self) { $0.constraintDate = day("2026-07-17") }
    },
    RuleCase("P6-03", .project) { editor in
        chain(&editor, 1)
        editor.update(the("T-1"), as: PlanTask.self) { $0.constraint = .mustStartOn }
    } mend: { editor in
        editor.update(the("T-1"), as: PlanTask.self) { $0.constraintDate = day("2026-07-06") }
    },
    RuleCase("P6-03", .project) { editor in
        // What cannot be met pushes what follows: the third begins on the 20th, whatever the second was told.
        chain(&editor, 3)
        editor.update(the("T-2"), as: PlanTask.self) { task in
            task.constraint = .mustFinishOn
            task.constraintDate = day("2026-07-17")
        }
        editor.update(the("T-3"), as: PlanTask.self) { task in
            task.constraint = .finishNoLaterThan
            task.constraintDate = day("2026-07-23")
        }
    } mend: { editor in
        editor.update(the("T-3"), as: PlanTask.self) { $0.constraintDate = day("2026-07-24") }
    },
    RuleCase("P6-04", .project) { editor in
        chain(&editor, 2)
        editor.update(the("T-2"), as: PlanTask.self) { $0.deadline = day("2026-07-15") }
    } mend: { editor in
        editor.update(the("T-1"), as: PlanTask.self) { $0.duration = days(3) }
    },
    RuleCase("P6-05", .project) { editor in
        chain(&editor, 2)
        editor.update(the("T-2"), as: PlanTask.self) { $0.baselineFinish = day("2026-07-16") }
    } mend: { editor in
        editor.update(the("T-1"), as: PlanTask.self) { $0.duration = days(4) }
    },
    RuleCase("P6-06", .project) { editor in
        chain(&editor, 6)
        editor.update(the("T-2"), as: PlanTask.self) { task in
            task.constraint = .finishNoLaterThan
            task.constraintDate = day("2027-12-31")
        }
    } mend: { editor in
        editor.update(the("T-2"), as: PlanTask.self) { $0.constraint = .startNoEarlierThan }
    },
    RuleCase("P6-07", .project) { editor in
        chain(&editor, 2)
        editor.update(the("T-2"), as: PlanTask.self) { $0.predecessors = [TaskLink(the("T-1"), lag: .time(days(-2)))] }
    } mend: { editor in
        editor.update(the("T-2"), as: PlanTask.self) { $0.predecessors = [TaskLink(the("T-1"))] }
    },
    RuleCase("P6-08", .project) { editor in
        chain(&editor, 2)
        editor.update(the("T-2"), as: PlanTask.self) {
            $0.predecessors = [TaskLink(the("T-1"), lag: .time(WorkDuration(21, .elapsedDays)))]
        }
    } mend: { editor in
        editor.update(the("T-2"), as: PlanTask.self) { $0.predecessors = [TaskLink(the("T-1"), lag: .time(days(10)))] }
    },
    RuleCase("P6-09", .project) { editor in
        chain(&editor, 6)
        editor.update(the("T-6"), as: PlanTask.self) { $0.duration = days(60) }
        editor.update(the("T-5"), as: PlanTask.self) { $0.predecessors = [TaskLink(the("T-1"))] }
        editor.update(the("T-6"), as: PlanTask.self) { $0.predecessors = [TaskLink(the("T-1"))] }
    } mend: { editor in
        editor.update(the("T-6"), as: PlanTask.self) { $0.duration = days(3) }
    },
    RuleCase("P6-10", .project) { editor in
        chain(&editor, 6)
        editor.update(the("T-3"), as: PlanTask.self) { $0.duration = days(45) }
    } mend: { editor in
        editor.update(the("T-3"), as: PlanTask.self) { $0.duration = days(44) }
    },
    RuleCase(
        "P6-11", .project,
        others: [
            plan("other", .project) { editor in
                editor.add(PlanTask.self) { task in
                    task.title = "互相等待"
                    task.predecessors = [TaskLink(the("T-1"))]
                }
            }
        ]
    ) { editor in
        chain(&editor, 3)
        for (number, text) in [(1, "other/T-1"), (2, "other/T-9"), (3, "nowhere/T-1")] {
            editor.update(the("T-\(number)"), as: PlanTask.self) { $0.predecessors = TaskLink(text, in: planKey).map { [$0] } }
        }
    } mend: { editor in
        for number in 1...3 { editor.update(the("T-\(number)"), as: PlanTask.self) { $0.predecessors = nil } }
    },
    RuleCase("P6-12", .project) { editor in
        editor.add(PlanTask.self) { task in
            task.title = "设计"
            task.type = .fixedWork
            task.duration = days(5)
            task.effort = days(8)
            task.assignments = [Share(the("P-1"))]
        }
        editor.add(Person.self) { $0.name = "周敏" }
    } mend: { editor in
        editor.update(the("T-1"), as: PlanTask.self) { $0.duration = days(8) }
    },
    RuleCase("P6-13", .project) { editor in
        // One of five links is a fifth.
        chain(&editor, 6)
        editor.update(the("T-2"), as: PlanTask.self) { $0.predecessors = [TaskLink(the("T-1"), .startToStart)] }
    } mend: { editor in
        editor.update(the("T-2"), as: PlanTask.self) { $0.predecessors = [TaskLink(the("T-1"))] }
    },
    RuleCase("P6-14", .project) { editor in
        chain(&editor, 6)
        editor.update(the("T-2"), as: PlanTask.self) { $0.predecessors = [TaskLink(the("T-1"), lag: .time(days(1)))] }
    } mend: { editor in
        editor.update(the("T-2"), as: PlanTask.self) { $0.predecessors = [TaskLink(the("T-1"))] }
    },
    RuleCase("P6-15", .project) { editor in
        // Nothing is begun, and the first week of June is past.
        chain(&editor, 6)
        editor.period("2026-06-01", "2026-12-31")
    } mend: { editor in
        editor.period("2026-06-15", "2026-12-31")
    },
    RuleCase("P6-15", .project) { editor in
        chain(&editor, 6)
        editor.update(the("T-1"), as: PlanTask.self) { $0.actualStart = day("2026-06-17") }
    } mend: { editor in
        editor.update(the("T-1"), as: PlanTask.self) { $0.actualStart = day("2026-06-15") }
    },
    RuleCase("P6-16", .project) { editor in
        chain(&editor, 6)
        editor.add(Person.self) { $0.name = "周敏" }
        editor.update(the("T-1"), as: PlanTask.self) { $0.assignments = [Share(the("P-1"))] }
    } mend: { editor in
        for number in 2...6 {
            editor.update(the("T-\(number)"), as: PlanTask.self) { $0.assignments = [Share(the("P-1"))] }
        }
    },
    RuleCase("P6-17", .project) { editor in
        chain(&editor, 6)
        editor.update(the("T-1"), as: PlanTask.self) { $0.baselineFinish = day("2026-06-12") }
    } mend: { editor in
        editor.update(the("T-1"), as: PlanTask.self) { $0.baselineFinish = day("2026-07-10") }
    },
    RuleCase("P6-18", .project) { editor in
        // Six weeks of work end on 14 August; with the end nailed down, the first task can be as long as it likes.
        chain(&editor, 6)
        editor.update(the("T-6"), as: PlanTask.self) { task in
            task.constraint = .mustFinishOn
            task.constraintDate = day("2026-08-14")
        }
    } mend: { editor in
        editor.update(the("T-6"), as: PlanTask.self) { $0.constraint = .finishNoEarlierThan }
    },
    RuleCase("P6-19", .project) { editor in
        chain(&editor, 6)
        editor.period("2026-07-06", "2026-07-31")
    } mend: { editor in
        editor.period("2026-07-06", "2026-08-14")
    },
    RuleCase("P6-20", .project) { editor in
        chain(&editor, 6)
        editor.update(the("T-1"), as: PlanTask.self) { $0.baselineFinish = day("2026-06-12") }
    } mend: { editor in
        editor.update(the("T-1"), as: PlanTask.self) { task in
            task.actualStart = day("2026-06-08")
            task.actualFinish = day("2026-06-12")
        }
    },
    RuleCase("P5-01", .project) { editor in
        editor.add(PlanTask.self) { task in
            task.title = "设计评审通过"
            task.isMilestone = true
        }
    } mend: { editor in
        editor.add(Deliverable.self) { $0.title = "设计文档" }
        editor.update(the("T-1"), as: PlanTask.self) { $0.deliverables = [the("D-1")] }
    },
    RuleCase("P5-02", .project) { editor in
        editor.add(Phase.self) { $0.title = "设计" }
    } mend: { editor in
        editor.add(PlanTask.self) { task in
            task.title = "设计评审通过"
            task.isMilestone = true
        }
        editor.update(the("PH-1"), as: Phase.self) { $0.milestones = [the("T-1")] }
    },
    RuleCase("P2-01", .project) { editor in
        editor.add(Baseline.self) { baseline in
            baseline.title = "第一版"
            baseline.takenOn = day("2026-03-01")
        }
        editor.add(ScopeItem.self) { item in
            item.title = "手机端"
            item.isIn = .included
            item.addedOn = day("2026-04-01")
        }
    } mend: { editor in
        editor.add(ChangeRequest.self) { $0.title = "增加手机端" }
        editor.update(the("SC-1"), as: ScopeItem.self) { $0.request = the("CR-1") }
    },
    RuleCase("P2-02", .project) { editor in
        editor.add(Deliverable.self) { $0.title = "设计文档" }
    } mend: { editor in
        editor.add(Person.self) { $0.name = "周敏" }
        editor.update(the("D-1"), as: Deliverable.self) { deliverable in
            deliverable.standard = "评审无重大问题。"
            deliverable.acceptor = the("P-1")
        }
    },
    RuleCase("P16-01", .project) { editor in
        editor.add(ChangeRequest.self) { request in
            request.title = "增加手机端"
            request.requestedOn = day("2026-05-20")
        }
    } mend: { editor in
        editor.update(the("CR-1"), as: ChangeRequest.self) { $0.decision = .rejected }
    },
]
