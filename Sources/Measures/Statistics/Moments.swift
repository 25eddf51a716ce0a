/// Count, mean and variance of values seen one at a time; two halves can be merged.
///
/// - Source: Welford 1962; merging after Chan, Golub & LeVeque 1979.
public struct Moments: Sendable {
    public private(set) var count = 0
    public private(set) var mean = 0.0
    /// Sum of squared deviations from the mean.
    public private(set) var squares = 0.0
    public private(set) var minimum = Double.infinity
    public private(set) var maximum = -Double.infinity

    public init() {}

    public init(_ values: some Sequence<Double>) {
        for value in values { add(value) }
    }

    public mutating func add(_ value: Double) {
        count += 1
        let difference = value - mean
        mean += difference / Double(count)
        squares += difference * (value - mean)
        minimum = min(minimum, value)
        maximum = max(maximum, value)
    }

    public mutating func merge(_ other: Moments) {
        guard other.count > 0 else { return }
        guard count > 0 else { return self = other }
        let total = Double(count + other.count)
        let difference = other.mean - mean
        squares += other.squares + difference * difference * Double(count) * Double(other.count) / total
        mean += difference * Double(other.count) / total
        count += other.count
        minimum = min(minimum, other.minimum)
        maximum = max(maximum, other.maximum)
    }

    /// With n − 1; 0 for fewer than two values.
    public var variance: Double { count > 1 ? squares / Double(count - 1) : 0 }

    /// The square root of the variance with n − 1.
    public var deviation: Double { variance.squareRoot() }

    /// max − min; 0 without values.
    public var range: Double { count > 0 ? maximum - minimum : 0 }
}
