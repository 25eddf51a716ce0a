import Dispatch
import Synchronization

/// What a log comes to: counts, variants, the directly-follows graph, and how long things take. Times are seconds.
///
/// Definitions, all as pm4py 2.7 has them: a variant is a case's sequence of activities in the order of its trace, and so are the first
/// and the last activity and the case's duration; an arc joins an event to the next by beginning, and its time runs from the end of the
/// one to the start of the other (their one time each, where events are points); quantiles are linear between neighbours (Hyndman & Fan, type 7); rework
/// counts the cases in which an activity occurs twice or more; a self-loop is an activity directly followed by itself.
///
/// - Complexity: O(events + Σ n log n over the arcs' times).
public struct LogStatistics: Sendable {
    public let cases: Int
    public let events: Int
    /// Activity names, by code; the arrays below are by the same code.
    public let activities: [String]
    public let activityCounts: [Int]
    public let startCounts: [Int]
    public let endCounts: [Int]
    public let variants: Variants
    public let arcs: [Arc]
    /// From the end of the first to the end of the last event of a trace, as process-mining tools count it.
    public let caseDuration: Summary
    /// From the first beginning to the last end of a case; the same as `caseDuration` where events are points in order of time.
    public let leadTime: Summary
    public let eventsPerCase: Summary
    /// How often an activity is directly followed by itself, over all cases.
    public let selfLoops: Int
    /// Cases in which each activity occurs at least twice.
    public let reworkCases: [Int]
    public let first: Int64
    public let last: Int64

    /// Activities that have an event; a log may know names that none of its events has, as of rows left out.
    public var activityCount: Int { activityCounts.count { $0 > 0 } }

    public struct Variant: Sendable, Hashable {
        public let trace: ArraySlice<Int32>
        public let count: Int
        /// A case that went this way, the first in the log.
        public let example: Int
    }

    /// One activity directly followed by another.
    public struct Arc: Sendable, Hashable {
        public let from: Int
        public let to: Int
        public let count: Int
        public let time: Summary
    }

    /// - Parameter clock: which time counts in arcs, durations and lead times; that on the wall if left out.
    public init<Source: EventSource>(_ source: Source, clock: WorkClock = .wall) throws(Source.Failure) {
        try self.init(source, clock, timesAtOnce: source.numbersAtOnce)
    }

    /// - Parameter timesAtOnce: times of arcs kept at a time; most logs take one walk.
    init<Source: EventSource>(_ source: Source, _ clock: WorkClock, timesAtOnce: Int) throws(Source.Failure) {
        let (arcs, totals) = try Self.sideBySide(source) { (source) throws(Source.Failure) in
            try ArcTimes(source, clock, most: timesAtOnce).arcs
        } _: { (source) throws(Source.Failure) in
            var totals = CaseTotals(source.outline.activities.count)
            try source.forEachPiece { piece, first in totals.add(piece, first, clock) }
            totals.summarise()
            return totals
        }
        activities = source.outline.activities
        self.arcs = arcs
        selfLoops = arcs.filter { $0.from == $0.to }.reduce(0) { $0 + $1.count }
        variants = Variants(totals.variants)
        (caseDuration, leadTime, eventsPerCase) = (totals.caseDuration, totals.leadTime, totals.eventsPerCase)
        (cases, events) = (eventsPerCase.count, totals.activityCounts.reduce(0, +))
        (activityCounts, startCounts, endCounts) = (totals.activityCounts, totals.startCounts, totals.endCounts)
        reworkCases = totals.reworkCases
        (first, last) = cases == 0 ? (0, 0) : (totals.first, totals.last)
    }

    /// Two long counts, side by side where the log is long.
    private static func sideBySide<Source: EventSource, One: Sendable, Other: Sendable>(
        _ source: Source, _ one: @Sendable (Source) throws(Source.Failure) -> One,
        _ other: @Sendable (Source) throws(Source.Failure) -> Other
    ) throws(Source.Failure) -> (One, Other) {
        guard source.isLong else { return (try one(source), try other(source)) }
        let first = Mutex<Result<One, Source.Failure>?>(nil)
        let second = Mutex<Result<Other, Source.Failure>?>(nil)
        DispatchQueue.concurrentPerform(iterations: 2) { part in
            if part == 0 {
                let found = Result { () throws(Source.Failure) in try one(source) }
                first.withLock { $0 = found }
            } else {
                let found = Result { () throws(Source.Failure) in try other(source) }
                second.withLock { $0 = found }
            }
        }
        guard let found = first.withLock({ $0 }), let rest = second.withLock({ $0 }) else {
            preconditionFailure("both parts have run")
        }
        return (try found.get(), try rest.get())
    }
}

/// What is counted case by case.
private struct CaseTotals: Sendable {
    private(set) var activityCounts, startCounts, endCounts, reworkCases: [Int]
    private(set) var variants = VariantTable()
    private(set) var caseDuration, leadTime, eventsPerCase: LogStatistics.Summary
    /// One number a case: seconds, seconds and events.
    private var durations: [Double] = []
    private var leads: [Double] = []
    private var lengths: [Double] = []
    private(set) var first = Int64.max
    private(set) var last = Int64.min
    /// The last case in which each activity occurred, and in which it occurred again.
    private var seen, counted: [Int]

    init(_ activities: Int) {
        activityCounts = [Int](repeating: 0, count: activities)
        (startCounts, endCounts, reworkCases) = (activityCounts, activityCounts, activityCounts)
        seen = [Int](repeating: -1, count: activities)
        counted = seen
        caseDuration = LogStatistics.Summary(&durations)
        (leadTime, eventsPerCase) = (caseDuration, caseDuration)
    }

    mutating func add(_ log: EventLog, _ firstCase: Int, _ clock: WorkClock) {
        variants.add(log, firstCase)
        for index in 0..<log.caseCount {
            count(log, index, firstCase + index)
            let completions = log.completions(ofCase: index)
            durations.append(clock.seconds(from: completions.from, to: completions.to))
            let span = log.span(ofCase: index)
            leads.append(clock.seconds(from: span.from, to: span.to))
            first = min(first, span.from)
            last = max(last, span.to)
            lengths.append(Double(log.events(ofCase: index).count))
        }
    }

    private mutating func count(_ log: EventLog, _ index: Int, _ number: Int) {
        let ends = log.traceEnds(ofCase: index)
        startCounts[Int(log.activity[ends.first])] += 1
        endCounts[Int(log.activity[ends.last])] += 1
        for event in log.events(ofCase: index) {
            let code = Int(log.activity[event])
            activityCounts[code] += 1
            if seen[code] == number, counted[code] != number {
                reworkCases[code] += 1
                counted[code] = number
            }
            seen[code] = number
        }
    }

    /// All cases were added.
    mutating func summarise() {
        caseDuration = LogStatistics.Summary(&durations)
        leadTime = LogStatistics.Summary(&leads)
        eventsPerCase = LogStatistics.Summary(&lengths)
        (durations, leads, lengths) = ([], [], [])
    }
}
