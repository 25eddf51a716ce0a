import Markup
import PlanInsight
import PlanModel
import WorkingTime

/// Planned, approved, committed and actual by category.
struct BudgetDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    func draw() -> PlanPicture? {
        let rows = facts.budget.categories.filter { $0.row.planned.units > 0 || $0.row.actual.units > 0 }
        guard !rows.isEmpty else { return nil }
        let most = rows.map { max($0.row.planned.approximate, $0.row.actual.approximate, $0.row.forecast.approximate) }.max() ?? 1
        let (left, right, rowHeight) = (110.0, 560.0, 38.0)
        var canvas = Canvas(style, language, width: 720, height: Double(rows.count) * rowHeight + 46)
        for (index, entry) in rows.enumerated() {
            let y = Double(index) * rowHeight + 8
            func x(_ money: Money) -> Double { left + (right - left) * money.approximate / most }
            canvas.text(entry.category.label[language], left - 10, y + 16, size: 12, .ink, anchor: .end, within: left - 14)
            canvas.rect(left, y + 4, x(entry.row.planned) - left, 16, fill: .planSoft)
            canvas.rect(
                left, y + 8, x(entry.row.actual) - left, 8, fill: entry.row.actual.units > entry.row.planned.units ? .bad : .plan)
            if entry.row.approved.units > 0 { canvas.rect(x(entry.row.approved) - 1, y + 1, 2, 22, fill: .ink) }
            if entry.row.forecast.units > 0, entry.row.forecast != entry.row.planned {
                canvas.diamond(x(entry.row.forecast), y + 12, 4, fill: .paper, stroke: .ink2)
            }
            canvas.text(
                "\(DisplayText.amount(entry.row.actual)) / \(DisplayText.amount(entry.row.planned))", 720, y + 16, size: 11,
                .ink2, anchor: .end)
            canvas.line(0, y + 30, 720, y + 30, .line)
        }
        let y = canvas.height - 12
        var end = left
        func entry(_ canvas: inout Canvas, _ label: String, mark: Double, _ shape: (inout Canvas, Double) -> Void) {
            shape(&canvas, end)
            canvas.text(label, end + mark + 6, y, size: 10.5)
            end += mark + 6 + TextWidth.of(label, size: 10.5) + 20
        }
        entry(&canvas, canvas.t("计划", "Planned"), mark: 20) { $0.rect($1, y - 8, 20, 9, fill: .planSoft) }
        entry(&canvas, canvas.t("实际", "Actual"), mark: 20) { $0.rect($1, y - 6, 20, 5, fill: .plan) }
        entry(&canvas, canvas.t("批准", "Approved"), mark: 2) { $0.rect($1, y - 10, 2, 13, fill: .ink) }
        entry(&canvas, canvas.t("预测", "Forecast"), mark: 8) { $0.diamond($1 + 4, y - 4, 4, fill: .paper, stroke: .ink2) }
        let currency = facts.plan.currency.name(in: language)
        canvas.text(
            canvas.t("右列：实际 / 计划（\(currency)）", "Right: actual / planned, \(currency)"), 720, y, size: 10.5, anchor: .end)
        let total = facts.budget.total
        func sum(_ money: Money) -> String { DisplayText.sum(money, language) }
        let committed =
            total.committed.units > 0 ? canvas.t("，已承诺未付 \(sum(total.committed))", ", committed \(sum(total.committed))") : ""
        let leftOut = facts.budget.leftOut.count
        let besides =
            leftOut == 0
            ? ""
            : canvas.t(
                "另有 \(leftOut) 条用其他币种，未计入。",
                " Not counted: \(leftOut) \(leftOut == 1 ? "entry" : "entries") in other currencies.")
        return canvas.picture(
            .budgetBars, title: canvas.t("预算执行", "Budget"),
            sentence: canvas.t(
                "计划 \(sum(total.planned))，已花 \(sum(total.actual))\(committed)，预测 \(sum(total.forecast))。\(facts.payback?.words.zh ?? "")",
                "Planned \(sum(total.planned)), spent \(sum(total.actual))\(committed), forecast \(sum(total.forecast)).\(facts.payback.map { " \($0.words.en)" } ?? "")"
            ) + besides)
    }
}

