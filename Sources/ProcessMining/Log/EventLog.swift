/// What happened, to which case, when and by whom: the input of everything in this module.
///
/// Events stand grouped by case, cases in the order of their first row, the events of a case by beginning, then
/// by end, with the order of the file kept on equal times. Everything is kept in columns: the events of case `c` are the
/// positions `events(ofCase: c)` of `activity`, `start`, `end` and `resource`. Names are kept once and meant
/// by their code, the position in `activities` or `resources`.
///
/// A trace, the sequence of activities that makes a variant, has an order of its own: that of the file in XES, where it is part of the
/// log's meaning, and that of completion elsewhere. It differs from the order of beginnings only where work runs side by side or a
/// file is not in order of time, and is kept in `traceOrder` there.
///
/// Times are microseconds since 1970-01-01T00:00:00Z. An event takes 12 bytes, 4 more where people are named, 8 more where it has
/// a beginning, 4 more where traces have an order of their own, and every name is kept once.
public struct EventLog: Sendable, Equatable {
    /// Activity names by code, in the order of first appearance.
    public internal(set) var activities: [String]
    /// Names of people or machines by code, in the order of first appearance.
    public internal(set) var resources: [String]
    /// Case identifiers, in the order of first appearance.
    public internal(set) var cases: [String]
    /// `cases.count + 1` positions: the first event of each case, and the number of events.
    public internal(set) var caseOffsets: [Int32]

    /// Activity code of each event.
    public internal(set) var activity: [Int32]
    /// When each event was complete, in microseconds. An event with one time has it here and in `start`.
    public internal(set) var end: [Int64]
    /// When each event began; empty unless the log gives intervals. Read it by `start(of:)`.
    public internal(set) var start: [Int64]
    /// Who did it, -1 where nobody is named; empty where the log names nobody at all. Read it by `resource(of:)`.
    public internal(set) var resource: [Int32]
    /// Positions of the events in the order of traces, case by case; empty where it is the order in which they stand.
    public internal(set) var traceOrder: [Int32]
    /// Further columns of the file that a filter may ask for, by name.
    public internal(set) var attributes: [EventAttribute]

    public static let noResource: Int32 = -1

    public var eventCount: Int { activity.count }
    public var caseCount: Int { cases.count }
    /// Whether events have a beginning of their own, so that service and waiting can be told apart.
    public var hasIntervals: Bool { !start.isEmpty }

    public init() {
        activities = []
        resources = []
        cases = []
        caseOffsets = [0]
        activity = []
        end = []
        start = []
        resource = []
        traceOrder = []
        attributes = []
    }

    @inlinable
    public func events(ofCase index: Int) -> Range<Int> { Int(caseOffsets[index])..<Int(caseOffsets[index + 1]) }

    @inlinable
    public func start(of event: Int) -> Int64 { start.isEmpty ? end[event] : start[event] }

    @inlinable
    public func resource(of event: Int) -> Int32 { resource.isEmpty ? Self.noResource : resource[event] }

    /// The team or role of each event, where a column says so.
    public var groups: EventAttribute? { attributes.first { LogColumns.isGroup($0.name) } }

    /// Beginning of the first and end of the last event of a case, in microseconds.
    public func span(ofCase index: Int) -> (from: Int64, to: Int64) {
        var from = Int64.max
        var to = Int64.min
        for event in events(ofCase: index) {
            from = min(from, start(of: event))
            to = max(to, end[event])
        }
        return (from, to)
    }

    /// Ends of the first and of the last event of a case's trace, in microseconds. A file of XES that is not in order of time may have
    /// the second before the first.
    public func completions(ofCase index: Int) -> (from: Int64, to: Int64) {
        let ends = traceEnds(ofCase: index)
        return (end[ends.first], end[ends.last])
    }

    /// The first and the last event of a case's trace.
    func traceEnds(ofCase index: Int) -> (first: Int, last: Int) {
        let events = events(ofCase: index)
        guard !traceOrder.isEmpty else { return (events.lowerBound, events.upperBound - 1) }
        return (Int(traceOrder[events.lowerBound]), Int(traceOrder[events.upperBound - 1]))
    }

    /// The activity codes of a case in the order of its trace.
    public func trace(ofCase index: Int) -> ArraySlice<Int32> {
        let events = events(ofCase: index)
        return traceOrder.isEmpty ? activity[events] : traceOrder[events].map { activity[Int($0)] }[...]
    }

    /// The activity codes of all cases, each in the order of its trace.
    var traces: [Int32] { traceOrder.isEmpty ? activity : traceOrder.map { activity[Int($0)] } }
}

/// One further column: values by code, and the code of each event (-1 where the cell is empty).
public struct EventAttribute: Sendable, Equatable {
    public internal(set) var name: String
    public internal(set) var values: [String]
    public internal(set) var codes: [Int32]
}
