/// Earned value at one date: three measured amounts and the figures that follow from them.
///
/// Amounts are in the smallest unit of what is measured: cents, fen, or minutes of work when hours are earned. They are `Double`, in
/// which whole numbers stay exact up to 9 × 10¹⁵, because forecasts are quotients; callers round forecasts to their currency.
/// A quotient whose divisor is zero has no value and is `nil`, never infinite.
/// - Source: PMI, *The Standard for Earned Value Management* (ANSI/PMI 19-006-2019); ISO 21508:2018; Lipke 2003 for earned schedule.
public struct EarnedValueFigures: Sendable, Hashable {
    /// BAC: everything that is planned to be spent.
    public let budgetAtCompletion: Double
    /// PV: what the plan says should be done by now, at plan cost.
    public let plannedValue: Double
    /// EV: what is done, at plan cost.
    public let earnedValue: Double
    /// AC: what was spent on it.
    public let actualCost: Double

    public init(budgetAtCompletion: Double, plannedValue: Double, earnedValue: Double, actualCost: Double) {
        self.budgetAtCompletion = budgetAtCompletion
        self.plannedValue = plannedValue
        self.earnedValue = earnedValue
        self.actualCost = actualCost
    }

    /// SV = EV − PV; negative is behind.
    public var scheduleVariance: Double { earnedValue - plannedValue }
    /// CV = EV − AC; negative is over cost.
    public var costVariance: Double { earnedValue - actualCost }
    /// SV% = SV ÷ PV
    public var scheduleVarianceShare: Double? { quotient(scheduleVariance, plannedValue) }
    /// CV% = CV ÷ EV
    public var costVarianceShare: Double? { quotient(costVariance, earnedValue) }
    /// SPI = EV ÷ PV
    public var schedulePerformanceIndex: Double? { quotient(earnedValue, plannedValue) }
    /// CPI = EV ÷ AC
    public var costPerformanceIndex: Double? { quotient(earnedValue, actualCost) }
    /// CSI = SPI × CPI
    public var costScheduleIndex: Double? {
        guard let spi = schedulePerformanceIndex, let cpi = costPerformanceIndex else { return nil }
        return spi * cpi
    }

    /// EV ÷ BAC
    public var shareEarned: Double? { quotient(earnedValue, budgetAtCompletion) }
    /// AC ÷ BAC
    public var shareSpent: Double? { quotient(actualCost, budgetAtCompletion) }
    /// PV ÷ BAC
    public var sharePlanned: Double? { quotient(plannedValue, budgetAtCompletion) }
    /// BAC − EV, the plan cost of what is left.
    public var workRemaining: Double { budgetAtCompletion - earnedValue }

    /// EAC, the cost there will have been in the end, by a named method.
    public func estimateAtCompletion(_ method: CompletionEstimate) -> Double? {
        switch method {
        case .remainingAsPlanned: actualCost + workRemaining
        case .costPerformance: costPerformanceIndex.flatMap { quotient(budgetAtCompletion, $0) }
        case .costAndSchedulePerformance: costScheduleIndex.flatMap { quotient(workRemaining, $0) }.map { actualCost + $0 }
        case .schedulePerformance: schedulePerformanceIndex.flatMap { quotient(workRemaining, $0) }.map { actualCost + $0 }
        case .weighted(let cost, let schedule):
            weightedIndex(cost, schedule).flatMap { quotient(workRemaining, $0) }.map { actualCost + $0 }
        case .newEstimate(let remaining): actualCost + remaining
        }
    }

    /// ETC = EAC − AC
    public func estimateToComplete(_ method: CompletionEstimate) -> Double? {
        estimateAtCompletion(method).map { $0 - actualCost }
    }

    /// VAC = BAC − EAC; negative means more than planned.
    public func varianceAtCompletion(_ method: CompletionEstimate) -> Double? {
        estimateAtCompletion(method).map { budgetAtCompletion - $0 }
    }

    /// TCPI for the budget: the cost performance that the rest needs for the whole to cost BAC. `nil` once the budget is spent.
    public var toCompleteIndexForBudget: Double? {
        budgetAtCompletion > actualCost ? workRemaining / (budgetAtCompletion - actualCost) : nil
    }

    /// TCPI for an estimate: the cost performance that the rest needs for the whole to cost EAC.
    public func toCompleteIndex(for method: CompletionEstimate) -> Double? {
        guard let remaining = estimateToComplete(method), remaining > 0 else { return nil }
        return workRemaining / remaining
    }

    private func weightedIndex(_ cost: Double, _ schedule: Double) -> Double? {
        guard let cpi = costPerformanceIndex, let spi = schedulePerformanceIndex, cost + schedule > 0 else { return nil }
        return (cost * cpi + schedule * spi) / (cost + schedule)
    }

    private func quotient(_ value: Double, _ divisor: Double) -> Double? { divisor == 0 ? nil : value / divisor }
}

/// The usual ways to estimate the cost at completion. They differ in what they take the rest of the work to be like.
public enum CompletionEstimate: Sendable, Hashable {
    /// EAC = AC + (BAC − EV): what went wrong so far will not go on.
    case remainingAsPlanned
    /// EAC = BAC ÷ CPI: the rest costs as what is done.
    case costPerformance
    /// EAC = AC + (BAC − EV) ÷ (CPI × SPI): cost goes on as it does, and being late costs too.
    case costAndSchedulePerformance
    /// EAC = AC + (BAC − EV) ÷ SPI: where the schedule drives the cost.
    case schedulePerformance
    /// EAC = AC + (BAC − EV) ÷ (weighted mean of CPI and SPI), often 0.8 and 0.2.
    case weighted(cost: Double, schedule: Double)
    /// EAC = AC + ETC: the rest estimated anew, bottom up.
    case newEstimate(remaining: Double)
}
