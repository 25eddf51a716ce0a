import Foundation
import Hummingbird
import PlanExchange
import PlanInsight
import PlanModel
import PlanStore
import WorkingTime

/// `/api/v1`: everything the pages can do. Every write names the revision its author had before them.
struct APIRoutes {
    let site: Site

    func add(to router: Router<Visit>) {
        let api = router.group("api/v1")
        addWorkspace(to: api)
        api.get("**") { _, visit in answer(visit) { throw APIAddresses.unknown } }
        api.get("openapi.json") { _, visit in OpenAPI.document(visit.language).response() }
        api.get("plans") { _, visit in answer(visit) { .array(site.store.workspace.plans.map { summary($0) }) } }
        api.post("plans") { request, visit in await answer(visit, .created) { try await createPlan(request) } }
        api.get("search") { request, visit in answer(visit) { try search(request) } }
        api.get("plans/:plan") { _, visit in answer(visit) { try whole(try site.plan(visit)) } }
        api.patch("plans/:plan") { request, visit in await answer(visit) { try await patch(request, visit, header: true) } }
        api.get("plans/:plan/schedule") { _, visit in answer(visit) { schedule(try facts(visit), visit.language) } }
        api.get("plans/:plan/schedule-paths") { _, visit in answer(visit) { schedulePaths(try facts(visit)) } }
        api.get("plans/:plan/schedule-quality") { _, visit in
            answer(visit) { try scheduleQuality(try facts(visit), visit.language) }
        }
        api.post("plans/:plan/baseline") { request, visit in
            await answer(visit, .created) { try await takeBaseline(request, visit) }
        }
        api.get("plans/:plan/levelling") { request, visit in await answer(visit) { try await levelling(request, visit) } }
        api.post("plans/:plan/levelling/preview") { request, visit in
            await answer(visit, .accepted) { try await startLevelling(request, visit) }
        }
        api.post("plans/:plan/levelling") { request, visit in
            await answer(visit, .created) { try await acceptLevelling(request, visit) }
        }
        api.get("plans/:plan/simulation") { request, visit in await answer(visit) { try await simulation(request, visit) } }
        api.post("plans/:plan/simulation") { request, visit in
            await answer(visit, .accepted) { try await startSimulation(request, visit) }
        }
        api.get("plans/:plan/earned-value") { _, visit in answer(visit) { try earnedValue(try facts(visit), visit.language) } }
        api.get("plans/:plan/sales-variance") { _, visit in answer(visit) { try salesVariance(visit) } }
        api.get("plans/:plan/funnel") { _, visit in answer(visit) { try funnel(visit) } }
        api.get("plans/:plan/marketing") { request, visit in answer(visit) { try marketing(request, visit) } }
        api.post("plans/:plan/marketing") { request, visit in
            await answer(visit, .created) { try await adoptBudgets(request, visit) }
        }
        api.get("plans/:plan/prose/:section/draft") { _, visit in answer(visit) { try draft(visit) } }
        api.get("plans/:plan/customers") { _, visit in answer(visit) { try customers(visit) } }
        api.get("plans/:plan/:kind/:record/reasons") { _, visit in answer(visit) { try reasons(visit) } }
        api.get("plans/:plan/:kind/:record/forecast") { _, visit in answer(visit) { try forecast(visit) } }
        api.get("plans/:plan/:kind/:record/difference") { request, visit in
            answer(visit) { try procedureDifference(request, visit) }
        }
        api.post("plans/:plan/:kind/:record/risk") { request, visit in
            await answer(visit, .created) { try await makeRisk(request, visit) }
        }
        api.get("plans/:plan/:kind/:record/facts") { _, visit in answer(visit) { try reviewFacts(visit) } }
        api.get("plans/:plan/:kind/:record/log") { request, visit in
            await aside(visit) { try processLog(request, visit) }
        }
        api.post("plans/:plan/:kind/:record/discovery") { request, visit in
            await answer(visit, .created) { try await discover(request, visit) }
        }
        api.get("plans/:plan/:kind/:record/simulation") { request, visit in
            await answer(visit) { try await processSimulation(request, visit) }
        }
        api.post("plans/:plan/:kind/:record/simulation") { request, visit in
            await answer(visit, .accepted) { try await startProcessSimulation(request, visit) }
        }
        api.get("jobs/:job") { _, visit in answer(visit) { try jobProgress(visit) } }
        api.delete("jobs/:job") { _, visit in answer(visit) { try stopJob(visit) } }
        api.get("files") { _, visit in answer(visit) { try files() } }
        api.get("files/:name") { _, visit in file(visit) }
        api.get("files/history") { request, visit in answer(visit) { try fileHistory(request) } }
        api.post("files/history/:revision/reversal") { _, visit in answer(visit, .created) { try reverseFile(visit) } }
        api.put("files/:name") { request, visit in await answer(visit, .created) { try await putFile(request, visit) } }
        api.delete("files/:name") { request, visit in await answer(visit) { try await deleteFile(request, visit) } }
        api.get("plans/:plan/findings") { _, visit in
            answer(visit) { .array(try facts(visit).findings.map { json($0, visit.language) }) }
        }
        api.post("plans/:plan/values") { request, visit in await answer(visit) { try await importValues(request, visit) } }
        api.get("plans/:plan/progress") { _, visit in answer(visit) { try progress(try facts(visit)) } }
        api.get("plans/:plan/history/:revision/effect") { _, visit in answer(visit) { try effect(visit) } }
        api.get("plans/:plan/history") { request, visit in answer(visit) { try changes(request, try site.plan(visit)) } }
        api.post("plans/:plan/history/:revision/reversal") { request, visit in
            await answer(visit, .created) { try await reverse(request, visit) }
        }
        api.put("plans/:plan/prose/:section") { request, visit in await answer(visit) { try await write(request, visit) } }
        api.patch("plans/:plan/prose/:section") { request, visit in await answer(visit) { try await write(request, visit) } }
        api.get("plans/:plan/choices") { request, visit in answer(visit) { choices(request, try site.plan(visit)) } }
        api.get("plans/:plan/:kind") { _, visit in answer(visit) { try list(visit) } }
        api.post("plans/:plan/:kind") { request, visit in await answer(visit, .created) { try await create(request, visit) } }
        api.get("plans/:plan/:kind/:record") { _, visit in answer(visit) { try one(visit) } }
        api.patch("plans/:plan/:kind/:record") { request, visit in
            await answer(visit) { try await patch(request, visit, header: false) }
        }
        api.delete("plans/:plan/:kind/:record") { request, visit in await answer(visit) { try await delete(request, visit) } }
        api.post("plans/:plan/:kind/:record/move") { request, visit in await answer(visit) { try await move(request, visit) } }
    }

