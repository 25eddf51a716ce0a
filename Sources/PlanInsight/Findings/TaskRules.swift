import PlanModel
import WorkingTime

extension PlanCheck {
    static let taskRules: [FindingRule] = [
        FindingRule(
            "D5-01", .warning, Label("任务没有验收标准", "Task without acceptance criteria"),
            why: Label("没有标准的「完成」各有各的说法。", "Without criteria everybody has their own “done”."),
            remedy: Label("写明怎样算完成。", "Say what counts as done."),
            eachEntry: { facts, task, report in
                guard facts.plan.blueprint != .growth, task.isMilestone != true, (task.acceptance ?? "").isEmpty,
                    (task.deliverables ?? []).isEmpty, task.start.map({ $0 - facts.today < 60 }) ?? true
                else { return }
                report.found(
                    task.id, "acceptance", "\(task.id.short) 没有验收标准，也没有交付物。",
                    "\(task.id.short) has neither acceptance criteria nor a deliverable.")
            }),
        FindingRule(
            "D5-02", .warning, Label("任务没有时间", "Undated task"),
            why: Label("没有时间的任务不会排上日程。", "What has no date gets no day."),
            remedy: Label("填写开始与完成日期，或工期与前置任务。", "Give start and finish, or a duration and predecessors."),
            eachEntry: { _, task, report in
                guard task.start == nil, task.due == nil, task.duration == nil, (task.predecessors ?? []).isEmpty,
                    task.deadline == nil, task.isMilestone != true
                else { return }
                report.found(
                    task.id, "start", "\(task.id.short) 没有日期、工期与前置任务。", "\(task.id.short) has no date, duration or predecessor.")
            }),
        FindingRule(
            "D5-03", .warning, Label("任务已逾期", "Overdue task"),
            why: Label("逾期的任务会推迟等它的人。", "What is overdue delays those who wait for it."),
            remedy: Label("更新进展，或与相关人约定新的日期。", "Update its progress, or agree on a new date."),
            eachEntry: { facts, task, report in
                guard let due = task.agreedFinish, due < facts.today else { return }
                report.found(
                    task.id, "due", "应于 \(due) 完成，已过 \(facts.today - due) 天，完成 \(task.share.percent)。",
                    "Due on \(due), \(facts.today - due) days ago, and \(task.share.percent) done.")
            }),
        FindingRule(
            "D5-04", .error, Label("完成早于开始", "Finish before start"),
            why: Label("完成早于开始的日期里必有一个写错了。", "Of a finish before its start one date is wrong."),
            remedy: Label("改正其中一个日期。", "Correct one of the two dates."),
            eachEntry: { _, task, report in
                for (start, finish, field) in [
                    (task.start, task.due, "due"), (task.baselineStart, task.baselineFinish, "baselineFinish"),
                ] {
                    guard let start, let finish, finish < start else { continue }
                    report.found(task.id, field, "开始 \(start)，完成 \(finish)。", "It starts on \(start) and finishes on \(finish).")
                }
            }),
        FindingRule(
            "D5-05", .warning, Label("填写的开始日期没有起作用", "Start date without effect"),
            why: Label(
                "有前置任务的任务跟着前置任务排；填写的开始日期不会让它等到那一天。",
                "A task with predecessors follows them; a start date alone does not make it wait."),
            remedy: Label(
                "要等到那一天，就把限制设为「不得早于…开始」；否则清空开始日期。",
                "To wait for the day set the constraint “start no earlier than”; otherwise clear the start."),
            eachTask: { facts, task, dates, report in
                guard let start = task.start, dates.start < start, !(task.predecessors ?? []).isEmpty, task.actualStart == nil,
                    task.share == 0,
                    task.isManual != true, task.constraint == nil || task.constraint == .asSoonAsPossible
                else { return }
                report.found(
                    task.id, "start", "填写 \(start) 开始，排期从 \(dates.start) 开始。",
                    "Its start is given as \(start), but it is scheduled from \(dates.start).")
            }),
        FindingRule(
            "D5-06", .error, Label("计划的结束早于开始", "Plan finishes before it starts"),
            why: Label("期间颠倒时，时间进度与目标路径都算不出来。", "Without a period neither time elapsed nor target paths can be told."),
            remedy: Label("改正计划的开始或结束日期。", "Correct the start or the finish of the plan.")
        ) { facts, report in
            let header = facts.plan.header
            guard let plan = Typed<PlanHeader>(header), let start = plan.start, let finish = plan.finish, finish < start else {
                return
            }
            report.found(header.id, "finish", "开始 \(start)，结束 \(finish)。", "It starts on \(start) and finishes on \(finish).")
        },
        FindingRule(
            "D5-07", .error, Label("日期前后颠倒", "Dates the wrong way round"),
            why: Label(
                "后来的事排在先前的事之前，其中必有一个日期写错了；由它算出的期间是空的。",
                "Of what ends before it begins one date is wrong, and the period between is empty."),
            remedy: Label("改正其中一个日期。", "Correct one of the two dates.")
        ) { facts, report in
            func look(at record: Record, _ pairs: [(FieldInfo, FieldInfo)]) {
                for (first, last) in pairs {
                    guard case .date(let from)? = record[first], case .date(let until)? = record[last], until < from else {
                        continue
                    }
                    report.found(
                        record.id, last.key, "\(first.label.zh) \(from)，\(last.label.zh) \(until)。",
                        "\(first.label.en): \(from). \(last.label.en): \(until).")
                }
            }
            let tasks = Kind.of(PlanTask.self)
            for kind in facts.plan.kinds where kind.prefix != tasks.prefix {
                let pairs = kind.dayPairs
                guard !pairs.isEmpty else { continue }
                for record in facts.plan.records(kind) { look(at: record, pairs) }
            }
            // Nothing but what is begun has actual days.
            for place in facts.schedule.begunPlaces { look(at: facts.schedule.tasks[place].record, tasks.dayPairs) }
        },
        FindingRule(
            "D6-01", .error, Label("任务没有负责人", "Task without owner"),
            why: Label("没有负责人的任务没有人做。", "Nobody does what nobody owns."),
            remedy: Label("指定一位负责人。", "Name one owner."),
            eachEntry: { facts, task, report in
                guard facts.plan.blueprint != .growth, task.owner == nil else { return }
                report.found(task.id, "owner", "\(task.id.short) 没有负责人。", "\(task.id.short) has no owner.")
            }),
        FindingRule(
            "D6-02", .error, Label("一件事有两个负责人", "Two are accountable for one thing"),
            why: Label("两个人负责时，双方都以为对方在做。", "With two accountable each relies on the other."),
            remedy: Label("只留一位负责（A），其余改为执行或咨询。", "Keep one accountable; make the others responsible or consulted.")
        ) { facts, report in
            for item in facts.plan.all(Responsibility.self) where (item.accountable ?? []).count > 1 {
                report.found(
                    item.id, "accountable", "「\(item.duty ?? "")」有 \(item.accountable?.count ?? 0) 位负责人。",
                    "“\(item.duty ?? "")” has \(item.accountable?.count ?? 0) accountable.")
            }
        },
        FindingRule(
            "D6-03", .warning, Label("截止日期没有余量", "Deadline without buffer"),
            why: Label("没有余量的截止日期，一次意外就会错过。", "Without slack one surprise misses the deadline."),
            remedy: Label("提前安排，或把截止日期往后协商。", "Plan it earlier, or negotiate the deadline."),
            eachTask: { facts, task, dates, report in
                guard let deadline = task.deadline, deadline >= facts.today, dates.totalFloat >= 0 else { return }
                let slack =
                    facts.schedule.calendar.workingMinutes(from: (dates.finish + 1).start, to: (deadline + 1).start)
                    / facts.schedule.calendars.minutesPerDay
                guard slack <= 1 else { return }
                report.found(
                    task.id, "deadline", "预计 \(dates.finish) 完成，截止 \(deadline)，余量 \(slack) 个工作日。",
                    "Expected on \(dates.finish), deadline \(deadline): \(slack) working days of slack.")
            }),
        FindingRule(
            "D6-04", .warning, Label("依赖其他部门而没有约定", "Depends on another department without an agreement"),
            why: Label("没有约定的协作最容易互相等待。", "Without an agreement departments wait for each other."),
            remedy: Label("加一条协作约定，写明谁在何时交付什么。", "Add an agreement: who delivers what by when."),
            eachEntry: { facts, task, report in
                guard let partner = task.partner, !partner.isEmpty,
                    !facts.plan.all(Agreement.self).contains(where: { ($0.tasks ?? []).contains(task.id) })
                else { return }
                report.found(
                    task.id, "partner", "\(task.id.short) 依赖\(partner)，没有协作约定。",
                    "\(task.id.short) depends on \(partner), without an agreement.")
            }),
        FindingRule(
            "P13-01", .warning, Label("行动项没有收口", "Action item still open"),
            why: Label("会议的价值在于行动项被关闭。", "A meeting is worth what its actions achieve."),
            remedy: Label("完成它、改期，或在下次会议上说明。", "Finish it, move it, or explain it at the next meeting."),
            eachTask: { facts, task, dates, report in
                guard let origin = task.origin, origin.prefix == Meeting.names.prefix, (task.due ?? dates.finish) < facts.today
                else { return }
                report.found(task.id, "due", "会议 \(origin.short) 的行动项已逾期。", "The action item from \(origin.short) is overdue.")
            }),
        FindingRule(
            "S13-01", .warning, Label("跨部门约定未确认", "Agreement not confirmed"),
            why: Label("未经对方确认的约定不算数。", "What the other side has not confirmed does not bind."),
            remedy: Label("请对方确认，并勾选「已确认」。", "Have the other side confirm it.")
        ) { facts, report in
            for agreement in facts.plan.all(Agreement.self) where agreement.isAgreed != true {
                report.found(
                    agreement.id, "isAgreed", "\(agreement.from ?? "")与\(agreement.to ?? "")的约定尚未确认。",
                    "The agreement between \(agreement.from ?? "") and \(agreement.to ?? "") is not confirmed.")
            }
        },
    ]
}

extension Kind {
    /// Fields whose days follow on each other, by their keys: of all kinds that have both.
    private static let dayPairs = [
        ("start", "finish"), ("start", "due"), ("start", "until"), ("joinsOn", "leavesOn"), ("baselineDate", "due"),
        ("seasonFrom", "seasonUntil"), ("requestedOn", "decidedOn"), ("foundOn", "fixedOn"), ("fixedOn", "retestedOn"),
        ("deliveredOn", "acceptedOn"), ("actualStart", "actualFinish"),
    ]

    /// Those of the kind; of the plan itself, of the days of a task's plan, and of exceptions to a calendar rules of their own tell.
    fileprivate var dayPairs: [(FieldInfo, FieldInfo)] {
        guard prefix != PlanHeader.names.prefix else { return [] }
        return Self.dayPairs.compactMap { first, last in
            guard let first = field(first), let last = field(last), first.type == .date, last.type == .date else { return nil }
            if prefix == PlanTask.names.prefix && first.key == "start" { return nil }
            // A review of a period is held when it is held.
            if last.key == "due" && field("finish") != nil { return nil }
            return (first, last)
        }
    }
}
