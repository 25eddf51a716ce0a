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
    /// - Complexity: O(events log events).
    public static func activities(_ log: EventLog, clock: WorkClock = .wall) -> [Bottleneck] { ranked(log, clock, isArc: false) }

    /// Ways between activities by what is waited on them, most first.
    public static func arcs(_ log: EventLog, clock: WorkClock = .wall) -> [Bottleneck] { ranked(log, clock, isArc: true) }

    private struct Visit {
        let index: Int
        let at: Int64
        let waited: Double
        let served: Double
    }

    private static func ranked(_ log: EventLog, _ clock: WorkClock, isArc: Bool) -> [Bottleneck] {
        var visits: [Place: [Visit]] = [:]
        var lead = 0.0
        for index in 0..<log.caseCount {
            let span = log.span(ofCase: index)
            lead += clock.seconds(from: span.from, to: span.to)
            var latest: Int64?
            var before = -1
            for event in log.events(ofCase: index) {
                let code = Int(log.activity[event])
                let (began, ended) = (log.start(of: event), log.end[event])
                let waited = latest.map { $0 < began ? clock.seconds(from: $0, to: began) : 0 } ?? 0
                if isArc {
                    if before >= 0 {
                        visits[.arc(from: before, to: code), default: []].append(
                            Visit(index: index, at: began, waited: waited, served: 0))
                    }
                } else {
                    visits[.activity(code), default: []].append(
                        Visit(index: index, at: began, waited: waited, served: clock.seconds(from: began, to: ended)))
                }
                latest = max(latest ?? ended, ended)
                before = code
            }
        }
        return visits.map { bottleneck($0, $1, lead) }.sorted {
            $0.total != $1.total ? $0.total > $1.total : order($0.place) < order($1.place)
        }
    }

    private static func order(_ place: Place) -> Int {
        switch place {
        case .activity(let code): code
        case .arc(let from, let to): from << 32 | to
        }
    }

    private static func bottleneck(_ place: Place, _ visits: [Visit], _ lead: Double) -> Bottleneck {
        let waited = visits.reduce(0) { $0 + $1.waited }
        let total = visits.reduce(waited) { $0 + $1.served }
        var perCase: [Int: Double] = [:]
        for visit in visits { perCase[visit.index, default: 0] += visit.waited + visit.served }
        let worst = perCase.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }.prefix(10).map(\.key)
        return Bottleneck(
            place: place, count: visits.count, total: total, share: lead > 0 ? total / lead : 0,
            mean: total / Double(visits.count),
            waitingShare: total > 0 ? waited / total : 0, trend: trend(visits), worstCases: worst)
    }

    private static func trend(_ visits: [Visit]) -> Double? {
        guard let first = visits.map(\.at).min(), let last = visits.map(\.at).max(), last > first else { return nil }
        let middle = first + (last - first) / 2
        func mean(_ part: [Visit]) -> Double? {
            part.count < 20 ? nil : part.reduce(0) { $0 + $1.waited + $1.served } / Double(part.count)
        }
        guard let early = mean(visits.filter { $0.at < middle }), let late = mean(visits.filter { $0.at >= middle }), early > 0
        else { return nil }
        return late / early - 1
    }
}
