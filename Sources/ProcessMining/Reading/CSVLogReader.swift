/// Reads a log from CSV that comes in pieces, in memory bounded by the log itself.
///
/// ```swift
/// var reader = try CSVLogReader(options: options)
/// while let piece = next() { try reader.read(piece) }
/// let reading = try reader.finish()
/// ```
///
/// - Complexity: O(bytes).
public struct CSVLogReader {
    private let options: LogReadingOptions
    private let pairsLifecycle: Bool
    private var scanner: CSVScanner?
    private var decoder: TextDecoder?
    private var encoding: LogEncoding?
    private var rows: CSVRowReader?
    // Until the encoding, the delimiter and the order of dates can be told.
    private var head: [UInt8] = []
    private static let headSize = 1 << 16
    /// Whether all bytes were ASCII so far, so that the encoding is told by what is still to come.
    private var isPlain = false
    /// What came since the first byte beyond ASCII, until there is enough to tell by.
    private var held: [UInt8] = []

    /// - Parameter pairsLifecycle: make one event of a start and its completion, by the column that tells them.
    public init(options: LogReadingOptions = LogReadingOptions(), pairsLifecycle: Bool = false) throws(LogReadingError) {
        self.options = options
        self.pairsLifecycle = pairsLifecycle
        if let name = options.encoding { encoding = try LogEncoding(named: name) }
    }

    public mutating func read(_ bytes: UnsafeRawBufferPointer) throws(LogReadingError) {
        if scanner == nil {
            head.append(contentsOf: bytes)
            guard head.count >= Self.headSize else { return }
            try begin()
            let first = head
            head = []
            try feed(first, isLast: false)
        } else {
            try feed(bytes, isLast: false)
        }
    }

    public mutating func read(_ bytes: [UInt8]) throws(LogReadingError) {
        var failure: LogReadingError?
        bytes.withUnsafeBytes { bytes in do throws(LogReadingError) { try read(bytes) } catch { failure = error } }
        if let failure { throw failure }
    }

    /// - Throws: ``LogReadingError`` where there is no event at all.
    public mutating func finish() throws(LogReadingError) -> LogReading {
        if scanner == nil {
            guard !head.isEmpty else { throw .empty }
            try begin()
            let first = head
            head = []
            try feed(first, isLast: true)
        } else {
            try feed([], isLast: true)
        }
        guard var rows else { throw .empty }
        self.rows = nil
        return try rows.finish()
    }

    // MARK: Pieces

    private mutating func begin() throws(LogReadingError) {
        var failure: LogReadingError?
        let start = head
        start.withUnsafeBytes { bytes in
            do throws(LogReadingError) {
                if encoding?.unit ?? 1 == 1 {
                    let guessed = try LogEncoding.guess(UnsafeRawBufferPointer(rebasing: bytes.prefix(Self.headSize)))
                    isPlain = encoding == nil && guessed == .utf8 && bytes.prefix(Self.headSize).allSatisfy { $0 < 0x80 }
                    encoding = encoding ?? guessed
                }
                let plain = try TextDecoder(encoding)?.decode(bytes)
                let delimiter = plain?.withUnsafeBytes { CSVScanner.delimiter(of: $0) } ?? CSVScanner.delimiter(of: bytes)
                scanner = CSVScanner(delimiter: delimiter)
            } catch { failure = error }
        }
        if let failure { throw failure }
        decoder = try TextDecoder(encoding)
        if encoding == .utf8, head.starts(with: [0xEF, 0xBB, 0xBF]) { head.removeFirst(3) }
        rows = CSVRowReader(options: options, pairsLifecycle: pairsLifecycle)
    }

