import Measures
import PlanModel
import WorkingTime

/// How a measure's values are to be taken: as shares of cases, as counts, or as plain values.
extension Typed where K == Measure {
    /// The size of the sample behind each value: that of its day, else the last one before, else the first.
    func sizes(of days: [Day]) -> [Double]? {
        guard let sizes = self.sizes, let first = sizes.values.first else { return nil }
        let found = days.map { sizes.latest(on: $0)?.value ?? first }
        return found.allSatisfy { $0 > 0 } ? found : nil
    }

    /// Cases among so many: per cent and shares are turned into cases, whole numbers taken as such; nil for anything else.
    func cases(_ values: [Double], of sizes: [Double]) -> (cases: [Int], of: [Int])? {
        let whole = sizes.compactMap { Int(exactly: $0) }
        let scale = self.unit == "%" ? 0.01 : isShares(values) ? 1 : nil
        guard whole.count == sizes.count, scale != nil || counts(values) != nil else { return nil }
        let cases = zip(values, sizes).map { value, size in (scale.map { value * $0 * size } ?? value).rounded() }
        guard zip(cases, sizes).allSatisfy({ (0...$1).contains($0) }) else { return nil }
        return (cases.map { Int($0) }, whole)
    }

    /// Whether whole cases are only about what shares of the samples come to: more than a twentieth of a case off.
    func isRounded(_ values: [Double], _ cases: [Int], of sizes: [Double]) -> Bool {
        let scale = self.unit == "%" ? 0.01 : isShares(values) ? 1 : nil
        guard let scale else { return false }
        return zip(zip(values, sizes), cases).contains { abs($0.0 * scale * $0.1 - Double($1)) > 0.05 }
    }

    /// Whether values without a unit are parts of one, such as 0.12.
    private func isShares(_ values: [Double]) -> Bool {
        (self.unit ?? "").isEmpty && values.allSatisfy { (0...1).contains($0) } && values.contains { $0 != $0.rounded() }
    }

    /// Whole numbers that are not negative; `nil` if any is not.
    func counts(_ values: [Double]) -> [Int]? {
        let counts = values.compactMap { Int(exactly: $0) }
        return counts.count == values.count && counts.allSatisfy { $0 >= 0 } ? counts : nil
    }

    /// Whether the unit is one of things counted, such as 件/周.
    var isCounted: Bool {
        let unit = (self.unit ?? "").split(whereSeparator: { "/每 ".contains($0) }).first.map(String.init) ?? ""
        return ["件", "次", "个", "单", "例", "起", "人次", "cases", "events", "faults", "times"].contains(unit.lowercased())
    }
}

extension Typed where K == Measure {
    /// What the values are by their nature, which decides how they are charted and compared: as the chart asked for says, else by unit
    /// and sizes. Values that are neither shares of cases nor counts, such as hours with the size of the sample behind each, are taken
    /// as they stand.
    func sample(_ days: [Day], _ values: [Double]) -> ChangeSample {
        let sizes = self.sizes(of: days)
        let cases = sizes.flatMap { self.cases(values, of: $0) }
        let counts = self.counts(values)
        switch self.chart {
        case .proportion, .defectives: if let cases { return .shares(cases: cases.cases, of: cases.of) }
        case .count, .perUnit: if let counts { return .counts(counts, over: sizes ?? values.map { _ in 1 }) }
        default: break
        }
        if let cases, self.unit == "%" || isShares(values) { return .shares(cases: cases.cases, of: cases.of) }
        if let counts, isCounted || sizes != nil && (self.unit ?? "").isEmpty {
            return .counts(counts, over: sizes ?? values.map { _ in 1 })
        }
        return .values(values)
    }
}

/// A measure on a control chart: whether it moves by chance alone, before and since the improvement.
public struct ControlStudy: Sendable {
    /// Why a measure that asks for a control chart has none.
    public struct Flaw: Error, Sendable {
        public let reason: Label
    }

