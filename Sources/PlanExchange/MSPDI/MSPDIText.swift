import WorkingTime

/// The spellings of dates, times and durations in Microsoft Project XML.
///
/// Instants and amounts are tenths of minutes, the unit in which Project counts: with whole minutes a work split in thirds would
/// drift away from its dates. Hours of a day are whole minutes.
enum MSPDIText {
    static let unitsPerMinute = 10

    /// `2010-06-08T08:00:00` as tenths of minutes since 1970-01-01T00:00.
    static func instant(_ text: String) -> Int? {
        guard let day = Day(text.prefix(10)) else { return nil }
        guard text.utf8.count > 11 else { return day.start * unitsPerMinute }
        return timeOfDay(String(text.dropFirst(11))).map { (day.start + $0) * unitsPerMinute + tenths(text) }
    }

    /// The seconds of an instant.
    private static func tenths(_ text: String) -> Int {
        let seconds = text.dropFirst(17).prefix(2)
        return seconds.utf8.count == 2 ? (Int(seconds).map { min(59, max(0, $0)) } ?? 0) / 6 : 0
    }

    static func day(_ text: String) -> Day? { Day(text.prefix(10)) }

    /// `08:30:00` as minutes of the day.
    static func timeOfDay(_ text: String) -> Int? {
        let parts = text.split(separator: ":")
        guard parts.count >= 2, let hour = Int(parts[0]), let minute = Int(parts[1].prefix(2)) else { return nil }
        guard (0...24).contains(hour), (0...59).contains(minute) else { return nil }
        return hour * 60 + minute
    }

    /// `PT12H30M0S`, also with days (of 24 hours) and fractions, as tenths of minutes, rounded. The sign stands before all, as XML
    /// Schema has it, or before the first number, as Project writes it. Some write a bare `0`.
    static func amount(_ text: String) -> Int? {
        if text == "0" { return 0 }
        var sign = 1.0
        var rest = Substring(text)
        if rest.first == "-" {
            sign = -1
            rest = rest.dropFirst()
        }
        guard rest.first == "P" else { return nil }
        var seconds = 0.0
        var isTime = false
        var number = ""
        for character in rest.dropFirst() {
            switch character {
            case "T": isTime = true
            case "-" where number.isEmpty: sign = -1
            case "0"..."9", ".": number.append(character)
            default:
                guard let value = Double(number), let unit = unit(character, isTime: isTime) else { return nil }
                seconds += value * unit
                number = ""
            }
        }
        guard seconds < 1e13 else { return nil }
        return Int((sign * seconds * Double(unitsPerMinute) / 60).rounded())
    }

    private static func unit(_ character: Character, isTime: Bool) -> Double? {
        switch (character, isTime) {
        case ("D", false): 86_400
        case ("H", true): 3_600
        case ("M", true): 60
        case ("S", true): 1
        default: nil
        }
    }

    /// `2010-06-08T08:00:00`
    static func text(_ instant: Int) -> String {
        let minutes = Int((Double(instant) / Double(unitsPerMinute)).rounded(.down))
        let day = Day(instant: minutes)
        let minute = minutes - day.start
        let seconds = (instant - minutes * unitsPerMinute) * 60 / unitsPerMinute
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(day)T\(two(minute / 60)):\(two(minute % 60)):\(two(seconds))"
    }

    /// Units of a duration or lag, by the number the file uses for its format. The numbers from 35 on mark estimates.
    enum Unit {
        case working, elapsed, percent, elapsedPercent
    }

    static func unit(format: Int?) -> Unit {
        switch format {
        case 4, 6, 8, 10, 12, 36, 38, 40, 42, 44: .elapsed
        case 19, 51: .percent
        case 20, 52: .elapsedPercent
        default: .working
        }
    }
}
