import Markup
import PlanInsight
import PlanModel
import WorkingTime

/// The simulated finish: how often it falls when, the S-curve, what is promised, and what moves it most.
struct SimulationDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    private static let width = 720.0
    private static let (left, right) = (54.0, 672.0)
    private static let (top, bottom) = (44.0, 214.0)
    private static let driverRow = 30.0

    func draw() -> PlanPicture? {
        guard let outlook = facts.outlook else { return nil }
        let drivers = outlook.drivers.prefix(8)
        var canvas = Canvas(
            style, language, width: Self.width,
            height: Self.bottom + 44 + (drivers.isEmpty ? 0 : 46 + Double(drivers.count) * Self.driverRow)
        )
        curve(&canvas, outlook)
        if !drivers.isEmpty { tornado(&canvas, outlook, Array(drivers)) }
        return canvas.picture(.simulation, title: canvas.t("完工日期的把握", "Confidence in the finish"), sentence: sentence(outlook))
    }

    private func sentence(_ outlook: RiskOutlook) -> String {
        let cover = ReserveCover(outlook, facts.budget)?.words[language]
        return [finish(outlook), cover].compactMap { $0 }.joined(separator: language == .chinese ? "" : " ")
    }

    private func finish(_ outlook: RiskOutlook) -> String {
        let wanted = outlook.finish(outlook.confidence)
        let chance = outlook.onTime().map(probability)
        let after = outlook.onTime(responded: true).map(probability)
        if language == .chinese {
            let promise =
                outlook.deadline.map {
                    "\(DisplayText.long($0, language))前完工的把握\(chance ?? "")，落实风险应对后\(chance == after ? "仍" : "")\(after ?? "")。"
                } ?? ""
            return
                "\(promise)\(sureness(outlook.confidence))把握的完工日为 \(DisplayText.long(wanted, language))，排期为 \(DisplayText.long(outlook.planned, language))。"
        }
        let promise =
            outlook.deadline.map {
                "The probability of finishing by \(DisplayText.long($0, language)) is \(chance ?? ""), and \(chance == after ? "still " : "")\(after ?? "") with the risk responses. "
            } ?? ""
        let percent = DisplayText.number(outlook.confidence * 100)
        return
            "\(promise)With \(percent)% confidence the finish is \(DisplayText.long(wanted, language)); the schedule shows \(DisplayText.long(outlook.planned, language))."
    }

    /// A confidence as Chinese says it: whole tenths in words.
    private func sureness(_ share: Double) -> String {
        let tenths = ["一", "二", "三", "四", "五", "六", "七", "八", "九"]
        let number = Int(nearest: share * 10)
        let isWhole = abs(share * 10 - Double(number)) < 1e-9 && (1...9).contains(number)
        return isWhole ? "\(tenths[number - 1])成" : " \(DisplayText.percent(share)) "
    }

    /// Nothing simulated is certain. Figures stand apart from the ideographs before them.
    private func probability(_ share: Double) -> String {
        let isChinese = language == .chinese
        if share < 0.01 { return isChinese ? "不到 1%" : "below 1%" }
        if share > 0.99 { return isChinese ? "在 99% 以上" : "above 99%" }
        return (isChinese ? "为 " : "") + "\(Int(nearest: share * 100))%"
    }

    // MARK: Finish

    private func curve(_ canvas: inout Canvas, _ outlook: RiskOutlook) {
        let (low, high) = range(outlook)
        let axis = TimeAxis(start: low, end: high + 1, from: Self.left, to: Self.right)
        func y(_ share: Double) -> Double { Self.bottom - share * (Self.bottom - Self.top) }
        for share in [0.0, 0.5, 0.8, 1] {
            canvas.line(Self.left, y(share), Self.right, y(share), share == 0 ? .line2 : .line)
            canvas.text(DisplayText.percent(share), Self.left - 8, y(share) + 4, size: 10.5, anchor: .end)
        }
        bars(&canvas, outlook, axis)
        for isResponded in [true, false] {
            let result = isResponded ? outlook.responded : outlook.present
            let points = (low...high).map { day in
                (axis(day) + axis.dayWidth, y(result.probability(finishBy: outlook.clock.minutes(toEndOf: day))))
            }
            canvas.polyline(points, isResponded ? .good : .plan, width: 2, dash: isResponded ? "4 3" : nil)
        }
        dates(&canvas, axis)
        marks(&canvas, outlook, axis)
        legend(&canvas)
    }

    /// From a little before the first to a little after the last that matters, at least ten days; a deadline so far away that the days
    /// between would be all there is to see is left out.
    private func range(_ outlook: RiskOutlook) -> (Day, Day) {
        let days =
            [outlook.finish(0.01), outlook.finish(0.995), outlook.finish(0.01, responded: true), outlook.planned]
            + [outlook.deadline].compactMap { $0 }
        let reach = min(400, max(60, 6 * (outlook.finish(0.995) - outlook.finish(0.01))))
        let near = days.filter { abs($0 - outlook.finish(0.5)) < reach }
        let (low, high) = (near.min() ?? outlook.planned, near.max() ?? outlook.planned)
        return (low - 3, max(high + 3, low + 10))
    }

    private func bars(_ canvas: inout Canvas, _ outlook: RiskOutlook, _ axis: TimeAxis) {
        let size = max(1, (axis.end - axis.start) / 40)
        var counts: [(day: Day, share: Double)] = []
        var day = axis.start
        while day < axis.end {
            let (before, after) = (outlook.clock.minutes(toEndOf: day - 1), outlook.clock.minutes(toEndOf: day + (size - 1)))
            counts.append((day, outlook.present.probability(finishBy: after) - outlook.present.probability(finishBy: before)))
            day = day + size
        }
        let most = counts.map(\.share).max() ?? 1
        for entry in counts where entry.share > 0 {
            let height = entry.share / max(most, 1e-9) * (Self.bottom - Self.top) * 0.55
            canvas.rect(axis(entry.day) + 0.5, Self.bottom - height, axis.dayWidth * Double(size) - 1, height, fill: .planSoft)
        }
    }

    private func dates(_ canvas: inout Canvas, _ axis: TimeAxis) {
        let step = max(1, Int((62 / axis.dayWidth).rounded(.up)))
        var day = axis.start + 1
        while axis(day) < Self.right - 20 {
            canvas.line(axis(day), Self.bottom, axis(day), Self.bottom + 4, .line2)
            canvas.text(DisplayText.short(day, language), axis(day), Self.bottom + 17, size: 10.5, anchor: .middle)
            day = day + step
        }
    }

    /// The days that matter, each with its name, set side by side so that none covers another.
    private func marks(_ canvas: inout Canvas, _ outlook: RiskOutlook, _ axis: TimeAxis) {
        let named = Set([0.5, outlook.confidence]).sorted().map { share in
            (outlook.finish(share), "P" + DisplayText.number(share * 100), share == outlook.confidence ? Colour.planInk : .plan)
        }
        var entries = [(outlook.planned, canvas.t("排期", "Schedule"), Colour.ink2)] + named
        if let deadline = outlook.deadline { entries.append((deadline, canvas.t("期限", "Due"), .bad)) }
        var free = [0.0, 0, 0]
        var labels: [(String, Double, Double, Colour)] = []
        for (day, label, colour) in entries.sorted(by: { $0.0 < $1.0 }) where day >= axis.start && day <= axis.end {
            let x = axis(day) + axis.dayWidth
            let words = "\(label) \(DisplayText.short(day, language, on: facts.today))"
            let width = TextWidth.of(words, size: 10.5)
            let start = min(max(x - width / 2, 0), Self.width - width)
            let row = free.indices.first { free[$0] <= start } ?? 0
            free[row] = start + width + 8
            canvas.line(
                x, 34 - Double(row) * 12 + 2, x, Self.bottom, colour, width: 1.25,
                dash: label.hasPrefix("P") ? "3 3" : nil)
            labels.append((words, start, 32 - Double(row) * 12, colour))
        }
        // Above the lines of the days beside, which may pass behind.
        for (words, x, y, colour) in labels { canvas.text(words, x, y, size: 10.5, colour, halo: true) }
    }

    private func legend(_ canvas: inout Canvas) {
        let y = Self.bottom + 36
        canvas.rect(Self.left, y - 9, 22, 9, fill: .planSoft)
        canvas.text(canvas.t("在这一天完工的机会（柱高只作比较）", "Chance of finishing on the day (not to scale)"), Self.left + 28, y, size: 10.5)
        canvas.line(Self.left + 258, y - 4, Self.left + 280, y - 4, .plan, width: 2)
        canvas.text(canvas.t("到这一天已完工的把握", "Chance of finishing by the day"), Self.left + 286, y, size: 10.5)
        canvas.line(Self.left + 458, y - 4, Self.left + 480, y - 4, .good, width: 2, dash: "4 3")
        canvas.text(canvas.t("落实风险应对后", "With risk responses"), Self.left + 486, y, size: 10.5)
    }

    // MARK: What moves it

    private func tornado(_ canvas: inout Canvas, _ outlook: RiskOutlook, _ drivers: [RiskOutlook.Driver]) {
        let top = Self.bottom + 72
        let axis = Axis(drivers.flatMap { [$0.low, $0.high] } + [0], from: 330, to: 640, most: 4)
        canvas.text(
            canvas.t("最影响完工日期的（工作日）", "What moves the finish most (working days)"), 0, top - 10, size: 11, .ink2, bold: true)
        for mark in axis.marks {
            canvas.line(axis(mark), top, axis(mark), top + Double(drivers.count) * Self.driverRow, mark == 0 ? .ink4 : .line)
            canvas.text((mark > 0 ? "+" : "") + DisplayText.number(mark), axis(mark), top - 3, size: 10, anchor: .middle)
        }
        for (index, driver) in drivers.enumerated() {
            let y = top + Double(index) * Self.driverRow
            let (from, to) = (min(driver.low, driver.high), max(driver.low, driver.high))
            canvas.text(
                "\(driver.record.short)　\(facts.plan.record(driver.record)?.title ?? "")", 0, y + 19, size: 11.5, .ink,
                within: 310)
            if from < 0 { canvas.rect(axis(from), y + 8, axis(min(to, 0)) - axis(from), 14, fill: .planMid) }
            if to > 0 { canvas.rect(axis(max(from, 0)), y + 8, axis(to) - axis(max(from, 0)), 14, fill: .plan) }
            canvas.text("\(signed(from)) … \(signed(to))", Self.width, y + 19, size: 10.5, anchor: .end)
        }
    }
}

