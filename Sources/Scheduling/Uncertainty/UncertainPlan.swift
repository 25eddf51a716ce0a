/// What the simulation needs to know of a plan: activities, links, risks and what moves together.
///
/// All times are working minutes on one common calendar, counted from the project's start (or from the status date for a plan under
/// way: then durations are what remains, and ``UncertainActivity/notEarlierThan`` holds what is fixed). Turn offsets of the result
/// into dates with the calendar they were counted on. Costs are in the caller's unit, one unit for the whole plan.
public struct UncertainPlan: Sendable {
    public var activities: [UncertainActivity]
    public var links: [UncertainLink]
    public var risks: [RiskEvent]
    public var calendarRisks: [CalendarRisk]
    public var correlations: [CorrelationGroup]
    /// Cost that runs as long as the whole project does, per working minute from 0 to the finish.
    public var overheadPerMinute: Double

    public init(
        activities: [UncertainActivity], links: [UncertainLink], risks: [RiskEvent] = [], calendarRisks: [CalendarRisk] = [],
        correlations: [CorrelationGroup] = [], overheadPerMinute: Double = 0
    ) {
        self.activities = activities
        self.links = links
        self.risks = risks
        self.calendarRisks = calendarRisks
        self.correlations = correlations
        self.overheadPerMinute = overheadPerMinute
    }
}

/// An activity whose duration, and perhaps cost, is not known exactly.
public struct UncertainActivity: Sendable, Hashable {
    /// Working minutes. Draws are rounded to whole minutes; below zero counts as zero.
    public var duration: Estimate
    /// The start is not earlier than this, in working minutes since the project's start.
    public var notEarlierThan: Int?
    /// The part of the cost that does not depend on the duration.
    public var fixedCost: Estimate
    /// The part that does: cost of each working minute from start to finish, time lost to the calendar included.
    public var costPerMinute: Double

    public init(
        duration: Estimate, notEarlierThan: Int? = nil, fixedCost: Estimate = .fixed(0), costPerMinute: Double = 0
    ) {
        self.duration = duration
        self.notEarlierThan = notEarlierThan
        self.fixedCost = fixedCost
        self.costPerMinute = costPerMinute
    }
}

/// A dependency between two activities, by their positions in ``UncertainPlan/activities``.
public struct UncertainLink: Sendable, Hashable {
    public var predecessor: Int
    public var successor: Int
    public var kind: Link.Kind
    /// Working minutes; negative for a lead.
    public var lag: Int

    public init(_ predecessor: Int, _ successor: Int, kind: Link.Kind = .finishToStart, lag: Int = 0) {
        self.predecessor = predecessor
        self.successor = successor
        self.kind = kind
        self.lag = lag
    }
}

/// An event that may happen once, and what it does to the plan if it does. An opportunity is an event whose effects are negative
/// or factors below one.
public struct RiskEvent: Sendable, Hashable {
    /// 0…1
    public var probability: Double
    /// One draw per run decides how hard the event strikes, the same for all its effects.
    public var effects: [RiskEffect]
    /// Added to the cost of the plan when the event happens.
    public var cost: Estimate
    /// What the event looks like once the planned response is carried out.
    public var response: RiskResponse?

    public init(probability: Double, effects: [RiskEffect] = [], cost: Estimate = .fixed(0), response: RiskResponse? = nil) {
        self.probability = probability
        self.effects = effects
        self.cost = cost
        self.response = response
    }
}

/// The residual risk after a response, and the price of the response, which is paid whether or not the event happens.
public struct RiskResponse: Sendable, Hashable {
    public var probability: Double
    public var effects: [RiskEffect]
    public var cost: Estimate
    public var price: Double

    public init(probability: Double, effects: [RiskEffect] = [], cost: Estimate = .fixed(0), price: Double = 0) {
        self.probability = probability
        self.effects = effects
        self.cost = cost
        self.price = price
    }
}

