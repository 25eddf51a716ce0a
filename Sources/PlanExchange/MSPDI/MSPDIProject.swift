import Foundation
import Scheduling
import WorkingTime

/// A Microsoft Project file as far as it decides the schedule: the inputs, none of the results stored beside them.
///
/// Instants and amounts are tenths of minutes, as Project keeps them.
public struct MSPDIProject: Sendable {
    public struct Task: Sendable {
        public var uid: Int
        public var name: String
        /// 0 for the project itself, 1 for the top level.
        public var outlineLevel: Int
        public var duration: ActivityDuration
        public var isFixedDuration: Bool
        /// What is done and still to do of the duration.
        public var actual: Int?
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
        /// What a person set on a manually scheduled task; `nil` for the others.
        public var manual: ManualDates?
        /// Whether a manually scheduled task has words where a date or a duration should be.
        public var isSketch: Bool
        /// Whether it is an inserted project that has its own critical path.
        public var isOwnProject: Bool
        /// Dates of a task that lives in another project.
        public var external: (start: Int, finish: Int)?
        public var links: [PredecessorLink]
    }

    /// A person may leave any of them open.
    public struct ManualDates: Sendable {
        public var start: Int?
        public var finish: Int?
        public var duration: Int?
    }

    public struct PredecessorLink: Sendable {
        public var predecessorUID: Int
        /// Whether the predecessor lives in another project, where the file may have a stand-in for it.
        public var isCrossProject: Bool
        public var kind: Link.Kind
        public var lag: Lag
    }

    public struct Assignment: Sendable {
        public var taskUID: Int
        /// Negative for the placeholder of a task to which nobody is assigned.
        public var resourceUID: Int
        /// 1 = full time.
        public var units: Double
        /// Without overtime.
        public var work: Int
        public var remainingWork: Int
        /// How long after the task the resource starts.
        public var delay: Lag
        /// The share of the units that the shape of the work takes on average, 1 where it is even; `nil` where a person has drawn it.
        public var load: Double?
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
    /// Working time up to which a task counts as critical.
    public var criticalFloat: Int
    public var multipleCriticalPaths: Bool
    /// Whether the rest of a begun task may wait for its predecessors.
    public var splitsTasksInProgress: Bool
    /// Whether tasks always honour their constraint dates, whatever their links say.
    public var honoursConstraints: Bool
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
        let records = root.child("Tasks")?.children("Task") ?? []
        direction = try MSPDIProject.direction(root, records)
        let units = MSPDIUnits(root)
        criticalFloat = (root.integer("CriticalSlackLimit") ?? 0) * units.minutesPerDay * MSPDIText.unitsPerMinute
        multipleCriticalPaths = root.flag("MultipleCriticalPaths") ?? false
        splitsTasksInProgress = root.flag("SplitsInProgressTasks") ?? true
        honoursConstraints = MSPDIProject.honoursConstraints(root)
        tasks = records.compactMap { Task($0, units) }
        resources = root.child("Resources")?.children("Resource").compactMap(Resource.init) ?? []
        assignments = root.child("Assignments")?.children("Assignment").compactMap(Assignment.init) ?? []
        let calendars = MSPDICalendars(root.child("Calendars")?.children("Calendar") ?? [])
        calendarUID = calendars.ruling(root.integer("CalendarUID"))
        self.calendars = calendars.layers()
    }

    /// Where the file has lost the start of the project, it is that of its first task, and a lost finish that of its last.
    private static func direction(_ root: MSPDIRecord, _ tasks: [MSPDIRecord]) throws(MSPDIError) -> SchedulingDirection {
        func date(_ field: String, _ ofTasks: String, _ choose: ([Int]) -> Int?) -> Int? {
            root.instant(field) ?? choose(tasks.compactMap { $0.instant(ofTasks) })
        }
        if root.flag("ScheduleFromStart") == false, let finish = date("FinishDate", "Finish", { $0.max() }) {
            return .fromFinish(finish)
        }
        guard let start = date("StartDate", "Start", { $0.min() }) else { throw .undated }
        return .fromStart(start)
    }

    /// Files of Project 2007 and before say 0 where the option has its default, which is to honour them.
    private static func honoursConstraints(_ root: MSPDIRecord) -> Bool {
        if let version = root.integer("SaveVersion"), version < 14 { return true }
        return root.flag("HonorConstraints") ?? true
    }
}

/// What the project's options say about its tasks: how long days, weeks and months are, for delays that are told in them, and whether
/// inserted projects are calculated like summaries.
struct MSPDIUnits {
    let minutesPerDay: Int
    let insertedProjectsStandAlone: Bool
    private let minutesPerWeek: Int
    private let daysPerMonth: Int

    init(_ root: MSPDIRecord) {
        func positive(_ name: String, _ usual: Int) -> Int { root.integer(name).flatMap { $0 > 0 ? $0 : nil } ?? usual }
        minutesPerDay = positive("MinutesPerDay", 480)
        minutesPerWeek = positive("MinutesPerWeek", 2400)
        daysPerMonth = positive("DaysPerMonth", 20)
        insertedProjectsStandAlone = root.flag("InsertedProjectsLikeSummary") == false
    }

