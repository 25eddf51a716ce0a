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
    /// Most frequent first; equal ones in the order of their first case.
    public let variants: [Variant]
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
    public init(_ log: EventLog, clock: WorkClock = .wall) { self.init(log, clock, timesAtOnce: 1 << 22) }

    /// - Parameter timesAtOnce: times of arcs kept at a time, if no arc has more; most logs take one pass.
    init(_ log: EventLog, _ clock: WorkClock, timesAtOnce: Int) {
        cases = log.caseCount
        events = log.eventCount
        activities = log.activities
        activityCounts = Self.counts(log)
        (startCounts, endCounts) = Self.ends(log)
        (variants, arcs) = Self.variantsAndArcs(log, clock, timesAtOnce)
        selfLoops = arcs.filter { $0.from == $0.to }.reduce(0) { $0 + $1.count }
        reworkCases = Self.rework(log)
        // One after the other, so that no more than one number a case is kept at a time.
        var values = (0..<log.caseCount).map { index in
            let completions = log.completions(ofCase: index)
            return clock.seconds(from: completions.from, to: completions.to)
        }
        caseDuration = Summary(&values)
        var (first, last) = (Int64.max, Int64.min)
        for index in 0..<log.caseCount {
            let span = log.span(ofCase: index)
            values[index] = clock.seconds(from: span.from, to: span.to)
            first = min(first, span.from)
            last = max(last, span.to)
        }
        leadTime = Summary(&values)
        (self.first, self.last) = log.eventCount == 0 ? (0, 0) : (first, last)
        for index in 0..<log.caseCount { values[index] = Double(log.events(ofCase: index).count) }
        eventsPerCase = Summary(&values)
    }

    /// The two long counts, side by side where the log is long.
    private static func variantsAndArcs(_ log: EventLog, _ clock: WorkClock, _ timesAtOnce: Int) -> ([Variant], [Arc]) {
        let variants = Mutex<[Variant]>([])
        let arcs = Mutex<[Arc]>([])
        @Sendable func count(_ part: Int) {
            if part == 0 {
                let found = VariantTable(log).sorted(log)
                variants.withLock { $0 = found }
            } else {
                let found = ArcTimes(log, clock, most: timesAtOnce).arcs
                arcs.withLock { $0 = found }
            }
        }
        if log.eventCount < 50_000 {
            (0..<2).forEach(count)
        } else {
            DispatchQueue.concurrentPerform(iterations: 2, execute: count)
        }
        return (variants.withLock { $0 }, arcs.withLock { $0 })
    }

    private static func ends(_ log: EventLog) -> ([Int], [Int]) {
        var starts = [Int](repeating: 0, count: log.activities.count)
        var ends = starts
        for index in 0..<log.caseCount {
            let trace = log.trace(ofCase: index)
            if let first = trace.first { starts[Int(first)] += 1 }
            if let last = trace.last { ends[Int(last)] += 1 }
        }
        return (starts, ends)
    }

    private static func rework(_ log: EventLog) -> [Int] {
        var found = [Int](repeating: 0, count: log.activities.count)
        var seen = [Int32](repeating: -1, count: log.activities.count)
        var counted = seen
        for index in 0..<log.caseCount {
            for event in log.events(ofCase: index) {
                let code = Int(log.activity[event])
                if seen[code] == Int32(index), counted[code] != Int32(index) {
                    found[code] += 1
                    counted[code] = Int32(index)
                }
                seen[code] = Int32(index)
            }
        }
        return found
    }
}

/// Counts traces by hash, so that none is copied: a variant is known by its first case.
private struct VariantTable {
    private var slots: [Int32]
    private var hashes: [UInt64] = []
    private var examples: [Int32] = []
    private var counts: [Int32] = []

    init(_ log: EventLog) {
        slots = Array(repeating: -1, count: 1024)
        log.traces.withUnsafeBufferPointer { activity in
            for index in 0..<log.caseCount { add(index, log.events(ofCase: index), activity, log.caseOffsets) }
        }
    }

