/// Reads times as logs write them into microseconds since 1970, from bytes.
///
/// ISO 8601 in its long and its short form (`20260301T080509Z`), with `T` or a blank, `/` or `.` for `-`, 「2026年3月1日 上午8时5分」,
/// `01-Mar-2026`, `March 1, 2026`, `3/1/2026 2:05 PM`, years of two digits at the end (70 and above are in the last century), 24:00
/// and leap seconds, 「晚上8点5分」 and the other times of day, fractions of a second, zones `Z`, `+08:00`, `+0800`, `+08`, `UTC`, `GMT+8`,
/// `EST` and the others of RFC 822 that mean one zone only, `+01:00[Europe/Berlin]`, `Asia/Shanghai` and others without summer time;
/// `Sun Mar 01 08:05:00 UTC 2026`; a day of the week, which says nothing; full-width digits and marks; seconds, milliseconds,
/// microseconds or nanoseconds since 1970 as a number, with an exponent too if none of its figures are lost, and the days since
/// 1899-12-30 that spreadsheets count (five digits).
///
/// Whether 3/4/2026 is in March or in April is one for the whole file: the first date that can be read in one way only settles it,
/// and dates that contradict it are refused. Until then a date is read as `assumed`, with its other reading in `swapped`.
struct TimeParser {
    enum Outcome: Equatable {
        case time(Int64, hasZone: Bool)
        case unreadable
        case outOfRange
        /// Can be read only with day and month in another order than the file has them.
        case otherOrder
    }

    let zoneMinutes: Int
    /// Whether the day stands before the month, once the file has told.
    private(set) var isDayFirst: Bool?
    /// What is taken until then, by the mark of the first such date: the month first with `/`, the day first with others.
    private(set) var assumed: Bool?
    /// The moment just read with day and month the other way round; nil where there is no other reading.
    private(set) var swapped: Int64?
    // The day last read: most rows repeat it.
    private var lastDate = -1
    private var lastDay: Int64 = 0

    static let years = 1902..<2200
    private static let dayLength: Int64 = 86_400_000_000
    private static let moments = day(years.lowerBound, 1, 1) * dayLength..<day(years.upperBound, 1, 1) * dayLength

    init(zoneMinutes: Int, isDayFirst: Bool? = nil) {
        self.zoneMinutes = zoneMinutes
        self.isDayFirst = isDayFirst
    }

    mutating func parse(_ text: UnsafeRawBufferPointer) -> Outcome {
        swapped = nil
        if let outcome = parseUsual(text) { return outcome }
        let outcome = parseAny(text)
        return outcome == .unreadable && Self.isWide(text) ? narrowed(text) : outcome
    }

    private mutating func parseAny(_ text: UnsafeRawBufferPointer) -> Outcome {
        var bytes = Cursor(text)
        bytes.skipBlanks()
        bytes.skipWeekday()
        switch readDate(&bytes) {
        case .alone(let outcome): return outcome
        case .date(let date, let other, let clock, let zone):
            guard let clock = clock ?? readClock(&bytes) else { return .unreadable }
            return moment(date, other, clock, zone ?? readZone(&bytes), &bytes)
        }
    }

    // MARK: Full-width characters

    /// Whether there may be any: U+FF01 to U+FF5E are EF BC 81 to EF BD 9E, the blank is E3 80 80.
    private static func isWide(_ text: UnsafeRawBufferPointer) -> Bool {
        text.count < 200 && text.contains { $0 == 0xEF || $0 == 0xE3 }
    }

    private mutating func narrowed(_ text: UnsafeRawBufferPointer) -> Outcome {
        withUnsafeTemporaryAllocation(byteCount: text.count, alignment: 1) { narrow in
            var (place, count) = (0, 0)
            while place < text.count {
                let rest = text.count - place
                let (first, second, third) = (text[place], rest > 2 ? text[place + 1] : 0, rest > 2 ? text[place + 2] : 0)
                switch (first, second, third) {
                case (0xEF, 0xBC, 0x81...0xBF): narrow[count] = third - 0x60
                case (0xEF, 0xBD, 0x80...0x9E): narrow[count] = third - 0x20
                case (0xE3, 0x80, 0x80): narrow[count] = 0x20
                default:
                    narrow[count] = first
                    place -= 2
                }
                place += 3
                count += 1
            }
            let text = UnsafeRawBufferPointer(rebasing: narrow[..<count])
            return parseUsual(text) ?? parseAny(text)
        }
    }

