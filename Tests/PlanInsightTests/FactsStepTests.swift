import PlanModel
import Testing
import WorkingTime

@testable import PlanInsight

/// Facts that follow a change are the facts made anew.
@Suite struct FactsStepTests {
    private let today = Day(number: 20_600)

    @Test("facts that follow edits of tasks are those computed anew", arguments: 1...4)
    func followsTasks(seed: Int) throws {
        var random = Sequenced(state: UInt64(seed))
        var plan = GeneratedNetwork.plan(tasks: 40, today: today, &random)
        var facts = try #require(PlanFacts(plan.key, in: Workspace(plans: [plan]), today: today))
        var followed = 0
        for _ in 0..<16 {
            var editor = PlanEditor(plan)
            for _ in 0..<Int.random(in: 1...3, using: &random) { GeneratedNetwork.edit(&editor, &random) }
            plan = editor.plan
            let workspace = Workspace(plans: [plan])
            if step(from: facts, to: plan) != nil { followed += 1 }
            let next = try #require(PlanFacts(plan.key, in: workspace, today: today, after: facts))
            let anew = try #require(PlanFacts(plan.key, in: workspace, today: today))
            let wrong = anew.schedule.dates.indices.filter { next.schedule.dates[$0] != anew.schedule.dates[$0] }
            #expect(wrong == [], "dates of the tasks at these places differ")
            #expect(next.schedule.tasks.map(\.record) == anew.schedule.tasks.map(\.record))
            #expect(next.load.byPerson == anew.load.byPerson)
            #expect(next.load.overloads == anew.load.overloads)
            let found = (
                next.findings.map { "\($0.code) \($0.record?.short ?? "")" },
                anew.findings.map { "\($0.code) \($0.record?.short ?? "")" }
            )
            #expect(found.0.difference(from: found.1).isEmpty)
            facts = next
        }
        #expect(followed > 6, "most edits should be followed: \(followed) of 16")
    }

    @Test("a long plan, checked on all cores, has the findings of its rules one after the other, before and after an edit")
    func longPlanIsCheckedAsAShortOne() throws {
        var random = Sequenced(state: 5)
        let plan = GeneratedNetwork.plan(tasks: 2100, today: today, &random)
        let facts = try #require(PlanFacts(plan.key, in: Workspace(plans: [plan]), today: today))
        var editor = PlanEditor(plan)
        editor.set(plan.records(.of(PlanTask.self))[1000].id, "duration", .duration(WorkDuration(30, .days)))
        let next = try #require(
            PlanFacts(plan.key, in: Workspace(plans: [editor.plan]), today: today, after: facts))
        for facts in [facts, next] {
            let oneByOne = [FindingSeverity.error, .warning].flatMap { severity in
                PlanCheck.rules.filter { $0.severity == severity }.flatMap { PlanCheck.found(by: $0, in: facts) }
            }
            #expect(oneByOne.count > 100)
            #expect(facts.findings == oneByOne)
        }
    }

    @Test("a phase that is dropped takes what was found in its tasks with it, and gives it back")
    func droppedPhase() throws {
        let whole = plan("tested", .project) { editor in
            let phase = editor.add(PlanTask.self) { $0.title = "阶段" }
            for number in 1...6 {
                editor.add(PlanTask.self, in: phase) { task in
                    (task.title, task.duration) = ("没有负责人的任务", days(2))
                    if number > 1 { task.predecessors = [TaskLink(the("T-\(number)"))] }
                }
            }
        }
        var facts = try #require(PlanFacts(planKey, in: Workspace(plans: [whole]), today: today))
        func unowned(_ facts: PlanFacts) -> Int { facts.findings.count { $0.code == "D6-01" } }
        #expect(unowned(facts) == 6)
        for (state, wanted) in [(TaskState.dropped, 0), (.planned, 6)] {
            var editor = PlanEditor(facts.plan)
            editor.update(the("T-1"), as: PlanTask.self) { $0.state = state }
            let workspace = Workspace(plans: [editor.plan])
            facts = try #require(PlanFacts(planKey, in: workspace, today: today, after: facts))
            #expect(unowned(facts) == wanted)
            #expect(facts.findings == PlanFacts(planKey, in: workspace, today: today)?.findings)
        }
    }

    @Test("a change of people, links or order is computed anew")
    func reachesFurther() throws {
        var random = Sequenced(state: 9)
        let plan = GeneratedNetwork.plan(tasks: 30, today: today, &random)
        let facts = try #require(PlanFacts(plan.key, in: Workspace(plans: [plan]), today: today))
        func step(_ edit: (inout PlanEditor) -> Void) -> FactsStep? {
            var editor = PlanEditor(plan)
            edit(&editor)
            return self.step(from: facts, to: editor.plan)
        }
        let tasks = plan.records(.of(PlanTask.self)).map(\.id)
        let person = try #require(plan.records(.of(Person.self)).first?.id)
        #expect(step { $0.set(person, "leave", .text("2026-06-01..2026-06-30")) } == nil)
        #expect(step { $0.set(tasks[8], "predecessors", .links([TaskLink(tasks[2])])) } == nil)
        #expect(step { $0.remove(tasks[8]) } == nil)
        #expect(step { $0.set(tasks[8], "duration", .duration(WorkDuration(3, .days))) }?.affected?.contains(8) == true)
    }

    @Test("what is said of a predecessor in another plan follows that plan, though no date moves")
    func otherPlans() throws {
        let other = try #require(PlanKey("other"))
        var random = Sequenced(state: 3)
        var editor = PlanEditor(GeneratedNetwork.plan(tasks: 20, today: today, &random))
        let task = try #require(editor.plan.records(.of(PlanTask.self)).last?.id)
        editor.set(
            task, "predecessors", .links([TaskLink(RecordID(plan: other, prefix: task.prefix, number: 7))]))
        let plan = editor.plan
        func words(_ facts: PlanFacts) -> [String] { facts.findings.filter { $0.code == "P6-11" }.map(\.reason.en) }
        let alone = try #require(PlanFacts(plan.key, in: Workspace(plans: [plan]), today: today))
        #expect(words(alone) == ["There is no plan other."])
        let both = Workspace(plans: [plan, Plan(key: other, blueprint: .project)])
        let next = try #require(PlanFacts(plan.key, in: both, today: today, after: alone))
        #expect(words(next) == ["There is no task other/\(task.prefix)-7."])
    }

    private func step(from facts: PlanFacts, to plan: Plan) -> FactsStep? {
        let workspace = Workspace(plans: [plan])
        guard var step = FactsStep(from: facts, to: plan, in: workspace, today: today) else { return nil }
        let next = PlanSchedule.next(plan, in: workspace, today: today, after: facts.schedule, changed: step.changed)
        step.affected = next.affected
        return step.affected == nil ? nil : step
    }
}

