import Foundation

/// How wide the intervals around a combined forecast are.
///
/// The shape over the horizon is that of the smoothing model's error variance; its size is calibrated on the errors that the
/// combination made from rolling origins, so that it also carries what the model does not know about itself.
struct ForecastSpread {
    /// Levels with the quantiles of (1 + level) ÷ 2 of the t distribution with 8 degrees of freedom: the spread itself is
    /// estimated from few origins, and errors of real series have heavier tails than the normal distribution.
    static let levels: [(level: Double, quantile: Double)] = [(0.5, 0.706387), (0.8, 1.396815), (0.95, 2.306004)]

    /// Standard deviations per step.
    private(set) var deviations: [Double]
    /// Mean absolute error of the combination from rolling origins, relative to values of mean size 1.
    private(set) var meanError: Double?

    init(_ combination: Combination, _ series: PreparedSeries, points: [Double]) {
        let count = series.values.count
        let shape = Self.shape(combination, series, horizon: max(points.count, combination.trials.map(\.step).max() ?? 1))
        let sizes = points.map { shape.isRelative ? abs($0) : 1 }
        var factor = log(1.1)
        if !combination.trials.isEmpty {
            var sum = 0.0
            for trial in combination.trials {
                let size = shape.isRelative ? max(0.05, abs(trial.actual - trial.error)) : 1
                sum += abs(trial.error) / (shape.deviations[trial.step - 1] * size)
            }
            // A normal deviate is √(2/π) in the mean of its size.
            let seen = sum / Double(combination.trials.count) / 0.7978845608
            let origins = Double(combination.trials.filter { $0.step == 1 }.count)
            factor += (log(min(3, max(0.6, seen))) - log(1.1)) * origins / (origins + 8)
            meanError = combination.trials.reduce(0) { $0 + abs($1.error) } / Double(combination.trials.count)
        }
        // With few values the deviation itself is uncertain.
        let uncertainty = count < 30 ? (1 + 2 / Double(max(2, count - 2))) : 1
        deviations = points.indices.map { shape.deviations[$0] * sizes[$0] * exp(factor) * uncertainty }
    }

    private static func shape(
        _ combination: Combination, _ series: PreparedSeries, horizon: Int
    ) -> (deviations: [Double], isRelative: Bool) {
        for member in combination.members {
            guard case .smoothing(let fit) = member.fitted else { continue }
            let pass = fit.form.pass(series.values, fit.parameters)
            let free = Double(series.values.count - fit.form.parameterCount(period: series.period) + 1)
            let deviation = (pass.squares / max(2, free)).squareRoot()
            return (fit.form.spread(fit.parameters, horizon: horizon).map { max(1e-9, $0 * deviation) }, fit.form.errorIsRelative)
        }
        let changes = Autoregression.difference(series.values, lag: 1)
        let deviation = (changes.reduce(0) { $0 + $1 * $1 } / Double(max(1, changes.count))).squareRoot()
        return ((1...max(1, horizon)).map { max(1e-9, deviation * Double($0).squareRoot()) }, false)
    }

    /// Intervals around the points; of positive series on the logarithmic scale, so that they stay positive.
    func intervals(around points: [Double], isPositive: Bool, isNonNegative: Bool) -> [ForecastInterval] {
        Self.levels.map { level, quantile in
            var interval = ForecastInterval(level: level, lower: [], upper: [])
            for (point, deviation) in zip(points, deviations) {
                if isPositive && point > 0 {
                    let ratio = min(deviation / point, 3)
                    let width = exp(quantile * log(1 + ratio * ratio).squareRoot())
                    interval.lower.append(point / width)
                    interval.upper.append(point * width)
                } else {
                    let lower = point - quantile * deviation
                    interval.lower.append(isNonNegative ? max(0, lower) : lower)
                    interval.upper.append(point + quantile * deviation)
                }
            }
            return interval
        }
    }
}
