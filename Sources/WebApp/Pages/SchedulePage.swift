import Hummingbird
import Markup
import PlanInsight
import PlanModel
import PlanPictures
import WorkingTime

/// How the schedule is looked at, kept in the address: which levels of the outline are open, how wide a day is, where to begin.
struct GanttView {
    /// The time scale of the chart.
    enum Scale: String, CaseIterable {
        case fitted, week, month, quarter

        var label: Label {
            switch self {
            case .fitted: Label("适合屏幕", "Fitted")
            case .week: Label("周", "Weeks")
            case .month: Label("月", "Months")
            case .quarter: Label("季", "Quarters")
            }
        }

        /// How wide a day is, in pixels.
        var day: Double? {
            switch self {
            case .fitted: nil
            case .week: 10
            case .month: 3.6
            case .quarter: 1.2
            }
        }
    }

    /// `nil` where nobody chose: as many levels as can be taken in.
    var level: Int?
    /// All levels, whatever their number.
    static let allLevels = 0
    var turned: Set<Int> = []
    /// `nil` where nobody chose: fitted, but on a phone, whose script asks for one that can be read there.
    var scale: Scale?
    /// The number of the first task among those shown.
    var from = 0

    init() {}

    init(_ fields: [String: String]) {
        level = fields["level"].flatMap { Int($0) }.map { max($0, Self.allLevels) }
        turned = Set((fields["turned"] ?? "").split(separator: ".").compactMap { Int($0) })
        scale = fields["scale"].flatMap(Scale.init)
        from = max(Int(fields["from"] ?? "") ?? 0, 0)
    }

    /// The query that leads back here.
    var query: String {
        var parts: [String] = []
        if let level { parts.append("level=\(level)") }
        if !turned.isEmpty { parts.append("turned=" + turned.sorted().map(String.init).joined(separator: ".")) }
        if let scale { parts.append("scale=\(scale.rawValue)") }
        if from > 0 { parts.append("from=\(from)") }
        return "?" + parts.joined(separator: "&")
    }

    func with(_ change: (inout GanttView) -> Void) -> GanttView {
        var view = self
        change(&view)
        return view
    }
}

/// The schedule: Gantt and table, of long plans some two hundred tasks at a time; summaries open and close, and time has a scale.
struct SchedulePage {
    let page: Page
    let facts: PlanFacts
    let view: GanttView
    private let folding: TaskFolding
    /// The places of all tasks that are not hidden by a closed summary, and of those on this page.
    private let open: [Int]
    private let places: [Int]
    static let pageSize = 200

    init(page: Page, facts: PlanFacts, view: GanttView) {
        (self.page, self.facts, self.view) = (page, facts, view)
        var folding = TaskFolding(showing: Self.pageSize, of: facts)
        if let level = view.level { folding.level = level == GanttView.allLevels ? nil : level }
        folding.turned = view.turned
        self.folding = folding
        open = folding.places(of: facts)
        places = Array(open.dropFirst(min(view.from, max(open.count - 1, 0))).prefix(Self.pageSize))
    }

    func response() async -> Response {
        async let drawn = chart
        async let listed = table
        let (chart, table) = await (drawn, listed)
        return page.response(title: page.t("排期 · \(facts.plan.title)", "Schedule · \(facts.plan.title)"), tab: .schedule) {
            el(.main, .id("main")) {
                el(.header, .class("sched-head"), .id("sched-head"), .data("live", "")) {
                    el(.div) {
                        el(.h1) { facts.plan.title }
                        figures
                        if !facts.schedule.dates.isEmpty { page.changing { baseline } }
                        calendarLine
                    }
                    el(.div, .class("right")) { page.scheduleViews(.schedule) }
                }
                rings
                if facts.schedule.tasks.isEmpty {
                    el(.div, .class("page")) { page.noTasks(facts.plan) }
                } else {
                    choices
                    pager
                    chart
                    el(.p, .class("how")) {
                        page.t(
                            "拖动条形可移动任务，拖右端可改工期，拖到另一条上则让那一项等待它；点一下打开。",
                            "Draw a bar to move its task, its right end to change the duration, or onto another bar that is to wait for it; press it to open the task."
                        )
                    }
                    said
                    el(.div, .class("page wide"), .id("tasks"), .data("live", "")) { table }
                    pager
                }
            }
            OptionLists(page: page, plan: facts.plan).markup([.of(PlanTask.self)])
        }
    }

