import Measures
import PlanModel
import Synchronization
import WorkingTime

/// Where a measure is heading by its due day.
public struct MeasureForecast: Sendable {
    /// The last day of each period to come, with the point and the 80 % interval.
    public let points: [(day: Day, value: Double, low: Double, high: Double)]
    public let status: ForecastStatus
    public let notes: [Label]
    /// Value and 80 % interval at the end; nil where nothing can be told.
    public var end: (value: Double, low: Double, high: Double)? { points.last.map { ($0.value, $0.low, $0.high) } }

    /// - Returns: nil where the measure has no values by regular periods, or its due day is past.
    init?(_ measure: Typed<Measure>, plan: Plan, today: Day) {
        guard let due = measure.due ?? plan.fields.finish, due > today, measure.direction != .milestone,
            let grid = Grid(measure, today: today)
        else { return nil }
        let steps = grid.steps(to: due)
        guard steps > 0, steps <= 120 else { return nil }
        let forecast = Forecaster(period: grid.period, horizon: steps, firstMonth: grid.firstMonth).forecast(grid.values)
        status = forecast.status
        notes = forecast.notes.map { Label($0.wording.zh, $0.wording.en) }
        let band = forecast.intervals.first { $0.level == 0.8 }
        // What cannot be below zero or above a hundred is not foretold there.
        let isShare = measure.unit == "%"
        let isPositive = (measure.values?.values.min() ?? 0) >= 0
        func bounded(_ value: Double) -> Double {
            min(isPositive ? max(value, 0) : value, isShare && (measure.values?.values.max() ?? 0) <= 100 ? 100 : .infinity)
        }
        points = forecast.points.indices.map { index in
            (
                grid.day(after: index + 1), bounded(forecast.points[index]),
                bounded(band?.lower[index] ?? forecast.points[index]), bounded(band?.upper[index] ?? forecast.points[index])
            )
        }
    }

    /// Whether the target lies outside what is to be expected, on the wrong side.
    public func misses(_ measure: Typed<Measure>) -> Bool {
        guard status != .cannotTell, let end, let target = measure.target else { return false }
        switch measure.direction ?? .up {
        case .up: return end.high < target
        case .down: return end.low > target
        case .range: return end.high < target || end.low > (measure.targetHigh ?? target)
        case .milestone: return false
        }
    }
}

/// A measure's values by weeks, months or quarters, gaps as nil.
private struct Grid {
    private let frequency: Frequency
    private let last: Day
    let period: Int
    let values: [Double?]
    let firstMonth: CalendarMonth?

    init?(_ measure: Typed<Measure>, today: Day) {
        let points = (measure.values?.points ?? []).filter { $0.day <= today }
        guard points.count >= 3, let first = points.first?.day, let last = points.last?.day,
            let frequency = Self.frequency(points.map(\.day))
        else { return nil }
        self.frequency = frequency
        self.last = last
        var values = [Double?](repeating: nil, count: Self.place(last, first, frequency) + 1)
        for point in points { values[Self.place(point.day, first, frequency)] = point.value }
        self.values = values
        period = frequency == .monthly ? 12 : frequency == .quarterly ? 4 : 1
        firstMonth = frequency == .monthly ? CalendarMonth(year: first.year, month: first.month) : nil
    }

    /// By the usual distance of the values.
    private static func frequency(_ days: [Day]) -> Frequency? {
        let gaps = zip(days, days.dropFirst()).map { $1 - $0 }.sorted()
        switch gaps[gaps.count / 2] {
        case 5...9: return .weekly
        case 26...33: return .monthly
        case 85...95: return .quarterly
        default: return nil
        }
    }

    private static func place(_ day: Day, _ first: Day, _ frequency: Frequency) -> Int {
        let months = (day.year - first.year) * 12 + day.month - first.month
        switch frequency {
        case .monthly: return months
        case .quarterly: return (months + 1) / 3
        default: return Int((Double(day - first) / 7).rounded())
        }
    }

    func steps(to day: Day) -> Int {
        let months = (day.year - last.year) * 12 + day.month - last.month
        switch frequency {
        case .monthly: return months
        case .quarterly: return (months + 1) / 3
        default: return (day - last) / 7
        }
    }

    func day(after steps: Int) -> Day {
        guard frequency != .weekly else { return last + 7 * steps }
        let months = last.month - 1 + steps * (frequency == .monthly ? 1 : 3)
        // The day before the first of the next month.
        let next = months + 1
        return (Day(year: last.year + next / 12, month: next % 12 + 1, day: 1) ?? last) - 1
    }
}

extension PlanFacts {
    /// By measure; those of which nothing can be foretold are left out.
    ///
    /// - Complexity: about 2 ms a measure, once.
    public var forecasts: [RecordID: MeasureForecast] {
        later.forecasts {
            var all: [RecordID: MeasureForecast] = [:]
            for measure in plan.all(Measure.self) where measure.formula == nil {
                all[measure.id] = ForecastMemory.shared.forecast(measure, plan: plan, today: today)
            }
            return all
        }
    }
}

/// Forecasts by what they depend on, so that a change elsewhere in a plan does not compute them again.
private final class ForecastMemory: Sendable {
    static let shared = ForecastMemory()

    private struct Key: Hashable {
        let values: Series
        let due: Day?
        let unit: String?
        let direction: Direction?
        let today: Day
    }

    private let kept = Mutex<[Key: MeasureForecast?]>([:])
    private static let capacity = 5000

    func forecast(_ measure: Typed<Measure>, plan: Plan, today: Day) -> MeasureForecast? {
        guard let values = measure.values else { return nil }
        let key = Key(
            values: values, due: measure.due ?? plan.fields.finish, unit: measure.unit, direction: measure.direction, today: today
        )
        if let known = kept.withLock({ $0[key] }) { return known }
        let made = MeasureForecast(measure, plan: plan, today: today)
        kept.withLock { all in
            if all.count >= Self.capacity { all.removeAll() }
            all[key] = made
        }
        return made
    }
}
