import Hummingbird
import Markup
import PlanInsight
import PlanModel
import PlanPictures
import WorkingTime

extension Page {
    /// What stands where tasks would, and the way to the first.
    func noTasks(_ plan: Plan) -> Markup {
        el(.p, .class("empty")) {
            t("还没有任务。", "There are no tasks yet. ")
            el(.a, .class("ref"), .href("/plans/\(plan.key)/tasks/new")) { t("新增第一项任务", "Add the first") }
        }
    }
}

extension Page {
    /// What makes a card one that is moved from lane to lane, by its address in the API; a plan in the archive stays as it is.
    func dragged(_ path: String) -> Attribute? { isReadOnly ? nil : .data("drag", path) }
    var draggable: Attribute? { isReadOnly ? nil : Attribute("draggable", "true") }

    /// Moves a card by finger or key: a script opens the list of lanes.
    @MarkupBuilder func mover(of title: String) -> Markup {
        if !isReadOnly {
            el(
                .button, .class("mover"), .type("button"), .data("mover", ""), .aria("haspopup", "menu"),
                .aria("label", t("移动「\(title)」", "Move “\(title)”"))
            ) { t("移到…", "Move to…") }
        }
    }
}

/// Tasks as cards by state; dragging changes the state.
struct BoardPage {
    let page: Page
    let facts: PlanFacts

