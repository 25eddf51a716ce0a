import Foundation

public struct GammaDistribution: ContinuousDistribution {
    public let shape: Double
    public let scale: Double

    public init(shape: Double, scale: Double = 1) {
        self.shape = shape
        self.scale = scale
    }

    public var mean: Double { shape * scale }
    public var variance: Double { shape * scale * scale }

    public func density(_ x: Double) -> Double {
        if x < 0 { return 0 }
        if x == 0 { return shape < 1 ? .infinity : shape == 1 ? 1 / scale : 0 }
        return poissonTerm(shape, x / scale) * shape / x
    }

    public func cumulative(_ x: Double) -> Double { incompleteGamma(shape, x / scale).lower }

    public func survival(_ x: Double) -> Double { incompleteGamma(shape, x / scale).upper }

    public func quantile(_ probability: Double) -> Double {
        guard probability > 0, probability < 1 else { return probability == 0 ? 0 : probability == 1 ? .infinity : .nan }
        return scale * Self.standardQuantile(shape, probability, 1 - probability)
    }

    public func upperQuantile(_ probability: Double) -> Double {
        guard probability > 0, probability < 1 else { return probability == 0 ? .infinity : probability == 1 ? 0 : .nan }
        return scale * Self.standardQuantile(shape, 1 - probability, probability)
    }

    private static func standardQuantile(_ shape: Double, _ lower: Double, _ upper: Double) -> Double {
        // Wilson & Hilferty 1931; far below, the first term of the series.
        let z = lower < upper ? NormalDistribution.standardQuantile(lower) : -NormalDistribution.standardQuantile(upper)
        let root = 1 - 1 / (9 * shape) + z / (3 * shape.squareRoot())
        let byCube = root > 0 ? shape * root * root * root : 0
        let bySeries = exp((log(lower) + logGamma(shape + 1)) / shape)
        let start = byCube > 0.2 * shape ? byCube : max(bySeries, 1e-300)
        let rises = lower < upper
        return positiveQuantile(wanted: min(lower, upper), rises: rises, start: start) { x in
            let value = incompleteGamma(shape, x)
            return (rises ? value.lower : value.upper, poissonTerm(shape, x) * shape)
        }
    }
}

/// The distribution of a sum of squares of standard normal numbers.
public struct ChiSquaredDistribution: ContinuousDistribution {
    public let freedom: Double
    private var gamma: GammaDistribution { GammaDistribution(shape: freedom / 2, scale: 2) }

    /// - Parameter freedom: degrees of freedom, > 0.
    public init(freedom: Double) { self.freedom = freedom }

    public var mean: Double { freedom }
    public var variance: Double { 2 * freedom }
    public func density(_ x: Double) -> Double { gamma.density(x) }
    public func cumulative(_ x: Double) -> Double { gamma.cumulative(x) }
    public func survival(_ x: Double) -> Double { gamma.survival(x) }
    public func quantile(_ probability: Double) -> Double { gamma.quantile(probability) }
    public func upperQuantile(_ probability: Double) -> Double { gamma.upperQuantile(probability) }
}