    /// A task's levelling delay runs on the wall clock whatever its unit: two days are 48 hours (Microsoft's article 159773).
    func elapsed(_ amount: Int, format: Int?) -> Int {
        let (elapsed, working): (Int, Int) =
            switch (format ?? 0) % 32 {
            case 7: (1440, minutesPerDay)
            case 9: (10_080, minutesPerWeek)
            case 11: (43_200, daysPerMonth * minutesPerDay)
            default: (1, 1)
            }
        return amount * elapsed / working
    }
}

extension MSPDIProject.Task {
    /// `nil` for a blank row.
    init?(_ record: MSPDIRecord, _ units: MSPDIUnits) {
        guard let uid = record.integer("UID"), record.flag("IsNull") != true else { return nil }
        self.uid = uid
        name = record.text("Name") ?? ""
        outlineLevel =
            record.integer("OutlineLevel") ?? record.text("OutlineNumber").map { $0.split(separator: ".").count } ?? 1
        let manual = MSPDIProject.Task.manualDates(record)
        let amount = manual?.duration ?? record.amount("Duration") ?? 0
        duration = MSPDIText.unit(format: record.integer("DurationFormat")) == .elapsed ? .elapsed(amount) : .working(amount)
        isFixedDuration = record.integer("Type") == 1
        actual = record.amount("ActualDuration")
        remaining = record.amount("RemainingDuration")
        percentComplete = record.integer("PercentComplete") ?? 0
        constraint = MSPDIProject.Task.constraint(record)
        external = MSPDIProject.Task.externalDates(record)
        isOwnProject = units.insertedProjectsStandAlone && record.flag("IsSubproject") == true
        // How late a task of another project may be is that project's result, and given here.
        deadline = external == nil ? record.instant("Deadline") : record.instant("LateFinish")
        calendarUID = record.integer("CalendarUID").flatMap { $0 < 0 ? nil : $0 }
        ignoresResourceCalendars = record.flag("IgnoreResourceCalendar") ?? false
        levellingDelay = units.elapsed(
            record.integer("LevelingDelay") ?? 0, format: record.integer("LevelingDelayFormat"))
        actualStart = record.instant("ActualStart")
        actualFinish = record.instant("ActualFinish")
        stop = record.instant("Stop")
        resume = record.instant("Resume")
        isActive = record.flag("Active") ?? true
        self.manual = manual
        isSketch = manual != nil && ["StartText", "FinishText", "DurationText"].contains { record.text($0) != nil }
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

    private static func manualDates(_ record: MSPDIRecord) -> MSPDIProject.ManualDates? {
        guard record.flag("Manual") == true else { return nil }
        return MSPDIProject.ManualDates(
            start: record.instant("ManualStart"), finish: record.instant("ManualFinish"),
            duration: record.amount("ManualDuration"))
    }

    private static func externalDates(_ record: MSPDIRecord) -> (start: Int, finish: Int)? {
        guard record.flag("ExternalTask") == true || record.flag("IsSubproject") == true else { return nil }
        guard let start = record.instant("Start") else { return nil }
        return (start, max(start, record.instant("Finish") ?? start))
    }
}

extension MSPDIProject.PredecessorLink {
    init?(_ record: MSPDIRecord) {
        guard let uid = record.integer("PredecessorUID") else { return nil }
        predecessorUID = uid
        isCrossProject = record.flag("CrossProject") ?? false
        kind =
            switch record.integer("Type") ?? 1 {
            case 0: .finishToFinish
            case 2: .startToFinish
            case 3: .startToStart
            default: .finishToStart
            }
        let lag = record.number("LinkLag") ?? 0
        let amount = Int(max(-1e9, min(1e9, lag)).rounded())
        self.lag =
            switch MSPDIText.unit(format: record.integer("LagFormat")) {
            case .working: .working(amount)
            case .elapsed: .elapsed(amount)
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
        let overtime = record.amount("OvertimeWork") ?? 0
        work = max(0, (record.amount("Work") ?? 0) - overtime)
        let left = (record.amount("Work") ?? 0) - (record.amount("ActualWork") ?? 0)
        let leftOvertime = overtime - (record.amount("ActualOvertimeWork") ?? 0)
        remainingWork = max(
            0, (record.amount("RemainingWork") ?? left) - (record.amount("RemainingOvertimeWork") ?? leftOvertime))
        delay = MSPDIProject.Assignment.delay(record)
        remainingStretches = record.remainingWork
        load = MSPDIProject.Assignment.load(contour: record.integer("WorkContour") ?? 0)
    }

    /// The assignment's own delay and that of levelling, on the wall clock where either is.
    private static func delay(_ record: MSPDIRecord) -> Lag {
        let own = max(0, record.integer("Delay") ?? 0)
        let levelling = max(0, record.integer("LevelingDelay") ?? 0)
        func isElapsed(_ format: String) -> Bool { MSPDIText.unit(format: record.integer(format)) == .elapsed }
        let isElapsed = own > 0 && isElapsed("DelayFormat") || levelling > 0 && isElapsed("LevelingDelayFormat")
        return isElapsed ? .elapsed(own + levelling) : .working(own + levelling)
    }

    /// The averages of Project's predefined contours: flat, back- and front-loaded, the three peaks and the bell, turtle.
    private static func load(contour: Int) -> Double? {
        switch contour {
        case 0: 1
        case 1, 2: 0.6
        case 3...6: 0.5
        case 7: 0.7
        default: nil
        }
    }
}
