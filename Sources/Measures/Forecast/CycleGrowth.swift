import Foundation

/// The level of the last half cycle, carried on with a part of its growth over a cycle.
///
/// A mean over half a cycle hardly feels the noise of single values, and growth over a whole cycle no season that the adjustment left;
/// so its errors differ from those of smoothing, which goes by the newest values. Of the growth three tenths are kept, as trends of real
/// series seldom last (Gardner & McKenzie 1985 on damping; Kourentzes, Petropoulos & Trapero 2014 on putting together forecasts from
/// several levels of aggregation).
struct CycleGrowth {
    private static let kept = 0.3
    private static let mostGrowth = 1.4

    private let level: Double
    /// Over a cycle: a factor, or a difference.
    private let growth: Double
    /// Values from the middle of those that the level is the mean of to the first one ahead.
    private let distance: Double
    private let period: Double
    private let isMultiplicative: Bool

    static func fits(_ series: PreparedSeries) -> Bool { series.period > 1 && series.values.count >= 2 * series.period + 1 }

    /// - Parameter values: seasonally adjusted, at least one cycle and a half of them.
    init(_ values: [Double], period: Int, isMultiplicative: Bool) {
        let count = max(1, period / 2)
        func mean(_ values: ArraySlice<Double>) -> Double { values.reduce(0, +) / Double(max(1, values.count)) }
        let before = mean(values.dropLast(period).suffix(count))
        level = mean(values.suffix(count))
        distance = Double(count + 1) / 2
        self.period = Double(period)
        self.isMultiplicative = isMultiplicative && level > 0 && before > 0
        growth =
            self.isMultiplicative
            ? pow(min(max(level / before, 1 / Self.mostGrowth), Self.mostGrowth), Self.kept) : Self.kept * (level - before)
    }

    func forecast(horizon: Int) -> [Double] {
        (0..<horizon).map { step in
            let cycles = (Double(step) + distance) / period
            return isMultiplicative ? level * pow(growth, cycles) : level + growth * cycles
        }
    }
}
