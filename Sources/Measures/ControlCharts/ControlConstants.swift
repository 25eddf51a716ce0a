import Foundation

/// The constants of control charts for subgroups of n values from a normal process, computed rather than tabled.
///
/// - Source: definitions as in ASTM E2587 and Montgomery, "Introduction to Statistical Quality Control", appendix VI.
public struct ControlConstants: Sendable {
    public let size: Int
    /// Mean of the range over σ.
    public let d2: Double
    /// Standard deviation of the range over σ.
    public let d3: Double
    /// Mean of the sample standard deviation over σ.
    public let c4: Double

    /// - Parameter size: 2…1000; outside it is `nil`.
    public init?(size: Int) {
        guard size >= 2, size <= 1000 else { return nil }
        self.size = size
        (d2, d3) = size < Self.table.count ? Self.table[size] : Self.rangeMoments(size)
        c4 = Self.c4(size)
    }

    private static func c4(_ size: Int) -> Double {
        let n = Double(size)
        return (2 / (n - 1)).squareRoot() * exp(logGamma(n / 2) - logGamma((n - 1) / 2))
    }

    private static let table: [(d2: Double, d3: Double)] = (0...25).map { $0 < 2 ? (.nan, .nan) : rangeMoments($0) }

    /// Mean and standard deviation of the range of n standard normal values.
    ///
    /// Trapezoids converge exponentially on both integrals: P(W ≤ w) = n ∫ φ(x) (Φ(x + w) − Φ(x))^(n−1) dx, and over w after
    /// the substitution w = exp(s − exp(−s)) (Takahashi & Mori 1974).
    private static func rangeMoments(_ size: Int) -> (d2: Double, d3: Double) {
        var mean = 0.0
        var square = 0.0
        let step = 0.0625
        for s in stride(from: -4.0, through: 3.5, by: step) {
            let w = exp(s - exp(-s))
            let weight = w * (1 + exp(-s)) * step
            let above = rangeSurvival(size, w)
            mean += weight * above
            square += 2 * weight * w * above
        }
        return (mean, (square - mean * mean).squareRoot())
    }

    private static func rangeSurvival(_ size: Int, _ w: Double) -> Double {
        var sum = 0.0
        let step = 0.1
        for x in stride(from: -9.0, through: 9.0, by: step) {
            let part = 0.5 * (erfc(-(x + w) * 0.5.squareRoot()) - erfc(-x * 0.5.squareRoot()))
            sum += exp(-0.5 * x * x) * pow(part, Double(size - 1))
        }
        return max(0, 1 - sum * step * Double(size) / 2.506_628_274_631_000_5)
    }

    private var root: Double { Double(size).squareRoot() }
    private var c4Spread: Double { (1 - c4 * c4).squareRoot() }

    /// X̄ limits at X̿ ± A2 R̄.
    public var a2: Double { 3 / (d2 * root) }
    /// X̄ limits at X̿ ± A3 S̄.
    public var a3: Double { 3 / (c4 * root) }
    /// S limits at B3 S̄ and B4 S̄.
    public var b3: Double { max(0, 1 - 3 * c4Spread / c4) }
    public var b4: Double { 1 + 3 * c4Spread / c4 }
    /// R limits at D3 R̄ and D4 R̄.
    public var lowerRange: Double { max(0, 1 - 3 * d3 / d2) }
    public var upperRange: Double { 1 + 3 * d3 / d2 }
}
