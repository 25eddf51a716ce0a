import PlanInsight
import PlanModel
import Testing
import WorkingTime

@Suite("Rules for processes and improvements")
struct OperationsRuleTests {
    @Test("an operations rule finds its fault and is content after the remedy", arguments: operationsRuleCases)
    func rules(_ ruleCase: RuleCase) { hold(ruleCase) }
}

/// A process with steps of these kinds, none of them connected.
private func process(_ editor: inout PlanEditor, _ kinds: [StepKind]) {
    editor.add(Process.self) { $0.title = "受理工单" }
    for (index, kind) in kinds.enumerated() {
        editor.add(Step.self) { step in
            step.title = "环节 \(index + 1)"
            step.process = the("PR-1")
            step.kind = kind
        }
    }
}

/// Thirty cases of two activities: 登记 takes ten minutes, 审核 is waited on for fifty minutes and takes ten.
private let smallLog: String = {
    let rows = (0..<30).flatMap { number -> [String] in
        let day = "2026-03-\(number < 9 ? "0" : "")\(number + 1)"
        return ["\(number),登记,\(day) 08:00,\(day) 08:10", "\(number),审核,\(day) 09:00,\(day) 09:10"]
    }
    return (["case,activity,start,time"] + rows).joined(separator: "\n")
}()

/// A process of two tasks that names the log, the second of this name there.
private func logged(_ editor: inout PlanEditor, second: String = "审核") {
    process(&editor, [.task, .task])
    editor.update(the("PR-1"), as: Process.self) { $0.log = "工单.csv" }
    editor.update(the("S-1"), as: Step.self) { step in
        step.next = [the("S-2")]
        step.activity = "登记"
    }
    editor.update(the("S-2"), as: Step.self) { $0.activity = second }
}

let operationsRuleCases: [RuleCase] = [
    RuleCase("O1-04", .improvement, files: ["工单.csv": smallLog]) { editor in
        logged(&editor, second: "复核")
    } mend: { editor in
        editor.update(the("S-2"), as: Step.self) { $0.activity = "审核" }
    },
    RuleCase("O2-02", .improvement, files: ["工单.csv": smallLog]) { editor in
        logged(&editor)
    } mend: { editor in
        editor.add(Pain.self) { pain in
            pain.title = "审核要等"
            pain.steps = [the("S-2")]
        }
    },
    RuleCase("O2-03", .improvement, files: ["工单.csv": smallLog]) { editor in
        logged(&editor)
        editor.update(the("S-2"), as: Step.self) { $0.minutes = 10 }
    } mend: { editor in
        editor.update(the("S-2"), as: Step.self) { $0.waiting = 50 }
    },
    RuleCase("O1-01", .improvement) { editor in
        process(&editor, [.start, .task, .end])
        editor.update(the("S-1"), as: Step.self) { $0.next = [the("S-2")] }
    } mend: { editor in
        editor.update(the("S-2"), as: Step.self) { $0.next = [the("S-3")] }
    },
    RuleCase("O1-02", .improvement) { editor in
        process(&editor, [.task])
    } mend: { editor in
        editor.update(the("S-1"), as: Step.self) { $0.actor = "客服" }
    },
    RuleCase("O1-03", .improvement) { editor in
        process(&editor, [.start])
        editor.update(the("PR-1"), as: Process.self) { $0.log = "工单.csv" }
    } mend: { editor in
        editor.update(the("PR-1"), as: Process.self) { $0.log = nil }
    },
    RuleCase("O2-01", .improvement) { editor in
        process(&editor, [.task])
        editor.add(Pain.self) { $0.title = "重复录入" }
    } mend: { editor in
        editor.update(the("PN-1"), as: Pain.self) { $0.steps = [the("S-1")] }
    },
    RuleCase("O3-01", .improvement) { editor in
        editor.add(Pain.self) { pain in
            pain.title = "重复录入"
            pain.severity = 4
        }
    } mend: { editor in
        editor.add(Measure.self) { measure in
            measure.title = "重复录入次数"
            measure.problem = the("PN-1")
        }
    },
    RuleCase("O4-01", .improvement) { editor in
        editor.add(Cause.self) { $0.title = "两个系统不相通" }
        editor.add(Cause.self, in: the("CS-1")) { $0.title = "接口没有立项" }
        editor.add(Cause.self, in: the("CS-2")) { $0.title = "没有人负责系统之间的衔接" }
    } mend: { editor in
        editor.update(the("CS-3"), as: Cause.self) { $0.isRoot = true }
    },
    RuleCase("O6-01", .improvement) { editor in
        editor.add(Goal.self) { $0.title = "重复录入减少八成" }
        editor.add(Measure.self) { measure in
            measure.title = "重复录入次数"
            measure.goal = the("G-1")
        }
    } mend: { editor in
        editor.update(the("M-1"), as: Measure.self) { $0.baseline = 420 }
    },
    RuleCase("O8-01", .improvement) { editor in
        editor.add(Cause.self) { cause in
            cause.title = "没有人负责系统之间的衔接"
            cause.isRoot = true
        }
    } mend: { editor in
        editor.add(Improvement.self) { improvement in
            improvement.title = "设立接口负责人"
            improvement.causes = [the("CS-1")]
        }
    },
    RuleCase("O10-01", .improvement) { editor in
        editor.add(Procedure.self) { procedure in
            procedure.title = "工单受理"
            procedure.version = "1.0"
        }
    } mend: { editor in
        // A version that has been replaced no longer needs approval; the one in its place does.
        editor.add(Procedure.self) { procedure in
            procedure.title = "工单受理"
            procedure.version = "1.1"
            procedure.previous = the("SP-1")
            procedure.approvedOn = day("2026-06-01")
        }
    },
    RuleCase("O10-02", .improvement) { editor in
        editor.add(Person.self) { $0.name = "周敏" }
        editor.add(Person.self) { $0.name = "李强" }
        editor.add(Procedure.self) { procedure in
            procedure.title = "工单受理"
            procedure.version = "1.0"
            procedure.approvedOn = day("2026-06-01")
            procedure.mustRead = [the("P-1"), the("P-2")]
            procedure.read = [the("P-1")]
        }
    } mend: { editor in
        editor.update(the("SP-1"), as: Procedure.self) { $0.trained = [the("P-2")] }
    },
    RuleCase("O13-01", .improvement) { editor in
        editor.add(Training.self) { training in
            training.title = "新流程培训"
            training.expected = 20
            training.attended = 15
        }
    } mend: { editor in
        editor.update(the("TR-1"), as: Training.self) { $0.attended = 16 }
    },
    RuleCase("O18-01", .improvement) { editor in
        editor.add(Improvement.self) { improvement in
            improvement.title = "设立接口负责人"
            improvement.state = .done
            improvement.effect = 4
        }
    } mend: { editor in
        editor.add(Rollout.self) { rollout in
            rollout.title = "接口负责人"
            rollout.improvement = the("IM-1")
        }
    },
]
