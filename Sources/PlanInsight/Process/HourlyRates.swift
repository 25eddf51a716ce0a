import PlanModel

/// What an hour of a role's work costs in the plan's currency, and where that is known from.
public struct HourlyRate: Sendable, Hashable {
    public enum Basis: String, Sendable, CaseIterable {
        case typed, people, mean, unknown

        public var label: Label {
            switch self {
            case .typed: Label("填写", "typed")
            case .people: Label("人员的人天成本", "cost per day of these people")
            case .mean: Label("无人担任，取计划人员的平均", "nobody holds it: the mean of the plan's people")
            case .unknown: Label("未知，按零计", "unknown, taken as nothing")
            }
        }
    }

    public let perHour: Double
    public let basis: Basis
}

/// The rates of a plan's people by the names that processes call them by.
///
/// A role's rate is the mean of the cost per day of those who hold it, or whose post, department or own name it is, weighted by capacity,
/// over the hours of a day; a role that nobody has is given the mean of all. Costs in another currency do not count.
struct HourlyRates {
    private let people: [Typed<Person>]
    private let holders: [String: Set<RecordID>]
    private let hoursPerDay: Double
    private let typed: Double?

    /// - Parameter typed: goes before all others.
    init(_ plan: Plan, hoursPerDay: Double, typed: Double?) {
        people = plan.all(Person.self).filter { $0.costPerDay?.currency == plan.currency && ($0.capacity ?? 1) > 0 }
        holders = Dictionary(
            plan.all(Role.self).map { ($0.title ?? "", Set($0.holders ?? [])) }, uniquingKeysWith: { $0.union($1) })
        self.hoursPerDay = hoursPerDay
        self.typed = typed
    }

    func rate(of role: String) -> HourlyRate {
        if let typed { return HourlyRate(perHour: typed, basis: .typed) }
        let own = people.filter { person in
            holders[role]?.contains(person.id) == true || [person.post, person.department, person.name].contains(role)
        }
        if let perHour = mean(own) { return HourlyRate(perHour: perHour, basis: .people) }
        return mean(people).map { HourlyRate(perHour: $0, basis: .mean) } ?? HourlyRate(perHour: 0, basis: .unknown)
    }

    private func mean(_ people: [Typed<Person>]) -> Double? {
        let heads = people.reduce(0) { $0 + ($1.capacity ?? 1) }
        guard heads > 0, hoursPerDay > 0 else { return nil }
        let costs = people.reduce(0) { $0 + ($1.costPerDay?.approximate ?? 0) * ($1.capacity ?? 1) }
        return costs / heads / hoursPerDay
    }
}
