import Foundation
import Testing

@testable import Measures

/// Truth: `Oracles/distributions_oracle.py`, forty digits by mpmath.
@Suite struct DistributionTests {
    struct Case {
        var name: String
        var parameters: [Double]
        var x: Double
        var lower: Double
        var upper: Double

        var continuous: (any ContinuousDistribution)? {
            let p = parameters
            switch name {
            case "normal": return NormalDistribution.standard
            case "gamma": return GammaDistribution(shape: p[0])
            case "chisquared": return ChiSquaredDistribution(freedom: p[0])
            case "beta": return BetaDistribution(p[0], p[1])
            case "student": return StudentDistribution(freedom: p[0])
            case "fisher": return FisherDistribution(above: p[0], below: p[1])
            default: return nil
            }
        }
        var count: (any CountDistribution)? {
            switch name {
            case "poisson": return PoissonDistribution(mean: parameters[0])
            case "binomial": return BinomialDistribution(trials: Int(parameters[0]), share: parameters[1])
            default: return nil
            }
        }
    }

    static func cases() throws -> [Case] {
        try fixture("distributions.tsv").map { row in
            Case(
                name: row[0], parameters: row[1].split(separator: ";").map { Double($0)! }, x: Double(row[2])!,
                lower: Double(row[3])!, upper: Double(row[4])!)
        }
    }

    @Test("both tails of every distribution keep twelve digits")
    func tails() throws {
        for item in try Self.cases() {
            let lower: Double
            let upper: Double
            if let distribution = item.continuous {
                (lower, upper) = (distribution.cumulative(item.x), distribution.survival(item.x))
            } else {
                let distribution = try #require(item.count)
                (lower, upper) = (distribution.cumulative(Int(item.x)), distribution.survival(Int(item.x)))
            }
            #expect(relativeError(lower, item.lower) < 1e-12, "\(item.name) \(item.parameters) \(item.x)")
            #expect(relativeError(upper, item.upper) < 1e-12, "\(item.name) \(item.parameters) \(item.x)")
        }
    }

    @Test("quantiles lead back to the place, as far as the probability's last digit allows")
    func quantiles() throws {
        for item in try Self.cases() {
            guard let distribution = item.continuous, item.lower > 1e-290, item.upper > 1e-290 else { continue }
            let tail = min(item.lower, item.upper)
            let x = item.lower < item.upper ? distribution.quantile(tail) : distribution.upperQuantile(tail)
            let change = distribution.density(item.x) * max(0, abs(x - item.x) - 2 * x.ulp) / tail
            #expect(change < 2e-12, "\(item.name) \(item.parameters) \(item.x)")
        }
    }

    @Test("the quantile of a count's cumulative probability is the count")
    func countQuantiles() throws {
        for item in try Self.cases() {
            guard let distribution = item.count, item.upper > 1e-6, distribution.probability(Int(item.x)) > 1e-12 else {
                continue
            }
            #expect(distribution.quantile(item.lower) == Int(item.x), "\(item)")
            #expect(try #require(distribution.quantile(min(1, item.lower + 1e-8))) >= Int(item.x))
        }
    }

    @Test("textbook quantiles of t, χ² and F")
    func tables() {
        #expect(abs(NormalDistribution.standard.quantile(0.975) - 1.959963984540054) < 1e-15)
        #expect(abs(StudentDistribution(freedom: 10).quantile(0.975) - 2.228138852) < 1e-9)
        #expect(abs(ChiSquaredDistribution(freedom: 5).quantile(0.95) - 11.07049769) < 1e-8)
        #expect(abs(FisherDistribution(above: 4, below: 20).quantile(0.95) - 2.866081402) < 1e-9)
    }

    @Test("densities are the slopes of the cumulative distributions")
    func densities() throws {
        for item in try Self.cases() {
            guard let distribution = item.continuous, item.lower > 0.01, item.upper > 0.01, item.parameters[0] >= 0.5 else {
                continue
            }
            let step = 1e-5 * distribution.variance.squareRoot()
            guard step.isFinite, step < 1e-3 * abs(item.x) else { continue }
            let slope = (distribution.cumulative(item.x + step) - distribution.cumulative(item.x - step)) / (2 * step)
            #expect(relativeError(distribution.density(item.x), slope) < 1e-4, "\(item)")
        }
    }

    @Test("the ends: impossible, certain and not a probability")
    func ends() {
        #expect(GammaDistribution(shape: 2).quantile(0) == 0)
        #expect(GammaDistribution(shape: 2).quantile(1) == .infinity)
        #expect(BetaDistribution(2, 3).quantile(1.5).isNaN)
        #expect(BinomialDistribution(trials: 5, share: 0).quantile(1) == 0)
        #expect(BinomialDistribution(trials: 5, share: 1).probability(5) == 1)
        #expect(PoissonDistribution(mean: 3).quantile(1) == nil)
        #expect(StudentDistribution(freedom: .infinity).cumulative(0) == 0.5)
    }
}
