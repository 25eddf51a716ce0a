/// How well a process in control fits its specification.
///
/// - Source: ISO 22514-2; interval of Cpk and Ppk by Bissell 1990, Applied Statistics 39:331.
public struct Capability: Hashable, Sendable {
    public var count: Int
    public var mean: Double
    /// From the variation within subgroups (or moving ranges).
    public var withinDeviation: Double
    /// From all values together.
    public var overallDeviation: Double
    /// Spread of the specification over six standard deviations: `nil` with one limit only, or without variation.
    public var cp: Double?
    public var pp: Double?
    /// Distance to the nearer limit over three standard deviations.
    public var cpk: Double?
    public var ppk: Double?
    /// 95 % around Ppk.
    public var ppkInterval: ClosedRange<Double>?
    /// Expected share outside the specification, if the values are normal with the overall deviation.
    public var shareOutside: Double?

    /// - Parameters:
    ///   - subgroups: values within σ by the pooled standard deviation; subgroups of one value by moving ranges.
    ///   - deviation: σ within, where a control chart has told it already: R̄ ÷ d₂, S̄ ÷ c₄ or the mean moving range ÷ d₂.
    ///   - lower, upper: limits of the specification, at least one.
    /// - Returns: `nil` with fewer than two values, without limits, or where they contradict each other.
    public init?(subgroups: [[Double]], within deviation: Double? = nil, lower: Double?, upper: Double?) {
        let values = subgroups.flatMap { $0 }
        guard values.count >= 2, values.allSatisfy(\.isFinite), lower != nil || upper != nil else { return nil }
        if let lower, let upper, lower >= upper { return nil }
        let all = Moments(values)
        count = all.count
        mean = all.mean
        overallDeviation = all.deviation
        withinDeviation = deviation ?? Self.within(subgroups, values)
        func ratios(_ deviation: Double) -> (spread: Double?, nearer: Double?) {
            guard deviation > 0 else { return (nil, nil) }
            let sides = [upper.map { ($0 - all.mean) / (3 * deviation) }, lower.map { (all.mean - $0) / (3 * deviation) }]
            let spread = lower.flatMap { low in upper.map { ($0 - low) / (6 * deviation) } }
            return (spread, sides.compactMap { $0 }.min())
        }
        (cp, cpk) = ratios(withinDeviation)
        (pp, ppk) = ratios(overallDeviation)
        if let ppk {
            let n = Double(count)
            let width = 1.959963984540054 * (1 / (9 * n) + ppk * ppk / (2 * (n - 1))).squareRoot()
            ppkInterval = ppk - width...ppk + width
            let normal = NormalDistribution(mean: mean, deviation: overallDeviation)
            shareOutside = (lower.map(normal.cumulative) ?? 0) + (upper.map(normal.survival) ?? 0)
        }
    }

    private static func within(_ subgroups: [[Double]], _ values: [Double]) -> Double {
        let groups = subgroups.filter { $0.count > 1 }.map { Moments($0) }
        if groups.isEmpty {
            let ranges = zip(values, values.dropFirst()).map { abs($1 - $0) }
            return ranges.compensatedSum / Double(ranges.count) / (2 / Double.pi.squareRoot())
        }
        let freedom = groups.reduce(0) { $0 + $1.count - 1 }
        return (groups.map(\.squares).compensatedSum / Double(freedom)).squareRoot()
    }

    public var wording: Wording {
        guard let ppk, let ppkInterval else {
            return Wording("数据没有波动，无法计算过程能力。", "The values do not vary, so capability can't be computed.")
        }
        let interval = "\(plainNumber(ppkInterval.lowerBound))–\(plainNumber(ppkInterval.upperBound))"
        let level = ppk >= 1.33 ? ("充分", "ample") : ppk >= 1 ? ("勉强", "marginal") : ("不足", "insufficient")
        return Wording(
            "过程能力\(level.0)：Ppk = \(plainNumber(ppk))（95% 区间 \(interval)）。",
            "Capability is \(level.1): Ppk = \(plainNumber(ppk)) (95% interval \(interval)).")
    }

    /// All indices in one sentence.
    public var figures: Wording {
        let known = [("Cp", cp), ("Cpk", cpk), ("Pp", pp), ("Ppk", ppk)].compactMap { name, value in
            value.map { "\(name) \(plainNumber($0))" }
        }
        guard !known.isEmpty, let ppkInterval else { return wording }
        let interval = "\(plainNumber(ppkInterval.lowerBound))–\(plainNumber(ppkInterval.upperBound))"
        return Wording(
            "\(known.joined(separator: "、"))（Ppk 的 95% 区间 \(interval)）。",
            "\(known.joined(separator: ", ")) (95% interval of Ppk \(interval)).")
    }
}
