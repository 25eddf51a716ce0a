import Measures
import PlanInsight
import PlanModel
import WorkingTime

/// Control charts of the measures that ask for one, two beside each other: limits by phase, points out of control named.
struct ControlChartsDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    private static let cell = (width: 480.0, height: 206.0)

    func draw() -> PlanPicture? {
        let studies = facts.controlStudies.prefix(style == .print ? 8 : 24)
        guard !studies.isEmpty else { return nil }
        let columns = studies.count == 1 ? 1 : 2
        let rows = (studies.count + columns - 1) / columns
        var canvas = Canvas(
            style, language, width: Double(columns) * Self.cell.width, height: Double(rows) * Self.cell.height + 32)
        for (index, study) in studies.enumerated() {
            draw(study, x: Double(index % columns) * Self.cell.width, y: Double(index / columns) * Self.cell.height, &canvas)
        }
        canvas.text(
            canvas.t(
                "虚线为控制限（均值 ± 3 倍标准差），竖线为改进起效日；红点依尼尔森规则失控",
                "Dashed: control limits (mean ± 3 standard deviations); upright: the day of improvement; red points are out of control by Nelson's rules"
            ), 0, canvas.height - 11, size: 10.5, .ink3, within: canvas.width)
        return canvas.picture(.controlCharts, title: canvas.t("控制图", "Control charts"), sentence: sentence(Array(studies)))
    }

    private func sentence(_ studies: [ControlStudy]) -> String {
        let wild = studies.filter { !$0.current.isEmpty }
        if wild.isEmpty {
            return language == .chinese
                ? "\(studies.count) 个指标近期都只有偶然波动。" : "All \(studies.count) measures move by chance alone of late."
        }
        let first = wild[0]
        let signal = first.current[0].wording
        return language == .chinese
            ? "\(studies.count) 个指标中 \(wild.count) 个近期失控；如\(first.measure.title ?? "")：\(signal.zh)。"
            : "\(wild.count) of \(studies.count) measures are out of control of late; \(first.measure.title ?? ""), for one: \(signal.en)."
    }

    private func draw(_ study: ControlStudy, x: Double, y: Double, _ canvas: inout Canvas) {
        let points = study.chart.points.compactMap { $0 }
        guard points.count == study.days.count else { return }
        let width = Self.cell.width - 84
        canvas.text(study.measure.title ?? "", x, y + 16, size: 12, .ink, bold: true, within: width - 40)
        canvas.text(study.measure.unit ?? "", x + width, y + 16, anchor: .end)
        // What is never negative has no limit below zero.
        let isPositive = points.allSatisfy { $0.value >= 0 }
        func lower(_ point: ControlPoint) -> Double { isPositive ? max(point.lower, 0) : point.lower }
        let axis = Axis(points.flatMap { [$0.value, $0.upper, lower($0)] }, from: y + 168, to: y + 32, most: 3)
        func place(_ index: Int) -> Double { x + 6 + (width - 12) * Double(index) / Double(max(points.count - 1, 1)) }
        for phase in Set(points.map(\.phase)).sorted() {
            let own = points.indices.filter { points[$0].phase == phase }
            guard let from = own.first, let to = own.last else { continue }
            let half = (width - 12) / Double(max(points.count - 1, 1)) / 2
            let (left, right) = (max(place(from) - half, x), min(place(to) + half, x + width))
            canvas.rect(
                left, axis(points[from].upper), right - left, axis(lower(points[from])) - axis(points[from].upper),
                fill: .planWash)
            canvas.line(left, axis(points[from].centre), right, axis(points[from].centre), .planMid)
            for limit in [points[from].upper] + (points[from].lower == lower(points[from]) ? [points[from].lower] : []) {
                canvas.line(left, axis(limit), right, axis(limit), .ink3, dash: "4 3")
            }
            if to == points.count - 1 {
                let centre = axis(points[to].centre)
                let gap = 12.5
                for (value, name, height) in [
                    (points[to].upper, "UCL", min(axis(points[to].upper), centre - gap)), (points[to].centre, "x̄", centre),
                    (
                        lower(points[to]), points[to].lower == lower(points[to]) ? "LCL" : "",
                        max(axis(lower(points[to])), centre + gap)
                    ),
                ] where !name.isEmpty {
                    canvas.text(
                        "\(name) \(DisplayText.number((value * 100).rounded() / 100))", x + width + 4, height + 4, size: 10)
                }
            }
        }
        if let improved = study.improved {
            let at = (place(improved - 1) + place(improved)) / 2
            canvas.line(at, y + 28, at, y + 172, .signal, width: 1.5)
        }
        canvas.polyline(points.indices.map { (place($0), axis(points[$0].value)) }, .ink, width: 1.25)
        let wild = Set(study.chart.signals.flatMap(\.points))
        for index in points.indices {
            let isWild = wild.contains(index)
            canvas.circle(place(index), axis(points[index].value), isWild ? 3.5 : 2, fill: isWild ? .bad : .ink)
        }
        if let first = study.days.first, let last = study.days.last {
            canvas.text(Series.text(of: first), x, y + 186, size: 10)
            canvas.text(Series.text(of: last), x + width, y + 186, size: 10, anchor: .end)
        }
        if let signal = study.current.first {
            canvas.text(canvas.t(signal.wording.zh, signal.wording.en), x + 66, y + 186, size: 10, .bad, within: width - 140)
        }
    }
}

