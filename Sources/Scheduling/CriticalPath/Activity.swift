/// One activity of a network: everything that is decided about it before dates are computed.
///
/// Instants are minutes since 1970-01-01T00:00 (see `WorkCalendar`); amounts are minutes.
///
/// ```swift
/// var design = Activity(duration: .working(5 * 480))
/// design.constraint = .startNoEarlierThan(monday.at(8))
/// ```
public struct Activity: Hashable, Sendable {
    public var duration: ActivityDuration
    // Networks hold millions of activities: what few of them have is kept in a box of its own.
    private var calendarIndex: Int32 = -1
    private var parentIndex: Int32 = -1
    private var special: Box?

    public init(
        duration: ActivityDuration, calendar: Int? = nil, constraint: DateConstraint = .asSoonAsPossible, deadline: Int? = nil,
        progress: ActivityProgress = .notStarted, mode: ActivityMode = .automatic, parent: Int? = nil,
        levellingDelay: Int = 0, pauses: Int = 0
    ) {
        self.duration = duration
        calendarIndex = calendar.map(Int32.init(clamping:)) ?? -1
        parentIndex = parent.map(Int32.init(clamping:)) ?? -1
        special = Box.holding(
            Special(
                constraint: constraint, deadline: deadline, progress: progress, mode: mode, levellingDelay: levellingDelay,
                pauses: pauses))
    }

    /// Index of the activity's own calendar in the network; `nil` takes the network's calendar.
    public var calendar: Int? {
        get { calendarIndex < 0 ? nil : Int(calendarIndex) }
        set { calendarIndex = newValue.map(Int32.init(clamping:)) ?? -1 }
    }

    /// Index of the summary activity it belongs to. An activity that is some activity's parent is a summary: its
    /// duration and progress are ignored, its dates are those of its descendants that are not inactive. A manual summary has its own dates, which
    /// move the activities linked to it; links to it move nobody.
    public var parent: Int? {
        get { parentIndex < 0 ? nil : Int(parentIndex) }
        set { parentIndex = newValue.map(Int32.init(clamping:)) ?? -1 }
    }

    public var constraint: DateConstraint {
        get { special?.fields.constraint ?? .asSoonAsPossible }
        set { change { $0.constraint = newValue } }
    }

    /// Does not move the activity, but bounds its late finish; float becomes negative where it is missed.
    public var deadline: Int? {
        get { special?.fields.deadline }
        set { change { $0.deadline = newValue } }
    }

    public var progress: ActivityProgress {
        get { special?.fields.progress ?? .notStarted }
        set { change { $0.progress = newValue } }
    }

    public var mode: ActivityMode {
        get { special?.fields.mode ?? .automatic }
        set { change { $0.mode = newValue } }
    }

    /// Elapsed minutes by which levelling holds the start back beyond what links and calendars ask. Negative, in a network scheduled from
    /// its finish, by which it brings the finish forward; of no effect in others.
    public var levellingDelay: Int {
        get { special?.fields.levellingDelay ?? 0 }
        set { change { $0.levellingDelay = newValue } }
    }

    /// Pauses between the pieces of a split activity that are still to come, in all, on the clock of its duration. They move along
    /// with the activity, so where they lie does not matter to its dates; percentages of the duration leave them out.
    public var pauses: Int {
        get { special?.fields.pauses ?? 0 }
        set { change { $0.pauses = newValue } }
    }

    /// Whether a summary is a project of its own in the network: the float of its parts then reaches to its own finish, not to the
    /// network's. Of no effect on others.
    public var isProject: Bool {
        get { special?.fields.isProject ?? false }
        set { change { $0.isProject = newValue } }
    }

    /// Whether there is nothing to it but a duration and a calendar.
    var isOrdinary: Bool { special == nil }

    private mutating func change(_ edit: (inout Special) -> Void) {
        var fields = special?.fields ?? Special()
        edit(&fields)
        special = Box.holding(fields)
    }

    private struct Special: Hashable {
        var constraint = DateConstraint.asSoonAsPossible
        var deadline: Int?
        var progress = ActivityProgress.notStarted
        var mode = ActivityMode.automatic
        var levellingDelay = 0
        var pauses = 0
        var isProject = false
    }

    private indirect enum Box: Hashable {
        case of(Special)

        var fields: Special {
            switch self {
            case .of(let fields): fields
            }
        }

        static func holding(_ fields: Special) -> Box? { fields == Special() ? nil : .of(fields) }
    }

    /// A milestone: an activity without duration.
    public static let milestone = Activity(duration: .working(0))

    /// A summary; its dates come from the activities that name it as their parent.
    public static let summary = Activity(duration: .working(0))
}

/// How long an activity takes, and on which clock.
public enum ActivityDuration: Hashable, Sendable {
    /// Minutes of the activity's calendar.
    case working(Int)
    /// Minutes of the wall clock, nights and holidays included.
    case elapsed(Int)
    /// As long as the longest of these takes. The activity starts with the first resource that can work.
    case assigned([AssignedWork])
}

/// Work of one resource, on that resource's calendar.
public struct AssignedWork: Hashable, Sendable {
    /// Index of the calendar in the network.
    public var calendar: Int
    /// Minutes of that calendar: work ÷ units.
    public var minutes: Int
    /// How long after the activity the resource starts; percentages count as none.
    public var delay: Lag

    public init(calendar: Int, minutes: Int, delay: Lag = .none) {
        self.calendar = calendar
        self.minutes = minutes
        self.delay = delay
    }

    /// - Parameters:
    ///   - work: minutes of effort.
    ///   - units: share of the resource, 1 = full time; must be positive.
    public init(calendar: Int, work: Int, units: Double) {
        let minutes = units > 0 ? (Double(work) / units).rounded() : 0
        self.init(calendar: calendar, minutes: Int(max(-1e12, min(1e12, minutes))))
    }
}

/// When an activity may lie, beside its links.
public enum DateConstraint: Hashable, Sendable {
    case asSoonAsPossible
    /// As late as possible without delaying the end of the network.
    case asLateAsPossible
    case mustStartOn(Int)
    case mustFinishOn(Int)
    case startNoEarlierThan(Int)
    case startNoLaterThan(Int)
    case finishNoEarlierThan(Int)
    case finishNoLaterThan(Int)
}

/// What has happened so far.
public enum ActivityProgress: Hashable, Sendable {
    case notStarted
    /// - Parameters:
    ///   - start: actual start.
    ///   - remaining: minutes still to do, on the same clock as the duration.
    ///   - resume: where the remaining part begins if that is known; links then have no say in it. `nil` means when the finished
    ///     part was done, or when `ProgressRule` lets it.
    case started(start: Int, remaining: Int, resume: Int? = nil)
    case finished(start: Int, finish: Int)
}

public enum ActivityMode: Hashable, Sendable {
    case automatic
    /// Lies where a person put it; links do not move it, but it moves its successors.
    case manual(start: Int, finish: Int)
    /// Gets dates from its predecessors, but moves nothing, neither successors nor the late dates of predecessors, and does not
    /// count for the ends of the network.
    case inactive
    /// Belongs to another network and lies where that one has it: it moves its successors, but does not count for the end.
    case external(start: Int, finish: Int)

    /// Whether it counts for the end of the network.
    var counts: Bool {
        switch self {
        case .automatic, .manual: true
        case .inactive, .external: false
        }
    }
}
