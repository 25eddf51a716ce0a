import Hummingbird
import Markup
import PlanInsight
import PlanModel

/// All records of one kind: as a table, sorted, filtered and edited in place, or as cards that are dragged to where they belong.
struct TablePage {
    let page: Page
    let facts: PlanFacts
    let kind: Kind
    let query: [String: String]
    static let pageSize = 200

    private var plan: Plan { facts.plan }
    private var groupings: [Grouping] { Grouping.all(of: kind) }
    private var grouping: Grouping? { groupings.first { $0.name == query["by"] } }

    func response() -> Response {
        let matching = sorted(filtered(plan.records(kind)))
        let start = min(max(Int(query["from"] ?? "") ?? 0, 0), max(matching.count - 1, 0))
        let shown = Array(matching.dropFirst(start).prefix(Self.pageSize))
        var table = RecordTable(page, facts, kind, columns: columns)
        table.showsNotes = false
        table.isInOrder = query["sort"] == nil
        return page.response(title: "\(page.t(kind.names.many)) · \(plan.title)", tab: .tables) {
            el(.main, .class("page wide"), .id("main")) {
                head(matching.count)
                if kind == .of(Benefit.self), let payback = facts.payback { el(.p) { page.t(payback.words) } }
                if kind == .of(FocusSession.self) { FocusTimer(page: page, facts: facts).markup }
                pictures
                filters
                if let grouping {
                    el(.div, .class("scroll"), .id("cards"), .data("live", "")) {
                        CardsView(page: page, facts: facts, kind: kind, grouping: grouping).markup(matching)
                    }
                } else if matching.isEmpty {
                    empty
                } else {
                    el(.div, .class("scroll"), .id("table"), .data("live", "")) {
                        table.markup(shown, head: sortLink)
                    }
                    Pager(page: page, start: start, count: matching.count, size: Self.pageSize) { address(["from": String($0)]) }
                        .markup
                }
            }
            OptionLists(page: page, plan: plan).markup([kind])
        }
    }

    /// What belongs here and the way to begin, or that the filter lets nothing through.
    private var empty: Markup {
        guard plan.records(kind).isEmpty else {
            return el(.p, .class("empty")) {
                page.t("没有符合条件的记录。", "Nothing matches. ")
                el(.a, .class("ref"), .href("/plans/\(plan.key)/\(kind.names.plural)")) { page.t("看全部", "Show all") }
            }
        }
        return el(.div, .class("empty")) {
            el(.p) {
                el(.b) { page.t("还没有\(kind.names.one.zh)。", "No \(kind.names.many.en.lowercased()) yet. ") }
                page.t(kind.names.help)
            }
            if !page.isReadOnly {
                el(.p) {
                    el(.a, .class("btn main"), .href("/plans/\(plan.key)/\(kind.names.plural)/new")) {
                        page.t("新增第一条", "Add the first one")
                    }
                }
            }
        }
    }

    /// Marked columns first, then every other field that has a value somewhere and is short enough to read in a row.
    private var columns: [FieldInfo] {
        let marked = kind.columns.filter { $0.index != 0 }
        let used = Set(plan.records(kind).flatMap { record in record.values.indices.filter { record.values[$0] != nil } })
        let more = kind.fields.filter { field in
            field.index != 0 && used.contains(field.index) && !marked.contains { $0.index == field.index } && field.type != .prose
                && field.type != .series
        }
        return marked + more.prefix(max(0, 9 - marked.count))
    }

    private func head(_ count: Int) -> Markup {
        el(.header, .class("page-head")) {
            el(.div) {
                el(.h1) { page.t(kind.names.many) }
                el(.p) { page.t("\(plan.title) · \(count) 条", "\(plan.title) · \(count)") }
            }
            el(.div, .class("right")) {
                el(.a, .class("btn"), .href("/plans/\(plan.key)/\(kind.names.plural).csv")) { page.t("下载 CSV", "Download CSV") }
                if kind == .of(Risk.self) || kind == .of(RiskNote.self) {
                    el(.a, .class("btn"), .href("/plans/\(plan.key)/brainstorm")) { page.t("头脑风暴", "Brainstorm") }
                }
                if kind == .of(Measure.self) {
                    el(.a, .class("btn"), .href("/plans/\(plan.key)/values")) { page.t("导入数值", "Import values") }
                }
                if !page.isReadOnly {
                    el(.a, .class("btn main"), .href("/plans/\(plan.key)/\(kind.names.plural)/new")) {
                        page.t("新增\(kind.names.one.zh)", "Add \(kind.names.one.en.lowercased())")
                    }
                }
            }
        }
    }

    /// The pictures of the section the kind is at home in, or else of its chapter. The schedule has pages of its own.
    private var pictures: Markup {
        let home = plan.blueprint.home(of: kind)
        let chapter = plan.blueprint.chapters.first { chapter in home.map(chapter.sections.contains) ?? false }
        let names = [home, chapter].lazy.compactMap { $0 }.map(Self.pictures).first { !$0.isEmpty } ?? []
        let drawn = names.compactMap { name in page.picture(name, facts).map { (name, $0) } }
        guard !drawn.isEmpty, grouping == nil else { return Markup() }
        return el(.details, .class("unfold wide"), Attribute("open", "")) {
            el(.summary) { page.t("图", "Picture") }
            for (name, picture) in drawn {
                el(.figure, .class("fig"), .id("picture-\(name.rawValue)"), .data("live", "")) {
                    el(.div, .class("scroll")) { picture.markup }
                    el(.figcaption) { picture.sentence }
                }
            }
        }
    }

