import Scheduling
import WorkingTime

/// The network of a project file, with the way back from activities to tasks.
public struct MSPDINetwork: Sendable {
    public let network: Network
    /// Task of each activity, by its place in `MSPDIProject.tasks`; the same order.
    public let uids: [Int]
}

extension MSPDIProject {
    /// Makes the network that Microsoft Project would schedule.
    ///
    /// - Throws: `MSPDIError.unschedulable` where links run in a circle, naming the tasks.
    public func network() throws(MSPDIError) -> MSPDINetwork {
        var construction = MSPDIConstruction(self)
        do {
            return MSPDINetwork(network: try construction.build(), uids: tasks.map(\.uid))
        } catch {
            throw .unschedulable(describe(error))
        }
    }

    private func describe(_ error: ScheduleError) -> String {
        switch error {
        case .cycle(let path):
            "tasks wait for each other: " + path.map { "\(tasks[$0].uid) \(tasks[$0].name)" }.joined(separator: " → ")
        case .unknownReference(let what): what
        }
    }

    /// The computed schedule, a row a task in the order of the file:
    /// `uid,early_start,early_finish,late_start,late_finish,start,finish,total_slack_min,free_slack_min,critical`.
    public func scheduleCSV() throws(MSPDIError) -> String {
        let made = try network()
        let schedule = made.network.schedule()
        var rows = ["uid,early_start,early_finish,late_start,late_finish,start,finish,total_slack_min,free_slack_min,critical"]
        for (activity, uid) in made.uids.enumerated() {
            let dates = [
                schedule.earlyStart(of: activity), schedule.earlyFinish(of: activity), schedule.lateStart(of: activity),
                schedule.lateFinish(of: activity), schedule.start(of: activity), schedule.finish(of: activity),
            ].map(MSPDIText.text).joined(separator: ",")
            let floats = "\(schedule.totalFloat(of: activity)),\(schedule.freeFloat(of: activity))"
            rows.append("\(uid),\(dates),\(floats),\(schedule.isCritical(activity) ? 1 : 0)")
        }
        return rows.joined(separator: "\n") + "\n"
    }
}

/// Puts activities, links and calendars together.
private struct MSPDIConstruction {
    private let project: MSPDIProject
    private var builder: NetworkBuilder
    private var indexOfCalendar: [[CalendarLayer]: Int] = [:]
    private var intersections: [[Int]: Int] = [:]
    private let resources: [Int: MSPDIProject.Resource]
    private let assignments: [Int: [MSPDIProject.Assignment]]

    init(_ project: MSPDIProject) {
        self.project = project
        let layers = project.calendarUID.flatMap { project.calendars[$0] } ?? [.standardWeek]
        var options = SchedulingOptions(
            direction: project.direction, progressRule: project.splitsTasksInProgress ? .retainedLogic : .progressOverride,
            criticalFloat: project.criticalFloat,
            multipleCriticalPaths: project.multipleCriticalPaths)
        options.datesMayPrecedeStart = true
        builder = NetworkBuilder(options: options, calendars: [WorkCalendar(layers: layers)])
        indexOfCalendar[layers] = 0
        resources = Dictionary(project.resources.map { ($0.uid, $0) }) { first, _ in first }
        assignments = Dictionary(grouping: project.assignments, by: \.taskUID)
    }

    mutating func build() throws(ScheduleError) -> Network {
        for (task, parent) in zip(project.tasks, parents()) { builder.add(activity(task, parent: parent)) }
        addLinks()
        return try builder.build()
    }

    /// The nearest task above with a lower outline level; what is nested deeper than anyone outlines hangs on the deepest.
    private func parents() -> [Int?] {
        var open: [Int] = []
        return project.tasks.enumerated().map { index, task in
            while let last = open.last, project.tasks[last].outlineLevel >= task.outlineLevel { open.removeLast() }
            defer { if open.count < 200 { open.append(index) } }
            return open.last
        }
    }

    private mutating func addLinks() {
        let indexOfTask = Dictionary(project.tasks.enumerated().map { ($1.uid, $0) }) { first, _ in first }
        for (successor, task) in project.tasks.enumerated() {
            for link in task.links {
                guard let predecessor = indexOfTask[link.predecessorUID], predecessor != successor else { continue }
                guard !isAncestor(predecessor, of: successor), !isAncestor(successor, of: predecessor) else { continue }
                builder.link(predecessor, successor, link.kind, lag: link.lag)
            }
        }
    }

    /// Links between a summary and its own parts say nothing.
    private func isAncestor(_ ancestor: Int, of index: Int) -> Bool {
        var at = builder.activities[index].parent
        while let parent = at {
            if parent == ancestor { return true }
            at = builder.activities[parent].parent
        }
        return false
    }

    // MARK: One activity

