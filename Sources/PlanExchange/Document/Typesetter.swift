import PlanInsight
import PlanModel
import PlanPictures

/// Walks a plan's outline and sets each section. Pictures that fill a page stand at the end of their chapter, so that no page is
/// left half empty before them; where they belong stands what they say.
struct Typesetter {
    let facts: PlanFacts
    let language: Language
    /// Whether what only the owner sees is set too.
    let withSecrets: Bool
    /// What is set of the outline; all of it if nil.
    let part: DocumentPart?
    private let outline: Blueprint
    private var chapter = 0
    /// Whether the chapter has its number in the outline; the tables of all others are numbered through.
    private var isNumbered = true
    private var tables = 0
    private var figures = 0
    private var placed: Set<RecordID> = []
    /// How many more tables and blocks each record stands in.
    private var places: [RecordID: Int] = [:]
    /// By which field the last sections of a kind part its records.
    private var lastParting: [String: Label] = [:]
    /// Kinds of which a table without a filter was set.
    private var shown: Set<String> = []
    /// Pictures of this chapter that wait for its end, and where their sentence stands.
    private var waiting: [(pages: [PlanPicture], place: Int)] = []
    /// Tables of figures that stand at the end of the document.
    private var appended: [(title: Label, grid: PeriodGrid)] = []
    private var blocks: [Manuscript.Block] = []

    init(facts: PlanFacts, language: Language, withSecrets: Bool, part: DocumentPart?) {
        self.part = part
        self.outline = part?.outline(of: facts.plan.blueprint) ?? facts.plan.blueprint
        self.facts = facts
        self.language = language
        self.withSecrets = withSecrets
    }

    private var plan: Plan { facts.plan }
    func t(_ zh: String, _ en: String) -> String { language == .chinese ? zh : en }

    static func blocks(_ facts: PlanFacts, _ language: Language, withSecrets: Bool, part: DocumentPart?) -> [Manuscript.Block] {
        var setter = Typesetter(facts: facts, language: language, withSecrets: withSecrets, part: part)
        setter.countPlaces()
        setter.setOutline()
        if part == nil {
            setter.setOthers()
            setter.setErrors()
        }
        setter.setAppendix()
        return setter.blocks
    }

    /// Whether nothing was written yet: then the document is a form to fill in.
    private var isBlank: Bool { plan.prose.values.allSatisfy(\.isEmpty) && plan.kinds.isEmpty }

    /// Where records come to stand, before any is set.
    private mutating func countPlaces() {
        var unfiltered: Set<String> = []
        func count(_ section: Section) {
            for case .records(let type, let filter) in section.contents {
                let kind = Kind.of(type)
                guard part?.holds(kind) ?? true, filter != nil || unfiltered.insert(kind.prefix).inserted else { continue }
                for record in plan.records(kind) where filter?.admits(record) ?? true { places[record.id, default: 0] += 1 }
                if let field = filter.flatMap({ kind.field($0.field) }) { lastParting[kind.prefix] = field.label }
            }
            for inner in section.sections { count(inner) }
        }
        for chapter in outline.chapters { count(chapter) }
    }

    private mutating func setOutline() {
        for numbered in outline.numbered(language, style: plan.fields.numbering ?? .official) {
            let section = numbered.section
            if numbered.depth == 0 { beginChapter(isNumbered: true) }
            blocks.append(
                .heading(
                    level: numbered.depth + 1, number: numbered.number, text: section.title[language], anchor: section.key))
            let start = blocks.count
            for content in section.contents { set(content, section) }
            // A heading with nothing below it looks like a page that was lost.
            if blocks.count == start, section.sections.isEmpty {
                blocks.append(
                    isBlank ? .guide(section.guidance[language]) : .remark(t("（尚无内容。）", "(Nothing here yet.)"), anchor: nil))
            }
        }
        endChapter()
    }

    /// Records that no section of the outline admits.
    private mutating func setOthers() {
        let others = plan.kinds.map { kind in (kind, plan.records(kind).filter { !placed.contains($0.id) }) }
            .filter { kind, records in !records.isEmpty && (withSecrets || !kind.isSecret) }
        guard !others.isEmpty else { return }
        beginChapter()
        blocks.append(.heading(level: 1, number: "", text: t("其他记录", "Other records"), anchor: "others"))
        for (kind, records) in others { set(records, kind, nil) }
    }

