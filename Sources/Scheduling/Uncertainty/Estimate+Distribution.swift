import Foundation

extension Estimate {
    /// The mean of the distribution (of the beta itself for `.pert`, which is the classic weighted mean of the three points).
    public var mean: Double {
        switch self {
        case .fixed(let value): return value
        case .pert(let low, let mode, let high, let weight): return (low + weight * mode + high) / (weight + 2)
        case .triangular(let low, let mode, let high): return (low + mode + high) / 3
        case .range: return triangle.map { ($0.low + $0.mode + $0.high) / 3 } ?? .nan
        case .uniform(let from, let to): return (from + to) / 2
        case .normal(let mean, _), .logNormal(let mean, _): return mean
        case .discrete(let values):
            let total = values.reduce(0) { $0 + $1.weight }
            return values.reduce(0) { $0 + $1.weight * $1.value } / total
        case .history(let values): return Estimate.pieces(of: values).mean
        }
    }

    /// The variance of the distribution. For `.pert` that of the beta; see ``classicVariance`` for ((P − O) / 6)².
    public var variance: Double {
        switch self {
        case .fixed: return 0
        case .pert(let low, _, let high, let weight): return (mean - low) * (high - mean) / (weight + 3)
        case .triangular(let low, let mode, let high): return Triangle(low: low, mode: mode, high: high).variance
        case .range: return triangle?.variance ?? .nan
        case .uniform(let from, let to): return (to - from) * (to - from) / 12
        case .normal(_, let deviation), .logNormal(_, let deviation): return deviation * deviation
        case .discrete(let values):
            let total = values.reduce(0) { $0 + $1.weight }
            let center = mean
            return values.reduce(0) { $0 + $1.weight * ($1.value - center) * ($1.value - center) } / total
        case .history(let values): return Estimate.pieces(of: values).variance
        }
    }

    /// ((pessimistic − optimistic) / 6)², what the PERT method of 1959 uses; the true variance for the other kinds.
    public var classicVariance: Double {
        guard case .pert(let low, _, let high, _) = self else { return variance }
        return (high - low) * (high - low) / 36
    }

    /// The value that is not exceeded with probability `p`, 0 ≤ p ≤ 1; infinite at the open ends of unbounded kinds.
    public func quantile(_ p: Double) -> Double {
        switch self {
        case .fixed(let value): return value
        case .pert(let low, let mode, let high, let weight):
            guard high > low else { return low }
            let shape = weight * (mode - low) / (high - low)
            return low + (high - low) * SpecialFunctions.betaQuantile(p, 1 + shape, 1 + weight - shape)
        case .triangular(let low, let mode, let high): return Triangle(low: low, mode: mode, high: high).quantile(p)
        case .range: return triangle?.quantile(p) ?? .nan
        case .uniform(let from, let to): return from + (to - from) * p
        case .normal(let mean, let deviation):
            return deviation == 0 ? mean : mean + deviation * SpecialFunctions.normalQuantile(p)
        case .logNormal(let mean, let deviation):
            let logs = Estimate.logMoments(mean: mean, deviation: deviation)
            return deviation == 0 ? mean : exp(logs.mean + logs.deviation * SpecialFunctions.normalQuantile(p))
        case .discrete(let values): return Estimate.discreteQuantile(values, p)
        case .history(let values): return Estimate.historyQuantile(values.sorted(), p)
        }
    }

    /// Mean and standard deviation of the logarithm of a lognormal with the given moments.
    static func logMoments(mean: Double, deviation: Double) -> (mean: Double, deviation: Double) {
        let ratio = deviation / mean
        let variance = log1p(ratio * ratio)
        return (log(mean) - variance / 2, variance.squareRoot())
    }

    private static func discreteQuantile(_ values: [WeightedValue], _ p: Double) -> Double {
        let steps = values.filter { $0.weight > 0 }.sorted { $0.value < $1.value }
        let total = steps.reduce(0) { $0 + $1.weight }
        var sum = 0.0
        for step in steps {
            sum += step.weight
            if p <= sum / total { return step.value }
        }
        return steps.last?.value ?? .nan
    }

