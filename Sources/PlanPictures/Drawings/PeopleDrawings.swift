import Markup
import Measures
import PlanInsight
import PlanModel
import WorkingTime

/// Who is responsible, accountable, consulted or informed: letters in a grid of duties and people.
struct RACIDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    func draw() -> PlanPicture? {
        let rows = facts.plan.all(Responsibility.self).prefix(40)
        guard !rows.isEmpty else { return nil }
        var people: [RecordID] = []
        for row in rows {
            for id in (row.accountable ?? []) + (row.responsible ?? []) + (row.consulted ?? []) + (row.informed ?? [])
            where !people.contains(id) { people.append(id) }
        }
        let (labels, room, least) = style == .print ? (150.0, 550.0, 40.0) : (220, 760, 44)
        let cell = max(least, min(72, room / Double(max(people.count, 1))))
        let names = people.map { facts.workspace.record($0)?.title ?? $0.short }
        let lines = names.map { TextWidth.lines($0, width: cell - 6, size: 11, most: 3).count }.max() ?? 1
        let head = 6 + 16 * Double(max(lines, 2))
        var canvas = Canvas(
            style, language, width: labels + cell * Double(people.count), height: Double(rows.count) * 26 + head + 18)
        for (index, name) in names.enumerated() {
            canvas.paragraph(
                name, labels + cell * (Double(index) + 0.5), 14, width: cell - 6, size: 11, most: 3, .ink2, anchor: .middle)
        }
        canvas.line(0, head, canvas.width, head, .line2)
        for (index, row) in rows.enumerated() {
            let y = head + Double(index) * 26
            canvas.text(row.duty ?? "", 0, y + 17, size: 11.5, .ink, within: labels - 12)
            for (column, person) in people.enumerated() {
                let letters = [("A", row.accountable), ("R", row.responsible), ("C", row.consulted), ("I", row.informed)].filter {
                    ($0.1 ?? []).contains(person)
                }.map(\.0)
                guard let letter = letters.first else { continue }
                let x = labels + cell * (Double(column) + 0.5)
                if letter == "A" {
                    canvas.rect(x - 13, y + 4, 26, 18, fill: .plan, radius: 1)
                } else if letter == "R" {
                    canvas.rect(x - 13, y + 4, 26, 18, fill: .planSoft, radius: 1)
                }
                canvas.text(
                    letters.joined(), x, y + 17, size: 11, letter == "A" ? .paper : .ink, anchor: .middle,
                    bold: letter == "A" || letter == "R")
            }
            canvas.line(0, y + 26, canvas.width, y + 26, .line)
        }
        canvas.text(
            canvas.t("A 负责　R 执行　C 咨询　I 知会", "A accountable · R responsible · C consulted · I informed"), 0, canvas.height - 4,
            size: 10.5)
        let unclear = rows.filter { ($0.accountable ?? []).count != 1 }
        return canvas.picture(
            .raci, title: canvas.t("职责分配（RACI）", "Responsibilities (RACI)"),
            sentence: canvas.t(
                "\(rows.count) 项职责，"
                    + (unclear.isEmpty
                        ? "每项恰好一位负责人。"
                        : "其中 \(unclear.count) 项的负责人不是恰好一位：\(unclear.prefix(3).map { $0.duty ?? "" }.joined(separator: "、"))\(unclear.count > 3 ? "等" : "")。"),
                unclear.isEmpty
                    ? "\(rows.count) \(rows.count == 1 ? "duty" : "duties"), each with exactly one person accountable."
                    : "\(unclear.count) of \(rows.count) \(rows.count == 1 ? "duty" : "duties") \(unclear.count == 1 ? "does" : "do") not have exactly one accountable person."
            ))
    }
}

