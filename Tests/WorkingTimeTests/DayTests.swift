import Testing
import WorkingTime

@Suite struct DayTests {
    @Test(
        "known days have known numbers and weekdays",
        arguments: [
            ("1970-01-01", 0, 4), ("2000-02-29", 11016, 2), ("2026-02-14", 20498, 6), ("1900-03-01", -25508, 4),
        ])
    func knownDays(text: String, number: Int, weekday: Int) throws {
        let day = try #require(Day(text))
        #expect(day.number == Int32(number))
        #expect(day.weekday == weekday)
        #expect(day.description == text)
    }

    @Test(
        "days that do not exist are refused",
        arguments: ["2026-02-29", "2026-13-01", "2026-1-1", "26-01-01", "2026-01-00", "十月一日"])
    func refused(text: String) { #expect(Day(text) == nil) }

    @Test("every day of four centuries survives the round trip")
    func roundTrip() throws {
        var previous = try #require(Day("1899-12-31"))
        let end = try #require(Day("2300-01-01"))
        while previous < end {
            let day = previous + 1
            let (year, month, dayOfMonth) = day.components
            #expect(Day(year: year, month: month, day: dayOfMonth) == day)
            #expect(day.weekday == previous.weekday % 7 + 1)
            previous = day
        }
    }
}
