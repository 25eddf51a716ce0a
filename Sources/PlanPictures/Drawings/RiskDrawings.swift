import Markup
import PlanInsight
import PlanModel

/// Likelihood against impact; an id behind a circle is where the response takes the risk.
struct RiskMapDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language
    private static let cell = 74.0
    /// High risks that are named in the sentence.
    private static let mostNamed = 5
    /// So many ids have room in a field in the larger size.
    private static let mostLarge = 8

    func draw() -> PlanPicture? {
        let risks = facts.plan.all(Risk.self).filter { $0.isOpen && $0.score != nil }
        guard !risks.isEmpty else { return nil }
        // From the top down; a row with much in one field is as high as that needs.
        let entries = (1...5).reversed().map { likelihood in
            (likelihood, (1...5).map { self.entries(risks, likelihood, $0) })
        }
        // All in one size, smaller where one field has many.
        let size = entries.contains { $0.1.contains { $0.count > Self.mostLarge } } ? 9.0 : 11
        let rows = entries.map { likelihood, fields in (likelihood: likelihood, fields: fields.map { Self.names($0, size) }) }
        let heights = rows.map { row in max(Self.cell, row.fields.map(\.height).max() ?? 0) }
        // Below the word of the axis.
        let top = 18.0
        let foot = top + heights.reduce(0, +)
        var canvas = Canvas(style, language, width: 470, height: foot + 60)
        var y = top + 2
        for (row, height) in zip(rows, heights) {
            for (impact, names) in zip(1..., row.fields) {
                let (x, score) = (Self.left(impact), row.likelihood * impact)
                let (right, low) = (x + Self.cell - 2, y + height - 2)
                canvas.path(
                    Canvas.data([(x, y), (right, y), (right, low), (x, low)], closed: true), fill: shade(score),
                    opacity: opacity(score))
                names.draw(&canvas, x, y)
            }
            canvas.text("\(row.likelihood)", 28, y + height / 2 + 4, anchor: .end)
            y += height
        }
        for impact in 1...5 { canvas.text("\(impact)", Self.left(impact) + Self.cell / 2, foot + 20, anchor: .middle) }
        canvas.text(canvas.t("可能性 ↑", "Likelihood ↑"), 0, 12, size: 10)
        canvas.text(canvas.t("影响 →", "Impact →"), 36, foot + 38)
        canvas.text(canvas.t("○ 应对之后", "○ after response"), 406, foot + 38, anchor: .end)
        var end = 36.0
        for (score, words) in [
            (12, canvas.t("12 分及以上", "12 and above")), (6, canvas.t("6–11 分", "6–11")), (1, canvas.t("5 分及以下", "5 and below")),
        ] {
            canvas.path(
                Canvas.data([(end, foot + 46), (end + 16, foot + 46), (end + 16, foot + 56), (end, foot + 56)], closed: true),
                fill: shade(score), opacity: opacity(score))
            canvas.text(words, end + 21, foot + 55, size: 10)
            end += 21 + TextWidth.of(words, size: 10) + 16
        }
        let high = risks.filter(\.isHigh).sorted { ($1.score ?? 0, $0.id.number) < ($0.score ?? 0, $1.id.number) }
        let named = high.prefix(Self.mostNamed).map { "\($0.id.short)" }
        let others = high.count - named.count
        return canvas.picture(
            .riskMap, title: canvas.t("风险热图", "Risk map"),
            sentence: canvas.t(
                "\(risks.count) 个未关闭的风险，其中高风险（12 分及以上）\(high.count) 个\(high.isEmpty ? "" : "，由高到低为 " + named.joined(separator: "、"))\(others > 0 ? "，另有 \(others) 个" : "")。",
                "\(risks.count) \(risks.count == 1 ? "risk is" : "risks are") not closed, \(high.count) of them high (12 and above)\(high.isEmpty ? "" : "; the highest first: " + named.joined(separator: ", "))\(others > 0 ? " and \(others) more" : "")."
            ))
    }

    private static func left(_ impact: Int) -> Double { 36 + Double(impact - 1) * cell }

    private func shade(_ score: Int) -> Colour { score >= 12 ? .bad : score >= 6 ? .warn : .ink4 }
    private func opacity(_ score: Int) -> Double {
        score >= 20 ? 0.6 : score >= 15 ? 0.46 : score >= 12 ? 0.34 : score >= 9 ? 0.34 : score >= 6 ? 0.22 : 0.14
    }

    /// What stands in a field: the risks that are there, then with a circle those that their response takes there.
    private func entries(_ risks: [Typed<Risk>], _ likelihood: Int, _ impact: Int) -> [Entry] {
        let here = risks.filter { $0.likelihood == likelihood && $0.impact == impact }
        let moved = risks.filter { risk in
            guard let after = risk.residualLikelihood, let afterImpact = risk.residualImpact else { return false }
            return (after, afterImpact) == (likelihood, impact) && (risk.likelihood, risk.impact) != (likelihood, impact)
        }
        return here.map { ($0.id.short, true) } + moved.map { ("○" + $0.id.short, false) }
    }

    private typealias Entry = (word: String, isPresent: Bool)

    /// The ids of a field: two or three beside each other, smaller where there are many, and as many lines as they take.
    private struct Names {
        let entries: [Entry]
        let columns: Int
        let size: Double
        var leading: Double { size + 5 }
        var height: Double { Double((entries.count + columns - 1) / columns) * leading + 10 }

        func draw(_ canvas: inout Canvas, _ x: Double, _ y: Double) {
            let step = (RiskMapDrawing.cell - 4) / Double(columns)
            for (index, entry) in entries.enumerated() {
                canvas.text(
                    entry.word, x + 1 + step * (Double(index % columns) + 0.5), y + leading * Double(index / columns + 1),
                    size: entry.isPresent ? size : size - 1, entry.isPresent ? .ink : .ink2, anchor: .middle,
                    bold: entry.isPresent)
            }
        }
    }

    private static func names(_ entries: [Entry], _ size: Double) -> Names {
        let widest = entries.map { TextWidth.of($0.word, size: size) }.max() ?? 0
        let columns = entries.count > mostLarge && widest * 3 <= cell - 4 ? 3 : 2
        return Names(entries: entries, columns: columns, size: size)
    }
}

