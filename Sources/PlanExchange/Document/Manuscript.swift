import Markup
import PlanInsight
import PlanModel
import PlanPictures

/// A plan set as a document, before it takes the form of HTML, Word or Markdown: the outline with everything in its place.
public struct Manuscript: Sendable {
    public enum Block: Sendable {
        /// Level 1 for chapters.
        case heading(level: Int, number: String, text: String, anchor: String)
        case prose(String)
        case table(Table)
        case picture(PlanPicture, caption: String)
        /// A sentence of our own, for instance the progress at the head of a chapter.
        case remark(String)
    }

    public struct Table: Sendable {
        public struct Column: Sendable {
            public let title: String
            public let isNumeric: Bool
            /// Share of the width it wants.
            public let weight: Double
        }

        public let caption: String
        public let columns: [Column]
        public let rows: [[String]]
        /// How deep each row's first cell is set in.
        public let depths: [Int]
    }

    public let title: String
    public let subtitle: String?
    public let organisation: String
    /// Label and value pairs of the cover.
    public let particulars: [(String, String)]
    public let blocks: [Block]
    public let language: Language
    public let isSample: Bool
    /// A page or two without cover and contents.
    public let isBrief: Bool

    /// - Parameter withSecrets: whether what only the plan's owner sees goes into the document.
    /// - Complexity: O(records + drawing the pictures).
    public init(_ facts: PlanFacts, _ language: Language, withSecrets: Bool = false) {
        let plan = facts.plan
        self.language = language
        title = plan.title
        subtitle = plan.fields.subtitle
        organisation = [plan.fields.organisation, plan.fields.department].compactMap { $0 }.joined(separator: "　")
        isSample = plan.fields.isSample == true
        isBrief = false
        particulars = Manuscript.particulars(facts, language)
        var setter = Typesetter(facts: facts, language: language, withSecrets: withSecrets)
        blocks = setter.blocks()
    }

    /// A brief document of given blocks.
    init(
        title: String, subtitle: String?, organisation: String, particulars: [(String, String)], blocks: [Block],
        language: Language,
        isSample: Bool
    ) {
        (self.title, self.subtitle, self.organisation) = (title, subtitle, organisation)
        (self.particulars, self.blocks, self.language, self.isSample) = (particulars, blocks, language, isSample)
        isBrief = true
    }

    private static func particulars(_ facts: PlanFacts, _ language: Language) -> [(String, String)] {
        let plan = facts.plan.fields
        func t(_ zh: String, _ en: String) -> String { language == .chinese ? zh : en }
        var pairs: [(String, String?)] = [(t("编制", "Prepared by"), plan.owner), (t("审批", "Approved by"), plan.approver)]
        if let start = plan.start, let finish = plan.finish {
            pairs.append((t("计划期", "Period"), "\(DisplayText.long(start, language)) – \(DisplayText.long(finish, language))"))
        }
        pairs.append((t("批准日期", "Approved on"), plan.approvedOn.map { DisplayText.long($0, language) }))
        pairs.append((t("数据截至", "As of"), DisplayText.long(facts.today, language)))
        pairs.append((t("版次", "Revision"), facts.plan.revision > 0 ? "\(facts.plan.revision)" : nil))
        let overall = facts.overall
        if let progress = overall.progress {
            pairs.append(
                (
                    t("进度", "Progress"),
                    "\(overall.status.shape) "
                        + t(
                            "\(DisplayText.percent(progress))，按计划应为 \(DisplayText.percent(overall.expected))",
                            "\(DisplayText.percent(progress)), planned \(DisplayText.percent(overall.expected))")
                ))
        }
        pairs.append((t("密级", "Classification"), plan.classification))
        return pairs.compactMap { label, value in value.map { (label, $0) } }
    }
}

/// Walks the outline and sets each section.
private struct Typesetter {
    let facts: PlanFacts
    let language: Language
    let withSecrets: Bool
    private var chapter = 0
    private var tables = 0
    private var figures = 0
    private var shown: Set<String> = []

    init(facts: PlanFacts, language: Language, withSecrets: Bool) {
        self.facts = facts
        self.language = language
        self.withSecrets = withSecrets
    }

    private var plan: Plan { facts.plan }
    private func t(_ zh: String, _ en: String) -> String { language == .chinese ? zh : en }

    mutating func blocks() -> [Manuscript.Block] {
        var blocks: [Manuscript.Block] = []
        for numbered in plan.blueprint.numbered(language, style: plan.fields.numbering ?? .official) {
            if numbered.depth == 0 { (chapter, tables, figures) = (chapter + 1, 0, 0) }
            blocks.append(
                .heading(
                    level: numbered.depth + 1, number: numbered.number, text: numbered.section.title[language],
                    anchor: numbered.section.key))
            for content in numbered.section.contents {
                guard let block = block(content, numbered.section) else { continue }
                blocks.append(block)
                if case .picture(.goalTree) = content { blocks += reasons }
                if case .picture(let name) = content {
                    for table in ComputedTable.beside(name, facts) { blocks.append(.table(set(table))) }
                }
            }
        }
        let others = plan.kinds.filter { plan.blueprint.home(of: $0) == nil && isShown($0) }
        if !others.isEmpty {
            (chapter, tables, figures) = (chapter + 1, 0, 0)
            blocks.append(.heading(level: 1, number: "", text: t("其他记录", "Other records"), anchor: "others"))
            for kind in others { blocks.append(.table(table(kind, plan.records(kind), nil))) }
        }
        return blocks
    }