    private mutating func add(_ index: Int, _ events: Range<Int>, _ activity: UnsafeBufferPointer<Int32>, _ offsets: [Int32]) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(events.count)
        for event in events {
            hash = (hash ^ UInt64(truncatingIfNeeded: activity[event])) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 29
        }
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] >= 0 {
            let variant = Int(slots[slot])
            if hashes[variant] == hash {
                let begin = Int(offsets[Int(examples[variant])])
                let length = Int(offsets[Int(examples[variant]) + 1]) - begin
                if length == events.count, (0..<length).allSatisfy({ activity[begin + $0] == activity[events.lowerBound + $0] }) {
                    counts[variant] += 1
                    return
                }
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = Int32(hashes.count)
        hashes.append(hash)
        examples.append(Int32(index))
        counts.append(1)
        if hashes.count * 2 > slots.count { grow() }
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 2)
        for variant in hashes.indices {
            var slot = Int(truncatingIfNeeded: hashes[variant]) & (slots.count - 1)
            while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = Int32(variant)
        }
    }

    func sorted(_ log: EventLog) -> [LogStatistics.Variant] {
        // Examples count up, so a sort by falling count that keeps the order of equal ones is all.
        let order = hashes.indices.sorted { counts[$0] != counts[$1] ? counts[$0] > counts[$1] : $0 < $1 }
        return order.map {
            LogStatistics.Variant(trace: log.trace(ofCase: Int(examples[$0])), count: Int(counts[$0]), example: Int(examples[$0]))
        }
    }
}

/// The times of every arc: a pass that counts, and passes that collect, each for as many arcs as are kept at a time.
private struct ArcTimes {
    let arcs: [LogStatistics.Arc]

    /// - Complexity: O(events) for every `most` events.
    init(_ log: EventLog, _ clock: WorkClock, most: Int) {
        var numbers = ArcNumbers(log.activities.count)
        for index in 0..<log.caseCount {
            for event in log.events(ofCase: index).dropLast() { numbers.count(log.activity[event], log.activity[event + 1]) }
        }
        var arcs: [LogStatistics.Arc] = []
        var times: [Double] = []
        while arcs.count < numbers.counts.count {
            let begin = arcs.count
            let end = Self.end(of: begin, numbers.counts, most)
            var next = numbers.counts[begin..<end].reduce(into: [0]) { $0.append($0[$0.count - 1] + $1) }
            let bounds = next
            if times.count < bounds[end - begin] { times = [Double](repeating: 0, count: bounds[end - begin]) }
            for index in 0..<log.caseCount {
                for event in log.events(ofCase: index).dropLast() {
                    let number = numbers.number(log.activity[event], log.activity[event + 1]) - begin
                    guard number >= 0, number < end - begin else { continue }
                    let (left, came) = (log.end[event], log.start(of: event + 1))
                    times[next[number]] = clock.isWall ? Double(came - left) / 1e6 : clock.seconds(from: left, to: came)
                    next[number] += 1
                }
            }
            times.withUnsafeMutableBufferPointer { times in
                for number in begin..<end {
                    let own = UnsafeMutableBufferPointer(rebasing: times[bounds[number - begin]..<bounds[number - begin + 1]])
                    let (from, to) = numbers.pairs[number]
                    arcs.append(LogStatistics.Arc(from: from, to: to, count: own.count, time: LogStatistics.Summary(own)))
                }
            }
        }
        self.arcs = arcs.sorted {
            ($1.count, log.activities[$0.from], log.activities[$0.to]) < (
                $0.count, log.activities[$1.from], log.activities[$1.to]
            )
        }
    }

    /// One arc at least, and as many more as fit.
    private static func end(of begin: Int, _ counts: [Int], _ most: Int) -> Int {
        var (end, sum) = (begin, 0)
        while end < counts.count, end == begin || sum + counts[end] <= most {
            sum += counts[end]
            end += 1
        }
        return end
    }
}

/// Arcs by number, in the order in which they were first met, with their counts.
private struct ArcNumbers {
    private let size: Int
    /// By both activities where these are few.
    private var dense: [Int32]
    private var sparse: [Int: Int] = [:]
    private(set) var pairs: [(from: Int, to: Int)] = []
    private(set) var counts: [Int] = []

    init(_ activities: Int) {
        size = activities
        dense = activities <= 2048 ? [Int32](repeating: -1, count: activities * activities) : []
    }

    /// -1 for an arc not met before.
    @inline(__always)
    func number(_ from: Int32, _ to: Int32) -> Int {
        let key = Int(from) * size + Int(to)
        return dense.isEmpty ? sparse[key] ?? -1 : Int(dense[key])
    }

    @inline(__always)
    mutating func count(_ from: Int32, _ to: Int32) {
        let known = number(from, to)
        if known >= 0 {
            counts[known] += 1
            return
        }
        let key = Int(from) * size + Int(to)
        if dense.isEmpty { sparse[key] = pairs.count } else { dense[key] = Int32(pairs.count) }
        pairs.append((Int(from), Int(to)))
        counts.append(1)
    }
}
