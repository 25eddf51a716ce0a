import PlanModel
import WorkingTime

/// Sums of a plan's budget, in the plan's currency. Lines with lines below them are sums themselves and do not count again.
public struct BudgetTotals: Sendable, Hashable {
    public struct Row: Sendable, Hashable {
        public var planned: Money
        public var approved: Money
        public var committed: Money
        public var actual: Money
        /// What it is expected to come to: the forecast given, else what is spent or planned, whichever is more.
        public var forecast: Money

        static func zero(_ currency: Currency) -> Row {
            let zero = Money.zero(currency)
            return Row(planned: zero, approved: zero, committed: zero, actual: zero, forecast: zero)
        }

        mutating func add(_ other: Row) {
            planned = planned.adding(other.planned) ?? planned
            approved = approved.adding(other.approved) ?? approved
            committed = committed.adding(other.committed) ?? committed
            actual = actual.adding(other.actual) ?? actual
            forecast = forecast.adding(other.forecast) ?? forecast
        }
    }

    public let total: Row
    public let categories: [(category: BudgetCategory, row: Row)]
    /// The reserve set aside, and what has been drawn from it.
    public let reserve: Money
    public let reserveDrawn: Money
    /// Each line with payments counted from the spending recorded against it.
    public let lines: [RecordID: Row]

    public init(_ plan: Plan) {
        let currency = plan.currency
        let budget = plan.all(BudgetLine.self)
        let parents = Set(budget.compactMap { line in line.record.parent })
        var spent: [RecordID: Money] = [:]
        var committed: [RecordID: Money] = [:]
        for spending in plan.all(Spending.self) {
            guard let line = spending.line, let amount = spending.amount, amount.currency == currency else { continue }
            if spending.kind == .commitment {
                committed[line] = (committed[line] ?? .zero(currency)).adding(amount)
            } else {
                spent[line] = (spent[line] ?? .zero(currency)).adding(amount)
            }
        }
        var lines: [RecordID: Row] = [:]
        var total = Row.zero(currency)
        var byCategory: [BudgetCategory: Row] = [:]
        var reserve = Money.zero(currency)
        var drawn = Money.zero(currency)
        for line in budget {
            let row = BudgetTotals.row(line, spent: spent[line.id], committed: committed[line.id], currency)
            lines[line.id] = row
            if parents.contains(line.id.number) { continue }
            total.add(row)
            byCategory[line.category ?? .other, default: .zero(currency)].add(row)
            if line.isReserve == true || line.category == .reserve {
                reserve = reserve.adding(row.planned) ?? reserve
                drawn = drawn.adding(row.actual) ?? drawn
            }
        }
        self.total = total
        self.lines = lines
        self.reserve = reserve
        reserveDrawn = drawn
        categories = BudgetCategory.allCases.compactMap { category in byCategory[category].map { (category, $0) } }
    }

    private static func row(_ line: Typed<BudgetLine>, spent: Money?, committed: Money?, _ currency: Currency) -> Row {
        func own(_ money: Money?) -> Money? { money?.currency == currency ? money : nil }
        let zero = Money.zero(currency)
        let planned = own(line.planned) ?? zero
        let actual = spent ?? own(line.actual) ?? zero
        let expected = actual.units > planned.units ? actual : planned
        return Row(
            planned: planned, approved: own(line.approved) ?? zero, committed: committed ?? own(line.committed) ?? zero,
            actual: actual, forecast: own(line.forecast) ?? expected)
    }

    public static func == (a: BudgetTotals, b: BudgetTotals) -> Bool { a.total == b.total && a.lines == b.lines }
    public func hash(into hasher: inout Hasher) { hasher.combine(total) }
}