/// A year of marketing activities, a lane for each kind.
struct MarketingCalendarDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    func draw() -> PlanPicture? {
        let campaigns = facts.plan.all(Campaign.self).filter { $0.start != nil && $0.state != .dropped }
        guard let first = campaigns.compactMap(\.start).min() else { return nil }
        let year = facts.plan.fields.start?.year ?? first.year
        guard let start = Day(year: year, month: 1, day: 1), let end = Day(year: year + 1, month: 1, day: 1) else { return nil }
        let width = style == .print ? 1020.0 : 1240.0
        let axis = TimeAxis(start: start, end: end, from: 84, to: width)
        let lanes = CampaignKind.allCases.compactMap { kind -> (String, [[Typed<Campaign>]])? in
            let own = campaigns.filter { ($0.kind ?? .event) == kind }
            return own.isEmpty ? nil : (kind.label[language], stacked(own, axis))
        }
        let showsToday = facts.today >= start && facts.today < end
        var canvas = Canvas(
            style, language, width: width, height: lanes.reduce(24) { $0 + Double($1.1.count) * 24 + 10 } + 26)
        let foot = canvas.height - 20
        for (month, name) in axis.monthNames(language) {
            canvas.line(axis(month), 20, axis(month), foot, .line)
            if let name { canvas.text(name, axis(month) + 4, 14) }
        }
        var y = 24.0
        var placed: [(campaign: Typed<Campaign>, y: Double)] = []
        for (label, rows) in lanes {
            canvas.line(0, y, width, y, .line2)
            canvas.text(label, 0, y + 19, size: 11.5, .ink2, bold: true, within: 80)
            for row in rows {
                placed += row.map { ($0, y + 5) }
                y += 24
            }
            y += 10
        }
        for entry in placed { bar(&canvas, entry.campaign, axis, entry.y) }
        var right = 84.0
        for (fill, label) in [(Colour.plan, canvas.t("已结束", "Finished")), (.planSoft, canvas.t("进行中或待办", "Running or to come"))] {
            canvas.rect(right, foot + 7, 20, 9, fill: fill)
            canvas.text(label, right + 26, foot + 16, size: 10.5)
            right += 26 + TextWidth.of(label, size: 10.5) + 22
        }
        if showsToday {
            let x = axis(facts.today)
            todayLine(&canvas, x, to: foot, around: placed.filter { covers($0.campaign, axis, x) }.map(\.y))
            canvas.line(right, foot + 12, right + 24, foot + 12, .signal, width: 1.5)
            canvas.text(
                (facts.plan.fields.statusDate != nil ? canvas.t("数据截至", "As of") : canvas.t("今天", "Today"))
                    + " \(DisplayText.long(facts.today, language))", right + 30, foot + 16, size: 10.5)
        }
        for entry in placed { name(&canvas, entry.campaign, axis, entry.y) }
        let next = campaigns.filter { ($0.start ?? start) > facts.today }.min { ($0.start ?? end) < ($1.start ?? end) }
        return canvas.picture(
            .marketingCalendar, title: canvas.t("营销日历", "Marketing calendar"),
            sentence: canvas.t(
                "\(year)年 \(campaigns.count) 项活动\(next.map { "，下一项是\($0.title ?? "")" } ?? "")。",
                "\(campaigns.count) \(campaigns.count == 1 ? "activity" : "activities") in \(year)\(next.map { "; next: \($0.title ?? "")" } ?? "")."
            ))
    }

    /// Rows in which no two activities, label included, lie over each other.
    private func stacked(_ campaigns: [Typed<Campaign>], _ axis: TimeAxis) -> [[Typed<Campaign>]] {
        var rows: [(end: Double, campaigns: [Typed<Campaign>])] = []
        for campaign in campaigns.sorted(by: { ($0.start ?? axis.start) < ($1.start ?? axis.start) }) {
            let (left, right) = extent(campaign, axis)
            if let index = rows.firstIndex(where: { $0.end < left }) {
                rows[index].campaigns.append(campaign)
                rows[index].end = right + 6
            } else {
                rows.append((right + 6, [campaign]))
            }
        }
        return rows.map(\.campaigns)
    }

    private func extent(_ campaign: Typed<Campaign>, _ axis: TimeAxis) -> (Double, Double) {
        let start = max(campaign.start ?? axis.start, axis.start)
        let bar = axis(max(campaign.finish ?? start, start) + 1)
        let label = min(TextWidth.of(campaign.title ?? "", size: 10.5), 150)
        return labelIsLeft(campaign, axis) ? (axis(start) - label - 6, bar) : (axis(start), max(bar, axis(start) + 8) + label + 6)
    }

    private func labelIsLeft(_ campaign: Typed<Campaign>, _ axis: TimeAxis) -> Bool {
        let start = campaign.start ?? axis.start
        return axis(max(campaign.finish ?? start, start) + 1) + 9 + TextWidth.of(campaign.title ?? "", size: 10.5) > axis.to
    }

    private func ends(_ campaign: Typed<Campaign>, _ axis: TimeAxis) -> (left: Double, right: Double) {
        let start = max(campaign.start ?? axis.start, axis.start)
        return (axis(start), min(axis(max(campaign.finish ?? start, start) + 1), axis.to))
    }

    /// Whether the words of an activity stand where the line of today is.
    private func covers(_ campaign: Typed<Campaign>, _ axis: TimeAxis, _ x: Double) -> Bool {
        let (whole, bar) = (extent(campaign, axis), ends(campaign, axis))
        let words = labelIsLeft(campaign, axis) ? whole.0..<bar.left : max(bar.right, bar.left + 4)..<max(whole.1, bar.right + 4)
        return (words.lowerBound - 3..<words.upperBound + 3).contains(x)
    }

    /// From the months to the foot, with a gap where words stand.
    private func todayLine(_ canvas: inout Canvas, _ x: Double, to foot: Double, around rows: [Double]) {
        var top = 20.0
        for row in rows.sorted() {
            if row - 1 > top { canvas.line(x, top, x, row - 1, .signal, width: 1.5) }
            top = max(top, row + 17)
        }
        if foot > top { canvas.line(x, top, x, foot, .signal, width: 1.5) }
    }

    private func bar(_ canvas: inout Canvas, _ campaign: Typed<Campaign>, _ axis: TimeAxis, _ y: Double) {
        let (left, right) = ends(campaign, axis)
        let finish = campaign.finish ?? max(campaign.start ?? axis.start, axis.start)
        canvas.rect(
            left, y + 2, max(right - left, 4), 12, fill: campaign.state == .done || finish < facts.today ? .plan : .planSoft)
    }

    private func name(_ canvas: inout Canvas, _ campaign: Typed<Campaign>, _ axis: TimeAxis, _ y: Double) {
        let (left, right) = ends(campaign, axis)
        let isLeft = labelIsLeft(campaign, axis)
        canvas.text(
            campaign.title ?? "", isLeft ? left - 5 : max(right, left + 4) + 5, y + 12, size: 10.5, .ink,
            anchor: isLeft ? .end : .start, within: 150, halo: true)
    }
}