/// One decimal with its sign.
private func signed(_ days: Double) -> String {
    let rounded = (days * 10).rounded() / 10
    return (rounded > 0 ? "+" : "") + DisplayText.number(rounded)
}

/// Planned value, earned value and actual cost by day, with the figures that follow from them.
struct EarnedValueDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    private static let (left, right) = (64.0, 612.0)
    private static let (top, bottom) = (22.0, 232.0)

    func draw() -> PlanPicture? {
        guard let report = facts.earnedValue, report.curve.count > 1, let first = report.curve.first?.day,
            let last = report.curve.last?.day
        else { return nil }
        var canvas = Canvas(style, language, width: 720, height: 300)
        let axis = TimeAxis(start: first, end: last + 1, from: Self.left, to: Self.right)
        let values: [Double] = report.curve.flatMap { point -> [Double] in
            [point.plannedValue, point.earnedValue ?? 0, point.actualCost ?? 0]
        }
        let scale = Axis(values, from: Self.bottom, to: Self.top, startsAtZero: true, most: 5)
        for mark in scale.marks {
            canvas.line(Self.left, scale(mark), Self.right, scale(mark), mark == 0 ? .line2 : .line)
            canvas.text(DisplayText.number(mark), Self.left - 8, scale(mark) + 4, size: 10.5, anchor: .end)
        }
        canvas.text(report.unit.name[language], 0, Self.top - 10, size: 10.5)
        for (month, name) in axis.monthNames(language, size: 10.5) where axis(month) < Self.right - 16 {
            canvas.line(axis(month), Self.bottom, axis(month), Self.bottom + 4, .line2)
            if let name {
                canvas.text(name, axis(month) + 2, Self.bottom + 16, size: 10.5)
            }
        }
        let today = axis(facts.today) + axis.dayWidth
        if facts.today <= last {
            canvas.line(today, Self.top - 6, today, Self.bottom, .signal, width: 1.5)
            canvas.text(
                canvas.t("数据截至 \(DisplayText.short(facts.today, language))", "As of \(DisplayText.short(facts.today, language))"),
                min(today, Self.right - 40), Self.top - 10, size: 10.5, .signalInk, anchor: .middle)
        }
        lines(&canvas, report, axis, scale)
        figures(&canvas, report)
        return canvas.picture(.earnedValue, title: canvas.t("挣值曲线", "Earned value"), sentence: sentence(report))
    }

    private func lines(_ canvas: inout Canvas, _ report: EarnedValueReport, _ axis: TimeAxis, _ scale: Axis) {
        func points(_ value: (Int) -> Double?) -> [(Double, Double)] {
            report.curve.indices.compactMap { index in
                value(index).map { (axis(report.curve[index].day) + axis.dayWidth, scale($0)) }
            }
        }
        let planned = points { report.curve[$0].plannedValue }
        let earned = points { report.curve[$0].earnedValue }
        let spent = points { report.curve[$0].actualCost }
        canvas.polyline(planned, .plan, width: 1.75)
        canvas.polyline(spent, .ink, width: 1.75)
        canvas.polyline(earned, .ink2, width: 2, dash: "1.5 2.5")
        for (line, colour) in [(spent, Colour.ink), (earned, .ink2)] {
            if let end = line.last { canvas.circle(end.0, end.1, 3, fill: colour) }
        }
        var taken = -Double.infinity
        let named = [
            (earned, canvas.t("挣值 EV", "Earned EV"), Colour.ink2), (spent, canvas.t("实际成本 AC", "Actual AC"), .ink),
            (planned, canvas.t("计划值 PV", "Planned PV"), .planInk),
        ]
        for (line, label, colour) in named.sorted(by: { ($0.0.last?.1 ?? 0) < ($1.0.last?.1 ?? 0) }) {
            guard let end = line.last else { continue }
            let y = max(end.1 + 4, taken + 14)
            taken = y
            canvas.text(label, Self.right + 6, y, size: 10.5, colour)
        }
    }

    private func figures(_ canvas: inout Canvas, _ report: EarnedValueReport) {
        let total = report.status.total
        func index(_ value: Double?) -> String { value.map { DisplayText.number(($0 * 100).rounded() / 100) } ?? "—" }
        let entries: [(String, String, Bool)] = [
            ("SPI", index(total.schedulePerformanceIndex), (total.schedulePerformanceIndex ?? 1) < 0.95),
            ("CPI", index(total.costPerformanceIndex), (total.costPerformanceIndex ?? 1) < 0.95),
            ("SPI(t)", index(report.status.schedule?.performanceIndex), (report.status.schedule?.performanceIndex ?? 1) < 0.95),
            (canvas.t("任务预算 BAC", "Budget BAC"), amount(total.budgetAtCompletion, report), false),
            (
                canvas.t("完工估算 EAC", "Estimate EAC"), report.estimate.map { amount($0, report) } ?? "—",
                (report.estimate ?? 0) > total.budgetAtCompletion * 1.05
            ),
            (
                canvas.t("按此速度完工", "Finish at this rate"),
                report.status.estimatedFinish.map { DisplayText.short($0, language, on: facts.today) } ?? "—", false
            ),
        ]
        for (position, entry) in entries.enumerated() {
            let x = 8 + Double(position) * 119
            canvas.text(entry.0, x, 272, size: 10.5)
            canvas.text(entry.1, x, 290, size: 13, entry.2 ? .bad : .ink, bold: true)
        }
    }

    private func amount(_ value: Double, _ report: EarnedValueReport) -> String { report.text(value, language) }

    private func sentence(_ report: EarnedValueReport) -> String {
        let total = report.status.total
        func percent(_ value: Double?) -> String { value.map(DisplayText.percent) ?? "—" }
        let late = report.status.schedule.map { $0.variance } ?? 0
        let days = DisplayText.number((abs(late) * 10).rounded() / 10)
        if language == .chinese {
            return
                "挣得任务预算（BAC \(amount(total.budgetAtCompletion, report))）的 \(percent(total.shareEarned))，按计划应为 \(percent(total.sharePlanned))，已花 \(percent(total.shareSpent))；进度\(late < 0 ? "落后" : "提前") \(days) 个工作日。"
        }
        return
            "\(percent(total.shareEarned)) of the budget of the tasks (BAC \(amount(total.budgetAtCompletion, report))) is earned, \(percent(total.sharePlanned)) was planned, \(percent(total.shareSpent)) is spent; \(days) working days \(late < 0 ? "behind" : "ahead")."
    }
}
