import PlanModel
import PlanStore
import Testing

@testable import WebApp

/// What the API refuses, it refuses by what is wrong, and says what would be right.
@Suite struct APIRefusalTests {
    @Test("a record is found below its own kind alone, whatever is asked about it")
    func kinds() async throws {
        let site = try TestSite(TestPlans.project)
        for what in ["reasons", "forecast", "facts", "log", "simulation", "difference"] {
            for record in ["R-1", "P-1"] {
                let answer = try await site.get("/api/v1/plans/trial/tasks/\(record)/\(what)")
                #expect(answer.status == 404, "\(record)/\(what)")
            }
        }
        #expect(try await site.get("/api/v1/plans/trial/measures/T-3/reasons").status == 404)
        #expect(try await site.get("/api/v1/plans/trial/tasks/T-3/reasons").status == 200)
    }

    @Test("taking back a revision that is not there names it; one that was not seen yet is no missing one")
    func reversal() async throws {
        let site = try TestSite(TestPlans.project)
        #expect(try await site.api(.patch, "plans/trial", ["base": 1, "fields": ["title": "新"]]).status == 200)
        let missing = try await site.api(.post, "plans/trial/history/999/reversal", ["base": 1])
        #expect(missing.status == 404 && missing.text.contains("no revision 999"), "\(missing.text)")
        let unseen = try await site.api(.post, "plans/trial/history/2/reversal", ["base": 1])
        #expect(unseen.status == 409 && unseen.text.contains("r2 is newer"), "\(unseen.text)")
    }

    @Test("a parent of another kind is told as that")
    func parent() async throws {
        let site = try TestSite(TestPlans.project)
        let other = try await site.api(.post, "plans/trial/tasks", ["base": 1, "parent": "R-1", "fields": ["title": "甲"]])
        #expect(other.status == 422 && other.text.contains("R-1 is no task of this plan"), "\(other.text)")
        let missing = try await site.api(.post, "plans/trial/tasks", ["base": 1, "parent": "T-99", "fields": ["title": "甲"]])
        #expect(missing.status == 422 && missing.text.contains("may have been deleted"))
    }

    @Test("a note is text of one line, and is kept with prose, too")
    func notes() async throws {
        let site = try TestSite(TestPlans.project)
        let long = JSONValue.string(String(repeating: "x", count: Limits.note + 1))
        for note in [long, "a\nb"] {
            let refused = try await site.api(.patch, "plans/trial", ["base": 1, "fields": ["title": "新"], "note": note])
            #expect(refused.status == 422 && refused.text.contains("\"field\":\"note\""), "\(refused.text)")
        }
        #expect(try await site.api(.patch, "plans/trial", ["base": 1, "fields": ["title": "新"], "note": 3]).status == 400)
        let section = try #require(TestPlans.project.blueprint.sections.first).key
        #expect(try await site.api(.put, "plans/trial/prose/\(section)", ["base": 1, "text": "字", "note": "因为"]).status == 200)
        #expect(try site.store.recentChanges(of: TestPlans.key, limit: 1).first?.change.note == "因为")
    }

    @Test("budgets are not adopted for a review that does not exist", arguments: ["RV-999", "T-1", "?"])
    func review(name: String) async throws {
        let site = try TestSite(TestPlans.project)
        let refused = try await site.api(.post, "plans/trial/marketing", ["base": 1, "review": .string(name)])
        #expect(refused.status == 400 && refused.text.contains("There is no review"), "\(refused.text)")
    }

    @Test("a deletion that says its base in If-Match may say that it sends JSON and send none")
    func emptyBody() async throws {
        let site = try TestSite(TestPlans.project)
        let deleted = try await site.send(
            .delete, "/api/v1/plans/trial/risks/R-1", [], ["If-Match": "\"1\"", "Content-Type": "application/json"])
        #expect(deleted.status == 200, "\(deleted.text)")
        let without = try await site.send(.delete, "/api/v1/plans/trial/tasks/T-3", [], ["Content-Type": "application/json"])
        #expect(without.status == 400)
    }

