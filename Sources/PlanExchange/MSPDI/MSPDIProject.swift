import Foundation
import Scheduling
import WorkingTime

/// A Microsoft Project file as far as it decides the schedule: the inputs, none of the results stored beside them.
public struct MSPDIProject: Sendable {
    public struct Task: Sendable {
        public var uid: Int
        public var name: String
        /// 0 for the project itself, 1 for the top level.
        public var outlineLevel: Int
        public var duration: ActivityDuration
        public var isFixedDuration: Bool
        /// Minutes still to do.
        public var remaining: Int?
        public var percentComplete: Int
        public var constraint: DateConstraint
        public var deadline: Int?
        public var calendarUID: Int?
        public var ignoresResourceCalendars: Bool
        public var levellingDelay: Int
        public var actualStart: Int?
        public var actualFinish: Int?
        /// Where the finished part ended and the rest goes on.
        public var stop: Int?
        public var resume: Int?
        public var isActive: Bool
        /// Dates a person set on a manually scheduled task.
        public var manualDates: (start: Int, finish: Int)?
        public var links: [PredecessorLink]
    }

    public struct PredecessorLink: Sendable {
        public var predecessorUID: Int
        public var kind: Link.Kind
        public var lag: Lag
    }

    public struct Assignment: Sendable {
        public var taskUID: Int
        /// Negative for the placeholder of a task to which nobody is assigned.
        public var resourceUID: Int
        /// 1 = full time.
        public var units: Double
        /// Minutes, without overtime.
        public var work: Int
        public var remainingWork: Int
        /// Working minutes by which the resource starts after the task.
        public var delay: Int
        /// Whether the work is spread evenly.
        public var isFlat: Bool
        /// Stretches of time in which work remains, where the file has them. Only the pauses between them count.
        public var remainingStretches: [Range<Int>]
    }

    public struct Resource: Sendable {
        public var uid: Int
        public var name: String
        public var calendarUID: Int?
        /// People and machines, as against material and cost.
        public var isWork: Bool
    }

    public var name: String
    public var direction: SchedulingDirection
    public var calendarUID: Int?
    /// Working minutes up to which a task counts as critical.
    public var criticalFloat: Int
    public var multipleCriticalPaths: Bool
    /// Whether the rest of a begun task may wait for its predecessors.
    public var splitsTasksInProgress: Bool
    public var tasks: [Task]
    public var resources: [Resource]
    public var assignments: [Assignment]
    /// Working calendars by their number in the file.
    public var calendars: [Int: [CalendarLayer]]

    /// Reads a file.
    /// - Throws: `MSPDIError` where it is too large, declares entities, or is no project.
    public init(xml: Data) throws(MSPDIError) {
        let root = try MSPDIParser.parse(xml)
        name = root.text("Title") ?? root.text("Name") ?? ""
        let start = root.instant("StartDate")
        let finish = root.instant("FinishDate")
        guard let anchor = start ?? finish else { throw .unschedulable("neither StartDate nor FinishDate") }
        direction = root.flag("ScheduleFromStart") == false ? .fromFinish(finish ?? anchor) : .fromStart(anchor)
        calendarUID = root.integer("CalendarUID")
        criticalFloat = (root.integer("CriticalSlackLimit") ?? 0) * (root.integer("MinutesPerDay") ?? 480)
        multipleCriticalPaths = root.flag("MultipleCriticalPaths") ?? false
        splitsTasksInProgress = root.flag("SplitsInProgressTasks") ?? true
        tasks = root.child("Tasks")?.children("Task").compactMap(Task.init) ?? []
        resources = root.child("Resources")?.children("Resource").compactMap(Resource.init) ?? []
        assignments = root.child("Assignments")?.children("Assignment").compactMap(Assignment.init) ?? []
        calendars = MSPDICalendars(root.child("Calendars")?.children("Calendar") ?? []).layers()
    }
}

