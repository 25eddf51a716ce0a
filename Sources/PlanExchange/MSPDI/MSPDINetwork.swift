import Scheduling
import WorkingTime

/// The network of a project file, with the way back from activities to tasks. Its unit of time is the tenth of a minute.
public struct MSPDINetwork: Sendable {
    public let network: Network
    /// Task of each activity, by its place in `MSPDIProject.tasks`; the same order.
    public let uids: [Int]
}

extension MSPDIProject {
    /// Makes the network that Microsoft Project would schedule.
    ///
    /// - Throws: `MSPDIError.ring` where links run in a circle, naming the tasks.
    public func network() throws(MSPDIError) -> MSPDINetwork {
        var construction = MSPDIConstruction(self)
        do {
            return MSPDINetwork(network: try construction.build(), uids: tasks.map(\.uid))
        } catch {
            throw refusal(error)
        }
    }

    private func refusal(_ error: ScheduleError) -> MSPDIError {
        switch error {
        case .cycle(let path): .ring(path.map { "\(tasks[$0].uid) \(tasks[$0].name)" })
        case .unknownReference(let what): .unschedulable(what)
        }
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
        options.noLaterMeansLate = true
        options.constraintsWinOverLinks = project.honoursConstraints
        builder = NetworkBuilder(options: options, calendars: [MSPDIConstruction.calendar(layers)])
        indexOfCalendar[layers] = 0
        resources = Dictionary(project.resources.map { ($0.uid, $0) }) { first, _ in first }
        assignments = Dictionary(grouping: project.assignments, by: \.taskUID)
    }

