import Foundation

extension BeforeAfter {
    /// Two shares: Newcombe's interval of their difference, Fisher's exact probability where cases are few.
    ///
    /// - Parameters: successes (or faults) and trials on each side.
    /// - Returns: `nil` for impossible numbers.
    /// - Source: Newcombe 1998, method 10; Katz et al. 1978 for the ratio.
    public static func proportions(
        before: (cases: Int, of: Int), after: (cases: Int, of: Int), level: Double = 0.95
    ) -> ChangeFinding? {
        for side in [before, after] {
            guard side.of > 0, side.of < 1 << 48, side.cases >= 0, side.cases <= side.of else { return nil }
        }
        let reach = NormalDistribution.standard.upperQuantile((1 - level) / 2)
        let (p, q) = (Double(before.cases) / Double(before.of), Double(after.cases) / Double(after.of))
        let (first, second) = (wilson(before.cases, before.of, reach), wilson(after.cases, after.of, reach))
        let below = ((q - second.lowerBound) * (q - second.lowerBound) + (first.upperBound - p) * (first.upperBound - p))
            .squareRoot()
        let above = ((second.upperBound - q) * (second.upperBound - q) + (p - first.lowerBound) * (p - first.lowerBound))
            .squareRoot()
        let pooled = Double(before.cases + after.cases) / Double(before.of + after.of)
        let expected = Double(min(before.of, after.of)) * min(pooled, 1 - pooled)
        var probability = 1.0
        if expected < 5 {
            probability = fisher(before, after)
        } else {
            let error = (pooled * (1 - pooled) * (1 / Double(before.of) + 1 / Double(after.of))).squareRoot()
            probability = min(1, 2 * NormalDistribution.standard.survival(abs(q - p) / error))
        }
        var warnings: [ChangeWarning] = []
        if min(before.of, after.of) < fewest { warnings.append(.tooFew(before: before.of, after: after.of, needed: fewest)) }
        if expected < 5 { warnings.append(.rareCases) }
        return ChangeFinding(
            method: .proportions, countBefore: before.of, countAfter: after.of, before: p, after: q,
            change: Estimate(q - p, q - p - below, q - p + above), relative: riskRatio(before, after, reach),
            probability: probability, effectSize: 2 * asin(q.squareRoot()) - 2 * asin(p.squareRoot()), level: level,
            warnings: warnings)
    }

    /// Wilson's interval of a share (1927).
    public static func wilson(_ cases: Int, _ trials: Int, _ reach: Double) -> ClosedRange<Double> {
        let (n, share, square) = (Double(trials), Double(cases) / Double(trials), reach * reach)
        let centre = (share + square / (2 * n)) / (1 + square / n)
        let width = reach / (1 + square / n) * (share * (1 - share) / n + square / (4 * n * n)).squareRoot()
        return max(0, cases == 0 ? 0 : centre - width)...min(1, cases == trials ? 1 : centre + width)
    }

    private static func riskRatio(_ before: (cases: Int, of: Int), _ after: (cases: Int, of: Int), _ reach: Double) -> Estimate? {
        guard before.cases > 0, after.cases > 0 else { return nil }
        let (a, m, b, n) = (Double(before.cases), Double(before.of), Double(after.cases), Double(after.of))
        let ratio = b / n / (a / m)
        let error = max(0, 1 / a - 1 / m + 1 / b - 1 / n).squareRoot()
        return Estimate(ratio - 1, ratio * exp(-reach * error) - 1, ratio * exp(reach * error) - 1)
    }

    /// The sum of all tables with the same margins that are no likelier than the one seen.
    static func fisher(_ before: (cases: Int, of: Int), _ after: (cases: Int, of: Int)) -> Double {
        let cases = before.cases + after.cases
        func logWays(_ n: Int, _ k: Int) -> Double {
            logGamma(Double(n + 1)) - logGamma(Double(k + 1)) - logGamma(Double(n - k + 1))
        }
        let total = logWays(before.of + after.of, cases)
        func probability(_ k: Int) -> Double { exp(logWays(before.of, k) + logWays(after.of, cases - k) - total) }
        let seen = probability(before.cases)
        var sum = CompensatedSum()
        for k in max(0, cases - after.of)...min(cases, before.of) {
            let each = probability(k)
            if each <= seen * (1 + 1e-7) { sum.add(each) }
        }
        return min(1, sum.value)
    }

    /// Two rates of events, such as complaints a week: exact, given the total.
    ///
    /// - Parameters: events and what they were counted over (weeks, pieces, kilometres; > 0) on each side.
    /// - Returns: `nil` for impossible numbers.
    /// - Source: Przyborowski & Wilenski 1940; Clopper & Pearson 1934 for the interval of the ratio. The interval of the
    ///   difference carries that of the ratio over to the rate before.
    public static func rates(
        before: (events: Int, over: Double), after: (events: Int, over: Double), level: Double = 0.95
    ) -> ChangeFinding? {
        for side in [before, after] {
            guard side.events >= 0, side.events < 1 << 48, side.over > 0, side.over.isFinite else { return nil }
        }
        let total = before.events + after.events
        let (first, second) = (Double(before.events) / before.over, Double(after.events) / after.over)
        let tail = (1 - level) / 2
        let exposure = before.over / after.over
        func ratio(_ share: Double) -> Double { share / (1 - share) * exposure }
        let low = after.events == 0 ? 0 : BetaDistribution(Double(after.events), Double(before.events + 1)).quantile(tail)
        let high = before.events == 0 ? 1 : BetaDistribution(Double(after.events + 1), Double(before.events)).upperQuantile(tail)
        let split = BinomialDistribution(trials: total, share: after.over / (before.over + after.over))
        let smaller = min(split.cumulative(after.events), split.survival(after.events - 1))
        let relative = first > 0 ? Estimate(second / first - 1, ratio(low) - 1, ratio(high) - 1) : nil
        let change = relative.map { Estimate(second - first, first * $0.lower, first * $0.upper) }
        return ChangeFinding(
            method: .rates, countBefore: before.events, countAfter: after.events, before: first, after: second,
            change: change ?? Estimate(second - first, -.infinity, .infinity), relative: relative,
            probability: total == 0 ? 1 : min(1, 2 * smaller), effectSize: nil, level: level,
            warnings: total < 10 ? [.rareCases] : [])
    }
}
