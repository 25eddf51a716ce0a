/// Comparisons of a measure before and after a change.
public enum BeforeAfter {
    /// Fewer values on a side don't carry a claim.
    public static let fewest = 5
}

extension BeforeAfter {
    /// Welch's t test of two means, with Fieller's interval of the relative change.
    ///
    /// - Parameters: values in the order of time, which is looked at for autocorrelation; those that aren't finite are dropped.
    /// - Returns: `nil` with fewer than two values on a side.
    /// - Source: Welch 1947; Fieller 1954; Hedges 1981 for the effect size.
    public static func means(before: [Double], after: [Double], level: Double = 0.95) -> ChangeFinding? {
        let (before, after) = (before.filter(\.isFinite), after.filter(\.isFinite))
        guard before.count > 1, after.count > 1 else { return nil }
        let (first, second) = (Moments(before), Moments(after))
        let (partFirst, partSecond) = (first.variance / Double(first.count), second.variance / Double(second.count))
        let error = (partFirst + partSecond).squareRoot()
        let change = second.mean - first.mean
        var finding = ChangeFinding(
            method: .welch, countBefore: first.count, countAfter: second.count, before: first.mean, after: second.mean,
            change: Estimate(change, change, change), relative: nil, probability: change == 0 ? 1 : 0, effectSize: nil,
            level: level, warnings: warnings(before, after, first, second))
        guard error > 0 else { return finding }
        let freedom =
            (partFirst + partSecond) * (partFirst + partSecond)
            / (partFirst * partFirst / Double(first.count - 1) + partSecond * partSecond / Double(second.count - 1))
        let student = StudentDistribution(freedom: freedom)
        let reach = student.upperQuantile((1 - level) / 2)
        finding.change = Estimate(change, change - reach * error, change + reach * error)
        finding.probability = min(1, 2 * student.survival(abs(change) / error))
        finding.relative = fieller(first.mean, second.mean, partFirst, partSecond, reach)
        let pooledFreedom = Double(first.count + second.count - 2)
        let pooled = ((first.squares + second.squares) / pooledFreedom).squareRoot()
        finding.effectSize = change / pooled * (1 - 3 / (4 * pooledFreedom - 1))
        return finding
    }

    /// The interval of m₂ ÷ m₁ − 1; `nil` where the mean before isn't clearly above zero.
    static func fieller(_ first: Double, _ second: Double, _ partFirst: Double, _ partSecond: Double, _ reach: Double)
        -> Estimate?
    {
        let square = reach * reach
        let leading = first * first - square * partFirst
        guard first > 0, leading > 0 else { return nil }
        let root = (first * first * second * second - leading * (second * second - square * partSecond))
        let width = max(0, root).squareRoot()
        return Estimate(second / first - 1, (first * second - width) / leading - 1, (first * second + width) / leading - 1)
    }

    static func warnings(_ before: [Double], _ after: [Double], _ first: Moments, _ second: Moments) -> [ChangeWarning] {
        var warnings: [ChangeWarning] = []
        if min(before.count, after.count) < fewest {
            warnings.append(.tooFew(before: before.count, after: after.count, needed: fewest))
        }
        if first.squares == 0 && second.squares == 0 { warnings.append(.noVariation) }
        let (small, large) = (min(first.deviation, second.deviation), max(first.deviation, second.deviation))
        if small > 0, large / small > 2 { warnings.append(.unequalSpread(ratio: large / small)) }
        let correlation = max(autocorrelation(before), autocorrelation(after))
        let length = correlation == autocorrelation(before) ? before.count : after.count
        if correlation > 2 / Double(length).squareRoot() { warnings.append(.autocorrelated(correlation)) }
        if isSkewed(before) || isSkewed(after) { warnings.append(.skewed) }
        return warnings
    }

    /// The lag-1 autocorrelation; 0 for fewer than eight values.
    static func autocorrelation(_ values: [Double]) -> Double {
        let moments = Moments(values)
        guard values.count >= 8, moments.squares > 0 else { return 0 }
        let products = zip(values, values.dropFirst()).map { ($0 - moments.mean) * ($1 - moments.mean) }
        return products.compensatedSum / moments.squares
    }

    /// Whether the skewness exceeds 1.5 with few values: the t test is then no longer sure.
    private static func isSkewed(_ values: [Double]) -> Bool {
        let moments = Moments(values)
        guard values.count >= 5, values.count < 200, moments.squares > 0 else { return false }
        let cubes = values.map { ($0 - moments.mean) * ($0 - moments.mean) * ($0 - moments.mean) }.compensatedSum
        let count = Double(values.count)
        let spread = (moments.squares / count).squareRoot()
        return abs(cubes / count / (spread * spread * spread)) > 1.5
    }
}