    public let measure: Typed<Measure>
    /// The day of each point; of a subgroup the last.
    public let days: [Day]
    public let chart: ControlChart
    /// Moving ranges, ranges or deviations; nil where the chart has no second one.
    public let spread: ControlChart?
    /// What points are multiplied with to be in the measure's unit.
    public let scale: Double
    /// Index of the first value since the improvement; nil without one.
    public let improved: Int?
    /// Index of the first point judged by limits frozen before it; nil without.
    public let frozen: Int?
    /// Points that do not count for the limits.
    public let excluded: Set<Int>
    public let capability: Capability?
    /// What had to be done otherwise than asked for.
    public let notes: [Label]

    static let fewest = 8

    /// - Returns: nil where the measure asks for no control chart.
    init?(_ measure: Typed<Measure>, today: Day) throws(Flaw) {
        guard let wanted = measure.chart, wanted != .line else { return nil }
        let points = (measure.values?.points ?? []).filter { $0.day <= today }
        guard points.count >= Self.fewest else {
            throw Flaw(
                reason: Label(
                    "控制图至少需要 \(Self.fewest) 个值，现有 \(points.count) 个。",
                    "A control chart needs at least \(Self.fewest) values; there \(points.count == 1 ? "is" : "are") \(points.count)."
                ))
        }
        self.measure = measure
        let plan = ControlPlan(measure, points.map(\.day), points.map(\.value), wanted)
        do throws(ControlChartError) { (chart, spread, scale) = try plan.charts() } catch {
            throw Flaw(reason: Label("\(error.wording.zh)。", "\(error.wording.en)."))
        }
        (days, improved, frozen, excluded, notes) = (plan.days, plan.improved, plan.frozen, plan.excluded, plan.notes)
        let isMeasured = [.individual, .mean].contains(chart.kind)
        capability =
            isMeasured
            ? Capability(
                subgroups: plan.newestGroups, within: plan.frozen == nil ? chart.deviationOfValues(in: plan.newestGroups) : nil,
                lower: measure.lowerSpecification, upper: measure.upperSpecification) : nil
    }

    /// So many of the newest points are what is going on now.
    public static let recentPoints = 8

    /// Signals that reach into the newest points of the newest phase and that points with a known cause do not explain: what is out of
    /// control now.
    public var current: [ControlSignal] {
        let start = max(frozen ?? improved ?? 0, days.count - Self.recentPoints)
        return chart.signals.filter { signal in
            signal.points.contains { $0 >= start } && !signal.points.allSatisfy(excluded.contains)
        }
    }

    /// The signal to be told first: all points beyond the limit that the last of them is beyond, else the last pattern.
    public var foremost: ControlSignal? {
        guard var found = current.last(where: { $0.rule == .beyondLimits }) else { return current.last }
        found.points = current.filter { $0.rule == .beyondLimits && $0.isAbove == found.isAbove }.flatMap(\.points)
        return found
    }

    /// Whether a signal points where the measure is meant to go; `nil` where either has no side.
    public func isFavourable(_ signal: ControlSignal) -> Bool? {
        switch measure.direction {
        case .up: signal.isAbove
        case .down: signal.isAbove.map { !$0 }
        default: nil
        }
    }

    /// What a point's day is called: of values by the month, the month.
    public func name(of day: Day) -> String { isMonthly ? Series.text(of: day) : "\(day)" }

    private var isMonthly: Bool { days.allSatisfy { ($0 + 1).day == 1 } }

    /// Whether points are marked on its charts, the one of the spread included.
    public var hasMarks: Bool { !chart.signals.isEmpty || spread?.signals.isEmpty == false }

    /// A signal with its points named by their days.
    public func words(_ signal: ControlSignal) -> Label {
        let words = signal.wording { name(of: days[$0]) }
        return Label(words.zh, words.en)
    }

