import Hummingbird
import Markup
import Measures
import PlanInsight
import PlanModel
import PlanPictures

/// The ways to look at a market, above each of them.
enum MarketView: String, CaseIterable {
    case customers, selling, marketing

    var label: Label {
        switch self {
        case .customers: Label("客户", "Customers")
        case .selling: Label("销售与漏斗", "Sales and funnel")
        case .marketing: Label("活动回报", "Returns of activities")
        }
    }
}

extension Page {
    func marketHead(_ view: MarketView, _ says: String) -> Markup {
        el(.header, .class("page-head")) {
            el(.div) {
                el(.h1) { t(view.label) }
                el(.p) { says }
            }
            el(.div, .class("right")) {
                el(.nav, .class("seg"), .aria("label", t("市场的看法", "Views of the market"))) {
                    for other in MarketView.allCases {
                        el(
                            .a, .href("/plans/\(plan?.key.text ?? "")/\(other.rawValue)"),
                            other == view ? .aria("current", "page") : nil
                        ) { t(other.label) }
                    }
                }
            }
        }
    }

    /// A picture under its title and what it says.
    func titled(_ picture: PlanPicture?) -> Markup {
        guard let picture else { return Markup() }
        return el(.figure, .class("fig full")) {
            el(.h2) { picture.title }
            el(.p, .class("says")) { picture.sentence }
            el(.div, .class("scroll")) { picture.markup }
        }
    }