    /// What a date, a time of day and the zone behind them come to.
    private mutating func moment(_ date: Date, _ other: Date?, _ clock: Int64, _ zone: Zone, _ bytes: inout Cursor) -> Outcome {
        bytes.skipBlanks()
        guard bytes.isAtEnd, zone != .unreadable, let day = dayNumber(date) else { return .unreadable }
        guard Self.years.contains(date.year) else { return .outOfRange }
        var offset = zoneMinutes
        var hasZone = false
        if case .minutes(let minutes) = zone { (offset, hasZone) = (minutes, true) }
        let rest = clock - Int64(offset) * 60_000_000
        swapped = other.flatMap { dayNumber($0) }.map { $0 * Self.dayLength + rest }
        return .time(day * Self.dayLength + rest, hasZone: hasZone)
    }

    /// `2026-03-01 08:05:09+08:00`, with `T` for the blank or `Z` or nothing for the zone, as most logs have it: by position. `nil` for all else.
    @inline(__always)
    private mutating func parseUsual(_ text: UnsafeRawBufferPointer) -> Outcome? {
        let count = text.count
        guard count >= 19, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"), text[13] == UInt8(ascii: ":"),
            text[16] == UInt8(ascii: ":"),
            text[10] == 0x20 || text[10] == UInt8(ascii: "T")
        else { return nil }
        var flaw: UInt8 = 0
        @inline(__always) func digits(_ place: Int) -> Int {
            let (tens, ones) = (text[place] &- 0x30, text[place + 1] &- 0x30)
            flaw |= (tens > 9 ? 1 : 0) | (ones > 9 ? 1 : 0)
            return Int(tens) &* 10 &+ Int(ones)
        }
        let date = (year: digits(0) * 100 + digits(2), month: digits(5), day: digits(8))
        let (hour, minute, second) = (digits(11), digits(14), digits(17))
        var offset = zoneMinutes
        switch count {
        case 19: break
        case 20 where text[19] == UInt8(ascii: "Z"): offset = 0
        case 25 where text[22] == UInt8(ascii: ":") && (text[19] == UInt8(ascii: "+") || text[19] == UInt8(ascii: "-")):
            let (hours, minutes) = (digits(20), digits(23))
            guard hours < 15, minutes < 60 else { return nil }
            offset = text[19] == UInt8(ascii: "-") ? -(hours * 60 + minutes) : hours * 60 + minutes
        default: return nil
        }
        guard flaw == 0, hour < 24, minute < 60, second < 60, Self.years.contains(date.year), let day = dayNumber(date)
        else { return nil }
        let seconds = Int64(hour * 3600 + minute * 60 + second - offset * 60)
        return .time(day * Self.dayLength + seconds * 1_000_000, hasZone: count > 19)
    }

    // MARK: Numbers alone

    /// A number that is the whole time: since 1970, or a spreadsheet's day.
    private func number(_ first: Cursor.Number, _ bytes: inout Cursor) -> Outcome {
        var part: Int64 = 0
        if bytes.take(UInt8(ascii: ".")) {
            guard let fraction = bytes.fraction(digits: Self.fractionDigits(first.digits)) else { return .unreadable }
            part = fraction
        }
        bytes.skipBlanks()
        guard bytes.isAtEnd else { return .unreadable }
        let value = Int64(first.value)
        switch first.digits {
        case 5: return spreadsheetDay(value, part)
        case 9, 10: return inRange(value * 1_000_000 + part)
        case 12, 13: return inRange(value * 1000 + part)
        case 15, 16: return inRange(value)
        case 18, 19: return inRange(value / 1000)
        default: return .unreadable
        }
    }

    /// How fine the part behind the point is kept: microseconds, or of spreadsheets' days 10⁻¹².
    private static func fractionDigits(_ digits: Int) -> Int {
        switch digits {
        case 5: 12
        case ...10: 6
        case ...13: 3
        default: 0
        }
    }

