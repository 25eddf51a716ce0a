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
    /// Index of the activity's own calendar in the network; `nil` takes the network's calendar.
    public var calendar: Int?
    public var constraint: DateConstraint
    /// Does not move the activity, but bounds its late finish; float becomes negative where it is missed.
    public var deadline: Int?
    public var progress: ActivityProgress
    public var mode: ActivityMode
    /// Index of the summary activity it belongs to. An activity that is some activity's parent is a summary: its
    /// duration, progress and mode are ignored, its dates are those of its descendants.
    public var parent: Int?
    /// Elapsed minutes by which levelling holds the start back beyond what links and calendars ask.
    public var levellingDelay: Int
    /// Working minutes of pauses between the pieces of a split activity, in all.
    public var pauses: Int

    public init(
        duration: ActivityDuration, calendar: Int? = nil, constraint: DateConstraint = .asSoonAsPossible, deadline: Int? = nil,
        progress: ActivityProgress = .notStarted, mode: ActivityMode = .automatic, parent: Int? = nil,
        levellingDelay: Int = 0, pauses: Int = 0
    ) {
        self.duration = duration
        self.calendar = calendar
        self.constraint = constraint
        self.deadline = deadline
        self.progress = progress
        self.mode = mode
        self.parent = parent
        self.levellingDelay = levellingDelay
        self.pauses = pauses
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

    public init(calendar: Int, minutes: Int) {
        self.calendar = calendar
        self.minutes = minutes
    }

    /// - Parameters:
    ///   - work: minutes of effort.
    ///   - units: share of the resource, 1 = full time; must be positive.
    public init(calendar: Int, work: Int, units: Double) {
        self.init(calendar: calendar, minutes: units > 0 ? Int((Double(work) / units).rounded()) : 0)
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
    ///   - resume: where the remaining part begins if that is known; `nil` means when the finished part was done.
    case started(start: Int, remaining: Int, resume: Int? = nil)
    case finished(start: Int, finish: Int)
}

public enum ActivityMode: Hashable, Sendable {
    case automatic
    /// Lies where a person put it; links do not move it, but it moves its successors.
    case manual(start: Int, finish: Int)
    /// Gets dates, but moves nothing and does not count for the end of the network.
    case inactive
}
