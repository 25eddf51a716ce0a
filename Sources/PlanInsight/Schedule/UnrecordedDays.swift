import PlanModel
import Scheduling
import WorkingTime

/// Work that is begun or done and has no days recorded for it: it lies where the plan had it, but no later than the day that the plan's
/// data is from.
struct UnrecordedDays: Sendable {
    /// The places of such work.
    private var places: Set<Int> = []
    /// The plan as it would lie if only what is recorded had happened; needed only where there is such work.
    private var planned: Schedule?
    /// Where the day ends that the plan's data is from.
    private let cutoff: Int

    /// - Parameters:
    ///   - network: the activities with what is recorded.
    ///   - day: the last that such work may lie on.
    /// - Complexity: O(tasks), and O(tasks + links) where there is such work.
    init(_ network: TaskNetwork, until day: Day) {
        cutoff = (day + 1).start
        places = Set(network.tasks.indices.filter { isUnrecorded($0, network) })
        guard !places.isEmpty else { return }
        var plain = network
        plain.builder.options.statusDate = nil
        planned = plain.build().network?.schedule()
    }

    /// The same of a later snapshot, in which nothing but the activities at some places is different.
    ///
    /// - Returns: `nil` where it is not known from this one.
    func following(_ network: TaskNetwork, changed: Set<Int>) -> UnrecordedDays? {
        var later = self
        for place in changed {
            if isUnrecorded(place, network) { later.places.insert(place) } else { later.places.remove(place) }
            guard later.planned != nil else { continue }
            guard (try? later.planned?.update(network.builder.activities[place], at: place)) != nil else { return nil }
        }
        return later.places.isEmpty || later.planned != nil ? later : nil
    }

    /// Puts the work where it lies.
    ///
    /// - Complexity: O(such work).
    func place(in network: inout TaskNetwork) {
        guard let planned else { return }
        for place in places {
            let task = network.tasks[place]
            let activity = network.builder.activities[place]
            let clock = network.builder.calendars[activity.calendar ?? network.builder.options.calendar]
            network.builder.activities[place].progress =
                task.isFinished
                ? finished(task, activity, planned.dates(of: place), clock)
                : started(task, activity, planned.dates(of: place), clock, network.calendars)
            network.builder.activities[place].mode = .automatic
        }
    }

    /// Of what is done and has no finish that has come, and of what is begun and has no start. What a person keeps by hand, or does
    /// again and again, is not begun by being under way.
    private func isUnrecorded(_ place: Int, _ network: TaskNetwork) -> Bool {
        let (task, activity) = (network.tasks[place], network.builder.activities[place])
        guard activity.mode != .inactive, !TaskNetwork.isSummary(network.tasks, place) else { return false }
        if case .finished = activity.progress { return false }
        if task.isFinished { return true }
        return activity.progress == .notStarted && task.isUnderWay && task.isManual != true && !task.isRecurring
    }

    private func finished(_ task: Typed<PlanTask>, _ activity: Activity, _ dates: ActivityDates, _ clock: WorkCalendar)
        -> ActivityProgress
    {
        guard dates.finish > cutoff else { return .finished(start: dates.start, finish: dates.finish) }
        let end = clock.previousWorkingInstant(onOrBefore: cutoff)
        let begun = task.actualStart == nil ? activity.duration.start(before: end, clock) : dates.start
        return .finished(start: min(begun, end), finish: end)
    }

    private func started(
        _ task: Typed<PlanTask>, _ activity: Activity, _ dates: ActivityDates, _ clock: WorkCalendar, _ calendars: PlanCalendars
    ) -> ActivityProgress {
        let remaining = calendars.remaining(of: task, total: activity.duration.minutes)
        let done = max(1, activity.duration.minutes - remaining)
        return .started(start: min(dates.start, clock.subtracting(done, from: cutoff)), remaining: remaining)
    }
}

extension ActivityDuration {
    /// Where what finishes at an instant begins.
    fileprivate func start(before finish: Int, _ clock: WorkCalendar) -> Int {
        if case .elapsed(let minutes) = self { return finish - minutes }
        return clock.subtracting(minutes, from: finish)
    }
}

extension Typed where K == PlanTask {
    /// Whether somebody is at it.
    fileprivate var isUnderWay: Bool { self.state == .doing || self.state != .dropped && self.share > 0 }
}