    static func historyQuantile(_ sorted: [Double], _ p: Double) -> Double {
        let position = p * Double(sorted.count - 1)
        let index = min(Int(position), sorted.count - 1)
        let next = min(index + 1, sorted.count - 1)
        return sorted[index] + (position - Double(index)) * (sorted[next] - sorted[index])
    }

    /// A type 7 quantile function is uniform between neighbouring values, so its moments are those of that mixture.
    private static func pieces(of values: [Double]) -> (mean: Double, variance: Double) {
        guard values.count > 1 else { return (values.first ?? .nan, 0) }
        let sorted = values.sorted()
        let share = 1 / Double(sorted.count - 1)
        var mean = 0.0
        for (a, b) in zip(sorted, sorted.dropFirst()) { mean += share * (a + b) / 2 }
        var variance = 0.0
        for (a, b) in zip(sorted, sorted.dropFirst()) {
            let (x, y) = (a - mean, b - mean)
            variance += share * (x * x + x * y + y * y) / 3
        }
        return (mean, variance)
    }

    /// The triangle of `.triangular` and `.range`.
    var triangle: Triangle? {
        switch self {
        case .triangular(let low, let mode, let high): Triangle(low: low, mode: mode, high: high)
        case .range(let low, let mode, let high, let lowShare, let highShare):
            Triangle(through: low, mode, high, lowShare: lowShare, highShare: highShare)
        default: nil
        }
    }
}

/// A triangular distribution.
struct Triangle {
    var low, mode, high: Double

    var variance: Double {
        (low * low + mode * mode + high * high - low * mode - low * high - mode * high) / 18
    }

    func quantile(_ p: Double) -> Double {
        guard high > low else { return low }
        return p * (high - low) <= mode - low
            ? low + (p * (high - low) * (mode - low)).squareRoot()
            : high - ((1 - p) * (high - low) * (high - mode)).squareRoot()
    }
}

extension Triangle {
    /// The triangle with `lowShare` of its probability below `p`, `1 − highShare` above `q` and its top at `mode`.
    ///
    /// Each end is the root of a quadratic in which the other end appears; the two are solved in turn, which contracts.
    init(through p: Double, _ mode: Double, _ q: Double, lowShare: Double, highShare: Double) {
        var low = p - (q - p) * 0.1
        var high = q + (q - p) * 0.1
        for _ in 0..<500 {
            let newLow = Triangle.end(p, mode, other: high, share: lowShare)
            let newHigh = -Triangle.end(-q, -mode, other: -newLow, share: 1 - highShare)
            let change = abs(newLow - low) + abs(newHigh - high)
            (low, high) = (newLow, newHigh)
            if change <= 1e-13 * (high - low) { break }
        }
        self.init(low: low, mode: mode, high: high)
    }

    /// The a ≤ p with (p − a)² = share × (other − a) × (mode − a).
    private static func end(_ p: Double, _ mode: Double, other: Double, share: Double) -> Double {
        // With x = p − a, b = mode − p, c = other − p: (1 − share) x² − share (b + c) x − share b c = 0, the root x ≥ 0.
        let (b, c) = (mode - p, other - p)
        let linear = share * (b + c)
        let root = (linear * linear + 4 * (1 - share) * share * b * c).squareRoot()
        return p - (linear + root) / (2 * (1 - share))
    }
}

extension Estimate {
    /// The lognormal distribution with these deciles; both positive, the first no greater than the last.
    ///
    /// - Source: the moments of the lognormal distribution from those of its logarithm.
    public static func logNormal(p10: Double, p90: Double) -> Estimate {
        let deviation = (log(p90) - log(p10)) / (2 * SpecialFunctions.normalQuantile(0.9))
        let mean = exp((log(p10) + log(p90)) / 2 + deviation * deviation / 2)
        return .logNormal(mean: mean, standardDeviation: mean * (exp(deviation * deviation) - 1).squareRoot())
    }
}