    func response() -> Response {
        let tasks = zip(facts.schedule.tasks, facts.schedule.dates).filter { !$1.isSummary }.map { ($0, $1) }
        return page.response(title: page.t("看板 · \(facts.plan.title)", "Board · \(facts.plan.title)"), tab: .board) {
            el(.main, .class("page wide"), .id("main")) {
                el(.header, .class("page-head")) { el(.h1) { page.t("看板", "Board") } }
                if tasks.isEmpty { page.noTasks(facts.plan) }
                el(.div, .class("board"), .id("board"), .data("live", "")) {
                    for state in TaskState.allCases {
                        let cards = tasks.filter { ($0.0.share >= 1 ? .done : $0.0.state ?? .planned) == state }
                        el(.section, .class("lane"), .data("drop", drop(state)), .aria("label", page.t(state.label))) {
                            el(.h2) {
                                page.t(state.label); el(.span, .class("count")) { cards.count }
                            }
                            // What is over is shown newest first, and not all of it.
                            let isOver = state == .done || state == .dropped
                            let order = isOver ? cards.sorted { $0.1.finish > $1.1.finish } : cards
                            let most = isOver ? 20 : 100
                            for (task, dates) in order.prefix(most) { card(task, dates) }
                            if cards.count > most {
                                el(.p, .class("card small")) {
                                    el(.a, .class("ref"), .href("/plans/\(facts.plan.key)/tasks?state=\(state.rawValue)")) {
                                        page.t("另有 \(cards.count - most) 项", "\(cards.count - most) more")
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// What a card's record becomes in the lane: done sets the day, any other state clears it.
    private func drop(_ state: TaskState) -> String {
        switch state {
        case .done: #"{"state":"done","progress":1,"actualFinish":"\#(facts.today)"}"#
        case .doing: #"{"state":"doing","actualStart":"\#(facts.today)"}"#
        default: #"{"state":"\#(state.rawValue)"}"#
        }
    }

    private func card(_ task: Typed<PlanTask>, _ dates: TaskDates) -> Markup {
        el(
            .article, .class("card"), page.draggable, page.dragged("/api/v1/plans/\(facts.plan.key)/tasks/\(task.id.short)")
        ) {
            el(.a, .href(page.address(task.id))) { task.title ?? "" }
            el(.div, .class("sub")) {
                el(.span) { task.id.short }
                if let owner = task.owner { el(.span) { page.show(facts.plan).name(owner) } }
                el(.span) { DisplayText.short(dates.finish, page.language, on: facts.today) }
                page.status(facts.status(of: task), bare: true)
                page.mover(of: task.title ?? task.id.short)
            }
        }
    }
}

/// A month or a week of tasks, meetings, reviews and activities on the working calendar.
struct CalendarPage {
    let page: Page
    let facts: PlanFacts
    private let span: Span

    private enum Span {
        case month(Day)
        /// From its Monday.
        case week(Day)
    }

    /// - Parameter query: `month=2026-11`, `week=2026-11-16`, else the month of today, whatever day the plan's data are of.
    init(page: Page, facts: PlanFacts, query: [String: String]) {
        self.page = page
        self.facts = facts
        if let day = query["week"].flatMap({ Day(anyForm: $0) }) {
            span = .week(day - (day.weekday - 1))
        } else {
            let day = query["month"].flatMap { Day(anyForm: $0) } ?? page.today
            span = .month(Day(year: day.year, month: day.month, day: 1) ?? day)
        }
    }

    private var days: ClosedRange<Day> {
        switch span {
        case .week(let monday): return monday...(monday + 6)
        case .month(let first):
            let start = first - (first.weekday - 1)
            let weeks = (first.weekday - 1 + Day.length(ofMonth: first.month, in: first.year) + 6) / 7
            return start...(start + weeks * 7 - 1)
        }
    }

    func response() -> Response {
        let days = days
        let events = Dictionary(grouping: events(days), by: \.day)
        return page.response(title: page.t("日历 · \(facts.plan.title)", "Calendar · \(facts.plan.title)"), tab: .calendar) {
            el(.main, .class("page wide"), .id("main")) {
                el(.header, .class("page-head")) {
                    el(.h1) { title }
                    el(.div, .class("right")) {
                        el(.a, .class("btn"), .href(before)) { page.t("往前", "Previous") }
                        el(.a, .class("btn"), .href(now)) { page.t("今天", "Today") }
                        el(.a, .class("btn"), .href(after)) { page.t("往后", "Next") }
                        spans
                        el(.a, .class("btn"), .href("/plans/\(facts.plan.key)/calendar.ics")) { page.t("订阅", "Subscribe") }
                    }
                }
                if !facts.schedule.calendar.isPublished(year: middle.year) {
                    el(.p, .class("muted"), .id("unpublished")) {
                        page.t(
                            "\(middle.year)年放假安排尚未公布，仅按周末计算。",
                            "Public holidays of \(middle.year) are not announced yet; weekends only.")
                    }
                }
                el(.div, .class(isWeek ? "month week" : "month"), .id("month"), .data("live", "")) {
                    for offset in 0..<7 {
                        el(.div, .class("wd")) { DisplayText.weekday(days.lowerBound + offset, page.language) }
                    }
                    for day in days { cell(day, events[day] ?? []) }
                }
                agenda(days.filter { isShown($0) && events[$0] != nil }, events)
                if isWeek { weekTasks }
            }
            if isWeek { OptionLists(page: page, plan: facts.plan).markup([.of(PlanTask.self)]) }
        }
    }

    // MARK: Which days

    private var isWeek: Bool { if case .week = span { true } else { false } }
    /// A day that tells the month and year the page is about.
    private var middle: Day {
        switch span {
        case .week(let monday): monday + 3
        case .month(let first): first
        }
    }

    private var title: String {
        switch span {
        case .month(let first):
            page.t("\(first.year)年\(first.month)月", "\(DisplayText.months[first.month - 1]) \(first.year)")
        case .week(let monday):
            page.t(
                "\(DisplayText.long(monday, .chinese))至\(DisplayText.short(monday + 6, .chinese))",
                "\(DisplayText.short(monday, .english)) – \(DisplayText.long(monday + 6, .english))")
        }
    }

    private func address(_ day: Day) -> String { isWeek ? "?week=\(day)" : "?month=\(day.description.prefix(7))" }
    private var before: String { address(isWeek ? middle - 7 : middle - 1) }
    private var now: String { address(page.today) }
    private var after: String { address(isWeek ? middle + 7 : middle + 31) }

    private var spans: Markup {
        let shown = days.contains(page.today) ? page.today : middle
        return el(.nav, .class("seg"), .aria("label", page.t("月或周", "Month or week"))) {
            el(.a, .href("?month=\(shown.description.prefix(7))"), isWeek ? nil : .aria("current", "page")) {
                page.t("月", "Month")
            }
            el(.a, .href("?week=\(shown)"), isWeek ? .aria("current", "page") : nil) { page.t("周", "Week") }
        }
    }

    /// What is worked on in the week, finished or not.
    private var weekTasks: Markup {
        let kind = Kind.of(PlanTask.self)
        let active = zip(facts.schedule.tasks, facts.schedule.dates).filter { task, dates in
            !dates.isSummary && !dates.isInactive && dates.start <= days.upperBound && dates.finish >= days.lowerBound
        }
        var table = RecordTable(page, facts, kind, columns: ["owner", "due", "progress", "state"].compactMap { kind.field($0) })
        table.showsNotes = false
        table.isInOrder = false
        return el(.section, .class("sec"), .id("week-tasks"), .data("live", "")) {
            el(.header) {
                el(.h2) { page.t("这一周在做的任务", "Worked on this week") }
                el(.span, .class("right")) { page.t("\(active.count) 项", "\(active.count)") }
            }
            if active.isEmpty {
                el(.p, .class("empty")) { page.t("这一周没有任务。", "No tasks this week.") }
            } else {
                el(.div, .class("scroll")) { table.markup(active.prefix(200).map(\.0.record)) }
            }
        }
    }

    private struct Event {
        let day: Day
        let title: String
        let record: RecordID
        let isLate: Bool
    }

    private func events(_ range: ClosedRange<Day>) -> [Event] {
        let tasks = zip(facts.schedule.tasks, facts.schedule.dates).filter { !$1.isSummary && !$1.isInactive }
        var list = tasks.filter { $0.0.recurrence == nil || $0.0.recurrence == .once }.map { task, dates in
            Event(
                day: task.agreedFinish ?? dates.finish, title: (task.isMilestone == true ? "◆ " : "") + (task.title ?? ""),
                record: task.id, isLate: facts.status(of: task) == .late)
        }
        for (task, _) in tasks where task.recurrence != nil && task.recurrence != .once {
            list += facts.occurrences(of: task, in: range).map {
                Event(day: $0, title: "↻ " + (task.title ?? ""), record: task.id, isLate: false)
            }
        }
        let held = Set(facts.plan.all(Meeting.self).compactMap(\.communication))
        for communication in facts.plan.all(Communication.self) where !held.contains(communication.id) {
            list += facts.occurrences(of: communication, in: range).map {
                Event(day: $0, title: "↻ " + (communication.title ?? ""), record: communication.id, isLate: false)
            }
        }
        list += facts.plan.all(Meeting.self).compactMap { item in
            item.on.map {
                Event(day: $0, title: (item.time.map { $0 + " " } ?? "") + (item.title ?? ""), record: item.id, isLate: false)
            }
        }
        list += facts.plan.all(Review.self).compactMap { item in
            (item.heldOn ?? item.due).map { Event(day: $0, title: item.title ?? "", record: item.id, isLate: false) }
        }
        list += facts.plan.all(Campaign.self).compactMap { item in
            item.start.map { Event(day: $0, title: item.title ?? "", record: item.id, isLate: false) }
        }
        list += facts.plan.all(Training.self).compactMap { item in
            item.start.map { Event(day: $0, title: item.title ?? "", record: item.id, isLate: false) }
        }
        return list
    }

    private func cell(_ day: Day, _ events: [Event]) -> Markup {
        let calendar = facts.schedule.calendar
        let classes: [(String, Bool)] = [
            ("off", !calendar.isWorkingDay(day)), ("out", !isShown(day)), ("today", day == page.today),
        ]
        return el(.div, .class((["cell"] + classes.filter(\.1).map(\.0)).joined(separator: " "))) {
            el(.b) { day.day }
            if let name = calendar.dayKind(day).name {
                el(.em) { calendar.isWorkingDay(day) ? page.t("班", "work") : page.t("休 \(name.zh)", name.en) }
            }
            let most = isWeek ? 40 : 5
            for event in events.prefix(most) {
                el(.a, .href(page.address(event.record)), .title(event.title), event.isLate ? .class("late") : nil) {
                    event.title
                }
            }
            if events.count > most {
                el(.a, .class("muted"), .href("?week=\(day)"), .title(page.t("看这一周", "See the week"))) {
                    "+\(events.count - most)"
                }
            }
            if !events.isEmpty, isShown(day) {
                el(
                    .a, .class(events.contains(where: \.isLate) ? "count late" : "count"), .href("#day-\(day)"),
                    .aria(
                        "label",
                        page.t(
                            "\(day.month)月\(day.day)日 \(events.count) 项", "\(DisplayText.short(day, .english)): \(events.count)"))
                ) { events.count }
            }
        }
    }

    private func isShown(_ day: Day) -> Bool { isWeek || day.month == middle.month }

    /// The same day by day, where the screen is too narrow for words in the cells.
    private func agenda(_ days: [Day], _ events: [Day: [Event]]) -> Markup {
        el(.div, .class("agenda"), .id("agenda"), .data("live", "")) {
            for day in days {
                el(.section, .id("day-\(day)"), day == page.today ? .class("today") : nil) {
                    el(.h2) {
                        DisplayText.short(day, page.language); " "
                        el(.span, .class("muted")) { DisplayText.weekday(day, page.language) }
                    }
                    el(.ul) {
                        for event in events[day] ?? [] {
                            el(.li) {
                                el(.a, .href(page.address(event.record)), event.isLate ? .class("late") : nil) { event.title }
                            }
                        }
                    }
                }
            }
        }
    }
}