    /// `1.772323509E9`, in any of the units: the figures are the same. Less than eight of them have been cut; nil where this is no such number.
    private func exponential(_ first: Cursor.Number, _ bytes: inout Cursor) -> Outcome? {
        guard first.digits == 1, bytes.take(UInt8(ascii: ".")), let part = bytes.number(), part.digits >= 7,
            bytes.take(UInt8(ascii: "E")) || bytes.take(UInt8(ascii: "e"))
        else { return nil }
        _ = bytes.take(UInt8(ascii: "+"))
        guard let exponent = bytes.number(), [9, 12, 15, 18].contains(exponent.value) else { return .unreadable }
        bytes.skipBlanks()
        guard bytes.isAtEnd else { return .unreadable }
        var micros = Int64(part.value)
        for _ in part.digits..<max(15, part.digits) { micros *= 10 }
        for _ in 15..<max(15, part.digits) { micros /= 10 }
        return inRange(Int64(first.value) * 1_000_000_000_000_000 + micros)
    }

    private func inRange(_ micros: Int64) -> Outcome {
        Self.moments.contains(micros) ? .time(micros, hasZone: true) : .outOfRange
    }

    /// - Parameter part: of a day, in units of 10⁻¹². Spreadsheets keep no more than milliseconds of it.
    private func spreadsheetDay(_ days: Int64, _ part: Int64) -> Outcome {
        let clock = (part * 864 / 10_000 + 500) / 1000 * 1000
        let micros = (days - 25_569) * Self.dayLength + clock - Int64(zoneMinutes) * 60_000_000
        return Self.moments.contains(micros) ? .time(micros, hasZone: false) : .outOfRange
    }

    // MARK: Dates

    private typealias Date = (year: Int, month: Int, day: Int)

    private enum DateReading {
        /// `other`: with day and month exchanged, where that is open; `clock` and `zone`: where they stand within the date.
        case date(Date, other: Date? = nil, clock: Int64? = nil, zone: Zone? = nil)
        case alone(Outcome)
    }

    private mutating func readDate(_ bytes: inout Cursor) -> DateReading {
        if let month = bytes.monthName() { return monthFirst(month, &bytes) }
        guard let first = bytes.number() else { return .alone(.unreadable) }
        switch first.digits {
        case 8: return .date(Self.date(packed: first.value))
        case 12, 14, 17: if let reading = packed(first, &bytes) { return reading }
        default: break
        }
        if first.digits >= 5 { return .alone(number(first, &bytes)) }
        var ahead = bytes
        if let outcome = exponential(first, &ahead) { return .alone(outcome) }
        if let date = withMonthName(first, &bytes) { return .date(date) }
        return inFigures(first, &bytes)
    }

    private static func date(packed value: Int) -> Date { (value / 10_000, value / 100 % 100, value % 100) }

    /// `202603010805`, `20260301080509`, with milliseconds behind them perhaps; nil where the digits are no such time, and count
    /// milliseconds.
    private func packed(_ first: Cursor.Number, _ bytes: inout Cursor) -> DateReading? {
        let (value, millis) = first.digits == 17 ? (first.value / 1000, first.value % 1000) : (first.value, 0)
        let clockDigits = first.digits == 12 ? 4 : 6
        let date = Self.date(packed: value / (clockDigits == 4 ? 10_000 : 1_000_000))
        guard Self.years.contains(date.year), (1...12).contains(date.month), (1...31).contains(date.day),
            let clock = Self.clock(packed: value % (clockDigits == 4 ? 10_000 : 1_000_000), digits: clockDigits)
        else { return nil }
        let fraction = bytes.take(UInt8(ascii: ".")) ? bytes.fraction() : Int64(millis) * 1000
        return fraction.map { .date(date, clock: clock + $0) } ?? .alone(.unreadable)
    }

    /// `March 1, 2026`, `Mar 1 2026`.
    private func monthFirst(_ month: Int, _ bytes: inout Cursor) -> DateReading {
        _ = bytes.dateSeparator() != nil || bytes.takeBlanks()
        guard let day = bytes.number(), day.digits <= 2 else { return .alone(.unreadable) }
        if let reading = yearLast(month, day.value, &bytes) { return reading }
        _ = bytes.take(UInt8(ascii: ",")) || bytes.dateSeparator() != nil
        bytes.skipBlanks()
        guard let year = bytes.number(), let full = Self.year(year) else { return .alone(.unreadable) }
        return .date((full, month, day.value))
    }

