/// Seasonal structure of a series: the test used with the Theta method in the M3 competition, and classical decomposition.
enum Seasonality {
    /// Is the autocorrelation at the seasonal lag significant at 90 %, given those at shorter lags?
    ///
    /// |r(m)| > 1.645 √((1 + 2 Σ r(i)², i < m) ÷ n), asked only of at least `2 m` values as the indices need whole cycles.
    /// - Source: Assimakopoulos & Nikolopoulos 2000; Bartlett's formula.
    static func isSignificant(_ values: [Double], period: Int, quantile: Double = 1.645) -> Bool {
        strength(values, period: period) > quantile
    }

    /// The seasonal autocorrelation in standard errors; 0 where it cannot be judged.
    static func strength(_ values: [Double], period: Int) -> Double {
        let count = values.count
        guard period > 1, count >= 2 * period + 1 else { return 0 }
        let correlations = autocorrelations(values, upTo: period)
        guard let last = correlations.last else { return 0 }
        let squares = correlations.dropLast().reduce(0) { $0 + $1 * $1 }
        return abs(last) / ((1 + 2 * squares) / Double(count)).squareRoot()
    }

    /// Autocorrelations at lags 1…`upTo`.
    static func autocorrelations(_ values: [Double], upTo: Int) -> [Double] {
        let count = values.count
        let mean = values.reduce(0, +) / Double(count)
        let centred = values.map { $0 - mean }
        let variance = centred.reduce(0) { $0 + $1 * $1 }
        guard variance > 0 else { return [Double](repeating: 0, count: upTo) }
        return (1...max(1, upTo)).map { lag in
            var sum = 0.0
            for index in stride(from: lag, to: count, by: 1) { sum += centred[index] * centred[index - lag] }
            return sum / variance
        }
    }

    /// Seasonal indices of classical decomposition: `period` values, the first for the first value of the series;
    /// multiplicative ones average 1, additive ones 0.
    ///
    /// - Complexity: O(n)
    static func indices(_ values: [Double], period: Int, multiplicative: Bool) -> [Double] {
        let trend = centredMovingAverage(values, period: period)
        var sums = [Double](repeating: 0, count: period)
        var counts = [Double](repeating: 0, count: period)
        let half = period / 2
        for (offset, level) in trend.enumerated() {
            let index = offset + half
            if multiplicative && level <= 0 { continue }
            sums[index % period] += multiplicative ? values[index] / level : values[index] - level
            counts[index % period] += 1
        }
        let neutral = multiplicative ? 1.0 : 0.0
        var indices = (0..<period).map { counts[$0] > 0 ? sums[$0] / counts[$0] : neutral }
        let mean = indices.reduce(0, +) / Double(period)
        for season in 0..<period {
            if multiplicative {
                indices[season] = mean > 0 ? max(0.01, indices[season] / mean) : 1
            } else {
                indices[season] -= mean
            }
        }
        return indices
    }

    /// Averages over one period (2 × period for even ones), for the values from `period/2` to `count − period/2 − 1`.
    static func centredMovingAverage(_ values: [Double], period: Int) -> [Double] {
        let half = period / 2
        guard values.count > 2 * half else { return [] }
        return (half..<(values.count - half)).map { centre in
            var sum = 0.0
            for index in (centre - half)...(centre + half) { sum += values[index] }
            if period % 2 == 0 { sum -= 0.5 * (values[centre - half] + values[centre + half]) }
            return sum / Double(period)
        }
    }
}
