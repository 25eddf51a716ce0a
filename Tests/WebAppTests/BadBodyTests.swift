import HTTPTypes
import PlanModel
import Testing

@testable import WebApp

/// What a script sends wrongly is refused, and nothing is written.
@Suite struct BadBodyTests {
    private static func refused(_ method: HTTPRequest.Method, _ path: String, _ body: JSONValue, _ status: Int) async throws {
        let site = try TestSite(TestPlans.project)
        let before = try #require(site.store[TestPlans.key])
        let answer = try await site.api(method, "plans/trial/" + path, body)
        #expect(answer.status == status, "\(body.written): \(answer.text)")
        #expect(site.store[TestPlans.key] == before)
    }

    @Test(
        "values of another type than their field's are refused, none is dropped or put in words",
        arguments: [
            ["goals": [5]], ["goals": [.null]], ["goals": [["G-1"]]], ["goals": ["G-1", 5]], ["goals": [""]],
            ["predecessors": [["task": "T-1"]]], ["title": ["a": 1]], ["title": true], ["description": ["a", "b"]],
            ["start": ["2026-01-01"]], ["isMilestone": [true]],
        ] as [JSONValue])
    func types(fields: JSONValue) async throws {
        try await Self.refused(.patch, "tasks/T-1", ["base": 1, "fields": fields], 422)
    }

    @Test("a series with what is no number is refused", arguments: ["95", .null, ["x"], true] as [JSONValue])
    func series(value: JSONValue) async throws {
        try await Self.refused(.post, "measures", ["base": 1, "fields": ["title": "指标", "values": ["2026-05": value]]], 422)
    }

    @Test(
        "a change without values, or with what it does not take, is refused",
        arguments: [
            ["base": 1], ["base": 1, "field": ["title": "x"]], ["base": 1, "fields": []], ["base": 1, "fields": "x"],
            ["base": 1, "fields": .null], ["base": 1, "title": "x"], ["base": 1, "fields": ["title": "x"], "title": "y"],
            ["base": "1", "fields": ["title": "x"]],
        ] as [JSONValue])
    func bodies(body: JSONValue) async throws { try await Self.refused(.patch, "tasks/T-1", body, 400) }

    @Test("a record is known by its kind, too", arguments: [HTTPRequest.Method.patch, .delete], ["goals/T-1", "nosuch/T-1"])
    func kinds(method: HTTPRequest.Method, path: String) async throws {
        let body: JSONValue = method == .patch ? ["base": 1, "fields": ["title": "x"]] : ["base": 1]
        try await Self.refused(method, path, body, 404)
    }

    @Test(
        "an address asked in a way it does not know says which it knows",
        arguments: [
            (HTTPRequest.Method.delete, "plans/trial", "GET, PATCH"), (.get, "plans/trial/baseline", "POST"),
            (.put, "plans/trial/tasks/T-1", "DELETE, GET, PATCH"), (.post, "home", "GET"),
        ])
    func methods(method: HTTPRequest.Method, path: String, known: String) async throws {
        let site = try TestSite(TestPlans.project)
        let refused = try await site.send(method, "/api/v1/\(path)", [], ["Accept-Language": "zh"])
        #expect(refused.status == 405 && refused.headers[.allow] == known)
        #expect(try refused.json["remedy"]?.text == "可用：\(known)。")
        let nowhere = try await site.send(method, "/api/v1/nowhere", [], ["Accept-Language": "zh"])
        #expect(nowhere.status == 404 && nowhere.text.contains("没有这个地址"))
    }

    @Test(
        "a count that is none is refused with what it may be",
        arguments: [
            "search?q=x&limit=abc", "plans/trial/history?limit=0", "plans/trial/history?before=-1", "home?days=x",
            "files/history?limit=1e3",
        ])
    func counts(path: String) async throws {
        let refused = try await TestSite(TestPlans.project).get("/api/v1/" + path, ["Accept-Language": "en"])
        #expect(refused.status == 400 && refused.text.contains("cannot be meant"), "\(path): \(refused.text)")
    }

    @Test("a move says where to")
    func move() async throws { try await Self.refused(.post, "tasks/T-2/move", ["base": 1], 400) }

    @Test("a trial that is not said as yes or no is no reason to write")
    func trial() async throws {
        try await Self.refused(
            .post, "values", ["base": 1, "text": "measure,date,value\nM-1,2026-05,91", "dryRun": "yes"], 400)
    }

