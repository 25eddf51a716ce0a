import WorkingTime

/// The recurrence of a calendar exception: daily, weekly, monthly or yearly, by date or by position.
struct MSPDIRecurrence {
    private let type: Int
    private let every: Int
    /// Bits from Sunday = 1.
    private let weekdays: Int
    private let month: Int
    private let monthDay: Int
    private let position: Int
    private let item: Int
    private let occurrences: Int?

    init(_ record: MSPDIRecord) {
        type = record.integer("Type") ?? 1
        every = max(1, record.integer("Period") ?? 1)
        weekdays = record.integer("DaysOfWeek") ?? 0
        month = (record.integer("Month") ?? 0) + 1
        monthDay = record.integer("MonthDay") ?? 1
        position = record.integer("MonthPosition") ?? 0
        item = record.integer("MonthItem") ?? 0
        occurrences = record.flag("EnteredByOccurrences") == true ? record.integer("Occurrences") : nil
    }

    var isEveryDay: Bool { (type == 1 || type == 7 || type == 9) && every == 1 }

    /// The days of the recurrence; periods of more than two hundred years are cut off.
    func days(in period: ClosedRange<Day>) -> [Day] {
        let last = min(period.upperBound, period.lowerBound + 73_050)
        let days = period.lowerBound > last ? [] : (period.lowerBound...last).filter { matches($0, from: period.lowerBound) }
        return occurrences.map { Array(days.prefix($0)) } ?? days
    }

    private func matches(_ day: Day, from first: Day) -> Bool {
        switch type {
        case 2: day.month == month && day.day == monthDay
        case 3: day.month == month && isAtPosition(day)
        case 4: isInMonth(day, from: first) && day.day == monthDay
        case 5: isInMonth(day, from: first) && isAtPosition(day)
        case 6: isInWeek(day, from: first) && weekdays & (1 << (day.weekday % 7)) != 0
        default: (day - first) % every == 0
        }
    }

    private func isInMonth(_ day: Day, from first: Day) -> Bool {
        ((day.year - first.year) * 12 + day.month - first.month) % every == 0
    }

    private func isInWeek(_ day: Day, from first: Day) -> Bool {
        let sunday = first - first.weekday % 7
        return (day - sunday) / 7 % every == 0
    }

    /// Position 0…3 counts from the start of the month, 4 is the last.
    private func isAtPosition(_ day: Day) -> Bool {
        guard isItem(day) else { return false }
        if position == 4 {
            let length = Day.length(ofMonth: day.month, in: day.year)
            return day.day == length || !((day + 1)...(day + (length - day.day))).contains { isItem($0) }
        }
        let before = (0..<(day.day - 1)).count { isItem(day - ($0 + 1)) }
        return before == position
    }

    /// 0 any day, 1 weekday, 2 weekend day, 3 Sunday … 9 Saturday.
    private func isItem(_ day: Day) -> Bool {
        switch item {
        case 0: true
        case 1: day.weekday <= 5
        case 2: day.weekday > 5
        default: day.weekday % 7 == item - 3
        }
    }
}
