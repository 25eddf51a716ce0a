import Hummingbird
import PlanInsight
import PlanModel

/// Records to choose from while somebody types an id or a name.
extension APIRoutes {
    static let mostChoices = 12

    /// Those of the kinds `kinds=T,RO` whose id or title contains `q`: the plan's own first, then those of other plans in use.
    ///
    /// - Complexity: O(records of the kinds).
    func choices(_ request: Request, _ plan: Plan) -> JSONValue {
        let query = request.queryFields
        let kinds = (query["kinds"] ?? "").split(separator: ",").compactMap { Kind.withPrefix[String($0)] }
        let wanted = (query["q"] ?? "").trimmed.lowercased()
        let plans = [plan] + site.store.workspace.plansInUse.filter { $0.key != plan.key }
        var found: [JSONValue] = []
        for plan in plans {
            for record in kinds.lazy.flatMap({ plan.records($0) }) where matches(record, wanted) {
                found.append([
                    "id": .string(record.id.text(seenFrom: plans[0].key)), "title": .string(record.title),
                    "plan": .string(plan.title),
                ])
                if found.count == Self.mostChoices { return .array(found) }
            }
        }
        return .array(found)
    }

    private func matches(_ record: Record, _ wanted: String) -> Bool {
        wanted.isEmpty || record.id.short.lowercased().hasPrefix(wanted) || record.title.lowercased().contains(wanted)
    }
}
