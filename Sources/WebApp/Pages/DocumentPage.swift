import Hummingbird
import Markup
import PlanExchange
import PlanInsight
import PlanModel
import PlanPictures

/// The plan as the document it is: outline at the left, chapters edited in place, findings beside what they concern.
struct DocumentPage {
    let page: Page
    let facts: PlanFacts
    /// By the prefix of their record's kind: looked through once, not once a table.
    private let findings: [String: [Finding]]
    /// More rows of one kind than this are shown in its table.
    static let rowsShown = 60

    init(page: Page, facts: PlanFacts) {
        (self.page, self.facts) = (page, facts)
        findings = Dictionary(grouping: facts.findings) { $0.record?.prefix ?? "" }
    }

    private var plan: Plan { facts.plan }

    func response() -> Response {
        page.response(title: plan.title, tab: .document) {
            el(.main, .class("plan"), .id("main")) {
                outlineButton
                outline
                el(.article, .class("doc")) {
                    head
                    firstSteps
                    var shown: Set<String> = []
                    for numbered in sections { section(numbered, shown: &shown) }
                    others
                }
            }
            OptionLists(page: page, plan: plan).markup(plan.blueprint.sections.flatMap(\.kinds) + [.of(PlanHeader.self)])
        }
    }

    private var sections: [NumberedSection] { plan.blueprint.numbered(page.language, style: plan.fields.numbering ?? .official) }

    // MARK: Outline

    private var outlineButton: Markup {
        el(.button, .class("outline-btn"), .type("button"), Attribute("popovertarget", "outline")) {
            Icon.list
            el(.span) { page.t("目录", "Contents") }
            page.dots(facts.findings)
        }
    }

    private var outline: Markup {
        let byHome = findingsByHome
        return el(
            .nav, .class("outline"), .id("outline"), Attribute("popover", ""), .aria("label", page.t("目录", "Contents")),
            .data("live", "")
        ) {
            el(.h2) {
                el(.span) { page.t("目录", "Contents") }
                el(.span) {
                    page.t(
                        "\(plan.blueprint.chapters.count) 章 · \(facts.findings.count) 处发现",
                        "\(plan.blueprint.chapters.count) chapters · \(facts.findings.count) findings")
                }
            }
            el(.ul) {
                for chapter in sections where chapter.depth == 0 {
                    el(.li) {
                        entry(chapter, byHome)
                        let inner = sections.filter { $0.depth == 1 && chapter.section.sections.contains($0.section) }
                        if !inner.isEmpty { el(.ul) { for section in inner { el(.li) { entry(section, byHome) } } } }
                    }
                }
            }
            el(.div, .class("foot")) {
                let errors = facts.findings.filter { $0.severity == .error }.count
                el(.div) {
                    page.mark(.error)
                    el(.span) { page.t("错误 \(errors)　必须处理", "\(errors) errors to deal with") }
                }
                el(.div) {
                    page.mark(.warning)
                    el(.span) {
                        page.t(
                            "提醒 \(facts.findings.count - errors)　值得一看", "\(facts.findings.count - errors) warnings worth a look")
                    }
                }
                el(.div) {
                    el(.a, .class("ref"), .href("/plans/\(plan.key)/history")) {
                        page.t("版次 \(plan.revision)：看改动与撤销", "Revision \(plan.revision): changes and undo")
                    }
                }
            }
        }
    }

    private func entry(_ numbered: NumberedSection, _ findings: [String: [Finding]]) -> Markup {
        let below = numbered.depth == 0 ? [numbered.section.key] : numbered.section.allKeys
        return el(.a, .href("#\(numbered.section.key)")) {
            el(.span, .class("no")) { numbered.number }
            el(.span) { page.t(numbered.section.title) }
            page.dots(below.flatMap { findings[$0] ?? [] })
        }
    }

    /// Findings by the section that is home to their record's kind.
    private var findingsByHome: [String: [Finding]] {
        let homes = findings.keys.map { prefix in
            (Kind.withPrefix[prefix].flatMap { plan.blueprint.home(of: $0) }?.key ?? "", prefix)
        }
        return Dictionary(homes.filter { !$0.1.isEmpty }.map { ($0, findings[$1] ?? []) }, uniquingKeysWith: +)
    }