/// Measures before and since their improvement: every value as a dot, the means, and whether chance can explain the difference.
struct BeforeAfterDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    private static let row = 96.0

    func draw() -> PlanPicture? {
        let studies = facts.changeStudies.prefix(12)
        guard !studies.isEmpty else { return nil }
        var canvas = Canvas(style, language, width: 960, height: Double(studies.count) * Self.row)
        for (index, study) in studies.enumerated() { draw(study, y: Double(index) * Self.row, &canvas) }
        let sure = studies.filter { $0.finding.isUnlikelyChance && !$0.finding.warnings.contains { $0.forbidsClaim } }
        let first = (sure.first ?? studies.first)?.verdict[language] ?? ""
        return canvas.picture(
            .beforeAfter, title: canvas.t("改进前后", "Before and after"),
            sentence: canvas.t(
                "\(studies.count) 个指标中 \(sure.count) 个的变化不太可能是偶然。\(first)",
                "The change of \(sure.count) of \(studies.count) measures is unlikely to be chance. \(first)"))
    }

    private func draw(_ study: ChangeStudy, y: Double, _ canvas: inout Canvas) {
        let unit = study.measure.unit ?? ""
        canvas.text(study.measure.title ?? "", 0, y + 18, size: 12.5, .ink, bold: true, within: 380)
        canvas.paragraph(study.verdict[language], 0, y + 36, width: 400, size: 11, most: 3)
        let axis = Axis(study.before + study.after, from: 500, to: 880, most: 4)
        for mark in axis.marks {
            canvas.line(axis(mark), y + 10, axis(mark), y + 68, .line)
            canvas.text(DisplayText.number(mark), axis(mark), y + 82, size: 10, anchor: .middle)
        }
        canvas.text(unit, 890, y + 82, size: 10)
        for (label, values, height, colour) in [
            (canvas.t("之前", "Before"), study.before, y + 24, Colour.ink3),
            (canvas.t("之后", "After"), study.after, y + 52, Colour.plan),
        ] {
            canvas.text(label, 490, height + 4, size: 11, .ink2, anchor: .end)
            for value in values { canvas.circle(axis(value), height, 2.5, fill: .none, stroke: colour, line: 1) }
            let mean = values.reduce(0, +) / Double(values.count)
            canvas.line(axis(mean), height - 9, axis(mean), height + 9, .ink, width: 2)
            canvas.text(DisplayText.number((mean * 100).rounded() / 100), 890, height + 4, size: 11, .ink, bold: true)
        }
    }
}

