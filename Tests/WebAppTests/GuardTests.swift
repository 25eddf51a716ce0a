import Foundation
import HTTPTypes
import Hummingbird
import PlanModel
import Testing

@testable import WebApp

/// Who may ask, how much, and in which language the answer is.
@Suite struct GuardTests {
    @Test(
        "what another site makes a browser send is refused, and writes nothing",
        arguments: [
            ("localhost:8080", ["Origin": "http://evil.example"]), ("localhost:8080", ["Sec-Fetch-Site": "cross-site"]),
            ("localhost:8080", ["Sec-Fetch-Site": "same-site"]), ("localhost:8080", ["Origin": "null"]),
            ("localhost:8080", ["Origin": "http://localhost:9999"]), ("evil.example", [:]), ("127.0.0.1.evil.example", [:]),
        ])
    func foreign(host: String, headers: [String: String]) async throws {
        let site = try TestSite(TestPlans.project)
        let type = ["Content-Type": "application/json"]
        let body = Array(#"{"base": 1, "fields": {"title": "x"}}"#.utf8)
        let path = "/api/v1/plans/trial/risks/R-1"
        #expect(try await site.send(.patch, path, body, type.merging(headers) { $1 }, host: host).status == 403)
        #expect(try await site.send(.delete, path, [], headers.merging(["If-Match": "1"]) { $1 }, host: host).status == 403)
        #expect(try await site.send(.post, "/plans/trial/risks/R-1/deletion", [], headers, host: host).status == 403)
        #expect(site.store[TestPlans.key]?.revision == 1)
    }

    @Test("a form's kind of content does not pass for JSON")
    func contentType() async throws {
        let site = try TestSite(TestPlans.project)
        for type in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
            let answer = try await site.send(
                .patch, "/api/v1/plans/trial/risks/R-1", Array(#"{"base": 1}"#.utf8), ["Content-Type": type])
            #expect(answer.status == 400)
        }
    }

    @Test("a body beyond the limit is answered with 413, whether its length was announced or not")
    func size() async throws {
        let site = try TestSite(TestPlans.project)
        let large = [UInt8](repeating: 32, count: (4 << 20) + 1)
        let type = ["Content-Type": "application/json"]
        let unannounced = try await site.send(.patch, "/api/v1/plans/trial/risks/R-1", large, type)
        #expect(unannounced.status == 413)
        #expect(try unannounced.json["code"]?.text == "http")
        let announced = try await site.send(
            .patch, "/api/v1/plans/trial/risks/R-1", [], type.merging(["Content-Length": "\(large.count)"]) { $1 })
        #expect(announced.status == 413)
    }

    @Test(
        "the API answers in the language most wanted, Chinese if none is",
        arguments: [
            ("en", "There is no such plan."), ("en-GB,en;q=0.9", "There is no such plan."), ("zh-CN", "没有这份计划。"),
            ("fr, en;q=0.8, zh;q=0.5", "There is no such plan."), ("en;q=0.3, zh-Hans;q=0.7", "没有这份计划。"),
            ("fr", "没有这份计划。"), ("", "没有这份计划。"), ("en;q=0, zh", "没有这份计划。"),
        ])
    func language(accepted: String, words: String) async throws {
        let site = try TestSite()
        let answer = try await site.get("/api/v1/plans/none", accepted.isEmpty ? [:] : ["Accept-Language": accepted])
        #expect(answer.status == 404)
        #expect(answer.headers[.contentType] == "application/problem+json; charset=utf-8")
        #expect(try answer.json["title"]?.text == words)
    }

    @Test("a problem names record, field, reason and remedy in both languages", arguments: ["zh", "en"])
    func problem(language: String) async throws {
        let site = try TestSite(TestPlans.project)
        let answer = try await site.api(
            .patch, "plans/trial/tasks/T-2", ["base": 1, "fields": ["duration": "abc"]], language: language)
        #expect(answer.status == 422)
        let problem = try #require(try answer.json["problems"]?.list?.first)
        #expect(problem["record"]?.text == "T-2" && problem["field"]?.text == "duration")
        let message = try #require(problem["message"]?.text)
        #expect(message.contains(language == "zh" ? "看不懂" : "cannot read"))
        #expect(problem["remedy"]?.text?.contains("5d") == true)
    }

    @Test("every answer says that nothing from elsewhere may run, frame or guess")
    func headers() async throws {
        let site = try TestSite(TestPlans.project)
        for path in ["/", "/plans/trial", "/api/v1/plans", "/nowhere"] {
            let headers = try await site.get(path).headers
            let policy = try #require(headers[.contentSecurityPolicy])
            #expect(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"))
            #expect(!policy.contains("script-src 'self' 'unsafe"))
            #expect(headers[.xContentTypeOptions] == "nosniff")
        }
    }

    @Test("so many lines for live pages and no more; a line gives signs of life and hears of changes")
    func live() async throws {
        let site = try TestSite(TestPlans.project, live: LiveLines(limit: 2, beat: .milliseconds(20)))
        let first = try await site.open("/plans/trial/live")
        let second = try await site.open("/plans/trial/live")
        #expect(try await site.get("/plans/trial/live").status == 503)
        let quiet = try await first.text(until: "still here")
        #expect(quiet == "retry: 2000\nevent: revision\ndata: 1\n\n: still here\n\n")
        let heard = Task { try await second.text(until: "data: 2") }
        _ = try await site.api(.patch, "plans/trial/risks/R-1", ["base": 1, "fields": ["title": "改"]])
        #expect(try await heard.value.hasSuffix("event: revision\ndata: 2\n\n"))
    }

    @Test("a line is free again when its page has gone")
    func freedLine() async throws {
        let site = try TestSite(TestPlans.project, live: LiveLines(limit: 1))
        do { _ = try await site.open("/plans/trial/live") }
        let again = try await site.open("/plans/trial/live")
        #expect(again.response.status == .ok)
    }
}

@Suite struct WorkshopTests {
    @Test("no more work at once than there are places, no more waiting than the queue takes, and the same order is made once")
    func places() async throws {
        let shop = Workshop(places: 2, queueLimit: 1, shelfSize: 2)
        let (counter, refused) = (Counter(), Counter())
        let work: @Sendable () throws -> Int = {
            counter.enter()
            // Nobody leaves before both places are taken and all that find none have been turned away.
            let limit = Date(timeIntervalSinceNow: 600)
            while counter.total < 2 || refused.total < 3, Date() < limit { Thread.sleep(forTimeInterval: 0.005) }
            return counter.leave()
        }
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    if (try? await shop.run(work)) != nil { return true }
                    refused.enter()
                    return false
                }
            }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(counter.most == 2)
        #expect(outcomes.filter { $0 }.count == 3, "two at work and one waiting")
        #expect(outcomes.filter { !$0 }.count == 3, "the rest is refused")
        let order = Workshop.Order(name: "x", plans: [1], files: [:], day: 1)
        let made = Counter()
        let products = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<5 {
                group.addTask {
                    try await shop.product(order) {
                        made.enter()
                        return [7]
                    }
                }
            }
            return try await group.reduce(into: [[UInt8]]()) { $0.append($1) }
        }
        #expect(products == Array(repeating: [7], count: 5))
        #expect(made.total == 1)
        _ = try await shop.product(Workshop.Order(name: "x", plans: [2], files: [:], day: 1)) {
            made.enter()
            return [8]
        }
        #expect(made.total == 2, "another revision is another product")
    }

    @Test("work that fails is not kept")
    func failure() async throws {
        let shop = Workshop()
        let order = Workshop.Order(name: "x", plans: [], files: [:], day: 1)
        await #expect(throws: Overloaded.self) { try await shop.product(order) { throw Overloaded() } }
        #expect(try await shop.product(order) { [1] } == [1])
    }
}

private final class Counter: @unchecked Sendable {
    // Under its lock alone.
    private let lock = NSLock()
    private var now = 0
    private var highest = 0
    private var entered = 0
    var most: Int { lock.withLock { highest } }
    var total: Int { lock.withLock { entered } }

    func enter() {
        lock.withLock {
            now += 1
            entered += 1
            highest = max(highest, now)
        }
    }

    func leave() -> Int {
        lock.withLock {
            now -= 1
            return now
        }
    }
}
