import PlanModel
import Testing
import WorkingTime

@testable import PlanInsight

@Suite("Tables and columns that are computed")
struct ComputedTableTests {
    private static func facts(_ blueprint: Blueprint = .project, _ change: (inout PlanEditor) -> Void) throws -> PlanFacts {
        let made = plan("tested", blueprint) { editor in change(&editor) }
        return try #require(PlanFacts(planKey, in: Workspace(plans: [made]), today: RuleCase.today))
    }

    /// Two tasks, the second after the first where they are linked, to be done by a day that is too early.
    private static func tasks(areLinked: Bool, _ editor: inout PlanEditor) {
        editor.update(editor.plan.header.id, as: PlanHeader.self) { $0.start = day("2026-07-06") }
        for number in 1...2 {
            editor.add(PlanTask.self) { task in
                (task.title, task.duration) = ("任务", days(5))
                if number == 2 {
                    task.predecessors = areLinked ? [TaskLink(the("T-1"))] : nil
                    task.deadline = day("2026-07-08")
                }
            }
        }
    }

    private static func months(_ year: Int, _ values: [Int: Double]) -> Series {
        Series(values.map { (Day(year: year, month: $0, day: Day.length(ofMonth: $0, in: year)) ?? RuleCase.today, $1) })
    }

    @Test("tasks that do not wait for each other have no critical path, and their lateness a table of its own")
    func unlinked() throws {
        let titles = ComputedTable.beside(.gantt, try Self.facts { Self.tasks(areLinked: false, &$0) }).map(\.title.zh)
        #expect(titles == ["来不及的任务"])
    }

    @Test("critical tasks are told once, with what they are too late for")
    func critical() throws {
        let tables = ComputedTable.beside(.gantt, try Self.facts { Self.tasks(areLinked: true, &$0) })
        #expect(tables.map(\.title.zh) == ["未完成的关键任务"])
        #expect(tables.first?.rows.map { $0.first?.zh } == ["T-1", "T-2"])
        #expect(tables.first?.rows.map { $0.last?.zh } == ["T-2 截止日期 2026-07-08", "截止日期 2026-07-08"])
    }

    @Test("a deliverable tells by how much it was late, or is")
    func deliverables() throws {
        let facts = try Self.facts { editor in
            for delivered in ["2026-05-29", "2026-06-09", nil] {
                editor.add(Deliverable.self) { deliverable in
                    (deliverable.title, deliverable.due) = ("报告", day("2026-06-01"))
                    deliverable.deliveredOn = delivered.map(day)
                }
            }
            editor.add(Deliverable.self) { ($0.title, $0.due) = ("手册", day("2026-07-01")) }
        }
        let field = try #require(ComputedField.of(.of(Deliverable.self)).first)
        let words = facts.plan.records(.of(Deliverable.self)).map { field(facts, $0)?.text(in: .chinese) }
        #expect(words == ["按期", "迟 8 天", "逾期 14 天", nil])
    }

    @Test("what came into the scope after the baseline says so, and whether a change request let it in")
    func creep() throws {
        let facts = try Self.facts { editor in
            editor.add(Baseline.self) { ($0.title, $0.takenOn) = ("首版", day("2026-02-12")) }
            editor.add(ChangeRequest.self) { $0.title = "增加接口" }
            for (side, added, request) in [
                (ScopeSide.included, "2026-01-10", nil), (.included, "2026-03-08", the("CR-1")), (.included, "2026-03-09", nil),
                (.excluded, "2026-03-09", nil),
            ] as [(ScopeSide, String, RecordID?)] {
                editor.add(ScopeItem.self) { ($0.title, $0.isIn, $0.addedOn, $0.request) = ("接口", side, day(added), request) }
            }
        }
        let field = try #require(ComputedField.notes(of: .of(ScopeItem.self)).first)
        let words = facts.plan.records(.of(ScopeItem.self)).map { field(facts, $0)?.text(in: .chinese) }
        #expect(words == [nil, "基线（2026-02-12）之后加入，变更请求为 CR-1", "基线（2026-02-12）之后加入，没有变更请求", nil])
    }

    @Test("a meeting names the tasks that came of it, and how they stand")
    func actions() throws {
        let facts = try Self.facts { editor in
            editor.add(Meeting.self) { $0.title = "周会" }
            editor.add(Meeting.self) { $0.title = "月会" }
            editor.add(PlanTask.self) { ($0.title, $0.origin, $0.state, $0.progress) = ("整理知识库", the("MT-1"), .done, 1) }
        }
        let field = try #require(ComputedField.notes(of: .of(Meeting.self)).first)
        let words = facts.plan.records(.of(Meeting.self)).map { field(facts, $0)?.text(in: .chinese) }
        #expect(words == ["T-1 整理知识库（\(Status.done.label.zh)）", nil])
    }

    @Test("sales are told by product, region and channel with attainment and growth of the same months")
    func sales() throws {
        let facts = try Self.facts(.sales) { editor in
            for (region, first, second) in [("华东", 90.0, 120.0), ("西南", 50, 40)] {
                editor.add(SalesTarget.self) { line in
                    (line.title, line.region) = (region, region)
                    line.target = Self.months(2026, [1: 100, 2: 100, 12: 100])
                    line.actual = Self.months(2026, [1: first, 2: second])
                    line.lastYear = Self.months(2025, [1: 75, 2: 75, 12: 75])
                }
            }
        }
        let table = try #require(ComputedTable.beside(.salesHeat, facts).first)
        #expect(
            table.rows.map { $0.map(\.zh) } == [
                ["区域", "华东", "200", "210", "105%", "150", "+40%"], ["区域", "西南", "200", "90", "45%", "150", "−40%"],
            ])
        let target = try #require(ComputedField.notes(of: .of(SalesTarget.self)).first)
        #expect(facts.plan.records(.of(SalesTarget.self)).map { target(facts, $0)?.text(in: .chinese) } == ["200", "200"])
    }

    @Test("the table of moves says what levelling brings for overload and finish")
    func levelling() throws {
        let facts = try Self.facts { editor in
            editor.update(editor.plan.header.id, as: PlanHeader.self) { $0.start = day("2026-07-06") }
            editor.add(Person.self) { $0.name = "周敏" }
            for _ in 1...2 {
                editor.add(PlanTask.self) { task in
                    (task.title, task.duration, task.owner) = ("任务", days(2), the("P-1"))
                    task.assignments = [Share(the("P-1"))]
                }
            }
        }
        let note = ComputedTable.levelling(facts).note
        #expect(note?.zh == "按下表调整，超载由 2 人天变为 0 人天，完工由 2026年7月7日变为 2026年7月9日。")
    }
}
