/// What a simulation found. Times are working minutes since the project's start, on the calendar of the plan.
public struct SimulationResult: Sendable {
    public enum Ending: Sendable, Hashable {
        /// All the runs asked for.
        case complete
        /// The convergence rule was satisfied before.
        case converged
        /// The observer stopped it; the result holds the runs made so far.
        case stopped
    }

    public let runs: Int
    public let ending: Ending
    /// The project's finish.
    public let finish: SampleDistribution
    /// `nil` where the plan has no costs.
    public let cost: SampleDistribution?
    /// Finish of each milestone asked for, in that order.
    public let milestones: [SampleDistribution]
    /// The finish and cost with every estimate at its most likely value and no risk happening: what a plan without uncertainty shows.
    public let plannedFinish: Int
    public let plannedCost: Double
    /// Empty unless ``SimulationOptions/sensitivity``.
    public let activities: [ActivitySensitivity]
    /// The causes of uncertainty by their effect on the finish, greatest first. Empty unless ``SimulationOptions/sensitivity``.
    public let tornado: [TornadoBar]
    public let drawDown: ReserveDrawDown?
    /// Half width of the 95 % confidence interval of the mean finish and of its P80, in minutes; from the spread between batches,
    /// `nil` below four full batches.
    public let precision: SimulationPrecision?
}

extension SimulationResult {
    /// The probability of finishing by a deadline, in working minutes since the project's start.
    public func probability(finishBy deadline: Int) -> Double { finish.probability(atMost: Double(deadline)) }

    /// Working minutes to hold beyond `deadline`, or beyond the planned finish, to keep it with this probability.
    public func timeReserve(confidence: Double, over deadline: Int? = nil) -> Double {
        finish.reserve(over: Double(deadline ?? plannedFinish), confidence: confidence)
    }

    /// Money to hold beyond `budget`, or beyond the planned cost, to keep it with this probability; `nil` without costs.
    public func costReserve(confidence: Double, over budget: Double? = nil) -> Double? {
        cost?.reserve(over: budget ?? plannedCost, confidence: confidence)
    }

    /// The probability of keeping both, which is less than either alone; `nil` without costs.
    public func jointProbability(finishBy deadline: Int, costAtMost budget: Double) -> Double? {
        guard let cost, runs > 0 else { return nil }
        var kept = 0
        for (time, money) in zip(finish.runs, cost.runs) where time <= Double(deadline) && money <= budget { kept += 1 }
        return Double(kept) / Double(runs)
    }

    /// Pairs of finish and budget that are kept together with probability `confidence`: the frontier of the joint confidence level.
    ///
    /// - Returns: for `points` finishes between the first that can reach the confidence and the last run's, the least budget.
    public func jointFrontier(confidence: Double, points: Int = 21) -> [(finish: Double, cost: Double)] {
        guard let cost, runs > 0, points > 1, (0...1).contains(confidence) else { return [] }
        let needed = Int((confidence * Double(runs)).rounded(.up))
        guard needed >= 1, needed <= runs else { return [] }
        return (0..<points).map { index in
            let taken = needed + (runs - needed) * index / (points - 1)
            let latest = finish.sorted[taken - 1]
            let costs = zip(finish.runs, cost.runs).filter { $0.0 <= latest }.map(\.1).sorted()
            return (latest, costs[needed - 1])
        }
    }
}

/// How an activity bears on the project's finish.
public struct ActivitySensitivity: Sendable, Hashable {
    /// The share of runs in which the activity lies on a critical path.
    public let criticality: Double
    /// Spearman's rank correlation between the draw of the activity's duration and the project's finish (Williams 1992 names it
    /// cruciality). 0 where the estimate is certain.
    public let cruciality: Double
    /// Pearson's correlation between the time the activity takes, risks and lost time included, and the project's finish.
    public let correlation: Double
    /// Standard deviation of the time the activity takes, working minutes.
    public let standardDeviation: Double
    /// Criticality × standard deviation ÷ that of the finish: the schedule sensitivity index of the PMBOK Guide.
    public let sensitivityIndex: Double
}

/// What one source of uncertainty does to the result.
public struct TornadoBar: Sendable, Hashable {
    public let source: UncertaintySource
    /// Mean finish in the runs where the source is low and where it is high: the lowest and highest tenth of its draws, or for risks
    /// the runs in which the event does not happen and in which it does.
    public let finishWhenLow: Double
    public let finishWhenHigh: Double
    /// The same for the cost; 0 without costs.
    public let costWhenLow: Double
    public let costWhenHigh: Double
    /// Spearman's rank correlation with the finish, and with the cost.
    public let finishCorrelation: Double
    public let costCorrelation: Double

    public var finishSwing: Double { finishWhenHigh - finishWhenLow }
    public var costSwing: Double { costWhenHigh - costWhenLow }
}

/// How sure the simulation is of its own figures.
public struct SimulationPrecision: Sendable, Hashable {
    public let meanFinish: Double
    public let finishP80: Double
}

/// How the cost reserve is used up in the course of time.
public struct ReserveDrawDown: Sendable, Hashable {
    public struct Point: Sendable, Hashable {
        /// Working minutes since the project's start; the last point is the end, whenever it comes.
        public let minutes: Int?
        /// Cost beyond plan incurred until then: P10, P50, P80 and P90 over the runs. Negative where it is below plan.
        public let used: [Double]
        /// What must still be held then for the chosen confidence: that quantile of the cost beyond plan still to come, at least 0.
        public let stillNeeded: Double
        /// The share of runs in which the whole reserve is used up by then.
        public let exhausted: Double
    }

    public static let usedShares = [0.1, 0.5, 0.8, 0.9]
    public let confidence: Double
    /// The reserve the curve starts from.
    public let reserve: Double
    public let points: [Point]
}

/// A plan's risk with and without the planned responses, on the same draws, so that the difference is the responses' alone.
public struct ResponseComparison: Sendable {
    public let before: SimulationResult
    public let after: SimulationResult

    /// Working minutes that the responses save at this confidence.
    public func timeSaved(confidence: Double) -> Double {
        before.finish.quantile(confidence) - after.finish.quantile(confidence)
    }

    /// Cost saved at this confidence, the price of the responses already paid; `nil` without costs.
    public func costSaved(confidence: Double) -> Double? {
        guard let before = before.cost, let after = after.cost else { return nil }
        return before.quantile(confidence) - after.quantile(confidence)
    }
}
