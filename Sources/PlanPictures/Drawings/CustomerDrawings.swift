import Measures
import PlanInsight
import PlanModel
import WorkingTime

/// Which customers came back how long after their first order: a row for each cohort, a column for each period since.
public struct CohortDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    public static func of(_ orders: OrderFacts, _ language: Language, style: PictureStyle) -> PlanPicture? {
        guard let last = orders.cohorts.cohorts.map(\.active.count).max(), last > 1 else { return nil }
        let cohorts = Array(orders.cohorts.cohorts.suffix(14))
        let columns = min(last, 14)
        let (labels, cell, row) = (118.0, min(62.0, 780 / Double(columns)), 27.0)
        var canvas = Canvas(
            style, language, width: labels + cell * Double(columns) + 8, height: Double(cohorts.count) * row + 78)
        canvas.text(canvas.t("首单 · 客户数", "First order · customers"), 0, 14, size: 10.5)
        for age in 0..<columns { canvas.text("\(age)", labels + cell * (Double(age) + 0.5), 14, anchor: .middle) }
        for (index, cohort) in cohorts.enumerated() {
            let y = 22 + Double(index) * row
            canvas.text(orders.name(ofPeriod: cohort.period), 0, y + 17, size: 12, .ink)
            canvas.text(DisplayText.number(Double(cohort.size)), labels - 12, y + 17, size: 11, anchor: .end)
            for (age, share) in cohort.retention.prefix(columns).enumerated() {
                canvas.share(share, x: labels + cell * Double(age), y: y, width: cell, height: row)
            }
        }
        let y = 30 + Double(cohorts.count) * row
        canvas.line(0, y - 4, canvas.width, y - 4, .line2)
        canvas.text(canvas.t("全部", "All"), 0, y + 17, size: 12, .ink, bold: true)
        for (age, share) in orders.cohorts.meanRetention.prefix(columns).enumerated() {
            canvas.share(share, x: labels + cell * Double(age), y: y, width: cell, height: row)
        }
        canvas.text(
            canvas.t(
                "横向为首单之后第几\(orders.periodName.zh)；格内为仍下单的客户占比，%",
                "Across: \(orders.periodName.en)s since the first order; in the cells the share of customers who ordered, %"),
            0, canvas.height - 6, size: 10.5, within: canvas.width)
        return canvas.picture(
            .cohorts, title: canvas.t("同期群留存", "Cohort retention"), sentence: words(orders)[language])
    }

    func draw() -> PlanPicture? {
        facts.customers.lazy.compactMap { try? $0.orders.get() }.compactMap { Self.of($0, language, style: style) }.first
    }

    /// How many come back, and whether newer customers do so more than older ones.
    private static func words(_ orders: OrderFacts) -> Label {
        let mean = orders.cohorts.meanRetention
        let (zh, en) = (orders.periodName.zh, orders.periodName.en)
        guard mean.dropFirst().contains(where: { $0 > 0 }) else {
            // Of the period that is not over yet nothing is counted here, though who ordered again in it came back.
            let last = orders.lastWholePeriod ?? ""
            return Label(
                "到 \(last) 为止，还没有客户在首单之后的\(zh)里再次下单；此后不满一\(zh)的订单未计。",
                "Up to \(last) no customer had ordered again in a later \(en); orders of the \(en) that is not over are not counted."
            )
        }
        let ordinals = ["first", "second", "third", "fourth"]
        let far = min(4, mean.count - 1)
        let first = DisplayText.percent(mean[1])
        let later = far > 1 ? DisplayText.percent(mean[far]) : nil
        let comparable = orders.cohorts.cohorts.filter { $0.active.count > 1 }
        var moved = Label("", "")
        if comparable.count >= 4, let newest = comparable.last {
            let older = comparable.dropLast()
            let before = Double(older.reduce(0) { $0 + $1.active[1] }) / Double(older.reduce(0) { $0 + $1.size })
            let isBetter = newest.retention[1] > before
            if abs(newest.retention[1] - before) >= 0.03 {
                moved = Label(
                    "最近一批为 \(DisplayText.percent(newest.retention[1]))，\(isBetter ? "高于" : "低于")此前的 \(DisplayText.percent(before))。",
                    " The newest cohort came back at \(DisplayText.percent(newest.retention[1])), \(isBetter ? "above" : "below") the \(DisplayText.percent(before)) of those before."
                )
            }
        }
        return Label(
            "首单后第 1 \(zh)有 \(first) 的客户再次下单\(later.map { "，第 \(far) \(zh)为 \($0)" } ?? "")。" + moved.zh,
            "\(first) of customers order again in the first \(en) after their first order\(later.map { ", \($0) in the \(ordinals[far - 1])" } ?? "")."
                + moved.en)
    }
}

extension Canvas {
    /// A share in a cell: the darker the more.
    fileprivate mutating func share(_ share: Double, x: Double, y: Double, width: Double, height: Double) {
        rect(x, y, width - 2, height - 2, fill: .heat(share))
        text(
            "\(Int(nearest: share * 100))", x + width / 2 - 1, y + 17, size: 11.5, share >= 0.85 ? .paper : .ink,
            anchor: .middle)
    }
}

