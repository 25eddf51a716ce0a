import Foundation

/// What a comparison is made of, period by period, with the kind that decides how it is compared.
public enum ChangeSample: Hashable, Sendable {
    /// Cases among so many, such as complaints among orders.
    case shares(cases: [Int], of: [Int])
    /// Events counted over so much time or so many pieces.
    case counts([Int], over: [Double])
    case values([Double])
}

/// A comparison by the method that suits the data, and why this one.
public struct ChosenComparison: Hashable, Sendable {
    public var finding: ChangeFinding
    public var reason: Wording
}

extension BeforeAfter {
    /// Compares what lies before `start` with what lies from it on, by the kind of the data.
    ///
    /// Shares with sizes by Newcombe's interval; counts by exact rates unless they vary more than chance allows; values with a few
    /// extreme ones by ranks; values that go by time (a trend before the change, or neighbours that resemble each other), evenly spaced
    /// and at least 8 a side, by an interrupted series; all others by Welch's test.
    ///
    /// - Parameter isEvenlySpaced: the periods follow each other without gaps.
    /// - Returns: `nil` where a side has too little to compute anything.
    public static func chosen(
        _ sample: ChangeSample, start: Int, isEvenlySpaced: Bool = true, level: Double = 0.95
    ) -> ChosenComparison? {
        switch sample {
        case .shares(let cases, let sizes):
            guard cases.count == sizes.count, (1..<max(cases.count, 1)).contains(start) else { return nil }
            let finding = proportions(
                before: (cases[..<start].reduce(0, +), sizes[..<start].reduce(0, +)),
                after: (cases[start...].reduce(0, +), sizes[start...].reduce(0, +)), level: level)
            return finding.map {
                ChosenComparison(
                    finding: $0,
                    reason: Wording(
                        "比率有样本量，所以按全部样本比较两个比率（Newcombe 区间）。",
                        "The shares have sample sizes, so two shares of all cases are compared (Newcombe's interval)."))
            }
        case .counts(let counts, let over):
            guard counts.count == over.count, (1..<max(counts.count, 1)).contains(start) else { return nil }
            let sides = [0..<start, start..<counts.count]
            if sides.contains(where: { isOverdispersed(Array(counts[$0]), Array(over[$0])) }) {
                let chosen = chosen(
                    .values(zip(counts, over).map { Double($0) / $1 }), start: start, isEvenlySpaced: isEvenlySpaced, level: level
                )
                return chosen.map {
                    ChosenComparison(
                        finding: $0.finding,
                        reason: Wording(
                            "次数的波动超出随机计数的范围，不按计数比较。\($0.reason.zh)",
                            "The counts vary more than counting by chance allows, so they are not compared as counts. \($0.reason.en)"
                        ))
                }
            }
            let finding = rates(
                before: (counts[..<start].reduce(0, +), over[..<start].compensatedSum),
                after: (counts[start...].reduce(0, +), over[start...].compensatedSum), level: level)
            return finding.map {
                ChosenComparison(
                    finding: $0,
                    reason: Wording(
                        "数值是次数，所以比较两个发生率（精确检验）。",
                        "The values are counts, so two rates of events are compared (exact test)."))
            }
        case .values(let values):
            guard (1..<max(values.count, 1)).contains(start), values.allSatisfy(\.isFinite) else { return nil }
            return chosen(values, start: start, isEvenlySpaced: isEvenlySpaced, level: level)
        }
    }

    private static func chosen(_ values: [Double], start: Int, isEvenlySpaced: Bool, level: Double) -> ChosenComparison? {
        let (before, after) = (Array(values[..<start]), Array(values[start...]))
        guard let means = means(before: before, after: after, level: level) else { return nil }
        if means.warnings.contains(.skewed), let ranks = ranks(before: before, after: after, level: level) {
            return ChosenComparison(
                finding: ranks,
                reason: Wording(
                    "少数极端值会左右平均值，所以比较中位数（Mann–Whitney 检验）。",
                    "A few extreme values would carry the means, so medians are compared (Mann–Whitney test)."))
        }
        let isLong = min(before.count, after.count) >= 8
        if isLong, isEvenlySpaced, let series = InterruptedSeries(values, start: start, coverage: level) {
            let isCorrelated = [before, after].contains { autocorrelation($0) > 2 / Double($0.count).squareRoot() }
            if isCorrelated || series.finding.warnings.contains(.trendBefore) {
                return ChosenComparison(
                    finding: series.finding,
                    reason: Wording(
                        "数据前后相关或之前已有趋势，所以与照原来走势发展的水平相比（中断时间序列）。",
                        "The values go by time or had a trend before, so they are held against what would have been without the change "
                            + "(interrupted time series)."))
            }
        }
        return ChosenComparison(
            finding: means,
            reason: isLong
                ? Wording(
                    "看不出趋势和前后相关，所以比较平均值（Welch t 检验）。",
                    "There is neither trend nor likeness of neighbours, so means are compared (Welch's t test).")
                : Wording(
                    "每边不足 8 期，看不出趋势，所以只比较平均值（Welch t 检验）。",
                    "With fewer than 8 periods a side no trend can be seen, so only means are compared (Welch's t test)."))
    }

    /// Whether counts vary more than Poisson's law allows, with one chance in a hundred to err.
    private static func isOverdispersed(_ counts: [Int], _ over: [Double]) -> Bool {
        let (total, whole) = (Double(counts.reduce(0, +)), over.compensatedSum)
        guard counts.count > 1, total > 0, whole > 0 else { return false }
        let terms = zip(counts, over).map { count, size in
            let expected = total * size / whole
            return expected > 0 ? (Double(count) - expected) * (Double(count) - expected) / expected : 0
        }
        return ChiSquaredDistribution(freedom: Double(counts.count - 1)).survival(terms.compensatedSum) < 0.01
    }
}

extension ChangeMethod {
    public var wording: Wording {
        switch self {
        case .welch: Wording("平均值", "Means")
        case .mannWhitney: Wording("中位数", "Medians")
        case .proportions: Wording("比率", "Shares")
        case .rates: Wording("发生率", "Rates")
        case .interruptedSeries: Wording("中断时间序列", "Interrupted series")
        }
    }
}
