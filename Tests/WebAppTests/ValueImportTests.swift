import PlanModel
import Testing
import WorkingTime

@testable import WebApp

@Suite("Values from a table, and where numbers come from")
struct ValueImportTests {
    private static let key = PlanKey("support") ?? .unnamed

    private func site() throws -> TestSite {
        var editor = PlanEditor(Plan(key: Self.key, blueprint: .department))
        editor.set(editor.plan.header.id, "title", .text("技术支持部"))
        editor.set(editor.plan.header.id, "start", .date(try #require(Day("2026-01-01"))))
        editor.set(editor.plan.header.id, "finish", .date(try #require(Day("2026-12-31"))))
        editor.add(Goal.self) { $0.title = "一次解决更多" }
        editor.add(Measure.self) { measure in
            measure.title = "首次解决率"
            measure.goal = RecordID("G-1", in: Self.key)
            measure.baseline = 60
            measure.target = 80
            measure.values = Series([(Day("2026-01-31") ?? Day(number: 0), 70)])
        }
        return try TestSite(editor.plan)
    }

    private static let table = "measure,date,value\nM-1,2026-01,70\nM-1,2026-02,72\nM-1,2026-03,x\nM-9,2026-02,1\n"

    @Test("the API tries a table first, names bad rows by line, then writes it as one change that undo takes back")
    func api() async throws {
        let site = try site()
        let before = try #require(site.store[Self.key]?.revision)
        let tried = try await site.api(
            .post, "plans/support/values", ["base": .number(Double(before)), "text": .string(Self.table), "dryRun": .bool(true)])
        let answer = try tried.json
        #expect(tried.status == 200)
        #expect(answer["entries"]?.list?.count == 1)
        #expect(answer["badRows"]?["rows"]?.list?.first?["line"]?.int == 4)
        #expect(answer["refused"]?.list?.count == 1)
        #expect(site.store[Self.key]?.revision == before)
        let written = try await site.api(
            .post, "plans/support/values", ["base": .number(Double(before)), "text": .string(Self.table)])
        #expect(written.status == 200)
        let plan = try #require(site.store[Self.key])
        #expect(plan.all(Measure.self)[0].values?.values == [70, 72])
        #expect(plan.revision == before + 1)
        let header = try await site.api(
            .post, "plans/support/values", ["base": .number(Double(plan.revision)), "text": .string("a,b\n1,2\n")])
        #expect(header.status == 400)
    }

    @Test("the page shows what a table would write before it is written")
    func page() async throws {
        let site = try site()
        let before = try #require(site.store[Self.key]?.revision)
        let preview = try await site.form("/plans/support/values", ["base": String(before), "text": Self.table])
        #expect(preview.status == 200)
        #expect(preview.text.contains("写入 1 个值"))
        #expect(preview.text.contains("第 4 行"))
        #expect(site.store[Self.key]?.revision == before)
        let accepted = try await site.form(
            "/plans/support/values", ["base": String(before), "text": Self.table, "accept": "true"])
        #expect(accepted.status == 303)
        #expect(site.store[Self.key]?.all(Measure.self)[0].values?.values == [70, 72])
    }

    @Test("a goal's progress is told down to the values it comes from")
    func reasons() async throws {
        let site = try site()
        let tree = try await site.get("/api/v1/plans/support/goals/G-1/reasons", ["Accept-Language": "zh"]).json
        #expect(tree["number"]?.number == 0.5)
        let measure = tree["parts"]?.list?.first
        #expect(measure?["record"]?.text == "M-1")
        #expect(measure?["reason"]?.text == "50% = (70 − 60) ÷ (80 − 60)")
        #expect(try await site.get("/plans/support/goals/G-1").text.contains("为什么是 50%？"))
    }
}
