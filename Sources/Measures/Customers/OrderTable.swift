/// One order of one customer.
public struct Order: Hashable, Sendable {
    public var customer: String
    /// Days since 1970-01-01.
    public var day: Int
    /// `nil` where the table has no amount.
    public var amount: Double?

    public init(customer: String, day: Int, amount: Double?) {
        self.customer = customer
        self.day = day
        self.amount = amount
    }
}

/// Orders read from rows `customer,date,amount`, with what was wrong with which line.
public struct OrderTable: Sendable {
    public struct BadRow: Hashable, Sendable {
        /// 1 is the first line of the file.
        public var line: Int
        public var reason: Wording
    }

    /// Rows with an amount below zero: they are no purchases and count among the bad rows.
    public struct Returns: Hashable, Sendable {
        public var count = 0
        /// Below zero.
        public var total = 0.0
    }

    public var orders: [Order]
    public var badRowCount: Int
    /// The first hundred of them.
    public var badRows: [BadRow]
    public var returns = Returns()
    /// Whether days are written in different zones; each counts as it is written.
    public var hasSeveralZones = false

    public init(orders: [Order], badRowCount: Int = 0, badRows: [BadRow] = []) {
        self.orders = orders
        self.badRowCount = badRowCount
        self.badRows = badRows
    }
}

public enum OrderTableError: Error, Hashable, Sendable {
    case empty
    /// The header has no column of the name asked for.
    case missingColumn(String)
    /// None of its columns has a usual name of this meaning.
    case missing(Meaning)
    /// Two columns have the name.
    case doubleColumn(String)
    /// The first row is no text that could be cut into columns.
    case unreadable(Wording)
    case tooMany(Int)
    /// There are so many rows that cannot be used that this is no such list.
    case mostlyUnreadable(UnusableRows)

    public enum Meaning: Sendable {
        case customer, date

        var name: Wording { self == .customer ? Wording("客户", "customer") : Wording("日期", "date") }
    }

    public var wording: Wording {
        switch self {
        case .empty:
            Wording("文件是空的；第一行应为 客户,日期,金额。", "The file is empty; its first line should be customer,date,amount.")
        case .missingColumn(let name): Self.lacking(Wording(name, name))
        case .missing(let meaning): Self.lacking(meaning.name)
        case .doubleColumn(let name): TableRow.doubled(name).ended
        case .mostlyUnreadable(let rows): rows.wording.ended
        case .unreadable(let reason): Wording("第一行读不懂：\(reason.zh)。", "The first line cannot be read: \(reason.en).")
        case .tooMany(let most): Wording("订单超过 \(most) 行；请分段分析。", "There are more than \(most) orders; look at a part of them.")
        }
    }

    private static func lacking(_ name: Wording) -> Wording {
        Wording(
            "表头缺少列「\(name.zh)」；应有客户、日期和金额三列，如 客户,日期,金额。",
            "The header lacks the column “\(name.en)”; it should name a customer, a date and an amount, as customer,date,amount does."
        )
    }
}

/// The names of an order list's columns, where they are not the usual ones.
public struct OrderColumns: Hashable, Sendable {
    public var customer: String?
    public var date: String?
    public var amount: String?

    public init(customer: String? = nil, date: String? = nil, amount: String? = nil) {
        self.customer = customer
        self.date = date
        self.amount = amount
    }
}

/// Reads orders piece by piece, in memory proportional to the orders; a customer's name is kept once.
///
/// Rows are cut as ``TableRowReader`` says. Columns `customer` (客户), `date` (日期) and, if there is one, `amount` (金额), in any order and
/// case, or those named. Rows that cannot be read, days outside 1970…2100, negative amounts and amounts that are no number are counted
/// with their line and left out.
public struct OrderTableReader {
    private var rows = TableRowReader()
    private var columns: (customer: Int, date: Int, amount: Int?)?
    private var names: [String: String] = [:]
    private var table = OrderTable(orders: [])
    private var line = 1
    private var hasDecimalCommas = false
    private var firstZone: Int?
    private let wanted: OrderColumns
    private let most: Int
    private let mostUnusable: Int
    private static let days = dayNumber(year: 1970, month: 1, day: 1)...dayNumber(year: 2100, month: 12, day: 31)

    /// - Parameters:
    ///   - most: orders; more are refused.
    ///   - mostUnusable: rows that cannot be used; more are refused, unless there are a tenth as many orders.
    public init(columns: OrderColumns = OrderColumns(), most: Int = 20_000_000, mostUnusable: Int = UnusableRows.most) {
        wanted = columns
        self.most = most
        self.mostUnusable = mostUnusable
    }

    /// Takes the next piece of the file, cut anywhere.
    public mutating func read(_ bytes: some Sequence<UInt8>) throws(OrderTableError) {
        var rows = TableRowReader()
        swap(&rows, &self.rows)
        defer { self.rows = rows }
        try rows.read(bytes) { row throws(OrderTableError) in try take(row) }
    }

    public mutating func finish() throws(OrderTableError) -> OrderTable {
        var rows = rows
        try rows.finish { row throws(OrderTableError) in try take(row) }
        guard columns != nil else { throw .empty }
        return table
    }

    private mutating func take(_ row: TableRow) throws(OrderTableError) {
        line = row.line
        if let columns {
            if let flaw = row.flaw { return try reject(flaw) }
            try readRow(row.fields, columns)
        } else {
            if let flaw = row.flaw { throw .unreadable(flaw) }
            columns = try header(row.fields)
            hasDecimalCommas = row.hasDecimalCommas
        }
    }

