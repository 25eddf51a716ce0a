import Foundation
import Measures
import PlanInsight
import PlanModel
import WorkingTime

/// Control charts of the measures that ask for one, two beside each other: limits by phase, points out of control named, the chart of
/// the spread below.
struct ControlChartsDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    private static let line = 13.0
    /// What stands for what on the charts.
    private var legend: String {
        language == .chinese
            ? "CL 为中心线；虚线 UCL、LCL 为上、下控制限（中心线 ± 3 倍标准差）；竖线为改进起效日或控制限冻结处；菱形超出控制限，方块属于异常模式，空心点不参与控制限。"
            : "CL: centre line; dashed, UCL and LCL: upper and lower control limit (centre ± 3 standard deviations); vertical line: improvement or freezing of limits; diamonds: beyond the limits; squares: part of a pattern; hollow points: not counted for the limits."
    }
    /// Of one chart; a page has less room than a screen.
    private var width: Double { style == .print ? 350 : 480 }

    private func height(_ study: ControlStudy) -> Double {
        190 + (study.spread == nil ? 0 : 72) + Double(signal(study).count) * Self.line + (study.caption == nil ? 0 : 36) + 14
    }

    /// What is out of control first of all, in lines.
    private func signal(_ study: ControlStudy) -> [String] {
        study.foremost.map { TextWidth.lines(study.words($0)[language], width: width - 14, size: 10, most: 2) } ?? []
    }

    /// Charts on a page that can still be read.
    private static let onPage = 6

    func draw() -> PlanPicture? {
        let all = Array(facts.controlStudies.prefix(24))
        return draw(all, of: all)
    }

    /// As many pages as the charts take.
    func pages() -> [PlanPicture] {
        let all = Array(facts.controlStudies.prefix(12))
        return all.evenly(most: Self.onPage).compactMap { draw($0, of: all) }
    }

    private func draw(_ studies: [ControlStudy], of all: [ControlStudy]) -> PlanPicture? {
        guard !studies.isEmpty else { return nil }
        let columns = studies.count == 1 ? 1 : 2
        let rows = stride(from: 0, to: studies.count, by: columns).map { Array(studies[$0..<min($0 + columns, studies.count)]) }
        let heights = rows.map { $0.map(height).max() ?? 0 }
        let size = max(Double(columns) * width, 480)
        let lines = TextWidth.lines(legend, width: size, size: 10.5, most: 6).count
        var canvas = Canvas(style, language, width: size, height: heights.reduce(0, +) + Double(lines) * 10.5 * 1.45 + 8)
        var y = 0.0
        for (row, height) in zip(rows, heights) {
            for (column, study) in row.enumerated() { draw(study, x: Double(column) * width, y: y, &canvas) }
            y += height
        }
        canvas.paragraph(legend, 0, heights.reduce(0, +) + 14, width: size, size: 10.5, most: 6, .ink3)
        return canvas.picture(.controlCharts, title: canvas.t("控制图", "Control charts"), sentence: sentence(all))
    }

    /// Of the signals that the charts mark: who has one among the newest points and which way, and who has marks of before alone.
    private func sentence(_ studies: [ControlStudy]) -> String {
        let wild = studies.filter { !$0.current.isEmpty }
        let better = wild.filter { study in study.foremost.flatMap(study.isFavourable) == true }
        let worse = wild.filter { study in !better.contains { $0.measure.id == study.measure.id } }
        let earlier = studies.count { $0.current.isEmpty && $0.hasMarks }
        let told = (worse.first ?? better.first).flatMap { example in
            example.foremost.map { (name: example.measure.title ?? "", words: example.words($0)[language]) }
        }
        return language == .chinese
            ? chinese(studies.count, worse: worse.count, better: better.count, told) + chinese(studies.count, earlier: earlier)
            : english(studies.count, worse: worse.count, better: better.count, told) + english(studies.count, earlier: earlier)
    }

    private var newest: Int { ControlStudy.recentPoints }

    private func chinese(_ all: Int, worse: Int, better: Int, _ told: (name: String, words: String)?) -> String {
        let who = all == 1 ? "这个指标" : "\(all) 个指标"
        guard let told else { return "\(who)最近 \(newest) 点\(all == 1 ? "" : "都")只有偶然波动。" }
        if all == 1 { return "\(told.name)最近 \(newest) 点有异常信号\(worse == 1 ? "" : "，朝好的方向")：\(told.words)。" }
        if worse == 0 {
            return "\(who)中 \(better) 个最近 \(newest) 点有异常信号，\(better == 1 ? "" : "都")朝好的方向，如\(told.name)：\(told.words)。"
        }
        return "\(who)中 \(worse) 个最近 \(newest) 点失控，如\(told.name)：\(told.words)。\(better > 0 ? "另有 \(better) 个的异常信号朝好的方向。" : "")"
    }

    private func chinese(_ all: Int, earlier: Int) -> String {
        earlier == 0 ? "" : all == 1 ? "图中标记的是更早的点或极差。" : "其余有 \(earlier) 个只在更早的点或极差上有标记。"
    }

    private func english(_ all: Int, worse: Int, better: Int, _ told: (name: String, words: String)?) -> String {
        let points = "latest \(newest) points"
        guard let told else {
            return all == 1
                ? "The \(points) of the measure vary by chance alone."
                : "The \(points) of all \(all) measures vary by chance alone."
        }
        if all == 1 {
            return worse == 1
                ? "The measure is out of control in its \(points). \(told.name): \(told.words)."
                : "The \(points) of the measure show a signal of improvement. \(told.name): \(told.words)."
        }
        let good = "\(better) \(better == 1 ? "shows" : "show") a signal of improvement"
        if worse == 0 { return "Of \(all) measures, \(good) in the \(points), such as \(told.name): \(told.words)." }
        let bad =
            "Of \(all) measures, \(worse) \(worse == 1 ? "is" : "are") out of control in the \(points), such as \(told.name): \(told.words)."
        return bad + (better > 0 ? " Of the others, \(good)." : "")
    }

    private func english(_ all: Int, earlier: Int) -> String {
        earlier == 0
            ? ""
            : all == 1
                ? " The marks are of earlier points or of ranges."
                : " In \(earlier) of the others, only earlier points or ranges are marked."
    }

    private func draw(_ study: ControlStudy, x: Double, y: Double, _ canvas: inout Canvas) {
        let width = self.width - 84
        let wording = study.chart.kind.wording
        let kind = "\(canvas.t(wording.zh, wording.en))　\(study.measure.unit ?? "")"
        canvas.text(kind, x + width, y + 16, size: 10.5, anchor: .end)
        canvas.text(
            study.measure.title ?? "", x, y + 16, size: 12, .ink, bold: true, within: width - TextWidth.of(kind, size: 10.5) - 12)
        panel(study.chart, study, x: x, from: y + 168, to: y + 32, &canvas)
        var below = y + 172
        if let spread = study.spread {
            let name = spread.kind.wording
            panel(spread, study, x: x, from: y + 240, to: y + 192, &canvas)
            canvas.text(canvas.t(name.zh, name.en), x, y + 186, size: 10, .ink3)
            below += 72
        }
        if let first = study.days.first, let last = study.days.last {
            canvas.text(study.name(of: first), x, below + 14, size: 10)
            canvas.text(study.name(of: last), x + width, below + 14, size: 10, anchor: .end)
        }
        for line in signal(study) {
            canvas.text(line, x, below + 29, size: 10, study.foremost.flatMap(study.isFavourable) == true ? .good : .bad)
            below += Self.line
        }
        if let caption = study.caption {
            canvas.paragraph(caption[language], x, below + 34, width: width + 70, size: 10.5, most: 2, .ink2)
        }
    }

    private func panel(_ chart: ControlChart, _ study: ControlStudy, x: Double, from: Double, to: Double, _ canvas: inout Canvas)
    {
        let width = self.width - 84
        let points = chart.points.map { point in
            point.map { point in
                var point = point
                for path in [\ControlPoint.value, \.centre, \.deviation, \.lower, \.upper] { point[keyPath: path] *= study.scale }
                return point
            }
        }
        let known = points.indices.filter { points[$0] != nil }
        guard !known.isEmpty else { return }
        // What is never negative has no limit below zero.
        let isPositive = points.allSatisfy { ($0?.value ?? 0) >= 0 }
        func lower(_ point: ControlPoint) -> Double { isPositive ? max(point.lower, 0) : point.lower }
        let axis = Axis(
            points.compactMap { $0 }.flatMap { [$0.value, $0.upper, lower($0)] }, from: from, to: to, most: 3)
        let step = (width - 12) / Double(max(points.count - 1, 1))
        func place(_ index: Int) -> Double { x + 6 + step * Double(index) }
        for phase in Set(points.compactMap { $0?.phase }).sorted() {
            let own = known.filter { points[$0]?.phase == phase }
            limits(
                own.compactMap { index in points[index].map { (index, $0) } }, lower, axis,
                { (max(place($0) - step / 2, x), min(place($0) + step / 2, x + width)) }, &canvas)
        }
        if let last = points.compactMap({ $0 }).last { labels(last, lower(last), axis, x: x + width + 4, &canvas) }
        // What the line was at before the last phase; that of the last stands beside it.
        for phase in Set(points.compactMap { $0?.phase }).sorted().dropLast() {
            guard let first = known.first(where: { points[$0]?.phase == phase }), let point = points[first] else { continue }
            canvas.text(
                "CL \(Self.figure(point.centre, of: point))", place(first), axis(point.centre) - 4, size: 9, .ink3, halo: true)
        }
        for turn in [study.improved, study.frozen].compactMap({ $0 }) where turn > 0 {
            let at = (place(turn - 1) + place(turn)) / 2
            canvas.line(at, to - 4, at, from + 4, .signal, width: 1.5, dash: turn == study.improved ? nil : "2 3")
        }
        // A place without a point, such as the first moving range of a phase, parts the line.
        for run in points.split(whereSeparator: { $0 == nil }) {
            canvas.polyline(
                run.indices.compactMap { index in points[index].map { (place(index), axis($0.value)) } }, .ink, width: 1.25)
        }
        let wild = Set(chart.signals.flatMap(\.points))
        for index in known {
            guard let point = points[index] else { continue }
            let isLeftOut = study.excluded.contains(index)
            let (at, height) = (place(index), axis(point.value))
            // By shape, so that grey suffices.
            if point.isBeyondLimits {
                canvas.diamond(at, height, 4.5, fill: isLeftOut ? .paper : .bad, stroke: .bad)
            } else if wild.contains(index) {
                canvas.rect(at - 3, height - 3, 6, 6, fill: isLeftOut ? .paper : .warn, stroke: .warn)
            } else {
                canvas.circle(at, height, 2, fill: isLeftOut ? .paper : .ink, stroke: isLeftOut ? .ink : .none, line: 1.25)
            }
        }
    }

    /// The band between the limits of one phase with its centre line; limits that differ from point to point go in steps.
    private func limits(
        _ points: [(index: Int, point: ControlPoint)], _ lower: (ControlPoint) -> Double, _ axis: Axis,
        _ span: (Int) -> (from: Double, to: Double), _ canvas: inout Canvas
    ) {
        func steps(_ value: (ControlPoint) -> Double) -> [(Double, Double)] {
            points.flatMap { entry in
                let height = axis(value(entry.point))
                return [(span(entry.index).from, height), (span(entry.index).to, height)]
            }
        }
        let (above, below) = (steps(\.upper), steps(lower))
        canvas.path(Canvas.data(above + below.reversed(), closed: true), fill: .planWash)
        canvas.polyline(steps(\.centre), .planMid, width: 1)
        canvas.polyline(above, .ink3, width: 1, dash: "4 3")
        if points.contains(where: { $0.point.lower == lower($0.point) && $0.point.lower > axis.low }) {
            canvas.polyline(below, .ink3, width: 1, dash: "4 3")
        }
    }

    private func labels(
        _ last: ControlPoint, _ lower: Double, _ axis: Axis, x: Double, _ canvas: inout Canvas
    ) {
        let centre = axis(last.centre)
        let gap = 12.5
        var shown = [
            (last.upper, "UCL", min(axis(last.upper), centre - gap)), (last.centre, "CL", centre),
        ]
        if last.lower == lower, last.lower > 0 || axis.low < 0 {
            shown.append((lower, "LCL", max(axis(lower), centre + gap)))
        }
        for (value, name, height) in shown { canvas.text("\(name) \(Self.figure(value, of: last))", x, height + 4, size: 10) }
    }

    /// So fine that the limits can be told apart.
    private static func figure(_ value: Double, of point: ControlPoint) -> String {
        let digits = max(2, min(4, 1 - Int(nearest: log10(max(point.upper - point.centre, 1e-9)).rounded(.down))))
        let scale = pow(10, Double(digits))
        return DisplayText.number((value * scale).rounded() / scale)
    }
}

