import Foundation

/// log(1 + x) − x without cancellation near zero.
func logOnePlusMinus(_ x: Double) -> Double {
    if abs(x) > 0.25 { return log1p(x) - x }
    // With s = x ÷ (2 + x): log(1 + x) = 2(s + s³/3 + …) and x = 2s ÷ (1 − s).
    let s = x / (2 + x)
    let square = s * s
    var sum = 0.0
    var power = square
    var divisor = 3.0
    while true {
        let term = power / divisor
        sum += term
        if abs(term) < 1e-18 * abs(sum) || power == 0 { break }
        power *= square
        divisor += 2
    }
    return s * (2 * sum - x)
}

/// What Stirling's formula lacks: log Γ(n + 1) − (n + ½) log n + n − ½ log 2π.
///
/// - Source: Loader 2000, "Fast and accurate computation of binomial probabilities"; the series is Abramowitz & Stegun 6.1.41.
func stirlingError(_ n: Double) -> Double {
    if n < 10 { return logGamma(n + 1) - (n + 0.5) * log(n) + n - 0.918_938_533_204_672_741_78 }
    let i = 1 / (n * n)
    let tail = 1 / 1188.0 - i * (691 / 360360.0 - i * (1 / 156.0 - i * (3617 / 122400.0)))
    return (1 / 12.0 - i * (1 / 360.0 - i * (1 / 1260.0 - i * (1 / 1680.0 - i * tail)))) / n
}

/// log Γ(x) of a positive number.
func logGamma(_ x: Double) -> Double {
    var sign: Int32 = 0
    return lgamma_r(x, &sign)
}

/// log B(a, b), without cancellation for large arguments.
func logBeta(_ a: Double, _ b: Double) -> Double {
    let small = min(a, b)
    let large = max(a, b)
    if large < 10 { return logGamma(small) + logGamma(large) - logGamma(small + large) }
    let total = small + large
    let correction = stirlingError(large) - stirlingError(total)
    // Γ(large) ÷ Γ(total) by Stirling on both.
    let ratio = -(large + 0.5) * log1p(small / large) - small * log(total) + small + correction - log(large) + log(total)
    return logGamma(small) + ratio
}

/// a log(a ÷ x) + x − a, where the distance x − a is known better than x.
private func deviance(_ a: Double, _ x: Double, distance: Double) -> Double {
    let part = distance / a
    return abs(part) <= 0.25 ? -a * logOnePlusMinus(part) : distance - a * log(x / a)
}

/// x^a e^(−x) ÷ Γ(a + 1), the Poisson probability extended to real a > 0.
///
/// - Source: Loader 2000.
func poissonTerm(_ a: Double, _ x: Double) -> Double {
    if x == 0 { return a == 0 ? 1 : 0 }
    if a < 10 && x < 700 { return pow(x, a) * exp(-x) / tgamma(a + 1) }
    return exp(-stirlingError(a) - deviance(a, x, distance: x - a)) / (2 * Double.pi * a).squareRoot()
}

/// x^a y^b ÷ B(a, b) with y = 1 − x given beside x, so that neither end loses digits.
///
/// - Source: Loader 2000.
func betaTerm(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
    if x <= 0 || y <= 0 { return 0 }
    let n = a + b
    let distance: Double
    if x <= y {
        let product = n * x
        distance = (product - a) + (-product).addingProduct(n, x)
    } else {
        let product = n * y
        distance = -((product - b) + (-product).addingProduct(n, y))
    }
    let deviances = deviance(a, n * x, distance: distance) + deviance(b, n * y, distance: -distance)
    let error = stirlingError(n) - stirlingError(a) - stirlingError(b)
    return exp(error - deviances) * (a * b / (2 * Double.pi * n)).squareRoot()
}
