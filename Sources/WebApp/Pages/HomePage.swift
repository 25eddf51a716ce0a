import Hummingbird
import Markup
import Measures
import PlanInsight
import PlanModel
import WorkingTime

/// What waits for people, values to enter, how every plan stands.
struct HomePage {
    let page: Page
    let recent: [RecentChange]
    /// The name of the person whose things are shown; empty for everybody's.
    let me: String
    /// The row that takes the focus: the one after what has just been done.
    var next: String?

    struct RecentChange: Sendable {
        let plan: PlanKey
        let revision: Int
        let author: String
        let text: String
    }

    private struct Due {
        let day: Day?
        let plan: PlanFacts
        let record: RecordID
        let title: String
        let note: String
        let reason: DueItem.Reason

        var row: String { "due-\(record.plan)-\(record.short)" }
    }

    private var allFacts: [PlanFacts] {
        page.workspace.plansInUse.compactMap { page.site.facts.facts($0.key, in: page.workspace, today: page.today) }
    }

    func response() -> Response {
        let facts = allFacts
        let due = due(facts).sorted { ($0.day ?? page.today) < ($1.day ?? page.today) }
        let late = due.filter { $0.day.map { day in day <= page.today } ?? false }
        let soon = due.filter { $0.day.map { day in day > page.today && day <= page.today + 7 } ?? false }
        let shown = late.prefix(25).map(\.row) + soon.prefix(25).map(\.row)
        let after = Dictionary(
            zip(shown, shown.dropFirst() + shown.dropLast().suffix(1)), uniquingKeysWith: { first, _ in first })
        return page.response(title: page.t("今天", "Today"), tab: .home) {
            el(.main, .class("page"), .id("main")) {
                el(.header, .class("page-head hello")) {
                    el(.div) {
                        el(.h1) { greeting(late.count) }
                        el(.p) {
                            page.t(
                                "\(DisplayText.long(page.today, .chinese))，\(DisplayText.weekday(page.today, .chinese))。七天内另有 \(soon.count) 件。",
                                "\(DisplayText.weekday(page.today, .english)), \(DisplayText.long(page.today, .english)). \(soon.count) more within seven days."
                            )
                        }
                    }
                    el(.div, .class("right")) {
                        whose(facts)
                        el(.a, .class("btn"), .href("/plans/new")) { page.t("从蓝本新建计划", "New plan") }
                        el(.a, .class("btn"), .href("/import")) { page.t("导入计划文件", "Import") }
                    }
                }
                el(.div, .class("cols")) {
                    el(.section, .class("sec")) {
                        el(.header) {
                            el(.h2) { page.t("等你处理", "Waiting for you") }
                            el(.span, .class("right")) {
                                page.t("共 \(late.count + soon.count) 件", "\(late.count + soon.count) in all")
                            }
                        }
                        if late.isEmpty && soon.isEmpty {
                            el(.p, .class("empty")) { page.t("今天和七天内没有到期的事。", "Nothing is due today or within seven days.") }
                        }
                        if !late.isEmpty {
                            el(.p, .class("day is-now")) {
                                el(.span, .class("now")); page.t("今天与逾期", "Today and overdue")
                            }
                            for item in late.prefix(25) { row(item, before: after[item.row]) }
                            if late.count > 25 {
                                el(.p, .class("small muted")) { page.t("另有 \(late.count - 25) 件。", "\(late.count - 25) more.") }
                            }
                        }
                        if !soon.isEmpty {
                            el(.p, .class("day")) { page.t("七天内", "Within seven days") }
                            for item in soon.prefix(25) { row(item, before: after[item.row]) }
                        }
                    }
                    el(.div) {
                        entries(facts)
                        changes
                    }
                }
                plans(facts)
            }
        }
    }

    private func greeting(_ count: Int) -> String {
        count == 0 ? page.t("今天没有等着的事", "Nothing waits today") : page.t("今天有 \(count) 件事在等", "\(count) things wait today")
    }

    // MARK: Due

    private func due(_ facts: [PlanFacts]) -> [Due] {
        facts.flatMap { facts in
            facts.due(by: page.today + 7).filter { me.isEmpty || $0.isFor(me, in: facts) }.map { item in
                Due(
                    day: item.day, plan: facts, record: item.record, title: page.t(item.title),
                    note: note(item, facts), reason: item.reason)
            }
        }
    }

    /// What it is, or what it is for; of money, how much.
    private func note(_ item: DueItem, _ facts: PlanFacts) -> String {
        let what = item.purpose ?? page.t(item.reason.label)
        guard let planned = facts.plan.record(item.record, as: BudgetLine.self)?.planned else { return what }
        return "\(what)　" + page.t("计划 \(DisplayText.amount(planned))", "\(DisplayText.amount(planned)) planned")
    }