    /// What the cover counts: the findings that have to be dealt with, each with its place and remedy.
    private mutating func setErrors() {
        guard facts.errorCount > 0, !isBlank else { return }
        beginChapter()
        blocks.append(.heading(level: 1, number: "", text: t("检查发现的错误", "Errors found by the check"), anchor: "errors"))
        set(.errors(facts))
    }

    private mutating func setAppendix() {
        guard !appended.isEmpty else { return }
        beginChapter()
        blocks.append(.heading(level: 1, number: "", text: t("附录：各期数值", "Appendix: figures by period"), anchor: "appendix"))
        for (title, grid) in appended { blocks.append(.table(grid.table(caption: tableCaption(title)))) }
    }

    private mutating func beginChapter(isNumbered: Bool = false) {
        endChapter()
        if isNumbered || self.isNumbered { tables = 0 }
        self.isNumbered = isNumbered
        (chapter, figures) = (chapter + 1, 0)
    }

    private mutating func set(_ content: Content, _ section: Section) {
        switch content {
        case .prose:
            if let text = plan.prose[section.key] { blocks.append(.prose(text)) }
        case .picture(let name):
            guard part?.hasPictures ?? true else { return }
            // The letters of the grid stand in the table.
            if name == .raci {
                if let words = PlanPicture.draw(name, facts, language, style: .print)?.sentence {
                    blocks.append(.remark(words, anchor: nil))
                }
                return
            }
            set(PlanPicture.pages(name, facts, language))
            for table in ComputedTable.beside(name, facts) { set(table) }
        case .records(let type, let filter):
            let kind = Kind.of(type)
            guard part?.holds(kind) ?? true else { return }
            if filter == nil, !shown.insert(kind.prefix).inserted { return }
            for group in plan.groups(kind, filter, in: section, of: outline) {
                set(group.records, group.kind, group.kind == kind ? filter : nil, in: section, title: stepsTitle(group))
            }
        }
    }

    /// Steps of one process are named for it.
    private func stepsTitle(_ group: Plan.Group) -> Label? {
        let processes = Set(group.records.compactMap { Typed<Step>($0)?.process })
        guard processes.count == 1, let name = processes.first.flatMap({ plan.record($0)?.title }) else { return nil }
        let many = Step.names.many
        return Label("\(many.zh)：\(name)", "\(many.en): \(name)")
    }

    // MARK: Records

    /// - Parameters:
    ///   - section: where they stand; its title tells the tables of a kind apart.
    ///   - title: what they are called instead of by their kind.
    private mutating func set(
        _ records: [Record], _ kind: Kind, _ filter: Filter?, in section: Section? = nil, title: Label? = nil
    ) {
        guard !records.isEmpty, withSecrets || !kind.isSecret else { return }
        let isRepeated = records.allSatisfy { placed.contains($0.id) }
        placed.formUnion(records.map(\.id))
        for record in records { places[record.id, default: 1] -= 1 }
        let returning = Returning(
            ids: Set(records.map(\.id).filter { places[$0, default: 0] > 0 }), by: lastParting[kind.prefix])
        let setting = RecordSetting(
            facts, language, kind, records, filter, withSecrets: withSecrets, isRepeated: isRepeated, returning: returning,
            peers: filter.flatMap { peers(kind, $0) })
        if kind.isMainlyProse {
            for entry in setting.entries { blocks.append(.entry(entry)) }
        } else {
            let caption = tableCaption(
                filter.map { named(kind.names.many, kind, section, others(records, kind, $0, section)) } ?? title
                    ?? kind.names.many)
            let matrix = kind == .of(Responsibility.self) ? ResponsibilityMatrix(facts, language, records) : nil
            blocks.append(.table(matrix?.table(caption: caption) ?? setting.table(caption: caption)))
        }
        let name = filter == nil ? kind.names.many : named(kind.names.many, kind, section)
        for grid in setting.periodGrids {
            if grid.isLong {
                appended.append((grid.title(name), grid))
            } else {
                blocks.append(.table(grid.table(caption: tableCaption(grid.title(name)))))
            }
        }
    }