    // MARK: Answers

    /// What takes long to compute.
    private func aside(_ visit: Visit, _ make: @escaping @Sendable () throws -> JSONValue) async -> Response {
        await answer(visit) { try await site.workshop.run(make) }
    }

    func answer(_ visit: Visit, _ status: HTTPResponse.Status = .ok, _ make: () throws -> JSONValue) -> Response {
        do { return try make().response(status) } catch { return refusal(error, visit) }
    }

    func answer(_ visit: Visit, _ status: HTTPResponse.Status = .ok, _ make: () async throws -> JSONValue) async
        -> Response
    {
        do { return try await make().response(status) } catch { return refusal(error, visit) }
    }

    func refusal(_ error: any Error, _ visit: Visit) -> Response {
        var (status, body) = ProblemResponse.of(error, visit.language)
        if status == .internalServerError { visit.logger.error("\(error)") }
        if status == .conflict, case .object(var object) = body, object["revision"] == nil, let plan = try? site.plan(visit) {
            object["revision"] = .number(Double(plan.revision))
            body = .object(object)
        }
        return body.response(status, type: ProblemResponse.type)
    }

    private static func isJSON(_ type: String) -> Bool {
        String(type.prefix { $0 != ";" }).trimmed.lowercased() == "application/json"
    }

