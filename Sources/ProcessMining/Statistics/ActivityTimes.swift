/// How long one activity takes, and how long it is waited for. Times are seconds.
///
/// Waiting runs from the latest end of the case's earlier events to the beginning; it is never negative, so that work side by side
/// waits for nothing. Service runs from beginning to end and is 0 in logs of points. Sojourn is both. The first event of a case
/// waits for nothing.
public struct ActivityTimes: Sendable, Hashable {
    /// Code of the activity.
    public let activity: Int
    public let events: Int
    public let cases: Int
    public let waiting: LogStatistics.Summary
    public let service: LogStatistics.Summary
    public let sojourn: LogStatistics.Summary

    /// Sojourn of all events together: what the activity costs.
    public var total: Double { sojourn.mean * Double(sojourn.count) }
    /// Waiting as part of the total, 0 where nothing is spent.
    public var waitingShare: Double { total > 0 ? waiting.mean * Double(waiting.count) / total : 0 }

    /// One entry for each activity that occurs, in the order of codes.
    ///
    /// - Parameter clock: working time between two moments, in seconds; the time on the wall if left out.
    /// - Complexity: O(events).
    public static func all(_ log: EventLog, clock: WorkClock = .wall) -> [ActivityTimes] {
        var waits = [[Double]](repeating: [], count: log.activities.count)
        var services = waits
        var sojourns = waits
        var cases = [Int](repeating: 0, count: log.activities.count)
        var seen = [Int](repeating: -1, count: log.activities.count)
        for index in 0..<log.caseCount {
            log.forEachVisit(ofCase: index, clock) { event, waited, served in
                let code = Int(log.activity[event])
                waits[code].append(waited)
                services[code].append(served)
                sojourns[code].append(waited + served)
                if seen[code] != index {
                    seen[code] = index
                    cases[code] += 1
                }
            }
        }
        return log.activities.indices.filter { !waits[$0].isEmpty }.map { code in
            ActivityTimes(
                activity: code, events: waits[code].count, cases: cases[code], waiting: LogStatistics.Summary(&waits[code]),
                service: LogStatistics.Summary(&services[code]), sojourn: LogStatistics.Summary(&sojourns[code]))
        }
    }
}
