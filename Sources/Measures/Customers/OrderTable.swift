import Foundation

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

    public var orders: [Order]
    public var badRowCount: Int
    /// The first hundred of them.
    public var badRows: [BadRow]

    public init(orders: [Order], badRowCount: Int = 0, badRows: [BadRow] = []) {
        self.orders = orders
        self.badRowCount = badRowCount
        self.badRows = badRows
    }
}

public enum OrderTableError: Error, Hashable, Sendable {
    case empty
    /// The header has no column of this meaning.
    case missingColumn(String)

    public var wording: Wording {
        switch self {
        case .empty:
            Wording("文件是空的；第一行应为 customer,date,amount", "The file is empty; its first line should be customer,date,amount")
        case .missingColumn(let name):
            Wording(
                "表头缺少列「\(name)」；应为 customer,date,amount",
                "The header lacks the column “\(name)”; it should be customer,date,amount")
        }
    }
}

/// Reads orders piece by piece, in memory proportional to the orders.
///
/// UTF-8 with or without byte order mark; lines that aren't UTF-8 are taken as GB18030. Columns `customer` (客户), `date` (日期)
/// and, if there is one, `amount` (金额), in any order and case. Rows that cannot be read, days outside 1970…2100, negative
/// amounts and amounts that are no number are counted with their line and left out.
public struct OrderTableReader {
    private var pending: [UInt8] = []
    private var line = 0
    private var columns: (customer: Int, date: Int, amount: Int?)?
    private var table = OrderTable(orders: [])
    private var isOverlong = false
    private static let longestLine = 1 << 16
    private static let days = dayNumber(year: 1970, month: 1, day: 1)...dayNumber(year: 2100, month: 12, day: 31)

    public init() {}

    /// Takes the next piece of the file, cut anywhere.
    public mutating func read(_ bytes: some Sequence<UInt8>) throws(OrderTableError) {
        for byte in bytes {
            if byte == 0x0A {
                try endLine()
            } else if pending.count < Self.longestLine {
                pending.append(byte)
            } else {
                isOverlong = true
            }
        }
    }

    public mutating func finish() throws(OrderTableError) -> OrderTable {
        if !pending.isEmpty { try endLine() }
        guard columns != nil else { throw .empty }
        return table
    }

    private mutating func endLine() throws(OrderTableError) {
        line += 1
        defer {
            pending.removeAll(keepingCapacity: true)
            isOverlong = false
        }
        if pending.last == 0x0D { pending.removeLast() }
        if line == 1 && pending.starts(with: [0xEF, 0xBB, 0xBF]) { pending.removeFirst(3) }
        if pending.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return }
        if isOverlong { return reject(Wording("这一行太长", "The line is too long")) }
        guard let text = decoded(pending) else {
            return reject(Wording("文字编码既不是 UTF-8 也不是 GB18030", "The text is neither UTF-8 nor GB18030"))
        }
        let fields = separated(text)
        if let columns {
            readRow(fields, columns)
        } else {
            columns = try header(fields)
        }
    }

    private func header(_ fields: [String]) throws(OrderTableError) -> (customer: Int, date: Int, amount: Int?) {
        let names = fields.map { $0.lowercased() }
        func column(_ candidates: [String]) -> Int? { candidates.lazy.compactMap { names.firstIndex(of: $0) }.first }
        guard let customer = column(["customer", "customer_id", "客户", "客户编号", "客户名称"]) else { throw .missingColumn("customer") }
        guard let date = column(["date", "order_date", "日期", "订单日期", "下单日期"]) else { throw .missingColumn("date") }
        return (customer, date, column(["amount", "value", "revenue", "金额", "订单金额"]))
    }

    private mutating func readRow(_ fields: [String], _ columns: (customer: Int, date: Int, amount: Int?)) {
        guard fields.count > max(columns.customer, columns.date, columns.amount ?? 0) else {
            return reject(Wording("列数不足：有 \(fields.count) 列", "Too few columns: \(fields.count)"))
        }
        let customer = fields[columns.customer]
        guard !customer.isEmpty else { return reject(Wording("缺少客户", "The customer is missing")) }
        guard let day = parseDay(fields[columns.date]) else {
            return reject(
                Wording("「\(fields[columns.date].prefix(40))」不是日期", "“\(fields[columns.date].prefix(40))” is not a date"))
        }
        guard Self.days.contains(day) else {
            return reject(Wording("日期 \(dateText(day)) 不在 1970–2100 年之间", "The date \(dateText(day)) is outside 1970–2100"))
        }
        var amount: Double?
        if let column = columns.amount {
            let text = Double(fields[column]) == nil ? fields[column].filter { !",¥¥$ ".contains($0) } : fields[column]
            guard let number = Double(text), number.isFinite, number < 1e15 else {
                return reject(Wording("「\(fields[column].prefix(40))」不是金额", "“\(fields[column].prefix(40))” is not an amount"))
            }
            guard number >= 0 else { return reject(Wording("金额为负数：\(text)", "The amount is negative: \(text)")) }
            amount = number
        }
        table.orders.append(Order(customer: customer, day: day, amount: amount))
    }

    private mutating func reject(_ reason: Wording) {
        table.badRowCount += 1
        if table.badRows.count < 100 { table.badRows.append(OrderTable.BadRow(line: line, reason: reason)) }
    }
}

