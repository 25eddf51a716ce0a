/// Which part of a log is looked at. Conditions hold together; an empty filter keeps all.
public struct LogFilter: Sendable, Hashable {
    /// How a case must lie to a period to be kept.
    public enum Coverage: String, Sendable, Hashable, CaseIterable {
        /// It begins and ends within.
        case contained
        /// Some of it lies within.
        case intersecting
        /// It begins within.
        case started
        /// It ends within.
        case completed
    }

    /// Microseconds since 1970, the end not included.
    public var period: Range<Int64>?
    public var coverage: Coverage = .contained
    /// Cases with at least one of these activities.
    public var withActivities: Set<String> = []
    /// Cases with none of these.
    public var withoutActivities: Set<String> = []
    /// Events of these activities only; all if empty. Cases left without events fall out.
    public var onlyActivities: Set<String> = []
    /// Cases whose trace is among the most frequent variants, as many as this.
    public var mostFrequentVariants: Int?
    /// Cases of one variant alone: 1 is the most frequent.
    public var variant: Int?
    /// Cases with at least one event with one of these values, by column.
    public var attributes: [String: Set<String>] = [:]
    /// Cases with at least one event by one of these.
    public var resources: Set<String> = []
    /// Seconds from the first beginning to the last end, as the clock counts them.
    public var duration: ClosedRange<Double>?

    public init() {}

    public var isEmpty: Bool { self == LogFilter() }
}

extension EventLog {
    /// The part of the log that a filter keeps. Codes of names stay as they are.
    ///
    /// - Complexity: O(events), and O(events) more for variants.
    public func filtered(by filter: LogFilter, clock: WorkClock = .wall) -> EventLog {
        filter.isEmpty ? self : LogSelection(filter, of: self, clock).part(of: self)
    }

    /// Cases by number.
    public func keepingCases(_ keeps: (Int) -> Bool) -> EventLog {
        var log = emptied()
        for index in 0..<caseCount where keeps(index) { log.append(index, of: self) { _ in true } }
        return log
    }

    /// Events by position; cases left without any fall out.
    public func keeping(_ keeps: (Int) -> Bool) -> EventLog {
        var log = emptied()
        for index in 0..<caseCount { log.append(index, of: self, keeps) }
        return log
    }

    /// The same names and columns without events.
    private func emptied() -> EventLog {
        var log = EventLog()
        log.activities = activities
        log.resources = resources
        log.attributes = attributes.map { EventAttribute(name: $0.name, values: $0.values, codes: []) }
        return log
    }

    /// A case with those of its events that are kept; nothing where none is.
    private mutating func append(_ index: Int, of other: EventLog, _ keeps: (Int) -> Bool) {
        let range = other.events(ofCase: index)
        let begin = eventCount
        var places = [Int32](repeating: -1, count: other.traceOrder.isEmpty ? 0 : range.count)
        for event in range where keeps(event) {
            if !places.isEmpty { places[event - range.lowerBound] = Int32(eventCount) }
            append(event, of: other)
        }
        guard eventCount > begin else { return }
        cases.append(other.cases[index])
        caseOffsets.append(Int32(eventCount))
        guard !places.isEmpty else { return }
        traceOrder += other.traceOrder[range].map { places[Int($0) - range.lowerBound] }.filter { $0 >= 0 }
    }

    private mutating func append(_ event: Int, of other: EventLog) {
        activity.append(other.activity[event])
        end.append(other.end[event])
        if other.hasIntervals { start.append(other.start[event]) }
        if !other.resource.isEmpty { resource.append(other.resource[event]) }
        for column in attributes.indices { attributes[column].codes.append(other.attributes[column].codes[event]) }
    }
}

/// A filter's conditions on cases, with names turned into codes once; variants stand apart.
struct CaseTest {
    private let filter: LogFilter
    private let log: EventLog
    private let clock: WorkClock
    private let with, without, resources: [Bool]
    private let columns: [(codes: [Int32], wanted: [Bool])]

    init(_ filter: LogFilter, _ log: EventLog, _ clock: WorkClock) {
        self.filter = filter
        self.log = log
        self.clock = clock
        with = filter.withActivities.isEmpty ? [] : log.activities.map { filter.withActivities.contains($0) }
        without = filter.withoutActivities.isEmpty ? [] : log.activities.map { filter.withoutActivities.contains($0) }
        resources = filter.resources.isEmpty ? [] : log.resources.map { filter.resources.contains($0) }
        columns = filter.attributes.sorted { $0.key < $1.key }.map { name, wanted in
            guard let column = log.attributes.first(where: { $0.name == name }) else { return ([], []) }
            return (column.codes, column.values.map { wanted.contains($0) })
        }
    }

    func keeps(_ index: Int) -> Bool {
        let events = log.events(ofCase: index)
        let span = log.span(ofCase: index)
        if let period = filter.period, !covers(period, span) { return false }
        if let duration = filter.duration, !duration.contains(clock.seconds(from: span.from, to: span.to)) { return false }
        if !with.isEmpty, !events.contains(where: { with[Int(log.activity[$0])] }) { return false }
        if !without.isEmpty, events.contains(where: { without[Int(log.activity[$0])] }) { return false }
        if !resources.isEmpty, !events.contains(where: { log.resource(of: $0) >= 0 && resources[Int(log.resource(of: $0))] }) {
            return false
        }
        return columns.allSatisfy { column in
            !column.codes.isEmpty && events.contains { column.codes[$0] >= 0 && column.wanted[Int(column.codes[$0])] }
        }
    }

    private func covers(_ period: Range<Int64>, _ span: (from: Int64, to: Int64)) -> Bool {
        switch filter.coverage {
        case .contained: period.contains(span.from) && span.to <= period.upperBound
        case .intersecting: span.from < period.upperBound && span.to >= period.lowerBound
        case .started: period.contains(span.from)
        case .completed: period.contains(span.to)
        }
    }
}
