/// Working time, ready for arithmetic.
///
/// Instants are whole minutes since 1970-01-01T00:00 of the workspace's own clock (`Day.start`); durations are
/// working minutes. The layers are compiled once: days with exceptions become prefix sums, and before the first and
/// after the last of them the week repeats for ever, so every instant is answered, however far away.
///
/// ```swift
/// let calendar = WorkCalendar(layers: [.china, CalendarLayer(exceptions: [CalendarException(day, .closed)])])
/// let finish = calendar.adding(3 * 480, to: start)
/// ```
///
/// A calendar also is a monotone map between instants and *positions*, the working minutes since a fixed day of its own.
/// Engines that stay in one calendar do their arithmetic on positions and translate at the end.
///
/// - Complexity: O(log d) per call, d the days between the first and the last exception; O(1) outside them.
public struct WorkCalendar: Sendable {
    public let layers: [CalendarLayer]
    /// How many units of time make a minute, 1 unless asked for: instants, amounts and positions are all in these units.
    public let unitsPerMinute: Int

    /// An instant later than every result (year 9999 and beyond); answered where no working time is left.
    public static let never = 4_300_000_000
    /// The counterpart of `never` before all time.
    public static let earliest = -4_300_000_000

    private let table: ShiftTable
    private let unitsPerDay: Int
    /// First day of the compiled span, a Monday, as a day number.
    private let firstDay: Int
    /// Positions at the midnights of the compiled span, whole weeks; one more than its days. Begins with 0.
    private let positions: [Int]
    private let shiftOfDay: [Int32]
    private let shiftOfWeekday: [Int32]
    /// Minutes of the plain week before each weekday; 8 entries, the last is the whole week.
    private let weekPositions: [Int]

    /// - Parameters:
    ///   - layers: from the widest (nation) to the narrowest (person).
    ///   - unitsPerMinute: for a clock finer than minutes; 10 counts tenths of minutes.
    public init(layers: [CalendarLayer], unitsPerMinute: Int = 1) {
        self.layers = layers
        self.unitsPerMinute = max(1, unitsPerMinute)
        unitsPerDay = 1440 * self.unitsPerMinute
        let resolution = DayResolution(layers: layers, isIndexed: true)
        var table = ShiftTable(unitsPerMinute: self.unitsPerMinute)
        let irregular = resolution.irregularDays
        // A plain week is one without dated weeks and exceptions.
        let plain = DayResolution(layers: layers.map { CalendarLayer(week: $0.week) })
        let monday = Day(number: 4)
        shiftOfWeekday = (0..<7).map { table.index(of: plain.weekHours(monday + $0)) }
        weekPositions = shiftOfWeekday.reduce(into: [0]) { $0.append(($0.last ?? 0) + table.minutes(Int($1))) }
        let start = irregular.map { $0.lowerBound - ($0.lowerBound.weekday - 1) } ?? monday
        let weeks = irregular.map { ($0.upperBound - start) / 7 + 1 } ?? 0
        firstDay = Int(start.number)
        shiftOfDay = (0..<weeks * 7).map { table.index(of: resolution.resolve(start + $0).hours) }
        positions = shiftOfDay.reduce(into: [0]) { $0.append(($0.last ?? 0) + table.minutes(Int($1))) }
        self.table = table
    }

    /// Only the time in which both calendars work, as when someone does a task that has hours of its own.
    /// The clock is that of the first.
    public init(intersecting one: WorkCalendar, _ other: WorkCalendar) {
        let plain = [one, other].map { calendar in DayResolution(layers: calendar.layers.map { CalendarLayer(week: $0.week) }) }
        func common(_ a: Shifts, _ b: Shifts) -> Shifts { a.removing(Shifts.aroundTheClock.removing(b)) }
        var layer = CalendarLayer()
        let monday = Day(number: 4)
        for offset in 0..<7 {
            layer.week[offset + 1] = common(plain[0].weekHours(monday + offset), plain[1].weekHours(monday + offset))
        }
        let irregular = [one, other].compactMap { DayResolution(layers: $0.layers).irregularDays }
        if let first = irregular.map(\.lowerBound).min(), let last = irregular.map(\.upperBound).max() {
            for day in first...last {
                let hours = common(one.hours(on: day), other.hours(on: day))
                if hours != layer.week[day.weekday] { layer.exceptions.append(CalendarException(day, .hours(hours))) }
            }
        }
        self.init(layers: [layer], unitsPerMinute: one.unitsPerMinute)
    }

