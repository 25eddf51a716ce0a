import PlanModel
import Scheduling

extension ComputedTable {
    /// Finish and cost by confidence, without and with the responses to risks, and the reserves that each confidence takes.
    @Sendable public static func confidence(_ facts: PlanFacts) -> ComputedTable {
        facts.outlook.map { confidence($0, facts) } ?? ComputedTable(Label("把握程度", "Confidence"), [], rows: [])
    }

    private static func confidence(_ outlook: RiskOutlook, _ facts: PlanFacts) -> ComputedTable {
        let hasCost = outlook.present.cost != nil
        let shares = Set((1...9).map { Double($0) / 10 } + [outlook.confidence]).sorted()
        func cost(_ result: SimulationResult, _ share: Double) -> String {
            result.cost.map { facts.amount($0.quantile(share)) } ?? ""
        }
        return ComputedTable(
            Label("把握程度", "Confidence"),
            [
                Column("把握", "Confidence", isNumeric: true), Column("完工", "Finish"), Column("应对后完工", "With responses"),
                Column("时间储备（工作日）", "Schedule reserve, working days", isNumeric: true),
            ]
                + (hasCost
                    ? [
                        Column("余下成本", "Remaining cost", in: facts.plan.currency),
                        Column("应对后成本", "With responses", in: facts.plan.currency),
                        Column("成本储备", "Cost reserve", in: facts.plan.currency), Column("两者都守住", "Both met", isNumeric: true),
                    ] : []),
            rows: shares.map { share in
                let times = [
                    "P" + (share * 100).plain, "\(outlook.finish(share))", "\(outlook.finish(share, responded: true))",
                    outlook.reserveDays(share).plain,
                ]
                let costs = [
                    cost(outlook.present, share), cost(outlook.responded, share),
                    outlook.costReserve(share).map { facts.amount($0) } ?? "",
                    outlook.jointConfidence(share).map(DisplayText.percent) ?? "",
                ]
                return (times + (hasCost ? costs : [])).map(same)
            })
    }

    /// The tasks that are critical most often, and how strongly each moves the finish.
    @Sendable public static func criticality(_ facts: PlanFacts) -> ComputedTable {
        ComputedTable(
            Label("最常落在关键路径上的任务", "Tasks most often critical"),
            [
                Column("编号", "ID"), Column("任务", "Task"), Column("关键概率", "Criticality", isNumeric: true),
                Column("影响度", "Cruciality", isNumeric: true),
            ],
            rows: (facts.outlook?.criticality ?? []).prefix(12).map { task, share in
                [
                    task.short, title(task, facts), DisplayText.percent(share),
                    DisplayText.number(((facts.outlook?.cruciality[task] ?? 0) * 100).rounded() / 100),
                ].map(same)
            })
    }

    /// How the cost reserve for the wanted confidence is used up month by month; empty without costs at risk.
    @Sendable public static func drawDown(_ facts: PlanFacts) -> ComputedTable {
        let outlook = facts.outlook
        let found = outlook?.present.drawDown.flatMap { $0.reserve > 0 ? $0 : nil }
        let share = DisplayText.percent(outlook?.confidence ?? PlanHeader.usualConfidence)
        return ComputedTable(
            Label("成本储备的消耗（把握 \(share)）", "Use of the cost reserve (\(share) confidence)"),
            [
                Column("到", "Until"), Column("已用 P50", "Used, P50", in: facts.plan.currency),
                Column("已用 P80", "Used, P80", in: facts.plan.currency),
                Column("仍须留", "Still needed", in: facts.plan.currency), Column("用尽的概率", "Chance used up", isNumeric: true),
            ],
            rows: (found?.points ?? []).map { point in
                let until = point.minutes.flatMap { minutes in outlook.map { "\($0.day(Double(minutes)))" } }
                return [until.map(same) ?? Label("完工", "Completion")]
                    + [
                        facts.amount(point.used[1]), facts.amount(point.used[2]), facts.amount(point.stillNeeded),
                        DisplayText.percent(point.exhausted),
                    ].map(same)
            })
    }
}

extension RiskOutlook {
    /// How many runs were made and how sure they are of their own figures.
    public var precision: Label {
        let (zh, en) =
            switch present.ending {
            case .converged: ("结果已稳定，提前停止", "stopped early, the figures being steady")
            case .stopped: ("被中途停止", "stopped on the way")
            case .complete: ("全部完成", "all that were asked for")
            }
        guard let width = present.precision, minutesPerDay > 0 else {
            return Label(
                "\(DisplayText.number(Double(present.runs))) 次模拟，\(zh)。",
                "\(DisplayText.number(Double(present.runs))) runs, \(en).")
        }
        let days = DisplayText.number((width.finishP80 / minutesPerDay * 100).rounded() / 100)
        return Label(
            "\(DisplayText.number(Double(present.runs))) 次模拟，\(zh)；P80 的误差约 ±\(days) 个工作日。",
            "\(DisplayText.number(Double(present.runs))) runs, \(en); P80 is good to about ±\(days) working days.")
    }
}