    /// `Mar 01 08:05:00 UTC 2026`, also without a zone; nil where no time of day follows.
    private func yearLast(_ month: Int, _ day: Int, _ bytes: inout Cursor) -> DateReading? {
        var ahead = bytes
        ahead.skipBlanks()
        var hour = ahead
        guard hour.number() != nil, hour.take(UInt8(ascii: ":")) else { return nil }
        guard let clock = readClock(&ahead) else { return .alone(.unreadable) }
        ahead.skipBlanks()
        let zone = ahead.isAtDigit ? Zone.none : readZone(&ahead)
        ahead.skipBlanks()
        guard let year = ahead.number(), year.digits == 4 else { return .alone(.unreadable) }
        bytes = ahead
        return .date((year.value, month, day), clock: clock, zone: zone)
    }

    /// `01-Mar-2026`, `1 March 26`, `2026-Mar-01`; nil where no name of a month follows.
    private func withMonthName(_ first: Cursor.Number, _ bytes: inout Cursor) -> Date? {
        var ahead = bytes
        _ = ahead.dateSeparator() != nil || ahead.takeBlanks()
        guard let month = ahead.monthName() else { return nil }
        _ = ahead.dateSeparator() != nil || ahead.takeBlanks()
        guard let last = ahead.number() else { return nil }
        bytes = ahead
        if first.digits == 4 { return (first.value, month, last.value) }
        return Self.year(last).map { ($0, month, first.value) }
    }

    /// A year of four digits, or of two.
    private static func year(_ number: Cursor.Number) -> Int? {
        switch number.digits {
        case 4: number.value
        case 2: number.value + (number.value < 70 ? 2000 : 1900)
        default: nil
        }
    }

    private mutating func inFigures(_ first: Cursor.Number, _ bytes: inout Cursor) -> DateReading {
        guard let separator = bytes.dateSeparator(), let second = bytes.number(), let other = bytes.dateSeparator(),
            let third = bytes.number(), (separator == other) || (separator == .year && other == .month)
        else { return .alone(.unreadable) }
        if first.digits == 4 || separator == .year {
            _ = bytes.take(ideograph: 0xA5)
            return Self.year(first).map { .date(($0, second.value, third.value)) } ?? .alone(.unreadable)
        }
        // 26-03-01 may begin or end with the year, so hyphens want all four digits.
        guard first.digits <= 2, second.digits <= 2, third.digits == 4 || separator != .hyphen, let year = Self.year(third) else {
            return .alone(.unreadable)
        }
        return ordered(first.value, second.value, year, prefersDayFirst: separator != .slash)
    }

    /// Which of two figures is the day: told by the figures, or by the file.
    private mutating func ordered(_ first: Int, _ second: Int, _ year: Int, prefersDayFirst: Bool) -> DateReading {
        let (dayFirst, monthFirst): (Date, Date) = ((year, second, first), (year, first, second))
        switch (isDate(dayFirst), isDate(monthFirst)) {
        case (false, false): return .alone(.unreadable)
        case (true, true):
            if first == second { return .date(dayFirst) }
            if let isDayFirst { return .date(isDayFirst ? dayFirst : monthFirst) }
            let takesDay = assumed ?? prefersDayFirst
            assumed = takesDay
            return takesDay ? .date(dayFirst, other: monthFirst) : .date(monthFirst, other: dayFirst)
        case (let isDay, _):
            if let isDayFirst, isDayFirst != isDay { return .alone(.otherOrder) }
            isDayFirst = isDay
            return .date(isDay ? dayFirst : monthFirst)
        }
    }

    // MARK: The time of day

    /// Microseconds since midnight; 0 where there is no time of day.
    private func readClock(_ bytes: inout Cursor) -> Int64? {
        _ =
            bytes.take(UInt8(ascii: "T")) || bytes.take(UInt8(ascii: "t")) || bytes.take(UInt8(ascii: ":"))
            || bytes.take(UInt8(ascii: ","))
        bytes.skipBlanks()
        bytes.skipWeekday()
        if bytes.isAtEnd { return 0 }
        let before = bytes.halfOfDay()
        bytes.skipBlanks()
        guard let hour = bytes.number() else { return nil }
        if hour.digits == 4 || hour.digits == 6 {
            guard let clock = Self.clock(packed: hour.value, digits: hour.digits) else { return nil }
            return bytes.take(UInt8(ascii: ".")) || bytes.take(UInt8(ascii: ",")) ? bytes.fraction().map { clock + $0 } : clock
        }
        guard hour.digits <= 2, bytes.takeClockSeparator() else { return nil }
        // 「8时」 alone is a whole hour.
        let minute = bytes.number() ?? (0, 1)
        guard minute.digits <= 2, minute.value <= 59 else { return nil }
        guard let seconds = readSeconds(&bytes) else { return nil }
        bytes.skipBlanks()
        guard let full = Self.hour(hour.value, before ?? bytes.halfOfDay()) else { return nil }
        let rest = Int64(minute.value * 60) * 1_000_000 + seconds
        return full < 24 || rest == 0 ? Int64(full * 3600) * 1_000_000 + rest : nil
    }

