/// Earned schedule: being ahead or behind told in time instead of money.
///
/// Schedule variance in money shrinks to zero when a late project ends at last; here it doesn't. The question is when the plan
/// would have had done what is done now. All figures are in periods: months of a report, or working days.
/// - Source: Lipke 2003, "Schedule is Different", The Measurable News.
public struct EarnedSchedule: Sendable, Hashable {
    /// AT: periods from the start until now.
    public let actualTime: Double
    /// ES: periods after which the plan has earned what is earned now; where the plan pauses there, the time of the pause that is
    /// nearest to AT, since all of it is as planned.
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
        // Sums of the same shares differ in their last digits; a pause must not be missed for that.
        let tolerance = 1e-9 * (plannedValues.last ?? 0)
        let begin = Self.count(plannedValues) { $0 < earnedValue - tolerance }
        let end = Self.count(plannedValues) { $0 <= earnedValue + tolerance }
        if end > begin || earnedValue <= tolerance {
            let first = earnedValue <= tolerance ? 0 : begin + 1
            earnedTime = min(max(actualTime, Double(first)), Double(end))
        } else if end < plannedValues.count {
            // C, the periods whose planned value is reached: ES = C + (EV − PV of C) ÷ (PV of C + 1 − PV of C).
            let before = end > 0 ? plannedValues[end - 1] : 0
            earnedTime = Double(end) + (earnedValue - before) / (plannedValues[end] - before)
        } else {
            earnedTime = Double(end)
        }
    }

    /// How many of the ascending values, from the first on, are so.
    private static func count(_ values: [Double], where isSo: (Double) -> Bool) -> Int {
        var (low, high) = (0, values.count)
        while low < high {
            let middle = (low + high) / 2
            if isSo(values[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
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