    mutating func build() throws(ScheduleError) -> Network {
        let parents = parents()
        let summaries = Set(parents.compactMap(\.self))
        for (index, task) in project.tasks.enumerated() {
            builder.add(activity(task, parent: parents[index], isSummary: summaries.contains(index)))
        }
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
                // A predecessor in another project has the numbers of that project, unless the file has a stand-in for it.
                guard !link.isCrossProject || project.tasks[predecessor].external != nil else { continue }
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

    private mutating func activity(_ task: MSPDIProject.Task, parent: Int?, isSummary: Bool) -> Activity {
        var activity = Activity(duration: task.duration, constraint: task.constraint, deadline: task.deadline, parent: parent)
        activity.levellingDelay = levellingDelay(task)
        activity.isProject = task.isOwnProject
        activity.calendar = task.calendarUID.flatMap { project.calendars[$0] }.map { index(of: $0) }
        let staff = staff(of: task, activity)
        if Set(staff.map(\.clock)).count > 1 {
            share(task, among: staff, &activity)
        } else {
            place(task, with: staff.first?.clock, &activity)
        }
        if !isSummary, task.external == nil { activity.deadline = lastFinish(task, activity) }
        if !task.isActive { activity.mode = .inactive }
        // Another project whose tasks are in the file has its dates from them.
        if let dates = isSummary ? nil : task.external {
            activity.mode = .manual(start: dates.start, finish: dates.finish)
        } else if let dates = manualDates(task, activity) {
            activity.mode = .manual(start: dates.start, finish: dates.finish)
            // Its dates say it all, and its late dates are those of the whole duration.
            activity.progress = .notStarted
        }
        return activity
    }

    /// How late the task may end by its own dates: a must date in force decides alone, not the deadline, and a date of the start goes
    /// on to hold when the task has begun.
    private func lastFinish(_ task: MSPDIProject.Task, _ activity: Activity) -> Int? {
        let isBegun = task.actualStart != nil && task.actualFinish == nil
        switch task.constraint {
        case .mustStartOn(let date) where project.honoursConstraints: return isBegun ? end(of: activity, from: date) : nil
        case .mustFinishOn where project.honoursConstraints: return nil
        case .startNoLaterThan(let date) where isBegun: return min(end(of: activity, from: date), task.deadline ?? .max)
        default: return task.deadline
        }
    }

    /// Where the whole duration ends if it begins at `start`.
    private func end(of activity: Activity, from start: Int) -> Int {
        switch activity.duration {
        case .working(let amount): builder.calendars[activity.calendar ?? 0].adding(amount + activity.pauses, to: start)
        case .elapsed(let amount): start + amount + activity.pauses
        case .assigned(let parts):
            parts.map { builder.calendars[$0.calendar].adding($0.minutes + activity.pauses, to: start) }.max() ?? start
        }
    }

    /// Levelling moves a task away from the end that is scheduled from: later from the start, earlier (a negative delay) from the finish.
    /// What lies at the other end ignores it.
    private func levellingDelay(_ task: MSPDIProject.Task) -> Int {
        switch project.direction {
        case .fromStart: task.constraint == .asLateAsPossible ? 0 : max(0, task.levellingDelay)
        case .fromFinish: task.constraint == .asSoonAsPossible ? max(0, task.levellingDelay) : min(0, task.levellingDelay)
        }
    }

    private typealias Staff = (assignment: MSPDIProject.Assignment, clock: Int)

    /// The people whose calendars the task runs on: nobody's where its duration is fixed or elapsed, or its own calendar rules.
    private mutating func staff(of task: MSPDIProject.Task, _ activity: Activity) -> [Staff] {
        guard case .working = task.duration, !task.isFixedDuration else { return [] }
        guard !(task.ignoresResourceCalendars && activity.calendar != nil) else { return [] }
        let people = (assignments[task.uid] ?? []).filter { $0.units > 0 && resources[$0.resourceUID]?.isWork == true }
        let busy = people.filter { $0.work > 0 }
        return (busy.isEmpty ? people : busy).map { ($0, clock(of: $0, task: activity.calendar)) }
    }

    // MARK: On one calendar

    /// The duration says it all, contours and delays included; only the pauses of a split task come on top.
    private mutating func place(_ task: MSPDIProject.Task, with clock: Int?, _ activity: inout Activity) {
        if let clock, case .working(let amount) = task.duration, clock != (activity.calendar ?? 0) {
            activity.duration = .assigned([AssignedWork(calendar: clock, minutes: amount)])
        }
        activity.pauses = pauses(task, on: clock ?? activity.calendar ?? 0, activity)
        guard let start = task.actualStart else { return }
        if let finish = task.actualFinish { return activity.progress = .finished(start: start, finish: max(start, finish)) }
        let total: Int =
            switch task.duration {
            case .working(let amount), .elapsed(let amount): amount
            case .assigned: 0
            }
        let left = task.remaining ?? total * (100 - max(0, min(100, task.percentComplete))) / 100
        // A task with a start but nothing done goes on from its start, whatever its predecessors do.
        let begun = left >= total ? start : nil
        let resume = task.resume.map { max($0, task.stop ?? start) } ?? begun
        activity.progress = .started(start: start, remaining: left, resume: resume)
    }

    /// Time between the pieces of a split task that are still to come, on the clock of its duration. Where a person is on another
    /// calendar, a gap in the work may be an absence, and none is read.
    private mutating func pauses(_ task: MSPDIProject.Task, on clock: Int, _ activity: Activity) -> Int {
        let own = (assignments[task.uid] ?? []).filter { $0.resourceUID < 0 || resources[$0.resourceUID]?.isWork == true }
        let stretches = own.flatMap(\.remainingStretches)
        guard stretches.count > 1, let left = leftover(task) else { return 0 }
        if case .elapsed = task.duration { return pauses(in: stretches, on: .aroundTheClock, working: left) }
        for assignment in own where self.clock(of: assignment, task: activity.calendar) != clock {
            if !task.ignoresResourceCalendars || activity.calendar == nil { return 0 }
        }
        return pauses(in: stretches, on: builder.calendars[clock], working: left)
    }

    /// What is still to do of the duration; all of it before the task begins.
    private func leftover(_ task: MSPDIProject.Task) -> Int? {
        switch task.duration {
        case .working(let amount), .elapsed(let amount): task.actualStart == nil ? amount : task.remaining ?? amount
        case .assigned: nil
        }
    }

    /// Time-phased data comes by the day, so whole idle days show that there are pauses, and the way from the first to the last
    /// stretch how long they are.
    private func pauses(in stretches: [Range<Int>], on calendar: WorkCalendar, working: Int) -> Int {
        guard hasGaps(stretches, on: calendar) else { return 0 }
        return max(0, length(of: stretches, on: calendar) - working)
    }

    private func hasGaps(_ stretches: [Range<Int>], on calendar: WorkCalendar) -> Bool {
        let sorted = stretches.sorted { $0.lowerBound < $1.lowerBound }
        guard var reach = sorted.first?.upperBound else { return false }
        for stretch in sorted {
            if stretch.lowerBound > reach, calendar.workingMinutes(from: reach, to: stretch.lowerBound) > 0 { return true }
            reach = max(reach, stretch.upperBound)
        }
        return false
    }

    /// Working time from the first to the last stretch.
    private func length(of stretches: [Range<Int>], on calendar: WorkCalendar) -> Int {
        guard let first = stretches.map(\.lowerBound).min(), let last = stretches.map(\.upperBound).max() else { return 0 }
        return calendar.workingMinutes(from: first, to: last)
    }

    // MARK: On several calendars

    /// Everybody does their part on their own calendar; of a begun task, what is left of it.
    private mutating func share(_ task: MSPDIProject.Task, among staff: [Staff], _ activity: inout Activity) {
        if let start = task.actualStart, let finish = task.actualFinish {
            return activity.progress = .finished(start: start, finish: max(start, finish))
        }
        let isBegun = task.actualStart != nil
        let parts = staff.compactMap { part($0, of: task, isBegun: isBegun) }
        guard !parts.isEmpty else { return place(task, with: nil, &activity) }
        activity.duration = .assigned(parts)
        guard let start = task.actualStart else { return }
        let done = task.actual ?? 0
        let stop = task.stop ?? builder.calendars[activity.calendar ?? 0].adding(done, to: start)
        let left = parts.map(\.minutes).max() ?? 0
        activity.progress = .started(start: start, remaining: left, resume: task.resume.map { max($0, stop) } ?? stop)
    }

    private func part(_ staff: Staff, of task: MSPDIProject.Task, isBegun: Bool) -> AssignedWork? {
        let assignment = staff.assignment
        let calendar = builder.calendars[staff.clock]
        let work = isBegun ? assignment.remainingWork : assignment.work
        guard work > 0, assignment.units > 0 else { return nil }
        var part = AssignedWork(calendar: staff.clock, minutes: 0, delay: isBegun ? .none : assignment.delay)
        let stretches = assignment.remainingStretches
        if let load = assignment.load, !hasGaps(stretches, on: calendar) {
            part.minutes = length(of: work, at: assignment.units * load, in: leftover(task))
        } else if !stretches.isEmpty {
            // Split or drawn by hand: only where the work lies tells how long it takes.
            part.minutes = length(of: stretches, on: calendar)
        } else {
            part.minutes = leftover(task) ?? 0
        }
        return part
    }

    /// How long work takes at these units. They stand in whole percents: where rounding alone keeps the work from filling the duration,
    /// it fills the duration.
    private func length(of work: Int, at units: Double, in duration: Int?) -> Int {
        if let duration, duration > 0, abs(Double(work) / Double(duration) - units) <= 0.005 { return duration }
        return AssignedWork(calendar: 0, work: work, units: units).minutes
    }

    // MARK: By hand

    /// Where a person put the task, one of the dates found from the other. Without either Project schedules it after all.
    private func manualDates(_ task: MSPDIProject.Task, _ activity: Activity) -> (start: Int, finish: Int)? {
        guard let manual = task.manual, task.actualFinish == nil else { return nil }
        let (calendar, amount): (WorkCalendar, Int) =
            switch task.duration {
            case .elapsed(let amount): (.aroundTheClock, amount)
            case .working(let amount): (builder.calendars[activity.calendar ?? 0], amount)
            case .assigned: (builder.calendars[0], 0)
            }
        switch (manual.start, manual.finish) {
        case (let start?, let finish?): return (start, max(start, finish))
        case (let start?, nil): return (start, calendar.adding(max(0, amount), to: start))
        case (nil, let finish?): return (calendar.subtracting(max(0, amount), from: finish), finish)
        case (nil, nil): return nil
        }
    }

    // MARK: Calendars

    /// The resource's calendar, within the task's own if it has one.
    private mutating func clock(of assignment: MSPDIProject.Assignment, task: Int?) -> Int {
        let layers = resources[assignment.resourceUID]?.calendarUID.flatMap { project.calendars[$0] }
        let own = layers.map { index(of: $0) } ?? 0
        guard let task, task != own else { return own }
        if let known = intersections[[task, own]] { return known }
        let common = WorkCalendar(intersecting: builder.calendars[task], builder.calendars[own])
        // Who works at none of the task's hours does it at those of the task.
        let both = common.minutesPerWeek > 0 ? builder.add(calendar: common) : task
        intersections[[task, own]] = both
        return both
    }

    private mutating func index(of layers: [CalendarLayer]) -> Int {
        if let known = indexOfCalendar[layers] { return known }
        let index = builder.add(calendar: MSPDIConstruction.calendar(layers))
        indexOfCalendar[layers] = index
        return index
    }

    private static func calendar(_ layers: [CalendarLayer]) -> WorkCalendar {
        WorkCalendar(layers: layers, unitsPerMinute: MSPDIText.unitsPerMinute)
    }
}
