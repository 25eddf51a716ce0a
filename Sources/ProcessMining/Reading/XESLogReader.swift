/// Reads a log from XES (IEEE 1849) that comes in pieces.
///
/// Every event counts as it stands, also those of other transitions than `complete`, as other tools have it by default; with
/// `pairsLifecycle` a `start` and the next `complete` of the same activity in the same case (and instance, where there is one) become
/// one event with an interval, and other transitions are left out.
///
/// - Complexity: O(bytes).
public struct XESLogReader {
    private let options: LogReadingOptions
    private let pairsLifecycle: Bool
    private var scanner = XMLScanner()
    private var builder: CodedLogBuilder
    private var times: TimeParser
    private var reading = LogReading(log: EventLog())
    private var scratch: [UInt8] = []
    private var hasBytes = false

    // Where in the document the reader is.
    private var isInLog = false
    private var isInTrace = false
    private var isInEvent = false
    private var skipped = 0
    private var traces = 0
    private var caseCode: Int32 = -1
    private var eventLine = 0
    private var activity: Int32 = -1
    private var time: Int64?
    private var timeFlaw: BadRow.Reason?
    private var resource: Int32 = -1
    private var start: Int64?
    private var transition = Transition.none
    private var instance: Int32 = -1
    private var instances = ByteTable()
    private var values: [Int32] = []
    private var openStarts: [OpenStart] = []

    private enum Transition { case none, start, complete, other }

    private struct OpenStart {
        let activity: Int32
        let instance: Int32
        let time: Int64
    }

    public init(options: LogReadingOptions = LogReadingOptions(), pairsLifecycle: Bool = false) {
        self.options = options
        self.pairsLifecycle = pairsLifecycle
        times = TimeParser(zoneMinutes: options.zoneMinutes)
        builder = CodedLogBuilder(attributes: options.attributes)
    }

    public mutating func read(_ bytes: UnsafeRawBufferPointer) throws(LogReadingError) { try feed(bytes, isLast: false) }

    public mutating func read(_ bytes: [UInt8]) throws(LogReadingError) {
        var failure: LogReadingError?
        bytes.withUnsafeBytes { bytes in do throws(LogReadingError) { try feed(bytes, isLast: false) } catch { failure = error } }
        if let failure { throw failure }
    }

    public mutating func finish() throws(LogReadingError) -> LogReading {
        guard hasBytes else { throw .empty }
        try feed(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true)
        guard builder.count > 0 else {
            if let row = reading.badRows.first { throw .nothingReadable(row) }
            throw .noRows
        }
        reading.log = builder.finish()
        return reading
    }

