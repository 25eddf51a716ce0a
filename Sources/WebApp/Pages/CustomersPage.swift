import Hummingbird
import Markup
import Measures
import PlanInsight
import PlanModel
import PlanPictures

/// What customers cost, are worth and do: unit economics, retention, what to expect of each, and whether they recommend us.
struct CustomersPage {
    let page: Page
    let facts: PlanFacts
    let chosen: String?
    var problem: Label?

    /// Customers shown.
    private static let most = 20

    func response() -> Response {
        let all = facts.customers
        let customers = all.first { $0.book.id.short == chosen } ?? all.first
        return page.response(
            title: page.t("客户 · \(facts.plan.title)", "Customers · \(facts.plan.title)"), tab: .market,
            status: problem == nil ? .ok : .unprocessableContent
        ) {
            el(.main, .class("page wide"), .id("main")) {
                page.marketHead(
                    .customers,
                    page.t(
                        "赢得一位客户花多少、值多少、还会买多少；依据订单清单与获客投入。",
                        "What winning a customer costs, what one is worth and how much they will still buy, from orders and spend."
                    ))
                if let problem { el(.p, .class("problem"), .role("alert")) { page.t(problem) } }
                if all.count > 1, let customers { choice(all, customers) }
                if let customers {
                    economics(customers)
                    switch customers.orders {
                    case .success(let orders): content(orders)
                    case .failure(let fault): el(.p, .class("empty")) { page.t(fault.reason) }
                    }
                    page.upload(customers.book.record, "orders", facts.plan)
                } else {
                    el(.p, .class("empty")) {
                        page.t("这份计划还没有客户台账。", "This plan has no customer book yet."); " ";
                        el(.a, .class("ref"), .href("/plans/\(facts.plan.key)/books/new")) {
                            page.t("添加客户台账", "Add a customer book")
                        }
                    }
                }
                page.titled(page.picture(.promoterScores, facts))
            }
        }
    }

    private func choice(_ all: [CustomerFacts], _ customers: CustomerFacts) -> Markup {
        el(.form, .class("choices"), .method("get")) {
            el(.label) {
                page.t("台账 ", "Book ")
                el(.select, .name("book")) {
                    for other in all {
                        el(.option, .value(other.book.id.short), other.book.id == customers.book.id ? .selected : nil) {
                            other.book.title ?? other.book.id.short
                        }
                    }
                }
            }
            el(.button, .class("btn"), .type("submit")) { page.t("查看", "Show") }
        }
    }

    @MarkupBuilder private func economics(_ customers: CustomerFacts) -> Markup {
        page.titled(UnitEconomicsDrawing.of(customers, page.language, style: .screen))
        el(.p, .class("muted small")) {
            for remark in customers.remarks { page.t(remark) + page.t("", " ") }
            if customers.words == nil {
                page.t(
                    "还缺：\(customers.missing.map(\.zh).joined(separator: "、"))。",
                    "Missing: \(customers.missing.map(\.en).joined(separator: ", ")). ")
            }
            el(.a, .class("ref"), .href(page.address(customers.book.id))) { page.t("填写台账", "Edit the book") }
        }
    }

    // MARK: Orders

    @MarkupBuilder private func content(_ orders: OrderFacts) -> Markup {
        summary(orders)
        page.titled(CohortDrawing.of(orders, page.language, style: .screen))
        el(.section, .class("fig full")) {
            el(.h2) { page.t("最有价值的客户", "Most valuable customers") }
            table(orders)
            model(orders)
        }
    }

