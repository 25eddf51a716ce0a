/// Which time counts between two moments.
public struct WorkClock: Sendable {
    private let measure: @Sendable (Int64, Int64) -> Double
    /// Whether every second counts.
    public let isWall: Bool

    /// - Parameter measure: seconds between two moments in microseconds since 1970, the first not after the second.
    public init(_ measure: @escaping @Sendable (Int64, Int64) -> Double) {
        self.measure = measure
        isWall = false
    }

    private init() {
        measure = { Double($1 - $0) / 1e6 }
        isWall = true
    }

    /// Every second counts.
    public static let wall = WorkClock()

    /// The hours of a week, repeated for ever, in a zone of so many minutes east.
    public init(_ week: WorkWeek, zoneMinutes: Int) {
        // 1970-01-05 was a Monday.
        @Sendable func seconds(_ time: Int64) -> Double { Double(time) / 1e6 + Double(zoneMinutes) * 60 - 4 * 86_400 }
        self.init { week.worked(until: seconds($1)) - week.worked(until: seconds($0)) }
    }

    /// Seconds that count between two moments, below zero where the second is before the first.
    public func seconds(from: Int64, to: Int64) -> Double { from <= to ? measure(from, to) : -measure(to, from) }
}

extension EventLog {
    /// From the first beginning to the last end of every case, in seconds that the clock counts.
    public func leadTimes(clock: WorkClock) -> LogStatistics.Summary {
        var all = (0..<caseCount).map { index in
            let span = span(ofCase: index)
            return clock.seconds(from: span.from, to: span.to)
        }
        return LogStatistics.Summary(&all)
    }
}
