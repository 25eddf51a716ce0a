import PlanInsight
import PlanModel
import Testing
import WorkingTime

/// Over the National Day holiday of 2026: 1 to 7 October are off, Saturday the 10th is worked in their place.
@Suite("A plan's schedule")
struct PlanScheduleTests {
    private static func task(
        _ editor: inout PlanEditor, _ duration: Double, after links: TaskLink..., body: (inout Typed<PlanTask>) -> Void = { _ in }
    ) {
        editor.add(PlanTask.self) { task in
            task.title = "任务"
            task.duration = days(duration)
            if !links.isEmpty { task.predecessors = links }
            body(&task)
        }
    }

    private static func schedule(_ body: (inout PlanEditor) -> Void) -> PlanSchedule {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .project))
        editor.period("2026-09-28", "2026-10-13")
        body(&editor)
        return PlanSchedule(editor.plan, today: RuleCase.today)
    }

    private static func overHoliday(_ editor: inout PlanEditor) {
        task(&editor, 5)
        task(&editor, 3, after: TaskLink(the("T-1")))
        task(&editor, 0, after: TaskLink(the("T-2"))) { $0.isMilestone = true }
        task(&editor, 1, after: TaskLink(the("T-1"), lag: .time(days(1))))
        task(&editor, 2, after: TaskLink(the("T-1"), .startToStart, lag: .time(days(2))))
    }

    @Test(
        "work stops for the holiday and goes on at the Saturday worked in its place",
        arguments: [
            ("T-1", "2026-09-28", "2026-10-09"), ("T-2", "2026-10-10", "2026-10-13"), ("T-3", "2026-10-13", "2026-10-13"),
            ("T-4", "2026-10-12", "2026-10-12"), ("T-5", "2026-09-30", "2026-10-08"),
        ])
    func dates(id: String, start: String, finish: String) throws {
        let dates = try #require(Self.schedule(Self.overHoliday)[the(id)])
        #expect(dates.start == day(start))
        #expect(dates.finish == day(finish))
    }

    @Test("what was recorded on days that nobody works stays there, for the task and for the phase it stands in")
    func recorded() throws {
        let schedule = Self.schedule { editor in
            Self.task(&editor, 0)
            editor.add(PlanTask.self, in: the("T-1")) { task in
                (task.title, task.actualStart, task.actualFinish) = ("国庆值守", day("2026-10-02"), day("2026-10-05"))
            }
            editor.add(PlanTask.self, in: the("T-1")) { task in
                (task.title, task.actualStart, task.duration) = ("切换", day("2026-10-04"), days(2))
            }
        }
        let done = try #require(schedule[the("T-2")])
        #expect(done.start == day("2026-10-02") && done.finish == day("2026-10-05"))
        #expect(done.lateStart == done.start && done.lateFinish == done.finish)
        let begun = try #require(schedule[the("T-3")])
        #expect(begun.start == day("2026-10-04") && begun.finish == day("2026-10-09"))
        let phase = try #require(schedule[the("T-1")])
        #expect(phase.start == day("2026-10-02") && phase.finish == day("2026-10-09"))
    }

    @Test("float is counted in working days, and the critical path has none")
    func float() throws {
        let schedule = Self.schedule(Self.overHoliday)
        #expect(schedule.criticalTasks == [the("T-1"), the("T-2"), the("T-3")])
        #expect(try #require(schedule[the("T-4")]).totalFloat == 1)
        #expect(try #require(schedule[the("T-4")]).lateStart == day("2026-10-13"))
        // From 8 October to the end on the 13th: the 9th, 10th, 12th and 13th.
        #expect(try #require(schedule[the("T-5")]).totalFloat == 4)
        #expect(try #require(schedule[the("T-1")]).duration == 5)
        #expect(schedule.start == day("2026-09-28"))
        #expect(schedule.finish == day("2026-10-13"))
    }

    @Test("a deadline before the holiday that cannot be met gives negative float")
    func deadline() throws {
        let schedule = Self.schedule { editor in Self.task(&editor, 5) { $0.deadline = day("2026-09-30") } }
        #expect(try #require(schedule[the("T-1")]).totalFloat == -2)
    }

    @Test("scheduled from the finish, work ends on it and begins as late as it can")
    func fromFinish() throws {
        let schedule = Self.schedule { editor in
            editor.update(editor.plan.header.id, as: PlanHeader.self) { $0.scheduleFromFinish = true }
            Self.task(&editor, 4)
            Self.task(&editor, 3, after: TaskLink(the("T-1")))
        }
        #expect(try #require(schedule[the("T-2")]).start == day("2026-10-10"))
        #expect(try #require(schedule[the("T-2")]).finish == day("2026-10-13"))
        #expect(try #require(schedule[the("T-1")]).start == day("2026-09-29"))
    }

    @Test("a summary spans what stands in it")
    func summary() throws {
        let schedule = Self.schedule { editor in
            editor.add(PlanTask.self) { $0.title = "汇总" }
            for start in ["2026-09-29", "2026-10-09"] {
                editor.add(PlanTask.self, in: the("T-1")) { task in
                    task.title = "分项"
                    task.start = day(start)
                    task.duration = days(2)
                }
            }
        }
        let summary = try #require(schedule[the("T-1")])
        #expect(summary.isSummary)
        #expect(summary.start == day("2026-09-29"))
        #expect(summary.finish == day("2026-10-10"))
    }

    @Test("a ring is reported and everything outside it is still scheduled")
    func ring() throws {
        let schedule = Self.schedule { editor in
            Self.task(&editor, 5)
            Self.task(&editor, 3, after: TaskLink(the("T-1")), TaskLink(the("T-3")))
            Self.task(&editor, 2, after: TaskLink(the("T-2")))
            Self.task(&editor, 1, after: TaskLink(the("T-1")))
        }
        #expect(schedule.cycles.map(Set.init) == [[the("T-2"), the("T-3")]])
        #expect(schedule.dates.count == 4)
        #expect(try #require(schedule[the("T-1")]).finish == day("2026-10-09"))
        #expect(try #require(schedule[the("T-4")]).start == day("2026-10-10"))
        // The link that leads into the ring still holds.
        #expect(try #require(schedule[the("T-2")]).start == day("2026-10-10"))
    }

    @Test("two rings are both reported")
    func twoRings() {
        let schedule = Self.schedule { editor in
            for number in 1...4 { Self.task(&editor, 1, after: TaskLink(the("T-\(number % 2 == 1 ? number + 1 : number - 1)"))) }
        }
        #expect(Set(schedule.cycles.map(Set.init)) == [[the("T-1"), the("T-2")], [the("T-3"), the("T-4")]])
        #expect(schedule.dates.count == 4)
    }
}

extension PlanSchedule {
    var criticalTasks: [RecordID] { tasks.map(\.id).filter { self[$0].map { $0.isCritical && !$0.isSummary } ?? false } }
}
