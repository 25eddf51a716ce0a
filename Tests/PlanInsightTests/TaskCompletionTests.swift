import PlanModel
import Testing
import WorkingTime

@testable import PlanInsight

@Suite("State, progress and days of a task agree after an edit")
struct TaskCompletionTests {
    private static let today = day("2026-11-20")

    private static func task(_ body: (inout Typed<PlanTask>) -> Void = { _ in }) -> Typed<PlanTask> {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .project))
        editor.add(PlanTask.self) { task in
            task.title = "任务"
            body(&task)
        }
        return editor.plan.all(PlanTask.self)[0]
    }

    private static func edited(
        _ before: Typed<PlanTask>, _ edit: (inout Typed<PlanTask>) -> Void
    ) -> Typed<PlanTask> {
        var after = before
        edit(&after)
        return TaskCompletion(on: today).settled(after, from: before)
    }

    @Test("what is set to done is done whole, on the day, with nothing remaining")
    func done() {
        let task = Self.edited(Self.task { ($0.progress, $0.state, $0.remaining) = (0.01, .doing, days(2)) }) { $0.state = .done }
        #expect(task.progress == 1 && task.actualFinish == Self.today && task.remaining == nil)
        let said = Self.edited(Self.task()) { ($0.state, $0.actualFinish) = (.done, day("2026-11-18")) }
        #expect(said.actualFinish == day("2026-11-18") && said.progress == 1)
    }

    @Test("all of it reached, or a finish recorded, is done; less of it afterwards is under way again")
    func measured() {
        let reached = Self.edited(Self.task { $0.progress = 0.5 }) { $0.progress = 1 }
        #expect(reached.state == .done && reached.actualFinish == Self.today)
        let recorded = Self.edited(Self.task()) { $0.actualFinish = day("2026-11-19") }
        #expect(recorded.state == .done && recorded.actualFinish == day("2026-11-19"))
        let again = Self.edited(reached) { $0.progress = 0.4 }
        #expect(again.state == .doing && again.actualFinish == nil && again.progress == 0.4)
        let reopened = Self.edited(reached) { $0.state = .doing }
        #expect(reopened.progress == nil && reopened.actualFinish == nil)
    }

    @Test("what has begun is under way; what is blocked or dropped stays so, and other edits change nothing")
    func begun() {
        #expect(Self.edited(Self.task()) { $0.progress = 0.3 }.state == .doing)
        #expect(Self.edited(Self.task()) { $0.actualStart = Self.today }.state == .doing)
        #expect(Self.edited(Self.task()) { $0.state = .doing }.actualStart == Self.today)
        let recorded = Self.task { $0.actualStart = day("2026-11-09") }
        #expect(Self.edited(recorded) { $0.state = .doing }.actualStart == day("2026-11-09"))
        #expect(Self.edited(Self.task { $0.state = .blocked }) { $0.state = .doing }.actualStart == nil)
        #expect(Self.edited(Self.task { $0.state = .blocked }) { $0.progress = 0.3 }.state == .blocked)
        #expect(Self.edited(Self.task { $0.state = .dropped }) { $0.progress = 1 }.state == .dropped)
        let odd = Self.task { ($0.state, $0.progress) = (.done, 0.5) }
        #expect(
            Self.edited(odd) { $0.title = "改名" }.record.values
                == {
                    var same = odd; same.title = "改名"; return same
                }().record.values)
    }
}
