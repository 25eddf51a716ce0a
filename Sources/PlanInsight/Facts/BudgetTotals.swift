import PlanModel
import WorkingTime

/// Sums of a plan's budget, in the plan's currency. Lines with lines below them are sums themselves and do not count again.
public struct BudgetTotals: Sendable, Hashable {
    public struct Row: Sendable, Hashable {
        public var planned: Money
        public var approved: Money
        public var committed: Money
        public var actual: Money
        /// What it is expected to come to: the forecast given, else what is planned; what is spent and committed where that is more.
        public var forecast: Money

        /// What is gone already, or promised to others.
        public var bound: Money { actual.adding(committed) ?? actual }

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
    /// Each line with what was spent and committed counted from what is booked against it; what was typed in counts where nothing is.
    /// A line with lines below it is their sum as soon as anything is booked against one of them.
    public let lines: [RecordID: Row]
    /// Lines and entries with amounts in another currency than the plan's, which are in none of the sums.
    public let leftOut: Set<RecordID>
    /// Lines whose actual and committed amounts follow from what is booked, by the fields that do.
    let booked: [RecordID: Set<String>]

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
        var booked: [RecordID: Set<String>] = [:]
        for line in spent.keys { booked[line, default: []].insert("actual") }
        for line in committed.keys { booked[line, default: []].insert("committed") }
        // In document order a line stands before those within it.
        for line in budget.reversed() where parents.contains(line.id.number) {
            let parts = plan.children(of: line.id, .of(BudgetLine.self))
            let fields = parts.reduce(into: Set<String>()) { $0.formUnion(booked[$1.id] ?? []) }
            guard !fields.isEmpty, var row = lines[line.id] else { continue }
            let sum = parts.reduce(into: Row.zero(currency)) { sum, part in lines[part.id].map { sum.add($0) } }
            if fields.contains("actual") { row.actual = sum.actual }
            if fields.contains("committed") { row.committed = sum.committed }
            if row.forecast.units < row.bound.units { row.forecast = row.bound }
            (lines[line.id], booked[line.id]) = (row, fields)
        }
        leftOut = Set(
            (budget.map(\.record) + plan.all(Spending.self).map(\.record)).filter { !$0.amounts(besides: currency).isEmpty }.map(
                \.id))
        self.total = total
        self.lines = lines
        self.booked = booked
        self.reserve = reserve
        reserveDrawn = drawn
        categories = BudgetCategory.allCases.compactMap { category in byCategory[category].map { (category, $0) } }
    }

    /// What a budget line holds in a field, where it follows from what is booked that.
    public func value(_ field: FieldInfo, of line: Record) -> Value? {
        guard let row = lines[line.id] else { return line[field] }
        let booked = booked[line.id] ?? []
        switch field.key {
        case "actual" where booked.contains(field.key): return .money(row.actual)
        case "committed" where booked.contains(field.key): return .money(row.committed)
        // In another currency than the plan's it does not count.
        case "forecast":
            guard case .money(let entered)? = line[field], entered.currency == row.forecast.currency else { return line[field] }
            return .money(row.forecast)
        default: return line[field]
        }
    }

    private static func row(_ line: Typed<BudgetLine>, spent: Money?, committed: Money?, _ currency: Currency) -> Row {
        func own(_ money: Money?) -> Money? { money?.currency == currency ? money : nil }
        let zero = Money.zero(currency)
        let planned = own(line.planned) ?? zero
        var row = Row(
            planned: planned, approved: own(line.approved) ?? zero, committed: committed ?? own(line.committed) ?? zero,
            actual: spent ?? own(line.actual) ?? zero, forecast: own(line.forecast) ?? planned)
        if row.forecast.units < row.bound.units { row.forecast = row.bound }
        return row
    }

    public static func == (a: BudgetTotals, b: BudgetTotals) -> Bool {
        a.total == b.total && a.lines == b.lines && a.leftOut == b.leftOut
    }
    public func hash(into hasher: inout Hasher) { hasher.combine(total) }
}

extension Record {
    /// The fields with an amount in another currency.
    public func amounts(besides currency: Currency) -> [(field: FieldInfo, amount: Money)] {
        kind.fields.compactMap { field in
            guard case .money(let amount)? = values[field.index], amount.currency != currency else { return nil }
            return (field, amount)
        }
    }
}