    private mutating func block(_ content: Content, _ section: Section) -> Manuscript.Block? {
        switch content {
        case .prose:
            return plan.prose[section.key].map { .prose($0) }
        case .picture(let name):
            guard let picture = PlanPicture.draw(name, facts, language, style: .print) else { return nil }
            figures += 1
            return .picture(
                picture, caption: t("图 \(chapter)-\(figures)　\(picture.title)", "Figure \(chapter)-\(figures)  \(picture.title)"))
        case .records(let type, let filter):
            let kind = Kind.of(type)
            guard isShown(kind) else { return nil }
            let records = plan.records(kind).filter { filter?.admits($0) ?? true }
            if filter == nil, !shown.insert(kind.prefix).inserted { return nil }
            return records.isEmpty ? nil : .table(table(kind, records, filter))
        }
    }

    /// Why each top goal stands where it stands, below the tree of goals.
    private var reasons: [Manuscript.Block] {
        let goals = plan.all(Goal.self).filter { $0.record.parent == nil }.compactMap { facts.progress.goals[$0.id] }
        let outlines = goals.filter { $0.progress != nil }.map {
            $0.explanation.outline(in: facts.workspace, seenFrom: plan.key, language)
        }
        guard !outlines.isEmpty else { return [] }
        return [
            .remark(
                t("进度由指标逐级汇总，每个数的由来如下。", "Progress is rolled up from measures; this is where each number comes from.")),
            .prose(outlines.joined(separator: "\n")),
        ]
    }

    private func isShown(_ kind: Kind) -> Bool { withSecrets || !kind.isSecret }

    // MARK: Tables

    private mutating func table(_ kind: Kind, _ records: [Record], _ filter: Filter?) -> Manuscript.Table {
        tables += 1
        let fields = kind.columns.filter { field in
            field.index != kind.titleField.index && (withSecrets || !field.spec.isSecret) && field.key != filter?.field
                && records.contains { $0[field] != nil }
        }.prefix(5)
        let computed = ComputedField.of(kind)
        let show = DisplayText(plan, in: facts.workspace, language)
        let columns =
            [column(t("编号", "Id"), 0.55), column(kind.titleField.label[language], 2.2)]
            + fields.map { column($0.label[language], weight($0), numeric: $0.isNumber) }
            + computed.map { column($0.label[language], $0.label.en == "Scheduled" ? 1.3 : 0.8, numeric: $0.isNumeric) }
        let rows = records.map { record in
            [record.id.short, record.title] + fields.map { field in record[field].map { cell($0, field, show) } ?? "" }
                + computed.map { $0(facts, record)?.text(in: language) ?? "" }
        }
        let depthOf = kind.isTree ? Dictionary(uniqueKeysWithValues: zip(plan.records(kind).map(\.id), plan.depths(kind))) : [:]
        return Manuscript.Table(
            caption: t("表 \(chapter)-\(tables)　\(kind.names.many.zh)", "Table \(chapter)-\(tables)  \(kind.names.many.en)"),
            columns: columns, rows: rows,
            depths: records.map { depthOf[$0.id] ?? 0 })
    }

    private mutating func set(_ table: ComputedTable) -> Manuscript.Table {
        tables += 1
        return Manuscript.Table(
            caption: t("表 \(chapter)-\(tables)　\(table.title.zh)", "Table \(chapter)-\(tables)  \(table.title.en)"),
            columns: table.columns.enumerated().map { index, column in
                self.column(column.title[language], width(of: index, in: table), numeric: column.isNumeric)
            },
            rows: table.rows.map { row in row.map { $0[language] } }, depths: table.rows.map { _ in 0 })
    }

    /// As wide as the longest cell asks for, within bounds.
    private func width(of index: Int, in table: ComputedTable) -> Double {
        let longest = table.rows.map { $0[index][language].count }.max() ?? 0
        return min(max(Double(longest) / 12, 0.55), 3)
    }

    private func cell(_ value: Value, _ field: FieldInfo, _ show: DisplayText) -> String {
        switch value {
        case .text(let text) where field.type == .prose: return Prose.plain(text)
        // In a table a reference is its id; people are named.
        case .references(let ids):
            return ids.map {
                $0.prefix == Person.names.prefix || $0.prefix == Role.names.prefix ? show.name($0) : $0.text(seenFrom: plan.key)
            }.joined(separator: show.separator)
        default: return show.text(value, field)
        }
    }

    private func column(_ title: String, _ weight: Double, numeric: Bool = false) -> Manuscript.Table.Column {
        Manuscript.Table.Column(title: title, isNumeric: numeric, weight: weight)
    }

    private func weight(_ field: FieldInfo) -> Double {
        switch field.type {
        case .prose: 2.6
        case .line: 1.3
        case .references, .links, .shares, .series: 1.1
        case .date, .money: 1
        default: 0.8
        }
    }
}

extension FieldInfo {
    var isNumber: Bool {
        switch type {
        case .whole, .number, .percent, .money, .duration: true
        default: false
        }
    }
}