    // MARK: Head

    private var head: Markup {
        let overall = facts.overall
        return el(.header, .class("doc-head"), .id("doc-head"), .data("live", "")) {
            el(.h1) {
                EditableValue(
                    page, plan, plan.header, plan.header.kind.titleField, standing: plan.header[plan.header.kind.titleField]
                ).markup()
            }
            el(.div, .class("meta")) {
                if plan.isArchived { el(.span, .class("sample")) { page.t("已归档", "Archived") } }
                if plan.fields.isSample == true { el(.span, .class("sample")) { page.t("示例数据", "Sample") } }
                el(.span) { [plan.fields.organisation, plan.fields.department].compactMap { $0 }.joined(separator: " · ") }
                if let owner = plan.fields.owner { el(.span) { page.t("负责人 \(owner)", "Led by \(owner)") } }
                if let start = plan.fields.start, let finish = plan.fields.finish {
                    el(.span) { "\(DisplayText.long(start, page.language)) – \(DisplayText.long(finish, page.language))" }
                }
                el(.span) { page.t("数据截至 \(facts.today)", "As of \(facts.today)") }
                if let progress = overall.progress {
                    el(.span) {
                        page.t(
                            "总进度 \(DisplayText.percent(progress))，按计划应为 \(DisplayText.percent(overall.expected))",
                            "\(DisplayText.percent(progress)) done, \(DisplayText.percent(overall.expected)) planned")
                    }
                    page.status(overall.status)
                }
            }
            el(.div, .class("acts")) {
                for (format, label) in [(DocumentFormat.docx, "Word"), (.pdf, "PDF"), (.html, "HTML"), (.md, "Markdown")] {
                    el(.a, .class("btn s"), .href(DocumentRequest(format: format, language: page.language).address(facts))) {
                        page.t("下载 \(label)", "Download \(label)")
                    }
                }
                parts
                el(.a, .class("btn s quiet"), .href("/plans/\(plan.key)/\(plan.key).yaml")) { page.t("计划文件", "Plan file") }
                el(.a, .class("btn s quiet"), .href("/plans/\(plan.key)/plan/PLAN-0")) { page.t("计划设置", "Settings") }
                if !plan.isArchived {
                    el(.a, .class("btn s quiet"), .href("/plans/\(plan.key)/archive")) { page.t("归档计划", "Archive") }
                }
            }
            for alike in Array(facts.findings.filter { $0.record == nil }).grouped(by: \.code) { page.note(alike) }
        }
    }

    /// What to begin with in a plan that has hardly anything in it yet.
    private var firstSteps: Markup {
        let kinds = [Statement.self, Person.self, Goal.self, Measure.self, Process.self, PlanTask.self, Review.self]
            .map { (type: any RecordKind.Type) in Kind.of(type) }.filter { plan.blueprint.home(of: $0) != nil }
        let begun = kinds.filter { !plan.records($0).isEmpty }
        guard begun.count < 3, !page.isReadOnly else { return Markup() }
        return el(.section, .class("first"), .id("first-steps"), .data("live", "")) {
            el(.h2) { page.t("从这里开始", "Begin here") }
            el(.ol) {
                step(
                    page.t("写明负责人与期间", "Say who leads it and when"), page.t("计划设置", "Settings"),
                    page.address(plan.header.id), isDone: plan.fields.owner != nil && plan.fields.start != nil)
                for kind in kinds {
                    step(
                        page.t(kind.names.help), page.t("新增\(kind.names.one.zh)", "Add \(kind.names.one.en.lowercased())"),
                        "/plans/\(plan.key)/\(kind.names.plural)/new", isDone: begun.contains(kind))
                }
            }
            el(.p, .class("small muted")) {
                page.t(
                    "每一节的「怎么写」说明该写什么；写在哪一节都可以，随时可以撤销。",
                    "“How to write this” says what belongs into each section; begin anywhere, everything can be undone.")
            }
        }
    }

