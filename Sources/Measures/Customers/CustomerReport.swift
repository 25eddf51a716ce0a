/// What each customer is worth: the answer of `pharos customers`.
///
/// ```json
/// {"until": "2026-06-30", "horizon_weeks": 26, "orders": 9000, "orders_after_until": 0, "customer_count": 2357,
///  "purchase_model": {"r": 0.24, "alpha": 4.41, "a": 0.79, "b": 2.43, "log_likelihood": -9582.4},
///  "spend_model": {"p": 6.25, "q": 3.74, "v": 15.44, "log_likelihood": -4659.0},
///  "notes": [{"code": "few_repeat_customers", "zh": "…", "en": "…"}],
///  "expected_orders": 1234.5, "expected_value": 56789.0,
///  "customers": [{"customer": "C1", "orders": 3, "recency_weeks": 30.4, "age_weeks": 38.9, "revenue": 70.1,
///    "p_alive": 0.73, "expected_orders": 0.9, "expected_order_value": 24.7, "expected_value": 22.1}],
///  "returns": {"count": 0, "total": 0.0}, "bad_rows": {"count": 1, "rows": [{"line": 17, "zh": "…", "en": "…"}]}}
/// ```
///
/// `orders` of a customer are days with an order; models are `null` where they can't be fitted, and what follows from them too.
public struct CustomerReport: Sendable {
    public struct Entry: Hashable, Sendable {
        public var history: PurchaseHistory
        public var aliveProbability: Double?
        public var expectedOrders: Double?
        /// Amount of an order to come.
        public var expectedAmount: Double?
        public var expectedValue: Double? { expectedOrders.flatMap { orders in expectedAmount.map { orders * $0 } } }
    }

    public enum Note: String, Hashable, Sendable {
        case noOrders = "no_orders"
        case cannotFit = "cannot_fit"
        case fewRepeatCustomers = "few_repeat_customers"
        case atBoundary = "at_boundary"
        case noSpendModel = "no_spend_model"
        case spendDependsOnFrequency = "spend_depends_on_frequency"
        case severalZones = "several_zones"

        public var wording: Wording {
            switch self {
            case .noOrders: Wording("截止日之前没有订单", "There are no orders until the day")
            case .cannotFit: Wording("没有客户复购，无法估计", "No customer came back, so nothing can be estimated")
            case .fewRepeatCustomers: Wording("复购客户少于 50 个，估计很不可靠", "Fewer than 50 customers came back: the estimates are unsure")
            case .atBoundary: Wording("参数落在边界上，模型与数据不太相符", "A parameter ended at its bound: the model does not suit the data")
            case .noSpendModel: Wording("金额不足以估计客单价", "The amounts don't suffice to estimate what an order is worth")
            case .spendDependsOnFrequency:
                Wording("客单价与购买次数相关，金额模型的前提不成立", "Amounts depend on how often customers buy, against the model's premise")
            case .severalZones:
                Wording("时间带有不同的时差，各按所写的日期计", "Times are written with different offsets; each counts on the day that is written")
            }
        }
    }

    /// A hundred years; the horizon is held within it.
    static let longestHorizon = 5_200.0

    public var until: Int
    public var horizon: Double
    public var orderCount: Int
    public var ordersAfter: Int
    public var purchases: ModelFit<PurchaseModel>?
    public var spend: ModelFit<SpendModel>?
    public var notes: [Note]
    public var entries: [Entry]
    public var returns: OrderTable.Returns
    public var badRowCount: Int
    public var badRows: [OrderTable.BadRow]

    /// Orders to expect from all customers; `nil` without a model.
    public var expectedOrders: Double? { purchases.map { _ in entries.compactMap(\.expectedOrders).compensatedSum } }
    public var expectedValue: Double? {
        purchases == nil || spend == nil ? nil : entries.compactMap(\.expectedValue).compensatedSum
    }
    /// How many of the customers are expected not to have left; `nil` without a model.
    public var expectedAlive: Double? { purchases.map { _ in entries.compactMap(\.aliveProbability).compensatedSum } }

