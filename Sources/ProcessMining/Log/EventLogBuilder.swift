/// Takes events in any order and gives the log: grouped by case, by time, names kept once.
///
/// Appending is O(1); `finish` sorts the events of each case by beginning and then end (stable, so that equal times keep the
/// order of appending), O(n) where they come in order, O(n log k) with cases of k events at worst.
public struct EventLogBuilder {
    private var coded: CodedLogBuilder

    /// - Parameter attributes: names of the further columns that every `append` gives, in this order.
    public init(attributes: [String] = []) { coded = CodedLogBuilder(attributes: attributes) }

    public var eventCount: Int { coded.count }

    /// - Parameters:
    ///   - start: beginning in microseconds since 1970, nil where the event has one time only.
    ///   - end: completion in microseconds since 1970.
    ///   - values: one for each further column; nil for an empty cell.
    public mutating func append(
        caseID: String, activity name: String, start began: Int64? = nil, end completed: Int64, resource who: String? = nil,
        values: [String?] = []
    ) {
        if let began {
            if coded.start.isEmpty { coded.start = coded.end }
            coded.start.append(began)
        } else if !coded.start.isEmpty {
            coded.start.append(completed)
        }
        if who != nil, coded.resource.isEmpty { coded.resource = Array(repeating: EventLog.noResource, count: coded.count) }
        if who != nil || !coded.resource.isEmpty {
            coded.resource.append(who.map { coded.resources.code(of: $0) } ?? EventLog.noResource)
        }
        coded.caseOfEvent.append(coded.cases.code(of: caseID))
        coded.activity.append(coded.activities.code(of: name))
        coded.end.append(completed)
        for column in coded.attributeTables.indices {
            let value = column < values.count ? values[column] : nil
            coded.attributeCodes[column].append(value.map { coded.attributeTables[column].code(of: $0) } ?? -1)
        }
    }

    public func finish() -> EventLog {
        var coded = coded
        return coded.finish()
    }
}

extension ByteTable {
    mutating func code(of text: String) -> Int32 {
        var text = text
        return text.withUTF8 { code(of: UnsafeRawBufferPointer($0)) }
    }
}

/// The columns of a log while it is read. `start` and `resource` are empty or as long as the others.
struct CodedLogBuilder {
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
    /// Traces have the order of appending, as in XES; or else that of completion.
    var tracesFollowFile = false

    init(attributes: [String]) {
        attributeNames = attributes
        attributeTables = attributes.map { _ in ByteTable() }
        attributeCodes = attributes.map { _ in [] }
    }

    var count: Int { activity.count }

    /// Bytes that the log takes at the most until it is counted: the columns with the order of events, one of them twice while it is put
    /// in order, and all names.
    private var memory: Int {
        let columns = 16 + (start.isEmpty ? 0 : 8) + (resource.isEmpty ? 0 : 4) + 4 * attributeCodes.count
        let names = attributeTables.reduce(cases.memory + activities.memory + resources.memory) { $0 + $1.memory }
        return count * (columns + 8) + names
    }

    /// Looks at the memory now and then, and makes room for all events of a file once the first have told how long they are.
    ///
    /// - Parameters:
    ///   - bytes: how far the file is read; 0 where that is not known.
    ///   - other: memory taken beside the columns.
    mutating func check(_ options: LogReadingOptions, bytes: Int, beside other: Int) throws(LogReadingError) {
        guard count & 0xFFF == 0, count > 0 else { return }
        if let most = options.mostMemory, memory + other > most { throw .tooMuchMemory(most, events: count) }
        guard count == 1 << 16, bytes > 0, let whole = options.fileBytes else { return }
        let expected = min(Int(Double(count) * Double(whole) / Double(bytes) * 1.05), options.eventLimit)
        caseOfEvent.reserveCapacity(expected)
        activity.reserveCapacity(expected)
        end.reserveCapacity(expected)
        if !start.isEmpty { start.reserveCapacity(expected) }
        if !resource.isEmpty { resource.reserveCapacity(expected) }
        for column in attributeCodes.indices { attributeCodes[column].reserveCapacity(expected) }
    }

    /// Gives a start its end, and what the completion says of who and what; what it leaves open stays.
    mutating func complete(_ event: Int, at time: Int64, resource who: Int32, values: [Int32]) {
        end[event] = time
        if who >= 0, !resource.isEmpty { resource[event] = who }
        for column in values.indices where values[column] >= 0 { attributeCodes[column][event] = values[column] }
    }

    /// Takes events out, by their positions.
    ///
    /// - Complexity: O(events).
    mutating func remove(_ events: some Collection<Int>) {
        guard !events.isEmpty else { return }
        var isKept = [Bool](repeating: true, count: count)
        for event in events { isKept[event] = false }
        func keep<Value>(_ column: inout [Value]) {
            if !column.isEmpty { column = column.indices.filter { isKept[$0] }.map { column[$0] } }
        }
        keep(&start)
        keep(&resource)
        for column in attributeCodes.indices { keep(&attributeCodes[column]) }
        keep(&caseOfEvent)
        keep(&end)
        keep(&activity)
    }

    /// The log; the builder is empty afterwards, each column given up as soon as it stands in order.
    mutating func finish() -> EventLog {
        var log = EventLog()
        let names = cases.names
        cases = ByteTable()
        log.activities = activities.names
        log.resources = resources.names
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
        log.attributes = attributeNames.indices.map { column in
            EventAttribute(
                name: attributeNames[column], values: attributeTables[column].names, codes: ordered(&attributeCodes[column]))
        }
        return log
    }

    /// First event of each case in the order of the log.
    private func caseOffsets(_ cases: Int) -> [Int32] {
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

    /// The positions of appending in the order of the log.
    private func orderByCaseAndTime(_ offsets: [Int32]) -> [Int32] {
        var next = offsets
        var order = [Int32](repeating: 0, count: caseOfEvent.count)
        for (event, code) in caseOfEvent.enumerated() {
            order[Int(next[Int(code)])] = Int32(event)
            next[Int(code)] += 1
        }
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
