/// So much in every period: 「每月 2 本书」, 「每周 3 次运动」.
public struct Quota: Hashable, Sendable {
    public var amount: Double
    public var period: PeriodOfDays
    public var start: Int
    public var finish: Int?

    public init(amount: Double, period: PeriodOfDays, start: Int, finish: Int? = nil) {
        self.amount = amount
        self.period = period
        self.start = start
        self.finish = finish
    }
}

/// One period of a quota.
public struct QuotaPeriod: Hashable, Sendable {
    public enum Status: String, Hashable, Sendable {
        case kept, missed
        /// Still running: already enough, on the way, or behind the share of the time gone.
        case runningKept, runningOnPace, runningBehind
    }

    /// The days that count; the first and the last period may be cut by start and finish.
    public var days: ClosedRange<Int>
    /// The quota, in cut periods in proportion to the days and, where the quota is whole, rounded up.
    public var wanted: Double
    public var done: Double
    public var status: Status

    public var isKept: Bool { status == .kept || status == .runningKept }
}

/// A quota period by period, up to a day.
public struct QuotaStanding: Hashable, Sendable {
    /// In order; the last one holds the day (unless the quota ended before).
    public var periods: [QuotaPeriod]
    /// Shares of the finished periods that were kept; `nil` before the first is over.
    public var keptShare: Double?
    /// Kept periods in a row up to the newest finished one, the running one counted when it is kept already.
    public var run: Int
    /// Done and wanted from the start through the periods shown.
    public var done: Double
    public var wanted: Double
    /// What the running period still lacks; 0 when nothing runs.
    public var missing: Double

    /// Missed periods in a row up to the newest finished one.
    public var missedRun: Int {
        periods.filter { $0.status == .kept || $0.status == .missed }.reversed().prefix { $0.status == .missed }.count
    }
}

extension Quota {
    /// - Parameter entries: what was done, each entry counts its value; entries outside start…finish and after `day` do not count.
    /// - Complexity: O(entries + periods)
    public func standing(_ entries: [DatedValue], on day: Int) -> QuotaStanding {
        var periods: [QuotaPeriod] = []
        let last = min(day, finish ?? day)
        var first = start
        while first <= last, periods.count < 40_000 {
            let whole = period.range(containing: first)
            let days = first...max(first, min(whole.upperBound, finish ?? whole.upperBound))
            periods.append(QuotaPeriod(days: days, wanted: wanted(days, of: whole), done: 0, status: .missed))
            first = whole.upperBound + 1
        }
        add(entries, to: &periods, through: last)
        for index in periods.indices { periods[index].status = status(of: periods[index], on: day) }
        return summary(periods)
    }

    private func wanted(_ days: ClosedRange<Int>, of whole: ClosedRange<Int>) -> Double {
        if days.count >= whole.count { return amount }
        let share = amount * Double(days.count) / Double(whole.count)
        // A whisker less, so that 2 × 15/30 is not rounded up to 2.
        return amount == amount.rounded() ? (share - 1e-9).rounded(.up) : share
    }

    private func add(_ entries: [DatedValue], to periods: inout [QuotaPeriod], through last: Int) {
        for entry in entries where entry.day >= start && entry.day <= last && entry.value.isFinite {
            var low = 0
            var high = periods.count - 1
            while low < high {
                let middle = (low + high) / 2
                if periods[middle].days.upperBound < entry.day { low = middle + 1 } else { high = middle }
            }
            if periods.indices.contains(low) { periods[low].done += entry.value }
        }
    }

    private func status(of period: QuotaPeriod, on day: Int) -> QuotaPeriod.Status {
        let isKept = period.done >= period.wanted - 1e-9
        if period.days.upperBound < day { return isKept ? .kept : .missed }
        if isKept { return .runningKept }
        let gone = Double(day - period.days.lowerBound + 1) / Double(period.days.count)
        // Whole things are behind only when a whole one is.
        let due = amount == amount.rounded() ? (period.wanted * gone + 1e-9).rounded(.down) : period.wanted * gone
        if day == period.days.upperBound { return .runningBehind }
        return period.done >= due - 1e-9 ? .runningOnPace : .runningBehind
    }

    private func summary(_ periods: [QuotaPeriod]) -> QuotaStanding {
        let finished = periods.filter { $0.status == .kept || $0.status == .missed }
        let kept = finished.filter { $0.status == .kept }.count
        var run = 0
        for period in periods.reversed() {
            if period.isKept {
                run += 1
            } else if period.status == .missed {
                break
            }
        }
        let running = periods.last.flatMap { $0.status == .kept || $0.status == .missed ? nil : $0 }
        return QuotaStanding(
            periods: periods, keptShare: finished.isEmpty ? nil : Double(kept) / Double(finished.count), run: run,
            done: periods.reduce(0) { $0 + $1.done }, wanted: periods.reduce(0) { $0 + $1.wanted },
            missing: running.map { max(0, $0.wanted - $0.done) } ?? 0)
    }
}
