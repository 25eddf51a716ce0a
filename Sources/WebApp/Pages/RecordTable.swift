import Markup
import PlanInsight
import PlanModel

/// The records of one kind as a table whose cells are edited in place. Every kind has one, from its declaration; a few get
/// computed columns beside their own.
struct RecordTable {
    let page: Page
    let facts: PlanFacts
    let kind: Kind
    var columns: [FieldInfo]
    /// Whether findings hang beside their records.
    var showsNotes = true
    /// Whether rows stand as in the plan, so that they are set in by depth and can be moved.
    var isInOrder = true
    /// Rows deeper in a tree are set in no further.
    private static let deepest = 8
    /// The findings about records of the kind, where they are known apart from the others.
    var findingsOfKind: [Finding]?
    /// The records that links lead to here; all if nil.
    var anchored: Set<RecordID>?

    init(_ page: Page, _ facts: PlanFacts, _ kind: Kind, columns: [FieldInfo]? = nil) {
        self.page = page
        self.facts = facts
        self.kind = kind
        self.columns = columns ?? kind.columns.filter { $0.index != kind.titleField.index }
    }

    private var plan: Plan { facts.plan }
    var computed: [ComputedField] { ComputedField.of(kind) }

    func markup(_ records: [Record], sortable: ((FieldInfo) -> Attribute)? = nil, head: ((FieldInfo, String) -> Markup)? = nil)
        -> Markup
    {
        let findings = findings(of: records)
        return el(.table, .class("tbl cards")) {
            el(.thead) {
                el(.tr) {
                    el(.th) { head?(kind.titleField, page.t(kind.titleField.label)) ?? Markup(page.t(kind.titleField.label)) }
                    for column in columns {
                        el(.th, column.isNumeric ? .class("num") : nil) {
                            head?(column, heading(column)) ?? Markup(heading(column))
                        }
                    }
                    for column in computed { el(.th, column.isNumeric ? .class("num") : nil) { page.t(column.label) } }
                }
            }
            el(.tbody) { for record in records { row(record, findings[record.id] ?? []) } }
        }
    }

    private func findings(of records: [Record]) -> [RecordID: [Finding]] {
        let numbers = Set(records.map(\.id.number))
        let all = findingsOfKind ?? facts.findings
        // A long plan has tens of thousands: they are looked at in place.
        let found = all.indices.filter { all[$0].record.map { $0.prefix == kind.prefix && numbers.contains($0.number) } ?? false }
        return Dictionary(grouping: found.map { all[$0] }) { $0.record ?? plan.header.id }
    }

    private func heading(_ field: FieldInfo) -> String {
        field.type == .money && plan.currency != .yuan ? "\(page.t(field.label)) (\(plan.currency))" : page.t(field.label)
    }

    private func row(_ record: Record, _ findings: [Finding]) -> Markup {
        let depth = kind.isTree && isInOrder ? plan.depth(of: record) : 0
        let notes = showsNotes ? Array(findings.prefix(2)) : []
        let isAnchored = anchored?.contains(record.id) ?? true
        return el(
            .tr, .class("rec"), isAnchored ? .id(record.id.short) : nil,
            isAnchored && isInOrder && !page.isReadOnly
                ? .data("move", "/api/v1/plans/\(plan.key)/\(kind.names.plural)/\(record.id.short)/move") : nil,
            record.parent.map { .data("parent", "\(kind.prefix)-\($0)") }, kind.isTree ? .data("tree", "") : nil
        ) {
            el(.td, .class(depth > 0 ? "anchor depth-\(min(depth, Self.deepest))" : "anchor")) {
                cell(record, kind.titleField, class: "name")
                el(.span, .class("sub")) {
                    el(.a, .class("id"), .href(page.address(record.id))) { record.id.short }
                    if !showsNotes { page.dots(findings) }
                    if let words = Typed<PlanTask>(record)?.constraintWords {
                        el(.span, .class("held-by"), .title(page.t("限制条件", "Constraint"))) { page.t(words) }
                    }
                }
                if columns.isEmpty && computed.isEmpty { for note in notes { page.note(note) } }
            }
            for (index, column) in columns.enumerated() {
                let isLast = index == columns.count - 1 && computed.isEmpty
                el(
                    .td,
                    .class(
                        [
                            column.isNumeric ? "num" : nil, column.type == .date ? "nb" : nil, column.isWord ? "word" : nil,
                            isLast ? "anchor" : nil,
                        ].compactMap { $0 }.joined(separator: " ")), .data("l", page.t(column.label))
                ) {
                    cell(record, column)
                    if isLast { for note in notes { page.note(note) } }
                }
            }
            for (index, column) in computed.enumerated() {
                let isLast = index == computed.count - 1
                el(
                    .td,
                    .class(
                        [column.isNumeric ? "num" : nil, column.form == .progress ? "wide" : nil, isLast ? "anchor" : nil]
                            .compactMap {
                                $0
                            }.joined(separator: " ")), .data("l", page.t(column.label))
                ) {
                    page.computed(column(facts, record))
                    if isLast { for note in notes { page.note(note) } }
                }
            }
        }
    }

