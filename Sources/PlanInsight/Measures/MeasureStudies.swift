import Measures
import PlanModel
import WorkingTime

/// A measure on a control chart: whether it moves by chance alone, before and since the improvement.
public struct ControlStudy: Sendable {
    public let measure: Typed<Measure>
    public let days: [Day]
    public let chart: ControlChart
    /// Index of the first value since the improvement; nil without one.
    public let improved: Int?

    static let fewest = 8

    /// - Returns: nil where the measure asks for no control chart, has too few values, or values the chart cannot take.
    init?(_ measure: Typed<Measure>, today: Day) {
        guard let kind = measure.chart, kind != .line else { return nil }
        let points = (measure.values?.points ?? []).filter { $0.day <= today }
        guard points.count >= Self.fewest else { return nil }
        let values = points.map(\.value)
        var phases = [ControlPhase(start: 0)]
        let first = measure.improvedOn.flatMap { day in points.firstIndex { $0.day >= day } }
        // A phase of its own needs enough points for limits.
        improved = first.flatMap { $0 >= 4 && points.count - $0 >= 4 ? $0 : nil }
        if let improved { phases.append(ControlPhase(start: improved)) }
        let charting = ControlCharting(phases: phases)
        do throws(ControlChartError) {
            let counts = values.compactMap { Int(exactly: $0) }
            chart =
                kind == .count && counts.count == values.count
                ? try charting.faults(counts) : try charting.individuals(values).location
        } catch { return nil }
        self.measure = measure
        days = points.map(\.day)
    }

    /// Signals of the newest phase: what is still out of control.
    public var current: [ControlSignal] {
        let start = improved ?? 0
        return chart.signals.filter { $0.points.contains { $0 >= start } }
    }
}

/// A measure before and since the day it was improved.
public struct ChangeStudy: Sendable {
    public let measure: Typed<Measure>
    public let before: [Double]
    public let after: [Double]
    public let finding: ChangeFinding
    public let verdict: Label

    /// - Returns: nil without a day of improvement or with fewer than three values on either side.
    init?(_ measure: Typed<Measure>, today: Day) {
        guard let day = measure.improvedOn else { return nil }
        let points = (measure.values?.points ?? []).filter { $0.day <= today }
        before = points.filter { $0.day < day }.map(\.value)
        after = points.filter { $0.day >= day }.map(\.value)
        guard before.count >= 3, after.count >= 3, let finding = BeforeAfter.means(before: before, after: after) else {
            return nil
        }
        self.measure = measure
        self.finding = finding
        let title = measure.title ?? measure.id.short
        let words = finding.verdict(Wording(title, title), verb: Self.verb(measure))
        let warning = finding.warnings.first { !$0.forbidsClaim }
        verdict = Label(
            words.zh + (warning.map { "\($0.wording.zh)。" } ?? ""), words.en + (warning.map { " \($0.wording.en)." } ?? ""))
    }

    private static func verb(_ measure: Typed<Measure>) -> ChangeVerb {
        switch measure.unit ?? "" {
        case "小时", "分钟", "天", "秒", "工作日", "h", "min", "d", "days", "hours", "minutes": .duration
        case "件", "次", "个", "单", "人": .amount
        default: .level
        }
    }
}

extension PlanFacts {
    /// Measures with a control chart, in the plan's order.
    public var controlStudies: [ControlStudy] {
        later.controlStudies { plan.all(Measure.self).compactMap { ControlStudy($0, today: today) } }
    }

    /// Measures with values before and since their improvement.
    public var changeStudies: [ChangeStudy] {
        later.changeStudies { plan.all(Measure.self).compactMap { ChangeStudy($0, today: today) } }
    }
}
