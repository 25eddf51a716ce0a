import PlanInsight
import PlanModel
import Testing
import WorkingTime

@Suite("What stands as its parts stand")
struct SummaryTests {
    /// A summary for which something was once entered, with parts of two and six days in these states.
    private func facts(_ states: [TaskState], entered: TaskState? = .planned, progress: Double? = nil) throws -> (
        facts: PlanFacts, summary: Typed<PlanTask>
    ) {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .project))
        editor.update(editor.plan.header.id, as: PlanHeader.self) { $0.start = day("2026-07-06") }
        let summary = editor.add(PlanTask.self) { task in
            (task.title, task.state, task.progress) = ("阶段", entered, progress)
        }
        for (length, state) in zip([2.0, 6, 2], states) {
            editor.add(PlanTask.self, in: summary) { task in
                (task.title, task.duration, task.state) = ("任务", days(length), state)
                if state == .done { (task.actualStart, task.actualFinish) = (day("2026-07-06"), day("2026-07-07")) }
            }
        }
        let facts = try #require(PlanFacts(planKey, in: Workspace(plans: [editor.plan]), today: day("2026-07-08")))
        return (facts, try #require(facts.plan.record(summary, as: PlanTask.self)))
    }

    @Test(
        "the state of a summary is that of its parts, whatever was entered for it",
        arguments: [
            ([.done, .done], .done), ([.done, .planned], .doing), ([.planned, .planned], .planned),
            ([.done, .blocked], .blocked),
            ([.blocked, .planned], .doing), ([.done, .dropped], .done), ([.dropped, .dropped], .dropped),
        ] as [([TaskState], TaskState)])
    func states(parts: [TaskState], expected: TaskState) throws {
        for entered in [TaskState.planned, .doing, .done, nil] {
            let (facts, summary) = try facts(parts, entered: entered)
            #expect(facts.state(of: summary) == expected)
            let field = try #require(Kind.of(PlanTask.self).field("state"))
            #expect(facts.value(field, of: summary.record) == .choice(expected.rawValue))
            #expect((facts.status(of: summary) == .done) == (expected == .done))
        }
    }

    @Test("a summary is as far as its parts by their duration, or as was entered while it is begun")
    func shares() throws {
        var made = try facts([.done, .planned])
        #expect(made.facts.share(of: made.summary) == 0.25)
        made = try facts([.done, .planned], progress: 0.4)
        #expect(made.facts.share(of: made.summary) == 0.4)
        made = try facts([.done, .planned], progress: 1)
        #expect(made.facts.share(of: made.summary) == 0.25)
        made = try facts([.done, .done], progress: 0.4)
        #expect(made.facts.share(of: made.summary) == 1)
    }

    @Test("a summary lasts as long as its parts take, whatever was entered before it had any")
    func duration() throws {
        let made = try facts([.planned, .planned])
        let field = try #require(Kind.of(PlanTask.self).field("duration"))
        var entered = made.summary
        entered.duration = days(30)
        #expect(made.facts.value(field, of: entered.record) == .duration(days(6)))
        entered.isManual = true
        #expect(made.facts.value(field, of: entered.record) == .duration(days(30)))
    }

    @Test("a task whose finish is past is off track, also when it is blocked or has a later deadline")
    func overdue() throws {
        func status(_ state: TaskState, deadline: String?) throws -> Status {
            var editor = PlanEditor(Plan(key: planKey, blueprint: .project))
            let task = editor.add(PlanTask.self) { task in
                (task.title, task.state, task.duration) = ("任务", state, days(5))
                (task.start, task.due, task.deadline) = (day("2026-06-29"), day("2026-07-03"), deadline.map(day))
            }
            let facts = try #require(PlanFacts(planKey, in: Workspace(plans: [editor.plan]), today: day("2026-07-08")))
            return facts.status(of: try #require(facts.plan.record(task, as: PlanTask.self)))
        }
        for state in [TaskState.planned, .doing, .blocked] {
            for deadline in [nil, "2026-07-31"] { #expect(try status(state, deadline: deadline) == .late) }
        }
        #expect(try status(.done, deadline: nil) == .done)
    }

    @Test("a plan that is on track by its figures and has errors needs a look, and says why")
    func errors() throws {
        func facts(_ supports: Bool) throws -> PlanFacts {
            var editor = PlanEditor(Plan(key: planKey, blueprint: .project))
            editor.update(editor.plan.header.id, as: PlanHeader.self) { header in
                (header.start, header.finish) = (day("2026-07-06"), day("2026-08-28"))
            }
            var first: RecordID?
            for _ in 0..<2 {
                let task = editor.add(PlanTask.self) { task in
                    (task.title, task.start, task.due, task.progress) = ("任务", day("2026-07-06"), day("2026-07-17"), 0.5)
                    (task.actualStart, task.state, task.duration) = (day("2026-07-06"), .doing, days(10))
                }
                first = first ?? task
            }
            // A ring of predecessors is an error.
            let second = editor.plan.all(PlanTask.self)[1].id
            if !supports, let first {
                editor.update(first, as: PlanTask.self) { $0.predecessors = [TaskLink(second)] }
                editor.update(second, as: PlanTask.self) { $0.predecessors = [TaskLink(first)] }
            }
            return try #require(PlanFacts(planKey, in: Workspace(plans: [editor.plan]), today: day("2026-07-09")))
        }
        let (sound, unsound) = (try facts(true), try facts(false))
        #expect(unsound.errorCount > 0 && unsound.overall.status == .watch && unsound.overall.progress == 0.5)
        // Why it needs a look though it is on time is told with it.
        #expect(unsound.errorWords?[.english].hasPrefix("at risk because of ") == true)
        #expect(unsound.errorWords?[.chinese].wholeMatch(of: /因检查发现 \d+ 项错误列为关注/) != nil)
        if sound.errorCount == 0 { #expect(sound.overall.status == .onTrack && sound.errorWords == nil) }
    }
}
