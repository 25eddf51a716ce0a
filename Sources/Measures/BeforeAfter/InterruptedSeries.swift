import Foundation

/// Segmented regression of a series that was changed at a known moment: level and slope before, and how both changed.
///
/// - Source: Wagner et al. 2002; errors by Newey & West 1987 with Bartlett weights, ⌊4(n/100)^(2/9)⌋ lags and n ÷ (n − 4).
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
        let spread = fit.serialCovariance(rows, lags: lags)
        let freedom = Double(count - 4)
        let student = StudentDistribution(freedom: freedom)
        let reach = student.upperQuantile((1 - coverage) / 2)
        func effect(_ weights: [Double]) -> (estimate: Estimate, error: Double) {
            var value = 0.0
            var variance = 0.0
            for i in 0..<4 {
                value += weights[i] * fit.coefficients[i]
                for j in 0..<4 { variance += weights[i] * weights[j] * spread[i * 4 + j] }
            }
            let error = max(0, variance).squareRoot()
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

/// Least squares by Householder reflections.
struct LinearFit {
    let coefficients: [Double]
    let residuals: [Double]
    /// (XᵀX)⁻¹, row by row.
    let inverse: [Double]

    /// - Returns: `nil` where the columns depend on each other.
    init?(_ rows: [[Double]], _ values: [Double]) {
        let (n, k) = (rows.count, rows.first?.count ?? 0)
        guard n >= k, k > 0 else { return nil }
        var a = rows
        var y = values
        for column in 0..<k {
            let norm = (column..<n).map { a[$0][column] * a[$0][column] }.compensatedSum.squareRoot()
            let scale = rows.map { abs($0[column]) }.max() ?? 0
            guard norm > 1e-11 * scale * Double(n).squareRoot() else { return nil }
            let alpha = a[column][column] > 0 ? -norm : norm
            var v = (column..<n).map { a[$0][column] }
            v[0] -= alpha
            let square = v.reduce(0) { $0 + $1 * $1 }
            for other in column..<k {
                let factor = 2 * v.indices.reduce(0) { $0 + v[$1] * a[column + $1][other] } / square
                for i in v.indices { a[column + i][other] -= factor * v[i] }
            }
            let factor = 2 * v.indices.reduce(0) { $0 + v[$1] * y[column + $1] } / square
            for i in v.indices { y[column + i] -= factor * v[i] }
        }
        func solved(_ right: [Double]) -> [Double] {
            var x = [Double](repeating: 0, count: k)
            for i in stride(from: k - 1, through: 0, by: -1) {
                x[i] = (right[i] - (i + 1..<k).reduce(0) { $0 + a[i][$1] * x[$1] }) / a[i][i]
            }
            return x
        }
        let found = solved(y)
        coefficients = found
        residuals = zip(rows, values).map { row, value in value - (0..<k).reduce(0) { $0 + row[$1] * found[$1] } }
        // R⁻¹ column by column, then R⁻¹R⁻ᵀ.
        let columns = (0..<k).map { unit in solved((0..<k).map { $0 == unit ? 1 : 0 }) }
        inverse = (0..<k * k).map { place in (0..<k).reduce(0) { $0 + columns[$1][place / k] * columns[$1][place % k] } }
    }

    /// The covariance of the coefficients with serially correlated errors, row by row.
    func serialCovariance(_ rows: [[Double]], lags: Int) -> [Double] {
        let (n, k) = (rows.count, coefficients.count)
        var middle = [Double](repeating: 0, count: k * k)
        for lag in 0...min(lags, n - 1) {
            let weight = lag == 0 ? 0.5 : 1 - Double(lag) / Double(lags + 1)
            for t in lag..<n {
                let product = weight * residuals[t] * residuals[t - lag]
                for i in 0..<k {
                    for j in 0..<k {
                        middle[i * k + j] += product * (rows[t][i] * rows[t - lag][j] + rows[t - lag][i] * rows[t][j])
                    }
                }
            }
        }
        func product(_ a: [Double], _ b: [Double]) -> [Double] {
            (0..<k * k).map { place in (0..<k).reduce(0) { $0 + a[place / k * k + $1] * b[$1 * k + place % k] } }
        }
        let factor = Double(n) / Double(n - k)
        return product(product(inverse, middle), inverse).map { $0 * factor }
    }
}
