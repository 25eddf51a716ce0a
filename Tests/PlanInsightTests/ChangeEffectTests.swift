import PlanModel
import Testing
import WorkingTime

@testable import PlanInsight

@Suite struct ChangeEffectTests {
    private static let key = PlanKey("p")!
    private static func task(_ number: Int) -> RecordID { RecordID(plan: key, prefix: "T", number: number) }
    private static let today = Day("2026-07-01")!

    /// Five tasks of two days, each after the one before, from Monday the 6th of July.
    private static func plan() -> Plan {
        var editor = PlanEditor(Plan(key: key, blueprint: .project, revision: 1))
        editor.set(editor.plan.header.id, "title", .text("五步"))
        editor.set(editor.plan.header.id, "start", .date(Day("2026-07-06")!))
        editor.set(editor.plan.header.id, "finish", .date(Day("2026-07-31")!))
        for number in 1...5 {
            editor.add(PlanTask.self) {
                $0.title = "第 \(number) 步"
                $0.duration = WorkDuration(2, .days)
                if number > 1 { $0.predecessors = [TaskLink(task(number - 1))] }
            }
        }
        return editor.plan
    }

    private static func effect(_ body: (inout PlanEditor) -> Void) throws -> ChangeEffect {
        let plan = plan()
        var editor = PlanEditor(plan)
        body(&editor)
        let before = try #require(PlanFacts(key, in: Workspace(plans: [plan]), today: today))
        let after = try #require(PlanFacts(key, in: Workspace(plans: [editor.plan]), today: today))
        return ChangeEffect(of: editor.change(by: "周", at: Instant(milliseconds: 0)), before: before, after: after)
    }

    @Test("a longer task moves those after it, the finish, and brings what is then found; itself is not told again")
    func longer() throws {
        let effect = try Self.effect { $0.set(Self.task(2), "duration", .duration(WorkDuration(15, .days))) }
        #expect(effect.moved == [Self.task(3), Self.task(4), Self.task(5)])
        // Ten days end on Friday the 17th; twenty-three end on Wednesday the 5th of August.
        #expect(effect.finish.before == Day("2026-07-17") && effect.finish.after == Day("2026-08-05"))
        #expect(effect.found.map(\.code).contains("P6-04"))
        let words = effect.clauses(today: Self.today)
        #expect(words[0].zh == "T-3、T-4、T-5 的日期随之改变")
        #expect(words[1].zh == "全部完成由 7月17日 变为 8月5日")
        #expect(words[1].en == "all is done on 5 Aug instead of 17 Jul")
        #expect(words.last?.zh.contains("负时差") == true)
    }

    @Test("what is done before its time lets the rest begin; what is settled is told as gone")
    func done() throws {
        let effect = try Self.effect { editor in
            editor.set(Self.task(1), "state", .choice("done"))
            editor.set(Self.task(1), "progress", .number(1))
            editor.set(Self.task(1), "acceptance", .text("可用"))
        }
        // Done on the 1st, so that the other eight days begin with the plan.
        #expect(effect.finish.before == Day("2026-07-17") && effect.finish.after == Day("2026-07-15"))
        #expect(effect.progress.before == 0 && effect.progress.after == 0.2)
        #expect(effect.gone.contains { $0.record == Self.task(1) })
        #expect(effect.clauses(today: Self.today).contains { $0.zh == "总进度由 0% 变为 20%" })
    }

    @Test("a date that is missed before and after is neither found nor settled, wherever it is told")
    func stillLate() throws {
        let plan = Self.plan()
        var late = PlanEditor(plan)
        late.set(plan.header.id, "finish", .date(Day("2026-07-10")!))
        // A branch of its own becomes the last of all, and the late finish is told there.
        late.add(PlanTask.self) {
            ($0.title, $0.duration, $0.predecessors) = ("旁支", WorkDuration(2, .days), [TaskLink(Self.task(4))])
        }
        var later = PlanEditor(late.plan)
        later.set(Self.task(6), "duration", .duration(WorkDuration(6, .days)))
        func facts(_ plan: Plan) throws -> PlanFacts {
            try #require(PlanFacts(Self.key, in: Workspace(plans: [plan]), today: Self.today))
        }
        let (before, after) = (try facts(late.plan), try facts(later.plan))
        func told(_ facts: PlanFacts) -> [String] { facts.findings.filter { $0.code == "P6-04" }.compactMap { $0.record?.short } }
        #expect(told(before) != told(after) && told(before).count == 1 && told(after).count == 1)
        let change = later.change(by: "周", at: Instant(milliseconds: 0))
        let effect = ChangeEffect(of: change, before: before, after: after)
        #expect(!(effect.found + effect.gone).contains { $0.code == "P6-04" })
    }

    @Test("a word changed brings nothing about")
    func nothing() throws {
        let effect = try Self.effect { $0.set(Self.task(3), "title", .text("改名")) }
        #expect(effect.moved.isEmpty && effect.found.isEmpty && effect.gone.isEmpty)
        #expect(effect.clauses(today: Self.today).isEmpty)
    }
}
