import Foundation

/// Forecasts series by a combination of methods, with intervals, and says when it cannot tell.
///
/// ```swift
/// let forecast = Forecaster(period: 12, horizon: 6).forecast(monthly)
/// forecast.points            // six values
/// forecast.intervals[1]      // 80 %
/// ```
public struct Forecaster: Hashable, Sendable {
    /// Values per cycle: 12 for months in a year, 4 for quarters, 7 for days in a week, 1 for none.
    public var period: Int
    public var horizon: Int
    /// The month of the first value, for monthly series that 春节 may move; `nil` leaves its effect out.
    public var firstMonth: CalendarMonth?
    /// The methods to combine; `nil` for those that serve best together.
    public var methods: [ForecastMethod]?

    public init(period: Int, horizon: Int, firstMonth: CalendarMonth? = nil, methods: [ForecastMethod]? = nil) {
        self.methods = methods
        self.period = period
        self.horizon = horizon
        self.firstMonth = firstMonth
    }
}

extension Forecaster {
    /// Fewer values than this tell nothing.
    static let fewestValues = 4

    /// Forecasts one series.
    ///
    /// The result scales with the series: multiplying every value by a positive number multiplies every result by it.
    ///
    /// - Parameter series: one value per period in order; `nil` (or not a number) where it is missing.
    /// - Complexity: about 1.5 ms for 120 monthly values on one core.
    public func forecast(_ series: [Double?]) -> SeriesForecast {
        guard period >= 1, horizon >= 1 else { return .nothing([.badRequest]) }
        let outliers = Outliers(series, period: period).findings
        let history: History
        switch History.read(series, leftOut: Set(outliers.filter { $0.use == .leftOut }.map(\.place)), period: period) {
        case .success(let read): history = read
        case .failure(let reason): return .nothing([reason.note])
        }
        var notes = outliers.map { ForecastNote.outlier($0) } + history.notes
        let ahead = horizon + history.trailing
        if ahead > history.values.count { notes.append(.horizonBeyondHistory) }
        if period > 1 && history.values.count < 2 * period + 1 {
            notes.append(.seasonUnknown(count: history.values.count, period: period))
        }
        if let low = history.values.min(), low == history.values.max() {
            return flat(low, notes: notes + [.constant])
        }
        let scale = history.values.reduce(0) { $0 + abs($1) } / Double(history.values.count)
        var values = history.values.map { Self.rounded($0 / scale) }
        var effect: LunarNewYearEffect?
        if period == 12, let first = firstMonth?.advanced(by: history.leading) {
            effect = LunarNewYearEffect.estimated(values, from: first)
            if let effect {
                values = effect.removed(from: values, first: first).map(Self.rounded)
                notes.append(.lunarNewYear(effect: effect.isMultiplicative ? exp(effect.size) - 1 : effect.size))
            }
        }
        let prepared = PreparedSeries(values, period: values.count >= 2 * period + 1 ? period : 1)
        let result = combined(prepared, history: history, ahead: ahead, effect: effect, notes: notes)
        return result.scaled(by: scale, dropping: history.trailing)
    }

    /// Values of mean size 1 rounded to 2⁻³⁶, so that series which differ by a factor take exactly the same way.
    private static func rounded(_ value: Double) -> Double {
        let grid = 68_719_476_736.0
        return abs(value) < 1e5 ? (value * grid).rounded() / grid : value
    }

    private func flat(_ value: Double, notes: [ForecastNote]) -> SeriesForecast {
        let points = [Double](repeating: value, count: horizon)
        return SeriesForecast(
            status: .cautious, notes: notes, points: points,
            intervals: ForecastSpread.levels.map { ForecastInterval(level: $0.level, lower: points, upper: points) },
            parts: [ForecastPart(method: .seasonalNaive, weight: 1, error: 0)], smoothing: nil, isSeasonal: false)
    }