/// Measures before and since their improvement: the values of both sides as heaps of dots, their middle, and whether chance can explain
/// the difference.
struct BeforeAfterDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    private static let row = 132.0

    /// Measures on a page that can still be read.
    private static let onPage = 4

    func draw() -> PlanPicture? {
        let all = Array(facts.changeStudies.prefix(12))
        return draw(all, of: all)
    }

    /// As many pages as the measures take.
    func pages() -> [PlanPicture] {
        let all = Array(facts.changeStudies.prefix(12))
        return all.evenly(most: Self.onPage).compactMap { draw($0, of: all) }
    }

    /// - Parameter all: what its sentence speaks of.
    private func draw(_ studies: [ChangeStudy], of all: [ChangeStudy]) -> PlanPicture? {
        guard !studies.isEmpty else { return nil }
        var canvas = Canvas(style, language, width: 960, height: Double(studies.count) * Self.row)
        for (index, study) in studies.enumerated() { draw(study, y: Double(index) * Self.row, &canvas) }
        let sure = all.filter { $0.finding.isUnlikelyChance && !$0.finding.warnings.contains { $0.forbidsClaim } }
        let first = (sure.first ?? all.first)?.verdict[language] ?? ""
        return canvas.picture(
            .beforeAfter, title: canvas.t("改进前后", "Before and after"),
            sentence: canvas.t(
                "\(Self.count(sure.count, of: all.count).zh)不太可能是偶然。\(first)",
                "For \(Self.count(sure.count, of: all.count).en) the change is unlikely to be chance. \(first)"))
    }

    /// Of how many measures the change is sure.
    private static func count(_ sure: Int, of all: Int) -> Label {
        if sure == all {
            return all == 1 ? Label("这个指标的变化", "the measure") : Label("\(all) 个指标的变化都", "all \(all) measures")
        }
        return Label("\(all) 个指标中有 \(sure) 个的变化", "\(sure) of \(all) measures")
    }

    private func draw(_ study: ChangeStudy, y: Double, _ canvas: inout Canvas) {
        canvas.text(study.measure.title ?? "", 0, y + 18, size: 12.5, .ink, bold: true, within: 380)
        let used = canvas.paragraph(study.verdict[language], 0, y + 36, width: 400, size: 11, most: 4)
        canvas.paragraph(study.reason[language], 0, y + 36 + used, width: 400, size: 10, most: 2, .ink3)
        // The text tells the change against where the earlier course would have led, which is neither side's mean.
        let projected = study.finding.method == .interruptedSeries ? study.finding.before : nil
        let axis = Axis(study.before + study.after + [projected].compactMap(\.self), from: 500, to: 880, most: 4)
        for mark in axis.marks {
            canvas.line(axis(mark), y + 8, axis(mark), y + 102, .line)
            canvas.text(DisplayText.number(mark), axis(mark), y + 116, size: 10, anchor: .middle)
        }
        canvas.text(study.measure.unit ?? "", 890, y + 116, size: 10)
        let isMedian = study.finding.method == .mannWhitney
        for (label, values, foot, colour) in [
            (canvas.t("之前", "Before"), study.before, y + 52, Colour.ink3),
            (canvas.t("之后", "After"), study.after, y + 100, Colour.plan),
        ] {
            canvas.text(label, 490, foot - 4, size: 11, .ink2, anchor: .end)
            heap(values, axis, foot: foot, colour, &canvas)
            let middle = isMedian ? Self.median(values) : values.reduce(0, +) / Double(values.count)
            canvas.line(axis(middle), foot - 42, axis(middle), foot + 3, .ink, width: 2)
            let name = isMedian ? canvas.t("中位", "median") : canvas.t("均值", "mean")
            canvas.text(
                "\(name) \(DisplayText.number((middle * 100).rounded() / 100))", 890, foot - 4, size: 11, .ink, bold: true)
        }
        guard let projected else { return }
        let foot = y + 100
        canvas.line(axis(projected), foot - 42, axis(projected), foot + 3, .ink2, width: 2, dash: "3 3")
        canvas.line(873, foot - 24.5, 887, foot - 24.5, .ink2, width: 2, dash: "3 3")
        canvas.text(
            "\(canvas.t("按原走势", "projected")) \(DisplayText.computed(projected))", 890, foot - 21, size: 10, within: 70)
    }

    /// Values as dots, those near each other heaped up, closer the more there are.
    private func heap(_ values: [Double], _ axis: Axis, foot: Double, _ colour: Colour, _ canvas: inout Canvas) {
        let bin = 6.0
        let bins = Dictionary(grouping: values) { Int(nearest: (axis($0) - axis.from) / bin) }
        let tallest = bins.values.map(\.count).max() ?? 1
        let rise = min(5.5, 38 / Double(max(tallest, 1)))
        for (place, members) in bins.sorted(by: { $0.key < $1.key }) {
            for height in members.indices {
                canvas.circle(
                    axis.from + Double(place) * bin, foot - 3 - Double(height) * rise, 2.5, fill: .none, stroke: colour, line: 1)
            }
        }
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
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
            sentence: splits.flatMap { split in
                [(split.effects ?? split.dimensions.first)?.words ?? split.words, split.largest].compactMap { $0?[language] }
            }.joined(separator: language == .chinese ? "" : " "))
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
                (bar.isTotal || shown <= 0 ? "" : "+") + DisplayText.number((shown * 10).rounded() / 10), x + width / 2,
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
