import PlanModel
import WorkingTime

/// One time that something recurring is done.
public struct Occurrence: Sendable, Hashable {
    public let days: ClosedRange<Day>
    /// Of a working day: 0.25 for two hours of eight, 1 for one or more days.
    public let share: Double
}

extension PlanSchedule {
    /// The times a recurring task is done, from its start to its finish; empty for tasks that do not recur.
    ///
    /// A time lasts as long as the task's duration, or its effort shared by those assigned; a day where it has neither.
    public func occurrences(of task: Typed<PlanTask>) -> [Occurrence] {
        guard let frequency = task.recurrence, task.isRecurring, let dates = self[task.id], !dates.isInactive,
            dates.start <= dates.finish
        else { return [] }
        let minutes = max(1, calendars.duration(ofOne: task))
        let share = min(1, calendars.days(minutes))
        let days = frequency.occurrences(
            from: task.start ?? dates.start, in: dates.start...dates.finish, until: task.due, calendar: calendar)
        return days.map { first in
            let last = Day(instant: calendar.adding(minutes, to: first.start) - 1)
            return Occurrence(days: first...max(first, last), share: share)
        }
    }
}

extension PlanCalendars {
    /// Working minutes of one time of a recurring task.
    func duration(ofOne task: Typed<PlanTask>) -> Int {
        task.duration == nil && task.effort == nil ? minutesPerDay : duration(of: task).minutes
    }
}

extension Typed where K == PlanTask {
    /// Whether it is done again and again.
    public var isRecurring: Bool { self.recurrence != nil && self.recurrence != .once }
}