    /// Microseconds; a leap second is the beginning of the next minute.
    private func readSeconds(_ bytes: inout Cursor) -> Int64? {
        guard bytes.takeClockSeparator(), let second = bytes.number() else { return 0 }
        guard second.digits <= 2, second.value <= 60 else { return nil }
        var micros = Int64(second.value) * 1_000_000
        if bytes.take(UInt8(ascii: ".")) || bytes.take(UInt8(ascii: ",")) || bytes.take(UInt8(ascii: ":")) {
            guard let fraction = bytes.fraction() else { return nil }
            micros += fraction
        }
        _ = bytes.take(ideograph: 0x92)
        return micros
    }

    /// The hour of 24; `24` itself is the end of the day.
    private static func hour(_ hour: Int, _ half: Cursor.HalfOfDay?) -> Int? {
        switch half {
        case nil: hour <= 24 ? hour : nil
        case .morning: hour <= 12 ? hour % 12 : nil
        case .afternoon: hour <= 12 ? hour % 12 + 12 : hour < 24 ? hour : nil
        // Twelve at night, and one and two after it, may be of this day or of the next.
        case .beforeDawn: hour < 7 || hour == 12 ? hour % 12 : nil
        case .early: (4..<12).contains(hour) ? hour : nil
        case .noon: (11..<15).contains(hour) ? hour : (1..<3).contains(hour) ? hour + 12 : nil
        case .evening: (4..<12).contains(hour) ? hour + 12 : (16..<24).contains(hour) ? hour : nil
        }
    }

    /// `0805` or `080509` as microseconds since midnight.
    private static func clock(packed value: Int, digits: Int) -> Int64? {
        let seconds = digits == 6 ? value % 100 : 0
        let minutes = digits == 6 ? value / 100 % 100 : value % 100
        let hours = digits == 6 ? value / 10_000 : value / 100
        guard seconds <= 60, minutes < 60, hours < 24 || (hours == 24 && minutes == 0 && seconds == 0) else { return nil }
        return Int64(hours * 3600 + minutes * 60 + seconds) * 1_000_000
    }

    private enum Zone: Equatable {
        case none
        case minutes(Int)
        case unreadable
    }

    private func readZone(_ bytes: inout Cursor) -> Zone {
        bytes.skipBlanks()
        if bytes.isAtEnd { return .none }
        if bytes.take(UInt8(ascii: "Z")) || bytes.take(UInt8(ascii: "z")) { return .minutes(0) }
        if !bytes.isAtSign {
            bytes.skipWeekday()
            if bytes.isAtEnd { return .none }
            let isUniversal = bytes.take(word: "UTC") || bytes.take(word: "GMT") || bytes.take(word: "UT")
            if !isUniversal, let minutes = bytes.namedZone() { return .minutes(minutes) }
            if isUniversal, !bytes.isAtSign { return .minutes(0) }
        }
        let isNegative = bytes.peek == UInt8(ascii: "-")
        guard bytes.take(UInt8(ascii: "+")) || bytes.take(UInt8(ascii: "-")), let hours = bytes.number(), hours.digits <= 4 else {
            return .unreadable
        }
        var minutes = hours.digits == 4 ? hours.value / 100 * 60 + hours.value % 100 : hours.value * 60
        if hours.digits <= 2, bytes.take(UInt8(ascii: ":")) {
            guard let rest = bytes.number(), rest.value < 60 else { return .unreadable }
            minutes += rest.value
        }
        guard hours.digits <= 2 || hours.digits == 4, minutes <= 15 * 60, bytes.skipZoneName() else { return .unreadable }
        return .minutes(isNegative ? -minutes : minutes)
    }

    private func isDate(_ date: Date) -> Bool {
        (1...12).contains(date.month) && date.day >= 1 && date.day <= Self.length(date.month, date.year)
    }

