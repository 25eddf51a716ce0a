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
