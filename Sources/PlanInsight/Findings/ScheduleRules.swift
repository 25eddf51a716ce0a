import PlanModel
import WorkingTime

extension PlanCheck {
    static let scheduleRules: [FindingRule] = [
        FindingRule("P6-01", .error, Label("前置任务成环", "Predecessors form a ring"),
            why: Label("互相等待的任务永远不能开始。", "Tasks that wait for each other never start."),
            remedy: Label("去掉环上的一个前置关系。", "Remove one predecessor on the ring.")
        ) { facts, report in
            for cycle in facts.schedule.cycles {
                let path = (cycle + cycle.prefix(1)).map(\.short).joined(separator: " → ")
                report.found(cycle.first, "predecessors", "\(path)。", "\(path).")
            }
        },
        FindingRule("P6-02", .warning, Label("任务悬空", "Dangling task"),
            why: Label("没有后续的任务延误了也看不出影响，关键路径因此不可信。", "Without a successor a delay shows no effect, and the critical path cannot be trusted."),
            remedy: Label("补上前置与后续任务。", "Add its predecessors and successors.")
        ) { facts, report in
            let tasks = facts.leafTasks
            let linked = tasks.filter { !($0.predecessors ?? []).isEmpty }
            // A list of dated tasks is not a network; only plans that link most of their tasks are judged.
            guard tasks.count >= 5, linked.count * 2 > tasks.count else { return }
            let followed = Set(facts.plan.all(PlanTask.self).flatMap { ($0.predecessors ?? []).map(\.predecessor) })
            let last = facts.schedule.finish
            for task in tasks where task.share < 1 && !followed.contains(task.id) {
                guard let dates = facts.schedule[task.id], dates.finish != last, !facts.hasAncestor(of: task.id, in: followed) else { continue }
                report.found(task.id, "predecessors", "\(task.id.short) 没有后续任务。", "\(task.id.short) has no successor.")
            }
            for task in tasks where task.share == 0 && (task.predecessors ?? []).isEmpty && task.constraint == .asSoonAsPossible && task.start == nil {
                guard !facts.ancestorHasPredecessor(task) else { continue }
                report.found(task.id, "predecessors", "\(task.id.short) 没有前置任务。", "\(task.id.short) has no predecessor.")
            }
        },
        FindingRule("P6-03", .error, Label("限制条件无法满足", "Constraint cannot be met"),
            why: Label("排期与限制条件矛盾时，两者必有一个不成立。", "Where schedule and constraint contradict, one of them is wrong."),
            remedy: Label("放宽限制日期，或缩短、提前前置任务。", "Relax the date, or shorten what precedes it.")
        ) { facts, report in
            guard facts.openTasks.contains(where: { $0.task.constraint?.needsDate ?? false }) else { return }
            let relaxed = PlanSchedule.relaxed(facts.plan, calendar: facts.schedule.calendar, today: facts.today)
            for (task, _) in facts.openTasks {
                guard let constraint = task.constraint, let date = task.constraintDate, let dates = relaxed[task.id] else {
                    if let constraint = task.constraint, constraint.needsDate, task.constraintDate == nil {
                        report.found(task.id, "constraintDate", "「\(constraint.label.zh)」没有日期。", "“\(constraint.label.en)” has no date.")
                    }
                    continue
                }
                let isMissed: Bool
                switch constraint {
                case .mustStartOn, .startNoLaterThan: isMissed = dates.start > date
                case .mustFinishOn, .finishNoLaterThan: isMissed = dates.finish > date
                default: isMissed = false
                }
                if isMissed {
                    report.found(task.id, "constraint", "\(constraint.label.zh) \(date)，而前置任务只允许 \(dates.start) 至 \(dates.finish)。", "\(constraint.label.en) \(date), but what precedes it allows \(dates.start) to \(dates.finish).")
                }
            }
        },
        FindingRule("P6-04", .error, Label("负时差", "Negative float"),
            why: Label("照现在的排期，截止日期已经赶不上。", "On the present schedule the deadline is missed already."),
            remedy: Label("压缩关键任务、增加人手，或改截止日期。", "Shorten critical tasks, add people, or move the deadline.")
        ) { facts, report in
            for (task, dates) in facts.openTasks where dates.totalFloat < 0 && task.deadline != nil {
                report.found(task.id, "deadline", "预计 \(dates.finish) 完成，总时差 \(dates.totalFloat.plain) 天。", "Expected on \(dates.finish), total float \(dates.totalFloat.plain) days.")
            }
        },
        FindingRule("P6-05", .warning, Label("比基线晚", "Later than the baseline"),
            why: Label("偏差越早处理越便宜。", "The earlier a variance is dealt with, the cheaper."),
            remedy: Label("调整后续任务，或提出变更并建立新基线。", "Adjust what follows, or raise a change request and take a new baseline.")
        ) { facts, report in
            for (task, dates) in facts.openTasks {
                guard let baseline = task.baselineFinish, dates.finish > baseline, dates.isCritical else { continue }
                report.found(task.id, "baselineFinish", "关键任务预计 \(dates.finish) 完成，比基线晚 \(dates.finish - baseline) 天。", "A critical task, expected on \(dates.finish), \(dates.finish - baseline) days after its baseline.")
            }
        },
        FindingRule("P5-01", .warning, Label("里程碑没有交付物", "Milestone without deliverable"),
            why: Label("没有交付物的里程碑无从验收。", "A milestone without a deliverable cannot be accepted."),
            remedy: Label("写明里程碑要交出什么。", "Say what is handed over at the milestone.")
        ) { facts, report in
            for task in facts.plan.all(PlanTask.self) where task.isMilestone == true && task.share < 1 && (task.deliverables ?? []).isEmpty && (task.acceptance ?? "").isEmpty {
                report.found(task.id, "deliverables", "里程碑 \(task.id.short) 没有交付物或验收标准。", "Milestone \(task.id.short) has no deliverable or acceptance criteria.")
            }
        },
        FindingRule("P5-02", .warning, Label("阶段没有里程碑", "Phase without milestone"),
            why: Label("没有里程碑的阶段没有终点。", "A phase without a milestone has no end."),
            remedy: Label("为阶段设一个里程碑。", "Give the phase a milestone.")
        ) { facts, report in
            for phase in facts.plan.all(Phase.self) where (phase.milestones ?? []).isEmpty {
                report.found(phase.id, "milestones", "阶段「\(phase.title ?? "")」没有里程碑。", "Phase “\(phase.title ?? "")” has no milestone.")
            }
        },
        FindingRule("P2-01", .warning, Label("范围蔓延", "Scope creep"),
            why: Label("基线之后未经变更加入的内容会吃掉时间和钱。", "What is added after the baseline without a change request eats time and money."),
            remedy: Label("补一份变更请求，或移出范围。", "Raise a change request, or take it out.")
        ) { facts, report in
            guard let baseline = facts.plan.all(Baseline.self).compactMap(\.takenOn).min() else { return }
            for item in facts.plan.all(ScopeItem.self) where item.isIn == .included && item.request == nil && (item.addedOn.map { $0 > baseline } ?? false) {
                report.found(item.id, "request", "「\(item.title ?? "")」在基线（\(baseline)）之后加入，没有变更请求。", "“\(item.title ?? "")” was added after the baseline (\(baseline)) without a change request.")
            }
        },
        FindingRule("P2-02", .warning, Label("交付物没有质量标准或验收人", "Deliverable without standard or acceptor"),
            why: Label("没有标准与验收人，交付时才争论。", "Without them the argument comes at hand-over."),
            remedy: Label("填写质量标准与验收负责人。", "Give a quality standard and who accepts it.")
        ) { facts, report in
            for deliverable in facts.plan.all(Deliverable.self) where deliverable.acceptedOn == nil {
                if (deliverable.standard ?? "").isEmpty { report.found(deliverable.id, "standard", "\(deliverable.id.short) 没有质量标准。", "\(deliverable.id.short) has no quality standard.") }
                if deliverable.acceptor == nil { report.found(deliverable.id, "acceptor", "\(deliverable.id.short) 没有验收负责人。", "Nobody is named to accept \(deliverable.id.short).") }
            }
        },
        FindingRule("P16-01", .warning, Label("变更请求久未决定", "Change request undecided"),
            why: Label("悬着的变更让团队不知按哪个版本做。", "With a change pending nobody knows which version counts."),
            remedy: Label("批准或驳回，写明理由。", "Approve or reject it, with the reason.")
        ) { facts, report in
            for request in facts.plan.all(ChangeRequest.self) where request.decision == .open {
                guard let raised = request.requestedOn, facts.today - raised > 14 else { continue }
                report.found(request.id, "decision", "\(request.id.short) 提出已 \(facts.today - raised) 天。", "\(request.id.short) was raised \(facts.today - raised) days ago.")
            }
        },
    ]
}

extension PlanFacts {
    /// Whether a record the task stands in is among `ids`.
    func hasAncestor(of task: RecordID, in ids: Set<RecordID>) -> Bool {
        var number = plan.record(task)?.parent
        while let current = number {
            let ancestor = RecordID(plan: plan.key, prefix: task.prefix, number: current)
            if ids.contains(ancestor) { return true }
            number = plan.record(ancestor)?.parent
        }
        return false
    }

    func ancestorHasPredecessor(_ task: Typed<PlanTask>) -> Bool {
        var number = task.record.parent
        while let current = number {
            guard let parent = plan.record(RecordID(plan: plan.key, prefix: task.id.prefix, number: current), as: PlanTask.self) else { return false }
            if !(parent.predecessors ?? []).isEmpty || parent.start != nil { return true }
            number = parent.record.parent
        }
        return false
    }
}