/// `2026-03-05`, `2026/3/5`, `2026年3月5日`, `20260305`, each with or without a time of day, as days since 1970-01-01.
func parseDay(_ text: String) -> Int? {
    if let day = plainDay(Array(text.utf8)) { return day }
    if text.utf8.count == 8, let number = Int(text), number > 0 {
        return parseMoment("\(number / 10_000)-\(number / 100 % 100)-\(number % 100)").map(\.place)
    }
    guard text.first?.isWholeNumber == true, let moment = parseMoment(text), moment.isDate, moment.hasDay else { return nil }
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

/// The fields of a line of UTF-8 between commas; quotes may surround a field and are doubled inside.
private func separated(_ bytes: [UInt8]) -> [String] {
    var fields: [String] = []
    guard bytes.contains(0x22) else {
        for part in bytes.split(separator: 0x2C, omittingEmptySubsequences: false) { fields.append(trimmed(part)) }
        return fields
    }
    var field: [UInt8] = []
    var isQuoted = false
    var wasQuote = false
    for byte in bytes {
        if byte == 0x22 {
            if wasQuote && !isQuoted { field.append(byte) }
            isQuoted.toggle()
            wasQuote = !isQuoted
            continue
        }
        wasQuote = false
        if byte == 0x2C && !isQuoted {
            fields.append(trimmed(field[...]))
            field.removeAll(keepingCapacity: true)
        } else {
            field.append(byte)
        }
    }
    fields.append(trimmed(field[...]))
    return fields
}

private func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    var part = bytes
    while part.first == 0x20 || part.first == 0x09 { part.removeFirst() }
    while part.last == 0x20 || part.last == 0x09 { part.removeLast() }
    return String(decoding: part, as: UTF8.self)
}

/// UTF-8, otherwise GB18030 by the C library's iconv; `nil` where it is neither.
private func decoded(_ bytes: [UInt8]) -> [UInt8]? {
    if bytes.allSatisfy({ $0 < 0x80 }) || String(validating: bytes, as: UTF8.self) != nil { return bytes }
    let converter = iconv_open("UTF-8", "GB18030")
    guard converter != iconv_t(bitPattern: -1) else { return nil }
    defer { iconv_close(converter) }
    var input = bytes.map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: bytes.count * 3 + 16)
    let length: Int? = input.withUnsafeMutableBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
            var from = source.baseAddress
            var left = source.count
            var to = target.baseAddress
            var room = target.count
            let result = iconv(converter, &from, &left, &to, &room)
            return result == Int(bitPattern: UInt.max) || left > 0 ? nil : target.count - room
        }
    }
    return length.map { output[..<$0].map { UInt8(bitPattern: $0) } }
}
