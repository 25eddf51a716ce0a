import Foundation

/// A member of the exponential smoothing family.
///
/// - Source: Hyndman, Koehler, Ord & Snyder 2008, Forecasting with Exponential Smoothing, tables 2.2 and 2.3.
public struct SmoothingForm: Hashable, Sendable {
    public enum Trend: String, Hashable, Sendable { case none = "N", additive = "A", damped = "Ad" }
    public enum Season: String, Hashable, Sendable { case none = "N", additive = "A", multiplicative = "M" }

    /// Errors are relative to the level (multiplicative) instead of absolute (additive).
    public var errorIsRelative: Bool
    public var trend: Trend
    public var season: Season

    public init(errorIsRelative: Bool, trend: Trend, season: Season) {
        self.errorIsRelative = errorIsRelative
        self.trend = trend
        self.season = season
    }

    /// Such as `ETS(M,Ad,M)`.
    public var name: String { "ETS(\(errorIsRelative ? "M" : "A"),\(trend.rawValue),\(season.rawValue))" }
}

/// Parameters and first states of a smoothing model; the states are those before the first value.
public struct SmoothingParameters: Hashable, Sendable {
    public var alpha: Double
    /// `β`, at most `alpha`.
    public var beta: Double
    /// `γ`, at most `1 − alpha`.
    public var gamma: Double
    public var phi: Double
    public var level: Double
    public var slope: Double
    /// One value per season, the first for the first value of the series; empty without season.
    public var seasons: [Double]

    public init(
        alpha: Double, beta: Double = 0, gamma: Double = 0, phi: Double = 1, level: Double, slope: Double = 0,
        seasons: [Double] = []
    ) {
        self.alpha = alpha
        self.beta = beta
        self.gamma = gamma
        self.phi = phi
        self.level = level
        self.slope = slope
        self.seasons = seasons
    }
}

/// What a pass over a series leaves behind.
public struct SmoothingPass: Hashable, Sendable {
    public var level: Double
    public var slope: Double
    /// The newest index of each season, the first for the value after the series.
    public var seasons: [Double]
    /// Σ e² of absolute or relative one-step errors, as the form has it.
    public var squares: Double
    /// −2 ln likelihood up to a constant: n ln Σe² (+ 2 Σ ln |fitted| for relative errors); infinite outside the model's domain.
    public var deviance: Double
}

extension SmoothingForm {
    /// One pass of the recursions.
    ///
    /// - Complexity: O(n), allocates one array of `n + period` values with season.
    public func pass(_ values: [Double], _ parameters: SmoothingParameters) -> SmoothingPass {
        let period = parameters.seasons.count
        return withUnsafeTemporaryAllocation(of: Double.self, capacity: values.count + period) { seasons in
            for (season, index) in parameters.seasons.enumerated() { seasons.initializeElement(at: season, to: index) }
            var result = values.withUnsafeBufferPointer { run($0, parameters, seasons) }
            if season != .none { result.seasons = (0..<period).map { seasons[values.count + $0] } }
            return result
        }
    }

    /// The recursions themselves; `seasons` holds the first indices and takes those after each value. Nothing is allocated.
    @inline(__always)
    func run(
        _ values: UnsafeBufferPointer<Double>, _ parameters: SmoothingParameters, _ seasons: UnsafeMutableBufferPointer<Double>
    ) -> SmoothingPass {
        let hasTrend = trend != .none
        let (isAdditive, isMultiplicative) = (season == .additive, season == .multiplicative)
        let period = parameters.seasons.count
        let (alpha, gamma) = (parameters.alpha, parameters.gamma)
        let phi = trend == .damped ? parameters.phi : 1
        let slopeGain = alpha > 0 ? parameters.beta / alpha : 0
        var level = parameters.level
        var slope = hasTrend ? parameters.slope : 0
        var squares = 0.0
        var logarithms = 0.0
        var product = 1.0
        var isInDomain = true
        for index in 0..<values.count {
            let value = values[index]
            let expected = hasTrend ? level + phi * slope : level
            var fitted = expected
            var adjusted = value
            if isAdditive {
                fitted += seasons[index]
                adjusted -= seasons[index]
            } else if isMultiplicative {
                let factor = seasons[index]
                fitted *= factor
                adjusted = abs(factor) < 1e-8 ? 1e8 : value / factor
            }
            var error = value - fitted
            if errorIsRelative {
                if fitted <= 1e-8 { isInDomain = false }
                error /= fitted
                product *= fitted
                if index & 7 == 7 {
                    logarithms += log(abs(product))
                    product = 1
                }
            }
            squares += error * error
            level = expected + alpha * (adjusted - expected)
            if hasTrend { slope = phi * slope + slopeGain * (level - expected) }
            if isAdditive {
                seasons[index + period] = seasons[index] + gamma * (value - expected - seasons[index])
            } else if isMultiplicative {
                let ratio = abs(expected) < 1e-8 ? 1e8 : value / expected
                seasons[index + period] = seasons[index] + gamma * (ratio - seasons[index])
            }
        }
        var deviance = Double(values.count) * log(max(squares, 1e-300))
        if errorIsRelative { deviance += 2 * (logarithms + log(abs(product))) }
        if !isInDomain || !deviance.isFinite { deviance = .infinity }
        return SmoothingPass(level: level, slope: slope, seasons: [], squares: squares, deviance: deviance)
    }

    /// Point forecasts for 1…`horizon` steps from the states after a pass.
    public func forecast(from pass: SmoothingPass, phi: Double, horizon: Int) -> [Double] {
        let damping = trend == .damped ? phi : 1
        var weight = damping
        var reach = trend == .none ? 0 : damping
        return (0..<max(0, horizon)).map { step in
            var value = pass.level + reach * pass.slope
            if season == .additive { value += pass.seasons[step % pass.seasons.count] }
            if season == .multiplicative { value *= pass.seasons[step % pass.seasons.count] }
            weight *= damping
            if trend != .none { reach += weight }
            return value
        }
    }

    /// Standard deviations of the forecast errors in units of the one-step error, for 1…`horizon` steps:
    /// √(1 + Σ c(j)²) with c(j) = α + β φ(j) + γ [j divisible by the period] (exact for additive models).
    public func spread(_ parameters: SmoothingParameters, horizon: Int) -> [Double] {
        let period = parameters.seasons.count
        let damping = trend == .damped ? parameters.phi : 1
        var weight = 1.0
        var reach = 0.0
        var variance = 1.0
        return (1...max(1, horizon)).map { step in
            if step > 1 {
                weight *= damping
                reach += weight
                var gain = parameters.alpha
                if trend != .none { gain += parameters.beta * reach }
                if season != .none && (step - 1) % period == 0 { gain += parameters.gamma }
                variance += gain * gain
            }
            return variance.squareRoot()
        }
    }

    /// Smoothing parameters, first states and the variance.
    func parameterCount(period: Int) -> Int {
        3 + (trend == .none ? 0 : 2) + (trend == .damped ? 1 : 0) + (season == .none ? 0 : period)
    }
}
