/// Reads times as logs write them into microseconds since 1970, from bytes.
///
/// ISO 8601 with `T` or a blank, `/` or `.` for `-`, 「2026年3月1日 8时5分」, day or month first with the year last, fractions of a
/// second, zones `Z`, `+08:00`, `+0800`, `+08`, `UTC`; seconds, milliseconds or microseconds since 1970 as a number.
struct TimeParser {
    enum Outcome: Equatable {
        case time(Int64, hasZone: Bool)
        case unreadable
        case outOfRange
    }

    let zoneMinutes: Int
    /// Whether 3/4/2026 is the third of April; settled from the first values where one of the numbers is above 12.
    var isDayFirst: Bool?
    // The day last read: most rows repeat it.
    private var lastDate = -1
    private var lastDay: Int64 = 0

    init(zoneMinutes: Int) { self.zoneMinutes = zoneMinutes }

    mutating func parse(_ text: UnsafeRawBufferPointer) -> Outcome {
        if let outcome = parseUsual(text) { return outcome }
        var bytes = Cursor(text)
        bytes.skipBlanks()
        guard let first = bytes.number() else { return .unreadable }
        if bytes.isAtEnd || (bytes.peek == UInt8(ascii: ".") && first.digits >= 9) { return epoch(first, &bytes) }
        guard let date = readDate(first, &bytes) else { return .unreadable }
        guard let clock = readClock(&bytes) else { return .unreadable }
        let zone = readZone(&bytes)
        bytes.skipBlanks()
        guard bytes.isAtEnd, zone != .unreadable else { return .unreadable }
        guard let day = dayNumber(date) else { return .unreadable }
        guard date.year >= 1902, date.year < 2200 else { return .outOfRange }
        var offset = zoneMinutes
        var hasZone = false
        if case .minutes(let minutes) = zone { (offset, hasZone) = (minutes, true) }
        return .time(day * 86_400_000_000 + clock - Int64(offset) * 60_000_000, hasZone: hasZone)
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
        guard flaw == 0, hour < 24, minute < 60, second < 60, date.year >= 1902, date.year < 2200, let day = dayNumber(date)
        else { return nil }
        let seconds = Int64(hour * 3600 + minute * 60 + second - offset * 60)
        return .time(day * 86_400_000_000 + seconds * 1_000_000, hasZone: count > 19)
    }

    // MARK: Parts

    private func epoch(_ first: (value: Int, digits: Int), _ bytes: inout Cursor) -> Outcome {
        var micros: Int64
        switch first.digits {
        case 9, 10: micros = Int64(first.value) * 1_000_000
        case 12, 13: micros = Int64(first.value) * 1000
        case 15, 16: micros = Int64(first.value)
        default: return .unreadable
        }
        if bytes.take(UInt8(ascii: ".")) {
            guard first.digits <= 10, let fraction = bytes.fraction() else { return .unreadable }
            micros += fraction
        }
        return bytes.isAtEnd ? .time(micros, hasZone: true) : .unreadable
    }

    private typealias Date = (year: Int, month: Int, day: Int)

    private mutating func readDate(_ first: (value: Int, digits: Int), _ bytes: inout Cursor) -> Date? {
        if first.digits == 8 { return (first.value / 10_000, first.value / 100 % 100, first.value % 100) }
        guard let separator = bytes.dateSeparator(), let second = bytes.number(), let other = bytes.dateSeparator(),
            let third = bytes.number()
        else { return nil }
        guard (separator == other) || (separator == .year && other == .month) else { return nil }
        if first.digits == 4 {
            _ = bytes.take(ideograph: 0xA5)
            return (first.value, second.value, third.value)
        }
        guard third.digits == 4, first.digits <= 2, second.digits <= 2 else { return nil }
        if first.value > 12 { isDayFirst = true } else if second.value > 12 { isDayFirst = false }
        let isDay = isDayFirst ?? (separator != .slash)
        return isDay ? (third.value, second.value, first.value) : (third.value, first.value, second.value)
    }

    /// Microseconds since midnight; 0 where there is no time of day.
    private func readClock(_ bytes: inout Cursor) -> Int64? {
        let isSeparated =
            bytes.take(UInt8(ascii: "T")) || bytes.take(UInt8(ascii: "t")) || bytes.takeBlanks() || bytes.take(UInt8(ascii: ":"))
        guard isSeparated || !bytes.isAtEnd else { return 0 }
        if bytes.isAtEnd { return 0 }
        guard let hour = bytes.number(), hour.digits <= 2, hour.value <= 23 else { return nil }
        guard bytes.takeClockSeparator(), let minute = bytes.number(), minute.digits <= 2, minute.value <= 59 else { return nil }
        var micros = Int64(hour.value * 3600 + minute.value * 60) * 1_000_000
        if bytes.takeClockSeparator(), !bytes.isAtEnd {
            guard let second = bytes.number(), second.digits <= 2, second.value <= 59 else { return nil }
            micros += Int64(second.value) * 1_000_000
            if bytes.take(UInt8(ascii: ".")) || bytes.take(UInt8(ascii: ",")) {
                guard let fraction = bytes.fraction() else { return nil }
                micros += fraction
            }
            _ = bytes.take(ideograph: 0x92)
        }
        return micros
    }

    private enum Zone: Equatable {
        case none
        case minutes(Int)
        case unreadable
    }

    private func readZone(_ bytes: inout Cursor) -> Zone {
        bytes.skipBlanks()
        if bytes.isAtEnd { return .none }
        if bytes.take(UInt8(ascii: "Z")) || bytes.take(UInt8(ascii: "z")) || bytes.take(word: "UTC") || bytes.take(word: "GMT") {
            return .minutes(0)
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
        guard hours.digits <= 2 || hours.digits == 4, minutes <= 15 * 60 else { return .unreadable }
        return .minutes(isNegative ? -minutes : minutes)
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

    enum DateSeparator { case hyphen, slash, dot, year, month }

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isAtEnd: Bool { position >= bytes.count }
    var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func skipBlanks() { while position < bytes.count, bytes[position] == 0x20 { position += 1 } }

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

    /// 日 is E6 97 A5, 时 E6 97 B6, 月 E6 9C 88, 分 E5 88 86, 年 E5 B9 B4, 秒 E7 A7 92: told by their last byte here.
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
        take(UInt8(ascii: ":")) || take(ideograph: 0xB6) || take(ideograph: 0x86) || take(UInt8(ascii: "."))
    }

    /// Digits as a number, at most 18 of them.
    @inline(__always)
    mutating func number() -> (value: Int, digits: Int)? {
        var value = 0
        let start = position
        while position < bytes.count {
            let digit = bytes[position] &- 0x30
            guard digit < 10, position - start < 18 else { break }
            value = value &* 10 &+ Int(digit)
            position += 1
        }
        return position == start ? nil : (value, position - start)
    }

    /// Digits after the point in microseconds; what is finer is cut off.
    mutating func fraction() -> Int64? {
        var value: Int64 = 0
        var count = 0
        while position < bytes.count {
            let digit = bytes[position] &- 0x30
            guard digit < 10 else { break }
            if count < 6 { value = value * 10 + Int64(digit) }
            count += 1
            position += 1
        }
        guard count > 0 else { return nil }
        while count < 6 {
            value *= 10
            count += 1
        }
        return value
    }
}
