import Foundation
import Testing
import WorkingTime

@Suite struct ChinaCalendarTests {
    /// Rows of the reference calendar, or `nil` (with a message) where it is absent.
    static let reference: [[String]]? = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appendingPathComponent("../shared/data/calendar/cn-calendar-2024-2027.csv")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            print("reference calendar absent, skipped")
            return nil
        }
        return text.split(whereSeparator: \.isNewline).dropFirst()
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }()

    @Test("every announced day agrees with the reference, kind by kind")
    func everyDay() throws {
        guard let rows = Self.reference else { return }
        var checked = 0
        for row in rows {
            let day = try #require(Day(row[0]))
            guard day.year <= 2026 else { continue }
            checked += 1
            #expect(WorkCalendar.china.isWorkingDay(day) == (row[2] == "1"), "\(day)")
            switch WorkCalendar.china.dayKind(day) {
            case .workingDay: #expect(row[3] == "workday", "\(day)")
            case .restDay: #expect(row[3] == "weekend", "\(day)")
            case .statutoryHoliday(let name):
                #expect(row[3] == "holiday", "\(day)")
                #expect(row[4] == name.en)
            case .dayOffInLieu(let name):
                #expect(row[3] == "holiday-in-lieu", "\(day)")
                #expect(row[4] == name.en)
            case .makeUpWorkingDay(let name):
                #expect(row[3] == "makeup-workday", "\(day)")
                #expect(row[4] == name.en)
            case .exceptionalDayOff, .exceptionalWorkingDay: Issue.record("no exceptions were given: \(day)")
            }
        }
        #expect(checked == 1096)
    }

    @Test("a year not announced has weekends only and says so")
    func unpublished() throws {
        let calendar = WorkCalendar.china
        #expect(calendar.isPublished(year: 2026))
        #expect(!calendar.isPublished(year: 2027))
        let labourDay = try #require(Day("2028-05-01"))
        #expect(calendar.dayKind(labourDay) == .workingDay)
        #expect(calendar.dayKind(labourDay + 5) == .restDay)
        #expect(WorkCalendar.standard.isPublished(year: 2027))
    }

    @Test("a holiday file reproduces the built-in years, days in lieu included")
    func fileRoundTrip() throws {
        for year in 2024...2026 {
            let days = HolidayCalendar.china.holidays.filter { $0.key.year == year }
            let entries = days.map { day, holiday in
                "{\"name\":\"\(holiday.name.zh)\",\"date\":\"\(day)\",\"isOffDay\":\(holiday.kind != .makeUpWorkingDay)}"
            }
            let file = try HolidayCalendar(json: "{\"year\":\(year),\"papers\":[],\"days\":[\(entries.joined(separator: ","))]}")
            #expect(file.holidays == days)
            #expect(file.publishedYears == [year])
        }
    }

    @Test("an administrator's file replaces its year and leaves the others")
    func replacing() throws {
        let file = try HolidayCalendar(
            json: """
                {"year": 2027, "papers": [], "days": [{"name": "元旦", "date": "2027-01-01", "isOffDay": true}]}
                """)
        let holidays = HolidayCalendar.china.replacing(with: file)
        let newYear = try #require(Day("2027-01-01"))
        #expect(holidays[newYear]?.kind == .statutoryHoliday)
        #expect(holidays.isPublished(year: 2027) && holidays.isPublished(year: 2024))
        let calendar = WorkCalendar(layers: [CalendarLayer(week: .standard, holidays: holidays)])
        #expect(!calendar.isWorkingDay(newYear))
    }

    @Test("a holiday file with a mistake is refused and the place named")
    func refused() {
        #expect(throws: HolidayFileError.invalidDate(index: 0, text: "2027-02-30")) {
            try HolidayCalendar(json: "{\"year\":2027,\"days\":[{\"name\":\"x\",\"date\":\"2027-02-30\",\"isOffDay\":true}]}")
        }
        #expect(throws: HolidayFileError.self) { try HolidayCalendar(json: "{\"year\":2027}") }
        #expect(throws: HolidayFileError.self) { try HolidayCalendar(json: "") }
        let twice = "{\"name\":\"x\",\"date\":\"2027-02-03\",\"isOffDay\":true}"
        #expect(throws: HolidayFileError.self) { try HolidayCalendar(json: "{\"year\":2027,\"days\":[\(twice),\(twice)]}") }
    }
}
