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
                    el(.b, .title(facts.plan.title)) { facts.plan.title }
                    page.dots(facts.findings)
                }
            }
        }
    }

    private var summary: String {
        let all = plans.flatMap(\.findings)
        let errors = all.filter { $0.severity == .error }.count
        if plans.allSatisfy({ $0.plan.count == 0 }) {
            return all.isEmpty
                ? page.t(
                    "还没有内容，也就没有什么可检查；写下目标、任务与人员之后再来看。",
                    "There is nothing to check yet; come back once goals, tasks and people are written.")
                : page.t(
                    "还没有内容；下面 \(all.count) 项是这样的计划该有的，写下目标、任务与人员之后再来看。",
                    "There is no content yet; what is found below is what such a plan should have. Come back once goals, tasks and people are written."
                )
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
                "f\(change.revision)"; el(.br); page.time(change.at); el(.br); page.author(change.author)
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
            if !page.isReadOnly, files.first(where: { $0.name == change.name }) == change {
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
                "r\(entry.revision)"; el(.br); page.time(entry.change.at); el(.br); page.author(entry.change.author)
            }
            el(.ul) {
                if let undone = entry.change.undoes {
                    el(.li, .class("muted")) { page.t("撤销 r\(undone)", "Undoes r\(undone)") }
                }
                if let note = entry.change.note { el(.li, .class("muted")) { page.occasion(note) } }
                for edit in entry.change.edits.prefix(12) { el(.li) { ChangeWords(page: page, plan: facts.plan).markup(edit) } }
                if entry.change.edits.count > 12 {
                    el(.li, .class("muted")) { page.t("共 \(entry.change.edits.count) 处", "\(entry.change.edits.count) in all") }
                }
            }
            if let by = reversals[entry.revision] {
                el(.span, .class("muted")) { page.t("已由 r\(by) 撤销", "Undone by r\(by)") }
            } else if entry.revision > 1, !page.isReadOnly {
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
        case .set(let id, let key, let from, let to): set(id, key, from, to)
        case .create(let record, let place):
            Markup {
                page.t("新增 ", "Added "); subject(record.id, record.title); within(place.parent, record.id)
            }
        case .delete(let record, _):
            Markup(page.t("删除 \(record.id.short) \(record.title)", "Deleted \(record.id.short) \(record.title)"))
        case .move(let id, let from, let to):
            Markup {
                page.t("移动 ", "Moved "); subject(id); moved(id, from, to)
            }
        case .write(let section, let from, let text): written(section, from, text)
        }
    }

    private func set(_ id: RecordID, _ key: String, _ from: Value?, _ to: Value?) -> Markup {
        guard let field = id.kind?.field(key) else { return Markup("\(page.name(id)) \(key)") }
        // What is assumed where nothing is said holds as if it were.
        let (from, to) = (from ?? field.spec.initial, to ?? field.spec.initial)
        let (before, after) = (shown(from, field, beside: to), shown(to, field, beside: from))
        let parts = field.type == .prose ? TextWindow.around(before ?? "", after ?? "") : (before ?? "", after ?? "")
        return Markup {
            subject(id)
            " · \(page.t(field.label))　"
            change(from: before == nil ? nil : parts.0, to: after == nil ? nil : parts.1)
        }
    }

    /// A value in words, links by what the tasks are called, and of a series what the other one has not.
    private func shown(_ value: Value?, _ field: FieldInfo, beside other: Value?) -> String? {
        let show = page.show(plan)
        switch value {
        case nil: return nil
        case .links(let links)?:
            return links.map { link in
                let relation = link.text(seenFrom: plan.key).dropFirst(link.predecessor.text(seenFrom: plan.key).count)
                return show.name(link.predecessor) + relation
            }.joined(separator: show.separator)
        case .series(let series)?:
            let known = if case .series(let others)? = other { others } else { Series() }
            let points = series.points.filter { known[$0.day] != $0.value }
            return points.isEmpty
                ? nil
                : points.map { DisplayText.point($0.day, DisplayText.number($0.value), page.language) }.joined(
                    separator: show.separator)
        case let value?: return show.text(value, field)
        }
    }

    /// What was, an arrow, what is; either may be nothing.
    @MarkupBuilder private func change(from before: String?, to after: String?) -> Markup {
        if let before { el(.del) { clipped(before) } } else { el(.span, .class("muted")) { page.t("（空）", "(empty)") } }
        " → "
        if let after { el(.ins) { clipped(after) } } else { el(.span, .class("muted")) { page.t("（清空）", "(cleared)") } }
    }

    /// A record as people know it: its short id, which leads to it, and its title. One that is gone keeps its id.
    @MarkupBuilder private func subject(_ id: RecordID, _ title: String? = nil) -> Markup {
        page.reference(id, from: plan.key)
        if !id.isSomebody, id != plan.header.id, let title = title ?? page.workspace.record(id)?.title, title != id.short {
            " \(title)"
        }
    }

    @MarkupBuilder private func within(_ parent: Int?, _ id: RecordID) -> Markup {
        if let parent { page.t("，在 \(place(parent, id)) 之下", ", within \(place(parent, id))") }
    }

    private func moved(_ id: RecordID, _ from: Place, _ to: Place) -> Markup {
        func above(_ place: Place) -> String { place.parent.map { self.place($0, id) } ?? page.t("顶层", "the top") }
        return from.parent == to.parent
            ? Markup(
                to.after.map { page.t("　到 \(place($0, id)) 之后", " after \(place($0, id))") } ?? page.t("　到最前", " to the front"))
            : Markup {
                "　"; el(.del) { above(from) }; " → "; el(.ins) { above(to) }
            }
    }

    private func place(_ number: Int, _ id: RecordID) -> String {
        page.show(plan).name(RecordID(plan: id.plan, prefix: id.prefix, number: number))
    }

    private func written(_ section: String, _ from: String, _ to: String) -> Markup {
        let title = plan.blueprint.section(section).map { page.t($0.title) } ?? section
        let (before, after) = TextWindow.around(from, to)
        return Markup {
            page.t("「\(title)」　", "“\(title)”　")
            change(from: from.isEmpty ? nil : before, to: to.isEmpty ? nil : after)
        }
    }

    /// One line, for the list of recent changes.
    func line(_ edit: Edit) -> String {
        switch edit {
        case .set(let id, let key, _, let to):
            let field = id.kind?.field(key)
            let value =
                (to ?? field?.spec.initial).flatMap { to in field.map { page.show(plan).text(to, $0) } }
                ?? page.t("清空", "cleared")
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

/// The places of two texts where they differ, each with a little of what stands around it.
enum TextWindow {
    private static let around = 16

    static func around(_ before: String, _ after: String) -> (String, String) {
        let (a, b) = (Array(before), Array(after))
        let head = zip(a, b).prefix { $0 == $1 }.count
        let tail = zip(a.dropFirst(head).reversed(), b.dropFirst(head).reversed()).prefix { $0 == $1 }.count
        func window(_ text: [Character]) -> String {
            let start = max(0, head - around)
            let end = min(text.count, text.count - tail + around)
            return (start > 0 ? "…" : "") + String(text[start..<end]) + (end < text.count ? "…" : "")
        }
        return (window(a), window(b))
    }
}

extension [Edit] {
    /// Whether they are so few values that all can be told in a line.
    var areFewValues: Bool { (2...4).contains(count) && allSatisfy { if case .set = $0 { true } else { false } } }

    /// The one that says most of a change: what was deleted or made, before what followed for others.
    var telling: Edit? {
        first { if case .delete = $0 { true } else { false } } ?? first { if case .create = $0 { true } else { false } } ?? first
    }
}

extension Page {
    /// Who made a change: without accounts it is whoever sits at this computer.
    func author(_ name: String) -> String { name == PlanStore.unnamedAuthor ? t("本机", "This computer") : name }

    /// On what occasion a change was made: those that Pharos itself names in words, anything else as somebody wrote it.
    func occasion(_ note: String) -> String {
        let known: [String: Label] = [
            "levelling": Label("接受资源平衡", "Levelling accepted"), "budgets": Label("接受预算调整", "Budget shift accepted"),
            "brainstorm": Label("头脑风暴", "Brainstorming"), "baseline": Label("建立基线", "Baseline taken"),
            "archived": Label("归档计划", "Plan archived"), "restored": Label("恢复计划", "Plan restored"),
        ]
        return known[note].map { t($0) } ?? note
    }

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