    private mutating func feed(_ bytes: [UInt8], isLast: Bool) throws(LogReadingError) {
        var failure: LogReadingError?
        bytes.withUnsafeBytes { bytes in do throws(LogReadingError) { try feed(bytes, isLast: isLast) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private mutating func feed(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws(LogReadingError) {
        guard isPlain else { return try decode(bytes, isLast: isLast) }
        let start = held.isEmpty ? bytes.firstIndex { $0 >= 0x80 } ?? bytes.count : 0
        if start > 0 || bytes.isEmpty && held.isEmpty {
            try cut(UnsafeRawBufferPointer(rebasing: bytes.prefix(start)), isLast: isLast && start == bytes.count)
        }
        held.append(contentsOf: bytes.dropFirst(start))
        guard held.count >= Self.headSize || isLast && !held.isEmpty else { return }
        encoding = held.withUnsafeBytes { LogEncoding.ofText(UnsafeRawBufferPointer(rebasing: $0.prefix(Self.headSize))) }
        decoder = try TextDecoder(encoding)
        isPlain = false
        let rest = held
        held = []
        try feed(rest, isLast: isLast)
    }

    private mutating func decode(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws(LogReadingError) {
        guard let decoder else { return try cut(bytes, isLast: isLast) }
        let decoded = decoder.decode(bytes)
        var failure: LogReadingError?
        decoded.withUnsafeBytes { bytes in do throws(LogReadingError) { try cut(bytes, isLast: isLast) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private mutating func cut(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws(LogReadingError) {
        guard var scanner, var rows else { return }
        self.scanner = nil
        self.rows = nil
        defer {
            self.scanner = scanner
            self.rows = rows
        }
        try scanner.feed(bytes, isLast: isLast) { (bytes, cells, line) throws(LogReadingError) in
            try rows.take(bytes, cells, line)
        }
    }
}

/// Turns rows of cells into events.
struct CSVRowReader {
    private let options: LogReadingOptions
    private var header: [String] = []
    private var columns: LogColumns?
    private var places = (caseID: 0, activity: 0, time: 0, start: -1, resource: -1, transition: -1, instance: -1)
    private var attributePlaces: [Int] = []
    private var builder = CodedLogBuilder(attributes: [])
    private var times: TimeParser
    private var scratch: [UInt8] = []
    private var reading = LogReading(log: EventLog())
    /// Starts and completions stand in rows of their own, to be paired when all are there.
    private let pairsLifecycle: Bool
    private var instances = ByteTable()
    /// Rows so far whose day and month may change places.
    private var openRows = 0
    /// Bytes of the rows so far.
    private var consumed = 0

    private struct Times {
        var start: Int64
        var end: Int64

        /// What a start says: no more than when.
        var point: Times { Times(start: end, end: end) }
    }

    init(options: LogReadingOptions, pairsLifecycle: Bool) {
        self.options = options
        self.pairsLifecycle = pairsLifecycle
        times = TimeParser(zoneMinutes: options.zoneMinutes, isDayFirst: options.isDayFirst)
    }

    mutating func take(_ bytes: UnsafeRawBufferPointer, _ cells: [CSVScanner.Cell], _ line: Int) throws(LogReadingError) {
        // The scanner gives a row without cells for one whose quotes never close.
        guard columns != nil else {
            guard !cells.isEmpty else { throw .endlessCell(line: line) }
            return try takeHeader(bytes, cells)
        }
        guard let last = cells.last else { return reading.reject(line, .unclosedQuote) }
        consumed += last.end - cells[0].start + 1
        if cells.count > header.count, cells[header.count...].contains(where: { $0.start < $0.end }) {
            return reading.reject(line, .tooManyCells)
        }
        guard builder.total < options.eventLimit else { throw .tooManyEvents(options.eventLimit) }
        try builder.check(options, bytes: consumed, beside: instances.memory)
        guard let caseID = needed(bytes, cells, places.caseID, line), let activity = needed(bytes, cells, places.activity, line),
            needed(bytes, cells, places.time, line) != nil, let (now, other) = decidedTimes(bytes, cells, line)
        else { return }
        let caseCode = Self.code(bytes, caseID, &builder.cases, &scratch)
        let activityCode = Self.code(bytes, activity, &builder.activities, &scratch)
        guard caseCode >= 0, activityCode >= 0 else { return reading.reject(line, .notText) }
        guard pairsLifecycle else { return append(caseCode, activityCode, now, other, bytes, cells, line) }
        let transition = transition(bytes, cells)
        guard transition != .other else {
            reading.otherTransitions += 1
            return
        }
        let isStart = transition == .start
        builder.marks.append(
            CodedLogBuilder.Mark(
                isStart: isStart, instance: Self.optional(bytes, cells, places.instance, &instances, &scratch), line: line))
        append(caseCode, activityCode, isStart ? now.point : now, isStart ? other?.point : other, bytes, cells, line)
    }

    private mutating func append(
        _ caseCode: Int32, _ activityCode: Int32, _ now: Times, _ other: Times?, _ bytes: UnsafeRawBufferPointer,
        _ cells: [CSVScanner.Cell], _ line: Int
    ) {
        if let other {
            openRows += 1
            builder.open.append(.init(row: builder.count, start: other.start, end: other.end, line: line))
        } else if !pairsLifecycle, now.start > now.end {
            return reading.reject(line, .endBeforeStart)
        }
        builder.caseOfEvent.append(caseCode)
        builder.activity.append(activityCode)
        builder.end.append(now.end)
        if keepsStarts { builder.start.append(now.start) }
        if places.resource >= 0 {
            builder.resource.append(Self.optional(bytes, cells, places.resource, &builder.resources, &scratch))
        }
        for column in attributePlaces.indices {
            builder.attributeCodes[column].append(
                Self.optional(bytes, cells, attributePlaces[column], &builder.attributeTables[column], &scratch))
        }
    }

    private var keepsStarts: Bool { places.start >= 0 || pairsLifecycle }

    private func transition(_ bytes: UnsafeRawBufferPointer, _ cells: [CSVScanner.Cell]) -> LifecyclePairing.Transition {
        guard places.transition < cells.count else { return .complete }
        let cell = cells[places.transition]
        return LifecyclePairing.transition(UnsafeRawBufferPointer(rebasing: bytes[cell.start..<cell.end]))
    }

    mutating func finish() throws(LogReadingError) -> LogReading {
        guard columns != nil else { throw .empty }
        reading.ambiguousDates = times.isDayFirst == nil ? openRows : 0
        reading.isDayFirst = times.isDayFirst ?? times.assumed
        settle()
        reading.columns = columns
        try builder.finish(&reading, options, swapsDates: swapsDates)
        return reading
    }

    // MARK: Header

    private mutating func takeHeader(_ bytes: UnsafeRawBufferPointer, _ cells: [CSVScanner.Cell]) throws(LogReadingError) {
        header = cells.map { cell in
            CSVScanner.content(bytes, cell, &scratch) { String(decoding: $0, as: UTF8.self) }.trimmedOfBlanks
        }
        guard header.contains(where: { !$0.isEmpty }) else { throw .empty }
        let columns = try LogColumns(header: header, options: options)
        func place(_ name: String?) -> Int { name.flatMap { header.firstIndex(of: $0) } ?? -1 }
        if pairsLifecycle, columns.transition == nil { throw .columnNotGuessed("transition", columns: header) }
        places = (
            place(columns.caseID), place(columns.activity), place(columns.time), place(columns.start), place(columns.resource),
            place(columns.transition), place(columns.instance)
        )
        for name in options.attributes where !header.contains(name) { throw .noSuchColumn(name, columns: header) }
        let kept = options.attributes + (columns.group.map { options.attributes.contains($0) ? [] : [$0] } ?? [])
        attributePlaces = kept.map { place($0) }
        builder = CodedLogBuilder(attributes: kept)
        self.columns = columns
    }

    // MARK: Cells

    /// A cell that must hold something; `nil` after the row was rejected.
    private mutating func needed(_ bytes: UnsafeRawBufferPointer, _ cells: [CSVScanner.Cell], _ place: Int, _ line: Int)
        -> CSVScanner.Cell?
    {
        guard place < cells.count, !Self.isMissing(bytes, cells[place]) else {
            reading.reject(line, .missing(column: header[place]))
            return nil
        }
        return cells[place]
    }

    /// Empty, or one of the words that tables use for nothing.
    private static func isMissing(_ bytes: UnsafeRawBufferPointer, _ cell: CSVScanner.Cell) -> Bool {
        let length = cell.end - cell.start
        if length == 0 { return true }
        guard length <= 4 else { return false }
        switch (length, bytes[cell.start] | 0x20) {
        case (1...4, 0x20): return (cell.start..<cell.end).allSatisfy { bytes[$0] == 0x20 }
        case (2...4, UInt8(ascii: "n")), (4, UInt8(ascii: "#")), (4, UInt8(ascii: "<")):
            return nothings.contains(String(decoding: bytes[cell.start..<cell.end], as: UTF8.self))
        default: return false
        }
    }

    private static let nothings: Set<String> = ["NaN", "nan", "NA", "N/A", "n/a", "NULL", "null", "None", "#N/A", "<NA>"]

    /// The times of a row, and what they would be by the other order of day and month while the file has not told; `nil` after the
    /// row was rejected.
    private mutating func decidedTimes(_ bytes: UnsafeRawBufferPointer, _ cells: [CSVScanner.Cell], _ line: Int)
        -> (Times, other: Times?)?
    {
        let isOpen = times.isDayFirst == nil
        guard var (now, other) = rowTimes(bytes, cells, line) else { return nil }
        if isOpen, times.isDayFirst != nil {
            settle()
            guard let again = rowTimes(bytes, cells, line) else { return nil }
            (now, other) = again
        }
        return (now, times.isDayFirst == nil ? other : nil)
    }

    private mutating func rowTimes(_ bytes: UnsafeRawBufferPointer, _ cells: [CSVScanner.Cell], _ line: Int)
        -> (Times, other: Times?)?
    {
        guard let end = time(bytes, cells[places.time], line) else { return nil }
        let otherEnd = times.swapped
        guard places.start >= 0, places.start < cells.count, !Self.isMissing(bytes, cells[places.start]) else {
            return (Times(start: end, end: end), otherEnd.map { Times(start: $0, end: $0) })
        }
        guard let start = time(bytes, cells[places.start], line) else { return nil }
        let otherStart = times.swapped
        let other = otherStart == nil && otherEnd == nil ? nil : Times(start: otherStart ?? start, end: otherEnd ?? end)
        return (Times(start: start, end: end), other)
    }

    /// The file has told day from month, or is at its end: what was read the wrong way round is put right, and what then ends before
    /// it begins is left out.
    private mutating func settle() {
        for line in builder.settle(swapsDates: swapsDates) { reading.reject(line, .endBeforeStart) }
    }

    private var swapsDates: Bool { times.isDayFirst != nil && times.isDayFirst != times.assumed }

    private mutating func time(_ bytes: UnsafeRawBufferPointer, _ cell: CSVScanner.Cell, _ line: Int) -> Int64? {
        switch times.parse(UnsafeRawBufferPointer(rebasing: bytes[cell.start..<cell.end])) {
        case .time(let micros, let hasZone):
            if hasZone { reading.rowsWithZone += 1 } else { reading.rowsWithoutZone += 1 }
            return micros
        case .unreadable: reading.reject(line, .unreadableTime(Self.shown(bytes, cell)))
        case .outOfRange: reading.reject(line, .timeOutOfRange(Self.shown(bytes, cell)))
        case .otherOrder: reading.reject(line, .otherDateOrder(Self.shown(bytes, cell)))
        }
        return nil
    }

    private static func shown(_ bytes: UnsafeRawBufferPointer, _ cell: CSVScanner.Cell) -> String {
        String(decoding: bytes[cell.start..<min(cell.end, cell.start + 60)], as: UTF8.self)
    }

    /// The code of a cell's text; -1 where it is no UTF-8. Only names not met before are looked through.
    private static func code(
        _ bytes: UnsafeRawBufferPointer, _ cell: CSVScanner.Cell, _ table: inout ByteTable, _ scratch: inout [UInt8]
    ) -> Int32 {
        CSVScanner.content(bytes, cell, &scratch) { text in
            let known = table.find(text)
            if known >= 0 { return known }
            return LogEncoding.isUTF8(text) ? table.code(of: text) : -1
        }
    }

    private static func optional(
        _ bytes: UnsafeRawBufferPointer, _ cells: [CSVScanner.Cell], _ place: Int, _ table: inout ByteTable,
        _ scratch: inout [UInt8]
    ) -> Int32 {
        guard place >= 0, place < cells.count, !isMissing(bytes, cells[place]) else { return EventLog.noResource }
        return code(bytes, cells[place], &table, &scratch)
    }
}

extension String {
    var trimmedOfBlanks: String {
        var text = Substring(self)
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return String(text)
    }
}