    private mutating func dayNumber(_ date: Date) -> Int64? {
        guard (1...12).contains(date.month), (1...31).contains(date.day) else { return nil }
        let packed = date.year * 512 + date.month * 32 + date.day
        if packed == lastDate { return lastDay }
        guard date.day <= Self.length(date.month, date.year) else { return nil }
        lastDate = packed
        lastDay = Self.day(date.year, date.month, date.day)
        return lastDay
    }

    private static func length(_ month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days since 1970-01-01 in the Gregorian calendar.
    private static func day(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let ofEra = shifted - era * 400
        let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return Int64(era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468)
    }
}

/// Walks over the bytes of one cell.
private struct Cursor {
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    typealias Number = (value: Int, digits: Int)

    enum DateSeparator { case hyphen, slash, dot, year, month }
    enum HalfOfDay { case morning, afternoon, beforeDawn, early, noon, evening }

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isAtEnd: Bool { position >= bytes.count }
    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }
    var isAtDigit: Bool { peek.map { $0 &- 0x30 < 10 } ?? false }
    var isAtSign: Bool { peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") }

    /// Blanks and tabs, also blanks that do not break (U+00A0, U+202F).
    mutating func skipBlanks() {
        while position < bytes.count {
            if bytes[position] == 0x20 || bytes[position] == 0x09 {
                position += 1
            } else if !take(word: "\u{A0}"), !take(word: "\u{202F}") {
                return
            }
        }
    }

    mutating func takeBlanks() -> Bool {
        let before = position
        skipBlanks()
        return position > before
    }

    @inline(__always)
    mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    mutating func take(word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        guard position + count <= bytes.count else { return false }
        for index in 0..<count where bytes[position + index] != word.utf8Start[index] { return false }
        position += count
        return true
    }

    /// A word in small letters, whatever the case of the text.
    private mutating func take(lower word: StaticString) -> Bool {
        guard agreeing(word) == word.utf8CodeUnitCount else { return false }
        position += word.utf8CodeUnitCount
        return true
    }

    /// How many letters of a word in small letters stand here, whatever their case.
    @inline(__always)
    private func agreeing(_ word: StaticString) -> Int {
        let most = min(word.utf8CodeUnitCount, bytes.count - position)
        var count = 0
        while count < most, bytes[position + count] | 0x20 == word.utf8Start[count] { count += 1 }
        return count
    }

    /// A name in small letters, whole or so many of its first letters: the longest of these that stands here.
    private mutating func take(name: StaticString, orFirst lengths: ClosedRange<Int>) -> Bool {
        let count = agreeing(name)
        guard count >= lengths.lowerBound else { return false }
        position += count == name.utf8CodeUnitCount ? count : min(count, lengths.upperBound)
        return true
    }

    private static let weekdays: [StaticString] = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]

    /// `Sun,` or `Sunday`, 「星期日」, 「周日」 or 「礼拜日」, in brackets too, with the blanks behind it.
    mutating func skipWeekday() {
        let isBracketed = peek == UInt8(ascii: "(")
        guard let first = peek, first >= UInt8(ascii: "A") || isBracketed else { return }
        var ahead = self
        ahead.position += isBracketed ? 1 : 0
        if ahead.take(word: "星期") || ahead.take(word: "周") || ahead.take(word: "礼拜") {
            ahead.position = min(ahead.position + 3, bytes.count)
        } else if Self.weekdays.contains(where: { ahead.take(name: $0, orFirst: 3...3) }) {
            _ = ahead.take(UInt8(ascii: ","))
        } else {
            return
        }
        guard !isBracketed || ahead.take(UInt8(ascii: ")")) else { return }
        self = ahead
        skipBlanks()
    }

    /// The name of a zone behind its minutes, in brackets if need be; false where the bracket does not close.
    mutating func skipZoneName() -> Bool {
        skipBlanks()
        for (opening, closing) in [("[", "]"), ("(", ")")] as [(Unicode.Scalar, Unicode.Scalar)] {
            guard take(UInt8(ascii: opening)) else { continue }
            while let byte = peek, byte != UInt8(ascii: closing) { position += 1 }
            return take(UInt8(ascii: closing))
        }
        _ = namedZone()
        return true
    }