    private mutating func activity(_ task: MSPDIProject.Task, parent: Int?) -> Activity {
        var activity = Activity(duration: task.duration, constraint: task.constraint, deadline: task.deadline, parent: parent)
        activity.levellingDelay = task.levellingDelay
        activity.calendar = task.calendarUID.flatMap { project.calendars[$0] }.map { index(of: $0) }
        var remaining = task.remaining
        if case .working = task.duration, !task.isFixedDuration { place(task, &activity, &remaining) }
        activity.pauses = pauses(task, activity)
        activity.progress = progress(task, activity.duration, remaining: remaining)
        if !task.isActive { activity.mode = .inactive }
        if let dates = task.manualDates, task.actualStart == nil {
            activity.mode = .manual(start: dates.start, finish: dates.finish)
        }
        return activity
    }

    /// Working minutes between the pieces of a split task that is yet to begin, on the calendar it runs on.
    /// Where the people are on other calendars, a gap in their work may be their absence, and none is read.
    private mutating func pauses(_ task: MSPDIProject.Task, _ activity: Activity) -> Int {
        guard task.actualStart == nil, let clock = clock(of: activity) else { return 0 }
        let own = assignments[task.uid] ?? []
        for assignment in own where resources[assignment.resourceUID]?.isWork == true {
            guard self.clock(of: assignment, task: activity.calendar) == clock else { return 0 }
        }
        let stretches = own.flatMap(\.remainingStretches).sorted { $0.lowerBound < $1.lowerBound }
        guard let first = stretches.first else { return 0 }
        var reach = first.upperBound
        var pauses = 0
        for stretch in stretches {
            if stretch.lowerBound > reach {
                pauses += builder.calendars[clock].workingMinutes(from: reach, to: stretch.lowerBound)
            }
            reach = max(reach, stretch.upperBound)
        }
        return pauses
    }

    /// The one calendar an activity runs on; `nil` for several or the wall clock.
    private func clock(of activity: Activity) -> Int? {
        switch activity.duration {
        case .working: activity.calendar ?? 0
        case .elapsed: nil
        case .assigned(let work): work.count == 1 ? work[0].calendar : nil
        }
    }

    /// Puts the work on the calendars of the people who do it.
    private mutating func place(_ task: MSPDIProject.Task, _ activity: inout Activity, _ remaining: inout Int?) {
        let staffed = (assignments[task.uid] ?? []).filter { resources[$0.resourceUID]?.isWork == true }
        guard !staffed.isEmpty, !(task.ignoresResourceCalendars && activity.calendar != nil) else { return }
        let clocks = staffed.map { clock(of: $0, task: activity.calendar) }
        if Set(clocks).count == 1, let clock = clocks.first {
            // One calendar for all: the duration says it all, contours and delays included.
            if case .working(let minutes) = activity.duration, clock != (activity.calendar ?? 0) {
                activity.duration = .assigned([AssignedWork(calendar: clock, minutes: minutes)])
            }
            return
        }
        let parts = zip(staffed, clocks).filter { $0.0.isFlat && $0.0.units > 0 && $0.0.work > 0 }
        guard !parts.isEmpty else { return }
        let work = parts.map { assignment, clock in
            var part = AssignedWork(calendar: clock, work: assignment.work, units: assignment.units)
            part.minutes += assignment.delay
            return part
        }
        activity.duration = .assigned(work)
        remaining = parts.map { AssignedWork(calendar: 0, work: $0.0.remainingWork, units: $0.0.units).minutes }.max()
    }

    /// The resource's calendar, within the task's own if it has one.
    private mutating func clock(of assignment: MSPDIProject.Assignment, task: Int?) -> Int {
        let layers = resources[assignment.resourceUID]?.calendarUID.flatMap { project.calendars[$0] }
        let own = layers.map { index(of: $0) } ?? 0
        guard let task, task != own else { return own }
        if let known = intersections[[task, own]] { return known }
        let both = builder.add(calendar: WorkCalendar(intersecting: builder.calendars[task], builder.calendars[own]))
        intersections[[task, own]] = both
        return both
    }

    private mutating func index(of layers: [CalendarLayer]) -> Int {
        if let known = indexOfCalendar[layers] { return known }
        let index = builder.add(calendar: WorkCalendar(layers: layers))
        indexOfCalendar[layers] = index
        return index
    }

    private func progress(_ task: MSPDIProject.Task, _ duration: ActivityDuration, remaining: Int?) -> ActivityProgress {
        guard let start = task.actualStart else { return .notStarted }
        if let finish = task.actualFinish { return .finished(start: start, finish: max(start, finish)) }
        let total: Int =
            switch duration {
            case .working(let minutes), .elapsed(let minutes): minutes
            case .assigned(let work): work.map(\.minutes).max() ?? 0
            }
        let left = remaining ?? total * (100 - max(0, min(100, task.percentComplete))) / 100
        // A task with a start but nothing done goes on from its start, whatever its predecessors do.
        let begun = left >= total ? start : nil
        let resume = task.resume.map { max($0, task.stop ?? start) } ?? begun
        return .started(start: start, remaining: left, resume: resume)
    }
}
