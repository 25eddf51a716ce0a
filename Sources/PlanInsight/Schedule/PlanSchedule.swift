import PlanModel
import Scheduling
import WorkingTime

/// When a task lies, as computed. Days are the first and last day on which it is worked.
public struct TaskDates: Sendable, Hashable {
    public let start: Day
    public let finish: Day
    public let earlyStart: Day
    public let earlyFinish: Day
    public let lateStart: Day
    public let lateFinish: Day
    /// Working days by which it may slip without delaying the plan; negative where a deadline or constraint is missed.
    public let totalFloat: Double
    /// Working days by which it may slip without delaying another task.
    public let freeFloat: Double
    public let isCritical: Bool
    public let isSummary: Bool
    /// Working days.
    public let duration: Double
}

/// A plan's schedule: every task's dates, float and place on the critical path.
public struct PlanSchedule: Sendable {
    /// In document order, as the plan's tasks.
    public let dates: [TaskDates]
    public let tasks: [Typed<PlanTask>]
    private let positions: [RecordID: Int]
    /// The tasks of each ring of predecessors; its links do not count until it is broken.
    public let cycles: [[RecordID]]
    public let calendar: WorkCalendar
    /// The network and its dates to the minute, for whoever explains, levels or simulates.
    public let schedule: Schedule?

    /// - Complexity: O(tasks + links).
    /// - Parameter ignoresLevelling: whether tasks lie where they would without the delays that levelling gave them.
    public init(_ plan: Plan, calendar: WorkCalendar = .china, today: Day, ignoresLevelling: Bool = false) {
        var network = TaskNetwork(plan, calendar: calendar, today: today)
        if ignoresLevelling { network.clearLevelling() }
        self.init(network, calendar)
    }

    /// The dates the links alone give: nothing is held to no later than a day. Constraints are kept in the schedule itself even
    /// where predecessors finish too late for them, so this tells whether they can be met.
    static func relaxed(_ plan: Plan, calendar: WorkCalendar, today: Day) -> PlanSchedule {
        PlanSchedule(TaskNetwork(plan, calendar: calendar, today: today, isRelaxed: true), calendar)
    }

    private init(_ given: TaskNetwork, _ calendar: WorkCalendar) {
        var network = given
        let (built, rings) = network.build()
        let tasks = network.tasks
        self.tasks = tasks
        self.calendar = calendar
        positions = network.positions
        cycles = rings.map { $0.map { tasks[$0].id } }
        let schedule = built?.schedule()
        self.schedule = schedule
        dates = schedule.map { schedule in tasks.indices.map { TaskDates(schedule, $0, calendar: calendar) } } ?? []
    }

    /// The tasks of another schedule on other dates.
    init(_ schedule: Schedule, like other: PlanSchedule) {
        tasks = other.tasks
        calendar = other.calendar
        positions = other.positions
        cycles = other.cycles
        self.schedule = schedule
        dates = other.tasks.indices.map { TaskDates(schedule, $0, calendar: other.calendar) }
    }

    public subscript(task: RecordID) -> TaskDates? {
        guard let position = positions[task], position < dates.count else { return nil }
        return dates[position]
    }

    public func position(of task: RecordID) -> Int? { positions[task] }

    public var start: Day? { dates.map(\.start).min() }
    public var finish: Day? { dates.map(\.finish).max() }
    public var criticalTasks: [RecordID] { zip(tasks, dates).filter { $1.isCritical && !$1.isSummary }.map { $0.0.id } }
}

extension TaskDates {
    init(_ schedule: Schedule, _ index: Int, calendar: WorkCalendar) {
        func first(_ instant: Int) -> Day { Day(instant: calendar.nextWorkingInstant(onOrAfter: instant)) }
        func last(_ instant: Int, notBefore start: Day) -> Day {
            max(start, Day(instant: calendar.previousWorkingInstant(onOrBefore: instant) - 1))
        }
        let isPoint = schedule.start(of: index) == schedule.finish(of: index)
        start = isPoint ? Day(instant: max(schedule.start(of: index) - 1, 0)) : first(schedule.start(of: index))
        finish = isPoint ? start : last(schedule.finish(of: index), notBefore: start)
        earlyStart = isPoint ? start : first(schedule.earlyStart(of: index))
        earlyFinish = isPoint ? start : last(schedule.earlyFinish(of: index), notBefore: earlyStart)
        lateStart = isPoint ? Day(instant: max(schedule.lateStart(of: index) - 1, 0)) : first(schedule.lateStart(of: index))
        lateFinish = isPoint ? lateStart : last(schedule.lateFinish(of: index), notBefore: lateStart)
        totalFloat = Double(schedule.totalFloat(of: index)) / Double(TaskNetwork.minutesPerDay)
        freeFloat = Double(schedule.freeFloat(of: index)) / Double(TaskNetwork.minutesPerDay)
        isCritical = schedule.isCritical(index)
        isSummary = schedule.network.isSummary(index)
        duration =
            Double(calendar.workingMinutes(from: schedule.start(of: index), to: schedule.finish(of: index)))
            / Double(TaskNetwork.minutesPerDay)
    }
}
