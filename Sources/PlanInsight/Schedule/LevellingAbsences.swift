import PlanModel
import Scheduling
import WorkingTime

/// When tasks and people rest, as levelling counts time: working minutes of the plan's calendar from an origin.
///
/// It follows the schedule: of those assigned by name each works on their own time, so that others go on while one is away; a task of
/// fixed duration asks nobody; whoever has not joined yet is away.
struct LevellingAbsences {
    private let calendars: PlanCalendars
    private let origin: Int
    private let columns: [RecordID: Int]
    private let people: [RecordID: Typed<Person>]

    init(_ plan: Plan, _ calendars: PlanCalendars, origin: Int, columns: [RecordID: Int]) {
        self.calendars = calendars
        self.origin = origin
        self.columns = columns
        people = Dictionary(plan.all(Person.self).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// When all of a task stops.
    func pauses(_ task: Typed<PlanTask>) -> [Range<Int>] { minutes(task.pauses) }

    /// When those assigned are away, by their columns, in any of the ways in which the task may be done.
    func absences(_ ways: some Sequence<PlanSchedule>, _ index: Int) -> [Int: [Range<Int>]] {
        var found: [Int: [Range<Int>]] = [:]
        for schedule in ways {
            for person in named(index, in: schedule) {
                let away = rests(of: person)
                if let column = columns[person.id], !away.isEmpty { found[column] = away }
            }
        }
        return found
    }

    /// How long a task takes in a schedule without its pauses and anybody's absence.
    func length(_ index: Int, in schedule: PlanSchedule, _ pauses: [Range<Int>]) -> Int {
        guard let dates = schedule.schedule else { return 0 }
        let start = max(0, calendars.own.position(of: dates.start(of: index)) - origin)
        let whole = start..<max(start, calendars.own.position(of: dates.finish(of: index)) - origin)
        let named = named(index, in: schedule)
        // All by the plan's week: the same for each of them.
        if case .assigned(let work) = dates.network.activities[index].duration, named.allSatisfy({ $0.calendar == nil }),
            schedule.tasks[index].calendar == nil
        {
            return work.map(\.minutes).max() ?? whole.count
        }
        let away = named.map { (rests(of: $0) + pauses).united.within(whole) }.max() ?? pauses.within(whole)
        return whole.count - away
    }

    /// Those whose own time the task runs on.
    private func named(_ index: Int, in schedule: PlanSchedule) -> [Typed<Person>] {
        guard case .assigned? = schedule.schedule?.network.activities[index].duration else { return [] }
        return (schedule.tasks[index].assignments ?? []).compactMap { people[$0.who] }
    }

    private func rests(of person: Typed<Person>) -> [Range<Int>] {
        let joins = person.joinsOn.map { calendars.own.position(of: $0.start) - origin } ?? 0
        return (minutes(person.absences) + (joins > 0 ? [0..<joins] : [])).united
    }

    private func minutes(_ days: [ClosedRange<Day>]) -> [Range<Int>] {
        days.map { days in
            let start = max(0, calendars.own.position(of: days.lowerBound.start) - origin)
            return start..<max(start, calendars.own.position(of: (days.upperBound + 1).start) - origin)
        }.united
    }
}

extension [Range<Int>] {
    /// How much of them lies in a range.
    fileprivate func within(_ range: Range<Int>) -> Int { reduce(0) { $0 + $1.clamped(to: range).count } }
}
