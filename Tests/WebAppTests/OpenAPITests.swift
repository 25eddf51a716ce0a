import Foundation
import HTTPTypes
import Hummingbird
import PlanModel
import Testing

@testable import WebApp

/// The description says what the API does: the same paths, and answers that are as it says.
@Suite struct OpenAPITests {
    @Test("every route is described and every description has a route")
    func paths() throws {
        let routed = try Set(
            TestSite().router.routes.map { route -> String in
                let parts = route.path.description.split(separator: "/").map {
                    $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0)
                }
                return "\(route.method.rawValue) /\(parts.joined(separator: "/"))"
            }.filter { $0.contains(" /api/v1/") && !$0.hasPrefix("HEAD ") }.map { $0.replacing("/api/v1", with: "") })
        let plurals = Set(Kind.all.map { $0.names.plural })
        // A route that takes any kind stands for the paths of all kinds, and of those that it answers alone.
        let described = Set(
            OpenAPI.operations.map { operation -> String in
                let path = operation.path.split(separator: "/").map { plurals.contains(String($0)) ? "{kind}" : String($0) }
                return "\(operation.method.uppercased()) /\(path.joined(separator: "/"))"
            })
        #expect(described.subtracting(routed).sorted() == [])
        // What answers everywhere else, that nothing is there, is no operation.
        #expect(routed.subtracting(described).sorted() == ["GET /**"])
        #expect(Set(OpenAPI.operations.map(\.name)).count == OpenAPI.operations.count, "a name is given twice")
    }

    @Test("what a record needs to be made is required where it is made, and nowhere else")
    func required() throws {
        let paths = try #require(OpenAPI.document(.english)["paths"])
        func fields(_ address: String, _ method: String) -> JSONValue? {
            let body = paths[address]?[method]?["requestBody"]?["content"]?["application/json"]
            return body?["schema"]?["properties"]?["fields"]
        }
        #expect(fields("/plans/{plan}/tasks", "post")?["required"] == ["title"])
        #expect(fields("/plans/{plan}/spending", "post")?["required"]?.list?.contains("amount") == true)
        #expect(fields("/plans/{plan}/tasks/{record}", "patch")?["required"] == nil)
    }

    @Test(
        "the document is valid in itself: every reference leads somewhere, every path part is a parameter",
        arguments: Language.allCases)
    func wholeness(language: Language) throws {
        let document = OpenAPI.document(language)
        let schemas = try #require(document["components"]?["schemas"]?.object)
        var references: Set<String> = []
        func walk(_ value: JSONValue) {
            switch value {
            case .object(let object):
                if let reference = object["$ref"]?.text { references.insert(reference) }
                object.values.forEach(walk)
            case .array(let list): list.forEach(walk)
            default: break
            }
        }
        walk(document)
        for reference in references {
            #expect(schemas[reference.replacing("#/components/schemas/", with: "")] != nil, "\(reference)")
        }
        for (path, item) in try #require(document["paths"]?.object) {
            let named = item["parameters"]?.list?.compactMap { $0["name"]?.text } ?? []
            for part in path.split(separator: "/") where part.hasPrefix("{") {
                #expect(named.contains(String(part.dropFirst().dropLast())), "\(path)")
            }
        }
    }

    @Test(
        "answers are as described",
        arguments: [
            "plans", "home", "findings", "cascade", "search?q=分析", "plans/trial", "plans/trial/findings", "plans/trial/progress",
            "plans/trial/schedule", "plans/trial/network", "plans/trial/history", "plans/trial/tasks", "plans/trial/tasks/T-2",
            "plans/trial/measures/M-1", "plans/trial/tasks/T-3/reasons", "plans/trial/reviews/V-1/facts", "plans/trial/pictures",
            "plans/trial/levelling", "plans/trial/simulation", "plans/trial/schedule-quality", "plans/trial/schedule-paths",
            "plans/trial/customers",
            "plans/trial/sales-variance",
            "plans/trial/marketing", "files", "files/history",
        ])
    func answers(path: String) async throws {
        var editor = PlanEditor(TestPlans.project)
        let tasks = editor.plan.all(PlanTask.self)
        let people = editor.plan.all(Person.self)
        editor.add(Goal.self) { $0.title = "目标" }
        editor.add(Review.self) { $0.title = "复盘" }
        for task in tasks.dropFirst() {
            editor.update(task.id, as: PlanTask.self) {
                $0.assignments = [Share(people[0].id, units: 1)]
                $0.optimistic = WorkDuration(3, .days)
                $0.pessimistic = WorkDuration(15, .days)
            }
        }
        editor.add(PlanTask.self) {
            $0.title = "并行"
            $0.duration = WorkDuration(5, .days)
            $0.assignments = [Share(people[0].id, units: 1)]
        }
        let site = try TestSite(editor.plan)
        try site.store.put([1], file: "x.csv", by: "a", at: Instant(milliseconds: 0))
        let encoded = path.addingPercentEncoding(withAllowedCharacters: .urlQueryAllowed) ?? path
        let answer = try await site.get("/api/v1/\(encoded)")
        #expect(answer.status == 200, "\(answer.text.prefix(300))")
        let parts = path.split(separator: "?")[0].split(separator: "/").enumerated().map { index, part in
            let isID =
                part.contains("-") && part != "earned-value" && part != "sales-variance"
                && part != "schedule-quality" && part != "schedule-paths"
            return index == 1 && part == "trial" ? "{plan}" : isID ? "{record}" : String(part)
        }
        let document = OpenAPI.document(.english)
        let operation = try #require(document["paths"]?["/" + parts.joined(separator: "/")]?["get"])
        let schema = try #require(operation["responses"]?["200"]?["content"]?["application/json"]?["schema"])
        let checker = SchemaChecker(document: document)
        #expect(checker.faults(of: try answer.json, schema, at: path) == [])
        if case .array(let list) = try answer.json, !path.hasPrefix("search") { #expect(!list.isEmpty, "nothing was checked") }
    }

    @Test("refusals are as described")
    func refusals() async throws {
        let site = try TestSite(TestPlans.project)
        let document = OpenAPI.document(.english)
        for (status, answer) in [
            (404, try await site.get("/api/v1/plans/none")),
            (422, try await site.api(.patch, "plans/trial/tasks/T-2", ["base": 1, "fields": ["titel": "x"]])),
            (422, try await site.api(.post, "plans", ["file": "pharos: 1\nplan: x\nkind: nothing\n"])),
            (400, try await site.api(.post, "plans", [:])),
        ] {
            #expect(answer.status == status, "\(answer.text)")
            #expect(answer.headers[.contentType] == "application/problem+json; charset=utf-8")
            #expect(SchemaChecker(document: document).faults(of: try answer.json, Shape.of("Problem"), at: "") == [])
        }
    }
}