    private func step(_ words: String, _ action: String, _ address: String, isDone: Bool) -> Markup {
        el(.li, isDone ? .class("done") : nil) {
            el(.span) { words }
            " "
            if isDone {
                page.status(.done, bare: true)
            } else {
                el(.a, .class("ref"), .href(address)) { action }
            }
        }
    }

    /// Documents that a project hands out on their own.
    @MarkupBuilder private var parts: Markup {
        let parts = DocumentPart.all(of: plan.blueprint)
        if !parts.isEmpty {
            el(.details, .class("parts")) {
                el(.summary, .class("btn s")) { page.t("单独成文", "Parts on their own") }
                el(.ul) {
                    for part in parts {
                        el(.li) {
                            el(.span) { page.t(part.label) }
                            for (format, label) in [(DocumentFormat.docx, "Word"), (.pdf, "PDF")] {
                                el(
                                    .a,
                                    .href(DocumentRequest(format: format, language: page.language, part: part).address(facts)),
                                    .aria("label", "\(page.t(part.label)) \(label)")
                                ) { label }
                            }
                        }
                    }
                }
            }
        }
    }

    // MARK: Sections

    private func section(_ numbered: NumberedSection, shown: inout Set<String>) -> Markup {
        let section = numbered.section
        let tag: Tag = numbered.depth == 0 ? .h2 : numbered.depth == 1 ? .h3 : .h4
        var body = Markup()
        for content in section.contents { body.append(self.content(content, of: section, shown: &shown)) }
        return el(.section, numbered.depth == 0 ? .class("chapter") : nil, .id(section.key)) {
            el(tag, numbered.depth == 2 ? .class("sub3") : nil) {
                el(.span, .class("no")) { numbered.number }
                el(.span) { page.t(section.title) }
            }
            el(.details, .class("guide")) {
                el(.summary) { page.t("怎么写", "How to write this") }
                el(.p) { page.t(section.guidance) }
            }
            body
        }
    }

    private func content(_ content: Content, of section: Section, shown: inout Set<String>) -> Markup {
        switch content {
        case .prose: return prose(section) + draft(section)
        case .picture(let name): return figure(name, isFirst: shown.insert("figure-\(name.rawValue)").inserted)
        case .records(let type, let filter):
            let kind = Kind.of(type)
            // A whole table stands once; where it comes up again without a filter, a link is enough.
            if filter == nil, !shown.insert(kind.prefix).inserted { return again(kind, plan.records(kind).count) }
            var blocks = Markup()
            for group in plan.groups(kind, filter, in: section, of: plan.blueprint) {
                // A record is linked to where it stands first.
                let anchored = Set(group.records.prefix(Self.rowsShown).map(\.id).filter { shown.insert($0.short).inserted })
                blocks.append(
                    block(
                        group.kind, group.records, section: section, filter: group.kind == kind ? filter : nil, anchored: anchored
                    ))
            }
            return blocks
        }
    }

    private func prose(_ section: Section) -> Markup {
        let text = plan.prose[section.key] ?? ""
        guard !page.isReadOnly else { return text.isEmpty ? Markup() : el(.div, .class("prose")) { Prose.html(text) } }
        return Markup {
            editable(text, section)
            el(.noscript) {
                el(.a, .class("btn s"), .href("/plans/\(plan.key)/prose/\(section.key)")) {
                    page.t("编辑文字：\(section.title.zh)", "Edit the text: \(section.title.en)")
                }
            }
        }
    }

    /// Where a click opens the text for editing.
    private func editable(_ text: String, _ section: Section) -> Markup {
        el(
            .div, .class(text.isEmpty ? "prose edit blank-prose prose blank" : "prose edit"), .id("prose-\(section.key)"),
            .data("live", ""),
            .data("path", "/api/v1/plans/\(plan.key)/prose/\(section.key)"), .data("edit", "text"), .data("type", "prose"),
            .data("raw", text), .tabindex(0), .role("button"),
            .aria("label", page.t("编辑\(section.title.zh)", "Edit \(section.title.en)"))
        ) { if text.isEmpty { page.t("写点什么…", "Write something…") } else { Prose.html(text) } }
    }

