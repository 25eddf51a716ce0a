import Hummingbird
import Markup
import PlanInsight
import PlanModel
import WorkingTime

/// What a page is made with: the language, the day, the plans.
final class Page: Sendable {
    let site: Site
    let language: Language
    let workspace: Workspace
    let assets: Assets
    /// The plan the page belongs to, if any.
    let facts: PlanFacts?
    /// Whether what the page shows cannot be changed; asked for every cell.
    let isReadOnly: Bool
    /// Whether it follows the plan's changes. What takes long to answer stays the answer of its revision until somebody asks anew.
    let isLive: Bool
    /// What is searched for, shown in the field again.
    let query: String
    /// What its address asks for, but for the language.
    let question: [Substring]

    init(_ site: Site, _ visit: Visit, _ assets: Assets, plan: Plan? = nil, isLive: Bool = true, query: String = "") {
        (self.isLive, self.query) = (isLive, query)
        self.site = site
        (language, question) = (visit.language, visit.query)
        let workspace = site.store.workspace
        self.workspace = workspace
        self.assets = assets
        facts = plan.flatMap { site.facts.facts($0.key, in: workspace, today: site.today) }
        isReadOnly = facts?.plan.isArchived == true
    }

    /// What changes the plan; an archived plan has none of it.
    func changing(@MarkupBuilder _ make: () -> Markup) -> Markup { isReadOnly ? Markup() : make() }

    var today: Day { site.today }
    var plan: Plan? { facts?.plan }

    /// The same page in the other language.
    private var otherLanguage: String {
        "?"
            + (question.filter { !$0.hasPrefix("saved=") } + [language == .chinese ? "lang=en" : "lang=zh-Hans"]).joined(
                separator: "&")
    }

    func t(_ zh: String, _ en: String) -> String { language == .chinese ? zh : en }
    func t(_ label: Label) -> String { label[language] }

    /// The revision that a form is made on, to be sent back with it.
    func base(_ revision: Int) -> Markup { el(.input, .type("hidden"), .name("base"), .value(String(revision))) }

    /// What somebody else made of the same thing.
    func sentence(_ conflict: Conflict) -> String {
        let field = conflict.field.flatMap { conflict.record?.kind?.field($0) }
        let cleared = t("（已清空）", "(cleared)")
        func text(_ value: Value?) -> String {
            switch value {
            case .text(let text)? where field == nil: text
            case .references(let ids)? where field == nil: ids.map(\.short).joined(separator: "、")
            case let value?:
                conflict.record.flatMap { workspace[$0.plan] }.flatMap { plan in field.map { show(plan).text(value, $0) } }
                    ?? cleared
            case nil: cleared
            }
        }
        let place = [conflict.record?.short, field.map { t($0.label) }].compactMap { $0 }.joined(separator: " ")
        return t(
            "「\(place)」刚被别人改为：\(text(conflict.theirs))。你的是：\(text(conflict.mine))。",
            "“\(place)” has just been changed to: \(text(conflict.theirs)). Yours is: \(text(conflict.mine)).")
    }

    func show(_ plan: Plan) -> DisplayText { DisplayText(plan, in: workspace, language) }

    enum Tab: String {
        case home, plans, cascade, document, schedule, process, market, insight, board, calendar, check, history, tables
    }

    // MARK: The whole page

