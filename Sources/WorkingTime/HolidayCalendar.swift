/// The name of a day in both languages.
public struct DayName: Hashable, Sendable {
    public let zh: String
    public let en: String

    public init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }
}

/// What a public-holiday notice makes of a day.
public enum HolidayKind: Hashable, Sendable {
    /// Off by law, or a weekend day within the holiday.
    case statutoryHoliday
    /// 调休: a weekday off, paid for by a make-up working day.
    case dayOffInLieu
    /// 调休上班: a weekend day on which people work.
    case makeUpWorkingDay
}

public struct Holiday: Hashable, Sendable {
    public let kind: HolidayKind
    public let name: DayName

    public init(_ kind: HolidayKind, name: DayName) {
        self.kind = kind
        self.name = name
    }
}

/// Public holidays and make-up working days, year by year as they are announced.
///
/// A year that was not announced holds no days; ask `isPublished(year:)` to say so to people (「尚未公布」).
public struct HolidayCalendar: Hashable, Sendable {
    public private(set) var publishedYears: Set<Int>
    public private(set) var holidays: [Day: Holiday]

    /// - Parameter publishedYears: the years these holidays are complete for.
    public init(publishedYears: Set<Int>, holidays: [Day: Holiday]) {
        self.publishedYears = publishedYears
        self.holidays = holidays
    }

    public func isPublished(year: Int) -> Bool { publishedYears.contains(year) }

    public subscript(day: Day) -> Holiday? { holidays[day] }

    /// The years of `other` take the place of the same years here; other years stay.
    public func replacing(with other: HolidayCalendar) -> HolidayCalendar {
        let kept = holidays.filter { !other.publishedYears.contains($0.key.year) }
        return HolidayCalendar(
            publishedYears: publishedYears.union(other.publishedYears),
            holidays: kept.merging(other.holidays) { _, new in new })
    }
}