    /// Capability against the specification, and what was done otherwise than asked for.
    public var caption: Label? {
        var parts = notes
        if let capability {
            parts.append(Label(capability.figures.zh, capability.figures.en))
            if !current.isEmpty {
                parts.append(Label("过程尚未受控，能力指数仅供参考。", "The process is not in control, so capability is only indicative."))
            }
        }
        guard !parts.isEmpty else { return nil }
        return Label(parts.map(\.zh).joined(), parts.map(\.en).joined(separator: " "))
    }
}

/// How a measure's values become a chart: kind, phases, subgroups.
private struct ControlPlan {
    private let measure: Typed<Measure>
    private var wanted: ChartKind
    private let values: [Double]
    private let sizes: [Double]?
    private(set) var days: [Day]
    private(set) var improved: Int?
    private(set) var frozen: Int?
    private(set) var excluded: Set<Int> = []
    private(set) var notes: [Label] = []
    private var groups: [[Double]]

    init(_ measure: Typed<Measure>, _ days: [Day], _ values: [Double], _ wanted: ChartKind) {
        (self.measure, self.wanted, self.values, self.days) = (measure, wanted, values, days)
        sizes = measure.sizes(of: days)
        groups = values.map { [$0] }
        settle()
        place()
    }

    /// The kind that the data allow, by default the one that suits the measure.
    private mutating func settle() {
        let counts = measure.counts(values)
        let cases = sizes.flatMap { measure.cases(values, of: $0) }
        switch wanted {
        case .automatic:
            wanted =
                switch measure.sample(days, values) {
                case .shares: .proportion
                case .counts: sizes == nil ? .count : .perUnit
                case .values: .individuals
                }
        case .proportion where cases == nil, .defectives where cases == nil:
            fall(to: .individuals, "缺少可用的样本量，改用单值图。", "Without usable sample sizes it is charted as individual values.")
        case .defectives where Set(sizes ?? []).count > 1:
            fall(to: .proportion, "样本量不同，按比率图。", "Sample sizes differ, so shares are charted.")
        case .perUnit where counts == nil || sizes == nil:
            fall(
                to: counts == nil ? .individuals : .count, "没有单位数或次数不是整数，改用其他控制图。",
                "Without numbers of units or whole counts another chart is used.")
        case .count where counts == nil:
            fall(to: .individuals, "数值不是整数次数，改用单值图。", "The values are no whole counts, so individual values are charted.")
        default: break
        }
        if [.proportion, .defectives].contains(wanted), let sizes, let cases, measure.isRounded(values, cases.cases, of: sizes) {
            notes.append(Label("比率乘样本量不是整数，已取整。", "Shares of the samples that are no whole numbers are rounded."))
        }
    }

    private mutating func fall(to kind: ChartKind, _ zh: String, _ en: String) {
        wanted = kind
        notes.append(Label(zh, en))
    }

    /// Divides the points into phases and, for means, into subgroups that do not cross them.
    private mutating func place() {
        let left = leftOut()
        let isGrouped = wanted == .meanRange || wanted == .meanDeviation
        let size = isGrouped ? measure.subgroup ?? 5 : 1
        // A phase of its own needs enough points for limits.
        let fewest = 4 * size
        let turn = measure.improvedOn.flatMap { day in days.firstIndex { $0 >= day } }
            .flatMap { $0 >= fewest && days.count - $0 >= fewest ? $0 : nil }
        let freeze = measure.limitsUntil.flatMap { day in days.firstIndex { $0 > day } }
            .flatMap { $0 >= fewest + ((turn ?? .max) < $0 ? turn ?? 0 : 0) ? $0 : nil }
        if measure.limitsUntil != nil, freeze == nil, days.last ?? Day(number: 0) > measure.limitsUntil ?? Day(number: 0) {
            notes.append(Label("冻结前的点太少，控制限没有冻结。", "Too few points before it, so the limits are not frozen."))
        }
        let bounds = Set([0, turn, freeze].compactMap { $0 }).sorted()
        var (groups, ends, place): ([[Double]], [Day], [Int: Int]) = ([], [], [:])
        for (index, start) in bounds.enumerated() {
            let end = index + 1 < bounds.count ? bounds[index + 1] : values.count
            place[start] = groups.count
            let over = (end - start) % size
            if over > 0 {
                notes.append(
                    Label(
                        "\(days[end - over]) 起的 \(over) 个值不够一个子组（\(size) 个），没有画出。",
                        "The \(over == 1 ? "last value" : "\(over) values") from \(days[end - over]) on \(over == 1 ? "makes" : "make") no subgroup of \(size) and \(over == 1 ? "is" : "are") not drawn."
                    ))
            }
            for first in stride(from: start, through: end - size, by: size) {
                if !left.isDisjoint(with: first..<first + size) { excluded.insert(groups.count) }
                groups.append(Array(values[first..<first + size]))
                ends.append(days[first + size - 1])
            }
        }
        (self.groups, days) = (groups, ends)
        improved = turn.flatMap { place[$0] }
        frozen = freeze.flatMap { place[$0] }
    }

