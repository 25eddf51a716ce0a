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
    /// Whether it is dropped, or stands in a task that is: it gets dates, but counts for nothing.
    public let isInactive: Bool
    /// Working days.
    public let duration: Double
    /// Days between its first and last on which it stops.
    public let pauses: [ClosedRange<Day>]
    /// How much of its first and of its last day it is worked, 0…1; of a single day the first tells it. Whole where days are recorded.
    let firstShare: Double
    let lastShare: Double

    var isActiveLeaf: Bool { !isSummary && !isInactive }

    /// Whether it takes its people's time on the same days.
    func isWorked(as other: TaskDates) -> Bool {
        start == other.start && finish == other.finish && pauses == other.pauses && firstShare == other.firstShare
            && lastShare == other.lastShare && isSummary == other.isSummary
            && isInactive == other.isInactive
    }
}

/// A plan's schedule: every task's dates, float and place on the critical path.
public struct PlanSchedule: Sendable {
    /// In document order, as the plan's tasks.
    public let dates: [TaskDates]
    public let tasks: [Typed<PlanTask>]
    /// The places of the tasks that are open and have none within them.
    let openPlaces: [Int]
    private let positions: [RecordID: Int]
    /// The tasks of each ring of predecessors; its links do not count until it is broken.
    public let cycles: [[RecordID]]
    public let calendars: PlanCalendars
    /// The tasks of other plans that tasks of this one wait for.
    let external: ExternalTasks
    /// The network and its dates to the minute, for whoever explains, levels or simulates.
    public let schedule: Schedule?
    /// What the network was made from.
    private let network: TaskNetwork

    /// What everybody in the plan works by.
    public var calendar: WorkCalendar { calendars.own }

    /// - Complexity: O(tasks + links).
    /// - Parameters:
    ///   - workspace: where the calendars of the plans above it are, and the plans its predecessors stand in; the plan alone if left out.
    ///   - ignoresLevelling: whether tasks lie where they would without the delays that levelling gave them.
    public init(_ plan: Plan, in workspace: Workspace? = nil, today: Day, ignoresLevelling: Bool = false) {
        self.init(
            plan, in: workspace ?? Workspace(plans: [plan]), today: today, ignoresLevelling: ignoresLevelling, waiting: [])
    }

    /// - Parameter waiting: the plans whose schedules wait for this one's.
    init(_ plan: Plan, in workspace: Workspace, today: Day, ignoresLevelling: Bool = false, waiting: [PlanKey]) {
        let calendars = PlanCalendars(plan, in: workspace, today: today)
        let external = ExternalTasks(plan.all(PlanTask.self), of: plan, in: workspace, today: today, waiting: waiting)
        var network = TaskNetwork(plan, calendars, external, today: today)
        if ignoresLevelling { network.clearLevelling() }
        self.init(network)
    }

    /// The schedule of a plan as it stands now, made from an earlier one where few activities differ: equal to one made anew, but
    /// only what follows from those is computed.
    ///
    /// - Parameter changed: the places of the tasks that are all that differs in the workspace since `earlier`; `nil` if it is more.
    /// - Returns: with it the positions of the tasks that may differ from the earlier one; `nil` where all may.
    /// - Complexity: O(tasks) at a small constant, and the tasks affected.
    static func next(
        _ plan: Plan, in workspace: Workspace, today: Day, after earlier: PlanSchedule?, changed: Set<Int>? = nil
    ) -> (schedule: PlanSchedule, affected: Set<Int>?) {
        func anew() -> TaskNetwork {
            let external = ExternalTasks(plan.all(PlanTask.self), of: plan, in: workspace, today: today, waiting: [])
            return TaskNetwork(plan, PlanCalendars(plan, in: workspace, today: today), external, today: today)
        }
        let carried = earlier.flatMap { earlier in
            changed.flatMap { TaskNetwork(following: earlier.network, plan, changed: $0, today: today) }
        }
        let network = carried ?? anew()
        guard let (schedule, affected) = earlier?.following(network) else { return (PlanSchedule(network), nil) }
        return (schedule, affected)
    }

