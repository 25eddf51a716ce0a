import PlanModel
import Scheduling
import WorkingTime

/// A chain of tasks that could delay the plan, in the order of work.
public struct TaskPath: Sendable, Hashable {
    public let tasks: [RecordID]
    /// Working days the chain may slip before it delays the finish.
    public let relativeFloat: Double
}

extension PlanSchedule {
    /// The chain of driving links that ends in the latest finish, whatever deadlines do to the floats.
    public var longestPath: [RecordID] { (schedule?.longestPath() ?? []).map { task(at: $0).id } }

    /// Tasks that become critical if they slip by two weeks or less, the tightest first.
    public var nearCritical: [RecordID] {
        let limit = 2 * calendars.minutesPerDay * calendars.daysPerWeek
        return (schedule?.nearCritical(upTo: limit) ?? []).filter { $0 < tasks.count }.map { tasks[$0].id }
    }

    /// The paths to the finish in the order in which they matter, the first the one that drives it.
    ///
    /// - Complexity: O((tasks + links) · count).
    public func paths(atMost count: Int) -> [TaskPath] {
        (schedule?.floatPaths(count: count) ?? []).map { path in
            TaskPath(tasks: path.activities.map { task(at: $0).id }, relativeFloat: calendars.days(path.relativeFloat))
        }
    }

    /// The predecessor that decides when a task starts; `nil` where a date does.
    public func driver(of task: RecordID) -> RecordID? {
        guard let position = position(of: task), let driver = schedule?.drivingPredecessor(of: position) else { return nil }
        return self.task(at: driver.activity).id
    }

    /// Working days from one day to another; negative where the other is earlier.
    public func workingDays(from: Day, to: Day) -> Int {
        if to < from { return -workingDays(from: to, to: from) }
        return to == from ? 0 : ((from + 1)...to).count { calendar.isWorkingDay($0) }
    }
}
