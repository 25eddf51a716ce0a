import Measures
import PlanInsight
import PlanModel

/// Stages of the funnel; between them the share that goes on, with its interval, its target and last year, and how it went by month.
struct FunnelDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    private static let row = 58.0

    // Where the columns begin and how wide they are; a page has less room than a screen.
    private var width: Double { style == .print ? 720 : 940 }
    private var bars: Double { style == .print ? 170 : 300 }
    private var shares: Double { style == .print ? 350 : 470 }
    private var axis: Double { style == .print ? 120 : 170 }
    private var trends: ClosedRange<Double> { style == .print ? 632...718 : 818...936 }

    func draw() -> PlanPicture? {
        guard let funnel = facts.funnel, let first = funnel.funnel.total.reached.first, first > 0 else { return nil }
        var canvas = Canvas(style, language, width: width, height: Double(funnel.stages.count) * Self.row + 20)
        canvas.text(canvas.t("转化率与 95% 区间", "Conversion and 95% interval"), shares, 12, size: 10.5)
        canvas.text(canvas.t("逐月", "By month"), width - 2, 12, size: 10.5, anchor: .end)
        for (index, stage) in funnel.stages.enumerated() {
            let y = Double(index) * Self.row + 18
            let count = Double(funnel.funnel.total.reached[index])
            let width = max(min(bars * count / Double(first), bars), 1)
            canvas.text(stage.title ?? "", 0, y + 17, size: 12.5, .ink, within: 100)
            canvas.rect(110, y + 2, width, 24, fill: index == funnel.stages.count - 1 ? .plan : .planMid)
            canvas.text(DisplayText.number(count), 118 + width, y + 18, size: 12, .ink, bold: true)
        }
        for (index, step) in funnel.steps.enumerated() {
            self.step(step, isWeakest: index == funnel.weakest, y: Double(index) * Self.row + 60, &canvas)
        }
        canvas.text(
            canvas.t("竖线为目标，灰点为去年同期", "Vertical line: target; grey: the same months of last year"), shares,
            canvas.height - 4, size: 10.5)
        return canvas.picture(.funnel, title: canvas.t("销售漏斗", "Sales funnel"), sentence: funnel.words[language])
    }

    private func step(_ step: FunnelFacts.Step, isWeakest: Bool, y: Double, _ canvas: inout Canvas) {
        func place(_ share: Double) -> Double { shares + axis * min(max(share, 0), 1) }
        canvas.line(shares, y, shares + axis, y, .line2)
        if let before = step.before?.conversion { canvas.circle(place(before), y, 3, fill: .ink4) }
        if let target = step.into.target { canvas.line(place(target), y - 9, place(target), y + 9, .ink, width: 2) }
        let colour: Colour = isWeakest ? .bad : .plan
        if let interval = step.counts.interval {
            canvas.line(place(interval.lowerBound), y, place(interval.upperBound), y, colour, width: 5)
        }
        if let share = step.counts.conversion {
            if isWeakest {
                canvas.diamond(place(share), y, 5.5, fill: .bad)
            } else {
                canvas.circle(place(share), y, 4.5, fill: .plan)
            }
        }
        let text = step.counts.conversion.map(DisplayText.percent) ?? canvas.t("多于上一级", "more than before")
        canvas.text(text, shares + axis + 12, y + 4, size: 12.5, isWeakest ? .bad : .ink, bold: true)
        let reference =
            step.into.target.map { canvas.t("目标 \(DisplayText.percent($0))", "target \(DisplayText.percent($0))") }
            ?? step.before?.conversion.map { canvas.t("去年 \(DisplayText.percent($0))", "last year \(DisplayText.percent($0))") }
            ?? ""
        canvas.text(reference, shares + axis + 76, y + 4, size: 11, within: trends.lowerBound - shares - axis - 80)
        trend(step.conversions, y: y, &canvas)
    }

    /// Months that cannot be said break the line.
    private func trend(_ months: [Double?], y: Double, _ canvas: inout Canvas) {
        let known = months.compactMap { $0 }
        guard known.count > 1 else { return }
        let axis = Axis(known, from: y + 13, to: y - 13, most: 2)
        func place(_ index: Int) -> Double {
            trends.lowerBound + (trends.upperBound - trends.lowerBound) * Double(index) / Double(max(months.count - 1, 1))
        }
        var run: [(Double, Double)] = []
        for (index, share) in months.enumerated() {
            if let share { run.append((place(index), axis(share))) }
            if share == nil || index == months.count - 1 {
                canvas.polyline(run, .ink, width: 1.25)
                run = []
            }
        }
        if let last = months.last, let last { canvas.circle(place(months.count - 1), axis(last), 2.5, fill: .ink) }
    }
}