    private static func pictures(of section: Section) -> [PictureName] {
        let all = ([section] + section.sections).flatMap(\.contents).compactMap { content -> PictureName? in
            if case .picture(let name) = content { name } else { nil }
        }
        return all.filter { ![.gantt, .network, .loadHistogram, .earnedValue, .simulation, .cascade].contains($0) }
    }

    // MARK: Filters and order

    private var choiceFields: [FieldInfo] {
        kind.fields.filter { if case .choice = $0.type { true } else { false } }.prefix(4).map { $0 }
    }

    /// On a phone folded behind one button, which says how many filter.
    private var filters: Markup {
        let active = ([query["q"]] + choiceFields.map { query[$0.key] }).filter { !($0 ?? "").isEmpty }.count
        return el(.div, .class("filters")) {
            el(.label, .class("btn s fold")) {
                el(.input, .type("checkbox"))
                active == 0 ? page.t("筛选", "Filter") : page.t("筛选（\(active)）", "Filter (\(active))")
            }
            el(.form, .class("asked"), .method("get"), .data("submit-on-change", "")) {
                el(
                    .input, .type("search"), .name("q"), .value(query["q"] ?? ""), .placeholder(page.t("筛选文字", "Filter text")),
                    .aria("label", page.t("筛选文字", "Filter text")))
                for field in choiceFields {
                    el(.select, .name(field.key), .aria("label", page.t(field.label))) {
                        el(.option, .value("")) { page.t("全部\(field.label.zh)", "Any \(field.label.en.lowercased())") }
                        for (value, label) in OptionLists(page: page, plan: plan).pairs(field) {
                            el(.option, .value(value), query[field.key] == value ? .selected : nil) { label }
                        }
                    }
                }
                if let sort = query["sort"] { el(.input, .type("hidden"), .name("sort"), .value(sort)) }
                if let grouping { el(.input, .type("hidden"), .name("by"), .value(grouping.name)) }
                el(.button, .class("btn s"), .type("submit")) { page.t("筛选", "Filter") }
                if active > 0 {
                    el(
                        .a, .class("btn s quiet"),
                        .href(address(["q": "", "from": ""].merging(choiceFields.map { ($0.key, "") }) { $1 }))
                    ) {
                        page.t("看全部", "Show all")
                    }
                }
            }
            layouts
        }
    }

    private var layouts: Markup {
        guard !groupings.isEmpty else { return Markup() }
        return el(.nav, .class("seg right"), .id("layouts"), .aria("label", page.t("排列方式", "Layout"))) {
            el(.a, .href(address(["by": "", "from": ""])), grouping == nil ? .aria("current", "page") : nil) {
                page.t("表格", "Table")
            }
            for one in groupings {
                el(.a, .href(address(["by": one.name, "from": ""])), one == grouping ? .aria("current", "page") : nil) {
                    one.label(kind, page)
                }
            }
        }
    }

    private func filtered(_ records: [Record]) -> [Record] {
        let words = (query["q"] ?? "").lowercased().split(separator: " ")
        let show = page.show(plan)
        return records.filter { record in
            for field in choiceFields {
                guard let wanted = query[field.key], !wanted.isEmpty else { continue }
                guard case .choice(let key)? = facts.value(field, of: record), key == wanted else { return false }
            }
            guard !words.isEmpty else { return true }
            let text = ([record.id.short] + kind.fields.compactMap { field in record[field].map { show.text($0, field) } })
                .joined(separator: "\n").lowercased()
            return words.allSatisfy { text.contains($0) }
        }
    }

    /// `sort=due` or `sort=-due`; document order without.
    private func sorted(_ records: [Record]) -> [Record] {
        guard let sort = query["sort"], let field = kind.field(sort.hasPrefix("-") ? String(sort.dropFirst()) : sort) else {
            return records
        }
        let ascending = records.enumerated().sorted { a, b in
            switch (a.element[field]?.sortKey, b.element[field]?.sortKey) {
            case (let x?, let y?): x == y ? a.offset < b.offset : x < y
            case (_?, nil): true
            case (nil, _?): false
            case (nil, nil): a.offset < b.offset
            }
        }.map(\.element)
        return sort.hasPrefix("-") ? ascending.reversed() : ascending
    }

    private func sortLink(_ field: FieldInfo, _ label: String) -> Markup {
        let current = query["sort"]
        let isUp = current == field.key
        return el(
            .a, .href(address(["sort": isUp ? "-" + field.key : field.key])),
            isUp ? .aria("sort", "ascending") : current == "-" + field.key ? .aria("sort", "descending") : nil
        ) { label }
    }

    private func address(_ changes: [String: String]) -> String {
        let pairs = query.merging(changes) { _, new in new }.filter { !$0.value.isEmpty && $0.key != "lang" }
        return "?" + pairs.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.urlEncoded)" }.joined(separator: "&")
    }
}

extension Value {
    /// For sorting within one field.
    fileprivate var sortKey: SortKey {
        switch self {
        case .text(let text): .text(text)
        case .choice(let key): .text(key)
        case .whole(let number): .number(Double(number))
        case .number(let number): .number(number)
        case .flag(let flag): .number(flag ? 1 : 0)
        case .date(let day): .number(Double(day.number))
        case .money(let money): .number(money.approximate)
        case .duration(let duration): .number(Double(duration.minutes()))
        case .references(let ids): .text(ids.map { "\($0.prefix)\($0.number + 100_000)" }.joined())
        case .links(let links): .number(Double(links.count))
        case .shares(let shares): .number(shares.reduce(0) { $0 + $1.units })
        case .series(let series): .number(series.last?.value ?? 0)
        }
    }
}

private enum SortKey: Comparable {
    case number(Double)
    case text(String)
}

extension String {
    /// Percent-encoded for a query.
    var urlEncoded: String {
        utf8.map { byte in
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || "-_.~".utf8.contains(byte)
                ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}
