import ProcessMining
import WorkingTime

/// What programs get to know of a log, in one JSON object: the statistics under the keys of `MiningReport`, and beside them the parts
/// that are given. Times are seconds, names stand for codes.
public struct ProcessReport: Encodable {
    /// The log, or its names alone.
    public let log: EventLog
    public let statistics: LogStatistics
    public let reading: LogReading
    public var bottlenecks: [Bottleneck] = []
    public var load: DailyLoad?
    public var comparison: LogComparison?
    /// With the names that the steps of the process go by.
    public var conformance: (found: Conformance, steps: [String])?
    private var caseNames: [Int: String] = [:]

    public init(_ log: EventLog, _ statistics: LogStatistics, _ reading: LogReading) {
        self.log = log
        self.statistics = statistics
        self.reading = reading
    }

    public init(_ mined: ProcessFacts) {
        self.init(mined.log, mined.statistics, mined.reading)
        bottlenecks = Array((mined.bottlenecks + mined.ways).prefix(40))
        load = mined.load
        comparison = mined.comparison
        if let found = mined.conformance, let drawn = mined.drawn { conformance = (found, drawn.steps.map(\.id.short)) }
        nameCases(of: mined.log)
    }

    /// Finds the names of the cases that the parts speak of, after all parts are given.
    ///
    /// - Parameter source: what the parts were counted from.
    public mutating func nameCases<Source: EventSource>(of source: Source) throws(Source.Failure) {
        let worst = bottlenecks.flatMap(\.worstCases)
        let deviating = conformance?.found.steps.flatMap(\.cases) ?? []
        caseNames = try source.caseNames(Set(worst + deviating))
    }

    public func encode(to encoder: any Encoder) throws {
        try MiningReport(statistics, badRows: reading.badRowCount).encode(to: encoder)
        var all = encoder.container(keyedBy: Key.self)
        try all.encode(Times(statistics.leadTime), forKey: "lead_time_s")
        try all.encode(
            statistics.arcs.map {
                Arc(from: log.activities[$0.from], to: log.activities[$0.to], count: $0.count, time_s: Times($0.time))
            },
            forKey: "arcs")
        try all.encode(
            Reading(
                rows_with_zone: reading.rowsWithZone, rows_without_zone: reading.rowsWithoutZone,
                ambiguous_dates: reading.ambiguousDates,
                other_transitions: reading.otherTransitions, unfinished_starts: reading.unfinishedStarts), forKey: "reading")
        if !bottlenecks.isEmpty { try all.encode(bottlenecks.map { Place($0, log, caseNames) }, forKey: "bottlenecks") }
        if let load { try all.encode(Load(load), forKey: "load") }
        if let comparison { try all.encode(Comparison(comparison), forKey: "comparison") }
        if let conformance { try all.encode(Deviations(conformance.found, conformance.steps, caseNames), forKey: "conformance") }
    }

    private struct Key: CodingKey, ExpressibleByStringLiteral {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init(stringLiteral value: String) { stringValue = value }
        init?(intValue: Int) { nil }
    }

    // MARK: Parts

    private struct Times: Encodable {
        let mean, min, median, p80, p90, max: Double
        init(_ summary: LogStatistics.Summary) {
            (mean, min, median) = (summary.mean, summary.minimum, summary.median)
            (p80, p90, max) = (summary.p80, summary.p90, summary.maximum)
        }
    }

    private struct Arc: Encodable {
        let from, to: String
        let count: Int
        let time_s: Times
    }

    private struct Reading: Encodable {
        let rows_with_zone, rows_without_zone, ambiguous_dates, other_transitions, unfinished_starts: Int
    }

    private struct Place: Encodable {
        let place: String
        let count: Int
        let total_s, mean_s, share, waiting_share: Double
        let trend: Double?
        let worst_cases: [String]

        init(_ entry: Bottleneck, _ log: EventLog, _ caseNames: [Int: String]) {
            (place, count, total_s, mean_s) = (entry.place.name(in: log), entry.count, entry.total, entry.mean)
            (share, waiting_share, trend) = (entry.share, entry.waitingShare, entry.trend)
            worst_cases = entry.worstCases.compactMap { caseNames[$0] }
        }
    }

    private struct Load: Encodable {
        let first_day: String
        let arrived, finished, in_progress: [Int]
        let mean_in_progress: Double

        init(_ load: DailyLoad) {
            first_day = "\(Day(number: load.firstDay))"
            (arrived, finished, in_progress, mean_in_progress) = (
                load.arrived, load.finished, load.inProgress, load.meanInProgress
            )
        }
    }

    private struct Comparison: Encodable {
        struct Side: Encodable {
            let cases, events, variants: Int
            let lead_time_s: Times
        }
        struct Line: Encodable {
            let names: [String]
            let counts: [Int]
            let mean_s: [Double?]
        }
        let first, second: Side
        let activities, arcs: [Line]

        init(_ comparison: LogComparison) {
            func side(_ one: LogStatistics) -> Side {
                Side(cases: one.cases, events: one.events, variants: one.variants.count, lead_time_s: Times(one.leadTime))
            }
            func lines(_ all: [LogComparison.Line]) -> [Line] {
                all.map { Line(names: $0.names, counts: [$0.counts.0, $0.counts.1], mean_s: [$0.means.0, $0.means.1]) }
            }
            (first, second) = (side(comparison.first), side(comparison.second))
            (activities, arcs) = (lines(comparison.activities), lines(comparison.arcs))
        }
    }

    private struct Deviations: Encodable {
        struct Step: Encodable {
            let id: String
            let done, skipped, out_of_order: Int
            let cases: [String]
        }
        struct Extra: Encodable {
            let activity: String
            let events: Int
            let is_drawn: Bool
        }
        let cases, conforming_cases, unaligned_cases: Int
        let fitness: Double
        let steps: [Step]
        let extras: [Extra]

        init(_ found: Conformance, _ names: [String], _ caseNames: [Int: String]) {
            (cases, conforming_cases, unaligned_cases) = (found.cases, found.conformingCases, found.unalignedCases)
            fitness = found.fitness
            steps = found.steps.map { step in
                Step(
                    id: names[step.node], done: step.done, skipped: step.skipped, out_of_order: step.outOfOrder,
                    cases: step.cases.compactMap { caseNames[$0] })
            }
            extras = found.extras.map { Extra(activity: $0.activity, events: $0.events, is_drawn: $0.isDrawn) }
        }
    }
}