    /// - Parameter following: the row that is gone on with once this is done.
    private func row(_ item: Due, before following: String?) -> Markup {
        let days = page.today - (item.day ?? page.today)
        return el(.div, .class("row"), .id(item.row)) {
            if item.reason == .task {
                el(.form, .method("post"), .action(page.address(item.record) + "/completion")) {
                    back(item, following)
                    el(
                        .button, .class("box"), .type("submit"), item.row == next ? .autofocus : nil,
                        .title(page.t("标为完成", "Mark as done")),
                        .aria("label", page.t("标为完成", "Mark as done")))
                }
            } else {
                el(.span)
            }
            el(.div) {
                el(.div, .class("t")) { el(.a, .href(page.address(item.record))) { item.title } }
                el(.div, .class("sub")) { "\(item.record.short)　\(item.plan.plan.title)　\(item.note)" }
            }
            el(.div, .class("do")) {
                if item.reason == .approval { decision(item, following) }
                if days > 0 {
                    el(.span, .class("st late")) { page.t("过期 \(days) 天", "\(Wording.counted(days, "day")) late") }
                } else if days == 0 {
                    el(.span, .class("due")) { page.t("今天", "Today") }
                } else {
                    let day = item.day ?? page.today
                    DisplayText.short(day, page.language, on: page.today); " "; DisplayText.weekday(day, page.language)
                }
            }
        }
    }

    /// A request for money is approved as planned, or sent back with the reason.
    private func decision(_ item: Due, _ following: String?) -> Markup {
        el(.div, .class("decision")) {
            decided(item, .approved, following) {
                el(
                    .button, .class("btn s"), .type("submit"), item.row == next ? .autofocus : nil,
                    .aria("label", page.t("批准「\(item.title)」", "Approve “\(item.title)”"))
                ) { page.t("批准", "Approve") }
            }
            el(.details) {
                el(.summary, .class("btn s"), .aria("label", page.t("驳回「\(item.title)」", "Reject “\(item.title)”"))) {
                    page.t("驳回", "Reject")
                }
                decided(item, .rejected, following) {
                    el(.label) {
                        page.t("为什么", "Why")
                        el(.input, .type("text"), .name("opinion"), .required)
                    }
                    el(.button, .class("btn s"), .type("submit")) { page.t("驳回", "Reject") }
                }
            }
        }
    }

    private func decided(_ item: Due, _ decision: Decision, _ following: String?, @MarkupBuilder _ fields: () -> Markup) -> Markup
    {
        el(.form, .method("post"), .action(page.address(item.record) + "/decision")) {
            back(item, following)
            el(.input, .type("hidden"), .name("decision"), .value(decision.rawValue))
            fields()
        }
    }

    /// The revision that stands before the reader, and whose things are shown.
    private func back(_ item: Due, _ following: String?) -> Markup {
        Markup {
            following.map { el(.input, .type("hidden"), .name("next"), .value($0)) }
            page.base(item.plan.plan.revision)
            if !me.isEmpty { el(.input, .type("hidden"), .name("me"), .value(me)) }
        }
    }

    private func whose(_ facts: [PlanFacts]) -> Markup {
        let names = Set(facts.flatMap { $0.plan.all(Person.self).compactMap(\.name) }).sorted()
        guard !names.isEmpty else { return Markup() }
        return el(.form, .class("filters"), .method("get"), .action("/"), .id("whose"), .data("submit-on-change", "")) {
            el(.select, .name("me"), .aria("label", page.t("看谁的事", "Whose things"))) {
                el(.option, .value("")) { page.t("所有人的事", "Everybody's") }
                for name in names { el(.option, .value(name), name == me ? .selected : nil) { name } }
            }
            // Choosing is enough where scripts run.
            el(.noscript) { el(.button, .class("btn s"), .type("submit")) { page.t("查看", "Show") } }
        }
    }

    // MARK: Values to enter

