import Measures
import PlanInsight
import PlanModel

/// Activities by what they cost and what each unit of it brought; the larger the more deals.
struct CampaignMapDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    private static let frame = (left: 8.0, right: 640.0, top: 16.0, bottom: 360.0)

    func draw() -> PlanPicture? {
        let marketing = facts.marketing
        guard let words = marketing.words else { return nil }
        let activities = marketing.ranked.sorted { $0.result.deals > $1.result.deals }
        var canvas = Canvas(style, language, width: 700, height: 404)
        let frame = Self.frame
        let x = Axis(activities.map(\.result.spend), from: frame.left + 14, to: frame.right - 14, startsAtZero: true, most: 4)
        let y = Axis(
            activities.compactMap(\.result.revenueOnSpend) + [breakEven(marketing)], from: frame.bottom, to: frame.top,
            startsAtZero: true, most: 4)
        for mark in y.marks {
            canvas.line(frame.left, y(mark), frame.right, y(mark), .line)
            canvas.text(DisplayText.number(mark), 698, y(mark) + 4, anchor: .end)
        }
        for mark in x.marks { canvas.text(DisplayText.number(mark), x(mark), frame.bottom + 16, size: 10.5, anchor: .middle) }
        let even = y(breakEven(marketing))
        canvas.line(frame.left, even, frame.right, even, .ink3, dash: "4 3")
        canvas.text(
            marketing.hasMargin ? canvas.t("按毛利收支相抵", "Breaks even on gross profit") : canvas.t("收支相抵", "Breaks even"),
            frame.right - 2, even - 5, size: 10.5, anchor: .end)
        for activity in activities {
            let isLosing = (activity.returnOnInvestment ?? 0) < 0
            canvas.circle(
                x(activity.result.spend), y(activity.result.revenueOnSpend ?? 0), radius(activity),
                fill: isLosing ? .paper : .planSoft,
                stroke: isLosing ? .bad : .plan, line: 1.25)
        }
        labels(marketing, activities, x, y, &canvas)
        let currency = facts.plan.currency.name(in: language)
        let isAnyLosing = activities.contains { ($0.returnOnInvestment ?? 0) < 0 }
        canvas.text(
            canvas.t(
                "横：花费（\(currency)）　纵：收入 ÷ 花费　圆越大成交越多\(isAnyLosing ? "，空心为收不回花费" : "")",
                "Across: spend, \(currency)　Up: revenue ÷ spend　Larger: more deals\(isAnyLosing ? "; hollow: earned less than it cost" : "")"
            ), 8, 398, size: 10.5)
        return canvas.picture(
            .campaignMap, title: canvas.t("活动的花费与回报", "Spend and return of activities"), sentence: words[language])
    }

    private func breakEven(_ marketing: MarketingFacts) -> Double { marketing.grossMargin > 0 ? 1 / marketing.grossMargin : 1 }

    private func radius(_ activity: MarketingFacts.Activity) -> Double { 4 + Double(activity.result.deals).squareRoot() * 4 }

    /// The best, the worst and the dearest by name, where names do not lie over each other.
    private func labels(
        _ marketing: MarketingFacts, _ activities: [MarketingFacts.Activity], _ x: Axis, _ y: Axis, _ canvas: inout Canvas
    ) {
        let dearest = activities.sorted { $0.result.spend > $1.result.spend }.prefix(3)
        var room = LabelRoom(left: Self.frame.left, right: Self.frame.right, top: Self.frame.top, bottom: Self.frame.bottom)
        func circle(_ activity: MarketingFacts.Activity) -> LabelRoom.Circle {
            LabelRoom.Circle(
                x: x(activity.result.spend), y: y(activity.result.revenueOnSpend ?? 0), radius: radius(activity))
        }
        for activity in activities { room.take(circle(activity)) }
        var named: Set<RecordID> = []
        for activity in Array(marketing.ranked.prefix(4)) + Array(dearest) + Array(marketing.ranked.suffix(3))
        where named.insert(activity.campaign.id).inserted {
            if let place = room.place(activity.result.name, size: 10.5, beside: circle(activity)) {
                canvas.text(activity.result.name, place.x, place.y, size: 10.5, .ink, halo: true)
            }
        }
    }
}

/// Budgets of activities still to come: today's and those that bring most.
public struct BudgetShiftDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    func draw() -> PlanPicture? {
        (try? BudgetShift(facts)).map { Self.of($0, language, style: style) }
    }

    public static func of(_ shift: BudgetShift, _ language: Language, style: PictureStyle) -> PlanPicture {
        let rows = shift.rows.sorted { $0.proposed.units - $0.today.units > $1.proposed.units - $1.today.units }.prefix(24)
        var canvas = Canvas(style, language, width: 760, height: Double(rows.count) * 34 + 40)
        let most = rows.map { max($0.today.approximate, $0.proposed.approximate) }.max() ?? 1
        let (left, right) = (190.0, 560.0)
        func width(_ money: Money) -> Double { (right - left) * money.approximate / max(most, 1) }
        for (index, row) in rows.enumerated() {
            let y = Double(index) * 34 + 2
            canvas.text(row.campaign.title ?? "", left - 10, y + 18, size: 12, .ink, anchor: .end, within: left - 12)
            canvas.rect(left, y + 4, width(row.today), 7, fill: .ink4)
            canvas.rect(left, y + 13, width(row.proposed), 11, fill: row.isBeyondExperience ? .planMid : .plan)
            let change = row.proposed.units - row.today.units
            let sign = change > 0 ? "+" : change < 0 ? "−" : ""
            canvas.text(DisplayText.amount(row.proposed), 640, y + 20, size: 12, .ink, anchor: .end, bold: true)
            canvas.text(
                change == 0
                    ? canvas.t("不变", "as is")
                    : sign + DisplayText.amount(Money(units: Int64(change.magnitude), currency: row.today.currency)), 758, y + 20,
                size: 12, change < 0 ? .bad : change > 0 ? .good : .ink3, anchor: .end)
        }
        let y = canvas.height - 12
        canvas.rect(left, y - 8, 20, 7, fill: .ink4)
        canvas.text(canvas.t("今天", "Today"), left + 26, y, size: 10.5)
        canvas.rect(left + 74, y - 9, 20, 9, fill: .plan)
        canvas.text(canvas.t("建议", "Proposed"), left + 100, y, size: 10.5)
        if let currency = rows.first?.today.currency.name(in: language) {
            canvas.text(canvas.t("金额单位：\(currency)", "Amounts in \(currency)"), 758, y, size: 10.5, anchor: .end)
        }
        if rows.contains(where: \.isBeyondExperience) {
            canvas.rect(left + 170, y - 9, 20, 9, fill: .planMid)
            canvas.text(canvas.t("超出同类花费的经验", "Beyond what was ever spent on its like"), left + 196, y, size: 10.5)
        }
        return canvas.picture(
            .budgetShift, title: canvas.t("预算重新分配", "Budgets moved by return"), sentence: shift.words[language])
    }
}
