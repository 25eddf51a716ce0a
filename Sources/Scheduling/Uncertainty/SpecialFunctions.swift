import Foundation

/// The few functions of mathematical statistics that estimates need, in double precision.
enum SpecialFunctions {
    /// Φ, the distribution function of the standard normal.
    static func normalDistribution(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

    /// Φ⁻¹ for 0 < p < 1. Acklam's rational approximation, then one step of Halley's method: about 1e-15 relative.
    static func normalQuantile(_ p: Double) -> Double {
        if p <= 0 { return -.infinity }
        if p >= 1 { return .infinity }
        let estimate = rationalNormalQuantile(p)
        let error = normalDistribution(estimate) - p
        let step = error * (2 * Double.pi).squareRoot() * exp(estimate * estimate / 2)
        return estimate - step / (1 + estimate * step / 2)
    }

    private static func rationalNormalQuantile(_ p: Double) -> Double {
        let a = [
            -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02,
            -3.066479806614716e+01, 2.506628277459239e+00,
        ]
        let b = [
            -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01,
            -1.328068155288572e+01, 1,
        ]
        let c = [
            -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00,
            4.374664141464968e+00, 2.938163982698783e+00,
        ]
        let d = [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1]
        func polynomial(_ coefficients: [Double], _ x: Double) -> Double { coefficients.reduce(0) { $0 * x + $1 } }
        if p < 0.02425 {
            let q = (-2 * log(p)).squareRoot()
            return polynomial(c, q) / polynomial(d, q)
        }
        if p > 1 - 0.02425 { return -rationalNormalQuantile(1 - p) }
        let q = p - 0.5
        return polynomial(a, q * q) * q / polynomial(b, q * q)
    }

    /// ln B(a, b)
    static func logBeta(_ a: Double, _ b: Double) -> Double {
        var sign: Int32 = 0
        return lgamma_r(a, &sign) + lgamma_r(b, &sign) - lgamma_r(a + b, &sign)
    }

    /// The regularised incomplete beta function Iₓ(a, b), by its continued fraction (modified Lentz).
    static func incompleteBeta(_ x: Double, _ a: Double, _ b: Double, logBeta: Double) -> Double {
        if x <= 0 { return 0 }
        if x >= 1 { return 1 }
        let front = exp(a * log(x) + b * log1p(-x) - logBeta)
        return x < (a + 1) / (a + b + 2)
            ? front * betaFraction(x, a, b) / a
            : 1 - front * betaFraction(1 - x, b, a) / b
    }

    private static func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
        let tiny = 1e-300
        func awayFromZero(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
        var c = 1.0
        var d = 1 / awayFromZero(1 - (a + b) * x / (a + 1))
        var result = d
        for step in 1...300 {
            let m = Double(step)
            let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
            d = 1 / awayFromZero(1 + even * d)
            c = awayFromZero(1 + even / c)
            result *= d * c
            let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
            d = 1 / awayFromZero(1 + odd * d)
            c = awayFromZero(1 + odd / c)
            result *= d * c
            if abs(d * c - 1) < 1e-15 { break }
        }
        return result
    }

    /// The x with Iₓ(a, b) = p, for a, b ≥ 1: Newton's method kept inside a shrinking bracket.
    static func betaQuantile(_ p: Double, _ a: Double, _ b: Double) -> Double {
        betaQuantile(p, a, b, logBeta: logBeta(a, b), from: a / (a + b))
    }

    static func betaQuantile(_ p: Double, _ a: Double, _ b: Double, logBeta: Double, from start: Double) -> Double {
        if p <= 0 { return 0 }
        if p >= 1 { return 1 }
        var low = 0.0
        var high = 1.0
        var x = min(max(start, 1e-12), 1 - 1e-12)
        for _ in 0..<80 {
            let error = incompleteBeta(x, a, b, logBeta: logBeta) - p
            if error > 0 { high = x } else { low = x }
            let density = exp((a - 1) * log(x) + (b - 1) * log1p(-x) - logBeta)
            var next = density > 0 ? x - error / density : (low + high) / 2
            if !(next > low && next < high) { next = (low + high) / 2 }
            if abs(next - x) < 1e-12 * max(next, 1e-6) { return next }
            x = next
        }
        return x
    }
}
