/// What a sales scheme pays: nothing below the threshold, a rate of what was sold from it on, more for what is above the target, and
/// never more than the cap.
public struct Commission: Hashable, Sendable {
    /// Attainment from which anything is paid, 0…; 0 pays from the first sale.
    public var threshold: Double
    /// Share of sales.
    public var rate: Double
    /// Times the rate for what exceeds the target; 1 for no difference.
    public var accelerator: Double
    /// `nil` without one.
    public var cap: Double?

    public init(threshold: Double = 0, rate: Double, accelerator: Double = 1, cap: Double? = nil) {
        self.threshold = threshold
        self.rate = rate
        self.accelerator = accelerator
        self.cap = cap
    }

    /// In the unit of the sales; `nil` without a target above zero or with numbers that cannot be meant.
    public func payout(actual: Double, target: Double) -> Double? {
        guard target > 0, actual.isFinite, rate >= 0, accelerator >= 0, threshold >= 0 else { return nil }
        guard actual > 0, actual >= threshold * target else { return 0 }
        let pay = rate * min(actual, target) + rate * accelerator * max(actual - target, 0)
        return cap.map { min(pay, max($0, 0)) } ?? pay
    }
}