    /// Monday to Friday, 08:00–12:00 and 13:00–17:00, no holidays.
    public static let standard = WorkCalendar(layers: [.standardWeek])
    /// Monday to Friday with the public holidays and make-up working days of the PRC.
    public static let china = WorkCalendar(layers: [.china])
    /// Every minute works; elapsed time.
    public static let aroundTheClock = WorkCalendar(layers: [CalendarLayer(week: .aroundTheClock)])
}

// MARK: - Arithmetic

extension WorkCalendar {
    /// The earliest instant by which so many minutes have been worked after `instant`; `instant` itself for 0.
    /// Negative amounts subtract.
    public func adding(_ amount: Int, to instant: Int) -> Int {
        let minutes = max(-(1 << 40), min(1 << 40, amount))
        return minutes > 0
            ? finish(at: position(of: instant) + minutes)
            : minutes < 0 ? start(at: position(of: instant) + minutes) : instant
    }

    /// The latest instant from which `minutes` are worked until `instant`; `instant` itself for 0.
    public func subtracting(_ minutes: Int, from instant: Int) -> Int {
        adding(minutes == .min ? .max : -minutes, to: instant)
    }

    /// Working minutes between two instants; negative where `end` is before `start`.
    public func workingMinutes(from start: Int, to end: Int) -> Int { position(of: end) - position(of: start) }

    /// `instant` itself where the minute after it is worked, else the next instant at which work begins.
    public func nextWorkingInstant(onOrAfter instant: Int) -> Int { start(at: position(of: instant)) }

    /// `instant` itself where the minute before it is worked, else the last instant at which work ended.
    public func previousWorkingInstant(onOrBefore instant: Int) -> Int { finish(at: position(of: instant)) }
}

// MARK: - Days

extension WorkCalendar {
    public func hours(on day: Day) -> Shifts { table.shifts[shift(ofDay: Int(day.number))] }

    public func isWorkingDay(_ day: Day) -> Bool { !hours(on: day).isEmpty }

    /// Why the day is worked or not.
    public func dayKind(_ day: Day) -> DayKind { DayResolution(layers: layers).resolve(day).kind }

    /// Whether the public holidays of the year are known, in every layer that has some; a calendar without public
    /// holidays has nothing to publish and says `true`.
    public func isPublished(year: Int) -> Bool {
        layers.allSatisfy { $0.holidays?.isPublished(year: year) ?? true }
    }

    /// Minutes of the plain week, exceptions aside.
    public var minutesPerWeek: Int { weekPositions[7] / unitsPerMinute }
}

// MARK: - Positions

extension WorkCalendar {
    /// Working minutes from the calendar's fixed day to `instant` (negative before it).
    public func position(of instant: Int) -> Int {
        let day = floorDivide(instant, unitsPerDay)
        return position(atMidnightOf: day) + table.worked(shift(ofDay: day), before: instant - day * unitsPerDay)
    }

    /// The earliest instant with this position: where work that ends here ends.
    public func finish(at position: Int) -> Int {
        guard let day = day(reaching: position) else { return position > (positions.last ?? 0) ? Self.never : Self.earliest }
        return day * unitsPerDay + table.finish(shift(ofDay: day), after: position - self.position(atMidnightOf: day))
    }

    /// The latest instant with this position: where work that begins here begins.
    public func start(at position: Int) -> Int {
        guard let day = day(reaching: position + 1) else { return position >= (positions.last ?? 0) ? Self.never : Self.earliest }
        return day * unitsPerDay + table.start(shift(ofDay: day), after: position - self.position(atMidnightOf: day))
    }

