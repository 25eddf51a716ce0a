import Foundation

public struct PoissonDistribution: CountDistribution {
    public let mean: Double

    public init(mean: Double) { self.mean = mean }

    public var variance: Double { mean }

    public func probability(_ count: Int) -> Double {
        count < 0 ? 0 : count == 0 ? exp(-mean) : poissonTerm(Double(count), mean)
    }

    public func cumulative(_ count: Int) -> Double { count < 0 ? 0 : incompleteGamma(Double(count) + 1, mean).upper }

    public func survival(_ count: Int) -> Double { count < 0 ? 1 : incompleteGamma(Double(count) + 1, mean).lower }

    public func quantile(_ probability: Double) -> Int? {
        guard probability >= 0, probability < 1, mean < 1e15 else { return nil }
        if probability == 0 { return 0 }
        let z = NormalDistribution.standardQuantile(probability)
        let start = mean + z * mean.squareRoot() + (z * z - 1) / 6
        let wanted = probability * (1 - 0x1p-46)
        let missing = (1 - probability) * (1 + 0x1p-46) + 0x1p-52
        return wholeQuantile(probability, start: Int(max(0, start.rounded())), limit: .max / 4) {
            probability < 0.5 ? cumulative($0) >= wanted : survival($0) <= missing
        }
    }
}

public struct BinomialDistribution: CountDistribution {
    public let trials: Int
    public let share: Double

    /// - Parameters: number of trials, and the probability of success in each (0…1).
    public init(trials: Int, share: Double) {
        self.trials = trials
        self.share = share
    }

    public var mean: Double { Double(trials) * share }
    public var variance: Double { mean * (1 - share) }

    public func probability(_ count: Int) -> Double {
        guard count >= 0, count <= trials else { return 0 }
        if share <= 0 || share >= 1 { return count == (share <= 0 ? 0 : trials) ? 1 : 0 }
        if count == 0 { return exp(Double(trials) * log1p(-share)) }
        if count == trials { return exp(Double(trials) * log(share)) }
        let a = Double(count)
        let b = Double(trials - count)
        return betaTerm(a, b, share, 1 - share) * (a + b) / (a * b)
    }

    private func tails(_ count: Int) -> (lower: Double, upper: Double) {
        if count < 0 { return (0, 1) }
        if count >= trials { return (1, 0) }
        let value = incompleteBeta(Double(count + 1), Double(trials - count), share, 1 - share)
        return (value.upper, value.lower)
    }

    public func cumulative(_ count: Int) -> Double { tails(count).lower }

    public func survival(_ count: Int) -> Double { tails(count).upper }

    public func quantile(_ probability: Double) -> Int? {
        guard probability >= 0, probability <= 1 else { return nil }
        if probability == 0 { return 0 }
        if probability == 1 { return share > 0 ? trials : 0 }
        let z = NormalDistribution.standardQuantile(probability)
        let wanted = probability * (1 - 0x1p-46)
        let missing = (1 - probability) * (1 + 0x1p-46) + 0x1p-52
        return wholeQuantile(probability, start: Int((mean + z * variance.squareRoot()).rounded()), limit: trials) {
            probability < 0.5 ? cumulative($0) >= wanted : survival($0) <= missing
        }
    }
}
