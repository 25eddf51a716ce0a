import PlanModel
import WorkingTime

/// The calendars tasks and people run on, by the number a network knows them by. The plan's own is number 0.
struct TaskClocks {
    private struct Key: Hashable {
        var task: RecordID?
        var person: RecordID?
        var pauses: [ClosedRange<Day>] = []
    }

    let calendars: PlanCalendars
    private(set) var all: [WorkCalendar]
    private var numbers: [Key: Int] = [Key(): 0]
    /// Of the people who do not work as the plan does.
    private let people: [RecordID: WorkCalendar]
    private var named: [RecordID: WorkCalendar] = [:]

    init(_ plan: Plan, _ calendars: PlanCalendars) {
        self.calendars = calendars
        all = [calendars.own]
        var people: [RecordID: WorkCalendar] = [:]
        for person in plan.all(Person.self) { people[person.id] = calendars.time(of: person) }
        self.people = people
        for task in plan.all(PlanTask.self) {
            if let id = task.calendar, named[id] == nil { named[id] = calendars.named(id) }
        }
    }

    subscript(number: Int) -> WorkCalendar { all[number] }

    func hasOwnTime(_ person: RecordID) -> Bool { people[person] != nil }

    /// The number of the calendar a task runs on, or somebody at work on it. Where both have hours of their own, those they share.
    mutating func number(_ task: Typed<PlanTask>, person: RecordID? = nil) -> Int {
        let pauses = task.pauses
        if pauses.isEmpty, task.calendar == nil, person.map({ people[$0] == nil }) ?? true { return 0 }
        var key = Key(pauses: pauses)
        if let id = task.calendar, named[id] != nil { key.task = id }
        if let person, people[person] != nil { key.person = person }
        if let known = numbers[key] { return known }
        let number = all.count
        all.append(calendar(key))
        numbers[key] = number
        return number
    }

    private func calendar(_ key: Key) -> WorkCalendar {
        let own = key.task.flatMap { named[$0] }
        let theirs = key.person.flatMap { people[$0] }
        let both = own.flatMap { own in theirs.map { WorkCalendar(intersecting: own, $0) } }
        let calendar = both ?? own ?? theirs ?? calendars.own
        return key.pauses.isEmpty ? calendar : WorkCalendar(layers: calendar.layers + [.closed(key.pauses)])
    }
}
