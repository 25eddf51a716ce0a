/// Work passed on from one person to another: how often, and how long it lay in between.
public struct HandOver: Sendable, Hashable {
    /// Codes of who gave and who took; the same where somebody went on.
    public let from: Int
    public let to: Int
    public let count: Int
    /// Seconds from the end of the one to the beginning of the other, never negative.
    public let waiting: LogStatistics.Summary

    /// Most frequent first. Events by nobody pass nothing on.
    ///
    /// - Complexity: O(events).
    public static func all(_ log: EventLog, clock: WorkClock = .wall) -> [HandOver] {
        guard !log.resource.isEmpty else { return [] }
        var times: [Int: [Double]] = [:]
        let size = log.resources.count
        for index in 0..<log.caseCount {
            for event in log.events(ofCase: index).dropLast() {
                let (one, other) = (Int(log.resource[event]), Int(log.resource[event + 1]))
                guard one >= 0, other >= 0 else { continue }
                times[one * size + other, default: []].append(
                    max(clock.seconds(from: log.end[event], to: log.start(of: event + 1)), 0))
            }
        }
        return times.map { key, values in
            var values = values
            return HandOver(from: key / size, to: key % size, count: values.count, waiting: LogStatistics.Summary(&values))
        }.sorted { ($1.count, $0.from, $0.to) < ($0.count, $1.from, $1.to) }
    }

    /// Hand-overs between different people as part of all, 0 where there are none.
    public static func share(_ all: [HandOver]) -> Double {
        let total = all.reduce(0) { $0 + $1.count }
        return total > 0 ? Double(all.filter { $0.from != $0.to }.reduce(0) { $0 + $1.count }) / Double(total) : 0
    }
}