    /// A value that becomes a field when somebody clicks it.
    func cell(_ record: Record, _ field: FieldInfo, class extra: String = "") -> Markup {
        EditableValue(page, plan, record, field, standing: facts.value(field, of: record)).markup(class: extra)
    }
}

/// One field of one record as text that can be edited in place.
struct EditableValue {
    let page: Page
    let plan: Plan
    let record: Record
    let field: FieldInfo
    /// What is shown: that of a summary follows from its parts, that of a budget line from what is booked, whatever was entered.
    let standing: Value?

    init(_ page: Page, _ plan: Plan, _ record: Record, _ field: FieldInfo, standing: Value?) {
        self.page = page
        self.plan = plan
        self.record = record
        self.field = field
        self.standing = standing
    }

    func markup(class extra: String = "", tag: Tag = .span) -> Markup {
        let value = record[field]
        let isHeader = record.id == plan.header.id
        let path =
            isHeader ? "/api/v1/plans/\(plan.key)" : "/api/v1/plans/\(plan.key)/\(record.kind.names.plural)/\(record.id.short)"
        let shown = page.value(standing, field, of: plan)
        guard !page.isReadOnly else { return el(tag, extra.isEmpty ? nil : .class(extra)) { shown } }
        return el(
            tag, .class("edit\(extra.isEmpty ? "" : " " + extra)\(shown.isEmpty ? " blank" : "")"), .data("path", path),
            .data("edit", field.key),
            .data("type", field.entryType), .data("raw", value.map { field.text(of: $0, in: plan.textContext) } ?? ""), options,
            field.refs, .tabindex(0), .role("button"),
            .aria("label", page.t("编辑\(field.label.zh)", "Edit \(field.label.en)")),
            standing == value ? whole : .title(page.t(source))
        ) { shown }
    }

    /// What a value that nobody entered follows from.
    private var source: Label {
        record.id.prefix == BudgetLine.names.prefix
            ? Label("由登记的支出得出", "Follows from the spending booked") : Label("由其下的任务得出", "Follows from the tasks within it")
    }

    /// A title too long for the lines it gets, whole.
    private var whole: Attribute? {
        guard field.index == 0, case .text(let text)? = standing, text.count > Self.longTitle else { return nil }
        return .title(text)
    }

    /// Titles of more characters may not fit into their lines.
    private static let longTitle = 40

    private var options: Attribute? { OptionLists.id(of: field).map { .data("options", $0) } }
}

extension FieldInfo {
    /// The kinds of record that short ids typed here name, for the script that offers them.
    var refs: Attribute? {
        switch type {
        case .reference, .references, .links, .shares:
            spec.targets.isEmpty ? nil : .data("refs", spec.targets.map { $0.names.prefix }.joined(separator: ","))
        default: nil
        }
    }

    var isNumeric: Bool {
        switch type {
        case .whole, .number, .percent, .money, .duration: true
        default: false
        }
    }

    /// Whether its values are single words and names, which are not broken across lines.
    var isWord: Bool {
        switch type {
        case .choice, .flag, .reference, .references: true
        default: false
        }
    }

    /// How the script enters it.
    var entryType: String {
        switch type {
        case .prose: "prose"
        case .whole: "whole"
        case .number: "number"
        case .percent: "percent"
        case .money: "money"
        case .date: "date"
        case .choice: "choice"
        case .flag: "flag"
        case .reference where OptionLists.id(of: self) != nil: "reference"
        default: "line"
        }
    }
}

/// What can be chosen in the fields of a page's kinds: once per page, not once per cell.
struct OptionLists {
    let page: Page
    let plan: Plan

    /// The list a field chooses from; `nil` where it is typed.
    static func id(of field: FieldInfo) -> String? {
        switch field.type {
        case .choice(let options): "options-" + (options.first?.key ?? "") + "-\(options.count)-\(options.last?.key ?? "")"
        case .flag: "options-flag"
        case .reference where !field.spec.targets.contains { $0.names.prefix == PlanTask.names.prefix }:
            "options-" + field.spec.targets.map { $0.names.prefix }.joined(separator: "-")
        default: nil
        }
    }

    func markup(_ kinds: [Kind]) -> Markup {
        var seen: Set<String> = []
        var all = Markup()
        for field in kinds.flatMap(\.fields) {
            guard let id = Self.id(of: field), seen.insert(id).inserted else { continue }
            all.append(
                el(.datalist, .id(id)) {
                    for (value, label) in pairs(field) { el(.option, .value(value), Attribute("label", label)) }
                })
        }
        return all
    }

    func pairs(_ field: FieldInfo) -> [(String, String)] {
        switch field.type {
        case .choice(let options): options.map { ($0.key, $0.label[page.language]) }
        case .flag: [("true", page.t("是", "Yes")), ("false", page.t("否", "No"))]
        default:
            field.spec.targets.flatMap { plan.records(Kind.of($0)) }.prefix(500).map {
                ($0.id.short, $0.id.prefix == "P" || $0.id.prefix == "RO" ? $0.title : "\($0.id.short) \($0.title)")
            }
        }
    }
}
