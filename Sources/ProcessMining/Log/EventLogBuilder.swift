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

    /// Takes events out, by their positions in rising order.
    ///
    /// - Complexity: O(events).
    mutating func remove(_ events: [Int]) {
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
        log.activities = activities.names
        log.resources = resources.names
        let (offsets, order) = orderByCaseAndTime()
        caseOfEvent = []
        log.traceOrder = traceOrder(offsets, order)
        // A case all of whose events were bad is none.
        let isWhole = names.indices.allSatisfy { offsets[$0] < offsets[$0 + 1] }
        log.cases = isWhole ? names : names.indices.filter { offsets[$0] < offsets[$0 + 1] }.map { names[$0] }
        log.caseOffsets = isWhole ? offsets : [0] + names.indices.filter { offsets[$0] < offsets[$0 + 1] }.map { offsets[$0 + 1] }
        let isInOrder = order.indices.allSatisfy { order[$0] == Int32(truncatingIfNeeded: $0) }
        func ordered<Value>(_ column: inout [Value]) -> [Value] {
            defer { column = [] }
            return isInOrder || column.isEmpty ? column : order.map { column[Int($0)] }
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

    /// First event of each case, and the positions of appending in the order of the log.
    private func orderByCaseAndTime() -> (offsets: [Int32], order: [Int32]) {
        var offsets = [Int32](repeating: 0, count: cases.count + 1)
        for code in caseOfEvent { offsets[Int(code) + 1] += 1 }
        for index in 1..<max(offsets.count, 1) { offsets[index] += offsets[index - 1] }
        var next = offsets
        var order = [Int32](repeating: 0, count: caseOfEvent.count)
        for (event, code) in caseOfEvent.enumerated() {
            order[Int(next[Int(code)])] = Int32(event)
            next[Int(code)] += 1
        }
        for index in 0..<cases.count { sortByTime(&order, in: Int(offsets[index])..<Int(offsets[index + 1])) }
        return (offsets, order)
    }

    /// Positions in the log in the order of traces; empty where that is the order of the log.
    private func traceOrder(_ offsets: [Int32], _ order: [Int32]) -> [Int32] {
        func isBefore(_ one: Int32, _ other: Int32) -> Bool {
            let (a, b) = (order[Int(one)], order[Int(other)])
            return !tracesFollowFile && end[Int(a)] != end[Int(b)] ? end[Int(a)] < end[Int(b)] : a < b
        }
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
