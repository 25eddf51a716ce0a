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
