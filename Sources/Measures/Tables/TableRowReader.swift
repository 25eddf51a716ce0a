import Foundation

/// A row of a table, cut into fields.
struct TableRow {
    /// The line on which it begins; 1 is the first of the file.
    var line: Int
    var fields: [String] = []
    /// What stood between the fields.
    var separator = UInt8(ascii: ",")
    /// Why it cannot be cut; there are no fields then.
    var flaw: Wording?

    /// Commas are decimal points where semicolons separate.
    var hasDecimalCommas: Bool { separator == UInt8(ascii: ";") }

    /// What is wrong with a header that names a column twice.
    static func doubled(_ name: String) -> Wording {
        Wording("列「\(name)」出现了两次；请给其中一列改名", "The column “\(name)” is there twice; rename one of them")
    }
}

/// Cuts a table that comes in pieces into rows and fields, in memory for one row.
///
/// UTF-8 with or without byte order mark; rows that aren't UTF-8 are taken as GB18030. Lines end with LF, CRLF or CR. Fields are separated by
/// commas, semicolons, tabs or bars, whichever the first row has most of; quotes may surround a field, are doubled within it, and may hold
/// line breaks. Rows without anything are left out.
struct TableRowReader {
    /// Known from the first row on.
    private var separator: UInt8?
    private var pending: [UInt8] = []
    /// Lines ended, and the line with which the row at hand begins.
    private var line = 0
    private var rowLine = 1
    private var isOverlong = false
    /// A line feed next belongs to the line end before it.
    private var skipsLineFeed = false

    private static let longestRow = 1 << 16
    /// A quoted field over more lines is taken for a quotation mark gone astray.
    private static let mostLines = 50
    private static let separators = Array(",;\t|".utf8)

    /// Takes the next piece of the file, cut anywhere, and gives the rows that end in it.
    mutating func read<Failure>(_ bytes: some Sequence<UInt8>, _ take: (TableRow) throws(Failure) -> Void) throws(Failure) {
        var failure: Failure?
        let isContiguous: Void? = bytes.withContiguousStorageIfAvailable { buffer in
            do throws(Failure) { try cut(buffer, take) } catch { failure = error }
        }
        if isContiguous == nil {
            try Array(bytes).withUnsafeBufferPointer { buffer throws(Failure) in try cut(buffer, take) }
        }
        if let failure { throw failure }
    }

    /// Gives what is left at the end of the file.
    mutating func finish<Failure>(_ take: (TableRow) throws(Failure) -> Void) throws(Failure) {
        guard !pending.isEmpty else { return }
        line += 1
        try isWithinQuotes ? takeApart(take) : endRow(take)
    }

    /// Whole stretches up to the next line end are copied at once.
    private mutating func cut<Failure>(
        _ bytes: UnsafeBufferPointer<UInt8>, _ take: (TableRow) throws(Failure) -> Void
    ) throws(Failure) {
        var start = 0
        if skipsLineFeed, let first = bytes.first {
            skipsLineFeed = false
            if first == 0x0A { start = 1 }
        }
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
            let room = Self.longestRow - pending.count
            if end - start > room { isOverlong = true }
            pending.append(contentsOf: bytes[start..<min(end, start + room)])
            guard end < bytes.count else { return }
            try endLine(take)
            start = end + 1
            guard bytes[end] == 0x0D else { continue }
            if start == bytes.count { skipsLineFeed = true } else if bytes[start] == 0x0A { start += 1 }
        }
    }

    private mutating func endLine<Failure>(_ take: (TableRow) throws(Failure) -> Void) throws(Failure) {
        line += 1
        guard !isOverlong, isWithinQuotes else { return try endRow(take) }
        if line - rowLine < Self.mostLines { return pending.append(0x0A) }
        try takeApart(take)
    }

    /// Whether the row so far ends within a quoted field.
    private var isWithinQuotes: Bool {
        pending.contains(0x22) && Self.fields(of: pending, separator ?? Self.separator(of: pending)).isOpen
    }

    /// Gives up the first line of a row whose quotation mark is never closed, and reads the others by themselves.
    private mutating func takeApart<Failure>(_ take: (TableRow) throws(Failure) -> Void) throws(Failure) {
        let lines = pending.split(separator: 0x0A, omittingEmptySubsequences: false)
        pending.removeAll(keepingCapacity: true)
        line = rowLine
        try take(TableRow(line: rowLine, flaw: Wording("引号没有结束", "A quotation mark is not closed")))
        rowLine += 1
        for next in lines.dropFirst() {
            pending.append(contentsOf: next)
            try endLine(take)
        }
    }

    private mutating func endRow<Failure>(_ take: (TableRow) throws(Failure) -> Void) throws(Failure) {
        defer {
            pending.removeAll(keepingCapacity: true)
            isOverlong = false
            rowLine = line + 1
        }
        if rowLine == 1 && pending.starts(with: [0xEF, 0xBB, 0xBF]) { pending.removeFirst(3) }
        if pending.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return }
        if isOverlong { return try take(TableRow(line: rowLine, flaw: Wording("这一行太长", "The line is too long"))) }
        guard separator != nil || !isUTF16, let text = TableText.utf8(pending) else {
            return try take(TableRow(line: rowLine, flaw: Self.notText))
        }
        let mark = separator ?? Self.separator(of: text)
        separator = mark
        try take(TableRow(line: rowLine, fields: Self.fields(of: text, mark).fields, separator: mark))
    }

    private static let notText = Wording(
        "文字编码既不是 UTF-8 也不是 GB18030，请另存为 UTF-8 的 CSV", "The text is neither UTF-8 nor GB18030; save it as CSV in UTF-8")

    private var isUTF16: Bool {
        pending.starts(with: [0xFF, 0xFE]) || pending.starts(with: [0xFE, 0xFF]) || pending.contains(0)
    }

    /// The separator that a row has most of; of equal ones the first.
    private static func separator(of row: [UInt8]) -> UInt8 {
        let counts = separators.map { fields(of: row, $0).fields.count }
        let most = counts.max() ?? 0
        return zip(separators, counts).first { $0.1 == most }?.0 ?? separators[0]
    }

    /// The fields of a row, and whether it ends within quotes. Within an unquoted field a quotation mark is a letter like any other.
    private static func fields(of bytes: [UInt8], _ separator: UInt8) -> (fields: [String], isOpen: Bool) {
        guard bytes.contains(0x22) else {
            return (bytes.split(separator: separator, omittingEmptySubsequences: false).map { trimmed($0) }, false)
        }
        var fields: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == 0x22, isQuoted || field.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
                if isQuoted, index + 1 < bytes.count, bytes[index + 1] == 0x22 {
                    field.append(byte)
                    index += 1
                } else {
                    isQuoted.toggle()
                }
            } else if byte == separator && !isQuoted {
                fields.append(trimmed(field[...]))
                field.removeAll(keepingCapacity: true)
            } else {
                field.append(byte)
            }
            index += 1
        }
        fields.append(trimmed(field[...]))
        return (fields, isQuoted)
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        var part = bytes
        while part.first == 0x20 || part.first == 0x09 { part.removeFirst() }
        while part.last == 0x20 || part.last == 0x09 { part.removeLast() }
        return String(decoding: part, as: UTF8.self)
    }
}