/// Attainment by region and month: number in the cell, shade by size, a diamond below 70 %.
struct SalesHeatDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    func draw() -> PlanPicture? {
        let sums = SalesSums(facts.plan, today: facts.today)
        guard !sums.byRegion.isEmpty else { return nil }
        // A plan over several years shows the one we are in.
        let years = Set(sums.byMonth.keys.map(\.year))
        let year = years.contains(facts.today.year) ? facts.today.year : years.max() ?? facts.today.year
        // A page is narrower than a screen.
        let (labels, cell, rowHeight) = (76.0, style == .print ? 44.0 : 66.0, 34.0)
        var canvas = Canvas(
            style, language, width: labels + cell * 12 + 110, height: Double(sums.byRegion.count) * rowHeight + 48)
        for month in 1...12 {
            canvas.text(
                canvas.t("\(month)月", String(DisplayText.months[month - 1].prefix(3))), labels + cell * (Double(month) - 0.5), 14,
                anchor: .middle)
        }
        canvas.text(canvas.t("累计达成", "Attained"), canvas.width, 14, anchor: .end)
        for (row, region) in sums.byRegion.enumerated() {
            let y = 22 + Double(row) * rowHeight
            canvas.text(region.name, 0, y + 21, size: 12.5, .ink, within: labels - 6)
            for month in 1...12 {
                self.cell(
                    &canvas, sums.byRegionMonth[region.name]?[YearMonth(year: year, month: month)],
                    x: labels + cell * Double(month - 1), y: y, width: cell,
                    height: rowHeight)
            }
            canvas.text(
                region.sum.attainment.map(DisplayText.percent) ?? "", canvas.width, y + 21, size: 12.5, .ink, anchor: .end,
                bold: true)
        }
        if year == facts.today.year {
            canvas.rect(
                labels + cell * Double(facts.today.month - 1), 20, cell - 2, Double(sums.byRegion.count) * rowHeight,
                stroke: .signal, line: 1.5)
        }
        canvas.text(
            canvas.t("\(year)年各月达成率，%；◆ 低于 70%", "Attainment by month of \(year), %; ◆ below 70%")
                + (year == facts.today.year ? canvas.t("；方框为当月", "; framed: this month") : ""), labels, canvas.height - 8,
            size: 10.5)
        let worst = sums.byRegion.min { ($0.sum.attainment ?? 9) < ($1.sum.attainment ?? 9) }
        return canvas.picture(
            .salesHeat, title: canvas.t("区域与月份的达成率", "Attainment by region and month"),
            sentence: sums.toDate.attainment.map(DisplayText.percent).map {
                canvas.t(
                    "至今达成 \($0)，各区域中最低的是\(worst?.name ?? "")。",
                    "Attainment to date is \($0); the lowest region is \(worst?.name ?? "").")
            } ?? canvas.t("至今没有可以比较的目标。", "There is no target to compare with so far."))
    }

    private func cell(_ canvas: inout Canvas, _ sum: SalesSums.Sum?, x: Double, y: Double, width: Double, height: Double) {
        guard let sum, sum.actual > 0, let share = sum.attainment else {
            canvas.rect(x, y, width - 2, height - 2, stroke: .line)
            return
        }
        let shade = (share - 0.6) / 0.6
        canvas.rect(x, y, width - 2, height - 2, fill: .heat(shade))
        canvas.text(
            "\(Int(nearest: share * 100))", x + width / 2 - 1, y + 21, size: 12, shade >= 0.85 ? .paper : .ink, anchor: .middle
        )
        if share < 0.7 { canvas.diamond(x + width - 9, y + 8, 3.5, fill: .bad) }
    }
}