    private func following(_ network: TaskNetwork) -> (PlanSchedule, Set<Int>)? {
        guard cycles.isEmpty, let before = schedule, let changed = network.builder.changes(since: before.network),
            changed.count <= 100, calendars.minutesPerDay == network.calendars.minutesPerDay
        else { return nil }
        var after = before
        for position in changed {
            guard (try? after.update(network.builder.activities[position], at: position)) != nil else { return nil }
        }
        var affected = after.affected(since: before, updated: changed)
        for position in tasks.indices where tasks[position] != network.tasks[position] { affected.insert(position) }
        affected = affected.filter { $0 < tasks.count }
        var dates = dates
        for (position, new) in zip(affected, PlanSchedule.dates(after, network.tasks, network.calendars, at: Array(affected))) {
            dates[position] = new
        }
        return (PlanSchedule(network, after, dates), affected)
    }

    /// Whether most tasks are linked. A list of dated tasks is not a network and is not judged as one.
    var isNetwork: Bool { !dates.isEmpty && PlanSchedule.isNetwork(tasks, leaves: isLeaf) }

    /// Whether at least half the tasks wait for others: only then do float and critical path mean anything.
    var isLinked: Bool {
        let (count, linked) = PlanSchedule.links(tasks, leaves: isLeaf)
        return linked > 0 && linked * 2 >= count
    }

    /// - Parameter leaves: the places of the tasks that count.
    static func isNetwork(_ tasks: [Typed<PlanTask>], leaves: (Int) -> Bool) -> Bool {
        let (count, linked) = links(tasks, leaves: leaves)
        return count >= 5 && linked * 2 > count
    }

    private static func links(_ tasks: [Typed<PlanTask>], leaves: (Int) -> Bool) -> (count: Int, linked: Int) {
        var (count, linked) = (0, 0)
        for place in tasks.indices where leaves(place) {
            count += 1
            if !(tasks[place].predecessors ?? []).isEmpty { linked += 1 }
        }
        return (count, linked)
    }

    /// Whether the task at a place has none within it and is not dropped.
    func isLeaf(at place: Int) -> Bool { dates[place].isActiveLeaf }

    private static func openPlaces(_ tasks: [Typed<PlanTask>], _ dates: [TaskDates]) -> [Int] {
        dates.indices.filter { dates[$0].isActiveLeaf && tasks[$0].share < 1 }
    }

    /// The dates the links alone give: nothing is held to no later than a day. Constraints are kept in the schedule itself even
    /// where predecessors finish too late for them, so this tells whether they can be met.
    static func relaxed(_ plan: Plan, like other: PlanSchedule, today: Day) -> PlanSchedule {
        PlanSchedule(TaskNetwork(plan, other.calendars, other.external, today: today, isRelaxed: true))
    }

    private init(_ given: TaskNetwork) {
        var network = given
        let (built, rings) = network.build()
        let schedule = built?.schedule()
        let dates = schedule.map { PlanSchedule.dates($0, given.tasks, given.calendars) }
        self.init(network, schedule, dates ?? [], cycles: rings)
    }

    private init(_ network: TaskNetwork, _ schedule: Schedule?, _ dates: [TaskDates], cycles: [[Int]] = []) {
        tasks = network.tasks
        calendars = network.calendars
        external = network.external
        self.network = network
        positions = network.positions
        self.cycles = cycles.map { $0.map { network.tasks[$0].id } }
        self.schedule = schedule
        self.dates = dates
        openPlaces = PlanSchedule.openPlaces(network.tasks, dates)
    }

