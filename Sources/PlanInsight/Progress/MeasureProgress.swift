import Measures
import PlanModel
import WorkingTime

/// How far a measure has come from its baseline to its target, and how far it should have come by the day of its newest value.
public struct MeasureProgress: Sendable, Hashable {
    public let measure: RecordID
    /// The newest value on or before the day asked for; the total or mean since the start where the target is for the whole period.
    public let current: Double?
    public let currentDay: Day?
    /// 0 at the baseline, 1 at the target; clamped to 0…1; `nil` where it cannot be told.
    public let progress: Double?
    /// The same, not clamped: below 0 is worse than the baseline, above 1 better than the target.
    public let attainment: Double?
    /// Where progress should be on the day it is judged, 0…1.
    public let expected: Double
    /// The value wanted on that day.
    public let expectedValue: Double?
    public let status: Status
    /// The number with its reasons; `nil` without a target, since there is nothing to attain.
    public let explanation: AttainmentExplanation?

    init(_ measure: Typed<Measure>, plan: Plan, today: Day) {
        self.measure = measure.id
        guard let tracked = measure.tracked(in: plan) else {
            let latest = measure.values?.latest(on: today)
            (current, currentDay) = (latest?.value, latest?.day)
            (progress, attainment, expected, expectedValue, status, explanation) = (nil, nil, 0, nil, .idle, nil)
            return
        }
        let judged = measure.dayJudged(on: today)
        let standing = tracked.attainment(on: judged.index)
        let unit = measure.direction == .milestone ? measure.target ?? 1 : 1
        current = standing.value.map { $0 * unit }
        currentDay = standing.valueDay.map { Day(number: $0) }
        attainment = standing.attainment
        progress = attainment.map { min(max($0, 0), 1) }
        expectedValue = standing.expectedValue.map { $0 * unit }
        expected = min(max(standing.expectedAttainment ?? 0, 0), 1)
        let paced = standing.value == nil && measure.direction != .milestone ? .idle : Status(standing.status, progress: progress)
        let isOverdue = measure.due.map { $0 < today } ?? false && progress ?? 0 < 1 && standing.value != nil
        let isUntold = standing.value != nil && standing.attainment == nil
        status = isOverdue ? .late : isUntold ? .watch : paced
        explanation = tracked.explained(on: judged.index)
    }
}

extension Typed where K == Measure {
    /// The day whose path the newest value is held against. Between two values that were agreed nobody can be behind for want of the
    /// next, so it is the day of the newest; today where that is overdue, where no rhythm is agreed, and once the measure is due.
    func dayJudged(on today: Day) -> Day {
        guard let frequency = self.frequency, frequency != .once, let newest = self.values?.latest(on: today)?.day,
            today - newest <= frequency.patience, self.due.map({ today < $0 }) ?? true
        else { return today }
        return min(newest, today)
    }

    /// The measure as the engine tracks it; `nil` without a target.
    ///
    /// Higher is better unless said otherwise; towards a target that contradicts this nothing is attained. A milestone is done when its
    /// value reaches its target.
    public func tracked(in plan: Plan) -> TrackedMeasure? {
        guard let aim else { return nil }
        let whole = self.direction == .milestone && self.target.map { $0 > 0 } ?? false ? self.target ?? 1 : 1
        return TrackedMeasure(
            key: id.description, aim: aim, start: (self.baselineDate ?? plan.fields.start)?.index,
            due: (self.due ?? plan.fields.finish)?.index, path: targetPath,
            values: (self.values?.points ?? []).map { DatedValue(day: $0.day.index, value: $0.value / whole) },
            basis: self.isCumulative == true ? (self.gathering == .mean ? .mean : .total) : .latest,
            thresholds: StatusThresholds(pace: Status.pace, watchValue: self.watch, lateValue: self.late))
    }

    private var aim: Aim? {
        if self.direction == .milestone { return .milestone }
        guard let target = self.target else { return nil }
        let baseline = self.baseline
        switch self.direction ?? .up {
        case .range:
            let high = self.targetHigh ?? target
            let range = min(target, high)...max(target, high)
            let distance = baseline.map { max(range.lowerBound - $0, $0 - range.upperBound) }
            return .stay(within: range, tolerance: self.tolerance ?? distance.flatMap { $0 > 0 ? $0 : nil })
        case .down: return .fall(from: baseline, to: target)
        case .up, .milestone: return .rise(from: baseline, to: target)
        }
    }

    private var targetPath: TargetPath {
        let points = (self.path?.points ?? []).map { DatedValue(day: $0.day.index, value: $0.value) }
        guard !points.isEmpty else { return .linear }
        switch self.pathKind ?? .stepped {
        case .linear: return .linear
        case .stepped: return .stepped(points)
        case .through: return .through(points)
        case .seasonal: return .seasonal(points.map { SeasonShare(through: $0.day, share: $0.value) })
        }
    }
}

extension Day {
    /// As the engines count days.
    var index: Int { Int(number) }
}
