import Foundation

/// Segmented regression of a series that was changed at a known moment: level and slope before, and how both changed.
///
/// The uncertainty is the larger of two: Newey & West 1987 (Bartlett weights, ⌊4(n/100)^(2/9)⌋ lags, n ÷ (n − 4)), which is
/// much too small for short series, and that of autoregressive errors with the bias of their correlation made good.
///
/// - Source: Wagner et al. 2002.
public struct InterruptedSeries: Hashable, Sendable {
    public var count: Int
    /// Index of the first value after the change.
    public var start: Int
    /// Level at the first value, and slope per step before the change.
    public var level: Double
    public var slope: Double
    /// The sudden change at the start, and the change of slope after it, with 95 % intervals.
    public var levelChange: Estimate
    public var slopeChange: Estimate
    /// Mean difference after the change from what would have been without it.
    public var meanEffect: Estimate
    /// The same at the last value.
    public var finalEffect: Estimate
    /// Lag-1 autocorrelation of the residuals.
    public var residualCorrelation: Double
    public var lags: Int
    /// What was to be expected without the change at the mean after it.
    public var finding: ChangeFinding

    /// - Parameters:
    ///   - values: evenly spaced in time.
    ///   - start: at least 3 values before it and 3 from it on.
    /// - Returns: `nil` with fewer.
    public init?(_ values: [Double], start: Int, coverage: Double = 0.95) {
        guard start >= 3, values.count - start >= 3, values.allSatisfy(\.isFinite) else { return nil }
        let rows = values.indices.map { index in
            [1, Double(index), index >= start ? 1 : 0, Double(max(0, index - start))]
        }
        guard let fit = LinearFit(rows, values) else { return nil }
        count = values.count
        self.start = start
        (level, slope) = (fit.coefficients[0], fit.coefficients[1])
        lags = Int(4 * pow(Double(count) / 100, 2.0 / 9))
        let spreads = [fit.serialCovariance(rows, lags: lags), fit.autoregressiveCovariance(rows)]
        let freedom = Double(count - 4)
        let student = StudentDistribution(freedom: freedom)
        let reach = student.upperQuantile((1 - coverage) / 2)
        func effect(_ weights: [Double]) -> (estimate: Estimate, error: Double) {
            var value = 0.0
            var variances = [0.0, 0.0]
            for i in 0..<4 {
                value += weights[i] * fit.coefficients[i]
                for j in 0..<4 { for way in 0..<2 { variances[way] += weights[i] * weights[j] * spreads[way][i * 4 + j] } }
            }
            let error = max(0, variances[0], variances[1]).squareRoot()
            return (Estimate(value, value - reach * error, value + reach * error), error)
        }
        let length = Double(count - start)
        levelChange = effect([0, 0, 1, 0]).estimate
        slopeChange = effect([0, 0, 0, 1]).estimate
        finalEffect = effect([0, 0, 1, length - 1]).estimate
        let mean = effect([0, 0, 1, (length - 1) / 2])
        meanEffect = mean.estimate
        residualCorrelation = BeforeAfter.autocorrelation(fit.residuals)
        let after = values[start...].reduce(0, +) / length
        let expected = after - mean.estimate.value
        let exact = mean.error <= 1e-12 * abs(mean.estimate.value)
        let probability =
            exact ? (mean.estimate.value == 0 ? 1 : 0) : min(1, 2 * student.survival(abs(mean.estimate.value) / mean.error))
        finding = ChangeFinding(
            method: .interruptedSeries, countBefore: start, countAfter: count - start, before: expected, after: after,
            change: mean.estimate,
            relative: expected > 0
                ? Estimate(mean.estimate.value / expected, mean.estimate.lower / expected, mean.estimate.upper / expected) : nil,
            probability: probability, effectSize: nil, level: coverage, warnings: [])
        let trend = effect([0, 1, 0, 0])
        finding.warnings = Self.warnings(
            start, count, residualCorrelation, hasTrend: trend.estimate.lower > 0 || trend.estimate.upper < 0)
    }

    private static func warnings(_ start: Int, _ count: Int, _ correlation: Double, hasTrend: Bool) -> [ChangeWarning] {
        var warnings: [ChangeWarning] = []
        if min(start, count - start) < 8 { warnings.append(.tooFew(before: start, after: count - start, needed: 8)) }
        if correlation > 0.5 { warnings.append(.autocorrelated(correlation)) }
        if hasTrend { warnings.append(.trendBefore) }
        return warnings
    }
}
