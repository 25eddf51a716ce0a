import PlanInsight
import PlanModel
import Testing
import WorkingTime

@Suite("Progress rolled up")
struct ProgressRollUpTests {
    private static func goal(_ editor: inout PlanEditor, weight: Double? = nil, supports: [RecordID]? = nil) {
        editor.add(Goal.self) { goal in
            goal.title = "目标"
            goal.weight = weight
            goal.supports = supports
        }
    }

    private static func measure(
        _ editor: inout PlanEditor, of goal: String, from baseline: Double, to target: Double, at value: Double?,
        weight: Double? = nil
    ) {
        let owner = RecordID(goal, in: editor.plan.key)
        editor.add(Measure.self) { measure in
            measure.title = "指标"
            measure.goal = owner
            measure.baseline = baseline
            measure.target = target
            measure.direction = target < baseline ? .down : .up
            measure.weight = weight
            measure.values = value.map { series(("2026-06-01", $0)) }
        }
    }

    private static func rollUp(_ plans: Plan...) -> ProgressRollUp {
        ProgressRollUp(Workspace(plans: plans), today: RuleCase.today)
    }
    private static func id(_ plan: String, _ text: String) -> RecordID { RecordID(text, in: PlanKey(plan)!)! }

    @Test("a goal is the mean of its measures by weight")
    func weightedMean() throws {
        // 0.75 · 40/100 + 0.25 · (50 − 30)/(50 − 10)
        let rolled = Self.rollUp(
            plan("a", .department) { editor in
                editor.period("2026-01-01", "2026-12-31")
                Self.goal(&editor)
                Self.measure(&editor, of: "G-1", from: 0, to: 100, at: 40, weight: 0.75)
                Self.measure(&editor, of: "G-1", from: 50, to: 10, at: 30, weight: 0.25)
            })
        let goal = try #require(rolled.goals[Self.id("a", "G-1")])
        let progress = try #require(goal.progress)
        #expect(abs(progress - 0.425) < 1e-12)
        // 165 of 364 days have passed.
        let expected: Double = 165.0 / 364
        #expect(abs(goal.expected - expected) < 1e-12)
        #expect(goal.status == .onTrack)
        #expect(goal.basis == .measures)
        #expect(goal.parts.map(\.weight) == [0.75, 0.25])
    }

    @Test("a measure without weight gets the mean of the others, and one without value counts as nothing reached")
    func unknownParts() throws {
        let rolled = Self.rollUp(
            plan("a", .department) { editor in
                Self.goal(&editor)
                Self.measure(&editor, of: "G-1", from: 0, to: 100, at: 40, weight: 0.75)
                Self.measure(&editor, of: "G-1", from: 50, to: 10, at: 30, weight: 0.25)
                Self.measure(&editor, of: "G-1", from: 0, to: 10, at: nil)
            })
        let goal = try #require(rolled.goals[Self.id("a", "G-1")])
        let weights: [Double] = [1.0 / 2, 1.0 / 6, 1.0 / 3]
        for (part, wanted) in zip(goal.parts, weights) { #expect(abs(part.weight - wanted) < 1e-12) }
        let wanted: Double = 0.4 / 2 + 0.5 / 6
        let progress = try #require(goal.progress)
        #expect(abs(progress - wanted) < 1e-12)
    }

    @Test("progress is unknown, not nought, while nothing is known")
    func unknown() throws {
        let rolled = Self.rollUp(
            plan("a", .department) { editor in
                Self.goal(&editor)
                Self.measure(&editor, of: "G-1", from: 0, to: 10, at: nil)
                Self.goal(&editor)
            })
        #expect(try #require(rolled.goals[Self.id("a", "G-1")]).progress == nil)
        #expect(try #require(rolled.goals[Self.id("a", "G-1")]).status == .idle)
        #expect(try #require(rolled.goals[Self.id("a", "G-2")]).basis == .nothing)
    }

    @Test("a company goal is the mean of the goals of other plans that support it")
    func cascade() throws {
        let company = plan("company", .company) { Self.goal(&$0) }
        let above = Self.id("company", "G-1")
        let first = plan("first", .department) { editor in
            Self.goal(&editor, weight: 3, supports: [above])
            Self.measure(&editor, of: "G-1", from: 0, to: 100, at: 120)
            Self.goal(&editor, weight: 5, supports: [above])
            editor.update(Self.id("first", "G-2"), as: Goal.self) { $0.isDropped = true }
        }
        // Three days done and one not begun.
        let second = plan("second", .department) { editor in
            Self.goal(&editor, weight: 1, supports: [above])
            let tasks: [(Double, TaskState)] = [(3, .done), (1, .planned), (9, .dropped)]
            for (length, state) in tasks {
                editor.add(PlanTask.self) { task in
                    task.title = "任务"
                    task.duration = days(length)
                    task.state = state
                    task.goals = [Self.id("second", "G-1")]
                }
            }
        }
        // The order of the plans does not matter.
        for rolled in [Self.rollUp(company, first, second), Self.rollUp(second, first, company)] {
            let goal = try #require(rolled.goals[above])
            #expect(goal.basis == .goals)
            #expect(Set(goal.parts.map(\.record)) == [Self.id("first", "G-1"), Self.id("second", "G-1")])
            // (3 · 1 + 1 · 0.75) / 4
            let progress = try #require(goal.progress)
            #expect(abs(progress - 0.9375) < 1e-12)
            #expect(try #require(rolled.goals[Self.id("second", "G-1")]).basis == .tasks)
        }
    }

    @Test("goals that support each other in a ring, or themselves, are still computed")
    func rings() throws {
        let first = plan("first", .department) { Self.goal(&$0, supports: [Self.id("second", "G-1"), Self.id("first", "G-1")]) }
        let second = plan("second", .department) { editor in
            Self.goal(&editor, supports: [Self.id("first", "G-1")])
            editor.add(PlanTask.self) { task in
                task.title = "任务"
                task.state = .done
                task.goals = [Self.id("second", "G-1")]
            }
        }
        let rolled = Self.rollUp(first, second)
        #expect(rolled.goals.count == 2)
        #expect(try #require(rolled.goals[Self.id("first", "G-1")]).progress == 1)
    }

    @Test("a plan is the mean of its top goals by weight")
    func overall() throws {
        let whole = plan("a", .department) { editor in
            Self.goal(&editor, weight: 0.7)
            Self.measure(&editor, of: "G-1", from: 0, to: 100, at: 50)
            Self.goal(&editor, weight: 0.3)
        }
        let facts = try #require(PlanFacts(whole.key, in: Workspace(plans: [whole]), today: RuleCase.today))
        let progress = try #require(facts.overall.progress)
        #expect(abs(progress - 0.35) < 1e-12)
    }

    @Test(
        "up to 5 points behind is on track, up to 15 at risk, more off track",
        arguments: [
            (0.50, 0.54, Status.onTrack), (0.50, 0.56, .watch), (0.50, 0.64, .watch), (0.50, 0.66, .late), (1, 1, .done),
            (0.9, 0.2, .onTrack),
        ])
    func status(progress: Double, expected: Double, wanted: Status) {
        #expect(Status.of(progress: progress, expected: expected) == wanted)
    }
}
