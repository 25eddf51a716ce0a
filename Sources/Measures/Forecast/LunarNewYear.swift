import Foundation

/// A calendar month.
public struct CalendarMonth: Hashable, Sendable, Comparable {
    public var year: Int
    /// 1…12
    public var month: Int

    public init(year: Int, month: Int) {
        self.year = year
        self.month = month
    }

    public func advanced(by months: Int) -> CalendarMonth {
        let index = year * 12 + month - 1 + months
        let year = index >= 0 ? index / 12 : (index - 11) / 12
        return CalendarMonth(year: year, month: index - year * 12 + 1)
    }

    public static func < (left: CalendarMonth, right: CalendarMonth) -> Bool {
        (left.year, left.month) < (right.year, right.month)
    }
}

/// Days since 1970-01-01 of a date of the Gregorian calendar.
///
/// - Source: Hinnant, "chrono-Compatible Low-Level Date Algorithms".
public func dayNumber(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
}

/// 春节: its dates, and how much of the days around it falls into which month.
///
/// The festival moves between 21 January and 20 February, so monthly figures of January to March move with it. Their seasonal
/// indices know the average year only; what differs from it is estimated here.
public enum LunarNewYear {
    /// The first day of the first lunar month, 2000–2035, as month × 100 + day.
    static let dates: [Int] = [
        205, 124, 212, 201, 122, 209, 129, 218, 207, 126,
        214, 203, 123, 210, 131, 219, 208, 128, 216, 205,
        125, 212, 201, 122, 210, 129, 217, 206, 126, 213,
        203, 123, 211, 131, 219, 208,
    ]

    /// The day of the festival; `nil` outside 2000–2035.
    public static func day(in year: Int) -> Int? {
        guard dates.indices.contains(year - 2000) else { return nil }
        let date = dates[year - 2000]
        return dayNumber(year: year, month: date / 100, day: date % 100)
    }

    /// Days around the festival that may matter, relative to its first day.
    struct Window: Hashable {
        var from: Int
        var through: Int
        var length: Double { Double(through - from + 1) }

        /// Shopping before it; the holiday itself and the slow days after it; all of it.
        static let before = Window(from: -14, through: -1)
        static let after = Window(from: 0, through: 14)
        static let around = Window(from: -7, through: 14)
    }

    /// The share of the window's days that falls into a month, less what is usual for that month of the year.
    static func deviation(_ window: Window, in month: CalendarMonth) -> Double {
        guard month.month <= 3, let share = share(window, in: month) else { return 0 }
        let shares = (2000...2035).compactMap { self.share(window, in: CalendarMonth(year: $0, month: month.month)) }
        return share - shares.reduce(0, +) / Double(shares.count)
    }

    private static func share(_ window: Window, in month: CalendarMonth) -> Double? {
        guard let festival = day(in: month.year) else { return nil }
        let next = month.advanced(by: 1)
        let first = dayNumber(year: month.year, month: month.month, day: 1)
        let last = dayNumber(year: next.year, month: next.month, day: 1) - 1
        let days = min(last, festival + window.through) - max(first, festival + window.from) + 1
        return Double(max(0, days)) / window.length
    }
}

/// What a moving 春节 adds to or takes from a month.
struct LunarNewYearEffect {
    var window: LunarNewYear.Window
    /// Effect of the whole window falling into one month: a logarithm where `isMultiplicative`.
    var size: Double
    var isMultiplicative: Bool

    /// Estimates the effect by regression of the doubly differenced series (∇∇₁₂, in logarithms where all values are positive),
    /// with the errors' autocorrelation taken out; the window with the clearest effect is kept.
    ///
    /// - Returns: `nil` below three years of data, or where no effect has |t| ≥ 2.5.
    static func estimated(_ values: [Double], from first: CalendarMonth) -> LunarNewYearEffect? {
        guard values.count >= 37 else { return nil }
        let isMultiplicative = values.allSatisfy { $0 > 1e-6 }
        let working = isMultiplicative ? values.map { log($0) } : values
        let target = doublyDifferenced(working)
        var best: (effect: LunarNewYearEffect, t: Double)?
        for window in [LunarNewYear.Window.around, .after, .before] {
            let shares = values.indices.map { LunarNewYear.deviation(window, in: first.advanced(by: $0)) }
            guard let (slope, t) = slope(of: target, on: doublyDifferenced(shares)) else { continue }
            let effect = LunarNewYearEffect(window: window, size: slope, isMultiplicative: isMultiplicative)
            if abs(t) > abs(best?.t ?? 0) { best = (effect, t) }
        }
        guard let best, abs(best.t) >= 2.5 else { return nil }
        return best.effect
    }

    func factor(in month: CalendarMonth) -> Double {
        let effect = size * LunarNewYear.deviation(window, in: month)
        return isMultiplicative ? exp(effect) : effect
    }

    func removed(from values: [Double], first: CalendarMonth) -> [Double] {
        values.indices.map {
            isMultiplicative ? values[$0] / factor(in: first.advanced(by: $0)) : values[$0] - factor(in: first.advanced(by: $0))
        }
    }

    private static func doublyDifferenced(_ values: [Double]) -> [Double] {
        Autoregression.difference(Autoregression.difference(values, lag: 12), lag: 1)
    }

    /// Regression through the origin, twice: the second time after the residuals' autocorrelation at lags 1, 12 and 13 is taken
    /// out of both sides (as of an airline model).
    private static func slope(of target: [Double], on regressor: [Double]) -> (slope: Double, t: Double)? {
        guard let first = plainSlope(of: target, on: regressor) else { return nil }
        let residuals = zip(target, regressor).map { $0 - first.slope * $1 }
        var model = Autoregression(
            orders: .init(moving: 1, seasonalMoving: 1), period: 12, isLogarithmic: false)
        model = model.refitted(to: residuals)
        let filteredTarget = model.errors(of: target)
        let filteredRegressor = model.errors(of: regressor)
        return plainSlope(of: filteredTarget, on: filteredRegressor)
    }

    private static func plainSlope(of target: [Double], on regressor: [Double]) -> (slope: Double, t: Double)? {
        let squares = regressor.reduce(0) { $0 + $1 * $1 }
        guard squares > 1e-9, target.count > 3 else { return nil }
        let slope = zip(target, regressor).reduce(0) { $0 + $1.0 * $1.1 } / squares
        let rest = zip(target, regressor).reduce(0) { $0 + ($1.0 - slope * $1.1) * ($1.0 - slope * $1.1) }
        let error = (rest / Double(target.count - 1) / squares).squareRoot()
        return (slope, error > 0 ? slope / error : slope == 0 ? 0 : 1e9)
    }
}
