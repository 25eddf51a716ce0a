/// A distribution of a real number. Both tails keep their own digits: take `survival` rather than 1 − `cumulative`.
public protocol ContinuousDistribution: Sendable {
    var mean: Double { get }
    /// NaN or infinite where it doesn't exist.
    var variance: Double { get }
    func density(_ x: Double) -> Double
    /// P(X ≤ x).
    func cumulative(_ x: Double) -> Double
    /// P(X > x).
    func survival(_ x: Double) -> Double
    /// The x with P(X ≤ x) = probability. NaN outside 0…1.
    func quantile(_ probability: Double) -> Double
    /// The x with P(X > x) = probability. NaN outside 0…1.
    func upperQuantile(_ probability: Double) -> Double
}

/// A distribution of a count.
public protocol CountDistribution: Sendable {
    var mean: Double { get }
    var variance: Double { get }
    /// P(X = count).
    func probability(_ count: Int) -> Double
    /// P(X ≤ count).
    func cumulative(_ count: Int) -> Double
    /// P(X > count).
    func survival(_ count: Int) -> Double
    /// The smallest count with P(X ≤ count) ≥ probability, up to rounding; `nil` outside 0…1 or where it is infinite.
    func quantile(_ probability: Double) -> Int?
}
