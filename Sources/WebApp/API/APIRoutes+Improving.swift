import Hummingbird
import PlanInsight
import PlanModel

/// What is asked of single notes and procedures.
extension APIRoutes {
    /// A risk of a note.
    func makeRisk(_ request: Request, _ visit: Visit) async throws -> JSONValue {
        let (plan, object) = (try site.plan(visit), try await object(request))
        let note = try site.record(visit, in: plan)
        guard note.kind == Kind.of(RiskNote.self) else {
            throw NotFound(what: Label("只有风险便签可以变成风险。", "Only risk notes become risks."))
        }
        let made = try BrainstormWriter(writer: RecordWriter(site: site, plan: plan)).makeRisk(
            of: note.id, base: try base(request, object, present: plan.revision))
        return [
            "revision": .number(Double(made.committed.plan.revision)),
            "record": made.committed.plan.record(made.risk).map { json($0, made.committed.plan) } ?? .null,
        ]
    }

    /// What a version of a procedure says otherwise than the one before, or than the one that `?from=` names.
    func procedureDifference(_ request: Request, _ visit: Visit) throws -> JSONValue {
        let plan = try site.plan(visit)
        guard let procedure = Typed<Procedure>(try site.record(visit, in: plan)) else {
            throw NotFound(what: Label("只有标准操作程序有版本的差别。", "Only procedures have versions to compare."))
        }
        let from = request.queryFields["from"]
        let earlier = from.flatMap { RecordID($0, in: plan.key) }
        guard from == nil || earlier != nil, let found = ProcedureDifference(procedure, from: earlier, in: plan) else {
            throw NotFound(what: Label("没有可以比较的版本。", "There is no version to compare with."))
        }
        return [
            "earlier": .string(found.earlier.id.short), "later": .string(found.later.id.short),
            "parts": .array(
                found.parts.map { part in
                    [
                        "field": .string(part.field.key), "label": .string(part.field.label[visit.language]),
                        "lines": .array(part.difference.lines.map(json)),
                    ]
                }),
        ]
    }

    private func json(_ line: TextDifference.Line) -> JSONValue {
        switch line {
        case .same(let text): ["change": "same", "text": .string(text)]
        case .removed(let text): ["change": "removed", "text": .string(text)]
        case .added(let text): ["change": "added", "text": .string(text)]
        }
    }
}
