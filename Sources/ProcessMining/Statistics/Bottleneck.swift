/// Where the time of all cases goes: an activity with what is waited for it, or the way from one activity to the next.
public struct Bottleneck: Sendable, Hashable {
    public enum Place: Sendable, Hashable {
        case activity(Int)
        case arc(from: Int, to: Int)
    }

    public let place: Place
    public let count: Int
    /// Seconds over all cases together.
    public let total: Double
    /// As part of the lead times of all cases together. Parts of activities add up to 1 where no work runs side by side.
    public let share: Double
    public let mean: Double
    /// Waiting as part of the total.
    public let waitingShare: Double
    /// Change of the mean from the first to the last half of the period, as part of the first; nil with fewer than 20 occurrences in either.
    public let trend: Double?
    /// Numbers of the cases it costs most, at most ten, most first.
    public let worstCases: [Int]

    /// Activities by what they cost all cases, most first.
    ///
    /// - Complexity: O(events), in two walks.
    public static func activities<Source: EventSource>(_ source: Source, clock: WorkClock = .wall) throws(Source.Failure)
        -> [Bottleneck]
    {
        try ranked(source, clock, isArc: false)
    }

    /// Ways between activities by what is waited on them, most first.
    public static func arcs<Source: EventSource>(_ source: Source, clock: WorkClock = .wall) throws(Source.Failure)
        -> [Bottleneck]
    {
        try ranked(source, clock, isArc: true)
    }

    private static func ranked<Source: EventSource>(_ source: Source, _ clock: WorkClock, isArc: Bool) throws(Source.Failure)
        -> [Bottleneck]
    {
        var costs = PlaceCosts(source.outline.activities.count, isArc: isArc)
        try source.forEachPiece { piece, first in costs.add(piece, first, clock) }
        costs.halve()
        try source.forEachPiece { piece, _ in costs.addHalves(piece, clock) }
        return costs.bottlenecks.sorted { $0.total != $1.total ? $0.total > $1.total : order($0.place) < order($1.place) }
    }

    private static func order(_ place: Place) -> Int {
        switch place {
        case .activity(let code): code
        case .arc(let from, let to): from << 32 | to
        }
    }
}

/// What is waited and worked at each activity, or on each arc.
private struct PlaceCosts {
    private struct Cost {
        var count = 0
        var waited = 0.0
        var served = 0.0
        var first = Int64.max
        var last = Int64.min
        /// Most first, those that come first on equal cost.
        var worst: [(index: Int, seconds: Double)] = []
        /// The case at hand, not among the worst yet.
        var own = (index: -1, seconds: 0.0)
        var halves = (Half(), Half())

        mutating func endCase() {
            let (index, seconds) = own
            own = (-1, 0)
            guard index >= 0, worst.count < 10 || seconds > worst[9].seconds else { return }
            worst.insert((index, seconds), at: worst.firstIndex { $0.seconds < seconds } ?? worst.count)
            if worst.count > 10 { worst.removeLast() }
        }
    }

    private struct Half {
        var count = 0
        var seconds = 0.0
        /// Nil where there is too little to tell.
        var mean: Double? { count < 20 ? nil : seconds / Double(count) }
    }

    private let isArc: Bool
    private var arcs: ArcNumbers
    private var costs: [Cost]
    /// The middle of the period of each place.
    private var middles: [Int64] = []
    private var lead = 0.0

    init(_ activities: Int, isArc: Bool) {
        self.isArc = isArc
        arcs = ArcNumbers(isArc ? activities : 0)
        costs = isArc ? [] : [Cost](repeating: Cost(), count: activities)
    }

    mutating func add(_ log: EventLog, _ firstCase: Int, _ clock: WorkClock) {
        for index in 0..<log.caseCount {
            let span = log.span(ofCase: index)
            lead += clock.seconds(from: span.from, to: span.to)
            let first = log.events(ofCase: index).lowerBound
            log.forEachVisit(ofCase: index, clock) { event, waited, served in
                guard !isArc || event > first else { return }
                let place = isArc ? arcs.count(log.activity[event - 1], log.activity[event]) : Int(log.activity[event])
                if place == costs.count { costs.append(Cost()) }
                add(
                    Visit(index: firstCase + index, at: log.start(of: event), waited: waited, served: isArc ? 0 : served),
                    to: place)
            }
        }
    }

    private struct Visit {
        let index: Int
        let at: Int64
        let waited: Double
        let served: Double
    }

    private mutating func add(_ visit: Visit, to place: Int) {
        costs[place].count += 1
        costs[place].waited += visit.waited
        costs[place].served += visit.served
        costs[place].first = min(costs[place].first, visit.at)
        costs[place].last = max(costs[place].last, visit.at)
        if costs[place].own.index != visit.index {
            costs[place].endCase()
            costs[place].own.index = visit.index
        }
        costs[place].own.seconds += visit.waited + visit.served
    }

    /// All cases were added once, and are to be added again by halves of each place's period.
    mutating func halve() {
        for place in costs.indices { costs[place].endCase() }
        middles = costs.map { $0.count > 0 ? $0.first + ($0.last - $0.first) / 2 : 0 }
    }

    mutating func addHalves(_ log: EventLog, _ clock: WorkClock) {
        for index in 0..<log.caseCount {
            let first = log.events(ofCase: index).lowerBound
            log.forEachVisit(ofCase: index, clock) { event, waited, served in
                guard !isArc || event > first else { return }
                let place = isArc ? arcs.number(log.activity[event - 1], log.activity[event]) : Int(log.activity[event])
                let seconds = waited + (isArc ? 0 : served)
                if log.start(of: event) < middles[place] {
                    costs[place].halves.0.count += 1
                    costs[place].halves.0.seconds += seconds
                } else {
                    costs[place].halves.1.count += 1
                    costs[place].halves.1.seconds += seconds
                }
            }
        }
    }

    var bottlenecks: [Bottleneck] {
        costs.indices.filter { costs[$0].count > 0 }.map { number in
            let cost = costs[number]
            let total = cost.waited + cost.served
            return Bottleneck(
                place: isArc ? .arc(from: arcs.pairs[number].from, to: arcs.pairs[number].to) : .activity(number),
                count: cost.count, total: total, share: lead > 0 ? total / lead : 0, mean: total / Double(cost.count),
                waitingShare: total > 0 ? cost.waited / total : 0, trend: trend(cost), worstCases: cost.worst.map(\.index))
        }
    }

    private func trend(_ cost: Cost) -> Double? {
        guard cost.last > cost.first, let early = cost.halves.0.mean, let late = cost.halves.1.mean, early > 0 else { return nil }
        return late / early - 1
    }
}

extension EventLog {
    /// Gives each event of a case with the seconds waited before it, from the latest end of those before to its beginning and never
    /// less than none, and the seconds it took.
    @inline(__always)
    func forEachVisit(ofCase index: Int, _ clock: WorkClock, _ take: (_ event: Int, _ waited: Double, _ served: Double) -> Void) {
        var latest: Int64?
        for event in events(ofCase: index) {
            let (began, ended) = (start(of: event), end[event])
            let waited = latest.map { $0 < began ? clock.seconds(from: $0, to: began) : 0 } ?? 0
            take(event, waited, clock.seconds(from: began, to: ended))
            latest = max(latest ?? ended, ended)
        }
    }
}
