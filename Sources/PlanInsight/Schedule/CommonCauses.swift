import PlanModel
import Scheduling

/// Common causes as groups of correlated sources of uncertainty. What stands in two of them counts in the first.
struct CommonCauses {
    private(set) var groups: [CorrelationGroup] = []
    /// Tasks and risks that count in an earlier cause, by the later one.
    private(set) var repeated: [RecordID: [RecordID]] = [:]
    /// What of each cause is uncertain and counts.
    private(set) var counted: [RecordID: Int] = [:]

    /// - Parameters:
    ///   - number: the activities by their tasks.
    ///   - events: the risk behind each event; `seasonal`: that behind each calendar risk.
    init(_ plan: Plan, _ uncertain: UncertainPlan, _ number: [RecordID: Int], _ events: [RecordID], _ seasonal: [RecordID]) {
        func sources(_ id: RecordID) -> [UncertaintySource] {
            if let activity = number[id] {
                return uncertain.activities[activity].duration.isCertain ? [] : [.duration(activity: activity)]
            }
            return events.indices.filter { events[$0] == id }.map { .risk($0) }
                + seasonal.indices.filter { seasonal[$0] == id }.flatMap { index in
                    uncertain.calendarRisks[index].periods.indices.map { .calendarRisk(index, period: $0) }
                }
        }
        var seen: Set<RecordID> = []
        for cause in plan.all(CommonCause.self) {
            let named = (cause.tasks ?? []) + (cause.risks ?? [])
            repeated[cause.id] = named.filter { seen.contains($0) }
            let fresh = named.filter { seen.insert($0).inserted }.filter { !sources($0).isEmpty }
            counted[cause.id] = fresh.count
            guard fresh.count > 1 else { continue }
            groups.append(CorrelationGroup(fresh.flatMap(sources), strength: .common(cause.strength ?? 0)))
        }
    }
}

extension Estimate {
    fileprivate var isCertain: Bool { if case .fixed = self { true } else { false } }
}
