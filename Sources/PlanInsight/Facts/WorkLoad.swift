import PlanModel
import WorkingTime

/// How much of the time of each person and role the schedule takes, by working day.
public struct WorkLoad: Sendable {
    /// Days on which a person or role is planned for more than they can give, taken together.
    public struct Overload: Sendable, Hashable {
        public let person: RecordID
        public let from: Day
        public let until: Day
        /// Working days over capacity.
        public let days: Int
        /// The highest load over capacity: 1.5 is half as much again.
        public let peak: Double
        public let tasks: [RecordID]
    }

    /// Units by day for each person or role, 1 = one full-time person.
    public let byPerson: [RecordID: [Day: Double]]
    /// At most, where it changes over time.
    public let capacities: [RecordID: Double]
    /// Names of those with a capacity, people first.
    public let names: [(id: RecordID, name: String)]
    private let staffing: Staffing
    public let overloads: [Overload]

    /// - Complexity: O(assigned task days).
    init(_ plan: Plan, _ schedule: PlanSchedule) {
        let staffing = Staffing(plan)
        let absences = Dictionary(plan.all(Person.self).map { ($0.id, $0.absences) }, uniquingKeysWith: { first, _ in first })
        var load: [RecordID: [Day: Double]] = [:]
        var tasksOn: [RecordID: [(range: ClosedRange<Day>, task: RecordID)]] = [:]
        for (task, dates) in zip(schedule.tasks, schedule.dates)
        where !dates.isSummary && task.state != .dropped && task.share < 1 && dates.finish - dates.start < 2000 {
            for share in task.assignments ?? [] {
                guard let who = staffing.source(of: share.who)?.id else { continue }
                let first = max(dates.start, task.actualStart ?? dates.start)
                let range = first...max(dates.finish, first)
                tasksOn[who, default: []].append((range, task.id))
                let away = absences[who] ?? []
                for day in range where schedule.calendar.isWorkingDay(day) && !away.contains(where: { $0.contains(day) }) {
                    load[who, default: [:]][day, default: 0] += share.units
                }
            }
        }
        byPerson = load
        capacities = Dictionary(staffing.sources.map { ($0.id, $0.peak) }, uniquingKeysWith: { first, _ in first })
        names = staffing.sources.map { ($0.id, $0.name) }
        self.staffing = staffing
        overloads = staffing.sources.compactMap { WorkLoad.overload($0, load[$0.id] ?? [:], tasksOn[$0.id] ?? []) }
    }

    /// Person days planned over capacity.
    var excess: Double {
        staffing.sources.reduce(0) { sum, source in
            sum + (byPerson[source.id] ?? [:]).reduce(0) { $0 + max(0, $1.value - source.limit(on: $1.key)) }
        }
    }

    private static func overload(
        _ source: Staffing.Source, _ load: [Day: Double], _ tasks: [(range: ClosedRange<Day>, task: RecordID)]
    ) -> Overload? {
        let days = load.filter { $0.value > source.limit(on: $0.key) + 1e-9 }.keys.sorted()
        guard let from = days.first, let until = days.last, source.peak > 0 else { return nil }
        let involved = tasks.filter { entry in days.contains { entry.range.contains($0) } }.map(\.task)
        return Overload(
            person: source.id, from: from, until: until, days: days.count,
            peak: days.reduce(0) { max($0, (load[$1] ?? 0) / (source.limit(on: $1) > 0 ? source.limit(on: $1) : source.peak)) },
            tasks: involved)
    }
}
