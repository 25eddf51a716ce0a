/// A parsed `t`.
struct ParsedMoment: Hashable {
    /// The number itself, or days since 1970-01-01.
    var place: Int
    var isDate: Bool
    var hasDay: Bool
}

/// Reads `17`, `2026-03-05`, `2026/3/5`, `2026-03` or `20260305T…`-less variants; a time of day after the date is ignored.
func parseMoment(_ text: String) -> ParsedMoment? {
    if let number = Int(text) {
        return abs(number) < 1 << 40 ? ParsedMoment(place: number, isDate: false, hasDay: false) : nil
    }
    if let number = Double(text), number == number.rounded(), abs(number) < 1e12 {
        return ParsedMoment(place: Int(number), isDate: false, hasDay: false)
    }
    let date = text.prefix { $0 != " " && $0 != "T" }
    let parts = date.split(whereSeparator: { "-/.年月日".contains($0) }).map { Int($0) }
    guard parts.count == 2 || parts.count == 3, let year = parts[0], let month = parts[1], (1...12).contains(month),
        (1...9999).contains(year)
    else { return nil }
    guard parts.count == 3 else {
        return ParsedMoment(place: dayNumber(year: year, month: month, day: 1), isDate: true, hasDay: false)
    }
    guard let day = parts[2], day >= 1, day <= 31 else { return nil }
    let next = CalendarMonth(year: year, month: month).advanced(by: 1)
    let place = dayNumber(year: year, month: month, day: day)
    guard place < dayNumber(year: next.year, month: next.month, day: 1) else { return nil }
    return ParsedMoment(place: place, isDate: true, hasDay: true)
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
    init(moments: [Int], isDated: Bool, hasDays: Bool) {
        guard let first = moments.first else {
            places = []
            scale = .numbers(first: 0, step: 1)
            return
        }
        if isDated, let months = Self.months(moments) {
            let step = Self.commonStep(months.places)
            places = months.places.map { $0 / step }
            scale = .months(first: months.first, step: step, day: hasDays ? months.day : nil)
            return
        }
        let offsets = moments.map { $0 - first }
        let step = Self.commonStep(offsets)
        places = offsets.map { $0 / step }
        scale = isDated ? .days(first: first, step: step) : .numbers(first: first, step: step)
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
