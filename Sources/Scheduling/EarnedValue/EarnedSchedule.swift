/// Earned schedule: being ahead or behind told in time instead of money.
///
/// Schedule variance in money shrinks to zero when a late project ends at last; here it doesn't. The question is when the plan
/// would have had done what is done now. All figures are in periods: months of a report, or working days.
/// - Source: Lipke 2003, "Schedule is Different", The Measurable News.
public struct EarnedSchedule: Sendable, Hashable {
    /// AT: periods from the start until now.
    public let actualTime: Double
    /// ES: periods after which the plan has earned what is earned now.
    public let earnedTime: Double
    /// PD: periods of the whole plan.
    public let plannedDuration: Double

    /// - Parameters:
    ///   - plannedValues: cumulative planned value at the end of each period of the plan, ascending; the last is the whole budget.
    ///   - earnedValue: what is earned now.
    ///   - actualTime: periods until now; may have a fraction, and exceed the plan.
    /// - Complexity: O(log periods).
    public init(plannedValues: [Double], earnedValue: Double, actualTime: Double) {
        self.actualTime = actualTime
        plannedDuration = Double(plannedValues.count)
        // C, the periods whose planned value is reached: ES = C + (EV − PV of C) ÷ (PV of C + 1 − PV of C).
        var (low, high) = (0, plannedValues.count)
        while low < high {
            let middle = (low + high) / 2
            if plannedValues[middle] <= earnedValue { low = middle + 1 } else { high = middle }
        }
        guard low < plannedValues.count else {
            earnedTime = Double(plannedValues.count)
            return
        }
        let before = low > 0 ? plannedValues[low - 1] : 0
        earnedTime = Double(low) + max(earnedValue - before, 0) / (plannedValues[low] - before)
    }

    /// SV(t) = ES − AT; negative is behind.
    public var variance: Double { earnedTime - actualTime }
    /// SPI(t) = ES ÷ AT
    public var performanceIndex: Double? { actualTime > 0 ? earnedTime / actualTime : nil }
    /// IEAC(t) = PD ÷ SPI(t): the duration there will have been if time goes on being used as it was.
    public var estimateAtCompletion: Double? {
        performanceIndex.flatMap { $0 > 0 ? plannedDuration / $0 : nil }
    }
    /// IEAC(t) = AT + (PD − ES): if the rest goes as planned.
    public var estimateWithRestAsPlanned: Double { actualTime + plannedDuration - earnedTime }
    /// VAC(t) = PD − IEAC(t)
    public var varianceAtCompletion: Double? { estimateAtCompletion.map { plannedDuration - $0 } }
    /// TSPI = (PD − ES) ÷ (PD − AT): the pace the rest needs to end as planned; `nil` once the planned time is over.
    public var toCompleteIndex: Double? {
        plannedDuration > actualTime ? (plannedDuration - earnedTime) / (plannedDuration - actualTime) : nil
    }
}