    private func shift(ofDay day: Int) -> Int {
        let offset = day - firstDay
        return Int(
            offset >= 0 && offset < shiftOfDay.count ? shiftOfDay[offset] : shiftOfWeekday[offset - floorDivide(offset, 7) * 7])
    }

    private func position(atMidnightOf day: Int) -> Int {
        let offset = day - firstDay
        if offset >= 0 && offset < positions.count { return positions[offset] }
        let base = offset < 0 ? 0 : positions[positions.count - 1]
        let rest = offset < 0 ? offset : offset - shiftOfDay.count
        let weeks = floorDivide(rest, 7)
        return base + weeks * weekPositions[7] + weekPositions[rest - weeks * 7]
    }

    /// The day during which the position is reached: p(day) < position ≤ p(day + 1). `nil` where work never gets there.
    private func day(reaching position: Int) -> Int? {
        let last = positions[positions.count - 1]
        if position > 0 && position <= last { return firstDay + lowerBound(of: position) - 1 }
        guard weekPositions[7] > 0 else { return nil }
        let rest = position <= 0 ? position : position - last
        let weeks = floorDivide(rest - 1, weekPositions[7])
        let inWeek = rest - weeks * weekPositions[7]  // 1…weekMinutes
        var weekday = 0
        while weekPositions[weekday + 1] < inWeek { weekday += 1 }
        return firstDay + (position <= 0 ? 0 : shiftOfDay.count) + weeks * 7 + weekday
    }

    /// First index with `positions[index] >= position`. Near an even spread, so a guess narrows the search.
    private func lowerBound(of position: Int) -> Int {
        var low = 0
        var high = positions.count - 1
        let guess = position * high / max(1, positions[high])
        let below = max(0, guess - 16)
        let above = min(high, guess + 16)
        if positions[below] < position { low = below }
        if positions[above] >= position { high = above }
        while low < high {
            let middle = (low + high) >> 1
            if positions[middle] < position { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// The distinct days of a calendar, each with its intervals.
struct ShiftTable: Sendable {
    private let unitsPerMinute: Int
    private(set) var shifts: [Shifts] = []
    private var indices: [Shifts: Int32] = [:]
    private var offsets: [Int] = [0]
    private var starts: [Int] = []
    private var ends: [Int] = []
    private var totals: [Int] = []

    init(unitsPerMinute: Int) { self.unitsPerMinute = unitsPerMinute }

    mutating func index(of hours: Shifts) -> Int32 {
        if let known = indices[hours] { return known }
        let index = Int32(shifts.count)
        shifts.append(hours)
        indices[hours] = index
        starts += hours.intervals.map { $0.lowerBound * unitsPerMinute }
        ends += hours.intervals.map { $0.upperBound * unitsPerMinute }
        offsets.append(starts.count)
        totals.append(hours.minutes * unitsPerMinute)
        return index
    }

    func minutes(_ shift: Int) -> Int { totals[shift] }

    func worked(_ shift: Int, before minute: Int) -> Int {
        var sum = 0
        for index in offsets[shift]..<offsets[shift + 1] {
            if minute <= starts[index] { break }
            sum += min(minute, ends[index]) - starts[index]
        }
        return sum
    }

    /// Minute of the day by which `worked` minutes (at least one) have passed; never past the day's last end.
    func finish(_ shift: Int, after worked: Int) -> Int {
        var left = worked
        for index in offsets[shift]..<offsets[shift + 1] {
            let length = ends[index] - starts[index]
            if left <= length { return starts[index] + left }
            left -= length
        }
        return 1440 * unitsPerMinute
    }

    /// Minute of the day at which the minute after `worked` minutes begins.
    func start(_ shift: Int, after worked: Int) -> Int {
        var left = worked
        for index in offsets[shift]..<offsets[shift + 1] {
            let length = ends[index] - starts[index]
            if left < length { return starts[index] + left }
            left -= length
        }
        return 1440 * unitsPerMinute
    }
}

@inline(__always) func floorDivide(_ a: Int, _ b: Int) -> Int {
    let quotient = a / b
    return quotient * b > a ? quotient - 1 : quotient
}