/// As much of JSON Schema as our description uses.
private struct SchemaChecker {
    let document: JSONValue

    func faults(of value: JSONValue, _ schema: JSONValue, at place: String) -> [String] {
        if let reference = schema["$ref"]?.text {
            let name = reference.replacing("#/components/schemas/", with: "")
            guard let meant = document["components"]?["schemas"]?[name] else { return ["\(place): no schema \(name)"] }
            return faults(of: value, meant, at: place)
        }
        let types = schema["type"]?.list?.compactMap(\.text) ?? schema["type"]?.text.map { [$0] } ?? []
        guard types.isEmpty || types.contains(where: { isType($0, value) }) else { return ["\(place): \(value) is no \(types)"] }
        if let allowed = schema["enum"]?.list, !allowed.contains(value) { return ["\(place): \(value) is none of \(allowed)"] }
        switch value {
        case .array(let list):
            guard let item = schema["items"] else { return [] }
            return list.enumerated().flatMap { faults(of: $1, item, at: "\(place)/\($0)") }
        case .object(let object):
            let known = schema["properties"]?.object ?? [:]
            let missing = (schema["required"]?.list ?? []).compactMap(\.text).filter { object[$0] == nil }
            return missing.map { "\(place): \($0) is missing" }
                + object.flatMap { name, inner -> [String] in
                    if let property = known[name] { return faults(of: inner, property, at: "\(place)/\(name)") }
                    if let other = schema["additionalProperties"], other.object != nil {
                        return faults(of: inner, other, at: "\(place)/\(name)")
                    }
                    return known.isEmpty ? [] : ["\(place): \(name) is not described"]
                }
        default: return []
        }
    }

    private func isType(_ type: String, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case ("string", .string), ("number", .number), ("boolean", .bool), ("null", .null), ("array", .array),
            ("object", .object):
            true
        case ("integer", .number(let number)): number.rounded() == number
        default: false
        }
    }
}
