import PlanModel
import PlanStore
import Testing
import WorkingTime

@testable import WebApp

/// What the history says of each change: what became what, by whom, in words.
@Suite struct HistoryTests {
    /// The words of a revision's entry without tags.
    private func entry(_ revision: Int, _ site: TestSite, language: String = "zh-Hans") async throws -> String {
        let page = try await site.get("/plans/trial/history?lang=\(language)").text
        let start = try #require(page.range(of: "id=\"r\(revision)\">")).upperBound
        let end = page[start...].range(of: "class=\"change\"")?.lowerBound ?? page.endIndex
        return String(page[start..<end]).replacing(/<[^>]*>/, with: "").replacing(/\s+/, with: " ")
    }

    @Test("each change says the record by id and title, the field, what it was and what it is")
    func changes() async throws {
        let site = try TestSite(TestPlans.project)
        let edits: [(JSONValue, String, String)] = [
            (["duration": "8d"], "T-2 分析 · 工期 5 天 → 8 天", "T-2 分析 · Duration 5 d → 8 d"),
            (["owner": .null], "T-2 分析 · 负责人 周岚 → （清空）", "T-2 分析 · Owner 周岚 → (cleared)"),
            (["owner": "P-1"], "T-2 分析 · 负责人 （空） → 周岚", "T-2 分析 · Owner (empty) → 周岚"),
            (["state": "doing"], "T-2 分析 · 状态 未开始 → 进行中", "T-2 分析 · State Planned → In progress"),
        ]
        for (number, (fields, zh, en)) in edits.enumerated() {
            let done = try await site.api(
                .patch, "plans/trial/tasks/T-2", ["base": .number(Double(number + 1)), "fields": fields])
            #expect(done.status == 200)
            let (chinese, english) = (try await entry(number + 2, site), try await entry(number + 2, site, language: "en"))
            #expect(chinese.contains(zh), "\(chinese)")
            #expect(english.contains(en), "\(english)")
        }
        _ = try await site.api(.patch, "plans/trial/tasks/T-3", ["base": 5, "fields": ["predecessors": "T-2 SS+2d"]])
        #expect(try await entry(6, site).contains("T-3 开发 · 前置任务 T-2 分析 → T-2 分析 SS+2d"))
        _ = try await site.api(.post, "plans/trial/tasks/T-3/move", ["base": 6, "parent": "T-1"])
        #expect(try await entry(7, site).contains("移动 T-3 开发 顶层 → T-1 阶段"))
        _ = try await site.api(.patch, "plans/trial/measures/M-1", ["base": 7, "fields": ["values": "2026-09: 80, 2026-10: 82"]])
        _ = try await site.api(.patch, "plans/trial/measures/M-1", ["base": 8, "fields": ["values": "2026-09: 80, 2026-10: 90"]])
        #expect(try await entry(9, site).contains("82（2026-10） → 90（2026-10）"))
        #expect(!(try await entry(9, site).contains("2026-09")))
    }

    @Test("an edit of one field says nothing of others that hold as they did")
    func alone() async throws {
        let site = try TestSite(TestPlans.project)
        _ = try await site.form("/plans/trial/tasks", ["base": "1", "title": "新任务", "state": "planned"])
        _ = try await site.api(.patch, "plans/trial/tasks/T-4", ["base": 2, "fields": ["duration": "3d"]])
        let words = try await entry(3, site)
        #expect(words.contains("工期 （空） → 3 天") && !words.contains("状态"), "\(words)")
    }

    @Test("a change that later ones stand on is not undone, and they are named")
    func standsUnder() async throws {
        let site = try TestSite(TestPlans.project)
        _ = try await site.form("/plans/trial/people", ["base": "1", "name": "赵敏"])
        _ = try await site.api(.patch, "plans/trial/tasks/T-2", ["base": 2, "fields": ["owner": "P-2"]])
        _ = try await site.api(.patch, "plans/trial/tasks/T-3", ["base": 3, "fields": ["owner": "P-2"]])
        let refused = try await site.form("/plans/trial/history/2/reversal", ["base": "4"])
        #expect(refused.status == 409 && refused.text.contains("r2 没有撤销：后来的改动建立在它上面。"), "\(refused.text)")
        #expect(refused.text.contains("T-2的「负责人」（r3）、T-3的「负责人」（r4）"), "\(refused.text)")
        #expect(!refused.text.contains("别人"))
        _ = try await site.api(.post, "plans/trial/risks", ["base": 4, "fields": ["title": "新风险"]])
        _ = try await site.api(.patch, "plans/trial/risks/R-2", ["base": 5, "fields": ["impact": 3]])
        let added = try await site.api(.post, "plans/trial/history/5/reversal", ["base": 6])
        #expect(try added.status == 409 && added.json["code"]?.text == "standing")
        #expect(try added.json["remedy"]?.text == "Undo or change these first: R-2 impact (r6).", "\(added.text)")
        #expect(site.store[TestPlans.key]?.revision == 6)
    }

    @Test("of a long text it shows the place that changed, before and after")
    func prose() async throws {
        let site = try TestSite(TestPlans.project)
        let section = Blueprint.project.sections[0].key
        let text = String(repeating: "一段很长的文字。", count: 60)
        _ = try await site.api(.put, "plans/trial/prose/\(section)", ["base": 1, "text": .string(text + "旧的说法。" + text)])
        _ = try await site.api(.put, "plans/trial/prose/\(section)", ["base": 2, "text": .string(text + "新的说法。" + text)])
        let words = try await entry(3, site)
        #expect(words.contains("旧的说法") && words.contains("新的说法") && words.count < 300, "\(words)")
    }

    @Test("where nobody has a name, changes are those of this computer; occasions are told in words")
    func author() async throws {
        let site = try TestSite(TestPlans.project)
        var editor = PlanEditor(try #require(site.store[TestPlans.key]))
        editor.set(RecordID("T-2", in: TestPlans.key)!, "title", .text("甲"))
        try site.store.commit(
            editor.change(by: PlanStore.unnamedAuthor, at: Instant(milliseconds: 2), note: "levelling"))
        let words = try await entry(2, site)
        #expect(words.contains("本机") && !words.contains("local"))
        #expect(words.contains("接受资源平衡") && !words.contains("levelling"))
        #expect(try await entry(2, site, language: "en").contains("This computer"))
        #expect(try await site.get("/").text.contains("本机"))
    }
}