    private mutating func feed(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws(LogReadingError) {
        if !bytes.isEmpty { hasBytes = true }
        var scanner = self.scanner
        self.scanner = XMLScanner()
        defer { self.scanner = scanner }
        // The line of an event is known to the scanner alone while it runs.
        try scanner.feed(bytes, isLast: isLast) { (token, tag) throws(LogReadingError) in try take(token, tag) }
    }

    // MARK: Tags

    private mutating func take(_ token: XMLScanner.Token, _ tag: XMLTag) throws(LogReadingError) {
        switch token {
        case .open(let isEmpty): try open(tag, isEmpty: isEmpty)
        case .close: close(tag)
        }
    }

    private mutating func open(_ tag: XMLTag, isEmpty: Bool) throws(LogReadingError) {
        if skipped > 0 {
            if !isEmpty { skipped += 1 }
            return
        }
        if !isInLog {
            guard tag.isNamed("log") else {
                throw .xml(line: 1, MiningWords("根元素不是 log，这不是 XES。", "The root is not a log; this is no XES."))
            }
            isInLog = !isEmpty
            return
        }
        if tag.isNamed("trace"), !isInTrace, !isEmpty { return beginTrace() }
        if tag.isNamed("event"), !isInEvent {
            guard builder.count < Int(Int32.max) - 1 else { throw .tooManyEvents }
            // Events outside traces belong to no case.
            guard isInTrace else {
                reading.reject(builder.count + reading.badRowCount + 1, .missing(column: "case:concept:name"))
                if !isEmpty { skipped = 1 }
                return
            }
            beginEvent()
            if isEmpty { endEvent() }
            return
        }
        if isInEvent { eventAttribute(tag) } else if isInTrace { traceAttribute(tag) }
        // What stands within attributes, globals and classifiers says nothing of events.
        if !isEmpty { skipped = 1 }
    }

    private mutating func close(_ tag: XMLTag) {
        if skipped > 0 {
            skipped -= 1
            return
        }
        if isInEvent {
            endEvent()
        } else if isInTrace {
            isInTrace = false
            flushStarts()
        } else {
            isInLog = false
        }
    }

    private mutating func beginTrace() {
        isInTrace = true
        traces += 1
        caseCode = -1
        openStarts = []
    }

    private mutating func traceAttribute(_ tag: XMLTag) {
        guard let key = tag.raw("key"), Self.equals(key, "concept:name"), let value = tag.raw("value") else { return }
        caseCode = Self.code(value, &builder.cases, &scratch)
    }

    private mutating func beginEvent() {
        isInEvent = true
        (activity, resource, instance) = (-1, -1, -1)
        (time, start, timeFlaw) = (nil, nil, nil)
        transition = .none
        values = options.attributes.map { _ in -1 }
    }

    private mutating func eventAttribute(_ tag: XMLTag) {
        guard let key = tag.raw("key"), let value = tag.raw("value") else { return }
        for (column, name) in options.attributes.enumerated() where Self.equals(key, name) {
            XMLTag.text(value, &scratch)
            values[column] = scratch.withUnsafeBytes { builder.attributeTables[column].code(of: $0) }
        }
        if let activityKey = options.activityColumn, activityKey != "concept:name" {
            if Self.equals(key, activityKey) { activity = Self.code(value, &builder.activities, &scratch) }
        } else if Self.equals(key, "concept:name") {
            activity = Self.code(value, &builder.activities, &scratch)
        }
        if Self.equals(key, "org:resource") {
            resource = Self.code(value, &builder.resources, &scratch)
        } else if Self.equals(key, "time:timestamp") {
            (time, timeFlaw) = moment(value)
        } else if Self.equals(key, "start_timestamp") {
            start = moment(value).0
        } else if Self.equals(key, "lifecycle:transition") {
            let word = String(decoding: value, as: UTF8.self).lowercased()
            transition = word == "start" ? .start : word == "complete" ? .complete : .other
        } else if Self.equals(key, "concept:instance") {
            XMLTag.text(value, &scratch)
            instance = scratch.withUnsafeBytes { instances.code(of: $0) }
        }
    }

    private mutating func moment(_ value: UnsafeRawBufferPointer) -> (Int64?, BadRow.Reason?) {
        switch times.parse(value) {
        case .time(let micros, let hasZone):
            if hasZone { reading.rowsWithZone += 1 } else { reading.rowsWithoutZone += 1 }
            return (micros, nil)
        case .unreadable: return (nil, .unreadableTime(String(decoding: value.prefix(60), as: UTF8.self)))
        case .outOfRange: return (nil, .timeOutOfRange(String(decoding: value.prefix(60), as: UTF8.self)))
        }
    }

    private static func code(_ value: UnsafeRawBufferPointer, _ table: inout ByteTable, _ scratch: inout [UInt8]) -> Int32 {
        if !value.contains(UInt8(ascii: "&")) { return table.code(of: value) }
        XMLTag.text(value, &scratch)
        return scratch.withUnsafeBytes { table.code(of: $0) }
    }

    private static func equals(_ bytes: UnsafeRawBufferPointer, _ word: StaticString) -> Bool {
        XMLTag.equals(bytes, 0..<bytes.count, word)
    }
    private static func equals(_ bytes: UnsafeRawBufferPointer, _ word: String) -> Bool { bytes.elementsEqual(word.utf8) }

    // MARK: Events

    private mutating func endEvent() {
        isInEvent = false
        let number = builder.count + reading.badRowCount + 1
        guard activity >= 0 else { return reading.reject(number, .missing(column: "concept:name")) }
        guard let time else { return reading.reject(number, timeFlaw ?? .missing(column: "time:timestamp")) }
        if caseCode < 0 { caseCode = builder.cases.code(of: "\(traces)") }
        guard pairsLifecycle else { return append(activity, start, time) }
        switch transition {
        case .start: openStarts.append(OpenStart(activity: activity, instance: instance, time: time))
        case .complete, .none:
            let match = openStarts.firstIndex { $0.activity == activity && $0.instance == instance }
            append(activity, match.map { openStarts[$0].time } ?? start, time)
            if let match { openStarts.remove(at: match) }
        case .other: break
        }
    }

    /// What was begun and never completed stands as a point at its start.
    private mutating func flushStarts() {
        for open in openStarts {
            resource = -1
            values = options.attributes.map { _ in -1 }
            append(open.activity, nil, open.time)
        }
        openStarts = []
    }

    private mutating func append(_ activity: Int32, _ began: Int64?, _ end: Int64) {
        if let began, began > end { return reading.reject(builder.count + reading.badRowCount + 1, .endBeforeStart) }
        if began != nil, builder.start.isEmpty { builder.start = builder.end }
        if began != nil || !builder.start.isEmpty { builder.start.append(began ?? end) }
        if resource >= 0, builder.resource.isEmpty {
            builder.resource = Array(repeating: EventLog.noResource, count: builder.count)
        }
        if resource >= 0 || !builder.resource.isEmpty { builder.resource.append(resource) }
        builder.caseOfEvent.append(caseCode)
        builder.activity.append(activity)
        builder.end.append(end)
        for column in values.indices { builder.attributeCodes[column].append(values[column]) }
    }
}