    @Test(
        "what cannot be meant, or not be reckoned with, is refused with what is allowed, and nothing of it is stored",
        arguments: [
            ("plans/trial", ["currency": "yuan"], "ISO 4217"),
            ("plans/trial/tasks/T-3", ["predecessors": ["T-1 FS+1e300%"]], "-1000% to 1000%"),
            ("plans/trial/tasks/T-3", ["assignments": ["P-1 1e300"]], "0.01% to 10000000%"),
            (
                "plans/trial/tasks/T-3", ["effort": "10d", "type": "fixedWork", "assignments": ["P-1 1e-300"]],
                "0.01% to 10000000%"
            ),
            ("plans/trial/tasks/T-3", ["cost": "1,5"], "write 1.5 or 15."),
        ] as [(String, JSONValue, String)])
    func meant(path: String, fields: JSONValue, words: String) async throws {
        let site = try TestSite(TestPlans.project)
        let refused = try await site.api(.patch, path, ["base": 1, "fields": fields])
        #expect(refused.status == 422 && refused.text.contains(words), "\(refused.text)")
        #expect(site.store[TestPlans.key]?.revision == 1)
    }

    @Test("a series names each day once and holds numbers that can be drawn")
    func series() async throws {
        let site = try TestSite(TestPlans.project)
        for _ in 0..<5 {
            let twice = try await site.api(
                .post, "plans/trial/measures",
                ["base": 1, "fields": ["title": "m", "values": ["2026-01": 1, "2026-01-31": 2, "2026/1/31": 3]]])
            #expect(twice.status == 422 && twice.text.contains("gives 2026-01-31 twice"), "\(twice.text)")
        }
        let far = try await site.api(
            .post, "plans/trial/measures", ["base": 1, "fields": ["title": "m", "values": ["2026-01": .number(1e308)]]])
        #expect(far.status == 422 && far.text.contains("value.range"), "\(far.text)")
    }

    @Test("a line is stored as its plan file gives it: without spaces around, a currency in capitals")
    func lines() async throws {
        let site = try TestSite(TestPlans.project)
        let fields: JSONValue = ["title": "  lead ", "currency": "usd"]
        #expect(try await site.api(.patch, "plans/trial", ["base": 1, "fields": fields]).status == 200)
        #expect(site.store[TestPlans.key]?.fields.title == "lead" && site.store[TestPlans.key]?.fields.currency == "USD")
    }

    @Test(
        "JSON is what says to be JSON, in either case",
        arguments: [("APPLICATION/JSON", 200), ("application/json ; charset=utf-8", 200), ("application/jsonx", 400)])
    func contentType(type: String, status: Int) async throws {
        let site = try TestSite(TestPlans.project)
        let body: JSONValue = ["base": 1, "fields": ["title": "新"]]
        let answer = try await site.send(
            .patch, "/api/v1/plans/trial", Array(body.bytes.readableBytesView), ["Content-Type": type])
        #expect(answer.status == status, "\(answer.text)")
    }

    @Test("another site is refused by a problem document below the API")
    func foreign() async throws {
        let site = try TestSite(TestPlans.project)
        let origin = try await site.send(
            .post, "/api/v1/plans", [], ["Origin": "http://evil.example", "Content-Type": "application/json"])
        let host = try await site.send(.get, "/api/v1/plans", host: "evil.example")
        for answer in [origin, host] {
            #expect(answer.status == 403)
            #expect(answer.headers[.contentType] == ProblemResponse.type)
            #expect(try answer.json.object?["code"]?.text == "foreign")
        }
        let page = try await site.send(.get, "/", host: "evil.example")
        #expect(page.headers[.contentType]?.hasPrefix("text/plain") == true)
    }

    @Test(
        "an unknown form, part or table is answered with those there are",
        arguments: [
            ("document/exe", "docx"), ("document/docx?part=bogus", "charter"), ("tables/bogus", "tasks"),
            ("tables/task", "“tasks”"),
        ])
    func known(path: String, there: String) async throws {
        let site = try TestSite(TestPlans.project)
        let answer = try await site.get("/api/v1/plans/trial/\(path)", ["Accept-Language": "en"])
        #expect(answer.status == 404 && answer.text.contains(there), "\(answer.text)")
    }

    @Test("content beyond the limit is told the limit")
    func tooLarge() async throws {
        let site = try TestSite(TestPlans.project)
        let answer = try await site.api(.patch, "plans/trial", ["note": .string(String(repeating: "x", count: 5 << 20))])
        #expect(answer.status == 413 && answer.text.contains("4 MB at most"), "\(answer.text)")
        #expect(try answer.json.object?["limit"]?.int == 4 << 20)
    }

    @Test("a full disk is answered with 507, a busy file with 503, and neither with SQL")
    func store() throws {
        let full = ProblemResponse.of(StoreError.full("a.db"), .english)
        #expect(full.status.code == 507 && full.body.object?["code"]?.text == "full")
        #expect(ProblemResponse.of(StoreError.busy("a.db"), .english).status.code == 503)
        #expect(ProblemResponse.of(StoreError.damaged("a.db"), .english).body.object?["code"]?.text == "damaged")
    }
}
