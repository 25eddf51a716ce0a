import Hummingbird
import Markup
import PlanInsight
import PlanModel
import PlanStore
import WorkingTime

/// Findings of one plan, or of all.
struct CheckPage {
    let page: Page
    let plans: [PlanFacts]

    func response() -> Response {
        page.response(title: page.t("检查", "Check"), tab: .check) {
            el(.main, .class("page"), .id("main")) {
                el(.header, .class("page-head")) {
                    el(.div) {
                        el(.h1) { page.t("检查", "Check") }
                        el(.p) { summary }
                    }
                }
                if plans.count > 1 { jumps }
                el(.div, .class("findings"), .id("findings"), .data("live", "")) {
                    for facts in plans where !facts.findings.isEmpty {
                        if plans.count > 1 {
                            el(.h2, .id("plan-\(facts.plan.key)")) {
                                el(.a, .href("/plans/\(facts.plan.key)")) { facts.plan.title }
                            }
                        }
                        groups(facts)
                    }
                }
            }
        }
    }

    /// From the top to the findings of each plan.
    private var jumps: Markup {
        el(.nav, .class("jumps"), .aria("label", page.t("各份计划", "Plans"))) {
            for facts in plans where !facts.findings.isEmpty {
                el(.a, .href("#plan-\(facts.plan.key)")) {
                    el(.b) { facts.plan.title }
                    page.dots(facts.findings)
                }
            }
        }
    }

    private var summary: String {
        let all = plans.flatMap(\.findings)
        let errors = all.filter { $0.severity == .error }.count
        if plans.allSatisfy({ $0.plan.count == 0 }) {
            return page.t(
                "还没有内容，也就没有什么可检查；写下目标、任务与人员之后再来看。",
                "There is nothing to check yet; come back once goals, tasks and people are written.")
        }
        return all.isEmpty
            ? page.t("没有发现问题。", "Nothing was found.")
            : page.t(
                "\(errors) 个错误必须处理，\(all.count - errors) 个提醒值得一看。",
                "\(errors) errors to deal with, \(all.count - errors) warnings worth a look.")
    }

    /// Findings of one code together: title and remedy once, a line for each place.
    private func groups(_ facts: PlanFacts) -> Markup {
        Markup {
            for group in facts.findings.grouped(by: \.code) {
                if let first = group.first {
                    el(.section, .class("note \(first.severity.rawValue)")) {
                        el(.h4) {
                            page.mark(first.severity)
                            page.t(first.title)
                            el(.span, .class("code")) { " \(first.code)" }
                            if group.count > 1 { el(.span, .class("count")) { group.count } }
                        }
                        for finding in group.prefix(CheckPage.placesShown) { place(finding, facts) }
                        if group.count > CheckPage.placesShown {
                            el(.details, .class("unfold")) {
                                el(.summary) {
                                    page.t(
                                        "另外 \(group.count - CheckPage.placesShown) 处",
                                        "\(group.count - CheckPage.placesShown) more")
                                }
                                for finding in group.dropFirst(CheckPage.placesShown) { place(finding, facts) }
                            }
                        }
                        el(.p, .class("fix")) {
                            el(.b) { page.t("改法", "Fix") }; page.t(first.remedy)
                        }
                    }
                }
            }
        }
    }
}

extension CheckPage {
    /// Of one cause; the others are unfolded.
    fileprivate static let placesShown = 6

    fileprivate func place(_ finding: Finding, _ facts: PlanFacts) -> Markup {
        el(.p) {
            if let record = finding.record {
                page.reference(record, from: facts.plan.key);
                "　\(page.workspace.record(record)?.title ?? "")　"
            }
            el(.span, .class("muted")) { page.t(finding.reason) }
        }
    }
}

/// All kinds of record a plan can hold, with how many it has.
struct TablesPage {
    let page: Page
    let facts: PlanFacts

    func response() -> Response {
        let plan = facts.plan
        let homely = plan.blueprint.sections.flatMap(\.kinds)
        var seen: Set<String> = []
        let kinds = (homely + plan.kinds).filter { seen.insert($0.prefix).inserted && $0 != Kind.of(PlanHeader.self) }
        return page.response(title: page.t("表格 · \(plan.title)", "Tables · \(plan.title)"), tab: .tables) {
            el(.main, .class("page"), .id("main")) {
                el(.header, .class("page-head")) { el(.h1) { page.t("表格", "Tables") } }
                el(.div, .class("kinds")) {
                    for kind in kinds {
                        el(.a, .href("/plans/\(plan.key)/\(kind.names.plural)"), .title(page.t(kind.names.help))) {
                            el(.span) { page.t(kind.names.many) }
                            el(.span, .class("muted")) { plan.records(kind).count }
                        }
                    }
                }
                el(.h2, .class("kinds-head")) { page.t("视图", "Views") }
                el(.div, .class("kinds")) {
                    for (label, address) in [
                        (page.t("日历", "Calendar"), "calendar"), (page.t("看板", "Board"), "board"),
                        (page.t("检查", "Check"), "check"), (page.t("历史", "History"), "history"),
                    ] {
                        el(.a, .href("/plans/\(plan.key)/\(address)")) { label }
                    }
                }
            }
        }
    }
}

