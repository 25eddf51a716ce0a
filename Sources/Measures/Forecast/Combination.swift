import Foundation

/// Several methods put together, each weighted by its error from rolling origins.
///
/// - Source: Bates & Granger 1969; Petropoulos & Svetunkov 2020, "A simple combination of univariate models" (M4 competition);
///   Tashman 2000 on rolling origins.
struct Combination {
    struct Member {
        var fitted: FittedMethod
        var weight: Double
        /// Mean absolute error from rolling origins, for series of mean size 1; `nil` where there was too little to try.
        var error: Double?
    }

    var members: [Member]
    /// The season is used: by the test, or because the form chosen by AICc has one.
    var isSeasonal: Bool
    /// The errors of the combination from rolling origins; empty where there was too little to try.
    var trials: [Trial]

    /// One error of the combination from a rolling origin.
    struct Trial {
        var step: Int
        var error: Double
        var actual: Double
    }

    static let pool: [ForecastMethod] = [
        .theta, .dynamicTheta, .exponentialSmoothing, .autoregression, .cycleGrowth, .seasonalNaive,
    ]

    static func fitted(to series: PreparedSeries, horizon: Int, methods: [ForecastMethod] = pool) -> Combination {
        var series = series
        let smoothing = methods.contains(.exponentialSmoothing) ? FittedMethod.fit(.exponentialSmoothing, series) : nil
        if case .smoothing(let fit)? = smoothing, fit.form.season != .none { series.isSeasonal = true }
        let fits = methods.compactMap { $0 == .exponentialSmoothing ? smoothing : FittedMethod.fit($0, series) }
        let count = series.values.count
        let held = min(max(horizon, 6), max(series.period, 8), count / 4)
        guard held >= 3, count - held >= max(8, series.isSeasonal ? 2 * series.period + 1 : 0), fits.count > 1 else {
            let weights = weights(ofShort: series, fits)
            return Combination(
                members: zip(fits, weights).map { Member(fitted: $0, weight: $1, error: nil) },
                isSeasonal: series.isSeasonal, trials: [])
        }
        return weighted(fits, series, held: held, horizon: horizon)
    }

    /// Where too little is there to hold values back, by how well each method follows the second half of the series a step ahead.
    private static func weights(ofShort series: PreparedSeries, _ fits: [FittedMethod]) -> [Double] {
        let origins = max(4, series.values.count / 2)..<series.values.count
        guard origins.count >= 3 else { return fits.map { _ in 1 / Double(fits.count) } }
        let errors = fits.map { fit in
            origins.reduce(0) { sum, origin in
                let ahead = fit.forecast(series.prefix(origin), horizon: 1).first ?? .nan
                return sum + abs(ahead - series.values[origin])
            } / Double(origins.count)
        }
        return weights(from: errors.map { $0.isFinite ? $0 : 1e9 })
    }

    /// Parameters are estimated without the last `held` values; then every one of these is an origin, the first before it.
    private static func weighted(_ fits: [FittedMethod], _ series: PreparedSeries, held: Int, horizon: Int) -> Combination {
        let count = series.values.count
        let training = series.prefix(count - held)
        let tried = fits.map { $0.refitted(to: training) }
        var errors = [Double](repeating: 0, count: fits.count)
        var paths: [(origin: Int, ahead: [[Double]])] = []
        var trialCount = 0.0
        for origin in (count - held)..<count {
            let known = series.prefix(origin)
            let reach = min(horizon, count - origin)
            let ahead = tried.map { $0.forecast(known, horizon: reach) }
            for step in 0..<reach {
                for method in ahead.indices { errors[method] += abs(ahead[method][step] - series.values[origin + step]) }
            }
            trialCount += Double(reach)
            paths.append((origin, ahead))
        }
        for method in errors.indices {
            errors[method] = (errors[method] / trialCount).isFinite ? errors[method] / trialCount : 1e9
        }
        let weights = weights(from: errors)
        var trials: [Trial] = []
        for (origin, ahead) in paths {
            for (step, value) in blend(ahead, weights).enumerated() {
                let actual = series.values[origin + step]
                trials.append(Trial(step: step + 1, error: actual - value, actual: actual))
            }
        }
        let members = fits.indices.map { Member(fitted: fits[$0], weight: weights[$0], error: errors[$0]) }
        return Combination(members: members, isSeasonal: series.isSeasonal, trials: trials)
    }

    /// Weights inverse to the squared error; a method twice as bad as the best one is left out.
    private static func weights(from errors: [Double]) -> [Double] {
        let best = max(errors.min() ?? 0, 1e-9)
        let raw = errors.map { $0 > 2 * best + 1e-9 ? 0 : best * best / max($0 * $0, 1e-18) }
        let sum = raw.reduce(0, +)
        return raw.map { $0 / sum }
    }

    /// The form of the smoothing member.
    var smoothingForm: SmoothingForm? {
        for member in members { if case .smoothing(let fit) = member.fitted { return fit.form } }
        return nil
    }

    func forecast(_ series: PreparedSeries, horizon: Int) -> [Double] {
        var series = series
        series.isSeasonal = isSeasonal
        return Self.blend(members.map { $0.fitted.forecast(series, horizon: horizon) }, members.map(\.weight))
    }

    /// The weighted mean, after any forecast that lies far outside the others' is drawn in (with four or more), so that no single
    /// method can run away: farther than three times the width of the rest. Drawing in more costs accuracy on real series.
    static func blend(_ ahead: [[Double]], _ weights: [Double]) -> [Double] {
        guard let steps = ahead.first?.count else { return [] }
        return (0..<steps).map { step in
            var sum = 0.0
            var used = 0.0
            let values = ahead.indices.filter { weights[$0] > 0 && ahead[$0][step].isFinite }
            let sorted = values.map { ahead[$0][step] }.sorted()
            for method in values {
                var value = ahead[method][step]
                if sorted.count >= 4 {
                    let reach = 3 * (sorted[sorted.count - 2] - sorted[1])
                    value = min(sorted[sorted.count - 2] + reach, max(sorted[1] - reach, value))
                }
                sum += weights[method] * value
                used += weights[method]
            }
            return used > 0 ? sum / used : .nan
        }
    }
}
