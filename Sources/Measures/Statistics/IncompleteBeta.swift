/// The regularised incomplete beta function I_x(a, b) and its complement, each with its own digits in its own tail.
///
/// - Parameter y: 1 − x, given apart so that x near 1 loses nothing.
/// - Complexity: O(√max(a, b)).
/// - Source: the continued fraction BFRAC of DiDonato & Morris 1992 (the even part of DLMF 8.17.22) by the
///   modified method of Lentz; leading factor by Loader 2000.
///   Relative error below 1e-12 for a, b up to 10⁶ (`DistributionTests`).
func incompleteBeta(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> (lower: Double, upper: Double) {
    if x <= 0 { return (0, 1) }
    if y <= 0 { return (1, 0) }
    let factor = betaTerm(a, b, x, y)
    if x <= (a + 1) / (a + b + 2) {
        let lower = min(1, factor * betaFraction(a, b, x, y))
        return (lower, 1 - lower)
    }
    let upper = min(1, factor * betaFraction(b, a, y, x))
    return (1 - upper, upper)
}

/// α₁ ÷ (β₁ + α₂ ÷ (β₂ + …)), whose terms are positive up to the mean, so that nothing cancels.
private func betaFraction(_ a: Double, _ b: Double, _ x: Double, _ y: Double) -> Double {
    let tiny = 1e-300
    // a − (a + b)x = ay − bx, with the rounding of one product made good.
    let product = b * x
    let distance = (-product).addingProduct(a, y) - (-product).addingProduct(b, x)
    var value = a / (a + 1) * (distance + 1)
    if abs(value) < tiny { value = tiny }
    var c = value
    var d = 0.0
    var n = 0.0
    while n < 1e6 {
        n += 1
        let even = a + 2 * n - 1
        let above = (a + n - 1) / even * ((a + b + n - 1) / even) * n * (b - n) * x * x
        let below = n + n * (b - n) * x / even + (a + n) / (even + 2) * (distance + 1 + n * (1 + y))
        d = below + above * d
        if abs(d) < tiny { d = tiny }
        c = below + above / c
        if abs(c) < tiny { c = tiny }
        d = 1 / d
        let change = c * d
        value *= change
        if abs(change - 1) < 5e-16 { break }
    }
    return 1 / value
}