/// What an event does to the duration of one activity.
public struct RiskEffect: Sendable, Hashable {
    public enum Kind: Sendable, Hashable {
        /// Working minutes added to the duration, after all factors.
        case add
        /// A factor on the duration.
        case multiply
    }

    public var activity: Int
    public var kind: Kind
    public var size: Estimate

    public init(_ kind: Kind, _ size: Estimate, on activity: Int) {
        self.activity = activity
        self.kind = kind
        self.size = size
    }
}

/// Working time that may be lost in certain stretches of the calendar: rain in July, frost in January, a plant that stands still.
///
/// The time lost in a period is spread evenly over it: an activity at work during a period in which a third of the time is lost
/// proceeds at two thirds of its speed.
public struct CalendarRisk: Sendable, Hashable {
    public struct Period: Sendable, Hashable {
        /// From start to end, working minutes since the project's start: usually a month.
        public var minutes: Range<Int>
        /// The probability that any time is lost, 0…1.
        public var probability: Double
        /// Working minutes lost if so.
        public var lost: Estimate

        public init(_ minutes: Range<Int>, probability: Double, lost: Estimate) {
            self.minutes = minutes
            self.probability = probability
            self.lost = lost
        }
    }

    /// What is left of it in each period once the planned response is carried out, for a price that is paid in any case.
    public struct Response: Sendable, Hashable {
        public var probability: Double
        public var lost: Estimate
        public var price: Double

        public init(probability: Double, lost: Estimate, price: Double = 0) {
            self.probability = probability
            self.lost = lost
            self.price = price
        }
    }

    public var periods: [Period]
    /// The activities that feel it; `nil` for all.
    public var activities: [Int]?
    public var response: Response?

    public init(periods: [Period], activities: [Int]? = nil, response: Response? = nil) {
        self.periods = periods
        self.activities = activities
        self.response = response
    }

    /// The risk once its response is in place.
    var responded: CalendarRisk {
        guard let response else { return self }
        return CalendarRisk(
            periods: periods.map { Period($0.minutes, probability: response.probability, lost: response.lost) },
            activities: activities)
    }
}

/// Something that is drawn in each run.
public enum UncertaintySource: Sendable, Hashable {
    case duration(activity: Int)
    case fixedCost(activity: Int)
    /// Whether a risk event happens and, if so, how hard it strikes.
    case risk(Int)
    /// The time lost in one period of a calendar risk.
    case calendarRisk(Int, period: Int)
}

/// Sources that tend to be high or low together.
public struct CorrelationGroup: Sendable, Hashable {
    public enum Strength: Sendable, Hashable {
        /// The same rank correlation between every two members, 0…1.
        case common(Double)
        /// Rank correlations (Spearman), k × k by rows, symmetric with ones on the diagonal, positive definite.
        case matrix([Double])
    }

    public var members: [UncertaintySource]
    public var strength: Strength

    public init(_ members: [UncertaintySource], strength: Strength) {
        self.members = members
        self.strength = strength
    }
}

/// Why a plan can't be simulated.
public enum UncertaintyError: Error, Hashable, Sendable {
    case noActivities
    case estimate(UncertaintySource, EstimateFlaw)
    /// The effect on an activity of a risk event, or of its response, is flawed or names an activity that does not exist.
    case effect(risk: Int, effect: Int)
    /// A probability outside 0…1.
    case probability(UncertaintySource)
    /// A link between activities that do not exist, or from an activity to itself.
    case link(Int)
    /// Activities in the order in which the links lead around, each once.
    case cycle([Int])
    /// A member that does not exist or stands in two groups, or strengths of the wrong number or size.
    case correlation(group: Int)
    /// No joint distribution has these correlations.
    case correlationNotPositiveDefinite(group: Int)
    /// An activity named by a calendar risk or as a milestone that does not exist.
    case unknownActivity(Int)
    /// Fewer than one run or thread, or more than 2²⁸ runs.
    case nothingToRun
}
