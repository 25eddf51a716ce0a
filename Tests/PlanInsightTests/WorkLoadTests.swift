import PlanInsight
import PlanModel
import Testing
import WorkingTime

@Suite("Work load")
struct WorkLoadTests {
    private static func facts(share: Double? = nil, _ body: (inout PlanEditor) -> Void) throws -> PlanFacts {
        let made = plan("tested", .project) { editor in
            editor.add(Person.self) { person in
                person.name = "周敏"
                person.share = share
            }
            body(&editor)
        }
        return try #require(PlanFacts(planKey, in: Workspace(plans: [made]), today: RuleCase.today))
    }

    private static func task(
        _ editor: inout PlanEditor, _ start: String, _ length: Double, units: Double = 1, state: TaskState = .planned
    ) {
        editor.add(PlanTask.self) { task in
            task.title = "任务"
            task.start = day(start)
            task.duration = days(length)
            task.state = state
            task.assignments = [Share(the("P-1"), units: units)]
        }
    }

    @Test("who hands over at noon is not overloaded on that day")
    func partDays() throws {
        let load = try Self.facts { editor in
            editor.period("2026-10-12", "2026-12-31")
            for number in 1...3 {
                editor.add(PlanTask.self) { task in
                    (task.title, task.duration) = ("第 \(number) 步", days(number == 2 ? 0.25 : 1.5))
                    task.assignments = [Share(the("P-1"), units: 1)]
                    if number > 1 { task.predecessors = [TaskLink(the("T-\(number - 1)"))] }
                }
            }
        }.load
        #expect(
            load.byPerson[the("P-1")]?.byDay == [
                day("2026-10-12"): 1, day("2026-10-13"): 1, day("2026-10-14"): 1, day("2026-10-15"): 0.25,
            ])
        #expect(load.overloads.isEmpty)
    }

    @Test("a person is overloaded on the working days on which tasks together take more than their time")
    func overload() throws {
        // 30 September and 8 October, with the holiday between; half a day's work more on the first.
        let load = try Self.facts { editor in
            Self.task(&editor, "2026-09-30", 2)
            Self.task(&editor, "2026-09-30", 1, units: 0.5)
            Self.task(&editor, "2026-10-12", 1)
        }.load
        #expect(load.byPerson[the("P-1")]?.byDay == [day("2026-09-30"): 1.5, day("2026-10-08"): 1, day("2026-10-12"): 1])
        let overload = try #require(load.overloads.first)
        #expect(load.overloads.count == 1)
        #expect(overload.from == day("2026-09-30"))
        #expect(overload.until == day("2026-09-30"))
        #expect(overload.days == 1)
        #expect(overload.peak == 1.5)
        #expect(overload.tasks == [the("T-1"), the("T-2")])
    }

    @Test("what lies between two overloaded days, or reaches one of them, is told apart")
    func between() throws {
        let load = try Self.facts { editor in
            for (start, days) in [
                ("2026-09-21", 1.0), ("2026-09-21", 1), ("2026-09-22", 1), ("2026-09-23", 2), ("2026-09-24", 1),
            ] {
                Self.task(&editor, start, days)
            }
        }.load
        let overload = try #require(load.overloads.first)
        #expect(overload.from...overload.until == day("2026-09-21")...day("2026-09-24"))
        #expect(overload.days == 2)
        #expect(overload.tasks == ["T-1", "T-2", "T-4", "T-5"].map(the))
    }

    @Test("who gives half their time is overloaded by one whole task, on the Saturday worked too")
    func halfTime() throws {
        let load = try Self.facts(share: 0.5) { Self.task(&$0, "2026-10-08", 3) }.load
        #expect(load.capacities[the("P-1")] == 0.5)
        let overload = try #require(load.overloads.first)
        #expect(overload.days == 3)
        #expect(overload.until == day("2026-10-10"))
        #expect(overload.peak == 2)
    }

    @Test("tasks that are done or dropped take no time")
    func doneAndDropped() throws {
        let load = try Self.facts { editor in
            Self.task(&editor, "2026-09-28", 2, state: .done)
            Self.task(&editor, "2026-09-28", 2, state: .dropped)
            Self.task(&editor, "2026-09-28", 2)
        }.load
        #expect(load.byPerson[the("P-1")]?.byDay == [day("2026-09-28"): 1, day("2026-09-29"): 1])
        #expect(load.overloads.isEmpty)
    }
}
