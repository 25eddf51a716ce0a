import Foundation

/// Student's t distribution.
public struct StudentDistribution: ContinuousDistribution {
    public let freedom: Double

    /// - Parameter freedom: degrees of freedom, > 0; infinity is the normal distribution.
    public init(freedom: Double) { self.freedom = freedom }

    public var mean: Double { freedom > 1 ? 0 : .nan }
    public var variance: Double {
        freedom == .infinity ? 1 : freedom > 2 ? freedom / (freedom - 2) : freedom > 1 ? .infinity : .nan
    }

    /// Above this the difference from the normal distribution is below a double's digits.
    private var isNormal: Bool { freedom > 1e17 }

    public func density(_ x: Double) -> Double {
        if isNormal { return NormalDistribution.standard.density(x) }
        let scale = exp(-logBeta(freedom / 2, 0.5)) / freedom.squareRoot()
        return scale * exp(-(freedom + 1) / 2 * log1p(x * x / freedom))
    }

    public func cumulative(_ x: Double) -> Double { survival(-x) }

    public func survival(_ x: Double) -> Double {
        if isNormal { return NormalDistribution.standard.survival(x) }
        if abs(x) == .infinity { return x > 0 ? 0 : 1 }
        let odds = x * x / freedom
        let value = incompleteBeta(0.5, freedom / 2, odds / (1 + odds), 1 / (1 + odds))
        return x >= 0 ? 0.5 * value.upper : 0.5 + 0.5 * value.lower
    }

    public func quantile(_ probability: Double) -> Double { -upperQuantile(probability) }

    public func upperQuantile(_ probability: Double) -> Double {
        guard probability > 0, probability < 1 else {
            return probability == 0 ? .infinity : probability == 1 ? -.infinity : .nan
        }
        if isNormal { return NormalDistribution.standard.upperQuantile(probability) }
        if probability == 0.5 { return 0 }
        let tail = min(probability, 1 - probability)
        let odds = BetaDistribution.odds(0.5, freedom / 2, 2 * (0.5 - tail), 2 * tail)
        let size = (freedom * odds).squareRoot()
        return probability < 0.5 ? size : -size
    }
}
