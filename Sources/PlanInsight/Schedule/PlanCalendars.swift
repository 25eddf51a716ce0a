import PlanModel
import WorkingTime

/// The working time of a plan, in layers: the public holidays, the calendars of the plans above it from the company's down, its own;
/// over these the calendars that tasks and people name, and each person's leave.
public struct PlanCalendars: Sendable {
    /// A layer as people see it.
    public struct Layer: Sendable, Hashable {
        /// The plan that holds it; `nil` for the public holidays.
        public let plan: PlanKey?
        public let title: Label
    }

    /// What everybody in the plan works by.
    public let own: WorkCalendar
    /// What stands over each other in `own`, the widest first.
    public let layers: [Layer]
    /// Working minutes that a day of duration has.
    public let minutesPerDay: Int
    /// Days of duration that a week has.
    public let daysPerWeek: Int
    private let workspace: Workspace
    /// The days for which alternating weeks and the time before somebody joins are laid out.
    private let span: ClosedRange<Day>

    /// - Parameter today: a day of the time people plan in; weeks that alternate are laid out for some years around it.
    public init(_ plan: Plan, in workspace: Workspace, today: Day) {
        self.workspace = workspace
        span = PlanCalendars.span(plan, today)
        let name =
            workspace.publicHolidays == .china
            ? Label("国家法定节假日", "Public holidays") : Label("管理员的节假日表", "The administrator's holidays")
        var stack = CalendarStack([CalendarLayer(week: .standard, holidays: workspace.publicHolidays)], span: span)
        var layers = [Layer(plan: nil, title: name)]
        var hoursPerDay: Double?
        for holder in PlanCalendars.holders(of: plan, workspace) {
            let shared = holder.all(PlanCalendar.self).filter { $0.scope != .named }
            for calendar in shared {
                stack.lay(calendar, entries: [])
                hoursPerDay = calendar.hoursPerDay ?? hoursPerDay
                layers.append(Layer(plan: holder.key, title: Label(calendar.title ?? "", calendar.title ?? "")))
            }
            let ids = Set(shared.map(\.id))
            let entries = holder.all(CalendarEntry.self).filter { entry in entry.calendar.map(ids.contains) ?? true }
            stack.lay(nil, entries: entries)
            if shared.isEmpty, !entries.isEmpty {
                layers.append(Layer(plan: holder.key, title: Label("「\(holder.title)」的例外", "Exceptions of “\(holder.title)”")))
            }
        }
        own = WorkCalendar(layers: stack.layers)
        self.layers = layers
        let week = stack.plainWeek
        let ordinary = week.first { !$0.isEmpty }?.minutes ?? 480
        minutesPerDay = hoursPerDay.map { max(1, Int(($0 * 60).rounded())) } ?? ordinary
        daysPerWeek = max(1, week.count { !$0.isEmpty })
    }

    /// The plans whose calendars hold for everybody in `plan`, the widest first: those above it, and the company's where there is one.
    static func holders(of plan: Plan, _ workspace: Workspace) -> [Plan] {
        var chain = [plan]
        while let key = chain[0].fields.under.flatMap({ PlanKey($0) }), let above = workspace[key],
            !chain.contains(where: { $0.key == key })
        {
            chain.insert(above, at: 0)
        }
        let companies = workspace.plans.filter { $0.blueprint == .company }
        if companies.count == 1, let company = companies.first, !chain.contains(where: { $0.key == company.key }) {
            chain.insert(company, at: 0)
        }
        return chain
    }

    private static func span(_ plan: Plan, _ today: Day) -> ClosedRange<Day> {
        let first = min(plan.fields.start ?? today, today)
        let last = max(plan.fields.finish ?? today, today)
        return (first - 366)...max(first, last + 3 * 366)
    }
}

// MARK: - Whose time

extension PlanCalendars {
    /// The time of a calendar that a task or person names, over the plan's; `nil` where it is not there.
    func named(_ id: RecordID) -> WorkCalendar? {
        guard let holder = workspace[id.plan], let calendar = holder.record(id, as: PlanCalendar.self) else { return nil }
        var stack = CalendarStack(own.layers, span: span)
        stack.lay(calendar, entries: holder.all(CalendarEntry.self).filter { $0.calendar == id })
        return WorkCalendar(layers: stack.layers)
    }

    /// The time of a person: their own week, without leave and the time before they join; `nil` where it is the plan's.
    func time(of person: Typed<Person>) -> WorkCalendar? {
        var away = person.absences
        if let joins = person.joinsOn, joins > span.lowerBound {
            away.append(span.lowerBound...min(joins - 1, span.upperBound))
        }
        let week = person.calendar.flatMap(named)
        if away.isEmpty { return week }
        return WorkCalendar(layers: (week ?? own).layers + [.closed(away)])
    }

