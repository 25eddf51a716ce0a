import PlanModel
import Scheduling
import WorkingTime

/// A plan's tasks as a network of activities, in document order.
struct TaskNetwork {
    let tasks: [Typed<PlanTask>]
    let positions: [RecordID: Int]
    private(set) var builder: NetworkBuilder

    /// Working minutes of a day of the standard shift.
    static let minutesPerDay = 480

    /// - Parameter isRelaxed: whether dates that hold a task to no later than a day are left out, so that links alone decide.
    init(_ plan: Plan, calendar: WorkCalendar, today: Day, isRelaxed: Bool = false) {
        let tasks = plan.all(PlanTask.self)
        self.tasks = tasks
        positions = Dictionary(tasks.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        let start = plan.fields.start ?? tasks.compactMap(\.start).min() ?? today
        var options = SchedulingOptions(direction: .fromStart(start.start))
        if plan.fields.scheduleFromFinish == true, let finish = plan.fields.finish {
            options.direction = .fromFinish((finish + 1).start)
        }
        options.statusDate = plan.fields.statusDate.map { ($0 + 1).start }
        builder = NetworkBuilder(options: options, calendars: [calendar])
        let absentees = TaskNetwork.addCalendars(of: plan, to: &builder)
        for (index, task) in tasks.enumerated() {
            builder.activities.append(
                TaskNetwork.activity(task, calendar: calendar, absentees, isSummary: TaskNetwork.isSummary(tasks, index)))
            if isRelaxed { builder.activities[index].constraint = builder.activities[index].constraint.relaxed }
            builder.activities[index].parent = task.record.parent.flatMap {
                positions[RecordID(plan: plan.key, prefix: task.id.prefix, number: $0)]
            }
        }
        for (index, task) in tasks.enumerated() {
            for link in task.predecessors ?? [] {
                guard let predecessor = positions[link.predecessor] else { continue }
                builder.link(predecessor, index, link.relation.kind, lag: link.lag.scheduled)
            }
        }
    }

    /// A calendar for each person who is away at times; the others work as the plan does.
    private static func addCalendars(of plan: Plan, to builder: inout NetworkBuilder) -> [RecordID: Int] {
        var indices: [RecordID: Int] = [:]
        for person in plan.all(Person.self) where !person.absences.isEmpty {
            let layer = CalendarLayer(exceptions: person.absences.map { CalendarException($0, .closed) })
            indices[person.id] = builder.add(calendar: WorkCalendar(layers: builder.calendars[0].layers + [layer]))
        }
        return indices
    }

    static func isSummary(_ tasks: [Typed<PlanTask>], _ index: Int) -> Bool {
        index + 1 < tasks.count && tasks[index + 1].record.parent == tasks[index].id.number
    }

    mutating func clearLevelling() {
        for index in builder.activities.indices { builder.activities[index].levellingDelay = 0 }
    }

    /// The network without the links of a cycle, where there is one, with the tasks of each cycle found.
    mutating func build() -> (network: Network?, cycles: [[Int]]) {
        var cycles: [[Int]] = []
        for _ in 0..<50 {
            do throws(ScheduleError) { return (try builder.build(), cycles) } catch {
                guard case .cycle(let path) = error, !path.isEmpty else { return (nil, cycles) }
                cycles.append(path)
                let members = Set(path.flatMap { [$0] + descendants(of: $0) })
                let before = builder.links.count
                builder.links.removeAll { members.contains($0.predecessor) && members.contains($0.successor) }
                if builder.links.count == before { return (nil, cycles) }
            }
        }
        return (nil, cycles)
    }

    private func descendants(of index: Int) -> [Int] {
        var inside: Set<Int> = [index]
        var found: [Int] = []
        for later in (index + 1)..<max(index + 1, builder.activities.count) {
            guard let parent = builder.activities[later].parent, inside.contains(parent) else { break }
            inside.insert(later)
            found.append(later)
        }
        return found
    }

    // MARK: One task

    private static func activity(_ task: Typed<PlanTask>, calendar: WorkCalendar, _ absentees: [RecordID: Int], isSummary: Bool)
        -> Activity
    {
        let duration = duration(task, calendar)
        var activity = Activity(duration: staffed(duration, task, absentees))
        activity.constraint = constraint(task, calendar)
        activity.deadline = task.deadline.map { ($0 + 1).start }
        if isSummary { return activity }
        activity.progress = progress(task, duration, calendar)
        activity.levellingDelay = max(0, task.levellingDelay?.minutes(perDay: minutesPerDay) ?? 0)
        if task.state == .dropped { activity.mode = .inactive }
        return activity
    }

    /// Work waits for those who are away: it lasts as long as the longest of its people takes on a calendar of their own.
    private static func staffed(_ duration: ActivityDuration, _ task: Typed<PlanTask>, _ absentees: [RecordID: Int])
        -> ActivityDuration
    {
        guard case .working(let minutes) = duration, minutes > 0, !absentees.isEmpty, let shares = task.assignments,
            shares.contains(where: { absentees[$0.who] != nil })
        else { return duration }
        return .assigned(shares.map { AssignedWork(calendar: absentees[$0.who] ?? 0, minutes: minutes) })
    }

    /// The duration given, or the effort shared by those assigned, or the working time between start and finish, or a day.
    static func duration(_ task: Typed<PlanTask>, _ calendar: WorkCalendar) -> ActivityDuration {
        if task.isMilestone == true, task.duration == nil { return .working(0) }
        if let duration = task.duration {
            let minutes = max(0, duration.minutes(perDay: minutesPerDay))
            return duration.unit.isElapsed ? .elapsed(minutes) : .working(minutes)
        }
        if let effort = task.effort {
            let units = (task.assignments ?? []).reduce(0) { $0 + $1.units }
            if units > 0 { return .working(max(0, Int((Double(effort.minutes(perDay: minutesPerDay)) / units).rounded()))) }
        }
        if let start = task.start, let due = task.due, due >= start {
            return .working(max(0, calendar.workingMinutes(from: start.start, to: (due + 1).start)))
        }
        return .working(minutesPerDay)
    }

    /// A start date typed for a task without predecessors holds it there, as a person would expect.
    private static func constraint(_ task: Typed<PlanTask>, _ calendar: WorkCalendar) -> DateConstraint {
        if let constraint = task.constraint, constraint != .asSoonAsPossible {
            guard let date = task.constraintDate else {
                return constraint == .asLateAsPossible ? .asLateAsPossible : .asSoonAsPossible
            }
            switch constraint {
            case .asSoonAsPossible: return .asSoonAsPossible
            case .asLateAsPossible: return .asLateAsPossible
            case .mustStartOn: return .mustStartOn(date.start)
            case .mustFinishOn: return .mustFinishOn((date + 1).start)
            case .startNoEarlierThan: return .startNoEarlierThan(date.start)
            case .startNoLaterThan: return .startNoLaterThan(date.start)
            case .finishNoEarlierThan: return .finishNoEarlierThan((date + 1).start)
            case .finishNoLaterThan: return .finishNoLaterThan((date + 1).start)
            }
        }
        guard task.predecessors?.isEmpty ?? true else { return .asSoonAsPossible }
        if let start = task.start { return .startNoEarlierThan(start.start) }
        if let due = task.due {
            return .startNoEarlierThan(calendar.subtracting(duration(task, calendar).minutes, from: (due + 1).start))
        }
        return .asSoonAsPossible
    }

    private static func progress(_ task: Typed<PlanTask>, _ duration: ActivityDuration, _ calendar: WorkCalendar)
        -> ActivityProgress
    {
        let total = duration.minutes
        let start = task.actualStart ?? task.start
        if task.isFinished, let finish = task.actualFinish ?? task.due ?? start {
            let begun = start ?? finish
            return .finished(
                start: calendar.nextWorkingInstant(onOrAfter: begun.start),
                finish: max(begun.start, total == 0 ? finish.start : (finish + 1).start))
        }
        guard let begun = task.actualStart else { return .notStarted }
        let remaining =
            task.remaining?.minutes(perDay: minutesPerDay) ?? Int((Double(total) * (1 - (task.progress ?? 0))).rounded())
        return .started(start: calendar.nextWorkingInstant(onOrAfter: begun.start), remaining: remaining)
    }
}

extension DateConstraint {
    /// What the constraint still asks where a task may come later than its date.
    var relaxed: DateConstraint {
        switch self {
        case .mustStartOn(let date): .startNoEarlierThan(date)
        case .mustFinishOn(let date): .finishNoEarlierThan(date)
        case .startNoLaterThan, .finishNoLaterThan: .asSoonAsPossible
        default: self
        }
    }
}

extension ActivityDuration {
    var minutes: Int {
        switch self {
        case .working(let minutes), .elapsed(let minutes): minutes
        case .assigned(let work): work.map(\.minutes).max() ?? 0
        }
    }
}

extension TaskLink.Relation {
    var kind: Scheduling.Link.Kind {
        switch self {
        case .finishToStart: .finishToStart
        case .startToStart: .startToStart
        case .finishToFinish: .finishToFinish
        case .startToFinish: .startToFinish
        }
    }
}

extension TaskLink.Lag {
    var scheduled: Scheduling.Lag {
        switch self {
        case .none: .none
        case .time(let duration) where duration.unit.isElapsed: .elapsed(duration.minutes())
        case .time(let duration): .working(duration.minutes(perDay: TaskNetwork.minutesPerDay))
        case .share(let share): .percent(share * 100)
        }
    }
}
