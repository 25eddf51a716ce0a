import Testing
import WorkingTime

/// A reproducible generator (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

@Suite struct WorkCalendarTests {
    static let origin = Day(number: 20_480)

    /// Every minute of a few weeks, worked or not, straight from the hours of each day.
    static func minutes(_ calendar: WorkCalendar, from day: Day, days: Int) -> [Bool] {
        (0..<days).flatMap { offset -> [Bool] in
            var worked = [Bool](repeating: false, count: 1440)
            for interval in calendar.hours(on: day + offset).intervals { for minute in interval { worked[minute] = true } }
            return worked
        }
    }

    static func randomShifts(_ generator: inout SeededGenerator) -> Shifts {
        Shifts(
            (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                let start = Int.random(in: 0...1439, using: &generator)
                return start..<min(1440, start + Int.random(in: 1...500, using: &generator))
            })
    }

    static func randomCalendar(_ generator: inout SeededGenerator) -> WorkCalendar {
        func layer(week isWhole: Bool) -> CalendarLayer {
            var week = WeekPattern()
            for weekday in 1...7 where isWhole || Bool.random(using: &generator) { week[weekday] = randomShifts(&generator) }
            week[3] = Shifts([600..<900])
            let exceptions = (0..<Int.random(in: 0...4, using: &generator)).map { _ -> CalendarException in
                let first = origin + Int.random(in: -3...18, using: &generator)
                let effects: [CalendarException.Effect] = [
                    .closed, .open, .hours(randomShifts(&generator)), .adding(randomShifts(&generator)),
                    .removing(randomShifts(&generator)),
                ]
                return CalendarException(
                    first...(first + Int.random(in: 0...3, using: &generator)),
                    effects[Int.random(in: 0..<effects.count, using: &generator)])
            }
            return CalendarLayer(week: week, exceptions: exceptions)
        }
        return WorkCalendar(layers: [layer(week: true), layer(week: false)])
    }

