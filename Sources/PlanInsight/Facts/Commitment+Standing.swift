import Measures
import PlanModel
import WorkingTime

/// How a commitment such as 「每月读两本书」 was kept.
extension Typed where K == Commitment {
    /// Period by period from the commitment's start to `today`; `nil` without an amount, a start that has come, or a period that
    /// repeats. A period cut by start or finish asks for its share only.
    public func standing(on today: Day) -> QuotaStanding? {
        guard let amount = self.amount, amount > 0, let start = self.start ?? self.done?.days.first, start <= today,
            let period = self.frequency?.period(from: start)
        else { return nil }
        let entries = (self.done?.points ?? []).map { DatedValue(day: $0.day.index, value: $0.value) }
        return Quota(amount: amount, period: period, start: start.index, finish: self.finish?.index)
            .standing(entries, on: today.index)
    }

    /// Of daily habits, the days in a row.
    public func streak(on today: Day) -> Streak? {
        guard self.frequency == .daily, let amount = self.amount, amount > 0 else { return nil }
        let kept = (self.done?.points ?? []).filter { $0.value >= amount - 1e-9 }.map { $0.day.index }
        return Streak.counted(kept, on: (self.finish.map { min($0, today) } ?? today).index)
    }
}

extension Frequency {
    fileprivate func period(from start: Day) -> PeriodOfDays? {
        switch self {
        case .daily: .day
        case .weekly: .week
        case .biweekly: .twoWeeks(from: start.index)
        case .monthly: .month
        case .quarterly: .quarter
        case .halfYearly: .halfYear
        case .yearly: .year
        case .once: nil
        }
    }
}
