import PlanModel
import Testing
import WorkingTime

@testable import PlanInsight

/// From Monday 6 July 2026 a chain of five days each; data as of Friday 17 July unless said otherwise.
@Suite("Work done or begun without recorded days")
struct UnrecordedDaysTests {
    private static func plan(statusDate: String? = "2026-07-17", _ bodies: [Body]) -> Plan {
        var editor = PlanEditor(Plan(key: planKey, blueprint: .project))
        editor.period("2026-07-06", "2026-12-31")
        editor.update(editor.plan.header.id, as: PlanHeader.self) {
            $0.statusDate = statusDate.map(day)
        }
        for (index, body) in bodies.enumerated() {
            editor.add(PlanTask.self) { task in
                task.title = "第 \(index + 1) 步"
                task.duration = days(5)
                if index > 0 { task.predecessors = [TaskLink(the("T-\(index)"))] }
                body(&task)
            }
        }
        return editor.plan
    }

    private static func dates(_ plan: Plan, _ id: String, today: String = "2026-07-17") throws -> [Day] {
        let found = try #require(PlanSchedule(plan, today: day(today))[the(id)])
        return [found.start, found.finish]
    }

    private typealias Body = @Sendable (inout Typed<PlanTask>) -> Void
    private static let finished: Body = { $0.state = .done }
    private static let open: Body = { _ in }

    @Test("what is done lies where the plan had it, before the status date, and has no float left to lose")
    func done() throws {
        let plan = Self.plan([Self.finished, Self.finished, Self.open])
        #expect(try Self.dates(plan, "T-1") == [day("2026-07-06"), day("2026-07-10")])
        #expect(try Self.dates(plan, "T-2") == [day("2026-07-13"), day("2026-07-17")])
        #expect(try Self.dates(plan, "T-3") == [day("2026-07-20"), day("2026-07-24")])
        let schedule = PlanSchedule(plan, today: day("2026-07-17"))
        #expect(schedule[the("T-2")]?.isCritical == false && schedule[the("T-3")]?.isCritical == true)
    }

    @Test("what is done earlier than planned was finished by the status date, or today where none is set")
    func ahead() throws {
        let bodies: [Body] = [Self.finished, Self.finished, Self.finished]
        #expect(try Self.dates(Self.plan(bodies), "T-3") == [day("2026-07-13"), day("2026-07-17")])
        let undated = Self.plan(statusDate: nil, bodies)
        #expect(try Self.dates(undated, "T-3", today: "2026-07-22") == [day("2026-07-16"), day("2026-07-22")])
        #expect(try Self.dates(undated, "T-2", today: "2026-07-22") == [day("2026-07-13"), day("2026-07-17")])
    }

    @Test("a due day that has not come is no day of finish")
    func dueLater() throws {
        let plan = Self.plan([{ ($0.state, $0.start, $0.due) = (.done, day("2026-07-13"), day("2026-08-14")) }])
        let dates = try Self.dates(plan, "T-1")
        #expect(dates[1] == day("2026-07-17") && dates[0] <= day("2026-07-13"))
        let due = Self.plan([{ ($0.state, $0.due) = (.done, day("2026-07-14")) }])
        #expect(try Self.dates(due, "T-1") == [day("2026-07-08"), day("2026-07-14")])
    }

    @Test("what is begun has its done part behind the status date and the rest after it")
    func begun() throws {
        let plan = Self.plan([{ $0.progress = 0.4 }, Self.open])
        #expect(try Self.dates(plan, "T-1") == [day("2026-07-06"), day("2026-07-22")])
        #expect(try Self.dates(plan, "T-2") == [day("2026-07-23"), day("2026-07-29")])
        let early = Self.plan([Self.finished, Self.finished, { ($0.state, $0.progress) = (.doing, 0.4) }])
        #expect(try Self.dates(early, "T-3") == [day("2026-07-16"), day("2026-07-22")])
    }

    @Test("an edit finds the same days as a schedule made anew", arguments: 0..<60)
    func edits(seed: Int) throws {
        var random = Sequenced(state: UInt64(seed))
        let kinds: [Body] = [
            Self.open, Self.finished, { $0.progress = 0.4 }, { ($0.state, $0.actualFinish) = (.done, day("2026-07-09")) },
        ]
        let bodies = (0..<8).map { _ in kinds[Int.random(in: 0..<4, using: &random)] }
        let plan = Self.plan(statusDate: Bool.random(using: &random) ? "2026-07-17" : nil, bodies)
        let today = day("2026-07-22")
        var editor = PlanEditor(plan)
        let place = Int.random(in: 0..<8, using: &random)
        let states: [TaskState] = [.done, .doing, .planned]
        editor.update(the("T-\(place + 1)"), as: PlanTask.self) {
            $0.state = states.randomElement(using: &random)
            $0.duration = days(Double.random(in: 1...9, using: &random).rounded())
        }
        let workspace = Workspace(plans: [editor.plan])
        let (next, _) = PlanSchedule.next(
            editor.plan, in: workspace, today: today, after: PlanSchedule(plan, today: today), changed: [place])
        #expect(next.dates == PlanSchedule(editor.plan, today: today).dates)
    }

    @Test("the reason given for its start says that no day is recorded")
    func reason() throws {
        let plan = Self.plan([Self.finished, Self.open])
        let reasons = PlanSchedule(plan, today: day("2026-07-17")).reasonsForStart(of: the("T-1"))
        #expect(reasons.last?.words.en.contains("without recorded days") == true)
    }
}
