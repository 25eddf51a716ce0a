import Measures
import PlanModel
import WorkingTime

/// What a customer book says: its orders, and what a customer costs and is worth with every input.
public struct CustomerFacts: Sendable {
    public let book: Typed<CustomerBook>
    public let orders: Result<OrderFacts, UnreadableFile>
    public let economics: UnitEconomics
    /// Where inputs come from that nobody typed.
    public let remarks: [Label]
    public let currency: Currency
    /// The days that spend and new customers belong to.
    public let period: ClosedRange<Day>

    /// Below this a customer is hardly worth what winning them costs.
    public static let soundRatio = 3.0
    /// Months.
    public static let longestPayBack = 12.0

    init(_ book: Typed<CustomerBook>, _ orders: Result<OrderFacts, UnreadableFile>, _ facts: PlanFacts) {
        self.book = book
        self.orders = orders
        currency = facts.plan.currency
        let found = try? orders.get()
        let end = book.until ?? found?.days.upperBound ?? facts.today
        let start = book.start ?? facts.plan.fields.start ?? end - 364
        let spent = min(start, end)...end
        period = spent
        let counted = book.newCustomers == nil ? found.map { Double($0.newCustomers(spent)) } : nil
        let revenue = book.monthlyRevenue == nil ? found?.monthlyRevenue : nil
        var remarks: [Label] = []
        if counted != nil {
            remarks.append(
                Label(
                    "新客户数由订单清单数得：\(spent.lowerBound) 至 \(spent.upperBound) 首次下单的客户。",
                    "New customers are counted from the order list: first orders from \(spent.lowerBound) to \(spent.upperBound)."
                ))
        }
        if revenue != nil {
            remarks.append(
                Label(
                    "每位客户月均收入取自订单清单最近十二个月中下过单的客户。",
                    "Monthly revenue per customer is that of those who ordered in the last twelve months of the list."))
        }
        self.remarks = remarks
        economics = UnitEconomics(
            salesSpend: book.salesSpend?.approximate, marketingSpend: book.marketingSpend?.approximate,
            newCustomers: book.newCustomers ?? counted, monthlyRevenue: book.monthlyRevenue?.approximate ?? revenue,
            grossMargin: book.grossMargin, monthlyChurn: book.monthlyChurn)
    }

    /// Too little worth for its cost, or too long until it is earned back.
    public var isUnsound: Bool {
        (economics.ratio.value.map { $0 < Self.soundRatio } ?? false)
            || (economics.payBack.value.map { $0 > Self.longestPayBack } ?? false)
    }

    /// Worth, cost and pay-back in a sentence; nil where something is missing for it.
    public var words: Label? {
        guard let ratio = economics.ratio.value, let worth = economics.lifetimeValue.value,
            let cost = economics.acquisitionCost.value
        else { return nil }
        func plain(_ value: Double) -> Label {
            let amount = DisplayText.number(value.rounded())
            return Label("\(amount) \(currency.name(in: .chinese))", "\(amount) \(currency.name(in: .english))")
        }
        let times = DisplayText.number((ratio * 10).rounded() / 10)
        let back = economics.payBack.value.map { DisplayText.number(($0 * 10).rounded() / 10) }
        return Label(
            "赢得一位客户要花 \(plain(cost).zh)，一位客户值 \(plain(worth).zh)，是成本的 \(times) 倍\(back.map { "，\($0) 个月收回" } ?? "")。",
            "Winning a customer costs \(plain(cost).en) and a customer is worth \(plain(worth).en), \(times) times as much\(back.map { ", with a payback of \($0) \($0 == "1" ? "month" : "months")" } ?? "")."
        )
    }

    /// What is missing for worth and cost.
    public var missing: [Label] {
        var found: [Label] = []
        func look(_ calculation: Calculation) {
            if calculation.inputs.isEmpty && calculation.value == nil {
                let name = Label(calculation.name.zh, calculation.name.en)
                if !found.contains(name) { found.append(name) }
            }
            calculation.inputs.forEach(look)
        }
        look(economics.ratio)
        return found
    }
}

extension PlanFacts {
    /// In the plan's order; kept with these facts, and orders beyond them by what is in the file.
    public var customers: [CustomerFacts] {
        later.customers { plan.all(CustomerBook.self).map { CustomerFacts($0, orders($0), self) } }
    }

    private func orders(_ book: Typed<CustomerBook>) -> Result<OrderFacts, UnreadableFile> {
        guard let name = book.orders, !name.isEmpty else {
            return .failure(
                UnreadableFile(
                    reason: Label(
                        "还没有订单清单；在这里上传，或在台账中写明文件名。", "There is no order list yet; upload one here, or name a file in the book.")))
        }
        guard let stamp = workspace.files.stamps[name] else {
            return .failure(
                UnreadableFile(
                    reason: Label(
                        "没有订单清单「\(name)」。上传它，或放在计划文件旁边。",
                        "There is no order list “\(name)”. Upload it, or put it beside the plan file.")))
        }
        let weeks = book.horizon ?? 26
        return OrderMemory.shared.facts(OrderMemory.Key(file: name, stamp: stamp, until: book.until, weeks: weeks)) {
            do throws(UnreadableFile) {
                let table = try OrderFacts.read(workspace.files.bytes(name) ?? [])
                guard let facts = OrderFacts(table, until: book.until, weeks: weeks) else {
                    throw UnreadableFile(reason: Label("截止日期之前没有订单。", "There are no orders until that day."))
                }
                return .success(facts)
            } catch {
                return .failure(
                    UnreadableFile(
                        reason: Label(
                            "订单清单「\(name)」读不懂：\(error.reason.zh)", "The order list “\(name)” cannot be read: \(error.reason.en)"))
                )
            }
        }
    }
}
