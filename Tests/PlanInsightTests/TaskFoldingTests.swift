import PlanModel
import Testing
import WorkingTime

@testable import PlanInsight

@Suite struct TaskFoldingTests {
    /// Three phases of four packages of five tasks.
    private static func facts() throws -> PlanFacts {
        var editor = PlanEditor(Plan(key: try #require(PlanKey("p")), blueprint: .project))
        for phase in 1...3 {
            let top = editor.add(PlanTask.self) { $0.title = "阶段\(phase)" }
            for package in 1...4 {
                let middle = editor.add(PlanTask.self, in: top) { $0.title = "包\(package)" }
                for task in 1...5 { _ = editor.add(PlanTask.self, in: middle) { $0.title = "任务\(task)" } }
            }
        }
        let day = try #require(Day("2026-11-20"))
        return try #require(PlanFacts(editor.plan.key, in: Workspace(plans: [editor.plan]), today: day))
    }

    /// By the definition: a task is shown where every summary above it is open.
    private static func expected(_ folding: TaskFolding, _ facts: PlanFacts) -> [Int] {
        func above(_ record: Record) -> Record? {
            record.parent.flatMap { number in facts.schedule.tasks.first { $0.id.number == number }?.record }
        }
        return facts.schedule.tasks.indices.filter { place in
            var summary = above(facts.schedule.tasks[place].record)
            while let open = summary {
                if !folding.isOpen(open, depth: facts.plan.depth(of: open)) { return false }
                summary = above(open)
            }
            return true
        }
    }

    @Test("a task is shown where every summary above it is open, whatever was opened and closed")
    func places() throws {
        let facts = try Self.facts()
        let summaries = zip(facts.schedule.tasks, facts.schedule.dates).filter { $1.isSummary }.map { $0.0.id.number }
        var generator = SystemRandomNumberGenerator()
        for level in [nil, 1, 2, 3] {
            for _ in 0..<20 {
                let folding = TaskFolding(level: level, turned: Set(summaries.filter { _ in Bool.random(using: &generator) }))
                #expect(folding.places(of: facts) == Self.expected(folding, facts), "\(folding)")
            }
        }
    }

    @Test("levels open whole rows of the outline, and one summary against them", arguments: [(1, 3), (2, 15), (3, 75)])
    func levels(level: Int, count: Int) throws {
        let facts = try Self.facts()
        #expect(TaskFolding.levels(of: facts) == 3)
        let folding = TaskFolding(level: level)
        #expect(folding.places(of: facts).count == count)
        let first = facts.schedule.tasks[0].id
        let change = [1: 4, 2: -4, 3: -24][level]
        #expect(folding.turning(first).places(of: facts).count == count + (change ?? 0))
        #expect(folding.turning(first).turning(first) == folding)
    }

    @Test(
        "nobody having chosen, as many levels are open as there is room for",
        arguments: [(2, nil), (3, 1), (14, 1), (15, 2), (74, 2), (75, nil)])
    func automatic(most: Int, level: Int?) throws {
        #expect(TaskFolding(showing: most, of: try Self.facts()).level == level)
    }
}
