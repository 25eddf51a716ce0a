import PlanExchange
import PlanModel
import Testing

@testable import WebApp

@Suite struct DownloadsTests {
    @Test(
        "a cell that a spreadsheet would compute is text, a number stays one, and separators are quoted",
        arguments: [
            ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("-cmd|x", "'-cmd|x"), ("-3.5", "-3.5"), ("+7", "+7"), ("张三", "张三"),
            ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""), ("two\nlines", "\"two\nlines\""), ("", ""),
        ])
    func cell(text: String, wanted: String) { #expect(CSVCell.text(text) == wanted) }

    @Test("each plan gives its own document, by page and API, though others have just been asked for the same")
    func ownDocument() async throws {
        var other = PlanEditor(Plan(key: try #require(PlanKey("other")), blueprint: .project))
        other.set(other.plan.header.id, "title", .text("另一份计划"))
        let site = try TestSite(TestPlans.project, other.plan)
        for path in ["/plans/%/document.md?lang=zh", "/api/v1/plans/%/document/md?lang=zh"] {
            for (key, title) in [("trial", "# 试验计划"), ("other", "# 另一份计划"), ("trial", "# 试验计划")] {
                let made = try await site.get(path.replacing("%", with: key))
                #expect(made.status == 200 && made.text.hasPrefix(title), "\(path) \(key): \(made.text.prefix(40))")
            }
        }
    }

    @Test("a document that is followed is made to its end though the plan changes meanwhile; asked for anew, it has the change")
    func followed() async throws {
        let site = try TestSite(TestPlans.project)
        var made = try await site.get("/plans/trial/document?format=md&lang=zh")
        // On a busy machine it is followed first.
        while made.status == 200 { made = try await site.get("/plans/trial/document?format=md&lang=zh") }
        let file = try #require(made.headers[.location])
        #expect(made.status == 303 && file.contains("followed="))
        _ = try await site.api(.patch, "plans/trial", ["base": 1, "fields": ["title": "改过的计划"]])
        #expect(try await site.get(file).text.hasPrefix("# 试验计划"))
        #expect(try await site.get("/plans/trial/document.md?lang=zh").text.hasPrefix("# 改过的计划"))
        // The number of another question's job leads nowhere else.
        let english = try await site.get(file.replacing("lang=zh-Hans", with: "lang=en"))
        #expect(english.text.hasPrefix("# 改过的计划") && english.text.contains("Project"))
    }
}
