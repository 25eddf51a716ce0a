/// Takes events in any order and gives the log: grouped by case, by time, names kept once.
///
/// Appending is O(1); `finish` sorts the events of each case by time (stable, so that equal times keep the
/// order of appending), O(n) where they come in order, O(n log k) with cases of k events at worst.
public struct EventLogBuilder {
    private var cases = NameTable()
    private var activities = NameTable()
    private var resources = NameTable()
    private var attributes: [(name: String, table: NameTable, codes: [Int32])]

    private var caseOfEvent: [Int32] = []
    private var activity: [Int32] = []
    private var end: [Int64] = []
    private var start: [Int64] = []
    private var resource: [Int32] = []

    /// - Parameter attributes: names of the further columns that every `append` gives, in this order.
    public init(attributes: [String] = []) {
        self.attributes = attributes.map { ($0, NameTable(), []) }
    }

    public var eventCount: Int { activity.count }

    /// - Parameters:
    ///   - start: beginning in microseconds since 1970, nil where the event has one time only.
    ///   - end: completion in microseconds since 1970.
    ///   - values: one for each further column; nil for an empty cell.
    public mutating func append(
        caseID: String, activity name: String, start began: Int64? = nil, end completed: Int64, resource who: String? = nil,
        values: [String?] = []
    ) {
        append(caseCode: cases.code(of: caseID), activityCode: activities.code(of: name), start: began, end: completed,
            resourceCode: who.map { resources.code(of: $0) } ?? EventLog.noResource, values: values)
    }

    private mutating func append(
        caseCode: Int32, activityCode: Int32, start began: Int64?, end completed: Int64, resourceCode: Int32, values: [String?]
    ) {
        if let began, start.isEmpty { start = end; start.append(began) } else if !start.isEmpty { start.append(began ?? completed) }
        if resourceCode >= 0, resource.isEmpty { resource = Array(repeating: EventLog.noResource, count: activity.count) }
        if resourceCode >= 0 || !resource.isEmpty { resource.append(resourceCode) }
        caseOfEvent.append(caseCode)
        activity.append(activityCode)
        end.append(completed)
        for column in attributes.indices {
            let value = column < values.count ? values[column] : nil
            attributes[column].codes.append(value.map { attributes[column].table.code(of: $0) } ?? -1)
        }
    }

    public func finish() -> EventLog {
        var log = EventLog()
        log.activities = activities.names
        log.resources = resources.names
        log.cases = cases.names
        let (offsets, order) = orderByCaseAndTime()
        log.caseOffsets = offsets
        log.activity = order.map { activity[Int($0)] }
        log.end = order.map { end[Int($0)] }
        log.start = start.isEmpty ? [] : order.map { start[Int($0)] }
        log.resource = resource.isEmpty ? [] : order.map { resource[Int($0)] }
        log.attributes = attributes.map { column in
            EventAttribute(name: column.name, values: column.table.names, codes: order.map { column.codes[Int($0)] })
        }
        return log
    }

    /// First event of each case, and the positions of appending in the order of the log.
    private func orderByCaseAndTime() -> (offsets: [Int32], order: [Int32]) {
        var offsets = [Int32](repeating: 0, count: cases.names.count + 1)
        for code in caseOfEvent { offsets[Int(code) + 1] += 1 }
        for index in 1..<max(offsets.count, 1) { offsets[index] += offsets[index - 1] }
        var next = offsets
        var order = [Int32](repeating: 0, count: caseOfEvent.count)
        for (event, code) in caseOfEvent.enumerated() {
            order[Int(next[Int(code)])] = Int32(event)
            next[Int(code)] += 1
        }
        for index in 0..<cases.names.count { sortByTime(&order, in: Int(offsets[index])..<Int(offsets[index + 1])) }
        return (offsets, order)
    }

    private func sortByTime(_ order: inout [Int32], in range: Range<Int>) {
        let inOrder = zip(range.dropLast(), range.dropFirst()).allSatisfy { end[Int(order[$0])] <= end[Int(order[$1])] }
        guard !inOrder else { return }
        order[range].sort { (end[Int($0)], $0) < (end[Int($1)], $1) }
    }
}

/// Names kept once, by code in the order of first appearance.
struct NameTable {
    private(set) var names: [String] = []
    private var codes: [String: Int32] = [:]

    mutating func code(of name: String) -> Int32 {
        if let code = codes[name] { return code }
        let code = Int32(names.count)
        names.append(name)
        codes[name] = code
        return code
    }
}