extension MSPDIProject.Task {
    /// `nil` for a blank row.
    init?(_ record: MSPDIRecord) {
        guard let uid = record.integer("UID"), record.flag("IsNull") != true else { return nil }
        self.uid = uid
        name = record.text("Name") ?? ""
        outlineLevel = record.integer("OutlineLevel") ?? 1
        let minutes = record.minutes("Duration") ?? 0
        duration = MSPDIText.unit(format: record.integer("DurationFormat")) == .elapsed ? .elapsed(minutes) : .working(minutes)
        isFixedDuration = record.integer("Type") == 1
        remaining = record.minutes("RemainingDuration")
        percentComplete = record.integer("PercentComplete") ?? 0
        constraint = MSPDIProject.Task.constraint(record)
        deadline = record.instant("Deadline")
        calendarUID = record.integer("CalendarUID").flatMap { $0 < 0 ? nil : $0 }
        ignoresResourceCalendars = record.flag("IgnoreResourceCalendar") ?? false
        levellingDelay = max(0, (record.integer("LevelingDelay") ?? 0) / 10)
        actualStart = record.instant("ActualStart")
        actualFinish = record.instant("ActualFinish")
        stop = record.instant("Stop")
        resume = record.instant("Resume")
        isActive = record.flag("Active") ?? true
        manualDates = MSPDIProject.Task.manualDates(record)
        links = record.children("PredecessorLink").compactMap(MSPDIProject.PredecessorLink.init)
    }

    private static func constraint(_ record: MSPDIRecord) -> DateConstraint {
        let kind = record.integer("ConstraintType") ?? 0
        if kind == 1 { return .asLateAsPossible }
        guard let date = record.instant("ConstraintDate") else { return .asSoonAsPossible }
        return switch kind {
        case 2: .mustStartOn(date)
        case 3: .mustFinishOn(date)
        case 4: .startNoEarlierThan(date)
        case 5: .startNoLaterThan(date)
        case 6: .finishNoEarlierThan(date)
        case 7: .finishNoLaterThan(date)
        default: .asSoonAsPossible
        }
    }

    /// Dates people set: of manually scheduled tasks, and of tasks that live in another project.
    private static func manualDates(_ record: MSPDIRecord) -> (start: Int, finish: Int)? {
        let isManual = record.flag("Manual") == true
        guard isManual || record.flag("ExternalTask") == true || record.flag("IsSubproject") == true else { return nil }
        guard let start = (isManual ? record.instant("ManualStart") : nil) ?? record.instant("Start") else { return nil }
        return (start, max(start, (isManual ? record.instant("ManualFinish") : nil) ?? record.instant("Finish") ?? start))
    }
}

extension MSPDIProject.PredecessorLink {
    init?(_ record: MSPDIRecord) {
        // A predecessor in another file has its own numbers; Project leaves a placeholder task where it knows the dates.
        guard let uid = record.integer("PredecessorUID"), record.flag("CrossProject") != true else { return nil }
        predecessorUID = uid
        kind =
            switch record.integer("Type") ?? 1 {
            case 0: .finishToFinish
            case 2: .startToFinish
            case 3: .startToStart
            default: .finishToStart
            }
        let lag = record.number("LinkLag") ?? 0
        let minutes = Int((max(-1e9, min(1e9, lag)) / 10).rounded())
        self.lag =
            switch MSPDIText.unit(format: record.integer("LagFormat")) {
            case .working: .working(minutes)
            case .elapsed: .elapsed(minutes)
            case .percent: .percent(lag)
            case .elapsedPercent: .elapsedPercent(lag)
            }
    }
}

extension MSPDIProject.Resource {
    init?(_ record: MSPDIRecord) {
        guard let uid = record.integer("UID"), record.flag("IsNull") != true else { return nil }
        self.uid = uid
        name = record.text("Name") ?? ""
        calendarUID = record.integer("CalendarUID").flatMap { $0 < 0 ? nil : $0 }
        isWork = (record.integer("Type") ?? 1) == 1 && record.flag("IsCostResource") != true
    }
}

extension MSPDIProject.Assignment {
    init?(_ record: MSPDIRecord) {
        guard let task = record.integer("TaskUID"), let resource = record.integer("ResourceUID") else { return nil }
        taskUID = task
        resourceUID = resource
        units = record.number("Units") ?? 1
        let overtime = record.minutes("OvertimeWork") ?? 0
        work = max(0, (record.minutes("Work") ?? 0) - overtime)
        remainingWork = max(0, (record.minutes("RemainingWork") ?? work) - (record.minutes("RemainingOvertimeWork") ?? 0))
        delay = max(0, (record.integer("Delay") ?? 0) / 10) + max(0, (record.integer("LevelingDelay") ?? 0) / 10)
        remainingStretches = record.remainingWork
        isFlat = (record.integer("WorkContour") ?? 0) == 0
    }
}
