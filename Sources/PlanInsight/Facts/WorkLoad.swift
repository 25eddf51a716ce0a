import PlanModel
import WorkingTime

/// How much of each person's time the schedule takes, by working day.
public struct WorkLoad: Sendable {
    /// Days on which a person is planned for more than they can give, taken together.
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

    /// Units by day for each person, 1 = one full-time person.
    public let byPerson: [RecordID: [Day: Double]]
    public let capacities: [RecordID: Double]
    public let overloads: [Overload]

    /// - Complexity: O(assigned task days).
    init(_ plan: Plan, _ schedule: PlanSchedule) {
        let people = plan.all(Person.self)
        let times = Dictionary(
            people.map { ($0.id, schedule.calendars.time(of: $0) ?? schedule.calendar) }, uniquingKeysWith: { first, _ in first })
        var load: [RecordID: [Day: Double]] = [:]
        var tasksOn: [RecordID: [(range: ClosedRange<Day>, task: RecordID)]] = [:]
        for (task, dates) in zip(schedule.tasks, schedule.dates)
        where !dates.isSummary && !dates.isInactive && task.share < 1 && dates.finish - dates.start < 2000 {
            let first = max(dates.start, task.actualStart ?? dates.start)
            let whole = Occurrence(days: first...max(dates.finish, first), share: 1)
            let spans = task.isRecurring ? schedule.occurrences(of: task) : [whole]
            for share in task.assignments ?? [] where share.who.prefix == Person.names.prefix {
                tasksOn[share.who, default: []] += spans.map { ($0.days, task.id) }
                let time = times[share.who] ?? schedule.calendar
                for span in spans {
                    for day in span.days where time.isWorkingDay(day) && !dates.pauses.contains(where: { $0.contains(day) }) {
                        load[share.who, default: [:]][day, default: 0] += share.units * span.share
                    }
                }
            }
        }
        byPerson = load
        capacities = Dictionary(
            people.map { ($0.id, ($0.capacity ?? 1) * ($0.share ?? 1)) }, uniquingKeysWith: { first, _ in first })
        overloads = people.compactMap { person in WorkLoad.overload(person, load[person.id] ?? [:], tasksOn[person.id] ?? []) }
    }

    private static func overload(
        _ person: Typed<Person>, _ load: [Day: Double], _ tasks: [(range: ClosedRange<Day>, task: RecordID)]
    ) -> Overload? {
        let capacity = (person.capacity ?? 1) * (person.share ?? 1)
        let days = load.filter { $0.value > capacity + 1e-9 }.keys.sorted()
        guard let from = days.first, let until = days.last, capacity > 0 else { return nil }
        let involved = tasks.filter { entry in days.contains { entry.range.contains($0) } }.map(\.task).withoutRepeats
        return Overload(
            person: person.id, from: from, until: until, days: days.count, peak: (load.values.max() ?? 0) / capacity,
            tasks: involved)
    }
}

extension [RecordID] {
    /// Each once, where it comes first.
    fileprivate var withoutRepeats: [RecordID] {
        var seen: Set<RecordID> = []
        return filter { seen.insert($0).inserted }
    }
}
