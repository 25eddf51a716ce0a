/// From which end a network is computed.
public enum SchedulingDirection: Hashable, Sendable {
    /// Forward from the start; the finish is a result.
    case fromStart(Int)
    /// Backward from the finish; the start is a result. Activities that are as late as possible keep their late dates.
    case fromFinish(Int)
}

/// What a started activity still owes to its predecessors.
public enum ProgressRule: Hashable, Sendable {
    /// The remaining part waits for unfinished predecessors.
    case retainedLogic
    /// The remaining part goes on regardless of them.
    case progressOverride
}

public struct SchedulingOptions: Hashable, Sendable {
    public var direction: SchedulingDirection
    /// Index of the calendar of activities without their own.
    public var calendar: Int
    /// Where set, what has not happened by then cannot lie before it.
    public var statusDate: Int?
    public var progressRule: ProgressRule
    /// An activity is critical with a total float up to this, working minutes.
    public var criticalFloat: Int
    /// Every activity without successors ends a path of its own, instead of waiting for the end of the network.
    public var multipleCriticalPaths: Bool

    /// Whether an activity may start before the network, where its own date, a predecessor or a lead puts it there. A
    /// finish-to-finish link still carries nobody before the start.
    public var datesMayPrecedeStart = false
    /// Scheduled from the finish, whether what has a *no later* date lies as late as it allows, as what is as late as possible does.
    public var noLaterMeansLate = false
    /// Whether *must* and *no later* dates win over links. Where they do not, an activity waits for its links, its late dates stay
    /// bound to the date, and the conflict is its negative float.
    public var constraintsWinOverLinks = true

    public init(
        direction: SchedulingDirection, calendar: Int = 0, statusDate: Int? = nil, progressRule: ProgressRule = .retainedLogic,
        criticalFloat: Int = 0, multipleCriticalPaths: Bool = false
    ) {
        self.direction = direction
        self.calendar = calendar
        self.statusDate = statusDate
        self.progressRule = progressRule
        self.criticalFloat = criticalFloat
        self.multipleCriticalPaths = multipleCriticalPaths
    }
}

/// Why a network could not be built.
public enum ScheduleError: Error, Hashable {
    /// Each activity of the path waits for the one before it, and the first for the last. A summary stands for its descendants.
    case cycle([Int])
    /// A link, parent or calendar names something that is not there; the message says which.
    case unknownReference(String)
}
