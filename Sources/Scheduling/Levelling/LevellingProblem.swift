/// What is to be levelled: activities in alternative modes, links, capacities over time and the aim.
///
/// Time is whole units from 0 (periods, hours, working minutes: the caller decides); intervals are half open.
/// Capacities that fall to 0 for a while stand for calendars.
public struct LevellingProblem: Sendable {
    public var activities: [LevellingActivity]
    public var links: [LevellingLink]
    public var capacities: [LevellingCapacity]
    public var objective: LevellingObjective

    public init(
        activities: [LevellingActivity] = [], links: [LevellingLink] = [], capacities: [LevellingCapacity] = [],
        objective: LevellingObjective = .makespan
    ) {
        self.activities = activities
        self.links = links
        self.capacities = capacities
        self.objective = objective
    }
}

public struct LevellingActivity: Hashable, Sendable {
    /// Alternatives, exactly one of which is carried out; at least one.
    public var modes: [LevellingMode]
    /// Earliest start.
    public var release: Int
    /// Wanted finish, for `weightedTardiness`.
    public var deadline: Int?
    /// Latest finish that must hold, such as the late finish when levelling within float. A missed one is reported as an
    /// overrun; search prefers any schedule without overruns.
    public var latestFinish: Int?
    /// A start that must not change. The capacity it uses is not at the disposal of the others.
    public var fixedStart: Int?
    /// The start in the present schedule: what moves are told against and what `deviation` keeps close to.
    public var presentStart: Int?
    /// What one unit of tardiness or deviation costs.
    public var weight: Int
    /// Among equals the higher priority is placed first and moved last.
    public var priority: Int
    /// Work may pause where capacity is lacking and go on later.
    public var maySplit: Bool
    /// Times at which it rests and takes nothing: ascending, disjoint, not empty. Whole outside of them unless it may be split; of no effect
    /// on a fixed activity, whose duration takes them in.
    public var pauses: [Range<Int>]
    /// Times at which what it takes of one capacity rests, by the capacity: leave of one of its people. The others go on meanwhile, and
    /// the activity ends when the last of them has done the duration.
    public var absences: [Int: [Range<Int>]]

    public init(
        modes: [LevellingMode], release: Int = 0, deadline: Int? = nil, latestFinish: Int? = nil, fixedStart: Int? = nil,
        presentStart: Int? = nil, weight: Int = 1, priority: Int = 500, maySplit: Bool = false,
        pauses: [Range<Int>] = [], absences: [Int: [Range<Int>]] = [:]
    ) {
        self.modes = modes
        self.release = release
        self.deadline = deadline
        self.latestFinish = latestFinish
        self.fixedStart = fixedStart
        self.presentStart = presentStart
        self.weight = weight
        self.priority = priority
        self.maySplit = maySplit
        self.pauses = pauses
        self.absences = absences
    }

    public init(duration: Int, demands: [Int]) {
        self.init(modes: [LevellingMode(duration: duration, demands: demands)])
    }
}

/// One way to do an activity: a duration and what it takes of each capacity while it runs.
public struct LevellingMode: Hashable, Sendable {
    public var duration: Int
    /// One value per capacity of the problem.
    public var demands: [Int]
    /// What choosing it costs beside, in units of time: added to a `deviation`, and deciding between equals elsewhere.
    public var cost: Int

    public init(duration: Int, demands: [Int], cost: Int = 0) {
        self.duration = duration
        self.demands = demands
        self.cost = cost
    }
}

/// The successor's start or finish is at least `lag` after the predecessor's finish or start. Lags may be negative.
public struct LevellingLink: Hashable, Sendable {
    public var predecessor: Int
    public var successor: Int
    public var kind: Link.Kind
    public var lag: Int

    public init(_ predecessor: Int, _ successor: Int, _ kind: Link.Kind = .finishToStart, lag: Int = 0) {
        self.predecessor = predecessor
        self.successor = successor
        self.kind = kind
        self.lag = lag
    }
}

/// A renewable capacity: people of a role, machines, rooms.
public struct LevellingCapacity: Hashable, Sendable {
    /// From `start` on there are `units`, until the next step.
    public struct Step: Hashable, Sendable {
        public var start: Int
        public var units: Int

        public init(start: Int, units: Int) {
            self.start = start
            self.units = units
        }
    }

    /// Ascending by start, the first at 0; the last holds for ever.
    public var steps: [Step]

    public init(steps: [Step]) { self.steps = steps }

    public init(units: Int) { steps = [Step(start: 0, units: units)] }

    /// The units at an instant. O(log steps).
    public func units(at time: Int) -> Int {
        var low = 0
        var high = steps.count
        while low < high {
            let middle = (low + high) / 2
            if steps[middle].start <= time { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? 0 : steps[low - 1].units
    }

    var isConstant: Bool { steps.count == 1 }
}

public enum LevellingObjective: Hashable, Sendable {
    /// The finish of the last activity.
    case makespan
    /// Σ weight · max(0, finish − deadline), then makespan.
    case weightedTardiness
    /// Σ weight · |start − present start| and the costs of the modes, then makespan. No activity starts before its present start.
    case deviation
}
