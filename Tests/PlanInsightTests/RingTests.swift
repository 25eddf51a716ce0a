import PlanModel
import Testing
import WorkingTime

@testable import PlanInsight

/// Links that would make tasks wait for each other are refused when they are made, exactly where the schedule would find a ring.
@Suite struct RingTests {
    private static let key = PlanKey("p")!

    private static func task(_ number: Int) -> RecordID { RecordID(plan: key, prefix: "T", number: number) }

    /// Twelve tasks, some within others, with links from earlier to later ones.
    private static func plan(_ random: inout some RandomNumberGenerator) -> Plan {
        var editor = PlanEditor(Plan(key: key, blueprint: .project))
        for number in 1...12 {
            let parent = number > 2 && Bool.random(using: &random) ? task(Int.random(in: 1..<number, using: &random)) : nil
            editor.add(PlanTask.self, in: parent) {
                $0.title = "任务 \(number)"
                $0.duration = WorkDuration(2, .days)
                if Int.random(in: 0..<8, using: &random) == 0 { $0.state = .dropped }
            }
        }
        return editor.plan
    }

    private static func hasRing(_ plan: Plan) -> Bool {
        !PlanSchedule(plan, today: Day("2026-11-20")!).cycles.isEmpty
    }

    @Test("a link is refused exactly where the schedule would have found a ring", arguments: 0..<100)
    func links(seed: Int) throws {
        var random = Sequenced(state: UInt64(seed))
        var plan = Self.plan(&random)
        var (refused, made) = (0, 0)
        for _ in 0..<24 {
            let (successor, predecessor) = (Int.random(in: 1...12, using: &random), Int.random(in: 1...12, using: &random))
            guard successor != predecessor else { continue }
            var editor = PlanEditor(plan)
            editor.update(Self.task(successor), as: PlanTask.self) {
                let relation = TaskLink.Relation.allCases.randomElement(using: &random) ?? .finishToStart
                $0.predecessors =
                    ($0.predecessors ?? []).filter { $0.predecessor != Self.task(predecessor) }
                    + [TaskLink(Self.task(predecessor), relation)]
            }
            let problems = plan.ringsClosed(by: editor.edits)
            let hasRing = Self.hasRing(editor.plan)
            #expect(problems.isEmpty != hasRing, "T-\(predecessor) before T-\(successor): \(problems.map(\.message.en))")
            if problems.isEmpty && !hasRing { (plan, made) = (editor.plan, made + 1) } else { refused += 1 }
        }
        #expect(made > 0)
    }

    @Test("the ring is named as the way of tasks, and an edit beside a ring that is there already is let through")
    func path() throws {
        var editor = PlanEditor(Plan(key: Self.key, blueprint: .project))
        for number in 1...4 { editor.add(PlanTask.self) { $0.title = "任务 \(number)" } }
        editor.set(Self.task(2), "predecessors", .links([TaskLink(Self.task(1))]))
        editor.set(Self.task(3), "predecessors", .links([TaskLink(Self.task(2))]))
        let plan = editor.plan
        let closing = Edit.set(Self.task(1), field: "predecessors", from: nil, to: .links([TaskLink(Self.task(3))]))
        let problem = try #require(plan.ringsClosed(by: [closing]).first)
        #expect(problem.code == "link.ring" && problem.record == Self.task(1) && problem.field == "predecessors")
        #expect(problem.message.zh == "前置任务成环：T-1 → T-2 → T-3 → T-1。")
        let ring = plan.applying([closing])
        let beside = Edit.set(
            Self.task(1), field: "predecessors", from: .links([TaskLink(Self.task(3))]),
            to: .links([TaskLink(Self.task(3)), TaskLink(Self.task(4))]))
        #expect(ring.ringsClosed(by: [beside]).isEmpty)
        #expect(plan.ringsClosed(by: [.move(Self.task(1), from: Place(), to: Place(parent: 2))]).map(\.code) == ["link.ring"])
    }
}
