import PlanInsight
import PlanModel
import Testing
import WorkingTime

/// July 2026 has no public holidays: the 6th is a Monday.
@Suite("Kinds of task in a plan's schedule")
struct TaskKindTests {
    private static func schedule(
        _ others: [Plan] = [], finish: String? = nil, _ body: (inout PlanEditor) -> Void
    ) -> PlanSchedule {
        let made = made(finish: finish, body)
        return PlanSchedule(made, in: Workspace(plans: others + [made]), today: RuleCase.today)
    }

    private static func made(finish: String? = nil, _ body: (inout PlanEditor) -> Void) -> Plan {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .project))
        editor.update(editor.plan.header.id, as: PlanHeader.self) { header in
            header.start = day("2026-07-06")
            header.finish = finish.map(day)
        }
        body(&editor)
        return editor.plan
    }

    @discardableResult
    private static func task(
        _ editor: inout PlanEditor, _ length: Double?, after links: [TaskLink] = [], in parent: RecordID? = nil,
        body: (inout Typed<PlanTask>) -> Void = { _ in }
    ) -> RecordID {
        editor.add(PlanTask.self, in: parent) { task in
            task.title = "任务"
            task.duration = length.map(days)
            if !links.isEmpty { task.predecessors = links }
            body(&task)
        }
    }

    @Test("a task scheduled by hand keeps its dates against its predecessor, and moves what follows")
    func manual() {
        let schedule = Self.schedule { editor in
            Self.task(&editor, 10)
            Self.task(&editor, 2, after: [TaskLink(the("T-1"))]) { task in
                task.isManual = true
                task.start = day("2026-07-09")
            }
            Self.task(&editor, 1, after: [TaskLink(the("T-2"))])
            Self.task(&editor, 1) { $0.isManual = true }
        }
        #expect(schedule[the("T-2")]?.start == day("2026-07-09") && schedule[the("T-2")]?.finish == day("2026-07-10"))
        #expect(schedule[the("T-3")]?.start == day("2026-07-13"))
        #expect(schedule.reasonsForStart(of: the("T-2")).map(\.words.zh) == ["日期是手工指定的。"])
        // Without dates of its own there is nothing to keep.
        #expect(schedule[the("T-4")]?.start == day("2026-07-06"))
    }

    @Test("a split task stops in between, goes on afterwards and takes nobody's time meanwhile")
    func split() throws {
        let plan = Self.made { editor in
            editor.add(Person.self) { $0.name = "周敏" }
            Self.task(&editor, 5) { task in
                task.interruptions = "2026-07-08..2026-07-10, 2026-07-14"
                task.assignments = [Share(the("P-1"))]
            }
            Self.task(&editor, 1, after: [TaskLink(the("T-1"))])
        }
        let facts = try #require(PlanFacts(planKey, in: Workspace(plans: [plan]), today: RuleCase.today))
        // 6, 7, 13, 15, 16.
        let dates = try #require(facts.schedule[the("T-1")])
        #expect(dates.finish == day("2026-07-16") && dates.duration == 5)
        #expect(dates.pauses == [day("2026-07-08")...day("2026-07-10"), day("2026-07-14")...day("2026-07-14")])
        #expect(facts.schedule[the("T-2")]?.start == day("2026-07-17"))
        #expect(facts.load.byPerson[the("P-1")]?.days.map(\.day.day) == [6, 7, 13, 15, 16])
    }

    @Test("what is dropped, and what stands in it, moves nothing, stretches no summary and does not count for the plan's dates")
    func dropped() throws {
        let plan = Self.made { editor in
            let outer = Self.task(&editor, nil)
            Self.task(&editor, 3, in: outer)
            let inner = Self.task(&editor, nil, in: outer) { $0.state = .dropped }
            Self.task(&editor, 40, in: inner)
            Self.task(&editor, 1, after: [TaskLink(the("T-4"))])
        }
        let facts = try #require(PlanFacts(planKey, in: Workspace(plans: [plan]), today: RuleCase.today))
        let schedule = facts.schedule
        #expect(schedule[the("T-4")]?.isInactive == true && schedule[the("T-3")]?.isInactive == true)
        #expect(schedule[the("T-1")]?.finish == day("2026-07-08"))
        #expect(schedule[the("T-5")]?.start == day("2026-07-06"))
        #expect(schedule.finish == day("2026-07-08"))
        #expect(schedule.criticalTasks == [the("T-2")])
        #expect(!facts.findings.contains { $0.record == the("T-4") })
    }

    @Test("the rest of a task begun too early waits for its predecessor, or goes on, as the plan says")
    func progressRule() {
        func finish(_ rule: UnderWay?) -> Day? {
            Self.schedule { editor in
                editor.update(editor.plan.header.id, as: PlanHeader.self) { header in
                    header.statusDate = day("2026-07-07")
                    header.progressRule = rule
                }
                Self.task(&editor, 10)
                Self.task(&editor, 4, after: [TaskLink(the("T-1"))]) { task in
                    task.actualStart = day("2026-07-06")
                    task.progress = 0.5
                }
            }[the("T-2")]?.finish
        }
        // The predecessor has not begun by the 7th: it lasts from the 8th to the 21st.
        #expect(finish(nil) == day("2026-07-23"))
        #expect(finish(.progressOverride) == day("2026-07-09"))
    }

    @Test("tasks are critical up to the plan's threshold, and each chain may have a critical path of its own")
    func critical() {
        func critical(_ header: (inout Typed<PlanHeader>) -> Void) -> [RecordID] {
            Self.schedule { editor in
                editor.update(editor.plan.header.id, as: PlanHeader.self) { header(&$0) }
                for length in [10.0, 8, 3] { Self.task(&editor, length) }
            }.criticalTasks
        }
        #expect(critical { _ in } == [the("T-1")])
        #expect(critical { $0.criticalFloat = days(2) } == [the("T-1"), the("T-2")])
        #expect(critical { $0.hasManyCriticalPaths = true } == [the("T-1"), the("T-2"), the("T-3")])
    }

    // MARK: Other plans

    private static let other = plan("other", .project) { editor in
        editor.period("2026-07-06", "2026-12-31")
        task(&editor, 4)
        task(&editor, 3) { $0.state = .dropped }
    }

    @Test("a task waits for a task of another plan on the dates that one has there, and says so")
    func external() throws {
        let outside = try #require(RecordID("other/T-1", in: planKey))
        let plan = Self.made { editor in
            Self.task(&editor, 1, after: [TaskLink(outside, lag: .time(days(1)))])
            Self.task(&editor, 1, after: [TaskLink(try! #require(RecordID("other/T-2", in: planKey)))])
            Self.task(&editor, 2, after: [TaskLink(outside, .startToStart)])
        }
        let facts = try #require(PlanFacts(planKey, in: Workspace(plans: [Self.other, plan]), today: RuleCase.today))
        // Four days from Monday the 6th and one of lag: Monday the 13th. What is dropped holds nobody.
        #expect(facts.schedule[the("T-1")]?.start == day("2026-07-13"))
        #expect(facts.schedule[the("T-2")]?.start == day("2026-07-06"))
        #expect(facts.schedule[the("T-3")]?.start == day("2026-07-06"))
        let reasons = facts.schedule.reasonsForStart(of: the("T-1"))
        #expect(reasons.map(\.task) == [the("T-1"), outside])
        #expect(reasons.first?.predecessor == outside)
        #expect(reasons.last?.words.zh == "「任务」在计划 other 里，日期以那份计划为准。")
        #expect(!facts.findings.contains { $0.code == "P6-11" })
    }

    @Test("another plan's task does not count for the end of this one, however late it starts something")
    func externalEnd() throws {
        let long = plan("other", .project) { editor in
            editor.period("2026-07-06", "2026-12-31")
            Self.task(&editor, 60)
        }
        let schedule = Self.schedule([long]) { editor in
            Self.task(&editor, 2, after: [TaskLink(try! #require(RecordID("other/T-1", in: planKey)), .startToStart)])
        }
        #expect(schedule.finish == day("2026-07-07"))
        #expect(schedule[the("T-1")]?.totalFloat == 0)
    }

    // MARK: Recurring tasks

    @Test("what recurs takes its people at each of its times only, and for as long as one of them lasts")
    func recurring() throws {
        let plan = Self.made(finish: "2026-07-31") { editor in
            editor.add(Person.self) { $0.name = "周敏" }
            editor.add(PlanTask.self) { task in
                task.title = "周会"
                task.start = day("2026-07-07")
                task.duration = WorkDuration(2, .hours)
                task.recurrence = .weekly
                task.assignments = [Share(the("P-1"))]
            }
            editor.add(PlanTask.self) { task in
                task.title = "月末盘点"
                task.start = day("2026-07-30")
                task.due = day("2026-09-30")
                task.duration = days(2)
                task.recurrence = .monthly
            }
        }
        let facts = try #require(PlanFacts(planKey, in: Workspace(plans: [plan]), today: RuleCase.today))
        let weekly = try #require(facts.plan.record(the("T-1"), as: PlanTask.self))
        #expect(facts.schedule.occurrences(of: weekly).map(\.days.lowerBound.day) == [7, 14, 21, 28])
        #expect(
            facts.load.byPerson[the("P-1")]?.byDay == [
                day("2026-07-07"): 0.25, day("2026-07-14"): 0.25, day("2026-07-21"): 0.25, day("2026-07-28"): 0.25,
            ])
        #expect(facts.schedule[the("T-1")]?.finish == day("2026-07-31"))
        // The 30th of August is a Sunday.
        let monthly = try #require(facts.plan.record(the("T-2"), as: PlanTask.self))
        #expect(
            facts.schedule.occurrences(of: monthly).map(\.days) == [
                day("2026-07-30")...day("2026-07-31"), day("2026-08-31")...day("2026-09-01"),
                day("2026-09-30")...day("2026-10-08"),
            ])
    }

    @Test("levelling keeps other tasks clear of the times of what recurs")
    func levelling() throws {
        let plan = Self.made(finish: "2026-08-31") { editor in
            editor.add(Person.self) { $0.name = "周敏" }
            editor.add(PlanTask.self) { task in
                task.title = "每周值班"
                task.start = day("2026-07-08")
                task.duration = days(1)
                task.recurrence = .weekly
                task.assignments = [Share(the("P-1"))]
            }
            Self.task(&editor, 4) { $0.assignments = [Share(the("P-1"))] }
        }
        let facts = try #require(PlanFacts(planKey, in: Workspace(plans: [plan]), today: RuleCase.today))
        let proposal = try LevellingProposal(facts)
        // Wednesday the 8th is taken; the first four free days in a row are 9, 10, 13 and 14 July.
        #expect(proposal.moves.map(\.task) == [the("T-2")])
        #expect(proposal.after[the("T-2")]?.start == day("2026-07-09") && proposal.after[the("T-2")]?.finish == day("2026-07-14"))
        #expect(proposal.overloadBefore == 1 && proposal.overloadAfter == 0)
    }

    // MARK: Too late

    private static func late(_ facts: PlanFacts) -> [RecordID: String] {
        Dictionary(
            facts.findings.filter { $0.code == "P6-04" }.compactMap { finding in finding.record.map { ($0, finding.reason.zh) } },
            uniquingKeysWith: { first, _ in first })
    }

    @Test("a missed deadline or constraint is told once, at the task that has it, with how many come before it")
    func upstream() throws {
        let plan = Self.made { editor in
            Self.task(&editor, 5)
            Self.task(&editor, 5, after: [TaskLink(the("T-1"))]) { $0.deadline = day("2026-07-15") }
            Self.task(&editor, 5)
            Self.task(&editor, 1, after: [TaskLink(the("T-3"))]) { task in
                task.constraint = .finishNoLaterThan
                task.constraintDate = day("2026-07-10")
            }
            Self.task(&editor, 5)
        }
        let facts = try #require(PlanFacts(planKey, in: Workspace(plans: [plan]), today: RuleCase.today))
        let late = Self.late(facts)
        // Ten days end on the 17th, two after the deadline; five days and one end on the 13th, one after the constraint.
        #expect(late[the("T-2")] == "预计 2026-07-17 完成，比截止日期 2026-07-15 所允许的晚 2 个工作日；通向它的另外 1 项任务也没有余地。")
        // The constraint holds T-4 itself where it is; too late for it is what comes before.
        #expect(late[the("T-3")] == "预计 2026-07-10 完成，比 T-4 的「不得晚于…完成」2026-07-10 所允许的晚 1 个工作日。")
        #expect(late.count == 2)
    }

    @Test("in a network the end of the plan is a bound that the floats know")
    func planFinish() throws {
        let plan = Self.made(finish: "2026-07-30") { editor in
            for number in 1...5 { Self.task(&editor, 4, after: number > 1 ? [TaskLink(the("T-\(number - 1)"))] : []) }
        }
        let facts = try #require(PlanFacts(planKey, in: Workspace(plans: [plan]), today: RuleCase.today))
        // Twenty days end on Friday the 31st.
        #expect(facts.schedule.finish == day("2026-07-31"))
        #expect(facts.schedule.dates.map(\.totalFloat) == [-1, -1, -1, -1, -1])
        #expect(
            Self.late(facts) == [
                the("T-5"): "预计 2026-07-31 完成，比计划的结束日期 2026-07-30 所允许的晚 1 个工作日；通向它的另外 4 项任务也没有余地。"
            ])
    }
}

/// The figures are those of the table of task types in Microsoft's documentation, worked out by hand.
@Suite("Duration, effort and assignments of a task")
struct TaskStaffingTests {
    private static let one = [Share(the("P-1")), Share(the("P-2"))]

    private static func task(_ body: (inout Typed<PlanTask>) -> Void) -> Typed<PlanTask> {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .project))
        editor.add(PlanTask.self) { task in
            task.title = "任务"
            task.duration = days(5)
            task.effort = days(10)
            task.assignments = one
            body(&task)
        }
        return editor.plan.all(PlanTask.self)[0]
    }

    private static func edited(
        _ type: TaskType?, isDriven: Bool? = nil, _ edit: (inout Typed<PlanTask>) -> Void
    ) -> (duration: Double?, effort: Double?, units: [Double]) {
        let before = task { task in
            task.type = type
            task.isEffortDriven = isDriven
        }
        var after = before
        edit(&after)
        let plan = Plan(key: planKey, blueprint: .project)
        let calendars = PlanCalendars(plan, in: Workspace(plans: [plan]), today: RuleCase.today)
        let made = TaskStaffing(calendars).completed(after, from: before)
        return (made.duration?.amount, made.effort?.amount, (made.assignments ?? []).map(\.units))
    }

    @Test(
        "a longer duration asks for more effort, or for less of everybody where the work is fixed",
        arguments: [(TaskType.fixedUnits, 20.0, 1.0), (.fixedDuration, 20, 1), (.fixedWork, 10, 0.5)])
    func duration(type: TaskType, effort: Double, units: Double) {
        let made = Self.edited(type) { $0.duration = days(10) }
        #expect(made.duration == 10 && made.effort == effort && made.units == [units, units])
    }

    @Test(
        "less effort is done sooner, or with less of everybody where the duration is fixed",
        arguments: [(TaskType.fixedUnits, 3.0, 1.0), (.fixedDuration, 5, 0.6), (.fixedWork, 3, 1)])
    func effort(type: TaskType, duration: Double, units: Double) {
        let made = Self.edited(type) { $0.effort = days(6) }
        #expect(made.duration == duration && made.effort == 6 && made.units == [units, units])
    }

    @Test(
        "somebody who joins shares the effort where it drives the task, and brings more of it where not",
        arguments: [
            (TaskType.fixedUnits, true, 3.3333, 10.0, 1.0), (.fixedUnits, false, 5, 15, 1), (.fixedWork, false, 3.3333, 10, 1),
            (.fixedDuration, true, 5, 10, 0.6667), (.fixedDuration, false, 5, 15, 1),
        ])
    func joining(type: TaskType, isDriven: Bool, duration: Double, effort: Double, units: Double) {
        let made = Self.edited(type, isDriven: isDriven) { $0.assignments = Self.one + [Share(the("P-3"))] }
        #expect(made.duration == duration && made.effort == effort && made.units == [units, units, units])
    }

    @Test("tasks without a type stay as they were typed, and a new type fills in what it does not keep")
    func untouched() {
        let free = Self.edited(nil) { $0.duration = days(7) }
        #expect(free.duration == 7 && free.effort == 10 && free.units == [1, 1])
        let made = Self.edited(nil) { task in
            task.type = .fixedWork
            task.effort = days(8)
        }
        #expect(made.duration == 4 && made.effort == 8 && made.units == [1, 1])
    }

    @Test(
        "the schedule takes effort ÷ units for fixed work and fixed units, the duration for the others",
        arguments: [
            (TaskType.fixedWork, "2026-07-08"), (.fixedUnits, "2026-07-08"), (.fixedDuration, "2026-07-10"),
        ])
    func scheduled(type: TaskType, finish: String) {
        let made = plan("tested", .project) { editor in
            editor.period("2026-07-06", "2026-12-31")
            editor.add(PlanTask.self) { task in
                task.title = "任务"
                task.type = type
                task.duration = days(5)
                task.effort = days(6)
                task.assignments = Self.one
            }
        }
        #expect(PlanSchedule(made, today: RuleCase.today)[the("T-1")]?.finish == day(finish))
    }

    @Test(
        "a fixed duration asks nobody's calendar; fixed units wait for who is away",
        arguments: [
            (TaskType.fixedDuration, "2026-07-10"), (.fixedUnits, "2026-07-14"),
        ])
    func away(type: TaskType, finish: String) {
        let made = plan("tested", .project) { editor in
            editor.period("2026-07-06", "2026-12-31")
            editor.add(Person.self) { person in
                person.name = "周敏"
                person.leave = "2026-07-08..2026-07-09"
            }
            editor.add(PlanTask.self) { task in
                task.title = "任务"
                task.type = type
                task.duration = days(5)
                task.assignments = [Share(the("P-1"))]
            }
        }
        #expect(PlanSchedule(made, today: RuleCase.today)[the("T-1")]?.finish == day(finish))
    }
}
