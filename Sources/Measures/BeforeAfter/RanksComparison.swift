import Foundation

extension BeforeAfter {
    /// Mann–Whitney test, with the Hodges–Lehmann shift and its interval.
    ///
    /// The probability is exact without ties up to 50 values a side, otherwise normal with corrections for ties and continuity.
    ///
    /// - Returns: `nil` without values on a side.
    /// - Complexity: O(n log n) for the ranks; the shift by counting pairs, O(n) per halving; the exact distribution O(n³).
    /// - Source: Mann & Whitney 1947; Hodges & Lehmann 1963.
    public static func ranks(before: [Double], after: [Double], level: Double = 0.95) -> ChangeFinding? {
        let (before, after) = (before.filter(\.isFinite), after.filter(\.isFinite))
        let (first, second) = (before.sorted(), after.sorted())
        guard let low = median(first), let high = median(second) else { return nil }
        let rank = RankSum(first, second)
        let pairs = first.count * second.count
        let shift = 0.5 * (pairDifference(first, second, (pairs - 1) / 2) + pairDifference(first, second, pairs / 2))
        // The number of smallest differences to leave out on each side.
        let cut = rank.cut((1 - level) / 2)
        let change =
            cut > 0
            ? Estimate(shift, pairDifference(first, second, cut - 1), pairDifference(first, second, pairs - cut))
            : Estimate(shift, -.infinity, .infinity)
        let relative = low > 0 ? Estimate(change.value / low, change.lower / low, change.upper / low) : nil
        return ChangeFinding(
            method: .mannWhitney, countBefore: first.count, countAfter: second.count, before: low, after: high,
            change: change, relative: relative, probability: rank.probability,
            effectSize: 2 * rank.statistic / Double(pairs) - 1, level: level,
            warnings: warnings(before, after, Moments(before), Moments(after)).filter { $0 != .skewed })
    }

    /// The k-th smallest (from 0) of all after − before, by halving over its value.
    static func pairDifference(_ before: [Double], _ after: [Double], _ k: Int) -> Double {
        var low = after[0] - before[before.count - 1]
        var high = after[after.count - 1] - before[0]
        func count(notAbove limit: Double) -> Int {
            var count = 0
            var place = 0
            for value in before {
                while place < after.count && after[place] - value <= limit { place += 1 }
                count += place
            }
            return count
        }
        if count(notAbove: low) > k { return low }
        for _ in 0..<200 {
            let middle = low + (high - low) / 2
            if middle <= low || middle >= high { break }
            if count(notAbove: middle) > k { high = middle } else { low = middle }
        }
        return high
    }
}

/// The statistic U of the second sample: pairs in which it is larger, ties as a half.
struct RankSum {
    let statistic: Double
    let sizes: (Int, Int)
    private let tieTerm: Double

    init(_ first: [Double], _ second: [Double]) {
        sizes = (first.count, second.count)
        var wins = 0.0
        var ties = 0.0
        var (i, j) = (0, 0)
        while i < first.count || j < second.count {
            let value = i < first.count && j < second.count ? min(first[i], second[j]) : i < first.count ? first[i] : second[j]
            let (startFirst, startSecond) = (i, j)
            while i < first.count && first[i] == value { i += 1 }
            while j < second.count && second[j] == value { j += 1 }
            wins += Double(j - startSecond) * (Double(startFirst) + 0.5 * Double(i - startFirst))
            let size = Double(i - startFirst + j - startSecond)
            ties += size * size * size - size
        }
        statistic = wins
        tieTerm = ties
    }

    private var isExact: Bool { tieTerm == 0 && max(sizes.0, sizes.1) <= 50 }

    private var deviation: Double {
        let (m, n) = (Double(sizes.0), Double(sizes.1))
        let total = m + n
        return max(0, m * n / 12 * (total + 1 - tieTerm / (total * (total - 1)))).squareRoot()
    }

    /// Two-sided.
    var probability: Double {
        let pairs = Double(sizes.0 * sizes.1)
        let smaller = min(statistic, pairs - statistic)
        if isExact { return min(1, 2 * Self.cumulative(sizes.0, sizes.1)[Int(smaller)]) }
        guard deviation > 0 else { return 1 }
        return min(1, 2 * NormalDistribution.standard.cumulative((smaller - pairs / 2 + 0.5) / deviation))
    }

    /// How many of the ordered differences the interval leaves out on each side; 0 where even the extremes can't be left out.
    func cut(_ tail: Double) -> Int {
        if isExact { return Self.cumulative(sizes.0, sizes.1).prefix { $0 <= tail }.count }
        let reach = NormalDistribution.standard.upperQuantile(tail)
        return max(0, Int((Double(sizes.0 * sizes.1) / 2 - reach * deviation).rounded(.down)))
    }

    /// P(U ≤ u) for u = 0…mn without ties: the coefficients of the Gaussian binomial, product by product.
    static func cumulative(_ m: Int, _ n: Int) -> [Double] {
        let limit = m * n
        var ways = [Double](repeating: 0, count: limit + 1)
        ways[0] = 1
        for k in 1...min(m, n) {
            let factor = max(m, n) + k
            if factor <= limit { for u in stride(from: limit, through: factor, by: -1) { ways[u] -= ways[u - factor] } }
            if k <= limit { for u in k...limit { ways[u] += ways[u - k] } }
        }
        let total = ways.compensatedSum
        var sum = 0.0
        return ways.map {
            sum += $0 / total
            return min(1, sum)
        }
    }
}