    /// The tasks of another schedule on other dates.
    init(_ schedule: Schedule, like other: PlanSchedule) {
        tasks = other.tasks
        calendars = other.calendars
        external = other.external
        network = other.network
        positions = other.positions
        cycles = other.cycles
        self.schedule = schedule
        dates = PlanSchedule.dates(schedule, other.tasks, other.calendars)
        openPlaces = PlanSchedule.openPlaces(other.tasks, dates)
    }

    private static func dates(_ schedule: Schedule, _ tasks: [Typed<PlanTask>], _ calendars: PlanCalendars) -> [TaskDates] {
        dates(schedule, tasks, calendars, at: Array(tasks.indices))
    }

    private static func dates(
        _ schedule: Schedule, _ tasks: [Typed<PlanTask>], _ calendars: PlanCalendars, at places: [Int]
    ) -> [TaskDates] {
        Array(count: places.count, stretch: 500) { number in
            schedule.taskDates(at: places[number], of: tasks, calendars)
        }
    }

    public subscript(task: RecordID) -> TaskDates? {
        guard let position = positions[task], position < dates.count else { return nil }
        return dates[position]
    }

    public func position(of task: RecordID) -> Int? { positions[task] }

    /// The task of an activity of the network: one of the plan, or of another.
    func task(at activity: Int) -> Typed<PlanTask> {
        activity < tasks.count ? tasks[activity] : external.known[activity - tasks.count].task
    }

    /// Tasks of the plan, by position, that wait for tasks of other plans.
    var waitingOutside: Set<Int> {
        Set((schedule?.network.links ?? []).filter { $0.predecessor >= tasks.count }.map(\.successor))
    }

    /// The first and last day of what is not dropped.
    public var start: Day? { dates.lazy.compactMap { $0.isInactive ? nil : $0.start }.min() }
    public var finish: Day? { dates.lazy.compactMap { $0.isInactive ? nil : $0.finish }.max() }
    public var criticalCount: Int { dates.count { $0.isCritical && !$0.isSummary } }
    /// Working days by which the tasks that have a baseline finish later than these, taken together; `nil` without any.
    public var daysAfterBaseline: Int? {
        let planned = dates.indices.compactMap { place in
            dates[place].isInactive ? nil : tasks[place].baselineFinish.map { (baseline: $0, finish: dates[place].finish) }
        }
        guard let baseline = planned.map(\.baseline).max(), let finish = planned.map(\.finish).max() else { return nil }
        return workingDays(from: baseline, to: finish)
    }
}

