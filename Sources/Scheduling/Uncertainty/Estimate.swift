/// What is known of a quantity before it is known: a duration in working minutes, a cost, or a factor.
///
/// An estimate is a value; ``validate()`` says whether its numbers can be meant. The unit is the caller's.
public enum Estimate: Hashable, Sendable {
    /// Known exactly.
    case fixed(Double)
    /// Three points and a beta distribution between the outer two, which are never passed. `weight` is how strongly the most likely
    /// value pulls the mean, 4 in the classic form: mean = (optimistic + 4 × mostLikely + pessimistic) / 6.
    /// - Source: Malcolm, Roseboom, Clark & Fazar 1959; Vose, *Risk Analysis*, for the weight.
    case pert(optimistic: Double, mostLikely: Double, pessimistic: Double, weight: Double = 4)
    /// Three points joined by straight lines.
    case triangular(optimistic: Double, mostLikely: Double, pessimistic: Double)
    /// A range as people state it: "nine times in ten more than `low`, nine times in ten less than `high`". A triangle whose ends
    /// lie outside: `lowShare` of the probability is below `low`, `1 − highShare` above `high` (often called trigen).
    case range(low: Double, mostLikely: Double, high: Double, lowShare: Double = 0.1, highShare: Double = 0.9)
    /// Anything between two values is as likely.
    case uniform(from: Double, to: Double)
    /// The normal distribution. A duration drawn below zero counts as zero.
    case normal(mean: Double, standardDeviation: Double)
    /// The logarithm is normal; mean and standard deviation are those of the quantity itself.
    case logNormal(mean: Double, standardDeviation: Double)
    /// A few values with weights, which need not sum to one.
    case discrete([WeightedValue])
    /// What happened before: the quantiles of these values, linear between neighbours (Hyndman & Fan's type 7).
    case history([Double])

    public struct WeightedValue: Hashable, Sendable {
        public var value: Double
        public var weight: Double

        public init(_ value: Double, weight: Double) {
            self.value = value
            self.weight = weight
        }
    }
}

/// Why an estimate can't be meant.
public enum EstimateFlaw: Error, Hashable, Sendable {
    case notFinite
    /// The points must ascend: optimistic ≤ most likely ≤ pessimistic, low < high for a range.
    case pointsOutOfOrder
    /// The standard deviation is negative, or the mean of a lognormal is not positive.
    case impossibleMoments
    /// No values, a negative weight, or weights that sum to zero.
    case noValues
    /// `lowShare` and `highShare` must satisfy 0 < low < high < 1, the most likely value between.
    case impossibleShares
}

extension Estimate {
    /// - Throws: ``EstimateFlaw``, the first found.
    public func validate() throws(EstimateFlaw) {
        guard numbers.allSatisfy(\.isFinite) else { throw .notFinite }
        switch self {
        case .fixed: return
        case .pert(let low, let mode, let high, let weight):
            guard low <= mode, mode <= high, weight >= 0 else { throw .pointsOutOfOrder }
        case .triangular(let low, let mode, let high):
            guard low <= mode, mode <= high else { throw .pointsOutOfOrder }
        case .range(let low, let mode, let high, let lowShare, let highShare):
            guard low <= mode, mode <= high, low < high else { throw .pointsOutOfOrder }
            guard lowShare > 0, lowShare < highShare, highShare < 1 else { throw .impossibleShares }
        case .uniform(let from, let to):
            guard from <= to else { throw .pointsOutOfOrder }
        case .normal(_, let deviation):
            guard deviation >= 0 else { throw .impossibleMoments }
        case .logNormal(let mean, let deviation):
            guard mean > 0, deviation >= 0 else { throw .impossibleMoments }
        case .discrete(let values):
            guard !values.isEmpty, values.allSatisfy({ $0.weight >= 0 }), values.contains(where: { $0.weight > 0 })
            else { throw .noValues }
        case .history(let values):
            guard !values.isEmpty else { throw .noValues }
        }
    }

    private var numbers: [Double] {
        switch self {
        case .fixed(let value): [value]
        case .pert(let low, let mode, let high, let weight): [low, mode, high, weight]
        case .triangular(let low, let mode, let high): [low, mode, high]
        case .range(let low, let mode, let high, let lowShare, let highShare): [low, mode, high, lowShare, highShare]
        case .uniform(let from, let to): [from, to]
        case .normal(let mean, let deviation), .logNormal(let mean, let deviation): [mean, deviation]
        case .discrete(let values): values.flatMap { [$0.value, $0.weight] }
        case .history(let values): values
        }
    }

    /// Whether every draw gives the same value.
    public var isCertain: Bool {
        switch self {
        case .fixed: true
        case .pert(let low, _, let high, _), .triangular(let low, _, let high), .uniform(let low, let high): low == high
        case .range: false
        case .normal(_, let deviation), .logNormal(_, let deviation): deviation == 0
        case .discrete(let values): Set(values.filter { $0.weight > 0 }.map(\.value)).count <= 1
        case .history(let values): Set(values).count <= 1
        }
    }

    /// The value a schedule without uncertainty would use: most likely where the estimate names it, otherwise the median.
    public var mostLikely: Double {
        switch self {
        case .fixed(let value): value
        case .pert(_, let mode, _, _), .triangular(_, let mode, _), .range(_, let mode, _, _, _): mode
        default: quantile(0.5)
        }
    }
}