/// Abilities on spokes: present in full, wanted as an outline.
struct AbilityRadarDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    func draw() -> PlanPicture? {
        let all = facts.plan.all(Ability.self).filter { $0.present != nil && $0.wanted != nil }
        // More spokes than this cannot be told apart: those with the widest gaps.
        let least = all.map(gap).sorted(by: >).prefix(12).last ?? 0
        let abilities = all.filter { gap($0) >= least }.prefix(12)
        guard abilities.count >= 3 else { return nil }
        let wheel = Wheel(labels: abilities.map { $0.title ?? "" }, maximum: 5)
        var canvas = Canvas(style, language, width: 560, height: 400)
        wheel.draw(
            &canvas, inner: abilities.map { $0.present ?? 0 }, outer: abilities.map { $0.wanted ?? 0 },
            earlier: earlier(abilities))
        let most = abilities.map(gap).max() ?? 0
        let widest = abilities.filter { gap($0) == most }.map { $0.title ?? "" }
        let part =
            all.count > abilities.count
            ? canvas.t(
                "图中为 \(all.count) 项能力中差距较大的 \(abilities.count) 项。",
                " The picture shows the \(abilities.count) of \(all.count) abilities with the widest gaps.") : ""
        return canvas.picture(
            .abilityRadar, title: canvas.t("能力雷达", "Abilities"),
            sentence: most <= 0
                ? canvas.t("各项能力都已达到目标水平。", "All abilities are at their target level.") + part
                : canvas.t(
                    "差距最大的是\(widest.joined(separator: "、"))\(widest.count > 1 ? "，各" : "，")差 \(DisplayText.number(most)) 级。",
                    "The widest \(widest.count > 1 ? "gaps are" : "gap is") in \(widest.joined(separator: ", ")): \(DisplayText.number(most)) \(most == 1 ? "level" : "levels")."
                )
                    + part)
    }

    /// Where all abilities stood when they were first assessed, with that day; `nil` where one was never assessed before.
    private func earlier(_ abilities: ArraySlice<Typed<Ability>>) -> (values: [Double], since: String)? {
        let first = abilities.compactMap { ability in
            ability.history.flatMap { $0.count > 1 ? $0.points.first : nil }.map { ($0.day, $0.value) }
        }
        guard first.count == abilities.count, let day = first.map(\.0).min() else { return nil }
        let values = first.map(\.1)
        return values == abilities.map { $0.present ?? 0 } ? nil : (values, Series.text(of: day))
    }

    private func gap(_ ability: Typed<Ability>) -> Double { (ability.wanted ?? 0) - (ability.present ?? 0) }
}

/// Areas of life on spokes.
struct BalanceWheelDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    func draw() -> PlanPicture? {
        let areas = facts.plan.all(LifeArea.self).filter { $0.present != nil }.prefix(12)
        guard areas.count >= 3 else { return nil }
        var canvas = Canvas(style, language, width: 560, height: 400)
        Wheel(labels: areas.map { $0.title ?? "" }, maximum: 10).draw(
            &canvas, inner: areas.map { $0.present ?? 0 }, outer: areas.map { $0.wanted ?? $0.present ?? 0 })
        let wheel = BalanceWheel(
            areas.map {
                BalanceWheel.Area(key: $0.title ?? "", score: $0.present.map { Double($0) }, wanted: $0.wanted.map { Double($0) })
            })
        let mean = DisplayText.number(((wheel.mean ?? 0) * 10).rounded() / 10)
        let first = wheel.attention.first?.key ?? ""
        return canvas.picture(
            .balanceWheel, title: canvas.t("生活平衡轮", "Balance wheel"),
            sentence: canvas.t("平均 \(mean) 分，最需要关注的是\(first)。", "The mean is \(mean); \(first) needs the most attention."))
    }
}

/// Spokes with two outlines, shared by radar and wheel.
struct Wheel {
    let labels: [String]
    let maximum: Double

    /// - Parameter earlier: where they stood at first, and since when that is, as a thin line.
    func draw(_ canvas: inout Canvas, inner: [Double], outer: [Double], earlier: (values: [Double], since: String)? = nil) {
        let (x, y, radius) = (280.0, 196.0, 140.0)
        for ring in 1...5 {
            canvas.path(outline(labels.map { _ in maximum * Double(ring) / 5 }, x, y, radius), stroke: ring == 5 ? .line2 : .line)
        }
        for index in labels.indices {
            let end = point(index, maximum, x, y, radius)
            canvas.line(x, y, end.0, end.1, .line)
            let label = point(index, maximum * 1.1, x, y, radius)
            let anchor: Canvas.Anchor = abs(label.0 - x) < 12 ? .middle : label.0 > x ? .start : .end
            canvas.paragraph(
                "\(labels[index]) \(DisplayText.number(inner[index]))→\(DisplayText.number(outer[index]))", label.0, label.1 + 4,
                width: 128, size: 11, most: 2, .ink2, anchor: anchor)
        }
        canvas.path(outline(inner, x, y, radius), fill: .planSoft, stroke: .plan, width: 1.75, opacity: 0.75)
        if let earlier { canvas.path(outline(earlier.values, x, y, radius), stroke: .ink3, width: 0.75) }
        canvas.path(outline(outer, x, y, radius), stroke: .ink, width: 1.5, dash: "4 3")
        let before = earlier.map { canvas.t("，细线为初次评估（\($0.since) 起）", ", thin: first assessment (from \($0.since))") } ?? ""
        canvas.text(
            canvas.t("实线为现状，虚线为目标", "Solid: current, dashed: target") + before, x, 392, size: 10.5, anchor: .middle)
    }

