import Measures
import PlanModel
import WorkingTime

/// The analysis a sales report begins with: trend, attainment, problem, cause, suggestion, each drafted from the data.
///
/// A pure function of the plan's facts; people finish the words.
public struct SalesReport: Sendable {
    public let groups: [ReviewFacts.Group]

    public init(_ facts: PlanFacts) {
        let reader = SalesReader(facts: facts)
        groups = [reader.trend, reader.attainment, reader.problems, reader.causes, reader.suggestions].filter {
            !$0.lines.isEmpty
        }
    }
}

private struct SalesReader {
    let facts: PlanFacts
    private let sums: SalesSums
    private let months: [(month: YearMonth, sum: SalesSums.Sum)]
    private let unit: String
    private let target: SalesSplit?
    private let lastYear: SalesSplit?

    /// A line is behind below this attainment.
    private static let behind = 0.85

    init(facts: PlanFacts) {
        self.facts = facts
        sums = SalesSums(facts.plan, today: facts.today)
        months = sums.byMonth.filter { $0.value.actual > 0 }.sorted { $0.key < $1.key }.map { (month: $0.key, sum: $0.value) }
        unit = facts.plan.all(SalesTarget.self).compactMap(\.unit).first.map { " \($0)" } ?? ""
        target = facts.salesSplit(against: .target)
        lastYear = facts.salesSplit(against: .lastYear)
    }

    private func plain(_ value: Double) -> String { DisplayText.number((value * 10).rounded() / 10) + unit }
    private func more(_ change: Double) -> Label { change >= 0 ? Label("增长", "up") : Label("下降", "down") }

    var trend: ReviewFacts.Group {
        var lines: [Label] = []
        if let growth = sums.toDate.growth {
            let word = more(growth)
            lines.append(
                Label(
                    "至今销售 \(plain(sums.toDate.actual))，比去年同期\(word.zh) \(DisplayText.percent(abs(growth)))。",
                    "Sales to date \(plain(sums.toDate.actual)), \(word.en) \(DisplayText.percent(abs(growth))) on the same months of last year."
                ))
        }
        if months.count >= 6 {
            func sum(_ part: ArraySlice<(month: YearMonth, sum: SalesSums.Sum)>) -> SalesSums.Sum {
                part.reduce(SalesSums.Sum()) { $0 + $1.sum }
            }
            let (recent, before) = (sum(months.suffix(3)), sum(months.dropLast(3).suffix(3)))
            let change = recent.actual / before.actual - 1
            let word = more(change)
            let growth = recent.growth.map {
                Label(
                    "，同比\(more($0).zh) \(DisplayText.percent(abs($0)))",
                    ", \(more($0).en) \(DisplayText.percent(abs($0))) on the year")
            }
            lines.append(
                Label(
                    "最近三个月 \(plain(recent.actual))，比再前三个月\(word.zh) \(DisplayText.percent(abs(change)))\(growth?.zh ?? "")。",
                    "The last three months brought \(plain(recent.actual)), \(word.en) \(DisplayText.percent(abs(change))) on the three before\(growth?.en ?? "")."
                ))
        }
        return ReviewFacts.Group(title: Label("趋势", "Trend"), lines: lines)
    }

    var attainment: ReviewFacts.Group {
        var lines: [Label] = []
        if let share = sums.toDate.attainment {
            let gap = DecimalScale.sum([sums.toDate.actual, -sums.toDate.target])
            lines.append(
                Label(
                    "至今达成 \(DisplayText.percent(share))，\(gap < 0 ? "差" : "超") \(plain(abs(gap)))。",
                    "\(DisplayText.percent(share)) of the target to date, \(plain(abs(gap))) \(gap < 0 ? "short" : "above")."))
        }
        // What is left of the year, by the months that have a target and no actual yet.
        let open = sums.byMonth.filter { $0.value.actual == 0 && $0.value.target > 0 && $0.key.year == facts.today.year }
        let year = sums.byMonth.filter { $0.key.year == facts.today.year }.values
        let left = DecimalScale.sum(year.map(\.target) + year.map { -$0.actual })
        if !open.isEmpty, months.count >= 3 {
            let needed = left / Double(open.count)
            let recent = months.suffix(3).reduce(0) { $0 + $1.sum.actual } / 3
            lines.append(
                left <= 0
                    ? Label("全年目标已经达到。", "The year's target is reached already.")
                    : Label(
                        "全年还差 \(plain(left))，余下 \(open.count) 个月平均每月要 \(plain(needed))，最近三个月平均 \(plain(recent))\(needed <= recent ? "，照此可以达到" : "，照此达不到")。",
                        "\(plain(left)) are left for the year: \(plain(needed)) in \(open.count == 1 ? "the month" : "each of the \(open.count) months") to come, against \(plain(recent)) in the last three\(needed <= recent ? ", which would do" : ", which would not do")."
                    ))
        }
        return ReviewFacts.Group(title: Label("达成", "Attainment"), lines: lines)
    }

