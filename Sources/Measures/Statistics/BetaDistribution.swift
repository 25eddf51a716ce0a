import Foundation

public struct BetaDistribution: ContinuousDistribution {
    public let a: Double
    public let b: Double

    public init(_ a: Double, _ b: Double) {
        self.a = a
        self.b = b
    }

    public var mean: Double { a / (a + b) }
    public var variance: Double { a * b / ((a + b) * (a + b) * (a + b + 1)) }

    public func density(_ x: Double) -> Double {
        guard x > 0, x < 1 else {
            if x == 0 { return a < 1 ? .infinity : a == 1 ? b : 0 }
            if x == 1 { return b < 1 ? .infinity : b == 1 ? a : 0 }
            return 0
        }
        return betaTerm(a, b, x, 1 - x) / (x * (1 - x))
    }

    public func cumulative(_ x: Double) -> Double { incompleteBeta(a, b, x, 1 - x).lower }

    public func survival(_ x: Double) -> Double { incompleteBeta(a, b, x, 1 - x).upper }

    public func quantile(_ probability: Double) -> Double {
        guard probability > 0, probability < 1 else { return probability == 0 ? 0 : probability == 1 ? 1 : .nan }
        let odds = Self.odds(a, b, probability, 1 - probability)
        return odds == .infinity ? 1 : odds / (1 + odds)
    }

    public func upperQuantile(_ probability: Double) -> Double {
        guard probability > 0, probability < 1 else { return probability == 0 ? 1 : probability == 1 ? 0 : .nan }
        let odds = Self.odds(a, b, 1 - probability, probability)
        return odds == .infinity ? 1 : odds / (1 + odds)
    }

    /// x ÷ (1 − x) of the quantile x: a coordinate in which both ends keep their digits.
    static func odds(_ a: Double, _ b: Double, _ lower: Double, _ upper: Double) -> Double {
        let rises = lower < upper
        let start: Double
        if a > 1 && b > 1 {
            // Carter 1947, as in Abramowitz & Stegun 26.5.22.
            let z = rises ? -NormalDistribution.standardQuantile(lower) : NormalDistribution.standardQuantile(upper)
            let harmonic = 2 / (1 / (2 * a - 1) + 1 / (2 * b - 1))
            let lambda = (z * z - 3) / 6
            let root = max(0, harmonic + lambda).squareRoot()
            let w = z * root / harmonic - (1 / (2 * b - 1) - 1 / (2 * a - 1)) * (lambda + 5 / 6.0 - 2 / (3 * harmonic))
            start = a / b * exp(-2 * w)
        } else {
            let scale = logBeta(a, b)
            start = rises ? exp((log(lower * a) + scale) / a) : exp(-(log(upper * b) + scale) / b)
        }
        return positiveQuantile(wanted: min(lower, upper), rises: rises, start: min(max(start, 1e-300), 1e300)) { odds in
            let x = odds / (1 + odds)
            let y = 1 / (1 + odds)
            let value = incompleteBeta(a, b, x, y)
            return (rises ? value.lower : value.upper, betaTerm(a, b, x, y))
        }
    }
}

/// Fisher's distribution of a quotient of variances.
public struct FisherDistribution: ContinuousDistribution {
    public let above: Double
    public let below: Double

    /// - Parameters: degrees of freedom above and below the line, > 0.
    public init(above: Double, below: Double) {
        self.above = above
        self.below = below
    }

    public var mean: Double { below > 2 ? below / (below - 2) : .nan }
    public var variance: Double {
        below > 4 ? 2 * below * below * (above + below - 2) / (above * (below - 2) * (below - 2) * (below - 4)) : .nan
    }

    private func tails(_ x: Double) -> (lower: Double, upper: Double) {
        if x == .infinity { return (1, 0) }
        let odds = above / below * max(0, x)
        return incompleteBeta(above / 2, below / 2, odds / (1 + odds), 1 / (1 + odds))
    }

    public func density(_ x: Double) -> Double {
        guard x > 0 else { return x == 0 ? (above < 2 ? .infinity : above == 2 ? 1 : 0) : 0 }
        let odds = above / below * x
        return betaTerm(above / 2, below / 2, odds / (1 + odds), 1 / (1 + odds)) / x
    }

    public func cumulative(_ x: Double) -> Double { tails(x).lower }

    public func survival(_ x: Double) -> Double { tails(x).upper }

    public func quantile(_ probability: Double) -> Double {
        guard probability > 0, probability < 1 else { return probability == 0 ? 0 : probability == 1 ? .infinity : .nan }
        return below / above * BetaDistribution.odds(above / 2, below / 2, probability, 1 - probability)
    }

    public func upperQuantile(_ probability: Double) -> Double {
        guard probability > 0, probability < 1 else { return probability == 0 ? .infinity : probability == 1 ? 0 : .nan }
        return below / above * BetaDistribution.odds(above / 2, below / 2, 1 - probability, probability)
    }
}
