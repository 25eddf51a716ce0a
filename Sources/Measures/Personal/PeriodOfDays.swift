/// A stretch of the calendar that repeats. Days are counted from 1970-01-01 (a Thursday); weeks begin on Monday (ISO 8601).
public enum PeriodOfDays: Hashable, Sendable {
    case day, week, month, quarter, halfYear, year
    /// Two weeks, counted from the week of the given day.
    case twoWeeks(from: Int)

    /// First and last day of the period that a day belongs to.
    public func range(containing day: Int) -> ClosedRange<Int> {
        switch self {
        case .day: return day...day
        case .week:
            let monday = day - weekday(of: day) + 1
            return monday...(monday + 6)
        case .twoWeeks(let anchor):
            let monday = anchor - weekday(of: anchor) + 1
            let offset = (day - monday) % 14
            let first = day - (offset < 0 ? offset + 14 : offset)
            return first...(first + 13)
        case .month: return months(1, containing: day)
        case .quarter: return months(3, containing: day)
        case .halfYear: return months(6, containing: day)
        case .year: return months(12, containing: day)
        }
    }

    private func months(_ count: Int, containing day: Int) -> ClosedRange<Int> {
        let date = civilDate(day)
        let first = CalendarMonth(year: date.year, month: (date.month - 1) / count * count + 1)
        let next = first.advanced(by: count)
        return dayNumber(
            year: first.year, month: first.month, day: 1)...(dayNumber(year: next.year, month: next.month, day: 1) - 1)
    }
}

/// 1 is Monday, 7 Sunday.
public func weekday(of day: Int) -> Int {
    let rest = (day + 3) % 7
    return (rest < 0 ? rest + 7 : rest) + 1
}
