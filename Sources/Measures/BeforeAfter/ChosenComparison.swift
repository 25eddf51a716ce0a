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
    /// Shares with sizes by Newcombe's interval and counts by exact rates, unless they vary more than chance allows or go by time;
    /// values with a few extreme ones by ranks; values that go by time (a trend before the change, or neighbours that resemble each
    /// other), evenly spaced and at least 8 a side, by an interrupted series; all others by Welch's test.
    ///
    /// - Parameter isEvenlySpaced: the periods follow each other without gaps.
    /// - Returns: `nil` where a side has too little to compute anything.
    public static func chosen(
        _ sample: ChangeSample, start: Int, isEvenlySpaced: Bool = true, level: Double = 0.95
    ) -> ChosenComparison? {
        guard (1..<max(sample.count, 1)).contains(start), sample.isWhole else { return nil }
        let plain = chosen(sample.values, start: start, isEvenlySpaced: isEvenlySpaced, level: level)
        let (before, after) = (0..<start, start..<sample.count)
        switch sample {
        case .shares(let cases, let sizes):
            if let plain, sample.variesBeyondChance(before) || sample.variesBeyondChance(after) {
                return plain.because(
                    Wording(
                        "各期比率的波动超出抽样的范围，不把全部样本合在一起比较。",
                        "The shares vary more than sampling by chance allows, so the cases are not put together."))
            }
            if let plain, plain.finding.method == .interruptedSeries { return plain }
            let finding = proportions(
                before: (cases[before].reduce(0, +), sizes[before].reduce(0, +)),
                after: (cases[after].reduce(0, +), sizes[after].reduce(0, +)), level: level)
            return finding.map {
                ChosenComparison(
                    finding: $0,
                    reason: Wording(
                        "比率有样本量，所以按全部样本比较两个比率（Newcombe 区间）。",
                        "The shares have sample sizes, so two shares of all cases are compared (Newcombe's interval)."))
            }
        case .counts(let counts, let over):
            if let plain, sample.variesBeyondChance(before) || sample.variesBeyondChance(after) {
                return plain.because(
                    Wording(
                        "次数的波动超出随机计数的范围，不按计数比较。",
                        "The counts vary more than counting by chance allows, so they are not compared as counts."))
            }
            if let plain, plain.finding.method == .interruptedSeries { return plain }
            let finding = rates(
                before: (counts[before].reduce(0, +), over[before].compensatedSum),
                after: (counts[after].reduce(0, +), over[after].compensatedSum), level: level)
            return finding.map {
                ChosenComparison(
                    finding: $0,
                    reason: Wording(
                        "数值是次数，所以比较两个发生率（精确检验）。",
                        "The values are counts, so two rates of events are compared (exact test)."))
            }
        case .values: return plain
        }
    }

    private static func chosen(_ values: [Double], start: Int, isEvenlySpaced: Bool, level: Double) -> ChosenComparison? {
        let (before, after) = (Array(values[..<start]), Array(values[start...]))
        guard let means = means(before: before, after: after, level: level) else { return nil }
        if means.warnings.contains(.skewed), let ranks = ranks(before: before, after: after, level: level) {
            return ChosenComparison(
                finding: ranks,
                reason: Wording(
                    "少数极端值会左右平均值，所以按大小次序比较（Mann–Whitney 检验）；典型差值是前后各值两两之差的中位数（Hodges–Lehmann），与两个中位数之差可以不同。",
                    "Extreme values would distort the means, so ranks are compared (Mann–Whitney test); the typical difference is the "
                        + "median over all pairs (Hodges–Lehmann)."))
        }
        let isLong = min(before.count, after.count) >= 8
        if isLong, isEvenlySpaced, let series = InterruptedSeries(values, start: start, coverage: level) {
            let isCorrelated = [before, after].contains { autocorrelation($0) > 2 / Double($0.count).squareRoot() }
            if isCorrelated || series.finding.warnings.contains(.trendBefore) {
                return ChosenComparison(
                    finding: series.finding,
                    reason: Wording(
                        "数据前后相关或之前已有趋势，所以与照原来走势发展的水平相比（中断时间序列）。",
                        "The values are autocorrelated or had a trend before, so they are compared with where that trend would have led "
                            + "(interrupted time series)."))
            }
        }
        return ChosenComparison(
            finding: means,
            reason: isLong
                ? Wording(
                    "看不出趋势和前后相关，所以比较平均值（Welch t 检验）。",
                    "There is neither trend nor autocorrelation, so means are compared (Welch's t test).")
                : Wording(
                    "每边不足 8 期，看不出趋势，所以只比较平均值（Welch t 检验）。",
                    "With fewer than 8 periods a side no trend can be seen, so only means are compared (Welch's t test)."))
    }
}

extension ChosenComparison {
    /// The same with what led to it told first.
    fileprivate func because(_ cause: Wording) -> ChosenComparison {
        ChosenComparison(finding: finding, reason: Wording(cause.zh + reason.zh, "\(cause.en) \(reason.en)"))
    }
}

extension ChangeSample {
    fileprivate var count: Int {
        switch self {
        case .shares(let cases, _): cases.count
        case .counts(let counts, _): counts.count
        case .values(let values): values.count
        }
    }

    /// Whether every period has all it needs.
    fileprivate var isWhole: Bool {
        switch self {
        case .shares(let cases, let sizes): cases.count == sizes.count && sizes.allSatisfy { $0 > 0 }
        case .counts(let counts, let over): counts.count == over.count && over.allSatisfy { $0 > 0 && $0.isFinite }
        case .values(let values): values.allSatisfy(\.isFinite)
        }
    }

    /// Shares and rates period by period.
    fileprivate var values: [Double] {
        switch self {
        case .shares(let cases, let sizes): zip(cases, sizes).map { Double($0) / Double($1) }
        case .counts(let counts, let over): zip(counts, over).map { Double($0) / $1 }
        case .values(let values): values
        }
    }

    /// Whether the periods differ more than one binomial (shares) or Poisson law (counts) allows, with one chance in a hundred to err.
    ///
    /// - Source: Pearson's χ² test of homogeneity; for counts Fisher's index of dispersion.
    fileprivate func variesBeyondChance(_ periods: Range<Int>) -> Bool {
        let (found, sizes): ([Double], [Double])
        switch self {
        case .shares(let cases, let of): (found, sizes) = (cases[periods].map(Double.init), of[periods].map(Double.init))
        case .counts(let counts, let over): (found, sizes) = (counts[periods].map(Double.init), Array(over[periods]))
        case .values: return false
        }
        let rate = found.compensatedSum / sizes.compensatedSum
        // What is no case varies as much as what is one.
        let left = if case .shares = self { 1 - rate } else { 1.0 }
        guard found.count > 1, rate > 0, left > 0 else { return false }
        let terms = zip(found, sizes).map { ($0 - rate * $1) * ($0 - rate * $1) / (rate * $1 * left) }
        return ChiSquaredDistribution(freedom: Double(found.count - 1)).survival(terms.compensatedSum) < 0.01
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