    private func entries(_ facts: [PlanFacts]) -> Markup {
        let stale = facts.flatMap { facts in
            facts.findings.filter { $0.code == "D11-01" }.compactMap { finding in finding.record.map { (facts, $0) } }
        }
        return el(.section, .class("sec")) {
            el(.header) {
                el(.h2) { page.t("该填的指标", "Values to enter") }
                el(.span, .class("right")) { page.t("\(stale.count) 个", "\(stale.count)") }
            }
            if stale.isEmpty { el(.p, .class("empty")) { page.t("指标都是新的。", "All values are up to date.") } }
            for (facts, id) in stale.prefix(8) {
                if let measure = facts.plan.record(id, as: Measure.self) {
                    el(
                        .form, .class("row entered"), .method("post"),
                        .action(page.address(id) + "/readings")
                    ) {
                        el(.div) {
                            el(.div, .class("t")) { el(.a, .href(page.address(id))) { measure.title ?? "" } }
                            el(.div, .class("sub")) {
                                let last = facts.progress.measures[id]
                                last?.current.map {
                                    "\(id.short) · "
                                        + page.t(
                                            "上次 \(DisplayText.number($0))，\(last?.currentDay?.description ?? "")",
                                            "last \(DisplayText.number($0)), \(last?.currentDay?.description ?? "")")
                                } ?? id.short
                            }
                        }
                        el(.div, .class("entry")) {
                            page.base(facts.plan.revision)
                            el(.input, .type("hidden"), .name("day"), .value(facts.today.description))
                            el(
                                .input, .name("value"), .type("number"), Attribute("step", "any"), .required,
                                .aria("label", measure.title ?? ""))
                            el(.span) { measure.unit ?? "" }
                        }
                    }
                }
            }
        }
    }

    private var changes: Markup {
        el(.section, .class("sec")) {
            el(.header) { el(.h2) { page.t("刚刚改动", "Just changed") } }
            if recent.isEmpty { el(.p, .class("empty")) { page.t("还没有改动。", "Nothing has changed yet.") } }
            for change in recent {
                el(.div, .class("row plain")) {
                    el(.div) {
                        el(.div, .class("t")) { el(.a, .href("/plans/\(change.plan)/history")) { change.text } }
                        el(.div, .class("sub")) {
                            "\(page.workspace[change.plan]?.title ?? "") · \(page.author(change.author)) · r\(change.revision)"
                        }
                    }
                }
            }
        }
    }

    // MARK: Plans

    private func plans(_ facts: [PlanFacts]) -> Markup {
        el(.section, .class("sec")) {
            el(.header) {
                el(.h2) { page.t("我的计划", "My plans") }
                el(.span, .class("right")) { page.t("竖线是按计划应到的位置", "The tick marks planned progress") }
            }
            PlanList(page: page, facts: facts).markup
        }
    }
}

/// Every plan with its health, progress, next milestone and number of findings.
struct PlanList {
    let page: Page
    let facts: [PlanFacts]

    var markup: Markup {
        el(.table, .class("tbl cards")) {
            el(.thead) {
                el(.tr) {
                    el(.th) { page.t("计划", "Plan") }
                    el(.th) { page.t("健康", "Health") }
                    el(.th) { page.t("进度", "Progress") }
                    el(.th) { page.t("下一里程碑", "Next milestone") }
                    el(.th, .class("num")) { page.t("发现", "Findings") }
                }
            }
            el(.tbody) { for facts in facts { row(facts) } }
        }
    }

    private func row(_ facts: PlanFacts) -> Markup {
        let overall = facts.overall
        let address = "/plans/\(facts.plan.key)"
        return el(.tr, .class("rec")) {
            el(.td) {
                el(.a, .class("name"), .href(address), .title(facts.plan.title)) { facts.plan.title }
                el(.span, .class("sub")) { "\(page.t(facts.plan.blueprint.name))　\(facts.plan.fields.owner ?? "")" }
            }
            el(.td, .data("l", page.t("健康", "Health"))) { page.status(overall.status) }
            el(.td, .class("wide"), .data("l", page.t("进度", "Progress"))) {
                page.bar(overall.progress, expected: overall.expected)
            }
            el(.td, .class("mid"), .data("l", page.t("下一里程碑", "Next milestone"))) { milestone(facts) }
            el(.td, .class("num"), .data("l", page.t("发现", "Findings"))) {
                el(.a, .href(address + "/check")) { facts.findings.count }
            }
        }
    }

    private func milestone(_ facts: PlanFacts) -> Markup {
        let next = zip(facts.schedule.tasks, facts.schedule.dates).filter {
            $0.isMilestone == true && $0.share < 1 && $1.finish >= page.today
        }.min { $0.1.finish < $1.1.finish }
        guard let (task, dates) = next else { return Markup() }
        let overdue = task.agreedFinish.map { facts.today - $0 } ?? 0
        let late = [task.agreedFinish, task.baselineFinish].compactMap(\.self).min().map { dates.finish - $0 } ?? 0
        return Markup {
            el(.a, .href(page.address(task.id))) { task.title ?? "" }
            el(.span, .class("sub")) {
                DisplayText.short(dates.finish, page.language, on: page.today)
                overdue > 0
                    ? page.t("，已过期 \(overdue) 天", ", \(Wording.counted(overdue, "day")) overdue")
                    : late > 0
                        ? page.t("，预计晚 \(late) 天", ", \(Wording.counted(late, "day")) late")
                        : page.t(
                            "，还有 \(dates.finish - page.today) 天", ", in \(Wording.counted(dates.finish - page.today, "day"))")
            }
        }
    }
}
