extension CodedLogBuilder {
    /// The reading with the log, in memory or on disk; what only the end could tell is settled and counted.
    ///
    /// - Parameter swapsDates: rows in the file that are open were read the wrong way round.
    /// - Throws: ``LogReadingError`` where there is no event.
    mutating func finish(_ reading: inout LogReading, _ options: LogReadingOptions, swapsDates: Bool) throws(LogReadingError) {
        let events: Int
        if let spill = options.spill, self.spill != nil {
            if count > 0 { try spillRows(in: spill.folder) }
            let log = try spilledLog(options, spill, swapsDates)
            events = try log.settle(&reading)
            (reading.log, reading.spilled) = (log.outline, log)
        } else {
            let found = pair()
            reading.unfinishedStarts += found.unfinished
            for line in found.impossible { reading.reject(line, .endBeforeStart) }
            events = count
            reading.log = finish()
        }
        guard events == 0 else { return }
        if let row = reading.badRows.first { throw .nothingReadable(row) }
        throw .noRows
    }

    private mutating func spilledLog(_ options: LogReadingOptions, _ wish: SpillOptions, _ swapsDates: Bool)
        throws(LogReadingError)
        -> SpilledLog
    {
        guard let spill else { throw .noRows }
        // A case stands in memory as a whole, as rows and as a log.
        let longest = Int(spill.rowsOfCase.max() ?? 0) * (spill.width + 16) * 2
        if let most = options.mostMemory, longest + bytesOfNames > most { throw .tooMuchMemory(most, events: spill.rows) }
        let (outline, followFile) = (self.outline, tracesFollowFile)
        var cases = cases
        self = CodedLogBuilder(attributes: [])
        if !cases.hasUnnamed { cases.forgetLookups() }
        return SpilledLog(
            outline, cases, spill, swapsDates: swapsDates, tracesFollowFile: followFile, bytesAtOnce: wish.bytesInMemory / 8)
    }

    /// The names by code, without an event.
    var outline: EventLog {
        var log = EventLog()
        log.activities = activities.names
        log.resources = resources.names
        log.attributes = zip(attributeNames, attributeTables).map { EventAttribute(name: $0, values: $1.names, codes: []) }
        return log
    }

    /// The log in memory; the builder is empty afterwards.
    mutating func finish() -> EventLog {
        let names = (0..<cases.count).map { cases.caseName($0) }
        cases = ByteTable()
        return finish(cases: names, outline)
    }

    /// The log of the rows at hand, each column given up as soon as it stands in order.
    ///
    /// - Parameters:
    ///   - names: of the cases, by the numbers in `caseOfEvent`.
    ///   - outline: the names of everything else.
    mutating func finish(cases names: [String], _ outline: EventLog) -> EventLog {
        var log = outline
        let offsets = caseOffsets(names.count)
        let order = isInOrder ? nil : orderByCaseAndTime(offsets)
        caseOfEvent = []
        log.traceOrder = traceOrder(offsets, order)
        // A case all of whose events were bad is none.
        let isWhole = names.indices.allSatisfy { offsets[$0] < offsets[$0 + 1] }
        log.cases = isWhole ? names : names.indices.filter { offsets[$0] < offsets[$0 + 1] }.map { names[$0] }
        log.caseOffsets = isWhole ? offsets : [0] + names.indices.filter { offsets[$0] < offsets[$0 + 1] }.map { offsets[$0 + 1] }
        func ordered<Value>(_ column: inout [Value]) -> [Value] {
            defer { column = [] }
            guard let order, !column.isEmpty else { return column }
            return order.map { column[Int($0)] }
        }
        log.activity = ordered(&activity)
        log.end = ordered(&end)
        log.start = ordered(&start)
        log.resource = ordered(&resource)
        for column in attributeCodes.indices { log.attributes[column].codes = ordered(&attributeCodes[column]) }
        return log
    }

