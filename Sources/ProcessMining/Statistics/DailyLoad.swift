/// What came in, what was finished and what was under way, day by day.
public struct DailyLoad: Sendable, Hashable {
    /// Days since 1970-01-01 of the zone asked for, of the first entry.
    public let firstDay: Int
    /// Cases whose first event begins on the day.
    public let arrived: [Int]
    /// Cases whose last event ends on the day.
    public let finished: [Int]
    /// Cases begun and not finished at the end of the day.
    public let inProgress: [Int]

    /// - Parameter zoneMinutes: the zone whose midnights part the days, in minutes east.
    /// - Complexity: O(cases + days).
    public init(_ log: EventLog, zoneMinutes: Int) {
        let dayLength: Int64 = 86_400_000_000
        func day(_ time: Int64) -> Int {
            let shifted = time + Int64(zoneMinutes) * 60_000_000
            return Int(shifted >= 0 ? shifted / dayLength : -((-shifted + dayLength - 1) / dayLength))
        }
        let spans = (0..<log.caseCount).map { log.span(ofCase: $0) }.map { (day($0.from), day($0.to)) }
        guard let first = spans.map(\.0).min(), let last = spans.map(\.1).max() else {
            (firstDay, arrived, finished, inProgress) = (0, [], [], [])
            return
        }
        var came = [Int](repeating: 0, count: last - first + 1)
        var went = came
        for (from, to) in spans {
            came[from - first] += 1
            went[to - first] += 1
        }
        var open = 0
        firstDay = first
        arrived = came
        finished = went
        inProgress = came.indices.map { index in
            open += came[index] - went[index]
            return open
        }
    }

    /// Little's law over the whole log: mean in progress = arrivals a day × mean days a case takes. Both sides, for a look at whether the log is whole.
    public var meanInProgress: Double { inProgress.isEmpty ? 0 : Double(inProgress.reduce(0, +)) / Double(inProgress.count) }
}
