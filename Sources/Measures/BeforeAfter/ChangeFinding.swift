import Foundation

/// A value with its interval.
public struct Estimate: Hashable, Sendable {
    public var value: Double
    public var lower: Double
    public var upper: Double

    public init(_ value: Double, _ lower: Double, _ upper: Double) {
        self.value = value
        self.lower = lower
        self.upper = upper
    }
}

public enum ChangeMethod: String, Sendable {
    case welch, mannWhitney, proportions, rates, interruptedSeries
}

/// What a comparison of before and after found.
public struct ChangeFinding: Hashable, Sendable {
    public var method: ChangeMethod
    public var countBefore: Int
    public var countAfter: Int
    /// Mean, median, share or rate.
    public var before: Double
    public var after: Double
    /// After less before, in the measure's own unit, with its interval.
    public var change: Estimate
    /// (after − before) ÷ before with its interval; `nil` where before isn't clearly above zero.
    public var relative: Estimate?
    /// Two-sided probability of a change at least as large by chance alone.
    public var probability: Double
    /// Welch: Hedges' g. Mann–Whitney: P(after > before) − P(after < before). Proportions: Cohen's h. `nil` for the others.
    public var effectSize: Double?
    /// Coverage of the intervals, such as 0.95.
    public var level: Double
    public var warnings: [ChangeWarning]
    /// Whether the measure itself counts per cents, whose differences are percentage points.
    public var isOfPercents = false

    public var isUnlikelyChance: Bool { probability < 1 - level }
}

/// Why the data may not carry the claim.
public enum ChangeWarning: Hashable, Sendable {
    case tooFew(before: Int, after: Int, needed: Int)
    /// One spread is `ratio` times the other.
    case unequalSpread(ratio: Double)
    /// Values beside each other in time resemble each other: lag-1 autocorrelation.
    case autocorrelated(Double)
    /// Far values carry the mean; the medians are safer.
    case skewed
    /// The measure was already moving before the change.
    case trendBefore
    /// So few cases that the interval is only approximate.
    case rareCases
    case noVariation

    /// Whether the claim should not be made at all.
    public var forbidsClaim: Bool {
        switch self {
        case .tooFew, .noVariation: true
        default: false
        }
    }

    public var wording: Wording {
        switch self {
        case .tooFew(let before, let after, let needed):
            Wording(
                "数据太少：之前 \(before) 个、之后 \(after) 个，每边至少需要 \(needed) 个",
                "Too few data: \(before) before and \(after) after; at least \(needed) on each side are needed")
        case .unequalSpread(let ratio):
            Wording(
                "前后波动相差 \(plainNumber(ratio, digits: 1)) 倍，只看平均值会漏掉稳定性的变化",
                "The spread differs by a factor of \(plainNumber(ratio, digits: 1)); the mean alone hides a change in variability"
            )
        case .autocorrelated(let r):
            Wording(
                "相邻数据相关（自相关 \(plainNumber(r))），真实的不确定性比区间更大，建议改用中断时间序列",
                "Neighbouring values are correlated (\(plainNumber(r))); true uncertainty exceeds the interval: prefer an interrupted time series"
            )
        case .skewed:
            Wording("少数极端值影响了平均值，建议同时看中位数", "A few extreme values distort the mean; look at the medians too")
        case .trendBefore:
            Wording("改变之前就已有明显趋势，变化不一定来自这次改变", "There was a clear trend before the change, which may explain the difference")
        case .rareCases:
            Wording("发生次数很少，区间只是近似", "There are few cases, so the interval is only approximate")
        case .noVariation: Wording("数据没有波动，无法判断偶然性", "The values do not vary, so chance can't be judged")
        }
    }
}

/// How a change of a measure is spoken of.
public enum ChangeVerb: Sendable {
    /// 下降、上升
    case level
    /// 缩短、延长
    case duration
    /// 减少、增加
    case amount