    private func summary(_ orders: OrderFacts) -> Markup {
        let report = orders.report
        func whole(_ value: Double?) -> String { value.map { DisplayText.number($0.rounded()) } ?? "—" }
        return el(.p, .class("facts apart")) {
            el(.span) {
                el(.b) { DisplayText.number(Double(report.orderCount)) }
                page.t(
                    " 笔订单，\(orders.days.lowerBound) 至 \(orders.days.upperBound)",
                    " orders, \(orders.days.lowerBound) to \(orders.days.upperBound)")
            }
            el(.span) {
                el(.b) { DisplayText.number(Double(report.entries.count)) }; page.t(" 位客户", " customers")
            }
            el(.span) {
                page.t("估计仍在 ", "still customers "); el(.b) { whole(report.expectedAlive) }
            }
            el(.span) {
                page.t("复购率 ", "came back "); el(.b) { orders.repurchase.map(DisplayText.percent) ?? "—" }
            }
            el(.span) {
                page.t("此后 \(whole(report.horizon)) 周预计 ", "in the next \(whole(report.horizon)) weeks ")
                el(.b) { whole(report.expectedOrders) }
                page.t(" 个下单日、", " purchases of ")
                el(.b) { whole(report.expectedValue) }
            }
            if report.ordersAfter > 0 {
                el(.span, .class("muted")) {
                    page.t("截止日期之后的 \(report.ordersAfter) 笔未计入", "\(report.ordersAfter) orders after the day do not count")
                }
            }
            if report.returns.count > 0 {
                el(.span, .class("muted")) {
                    page.t(
                        "退货 \(report.returns.count) 笔，合计 \(whole(report.returns.total))，未从金额中扣除",
                        "returns: \(report.returns.count), \(whole(report.returns.total)) in all, not taken off")
                }
            }
            if report.badRowCount > 0 {
                el(.span, .class("muted")) {
                    let first =
                        report.badRows.first.map {
                            page.t("，如第 \($0.line) 行：\($0.reason.zh)", ", such as line \($0.line): \($0.reason.en)")
                        } ?? ""
                    page.t("\(report.badRowCount) 行未计入\(first)", "\(report.badRowCount) rows do not count\(first)")
                }
            }
        }
    }

    private func table(_ orders: OrderFacts) -> Markup {
        let entries = orders.report.entries.sorted {
            let (one, other) = ($0.expectedValue ?? $0.expectedOrders ?? 0, $1.expectedValue ?? $1.expectedOrders ?? 0)
            return one != other ? one > other : $0.history.customer < $1.history.customer
        }
        let heads = [
            page.t("客户", "Customer"), page.t("下单日数", "Purchases"), page.t("累计金额", "Revenue"),
            page.t("仍是客户", "Still a customer"), page.t("预计下单", "Expected purchases"), page.t("预计每次金额", "Expected amount each"),
            page.t("预计金额", "Expected revenue"),
        ]
        func plain(_ value: Double?, _ digits: Double = 1) -> String {
            value.map { DisplayText.number(($0 * digits).rounded() / digits) } ?? "—"
        }
        let rows = entries.prefix(Self.most).map { entry in
            [
                entry.history.customer, "\(entry.history.repeats + 1)", plain(entry.history.revenue),
                entry.aliveProbability.map(DisplayText.percent) ?? "—", plain(entry.expectedOrders, 10),
                plain(entry.expectedAmount),
                plain(entry.expectedValue),
            ].map { Markup($0) }
        }
        return page.cards(heads, rows, numbers: Set(1...6))
    }

    private func model(_ orders: OrderFacts) -> Markup {
        func short(_ value: Double) -> String { DisplayText.number((value * 1000).rounded() / 1000) }
        return el(.p, .class("muted small")) {
            page.t(
                "同一天的订单算一次。复购用 BG/NBD 模型、金额用 gamma-gamma 模型，按全部客户的历史拟合。",
                "Orders of one day count once. Purchases follow the BG/NBD model and amounts the gamma-gamma model, fitted to all histories. "
            )
            if let fit = orders.report.purchases {
                "r = \(short(fit.model.r)), α = \(short(fit.model.alpha)), a = \(short(fit.model.a)), b = \(short(fit.model.b))"
                page.t("。", ". ")
            }
            for note in orders.report.notes { page.t("\(note.wording.zh)。", "\(note.wording.en). ") }
        }
    }
}
