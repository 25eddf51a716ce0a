import WorkingTime

/// A piece of the baseline that is measured on its own.
public struct WorkPackage: Sendable, Hashable {
    /// Its budget, in the smallest unit; see ``EarnedValueFigures``.
    public var budget: Double
    /// First and last day of the baseline, inclusive.
    public var baselineStart: Day
    public var baselineFinish: Day
    public var rule: PercentCompleteRule
    public var actualStart: Day?
    public var actualFinish: Day?
    /// How the budget is spread over the baseline, if not evenly over its working days.
    public var spread: BudgetSpread

    public init(
        budget: Double, baseline: ClosedRange<Day>, rule: PercentCompleteRule = .physical(0), actualStart: Day? = nil,
        actualFinish: Day? = nil, spread: BudgetSpread = .even
    ) {
        self.budget = budget
        baselineStart = baseline.lowerBound
        baselineFinish = baseline.upperBound
        self.rule = rule
        self.actualStart = actualStart
        self.actualFinish = actualFinish
        self.spread = spread
    }
}

/// Over which days a budget is planned.
public enum BudgetSpread: Sendable, Hashable {
    /// In proportion to the working time of each day from start to finish.
    case even
    /// All on the first day, as for a purchase on order.
    case atStart
    /// All on the last day.
    case atFinish
    /// As the rule earns it: a fixed formula at start and finish, milestones on their planned days. Then a package done exactly as
    /// planned shows no variance on any day.
    case asEarned
    /// Named days with weights, as from an assignment's contour.
    case days([DayWeight])
}

public struct DayWeight: Sendable, Hashable {
    public var day: Day
    public var weight: Double

    public init(_ day: Day, weight: Double) {
        self.day = day
        self.weight = weight
    }
}

/// Money spent, or hours worked, on one day.
public struct ActualCost: Sendable, Hashable {
    public var day: Day
    public var amount: Double
    /// The work package, if the cost can be told to belong to one.
    public var package: Int?

    public init(_ day: Day, _ amount: Double, package: Int? = nil) {
        self.day = day
        self.amount = amount
        self.package = package
    }
}

/// What was measured of a package's progress on one day, for curves over the past.
public struct ProgressReading: Sendable, Hashable {
    public var package: Int
    public var day: Day
    /// 0…1
    public var share: Double

    public init(package: Int, _ day: Day, share: Double) {
        self.package = package
        self.day = day
        self.share = share
    }
}