extension Schedule {
    /// What was recorded stays as it was recorded, also on days that nobody works.
    fileprivate func taskDates(at index: Int, of tasks: [Typed<PlanTask>], _ calendars: PlanCalendars) -> TaskDates {
        let clocks = network.clocks(of: index)
        func first(_ instant: Int) -> Day {
            Day(instant: clocks.lazy.map { network.calendars[$0].nextWorkingInstant(onOrAfter: instant) }.min() ?? instant)
        }
        func last(_ instant: Int, notBefore start: Day) -> Day {
            let last = clocks.lazy.map { network.calendars[$0].previousWorkingInstant(onOrBefore: instant) }.max()
            return max(start, Day(instant: (last ?? instant) - 1))
        }
        let dates = dates(of: index)
        let (from, to) = (dates.start, dates.finish)
        let isPoint = from == to
        let (begun, ended) = recorded(index, tasks)
        let span = recordedSpan(index, tasks)
        let computed = begun ?? (isPoint ? Day(instant: max(from - 1, 0)) : first(from))
        let start = min(computed, span?.lowerBound ?? computed)
        let end = ended ?? (isPoint ? start : last(to, notBefore: start))
        let finish = max(end, span?.upperBound ?? end)
        let earlyStart = begun ?? (isPoint ? start : first(dates.earlyStart))
        let lateStart = begun ?? (isPoint ? Day(instant: max(dates.lateStart - 1, 0)) : first(dates.lateStart))
        let clock = clocks.first.map { network.calendars[$0] } ?? calendars.own
        /// How much of a day's working time lies between start and finish.
        func share(of day: Day) -> Double {
            let whole = clock.workingMinutes(from: day.start, to: (day + 1).start)
            let part = clock.workingMinutes(from: max(from, day.start), to: min(to, (day + 1).start))
            return whole > 0 && part > 0 ? Double(part) / Double(whole) : 1
        }
        let (isSummary, isInactive) = (network.isSummary(index), network.activities[index].mode == .inactive)
        let stops =
            isSummary
            ? []
            : (tasks[index].pauses + waits(index, after: start)).filter { $0.lowerBound > start && $0.upperBound < finish }.sorted
            {
                $0.lowerBound < $1.lowerBound
            }
        let stopped = stops.reduce(0) {
            $0 + calendars.own.workingMinutes(from: $1.lowerBound.start, to: ($1.upperBound + 1).start)
        }
        return TaskDates(
            start: start, finish: finish,
            earlyStart: earlyStart, earlyFinish: ended ?? (isPoint ? start : last(dates.earlyFinish, notBefore: earlyStart)),
            lateStart: lateStart, lateFinish: ended ?? (isPoint ? lateStart : last(dates.lateFinish, notBefore: lateStart)),
            totalFloat: calendars.days(totalFloat(of: index)), freeFloat: calendars.days(freeFloat(of: index)),
            isCritical: isCritical(index) && !isInactive, isSummary: isSummary, isInactive: isInactive,
            duration: calendars.days(calendars.own.workingMinutes(from: from, to: to) - stopped), pauses: stops,
            firstShare: begun == nil && !isPoint ? share(of: start) : 1,
            lastShare: ended == nil && !isPoint ? share(of: finish) : 1)
    }
}

extension Schedule {
    /// The days between what is done of a task and the rest of it, which waits for its predecessors.
    private func waits(_ index: Int, after start: Day) -> [ClosedRange<Day>] {
        guard let rest = rest(of: index) else { return [] }
        let (first, last) = (max(Day(instant: max(rest.stopped - 1, 0)), start) + 1, Day(instant: rest.resumes) - 1)
        return first <= last ? [first...last] : []
    }

    /// The days that were recorded for a task's start and finish.
    private func recorded(_ index: Int, _ tasks: [Typed<PlanTask>]) -> (start: Day?, finish: Day?) {
        guard !network.isSummary(index), network.activities[index].progress != .notStarted else { return (nil, nil) }
        let ended = tasks[index].isFinished ? tasks[index].actualFinish : nil
        return (tasks[index].actualStart, ended)
    }

    /// The days recorded for the parts of a summary; `nil` without any, and for tasks without parts.
    private func recordedSpan(_ index: Int, _ tasks: [Typed<PlanTask>]) -> ClosedRange<Day>? {
        guard network.isSummary(index) else { return nil }
        let days = network.countedParts(of: index).flatMap { part in
            let (start, finish) = recorded(part, tasks)
            return [start, finish].compactMap { $0 }
        }
        return days.min().flatMap { first in days.max().map { first...$0 } }
    }
}

extension NetworkBuilder {
    /// The activities that differ from those of a network; `nil` where anything else does.
    fileprivate func changes(since network: Network) -> [Int]? {
        guard activities.count == network.activities.count, links == network.links, options == network.options,
            calendars.map(\.layers) == network.calendars.map(\.layers)
        else { return nil }
        return activities.indices.filter { activities[$0] != network.activities[$0] }
    }
}

extension Network {
    /// The numbers of the calendars an activity is worked on: its own, or those of its people.
    fileprivate func clocks(of activity: Int) -> [Int] {
        if case .assigned(let work) = activities[activity].duration, !isSummary(activity) {
            guard let first = work.first?.calendar else { return [] }
            return work.allSatisfy { $0.calendar == first } ? [first] : Array(Set(work.map(\.calendar)))
        }
        return [activities[activity].calendar ?? options.calendar]
    }
}
