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
        let places = busy?.sorted() ?? Array(staffing.sources.indices)
        let counted = places.map { staffing.sources[$0] }
        let shared = DayFlags(schedule.calendar)
        var days = counted.map { source in
            let person = plan.record(source.id, as: Person.self)
            return DaySums(working: person.flatMap { schedule.calendars.time(of: $0) }.map(DayFlags.init) ?? shared)
        }
        var numbers: [Int?] = Array(repeating: nil, count: staffing.sources.count)
        for (number, place) in places.enumerated() { numbers[place] = number }
        var tasksOn: [[(range: ClosedRange<Day>, task: RecordID)]] = Array(repeating: [], count: counted.count)
        for index in schedule.dates.indices where !counted.isEmpty && schedule.isOpenLeaf(at: index) {
            let parts = (schedule.tasks[index].assignments ?? []).compactMap { share in
                staffing.place(of: share.who).flatMap { numbers[$0] }.map { (source: $0, units: share.units) }
            }
            let (task, dates) = (schedule.tasks[index], schedule.dates[index])
            guard !parts.isEmpty, dates.finish - dates.start < 2000 else { continue }
            let first = max(dates.start, task.actualStart ?? dates.start)
            let whole = Occurrence(days: first...max(dates.finish, first), share: 1)
            let spans = task.isRecurring ? schedule.occurrences(of: task) : [whole]
            for part in parts {
                for span in spans {
                    tasksOn[part.source].append((span.days, task.id))
                    days[part.source].add(part.units * span.share, on: span.days, except: dates.pauses)
                }
            }
        }
        var byPerson = step.flatMap { busy == nil ? nil : $0.earlier.load.byPerson } ?? [:]
        var overloads: [RecordID: Overload] = [:]
        for overload in step.flatMap({ busy == nil ? nil : $0.earlier.load.overloads }) ?? [] {
            overloads[overload.person] = overload
        }
        for (index, source) in counted.enumerated() {
            let load = DayLoad(days[index])
            byPerson[source.id] = load
            overloads[source.id] = load.flatMap { WorkLoad.overload(source, $0, tasksOn[index]) }
        }
        self.byPerson = byPerson
        self.overloads = staffing.sources.compactMap { overloads[$0.id] }
        self.staffing = staffing
        capacities = Dictionary(staffing.sources.map { ($0.id, $0.peak) }, uniquingKeysWith: { first, _ in first })
        names = staffing.sources.map { ($0.id, $0.name) }
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

/// Which days are worked on a calendar, each asked for once.
private final class DayFlags {
    private let calendar: WorkCalendar
    private var known: [UInt8] = []
    private var first = 0

    init(_ calendar: WorkCalendar) { self.calendar = calendar }

    func isWorking(_ day: Int) -> Bool {
        if known.isEmpty { first = day }
        if day < first {
            known.insert(contentsOf: repeatElement(0, count: first - day), at: 0)
            first = day
        }
        while day - first >= known.count { known.append(0) }
        if known[day - first] == 0 { known[day - first] = calendar.isWorkingDay(Day(number: day)) ? 2 : 1 }
        return known[day - first] == 2
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
    let working: DayFlags
    private(set) var first = 0
    private(set) var sums: [Double] = []

    init(working: DayFlags) { self.working = working }

    mutating func add(_ units: Double, on days: ClosedRange<Day>, except pauses: [ClosedRange<Day>]) {
        let (low, high) = (Int(days.lowerBound.number), Int(days.upperBound.number))
        reach(low, high)
        for day in low...high
        where working.isWorking(day) && !pauses.contains(where: { $0.contains(Day(number: day)) }) {
            sums[day - first] += units
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
