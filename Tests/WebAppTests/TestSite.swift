import Foundation
import HTTPTypes
import Hummingbird
import Logging
import PlanModel
import PlanStore
import Testing
import WorkingTime

@testable import WebApp

/// The web application over data of its own. Requests pass every guard and route as from a browser, without a socket.
final class TestSite {
    let folder = FileManager.default.temporaryDirectory.appending(path: "pharos-web-\(UUID().uuidString)")
    let store: PlanStore
    let router: Router<Visit>
    private let responder: RouterResponder<Visit>
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init(_ plans: Plan..., live: LiveLines = LiveLines()) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try PlanStore(path: folder.appending(path: "pharos.db").path)
        for plan in plans { try store.add(plan, by: "zhou", at: Instant(milliseconds: 0)) }
        let today = Day("2026-11-20") ?? Day(number: 0)
        let server = try WebServer(store: store, author: "zhou", logger: logger) { (today, Instant(milliseconds: 1)) }
        router = server.with(live: live).router()
        responder = router.buildResponder()
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    struct Answer {
        let status: Int
        let headers: HTTPFields
        let bytes: [UInt8]
        var text: String { String(decoding: bytes, as: UTF8.self) }

        var json: JSONValue {
            get throws { try JSONDecoder().decode(JSONValue.self, from: Data(bytes)) }
        }
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: [UInt8] = [], _ headers: [String: String] = [:],
        host: String = "localhost:8080"
    ) async throws -> Answer {
        let response = try await respond(method, path, body, headers, host)
        let collected = Collected()
        try await response.body.write(Collector(into: collected))
        return Answer(status: response.status.code, headers: response.headers, bytes: collected.bytes)
    }

    private func respond(
        _ method: HTTPRequest.Method, _ path: String, _ body: [UInt8], _ headers: [String: String], _ host: String
    ) async throws -> Response {
        var fields = HTTPFields()
        for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
        let head = HTTPRequest(method: method, scheme: "http", authority: host, path: path, headerFields: fields)
        let request = Request(head: head, body: RequestBody(buffer: ByteBuffer(bytes: body)))
        return try await responder.respond(to: request, context: Visit(logger: logger))
    }

    /// An answer whose body has not been read.
    struct Open {
        let response: Response

        /// Reads until the text ends in a block with the given words, and lets go of the rest.
        func text(until words: String) async throws -> String {
            let collected = Collected()
            do { try await response.body.write(Collector(into: collected, until: words)) } catch is Enough {}
            return String(decoding: collected.bytes, as: UTF8.self)
        }
    }

    func open(_ path: String) async throws -> Open {
        Open(response: try await respond(.get, path, [], [:], "localhost:8080"))
    }

    func get(_ path: String, _ headers: [String: String] = [:]) async throws -> Answer {
        try await send(.get, path, [], headers)
    }

    /// Sends JSON to the API.
    func api(_ method: HTTPRequest.Method, _ path: String, _ body: JSONValue, language: String = "en") async throws -> Answer {
        try await send(
            method, "/api/v1/" + path, Array(body.bytes.readableBytesView),
            ["Content-Type": "application/json", "Accept-Language": language])
    }

    /// Sends a form as a browser does from one of our pages.
    func form(_ path: String, _ fields: [String: String]) async throws -> Answer {
        let allowed = CharacterSet.alphanumerics
        let pairs = fields.map { name, value in
            "\(name)=\(value.replacing("\n", with: "\r\n").addingPercentEncoding(withAllowedCharacters: allowed) ?? "")"
        }
        return try await send(
            .post, path, Array(pairs.joined(separator: "&").utf8),
            [
                "Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin",
                "Origin": "http://localhost:8080",
            ])
    }
}

private final class Collected: @unchecked Sendable {
    // Written by one response after the other, never at once.
    var bytes: [UInt8] = []
}

private struct Enough: Error {}

private struct Collector: ResponseBodyWriter {
    let collected: Collected
    let words: String?
    init(into collected: Collected, until words: String? = nil) {
        self.collected = collected
        self.words = words
    }

    mutating func write(_ buffer: ByteBuffer) async throws {
        collected.bytes += Array(buffer.readableBytesView)
        if let words, String(buffer: buffer).contains(words) { throw Enough() }
    }
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

/// Small plans to work on.
enum TestPlans {
    static let key = PlanKey("trial") ?? .unnamed

    /// T-1 with T-2 in it, T-3 after both, R-1, P-1, M-1, and a little prose.
    static var project: Plan {
        var editor = PlanEditor(Plan(key: key, blueprint: .project))
        editor.set(editor.plan.header.id, "title", .text("试验计划"))
        editor.set(editor.plan.header.id, "start", .date(Day("2026-09-01") ?? Day(number: 0)))
        let person = editor.add(Person.self) { $0.name = "周岚" }
        let phase = editor.add(PlanTask.self) { $0.title = "阶段" }
        let first = editor.add(PlanTask.self, in: phase) {
            $0.title = "分析"
            $0.owner = person
            $0.duration = WorkDuration(5, .days)
        }
        editor.add(PlanTask.self) {
            $0.title = "开发"
            $0.predecessors = [TaskLink(first)]
            $0.duration = WorkDuration(10, .days)
        }
        editor.add(Risk.self) { $0.title = "接口延误" }
        editor.add(Measure.self) { $0.title = "满意度" }
        return editor.plan
    }
}