    // MARK: Chart

    /// Where the script says what a bar that was drawn has come to.
    private var said: Markup {
        el(
            .p, .class("said"), .role("status"),
            .data("moved", page.t("{task} 现在从 {start} 到 {finish}。", "{task} now runs from {start} to {finish}.")),
            .data(
                "constrained",
                page.t(
                    "{task} 现在从 {start} 到 {finish}；为此设了限制条件「不得早于 {from} 开始」。可以撤销，或在任务的「限制条件」中清除。",
                    "{task} now runs from {start} to {finish}, held by the constraint “Start no earlier than {from}”. Undo it, or clear it in the task’s “Constraint”."
                )),
            .data("linked", page.t("{other} 现在等待 {task}。", "{other} now waits for {task}.")))
    }

    private var folds: [RecordID: GanttFold] {
        var folds: [RecordID: GanttFold] = [:]
        for place in places where facts.schedule.dates[place].isSummary {
            let task = facts.schedule.tasks[place].record
            let turned = view.with { $0.turned = folding.turning(task.id).turned }
            folds[task.id] = GanttFold(
                isOpen: folding.isOpen(task, depth: facts.plan.depth(of: task)), address: turned.query)
        }
        return folds
    }

    @MarkupBuilder private var chart: Markup {
        let fitted = PlanPicture.gantt(places, of: facts, page.language, folds: folds)
        if let day = view.scale?.day, let parts = PlanPicture.gantt(places, of: facts, page.language, folds: folds, day: day) {
            el(.div, .class("gantt parted"), .id("gantt"), .data("live", ""), .data("stays", "")) {
                el(.div, .class("names")) { parts.names.markup }
                el(.div, .class("time")) { parts.bars.markup }
                // Paper does not scroll.
                if let fitted { el(.div, .class("paper-only")) { fitted.markup } }
            }
        } else if let fitted {
            el(.div, .class("gantt"), .id("gantt"), .data("live", ""), .data("stays", "")) { fitted.markup }
        }
    }

    /// The levels of the outline and the scale of time, as links.
    private var choices: Markup {
        let levels = TaskFolding.levels(of: facts)
        return el(.div, .class("sched-choices"), .id("choices"), .data("live", ""), .data("stays", "")) {
            if levels > 1 {
                el(.nav, .class("seg"), .aria("label", page.t("展开到第几级", "Levels shown"))) {
                    for level in 1..<levels { choice(level, page.t("\(level) 级", "Level \(level)")) }
                    choice(GanttView.allLevels, page.t("全部展开", "All levels"))
                }
            }
            el(.nav, .class("seg"), .aria("label", page.t("时间刻度", "Time scale"))) {
                for scale in GanttView.Scale.allCases {
                    el(
                        .a, .href(view.with { $0.scale = scale }.query),
                        scale == view.scale ?? .fitted ? .aria("current", "true") : nil
                    ) {
                        page.t(scale.label)
                    }
                }
            }
            if view.scale?.day != nil { el(.a, .class("btn s"), .href(view.query + "#today")) { page.t("到今天", "To today") } }
            if open.count < facts.schedule.tasks.count {
                el(.span, .class("small muted")) {
                    page.t(
                        "显示 \(open.count) 项，共 \(facts.schedule.tasks.count) 项任务",
                        "\(open.count) of \(facts.schedule.tasks.count) tasks shown")
                }
            }
        }
    }

