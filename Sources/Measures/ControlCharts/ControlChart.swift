/// Which statistic a chart shows.
public enum ControlChartKind: String, Sendable, CaseIterable {
    case mean, range, deviation, individual, movingRange
    /// Shares and numbers of nonconforming items; numbers of faults, and faults per unit.
    case share, number, faults, faultsPerUnit

    public var wording: Wording {
        switch self {
        case .mean: Wording("均值图（X̄）", "Means (X̄)")
        case .range: Wording("极差图（R）", "Ranges (R)")
        case .deviation: Wording("标准差图（S）", "Standard deviations (S)")
        case .individual: Wording("单值图（I）", "Individual values (I)")
        case .movingRange: Wording("移动极差图（MR）", "Moving ranges (MR)")
        case .share: Wording("比率图（p）", "Proportion (p)")
        case .number: Wording("件数图（np）", "Number (np)")
        case .faults: Wording("次数图（c）", "Counts (c)")
        case .faultsPerUnit: Wording("单位次数图（u）", "Counts per unit (u)")
        }
    }

    /// A share can't exceed 1 nor a spread or count fall below 0.
    var bounds: ClosedRange<Double> {
        switch self {
        case .mean, .individual: -Double.infinity...Double.infinity
        case .share: 0...1
        default: 0...Double.infinity
        }
    }
}

/// A stretch of points with limits of its own.
public struct ControlPhase: Hashable, Sendable {
    /// Where the limits come from.
    public enum Limits: Hashable, Sendable {
        /// The phase's own points.
        case own
        /// The points of an earlier phase, by its index: limits frozen there.
        case frozen(phase: Int)
    }

    /// Index of the first point.
    public var start: Int
    public var limits: Limits
    public var name: Wording?

    public init(start: Int, limits: Limits = .own, name: Wording? = nil) {
        self.start = start
        self.limits = limits
        self.name = name
    }
}

public struct ControlPoint: Hashable, Sendable {
    public var value: Double
    public var phase: Int
    public var centre: Double
    /// Standard deviation of the plotted statistic; the limits are three of them away, cut at what is possible.
    public var deviation: Double
    public var lower: Double
    public var upper: Double

    /// Distance from the centre line in standard deviations; 0 where there is no variation.
    public var score: Double {
        deviation > 0 ? (value - centre) / deviation : value == centre ? 0 : value > centre ? .infinity : -.infinity
    }
    public var isBeyondLimits: Bool { value > upper || value < lower }
}

/// One chart: its points with their limits, and the patterns found in them.
public struct ControlChart: Hashable, Sendable {
    public var kind: ControlChartKind
    /// `nil` where there is no statistic: the moving range of the first value of a phase.
    public var points: [ControlPoint?]
    public var signals: [ControlSignal]

    /// What the chart says, for a text alternative.
    public var wording: Wording {
        if signals.isEmpty { return Wording("过程处于统计控制状态，未发现异常点。", "The process is in statistical control: no pattern found.") }
        return Wording(
            "发现 \(signals.count) 处异常：" + signals.map(\.wording.zh).joined(separator: "；") + "。",
            (signals.count == 1 ? "1 pattern found: " : "\(signals.count) patterns found: ")
                + signals.map(\.wording.en).joined(separator: "; ") + ".")
    }
}

extension ControlChart {
    /// σ of single values as the newest phase's limits have it; a mean of n values scatters √n times less.
    public func deviationOfValues(in subgroups: [[Double]]) -> Double? {
        guard let size = subgroups.first?.count, let point = points.compactMap({ $0 }).last else { return nil }
        return point.deviation * Double(size).squareRoot()
    }
}

/// Why a chart can't be drawn.
public enum ControlChartError: Error, Hashable, Sendable {
    case tooFewPoints(phase: Int, found: Int, needed: Int)
    /// A subgroup is smaller than two, or differs in size where all must be equal.
    case subgroupSize(point: Int)
    /// A number that isn't finite, a negative count, a size that isn't positive, or more nonconforming items than items.
    case badValue(point: Int)
    /// No two usable points of a phase follow each other, so that no range can be taken.
    case noRange(phase: Int)
    /// Starts must ascend from 0, and limits may only be frozen at an earlier phase with limits of its own.
    case badPhase(Int)

    public var wording: Wording {
        switch self {
        case .tooFewPoints(let phase, let found, let needed):
            Wording(
                "第 \(phase + 1) 阶段只有 \(found) 个可用点，至少需要 \(needed) 个",
                "Phase \(phase + 1) has \(Wording.counted(found, "usable point")); at least \(needed) are needed")
        case .subgroupSize(let point):
            Wording("第 \(point + 1) 个子组的样本量不合适", "Subgroup \(point + 1) has an unsuitable size")
        case .badValue(let point): Wording("第 \(point + 1) 个点的数值无效", "The value of point \(point + 1) is not valid")
        case .noRange(let phase):
            Wording(
                "第 \(phase + 1) 阶段没有两个相邻的可用点，算不出移动极差",
                "Phase \(phase + 1) has no two usable points beside each other, so there is no moving range")
        case .badPhase(let phase): Wording("第 \(phase + 1) 个阶段的设置无效", "Phase \(phase + 1) is not valid")
        }
    }
}
