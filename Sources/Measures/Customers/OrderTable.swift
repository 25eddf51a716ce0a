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

    public init(orders: [Order], badRowCount: Int = 0, badRows: [BadRow] = []) {
        self.orders = orders
        self.badRowCount = badRowCount
        self.badRows = badRows
    }
}

public enum OrderTableError: Error, Hashable, Sendable {
    case empty
    /// The header has no column of this meaning, or not the one asked for.
    case missingColumn(String)
    case utf16
    case tooMany(Int)

    public var wording: Wording {
        switch self {
        case .empty:
            Wording("文件是空的；第一行应为 customer,date,amount。", "The file is empty; its first line should be customer,date,amount.")
        case .missingColumn(let name):
            Wording(
                "表头缺少列「\(name)」；应为 customer,date,amount，或指明各列的名称。",
                "The header lacks the column “\(name)”; it should be customer,date,amount, or name the columns.")
        case .utf16: Wording("文件是 UTF-16 编码；请另存为 UTF-8 的 CSV。", "The file is in UTF-16; save it as CSV in UTF-8.")
        case .tooMany(let most): Wording("订单超过 \(most) 行；请分段分析。", "There are more than \(most) orders; look at a part of them.")
        }
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
/// UTF-8 with or without byte order mark; lines that aren't UTF-8 are taken as GB18030. Fields are separated by commas, semicolons,
/// tabs or bars, whichever the header has most of; quotes may surround a field, which then may hold line breaks. Columns `customer`
/// (客户), `date` (日期) and, if there is one, `amount` (金额), in any order and case, or those named. Rows that cannot be read, days
/// outside 1970…2100, negative amounts and amounts that are no number are counted with their line and left out.
public struct OrderTableReader {
    private var pending: [UInt8] = []
    /// Of the last byte taken, and of the first one pending.
    private var (line, firstLine) = (1, 1)
    private var quoting = Quoting()
    private var columns: (customer: Int, date: Int, amount: Int?)?
    private var separator: UInt8 = 0x2C
    private var names: [String: String] = [:]
    private var table = OrderTable(orders: [])
    private var isOverlong = false
    private let wanted: OrderColumns
    private let most: Int
    private static let longestRecord = 1 << 16
    private static let days = dayNumber(year: 1970, month: 1, day: 1)...dayNumber(year: 2100, month: 12, day: 31)

    /// - Parameter most: orders; more are refused.
    public init(columns: OrderColumns = OrderColumns(), most: Int = 20_000_000) {
        wanted = columns
        self.most = most
    }

    /// Takes the next piece of the file, cut anywhere.
    public mutating func read(_ bytes: some Sequence<UInt8>) throws(OrderTableError) {
        for byte in bytes {
            let isBreak = byte == 0x0A
            if isBreak && !quoting.isInside || isBreak && isOverlong {
                try endRecord()
            } else if pending.count < Self.longestRecord {
                quoting.take(byte, separator: columns == nil ? nil : separator)
                pending.append(byte)
            } else {
                // A quote that never ends may swallow no more than this.
                isOverlong = true
            }
            if isBreak {
                line += 1
                if pending.isEmpty { firstLine = line }
            }
        }
    }

    public mutating func finish() throws(OrderTableError) -> OrderTable {
        if !pending.isEmpty {
            if quoting.isInside && columns != nil {
                reject(Wording("引号没有结束", "A quote does not end"))
            } else {
                try endRecord()
            }
        }
        guard columns != nil else { throw .empty }
        return table
    }

    private mutating func endRecord() throws(OrderTableError) {
        defer {
            pending.removeAll(keepingCapacity: true)
            isOverlong = false
            quoting = Quoting()
        }
        if pending.last == 0x0D { pending.removeLast() }
        if columns == nil {
            if pending.starts(with: [0xFF, 0xFE]) || pending.starts(with: [0xFE, 0xFF]) { throw .utf16 }
            if pending.starts(with: [0xEF, 0xBB, 0xBF]) { pending.removeFirst(3) }
        }
        if pending.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return }
        if isOverlong { return reject(Wording("这一行太长", "The line is too long")) }
        guard let text = decoded(pending) else {
            return reject(Wording("文字编码既不是 UTF-8 也不是 GB18030", "The text is neither UTF-8 nor GB18030"))
        }
        if let columns {
            try readRow(separated(text, by: separator), columns)
        } else {
            separator = Quoting.separator(of: text)
            columns = try header(separated(text, by: separator))
        }
    }

    private func header(_ fields: [String]) throws(OrderTableError) -> (customer: Int, date: Int, amount: Int?) {
        let names = fields.map { $0.lowercased() }
        func column(_ asked: String?, _ usual: [String]) throws(OrderTableError) -> Int? {
            guard let asked else { return usual.lazy.compactMap { names.firstIndex(of: $0) }.first }
            guard let found = names.firstIndex(of: asked.lowercased()) else { throw .missingColumn(asked) }
            return found
        }
        guard let customer = try column(wanted.customer, ["customer", "customer_id", "客户", "客户编号", "客户名称"]) else {
            throw .missingColumn("customer")
        }
        guard let date = try column(wanted.date, ["date", "order_date", "日期", "订单日期", "下单日期"]) else {
            throw .missingColumn("date")
        }
        return (customer, date, try column(wanted.amount, ["amount", "value", "revenue", "金额", "订单金额"]))
    }

    private mutating func readRow(_ fields: [String], _ columns: (customer: Int, date: Int, amount: Int?)) throws(OrderTableError)
    {
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
            guard let number = self.amount(fields[column]), number.isFinite, abs(number) < 1e15 else {
                return reject(Wording("「\(fields[column].prefix(40))」不是金额", "“\(fields[column].prefix(40))” is not an amount"))
            }
            guard number >= 0 else {
                table.returns.count += 1
                table.returns.total += number
                return reject(
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

    /// `1,200.50`, `¥8`; between semicolons also `12,5`, since commas are decimal points where semicolons separate.
    private func amount(_ text: String) -> Double? {
        if let number = Double(text) { return number }
        var plain = text.filter { !"¥￥$€ ".contains($0) }
        if separator == 0x3B, !plain.contains("."), let comma = plain.lastIndex(of: ","),
            plain.distance(from: comma, to: plain.endIndex) != 4
        {
            plain.replaceSubrange(comma...comma, with: ".")
        }
        return Double(plain.filter { $0 != "," })
    }

    private mutating func reject(_ reason: Wording) {
        table.badRowCount += 1
        if table.badRows.count < 100 { table.badRows.append(OrderTable.BadRow(line: firstLine, reason: reason)) }
    }
}

/// Whether a byte stands between quotes: they begin only where a field begins, so that inches and apostrophes do no harm.
private struct Quoting {
    private(set) var isInside = false
    private var isAtStart = true

    static let separators: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]

    /// - Parameter separator: any of the usual ones where it is not known yet.
    mutating func take(_ byte: UInt8, separator: UInt8?) {
        if byte == 0x22 {
            // A doubled quote leaves and enters again at once.
            if isInside || isAtStart {
                isInside.toggle()
                isAtStart = !isInside
            }
        } else if !isInside {
            let separates = separator.map { $0 == byte } ?? Self.separators.contains(byte)
            isAtStart = separates || (isAtStart && (byte == 0x20 || byte == 0xEF || byte == 0xBB || byte == 0xBF))
        }
    }

    /// The one the header has most of outside quotes; a comma where it has none.
    static func separator(of header: [UInt8]) -> UInt8 {
        var counts: [UInt8: Int] = [:]
        var quoting = Quoting()
        for byte in header {
            quoting.take(byte, separator: nil)
            if !quoting.isInside && separators.contains(byte) { counts[byte, default: 0] += 1 }
        }
        return separators.max { (counts[$0] ?? 0, $1) < (counts[$1] ?? 0, $0) } ?? 0x2C
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

/// The fields of a record of UTF-8; quotes may surround a field and are doubled inside.
private func separated(_ bytes: [UInt8], by separator: UInt8) -> [String] {
    guard bytes.contains(0x22) else {
        return bytes.split(separator: separator, omittingEmptySubsequences: false).map { trimmed($0) }
    }
    var fields: [String] = []
    var field: [UInt8] = []
    var quoting = Quoting()
    var wasQuote = false
    for byte in bytes {
        let wasInside = quoting.isInside
        quoting.take(byte, separator: separator)
        if byte == 0x22 && quoting.isInside != wasInside {
            if quoting.isInside && wasQuote { field.append(byte) }
            wasQuote = wasInside
            continue
        }
        wasQuote = false
        if byte == separator && !quoting.isInside {
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
