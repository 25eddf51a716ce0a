/// Reads a log from XES (IEEE 1849) that comes in pieces.
///
/// Every event counts as it stands, also those of other transitions than `complete`, as other tools have it by default; with
/// `pairsLifecycle` starts and completions are paired (``LifecyclePairing``), and other transitions are left out and counted.
/// Traces have the order of the file, those of pairs that of completion. Attributes of a trace are kept as `case:NAME`.
///
/// UTF-8, UTF-16 by its mark or its first character, and what else `LogEncoding` knows where the declaration or the options say so.
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
    // Until the declaration has told the encoding.
    private var head: [UInt8] = []
    private var encoding: LogEncoding?
    private var decoder: TextDecoder?

    // Where in the document the reader is.
    private var isInLog = false
    private var isInTrace = false
    private var isInEvent = false
    private var skipped = 0
    private var traces = 0
    private var caseCode: Int32 = -1
    private var eventLine = 0
    private var isText = true
    private var traceValues: [Int32] = []
    private var activity: Int32 = -1
    private var time: Int64?
    private var timeFlaw: BadRow.Reason?
    private var resource: Int32 = -1
    private var start: Int64?
    private var transition = LifecyclePairing.Transition.complete
    private var instance: Int32 = -1
    private var instances = ByteTable()
    private var values: [Int32] = []
    private var pairing = LifecyclePairing()

    public init(options: LogReadingOptions = LogReadingOptions(), pairsLifecycle: Bool = false) {
        self.options = options
        self.pairsLifecycle = pairsLifecycle
        times = TimeParser(zoneMinutes: options.zoneMinutes, isDayFirst: options.isDayFirst)
        builder = CodedLogBuilder(attributes: options.attributes)
        builder.tracesFollowFile = !pairsLifecycle
    }

    public mutating func read(_ bytes: UnsafeRawBufferPointer) throws(LogReadingError) {
        guard !bytes.isEmpty else { return }
        hasBytes = true
        guard encoding == nil else { return try decode(bytes, isLast: false) }
        head.append(contentsOf: bytes)
        try begin(isLast: false)
    }

    public mutating func read(_ bytes: [UInt8]) throws(LogReadingError) {
        var failure: LogReadingError?
        bytes.withUnsafeBytes { bytes in do throws(LogReadingError) { try read(bytes) } catch { failure = error } }
        if let failure { throw failure }
    }

    public mutating func finish() throws(LogReadingError) -> LogReading {
        guard hasBytes else { throw .empty }
        if encoding == nil { try begin(isLast: true) }
        try decode(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true)
        try builder.finish(&reading, options, swapsDates: false)
        return reading
    }

    /// Tells the encoding as soon as it can, and goes on with what was kept for that.
    private mutating func begin(isLast: Bool) throws(LogReadingError) {
        if let name = options.encoding { encoding = try LogEncoding(named: name) } else { encoding = try .declared(inXML: head) }
        if encoding == nil {
            guard isLast else { return }
            encoding = .utf8
        }
        decoder = try TextDecoder(encoding)
        let start = head
        head = []
        var failure: LogReadingError?
        start.withUnsafeBytes { bytes in
            do throws(LogReadingError) { try decode(bytes, isLast: false) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private mutating func decode(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws(LogReadingError) {
        guard let decoder else { return try feed(bytes, isLast: isLast) }
        let decoded = decoder.decode(bytes)
        var failure: LogReadingError?
        decoded.withUnsafeBytes { bytes in
            do throws(LogReadingError) { try feed(bytes, isLast: isLast) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private mutating func feed(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws(LogReadingError) {
        var scanner = self.scanner
        self.scanner = XMLScanner()
        defer { self.scanner = scanner }
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
                throw .xml(
                    line: tag.line, column: tag.column,
                    MiningWords("根元素应为 <log>，这不是 XES。", "The root should be <log>; this is no XES."))
            }
            isInLog = !isEmpty
            return
        }
        if tag.isNamed("trace"), !isInTrace, !isEmpty { return beginTrace() }
        if tag.isNamed("event"), !isInEvent {
            guard builder.total < options.eventLimit else { throw .tooManyEvents(options.eventLimit) }
            try builder.check(options, bytes: 0, beside: pairing.memory + instances.memory, canSpill: pairing.waitingCount == 0)
            eventLine = tag.line
            guard isInTrace else {
                reading.reject(eventLine, .outsideTrace)
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
            reading.unfinishedStarts += pairing.giveUp()
        } else {
            isInLog = false
        }
    }

    private mutating func beginTrace() {
        isInTrace = true
        traces += 1
        caseCode = -1
        traceValues = options.attributes.map { _ in -1 }
    }

    private mutating func traceAttribute(_ tag: XMLTag) {
        guard let key = tag.value("key"), let value = tag.value("value") else { return }
        if key.equals("concept:name") { caseCode = Self.code(value, &builder.cases, &scratch) }
        for (column, name) in options.attributes.enumerated()
        where name.hasPrefix("case:") && key.equals(String(name.dropFirst(5))) {
            traceValues[column] = Self.code(value, &builder.attributeTables[column], &scratch)
        }
    }

    private mutating func beginEvent() {
        isInEvent = true
        (activity, resource, instance) = (-1, -1, -1)
        (time, start, timeFlaw) = (nil, nil, nil)
        transition = .complete
        isText = true
        values = traceValues
    }

    private mutating func eventAttribute(_ tag: XMLTag) {
        guard let key = tag.value("key"), let value = tag.value("value") else { return }
        for (column, name) in options.attributes.enumerated() where key.equals(name) {
            values[column] = Self.code(value, &builder.attributeTables[column], &scratch)
        }
        let isName = options.activityColumn.map { key.equals($0) } ?? key.equals("concept:name")
        if isName {
            activity = Self.code(value, &builder.activities, &scratch)
            isText = isText && activity >= 0
        }
        if key.equals("org:resource") {
            resource = Self.code(value, &builder.resources, &scratch)
        } else if key.equals("time:timestamp") {
            (time, timeFlaw) = moment(value)
        } else if key.equals("start_timestamp") {
            start = moment(value).0
        } else if key.equals("lifecycle:transition") {
            transition = LifecyclePairing.transition(value.bytes)
        } else if key.equals("concept:instance") {
            instance = Self.code(value, &instances, &scratch)
        }
    }

    private mutating func moment(_ value: XMLValue) -> (Int64?, BadRow.Reason?) {
        if value.isPlain { return moment(value.bytes) }
        var resolved: [UInt8] = []
        return value.text(&resolved) { moment($0) }
    }

    private mutating func moment(_ value: UnsafeRawBufferPointer) -> (Int64?, BadRow.Reason?) {
        switch times.parse(value) {
        case .time(let micros, let hasZone):
            if hasZone { reading.rowsWithZone += 1 } else { reading.rowsWithoutZone += 1 }
            return (micros, nil)
        case .unreadable: return (nil, .unreadableTime(String(decoding: value.prefix(60), as: UTF8.self)))
        case .outOfRange: return (nil, .timeOutOfRange(String(decoding: value.prefix(60), as: UTF8.self)))
        case .otherOrder: return (nil, .otherDateOrder(String(decoding: value.prefix(60), as: UTF8.self)))
        }
    }

    /// The code of a value's text; -1 where it is no UTF-8. Only names not met before are looked through.
    private static func code(_ value: XMLValue, _ table: inout ByteTable, _ scratch: inout [UInt8]) -> Int32 {
        value.text(&scratch) { text in
            let known = table.find(text)
            return known >= 0 ? known : LogEncoding.isUTF8(text) ? table.code(of: text) : -1
        }
    }

    // MARK: Events

    private mutating func endEvent() {
        isInEvent = false
        guard isText else { return reading.reject(eventLine, .notText) }
        guard activity >= 0 else { return reading.reject(eventLine, .missing(column: options.activityColumn ?? "concept:name")) }
        guard let time else { return reading.reject(eventLine, timeFlaw ?? .missing(column: "time:timestamp")) }
        guard pairsLifecycle else { return append(start, time) }
        let key = LifecyclePairing.Key(caseCode: ownCase(), activity: activity, instance: instance)
        switch transition {
        case .start:
            pairing.start(key, at: builder.count)
            append(time, time)
        case .complete:
            guard let place = pairing.complete(key) else { return append(start, time) }
            guard builder.start[place] <= time else {
                reading.unfinishedStarts += 1
                return reading.reject(eventLine, .endBeforeStart)
            }
            builder.complete(place, at: time, resource: resource, values: values)
        case .other: reading.otherTransitions += 1
        }
    }

    private mutating func append(_ began: Int64?, _ end: Int64) {
        if let began, began > end { return reading.reject(eventLine, .endBeforeStart) }
        if began != nil, builder.start.isEmpty { builder.start = builder.end }
        if began != nil || !builder.start.isEmpty { builder.start.append(began ?? end) }
        if resource >= 0, builder.resource.isEmpty {
            builder.resource = Array(repeating: EventLog.noResource, count: builder.count)
        }
        if resource >= 0 || !builder.resource.isEmpty { builder.resource.append(resource) }
        builder.caseOfEvent.append(ownCase())
        builder.activity.append(activity)
        builder.end.append(end)
        for column in values.indices { builder.attributeCodes[column].append(values[column]) }
    }

    // MARK: Traces without a name

    /// The case of the trace at hand. One without a name gets a code of its own, which no text of XML can have.
    private mutating func ownCase() -> Int32 {
        if caseCode < 0 { caseCode = builder.cases.code(of: "\u{0}\(traces)") }
        return caseCode
    }
}