    var problems: ReviewFacts.Group {
        let plan = facts.plan
        var lines =
            (sums.byRegion.map { ($0.name, $0.sum) } + sums.byProduct.map { (plan.record($0.product)?.title ?? "", $0.sum) }
            + sums.byChannel.map { (plan.record($0.channel)?.title ?? "", $0.sum) })
            .filter { ($0.1.attainment ?? 1) < Self.behind }.map { name, sum in
                Label(
                    "\(name)达成 \(DisplayText.percent(sum.attainment ?? 0))。",
                    "\(name) is at \(DisplayText.percent(sum.attainment ?? 0)) of its target.")
            }
        let parts = plan.all(SalesTarget.self).filter { $0.isTotal != true }
        let late = parts.filter { (SalesSums.toDate($0, today: facts.today).attainment ?? 1) < Self.behind }
        if !late.isEmpty {
            lines.append(
                Label(
                    "\(parts.count) 个细分目标中 \(late.count) 个低于 \(DisplayText.percent(Self.behind))：\(late.prefix(3).compactMap(\.title).joined(separator: "、"))\(late.count > 3 ? "等" : "")。",
                    "\(late.count) of \(parts.count) parts of the target \(late.count == 1 ? "is" : "are") below \(DisplayText.percent(Self.behind)): \(late.prefix(3).compactMap(\.title).joined(separator: ", "))\(late.count > 3 ? " and others" : "")."
                ))
        }
        if let funnel = facts.funnel { lines.append(funnel.words) }
        lines += facts.missedForecasts.prefix(5)
        return ReviewFacts.Group(title: Label("问题", "Problems"), lines: lines)
    }

    var causes: ReviewFacts.Group {
        let lines = [target, lastYear].compactMap { $0 }.flatMap { split in
            ([split.effects].compactMap { $0 } + split.dimensions).map {
                Label("\($0.name.zh)：\($0.words.zh)", "\($0.name.en): \($0.words.en)")
            }
        }
        return ReviewFacts.Group(title: Label("原因", "Causes"), lines: lines)
    }

    var suggestions: ReviewFacts.Group {
        var lines: [Label] = []
        if let funnel = facts.funnel, let weakest = funnel.weakest {
            let step = funnel.steps[weakest]
            lines.append(
                Label(
                    "先改「\(step.from)」到「\(step.into.title ?? "")」这一步：它让最后的成交少得最多。",
                    "Mend the step from “\(step.from)” to “\(step.into.title ?? "")” first: it costs most deals in the end."))
        }
        if let split = target,
            let worst = split.dimensions.flatMap(\.parts).filter({ $0.difference < 0 }).min(by: { $0.difference < $1.difference })
        {
            lines.append(
                Label(
                    "到「\(worst.name.zh)」查明所差 \(plain(split.amount(-worst.difference)))的缘由，定出补救的人和日期。",
                    "Find out in “\(worst.name.en)” why \(plain(split.amount(-worst.difference))) are missing, and name who mends it by when."
                ))
        }
        if let shift = try? BudgetShift(facts), shift.isWorthwhile { lines.append(shift.words) }
        for customers in facts.customers where customers.isUnsound {
            if let words = customers.words {
                lines.append(Label("先改善留存与毛利再扩大获客：\(words.zh)", "Mend retention and margin before winning more: \(words.en)"))
            }
        }
        return ReviewFacts.Group(title: Label("建议", "Suggestions"), lines: lines)
    }
}

extension PlanFacts {
    /// Measures that a good outcome still leaves short of their target, in sentences.
    var missedForecasts: [Label] {
        plan.all(Measure.self).compactMap { measure in
            guard let forecast = forecasts[measure.id], forecast.misses(measure), let end = forecast.end,
                let target = measure.target
            else { return nil }
            func text(_ value: Double) -> String { DisplayText.number((value * 100).rounded() / 100) }
            let name = "\(measure.id.short) \(measure.title ?? "")"
            // A percent sign stands at its figure, a word after a space.
            let unit = measure.unit.map { $0 == "%" ? $0 : " " + $0 } ?? ""
            return Label(
                "\(name)预测到期为 \(text(end.value))\(unit)（80% 区间 \(text(end.low))–\(text(end.high))），目标 \(text(target))，照此达不到。",
                "\(name) is forecast at \(text(end.value))\(unit) when due (80% interval \(text(end.low))–\(text(end.high))); the target of \(text(target)) will be missed."
            )
        }
    }

    /// What a section's prose can begin with, drafted from the data; empty where nothing is drafted.
    public func draft(of section: String) -> [ReviewFacts.Group] {
        section == "evaluation.reports" && plan.blueprint == .sales ? SalesReport(self).groups : []
    }
}
