import PlanModel
import Scheduling

extension ComputedTable {
    /// The figures of earned value by their names: measured, indices, earned schedule.
    @Sendable public static func earnedValue(_ facts: PlanFacts) -> ComputedTable {
        ComputedTable(
            Label("挣值", "Earned value"),
            [Column("指标", "Figure"), Column("含义", "Meaning"), Column("数值", "Value", isNumeric: true)],
            rows: facts.earnedValue.map { measured($0) + time($0) } ?? [])
    }

    /// Every estimate at completion, a row each, with what is left to spend, the variance and the performance that it needs.
    @Sendable public static func estimates(_ facts: PlanFacts) -> ComputedTable {
        let unit = facts.earnedValue?.unitName ?? Label("", "")
        return ComputedTable(
            Label("完工估算（\(unit.zh)）", "Estimates at completion (\(unit.en))"),
            [
                Column("余下工作怎样估算", "How the rest is estimated"), Column("完工估算 EAC", "Estimate EAC", isNumeric: true),
                Column("尚需 ETC", "To complete ETC", isNumeric: true), Column("偏差 VAC", "Variance VAC", isNumeric: true),
                Column("须达到的 TCPI", "TCPI needed", isNumeric: true),
            ], rows: facts.earnedValue.map(estimates) ?? [])
    }

    private static func estimates(_ report: EarnedValueReport) -> [[Label]] {
        let total = report.status.total
        func figure(_ value: Double?) -> Label { same(value.map(report.figure) ?? "—") }
        return report.estimates.map { estimate in
            let (name, method) = (estimate.name, estimate.method)
            return [
                Label("\(name.zh)：\(estimate.formula)", "\(name.en): \(estimate.formula)"),
                figure(total.estimateAtCompletion(method)), figure(total.estimateToComplete(method)),
                figure(total.varianceAtCompletion(method)), index(total.toCompleteIndex(for: method)),
            ]
        }
    }

    private static func measured(_ report: EarnedValueReport) -> [[Label]] {
        let total = report.status.total
        return [
            row("BAC", Label("完工预算", "Budget at completion"), amount(total.budgetAtCompletion, report)),
            row("PV", Label("计划值", "Planned value"), amount(total.plannedValue, report)),
            row("EV", Label("挣值", "Earned value"), amount(total.earnedValue, report)),
            row("AC", Label("实际成本", "Actual cost"), amount(total.actualCost, report)),
            row("SV", Label("进度偏差 EV − PV", "Schedule variance EV − PV"), amount(total.scheduleVariance, report)),
            row("CV", Label("成本偏差 EV − AC", "Cost variance EV − AC"), amount(total.costVariance, report)),
            row("SPI", Label("进度绩效指数 EV ÷ PV", "Schedule performance index EV ÷ PV"), index(total.schedulePerformanceIndex)),
            row("CPI", Label("成本绩效指数 EV ÷ AC", "Cost performance index EV ÷ AC"), index(total.costPerformanceIndex)),
            row(
                "TCPI", Label("守住预算须达到的成本绩效", "To-complete performance index for the BAC"),
                index(total.toCompleteIndexForBudget)),
        ]
    }

    private static func time(_ report: EarnedValueReport) -> [[Label]] {
        let time = report.status.schedule
        return [
            row("ES", Label("挣得进度（工作日）", "Earned schedule, working days"), days(time?.earnedTime)),
            row("SV(t)", Label("进度偏差（工作日）", "Schedule variance, working days"), days(time?.variance)),
            row("SPI(t)", Label("按时间的进度绩效指数", "Schedule performance index by time"), index(time?.performanceIndex)),
            row(
                "EAC(t)", Label("按此速度完工", "Finish at this rate"), same(report.status.estimatedFinish.map { "\($0)" } ?? "—")),
        ]
    }

    private static func row(_ name: String, _ meaning: Label, _ value: Label) -> [Label] { [same(name), meaning, value] }

    private static func amount(_ value: Double?, _ report: EarnedValueReport) -> Label {
        value.map { Label(report.text($0, .chinese), report.text($0, .english)) } ?? same("—")
    }

    /// Working days to a tenth.
    private static func days(_ value: Double?) -> Label {
        same(value.map { DisplayText.number(($0 * 10).rounded() / 10) } ?? "—")
    }

    /// To a hundredth, as the picture has it; `1.00` stands in line with `0.97`.
    private static func index(_ value: Double?) -> Label {
        guard let value else { return same("—") }
        let text = DisplayText.number((value * 100).rounded() / 100)
        let decimals = text.split(separator: ".").dropFirst().first?.count ?? 0
        return same(text + (decimals == 0 ? "." : "") + String(repeating: "0", count: 2 - decimals))
    }
}
