/// What a measure wants: where it stood, where it is to go, and which way is good.
public enum Aim: Hashable, Sendable {
    /// Higher is better. Without a baseline the way begins at zero.
    case rise(from: Double?, to: Double)
    /// Lower is better. Without a baseline being over the target by its own size counts as nothing attained.
    case fall(from: Double?, to: Double)
    /// Wanted within a range. Outside, attainment falls linearly to nothing at `tolerance` from the nearer end;
    /// `nil` takes the width of the range.
    case stay(within: ClosedRange<Double>, tolerance: Double?)
    /// Done or not; values between 0 and 1 are the part already done.
    case milestone
}

extension Aim {
    /// The value at the beginning of the way, where there is one.
    public var baseline: Double? {
        switch self {
        case .rise(let from, _): from ?? 0
        case .fall(let from, _): from
        case .stay: nil
        case .milestone: 0
        }
    }

    /// The value at the end of the way; for a range its nearer-to-middle reading has no meaning and there is none.
    public var target: Double? {
        switch self {
        case .rise(_, let to), .fall(_, let to): to
        case .stay: nil
        case .milestone: 1
        }
    }

    /// The share of the way that `value` has come: 0 at the baseline, 1 at the target; below 0 and above 1 where it is so.
    ///
    /// - Rise: `(value − from) ÷ (to − from)`; where both are equal, `value ÷ to` up to 1 (the level is to be held).
    /// - Fall with a baseline: the same quotient. Without one: `2 − value ÷ to`, the usual rule for "less is better" KPIs;
    ///   with a target of zero, 1 when zero is kept and 0 otherwise.
    /// - Range: 1 inside, linearly falling to 0 at the tolerance outside, never below 0.
    /// - Milestone: `value`, held within 0…1.
    /// - Returns: `nil` where `value` is not a number or baseline and target contradict the direction.
    public func attainment(of value: Double) -> Double? {
        guard value.isFinite else { return nil }
        switch self {
        case .rise(let from, let to): return risen(value, from: from ?? 0, to: to)
        case .fall(let from?, let to): return fallen(value, from: from, to: to)
        case .fall(nil, let to): return kept(value, atMost: to)
        case .stay(let range, let tolerance): return nearness(of: value, to: range, tolerance: tolerance)
        case .milestone: return min(1, max(0, value))
        }
    }

    private func risen(_ value: Double, from: Double, to: Double) -> Double? {
        if to > from { return (value - from) / (to - from) }
        guard to == from else { return nil }
        if value >= to { return 1 }
        return to > 0 ? value / to : 0
    }

    private func fallen(_ value: Double, from: Double, to: Double) -> Double? {
        if to < from { return (from - value) / (from - to) }
        guard to == from else { return nil }
        return kept(value, atMost: to)
    }

    private func kept(_ value: Double, atMost target: Double) -> Double? {
        if target > 0 { return 2 - value / target }
        return value <= target ? 1 : 0
    }

    private func nearness(of value: Double, to range: ClosedRange<Double>, tolerance: Double?) -> Double {
        if range.contains(value) { return 1 }
        let distance = value < range.lowerBound ? range.lowerBound - value : value - range.upperBound
        let reach = tolerance ?? (range.upperBound - range.lowerBound)
        return reach > 0 ? max(0, 1 - distance / reach) : 0
    }
}
