import PlanModel
import WorkingTime

/// What people and roles can give over time.
///
/// A person gives capacity × share from joining to leaving. A role gives its head-count; else what the head-count plan has available for
/// the post of its name; else what its holders give together. A role that one person alone holds, without a count of its own, is that
/// person.
public struct Staffing: Sendable {
    /// Somebody, or some, whom tasks take time of.
    struct Source: Sendable {
        let id: RecordID
        let name: String
        /// From a day on (`nil`: from ever) so many units, 1 = one full-time person; ascending.
        let steps: [(from: Day?, units: Double)]
        let isRole: Bool

        var peak: Double { steps.map(\.units).max() ?? 0 }

        func units(on day: Day) -> Double { steps.last { $0.from.map { $0 <= day } ?? true }?.units ?? 0 }

        /// What load is judged against. That somebody has not joined yet or has left is a finding of its own.
        func limit(on day: Day) -> Double { isRole ? units(on: day) : peak }
    }

    /// People first, then roles, in document order.
    let sources: [Source]
    private let positions: [RecordID: Int]
    private let soleHolders: [RecordID: RecordID]

    init(_ plan: Plan) {
        let people = plan.all(Person.self).map(Staffing.source)
        let byID = Dictionary(people.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let available = Staffing.available(plan)
        var (roles, sole): ([Source], [RecordID: RecordID]) = ([], [:])
        for role in plan.all(Role.self) {
            let holders = (role.holders ?? []).compactMap { byID[$0] }
            if let count = role.count {
                roles.append(Source(id: role.id, name: role.title ?? "", steps: [(nil, count)], isRole: true))
            } else if let series = role.title.flatMap({ available[$0] }) {
                roles.append(Source(id: role.id, name: role.title ?? "", steps: Staffing.steps(series), isRole: true))
            } else if holders.count == 1 {
                sole[role.id] = holders[0].id
            } else if !holders.isEmpty {
                roles.append(Source(id: role.id, name: role.title ?? "", steps: Staffing.sum(holders), isRole: true))
            }
        }
        sources = people + roles
        soleHolders = sole
        positions = Dictionary(sources.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Whose time a share takes; `nil` for a role of which nobody says how many there are.
    func source(of who: RecordID) -> Source? { place(of: who).map { sources[$0] } }

    /// The place of that source among all.
    func place(of who: RecordID) -> Int? { positions[soleHolders.isEmpty ? who : soleHolders[who] ?? who] }

    private static func source(_ person: Typed<Person>) -> Source {
        let units = (person.capacity ?? 1) * (person.share ?? 1)
        var steps: [(from: Day?, units: Double)] = person.joinsOn.map { [(nil, 0), ($0, units)] } ?? [(nil, units)]
        if let leaves = person.leavesOn { steps.append((leaves + 1, 0)) }
        return Source(id: person.id, name: person.name ?? person.id.short, steps: steps, isRole: false)
    }

    /// The head-count plan by post; several rows of one post, such as of regions, add up.
    private static func available(_ plan: Plan) -> [String: [Series]] {
        var found: [String: [Series]] = [:]
        for row in plan.all(Headcount.self) {
            if let post = row.post, let series = row.available, !series.isEmpty { found[post, default: []].append(series) }
        }
        return found
    }

    /// The first value holds before the first day, too.
    private static func steps(_ all: [Series]) -> [(from: Day?, units: Double)] {
        let days = Set(all.flatMap(\.days)).sorted()
        return days.enumerated().map { number, day in
            (number == 0 ? nil : day, all.reduce(0) { $0 + ($1.latest(on: day)?.value ?? $1.values.first ?? 0) })
        }
    }

    private static func sum(_ holders: [Source]) -> [(from: Day?, units: Double)] {
        let days = Set(holders.flatMap { $0.steps.compactMap(\.from) }).sorted()
        let start = holders.reduce(0) { $0 + ($1.steps.first?.units ?? 0) }
        return [(nil, start)] + days.map { day in (day, holders.reduce(0) { $0 + $1.units(on: day) }) }
    }
}