    /// A table whose rows become cards on a phone; the first column is the name.
    func cards(_ heads: [String], _ rows: [[Markup]], numbers: Set<Int>) -> Markup {
        el(.div, .class("scroll")) {
            el(.table, .class("tbl cards")) {
                el(.thead) {
                    el(.tr) {
                        for (index, head) in heads.enumerated() {
                            el(.th, numbers.contains(index) ? .class("num") : nil) { head }
                        }
                    }
                }
                el(.tbody) {
                    for row in rows {
                        el(.tr, .class("rec")) {
                            for (index, cell) in row.enumerated() {
                                el(
                                    .td, numbers.contains(index) ? .class("num") : nil, index > 0 ? .data("l", heads[index]) : nil
                                ) { cell }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What a page or a program asks of a reallocation.
struct BudgetShiftRequest {
    let fields: [String: String]

    /// - Throws: `BadRequest` for what cannot be meant.
    func question(_ plan: Plan) throws -> BudgetShiftQuestion {
        var question = BudgetShiftQuestion()
        if let text = fields["total"]?.trimmed, !text.isEmpty {
            guard let total = Money(text, currency: plan.currency), total.units > 0, total.currency == plan.currency else {
                throw refused(Label("总预算「\(text)」不是金额。", "The total “\(text)” is no amount."))
            }
            question.total = total
        }
        question.least = try share("least", 0...1) ?? question.least
        question.most = try share("most", 1...100) ?? question.most
        return question
    }

    /// Per cent of today's budget.
    private func share(_ name: String, _ range: ClosedRange<Double>) throws -> Double? {
        guard let text = fields[name]?.trimmed, !text.isEmpty else { return nil }
        guard let number = text.finiteNumber, range.contains(number / 100) else {
            let (low, high) = (DisplayText.percent(range.lowerBound), DisplayText.percent(range.upperBound))
            throw refused(Label("「\(text)」应在 \(low) 与 \(high) 之间。", "“\(text)” has to lie between \(low) and \(high)."))
        }
        return number / 100
    }

    private func refused(_ message: Label) -> BadRequest {
        BadRequest(message: message, remedy: Label("改正后再试。", "Put it right and try again."))
    }
}

/// Activities ranked by return, how return follows spend, and where budgets would bring more.
struct MarketingPage {
    let page: Page
    let facts: PlanFacts
    let asked: BudgetShiftRequest

    private var plan: Plan { facts.plan }

    func response() throws -> Response {
        let question = Result { try asked.question(plan) }
        let isRefused = if case .failure = question { true } else { false }
        return page.response(
            title: page.t("活动回报 · \(plan.title)", "Returns of activities · \(plan.title)"), tab: .market,
            status: isRefused ? .unprocessableContent : .ok
        ) {
            el(.main, .class("page wide"), .id("main")) {
                page.marketHead(
                    .marketing,
                    page.t(
                        "每项活动花了多少、带来多少；把还没花的钱移到下一元带来最多的地方。",
                        "What each activity cost and brought; and money not yet spent moved to where the next unit brings most."))
                page.titled(page.picture(.campaignMap, facts))
                if facts.marketing.ranked.isEmpty {
                    el(.p, .class("empty")) {
                        page.t("还没有既有花费又有收入的活动。", "No activity has both spend and revenue yet."); " ";
                        el(.a, .class("ref"), .href("/plans/\(plan.key)/campaigns")) {
                            page.t("填写营销活动", "Fill in the activities")
                        }
                    }
                } else {
                    section(page.t("按回报排名", "Ranked by return"), ranking)
                    section(page.t("花费与收入的关系", "How revenue follows spend"), pools)
                }
                shift(question)
            }
        }
    }

    private func section(_ title: String, _ content: Markup) -> Markup {
        el(.section, .class("fig full")) {
            el(.h2) { title }
            content
        }
    }

    private func plain(_ value: Double?, _ digits: Double = 1) -> Markup {
        Markup(value.map { DisplayText.number(($0 * digits).rounded() / digits) } ?? "—")
    }

    private var ranking: Markup {
        let marketing = facts.marketing
        let heads = [
            page.t("活动", "Activity"), page.t("花费", "Spend"), page.t("线索", "Leads"), page.t("成交", "Deals"),
            page.t("收入", "Revenue"),
            page.t("每条线索", "Per lead"), page.t("每单", "Per deal"), page.t("每元带来收入", "Revenue per unit"),
            marketing.hasMargin ? page.t("毛利回报率", "Return on gross profit") : page.t("回报率", "Return"),
        ]
        let rows = marketing.ranked.map { activity -> [Markup] in
            let result = activity.result
            return [
                page.reference(activity.campaign.id, from: plan.key) + Markup(" " + result.name), plain(result.spend),
                plain(Double(result.leads)), plain(Double(result.deals)), plain(result.revenue), plain(result.costPerLead),
                plain(result.costPerDeal), plain(result.revenueOnSpend, 100),
                Markup(activity.returnOnInvestment.map(DisplayText.percent) ?? "—"),
            ]
        }
        return Markup {
            page.cards(heads, rows, numbers: Set(1...8))
            if !marketing.unmeasured.isEmpty {
                el(.p, .class("muted small")) {
                    page.t("有花费而没有效果数据：", "With spend and without results: ")
                    page.joined(marketing.unmeasured.map { page.reference($0.id, from: plan.key) })
                }
            }
        }
    }

    private var pools: Markup {
        let heads = [
            page.t("类型或渠道", "Kind or channel"), page.t("活动数", "Activities"), page.t("收入上限", "Most revenue"),
            page.t("达到一半的花费", "Spend for half of it"),
            page.t("解释程度", "Explained"), page.t("说明", "Remark"),
        ]
        let rows = facts.marketing.pools.map { pool -> [Markup] in
            let notes = pool.fit?.notes.map { Label($0.wording.zh, $0.wording.en) } ?? [pool.reason].compactMap { $0 }
            // A top that was never come near to is no number to show.
            let curve = pool.fit.flatMap { $0.notes.contains(.saturationNotSeen) ? nil : $0.curve }
            return [
                Markup(page.t(pool.name)), Markup("\(pool.points.count)"), plain(curve?.top), plain(curve?.half),
                Markup(pool.fit.map { DisplayText.percent(max($0.determination, 0)) } ?? "—"),
                Markup(notes.map { page.t($0) }.joined(separator: page.t("；", "; "))),
            ]
        }
        return page.cards(heads, rows, numbers: [1, 2, 3, 4])
    }

    // MARK: Moving budgets

    @MarkupBuilder private func shift(_ question: Result<BudgetShiftQuestion, any Error>) -> Markup {
        el(.section, .class("fig full"), .id("shift")) {
            el(.h2) { page.t("预算重新分配", "Budgets moved by return") }
            form
            switch question {
            case .failure(let error):
                el(.p, .class("problem"), .role("alert")) { (error as? BadRequest).map { page.t($0.message) } ?? "" }
            case .success(let question):
                switch Result(catching: { () throws(BudgetShift.Refusal) in try BudgetShift(facts, question) }) {
                case .failure(let refusal): el(.p, .class("empty")) { page.t(refusal.message) }
                case .success(let shift): proposal(shift)
                }
            }
        }
    }

    private var form: Markup {
        el(.form, .class("choices"), .method("get"), .action("#shift")) {
            for (name, label, usual) in [
                ("total", page.t("总预算", "Total budget"), ""), ("least", page.t("每项至少保留 %", "Each keeps at least %"), "50"),
                ("most", page.t("每项至多为原来的 %", "Each gets at most %"), "200"),
            ] {
                el(.label) {
                    label + " "
                    el(
                        .input, .name(name), .value(asked.fields[name] ?? usual), Attribute("inputmode", "decimal"),
                        name == "total" ? .placeholder(page.t("与今天相同", "as today")) : nil)
                }
            }
            el(.button, .class("btn"), .type("submit")) { page.t("计算", "Compute") }
        }
    }

    @MarkupBuilder private func proposal(_ shift: BudgetShift) -> Markup {
        let picture = BudgetShiftDrawing.of(shift, page.language, style: .screen)
        el(.p, .class("says")) { picture.sentence }
        el(.div, .class("scroll")) { picture.markup }
        el(.p, .class("facts apart")) {
            for (label, value) in [
                (page.t("总预算 ", "Total "), DisplayText.amount(shift.proposed)),
                (page.t("预期收入，今天的分配 ", "Expected revenue, today's split "), DisplayText.number(shift.expectedToday.rounded())),
                (page.t("建议的分配 ", "proposed "), DisplayText.number(shift.expected.rounded())),
                (page.t("再加一元带来 ", "one more unit brings "), DisplayText.number((shift.marginal * 100).rounded() / 100)),
            ] {
                el(.span) {
                    label; el(.b) { value }
                }
            }
        }
        if !shift.fixed.isEmpty {
            el(.p, .class("muted small")) {
                page.t("保持不变：", "Left as they are: ")
                page.joined(
                    shift.fixed.map { page.reference($0.campaign.id, from: plan.key) + Markup(" \($0.campaign.title ?? "")") })
                page.t("。", ". "); page.t(shift.fixed[0].reason)
            }
        }
        if shift.rows.contains(where: { $0.proposed != $0.today }) { page.changing { adoption } }
    }

    private var adoption: Markup {
        el(.form, .class("choices"), .method("post"), .action("/plans/\(plan.key)/marketing")) {
            page.base(plan.revision)
            for name in ["total", "least", "most"] { el(.input, .type("hidden"), .name(name), .value(asked.fields[name] ?? "")) }
            el(.label) {
                page.t("来源复盘 ", "Source review ")
                el(.select, .name("review")) {
                    el(.option, .value("")) { page.t("无", "None") }
                    let reviews = plan.all(Review.self)
                    for review in reviews {
                        el(.option, .value(review.id.short), review.id == reviews.last?.id ? .selected : nil) {
                            review.title ?? review.id.short
                        }
                    }
                }
            }
            el(.button, .class("btn main"), .type("submit")) { page.t("采用建议的预算", "Adopt the proposed budgets") }
            el(.span, .class("muted small")) {
                page.t(
                    "作为一次改动写入，并记一条调整；历史中可撤销。",
                    "Written as one change with an adjustment that says why; the history takes it back.")
            }
        }
    }
}