/// Strengths, weaknesses, opportunities and threats, with the strategies drawn from pairs.
struct SWOTDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    func draw() -> PlanPicture? {
        let items = facts.plan.all(SWOTItem.self)
        guard !items.isEmpty else { return nil }
        let quadrants: [(Quadrant, String)] = [(.strength, "S"), (.weakness, "W"), (.opportunity, "O"), (.threat, "T")]
        let (width, half) = (640.0, 320.0)
        let strategies = facts.plan.all(Strategy.self).filter { [.so, .wo, .st, .wt].contains($0.area) }
        var canvas = Canvas(style, language, width: width, height: 0)
        var y = 0.0
        for pair in [quadrants[0...1], quadrants[2...3]] {
            let heights = pair.enumerated().map { offset, quadrant in
                block(
                    &canvas, "\(quadrant.1)　\(quadrant.0.label[language])",
                    items.filter { $0.quadrant == quadrant.0 }.map { $0.title ?? "" },
                    x: Double(offset) * half + (offset == 0 ? 0 : 16), y: y, width: half - 24)
            }
            let height = (heights.max() ?? 0) + 14
            canvas.line(half, y + 4, half, y + height - 4, .line2)
            y += height
            canvas.line(0, y, width, y, .line2)
        }
        if !strategies.isEmpty {
            let heights = [StrategyArea.so, .wo, .st, .wt].enumerated().map { offset, area in
                (offset, area)
            }
            for row in [heights[0...1], heights[2...3]] {
                let used = row.map { offset, area in
                    block(
                        &canvas, area.label[language],
                        strategies.filter { $0.area == area }.map { strategy in
                            let goals = (strategy.goals ?? []).map { $0.text(seenFrom: facts.plan.key) }
                            let (zh, en) = (goals.joined(separator: "、"), goals.joined(separator: ", "))
                            return (strategy.title ?? "") + (goals.isEmpty ? "" : language == .chinese ? "（\(zh)）" : " (\(en))")
                        }, x: Double(offset % 2) * half + (offset % 2 == 0 ? 0 : 16), y: y, width: half - 24)
                }
                let height = (used.max() ?? 0) + 14
                canvas.line(half, y + 4, half, y + height - 4, .line)
                y += height
            }
        }
        canvas.height = y + 2
        return canvas.picture(
            .swot, title: canvas.t("SWOT 与策略", "SWOT and strategies"),
            sentence: canvas.t(
                "优势 \(count(items, .strength))、劣势 \(count(items, .weakness))、机会 \(count(items, .opportunity))、威胁 \(count(items, .threat)) 条，得出 \(strategies.count) 条策略。",
                "\(count(items, .strength)) strengths, \(count(items, .weakness)) weaknesses, \(count(items, .opportunity)) opportunities and \(count(items, .threat)) threats, and \(strategies.count) strategies drawn from them."
            ))
    }

    private func count(_ items: [Typed<SWOTItem>], _ quadrant: Quadrant) -> Int { items.filter { $0.quadrant == quadrant }.count }

    private func block(_ canvas: inout Canvas, _ title: String, _ lines: [String], x: Double, y: Double, width: Double) -> Double
    {
        canvas.text(title, x, y + 18, size: 12, .planInk, bold: true)
        var used = 26.0
        for line in lines.prefix(8) {
            canvas.text("·", x, y + used + 12, size: 12, .ink3)
            used += canvas.paragraph(line, x + 12, y + used + 12, width: width - 12, size: 11.5, most: 2, .ink) + 3
        }
        return used
    }
}
