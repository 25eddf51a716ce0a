/// Many series read from rows `series,t,value`, with what was wrong with which line.
public struct SeriesTable: Sendable {
    public struct Series: Sendable {
        public var name: String
        /// Periods from the first to the last row, in order; `nil` where no row was.
        public var values: [Double?]
        /// The place of the first value, and how to go on from it.
        public var scale: TimeScale
    }

    public struct BadRow: Hashable, Sendable {
        /// 1 is the first line of the file.
        public var line: Int
        public var reason: Wording
    }

    public var series: [Series]
    /// How many rows could not be used.
    public var badRowCount: Int
    /// The first hundred of them.
    public var badRows: [BadRow]
}

/// What the steps of a series are.
public enum TimeScale: Hashable, Sendable {
    case numbers(first: Int, step: Int)
    case days(first: Int, step: Int)
    /// `day` is the day of the month (1…31) that the dates carry; `nil` where they were written without one. The last day of
    /// shorter months is taken where it is missing.
    case months(first: CalendarMonth, step: Int, day: Int?)

    /// `t` of the period `offset` steps after the first, written as in the file: a number, `2026-03-05` or `2026-03`.
    public func label(at offset: Int) -> String {
        switch self {
        case .numbers(let first, let step): return String(first + offset * step)
        case .days(let first, let step): return dateText(first + offset * step)
        case .months(let first, let step, let day):
            let month = first.advanced(by: offset * step)
            guard let day else { return dateText(month) }
            let next = month.advanced(by: 1)
            let start = dayNumber(year: month.year, month: month.month, day: 1)
            let length = dayNumber(year: next.year, month: next.month, day: 1) - start
            return dateText(start + min(day, length) - 1)
        }
    }

    /// The month of the first value where the steps are single months.
    public var firstMonth: CalendarMonth? {
        if case .months(let first, 1, _) = self { first } else { nil }
    }
}

public enum SeriesTableError: Error, Hashable, Sendable {
    case empty
    /// The header has no column of this meaning.
    case missingColumn(String)

    public var wording: Wording {
        switch self {
        case .empty: Wording("文件是空的；第一行应为 series,t,value", "The file is empty; its first line should be series,t,value")
        case .missingColumn(let name):
            Wording("表头缺少列「\(name)」；应为 series,t,value", "The header lacks the column “\(name)”; it should be series,t,value")
        }
    }
}

/// The names of the columns, where they are not the usual ones.
public struct SeriesColumns: Hashable, Sendable {
    public var series: String?
    public var time: String?
    public var value: String?
    /// The name of the only series, where the table has no column for it.
    public var only: String?

    public init(series: String? = nil, time: String? = nil, value: String? = nil, only: String? = nil) {
        (self.series, self.time, self.value, self.only) = (series, time, value, only)
    }
}

/// Reads a table piece by piece, in memory proportional to the values.
///
/// Columns are separated by commas, semicolons or tabs, whichever the header has most of. The header names the columns `series`, `t` (or
/// `date`, `period`, `time`, `ds`) and `value` (or `y`), in any order and case, or the names given. Quoted fields may hold line breaks.
/// An empty value is a gap. Rows that cannot be read, that repeat a place, that lie far off all others of their series, or that mix
/// numbers and dates within one are counted with their line and left out.
public struct SeriesTableReader {
    private let names: SeriesColumns
    private var separator = UInt8(ascii: ",")
    private var pending: [UInt8] = []
    /// Lines read, and the line with which the row at hand begins.
    private var line = 0
    private var rowLine = 1
    private var columns: (series: Int?, time: Int, value: Int)?
    private var slots: [String: Int] = [:]
    private var collected: [Collected] = []
    private var badRowCount = 0
    private var badRows: [SeriesTable.BadRow] = []
    private var isOverlong = false

    private static let longestLine = 1 << 16
    /// A quoted field over more lines is taken for a quotation mark gone astray.
    private static let mostLines = 50

    private struct Collected {
        var name: String
        var isDated: Bool
        var hasDays: Bool
        var moments: [Int] = []
        var values: [Double] = []
        var lines: [Int] = []
    }

    public init(columns: SeriesColumns = SeriesColumns()) { names = columns }

    /// Takes the next piece of the file, cut anywhere.
    ///
    /// - Throws: `SeriesTableError.missingColumn` at the header.
    public mutating func read(_ bytes: some Sequence<UInt8>) throws(SeriesTableError) {
        var failure: SeriesTableError?
        let isContiguous: Void? = bytes.withContiguousStorageIfAvailable { buffer in
            do throws(SeriesTableError) { try take(buffer) } catch { failure = error }
        }
        if isContiguous == nil {
            try Array(bytes).withUnsafeBufferPointer { buffer throws(SeriesTableError) in try take(buffer) }
        }
        if let failure { throw failure }
    }

