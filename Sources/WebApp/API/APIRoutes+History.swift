import Hummingbird
import PlanInsight
import PlanModel
import WorkingTime

/// The journal: what was changed, what it brought about, taking it back.
extension APIRoutes {
    func changes(_ request: Request, _ plan: Plan) throws -> JSONValue {
        let limit = try request.queryFields.count("limit", 1...500) ?? 50
        let before = try request.queryFields.count("before", 1...1_000_000_000) ?? Int.max
        return .array(
            try site.store.recentChanges(of: plan.key, limit: limit, before: before).map { entry in
                var object: [String: JSONValue] = [
                    "revision": .number(Double(entry.revision)), "author": .string(entry.change.author),
                    "at": .number(Double(entry.change.at.milliseconds)),
                    "edits": .array(entry.change.edits.prefix(500).map { edit($0, plan) }),
                ]
                object["note"] = entry.change.note.map { .string($0) }
                object["undoes"] = entry.change.undoes.map { .number(Double($0)) }
                return .object(object)
            })
    }

    private func edit(_ edit: Edit, _ plan: Plan) -> JSONValue {
        switch edit {
        case .set(let id, let key, let from, let to):
            let field = id.kind?.field(key)
            func json(_ value: Value?) -> JSONValue {
                value.flatMap { value in field.map { $0.json(value, plan.textContext) } } ?? .null
            }
            return ["set": .string(id.short), "field": .string(key), "from": json(from), "to": json(to)]
        case .create(let record, _): return ["create": .string(record.id.short), "fields": fields(record, plan)]
        case .delete(let record, _): return ["delete": .string(record.id.short), "fields": fields(record, plan)]
        case .move(let id, _, let place):
            return ["move": .string(id.short), "parent": place.parent.map { .string("\(id.prefix)-\($0)") } ?? .null]
        case .write(let section, let from, let to): return ["write": .string(section), "from": .string(from), "to": .string(to)]
        }
    }

    func reverse(_ request: Request, _ visit: Visit) async throws -> JSONValue {
        let (plan, object) = (try site.plan(visit), try await objectIfAny(request))
        let committed = try RecordWriter(site: site, plan: plan).reverse(
            try revision(visit), base: try base(request, object, present: plan.revision))
        return ["revision": .number(Double(committed.plan.revision))]
    }

    /// What a revision brought about beyond what it says itself.
    func effect(_ visit: Visit) throws -> JSONValue {
        let plan = try site.plan(visit)
        let revision = try revision(visit)
        let (_, effect) = try site.effect(of: revision, on: plan.key)
        return [
            "revision": .number(Double(revision)), "moved": .array(effect.moved.map { .string($0.short) }),
            "finish": ["before": json(effect.finish.before), "after": json(effect.finish.after)],
            "progress": [
                "before": effect.progress.before.map { .number($0) } ?? .null,
                "after": effect.progress.after.map { .number($0) } ?? .null,
            ],
            "found": .array(effect.found.map { json($0, visit.language) }),
            "gone": .array(effect.gone.map { json($0, visit.language) }),
            "words": .array(effect.clauses(today: site.today).map { .string($0[visit.language]) }),
        ]
    }

    private func json(_ day: Day?) -> JSONValue { day.map { .string($0.description) } ?? .null }

    private func revision(_ visit: Visit) throws -> Int {
        guard let revision = visit.parameters.get("revision").flatMap({ Int($0) }) else {
            throw NotFound(what: Label("没有这个版次。", "There is no such revision."))
        }
        return revision
    }
}