    private func combined(
        _ series: PreparedSeries, history: History, ahead: Int, effect: LunarNewYearEffect?, notes: [ForecastNote]
    ) -> SeriesForecast {
        var notes = notes
        var working = series
        let isMostlyZero = 2 * series.values.filter { $0 == 0 }.count > series.values.count
        if isMostlyZero {
            notes.append(.mostlyZero)
            working.period = 1
            working.isSeasonal = false
        }
        let combination = Combination.fitted(
            to: working, horizon: ahead, methods: isMostlyZero ? [.exponentialSmoothing] : methods ?? Combination.pool)
        let isNonNegative = series.values.allSatisfy { $0 >= 0 }
        let free = combination.forecast(working, horizon: ahead)
        let points = isNonNegative ? free.map { max(0, $0) } : free
        let spread = ForecastSpread(combination, working, points: free)
        if let error = spread.meanError, error > 0.35 { notes.append(.poorlyPredictable(error: error)) }
        let intervals = spread.intervals(
            around: points, isPositive: series.values.allSatisfy { $0 > 0 }, isNonNegative: isNonNegative)
        // Values are of mean size 1.
        if intervals.allSatisfy({ zip($0.lower, $0.upper).allSatisfy { $1 - $0 < 1e-8 } }) { notes.append(.withoutDeviation) }
        let forecast = SeriesForecast(
            status: notes.contains { $0.asksForCare } ? .cautious : .forecast, notes: notes, points: points,
            intervals: intervals,
            parts: combination.members.map { ForecastPart(method: $0.fitted.method, weight: $0.weight, error: $0.error) },
            smoothing: combination.smoothingForm?.name, isSeasonal: combination.isSeasonal)
        guard let effect, let first = firstMonth?.advanced(by: history.leading + series.values.count) else { return forecast }
        return forecast.moved(by: effect, from: first)
    }
}

extension ForecastNote {
    var asksForCare: Bool {
        switch self {
        case .lunarNewYear: false
        case .outlier(let value): value.use != .used
        // A value in ten was never there.
        case .gapsFilled(let count, let periods): 10 * count > periods
        default: true
        }
    }
}

extension SeriesForecast {
    /// The sum of the first steps, such as the rest of a year, with bounds; all steps if left out.
    ///
    /// - Parameter known: what is known already, such as the total of the year so far.
    public func total(of steps: Int? = nil, adding known: Double = 0) -> (
        point: Double, bounds: [(level: Double, lower: Double, upper: Double)]
    )? {
        let count = min(steps ?? points.count, points.count)
        guard count > 0 else { return nil }
        let sum = points.prefix(count).reduce(known, +)
        return (
            sum,
            intervals.map { interval in
                let below = Self.widthsOfTotals(zip(points, interval.lower).prefix(count).map { $0 - $1 }).last ?? 0
                let above = Self.widthsOfTotals(zip(interval.upper, points).prefix(count).map { $0 - $1 }).last ?? 0
                return (interval.level, sum - below, sum + above)
            }
        )
    }

    /// Puts the effect of 春节 back on.
    func moved(by effect: LunarNewYearEffect, from first: CalendarMonth) -> SeriesForecast {
        var result = self
        func moved(_ values: [Double]) -> [Double] {
            values.enumerated().map { step, value in
                let factor = effect.factor(in: first.advanced(by: step))
                return effect.isMultiplicative ? value * factor : value + factor
            }
        }
        result.points = moved(points)
        result.intervals = intervals.map { ForecastInterval(level: $0.level, lower: moved($0.lower), upper: moved($0.upper)) }
        return result
    }

    func scaled(by scale: Double, dropping steps: Int) -> SeriesForecast {
        var result = self
        func scaled(_ values: [Double]) -> [Double] { values.dropFirst(steps).map { $0 * scale } }
        result.points = scaled(points)
        result.intervals = intervals.map { ForecastInterval(level: $0.level, lower: scaled($0.lower), upper: scaled($0.upper)) }
        result.parts = parts.map { ForecastPart(method: $0.method, weight: $0.weight, error: $0.error.map { $0 * scale }) }
        return result
    }
}
