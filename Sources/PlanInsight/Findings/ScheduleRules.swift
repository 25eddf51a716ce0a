import PlanModel
import WorkingTime

extension PlanCheck {
    static let scheduleRules: [FindingRule] = [
        FindingRule(
            "P6-01", .error, Label("前置任务成环", "Predecessors form a ring"),
            why: Label("互相等待的任务永远不能开始。", "Tasks that wait for each other never start."),
            remedy: Label("去掉环上的一个前置关系。", "Remove one predecessor on the ring.")
        ) { facts, report in
            for cycle in facts.schedule.cycles {
                let path = (cycle + cycle.prefix(1)).map(\.short).joined(separator: " → ")
                report.found(cycle.first, "predecessors", "\(path)。", "\(path).")
            }
        },
        FindingRule(
            "P6-02", .warning, Label("任务悬空", "Dangling task"),
            why: Label(
                "没有后续的任务延误了也看不出影响，关键路径因此不可信（DCMA 第 1 点）。",
                "Without a successor a delay shows no effect, and the critical path cannot be trusted (DCMA point 1)."),
            remedy: Label("补上前置与后续任务。", "Add its predecessors and successors.")
        ) { facts, report in
            guard facts.isNetwork else { return }
            let followed = facts.followedTasks
            let last = facts.schedule.finish
            let (tasks, dates) = (facts.schedule.tasks, facts.schedule.dates)
            for place in facts.schedule.openPlaces where dates[place].finish != last && !followed.contains(tasks[place].id.number)
            {
                let task = tasks[place].id.short
                report.found(tasks[place].id, "predecessors", "\(task) 没有后续任务。", "\(task) has no successor.")
            }
            for place in facts.schedule.openPlaces
            where (tasks[place].predecessors ?? []).isEmpty && tasks[place].start == nil
                && tasks[place].constraint == .asSoonAsPossible && tasks[place].share == 0
            {
                let task = tasks[place]
                guard !facts.ancestorHasPredecessor(task) else { continue }
                report.found(task.id, "predecessors", "\(task.id.short) 没有前置任务。", "\(task.id.short) has no predecessor.")
            }
        },
        FindingRule(
            "P6-03", .error, Label("限制条件无法满足", "Constraint cannot be met"),
            why: Label("排期与限制条件矛盾时，两者必有一个不成立。", "Where schedule and constraint contradict, one of them is wrong."),
            remedy: Label("放宽限制日期，或缩短、提前前置任务。", "Relax the date, or shorten what precedes it.")
        ) { facts, report in
            guard facts.schedule.openPlaces.contains(where: { facts.schedule.tasks[$0].constraint?.needsDate ?? false }) else {
                return
            }
            let relaxed = PlanSchedule.relaxed(facts.plan, like: facts.schedule, today: facts.today)
            for (task, _) in facts.openTasks {
                guard let constraint = task.constraint, let date = task.constraintDate, let dates = relaxed[task.id] else {
                    if let constraint = task.constraint, constraint.needsDate, task.constraintDate == nil {
                        report.found(
                            task.id, "constraintDate", "「\(constraint.label.zh)」没有日期。", "“\(constraint.label.en)” has no date.")
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
                    report.found(
                        task.id, "constraint", "\(constraint.label.zh) \(date)，而前置任务只允许 \(dates.start) 至 \(dates.finish)。",
                        "\(constraint.label.en) \(date), but what precedes it allows \(dates.start) to \(dates.finish).")
                }
            }
        },
        FindingRule(
            "P6-04", .error, Label("负时差", "Negative float"),
            why: Label(
                "照现在的排期，截止日期、限制日期或计划的结束日期已经赶不上；它之前的任务都要提前（DCMA 第 7 点）。",
                "On the present schedule a deadline, a constraint or the end of the plan is missed; what comes before it has to be earlier (DCMA point 7)."
            ),
            remedy: Label("压缩关键任务、增加人手，或改期限。", "Shorten critical tasks, add people, or move the date."),
            check: { facts, report in
                guard facts.schedule.dates.contains(where: { $0.totalFloat < 0 }) else { return }
                let reasons = facts.schedule.reasonsForLateness(facts.plan)
                let late = facts.schedule.openPlaces.filter { facts.schedule.dates[$0].totalFloat < 0 }
                // One date that is missed is one thing to deal with, however many tasks come before it.
                for places in late.grouped(by: { reasons[facts.schedule.tasks[$0].id] }) {
                    let reason = places.first.flatMap { reasons[facts.schedule.tasks[$0].id] }
                    let own = places.first { reason?.task == facts.schedule.tasks[$0].id }
                    let latest = places.max { facts.schedule.dates[$0].finish < facts.schedule.dates[$1].finish }
                    guard let place = own ?? latest else { continue }
                    let (task, dates) = (facts.schedule.tasks[place], facts.schedule.dates[place])
                    let days = (-dates.totalFloat).plain
                    let holder = own == nil ? reason?.task?.short ?? "" : ""
                    let words = reason?.words ?? Label("期限", "the date")
                    let others = places.count - 1
                    report.found(
                        task.id, own != nil && task.deadline == nil ? "constraintDate" : "deadline",
                        "预计 \(dates.finish) 完成，比\(holder.isEmpty ? "" : " \(holder) 的")\(words.zh) 所允许的晚 \(days) 个工作日"
                            + (others == 0 ? "。" : "；通向它的另外 \(others) 项任务也没有余地。"),
                        "Expected on \(dates.finish), \(days) working \(days == "1" ? "day" : "days") later than \(words.en)\(holder.isEmpty ? "" : " of \(holder)") allows"
                            + (others == 0
                                ? "."
                                : "; \(others == 1 ? "1 other task" : "\(others) other tasks") on the way to it are late as well.")
                    )
                }
            }, holds: { facts, task in facts.schedule[task].map { $0.totalFloat < 0 } ?? false }),
        FindingRule(
            "P6-05", .warning, Label("比基线晚", "Later than the baseline"),
            why: Label("偏差越早处理越便宜。", "The earlier a variance is dealt with, the cheaper."),
            remedy: Label("调整后续任务，或提出变更并建立新基线。", "Adjust what follows, or raise a change request and take a new baseline."),
            eachTask: { _, task, dates, report in
                guard let baseline = task.baselineFinish, dates.finish > baseline, dates.isCritical else { return }
                report.found(
                    task.id, "baselineFinish", "关键任务预计 \(dates.finish) 完成，比基线晚 \(dates.finish - baseline) 天。",
                    "A critical task, expected on \(dates.finish), \(dates.finish - baseline) days after its baseline.")
            }),
        FindingRule(
            "P6-06", .warning, Label("硬性限制过多", "Too many hard constraints"),
            why: Label(
                "硬性日期压过前置任务，延误不再向后传递，关键路径就不准了。行业检查（DCMA 第 5 点）以开放任务的 5% 为限。",
                "Hard dates override the links, so delays no longer show. The usual limit is 5% of the open tasks (DCMA point 5)."
            ),
            remedy: Label("改用「不得早于」或截止日期。", "Use “no earlier than” or a deadline instead.")
        ) { facts, report in
            let hard = facts.schedule.openPlaces.filter { facts.schedule.tasks[$0].constraint?.isHard == true }
            guard facts.isNetwork, Double(hard.count) > 0.05 * Double(facts.schedule.openPlaces.count) else { return }
            for place in hard {
                let task = facts.schedule.tasks[place]
                let label = task.constraint?.label ?? Label("", "")
                report.found(
                    task.id, "constraint", "「\(label.zh)」是硬性限制；开放任务中有 \(hard.count) 项带有硬性限制。",
                    "“\(label.en)” is a hard constraint; \(hard.count) open tasks have one.")
            }
        },
        FindingRule(
            "P6-07", .warning, Label("前置任务带提前量", "Lead on a link"),
            why: Label(
                "提前量让后续任务在前置未完成时开始，返工的代价看不见（DCMA 第 2 点）。",
                "With a lead a task begins before what it waits for is done, and nobody sees the price of rework (DCMA point 2)."),
            remedy: Label("把前置任务拆成两段，用「完成—开始」相连。", "Split the predecessor and link its parts finish to start."),
            eachEntry: { facts, task, report in
                for link in task.predecessors ?? [] {
                    let days = facts.schedule.calendars.days(link.lag)
                    guard days < 0 else { continue }
                    report.found(
                        task.id, "predecessors", "与 \(link.predecessor.short) 之间提前 \((-days).plain) \(link.dayName(-days).zh)。",
                        "A lead of \((-days).plain) \(link.dayName(-days).en) on \(link.predecessor.short).")
                }
            }),
        FindingRule(
            "P6-08", .warning, Label("间隔过长", "Long lag"),
            why: Label(
                "长间隔里一定有事发生，却没有人负责、也看不到进展。",
                "Something happens during a long lag, but nobody owns it and nobody sees its progress."),
            remedy: Label("把等待写成一项任务：审批、采购、养护……", "Make the waiting a task of its own: approval, delivery, curing."),
            eachEntry: { facts, task, report in
                for link in task.predecessors ?? [] {
                    let days = facts.schedule.calendars.days(link.lag)
                    guard days > 10 else { continue }
                    report.found(
                        task.id, "predecessors", "与 \(link.predecessor.short) 之间空等 \(days.plain) \(link.dayName(days).zh)。",
                        "A lag of \(days.plain) \(link.dayName(days).en) after \(link.predecessor.short).")
                }
            }),
        FindingRule(
            "P6-09", .warning, Label("时差过大", "High float"),
            why: Label(
                "时差超过 44 个工作日的任务，多半漏了后续任务。行业检查（DCMA 第 6 点）以开放任务的 5% 为限。",
                "Float above 44 working days mostly means a missing successor. The usual limit is 5% of the open tasks (DCMA point 6)."
            ),
            remedy: Label("补上真正等待它的任务。", "Add the task that really waits for it.")
        ) { facts, report in
            let loose = facts.schedule.openPlaces.filter { facts.schedule.dates[$0].totalFloat > 44 }
            guard facts.isNetwork, Double(loose.count) > 0.05 * Double(facts.schedule.openPlaces.count) else { return }
            for place in loose {
                let dates = facts.schedule.dates[place]
                report.found(
                    facts.schedule.tasks[place].id, "predecessors", "总时差 \(dates.totalFloat.plain) 个工作日。",
                    "Total float of \(dates.totalFloat.plain) working days.")
            }
        },
        FindingRule(
            "P6-10", .warning, Label("任务过长", "Long task"),
            why: Label(
                "超过 44 个工作日的任务，到了后期才发现延误（DCMA 第 8 点）。",
                "Of a task longer than 44 working days one learns too late that it slips (DCMA point 8)."),
            remedy: Label("拆成两周以内的任务。", "Break it into tasks of up to two weeks."),
            eachTask: { facts, task, dates, report in
                guard facts.isNetwork, dates.duration > 44, task.recurrence == nil else { return }
                report.found(
                    task.id, "duration", "工期 \(dates.duration.plain) 个工作日。", "\(dates.duration.plain) working days long.")
            }),
        FindingRule(
            "P6-11", .error, Label("别的计划里的前置任务排不进来", "Predecessor in another plan cannot be scheduled"),
            why: Label(
                "等一个不存在的任务，或两份计划互相等待，日期都不可信。",
                "A task that waits for one that is not there, or for a plan that waits for this one, has no date to rely on."),
            remedy: Label("改正前置任务，或只在一份计划里保留等待关系。", "Correct the predecessor, or keep the waiting in one of the plans."),
            eachEntry: { facts, task, report in
                for link in task.predecessors ?? [] where link.predecessor.plan != facts.plan.key {
                    guard let doubt = facts.schedule.external.doubts[link.predecessor] else { continue }
                    let name = link.predecessor.description
                    let words =
                        switch doubt {
                        case .noPlan: Label("没有计划 \(link.predecessor.plan)。", "There is no plan \(link.predecessor.plan).")
                        case .noTask: Label("没有任务 \(name)。", "There is no task \(name).")
                        case .circular:
                            Label(
                                "\(name) 所在的计划也在等本计划，它对 \(name) 的影响没有计入。",
                                "The plan of \(name) waits for this one too; what that does to \(name) is not counted.")
                        }
                    report.found(task.id, "predecessors", words.zh, words.en)
                }
            }),
        FindingRule(
            "P6-12", .warning, Label("工期、工时与投入不一致", "Duration, effort and assignments disagree"),
            why: Label(
                "三者应满足 工时 = 工期 × 投入，不然排期与人力负荷各说各话。",
                "Effort is duration × units; otherwise schedule and load tell different stories."),
            remedy: Label("按任务类型改正其中一项。", "Correct one of them by the type of the task."),
            eachEntry: { facts, task, report in
                guard task.type != nil, let gap = TaskStaffing(facts.schedule.calendars).gap(task) else { return }
                let days = facts.schedule.calendars.days(abs(gap)).plain
                report.found(
                    task.id, "effort", "工期 × 投入比工时\(gap > 0 ? "多" : "少") \(days) 人天。",
                    "Duration × units is \(days) person days \(gap > 0 ? "more" : "less") than the effort.")
            }),
        FindingRule(
            "P6-21", .warning, Label("没等前置任务就做了", "Out-of-sequence progress"),
            why: Label(
                "前置任务还没做到，后面的任务却开始或完成了：要么这个前置关系不成立，要么进展记错了，照它排的日期都不可信。",
                "A task is begun or done though what it waits for is not: either it does not wait, or progress is recorded wrongly, and dates that rest on the link cannot be trusted."
            ),
            remedy: Label("改正进展，或去掉、改写这个前置关系。", "Correct the progress, or take away or change the link.")
        ) { facts, report in
            for place in facts.schedule.begunPlaces {
                let task = facts.schedule.tasks[place]
                let missing = (task.predecessors ?? []).filter { facts.schedule.isOutOfSequence(task, $0) }
                guard !missing.isEmpty else { continue }
                let names = missing.map(\.predecessor.short)
                let (zh, en) = task.isFinished ? ("已经完成", "done") : ("已经开始", "begun")
                report.found(
                    task.id, "predecessors", "\(task.id.short) \(zh)，却没有等到前置任务 \(names.joined(separator: "、"))。",
                    "\(task.id.short) is \(en), but did not wait for \(names.joined(separator: ", ")), as its links say."
                )
            }
        },
        FindingRule(
            "P6-22", .warning, Label("手工排的日期早于前置任务允许", "Put by hand before its predecessor lets it"),
            why: Label(
                "手工排定的任务不随前置任务移动：前置任务推迟之后，它就排在了所等的事之前。",
                "A task put by hand does not move with its predecessors: when they slip, it lies before what it waits for."),
            remedy: Label("改排日期、改为自动排期，或去掉这个前置关系。", "Change its dates, let it be scheduled, or take away the link.")
        ) { facts, report in
            for task in facts.schedule.earlyPlacements {
                report.found(task.task, "start", "\(task.task.short) \(task.words.zh)", "\(task.task.short): \(task.words.en)")
            }
        },
        FindingRule(
            "P5-01", .warning, Label("里程碑没有交付物", "Milestone without deliverable"),
            why: Label("没有交付物的里程碑无从验收。", "A milestone without a deliverable cannot be accepted."),
            remedy: Label("写明里程碑要交出什么。", "Say what is handed over at the milestone."),
            eachEntry: { _, task, report in
                guard task.isMilestone == true, (task.deliverables ?? []).isEmpty, (task.acceptance ?? "").isEmpty else { return }
                report.found(
                    task.id, "deliverables", "里程碑 \(task.id.short) 没有交付物或验收标准。",
                    "Milestone \(task.id.short) has no deliverable or acceptance criteria.")
            }),
        FindingRule(
            "P5-02", .warning, Label("阶段没有里程碑", "Phase without milestone"),
            why: Label("没有里程碑的阶段没有终点。", "A phase without a milestone has no end."),
            remedy: Label("为阶段设一个里程碑。", "Give the phase a milestone.")
        ) { facts, report in
            for phase in facts.plan.all(Phase.self) where (phase.milestones ?? []).isEmpty {
                report.found(
                    phase.id, "milestones", "阶段「\(phase.title ?? "")」没有里程碑。", "Phase “\(phase.title ?? "")” has no milestone.")
            }
        },
        FindingRule(
            "P2-01", .warning, Label("范围蔓延", "Scope creep"),
            why: Label("基线之后未经变更加入的内容会吃掉时间和钱。", "What is added after the baseline without a change request eats time and money."),
            remedy: Label("补一份变更请求，或移出范围。", "Raise a change request, or take it out.")
        ) { facts, report in
            guard let baseline = facts.plan.all(Baseline.self).compactMap(\.takenOn).min() else { return }
            for item in facts.plan.all(ScopeItem.self)
            where item.isIn == .included && item.request == nil && (item.addedOn.map { $0 > baseline } ?? false) {
                report.found(
                    item.id, "request", "「\(item.title ?? "")」在基线（\(baseline)）之后加入，没有变更请求。",
                    "“\(item.title ?? "")” was added after the baseline (\(baseline)) without a change request.")
            }
        },
        FindingRule(
            "P2-02", .warning, Label("交付物没有质量标准或验收人", "Deliverable without standard or acceptor"),
            why: Label("没有标准与验收人，交付时才争论。", "Without them the argument comes at hand-over."),
            remedy: Label("填写质量标准与验收负责人。", "Give a quality standard and who accepts it.")
        ) { facts, report in
            for deliverable in facts.plan.all(Deliverable.self) where deliverable.acceptedOn == nil {
                if (deliverable.standard ?? "").isEmpty {
                    report.found(
                        deliverable.id, "standard", "\(deliverable.id.short) 没有质量标准。",
                        "\(deliverable.id.short) has no quality standard.")
                }
                if deliverable.acceptor == nil {
                    report.found(
                        deliverable.id, "acceptor", "\(deliverable.id.short) 没有验收负责人。",
                        "Nobody is named to accept \(deliverable.id.short).")
                }
            }
        },
        FindingRule(
            "P16-01", .warning, Label("变更请求久未决定", "Change request undecided"),
            why: Label("悬着的变更让团队不知按哪个版本做。", "With a change pending nobody knows which version counts."),
            remedy: Label("批准或驳回，写明理由。", "Approve or reject it, with the reason.")
        ) { facts, report in
            for request in facts.plan.all(ChangeRequest.self) where request.decision == .open {
                guard let raised = request.requestedOn, facts.today - raised > 14 else { continue }
                report.found(
                    request.id, "decision", "\(request.id.short) 提出已 \(facts.today - raised) 天。",
                    "\(request.id.short) was raised \(facts.today - raised) days ago.")
            }
        },
    ]
}

extension Constraint {
    /// Whether it can hold a task against its links.
    var isHard: Bool {
        switch self {
        case .mustStartOn, .mustFinishOn, .startNoLaterThan, .finishNoLaterThan: true
        default: false
        }
    }
}

extension TaskLink {
    /// What the days of its lag are.
    fileprivate func dayName(_ count: Double) -> Label {
        let days = count.plain == "1" ? "day" : "days"
        if case .time(let duration) = lag, duration.unit.isElapsed { return Label("个自然日", "calendar \(days)") }
        return Label("个工作日", "working \(days)")
    }
}

extension PlanCalendars {
    /// Days of a lag, working or elapsed; a share of a duration counts as none.
    func days(_ lag: TaskLink.Lag) -> Double {
        guard case .time(let duration) = lag else { return 0 }
        return Double(minutes(duration)) / Double(duration.unit.isElapsed ? 1440 : minutesPerDay)
    }
}

extension PlanFacts {
    func ancestorHasPredecessor(_ task: Typed<PlanTask>) -> Bool {
        var number = task.record.parent
        while let current = number {
            guard let parent = plan.record(RecordID(plan: plan.key, prefix: task.id.prefix, number: current), as: PlanTask.self)
            else { return false }
            if !(parent.predecessors ?? []).isEmpty || parent.start != nil { return true }
            number = parent.record.parent
        }
        return false
    }
}
