/// The directly-follows graph as far as it can be read: the most frequent activities and the ways between them.
public struct ProcessMap: Sendable, Hashable {
    public struct Node: Sendable, Hashable {
        /// Code of the activity.
        public let activity: Int
        public let count: Int
        /// Seconds from the end of what was before to its end, the mean.
        public let meanTime: Double
        /// Its part of the time of all cases together.
        public let share: Double
        /// Where in a case it first occurs, the mean: 0 at the first event, 1 at the last.
        public let position: Double
    }

    public struct Arc: Sendable, Hashable {
        /// Positions in `nodes`; nil is the beginning.
        public let from: Int?
        /// Nil is the end.
        public let to: Int?
        public let count: Int
        /// Seconds, of the ways between two activities; nil at beginnings and ends.
        public let meanTime: Double?
    }

    public let names: [String]
    /// Most frequent first.
    public let nodes: [Node]
    public let arcs: [Arc]
    public let cases: Int
    /// Events shown, as part of all.
    public let coverage: Double
    /// Ways of the log, beginnings and ends among them, that are not shown.
    public let hiddenArcs: Int
    /// Cases that take at least one way that is not shown.
    public let hiddenCases: Int

    /// - Parameters:
    ///   - activities: the part of activities shown, most frequent first, at least one.
    ///   - paths: the part of ways shown, most frequent first. The strongest way into and out of each activity is always shown, so that
    ///     nothing hangs in the air.
    ///   - least: so many ways can be read and are shown whatever the part.
    /// - Complexity: that of `LogStatistics`.
    public init<Source: EventSource>(
        _ source: Source, activities: Double = 1, paths: Double = 1, least: Int = 0, clock: WorkClock = .wall
    ) throws(Source.Failure) {
        names = source.outline.activities
        let counts = try Self.counts(source)
        let order = names.indices.filter { counts[$0] > 0 }.sorted { (counts[$1], $0) < (counts[$0], $1) }
        let kept = Array(order.prefix(max(Int((activities * Double(order.count)).rounded(.up)), 1)))
        var filter = LogFilter()
        if kept.count < order.count { filter.onlyActivities = Set(kept.map { source.outline.activities[$0] }) }
        let part = try source.filtered(by: filter, clock: clock)
        let place = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
        let statistics = try LogStatistics(part, clock: clock)
        let costs = Dictionary(
            try Bottleneck.activities(part, clock: clock).compactMap { entry -> (Int, Bottleneck)? in
                if case .activity(let code) = entry.place { (code, entry) } else { nil }
            }, uniquingKeysWith: { first, _ in first })
        let positions = try Self.positions(part)
        nodes = kept.map { code in
            Node(
                activity: code, count: counts[code], meanTime: costs[code]?.mean ?? 0, share: costs[code]?.share ?? 0,
                position: positions[code])
        }
        var all = statistics.arcs.map { Arc(from: place[$0.from], to: place[$0.to], count: $0.count, meanTime: $0.time.mean) }
        for code in kept where statistics.startCounts[code] > 0 {
            all.append(Arc(from: nil, to: place[code], count: statistics.startCounts[code], meanTime: nil))
        }
        for code in kept where statistics.endCounts[code] > 0 {
            all.append(Arc(from: place[code], to: nil, count: statistics.endCounts[code], meanTime: nil))
        }
        arcs = Self.shown(all, paths, least: least)
        hiddenArcs = all.count - arcs.count
        hiddenCases = hiddenArcs == 0 ? 0 : try Self.cases(leaving: arcs, kept, part)
        cases = statistics.cases
        let events = counts.reduce(0, +)
        coverage = events > 0 ? Double(statistics.events) / Double(events) : 1
    }

    /// How often each activity occurs, by code.
    private static func counts<Source: EventSource>(_ source: Source) throws(Source.Failure) -> [Int] {
        var counts = [Int](repeating: 0, count: source.outline.activities.count)
        try source.forEachPiece { piece, _ in for code in piece.activity { counts[Int(code)] += 1 } }
        return counts
    }

    /// From one activity to another, by their codes.
    private struct Way: Hashable {
        let from: Int?
        let to: Int?
    }

    /// The cases that go any other way than those shown.
    private static func cases<Source: EventSource>(leaving arcs: [Arc], _ kept: [Int], _ source: Source) throws(Source.Failure)
        -> Int
    {
        let shown = Set(arcs.map { Way(from: $0.from.map { kept[$0] }, to: $0.to.map { kept[$0] }) })
        var count = 0
        try source.forEachPiece { log, _ in
            for index in 0..<log.caseCount {
                let codes = log.events(ofCase: index).map { Int(log.activity[$0]) as Int? }
                if codes.isEmpty { continue }
                if zip([nil] + codes, codes + [nil]).contains(where: { !shown.contains(Way(from: $0, to: $1)) }) { count += 1 }
            }
        }
        return count
    }

    private static func positions<Source: EventSource>(_ source: Source) throws(Source.Failure) -> [Double] {
        var sums = [Double](repeating: 0, count: source.outline.activities.count)
        var cases = [Int](repeating: 0, count: sums.count)
        var seen = [Int](repeating: -1, count: sums.count)
        try source.forEachPiece { log, first in
            for index in 0..<log.caseCount {
                let events = log.events(ofCase: index)
                for event in events where seen[Int(log.activity[event])] != first + index {
                    let code = Int(log.activity[event])
                    seen[code] = first + index
                    sums[code] += events.count > 1 ? Double(event - events.lowerBound) / Double(events.count - 1) : 0
                    cases[code] += 1
                }
            }
        }
        return zip(sums, cases).map { $1 > 0 ? $0 / Double($1) : 0 }
    }

    private static func shown(_ arcs: [Arc], _ paths: Double, least: Int) -> [Arc] {
        let order = arcs.indices.sorted { (arcs[$1].count, $0) < (arcs[$0].count, $1) }
        var kept = Set(order.prefix(max(Int((paths * Double(arcs.count)).rounded(.up)), least)))
        var entered: Set<Int?> = []
        var left: Set<Int?> = []
        for number in order where arcs[number].from != arcs[number].to {
            if entered.insert(arcs[number].to).inserted { kept.insert(number) }
            if left.insert(arcs[number].from).inserted { kept.insert(number) }
        }
        return order.filter { kept.contains($0) }.map { arcs[$0] }
    }
}
