/// How the value on a day is read from the values taken so far.
public enum ValueBasis: Hashable, Sendable {
    /// The last value taken: levels such as a satisfaction score or a running total that is entered as such.
    case latest
    /// The sum of the values since the start: revenue entered month by month against a yearly target.
    case total
    /// The mean of the values since the start.
    case mean
}

/// How far attainment may fall short of what is expected by the day before it is at risk, and before it is off track.
public enum PaceRule: Hashable, Sendable {
    /// Attainment as a share of the attainment expected: on track from `watch`, off track below `late`.
    case ratio(watch: Double, late: Double)
    /// The expected attainment less that reached: on track up to `watch`, off track beyond `late`. Early on, when little is
    /// expected yet, it is milder than a ratio.
    case gap(watch: Double, late: Double)

    /// On track from 90 % of what is expected, off track below 70 %.
    public static let standard = PaceRule.ratio(watch: 0.9, late: 0.7)
}

/// When a measure is on track, at risk, or off track: by its pace, and by alarm values in its own unit.
///
/// Alarm values only warn: a measure on the good side of both that lags behind its path is still behind.
public struct StatusThresholds: Hashable, Sendable {
    public var pace: PaceRule
    /// Beyond it, on the bad side, the measure is at risk.
    public var watchValue: Double?
    /// Beyond it the measure is off track.
    public var lateValue: Double?

    public init(pace: PaceRule = .standard, watchValue: Double? = nil, lateValue: Double? = nil) {
        self.pace = pace
        self.watchValue = watchValue
        self.lateValue = lateValue
    }

    public static let standard = StatusThresholds()
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
        let paced = thresholds.pace.status(attainment: standing.attainment, expected: standing.expectedAttainment)
        guard let value = standing.value else { return paced }
        if let late = thresholds.lateValue, isWorse(value, than: late) { return .offTrack }
        if let watch = thresholds.watchValue, paced != .offTrack, isWorse(value, than: watch) { return .atRisk }
        return paced
    }

    private func isWorse(_ value: Double, than bound: Double) -> Bool {
        if case .fall = aim { value > bound } else { value < bound }
    }

    /// What is to be kept (a range, a ceiling without baseline) is attained only when its time is over.
    private func isFinal(on day: Int) -> Bool {
        switch aim {
        case .stay, .fall(nil, _): due.map { day >= $0 } ?? false
        default: true
        }
    }

}

extension PaceRule {
    /// The status of a share against the share expected; the rule for measures and for everything rolled up from them.
    public func status(attainment: Double?, expected: Double?) -> AttainmentStatus {
        guard let expected else { return .cannotTell }
        if expected <= 0 { return (attainment ?? 0) > 0 ? .onTrack : .notStarted }
        guard let attainment else { return .cannotTell }
        switch self {
        case .ratio(let watch, let late):
            let reached = attainment / expected
            return reached >= watch ? .onTrack : reached < late ? .offTrack : .atRisk
        case .gap(let watch, let late):
            // A hair's breadth of rounding does not change the status.
            let gap = expected - attainment - 1e-9
            return gap <= watch ? .onTrack : gap > late ? .offTrack : .atRisk
        }
    }
}
