/// A parsed `t`.
struct ParsedMoment: Hashable {
    enum Form: Hashable {
        case number, day, month, quarter

        var isDate: Bool { self != .number }
    }

    /// The number itself, or days since 1970-01-01.
    var place: Int
    var form: Form
}

/// Reads `17`, `2026-03-05`, `2026/3/5`, `2026-03`, `2026年3月`, `2026M03`, `2026Q1`, `2026年第1季度`; a time of day after the date is
/// ignored.
func parseMoment(_ text: String) -> ParsedMoment? {
    if let number = Int(text) { return abs(number) < 1 << 40 ? ParsedMoment(place: number, form: .number) : nil }
    if let number = Double(text), number == number.rounded(), abs(number) < 1e12 {
        return ParsedMoment(place: Int(number), form: .number)
    }
    let date = text.prefix { $0 != " " && $0 != "T" }
    let isQuarter = date.contains { "Qq季".contains($0) }
    let texts = date.split { "-/.年月日MmQq第季度".contains($0) }
    let parts = texts.map { Int($0) }
    // 3/5/26 may mean three days, none of them in the year 3.
    guard parts.count == 2 || parts.count == 3, texts[0].count == 4, let year = parts[0], let second = parts[1], year > 0 else {
        return nil
    }
    guard !isQuarter else {
        guard parts.count == 2, (1...4).contains(second) else { return nil }
        return ParsedMoment(place: dayNumber(year: year, month: 3 * second - 2, day: 1), form: .quarter)
    }
    guard (1...12).contains(second) else { return nil }
    guard parts.count == 3 else { return ParsedMoment(place: dayNumber(year: year, month: second, day: 1), form: .month) }
    guard let day = parts[2], let place = dayNumber(checked: day, month: second, year: year) else { return nil }
    return ParsedMoment(place: place, form: .day)
}

extension ParsedMoment {
    /// The day or month, where it was written without a mark between, too; nil for other numbers.
    var unpacked: ParsedMoment? {
        guard form == .number else { return self }
        let hasDay = place >= 1_000_000
        return packedMoment(place, hasDay: hasDay).map { ParsedMoment(place: $0, form: hasDay ? .day : .month) }
    }
}

/// The day that `20260305` or `202603` means, in the years 1900 to 2199; `nil` where it means none.
func packedMoment(_ number: Int, hasDay: Bool) -> Int? {
    let (months, day) = hasDay ? (number / 100, number % 100) : (number, 1)
    guard (1900..<2200).contains(months / 100), (1...12).contains(months % 100) else { return nil }
    return dayNumber(checked: day, month: months % 100, year: months / 100)
}

/// The number of a day; `nil` where the month has no such day.
private func dayNumber(checked day: Int, month: Int, year: Int) -> Int? {
    let next = CalendarMonth(year: year, month: month).advanced(by: 1)
    guard (1...31).contains(day) else { return nil }
    let place = dayNumber(year: year, month: month, day: day)
    return place < dayNumber(year: next.year, month: next.month, day: 1) ? place : nil
}

/// Year, month and day of a day number. Source: Hinnant.
func civilDate(_ day: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let part = (5 * dayOfYear + 2) / 153
    let month = part < 10 ? part + 3 : part - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * part + 2) / 5 + 1)
}

func dateText(_ day: Int) -> String {
    let date = civilDate(day)
    return "\(dateText(CalendarMonth(year: date.year, month: date.month)))-\(date.day < 10 ? "0" : "")\(date.day)"
}

func dateText(_ month: CalendarMonth) -> String {
    let year = String(month.year)
    return String(repeating: "0", count: max(0, 4 - year.count)) + year + (month.month < 10 ? "-0" : "-") + String(month.month)
}

/// Places of moments on an even grid: months where all dates carry the same day (or each the last) of their month, otherwise
/// the greatest step that meets them all.
struct TimeGrid {
    var places: [Int]
    var scale: TimeScale

    /// - Parameter moments: ascending, without repetition.
    init(moments: [Int], form: ParsedMoment.Form) {
        guard let first = moments.first else {
            places = []
            scale = .numbers(first: 0, step: 1)
            return
        }
        if form.isDate, let months = Self.months(moments) {
            let step = max(Self.commonStep(months.places), form == .quarter ? 3 : 1)
            places = months.places.map { $0 / step }
            scale =
                form == .quarter
                ? .quarters(first: months.first, step: step / 3)
                : .months(first: months.first, step: step, day: form == .day ? months.day : nil)
            return
        }
        let offsets = moments.map { $0 - first }
        let step = Self.commonStep(offsets)
        places = offsets.map { $0 / step }
        scale = form.isDate ? .days(first: first, step: step) : .numbers(first: first, step: step)
    }

    private static func months(_ days: [Int]) -> (places: [Int], first: CalendarMonth, day: Int)? {
        let dates = days.map(civilDate)
        guard let first = dates.first else { return nil }
        let wanted = dates.reduce(0) { max($0, $1.day) }
        var places: [Int] = []
        for (index, date) in dates.enumerated() {
            let isLast = civilDate(days[index] + 1).day == 1
            guard date.day == wanted || (isLast && date.day < wanted) else { return nil }
            places.append((date.year - first.year) * 12 + date.month - first.month)
        }
        // Two dates in one month are days, not months.
        guard zip(places, places.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
        return (places, CalendarMonth(year: first.year, month: first.month), wanted)
    }

    private static func commonStep(_ offsets: [Int]) -> Int {
        var step = 0
        for offset in offsets {
            var (a, b) = (step, offset)
            while b != 0 { (a, b) = (b, a % b) }
            step = a
        }
        return max(1, step)
    }
}