    func response(title: String, tab: Tab?, status: HTTPResponse.Status = .ok, @MarkupBuilder body: () -> Markup) -> Response {
        let html = whole(title: title, tab: tab, body: body())
        return Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
            body: .init(byteBuffer: ByteBuffer(bytes: html.bytes)))
    }

    private func whole(title: String, tab: Tab?, body: Markup) -> Markup {
        var all = Markup(trusted: "<!doctype html>")
        all.append(
            el(.html, .lang(language.rawValue)) {
                el(.head) {
                    el(.meta, Attribute("charset", "utf-8"))
                    el(.meta, .name("viewport"), Attribute("content", "width=device-width, initial-scale=1, viewport-fit=cover"))
                    el(.title) { "\(title) · \(t("灯塔", "Pharos"))" }
                    el(.link, .rel("icon"), .href("data:image/svg+xml," + Icon.favicon))
                    el(.link, .rel("stylesheet"), .href("/assets/\(assets.version)/pharos.css"))
                    el(.script, .src("/assets/\(assets.version)/pharos.js"), .type("module"))
                }
                el(
                    .body, facts.map { .data("plan", $0.plan.key.text) },
                    facts.map { .data("revision", String($0.plan.revision)) },
                    (isLive ? facts : nil).map { .data("stream", "/plans/\($0.plan.key)/live") },
                    .data("word-save", t("保存", "save")),
                    .data("word-next", t("下一格", "next")),
                    .data("word-cancel", t("取消", "cancel")),
                    .data("word-drop", t("放弃还没有保存的改动？", "Discard the changes that are not saved?")),
                    .data("word-offline", t("连不上服务器，没有保存。", "The server cannot be reached; nothing was saved.")),
                    .data(
                        "word-offline-line",
                        t(
                            "连不上服务器，写的内容还在，稍后再按回车。",
                            "The server cannot be reached; what you wrote is still here, press Enter again later.")),
                    .data(
                        "word-offline-prose",
                        t(
                            "连不上服务器，写的内容还在，稍后再保存。",
                            "The server cannot be reached; what you wrote is still here, save it again later.")),
                    .data(
                        "word-incomplete",
                        t(
                            "日期没有写完，没有保存。写完它，或全部清空。",
                            "The date is not complete; nothing was saved. Complete it, or clear all of it.")),
                    .data("first-day", "\(Limits.years.lowerBound)-01-01"), .data("last-day", "\(Limits.years.upperBound)-12-31"),
                    .data("word-overwrite", t("再次保存将以你的为准。", "Saving again keeps yours.")),
                    .data("word-before", t("← 左边还有", "← More to the left")),
                    .data("word-after", t("右边还有 →", "More to the right →"))
                ) {
                    el(.a, .class("skip"), .href("#main")) { t("跳到正文", "Skip to content") }
                    top(tab)
                    el(.div, .id("notice"), .aria("live", "polite")) { notice }
                    archiveNote
                    body
                    tabbar(tab)
                }
            })
        return all
    }

    private func top(_ tab: Tab?) -> Markup {
        el(.header, .class("top")) {
            el(.a, .class("mark"), .href("/")) {
                Icon.lighthouse
                el(.span) { t("灯塔", "Pharos") }
            }
            el(.div, .class("crumb")) {
                if let plan {
                    el(.b, .title(plan.title)) { plan.title }
                } else {
                    el(.b) { workspace.name }
                }
            }
            el(.nav, .class("tabs"), .aria("label", t("视图", "Views"))) {
                for (name, label, address) in places { link(name, label, address, current: tab) }
            }
            el(.form, .class("find"), .action("/search"), .role("search")) {
                Icon.search
                el(
                    .input, .type("search"), .name("q"), .value(query), .data("search", ""),
                    .placeholder(t("搜索计划、目标、任务…", "Search plans, goals, tasks…")),
                    .aria("label", t("搜索", "Search")))
                el(.kbd) { "/" }
            }
            el(.div, .class("settings")) {
                el(.a, .href(otherLanguage), .lang(language == .chinese ? "en" : "zh-Hans")) {
                    language == .chinese ? "English" : "中文"
                }
                el(.button, .type("button"), .data("theme-toggle", ""), .title(t("浅色、深色、跟随系统", "Light, dark, as the system"))) {
                    t("明暗", "Theme")
                }
            }
        }
    }

    private func link(_ name: Tab, _ label: String, _ address: String, current: Tab?) -> Markup {
        el(.a, .href(address), name == current ? .aria("current", "page") : nil) {
            label
            if name == .check, let count = facts?.findings.count, count > 0 { el(.span, .class("count")) { count } }
        }
    }

    private var places: [(Tab, String, String)] {
        guard let plan else {
            return [
                (.home, t("今天", "Today"), "/"), (.plans, t("计划", "Plans"), "/plans"), (.cascade, t("全局图", "Cascade"), "/cascade"),
                (.check, t("检查", "Check"), "/check"),
            ]
        }
        let base = "/plans/\(plan.key)"
        var list: [(Tab, String, String)] = [
            (.document, t("文档", "Document"), base), (.schedule, t("排期", "Schedule"), base + "/schedule"),
            (.board, t("看板", "Board"), base + "/board"),
            (.calendar, t("日历", "Calendar"), base + "/calendar"), (.process, t("流程", "Process"), base + "/process"),
            (.market, t("市场", "Market"), base + "/customers"),
            (.insight, t("图景", "Pictures"), base + "/insight"), (.tables, t("表格", "Tables"), base + "/tables"),
            (.check, t("检查", "Check"), base + "/check"), (.history, t("历史", "History"), base + "/history"),
        ]
        if plan.records(.of(Process.self)).isEmpty { list.removeAll { $0.0 == .process } }
        if plan.blueprint.home(of: .of(CustomerBook.self)) == nil, plan.records(.of(CustomerBook.self)).isEmpty {
            list.removeAll { $0.0 == .market }
        }
        if plan.records(.of(PlanTask.self)).isEmpty {
            list.removeAll { $0.0 == .board || $0.0 == .calendar || $0.0 == .schedule }
        }
        return list
    }

    private func tabbar(_ tab: Tab?) -> Markup {
        el(.nav, .class("tabbar"), .aria("label", t("主要页面", "Main pages"))) {
            for (name, label, address, icon) in bottomPlaces {
                el(.a, .href(address), name == tab ? .aria("current", "page") : nil) {
                    icon
                    label
                }
            }
        }
    }

    private var bottomPlaces: [(Tab, String, String, Markup)] {
        let home: (Tab, String, String, Markup) = (.home, t("今天", "Today"), "/", Icon.home)
        guard let plan else {
            return [
                home, (.plans, t("计划", "Plans"), "/plans", Icon.document),
                (.cascade, t("全局图", "Cascade"), "/cascade", Icon.cascade), (.check, t("检查", "Check"), "/check", Icon.check),
            ]
        }
        let base = "/plans/\(plan.key)"
        return [
            home, (.document, t("文档", "Document"), base, Icon.document),
            (.schedule, t("排期", "Schedule"), base + "/schedule", Icon.schedule),
            (.insight, t("图景", "Pictures"), base + "/insight", Icon.chart),
            (.tables, t("更多", "More"), base + "/tables", Icon.more),
        ]
    }
}

