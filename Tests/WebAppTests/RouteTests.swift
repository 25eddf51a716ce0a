import Foundation
import HTTPTypes
import Hummingbird
import PlanModel
import Testing
import WorkingTime

@testable import WebApp

/// What can be read and done, through pages and API alike.
@Suite struct RouteTests {
    @Test(
        "every page answers in both languages",
        arguments: [
            "/", "/plans", "/plans/new", "/import", "/cascade", "/check", "/search?q=x", "/plans/trial", "/plans/trial/schedule",
            "/plans/trial/analysis", "/plans/trial/levelling", "/plans/trial/simulation", "/plans/trial/earned-value",
            "/plans/trial/network",
            "/plans/trial/process", "/plans/trial/process/simulation", "/plans/trial/board", "/plans/trial/calendar",
            "/plans/trial/insight", "/plans/trial/tables", "/plans/trial/check", "/plans/trial/history", "/plans/trial/tasks",
            "/plans/trial/tasks/new", "/plans/trial/tasks/T-2", "/plans/trial/plan/PLAN-0",
        ])
    func pages(path: String) async throws {
        let site = try TestSite(TestPlans.project)
        for language in ["zh-Hans", "en"] {
            let answer = try await site.get(path + (path.contains("?") ? "&" : "?") + "lang=\(language)")
            #expect(answer.status == 200)
            #expect(answer.text.contains("<html lang=\"\(language)\""))
        }
    }

    @Test(
        "what is not there is said to be missing, on a page and in the API",
        arguments: [
            "plans/none", "plans/trial/nothing", "plans/trial/tasks/T-99", "nowhere", "nowhere/at/all", "plans/trial/history/7",
            "plans/trial/prose", "plans/trial/files/3", "jobs/3",
        ])
    func missing(path: String) async throws {
        let site = try TestSite(TestPlans.project)
        let page = try await site.get("/" + path)
        #expect(page.status == 404 && page.text.contains("没有这") && page.text.contains("</html>"))
        let problem = try await site.get("/api/v1/" + path)
        let code = try problem.json["code"]?.text
        #expect(problem.status == 404 && code == "missing")
    }

    @Test("a plan without content is not said to be without fault", arguments: ["/check", "/plans/trial/check"])
    func emptyCheck(path: String) async throws {
        let empty = try await TestSite(Plan(key: TestPlans.key, blueprint: .sales)).get(path)
        #expect(empty.text.contains("还没有内容") && !empty.text.contains("没有发现问题"))
        #expect(!(try await TestSite(TestPlans.project).get(path).text.contains("还没有内容")))
    }

    @Test("from a record back goes to its place in its list, on whichever page, and from a plan's settings to the plan")
    func back() async throws {
        var editor = PlanEditor(Plan(key: TestPlans.key, blueprint: .project))
        for number in 1...201 { editor.add(PlanTask.self) { $0.title = "任务 \(number)" } }
        let site = try TestSite(editor.plan)
        #expect(try await site.get("/plans/trial/tasks/T-200").text.contains("href=\"/plans/trial/tasks#T-200\""))
        #expect(try await site.get("/plans/trial/tasks/T-201").text.contains("href=\"/plans/trial/tasks?from=200#T-201\""))
        #expect(try await site.get("/plans/trial/tasks?from=200").text.contains("id=\"T-201\""))
        let settings = try await site.get("/plans/trial/plan/PLAN-0").text
        #expect(settings.contains("href=\"/plans/trial\">返回") && !settings.contains("PLAN-0 ·"))
    }

    @Test("in the month view what does not fit in a day leads to its week")
    func fullDay() async throws {
        var editor = PlanEditor(Plan(key: TestPlans.key, blueprint: .project))
        for number in 1...7 { editor.add(PlanTask.self) { ($0.title, $0.due) = ("任务 \(number)", Day("2026-11-18")) } }
        let page = try await TestSite(editor.plan).get("/plans/trial/calendar?month=2026-11").text
        #expect(page.contains("href=\"?week=2026-11-18\"") && page.contains(">+2<"))
    }

    @Test("a milestone that is overdue is so in the list of what is due and in the row of its plan")
    func overdueMilestone() async throws {
        var editor = PlanEditor(Plan(key: TestPlans.key, blueprint: .project))
        editor.add(PlanTask.self) { task in
            (task.title, task.isMilestone) = ("验收", true)
            (task.due, task.deadline) = (Day("2026-09-30"), Day("2026-12-31"))
            (task.constraint, task.constraintDate) = (.startNoEarlierThan, Day("2026-12-28"))
        }
        let home = try await TestSite(editor.plan).get("/")
        #expect(home.text.contains("过期 51 天") && home.text.contains("，已过期 51 天"))
        #expect(!home.text.contains("还有 38 天"))
    }

