import PlanInsight
import PlanModel
import Testing
import WorkingTime

@testable import WebApp

@Suite struct FactsCacheTests {
    @Test("the facts before the last change are at hand, so that telling what it brought about computes nothing anew")
    func former() throws {
        let day = try #require(Day("2026-11-20"))
        let cache = FactsCache()
        var workspace = Workspace(plans: [TestPlans.project.at(revision: 1)])
        var seen = [workspace]
        for revision in 2...3 {
            var editor = PlanEditor(try #require(workspace[TestPlans.key]))
            editor.set(RecordID("T-2", in: TestPlans.key)!, "title", .text("第\(revision)版"))
            workspace[TestPlans.key] = editor.plan.at(revision: revision)
            seen.append(workspace)
        }
        #expect(cache.known(TestPlans.key, in: seen[0], today: day) == nil)
        for workspace in seen { _ = cache.facts(TestPlans.key, in: workspace, today: day) }
        #expect(cache.known(TestPlans.key, in: seen[2], today: day)?.plan.revision == 3)
        #expect(cache.known(TestPlans.key, in: seen[1], today: day)?.plan.revision == 2)
        #expect(cache.known(TestPlans.key, in: seen[0], today: day) == nil)
        // On another day, and beside other plans, they are others.
        #expect(cache.known(TestPlans.key, in: seen[1], today: day + 1) == nil)
        seen[1][PlanKey("other")!] = Plan(key: PlanKey("other")!, blueprint: .project)
        #expect(cache.known(TestPlans.key, in: seen[1], today: day) == nil)
    }
}
