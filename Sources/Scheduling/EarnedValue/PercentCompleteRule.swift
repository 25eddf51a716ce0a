import WorkingTime

/// How much of a work package counts as done: its rule, with what the rule needs to know.
public enum PercentCompleteRule: Sendable, Hashable {
    /// A share is earned at the start and the rest at the finish.
    case fixedFormula(atStart: Double)
    /// Milestones with weights; what is reached counts. Weights need not sum to one.
    case weightedMilestones([WeightedMilestone])
    /// Judged or measured on the thing itself: 0…1.
    case physical(Double)
    /// Units done of units planned.
    case unitsDone(Double, of: Double)
    /// Support that runs along: what is planned for a time is earned by its passing, whatever is done.
    case levelOfEffort
    /// Moves with another package, given by its index, as testing with what is tested.
    case apportioned(to: Int)

    /// 0/100: nothing before the finish.
    public static let zeroHundred = PercentCompleteRule.fixedFormula(atStart: 0)
    /// 25/75
    public static let twentyFiveSeventyFive = PercentCompleteRule.fixedFormula(atStart: 0.25)
    /// 50/50
    public static let fiftyFifty = PercentCompleteRule.fixedFormula(atStart: 0.5)
}

public struct WeightedMilestone: Sendable, Hashable {
    public var weight: Double
    public var isReached: Bool
    /// When the plan has it reached; without, its weight is planned with the time.
    public var planned: Day?
    /// When it was reached; without, it counts as reached on every date.
    public var reached: Day?

    public init(weight: Double, isReached: Bool, planned: Day? = nil, reached: Day? = nil) {
        self.weight = weight
        self.isReached = isReached
        self.planned = planned
        self.reached = reached
    }
}
