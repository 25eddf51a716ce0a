import PlanModel
import Scheduling
import WorkingTime

/// Makes activities of a plan's tasks.
struct TaskActivities {
    private(set) var clocks: TaskClocks
    private let planFinish: Day?
    /// The day that the plan's data is from.
    private let day: Day
    private var calendars: PlanCalendars { clocks.calendars }

    /// - Parameter planFinish: the day until which what recurs goes on unless it says otherwise.
    init(_ clocks: TaskClocks, planFinish: Day?, day: Day) {
        self.clocks = clocks
        self.planFinish = planFinish
        self.day = day
    }

    /// - Parameter isDropped: whether it, or a task it stands in, is not done any more.
    mutating func activity(_ task: Typed<PlanTask>, isSummary: Bool, isDropped: Bool) -> Activity {
        let duration = recurring(task) ?? calendars.duration(of: task)
        let number = clocks.number(task)
        let calendar = clocks[number]
        var activity = Activity(duration: isSummary ? .working(0) : staffed(duration, task))
        activity.constraint = constraint(task, duration, calendar)
        activity.deadline = task.deadline.map { ($0 + 1).start }
        if isDropped { activity.mode = .inactive }
        if isSummary { return activity }
        if number != 0 { activity.calendar = number }
        activity.progress = progress(task, duration, calendar)
        activity.levellingDelay = max(0, task.levellingDelay.map(calendars.minutes) ?? 0)
        if !isDropped, activity.progress == .notStarted, let dates = datesByHand(task, duration, calendar) {
            activity.mode = .manual(start: dates.start, finish: dates.finish)
            activity.constraint = .asSoonAsPossible
        }
        return activity
    }

    /// From the first time of what recurs to the last day it may fall on; `nil` for what does not recur.
    private func recurring(_ task: Typed<PlanTask>) -> ActivityDuration? {
        guard task.isRecurring, let start = task.start, let end = task.due ?? planFinish, end >= start else { return nil }
        return .working(calendars.own.workingMinutes(from: start.start, to: (end + 1).start))
    }

    /// Where people on other hours than the plan's are at work, each does their part on their own; a fixed duration asks nobody.
    private mutating func staffed(_ duration: ActivityDuration, _ task: Typed<PlanTask>) -> ActivityDuration {
        guard case .working(let minutes) = duration, minutes > 0, task.type != .fixedDuration, !task.isRecurring,
            let shares = task.assignments,
            shares.contains(where: { clocks.hasOwnTime($0.who) })
        else { return duration }
        return .assigned(shares.map { AssignedWork(calendar: clocks.number(task, person: $0.who), minutes: minutes) })
    }

    /// A start date typed for a task without predecessors holds it there, as a person would expect.
    private func constraint(_ task: Typed<PlanTask>, _ duration: ActivityDuration, _ calendar: WorkCalendar) -> DateConstraint {
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
            return .startNoEarlierThan(calendar.subtracting(duration.minutes, from: (due + 1).start))
        }
        return .asSoonAsPossible
    }

    /// The dates of a task that is scheduled by hand; `nil` where it is not, or has none.
    private func datesByHand(_ task: Typed<PlanTask>, _ duration: ActivityDuration, _ calendar: WorkCalendar) -> (
        start: Int, finish: Int
    )? {
        guard task.isManual == true else { return nil }
        let end = task.due.map { ($0 + 1).start }
        guard let start = task.start?.start ?? end.map({ calendar.subtracting(duration.minutes, from: $0) }) else { return nil }
        let begin = duration.minutes == 0 ? start : calendar.nextWorkingInstant(onOrAfter: start)
        return (begin, max(begin, end.map(calendar.previousWorkingInstant) ?? calendar.adding(duration.minutes, to: begin)))
    }

    /// What is recorded. What is done was due on a day that has come, or it was not finished on that day.
    private func progress(_ task: Typed<PlanTask>, _ duration: ActivityDuration, _ calendar: WorkCalendar) -> ActivityProgress {
        if task.isFinished, let finish = task.actualFinish ?? task.due.flatMap({ $0 <= day ? $0 : nil }) {
            let end = (finish + 1).start
            let begun =
                task.actualStart ?? task.start.flatMap { $0 <= finish ? $0 : nil }
                ?? Day(instant: calendar.subtracting(duration.minutes, from: end))
            return .finished(
                start: calendar.nextWorkingInstant(onOrAfter: begun.start),
                finish: max(begun.start, duration.minutes == 0 ? finish.start : end))
        }
        guard let begun = task.actualStart else { return .notStarted }
        return .started(
            start: calendar.nextWorkingInstant(onOrAfter: begun.start),
            remaining: calendars.remaining(of: task, total: duration.minutes))
    }
}

extension PlanCalendars {
    /// Minutes still to do of a task that is begun and takes a number of minutes in all.
    func remaining(of task: Typed<PlanTask>, total: Int) -> Int {
        task.remaining.map(minutes) ?? Int(nearest: Double(total) * (1 - task.share))
    }

    /// How long a task takes. Of duration and effort the one that its type keeps comes first: the effort, shared by those assigned, of
    /// tasks with fixed work or fixed units; of others the duration. Without either the working time between start and finish, or a day.
    func duration(of task: Typed<PlanTask>) -> ActivityDuration {
        if task.isMilestone == true, task.duration == nil { return .working(0) }
        let given = task.duration.map(duration)
        let shared = effortShared(task).map(ActivityDuration.working)
        switch task.type {
        case .fixedUnits?, .fixedWork?: if let found = shared ?? given { return found }
        case .fixedDuration?, nil: if let found = given ?? shared { return found }
        }
        if let start = task.start, let due = task.due, due >= start {
            return .working(max(0, own.workingMinutes(from: start.start, to: (due + 1).start)))
        }
        return .working(minutesPerDay)
    }

    private func duration(_ duration: WorkDuration) -> ActivityDuration {
        let minutes = max(0, minutes(duration))
        return duration.unit.isElapsed ? .elapsed(minutes) : .working(minutes)
    }

    /// Minutes that the effort takes those assigned, together.
    private func effortShared(_ task: Typed<PlanTask>) -> Int? {
        guard let effort = task.effort else { return nil }
        let units = task.units
        return units > 0 ? max(0, Int(nearest: Double(minutes(effort)) / units, within: WorkDuration.mostMinutes)) : nil
    }
}

extension Typed where K == PlanTask {
    /// Everybody's share in it, together; 1 is one full-time person.
    var units: Double { (self.assignments ?? []).reduce(0) { $0 + $1.units } }
}
