/// Two logs, or two parts of one, side by side.
public struct LogComparison: Sendable {
    /// One activity or arc in both: how often, and its mean time in seconds; the arc's is the waiting on it.
    public struct Line: Sendable, Hashable {
        public let names: [String]
        public let counts: (Int, Int)
        public let means: (Double?, Double?)

        public static func == (one: Line, other: Line) -> Bool {
            one.names == other.names && one.counts == other.counts && one.means.0 == other.means.0 && one.means.1 == other.means.1
        }
        public func hash(into hasher: inout Hasher) { hasher.combine(names) }
    }

    public let first: LogStatistics
    public let second: LogStatistics
    /// Activities of either, by name.
    public let activities: [Line]
    /// Arcs of either, by names.
    public let arcs: [Line]

    /// - Complexity: that of `LogStatistics` for both.
    public init<Source: EventSource>(_ one: Source, _ other: Source, clock: WorkClock = .wall) throws(Source.Failure) {
        first = try LogStatistics(one, clock: clock)
        second = try LogStatistics(other, clock: clock)
        activities = Self.lines(try Self.sojourns(one, clock), try Self.sojourns(other, clock))
        arcs = Self.lines(Self.times(first), Self.times(second))
    }

    /// Waiting and service of each activity together.
    private static func sojourns<Source: EventSource>(_ source: Source, _ clock: WorkClock) throws(Source.Failure)
        -> [([String], Int, Double)]
    {
        let names = source.outline.activities
        var times = [RunningTotal](repeating: RunningTotal(), count: names.count)
        try source.forEachPiece { piece, _ in
            for index in 0..<piece.caseCount {
                piece.forEachVisit(ofCase: index, clock) { times[Int(piece.activity[$0])].add($1 + $2) }
            }
        }
        return names.indices.filter { times[$0].count > 0 }.map { ([names[$0]], times[$0].count, times[$0].mean) }
    }

    private static func times(_ log: LogStatistics) -> [([String], Int, Double)] {
        log.arcs.map { ([log.activities[$0.from], log.activities[$0.to]], $0.count, $0.time.mean) }
    }

    private static func lines(_ one: [([String], Int, Double)], _ other: [([String], Int, Double)]) -> [Line] {
        let left = Dictionary(one.map { ($0.0, ($0.1, $0.2)) }, uniquingKeysWith: { first, _ in first })
        let right = Dictionary(other.map { ($0.0, ($0.1, $0.2)) }, uniquingKeysWith: { first, _ in first })
        return Set(left.keys).union(right.keys).sorted { $0.lexicographicallyPrecedes($1) }.map { names in
            Line(names: names, counts: (left[names]?.0 ?? 0, right[names]?.0 ?? 0), means: (left[names]?.1, right[names]?.1))
        }
    }
}