/// What a customer is worth against what winning one costs, back to every input.
public struct UnitEconomicsDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    private static let (column, row) = (228.0, 64.0)

    func draw() -> PlanPicture? {
        facts.customers.lazy.compactMap { Self.of($0, language, style: style) }.first
    }

    public static func of(_ customers: CustomerFacts, _ language: Language, style: PictureStyle) -> PlanPicture? {
        let economics = customers.economics
        guard economics.ratio.value != nil || economics.acquisitionCost.value != nil || economics.lifetimeValue.value != nil
        else {
            return nil
        }
        let roots = [economics.ratio, economics.payBack]
        var canvas = Canvas(
            style, language, width: column * 4, height: roots.reduce(0) { $0 + Double(leaves($1)) } * row + 28)
        var y = 0.0
        for (index, root) in roots.enumerated() {
            // Pay-back shares its inputs with the ratio: its own two are enough.
            node(index == 0 ? root : cut(root), depth: 0, y: y, currency: customers.currency, &canvas)
            y += Double(leaves(index == 0 ? root : cut(root))) * row + 24
        }
        canvas.height = y - 8
        let sentence =
            customers.words
            ?? Label(
                "还缺：\(customers.missing.map(\.zh).joined(separator: "、"))。",
                "Missing: \(customers.missing.map(\.en).joined(separator: ", ")).")
        return canvas.picture(
            .unitEconomics, title: canvas.t("客户值多少，要花多少", "What a customer is worth and costs"), sentence: sentence[language])
    }

    private static func cut(_ root: Calculation) -> Calculation {
        var cut = root
        for index in cut.inputs.indices { cut.inputs[index].inputs = [] }
        return cut
    }

    private static func leaves(_ calculation: Calculation) -> Int {
        calculation.inputs.isEmpty ? 1 : calculation.inputs.reduce(0) { $0 + leaves($1) }
    }

    private static func node(_ calculation: Calculation, depth: Int, y: Double, currency: Currency, _ canvas: inout Canvas) {
        let x = Double(depth) * column
        let middle = y + Double(leaves(calculation)) * row / 2
        let name = canvas.t(calculation.name.zh, calculation.name.en)
        canvas.text(name, x, middle - 8, size: 11, .ink3, within: column - 34)
        canvas.text(
            calculation.text(in: currency, canvas.language), x, middle + 9, size: 15, calculation.value == nil ? .bad : .ink,
            bold: true)
        if let formula = calculation.formula {
            canvas.text("= " + canvas.t(formula.zh, formula.en), x, middle + 28, size: 10, .ink3, within: column - 34)
        }
        guard !calculation.inputs.isEmpty else { return }
        let (from, bend, to) = (x + column - 30, x + column - 19, x + column - 8)
        canvas.line(from, middle, bend, middle, .planMid)
        var top = y
        var ends: [Double] = []
        for input in calculation.inputs {
            let height = Double(leaves(input)) * row
            ends.append(top + height / 2)
            canvas.line(bend, top + height / 2, to, top + height / 2, .planMid)
            node(input, depth: depth + 1, y: top, currency: currency, &canvas)
            top += height
        }
        if let first = ends.first, let last = ends.last { canvas.line(bend, first, bend, last, .planMid) }
    }
}

extension Calculation {
    /// The value as its meaning is written; a dash where there is none.
    fileprivate func text(in currency: Currency, _ language: Language) -> String {
        guard let value else { return "—" }
        let number = DisplayText.number(abs(value) < 100 ? (value * 100).rounded() / 100 : value.rounded())
        switch meaning {
        case .money: return "\(number) \(currency.name(in: language))"
        case .count: return number
        case .share: return DisplayText.percent(value)
        case .months, .ratio: return DisplayText.number((value * 10).rounded() / 10)
        }
    }
}

/// Net promoter scores over time, each with its margin of error.
struct PromoterScoresDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    func draw() -> PlanPicture? {
        let scores = SurveyScores(facts.plan)
        let entries = Array(scores.comparable.suffix(12))
        guard let words = scores.words, !entries.isEmpty else { return nil }
        var canvas = Canvas(style, language, width: 640, height: 232)
        let bounds = entries.flatMap { entry -> [Double] in
            let (score, margin) = (entry.score.score ?? 0, entry.score.marginOfError ?? 0)
            return [max(score - margin, -100), min(score + margin, 100)]
        }
        let axis = Axis(bounds, from: 176, to: 26, most: 3)
        for mark in axis.marks {
            canvas.line(0, axis(mark), 600, axis(mark), .line)
            canvas.text(DisplayText.number(mark), 638, axis(mark) + 4, anchor: .end)
        }
        func place(_ index: Int) -> Double { 50 + 500 * (Double(index) + 0.5) / Double(entries.count) }
        canvas.polyline(entries.enumerated().map { (place($0), axis($1.score.score ?? 0)) }, .ink, width: 1.75)
        for (index, entry) in entries.enumerated() {
            let (x, score, margin) = (place(index), entry.score.score ?? 0, entry.score.marginOfError ?? 0)
            let (low, high) = (axis(max(score - margin, -100)), axis(min(score + margin, 100)))
            canvas.line(x, low, x, high, .planMid, width: 5)
            if entry.score.isSmall {
                canvas.diamond(x, axis(score), 5, fill: .paper, stroke: .bad)
            } else {
                canvas.circle(x, axis(score), 4, fill: .ink)
            }
            canvas.text(DisplayText.number(score.rounded()), x + 9, axis(score) - 6, size: 12, .ink, bold: true)
            canvas.text("\(entry.day)", x, 200, size: 10.5, anchor: .middle)
            canvas.text(canvas.t("\(entry.score.count) 份", "\(entry.score.count) answers"), x, 214, size: 10.5, anchor: .middle)
        }
        canvas.text(canvas.t("竖条为 95% 区间", "Bars: 95% interval"), 0, 14, size: 10.5)
        return canvas.picture(
            .promoterScores, title: canvas.t("净推荐值", "Net promoter score"), sentence: words[language])
    }
}
