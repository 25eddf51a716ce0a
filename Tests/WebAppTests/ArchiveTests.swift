import PlanModel
import PlanStore
import Testing
import WorkingTime

@testable import WebApp

/// A plan in the archive is read, not changed, until it is restored.
@Suite struct ArchiveTests {
    @Test("a plan is archived from its own page, which first says what follows, and restored from any of its pages")
    func archivedAndRestored() async throws {
        let site = try TestSite(TestPlans.project)
        #expect(try await site.get("/plans/trial").text.contains("href=\"/plans/trial/archive\""))
        let asked = try await site.get("/plans/trial/archive").text
        #expect(asked.contains("不再出现在「今天」") && asked.contains("不能再改") && asked.contains("随时可以恢复"))
        #expect(site.store[TestPlans.key]?.isArchived == false)
        let done = try await site.form("/plans/trial/archive", ["base": "1"])
        #expect(done.status == 303 && site.store[TestPlans.key]?.isArchived == true)
        for path in ["", "/tasks", "/tasks/T-2", "/schedule", "/board", "/history", "/insight"] {
            let page = try await site.get("/plans/trial" + path).text
            #expect(page.contains("已归档，只能看，不能改") && page.contains("action=\"/plans/trial/restoration\""), "\(path)")
        }
        #expect(try await site.get("/plans").text.contains("action=\"/plans/trial/restoration\""))
        let notice = try await site.get("/plans/trial/history/2/notice").text
        #expect(notice.contains("归档计划") && !notice.contains("已归档：") && !notice.contains("清空"), "\(notice)")
        #expect(try await site.form("/plans/trial/restoration", ["base": "2"]).status == 303)
        #expect(site.store[TestPlans.key]?.isArchived == false)
        #expect(!(try await site.get("/plans/trial").text.contains("只能看，不能改")))
    }

    @Test("pages and programs change nothing in an archived plan, and hear why and what to do")
    func readOnly() async throws {
        let site = try TestSite(TestPlans.project)
        _ = try await site.api(.patch, "plans/trial/tasks/T-2", ["base": 1, "fields": ["title": "先改一次"]])
        _ = try await site.form("/plans/trial/archive", ["base": "2"])
        let tries: [(String, [String: String])] = [
            ("tasks/T-2", ["title": "甲"]), ("tasks", ["title": "甲"]), ("tasks/T-3/deletion", [:]), ("tasks/T-3/completion", [:]),
            ("prose/\(Blueprint.project.sections[0].key)", ["text": "甲"]), ("history/2/reversal", [:]),
        ]
        for (path, fields) in tries {
            let refused = try await site.form("/plans/trial/\(path)", fields.merging(["base": "3"]) { $1 })
            #expect(refused.status == 422 && refused.text.contains("已归档，只能看，不能改") && refused.text.contains("先恢复计划"), "\(path)")
        }
        let api = try await site.api(.patch, "plans/trial/tasks/T-2", ["base": 3, "fields": ["title": "甲"]])
        #expect(api.status == 422)
        #expect(try api.json["problems"]?.list?.first?["code"]?.text == "plan.archived")
        let prose = try await site.api(.put, "plans/trial/prose/\(Blueprint.project.sections[0].key)", ["base": 3, "text": "甲"])
        let added = try await site.api(.post, "plans/trial/risks", ["base": 3, "fields": ["title": "甲"]])
        #expect(prose.status == 422 && added.status == 422)
        #expect(site.store[TestPlans.key]?.revision == 3)
        let restored = try await site.api(.patch, "plans/trial", ["base": 3, "fields": ["isArchived": false]])
        #expect(restored.status == 200 && site.store[TestPlans.key]?.isArchived == false)
        #expect(try await site.form("/plans/trial/tasks/T-2", ["base": "4", "title": "甲"]).status == 303)
    }

    @Test("taking back the archiving restores")
    func undone() async throws {
        let site = try TestSite(TestPlans.project)
        _ = try await site.form("/plans/trial/archive", ["base": "1"])
        #expect(try await site.form("/plans/trial/history/2/reversal", ["base": "2"]).status == 303)
        #expect(site.store[TestPlans.key]?.isArchived == false)
    }

    @Test("pages of an archived plan offer nothing to edit")
    func nothingToEdit() async throws {
        let site = try TestSite(TestPlans.project)
        func offers(_ path: String) async throws -> [String] {
            let page = try await site.get("/plans/trial" + path).text
            return ["data-edit=", "data-move=\"/", "draggable=", "data-mover", "/tasks/new", "保存任务", "删除任务", ">撤销改动<"].filter(
                page.contains)
        }
        for path in ["", "/tasks", "/board", "/history", "/tasks/T-2"] where path != "/history" {
            #expect(!(try await offers(path)).isEmpty, "\(path)")
        }
        _ = try await site.form("/plans/trial/archive", ["base": "1"])
        for path in ["", "/tasks", "/board", "/history", "/tasks/T-2", "/schedule"] {
            let found = try await offers(path)
            #expect(found.isEmpty, "\(path): \(found)")
        }
        #expect(try await site.get("/plans/trial/tasks/T-2").text.contains("<fieldset class=\"settled wide\" disabled>"))
        // Beside restoring, nothing can be sent from any page but the form of a record, whose fields are disabled.
        for path in [
            "", "/schedule", "/levelling", "/values", "/brainstorm", "/history", "/insight", "/board", "/process", "/selling",
        ] {
            let forms = try await site.get("/plans/trial" + path).text.matches(of: /<form[^>]*method="post"[^>]*>/).map(\.output)
                .filter { !$0.contains("\"/jobs/") }
            #expect(forms.count == 1 && forms.allSatisfy { $0.contains("/restoration") }, "\(path): \(forms)")
        }
    }
}