    private func draft(_ section: Section) -> Markup {
        guard !page.isReadOnly else { return Markup() }
        return page.draft(
            facts.draft(of: section.key), page.t("依据数据起草", "Drafted from the data"), target: page.t("这一节", "this section"),
            isEmpty: (plan.prose[section.key] ?? "").isEmpty, action: "/plans/\(plan.key)/prose/\(section.key)/draft", plan: plan)
    }

    private func figure(_ name: PictureName, isFirst: Bool) -> Markup {
        guard let picture = page.picture(name, facts) else { return Markup() }
        return el(.figure, .class("figure"), isFirst ? .id("figure-\(name.rawValue)") : nil, .data("live", "")) {
            el(.div, .class("scroll")) { picture.markup }
            el(.figcaption) {
                el(.b) { picture.title }; "　\(picture.sentence)"
            }
        }
    }

    private func again(_ kind: Kind, _ count: Int) -> Markup {
        guard count > 0 else { return Markup() }
        return el(.p, .class("block small")) {
            el(.a, .class("ref"), .href("/plans/\(plan.key)/\(kind.names.plural)")) {
                page.t("\(kind.names.one.zh) \(count) 条", "\(count) \(kind.names.many.en.lowercased())")
            }
        }
    }

    private func block(_ kind: Kind, _ records: [Record], section: Section, filter: Filter?, anchored: Set<RecordID>) -> Markup {
        let list = "/plans/\(plan.key)/\(kind.names.plural)"
        let preset = filter.flatMap { filter in filter.values.first.map { "?\(filter.field)=\($0)" } } ?? ""
        return el(.div, .class("block"), .id("block-\(section.key)-\(kind.key)\(filter?.values.first ?? "")"), .data("live", ""))
        {
            if records.isEmpty {
                el(.p, .class("small muted")) {
                    page.t("还没有\(kind.names.one.zh)。", "No \(kind.names.many.en.lowercased()) yet. ")
                    if !page.isReadOnly {
                        el(.a, .class("ref"), .href("\(list)/new\(preset)")) { page.t("新增\(kind.names.one.zh)", "Add one") }
                    }
                }
            } else {
                el(.div, .class("scroll-free")) { table(kind, Array(records.prefix(Self.rowsShown)), anchored) }
                el(.header) {
                    el(.span) {
                        records.count > Self.rowsShown
                            ? page.t("前 \(Self.rowsShown) 条，共 \(records.count) 条", "First \(Self.rowsShown) of \(records.count)")
                            : page.t("\(records.count) 条", "\(records.count)")
                    }
                    el(.a, .href(list)) { page.t("打开表格", "Open table") }
                    if !page.isReadOnly {
                        el(.a, .href("\(list)/new\(preset)")) { page.t("新增\(kind.names.one.zh)", "Add") }
                    }
                }
            }
        }
    }

    private func table(_ kind: Kind, _ records: [Record], _ anchored: Set<RecordID>? = nil) -> Markup {
        var table = RecordTable(page, facts, kind).fitted(to: records)
        table.anchored = anchored
        table.findingsOfKind = findings[kind.prefix] ?? []
        return table.markup(records)
    }

    /// Kinds that have records and no place in this outline.
    private var others: Markup {
        let kinds = plan.kinds.filter { plan.blueprint.home(of: $0) == nil }
        guard !kinds.isEmpty else { return Markup() }
        return el(.section, .class("chapter"), .id("others")) {
            el(.h2) { page.t("其他记录", "Other records") }
            for kind in kinds {
                el(.h3) { page.t(kind.names.many) }
                table(kind, Array(plan.records(kind).prefix(Self.rowsShown)))
            }
        }
    }
}

extension Section {
    var allKeys: [String] { [key] + sections.flatMap(\.allKeys) }
}

extension Page {
    /// A picture of the plan for the screen; `nil` where there is nothing to draw.
    func picture(_ name: PictureName, _ facts: PlanFacts) -> PlanPicture? {
        PlanPicture.draw(name, facts, language, style: .screen)
    }
}