    /// Minutes of work, or of elapsed time, that a duration has in this plan.
    public func minutes(_ duration: WorkDuration) -> Int { duration.minutes(perDay: minutesPerDay, daysPerWeek: daysPerWeek) }

    /// Working minutes as days of duration.
    public func days(_ minutes: Int) -> Double { Double(minutes) / Double(minutesPerDay) }

    /// Years of a period whose public holidays are not announced, so that only weekends are known to be off.
    public func unpublishedYears(_ days: ClosedRange<Day>) -> [Int] {
        (days.lowerBound.year...days.upperBound.year).filter { !own.isPublished(year: $0) }
    }
}

extension PlanFacts {
    /// Years the schedule reaches into whose public holidays are not announced.
    public var unpublishedYears: [Int] {
        guard let start = schedule.start, let finish = schedule.finish, finish - start < 40_000 else { return [] }
        return schedule.calendars.unpublishedYears(start...max(start, finish)).filter { $0 >= today.year }
    }
}

extension CalendarLayer {
    /// A layer that takes days away.
    static func closed(_ days: [ClosedRange<Day>]) -> CalendarLayer {
        CalendarLayer(exceptions: days.map { CalendarException($0, .closed) })
    }
}

// MARK: - Laying one over the other

/// Calendar layers under construction.
private struct CalendarStack {
    private(set) var layers: [CalendarLayer]
    private let span: ClosedRange<Day>

    init(_ layers: [CalendarLayer], span: ClosedRange<Day>) {
        self.layers = layers
        self.span = span
    }

    /// The hours of Monday to Sunday by the weeks alone.
    var plainWeek: [Shifts] {
        let calendar = WorkCalendar(layers: layers.map { CalendarLayer(week: $0.week) })
        return (0..<7).map { calendar.hours(on: Day(number: 4) + $0) }
    }

    mutating func lay(_ calendar: Typed<PlanCalendar>?, entries: [Typed<CalendarEntry>]) {
        if calendar?.ignoresHolidays == true { for index in layers.indices { layers[index].holidays = nil } }
        var layer = calendar.map(layer) ?? CalendarLayer()
        layer.exceptions = entries.compactMap(\.exception)
        if layer != CalendarLayer() { layers.append(layer) }
    }

    private func layer(_ calendar: Typed<PlanCalendar>) -> CalendarLayer {
        let below = plainWeek
        let text = WeekText(calendar.hours ?? "")
        let usual = text.usual ?? below.first { !$0.isEmpty } ?? .standard
        var layer = CalendarLayer()
        switch calendar.week {
        case nil where text.usual != nil: layer.week = WeekPattern(usual, on: (1...7).filter { !below[$0 - 1].isEmpty })
        case nil where !text.byWeekday.isEmpty: layer.week = WeekPattern(.none, on: 1...7)
        case nil: break
        case .fiveDays?, .alternating?: layer.week = WeekPattern(usual, on: 1...5)
        case .sixDays?: layer.week = WeekPattern(usual, on: 1...6)
        case .everyDay?: layer.week = WeekPattern(usual, on: 1...7)
        }
        if calendar.week == .alternating, let long = calendar.longWeek {
            layer.datedWeeks = saturdays(like: long, text.byWeekday[6] ?? usual)
        }
        for (weekday, shifts) in text.byWeekday where weekday != 6 || calendar.week != .alternating {
            layer.week[weekday] = shifts
        }
        return layer
    }

    /// Every other Saturday of the span, counted from the one of a week.
    private func saturdays(like long: Day, _ shifts: Shifts) -> [DatedWeek] {
        let saturday = long + (6 - long.weekday)
        let first = saturday - ((saturday - span.lowerBound) / 14) * 14
        var week = WeekPattern()
        week[6] = shifts
        return stride(from: first, through: span.upperBound, by: 14).map { DatedWeek($0...$0, week) }
    }
}

extension Typed where K == CalendarEntry {
    /// `nil` where its dates or hours make no sense; the plan check says so.
    var exception: CalendarException? {
        guard let from = self.from, let effect = self.effect, (self.until ?? from) >= from else { return nil }
        let days = from...(self.until ?? from)
        let name = DayName(zh: self.title ?? "", en: self.title ?? "")
        if !effect.needsHours { return CalendarException(days, effect == .closed ? .closed : .open, name: name) }
        guard let shifts = Shifts(self.hours ?? "") else { return nil }
        switch effect {
        case .adding: return CalendarException(days, .adding(shifts), name: name)
        case .removing: return CalendarException(days, .removing(shifts), name: name)
        default: return CalendarException(days, .hours(shifts), name: name)
        }
    }
}
