/// A log too long for memory: its rows in a temporary file, its names in memory.
///
/// Memory holds the name of every case, activity, person and value once, some forty bytes beside each, and of the rows as many whole
/// cases as fit, at least one.
public struct SpilledLog: EventSource {
    /// Names and columns without an event.
    public let outline: EventLog
    private let cases: ByteTable
    private let spill: RowSpill
    private let swapsDates: Bool
    private let tracesFollowFile: Bool
    private let bytesAtOnce: Int
    private var selections: [LogSelection] = []

    /// - Parameters:
    ///   - swapsDates: rows read with the order of day and month open are to be taken the other way.
    ///   - bytesAtOnce: bytes of rows in memory at a time, if no case has more.
    init(_ outline: EventLog, _ cases: ByteTable, _ spill: RowSpill, swapsDates: Bool, tracesFollowFile: Bool, bytesAtOnce: Int) {
        self.outline = outline
        self.cases = cases
        self.spill = spill
        self.swapsDates = swapsDates
        self.tracesFollowFile = tracesFollowFile
        self.bytesAtOnce = bytesAtOnce
    }

    public var isLong: Bool { true }
    public var numbersAtOnce: Int { min(max(bytesAtOnce * 2, 1 << 16), 1 << 22) }

    public func pieces() -> Pieces { Pieces(log: self, parts: Parts(self)) }

    public func filtered(by filter: LogFilter, clock: WorkClock) throws(LogReadingError) -> SpilledLog {
        if filter.isEmpty { return self }
        var log = self
        log.selections.append(try LogSelection(filter, of: self, clock))
        return log
    }

    /// The walk over what the filters keep.
    public struct Pieces: EventPieces {
        fileprivate let log: SpilledLog
        fileprivate var parts: Parts

        public mutating func next() throws(LogReadingError) -> EventLog? {
            while var part = try parts.next() {
                _ = part.rows.pair()
                let names = part.cases.map { log.cases.caseName($0) }
                let piece = log.selections.reduce(part.rows.finish(cases: names, log.outline)) { $1.part(of: $0) }
                if piece.caseCount > 0 { return piece }
            }
            return nil
        }
    }

    /// Tells the reading what shows only when all rows of a case are there.
    ///
    /// - Returns: the number of events.
    func settle(_ reading: inout LogReading) throws(LogReadingError) -> Int {
        guard spill.isOpen else { return spill.rows }
        var (parts, events) = (Parts(self), 0)
        while var part = try parts.next() {
            let pairs = part.rows.pair()
            reading.unfinishedStarts += pairs.unfinished
            for line in part.impossible + pairs.impossible { reading.reject(line, .endBeforeStart) }
            events += part.rows.count
        }
        return events
    }

    /// All rows of some cases.
    fileprivate struct Part {
        let cases: Range<Int>
        var rows: CodedLogBuilder
        /// Lines of rows left out because they end before they start.
        var impossible: [Int] = []
    }

    /// A walk through all runs at once, by cases.
    fileprivate struct Parts {
        private let log: SpilledLog
        private let keeping: RowLayout
        private var cursors: [RunCursor]
        private var nextCase = 0

        init(_ log: SpilledLog) {
            let spill = log.spill
            self.log = log
            cursors = spill.runs.map { RunCursor($0, spill.file, most: log.bytesAtOnce / spill.runs.count) }
            keeping = RowLayout(
                hasStart: spill.hasStart, hasResource: spill.hasResource, hasMark: spill.runs.contains { $0.layout.hasMark },
                isOpen: false, attributes: log.outline.attributes.count)
        }

        mutating func next() throws(LogReadingError) -> Part? {
            guard nextCase < log.spill.rowsOfCase.count else { return nil }
            let cases = nextCase..<end
            nextCase = cases.upperBound
            var part = Part(cases: cases, rows: CodedLogBuilder(attributes: log.outline.attributes.map(\.name)))
            part.rows.tracesFollowFile = log.tracesFollowFile
            let (first, swaps, keeping) = (Int32(cases.lowerBound), log.swapsDates, keeping)
            for index in cursors.indices {
                let layout = cursors[index].layout
                try cursors[index].takeRows(below: Int32(cases.upperBound)) { row in
                    let line = part.rows.append(row, layout, from: first, keeping: keeping, swapsDates: swaps)
                    if let line { part.impossible.append(line) }
                }
            }
            return part
        }

        /// One case at least, and as many more as fit.
        private var end: Int {
            let counts = log.spill.rowsOfCase
            let most = log.bytesAtOnce / max(log.spill.width, 1)
            var (end, rows) = (nextCase, 0)
            while end < counts.count, end == nextCase || rows + Int(counts[end]) <= most {
                rows += Int(counts[end])
                end += 1
            }
            return end
        }
    }
}