/// Every picture the plan has data for.
struct InsightPage {
    let page: Page
    let facts: PlanFacts

    func response() -> Response {
        let pictures = PictureName.allCases.compactMap { name in page.picture(name, facts).map { (name, $0) } }
        return page.response(title: page.t("图景 · \(facts.plan.title)", "Pictures · \(facts.plan.title)"), tab: .insight) {
            el(.main, .class("page wide"), .id("main")) {
                el(.header, .class("page-head")) {
                    el(.div) {
                        el(.h1) { page.t("图景", "Pictures") }
                        el(.p) { page.t("数据截至 \(facts.today)。", "As of \(facts.today).") }
                    }
                }
                if pictures.isEmpty { el(.p, .class("empty")) { page.t("还没有可画的数据。", "There is nothing to draw yet.") } }
                el(.div, .class("multi"), .id("pictures"), .data("live", "")) {
                    for (name, picture) in pictures {
                        el(.figure, .class(name.isWide ? "fig full" : "fig"), .id("figure-\(name.rawValue)")) {
                            el(.h2) { picture.title }
                            el(.p, .class("says")) { picture.sentence }
                            el(.div, .class(picture.height > 900 ? "scroll tall" : "scroll")) { picture.markup }
                        }
                    }
                }
            }
        }
    }
}

extension PictureName {
    /// Pictures that need the width of the page.
    var isWide: Bool {
        switch self {
        case .gantt, .cascade, .network, .swimLanes, .toBeLanes, .processMap, .marketingCalendar, .raci, .salesHeat,
            .loadHistogram, .goalTree, .measureTrends, .controlCharts, .beforeAfter, .salesWaterfall, .cohorts,
            .unitEconomics, .funnel:
            true
        default: false
        }
    }
}

/// What was changed, newest first, each to be taken back.
struct HistoryPage {
    let page: Page
    let facts: PlanFacts
    let entries: [JournalEntry]
    /// Revisions that are taken back, with those that took them back.
    let reversals: [Int: Int]
    /// Of the files that the plan names.
    let files: [FileChange]

    func response() -> Response {
        let plan = facts.plan
        return page.response(title: page.t("历史 · \(plan.title)", "History · \(plan.title)"), tab: .history) {
            el(.main, .class("page"), .id("main")) {
                el(.header, .class("page-head")) {
                    el(.div) {
                        el(.h1) { page.t("历史", "History") }
                        el(.p) {
                            page.t(
                                "每次改动都在这里，可以撤销；撤销本身也是一次改动。",
                                "Every change is here and can be undone; undoing is a change itself.")
                        }
                    }
                }
                el(.div, .id("history"), .data("live", "")) { for entry in entries { row(entry) } }
                if let last = entries.last, last.revision > 1 {
                    el(.nav, .class("pager")) {
                        el(.a, .class("btn s"), .href("?before=\(last.revision)")) { page.t("更早", "Earlier") }
                    }
                }
                if !files.isEmpty {
                    el(.section, .class("sec"), .id("files"), .data("live", "")) {
                        el(.header) { el(.h2) { page.t("计划用到的文件", "Files the plan uses") } }
                        for change in files { row(change) }
                    }
                }
            }
        }
    }

    private func row(_ change: FileChange) -> Markup {
        el(.div, .class("change"), .id("f\(change.revision)")) {
            el(.div, .class("muted")) {
                "f\(change.revision)"; el(.br); page.time(change.at); el(.br); change.author
            }
            el(.ul) {
                if let undone = change.undoes {
                    el(.li, .class("muted")) { page.t("撤销 f\(undone)", "Undoes f\(undone)") }
                }
                el(.li) {
                    change.digest == nil
                        ? page.t("移除 \(change.name)", "Removed \(change.name)")
                        : page.t("放入 \(change.name)，\(change.size) 字节", "Put \(change.name), \(change.size) bytes")
                }
            }
            if files.first(where: { $0.name == change.name }) == change {
                el(.form, .method("post"), .action("/plans/\(facts.plan.key)/files/\(change.revision)/reversal")) {
                    el(.button, .class("btn s"), .type("submit")) { page.t("撤销改动", "Undo") }
                }
            } else {
                el(.span)
            }
        }
    }