    @Test("adding, subtracting and counting agree with walking minute by minute")
    func bruteForce() {
        var generator = SeededGenerator(state: 7)
        for _ in 0..<25 {
            let calendar = Self.randomCalendar(&generator)
            let first = Self.origin - 14
            let worked = Self.minutes(calendar, from: first, days: 49)
            for _ in 0..<20 {
                let offset = Int.random(in: 8 * 1440...40 * 1440, using: &generator)
                let amount = Int.random(in: 0...1500, using: &generator)
                var ahead = offset
                var left = amount
                while left > 0, ahead < worked.count { if worked[ahead] { left -= 1 }; ahead += 1 }
                if left == 0 { #expect(calendar.adding(amount, to: first.start + offset) == first.start + ahead) }
                var back = offset
                left = amount
                while left > 0, back > 0 { back -= 1; if worked[back] { left -= 1 } }
                if left == 0 { #expect(calendar.subtracting(amount, from: first.start + offset) == first.start + back) }
                let other = Int.random(in: 0..<worked.count, using: &generator)
                let count = worked[min(offset, other)..<max(offset, other)].count { $0 }
                #expect(
                    calendar.workingMinutes(from: first.start + offset, to: first.start + other)
                        == (other < offset ? -count : count))
                if let next = worked[offset...].firstIndex(of: true) {
                    #expect(calendar.nextWorkingInstant(onOrAfter: first.start + offset) == first.start + next)
                }
                if let previous = worked[..<offset].lastIndex(of: true) {
                    #expect(calendar.previousWorkingInstant(onOrBefore: first.start + offset) == first.start + previous + 1)
                }
            }
        }
    }

    @Test("positions and instants invert each other, far before and after all exceptions too")
    func positions() {
        var generator = SeededGenerator(state: 11)
        for _ in 0..<40 {
            let calendar = Self.randomCalendar(&generator)
            for _ in 0..<50 {
                let position = Int.random(in: -2_000_000...2_000_000, using: &generator)
                let start = calendar.start(at: position)
                let finish = calendar.finish(at: position)
                #expect(finish <= start)
                #expect(calendar.position(of: start) == position && calendar.position(of: finish) == position)
                #expect(calendar.position(of: start + 1) == position + 1)
                #expect(calendar.position(of: finish - 1) == position - 1)
            }
        }
    }

    @Test("a person's leave takes time away and an overtime Saturday adds it")
    func layers() throws {
        let friday = try #require(Day("2026-03-06"))
        let person = CalendarLayer(exceptions: [
            CalendarException(friday, .removing(Shifts(from: 13, to: 17)), name: DayName(zh: "请假半天", en: "half a day off")),
            CalendarException(friday + 1, .open),
        ])
        let calendar = WorkCalendar(layers: [.china, person])
        #expect(calendar.adding(480, to: friday.at(8)) == (friday + 1).at(12))
        #expect(calendar.dayKind(friday) == .exceptionalWorkingDay(DayName(zh: "请假半天", en: "half a day off")))
        #expect(calendar.adding(480, to: (friday + 1).at(13)) == (friday + 3).at(12))
    }

    @Test("work before the Spring Festival runs through the make-up Saturday and over the holiday")
    func springFestival() throws {
        let friday = try #require(Day("2026-02-13"))
        let calendar = WorkCalendar.china
        #expect(calendar.adding(3 * 480, to: friday.at(8)) == (friday + 11).at(17))
        #expect(calendar.workingMinutes(from: friday.start, to: (friday + 12).start) == 3 * 480)
    }

    @Test("a calendar without any work never gets there")
    func noWork() {
        let calendar = WorkCalendar(layers: [CalendarLayer(week: WeekPattern(.none, on: []))])
        #expect(calendar.adding(1, to: 0) == WorkCalendar.never)
        #expect(calendar.subtracting(1, from: 0) == WorkCalendar.earliest)
        #expect(calendar.workingMinutes(from: -5_000_000, to: 5_000_000) == 0)
    }

    @Test("a summer week holds only in its time")
    func datedWeek() throws {
        let first = try #require(Day("2026-06-01"))
        let summer = DatedWeek(first...(first + 29), WeekPattern(Shifts(from: 7, to: 13), on: 1...5))
        let calendar = WorkCalendar(layers: [CalendarLayer(week: .standard, datedWeeks: [summer])])
        #expect(calendar.hours(on: first) == Shifts(from: 7, to: 13))
        #expect(calendar.hours(on: first - 3) == .standard)
        #expect(calendar.hours(on: first + 30) == .standard)
    }

    @Test("shifts merge, cut and never overlap")
    func shifts() {
        #expect(Shifts([600..<700, 480..<620, 1400..<1500]).intervals == [480..<700, 1400..<1440])
        #expect(Shifts.standard.removing(Shifts([700..<800])).intervals == [480..<700, 800..<1020])
        #expect(Shifts.standard.adding(Shifts([720..<780])).intervals == [480..<1020])
        #expect(Shifts.standard.minutes == 480)
    }
}

@Suite struct ShiftsTextTests {
    @Test(
        "hours are read as people write them",
        arguments: [
            ("09:00-12:00, 13:00-18:00", [540..<720, 780..<1080]), ("9-12 13-18", [540..<720, 780..<1080]),
            ("9：00～12：00、13:30至24:00", [540..<720, 810..<1440]), ("00:00–24:00", [0..<1440]),
        ] as [(String, [Range<Int>])])
    func reads(text: String, intervals: [Range<Int>]) {
        #expect(Shifts(text)?.intervals == intervals)
        #expect(Shifts(text).flatMap { Shifts($0.text) } == Shifts(text))
    }

    @Test(
        "what is no span of hours is refused",
        arguments: [
            "", "朝九晚五", "09:00", "12:00-09:00", "22:00-06:00", "9:00-9:00", "8:00-12:00, 11:00-13:00", "9:60-12:00", "9-25",
            "-3-5",
        ])
    func refuses(text: String) { #expect(Shifts(text) == nil) }
}
