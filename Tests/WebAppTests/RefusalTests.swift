import PlanModel
import PlanStore
import Testing
import WorkingTime

@testable import WebApp

/// How a form that was not saved comes back: what is wrong in the order of its fields, and the way to the first of them.
@Suite struct RefusalTests {
    @Test("what is wrong is told in the order of the fields, and the first wrong field has the focus")
    func order() async throws {
        let site = try TestSite(TestPlans.project)
        let refused = try await site.form(
            "/plans/trial/tasks/T-2",
            ["base": "1", "title": "分析", "parent": "上面", "owner": "P-9", "duration": "很久", "progress": "300%"])
        #expect(refused.status == 422)
        let head = try #require(refused.text.firstMatch(of: /(?s)<div class="problem".*?<\/div>/)).output
        let told = head.matches(of: /href="#f-(\w+)"/).map { String($0.1) }
        let shown = refused.text.matches(of: /<(?:input|select|textarea)[^>]* id="f-(\w+)"/).map { String($0.1) }
        #expect(Set(told) == ["parent", "owner", "duration", "progress"])
        #expect(told == shown.filter(told.contains), "\(told)")
        let focused = refused.text.matches(of: /<[^>]* id="f-(\w+)"[^>]* autofocus/).map { String($0.1) }
        #expect(focused == [told[0]])
    }

    @Test("the form of a new plan tells what is wrong in the order of its fields, beside each, with the focus on the first")
    func newPlan() async throws {
        let site = try TestSite(TestPlans.project)
        let refused = try await site.form(
            "/plans", ["kind": "project", "key": "Ä", "title": " ", "start": "2027-05-01", "finish": "2027-01-01"])
        let told = refused.text.matches(of: /<li><a class="ref" href="#f-(\w+)"/).map { String($0.1) }
        #expect(told == ["title", "key", "finish"])
        for key in told { #expect(refused.text.contains("id=\"f-\(key)-refused-0\""), "\(key)") }
        #expect(refused.text.matches(of: /<[^>]* id="f-(\w+)"[^>]* autofocus/).map { String($0.1) } == ["title"])
        let taken = try await site.form("/plans", ["kind": "project", "key": "trial", "title": "甲"])
        #expect(taken.status == 422 && taken.text.contains("id=\"f-key-refused-0\"") && taken.text.contains("换一个代号"))
    }

    @Test("a wrong field says that it is, and names the words that say why")
    func described() async throws {
        let site = try TestSite(TestPlans.project)
        let refused = try await site.form("/plans/trial/tasks/T-2", ["base": "1", "duration": "很久"]).text
        let field = try #require(refused.firstMatch(of: /<input id="f-duration"[^>]*>/)).output
        #expect(field.contains("aria-invalid=\"true\""))
        let named = try #require(field.firstMatch(of: /aria-describedby="([^"]*)"/)).1.split(separator: " ")
        #expect(named.first == "f-duration-refused-0")
        for id in named { #expect(refused.contains("id=\"\(id)\""), "\(id)") }
        #expect(refused.contains(/<p class="refused" id="f-duration-refused-0">[^<]*看不懂「很久」/))
        let owner = try #require(refused.firstMatch(of: /<select id="f-owner"[^>]*>/)).output
        #expect(!owner.contains("aria-invalid"))
    }

    @Test("nobody whose input would be lost is told to reload")
    func advice() async throws {
        let site = try TestSite(TestPlans.project)
        let missing = try await site.form("/plans/trial/tasks/T-2", ["base": "1", "parent": "T-99"])
        #expect(missing.status == 422 && missing.text.contains("没有记录 T-99") && missing.text.contains("可在历史中恢复它"))
        let noBase = try await site.form("/plans/trial/tasks/T-2", ["title": "甲"])
        #expect(noBase.status == 400 && noBase.text.contains("随表单送上 base"))
        for answer in [missing, noBase] { #expect(!answer.text.contains("刷新")) }
    }

    @Test("predecessors go by their titles in forms and in the API; a name of several is refused with those it could be")
    func names() async throws {
        let site = try TestSite(TestPlans.project)
        let saved = try await site.form("/plans/trial/tasks", ["base": "1", "title": "验收", "predecessors": "开发 SS+2d, 分析"])
        #expect(saved.status == 303)
        func links() -> [TaskLink]? {
            site.store[TestPlans.key]?.record(RecordID("T-4", in: TestPlans.key)!, as: PlanTask.self)?.predecessors
        }
        #expect(links() == ["T-3 SS+2d", "T-2"].compactMap { TaskLink($0, in: TestPlans.key) })
        let patched = try await site.api(.patch, "plans/trial/tasks/T-4", ["base": 2, "fields": ["predecessors": "开发"]])
        #expect(patched.status == 200 && links() == [TaskLink(RecordID("T-3", in: TestPlans.key)!)])
        _ = try await site.form("/plans/trial/tasks", ["base": "3", "title": "开发"])
        let refused = try await site.form("/plans/trial/tasks/T-4", ["base": "4", "predecessors": "开发"])
        #expect(refused.status == 422 && refused.text.contains("「开发」可能是 T-3 开发、T-5 开发。"))
        #expect(refused.text.contains("value=\"开发\""))
    }

    @Test("the id that a new task will itself get is none yet")
    func notYet() async throws {
        let site = try TestSite(TestPlans.project)
        let refused = try await site.form("/plans/trial/tasks", ["base": "1", "title": "验收", "predecessors": "T-4"])
        #expect(refused.status == 422 && refused.text.contains("还没有 T-4"))
        #expect(!refused.text.contains("以自己为前置任务"))
        let own = try await site.form("/plans/trial/tasks/T-3", ["base": "1", "predecessors": "T-3"])
        #expect(own.status == 422 && own.text.contains("任务不能以自己为前置任务"))
    }

    @Test("records to choose from are those of the plan first, then those of other plans in use")
    func choices() async throws {
        func other(_ key: String, isArchived: Bool) -> Plan {
            var editor = PlanEditor(Plan(key: PlanKey(key)!, blueprint: .project))
            editor.set(editor.plan.header.id, "title", .text("另一份"))
            if isArchived { editor.set(editor.plan.header.id, "isArchived", .flag(true)) }
            editor.add(PlanTask.self) { $0.title = "开发平台" }
            return editor.plan
        }
        let site = try TestSite(
            other("a-first", isArchived: false), other("b-over", isArchived: true), TestPlans.project)
        let found = try await site.get("/api/v1/plans/trial/choices?kinds=T&q=%E5%BC%80%E5%8F%91").json
        #expect(found.list?.compactMap { $0["id"]?.text } == ["T-3", "a-first/T-1"])
    }
}