    @Test("a blank title is none")
    func blank() async throws { try await Self.refused(.patch, "tasks/T-1", ["base": 1, "fields": ["title": "  "]], 422) }

    @Test("no plan has the address where plans are made")
    func newKey() async throws {
        let site = try TestSite()
        let answer = try await site.api(.post, "plans", ["kind": "project", "key": "new", "title": "t"])
        #expect(answer.status == 400 && site.store.workspace.plans.isEmpty)
    }

    @Test("what a person plans for themselves is private from the start; other plans are not")
    func privacy() async throws {
        let site = try TestSite()
        for kind in ["growth", "project"] {
            _ = try await site.api(.post, "plans", ["kind": .string(kind), "key": .string(kind), "title": "t"])
        }
        #expect(site.store[PlanKey("growth")!]?.fields.isPrivate == true)
        #expect(site.store[PlanKey("project")!]?.fields.isPrivate == nil)
    }

    @Test("saying what holds already changes nothing, though it was said before")
    func same() async throws {
        var editor = PlanEditor(TestPlans.project)
        editor.update(RecordID("T-1", in: TestPlans.key)!, as: PlanTask.self) { $0.state = .planned }
        let site = try TestSite(editor.plan)
        let answer = try await site.api(
            .patch, "plans/trial/tasks/T-1", ["base": 1, "fields": ["state": "planned", "title": "新名"]])
        #expect(answer.status == 200)
        #expect(try site.store.journal(of: TestPlans.key, revisions: 2...2).first?.change.edits.count == 1)
    }

    @Test("a percentage goes into what is measured in percent, and into no other number")
    func percentages() async throws {
        var editor = PlanEditor(TestPlans.project)
        for unit in ["%", "件"] { editor.add(Measure.self) { ($0.title, $0.unit) = ("指标", unit) } }
        let site = try TestSite(editor.plan)
        func target(_ measure: String) async throws -> Int {
            try await site.api(.patch, "plans/trial/measures/\(measure)", ["base": 1, "fields": ["target": "28%"]]).status
        }
        let ids = editor.plan.all(Measure.self).suffix(2).map(\.id.short)
        #expect(try await target(ids[0]) == 200)
        #expect(site.store[TestPlans.key]?.all(Measure.self).first { $0.id.short == ids[0] }?.target == 28)
        #expect(try await target(ids[1]) == 422)
    }

    @Test("a cost beyond all amounts is left out of a baseline, which is taken nevertheless")
    func hugeBaseline() async throws {
        var editor = PlanEditor(TestPlans.project)
        let person = editor.add(Person.self) { ($0.name, $0.costPerDay) = ("甲", Money("800000000000000", currency: .yuan)) }
        editor.update(RecordID("T-2", in: TestPlans.key)!, as: PlanTask.self) {
            ($0.duration, $0.assignments) = (WorkDuration(1000, .days), [Share(person, units: 5)])
        }
        let site = try TestSite(editor.plan)
        #expect(try await site.api(.post, "plans/trial/baseline", ["base": 1]).status == 201)
        let task = try #require(site.store[TestPlans.key]?.all(PlanTask.self).first { $0.id.number == 2 })
        #expect(task.baselineFinish != nil && task.baselineCost == nil)
    }

    @Test("a baseline keeps where the tasks lie now, by page and API; undone, it is gone")
    func baseline() async throws {
        let site = try TestSite(TestPlans.project)
        #expect(try await site.api(.post, "plans/trial/baseline", ["base": 1]).status == 201)
        func planned() throws -> [Int] {
            try #require(site.store[TestPlans.key]).all(PlanTask.self).filter {
                $0.baselineStart != nil && $0.baselineFinish != nil
            }
            .map(\.id.number)
        }
        // T-1 is a summary of the other two.
        #expect(try planned() == [2, 3])
        #expect(try await site.form("/plans/trial/history/2/reversal", ["base": "2"]).status == 303)
        #expect(try planned().isEmpty)
        #expect(try await site.form("/plans/trial/baseline", ["base": "3"]).status == 303)
        #expect(try planned() == [2, 3])
        #expect(try await site.get("/plans/trial/schedule").text.contains("重新建立基线"))
    }
}
