/// A dated departure from the week: it holds on every day of `days`.
public struct CalendarException: Hashable, Sendable {
    public enum Effect: Hashable, Sendable {
        /// No work.
        case closed
        /// Work as on an ordinary working day: the hours of that weekday, or, where the week has none on it, of the first weekday that has.
        case open
        /// Exactly these hours.
        case hours(Shifts)
        /// These hours besides the usual.
        case adding(Shifts)
        /// The usual hours without these.
        case removing(Shifts)
    }

    public var days: ClosedRange<Day>
    public var effect: Effect
    /// What people call it (「年会」); shown beside the day.
    public var name: DayName?

    public init(_ days: ClosedRange<Day>, _ effect: Effect, name: DayName? = nil) {
        self.days = days
        self.effect = effect
        self.name = name
    }

    public init(_ day: Day, _ effect: Effect, name: DayName? = nil) { self.init(day...day, effect, name: name) }
}

/// A week that holds only for a time (summer hours); it replaces the layer's ordinary week there.
public struct DatedWeek: Hashable, Sendable {
    public var days: ClosedRange<Day>
    public var week: WeekPattern

    public init(_ days: ClosedRange<Day>, _ week: WeekPattern) {
        self.days = days
        self.week = week
    }
}

/// One level of a calendar: nation, company, plan, person.
///
/// Higher layers win: their weekdays replace those below, their exceptions are applied after those below.
/// Within a layer public holidays come first, then the exceptions in order.
public struct CalendarLayer: Hashable, Sendable {
    public var week: WeekPattern
    public var datedWeeks: [DatedWeek]
    public var holidays: HolidayCalendar?
    public var exceptions: [CalendarException]

    public init(
        week: WeekPattern = WeekPattern(), datedWeeks: [DatedWeek] = [], holidays: HolidayCalendar? = nil,
        exceptions: [CalendarException] = []
    ) {
        self.week = week
        self.datedWeeks = datedWeeks
        self.holidays = holidays
        self.exceptions = exceptions
    }

    /// Monday to Friday, eight hours, no holidays.
    public static let standardWeek = CalendarLayer(week: .standard)
    /// The standard week with the public holidays and make-up working days of the PRC.
    public static let china = CalendarLayer(week: .standard, holidays: .china)
}