    /// First event of each case in the order of the log.
    func caseOffsets(_ cases: Int) -> [Int32] {
        var offsets = [Int32](repeating: 0, count: cases + 1)
        for code in caseOfEvent { offsets[Int(code) + 1] += 1 }
        for index in 1..<max(offsets.count, 1) { offsets[index] += offsets[index - 1] }
        return offsets
    }

    /// Whether the events came case by case, each case by beginning and then by end, so that they stand as they are.
    private var isInOrder: Bool {
        let began = start.isEmpty ? end : start
        for event in caseOfEvent.indices.dropFirst() {
            let (code, before) = (caseOfEvent[event], caseOfEvent[event - 1])
            if code < before { return false }
            guard code == before else { continue }
            if (began[event], end[event]) < (began[event - 1], end[event - 1]) { return false }
        }
        return true
    }

    /// The positions of appending by cases, those of a case as they came.
    func orderByCase(_ offsets: [Int32]) -> [Int32] {
        var next = offsets
        var order = [Int32](repeating: 0, count: caseOfEvent.count)
        for (event, code) in caseOfEvent.enumerated() {
            order[Int(next[Int(code)])] = Int32(event)
            next[Int(code)] += 1
        }
        return order
    }

    /// The positions of appending in the order of the log.
    private func orderByCaseAndTime(_ offsets: [Int32]) -> [Int32] {
        var order = orderByCase(offsets)
        for index in 0..<offsets.count - 1 { sortByTime(&order, in: Int(offsets[index])..<Int(offsets[index + 1])) }
        return order
    }

    /// Positions in the log in the order of traces; empty where that is the order of the log.
    ///
    /// - Parameter order: the positions of appending in the order of the log; nil where these are the same.
    private func traceOrder(_ offsets: [Int32], _ order: [Int32]?) -> [Int32] {
        func isBefore(_ one: Int32, _ other: Int32) -> Bool {
            let (a, b) = order.map { ($0[Int(one)], $0[Int(other)]) } ?? (one, other)
            return !tracesFollowFile && end[Int(a)] != end[Int(b)] ? end[Int(a)] < end[Int(b)] : a < b
        }
        // Points in order of time, or of the file, have one order alone.
        if order == nil, start.isEmpty || tracesFollowFile { return [] }
        var all: [Int32] = []
        for index in 0..<(offsets.count - 1) {
            let range = offsets[index]..<offsets[index + 1]
            let isInOrder = range.dropFirst().allSatisfy { !isBefore($0, $0 - 1) }
            if isInOrder && all.isEmpty { continue }
            if all.isEmpty { all = Array(0..<range.lowerBound) }
            all += isInOrder ? Array(range) : range.sorted(by: isBefore)
        }
        return all
    }

    /// By beginning, then by end, then as appended.
    private func sortByTime(_ order: inout [Int32], in range: Range<Int>) {
        let began = start.isEmpty ? end : start
        func isBefore(_ one: Int32, _ other: Int32) -> Bool {
            let (a, b) = (Int(one), Int(other))
            return began[a] != began[b] ? began[a] < began[b] : end[a] != end[b] ? end[a] < end[b] : a < b
        }
        let isInOrder = range.dropFirst().allSatisfy { !isBefore(order[$0], order[$0 - 1]) }
        if !isInOrder { order[range].sort(by: isBefore) }
    }
}

extension ByteTable {
    /// Whether there are traces of XES without a name.
    fileprivate var hasUnnamed: Bool { (0..<count).contains { firstByte(of: $0) == 0 } }

    /// The name of a case. A trace of XES without one, whose text begins with a zero as no text of XML can, is called by its number, with
    /// as many marks before it as set it apart from all names there are.
    func caseName(_ code: Int) -> String {
        guard firstByte(of: code) == 0 else { return name(code) }
        var name = "#" + self.name(code).dropFirst()
        var all = self
        while all.contains(name) { name = "#" + name }
        return name
    }

    private mutating func contains(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { find(UnsafeRawBufferPointer($0)) } >= 0
    }
}
