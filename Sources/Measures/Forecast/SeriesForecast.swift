/// How far a forecast can be relied on.
public enum ForecastStatus: String, Hashable, Sendable {
    case forecast
    /// There is a forecast, but the notes say why it is to be taken with care.
    case cautious
    /// There is none; the notes say why.
    case cannotTell
}

/// Something to be said about a forecast.
public enum ForecastNote: Hashable, Sendable {
    case tooShort(count: Int, needed: Int)
    case shortHistory(count: Int)
    /// `longest` are the places of the values on both sides of the longest gap.
    case tooManyGaps(missing: Int, of: Int, longest: ClosedRange<Int>)
    case gapsFilled(Int, of: Int)
    case ended(periodsAgo: Int)
    /// Fewer than two whole cycles and one value.
    case seasonUnknown(count: Int, period: Int)
    case constant
    /// The model fits every value exactly.
    case withoutDeviation
    /// Most values are zero: only the mean level can be foretold.
    case mostlyZero
    case horizonBeyondHistory
    /// Mean absolute error from rolling origins as a share of the mean size of the values.
    case poorlyPredictable(error: Double)
    /// 春节 moves this series: the effect on a month that has the whole window, as a share of its value.
    case lunarNewYear(effect: Double)
    /// A value that lies far from the others, and whether it was used.
    case outlier(Outlier)
    case badRequest

    /// A code for programs: stable, in English.
    public var code: String {
        switch self {
        case .tooShort: "too_short"
        case .shortHistory: "short_history"
        case .tooManyGaps: "too_many_gaps"
        case .gapsFilled: "gaps_filled"
        case .ended: "ended"
        case .seasonUnknown: "season_unknown"
        case .constant: "constant"
        case .withoutDeviation: "without_deviation"
        case .mostlyZero: "mostly_zero"
        case .horizonBeyondHistory: "horizon_beyond_history"
        case .poorlyPredictable: "poorly_predictable"
        case .lunarNewYear: "lunar_new_year"
        case .outlier(let value): value.code
        case .badRequest: "bad_request"
        }
    }

    /// - Parameter label: what a period of the series is called, the first being 0; by its number if left out.
    public func wording(label: (Int) -> String = { "#\($0 + 1)" }) -> Wording {
        switch self {
        case .tooShort(let count, let needed):
            Wording(
                "只有 \(count) 个值，至少需要 \(needed) 个，无法预测",
                "Only \(Wording.counted(count, "value")); at least \(needed) are needed to tell anything")
        case .shortHistory(let count):
            Wording(
                "历史只有 \(count) 个值，预测仅供参考", "The history has only \(Wording.counted(count, "value")); take the forecast with care")
        case .tooManyGaps(let missing, let of, let longest):
            Wording(
                "\(of) 期中缺 \(missing) 期，缺得太多，无法预测；最长的空缺在 \(label(longest.lowerBound)) 与 \(label(longest.upperBound)) 之间",
                "\(missing) of \(of) periods \(missing == 1 ? "is" : "are") missing, too many to tell; the longest gap lies between \(label(longest.lowerBound)) and \(label(longest.upperBound))"
            )
        case .gapsFilled(let count, _):
            Wording("补上了 \(count) 个缺失的值", Wording.counted(count, "missing value was filled in", "missing values were filled in"))
        case .ended(let ago):
            Wording(
                "最近 \(ago) 期没有数据，无法判断现状",
                "The last \(ago == 1 ? "period has" : "\(ago) periods have") no data, so where things stand cannot be told")
        case .seasonUnknown(let count, let period):
            Wording(
                "只有 \(count) 个值，不足两个完整周期（每周期 \(period) 期），看不出季节规律",
                "With \(Wording.counted(count, "value")) there are not two whole cycles of \(period); seasonality cannot be told")
        case .constant: Wording("历史值没有变化，区间宽度为零不代表确定", "The history does not vary; intervals of no width do not mean certainty")
        case .withoutDeviation:
            Wording("历史与模型毫厘不差，区间宽度为零不代表确定", "The model fits the history exactly; intervals of no width do not mean certainty")
        case .mostlyZero: Wording("大部分值为零，只能预测平均水平", "Most values are zero; only the mean level can be foretold")
        case .horizonBeyondHistory:
            Wording("预测期比历史还长，远期很不可靠", "The horizon is longer than the history; its far end is most unreliable")
        case .poorlyPredictable(let error):
            Wording(
                "用过去检验，平均误差达 \(plainPercent(error))，难以预测",
                "Tried on the past the mean error is \(plainPercent(error)): hard to foretell")
        case .lunarNewYear(let effect):
            Wording("已计入春节早晚的影响（\(plainPercent(effect))）", "The moving Lunar New Year is accounted for (\(plainPercent(effect)))")
        case .outlier(let outlier): outlier.wording(label(outlier.place))
        case .badRequest: Wording("预测期数与周期都应是正整数", "Horizon and period must be positive")
        }
    }
}