    /// The records of a kind that a field parts among sections.
    private func peers(_ kind: Kind, _ filter: Filter) -> Peers {
        let records = plan.records(kind)
        func filters(in section: Section) -> [Filter] {
            section.contents.compactMap { content in
                if case .records(let type, let own?) = content, Kind.of(type) == kind, own.field == filter.field {
                    own
                } else {
                    nil
                }
            } + section.sections.flatMap(filters)
        }
        let shares = outline.chapters.flatMap(filters).map { filter in (filter, records.filter(filter.admits)) }
        return Peers(
            records: records.filter { record in shares.contains { $0.0.admits(record) } },
            isParted: shares.contains { !$0.0.isSettled(for: $0.1) })
    }

    private mutating func set(_ table: ComputedTable) {
        let caption = tableCaption(table.title)
        if let note = table.note { blocks.append(.remark(note[language], anchor: nil)) }
        blocks.append(.table(Manuscript.Table(table, caption: caption, language)))
    }

    /// What stands in a section named for one choice besides what is so: other choices, and what is not decided.
    private func others(_ records: [Record], _ kind: Kind, _ filter: Filter, _ section: Section?) -> Label {
        guard let field = kind.field(filter.field), case .choice(let options) = field.type, let section,
            let own = options.first(where: { $0.key == filter.values[0] }), section.title.zh.contains(own.label.zh)
        else { return Label("", "") }
        let undecided = Label("\(field.label.zh)未定", "\(field.label.en.lowercased()) not decided")
        let labels = filter.values.dropFirst().filter { value in records.contains { Filter(filter.field, value).admits($0) } }.map
        {
            value in options.first { $0.key == value }?.label ?? undecided
        }
        // What the section's title says already is not said again.
        let title = (zh: section.title.zh, en: section.title.en.lowercased())
        return Label(
            labels.filter { !title.zh.contains($0.zh) }.map { "、\($0.zh)" }.joined(),
            labels.filter { !title.en.contains($0.en.lowercased()) }.map { ", \($0.en)" }.joined())
    }

    private func named(_ title: Label, _ kind: Kind, _ section: Section?, _ others: Label = Label("", "")) -> Label {
        guard let section, section.title != title else { return title }
        if kind.isNamedBySection { return Label(section.title.zh + others.zh, section.title.en + others.en) }
        // A section named for its kind, such as technology risks, says the kind.
        let (zh, en) = (section.title.zh.contains(title.zh), section.title.en.lowercased().contains(title.en.lowercased()))
        return Label(
            (zh ? "" : "\(title.zh)：") + section.title.zh + others.zh, (en ? "" : "\(title.en): ") + section.title.en + others.en)
    }

    private mutating func tableCaption(_ title: Label) -> String {
        tables += 1
        let number =
            isNumbered
            ? Label("表 \(chapter)-\(tables)", "Table \(chapter)-\(tables)") : Label("附表 \(tables)", "Table A-\(tables)")
        return t("\(number.zh)　\(title.zh)", "\(number.en)  \(title.en)")
    }

    // MARK: Pictures

    private mutating func set(_ pages: [PlanPicture]) {
        guard let first = pages.first else { return }
        if first.needsOwnPage {
            waiting.append((pages, blocks.count))
            blocks.append(.remark(first.sentence, anchor: nil))
        } else {
            blocks.append(.remark(first.sentence, anchor: nil))
            setFigure(pages)
        }
    }

    private mutating func endChapter() {
        for (pages, place) in waiting {
            // Where nothing stands between, the figure is there already.
            if place + 1 == blocks.count {
                setFigure(pages)
                continue
            }
            let number = "\(chapter)-\(figures + 1)"
            let pointer = t("（见本章末图\u{A0}\(number)）", " (See figure\u{A0}\(number) at the end of this chapter.)")
            blocks[place] = .remark(pages[0].sentence + pointer, anchor: anchor(figures + 1))
            setFigure(pages)
        }
        waiting = []
    }

    private func anchor(_ figure: Int) -> String { "figure-\(chapter)-\(figure)" }

    private mutating func setFigure(_ pages: [PlanPicture]) {
        figures += 1
        for (index, page) in pages.enumerated() {
            let part = pages.count == 1 ? "" : t("（\(index + 1)/\(pages.count)）", " (\(index + 1) of \(pages.count))")
            let caption = t(
                "图 \(chapter)-\(figures)　\(page.title)\(part)", "Figure \(chapter)-\(figures)  \(page.title)\(part)")
            blocks.append(
                .picture(page, caption: caption, anchor: index == 0 ? anchor(figures) : "\(anchor(figures))-\(index + 1)"))
        }
    }
}