    private func row(_ entry: JournalEntry) -> Markup {
        el(.div, .class("change"), .id("r\(entry.revision)")) {
            el(.div, .class("muted")) {
                "r\(entry.revision)"; el(.br); page.time(entry.change.at); el(.br); entry.change.author
            }
            el(.ul) {
                if let undone = entry.change.undoes {
                    el(.li, .class("muted")) { page.t("撤销 r\(undone)", "Undoes r\(undone)") }
                }
                if let note = entry.change.note { el(.li, .class("muted")) { note } }
                for edit in entry.change.edits.prefix(12) { el(.li) { ChangeWords(page: page, plan: facts.plan).markup(edit) } }
                if entry.change.edits.count > 12 {
                    el(.li, .class("muted")) { page.t("共 \(entry.change.edits.count) 处", "\(entry.change.edits.count) in all") }
                }
            }
            if let by = reversals[entry.revision] {
                el(.span, .class("muted")) { page.t("已由 r\(by) 撤销", "Undone by r\(by)") }
            } else if entry.revision > 1 {
                el(.form, .method("post"), .action("/plans/\(facts.plan.key)/history/\(entry.revision)/reversal")) {
                    page.base(facts.plan.revision)
                    el(.button, .class("btn s"), .type("submit")) { page.t("撤销改动", "Undo") }
                }
            } else {
                el(.span)
            }
        }
    }
}

/// Edits in words.
struct ChangeWords {
    let page: Page
    let plan: Plan

    func markup(_ edit: Edit) -> Markup {
        switch edit {
        case .set(let id, let key, let from, let to):
            let field = id.kind?.field(key)
            let show = page.show(plan)
            return Markup {
                page.reference(id, from: plan.key)
                " \(field.map { page.t($0.label) } ?? key)　"
                if let from, let field { el(.del) { clipped(show.text(from, field)) }; " → " }
                if let to, let field {
                    el(.ins) { clipped(show.text(to, field)) }
                } else {
                    el(.span, .class("muted")) { page.t("清空", "cleared") }
                }
            }
        case .create(let record, _):
            return Markup {
                page.t("新增 ", "Added "); page.reference(record.id, from: plan.key)
                record.id.isSomebody ? "" : " \(record.title)"
            }
        case .delete(let record, _):
            return Markup(page.t("删除 \(record.id.short) \(record.title)", "Deleted \(record.id.short) \(record.title)"))
        case .move(let id, _, let place):
            return Markup {
                page.t("移动 ", "Moved "); page.reference(id, from: plan.key);
                place.parent.map { page.t(" 到 \(id.prefix)-\($0) 之下", " into \(id.prefix)-\($0)") } ?? ""
            }
        case .write(let section, _, let text):
            let title = plan.blueprint.section(section).map { page.t($0.title) } ?? section
            return Markup {
                page.t("改写「\(title)」　", "Wrote “\(title)”　"); el(.ins) { clipped(text) }
            }
        }
    }

    /// One line, for the list of recent changes.
    func line(_ edit: Edit) -> String {
        switch edit {
        case .set(let id, let key, _, let to):
            let field = id.kind?.field(key)
            let value = to.flatMap { to in field.map { page.show(plan).text(to, $0) } } ?? page.t("清空", "cleared")
            return "\(page.name(id)) \(field.map { page.t($0.label) } ?? key)\(page.t("：", ": "))\(clipped(value))"
        case .create(let record, _):
            return page.t("新增 \(record.id.short) \(record.title)", "Added \(record.id.short) \(record.title)")
        case .delete(let record, _):
            return page.t("删除 \(record.id.short) \(record.title)", "Deleted \(record.id.short) \(record.title)")
        case .move(let id, _, _): return page.t("移动 \(id.short)", "Moved \(id.short)")
        case .write(let section, _, _):
            return page.t(
                "改写「\(plan.blueprint.section(section)?.title.zh ?? section)」",
                "Wrote “\(plan.blueprint.section(section)?.title.en ?? section)”")
        }
    }

    private func clipped(_ text: String) -> String { text.count > 120 ? text.prefix(120) + "…" : text }
}

extension [Edit] {
    /// The one that says most of a change: what was deleted or made, before what followed for others.
    var telling: Edit? {
        first { if case .delete = $0 { true } else { false } } ?? first { if case .create = $0 { true } else { false } } ?? first
    }
}

extension Page {
    /// `11-20 14:05 UTC` as stored; scripts turn it into the reader's own time.
    func time(_ instant: Instant) -> Markup {
        let minutes = Int((Double(instant.milliseconds) / 60_000).rounded(.down))
        let day = Day(number: Int((Double(minutes) / 1440).rounded(.down)))
        let minute = minutes - Int(day.number) * 1440
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
        let clock = "\(two(minute / 60)):\(two(minute % 60))"
        return el(.time, Attribute("datetime", "\(day)T\(clock)Z"), .class("nb")) {
            "\(day.description.dropFirst(5)) \(clock) UTC"
        }
    }
}