/// From the target (or last year) to what was sold: every part of the difference as a step, adding up exactly.
struct SalesWaterfallDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    private struct Bar {
        let name: String
        let from: Double
        let to: Double
        let isTotal: Bool
    }

    func draw() -> PlanPicture? {
        let splits = SalesSplit.Reference.allCases.compactMap { facts.salesSplit(against: $0) }
        guard !splits.isEmpty else { return nil }
        let panel = 236.0
        var canvas = Canvas(style, language, width: 960, height: Double(splits.count) * panel)
        for (index, split) in splits.enumerated() { draw(split, y: Double(index) * panel, &canvas) }
        return canvas.picture(
            .salesWaterfall, title: canvas.t("销售差异", "Sales variance"),
            sentence: splits.map { ($0.effects ?? $0.dimensions.first)?.words[language] ?? $0.words[language] }.joined(
                separator: language == .chinese ? "" : " "))
    }

    private func bars(_ split: SalesSplit) -> [Bar] {
        let parts = (split.effects ?? split.dimensions.first)?.parts ?? []
        var bars = [Bar(name: split.reference.label[language], from: 0, to: split.amount(split.before), isTotal: true)]
        var level = split.before
        for (name, difference) in gathered(parts, most: 7) {
            bars.append(Bar(name: name, from: split.amount(level), to: split.amount(level + difference), isTotal: false))
            level += difference
        }
        bars.append(Bar(name: language == .chinese ? "实际" : "Actual", from: 0, to: split.amount(split.after), isTotal: true))
        return bars
    }

    /// At most so many parts: the small ones are one, so that the picture can be read and still adds up.
    private func gathered(_ parts: [(name: Label, difference: Int)], most: Int) -> [(name: String, difference: Int)] {
        guard parts.count > most else { return parts.map { ($0.name[language], $0.difference) } }
        let rest = parts.dropFirst(most - 1)
        return parts.prefix(most - 1).map { ($0.name[language], $0.difference) } + [
            (
                language == .chinese ? "其他 \(rest.count) 项" : "\(rest.count) others",
                rest.reduce(0) { $0 + $1.difference }
            )
        ]
    }

    private func draw(_ split: SalesSplit, y: Double, _ canvas: inout Canvas) {
        canvas.text(
            canvas.t(
                "与\(split.reference.label.zh)相比（\(split.months.zh)，\(split.unit)）",
                "Against \(split.reference.label.en.lowercased()) (\(split.months.en), \(split.unit))"), 0, y + 16, size: 12,
            .ink,
            bold: true)
        let bars = bars(split)
        let values = bars.flatMap { [$0.from, $0.to] }.filter { $0 > 0 }
        // Differences are small beside the whole: the axis begins shortly below them.
        let steps = bars.filter { !$0.isTotal }.flatMap { [$0.from, $0.to] } + bars.filter(\.isTotal).map(\.to)
        let spread = (steps.max() ?? 1) - (steps.min() ?? 0)
        let base = max((steps.min() ?? 0) - max(spread * 0.6, (values.max() ?? 1) * 0.02), 0)
        let axis = Axis([base, steps.max() ?? 1], from: y + 190, to: y + 44, most: 3)
        let width = 560.0 / Double(bars.count)
        for (index, bar) in bars.enumerated() {
            let x = Double(index) * width
            let (low, high) = (max(min(bar.from, bar.to), axis.low), max(bar.from, bar.to))
            let isGain = bar.to >= bar.from
            canvas.rect(
                x + width * 0.16, axis(high), width * 0.68, max(axis(low) - axis(high), 1),
                fill: bar.isTotal ? .plan : isGain ? .good : .bad)
            let shown = bar.isTotal ? bar.to : bar.to - bar.from
            canvas.text(
                (bar.isTotal || shown < 0 ? "" : "+") + DisplayText.number((shown * 10).rounded() / 10), x + width / 2,
                axis(high) - 5, size: 11, .ink, anchor: .middle)
            canvas.text(bar.name, x + width / 2, y + 206, size: 11, .ink2, anchor: .middle, within: width - 4)
            if index + 1 < bars.count, !bar.isTotal || index == 0 {
                canvas.line(x + width * 0.84, axis(bar.to), x + width * 1.16, axis(bar.to), .ink3)
            }
        }
        if axis.low > 0 {
            canvas.text(
                canvas.t("纵轴从 \(DisplayText.number(axis.low)) 起", "The axis begins at \(DisplayText.number(axis.low))"), 0,
                y + 224, size: 10)
        }
        var at = y + 44
        for dimension in split.dimensions {
            let parts = gathered(dimension.parts, most: 4).map { ($0.name, split.amount($0.difference)) }
            at = list(dimension.name[language], parts, x: 610, y: at, &canvas)
        }
    }

    private func list(_ title: String, _ parts: [(String, Double)], x: Double, y: Double, _ canvas: inout Canvas) -> Double {
        canvas.text(title, x, y, size: 10.5, .ink3)
        let most = max(parts.map { abs($0.1) }.max() ?? 1, 1e-9)
        for (index, part) in parts.enumerated() {
            let height = y + 14 + Double(index) * 13
            canvas.text(part.0, x + 100, height, size: 10, .ink2, anchor: .end, within: 100, lines: 1)
            let length = abs(part.1) / most * 70
            canvas.rect(part.1 < 0 ? x + 190 - length : x + 190, height - 8, length, 9, fill: part.1 < 0 ? .bad : .good)
            canvas.text(
                (part.1 > 0 ? "+" : "") + DisplayText.number((part.1 * 10).rounded() / 10), x + 345, height, size: 10, .ink,
                anchor: .end)
        }
        canvas.line(x + 190, y + 4, x + 190, y + 8 + Double(parts.count) * 13, .ink4)
        return y + 22 + Double(parts.count) * 13
    }
}