    private func header(_ fields: [String]) throws(OrderTableError) -> (customer: Int, date: Int, amount: Int?) {
        let names = fields.map { $0.lowercased() }
        func column(_ asked: String?, _ usual: [String]) throws(OrderTableError) -> Int? {
            let found =
                asked.map { names.firstIndex(of: $0.lowercased()) } ?? usual.lazy.compactMap { names.firstIndex(of: $0) }.first
            guard let found else { if let asked { throw .missingColumn(asked) } else { return nil } }
            guard names.lastIndex(of: names[found]) == found else { throw .doubleColumn(fields[found]) }
            return found
        }
        guard let customer = try column(wanted.customer, ["customer", "customer_id", "客户", "客户编号", "客户名称"]) else {
            throw .missing(.customer)
        }
        guard let date = try column(wanted.date, ["date", "order_date", "日期", "订单日期", "下单日期"]) else {
            throw .missing(.date)
        }
        return (customer, date, try column(wanted.amount, ["amount", "value", "revenue", "金额", "订单金额"]))
    }

    private mutating func readRow(_ fields: [String], _ columns: (customer: Int, date: Int, amount: Int?)) throws(OrderTableError)
    {
        guard fields.count > max(columns.customer, columns.date, columns.amount ?? 0) else {
            return try reject(Wording("列数不足：有 \(fields.count) 列", "Too few columns: \(fields.count)"))
        }
        let customer = fields[columns.customer]
        guard !customer.isEmpty else { return try reject(Wording("缺少客户", "The customer is missing")) }
        guard let day = parseDay(fields[columns.date]) else {
            return try reject(
                Wording(
                    "「\(fields[columns.date].prefix(40))」不是日期，应写成 2026-03-05",
                    "“\(fields[columns.date].prefix(40))” is not a date; write it as 2026-03-05"))
        }
        guard Self.days.contains(day) else {
            return try reject(Wording("日期 \(dateText(day)) 不在 1970–2100 年之间", "The date \(dateText(day)) is outside 1970–2100"))
        }
        if let zone = zone(fields[columns.date]) {
            table.hasSeveralZones = table.hasSeveralZones || (firstZone ?? zone) != zone
            firstZone = firstZone ?? zone
        }
        var amount: Double?
        if let column = columns.amount {
            guard let number = self.amount(fields[column]), number.isFinite, abs(number) < 1e15 else {
                return try reject(
                    Wording("「\(fields[column].prefix(40))」不是金额", "“\(fields[column].prefix(40))” is not an amount"))
            }
            guard number >= 0 else {
                table.returns.count += 1
                table.returns.total += number
                return try reject(
                    Wording("金额为负数，按退货不计：\(fields[column])", "The amount is negative, a return, and left out: \(fields[column])"))
            }
            amount = number
        }
        guard table.orders.count < most else { throw .tooMany(most) }
        table.orders.append(Order(customer: name(customer), day: day, amount: amount))
    }

    /// The same customer is the same text in memory.
    private mutating func name(_ text: String) -> String {
        if let known = names[text] { return known }
        names[text] = text
        return text
    }

    /// `1,200.50`, `¥8`; between semicolons also `12,5`.
    private func amount(_ text: String) -> Double? {
        if let number = Double(text) { return number }
        var plain = text.filter { !"¥￥$€ ".contains($0) }
        if hasDecimalCommas, !plain.contains("."), let comma = plain.lastIndex(of: ","),
            plain.distance(from: comma, to: plain.endIndex) != 4
        {
            plain.replaceSubrange(comma...comma, with: ".")
        }
        return Double(plain.filter { $0 != "," })
    }

    /// The zone written behind a time of day, `Z`, `+08:00` or `+0800`, in hours and minutes as one number east.
    private func zone(_ text: String) -> Int? {
        guard text.utf8.count > 10, let time = text.firstIndex(of: ":"),
            let place = text[time...].firstIndex(where: { "Zz+-".contains($0) })
        else { return nil }
        return text[place].lowercased() == "z" ? 0 : Int(text[place...].filter { $0 != ":" })
    }

    private mutating func reject(_ reason: @autoclosure () -> Wording) throws(OrderTableError) {
        table.badRowCount += 1
        if table.badRows.count < 100 { table.badRows.append(OrderTable.BadRow(line: line, reason: reason())) }
        let first = table.badRows.first.map { ($0.line, $0.reason) }
        if let rows = UnusableRows(table.badRowCount, beside: table.orders.count, first: first, most: mostUnusable) {
            throw .mostlyUnreadable(rows)
        }
    }
}

/// `2026-03-05`, `2026/3/5`, `2026年3月5日`, `20260305`, each with or without a time of day, as days since 1970-01-01.
func parseDay(_ text: String) -> Int? {
    if let day = plainDay(Array(text.utf8)) { return day }
    if text.utf8.count == 8, let number = Int(text) { return packedMoment(number, hasDay: true) }
    guard text.first?.isWholeNumber == true, let moment = parseMoment(text), moment.form == .day else { return nil }
    return moment.place
}

/// `2026-03-05` with days up to the 28th, which need no look at the month: the common case without a string in between.
private func plainDay(_ bytes: [UInt8]) -> Int? {
    guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
    func number(_ range: Range<Int>) -> Int? {
        var value = 0
        for index in range {
            guard bytes[index] >= 0x30, bytes[index] <= 0x39 else { return nil }
            value = value * 10 + Int(bytes[index] - 0x30)
        }
        return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), year > 0, (1...12).contains(month),
        (1...28).contains(day)
    else { return nil }
    return dayNumber(year: year, month: month, day: day)
}