    /// The request's JSON object. Other types of content are refused, since a browser sends those across sites without asking.
    ///
    /// - Parameter isOptional: whether there may be no content at all.
    func object(_ request: Request, isOptional: Bool = false) async throws -> [String: JSONValue] {
        var request = request
        guard request.headers[.contentType].map(Self.isJSON) ?? false else {
            throw BadRequest(
                message: Label("内容类型应为 application/json。", "The content type has to be application/json."),
                remedy: Label("设置 Content-Type。", "Set Content-Type."))
        }
        let buffer = try await request.body(upTo: 4 << 20)
        if isOptional, buffer.readableBytes == 0 { return [:] }
        guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(buffer.readableBytesView)),
            let object = value.object
        else {
            throw BadRequest(
                message: Label("内容不是 JSON 对象。", "The content is no JSON object."),
                remedy: Label("例如 {\"base\": 12, \"fields\": {…}}。", "For example {\"base\": 12, \"fields\": {…}}."))
        }
        return object
    }

    /// The JSON object of a request that may do without one, if its base stands in `If-Match`.
    func objectIfAny(_ request: Request) async throws -> [String: JSONValue] {
        let isOptional = request.headers[.ifMatch] != nil
        return isOptional && request.headers[.contentType] == nil ? [:] : try await object(request, isOptional: isOptional)
    }

    /// What the change is for, in its author's words.
    func note(_ object: [String: JSONValue]) throws -> String? {
        guard let value = object["note"], value != .null else { return nil }
        guard let text = value.text else {
            throw BadRequest(
                message: Label("note 应为文字：这次变更的说明。", "note has to be text: what the change is for."),
                remedy: Label("加上引号，或去掉它。", "Quote it, or leave it out."))
        }
        return text
    }

    /// The revision the author had before them: `"base": 12` in the body, or `If-Match: "12"`.
    func base(_ request: Request, _ object: [String: JSONValue] = [:], present: Int) throws -> Int {
        let header = request.headers[.ifMatch].flatMap { Int($0.filter { $0 != "\"" }.trimmed) }
        guard let base = object["base"]?.int ?? header else {
            let isGiven = object["base"].map { $0 != .null } ?? false || request.headers[.ifMatch] != nil
            throw BadRequest(
                message: isGiven
                    ? Label("base 应为一个整数：你所依据的版次。", "base has to be a whole number: the revision you had before you.")
                    : Label("缺少 base：你所依据的版次。", "base is missing: the revision you had before you."),
                remedy: Label(
                    "写在内容的 base 或 If-Match 中；当前版次是 \(present)。",
                    "Give it as base in the body or in If-Match; the present revision is \(present)."))
        }
        return base
    }

    func facts(_ visit: Visit) throws -> PlanFacts {
        let plan = try site.plan(visit)
        guard let facts = site.facts.facts(plan.key, in: site.store.workspace, today: site.today) else {
            throw NotFound(what: Label("没有这份计划。", "There is no such plan."))
        }
        return facts
    }

    // MARK: Plans

    private func summary(_ plan: Plan) -> JSONValue {
        [
            "key": .string(plan.key.text), "kind": .string(plan.blueprint.key), "title": .string(plan.title),
            "revision": .number(Double(plan.revision)), "records": .number(Double(plan.count)),
        ]
    }

    private func whole(_ plan: Plan) throws -> JSONValue {
        guard case .object(var object) = summary(plan) else { return .null }
        object["fields"] = fields(plan.header, plan)
        object["prose"] = .object(plan.prose.mapValues { .string($0) })
        for kind in plan.kinds { object[kind.names.plural] = .array(plan.records(kind).map { json($0, plan) }) }
        return .object(object)
    }

    private func createPlan(_ request: Request) async throws -> JSONValue {
        let object = try await object(request)
        guard let file = object["file"]?.text else {
            return summary(try PlanMaker(site: site).add(object.compactMapValues(\.text)))
        }
        let plan = try PlanFileReader.read(Array(file.utf8), file: "file")
        return summary(try site.store.add(plan, by: site.author, at: site.clock().now))
    }

    private func search(_ request: Request) throws -> JSONValue {
        let query = request.queryFields
        let hits = try site.store.search(
            query["q"] ?? "", in: query["plan"].flatMap { PlanKey($0) }, limit: try query.count("limit", 1...500) ?? 50)
        let workspace = site.store.workspace
        return .array(
            hits.map { hit in
                var object: [String: JSONValue] = ["plan": .string(hit.plan.text)]
                object["record"] = hit.record.map { .string($0.short) }
                object["section"] = hit.section.map { .string($0) }
                object["title"] = .string(hit.record.flatMap { workspace.record($0)?.title } ?? workspace[hit.plan]?.title ?? "")
                return .object(object)
            })
    }

    // MARK: Records

    func fields(_ record: Record, _ plan: Plan) -> JSONValue {
        var object: [String: JSONValue] = [:]
        for field in record.kind.fields {
            if let value = record[field] { object[field.key] = field.json(value, plan.textContext) }
        }
        return .object(object)
    }

    /// - Parameter budget: from which follows what budget lines come to beside what was entered; other kinds need none.
    func json(_ record: Record, _ plan: Plan, _ budget: BudgetTotals? = nil) -> JSONValue {
        var object: [String: JSONValue] = ["id": .string(record.id.short), "fields": fields(record, plan)]
        if let budget {
            let standing = record.kind.fields.compactMap { field -> (String, JSONValue)? in
                guard let value = budget.value(field, of: record), value != record[field] else { return nil }
                return (field.key, field.json(value, plan.textContext))
            }
            if !standing.isEmpty { object["standing"] = .object(Dictionary(uniqueKeysWithValues: standing)) }
        }
        object["parent"] = record.parent.map { .string("\(record.id.prefix)-\($0)") }
        return .object(object)
    }

    private func list(_ visit: Visit) throws -> JSONValue {
        let (plan, kind) = (try site.plan(visit), try site.kind(visit))
        let budget = kind == Kind.of(BudgetLine.self) ? BudgetTotals(plan) : nil
        var answer: [String: JSONValue] = [
            "revision": .number(Double(plan.revision)),
            "records": .array(plan.records(kind).map { json($0, plan, budget) }),
        ]
        if kind == Kind.of(Benefit.self) { answer["payback"] = Payback(plan).map { payback($0, visit.language) } }
        return .object(answer)
    }

    private func payback(_ payback: Payback, _ language: Language) -> JSONValue {
        [
            "currency": .string(payback.yearly.currency.description), "yearly": .number(payback.yearly.approximate),
            "realised": .number(payback.realised.approximate), "cost": .number(payback.cost.approximate),
            "months": payback.months.map { .number($0) } ?? .null, "words": .string(payback.words[language]),
        ]
    }

    private func one(_ visit: Visit) throws -> JSONValue {
        let plan = try site.plan(visit)
        let record = try site.record(visit, in: plan)
        let budget = record.kind == Kind.of(BudgetLine.self) ? BudgetTotals(plan) : nil
        return ["revision": .number(Double(plan.revision)), "record": json(record, plan, budget)]
    }

    private func create(_ request: Request, _ visit: Visit) async throws -> JSONValue {
        let (plan, kind, object) = (try site.plan(visit), try site.kind(visit), try await object(request))
        try refuseOthers(object, "base", "fields", "parent", "note")
        let sent = try sentFields(object)
        try refuseUnknown(sent, kind, nil)
        let parent = try object["parent"]?.text.map { text in
            guard let id = RecordID(text, in: plan.key) else {
                throw BadRequest(message: Label("parent 不是编号。", "parent is no id."), remedy: Label("例如 T-3。", "For example T-3."))
            }
            return id
        }
        let made = try RecordWriter(site: site, plan: plan).create(
            kind, in: parent, base: try base(request, object, present: plan.revision), note: try note(object)
        ) { field in
            try sent[field.key].flatMap { try field.value(from: $0, in: plan, record: nil) }
        }
        return [
            "revision": .number(Double(made.committed.plan.revision)),
            "record": made.committed.plan.record(made.id).map { json($0, made.committed.plan) } ?? .null,
        ]
    }

    private func patch(_ request: Request, _ visit: Visit, header: Bool) async throws -> JSONValue {
        let (plan, object) = (try site.plan(visit), try await object(request))
        let record = header ? plan.header : try site.record(visit, in: plan)
        try refuseOthers(object, "base", "fields", "note")
        let sent = try sentFields(object)
        try refuseUnknown(sent, record.kind, record.id)
        let committed = try RecordWriter(site: site, plan: plan).update(
            record.id, base: try base(request, object, present: plan.revision), note: try note(object)
        ) { field in
            guard let json = sent[field.key] else { return nil }
            return .some(try field.value(from: json, in: plan, record: record.id))
        }
        return [
            "revision": .number(Double(committed.plan.revision)),
            "record": committed.plan.record(record.id).map { json($0, committed.plan) } ?? .null,
        ]
    }

    /// The values of a request by field.
    private func sentFields(_ object: [String: JSONValue]) throws -> [String: JSONValue] {
        guard let sent = object["fields"]?.object else {
            throw BadRequest(
                message: Label("缺少 fields：字段和值。", "fields is missing: the values by field."),
                remedy: Label(
                    "例如 {\"base\": 12, \"fields\": {\"title\": \"…\"}}。",
                    "For example {\"base\": 12, \"fields\": {\"title\": \"…\"}}."))
        }
        return sent
    }

    /// What a request says beside what is known would go unheard.
    func refuseOthers(_ object: [String: JSONValue], _ known: String...) throws {
        guard let other = object.keys.sorted().first(where: { !known.contains($0) }) else { return }
        throw BadRequest(
            message: Label("请求里没有「\(other)」这一项。", "A request of this kind has no “\(other)”."),
            remedy: Label("可用：\(known.joined(separator: "、"))。", "It takes \(known.joined(separator: ", "))."))
    }

    /// A yes or no, which is no where it is left out.
    func flag(_ object: [String: JSONValue], _ name: String) throws -> Bool {
        switch object[name] {
        case nil, .null: return false
        case .bool(let flag): return flag
        default:
            throw BadRequest(
                message: Label("\(name) 应为 true 或 false。", "\(name) has to be true or false."),
                remedy: Label("不要加引号。", "Leave out the quotes."))
        }
    }

    private func refuseUnknown(_ sent: [String: JSONValue], _ kind: Kind, _ id: RecordID?) throws {
        let unknown = sent.keys.filter { kind.field($0) == nil }.sorted()
        guard !unknown.isEmpty else { return }
        let known = kind.fields.map(\.key)
        throw Problems(
            unknown.map { key in
                Problem(
                    "field.unknown", record: id, field: key,
                    Label(
                        "\(kind.names.one.zh)没有字段「\(key)」。", "\(kind.names.indefinite.capitalizedFirst) has no field “\(key)”."),
                    remedy: Label("可用字段：\(known.joined(separator: "、"))。", "Fields: \(known.joined(separator: ", "))."))
            })
    }

    private func delete(_ request: Request, _ visit: Visit) async throws -> JSONValue {
        let (plan, object) = (try site.plan(visit), try await objectIfAny(request))
        try refuseOthers(object, "base", "note")
        let committed = try RecordWriter(site: site, plan: plan).remove(
            try site.record(visit, in: plan).id, base: try base(request, object, present: plan.revision),
            note: try note(object))
        return ["revision": .number(Double(committed.plan.revision))]
    }

    /// `{"base": 3, "parent": "T-1", "after": "T-4"}`: into a record, after a sibling; either may be null, for the top and for the first.
    private func move(_ request: Request, _ visit: Visit) async throws -> JSONValue {
        let (plan, object) = (try site.plan(visit), try await object(request))
        try refuseOthers(object, "base", "parent", "after")
        guard object["parent"] != nil || object["after"] != nil else {
            throw BadRequest(
                message: Label("缺少 parent 或 after：移到哪里。", "parent or after is missing: where it goes."),
                remedy: Label("写明上级或前一条，可以是 null。", "Give what it goes into or after; null is the top, or the first place."))
        }
        let record = try site.record(visit, in: plan)
        func id(_ name: String) throws -> RecordID? {
            guard let value = object[name], value != .null else { return nil }
            guard let id = value.text.flatMap({ RecordID($0, in: plan.key) }) else {
                throw BadRequest(
                    message: Label("\(name) 不是编号。", "\(name) is no id."),
                    remedy: Label(
                        "例如 \(record.id.prefix)-3，或 null。", "For example \(record.id.prefix)-3, or null."))
            }
            return id
        }
        let after = try id("after")
        let beside = after.flatMap { plan.record($0) }?.parent.map {
            RecordID(plan: plan.key, prefix: record.id.prefix, number: $0)
        }
        let committed = try RecordWriter(site: site, plan: plan).move(
            record.id, into: object["parent"] == nil ? beside : try id("parent"), after: after,
            base: try base(request, object, present: plan.revision))
        return ["revision": .number(Double(committed.plan.revision))]
    }

    private func write(_ request: Request, _ visit: Visit) async throws -> JSONValue {
        let (plan, object) = (try site.plan(visit), try await object(request))
        guard let section = visit.parameters.get("section"), plan.blueprint.section(section) != nil else {
            throw NotFound(what: Label("没有这个章节。", "There is no such section."))
        }
        try refuseOthers(object, "base", "text", "fields", "note")
        guard let text = object["text"]?.text ?? object["fields"]?["text"]?.text else {
            throw BadRequest(
                message: Label("缺少 text：章节的文字。", "text is missing: the section's prose."),
                remedy: Label("空的文字写作 \"\"。", "No text is written as \"\"."))
        }
        let committed = try RecordWriter(site: site, plan: plan).write(
            text, section: section, base: try base(request, object, present: plan.revision), note: try note(object))
        return ["revision": .number(Double(committed.plan.revision))]
    }

    // MARK: Computed

    func json(_ finding: Finding, _ language: Language) -> JSONValue {
        var object: [String: JSONValue] = [
            "code": .string(finding.code), "severity": .string(finding.severity.rawValue),
            "title": .string(finding.title[language]),
            "reason": .string(finding.reason[language]), "remedy": .string(finding.remedy[language]),
        ]
        object["record"] = finding.record.map { .string($0.short) }
        object["field"] = finding.field.map { .string($0) }
        return .object(object)
    }

    private func progress(_ facts: PlanFacts) throws -> JSONValue {
        .array(
            facts.plan.all(Goal.self).compactMap { goal in
                guard let progress = facts.progress.goals[goal.id] else { return nil }
                return [
                    "goal": .string(goal.id.short), "progress": progress.progress.map { .number($0) } ?? .null,
                    "expected": .number(progress.expected), "status": .string(progress.status.rawValue),
                    "basis": .string(progress.basis.rawValue), "coverage": .number(progress.coverage),
                    "parts": .array(
                        progress.parts.map {
                            [
                                "record": .string($0.record.text(seenFrom: facts.plan.key)), "weight": .number($0.weight),
                                "progress": $0.progress.map { .number($0) } ?? .null,
                            ]
                        }),
                ]
            })
    }
}