/// Line drawings on a grid of 16.
enum Icon {
    static let lighthouse = Markup(
        trusted:
            #"<svg viewBox="0 0 20 20" aria-hidden="true"><path fill="currentColor" d="M7.6 8.8h4.8l1.1 9.7h-7zM7.1 7.6V4.7L10 2.2l2.9 2.5v2.9z"/><path fill="var(--signal)" d="M14 5.5 19.8 2.8v5.8z"/></svg>"#
    )
    static let favicon =
        "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 20 20'%3E%3Cpath fill='%2317212b' d='M7.6 8.8h4.8l1.1 9.7h-7zM7.1 7.6V4.7L10 2.2l2.9 2.5v2.9z'/%3E%3Cpath fill='%23e88f00' d='M14 5.5 19.8 2.8v5.8z'/%3E%3C/svg%3E"
    static let search = icon("M11 7a4 4 0 1 1-8 0 4 4 0 0 1 8 0ZM10.2 10.2 13.5 13.5")
    static let home = icon("M2.5 7.5 8 3l5.5 4.5V13h-11zM6.5 13V9.5h3V13")
    static let document = icon("M4 2.5h5.5l3 3V13.5H4zM6.2 7.5h4M6.2 10h4")
    static let schedule = icon("M2.5 4h6M5 8h6M8.5 12h5")
    static let chart = icon("M2.5 12.5 6 8l3 2.5L13.5 4.5")
    static let cascade = icon("M6.5 2.5h3v3h-3zM2.5 10.5h3v3h-3zM10.5 10.5h3v3h-3zM8 5.5V8M4 10.5V8h8v2.5")
    static let check = icon("M3 8.5 6.5 12 13 4.5")
    static let more = icon("M3.5 8h.01M8 8h.01M12.5 8h.01")
    static let list = icon("M5.5 4.5h8M5.5 8h8M5.5 11.5h8M2.5 4.5h.01M2.5 8h.01M2.5 11.5h.01")

    private static func icon(_ path: String) -> Markup {
        el(.svg, .class("ico"), .viewBox(16, 16), .aria("hidden", "true")) { el(.path, .d(path)) }
    }
}
