/// The columns of a log while it is read. `start` and `resource` are empty or as long as the others.
///
/// Rows that are too many for memory go to a file (``RowSpill``) where the options say so, and the log is then a ``SpilledLog``.
struct CodedLogBuilder {
    /// A row that is a start or a completion on its own.
    struct Mark {
        let isStart: Bool
        /// What tells several of one activity apart; -1 where nothing is said.
        let instance: Int32
        let line: Int
    }

    /// What a row's times would be by the other order of day and month.
    struct OpenTimes {
        var row: Int
        let start: Int64
        let end: Int64
        let line: Int
    }

    var cases = ByteTable()
    var activities = ByteTable()
    var resources = ByteTable()
    let attributeNames: [String]
    var attributeTables: [ByteTable]
    var attributeCodes: [[Int32]]

    var caseOfEvent: [Int32] = []
    var activity: [Int32] = []
    var end: [Int64] = []
    var start: [Int64] = []
    var resource: [Int32] = []
    /// Empty unless starts and completions are to be paired.
    var marks: [Mark] = []
    /// Rows whose day and month may still change places, until a date of the file tells which is which.
    var open: [OpenTimes] = []
    /// Traces have the order of appending, as in XES; or else that of completion.
    var tracesFollowFile = false
    /// Rows no longer in memory.
    private(set) var spill: RowSpill?
    /// The number of rows at which the memory is looked at again.
    private var nextLook = 0

    init(attributes: [String]) {
        attributeNames = attributes
        attributeTables = attributes.map { _ in ByteTable() }
        attributeCodes = attributes.map { _ in [] }
    }

    /// Rows in memory.
    var count: Int { activity.count }
    /// All rows, those in the file with them.
    var total: Int { (spill?.rows ?? 0) + count }

    // MARK: Memory

    /// Bytes of a row at the most until it is counted: the columns with the order of events, one of them twice while it is put in order.
    private var bytesOfRow: Int {
        24 + (start.isEmpty ? 0 : 8) + (resource.isEmpty ? 0 : 4) + 4 * attributeCodes.count
            + (marks.isEmpty ? 0 : MemoryLayout<Mark>.stride)
    }

    /// Bytes of the rows in memory.
    private var bytesOfRows: Int { count * bytesOfRow + open.count * MemoryLayout<OpenTimes>.stride }

    /// Bytes of all names; of a long log with the numbers of each case, and with its way, in which they are counted.
    var bytesOfNames: Int {
        let names = attributeTables.reduce(cases.memory + activities.memory + resources.memory) { $0 + $1.memory }
        return spill == nil ? names : names + 64 * cases.count + total
    }

    /// Looks at the memory now and then: writes the rows to the file if they are too many, refuses what takes more than allowed, and makes
    /// room for all events of a file once the first have told how long they are.
    ///
    /// - Parameters:
    ///   - bytes: how far the file is read; 0 where that is not known.
    ///   - other: memory taken beside the columns.
    ///   - canSpill: whether nobody will ask for the rows in memory again.
    mutating func check(_ options: LogReadingOptions, bytes: Int, beside other: Int, canSpill: Bool = true)
        throws(LogReadingError)
    {
        guard count >= nextLook else { return }
        let limit = options.spill.map { max($0.bytesInMemory / bytesOfRow, 1) } ?? .max
        defer { nextLook = count + max(min(0x1000, limit - count), 1) }
        guard count > 0 else { return }
        if let most = options.mostMemory, bytesOfRows + bytesOfNames + other > most { throw .tooMuchMemory(most, events: total) }
        if let spill = options.spill, canSpill, bytesOfRows >= limit * bytesOfRow { return try spillRows(in: spill.folder) }
        guard count == 1 << 16, bytes > 0, spill == nil, let whole = options.fileBytes else { return }
        reserve(min(Int(Double(count) * Double(whole) / Double(bytes) * 1.05), options.eventLimit, limit))
    }

    private mutating func reserve(_ expected: Int) {
        caseOfEvent.reserveCapacity(expected)
        activity.reserveCapacity(expected)
        end.reserveCapacity(expected)
        if !start.isEmpty { start.reserveCapacity(expected) }
        if !resource.isEmpty { resource.reserveCapacity(expected) }
        for column in attributeCodes.indices { attributeCodes[column].reserveCapacity(expected) }
    }

    // MARK: The file

    mutating func spillRows(in folder: String) throws(LogReadingError) {
        var spill: RowSpill
        if let known = self.spill { spill = known } else { spill = try RowSpill(in: folder) }
        self.spill = nil
        let offsets = caseOffsets(cases.count)
        var openOfRow = [Int32](repeating: -1, count: open.isEmpty ? 0 : count)
        for (index, times) in open.enumerated() { openOfRow[times.row] = Int32(index) }
        let layout = RowLayout(
            hasStart: !start.isEmpty, hasResource: !resource.isEmpty, hasMark: !marks.isEmpty, isOpen: !open.isEmpty,
            attributes: attributeCodes.count)
        try spill.append(orderByCase(offsets), offsets, layout) { row, writer in
            put(row, openOfRow.isEmpty || openOfRow[row] < 0 ? nil : open[Int(openOfRow[row])], layout, &writer)
        }
        self.spill = spill
        clear()
    }

