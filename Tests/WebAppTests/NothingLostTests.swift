import Foundation
import HTTPTypes
import Hummingbird
import PlanModel
import PlanStore
import Testing
import WorkingTime

@testable import WebApp

/// Two people at once: what does not touch merges, what does is reported with both values, and nothing is written over.
@Suite struct NothingLostTests {
    static let tasks = "plans/trial/tasks"

    @Test("a field that somebody else has changed since is answered with 409, both values and the present revision")
    func field() async throws {
        let site = try TestSite(TestPlans.project)
        let mine = "plans/trial/tasks/T-2"
        #expect(try await site.api(.patch, mine, ["base": 1, "fields": ["title": "乙"]]).status == 200)
        let refused = try await site.api(.patch, mine, ["base": 1, "fields": ["title": "甲"]])
        #expect(refused.status == 409)
        #expect(refused.headers[.contentType]?.hasPrefix("application/problem+json") == true)
        let conflict = try #require(try refused.json["conflicts"]?.list?.first)
        #expect(conflict == ["record": "T-2", "field": "title", "base": "分析", "mine": "甲", "theirs": "乙"])
        #expect(try refused.json["revision"]?.int == 2)
        #expect(
            try await site.api(.patch, mine, ["base": 1, "fields": ["duration": "8d"]]).status == 200, "another field merges")
        #expect(site.store[TestPlans.key]?.revision == 3)
    }

    @Test(
        "every write wants the revision it is based on",
        arguments: [
            ("POST", "plans/trial/tasks"), ("PATCH", "plans/trial/tasks/T-2"), ("DELETE", "plans/trial/tasks/T-3"),
            ("POST", "plans/trial/tasks/T-3/move"), ("PUT", "plans/trial/prose/overview"),
            ("POST", "plans/trial/history/1/reversal"), ("POST", "plans/trial/levelling"), ("DELETE", "files/x.csv"),
        ])
    func baseless(method: String, path: String) async throws {
        let site = try TestSite(TestPlans.project)
        let isProse = path.contains("prose")
        let body: JSONValue =
            path.hasSuffix("move")
            ? ["parent": "T-1"]
            : isProse ? ["text": "字"] : path.contains("tasks") && method != "DELETE" ? ["fields": ["title": "新"]] : [:]
        let refused = try await site.api(try #require(HTTPRequest.Method(method)), path, body)
        #expect(refused.status == 400)
        #expect(try refused.json["title"]?.text == "base is missing: the revision you had before you.")
        #expect(site.store[TestPlans.key]?.revision == 1)
    }

    @Test("the base may stand in If-Match, and then a deletion needs no body")
    func ifMatch() async throws {
        let site = try TestSite(TestPlans.project)
        #expect(try await site.send(.delete, "/api/v1/plans/trial/risks/R-1", [], ["If-Match": "\"1\""]).status == 200)
        #expect(try await site.send(.post, "/api/v1/plans/trial/history/2/reversal", [], ["If-Match": "2"]).status == 201)
        #expect(site.store[TestPlans.key]?.record(RecordID("R-1", in: TestPlans.key)!) != nil)
    }

    @Test("deleting what somebody else has changed since is a conflict, in the API and on the page")
    func deletion() async throws {
        let site = try TestSite(TestPlans.project)
        _ = try await site.api(.patch, "plans/trial/risks/R-1", ["base": 1, "fields": ["title": "改过"]])
        let refused = try await site.api(.delete, "plans/trial/risks/R-1", ["base": 1])
        #expect(refused.status == 409)
        let conflict = try #require(try refused.json["conflicts"]?.list?.first)
        #expect(conflict["theirs"]?.text == "改过" && conflict["mine"] == .null)
        let page = try await site.form("/plans/trial/risks/R-1/deletion", ["base": "1"])
        #expect(page.status == 409 && page.text.contains("改过"))
        #expect(try await site.form("/plans/trial/risks/R-1/deletion", ["base": "2"]).status == 303)
    }

    @Test("taking back a change whose place somebody has touched since is a conflict with both values")
    func reversal() async throws {
        let site = try TestSite(TestPlans.project)
        for (base, title) in [(1, "乙"), (2, "丙")] {
            _ = try await site.api(
                .patch, "plans/trial/risks/R-1", ["base": .number(Double(base)), "fields": ["title": .string(title)]])
        }
        let refused = try await site.api(.post, "plans/trial/history/2/reversal", ["base": 3])
        #expect(refused.status == 409)
        let conflict = try #require(try refused.json["conflicts"]?.list?.first)
        #expect(conflict["theirs"]?.text == "丙" && conflict["mine"]?.text == "接口延误")
        #expect(try await site.form("/plans/trial/history/2/reversal", ["base": "3"]).status == 409)
        #expect(try await site.form("/plans/trial/history/3/reversal", ["base": "3"]).status == 303)
        #expect(site.store[TestPlans.key]?.record(RecordID("R-1", in: TestPlans.key)!)?.title == "乙")
    }

    @Test("a deletion undone is not undone again: nothing comes twice")
    func undoneTwice() async throws {
        let site = try TestSite(TestPlans.project)
        _ = try await site.form("/plans/trial/risks/R-1/deletion", ["base": "1"])
        #expect(try await site.form("/plans/trial/history/2/reversal", ["base": "2"]).status == 303)
        let again = try await site.form("/plans/trial/history/2/reversal", ["base": "3"])
        #expect(again.status == 409 && again.text.contains("r2 已由 r3 撤销"))
        #expect(try await site.api(.post, "plans/trial/history/2/reversal", ["base": 3]).status == 409)
        let plan = try #require(site.store[TestPlans.key])
        #expect(plan.revision == 3 && plan.all(Risk.self).filter { $0.id.short == "R-1" }.count == 1)
        let page = try await site.get("/plans/trial/history").text
        #expect(page.contains("已由 r3 撤销") && !page.contains("history/2/reversal"))
    }

    @Test("prose is written by a plain form too; what somebody else wrote meanwhile is shown beside what was typed")
    func proseForm() async throws {
        let site = try TestSite(TestPlans.project)
        let address = "/plans/trial/prose/overview.background"
        #expect(try await site.get(address).text.contains("<textarea"))
        #expect(try await site.get("/plans/trial/prose/nothing").status == 404)
        #expect(try await site.form(address, ["base": "1", "text": "甲写的"]).status == 303)
        let refused = try await site.form(address, ["base": "1", "text": "乙写的"])
        #expect(refused.status == 409 && refused.text.contains("甲写的") && refused.text.contains("乙写的</textarea>"))
        #expect(site.store[TestPlans.key]?.prose["overview.background"] == "甲写的")
        #expect(try await site.get("/plans/trial").text.contains("<noscript><a class=\"btn s\" href=\"\(address)\""))
    }

    @Test("marking as done what somebody has dropped is a conflict; done is done once")
    func completion() async throws {
        let site = try TestSite(TestPlans.project)
        _ = try await site.api(.patch, "plans/trial/tasks/T-2", ["base": 1, "fields": ["state": "dropped"]])
        #expect(try await site.form("/plans/trial/tasks/T-2/completion", ["base": "1"]).status == 409)
        #expect(try await site.form("/plans/trial/tasks/T-3/completion", ["base": "1"]).status == 303)
        #expect(try await site.form("/plans/trial/tasks/T-3/completion", [:]).status == 400)
    }

    @Test("after one thing is marked as done, the focus is on the next")
    func next() async throws {
        var editor = PlanEditor(TestPlans.project)
        for number in [2, 3] {
            let id = RecordID(plan: TestPlans.key, prefix: "T", number: number)
            editor.update(id, as: PlanTask.self) { $0.deadline = Day("2026-11-1\(number)") }
        }
        let site = try TestSite(editor.plan)
        let home = try await site.get("/").text
        #expect(home.contains("name=\"next\" value=\"due-trial-T-3\""))
        let done = try await site.form("/plans/trial/tasks/T-2/completion", ["base": "1", "next": "due-trial-T-3"])
        let place = try #require(done.headers[.location])
        let after = try await site.get(place).text
        #expect(after.matches(of: /<button[^>]*autofocus[^>]*>/).count == 1)
        #expect(!(try await site.get("/").text.contains("autofocus")))
    }

    @Test("a budget is approved as planned or sent back where it waits; what somebody has decided since is a conflict")
    func decision() async throws {
        let site = try TestSite(TestPlans.project)
        let made = try await site.api(
            .post, "plans/trial/budget",
            ["base": 1, "fields": ["title": "标注外包", "planned": "12000", "requestedOn": "2026-11-02"]])
        let (id, base) = (try #require(try made.json["record"]?["id"]?.text), String(site.store[TestPlans.key]?.revision ?? 0))
        let path = "/plans/trial/budget/\(id)/decision"
        #expect(try await site.get("/").text.contains("action=\"\(path)\""))
        for wrong in ["open", "perhaps", ""] {
            #expect(try await site.form(path, ["base": base, "decision": wrong]).status == 400)
        }
        #expect(try await site.form("/plans/trial/tasks/T-2/decision", ["base": base, "decision": "approved"]).status == 404)
        let done = try await site.form(path, ["base": base, "decision": "approved", "me": "叶舟"])
        #expect(done.status == 303 && done.headers[.location]?.hasPrefix("/?me=%E5%8F%B6%E8%88%9F&saved=") == true)
        let line = try #require(site.store[TestPlans.key]?.all(BudgetLine.self).last)
        #expect(line.decision == .approved && line.approved == line.planned && line.decidedOn != nil)
        #expect(!(try await site.get("/").text.contains("action=\"\(path)\"")))
        #expect(try await site.form(path, ["base": base, "decision": "rejected", "opinion": "超出上限"]).status == 409)
    }

    @Test("a budget that is sent back says why and by whom")
    func rejection() async throws {
        let site = try TestSite(TestPlans.project)
        let made = try await site.api(
            .post, "plans/trial/budget", ["base": 1, "fields": ["title": "标注外包", "planned": "12000"]])
        let (id, base) = (try #require(try made.json["record"]?["id"]?.text), String(site.store[TestPlans.key]?.revision ?? 0))
        let person = try #require(site.store[TestPlans.key]?.all(Person.self).first)
        let (path, name) = ("/plans/trial/budget/\(id)/decision", try #require(person.name))
        for empty in ["", "  "] {
            let refused = try await site.form(path, ["base": base, "decision": "rejected", "opinion": empty])
            #expect(refused.status == 400 && refused.text.contains("驳回没有写理由"))
        }
        #expect(site.store[TestPlans.key]?.all(BudgetLine.self).last?.decision == .open)
        let form = ["base": base, "decision": "rejected", "opinion": "先用已有的标注", "me": name]
        #expect(try await site.form(path, form).status == 303)
        let line = try #require(site.store[TestPlans.key]?.all(BudgetLine.self).last)
        #expect(line.decision == .rejected && line.opinion == "先用已有的标注")
        #expect(line.approver == person.id && line.approved == nil && line.decidedOn != nil)
    }

    @Test("readings of different days merge, two of one day conflict")
    func readings() async throws {
        let site = try TestSite(TestPlans.project)
        func read(_ day: String, _ value: String) async throws -> Int {
            try await site.form("/plans/trial/measures/M-1/readings", ["base": "1", "day": day, "value": value]).status
        }
        #expect(try await read("2026-11-01", "5") == 303)
        #expect(try await read("2026-11-02", "6") == 303)
        #expect(try await read("2026-11-01", "7") == 409)
        let measure = try #require(site.store[TestPlans.key]?.all(Measure.self).first)
        #expect(measure.values?.values == [5, 6])
    }

    @Test("a form in conflict comes back with the others' fields as they are now, and saving it keeps them")
    func form() async throws {
        let site = try TestSite(TestPlans.project)
        let path = "/plans/trial/tasks/T-2"
        let person = try await site.api(.post, "plans/trial/people", ["base": 1, "fields": ["name": "吴越"]])
        #expect(person.status == 201)
        // Both open the form at revision 2.
        let opened = try Self.fields(of: try await site.get(path).text)
        #expect(opened["base"] == "2" && opened["title"] == "分析")
        // The other one changes title and description, and adds a collaborator.
        let theirs = try await site.api(
            .patch, "plans/trial/tasks/T-2",
            ["base": 2, "fields": ["title": "他的标题", "description": "他的说明", "collaborators": ["P-2"]]])
        #expect(theirs.status == 200, "\(theirs.text)")
        // I change title and duration, and add another collaborator.
        var mine = opened
        mine["title"] = "我的标题"
        mine["duration"] = "9d"
        mine["collaborators"] = "P-1"
        let refused = try await site.form(path, mine)
        #expect(refused.status == 409)
        #expect(refused.text.contains("他的标题") && refused.text.contains("我的标题"))
        let again = try Self.fields(of: refused.text)
        #expect(again["base"] == "3")
        #expect(again["title"] == "我的标题" && again["duration"] == "9d")
        #expect(again["description"] == "他的说明")
        #expect(again["collaborators"] == "P-2, P-1")
        #expect(try await site.form(path, again).status == 303)
        let task = try #require(site.store[TestPlans.key]?.all(PlanTask.self).first { $0.id.short == "T-2" })
        #expect(task.title == "我的标题" && task.description == "他的说明")
        #expect(task.collaborators?.map(\.short) == ["P-2", "P-1"])
    }

    @Test("a form refused for what is wrong in it stays on the revision it was made on")
    func refusedForm() async throws {
        let site = try TestSite(TestPlans.project)
        var mine = try Self.fields(of: try await site.get("/plans/trial/tasks/T-2").text)
        _ = try await site.api(.patch, "plans/trial/tasks/T-2", ["base": 1, "fields": ["description": "他的说明"]])
        mine["duration"] = "abc"
        let refused = try await site.form("/plans/trial/tasks/T-2", mine)
        #expect(refused.status == 422)
        var again = try Self.fields(of: refused.text)
        #expect(again["base"] == "1")
        again["duration"] = "9d"
        #expect(try await site.form("/plans/trial/tasks/T-2", again).status == 303)
        let task = try #require(site.store[TestPlans.key]?.all(PlanTask.self).first { $0.id.short == "T-2" })
        #expect(task.description == "他的说明" && task.duration == WorkDuration(9, .days))
    }

    @Test("several lines of a field come as they were typed")
    func lines() async throws {
        let site = try TestSite(TestPlans.project)
        let mine = try Self.fields(of: try await site.get("/plans/trial/measures/M-1").text).merging(
            ["values": "2026-01: 5\n2026-02: 6"]
        ) { $1 }
        #expect(try await site.form("/plans/trial/measures/M-1", mine).status == 303)
        #expect(site.store[TestPlans.key]?.all(Measure.self).first?.values?.values == [5, 6])
    }

    @Test(
        "a record moves into its own kind only, after a sibling of its own kind",
        arguments: [
            ("R-1", "", 422), ("", "R-1", 422), ("other/T-1", "", 422), ("1", "", 400), ("T-99", "", 422), ("T-1", "T-2", 200),
            ("", "", 200),
        ])
    func moving(parent: String, after: String, status: Int) async throws {
        let site = try TestSite(TestPlans.project)
        let body: JSONValue = [
            "base": 1, "parent": parent.isEmpty ? .null : .string(parent), "after": after.isEmpty ? .null : .string(after),
        ]
        #expect(try await site.api(.post, "plans/trial/tasks/T-3/move", body).status == status)
    }

    @Test("files take the files' revision, conflict with both digests, and are taken back")
    func files() async throws {
        let site = try TestSite(TestPlans.project)
        let log = "case,activity,time\n1,a,2026-01-01 10:00\n1,b,2026-01-01 11:00\n"
        func put(_ text: String, base: String) async throws -> TestSite.Answer {
            try await site.send(
                .put, "/api/v1/files/log.csv", Array(text.utf8), ["Content-Type": "application/octet-stream", "If-Match": base])
        }
        #expect(try await put(log, base: "0").status == 201)
        #expect(try await put(log + "2,a,2026-01-02 10:00\n", base: "1").status == 201)
        let refused = try await put(log + "3,a,2026-01-03 10:00\n", base: "1")
        #expect(refused.status == 409)
        let conflict = try #require(try refused.json["conflicts"]?.list?.first)
        #expect(conflict["mine"]?.text?.count == 64 && conflict["theirs"]?.text?.count == 64)
        #expect(try await site.send(.post, "/api/v1/files/history/2/reversal").status == 201)
        #expect(try await site.get("/api/v1/files/log.csv").text == log)
        let listed = try await site.get("/api/v1/files").json
        #expect(listed["revision"]?.int == 3 && listed["files"]?.list?.first?["author"]?.text == "zhou")
        #expect(try await site.get("/api/v1/files/history").json.list?.count == 3)
    }

    @Test("a plan that another process has just added is served")
    func otherProcess() async throws {
        let site = try TestSite()
        #expect(try await site.get("/plans/trial").status == 404)
        let other = try PlanStore(path: site.folder.appending(path: "pharos.db").path)
        try other.add(TestPlans.project, by: "b", at: Instant(milliseconds: 0))
        #expect(try await site.get("/plans/trial").status == 200)
    }

    /// The values a browser would send of the page's record form.
    static func fields(of html: String) throws -> [String: String] {
        let start = try #require(html.range(of: "<form class=\"form\""))
        let end = try #require(html.range(of: "</form>", range: start.upperBound..<html.endIndex))
        let form = String(html[start.lowerBound..<end.lowerBound])
        var fields: [String: String] = [:]
        for match in form.matches(of: /<input [^>]*name="([^"]+)"[^>]*>/) {
            fields[String(match.1)] = (try? /value="([^"]*)"/.firstMatch(in: match.0)?.1).map { Self.plain(String($0)) } ?? ""
        }
        for match in form.matches(of: /<textarea [^>]*name="([^"]+)"[^>]*>\n?([^<]*)</) {
            fields[String(match.1)] = Self.plain(String(match.2))
        }
        for match in form.matches(of: /(?s)<select [^>]*name="([^"]+)"[^>]*>(.*?)<\/select>/) {
            let chosen = try? /<option value="([^"]*)" selected/.firstMatch(in: match.2)?.1
            fields[String(match.1)] = chosen.map { Self.plain(String($0)) } ?? ""
        }
        return fields
    }

    private static func plain(_ text: String) -> String {
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")].reduce(text) {
            $0.replacing($1.0, with: $1.1)
        }
    }
}
