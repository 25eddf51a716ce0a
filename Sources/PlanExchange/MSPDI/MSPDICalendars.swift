import WorkingTime

/// Turns the file's calendars into layers. A derived calendar stands on the layers of its base.
struct MSPDICalendars {
    private let records: [Int: MSPDIRecord]
    private let firstBase: Int?

    init(_ records: [MSPDIRecord]) {
        firstBase = records.first { $0.flag("IsBaseCalendar") == true }?.integer("UID")
        self.records = Dictionary(records.compactMap { record in record.integer("UID").map { ($0, record) } }) { first, _ in first
        }
    }

    /// The calendar of the project: the named one, else the first base calendar, where Project keeps its standard one.
    func ruling(_ uid: Int?) -> Int? { uid.flatMap { records[$0] == nil ? nil : $0 } ?? firstBase }

    /// Calendars without any working time are none.
    func layers() -> [Int: [CalendarLayer]] {
        records.mapValues { record in layers(of: record, depth: 0) }.filter { hasWorkingTime($0.value) }
    }

    private func hasWorkingTime(_ layers: [CalendarLayer]) -> Bool {
        let worksWeekly = (1...7).contains { day in layers.reversed().lazy.compactMap { $0.week[day] }.first?.isEmpty == false }
        return worksWeekly || layers.contains { !$0.datedWeeks.isEmpty || $0.exceptions.contains { $0.effect != .closed } }
    }

    /// The calendars a calendar stands on come first; one that adds nothing is left out, so that equal calendars look equal.
    private func layers(of record: MSPDIRecord, depth: Int) -> [CalendarLayer] {
        let isBase = record.flag("IsBaseCalendar") == true
        let base = record.integer("BaseCalendarUID").flatMap { $0 >= 0 && depth < 8 && !isBase ? records[$0] : nil }
        let own = layer(record, isBase: base == nil)
        guard let base, base !== record else { return [own] }
        let below = layers(of: base, depth: depth + 1)
        return own == CalendarLayer() ? below : below + [own]
    }

    private func layer(_ record: MSPDIRecord, isBase: Bool) -> CalendarLayer {
        let days = record.child("WeekDays")?.children("WeekDay") ?? []
        // What a calendar without a base does not say is as in the standard week.
        var layer = CalendarLayer(week: week(days, over: isBase ? .standard : WeekPattern()))
        layer.datedWeeks = (record.child("WorkWeeks")?.children("WorkWeek") ?? []).compactMap { week in
            period(week).map { DatedWeek($0, self.week(week.child("WeekDays")?.children("WeekDay") ?? [])) }
        }
        // More than any calendar has; what a hostile file has beyond them is left out.
        let exceptions = Array((record.child("Exceptions")?.children("Exception") ?? []).prefix(2_000))
        layer.exceptions =
            exceptions.isEmpty
            ? days.filter { $0.integer("DayType") == 0 }.prefix(10_000).compactMap(plainException)
            : inOrder(exceptions).flatMap(exceptionDays)
        return layer
    }

    /// The later one wins on a day that two name, and what happens once wins over what recurs.
    private func inOrder(_ exceptions: [MSPDIRecord]) -> [MSPDIRecord] {
        exceptions.filter { !MSPDIRecurrence($0).isEveryDay } + exceptions.filter { MSPDIRecurrence($0).isEveryDay }
    }

    /// Day types count from Sunday = 1.
    private func week(_ days: [MSPDIRecord], over base: WeekPattern = WeekPattern()) -> WeekPattern {
        var week = base
        for day in days {
            guard let type = day.integer("DayType"), (1...7).contains(type) else { continue }
            week[type == 1 ? 7 : type - 1] = hours(day)
        }
        return week
    }

    private func hours(_ day: MSPDIRecord) -> Shifts {
        guard day.flag("DayWorking") == true else { return .none }
        let times = day.child("WorkingTimes")?.children("WorkingTime") ?? []
        guard !times.isEmpty else { return .standard }
        return Shifts(
            times.compactMap { time -> Range<Int>? in
                guard let from = time.text("FromTime").flatMap(MSPDIText.timeOfDay) else { return nil }
                let to = time.text("ToTime").flatMap(MSPDIText.timeOfDay) ?? 0
                return from..<(to <= from ? 1440 : to)
            })
    }

    private func period(_ record: MSPDIRecord) -> ClosedRange<Day>? {
        guard let period = record.child("TimePeriod"), let from = period.text("FromDate").flatMap(MSPDIText.day) else {
            return nil
        }
        return from...max(from, period.text("ToDate").flatMap(MSPDIText.day) ?? from)
    }

    private func plainException(_ record: MSPDIRecord) -> CalendarException? {
        period(record).map { CalendarException($0, effect(record)) }
    }

    private func effect(_ record: MSPDIRecord) -> CalendarException.Effect {
        let hours = hours(record)
        return hours.isEmpty ? .closed : .hours(hours)
    }

    private func exceptionDays(_ record: MSPDIRecord) -> [CalendarException] {
        guard let period = period(record) else { return [] }
        let effect = effect(record)
        let name = record.text("Name").map { DayName(zh: $0, en: $0) }
        let recurrence = MSPDIRecurrence(record)
        if recurrence.isEveryDay { return [CalendarException(period, effect, name: name)] }
        return recurrence.days(in: period).map { CalendarException($0, effect, name: name) }
    }
}
