import PlanModel
import WorkingTime

/// How a commitment such as 「每月读两本书」 was kept, period by period.
public struct QuotaCount: Sendable, Hashable {
    public struct Period: Sendable, Hashable {
        public let start: Day
        /// The day after its last.
        public let end: Day
        public let done: Double
        public let isMet: Bool
    }

    public let periods: [Period]
    public let amount: Double
    private let today: Day

    /// The periods from the commitment's start to the one that holds `today`; `nil` without amount, period or start.
    public init?(_ commitment: Typed<Commitment>, today: Day) {
        guard let amount = commitment.amount, amount > 0, let frequency = commitment.frequency,
            let start = commitment.start ?? commitment.done?.days.first, start <= today
        else { return nil }
        self.amount = amount
        self.today = today
        let last = min(commitment.finish ?? today, today)
        var periods: [Period] = []
        var begin = frequency.periodStart(start)
        while begin <= last, periods.count < 5000 {
            let end = frequency.nextPeriod(begin)
            let done = (commitment.done?.points ?? []).reduce(0) { $0 + ($1.day >= begin && $1.day < end ? $1.value : 0) }
            periods.append(Period(start: begin, end: end, done: done, isMet: done >= amount))
            begin = end
        }
        self.periods = periods
    }

    /// The period that is still running; `nil` once the commitment is over.
    public var current: Period? { periods.last.flatMap { $0.end > today ? $0 : nil } }
    public var past: ArraySlice<Period> { current == nil ? periods[...] : periods.dropLast() }

    /// Met periods in a row up to the last whole one, plus the running one if it is met already.
    public var streak: Int {
        let ended = past.reversed().prefix { $0.isMet }.count
        return current?.isMet == true ? ended + 1 : ended
    }

    public var missedInARow: Int { past.reversed().prefix { !$0.isMet }.count }
    public var metShare: Double { past.isEmpty ? 0 : Double(past.filter(\.isMet).count) / Double(past.count) }
}

extension Frequency {
    /// The first day of the period that holds `day`; weeks begin on Monday.
    func periodStart(_ day: Day) -> Day {
        switch self {
        case .daily, .once: day
        case .weekly, .biweekly: day - (day.weekday - 1)
        case .monthly: Day(year: day.year, month: day.month, day: 1) ?? day
        case .quarterly: Day(year: day.year, month: (day.quarter - 1) * 3 + 1, day: 1) ?? day
        case .halfYearly: Day(year: day.year, month: day.month <= 6 ? 1 : 7, day: 1) ?? day
        case .yearly: Day(year: day.year, month: 1, day: 1) ?? day
        }
    }

    func nextPeriod(_ start: Day) -> Day {
        switch self {
        case .daily: start + 1
        case .weekly: start + 7
        case .biweekly: start + 14
        case .monthly: periodStart(start + 31)
        case .quarterly: periodStart(start + 92)
        case .halfYearly: periodStart(start + 184)
        case .yearly: periodStart(start + 366)
        case .once: start + 36_500
        }
    }
}
