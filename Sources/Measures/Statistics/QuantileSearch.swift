import Foundation

/// Finds the positive x where a tail probability has a wanted value.
///
/// Newton's method on the logarithm of the tail over log x, where both are nearly straight, held within a bracket.
///
/// - Parameters:
///   - wanted: the tail's probability, 0 < wanted < 1.
///   - rises: whether the tail grows with x (a lower tail).
///   - curve: x → (the tail's probability, its density times x).
/// - Complexity: some five evaluations from a fair start.
func positiveQuantile(
    wanted: Double, rises: Bool, start: Double, _ curve: (Double) -> (tail: Double, slope: Double)
) -> Double {
    var low = 0.0
    var high = Double.infinity
    var x = start.isFinite && start > 0 ? start : 1
    for _ in 0..<300 {
        let (tail, slope) = curve(x)
        if tail == wanted { return x }
        if (tail < wanted) == rises { low = x } else { high = x }
        var next = x * exp(-(log(tail) - log(wanted)) * tail / (rises ? slope : -slope))
        if !(next > low && next < high) || !next.isFinite {
            next = high == .infinity ? x * 16 : low == 0 ? x / 16 : (low * high).squareRoot()
        }
        if next == 0 || next == .infinity { return next }
        if abs(next - x) <= 2e-16 * x || next == low || next == high { return next }
        x = next
    }
    return x
}

/// The smallest whole number whose cumulative probability reaches the wanted one.
///
/// Equality is meant up to rounding, so that a quantile of a cumulative probability is the number it came from.
func wholeQuantile(_ wanted: Double, start: Int, limit: Int, _ reaches: (Int) -> Bool) -> Int {
    var step = 1
    var high = min(max(start, 0), limit)
    while !reaches(high) && high < limit {
        high = high > limit - step ? limit : high + step
        step *= 2
    }
    var low = high
    step = 1
    while low >= 0 && reaches(low) {
        high = low
        low -= step
        step *= 2
    }
    low = max(low, -1)
    while high - low > 1 {
        let middle = low + (high - low) / 2
        if reaches(middle) { high = middle } else { low = middle }
    }
    return high
}
