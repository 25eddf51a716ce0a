import PlanModel
import WorkingTime

extension Frequency {
    /// Days of something that recurs, from the first on, each on the first working day from its date; a month without the day takes
    /// its last one.
    ///
    /// - Complexity: O(periods from the first day to the end of the range).
    public func occurrences(from first: Day, in range: ClosedRange<Day>, until end: Day? = nil, calendar: WorkCalendar) -> [Day] {
        guard self != .once else { return range.contains(first) ? [first] : [] }
        let last = min(range.upperBound, end ?? range.upperBound)
        var days: [Day] = []
        var count = 0
        while count < 40_000 {
            let date = advanced(first, by: count)
            guard date <= last else { break }
            count += 1
            if self == .daily && !calendar.isWorkingDay(date) { continue }
            let day = Day(instant: calendar.nextWorkingInstant(onOrAfter: date.start))
            if range.contains(day), day <= last, days.last != day { days.append(day) }
        }
        return days
    }

    private func advanced(_ first: Day, by periods: Int) -> Day {
        let months: Int
        switch self {
        case .daily, .once: return first + periods
        case .weekly: return first + 7 * periods
        case .biweekly: return first + 14 * periods
        case .monthly: months = 1
        case .quarterly: months = 3
        case .halfYearly: months = 6
        case .yearly: months = 12
        }
        let index = first.year * 12 + first.month - 1 + months * periods
        let (year, month) = (index / 12, index % 12 + 1)
        return Day(year: year, month: month, day: min(first.day, Day.length(ofMonth: month, in: year))) ?? first
    }
}

extension PlanFacts {
    /// The days a recurring task falls on within a range: from its start to its finish.
    public func occurrences(of task: Typed<PlanTask>, in range: ClosedRange<Day>) -> [Day] {
        schedule.occurrences(of: task).map(\.days.lowerBound).filter(range.contains)
    }

    /// The days a communication falls on within a range: on and after its next date, or from the plan's start.
    public func occurrences(of communication: Typed<Communication>, in range: ClosedRange<Day>) -> [Day] {
        guard let frequency = communication.frequency, frequency != .daily, let first = communication.nextOn else { return [] }
        return frequency.occurrences(from: first, in: range, until: plan.fields.finish, calendar: schedule.calendar)
    }
}
