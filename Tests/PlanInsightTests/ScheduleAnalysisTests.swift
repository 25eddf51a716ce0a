import PlanInsight
import PlanModel
import Testing
import WorkingTime

@Suite("What decides a schedule")
struct ScheduleAnalysisTests {
    /// From Monday 6 July 2026: T-1, T-2, T-3 of five days and T-5 of one in a row; T-4 of three days beside T-2.
    private static func facts(_ change: (inout PlanEditor) -> Void = { _ in }) throws -> PlanFacts {
        let made = plan("tested", .project) { editor in
            editor.update(editor.plan.header.id, as: PlanHeader.self) { $0.start = day("2026-07-06") }
            for (length, waits) in [(5.0, []), (5, [1]), (5, [2, 4]), (3, [1]), (1, [3])] {
                editor.add(PlanTask.self) { task in
                    task.title = "任务"
                    task.duration = days(length)
                    task.predecessors = waits.isEmpty ? nil : waits.map { TaskLink(the("T-\($0)")) }
                }
            }
            change(&editor)
        }
        return try #require(PlanFacts(planKey, in: Workspace(plans: [made]), today: RuleCase.today))
    }

    @Test("the longest path, its driver, what is nearly critical and the paths by float agree with a network drawn by hand")
    func paths() throws {
        let schedule = try Self.facts().schedule
        #expect(schedule.longestPath == ["T-1", "T-2", "T-3", "T-5"].map(the))
        #expect(schedule.nearCritical == [the("T-4")])
        #expect(schedule.driver(of: the("T-3")) == the("T-2"))
        #expect(schedule.driver(of: the("T-1")) == nil)
        let paths = schedule.paths(atMost: 3)
        #expect(paths.map(\.tasks) == [["T-1", "T-2", "T-3", "T-5"].map(the), [the("T-4")]])
        #expect(paths.map(\.relativeFloat) == [0, 2])
    }

    @Test("what was to begin and has not is said so, and not said to be past while its end lies ahead")
    func notBegun() throws {
        let facts = try Self.facts { editor in
            editor.update(editor.plan.header.id, as: PlanHeader.self) { $0.start = day("2026-06-01") }
            editor.update(the("T-1"), as: PlanTask.self) { $0.actualFinish = day("2026-06-05") }
            editor.update(the("T-2"), as: PlanTask.self) { $0.duration = days(15) }
        }
        let words = facts.findings.filter { $0.code == "P6-15" }.reduce(into: [RecordID: String]()) {
            $0[$1.record ?? the("T-9")] = $1.reason.zh
        }
        #expect(words[the("T-2")] == "排在 2026-06-08 开始，至今没有开始。")
        #expect(words[the("T-4")] == "排在 2026-06-08 至 2026-06-10，已经过去却没有做完。")
    }

    @Test(
        "variances from the baseline are counted in working days, earlier ones below zero, costs against what the rest is to cost"
    )
    func baselines() throws {
        let facts = try Self.facts { editor in
            editor.add(Person.self) { person in
                person.name = "周敏"
                person.costPerDay = Money("800", currency: .yuan)
            }
            editor.update(the("T-2"), as: PlanTask.self) { task in
                task.baselineStart = day("2026-07-08")
                task.baselineFinish = day("2026-07-14")
                task.baselineCost = Money("4000", currency: .yuan)
                task.cost = Money("1000", currency: .yuan)
                task.assignments = [Share(the("P-1"))]
            }
            editor.update(the("T-4"), as: PlanTask.self) { $0.baselineStart = day("2026-07-15") }
        }
        let found = facts.baselineVariances
        #expect(found.map(\.task) == [the("T-2"), the("T-4")])
        #expect(found.map(\.startDays) == [3, -2])
        #expect(found.map(\.finishDays) == [3, nil])
        // 1,000 fixed and five days at 800 are 5,000.
        #expect(found.map(\.cost) == [1000, nil])
    }

    @Test("a network is judged by fourteen points in both languages, a list of dated tasks by none")
    func quality() throws {
        let facts = try Self.facts()
        let points = try #require(facts.scheduleQuality).points
        #expect(points.map(\.number) == Array(1...14))
        #expect(points.filter { $0.passes == false }.isEmpty)
        // Nobody is assigned to anything and there is no baseline.
        #expect(points.filter { $0.passes == nil }.map(\.number) == [10, 11, 14])
        let tables = ComputedTable.schedule(facts)
        #expect(tables.map(\.title.en).first == "Schedule quality (DCMA 14 points)" && tables.count == 3)
        for table in tables { #expect(table.rows.allSatisfy { $0.count == table.columns.count }) }
        // What the page shows stands in the document too, beside the Gantt chart.
        let beside = ComputedTable.beside(.gantt, facts).map(\.title)
        #expect(tables.allSatisfy { beside.contains($0.title) })
        let list = try Self.facts { editor in
            for number in 1...5 { editor.update(the("T-\(number)"), as: PlanTask.self) { $0.predecessors = nil } }
        }
        #expect(ComputedTable.schedule(list).isEmpty)
    }
}
