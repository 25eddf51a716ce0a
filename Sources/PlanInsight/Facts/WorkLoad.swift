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

    /// Of each person and role with tasks.
    public let byPerson: [RecordID: DayLoad]
    /// At most, where it changes over time.
    public let capacities: [RecordID: Double]
    /// Names of those with a capacity, people first.
    public let names: [(id: RecordID, name: String)]
    private let staffing: Staffing
    public let overloads: [Overload]

    /// - Parameter step: from facts whose loads hold for everybody who has no part in a task it reached.
    /// - Complexity: O(assigned task days), after a step of those who have.
    init(_ plan: Plan, _ schedule: PlanSchedule, after step: FactsStep? = nil) {
        let staffing = Staffing(plan)
        let busy = step.flatMap { WorkLoad.sources(reachedBy: $0, schedule, staffing) }
        let counted = busy?.sorted() ?? Array(staffing.sources.indices)
        let parts = WorkLoad.parts(of: counted, staffing, schedule)
        let shared = WorkingDays(schedule.calendar, schedule)
        let loads = Array(count: counted.count) { number in
            let source = staffing.sources[counted[number]]
            let own = plan.record(source.id, as: Person.self).flatMap { schedule.calendars.time(of: $0) }
            return WorkLoad.load(source, parts[number], schedule, own.map { WorkingDays($0, schedule) } ?? shared)
        }
        var byPerson = step.flatMap { busy == nil ? nil : $0.earlier.load.byPerson } ?? [:]
        var overloads: [RecordID: Overload] = [:]
        for overload in step.flatMap({ busy == nil ? nil : $0.earlier.load.overloads }) ?? [] {
            overloads[overload.person] = overload
        }
        for (place, load) in zip(counted, loads) {
            byPerson[staffing.sources[place].id] = load.days
            overloads[staffing.sources[place].id] = load.overload
        }
        self.byPerson = byPerson
        self.overloads = staffing.sources.compactMap { overloads[$0.id] }
        self.staffing = staffing
        capacities = Dictionary(staffing.sources.map { ($0.id, $0.peak) }, uniquingKeysWith: { first, _ in first })
        names = staffing.sources.map { ($0.id, $0.name) }
    }

    /// A task by its place in the schedule, and with how many units somebody is on it.
    private typealias Part = (task: Int, units: Double)

    /// The parts of each of those counted.
    private static func parts(of counted: [Int], _ staffing: Staffing, _ schedule: PlanSchedule) -> [[Part]] {
        var parts: [[Part]] = Array(repeating: [], count: counted.count)
        guard !counted.isEmpty else { return parts }
        var numbers: [Int?] = Array(repeating: nil, count: staffing.sources.count)
        for (number, place) in counted.enumerated() { numbers[place] = number }
        for task in schedule.openPlaces where schedule.dates[task].finish - schedule.dates[task].start < 2000 {
            for share in schedule.tasks[task].assignments ?? [] {
                guard let number = staffing.place(of: share.who).flatMap({ numbers[$0] }) else { continue }
                parts[number].append((task, share.units))
            }
        }
        return parts
    }

    private static func load(
        _ source: Staffing.Source, _ parts: [Part], _ schedule: PlanSchedule, _ working: WorkingDays
    ) -> (days: DayLoad?, overload: Overload?) {
        var sums = DaySums()
        var tasks: [(range: ClosedRange<Day>, task: RecordID)] = []
        for part in parts {
            let (task, dates) = (schedule.tasks[part.task], schedule.dates[part.task])
            let first = max(dates.start, task.actualStart ?? dates.start)
            let whole = Occurrence(days: first...max(dates.finish, first), share: 1)
            for span in task.isRecurring ? schedule.occurrences(of: task) : [whole] {
                tasks.append((span.days, task.id))
                sums.add(part.units * span.share, on: span.days, except: dates.pauses, working)
            }
            guard !task.isRecurring else { continue }
            // Of a day on which it begins or ends, another may have the rest.
            if first == dates.start, dates.firstShare < 1 {
                sums.add(part.units * (dates.firstShare - 1), on: first...first, except: dates.pauses, working)
            }
            if dates.finish > first, dates.lastShare < 1 {
                sums.add(part.units * (dates.lastShare - 1), on: dates.finish...dates.finish, except: dates.pauses, working)
            }
        }
        let days = DayLoad(sums)
        return (days, days.flatMap { overload(source, $0, tasks) })
    }

    /// The places of those who take part, before or after, in a task that the step changed or moved; `nil` where it reached all.
    private static func sources(reachedBy step: FactsStep, _ schedule: PlanSchedule, _ staffing: Staffing) -> Set<Int>? {
        guard let affected = step.affected else { return nil }
        let (before, after) = (step.earlier.schedule, schedule)
        let moved = affected.filter { step.changed.contains($0) || !before.dates[$0].isWorked(as: after.dates[$0]) }
        var places: Set<Int> = []
        for place in moved where places.count < staffing.sources.count {
            for share in (before.tasks[place].assignments ?? []) + (after.tasks[place].assignments ?? []) {
                if let source = staffing.place(of: share.who) { places.insert(source) }
            }
        }
        return places
    }

    /// Person days planned over capacity.
    var excess: Double {
        staffing.sources.reduce(0) { sum, source in
            sum + (byPerson[source.id]?.days.reduce(0) { $0 + max(0, $1.units - source.limit(on: $1.day)) } ?? 0)
        }
    }

    private static func overload(
        _ source: Staffing.Source, _ load: DayLoad, _ tasks: [(range: ClosedRange<Day>, task: RecordID)]
    ) -> Overload? {
        let over = load.days.filter { $0.units > source.limit(on: $0.day) + 1e-9 }
        guard let from = over.first?.day, let until = over.last?.day, source.peak > 0 else { return nil }
        // Of the days up to each, how many are over: a range holds one where the count differs at its ends.
        var counts = Array(repeating: 0, count: until - from + 2)
        for (day, _) in over { counts[day - from + 1] = 1 }
        for index in counts.indices.dropFirst() { counts[index] += counts[index - 1] }
        let involved = tasks.filter { entry in
            let (low, high) = (max(entry.range.lowerBound, from), min(entry.range.upperBound, until))
            return low <= high && counts[low - from] < counts[high - from + 1]
        }
        return Overload(
            person: source.id, from: from, until: until, days: over.count,
            peak: over.reduce(0) { max($0, $1.units / (source.limit(on: $1.day) > 0 ? source.limit(on: $1.day) : source.peak)) },
            tasks: involved.map(\.task).withoutRepeats)
    }
}