    private func put(_ row: Int, _ open: OpenTimes?, _ layout: RowLayout, _ writer: inout RowWriter) {
        writer.put(caseOfEvent[row])
        writer.put(activity[row])
        writer.put(end[row])
        if layout.hasStart { writer.put(start[row]) }
        if layout.hasResource { writer.put(resource[row]) }
        for column in attributeCodes.indices { writer.put(attributeCodes[column][row]) }
        if layout.hasMark {
            writer.put(marks[row].isStart)
            writer.put(marks[row].instance)
        }
        if layout.isOpen {
            writer.put(open?.start ?? (layout.hasStart ? start[row] : end[row]))
            writer.put(open?.end ?? end[row])
        }
        if layout.hasLine { writer.put(layout.hasMark ? marks[row].line : open?.line ?? 0) }
    }

    private mutating func clear() {
        caseOfEvent.removeAll(keepingCapacity: true)
        activity.removeAll(keepingCapacity: true)
        end.removeAll(keepingCapacity: true)
        start.removeAll(keepingCapacity: true)
        resource.removeAll(keepingCapacity: true)
        marks.removeAll(keepingCapacity: true)
        open.removeAll(keepingCapacity: true)
        for column in attributeCodes.indices { attributeCodes[column].removeAll(keepingCapacity: true) }
    }

    /// Takes a row from the file, with its case as a number from `first`.
    ///
    /// - Parameters:
    ///   - keeping: fields that a row of the log may have; those that this one does not have are filled.
    ///   - swapsDates: whether what was read with the order of day and month open is to be taken the other way.
    /// - Returns: the line of a row left out because it ends before it starts.
    @inline(__always)
    mutating func append(_ row: RowFields, _ layout: RowLayout, from first: Int32, keeping: RowLayout, swapsDates: Bool) -> Int? {
        var row = row
        let (code, activity) = (row.next(Int32.self) - first, row.next(Int32.self))
        var end = row.next(Int64.self)
        var start = layout.hasStart ? row.next(Int64.self) : end
        let resource = layout.hasResource ? row.next(Int32.self) : EventLog.noResource
        for column in attributeCodes.indices { attributeCodes[column].append(row.next(Int32.self)) }
        let (isStart, instance) = layout.hasMark ? (row.next(Bool.self), row.next(Int32.self)) : (false, -1)
        let other = layout.isOpen ? (row.next(Int64.self), row.next(Int64.self)) : (start, end)
        let line = layout.hasLine ? row.next(Int.self) : 0
        if swapsDates { (start, end) = other }
        if layout.isOpen, layout.hasStart, !layout.hasMark, start > end {
            for column in attributeCodes.indices { attributeCodes[column].removeLast() }
            return line
        }
        caseOfEvent.append(code)
        self.activity.append(activity)
        self.end.append(end)
        if keeping.hasStart { self.start.append(start) }
        if keeping.hasResource { self.resource.append(resource) }
        if keeping.hasMark { marks.append(Mark(isStart: isStart, instance: instance, line: line)) }
        return nil
    }

    // MARK: What the end of the file settles

    /// The file has told day from month, or is at its end.
    ///
    /// - Parameter swapsDates: rows that were open were read the wrong way round.
    /// - Returns: the lines of rows that now end before they start; they are taken out.
    mutating func settle(swapsDates: Bool) -> [Int] {
        if swapsDates {
            for times in open {
                end[times.row] = times.end
                if !start.isEmpty { start[times.row] = times.start }
            }
        }
        let impossible = start.isEmpty || !marks.isEmpty ? [] : open.filter { start[$0.row] > end[$0.row] }
        open = []
        remove(impossible.map(\.row))
        return impossible.map(\.line)
    }

    /// Makes one event of a start and its completion, where rows are marked as such.
    ///
    /// - Returns: the lines of completions before their start, which are taken out, and how many starts were never completed.
    mutating func pair() -> (impossible: [Int], unfinished: Int) {
        var pairing = LifecyclePairing()
        var (impossible, taken, unfinished): ([Int], [Int], Int) = ([], [], 0)
        for row in marks.indices {
            let key = LifecyclePairing.Key(caseCode: caseOfEvent[row], activity: activity[row], instance: marks[row].instance)
            if marks[row].isStart {
                pairing.start(key, at: row)
                continue
            }
            let event = pairing.complete(key)
            if start[event ?? row] > end[row] {
                impossible.append(marks[row].line)
                unfinished += event == nil ? 0 : 1
            } else if let event {
                complete(
                    event, at: end[row], resource: resource.isEmpty ? EventLog.noResource : resource[row],
                    values: attributeCodes.map { $0[row] })
            } else {
                continue
            }
            taken.append(row)
        }
        marks = []
        remove(taken)
        return (impossible, unfinished + pairing.giveUp())
    }

    /// Gives a start its end, and what the completion says of who and what; what it leaves open stays.
    mutating func complete(_ event: Int, at time: Int64, resource who: Int32, values: [Int32]) {
        end[event] = time
        if who >= 0 {
            if resource.isEmpty { resource = Array(repeating: EventLog.noResource, count: count) }
            resource[event] = who
        }
        for column in values.indices where values[column] >= 0 { attributeCodes[column][event] = values[column] }
    }

    /// Takes rows out, by their positions.
    ///
    /// - Complexity: O(rows).
    private mutating func remove(_ rows: [Int]) {
        guard !rows.isEmpty else { return }
        var isKept = [Bool](repeating: true, count: count)
        for row in rows { isKept[row] = false }
        func keep<Value>(_ column: inout [Value]) {
            guard !column.isEmpty else { return }
            var next = 0
            for row in column.indices where isKept[row] {
                column[next] = column[row]
                next += 1
            }
            column.removeLast(column.count - next)
        }
        keep(&start)
        keep(&resource)
        for column in attributeCodes.indices { keep(&attributeCodes[column]) }
        keep(&caseOfEvent)
        keep(&end)
        keep(&activity)
    }
}
