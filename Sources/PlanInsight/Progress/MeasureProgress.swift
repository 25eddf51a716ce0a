import PlanModel
import WorkingTime

/// How far a measure has come from its baseline to its target, and how far it should have come today.
public struct MeasureProgress: Sendable, Hashable {
    public let measure: RecordID
    /// The newest value on or before the day asked for.
    public let current: Double?
    public let currentDay: Day?
    /// 0 at the baseline, 1 at the target; clamped to 0…1; `nil` where it cannot be told.
    public let progress: Double?
    /// The same, not clamped: below 0 is worse than the baseline, above 1 better than the target.
    public let attainment: Double?
    /// Where progress should be today, 0…1.
    public let expected: Double
    /// The value wanted today.
    public let expectedValue: Double?
    public let status: Status

    init(_ measure: Typed<Measure>, plan: Plan, today: Day) {
        self.measure = measure.id
        let latest = measure.values?.latest(on: today)
        current = latest?.value
        currentDay = latest?.day
        attainment = current.flatMap { MeasureProgress.attainment($0, measure) }
        progress = attainment.map { min(max($0, 0), 1) }
        expectedValue = MeasureProgress.expectedValue(measure, plan, today)
        expected = min(
            max(
                expectedValue.flatMap { MeasureProgress.attainment($0, measure) }
                    ?? MeasureProgress.elapsed(measure, plan, today), 0), 1)
        status = MeasureProgress.status(measure, current: current, progress: progress, expected: expected)
    }

    static func attainment(_ value: Double, _ measure: Typed<Measure>) -> Double? {
        guard let target = measure.target else { return nil }
        switch measure.direction ?? .up {
        case .milestone: return value >= target ? 1 : 0
        case .range:
            let high = measure.targetHigh ?? target
            if value >= target, value <= high { return 1 }
            guard let baseline = measure.baseline else { return 0 }
            let edge = value < target ? target : high
            return baseline == edge ? 0 : 1 - abs(value - edge) / abs(baseline - edge)
        case .up, .down:
            if let baseline = measure.baseline, baseline != target { return (value - baseline) / (target - baseline) }
            if measure.direction == .down { return value <= target ? 1 : value == 0 ? 0 : target / value }
            return target == 0 ? (value >= 0 ? 1 : 0) : value / target
        }
    }

    private static func expectedValue(_ measure: Typed<Measure>, _ plan: Plan, _ today: Day) -> Double? {
        if let path = measure.path, let point = path.latest(on: today) { return point.value }
        guard measure.direction != .range, measure.direction != .milestone, let baseline = measure.baseline,
            let target = measure.target
        else { return nil }
        return baseline + (target - baseline) * elapsed(measure, plan, today)
    }

    /// The share of the measure's time that has passed.
    private static func elapsed(_ measure: Typed<Measure>, _ plan: Plan, _ today: Day) -> Double {
        guard let start = measure.baselineDate ?? plan.fields.start, let end = measure.due ?? plan.fields.finish, end > start
        else { return 0 }
        return min(max(Double(today - start) / Double(end - start), 0), 1)
    }

    private static func status(_ measure: Typed<Measure>, current: Double?, progress: Double?, expected: Double) -> Status {
        guard let current, let progress else { return .idle }
        if progress >= 1 { return .done }
        let isWorse: (Double, Double) -> Bool = measure.direction == .down ? { $0 > $1 } : { $0 < $1 }
        if let late = measure.late, isWorse(current, late) { return .late }
        if let watch = measure.watch, isWorse(current, watch) { return .watch }
        return Status.of(progress: progress, expected: expected)
    }
}
