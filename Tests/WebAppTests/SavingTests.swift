import HTTPTypes
import PlanModel
import PlanStore
import Testing
import WorkingTime

@testable import WebApp

/// What people are told when they save: everything that is wrong at once, and what followed where nothing is.
@Suite struct SavingTests {
    @Test("a form says all that is wrong with it at once, beside each field")
    func allAtOnce() async throws {
        let site = try TestSite(TestPlans.project)
        let refused = try await site.form(
            "/plans/trial/tasks/T-2",
            ["base": "1", "title": "", "duration": "很久", "progress": "300%", "owner": "P-9", "parent": "上面"])
        #expect(refused.status == 422)
        for words in ["「任务」必须填写", "看不懂「很久」", "「完成比例」超出范围", "指向不存在的 P-9", "「上面」不是编号"] {
            #expect(refused.text.contains(words), "\(words)")
        }
        let new = try await site.form("/plans/trial/tasks", ["base": "1", "title": "", "duration": "很久", "parent": "T-99"])
        #expect(new.status == 422)
        for words in ["「任务」必须填写", "看不懂「很久」", "没有记录 T-99"] { #expect(new.text.contains(words), "\(words)") }
        #expect(site.store[TestPlans.key]?.revision == 1)
    }

    @Test("a new plan's form says all that is wrong with it at once")
    func newPlan() async throws {
        let site = try TestSite()
        let refused = try await site.form(
            "/plans", ["kind": "project", "key": "Ä", "title": " ", "start": "2027-05-01", "finish": "2027-01-01"])
        #expect(refused.status == 422)
        for words in ["代号只用", "没有写标题", "结束日期早于开始日期"] { #expect(refused.text.contains(words), "\(words)") }
        #expect(site.store.workspace.plans.isEmpty)
    }

    @Test("what was saved and what it brought about is told on the next page, with the way to take it back")
    func told() async throws {
        let site = try TestSite(TestPlans.project)
        let done = try await site.form("/plans/trial/tasks/T-2", ["base": "1", "duration": "8d"])
        #expect(done.headers[.location] == "/plans/trial/tasks/T-2?saved=trial.2")
        let page = try await site.get("/plans/trial/tasks/T-2?saved=trial.2").text
        #expect(page.contains("已保存") && page.contains("T-2 工期"))
        #expect(page.contains("T-1、T-3 的日期随之改变。"))
        #expect(page.contains("全部完成由"))
        #expect(page.contains("action=\"/plans/trial/history/2/reversal\""))
        let undone = try await site.form("/plans/trial/history/2/reversal", ["base": "2", "back": "/plans/trial"])
        #expect(undone.headers[.location] == "/plans/trial?saved=trial.3")
        #expect(try await site.get("/plans/trial?saved=trial.3").text.contains("撤销 r2"))
        // Nothing is said where nothing was changed, and of what is not there.
        let same = try await site.form("/plans/trial/tasks/T-2", ["base": "3", "duration": "5d"])
        #expect(same.headers[.location] == "/plans/trial/tasks/T-2")
        for saved in ["trial.99", "trial.1", "none.2", "trial", "..", "trial.x"] {
            let page = try await site.get("/plans/trial?saved=\(saved)")
            #expect(page.status == 200 && !page.text.contains("class=\"notice\""), "\(saved)")
        }
    }

    @Test("what undoing leads back to is an address of this site")
    func back() async throws {
        let site = try TestSite(TestPlans.project)
        for (revision, back) in [
            "//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "/\n/evil.example",
        ].enumerated() {
            let base = site.store[TestPlans.key]?.revision ?? 0
            _ = try await site.api(
                .patch, "plans/trial/tasks/T-2", ["base": .number(Double(base)), "fields": ["title": .string("甲\(revision)")]])
            let undone = try await site.form(
                "/plans/trial/history/\(base + 1)/reversal", ["base": "\(base + 1)", "back": back])
            #expect(undone.headers[.location]?.hasPrefix("/plans/trial/history?saved=") == true, "\(back)")
        }
    }

    @Test("the API tells what a revision brought about")
    func effect() async throws {
        let site = try TestSite(TestPlans.project)
        _ = try await site.api(.patch, "plans/trial/tasks/T-2", ["base": 1, "fields": ["duration": "8d"]])
        let effect = try await site.get("/api/v1/plans/trial/history/2/effect", ["Accept-Language": "en"]).json
        #expect(effect["moved"] == ["T-1", "T-3"])
        #expect(effect["finish"]?["before"] != effect["finish"]?["after"])
        #expect(effect["words"]?.list?.first?.text == "the dates of T-1, T-3 moved with it")
        #expect(try await site.get("/api/v1/plans/trial/history/1/effect").status == 404)
        #expect(try await site.get("/api/v1/plans/trial/history/9/effect").status == 404)
        #expect(try await site.get("/plans/trial/history/9/notice").status == 404)
    }

    @Test("a predecessor that closes a ring is refused on the form and in the API, with the ring")
    func ring() async throws {
        let site = try TestSite(TestPlans.project)
        let refused = try await site.form("/plans/trial/tasks/T-2", ["base": "1", "predecessors": "T-3"])
        #expect(refused.status == 422 && refused.text.contains("前置任务成环：T-2 → T-3 → T-2。"))
        let api = try await site.api(.patch, "plans/trial/tasks/T-1", ["base": 1, "fields": ["predecessors": ["T-3"]]])
        #expect(api.status == 422)
        #expect(try api.json["problems"]?.list?.first?["code"]?.text == "link.ring")
        #expect(try await site.api(.post, "plans/trial/tasks/T-3/move", ["base": 1, "parent": "T-1"]).status == 200)
    }

    @Test("a plan that is archived is out of what is under way, and stays where it is")
    func archived() async throws {
        let site = try TestSite(TestPlans.project)
        #expect(try await site.get("/").text.contains("试验计划"))
        #expect(try await site.form("/plans/trial/plan/PLAN-0", ["base": "1", "isArchived": "true"]).status == 303)
        for path in ["/", "/check", "/cascade"] { #expect(!(try await site.get(path).text.contains("试验计划")), "\(path)") }
        let plans = try await site.get("/plans").text
        #expect(plans.contains("已归档（1）") && plans.contains("试验计划"))
        #expect(try await site.get("/plans/trial").status == 200)
    }

    @Test("the plan itself has no table: its address leads to its settings")
    func header() async throws {
        let site = try TestSite(TestPlans.project)
        #expect(try await site.get("/plans/trial/plan").headers[.location] == "/plans/trial/plan/PLAN-0")
        #expect(try await site.get("/plans/trial/plan/new").headers[.location] == "/plans/new")
    }

    @Test("a search with many hits is paged, each hit once")
    func search() async throws {
        let site = try TestSite(TestPlans.project)
        _ = try site.store.commit(
            {
                var editor = PlanEditor(site.store[TestPlans.key]!)
                for number in 1...120 { editor.add(Risk.self) { $0.title = "供应商风险 \(number)" } }
                return editor.change(by: "zhou", at: Instant(milliseconds: 2))
            }())
        var seen: [String] = []
        for start in [0, 50, 100] {
            let text = try await site.get("/search?q=%E4%BE%9B%E5%BA%94%E5%95%86&from=\(start)").text
            #expect(text.contains("找到 120 处"))
            seen += text.matches(of: /\/plans\/trial\/risks\/(R-\d+)/).map { String($0.1) }
        }
        #expect(seen.count == 120 && Set(seen).count == 120)
    }

    @Test("a plan with hardly anything in it says where to begin; what is begun is ticked off")
    func firstSteps() async throws {
        var empty = PlanEditor(Plan(key: TestPlans.key, blueprint: .department))
        empty.set(empty.plan.header.id, "title", .text("空计划"))
        let site = try TestSite(empty.plan)
        let page = try await site.get("/plans/trial").text
        #expect(page.contains("从这里开始") && page.contains("/plans/trial/goals/new"))
        #expect(try await site.get("/plans/trial/goals").text.contains("新增第一条"))
        #expect(try await site.get("/plans/trial/insight").text.contains("还没有可画的数据"))
        for (kind, title) in [("goals", "目标"), ("people", "人"), ("tasks", "任务")] {
            let base = site.store[TestPlans.key]?.revision ?? 0
            #expect(
                try await site.form("/plans/trial/\(kind)", ["base": "\(base)", "title": title, "name": title]).status == 303)
        }
        #expect(!(try await site.get("/plans/trial").text.contains("从这里开始")))
    }

    @Test("a long form shows what is usual or filled in first, and what is wrong wherever it stands")
    func longForm() async throws {
        let site = try TestSite(TestPlans.project)
        let form = try await site.get("/plans/trial/tasks/new").text
        let further = try #require(form.range(of: "class=\"further"))
        let usual = form[..<further.lowerBound]
        #expect(usual.contains("f-duration") && usual.contains("f-predecessors") && !usual.contains("f-deliverable\""))
        #expect(form[further.lowerBound...].contains("f-deadline"))
        let refused = try await site.form("/plans/trial/tasks", ["base": "1", "title": "新", "deadline": "明天"])
        let again = try #require(refused.text.range(of: "class=\"further"))
        #expect(refused.text[..<again.lowerBound].contains("看不懂「明天」"))
        #expect(!(try await site.get("/plans/trial/people/new").text.contains("class=\"further")))
        let another = try await site.form("/plans/trial/tasks", ["base": "1", "title": "再来", "then": "another"])
        #expect(another.headers[.location] == "/plans/trial/tasks/new?saved=trial.2")
    }

    @Test("a note names what was deleted or made, not what followed from it")
    func deletionIsNamed() async throws {
        let site = try TestSite(TestPlans.project)
        _ = try await site.form("/plans/trial/tasks/T-2/deletion", ["base": "1"])
        let page = try await site.get("/plans/trial/tasks?saved=trial.2").text
        let notice = try #require(page.range(of: "class=\"notice\""))
        #expect(page[notice.lowerBound...].prefix(400).contains("删除 T-2 分析"))
    }

    @Test("people type 1 for one per cent; programs send shares")
    func typedPercent() async throws {
        let site = try TestSite(TestPlans.project)
        func progress(_ id: String) -> Double? {
            site.store[TestPlans.key]?.record(RecordID(id, in: TestPlans.key)!, as: PlanTask.self)?.progress
        }
        _ = try await site.api(.patch, "plans/trial/tasks/T-2", ["base": 1, "fields": ["progress": "1"]])
        #expect(progress("T-2") == 0.01)
        _ = try await site.form("/plans/trial/tasks/T-2", ["base": "2", "progress": "1.5"])
        #expect(progress("T-2") == 0.015)
        _ = try await site.form("/plans/trial/tasks/T-2", ["base": "3", "progress": "0.5"])
        #expect(progress("T-2") == 0.5)
        _ = try await site.api(.patch, "plans/trial/tasks/T-2", ["base": 4, "fields": ["progress": 1]])
        #expect(progress("T-2") == 1)
    }

    @Test("a task set to done in a table is done as on the board")
    func done() async throws {
        let site = try TestSite(TestPlans.project)
        _ = try await site.api(.patch, "plans/trial/tasks/T-2", ["base": 1, "fields": ["state": "done"]])
        let task = try #require(site.store[TestPlans.key]?.record(RecordID("T-2", in: TestPlans.key)!, as: PlanTask.self))
        #expect(task.progress == 1 && task.actualFinish == Day("2026-11-20"))
        // A summary stands as its parts do; what is entered for it stays what it is.
        _ = try await site.api(.patch, "plans/trial/tasks/T-1", ["base": 2, "fields": ["progress": .number(0.5)]])
        #expect(site.store[TestPlans.key]?.record(RecordID("T-1", in: TestPlans.key)!, as: PlanTask.self)?.state == .planned)
    }
}