    /// - Parameters:
    ///   - until: the last day of observation, since 1970-01-01; the last order's day where `nil`.
    ///   - horizon: weeks to look ahead.
    public init(_ table: OrderTable, until: Int? = nil, horizon: Double) {
        let weeks = horizon.isFinite ? min(max(0, horizon), Self.longestHorizon) : 0
        let end = until ?? table.orders.map(\.day).max() ?? 0
        let histories = PurchaseHistory.of(table.orders, until: end)
        self.until = end
        self.horizon = weeks
        orderCount = table.orders.count
        ordersAfter = table.orders.reduce(0) { $0 + ($1.day > end ? 1 : 0) }
        (badRowCount, badRows, returns) = (table.badRowCount, table.badRows, table.returns)
        let fit = PurchaseModel.fitted(to: histories)
        let spending = SpendModel.fitted(to: histories)
        (purchases, spend) = (fit, spending)
        entries = histories.map { history in
            Entry(
                history: history, aliveProbability: fit?.model.aliveProbability(history),
                expectedOrders: fit?.model.expectedPurchases(history, weeks: weeks),
                expectedAmount: spending?.model.expectedAmount(purchases: history.repeats, mean: history.meanAmount))
        }
        notes = Self.notes(histories, fit, spending) + (table.hasSeveralZones ? [.severalZones] : [])
    }

    private static func notes(
        _ histories: [PurchaseHistory], _ fit: ModelFit<PurchaseModel>?, _ spend: ModelFit<SpendModel>?
    ) -> [Note] {
        guard !histories.isEmpty else { return [.noOrders] }
        guard let fit else { return [.cannotFit] }
        var notes: [Note] = []
        if histories.filter({ $0.repeats > 0 }).count < 50 { notes.append(.fewRepeatCustomers) }
        if !fit.isInside || spend?.isInside == false { notes.append(.atBoundary) }
        if spend == nil { notes.append(.noSpendModel) }
        let valued = histories.filter { $0.meanAmount > 0 }
        if abs(correlation(valued.map { Double($0.repeats) }, valued.map(\.meanAmount))) > 0.3 {
            notes.append(.spendDependsOnFrequency)
        }
        return notes
    }

    private static func correlation(_ first: [Double], _ second: [Double]) -> Double {
        let (a, b) = (Moments(first), Moments(second))
        guard a.squares > 0, b.squares > 0 else { return 0 }
        return zip(first, second).map { ($0 - a.mean) * ($1 - b.mean) }.compensatedSum / (a.squares * b.squares).squareRoot()
    }

    public var json: String {
        let fit = purchases.map {
            object([
                ("r", $0.model.r), ("alpha", $0.model.alpha), ("a", $0.model.a), ("b", $0.model.b),
                ("log_likelihood", $0.logLikelihood),
            ])
        }
        let spending = spend.map {
            object([("p", $0.model.p), ("q", $0.model.q), ("v", $0.model.v), ("log_likelihood", $0.logLikelihood)])
        }
        let said = notes.map { "{\"code\":\"\($0.rawValue)\",\(wording($0.wording))}" }.joined(separator: ",")
        let rows = badRows.map { "{\"line\":\($0.line),\(wording($0.reason))}" }.joined(separator: ",")
        return "{\"until\":\"\(dateText(until))\",\"horizon_weeks\":\(number(horizon)),\"orders\":\(orderCount),"
            + "\"orders_after_until\":\(ordersAfter),\"customer_count\":\(entries.count),"
            + "\"purchase_model\":\(fit ?? "null"),\"spend_model\":\(spending ?? "null"),\"notes\":[\(said)],"
            + "\"expected_orders\":\(number(expectedOrders)),\"expected_value\":\(number(expectedValue)),"
            + "\"returns\":{\"count\":\(returns.count),\"total\":\(number(returns.total))},\"customers\":["
            + entries.map { "\n" + entry($0) }.joined(separator: ",")
            + "],\n\"bad_rows\":{\"count\":\(badRowCount),\"rows\":[\(rows)]}}\n"
    }

    private func entry(_ entry: Entry) -> String {
        let history = entry.history
        return "{\"customer\":\(quoted(history.customer)),\"orders\":\(history.repeats + 1),"
            + "\"recency_weeks\":\(number(history.recency)),\"age_weeks\":\(number(history.age)),"
            + "\"revenue\":\(number(history.revenue)),\"p_alive\":\(number(entry.aliveProbability)),"
            + "\"expected_orders\":\(number(entry.expectedOrders)),\"expected_order_value\":\(number(entry.expectedAmount)),"
            + "\"expected_value\":\(number(entry.expectedValue))}"
    }

    private func object(_ members: [(String, Double)]) -> String {
        "{" + members.map { "\"\($0.0)\":\(number($0.1))" }.joined(separator: ",") + "}"
    }

    private func number(_ value: Double?) -> String { value.map { $0.isFinite ? "\($0)" : "null" } ?? "null" }

    private func wording(_ wording: Wording) -> String { "\"zh\":\(quoted(wording.zh)),\"en\":\(quoted(wording.en))" }

    private func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            if scalar == "\"" || scalar == "\\" {
                result += "\\"
                result.unicodeScalars.append(scalar)
            } else if scalar.value < 0x20 {
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