/// A generator that gives the same numbers for the same seed.
struct Sequenced: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Plans with phases, links of all kinds, people, constraints and progress, and edits of them.
private enum GeneratedNetwork {
    static func plan(tasks count: Int, today: Day, _ random: inout Sequenced) -> Plan {
        var editor = PlanEditor(Plan(key: PlanKey("generated")!, blueprint: .project, revision: 1))
        editor.set(editor.plan.header.id, "title", .text("生成的计划"))
        editor.set(editor.plan.header.id, "start", .date(today - 30))
        let people = (1...4).map { number in editor.add(Person.self) { $0.name = "成员\(number)" } }
        var phase: RecordID?
        var tasks: [RecordID] = []
        for number in 0..<count {
            if number % 12 == 0 {
                phase = editor.add(PlanTask.self) { $0.title = "阶段 \(number)" }
                continue
            }
            let earlier = tasks.suffix(8).filter { _ in Bool.random(using: &random) }.prefix(2)
            let made = editor.add(PlanTask.self, in: phase) { task in
                task.title = "任务 \(number)"
                task.duration = WorkDuration(Double.random(in: 1...9, using: &random).rounded(), .days)
                task.owner = people.randomElement(using: &random)
                task.assignments = [Share(people[number % 4], units: 0.5)]
                if !earlier.isEmpty {
                    task.predecessors = earlier.map { TaskLink($0, TaskLink.Relation.allCases.randomElement(using: &random)!) }
                }
            }
            tasks.append(made)
        }
        return editor.plan
    }

    static func edit(_ editor: inout PlanEditor, _ random: inout Sequenced) {
        let tasks = editor.plan.records(.of(PlanTask.self))
        let task = tasks.randomElement(using: &random)!
        let today = Day(number: 20_600)
        switch Int.random(in: 0..<10, using: &random) {
        case 0...3:
            editor.set(task.id, "duration", .duration(WorkDuration(Double.random(in: 0...60, using: &random).rounded(), .days)))
        case 4: editor.set(task.id, "deadline", .date(today + Int.random(in: -20...90, using: &random)))
        case 5: editor.set(task.id, "progress", .number(Double.random(in: 0...1, using: &random)))
        case 6: editor.set(task.id, "acceptance", Bool.random(using: &random) ? .text("评审通过") : nil)
        case 7: editor.set(task.id, "owner", nil)
        case 8: editor.set(task.id, "actualStart", .date(today - Int.random(in: 1...20, using: &random)))
        default: editor.set(task.id, "state", .choice(["planned", "doing", "done", "dropped"].randomElement(using: &random)!))
        }
    }
}