    /// Zones of RFC 822 but CST, which is China's too, and some of Asia that have had no summer time since 1992.
    private static let zones: [(name: StaticString, minutes: Int)] = [
        ("EST", -300), ("EDT", -240), ("MST", -420), ("MDT", -360), ("PST", -480), ("PDT", -420), ("Asia/Shanghai", 480),
        ("Asia/Hong_Kong", 480), ("Asia/Taipei", 480), ("Asia/Macau", 480), ("Asia/Singapore", 480), ("Asia/Tokyo", 540),
        ("Asia/Seoul", 540),
    ]

    /// The minutes east of a zone that is written by name, in brackets or not.
    mutating func namedZone() -> Int? {
        guard let first = peek, first >= UInt8(ascii: "A") else { return nil }
        var ahead = self
        let isBracketed = ahead.take(UInt8(ascii: "["))
        guard let zone = Self.zones.first(where: { ahead.take(word: $0.name) }), !isBracketed || ahead.take(UInt8(ascii: "]"))
        else {
            return nil
        }
        self = ahead
        return zone.minutes
    }

    private static let months: [StaticString] = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ]

    /// The number of a month by its English name, whole or its first three or four letters.
    mutating func monthName() -> Int? {
        guard let first = peek, first | 0x20 >= UInt8(ascii: "a"), first | 0x20 <= UInt8(ascii: "z") else { return nil }
        guard let place = Self.months.firstIndex(where: { take(name: $0, orFirst: 3...4) }) else { return nil }
        _ = take(UInt8(ascii: "."))
        return place + 1
    }

    /// 上午, 下午, 晚上 and their like, `AM`, `p.m.`
    mutating func halfOfDay() -> HalfOfDay? {
        guard let first = peek, first >= UInt8(ascii: "A") else { return nil }
        if first >= 0x80 { return Self.timesOfDay.first { take(word: $0.word) }?.half }
        if take(lower: "am") || take(word: "a.m.") || take(word: "A.M.") { return .morning }
        if take(lower: "pm") || take(word: "p.m.") || take(word: "P.M.") { return .afternoon }
        return nil
    }

    private static let timesOfDay: [(word: StaticString, half: HalfOfDay)] = [
        ("上午", .morning), ("下午", .afternoon), ("晚上", .evening), ("凌晨", .beforeDawn), ("中午", .noon), ("早上", .early),
        ("早晨", .early), ("清晨", .early), ("傍晚", .evening),
    ]

    /// 日 is E6 97 A5, 时 E6 97 B6, 点 E7 82 B9, 月 E6 9C 88, 分 E5 88 86, 年 E5 B9 B4, 秒 E7 A7 92: told by their last byte here.
    mutating func take(ideograph last: UInt8) -> Bool {
        guard position + 3 <= bytes.count, bytes[position] >= 0xE5, bytes[position] <= 0xE7, bytes[position + 2] == last else {
            return false
        }
        position += 3
        return true
    }

    mutating func dateSeparator() -> DateSeparator? {
        if take(UInt8(ascii: "-")) { return .hyphen }
        if take(UInt8(ascii: "/")) { return .slash }
        if take(UInt8(ascii: ".")) { return .dot }
        if take(ideograph: 0xB4) { return .year }
        if take(ideograph: 0x88) { return .month }
        return nil
    }

    mutating func takeClockSeparator() -> Bool {
        take(UInt8(ascii: ":")) || take(ideograph: 0xB6) || take(ideograph: 0xB9) || take(ideograph: 0x86)
            || take(UInt8(ascii: "."))
    }

    /// Digits as a number, at most 19 of them.
    @inline(__always)
    mutating func number() -> Number? {
        var value = 0
        let start = position
        while position < bytes.count {
            let digit = bytes[position] &- 0x30
            guard digit < 10, position - start < 19 else { break }
            value = value &* 10 &+ Int(digit)
            position += 1
        }
        return position == start ? nil : (value, position - start)
    }

    /// Digits after the point, as a number of so many digits; what is finer is cut off.
    mutating func fraction(digits: Int = 6) -> Int64? {
        var value: Int64 = 0
        var count = 0
        while position < bytes.count {
            let digit = bytes[position] &- 0x30
            guard digit < 10 else { break }
            if count < digits { value = value * 10 + Int64(digit) }
            count += 1
            position += 1
        }
        guard count > 0 else { return nil }
        while count < digits {
            value *= 10
            count += 1
        }
        return value
    }
}