    private func choice(_ level: Int, _ label: String) -> Markup {
        let isCurrent = folding.turned.isEmpty && folding.level ?? GanttView.allLevels == level
        let address = view.with { ($0.level, $0.turned, $0.from) = (level, [], 0) }.query
        return el(.a, .href(address), isCurrent ? .aria("current", "true") : nil) { label }
    }

    private var figures: Markup {
        el(.p, .class("facts")) {
            if let finish = facts.schedule.finish {
                el(.span) {
                    page.t("计划完工 ", "Finish "); el(.b) { DisplayText.long(finish, page.language) }
                }
            }
            if let days = facts.schedule.daysAfterBaseline, days > 0 {
                el(.span, .class("st late")) {
                    page.t("比基线晚 \(days) 个工作日", "\(days == 1 ? "1 working day" : "\(days) working days") after the baseline")
                }
            }
            el(.span) {
                page.t("关键任务 ", "Critical tasks ");
                el(.b) { page.t("\(facts.schedule.criticalCount) 项", "\(facts.schedule.criticalCount)") }
            }
            if let unpublished = page.unpublishedHolidays(facts) { el(.span, .class("muted")) { unpublished } }
        }
    }

    /// Keeps where the tasks lie now, to hold later schedules against.
    private var baseline: Markup {
        let planned = facts.schedule.tasks.count { $0.baselineFinish != nil }
        return el(.details, .class("unfold"), .id("baseline")) {
            el(.summary) { planned == 0 ? page.t("建立基线", "Take a baseline") : page.t("重新建立基线", "Take a new baseline") }
            el(.form, .method("post"), .action("/plans/\(facts.plan.key)/baseline")) {
                page.base(facts.plan.revision)
                el(.p) {
                    page.t(
                        "把所有任务现在的开始、完成与费用记为基线，以后的排期和花费都与它比较。",
                        "Keeps the start, finish and cost that all tasks have now; later schedules and spending are held against them."
                    )
                    if planned > 0 {
                        page.t(
                            "现有 \(planned) 项任务的基线会被替换，可以撤销。",
                            " The baselines of \(planned) tasks are replaced; this can be undone.")
                    }
                }
                el(.button, .class("btn"), .type("submit")) { page.t("以当前排期为基线", "Take the present schedule as baseline") }
            }
        }
    }

    /// Whose calendars stand over each other, the widest first, and what a day and a week of duration are.
    private var calendarLine: Markup {
        let calendars = facts.schedule.calendars
        let hours = DisplayText.number((Double(calendars.minutesPerDay) / 6).rounded() / 10)
        return el(.p, .class("facts"), .id("calendars")) {
            el(.span) {
                page.t("工作日历 ", "Calendar ")
                for (index, layer) in calendars.layers.enumerated() {
                    if index > 0 { " › " }
                    if let plan = layer.plan {
                        el(.a, .href("/plans/\(plan)/calendars")) { page.t(layer.title) }
                    } else {
                        page.t(layer.title)
                    }
                }
            }
            el(.span) {
                page.t(
                    "一天 \(hours) 小时，一周 \(calendars.daysPerWeek) 天",
                    "\(hours) hours a day, \(calendars.daysPerWeek) days a week")
            }
        }
    }

    private var rings: Markup {
        Markup {
            for cycle in facts.schedule.cycles {
                el(.p, .class("page problem")) {
                    page.t("前置任务成环：", "Predecessors form a ring: ")
                    (cycle + cycle.prefix(1)).map(\.short).joined(separator: " → ")
                }
            }
        }
    }

    private var table: Markup {
        let kind = Kind.of(PlanTask.self)
        let columns = ["duration", "predecessors", "owner", "start", "progress"].compactMap { kind.field($0) }
        var table = RecordTable(page, facts, kind, columns: columns)
        table.showsNotes = false
        return table.markup(places.map { facts.schedule.tasks[$0].record })
    }

    private var pager: Markup {
        Pager(page: page, start: min(view.from, max(open.count - 1, 0)), count: open.count, size: Self.pageSize) { from in
            view.with { $0.from = from }.query
        }.markup
    }
}
