import Measures
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

    @Test("a goal that a task and its parts serve counts the parts, not both")
    func tasksWithin() throws {
        let rolled = Self.rollUp(
            plan("a", .department) { editor in
                Self.goal(&editor)
                let goal = RecordID("G-1", in: editor.plan.key)!
                func task(_ progress: Double, under parent: Int? = nil) {
                    editor.add(PlanTask.self, in: parent.map { RecordID(plan: editor.plan.key, prefix: "T", number: $0) }) {
                        task in
                        (task.title, task.goals, task.progress, task.duration) = ("任务", [goal], progress, days(1))
                    }
                }
                task(0)
                task(1, under: 1)
                task(0.5, under: 1)
                task(0.5)
            })
        let goal = try #require(rolled.goals[Self.id("a", "G-1")])
        #expect(goal.parts.map(\.record.short).sorted() == ["T-2", "T-3", "T-4"])
        #expect(abs(try #require(goal.progress) - 2.0 / 3) < 1e-12)
    }

    /// Ten months of a path from 0 to 120, twelve a month, 100 by the end of October and none later.
    private static func monthly(
        _ frequency: Frequency?, on today: String, due: String? = "2026-12-31", at value: Double = 100
    ) throws -> MeasureProgress {
        let plan = plan("a", .department) { editor in
            editor.add(Measure.self) { measure in
                (measure.title, measure.baseline, measure.target) = ("签约", 0, 120)
                (measure.baselineDate, measure.due, measure.frequency) = (day("2025-12-31"), due.map(day), frequency)
                measure.values = series(("2026-09-30", 90), ("2026-10-31", value))
            }
        }
        let rolled = ProgressRollUp(Workspace(plans: [plan]), today: day(today))
        return try #require(rolled.measures[Self.id("a", "M-1")])
    }

    @Test(
        "a value is held against the path of its own day until the next is overdue; then, and without a rhythm, against today's")
    func judgedOnItsDay() throws {
        // 304 of 365 days are over at the end of October, 324 on 20 November, 365 − 26 on 5 December.
        let inTime = try Self.monthly(.monthly, on: "2026-11-20")
        #expect(abs(inTime.expected - 304.0 / 365) < 1e-9 && inTime.status == .onTrack)
        #expect(try abs(Self.monthly(nil, on: "2026-11-20").expected - 324.0 / 365) < 1e-9)
        // 31 days and six of patience end on 7 December.
        #expect(try abs(Self.monthly(.monthly, on: "2026-12-07").expected - 304.0 / 365) < 1e-9)
        #expect(try abs(Self.monthly(.monthly, on: "2026-12-08").expected - 342.0 / 365) < 1e-9)
    }

    @Test("a measure that is not reached when it is due is off track, as its goal is")
    func measureOverdue() throws {
        // Three points short would do on the way.
        let late = try Self.monthly(.monthly, on: "2026-11-20", due: "2026-11-15", at: 117)
        #expect(late.status == .late && late.expected == 1)
        #expect(try Self.monthly(.monthly, on: "2026-11-15", due: "2026-11-15", at: 117).status == .onTrack)
        #expect(try Self.monthly(.monthly, on: "2026-11-15", due: "2026-11-15").status != .done)
    }

    @Test("a goal of tasks weighs them by their length, whether it is given or follows from start and finish")
    func plannedLength() throws {
        let rolled = Self.rollUp(
            plan("a", .department) { editor in
                Self.goal(&editor)
                let goal = RecordID("G-1", in: editor.plan.key)!
                editor.add(PlanTask.self) { task in
                    (task.title, task.goals, task.progress, task.duration) = ("一", [goal], 1, days(5))
                }
                // Four weeks: twenty days of work.
                editor.add(PlanTask.self) { task in
                    (task.title, task.goals, task.progress) = ("二", [goal], 0)
                    (task.start, task.due) = (day("2026-07-06"), day("2026-08-02"))
                }
            })
        #expect(abs(try #require(rolled.goals[Self.id("a", "G-1")]?.progress) - 0.2) < 1e-12)
    }

    @Test("a goal that is not reached when it is due is off track, however near")
    func overdue() throws {
        func status(due: String, at value: Double) throws -> Status {
            let rolled = Self.rollUp(
                plan("a", .department) { editor in
                    editor.period("2026-01-01", "2026-12-31")
                    editor.add(Goal.self) { ($0.title, $0.due) = ("目标", day(due)) }
                    Self.measure(&editor, of: "G-1", from: 0, to: 100, at: value)
                })
            return try #require(rolled.goals[Self.id("a", "G-1")]).status
        }
        #expect(try status(due: "2026-05-31", at: 95) == .late)
        #expect(try status(due: "2026-05-31", at: 100) == .done)
        #expect(try status(due: "2026-09-30", at: 95) == .onTrack)
    }

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

    @Test("a measure without weight gets the mean of the others, and one without value leaves its weight to its siblings")
    func unknownParts() throws {
        let rolled = Self.rollUp(
            plan("a", .department) { editor in
                Self.goal(&editor)
                Self.measure(&editor, of: "G-1", from: 0, to: 100, at: 40, weight: 0.75)
                Self.measure(&editor, of: "G-1", from: 50, to: 10, at: 30, weight: 0.25)
                Self.measure(&editor, of: "G-1", from: 0, to: 10, at: nil)
            })
        let goal = try #require(rolled.goals[Self.id("a", "G-1")])
        let weights: [Double] = [0.75, 0.25, 0]
        for (part, wanted) in zip(goal.parts, weights) { #expect(abs(part.weight - wanted) < 1e-12) }
        let progress = try #require(goal.progress)
        #expect(abs(progress - 0.425) < 1e-12)
        // A third of the agreed weight has no value, and that is told.
        #expect(abs(goal.coverage - 2.0 / 3) < 1e-12)
        #expect(goal.explanation.reason.zh == "42.5% = 75% × 40% + 25% × 50%（仅 66.7% 的权重有数据）")
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
        // The other goal says nothing yet, so its weight goes to the first.
        let progress = try #require(facts.overall.progress)
        #expect(abs(progress - 0.5) < 1e-12)
    }

    @Test("splitting a goal into goals of its own, or a measure into parts, changes nothing above")
    func splitting() throws {
        var dice = SeededGenerator(seed: 7)
        for _ in 0..<100 {
            let shares = (0..<5).map { _ in
                (weight: Double.random(in: 1...9, using: &dice), value: Double.random(in: -20...130, using: &dice))
            }
            let cut = Int.random(in: 1...4, using: &dice)
            let flat = plan("a", .department) { editor in
                Self.goal(&editor)
                for part in shares { Self.measure(&editor, of: "G-1", from: 0, to: 100, at: part.value, weight: part.weight) }
            }
            let deep = plan("a", .department) { editor in
                Self.goal(&editor)
                let top = Self.id("a", "G-1")
                for group in [shares[..<cut], shares[cut...]] {
                    Self.goal(&editor, weight: group.reduce(0) { $0 + $1.weight }, supports: [top])
                }
                for (index, part) in shares.enumerated() {
                    // The first measure of all is cut in two.
                    let goal = index < cut ? "G-2" : "G-3"
                    for _ in 0..<(index == 0 ? 2 : 1) {
                        Self.measure(
                            &editor, of: goal, from: 0, to: 100, at: part.value,
                            weight: index == 0 ? part.weight / 2 : part.weight)
                    }
                }
            }
            let (one, other) = (Self.rollUp(flat).goals[Self.id("a", "G-1")], Self.rollUp(deep).goals[Self.id("a", "G-1")])
            #expect(abs(try #require(one?.progress) - (try #require(other?.progress))) < 1e-12)
            #expect(one?.status == other?.status)
        }
    }

    private func measured(_ today: String = "2026-07-01", _ change: (inout Typed<Measure>) -> Void) throws -> MeasureProgress {
        let whole = plan("a", .department) { editor in
            editor.period("2026-01-01", "2026-12-31")
            editor.add(Measure.self) { measure in
                measure.title = "指标"
                change(&measure)
            }
        }
        let rolled = ProgressRollUp(Workspace(plans: [whole]), today: day(today))
        return try #require(rolled.measures[Self.id("a", "M-1")])
    }

    @Test("less is better without a baseline: 2 − value ÷ target, attained only when its time is over")
    func ceiling() throws {
        let over = try measured { measure in
            measure.direction = .down
            measure.target = 20
            measure.values = series(("2026-06-30", 25))
        }
        #expect(over.attainment == 0.75)
        #expect(over.status == .late)
        let kept = try measured { measure in
            measure.direction = .down
            measure.target = 20
            measure.values = series(("2026-06-30", 18))
        }
        #expect(kept.progress == 1)
        #expect(kept.status == .onTrack)
    }

    @Test("a target that contradicts the direction attains nothing")
    func contradiction() throws {
        for (direction, from, to, now) in [(Direction.up, 90.0, 80.0, 85.0), (.down, 10, 20, 15)] {
            let found = try measured { measure in
                (measure.direction, measure.baseline, measure.target) = (direction, from, to)
                measure.values = series(("2026-06-30", now))
            }
            #expect(found.progress == nil && found.attainment == nil)
            #expect(found.status == .watch)
            #expect(found.explanation?.wording.zh == "目标值与方向矛盾，无法计算")
        }
    }

    @Test("a range falls off with the tolerance, or from where the baseline lies")
    func range() throws {
        func attained(_ change: (inout Typed<Measure>) -> Void) throws -> Double? {
            try measured { measure in
                measure.direction = .range
                measure.target = 60
                measure.targetHigh = 80
                measure.values = series(("2026-06-30", 85))
                change(&measure)
            }.attainment
        }
        #expect(try attained { _ in } == 0.75)
        #expect(try attained { $0.tolerance = 10 } == 0.5)
        #expect(try attained { $0.baseline = 90 } == 0.5)
        #expect(try attained { $0.baseline = 70 } == 0.75)
    }

    @Test("a milestone is wanted by its day and done when its value reaches its target")
    func milestone() throws {
        let waiting = try measured {
            $0.direction = .milestone; $0.target = 3; $0.due = day("2026-09-30")
        }
        #expect(waiting.status == .idle)
        #expect(waiting.expected == 0)
        let half = try measured {
            $0.direction = .milestone
            $0.target = 4
            $0.due = day("2026-06-30")
            $0.values = series(("2026-06-01", 2))
        }
        #expect(half.progress == 0.5)
        #expect(half.current == 2)
        #expect(half.status == .late)
    }

    @Test("the path can be straight, in steps, through given values or by seasons")
    func paths() throws {
        func expected(_ kind: PathKind?) throws -> Double? {
            try measured("2026-04-15") { measure in
                measure.baseline = 0
                measure.target = 120
                measure.pathKind = kind
                measure.path = series(("2026-03-31", 10), ("2026-04-30", 30), ("2026-12-31", 80))
            }.expectedValue
        }
        #expect(abs(try #require(try expected(.linear)) - 120.0 * 104 / 364) < 1e-9)
        #expect(try expected(nil) == 10)
        #expect(try expected(.stepped) == 10)
        #expect(try expected(.through) == 20)
        // Seasons' shares 10, 30 and 80 of 120: the first is over, half of the second.
        #expect(abs(try #require(try expected(.seasonal)) - 25) < 1e-9)
    }

    @Test("a target for the whole period is compared with what has come since the start")
    func cumulative() throws {
        func current(_ gathering: Gathering?) throws -> Double? {
            try measured { measure in
                measure.target = 100
                measure.isCumulative = true
                measure.gathering = gathering
                measure.values = series(("2025-12-31", 99), ("2026-01-31", 10), ("2026-02-28", 30))
            }.current
        }
        #expect(try current(.sum) == 40)
        #expect(try current(.mean) == 20)
    }

    @Test("alarm values warn")
    func alarms() throws {
        func status(_ value: Double) throws -> Status {
            try measured { measure in
                measure.direction = .down
                measure.baseline = 60
                measure.target = 20
                measure.watch = 35
                measure.late = 45
                measure.values = series(("2026-06-30", value))
            }.status
        }
        #expect(try status(30) == .onTrack)
        #expect(try status(38) == .watch)
        #expect(try status(46) == .late)
        #expect(try status(20) == .done)
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