    /// Whole stretches up to the next line end are copied at once.
    private mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) throws(SeriesTableError) {
        var start = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != 0x0A { end += 1 }
            let room = Self.longestLine - pending.count
            if end - start > room { isOverlong = true }
            pending.append(contentsOf: bytes[start..<min(end, start + room)])
            if end < bytes.count { try endLine() }
            start = end + 1
        }
    }

    /// Ends the file and puts every series in order.
    public mutating func finish() throws(SeriesTableError) -> SeriesTable {
        if !pending.isEmpty {
            line += 1
            try isWithinQuotes ? takeApart() : endRow()
        }
        guard columns != nil else { throw .empty }
        var series: [SeriesTable.Series] = []
        for index in collected.indices { series.append(arranged(index)) }
        badRows.sort { $0.line < $1.line }
        return SeriesTable(series: series, badRowCount: badRowCount, badRows: badRows)
    }

    private mutating func endLine() throws(SeriesTableError) {
        line += 1
        guard !isOverlong, isWithinQuotes else { return try endRow() }
        if line - rowLine < Self.mostLines { return pending.append(0x0A) }
        try takeApart()
    }

    /// Whether the row so far ends within a quoted field.
    private var isWithinQuotes: Bool { pending.contains(0x22) && fields(of: pending, separator).isOpen }

    /// Refuses the first line of a row whose quotation mark is never closed, and reads the others by themselves.
    private mutating func takeApart() throws(SeriesTableError) {
        let lines = pending.split(separator: 0x0A, omittingEmptySubsequences: false)
        pending.removeAll(keepingCapacity: true)
        line = rowLine
        reject(Wording("引号没有结束", "A quotation mark is not closed"))
        rowLine += 1
        for next in lines.dropFirst() {
            pending.append(contentsOf: next)
            try endLine()
        }
    }

    private mutating func endRow() throws(SeriesTableError) {
        defer {
            pending.removeAll(keepingCapacity: true)
            isOverlong = false
            rowLine = line + 1
        }
        if pending.last == 0x0D { pending.removeLast() }
        if rowLine == 1 && pending.starts(with: [0xEF, 0xBB, 0xBF]) { pending.removeFirst(3) }
        if pending.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return }
        if isOverlong { return reject(Wording("这一行太长", "The line is too long")) }
        if let columns {
            readRow(fields(of: pending, separator).fields, columns)
        } else {
            separator = Self.separator(of: pending)
            columns = try header(fields(of: pending, separator).fields)
        }
    }

    /// The separator that the header has most of.
    private static func separator(of header: [UInt8]) -> UInt8 {
        let found = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")].map { mark in
            (mark: mark, count: fields(of: header, mark).fields.count)
        }
        return found.max { $0.count < $1.count }.flatMap { $0.count > found[0].count ? $0.mark : nil } ?? found[0].mark
    }

    private func header(_ fields: [String]) throws(SeriesTableError) -> (series: Int?, time: Int, value: Int) {
        let found = fields.map { $0.lowercased() }
        func column(_ given: String?, _ usual: [String]) throws(SeriesTableError) -> Int {
            for candidate in given.map({ [$0.lowercased()] }) ?? usual {
                if let index = found.firstIndex(of: candidate) { return index }
            }
            throw .missingColumn(given ?? usual[0])
        }
        return (
            names.only == nil ? try column(names.series, ["series", "id", "unique_id", "序列", "指标", "measure"]) : nil,
            try column(names.time, ["t", "date", "period", "time", "ds", "日期", "期", "期间", "月份"]),
            try column(names.value, ["value", "y", "值", "数值", "实际值"])
        )
    }

    /// A number, with or without separators of thousands; with a decimal comma where semicolons separate.
    private func number(_ text: String) -> Double? {
        if let number = Double(text) { return number.isFinite ? number : nil }
        if separator == UInt8(ascii: ";") { return Double(text.map { $0 == "," ? "." : String($0) }.joined()) }
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        guard groups.count > 1, let first = groups.first, (1...4).contains(first.count),
            groups.dropFirst().dropLast().allSatisfy({ $0.count == 3 }),
            groups.last?.prefix(while: { $0 != "." }).count == 3
        else { return nil }
        return Double(groups.joined())
    }

    private mutating func readRow(_ fields: [String], _ columns: (series: Int?, time: Int, value: Int)) {
        let needed = max(columns.series ?? 0, columns.time, columns.value)
        guard fields.count > needed else {
            return reject(Wording("列数不足：有 \(fields.count) 列", "Too few columns: \(fields.count)"))
        }
        let name = columns.series.map { fields[$0] } ?? names.only ?? ""
        guard !name.isEmpty else { return reject(Wording("缺少序列名", "The series has no name")) }
        guard let moment = parseMoment(fields[columns.time]) else {
            return reject(
                Wording(
                    "「\(fields[columns.time].prefix(40))」不是整数或日期",
                    "“\(fields[columns.time].prefix(40))” is neither an integer nor a date"))
        }
        let text = fields[columns.value]
        if text.isEmpty { return }
        guard let value = number(text), value.isFinite, abs(value) < 1e100 else {
            return reject(Wording("「\(text.prefix(40))」不是数", "“\(text.prefix(40))” is not a number"))
        }
        let slot = slots[name] ?? open(name, moment)
        guard collected[slot].isDated == moment.isDate else {
            return reject(Wording("同一序列中混用了序号和日期", "Numbers and dates are mixed within one series"))
        }
        collected[slot].moments.append(moment.place)
        collected[slot].values.append(value)
        collected[slot].lines.append(rowLine)
    }

    private mutating func open(_ name: String, _ moment: ParsedMoment) -> Int {
        slots[name] = collected.count
        collected.append(Collected(name: name, isDated: moment.isDate, hasDays: moment.hasDay))
        return collected.count - 1
    }

    private mutating func reject(_ reason: Wording, line wrong: Int? = nil) {
        badRowCount += 1
        if badRows.count < 100 { badRows.append(SeriesTable.BadRow(line: wrong ?? rowLine, reason: reason)) }
    }

    /// Sorts a series by time, finds its step, and lays its values out with the gaps open.
    private mutating func arranged(_ index: Int) -> SeriesTable.Series {
        let rows = collected[index]
        collected[index].moments = []
        collected[index].values = []
        var order = Array(rows.moments.indices)
        if !zip(rows.moments, rows.moments.dropFirst()).allSatisfy({ $0 < $1 }) {
            order.sort { (rows.moments[$0], rows.lines[$0]) < (rows.moments[$1], rows.lines[$1]) }
        }
        var kept: [Int] = []
        for row in order {
            if let last = kept.last, rows.moments[last] == rows.moments[row] {
                reject(Wording("同一序列同一期出现两次", "The same period of the same series a second time"), line: rows.lines[row])
            } else {
                kept.append(row)
            }
        }
        var grid = TimeGrid(moments: kept.map { rows.moments[$0] }, isDated: rows.isDated, hasDays: rows.hasDays)
        // A stray row far away must not open a gap of millions.
        let near = Self.densest(grid.places, within: 100 * kept.count + 400)
        if near.count < kept.count {
            for place in kept.indices where !near.contains(place) {
                reject(Wording("离同一序列的其他行太远", "Far off all other rows of the series"), line: rows.lines[kept[place]])
            }
            kept = Array(kept[near])
            grid = TimeGrid(moments: kept.map { rows.moments[$0] }, isDated: rows.isDated, hasDays: rows.hasDays)
        }
        var values = [Double?](repeating: nil, count: (grid.places.last ?? -1) + 1)
        for (row, place) in zip(kept, grid.places) { values[place] = rows.values[row] }
        return SeriesTable.Series(name: rows.name, values: values, scale: grid.scale)
    }

    /// The most places in a row that lie within a span; of equal ones the first.
    private static func densest(_ places: [Int], within span: Int) -> Range<Int> {
        var (best, start) = (0..<0, 0)
        for end in places.indices {
            while places[end] - places[start] >= span { start += 1 }
            if end + 1 - start > best.count { best = start..<end + 1 }
        }
        return best
    }
}

/// The fields of a row, and whether it ends within quotes. Quotes may surround a field and are doubled inside.
private func fields(of bytes: [UInt8], _ separator: UInt8) -> (fields: [String], isOpen: Bool) {
    var fields: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var index = 0
    func text() -> String {
        var part = field[...]
        while let byte = part.first, byte == 0x20 || byte == 0x09 { part.removeFirst() }
        while let byte = part.last, byte == 0x20 || byte == 0x09 || byte == 0x0D { part.removeLast() }
        return String(decoding: part, as: UTF8.self)
    }
    while index < bytes.count {
        let byte = bytes[index]
        // Within an unquoted field a quotation mark is a letter like any other.
        if byte == 0x22, isQuoted || field.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
            if isQuoted, index + 1 < bytes.count, bytes[index + 1] == 0x22 {
                field.append(byte)
                index += 1
            } else {
                isQuoted.toggle()
            }
        } else if byte == separator && !isQuoted {
            fields.append(text())
            field.removeAll(keepingCapacity: true)
        } else {
            field.append(byte)
        }
        index += 1
    }
    fields.append(text())
    return (fields, isQuoted)
}