    /// The change in Chinese, in the English past, and with its participle.
    func words(_ change: Double, by size: Wording) -> (zh: String, en: String, perfect: String) {
        let (zh, en, perfect) =
            switch self {
            case .level: change < 0 ? ("下降", "fell by #", "fallen by #") : ("上升", "rose by #", "risen by #")
            case .duration:
                change < 0 ? ("缩短", "became # shorter", "become # shorter") : ("延长", "became # longer", "become # longer")
            case .amount: change < 0 ? ("减少", "decreased by #", "decreased by #") : ("增加", "increased by #", "increased by #")
            }
        return ("\(zh) \(size.zh)", en.replacing("#", with: size.en), perfect.replacing("#", with: size.en))
    }
}

extension ChangeFinding {
    /// One sentence a manager reads:「平均处理时间缩短 31%(95% 区间 24%–37%),不太可能是偶然。」
    ///
    /// - Parameter subject: the measure with what was compared, such as 平均处理时间 / Mean handling time.
    public func verdict(_ subject: Wording, verb: ChangeVerb = .level) -> Wording {
        if let forbidding = warnings.first(where: \.forbidsClaim) {
            return Wording(
                "\(subject.zh)：数据不足以下结论。\(forbidding.wording.zh)。",
                "\(subject.en): the data can't carry a conclusion. \(forbidding.wording.en).")
        }
        let words = verb.words(change.value, by: sizeText)
        let course = measuredAs
        let interval = intervalText
        let covers = plainNumber(level * 100, digits: 1)
        if isUnlikelyChance {
            let zh = probability < 0.001 ? "几乎不可能是偶然" : "不太可能是偶然"
            let en = probability < 0.001 ? "almost certainly not chance" : "unlikely to be chance"
            return Wording(
                "\(subject.zh)\(course.zh)\(words.zh)（\(covers)% 区间 \(interval.zh)），\(zh)。",
                "\(subject.en) \(words.en)\(course.en) (\(covers)% interval \(interval.en)), \(en).")
        }
        return Wording(
            "\(subject.zh)看起来\(course.zh)\(words.zh)，但 \(covers)% 区间为 \(interval.zh)（负数表示反方向），可能只是偶然波动。",
            "\(subject.en) seems to have \(words.perfect)\(course.en), but the \(covers)% interval is \(interval.en) "
                + "(negative: the other way), so it may be chance.")
    }

    /// What the change is of, where it is not the difference of the two figures beside each other: by the earlier course it is held
    /// against where that would have led, by ranks it is the median of all differences, which the medians need not have.
    private var measuredAs: Wording {
        switch method {
        case .interruptedSeries: Wording("比按原走势推算的", " against where its earlier trend would have led")
        case .mannWhitney: Wording("按典型差值", " by the typical difference")
        default: Wording("", "")
        }
    }

    /// Shares in percentage points, others in per cent where possible.
    private func text(_ value: Double) -> Wording {
        if isInPoints {
            return Wording("\(points(value)) 个百分点", "\(points(value)) percentage points")
        }
        let text = relative == nil ? plainNumber(value) : percentText(value)
        return Wording(text, text)
    }

    private var isInPoints: Bool { method == .proportions || isOfPercents }

    private func points(_ difference: Double) -> String { plainNumber(isOfPercents ? difference : difference * 100, digits: 1) }

    private func percentText(_ share: Double) -> String {
        guard share.isFinite else { return "∞" }
        return plainNumber(share * 100, digits: abs(share) < 0.0995 ? 1 : 0) + "%"
    }

    private var spoken: Estimate { isInPoints ? change : relative ?? change }

    private var sizeText: Wording { text(abs(spoken.value)) }

    /// In the direction of the change, the smaller first.
    private var intervalText: Wording {
        let ends = change.value < 0 ? (-spoken.upper, -spoken.lower) : (spoken.lower, spoken.upper)
        // The unit of shares stands once, at the end.
        let low = isInPoints ? Wording(points(ends.0), points(ends.0)) : text(ends.0)
        let high = text(ends.1)
        let isNegative = ends.0 < 0
        return Wording("\(low.zh)\(isNegative ? "至 " : "–")\(high.zh)", "\(low.en)\(isNegative ? " to " : "–")\(high.en)")
    }
}
