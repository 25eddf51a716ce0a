/// A sum that carries the rounding error of every addition, so that its error doesn't grow with the number of terms.
///
/// - Source: Neumaier 1974, the improved Kahan–Babuška summation.
public struct CompensatedSum: Sendable {
    private var sum = 0.0
    private var error = 0.0

    public init() {}

    public init(_ values: some Sequence<Double>) {
        for value in values { add(value) }
    }

    public mutating func add(_ value: Double) {
        let next = sum + value
        if next.isFinite { error += abs(sum) >= abs(value) ? (sum - next) + value : (value - next) + sum }
        sum = next
    }

    public var value: Double { sum + error }
}

extension Sequence<Double> {
    /// The sum with a compensated rounding error.
    public var compensatedSum: Double { CompensatedSum(self).value }
}
