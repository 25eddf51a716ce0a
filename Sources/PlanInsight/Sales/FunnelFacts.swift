import Measures
import PlanModel
import WorkingTime

/// The sales funnel of a plan: this year's months against the same months of last year, and the step that costs most.
public struct FunnelFacts: Sendable {
    public struct Step: Sendable {
        public let from: String
        public let into: Typed<FunnelStage>
        public let counts: Funnel.Step
        /// Last year's, over the same months.
        public let before: Funnel.Step?
        /// By month; nil where it cannot be said.
        public let conversions: [Double?]
        /// What the conversion is judged against: the target, or last year.
        public var wanted: Double? { into.target ?? before?.conversion }
        /// More deals at the end if the conversion were what is wanted; nil where it is not below.
        public let missing: Double?

        /// Whether it is below what is wanted by more than chance.
        public var isSurelyBelow: Bool {
            guard let wanted, let interval = counts.interval else { return false }
            return interval.upperBound < wanted
        }
    }

    public let stages: [Typed<FunnelStage>]
    public let months: [YearMonth]
    public let funnel: Funnel
    public let before: Funnel?
    public let steps: [Step]
    /// Place of the costliest step among the steps; nil where none is below what is wanted.
    public let weakest: Int?
    /// Months left out because a stage has no count there.
    public let incomplete: [YearMonth]

    /// - Returns: nil with fewer than two stages that have counts, or without a month in which all have one.
    public init?(_ plan: Plan, today: Day) {
        let stages = plan.all(FunnelStage.self).filter { $0.counts?.isEmpty == false }
        guard stages.count > 1 else { return nil }
        let counts = stages.map { $0.counts?.byMonth(until: today) ?? [:] }
        let all = Set(counts.flatMap(\.keys))
        let months = all.filter { month in counts.allSatisfy { $0[month] != nil } }.sorted()
        guard !months.isEmpty, let funnel = Self.funnel(stages, counts, months) else { return nil }
        let last = stages.map { $0.lastYear?.comparable(with: months) ?? [:] }
        let shared = months.filter { month in last.allSatisfy { $0[month] != nil } }
        let before = shared.count == months.count ? Self.funnel(stages, last, months) : nil
        self.stages = stages
        self.months = months
        self.funnel = funnel
        self.before = before
        incomplete = all.subtracting(months).sorted()
        let total = funnel.steps(of: funnel.total)
        let earlier = before.map { $0.steps(of: $0.total) }
        let byMonth = funnel.periods.map { funnel.steps(of: $0) }
        let deals = Double(funnel.total.reached.last ?? 0)
        let steps = total.indices.map { index in
            let wanted = stages[index + 1].target ?? earlier?[index].conversion
            let share = total[index].conversion
            let missing = wanted.flatMap { wanted -> Double? in
                guard let share, share < wanted else { return nil }
                // Nobody came through: what would have come in the end goes by what is wanted of the steps behind.
                let behind = total.indices.dropFirst(index + 1).map { later in
                    stages[later + 1].target ?? earlier?[later].conversion ?? total[later].conversion ?? 1
                }
                return share > 0 ? deals * (wanted / share - 1) : Double(total[index].from) * behind.reduce(wanted, *)
            }
            return Step(
                from: stages[index].title ?? "", into: stages[index + 1], counts: total[index], before: earlier?[index],
                conversions: byMonth.map { $0[index].conversion }, missing: missing)
        }
        self.steps = steps
        weakest = steps.indices.filter { steps[$0].missing != nil }.max { (steps[$0].missing ?? 0) < (steps[$1].missing ?? 0) }
    }

    private static func funnel(_ stages: [Typed<FunnelStage>], _ counts: [[YearMonth: Double]], _ months: [YearMonth]) -> Funnel?
    {
        Funnel(
            stages: stages.map { $0.title ?? $0.id.short },
            periods: months.map { month in
                Funnel.Period(
                    name: "\(month.year)-\(month.month)", reached: counts.map { Int(min(max($0[month] ?? 0, 0), 1e12).rounded()) }
                )
            })
    }

    /// From the first stage to the last, and what costs most.
    public var words: Label {
        let span = YearMonth.span(months)
        let overall = funnel.overall(of: funnel.total)
        let last = before.flatMap { $0.overall(of: $0.total) }
        func percent(_ share: Double?) -> String { share.map(DisplayText.percent) ?? "—" }
        let (first, end) = (stages[0].title ?? "", stages[stages.count - 1].title ?? "")
        var zh = "\(span.zh)从\(first)到\(end)转化 \(percent(overall))"
        var en = "\(span.en): \(percent(overall)) of \(first) become \(end)"
        if let last {
            zh += "，去年同期 \(percent(last))"
            en += ", \(percent(last)) in the same months of last year"
        }
        (zh, en) = (zh + "。", en + ".")
        for step in steps where step.counts.to > step.counts.from {
            let widened = Self.widened(step)
            (zh, en) = (zh + widened.zh, en + " " + widened.en)
        }
        guard let weakest else {
            // What nothing is wanted of falls short of nothing.
            let judged = steps.count { $0.wanted != nil }
            if judged == 0 { return Label(zh, en) }
            return judged == steps.count
                ? Label(zh + "各级都不低于目标或去年。", en + " No step is below its target or last year.")
                : Label(
                    zh + "有目标或去年数的各级都不低于它。", en + " No step that has a target or last year's figures is below them.")
        }
        let told = Self.cost(steps[weakest])
        return Label(zh + told.zh, en + " " + told.en)
    }

    private static func cost(_ step: Step) -> Label {
        let (name, share) = (step.into.title ?? "", step.counts.conversion.map(DisplayText.percent) ?? "—")
        let wanted = step.wanted.map(DisplayText.percent) ?? "—"
        let isTarget = step.into.target != nil
        let interval = step.counts.interval.map {
            "\(DisplayText.percent($0.lowerBound))–\(DisplayText.percent($0.upperBound))"
        }
        let deals = DisplayText.number(max((step.missing ?? 0).rounded(), 1))
        return Label(
            "损失最大的一步是\(step.from)→\(name)：\(share)\(interval.map { "（95% 区间 \($0)）" } ?? "")，\(isTarget ? "目标" : "去年同期") \(wanted)；达到它可多成 \(deals) 单\(step.isSurelyBelow ? "。" : "，但差距还在误差之内。")",
            "The weakest step is \(step.from) → \(name): \(share)\(interval.map { " (95% interval \($0))" } ?? ""), \(isTarget ? "target" : "last year") \(wanted); meeting it would yield \(deals) more \(deals == "1" ? "deal" : "deals")\(step.isSurelyBelow ? "." : ", though the gap is within the margin of error.")"
        )
    }

    /// Why more can come out of a step than went in.
    static func widened(_ step: Step) -> Label {
        let share = step.counts.from > 0 ? DisplayText.percent(Double(step.counts.to) / Double(step.counts.from)) : "—"
        return Label(
            "「\(step.into.title ?? "")」多于「\(step.from)」（\(share)）：各级按发生的月份计数，早先积压的会在后面转入；若长期如此，就是两级口径不同，转化率不能用。",
            "“\(step.into.title ?? "")” has more than “\(step.from)” (\(share)): stages count what happened in a month, so what waited from before comes in later; if it stays so, the two are counted differently and there is no conversion."
        )
    }
}

extension PlanFacts {
    public var funnel: FunnelFacts? { later.funnel { FunnelFacts(plan, today: today) } }
}