    @Test("what is booked against a budget line stands in the table and beside what was entered in the API")
    func bookedBudget() async throws {
        var editor = PlanEditor(Plan(key: TestPlans.key, blueprint: .department))
        let line = editor.add(BudgetLine.self) { line in
            (line.title, line.planned) = ("搬迁", Money("60000", currency: .yuan))
            line.actual = Money("35000", currency: .yuan)
        }
        editor.add(Spending.self) { spending in
            (spending.title, spending.line, spending.kind) = ("首付", line, .payment)
            (spending.amount, spending.on) = (Money("50000", currency: .yuan), Day("2026-11-05"))
        }
        let site = try TestSite(editor.plan)
        #expect(try await site.get("/plans/trial/budget").text.contains(">50,000<"))
        let record = try await site.get("/api/v1/plans/trial/budget/B-1").json["record"]
        #expect(record?["fields"]?["actual"] != record?["standing"]?["actual"])
        #expect(record?["standing"]?.object?.keys.sorted() == ["actual"])
    }

    @Test("the link to the other language keeps what the page was asked for")
    func otherLanguage() async throws {
        let site = try TestSite(TestPlans.project)
        #expect(
            try await site.get("/plans/trial/tasks?q=a&sort=start&lang=zh-Hans").text.contains(
                "href=\"?q=a&amp;sort=start&amp;lang=en\""))
    }

    @Test("undo by the page and by the API puts back what was there")
    func undo() async throws {
        let site = try TestSite(TestPlans.project)
        let before = try #require(site.store[TestPlans.key])
        _ = try await site.api(.delete, "plans/trial/tasks/T-1", ["base": 1])
        #expect(site.store[TestPlans.key]?.records(.of(PlanTask.self)).count == 1)
        #expect(try await site.form("/plans/trial/history/2/reversal", ["base": "2"]).status == 303)
        #expect(site.store[TestPlans.key] == before)
        #expect(try await site.api(.post, "plans/trial/history/3/reversal", ["base": 3]).status == 201)
        #expect(site.store[TestPlans.key]?.records(.of(PlanTask.self)).count == 1)
    }

    @Test("a record moves into another, and to the top again")
    func moving() async throws {
        let site = try TestSite(TestPlans.project)
        let id = try #require(RecordID("T-3", in: TestPlans.key))
        _ = try await site.api(.post, "plans/trial/tasks/T-3/move", ["base": 1, "parent": "T-1", "after": "T-2"])
        #expect(site.store[TestPlans.key]?.record(id)?.parent == 1)
        _ = try await site.api(.post, "plans/trial/tasks/T-3/move", ["base": 2, "parent": .null])
        #expect(site.store[TestPlans.key]?.record(id)?.parent == nil)
        #expect(site.store[TestPlans.key]?.records(.of(PlanTask.self)).first?.id == id)
    }

    @Test("a plan is made from an outline, from another plan, and from a file, with its dates")
    func plans() async throws {
        let site = try TestSite(TestPlans.project)
        let outlined = try await site.api(
            .post, "plans",
            ["key": "new-1", "kind": "growth", "title": "成长", "start": "2027-01-01", "finish": "2027-12-31"])
        #expect(outlined.status == 201, "\(outlined.text)")
        #expect(site.store[PlanKey("new-1")!]?.fields.finish?.description == "2027-12-31")
        #expect(try await site.api(.post, "plans", ["key": "new-2", "from": "trial", "title": "副本"]).status == 201)
        #expect(site.store[PlanKey("new-2")!]?.records(.of(PlanTask.self)).count == 3)
        #expect(try await site.api(.post, "plans", ["key": "new-2", "from": "trial", "title": "副本"]).status == 409)
        #expect(try await site.api(.post, "plans", ["key": "new-3", "from": "none", "title": "副本"]).status == 400)
        #expect(
            try await site.api(.post, "plans", ["key": "new-3", "kind": "growth", "title": "x", "start": "soon"]).status == 400)
        let file = try await site.get("/api/v1/plans/trial/file").text.replacing("plan: trial", with: "plan: new-4")
        #expect(try await site.api(.post, "plans", ["file": .string(file)]).status == 201)
        #expect(site.store[PlanKey("new-4")!]?.records(.of(PlanTask.self)).count == 3)
    }

    @Test("a plan file is uploaded or pasted; what is wrong in it is named by line, and what is too large refused")
    func importing() async throws {
        let site = try TestSite(TestPlans.project)
        func send(_ upload: String, _ pasted: String) async throws -> TestSite.Answer {
            let parts = [
                "Content-Disposition: form-data; name=\"upload\"; filename=\"计划.yaml\"\r\nContent-Type: text/yaml\r\n\r\n\(upload)",
                "Content-Disposition: form-data; name=\"file\"\r\n\r\n\(pasted)",
            ]
            let body = parts.map { "--mark\r\n\($0)\r\n" }.joined() + "--mark--\r\n"
            return try await site.send(
                .post, "/import", Array(body.utf8), ["Content-Type": "multipart/form-data; boundary=mark"])
        }
        let title = String(repeating: "长", count: 100)
        let note = String(repeating: "很长的说明。\n    ", count: 20_000)
        let large = "pharos: 1\nplan: large\nkind: growth\ntitle: \(title)\nothers:\n  lessons:\n    - title: 教训\n"
        #expect(try await send(large, "").status == 303)
        #expect(site.store[PlanKey("large")!]?.title == title)
        #expect(note.utf8.count > 1 << 16)
        let long =
            "pharos: 1\nplan: pasted\nkind: growth\ntitle: 粘贴\nsubtitle: 副题\n#\(String(repeating: "x", count: 1 << 17))\ndepartment: 末尾\n"
        #expect(try await send("", long).status == 303)
        #expect(site.store[PlanKey("pasted")!]?.fields.department == "末尾", "a long text is not cut")
        let wrong = try await send("pharos: 1\nplan: bad\nkind: growth\ntitel: x\n", "")
        #expect(wrong.status == 422 && wrong.text.contains("第 4 行"))
        #expect(try await send("", " \n").text.contains("还没有内容"))
        #expect(try await send("PK\u{3}\u{4}\u{0}", "").text.contains("不是文本文件"))
        let again = try await send(large, "")
        #expect(again.status == 422 && again.text.contains("计划 large 已存在，不会被替换"))
        let tooLarge = try await site.send(
            .post, "/import", [], ["Content-Type": "multipart/form-data; boundary=mark", "Content-Length": "\(65 << 20)"])
        #expect(tooLarge.status == 413)
    }

    @Test("downloads are the same from pages and API")
    func downloads() async throws {
        let site = try TestSite(TestPlans.project)
        for (page, api) in [
            ("trial.yaml", "file"), ("tasks.csv", "tables/tasks"), ("document.md", "document/md"),
            ("document.html", "document/html"), ("document.md?part=wbs", "document/md?part=wbs"),
        ] {
            let (one, other) = (
                try await site.get("/plans/trial/\(page)"), try await site.get("/api/v1/plans/trial/\(api)")
            )
            #expect(one.status == 200 && other.status == 200)
            #expect(one.bytes == other.bytes)
            #expect(one.headers[.contentType] == other.headers[.contentType])
        }
        let picture = try await site.get("/api/v1/plans/trial/pictures/gantt")
        #expect(picture.headers[.contentType] == "image/svg+xml; charset=utf-8")
        #expect(picture.text.hasPrefix("<svg") && picture.text.contains("http://www.w3.org/2000/svg"))
        #expect(try await site.get("/api/v1/plans/trial/pictures/nothing").status == 404)
        #expect(try await site.get("/api/v1/plans/trial/document/exe").status == 404)
        #expect(try await site.get("/api/v1/plans/trial/document/md?part=novel").status == 404)
        let part = try await site.get("/plans/trial/document.md?part=riskLog").text
        #expect(part.contains("接口延误") && part.contains("# 风险日志") && !part.contains("# 三、"))
    }

    @Test("a document made of an earlier revision is not given out")
    func freshness() async throws {
        let site = try TestSite(TestPlans.project)
        #expect(try await site.get("/plans/trial/document.md").text.contains("接口延误"))
        _ = try await site.api(.patch, "plans/trial/risks/R-1", ["base": 1, "fields": ["title": "换了名字"]])
        #expect(try await site.get("/plans/trial/document.md").text.contains("换了名字"))
    }

    @Test("what only the owner sees is in no table, document or search that does not ask for it")
    func secrets() async throws {
        var editor = PlanEditor(Plan(key: TestPlans.key, blueprint: .growth))
        editor.set(editor.plan.header.id, "title", .text("成长"))
        editor.add(Stressor.self) {
            $0.title = "隐秘的压力"
            $0.outlet = "隐秘的出口"
        }
        editor.add(Person.self) {
            $0.name = "周岚"
            $0.email = "yinmi@example.org"
        }
        let site = try TestSite(editor.plan)
        for path in [
            "/plans/trial/document.md", "/plans/trial/document.html", "/plans/trial/stressors.csv", "/plans/trial/people.csv",
            "/api/v1/plans/trial/tables/people", "/api/v1/plans/trial/document/md", "/api/v1/search?q=yinmi",
            "/api/v1/search?q=%E9%9A%90%E7%A7%98",
        ] {
            let answer = try await site.get(path)
            #expect(answer.status == 200)
            #expect(!answer.text.contains("隐秘") && !answer.text.contains("yinmi"), "\(path)")
        }
        #expect(try await site.get("/plans/trial/stressors.csv?secrets=yes").text.contains("隐秘的压力"))
        #expect(try await site.get("/plans/trial/document.md?secrets=yes").text.contains("隐秘的出口"))
    }

    @Test("what is due comes soonest first, with the revision to answer it on")
    func due() async throws {
        let site = try TestSite(TestPlans.project)
        let due = try #require(try await site.get("/api/v1/home").json.list)
        #expect(due.contains { $0["record"]?.text == "T-2" })
        #expect(due.allSatisfy { $0["revision"]?.int == 1 })
        let days = due.compactMap { $0["inDays"]?.int }
        #expect(days == days.sorted())
    }
}