/// Competitors by price and product.
struct CompetitorMapDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    func draw() -> PlanPicture? {
        let competitors = facts.plan.all(Competitor.self).filter { $0.priceLevel != nil && $0.qualityLevel != nil }
        guard competitors.count > 1 else { return nil }
        var canvas = Canvas(style, language, width: 640, height: 420)
        let (x, y) = (Axis([0, 10], from: 40, to: 620), Axis([0, 10], from: 380, to: 10))
        canvas.rect(40, 10, 580, 370, stroke: .line2)
        canvas.line(330, 10, 330, 380, .line)
        canvas.line(40, 195, 620, 195, .line)
        for level in stride(from: 0.0, through: 10, by: 5) {
            canvas.text(
                DisplayText.number(level), 34, y(level) + (level == 10 ? 9 : level == 0 ? 0 : 4), size: 10.5, anchor: .end)
            canvas.text(
                DisplayText.number(level), x(level), 393, size: 10.5, anchor: level == 0 ? .start : level == 10 ? .end : .middle)
        }
        let bySize = competitors.sorted { ($0.share ?? 0) > ($1.share ?? 0) }
        var room = LabelRoom(left: 42, right: 618, top: 12, bottom: 378)
        for competitor in bySize {
            let circle = circle(competitor, x, y)
            canvas.circle(
                circle.x, circle.y, circle.radius, fill: competitor.isUs == true ? .plan : .planSoft,
                stroke: competitor.isUs == true ? .ink : .planMid)
            room.take(circle)
        }
        for competitor in bySize {
            let name = competitor.name ?? ""
            let at = room.place(name, size: 11.5, beside: circle(competitor, x, y), isNeeded: true) ?? (0, 0)
            canvas.text(name, at.x, at.y, size: 11.5, .ink, bold: competitor.isUs == true, halo: true)
        }
        canvas.text(canvas.t("价格 →", "Price →"), 620, 410, anchor: .end)
        canvas.text(
            canvas.t("产品水平 ↑　圆越大份额越高", "Quality ↑　larger: more market share")
                + (competitors.contains { $0.isUs == true } ? canvas.t("，深色为本企业", ", dark: us") : ""), 40, 410)
        return canvas.picture(
            .competitorMap, title: canvas.t("竞争定位图", "Positioning map"),
            sentence: sentence(competitors))
    }
}

