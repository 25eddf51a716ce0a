/// Cuts bytes into rows and cells as RFC 4180 has them: quotes, doubled quotes, line breaks in quotes, LF, CRLF and CR.
///
/// Bytes come in pieces of any size; what is not a whole row yet is kept for the next piece.
struct CSVScanner {
    /// Where a cell lies in the bytes at hand; a quoted cell without its quotes.
    struct Cell {
        var start: Int
        var end: Int
        /// Has doubled quotes inside, to be made single.
        var isEscaped: Bool
    }

    private static let quote = UInt8(ascii: "\"")
    private static let longestRow = 16 << 20
    private static let delimiters = Array(",;\t|".utf8)

    let delimiter: UInt8
    private(set) var line = 1
    private var rest: [UInt8] = []
    private var cells: [Cell] = []

    init(delimiter: UInt8) { self.delimiter = delimiter }

    /// Gives every whole row of the bytes to `take`: the bytes it lies in, its cells, the line it begins on. A row whose quotes never
    /// close (before the end of the file, or within 16 MB) has no cells; the next begins on the line after.
    mutating func feed(
        _ bytes: UnsafeRawBufferPointer, isLast: Bool,
        _ take: (UnsafeRawBufferPointer, [Cell], Int) throws(LogReadingError) -> Void
    ) throws(LogReadingError) {
        if rest.isEmpty {
            let used = try scan(bytes, isLast: isLast, take)
            rest.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[used...]))
        } else {
            rest.append(contentsOf: bytes)
            let whole = rest
            let used = try withBytes(of: whole, isLast: isLast, take)
            rest = Array(whole[used...])
        }
        if rest.count > Self.longestRow { try giveUpRow(isLast: isLast, take) }
    }

    /// What is kept is longer than any row: its first line is left out, and the rest is looked at again.
    private mutating func giveUpRow(
        isLast: Bool, _ take: (UnsafeRawBufferPointer, [Cell], Int) throws(LogReadingError) -> Void
    ) throws(LogReadingError) {
        while rest.count > Self.longestRow {
            guard let end = rest.firstIndex(of: 0x0A) else { throw .endlessCell(line: line) }
            try take(UnsafeRawBufferPointer(start: nil, count: 0), [], line)
            line += 1
            let whole = Array(rest[(end + 1)...])
            let used = try withBytes(of: whole, isLast: isLast, take)
            rest = Array(whole[used...])
        }
    }

    private mutating func withBytes(
        of whole: [UInt8], isLast: Bool, _ take: (UnsafeRawBufferPointer, [Cell], Int) throws(LogReadingError) -> Void
    ) throws(LogReadingError) -> Int {
        var used = 0
        var failure: LogReadingError?
        whole.withUnsafeBytes { bytes in
            do throws(LogReadingError) { used = try scan(bytes, isLast: isLast, take) } catch { failure = error }
        }
        if let failure { throw failure }
        return used
    }

    /// Returns how many bytes belong to whole rows.
    private mutating func scan(
        _ bytes: UnsafeRawBufferPointer, isLast: Bool,
        _ take: (UnsafeRawBufferPointer, [Cell], Int) throws(LogReadingError) -> Void
    ) throws(LogReadingError) -> Int {
        var rowStart = 0
        let count = bytes.count
        while rowStart < count {
            cells.removeAll(keepingCapacity: true)
            var position = rowStart
            var lines = 1
            var isWhole = false
            cell: while true {
                guard let (cell, after, breaks) = cell(bytes, from: position, isLast: isLast) else { break cell }
                cells.append(cell)
                lines += breaks
                if after >= count {
                    // Without an end of line only the end of the file ends a row.
                    isWhole = isLast
                    position = count
                    break cell
                }
                position = after + 1
                if bytes[after] == delimiter {
                    if position == count {
                        isWhole = isLast
                        if isLast { cells.append(Cell(start: count, end: count, isEscaped: false)) }
                        break cell
                    }
                    continue
                }
                if bytes[after] == 0x0D {
                    if position < count { if bytes[position] == 0x0A { position += 1 } } else if !isLast { break cell }
                }
                isWhole = true
                break cell
            }
            guard isWhole else {
                guard isLast else { return rowStart }
                try take(bytes, [], line)
                line += 1
                rowStart = (rowStart..<count).first { bytes[$0] == 0x0A }.map { $0 + 1 } ?? count
                continue
            }
            let isBlank = cells.count == 1 && cells[0].start == cells[0].end
            if !isBlank { try take(bytes, cells, line) }
            line += lines
            rowStart = position
        }
        return rowStart
    }

    /// One cell from a position: the cell, where its delimiter or line end is, and line breaks within. `nil` where it does not end.
    @inline(__always)
    private func cell(_ bytes: UnsafeRawBufferPointer, from start: Int, isLast: Bool) -> (Cell, Int, Int)? {
        let count = bytes.count
        guard start < count, bytes[start] == Self.quote else {
            var position = start
            while position < count {
                let byte = bytes[position]
                if byte == delimiter || byte == 0x0A || byte == 0x0D { break }
                position += 1
            }
            return (Cell(start: start, end: position, isEscaped: false), position, 0)
        }
        var position = start + 1
        var breaks = 0
        var isEscaped = false
        while position < count {
            let byte = bytes[position]
            if byte == Self.quote {
                if position + 1 < count, bytes[position + 1] == Self.quote {
                    isEscaped = true
                    position += 2
                    continue
                }
                if position + 1 == count && !isLast { return nil }
                let end = position
                position += 1
                // What stands between the closing quote and the delimiter is dropped.
                while position < count, bytes[position] != delimiter, bytes[position] != 0x0A, bytes[position] != 0x0D {
                    position += 1
                }
                return (Cell(start: start + 1, end: end, isEscaped: isEscaped), position, breaks)
            }
            if byte == 0x0A { breaks += 1 }
            position += 1
        }
        return nil
    }

    /// A cell's bytes; doubled quotes are made single in `scratch`.
    @inline(__always)
    static func content<Result>(
        _ bytes: UnsafeRawBufferPointer, _ cell: Cell, _ scratch: inout [UInt8], _ use: (UnsafeRawBufferPointer) -> Result
    ) -> Result {
        let raw = UnsafeRawBufferPointer(rebasing: bytes[cell.start..<cell.end])
        guard cell.isEscaped else { return use(raw) }
        scratch.removeAll(keepingCapacity: true)
        var position = 0
        while position < raw.count {
            scratch.append(raw[position])
            position += raw[position] == quote ? 2 : 1
        }
        return scratch.withUnsafeBytes { use($0) }
    }

    /// The delimiter that the first line has most of, outside quotes: comma, semicolon, tab or bar.
    static func delimiter(of bytes: UnsafeRawBufferPointer) -> UInt8 {
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for byte in bytes {
            if byte == quote {
                isQuoted.toggle()
            } else if !isQuoted {
                if byte == 0x0A || byte == 0x0D { break }
                if delimiters.contains(byte) { counts[byte, default: 0] += 1 }
            }
        }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? UInt8(ascii: ",")
    }
}