    /// The places of the days that are left out; others that are written are told.
    private mutating func leftOut() -> Set<Int> {
        var places: Set<Int> = []
        let words = (measure.excluded ?? "").split(whereSeparator: { ",，、;； \n".contains($0) })
        for word in words {
            if let day = Day(String(word)), let place = days.firstIndex(of: day) {
                places.insert(place)
            } else {
                notes.append(Label("剔除点「\(word)」不是有值的日期。", "“\(word)” to be left out is no day with a value."))
            }
        }
        return places
    }

    private var charting: ControlCharting {
        var phases = [ControlPhase(start: 0)]
        for start in Set([improved, frozen].compactMap { $0 }).sorted() {
            // After freezing, the limits are those of the phase that was last measured by itself.
            let isFrozen = frozen.map { start >= $0 } ?? false
            let own = phases.lastIndex { $0.limits == .own } ?? 0
            phases.append(ControlPhase(start: start, limits: isFrozen ? .frozen(phase: own) : .own))
        }
        let rules: [ControlRule] =
            switch measure.rules ?? .nelson {
            case .nelson: ControlRule.nelson
            case .westernElectric: ControlRule.westernElectric
            case .limits: [.beyondLimits]
            }
        return ControlCharting(phases: phases, excluded: excluded, rules: rules)
    }

    func charts() throws(ControlChartError) -> (ControlChart, ControlChart?, Double) {
        let scale = measure.unit == "%" ? 100.0 : 1
        let counts = measure.counts(values) ?? []
        let cases = sizes.flatMap { measure.cases(values, of: $0) } ?? ([], [])
        switch wanted {
        case .proportion: return (try charting.shares(nonconforming: cases.cases, of: cases.of), nil, scale)
        case .defectives: return (try charting.numbers(nonconforming: cases.cases, of: cases.of.first ?? 0), nil, 1)
        case .count: return (try charting.faults(counts), nil, 1)
        case .perUnit: return (try charting.faultsPerUnit(counts, units: sizes ?? []), nil, 1)
        case .meanRange:
            let made = try charting.meansAndRanges(groups)
            return (made.location, made.spread, 1)
        case .meanDeviation:
            let made = try charting.meansAndDeviations(groups)
            return (made.location, made.spread, 1)
        default:
            let made = try charting.individuals(values)
            return (made.location, made.spread, 1)
        }
    }

    /// What capability is judged by: the newest phase without points that are left out.
    var newestGroups: [[Double]] {
        groups.indices.filter { $0 >= max(improved ?? 0, 0) && !excluded.contains($0) }.map { groups[$0] }
    }
}

extension ChangeFinding {
    /// The finding in the unit of a measure of per cents: cases among so many are compared as shares of one.
    fileprivate func inPercents(of sample: ChangeSample) -> ChangeFinding {
        var finding = self
        finding.isOfPercents = true
        guard case .shares = sample else { return finding }
        (finding.before, finding.after) = (before * 100, after * 100)
        finding.change = Estimate(change.value * 100, change.lower * 100, change.upper * 100)
        return finding
    }
}