extension CompetitorMapDrawing {
    /// How many of the others ask less, and how many offer a better product; without ourselves only how many there are.
    fileprivate func sentence(_ all: [Typed<Competitor>]) -> String {
        let others = all.filter { $0.isUs != true }
        guard let us = all.first(where: { $0.isUs == true }), let price = us.priceLevel, let quality = us.qualityLevel else {
            return language == .chinese ? "\(all.count) 家企业按价格与产品水平的位置。" : "\(all.count) companies by price and quality."
        }
        let cheaper = others.filter { ($0.priceLevel ?? 0) < price }.count
        let better = others.filter { ($0.qualityLevel ?? 0) > quality }
        let both = better.filter { ($0.priceLevel ?? 0) <= price }.compactMap(\.name)
        if language == .chinese {
            return "与 \(others.count) 家同行相比，价格低于我们的有 \(cheaper) 家，产品水平高于我们的有 \(better.count) 家"
                + (both.isEmpty ? "，没有一家又好又不贵。" : "，其中价格不高于我们的是\(both.joined(separator: "、"))。")
        }
        return
            "Of \(others.count) others, \(cheaper) \(cheaper == 1 ? "asks" : "ask") a lower price than we do and \(better.count) \(better.count == 1 ? "has" : "have") a better product"
            + (both.isEmpty ? "; nobody has both." : "; \(both.joined(separator: ", ")) at no higher price.")
    }

    fileprivate func circle(_ competitor: Typed<Competitor>, _ x: Axis, _ y: Axis) -> LabelRoom.Circle {
        LabelRoom.Circle(
            x: x(competitor.priceLevel ?? 0), y: y(competitor.qualityLevel ?? 0),
            radius: 6 + (competitor.share ?? 0.05).squareRoot() * 44)
    }
}

/// What each campaign cost and brought in.
struct CampaignReturnsDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    func draw() -> PlanPicture? {
        let campaigns = facts.plan.all(Campaign.self).compactMap { campaign -> (String, Double, Double)? in
            guard let spent = campaign.spent?.approximate, spent > 0, let revenue = campaign.revenue?.approximate else {
                return nil
            }
            return (campaign.title ?? "", spent, revenue)
        }.sorted { $0.2 / $0.1 > $1.2 / $1.1 }
        guard campaigns.count > 1 else { return nil }
        // Of many, both ends: who earns and who does not.
        let left = max(0, campaigns.count - 20)
        let shown = left == 0 ? campaigns : Array(campaigns.prefix(10) + campaigns.suffix(10))
        let most = shown.map { $0.2 / $0.1 }.max() ?? 1
        var canvas = Canvas(style, language, width: 700, height: Double(shown.count) * 26 + 24)
        let isLosing = shown.contains { $0.2 < $0.1 }
        canvas.text(
            canvas.t("收入 ÷ 花费（每花一\(facts.plan.currency.name(in: .chinese))带来的收入）", "Revenue ÷ spend")
                + (isLosing ? canvas.t("；浅色为收入少于花费", "; light: brought in less than it cost") : ""), 236, 12)
        for (index, campaign) in shown.enumerated() {
            let y = 18 + Double(index) * 26
            let ratio = campaign.2 / campaign.1
            canvas.text(campaign.0, 226, y + 16, size: 11.5, .ink, anchor: .end, within: 222)
            canvas.rect(
                236, y + 5, 340 * ratio / max(most, 1e-9), 14, fill: ratio >= 1 ? .plan : .planSoft,
                stroke: ratio >= 1 ? .none : .bad)
            canvas.text(
                DisplayText.number((ratio * 10).rounded() / 10), 242 + 340 * ratio / max(most, 1e-9), y + 16, size: 11, .ink)
        }
        return canvas.picture(
            .campaignReturns, title: canvas.t("活动回报排名", "Returns of activities"),
            sentence: canvas.t(
                "回报最高的是\(campaigns.first?.0 ?? "")，最低的是\(campaigns.last?.0 ?? "")。\(left == 0 ? "" : "图中为 \(campaigns.count) 项中回报最高与最低的各 10 项。")",
                "Highest return: \(campaigns.first?.0 ?? ""); lowest: \(campaigns.last?.0 ?? "").\(left == 0 ? "" : " The picture shows the 10 highest and the 10 lowest of \(campaigns.count).")"
            ))
    }
}
