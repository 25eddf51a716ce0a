import PlanModel
import Testing
import WorkingTime

@testable import PlanInsight

/// People of several plans: what all of them together ask. Today is Monday, 15 June 2026.
@Suite("People shared by plans")
struct SharedPeopleTests {
    private typealias Make = (inout PlanEditor) -> Void

    private func person(_ name: String, department: String? = nil, share: Double? = nil, capacity: Double? = nil) -> Make {
        { editor in
            editor.add(Person.self) { person in
                (person.name, person.department, person.share, person.capacity) = (name, department, share, capacity)
            }
        }
    }

    private func task(_ start: String, _ length: Double, units: Double = 1, after: TaskLink? = nil) -> Make {
        { editor in
            let who = RecordID("P-1", in: editor.plan.key)!
            editor.add(PlanTask.self) { task in
                (task.title, task.duration) = ("任务", days(length))
                if let after { task.predecessors = [after] } else { task.start = day(start) }
                task.assignments = [Share(who, units: units)]
            }
        }
    }

    private func made(_ key: String, _ blueprint: Blueprint = .project, revision: Int = 1, with makes: [Make]) -> Plan {
        plan(key, blueprint) { editor in for make in makes { make(&editor) } }.at(revision: revision)
    }

    private func facts(_ plans: Plan..., loads: LoadShelf = LoadShelf()) throws -> PlanFacts {
        try #require(PlanFacts(planKey, in: Workspace(plans: plans), today: RuleCase.today, loads: loads))
    }

    @Test("tasks of both plans are added up day by day, in both plans alike")
    func overload() throws {
        // Wednesday to Friday here at 60 %, Thursday to Monday there at 70 %: Thursday and Friday at 130 %.
        let one = made("tested", with: [person("周敏", department: "支持部"), task("2026-07-08", 3, units: 0.6)])
        let two = made("another", with: [person("周敏"), task("2026-07-09", 3, units: 0.7)])
        let shared = try #require(try facts(one, two).sharedPeople.first)
        #expect(shared.parts.map(\.plan.text) == ["tested", "another"] && shared.capacity == 1)
        let excess = try #require(shared.overload)
        #expect(excess.from == day("2026-07-09") && excess.until == day("2026-07-10") && excess.days == 2)
        #expect(abs(excess.peak - 1.3) < 1e-12)
        let finding = try #require(try facts(one, two).findings.first { $0.code == "D3-10" })
        #expect(finding.record == the("P-1") && finding.reason.zh.contains("有 2 个工作日超载，最高 130%，可用 100%"))
        let other = try #require(PlanFacts(PlanKey("another")!, in: Workspace(plans: [one, two]), today: RuleCase.today))
        #expect(other.sharedPeople.first?.overload == excess)
        // What is past asks for nothing any more.
        let past = made("another", with: [person("周敏"), task("2026-06-01", 3)])
        #expect(try facts(made("tested", with: [person("周敏"), task("2026-06-01", 3)]), past).sharedPeople.first?.overload == nil)
    }

    @Test("shares promised are added up as long as they overlap")
    func promises() throws {
        func lasting(_ from: String, _ until: String) -> Make { { $0.period(from, until) } }
        let one = made("tested", with: [lasting("2026-01-01", "2026-09-30"), person("周敏", share: 0.6)])
        let two = made("another", with: [lasting("2026-08-01", "2026-12-31"), person("周敏", share: 0.7)])
        let shared = try #require(try facts(one, two).sharedPeople.first)
        let excess = try #require(shared.overPromised(from: RuleCase.today))
        #expect(excess.from == day("2026-08-01") && excess.until == day("2026-09-30") && excess.days == 61)
        #expect(abs(excess.peak - 1.3) < 1e-12 && abs(shared.mostPromised - 1.3) < 1e-12)
        #expect(shared.overPromised(from: day("2026-10-01")) == nil)
        let later = made("another", with: [lasting("2026-10-01", "2026-12-31"), person("周敏", share: 0.7)])
        #expect(try facts(one, later).sharedPeople.first?.overPromised(from: RuleCase.today) == nil)
        // Nothing typed promises nothing.
        let open = made("another", with: [lasting("2026-08-01", "2026-12-31"), person("周敏")])
        #expect(try facts(one, open).sharedPeople.first?.overPromised(from: RuleCase.today) == nil)
        // A pool of three can be promised to both.
        let pool = made("tested", with: [person("一线班组", share: 0.5, capacity: 3)])
        let half = made("another", with: [person("一线班组", share: 0.5, capacity: 3)])
        #expect(try facts(pool, half).sharedPeople.first?.overPromised(from: RuleCase.today) == nil)
        #expect(try facts(pool, half).sharedPeople.first?.mostPromised == 3)
    }

    @Test("namesakes of another department are others, and personal plans are nobody else's business")
    func identity() throws {
        let one = made("tested", with: [person("周敏", department: "支持部"), task("2026-07-08", 3)])
        let namesake = made("another", with: [person("周敏", department: "财务部"), task("2026-07-08", 3)])
        #expect(try facts(one, namesake).sharedPeople.isEmpty)
        #expect(try facts(one, made("another", with: [person("周敏敏"), task("2026-07-08", 3)])).sharedPeople.isEmpty)
        let own = made("another", .growth, with: [person("周敏", department: "支持部"), task("2026-07-08", 3)])
        #expect(try facts(one, own).sharedPeople.isEmpty)
        let personal = try #require(PlanFacts(PlanKey("another")!, in: Workspace(plans: [one, own]), today: RuleCase.today))
        #expect(personal.sharedPeople.isEmpty)
    }

    @Test("loads that are kept follow every change that moves them, also one of a plan that the other waits for")
    func shelf() throws {
        let loads = LoadShelf()
        let one = made("tested", with: [person("周敏"), task("2026-07-08", 3)])
        let third = made("third", with: [person("吴越"), task("2026-07-06", 2)])
        let first = RecordID("T-1", in: PlanKey("third")!)!
        let two = made("another", with: [person("周敏"), task("", 1, after: TaskLink(first))])
        func overload(_ plans: Plan...) throws -> SharedPerson.Excess? {
            let kept = try #require(PlanFacts(planKey, in: Workspace(plans: plans), today: RuleCase.today, loads: loads))
            let anew = try #require(PlanFacts(planKey, in: Workspace(plans: plans), today: RuleCase.today))
            #expect(kept.sharedPeople == anew.sharedPeople)
            return kept.sharedPeople.first?.overload
        }
        // The other plan's day follows the third's two: Wednesday, the eighth.
        #expect(try overload(one, two, third)?.from == day("2026-07-08"))
        #expect(try overload(one, two, third)?.days == 1)
        let moved = made("third", revision: 2, with: [person("吴越"), task("2026-07-06", 3)])
        #expect(try overload(one, two, moved)?.from == day("2026-07-09"))
        let gone = made("another", revision: 2, with: [person("周敏")])
        #expect(try overload(one, gone, moved) == nil)
    }

    @Test("the table names only people of whom at least two plans ask something")
    func table() throws {
        let asked = [person("周敏"), task("2026-07-08", 3)]
        let one = made("tested", with: asked)
        let idle = made("another", with: [person("周敏")])
        let other = made("another", with: asked)
        let table = ComputedTable.sharedPeople(try facts(one, other))
        #expect(table.rows.map { $0[1].en } == [one.title, other.title, "Total, of 100%"])
        // Where only one plan asks, there is nothing to add up.
        #expect(ComputedTable.sharedPeople(try facts(one, idle)).rows.isEmpty)
    }
}