/// A measure before and since the day it was improved.
public struct ChangeStudy: Sendable {
    public let measure: Typed<Measure>
    public let before: [Double]
    public let after: [Double]
    public let finding: ChangeFinding
    /// What changed, how surely, and the first thing to be careful about.
    public let verdict: Label
    /// By which method it was compared and why.
    public let reason: Label

    /// - Parameter day: the first day that counts as after.
    /// - Returns: nil with fewer than three values on either side.
    init?(_ measure: Typed<Measure>, dividedOn day: Day, today: Day) {
        let points = (measure.values?.points ?? []).filter { $0.day <= today }
        before = points.filter { $0.day < day }.map(\.value)
        after = points.filter { $0.day >= day }.map(\.value)
        let sample = measure.sample(points.map(\.day), points.map(\.value))
        guard before.count >= 3, after.count >= 3,
            let chosen = BeforeAfter.chosen(sample, start: before.count, isEvenlySpaced: Self.isEven(points.map(\.day)))
        else { return nil }
        self.measure = measure
        finding = measure.unit == "%" ? chosen.finding.inPercents(of: sample) : chosen.finding
        reason = Label(chosen.reason.zh, chosen.reason.en)
        let title = measure.title ?? measure.id.short
        verdict = Self.verdict(finding, of: Label(title, title), verb: Self.verb(measure))
    }

    static func verdict(_ finding: ChangeFinding, of subject: Label, verb: ChangeVerb) -> Label {
        let words = finding.verdict(Wording(subject.zh, subject.en), verb: verb)
        // An interrupted series has the earlier trend in it already.
        let warning = finding.warnings.first { !$0.forbidsClaim && !(finding.method == .interruptedSeries && $0 == .trendBefore) }
        return Label(
            words.zh + (warning.map { "\($0.wording.zh)。" } ?? ""), words.en + (warning.map { " \($0.wording.en)." } ?? ""))
    }

    /// Whether every period of the values' rhythm has one.
    private static func isEven(_ days: [Day]) -> Bool {
        guard let first = days.first, let frequency = PeriodGrid.frequency(of: days) else { return false }
        let grid = PeriodGrid(frequency: frequency, first: first)
        return days.enumerated().allSatisfy { grid.place(of: $0.element) == $0.offset }
    }

    private static func verb(_ measure: Typed<Measure>) -> ChangeVerb {
        switch measure.unit ?? "" {
        case "小时", "分钟", "天", "秒", "工作日", "h", "min", "d", "days", "hours", "minutes": .duration
        default: measure.isCounted || measure.unit == "人" ? .amount : .level
        }
    }

    /// Whether the data carry that the measure became better.
    public var isProvenImprovement: Bool {
        guard finding.isUnlikelyChance, !finding.warnings.contains(where: \.forbidsClaim) else { return false }
        switch measure.direction ?? .up {
        case .up, .milestone: return finding.change.value > 0
        case .down: return finding.change.value < 0
        case .range: return distanceFromRange(finding.after) < distanceFromRange(finding.before)
        }
    }

    /// How far outside the range that is wanted; 0 within.
    private func distanceFromRange(_ value: Double) -> Double {
        let low = measure.target ?? -.infinity
        return max(low - value, value - (measure.targetHigh ?? measure.target ?? .infinity), 0)
    }
}

extension PlanFacts {
    /// Measures with a control chart, in the plan's order.
    public var controlStudies: [ControlStudy] {
        later.controlStudies {
            plan.all(Measure.self).compactMap { measure in (try? ControlStudy(measure, today: today)).flatMap { $0 } }
        }
    }

    /// Measures with values before and since their improvement.
    public var changeStudies: [ChangeStudy] {
        later.changeStudies {
            plan.all(Measure.self).compactMap { measure in
                measure.improvedOn.flatMap { ChangeStudy(measure, dividedOn: $0, today: today) }
            }
        }
    }
}