    private func outline(_ values: [Double], _ x: Double, _ y: Double, _ radius: Double) -> String {
        Canvas.data(values.enumerated().map { point($0, $1, x, y, radius) }, closed: true)
    }

    private func point(_ index: Int, _ value: Double, _ x: Double, _ y: Double, _ radius: Double) -> (Double, Double) {
        let (sine, cosine) = Turn.sineCosine(Double(index) / Double(labels.count))
        let distance = radius * value / maximum
        return (x + sine * distance, y - cosine * distance)
    }
}

/// The load of people and roles by week against what they can give.
struct LoadDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    func draw() -> PlanPicture? {
        let people = facts.load.names.filter { facts.load.byPerson[$0.id] != nil }.prefix(16)
        let loads = facts.load.byPerson.values
        guard !people.isEmpty, let first = loads.map(\.first).min(), let last = loads.map(\.last).max() else { return nil }
        let start = first - (first.weekday - 1)
        let weeks = min((last - start) / 7 + 1, 80)
        let (labels, rowHeight) = (120.0, 46.0)
        let width = style == .print ? 710.0 : 1240.0
        let cell = (width - labels) / Double(weeks)
        var canvas = Canvas(style, language, width: width, height: Double(people.count) * rowHeight + 40)
        for (row, person) in people.enumerated() {
            let base = 20 + Double(row + 1) * rowHeight
            let capacity = facts.load.capacities[person.id] ?? 1
            canvas.text(person.name, 0, base - 14, size: 12, .ink, within: labels - 10)
            canvas.text(
                canvas.t("可用 \(DisplayText.number(capacity)) 人", "\(DisplayText.number(capacity)) FTE available"), 0, base - 1,
                size: 10)
            canvas.line(labels, base - 26, width, base - 26, .ink3, dash: "3 3")
            for week in 0..<weeks {
                self.week(
                    &canvas, person.id, capacity, start + week * 7, x: labels + Double(week) * cell, base: base, width: cell)
            }
            canvas.line(0, base, width, base, .line2)
        }
        months(&canvas, start: start, weeks: weeks, labels: labels, cell: cell)
        let names = facts.load.overloads.prefix(4).compactMap { facts.plan.record($0.person)?.title }
        return canvas.picture(
            .loadHistogram, title: canvas.t("人员负荷", "Load"),
            sentence: names.isEmpty
                ? canvas.t("没有人超载。", "Nobody is over-allocated.")
                : canvas.t(
                    "\(names.joined(separator: "、"))在部分时间超载。", "\(names.joined(separator: ", ")) are over-allocated at times."))
    }

    private func week(
        _ canvas: inout Canvas, _ person: RecordID, _ capacity: Double, _ monday: Day, x: Double, base: Double, width: Double
    ) {
        let load = facts.load.byPerson[person]
        let working = (0..<7).map { monday + $0 }.filter { facts.schedule.calendar.isWorkingDay($0) }
        guard !working.isEmpty, capacity > 0 else { return }
        let share = working.reduce(0) { $0 + (load?[$1] ?? 0) } / Double(working.count) / capacity
        guard share > 0 else { return }
        canvas.rect(x + 0.5, base - 26 * min(share, 1), width - 1, 26 * min(share, 1), fill: .planMid)
        // A week that is full only on the whole may have days that are more than full.
        let peak = working.reduce(0) { max($0, load?[$1] ?? 0) } / capacity
        if peak > 1.001 {
            let height = min(max(26 * (peak - 1), 4), 14)
            canvas.rect(x + 0.5, base - 26 - height, width - 1, height, fill: .bad)
            hatch(&canvas, x: x + 0.5, foot: base - 26, width: width - 1, height: height)
        }
    }

    /// Strokes that rise by as much as they go to the right, cut off at the edges.
    private func hatch(_ canvas: inout Canvas, x: Double, foot: Double, width: Double, height: Double) {
        for start in stride(from: 3 - height, to: width, by: 4) {
            let (from, to) = (max(start, 0), min(start + height, width))
            guard to - from > 1 else { continue }
            canvas.line(x + from, foot - (from - start), x + to, foot - (to - start), .paper, width: 1)
        }
    }

    private func months(_ canvas: inout Canvas, start: Day, weeks: Int, labels: Double, cell: Double) {
        let axis = TimeAxis(start: start, end: start + weeks * 7, from: labels, to: labels + Double(weeks) * cell)
        for (month, name) in axis.monthNames(language, size: 10.5) {
            if let name { canvas.text(name, axis(month) + 2, 12, size: 10.5) }
        }
        canvas.text(
            canvas.t("虚线为可用，斜线为周内有超载的日子", "Dashed: available; hatched: a week with overloaded days"), 0, canvas.height - 6,
            size: 10.5)
    }
}
