/// How the value on a day is read from the values taken so far.
public enum ValueBasis: Hashable, Sendable {
    /// The last value taken: levels such as a satisfaction score or a running total that is entered as such.
    case latest
    /// The sum of the values since the start: revenue entered month by month against a yearly target.
    case total
    /// The mean of the values since the start.
    case mean
}

/// When a measure is on track, at risk, or off track.
public enum StatusThresholds: Hashable, Sendable {
    /// By attainment as a share of the attainment expected by that day: on track from `watch`, off track below `late`.
    case pace(watch: Double, late: Double)
    /// By the measured value itself, in the measure's unit: on the good side of `watch` on track, beyond `late` off track.
    case value(watch: Double, late: Double)

    /// On track from 90 % of what is expected, off track below 70 %.
    public static let standard = StatusThresholds.pace(watch: 0.9, late: 0.7)
}

public enum AttainmentStatus: String, Hashable, Sendable, CaseIterable {
    /// The target is reached.
    case attained
    case onTrack
    case atRisk
    case offTrack
    /// Nothing is expected yet.
    case notStarted
    /// No value, or no path to compare it with.
    case cannotTell

    public var wording: Wording {
        switch self {
        case .attained: Wording("已达成", "Attained")
        case .onTrack: Wording("正常", "On track")
        case .atRisk: Wording("有风险", "At risk")
        case .offTrack: Wording("落后", "Off track")
        case .notStarted: Wording("未开始", "Not started")
        case .cannotTell: Wording("无法判断", "Cannot tell")
        }
    }
}

/// A measure with its aim, its path and the values taken.
///
/// ```swift
/// let revenue = TrackedMeasure(
///     key: "M-1", aim: .rise(from: 0, to: 12_000_000), start: newYear, due: newYearsEve,
///     path: .seasonal(months), values: monthly, basis: .total)
/// revenue.attainment(on: today).status
/// ```
public struct TrackedMeasure: Hashable, Sendable {
    /// The caller's name for it; explanations carry it.
    public var key: String
    public var aim: Aim
    public var start: Int?
    public var due: Int?
    public var path: TargetPath
    /// In any order; of two values on one day the later in the array counts.
    public var values: [DatedValue]
    public var basis: ValueBasis
    public var thresholds: StatusThresholds

    public init(
        key: String, aim: Aim, start: Int? = nil, due: Int? = nil, path: TargetPath = .linear, values: [DatedValue] = [],
        basis: ValueBasis = .latest, thresholds: StatusThresholds = .standard
    ) {
        self.key = key
        self.aim = aim
        self.start = start
        self.due = due
        self.path = path
        self.values = values
        self.basis = basis
        self.thresholds = thresholds
    }
}

/// Where a measure stands on a day. Shares are 0…1 of the way from baseline to target, beyond where it is so.
public struct MeasureAttainment: Hashable, Sendable {
    /// The value read on that day; `nil` before the first.
    public var value: Double?
    /// The day of the newest value that was read.
    public var valueDay: Int?
    /// The value the path asks for by that day.
    public var expectedValue: Double?
    /// `nil` without a value, or where baseline and target contradict the direction.
    public var attainment: Double?
    public var expectedAttainment: Double?
    public var status: AttainmentStatus
}

extension TrackedMeasure {
    /// The attainment at the end of `day`, from values up to that day only.
    ///
    /// - Complexity: O(values + path points)
    public func attainment(on day: Int) -> MeasureAttainment {
        let reading = reading(on: day)
        let expectedValue = expectedValue(on: day)
        var result = MeasureAttainment(
            value: reading?.value, valueDay: reading?.day, expectedValue: expectedValue,
            attainment: reading.flatMap { aim.attainment(of: $0.value) }, expectedAttainment: nil, status: .cannotTell)
        switch aim {
        case .stay: result.expectedAttainment = 1
        case .milestone where reading == nil: result.attainment = 0; fallthrough
        default: result.expectedAttainment = expectedValue.flatMap(aim.attainment(of:))
        }
        result.status = status(of: result, isFinal: isFinal(on: day))
        return result
    }

    /// The value that the path asks for by the end of `day`; `nil` where nothing is agreed (and for ranges).
    public func expectedValue(on day: Int) -> Double? {
        if case .milestone = aim, path == .linear { return due.map { day >= $0 ? 1 : 0 } }
        guard let target = aim.target else { return nil }
        return path.expectedValue(on: day, baseline: aim.baseline, target: target, start: start, due: due)
    }

    private func reading(on day: Int) -> DatedValue? {
        let known = values.filter { $0.day <= day && $0.value.isFinite && (basis == .latest || $0.day >= start ?? .min) }
        guard var newest = known.first else { return nil }
        for value in known where value.day >= newest.day { newest = value }
        switch basis {
        case .latest: return newest
        case .total: return DatedValue(day: newest.day, value: known.reduce(0) { $0 + $1.value })
        case .mean: return DatedValue(day: newest.day, value: known.reduce(0) { $0 + $1.value } / Double(known.count))
        }
    }

    private func status(of standing: MeasureAttainment, isFinal: Bool) -> AttainmentStatus {
        if let attained = standing.attainment, attained >= 1, isFinal { return .attained }
        if let value = standing.value, case .value(let watch, let late) = thresholds {
            return status(of: value, watch: watch, late: late)
        }
        guard case .pace(let watch, let late) = thresholds else { return .cannotTell }
        return paceStatus(
            attainment: standing.attainment, expected: standing.expectedAttainment, watch: watch, late: late)
    }

    /// What is to be kept (a range, a ceiling without baseline) is attained only when its time is over.
    private func isFinal(on day: Int) -> Bool {
        switch aim {
        case .stay, .fall(nil, _): due.map { day >= $0 } ?? false
        default: true
        }
    }

    private func status(of value: Double, watch: Double, late: Double) -> AttainmentStatus {
        let upIsGood = watch >= late
        if upIsGood ? value >= watch : value <= watch { return .onTrack }
        return (upIsGood ? value < late : value > late) ? .offTrack : .atRisk
    }
}

/// The status by the share of what was expected; the rule for measures and for everything rolled up from them.
func paceStatus(attainment: Double?, expected: Double?, watch: Double, late: Double) -> AttainmentStatus {
    guard let expected else { return .cannotTell }
    if expected <= 0 { return (attainment ?? 0) > 0 ? .onTrack : .notStarted }
    guard let attainment else { return .cannotTell }
    let pace = attainment / expected
    if pace >= watch { return .onTrack }
    return pace < late ? .offTrack : .atRisk
}