/// An interval for every step of the horizon.
public struct ForecastInterval: Hashable, Sendable {
    /// 0.5, 0.8 or 0.95: the share of futures that should fall inside.
    public var level: Double
    public var lower: [Double]
    public var upper: [Double]
}

/// A method's part in a forecast.
public struct ForecastPart: Hashable, Sendable {
    public var method: ForecastMethod
    /// Parts add up to 1.
    public var weight: Double
    /// Mean absolute error from rolling origins in the unit of the series; `nil` where there was too little to try.
    public var error: Double?
}

/// The forecast of one series. Where nothing can be told, `points` and `intervals` are empty.
public struct SeriesForecast: Hashable, Sendable {
    public var status: ForecastStatus
    public var notes: [ForecastNote]
    /// One value for each of 1…horizon steps after the last period of the series.
    public var points: [Double]
    /// For 50, 80 and 95 %.
    public var intervals: [ForecastInterval]
    public var parts: [ForecastPart]
    /// The smoothing form that AICc chose, such as `ETS(M,A,M)`.
    public var smoothing: String?
    /// The seasonal pattern was strong enough to be used.
    public var isSeasonal: Bool

    /// The running total of what this foretells, beginning with `known`: no step goes back.
    public func accumulated(from known: Double) -> SeriesForecast {
        var whole = self
        var sum = known
        whole.points = points.map { step in
            sum += max(step, 0)
            return sum
        }
        for index in whole.intervals.indices {
            let interval = intervals[index]
            let below = Self.widthsOfTotals(zip(points, interval.lower).map { $0 - $1 })
            let above = Self.widthsOfTotals(zip(interval.upper, points).map { $0 - $1 })
            whole.intervals[index].lower = zip(whole.points, below).map { max($0 - $1, known) }
            whole.intervals[index].upper = zip(whole.points, above).map { $0 + $1 }
        }
        return whole
    }

    /// How far a running total may lie from its forecast on one side, if each step may lie `widths` from its own.
    ///
    /// How fast widths grow tells how much of an error stays: Var(h) = σ² (1 + (h − 1) α²), as of simple exponential smoothing, whose
    /// errors of steps h < k have the covariance σ² (α + (h − 1) α²). α = 0 leaves errors independent, α = 1 is a random walk.
    ///
    /// - Source: Hyndman, Koehler, Ord & Snyder 2008, Forecasting with Exponential Smoothing, 6.1 and 6.6 (lead-time demand).
    /// - Complexity: O(steps).
    public static func widthsOfSums(_ widths: [Double]) -> [Double] {
        guard let first = widths.first, let last = widths.last, first > 0 else { return widths }
        let growth = widths.count > 1 ? (last * last / (first * first) - 1) / Double(widths.count - 1) : 0
        let alpha = min(max(growth, 0), 1).squareRoot()
        var (variance, shared) = (0.0, 0.0)
        return widths.enumerated().map { index, width in
            // With all steps before it.
            variance += width * width + 2 * first * first * shared
            shared += alpha + Double(index) * alpha * alpha
            return variance.squareRoot()
        }
    }

    /// The same with what all steps have in common besides: level, trend and season are estimated once, and their errors stay.
    ///
    /// So sums of k steps are wider by 22 % · (k − 1) ÷ k. With that, sums of a year hold as many values as single steps do, on the
    /// monthly series of M1 and Tourism and on generated ones (docs/BENCHMARKS.md).
    public static func widthsOfTotals(_ widths: [Double]) -> [Double] {
        widthsOfSums(widths).enumerated().map { index, width in width * (1 + 0.22 * Double(index) / Double(index + 1)) }
    }

    static func nothing(_ notes: [ForecastNote]) -> SeriesForecast {
        SeriesForecast(status: .cannotTell, notes: notes, points: [], intervals: [], parts: [], smoothing: nil, isSeasonal: false)
    }
}