extension [RecordID] {
    /// Each once, where it comes first.
    fileprivate var withoutRepeats: [RecordID] {
        var seen: Set<RecordID> = []
        return filter { seen.insert($0).inserted }
    }
}

/// Which days are worked on a calendar, known beforehand from the first to the last day of a schedule.
private struct WorkingDays: Sendable {
    private let calendar: WorkCalendar
    private let first: Day
    private let flags: [Bool]

    init(_ calendar: WorkCalendar, _ schedule: PlanSchedule) {
        self.calendar = calendar
        first = schedule.start ?? Day(number: 0)
        let last = min(schedule.finish ?? first, first + 20_000)
        flags = first <= last ? (first...last).map(calendar.isWorkingDay) : []
    }

    func contains(_ day: Day) -> Bool {
        let place = day - first
        return flags.indices.contains(place) ? flags[place] : calendar.isWorkingDay(day)
    }
}

/// Units of work by day, 1 = one full-time person.
public struct DayLoad: Sendable, Hashable {
    /// The first day with work, and the units of each day from it to the last with work.
    public let first: Day
    private let units: [Double]

    /// `nil` where there is no work.
    fileprivate init?(_ sums: DaySums) {
        guard let start = sums.sums.firstIndex(where: { $0 != 0 }), let end = sums.sums.lastIndex(where: { $0 != 0 }) else {
            return nil
        }
        first = Day(number: sums.first + start)
        units = Array(sums.sums[start...end])
    }

    public var last: Day { first + (units.count - 1) }

    public subscript(day: Day) -> Double { (first...last).contains(day) ? units[day - first] : 0 }

    /// The days with work, ascending.
    public var days: [(day: Day, units: Double)] {
        units.indices.filter { units[$0] != 0 }.map { (first + $0, units[$0]) }
    }

    /// The same, to look up.
    public var byDay: [Day: Double] { Dictionary(uniqueKeysWithValues: days.map { ($0.day, $0.units) }) }
}

/// Units by day while they are added up, in one stretch of memory.
private struct DaySums {
    private(set) var first = 0
    private(set) var sums: [Double] = []

    mutating func add(_ units: Double, on days: ClosedRange<Day>, except pauses: [ClosedRange<Day>], _ working: WorkingDays) {
        let (low, high) = (Int(days.lowerBound.number), Int(days.upperBound.number))
        reach(low, high)
        for number in low...high {
            let day = Day(number: number)
            if working.contains(day), !pauses.contains(where: { $0.contains(day) }) { sums[number - first] += units }
        }
    }

    private mutating func reach(_ low: Int, _ high: Int) {
        if sums.isEmpty { first = low }
        if low < first {
            sums.insert(contentsOf: repeatElement(0, count: first - low), at: 0)
            first = low
        }
        if high - first >= sums.count { sums += repeatElement(0, count: high - first + 1 - sums.count) }
    }
}
