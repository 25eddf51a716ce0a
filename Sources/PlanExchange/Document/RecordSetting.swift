import PlanInsight
import PlanModel
import PlanPictures
import WorkingTime

extension Kind {
    /// Whether a section says better what its records are than their kind does: a background is no mission, an interest no SWOT.
    var isNamedBySection: Bool { prefix == Statement.names.prefix || prefix == SWOTItem.names.prefix }

    /// Whether a record of the kind is text with a few particulars rather than a row of figures: at least three fields of prose,
    /// and these a fifth of all its fields.
    var isMainlyProse: Bool {
        let prose = fields.filter { $0.type == .prose }.count
        return !isTree && prose >= 3 && prose * 5 >= fields.count
    }
}

/// The records of a kind that sections of a document share among them.
struct Peers {
    let records: [Record]
    /// Whether the records of some section differ in the field that parts them.
    let isParted: Bool
}

/// Records that stand further down in a document once more: their prose is said there.
struct Returning {
    var ids: Set<RecordID> = []
    /// The field by which they are parted there.
    var by: Label?
}

/// How the records of a kind are set in a document. What stands in a table's columns follows from the declarations and from the
/// room there is; every other field a record has stands below its row, or in its block. Nothing is left out but what is secret.
struct RecordSetting {
    let facts: PlanFacts
    let language: Language
    let kind: Kind
    let records: [Record]
    /// The records of the kind that the sections of the document share among them: their tables have the same columns.
    private let peers: [Record]
    /// The fields that are printed: not the title, not the one the section's title says for all records, not what is secret.
    private let fields: [FieldInfo]
    /// Whether all records stand further up: then their particulars, figures and periods are not said again.
    private let isRepeated: Bool
    /// Those that stand further down once more.
    private let returning: Returning
    private let show: DisplayText
    /// The field by which the records came here, where some of those of a section differ in it.
    private let sorting: String?
    /// The numbers of the records.
    private let numbers: Set<Int>
    private let grids: [PeriodGrid]

    /// - Parameter peers: what the sections of the document share of the kind; the records alone if left out.
    init(
        _ facts: PlanFacts, _ language: Language, _ kind: Kind, _ records: [Record], _ filter: Filter?, withSecrets: Bool,
        isRepeated: Bool = false, returning: Returning = Returning(), peers: Peers? = nil
    ) {
        self.facts = facts
        self.language = language
        self.kind = kind
        self.records = records
        self.isRepeated = isRepeated
        self.returning = returning
        self.peers = peers?.records ?? records
        let settled = filter.flatMap { $0.isSettled(for: records) ? $0.field : nil }
        sorting = settled == nil || peers?.isParted == true ? filter?.field : nil
        numbers = Set(records.map(\.id.number))
        show = DisplayText(facts.plan, in: facts.workspace, language)
        fields = kind.fields.filter {
            $0.index != kind.titleField.index && (withSecrets || !$0.spec.isSecret) && $0.key != settled
        }
        grids = PeriodGrid.all(fields, records, language)
    }

    // MARK: Entries

    var entries: [Manuscript.Entry] {
        records.map { record in
            Manuscript.Entry(
                title: "\(record.id.short)　\(record.title)",
                details: fields.compactMap { detail(record, $0, isNamed: true) }
                    + (notes(on: record) + [difference(record)]).compactMap { $0 })
        }
    }

    /// Of a version of a procedure: what it says otherwise than the one before.
    private func difference(_ record: Record) -> Manuscript.Detail? {
        guard let procedure = Typed<Procedure>(record), let found = ProcedureDifference(procedure, in: facts.plan),
            !found.parts.isEmpty
        else { return nil }
        let isChinese = language == .chinese
        let lines = found.parts.flatMap { part -> [String] in
            // Where little is left of the text before, both say more than their lines beside each other.
            if part.difference.isRewritten {
                let name = part.field.label[language]
                return [isChinese ? "- \(name)：重写，见两版正文" : "- \(name): rewritten; see both versions"]
            }
            return part.difference.changes.map { change -> String in
                let name = "- \(part.field.label[language])"
                return switch change {
                case .removed(let text): "\(name)\(isChinese ? "，删去：" : ", removed: ")\(text)"
                case .added(let text): "\(name)\(isChinese ? "，新增：" : ", added: ")\(text)"
                case .reworded(let old, let new): "\(name)\(isChinese ? "，改动：" : ", changed: ")\(old) → \(new)"
                }
            }
        }
        let version = found.earlier.version ?? found.earlier.id.short
        return Manuscript.Detail(
            label: isChinese ? "与 \(version) 版的差别" : "Differences from version \(version)",
            text: .prose(lines.joined(separator: "\n")))
    }

    // MARK: Tables

    func table(caption: String) -> Manuscript.Table {
        // A column that nothing stands in only takes room.
        let computed = ComputedField.of(kind).filter { field in
            records.contains { field(facts, $0)?.text(in: language).isEmpty == false }
        }
        let depths = depths(of: records)
        let found = computed.map { field in records.map { field(facts, $0)?.text(in: language) ?? "" } }
        let columns = chosen.compactMap { field in column(field, of: records).map { (field: field, fit: $0) } }
        let shown = Set(columns.map(\.field.index))
        let fits = ends(of: records, computed).first + columns.map(\.fit) + ends(of: records, computed).last
        let shared = isRepeated ? [:] : shared(fields.filter { !shown.contains($0.index) })
        let rows = records.enumerated().map { index, record in
            let below = fields.filter {
                (!shown.contains($0.index) || isShortened(record, $0)) && shared[$0.index] == nil && !isSaid(record, $0)
            }
            return Manuscript.Table.Row(
                cells: [.line(record.id.short), .line(record.title)] + columns.map { cell(record, $0.field) }
                    + found.map { .line($0[index]) },
                depth: depths[index],
                details: ([parent(of: record)] + below.map { detail(record, $0) } + notes(on: record)).compactMap { $0 }.filter {
                    $0.isPassage ? !returning.ids.contains(record.id) : !isRepeated
                })
        }
        return Manuscript.Table(
            caption: caption, columns: ColumnFit.columns(fits), rows: rows + total(columns.map(\.field), computed),
            shared: fields.compactMap { shared[$0.index] },
            units: units(columns.map(\.field), computed) + named(columns.map(\.field)) + elsewhere(shown) + appended)
    }

    /// The fields that have columns: as many of the candidates as there is room for in the tables of all peers.
    private var chosen: [FieldInfo] {
        let ends = ends(of: peers, ComputedField.of(kind))
        let printed = Set(fields.map(\.index))
        return ColumnFit.chosen(candidates, first: sorting, beside: ends.first + ends.last).map(\.field).filter {
            printed.contains($0.index)
        }
    }

    /// The columns that are always there: id and title, and what is computed, where it says anything.
    private func ends(of records: [Record], _ computed: [ComputedField]) -> (first: [ColumnFit], last: [ColumnFit]) {
        let ids = ColumnFit(language == .chinese ? "编号" : "ID", records.map(\.id.short), isWhole: true)
        let titles = ColumnFit(
            kind.titleField.label[language],
            zip(records, depths(of: records)).map { String(repeating: "　", count: $1) + $0.title }, most: 13)
        let last = computed.compactMap { field -> ColumnFit? in
            let texts = records.map { field(facts, $0)?.text(in: language) ?? "" }
            if texts.allSatisfy(\.isEmpty) { return nil }
            return ColumnFit(
                field.label[language], cells: texts.map { .line($0) }, isNumeric: field.isNumeric || field.form == .progress,
                isWhole: true, total: sum(field).map(DisplayText.amount))
        }
        return ([ids, titles], last)
    }

    /// How deep each record stands below another of the table.
    private func depths(of records: [Record]) -> [Int] {
        var depths: [Int: Int] = [:]
        return records.map { record in
            let depth = record.parent.flatMap { depths[$0] }.map { $0 + 1 } ?? 0
            depths[record.id.number] = depth
            return kind.isTree ? depth : 0
        }
    }

    /// What a record is part of, where that stands in another table.
    private func parent(of record: Record) -> Manuscript.Detail? {
        guard let number = record.parent, !numbers.contains(number) else { return nil }
        let above = RecordID(plan: facts.plan.key, prefix: record.id.prefix, number: number)
        return Manuscript.Detail(label: language == .chinese ? "上级" : "Part of", text: .line(above.short))
    }

    /// What is computed of a record and said in a sentence.
    private func notes(on record: Record) -> [Manuscript.Detail?] {
        ComputedField.notes(of: kind).map { field in
            field(facts, record).map { Manuscript.Detail(label: field.label[language], text: .line($0.text(in: language))) }
        }
    }

    /// A last row with what amounts of at least two records come to; parts of a record are in it already.
    private func total(_ columns: [FieldInfo], _ computed: [ComputedField]) -> [Manuscript.Table.Row] {
        let sums = columns.map { sum($0, of: records) } + computed.map(sum)
        guard sums.contains(where: { $0 != nil }) else { return [] }
        let cells = ["", language == .chinese ? "合计" : "Total"] + sums.map { $0.map(DisplayText.amount) ?? "" }
        return [
            Manuscript.Table.Row(
                cells: cells.map(Manuscript.Text.line), isTotal: true)
        ]
    }

    /// `nil` for what does not add up.
    private func sum(_ field: FieldInfo, of records: [Record]) -> Money? {
        let numbers = Set(records.map(\.id.number))
        let amounts = records.filter { $0.parent.map { !numbers.contains($0) } ?? true }.compactMap { record -> Money? in
            if case .money(let money)? = facts.value(field, of: record) { money } else { nil }
        }
        let own = amounts.filter { $0.currency == facts.plan.currency }
        guard field.spec.isSummed, amounts.count > 1, own.contains(where: { $0.units != 0 }) else { return nil }
        return own.reduce(Money.zero(facts.plan.currency) as Money?) { $0?.adding($1) }
    }

    private func sum(_ field: ComputedField) -> Money? {
        let amounts = records.compactMap { record -> Money? in
            if case .amount(let money, _)? = field(facts, record) { money } else { nil }
        }
        guard amounts.count > 1 else { return nil }
        return amounts.reduce(Money.zero(facts.plan.currency) as Money?) { $0?.adding($1) }
    }

    /// What the amounts in a table's columns are counted in.
    private func units(_ columns: [FieldInfo], _ computed: [ComputedField]) -> [Manuscript.Detail] {
        guard columns.contains(where: { $0.type == .money }) || computed.contains(where: { $0.form == .amount }) else {
            return []
        }
        let currency = facts.plan.currency
        let hasOthers = records.contains { !$0.amounts(besides: currency).isEmpty }
        let besides = hasOthers ? Label("；其他币种的金额不计入合计", "; amounts in other currencies are not in the totals")[language] : ""
        return [
            Manuscript.Detail(
                label: language == .chinese ? "金额单位" : "Amounts in", text: .line(currency.name(in: language) + besides))
        ]
    }

    /// Few records of short names that columns give by id again and again, such as products and channels: what each id stands for.
    private func named(_ columns: [FieldInfo]) -> [Manuscript.Detail] {
        columns.filter { $0.type == .reference }.flatMap { field -> [Manuscript.Detail] in
            let ids = records.compactMap { record -> RecordID? in
                guard case .references(let ids)? = record[field], let id = ids.first else { return nil }
                return id.isSomebody || id.plan != facts.plan.key ? nil : id
            }
            let distinct = Set(ids).sorted { $0.number < $1.number }
            let names = distinct.map { facts.workspace.record($0)?.title ?? "" }
            guard (1...Self.mostNamed).contains(distinct.count), ids.count >= 2 * distinct.count,
                names.allSatisfy({ !$0.isEmpty && TextWidth.of($0, size: 1) <= Self.shortName })
            else { return [] }
            return zip(distinct, names).map { Manuscript.Detail(label: $0.short, text: .line($1)) }
        }
    }

    private static let mostNamed = 6
    /// In the width of a Han character.
    private static let shortName = 14.0

    /// The prose that is said further down, and where.
    private func elsewhere(_ shown: Set<Int>) -> [Manuscript.Detail] {
        let later = records.filter { returning.ids.contains($0.id) }
        let said = fields.filter { field in
            field.type == .prose && !shown.contains(field.index) && later.contains { $0.values[field.index] != nil }
        }
        guard let label = returning.by, !said.isEmpty else { return [] }
        let isChinese = language == .chinese
        return [
            Manuscript.Detail(
                label: said.map { $0.label[language] }.joined(separator: isChinese ? "、" : ", "),
                text: .line(isChinese ? "见后文按「\(label.zh)」所列" : "see below, by \(label.en.lowercased())"))
        ]
    }

    /// That the figures of its periods stand at the end of the document.
    private var appended: [Manuscript.Detail] {
        guard !isRepeated, grids.contains(where: \.isLong) else { return [] }
        let isChinese = language == .chinese
        return [
            Manuscript.Detail(
                label: isChinese ? "各期数值" : "Figures by period", text: .line(isChinese ? "见附录" : "in the appendix"))
        ]
    }

    /// What all of at least three records say alike, by the index of its field.
    private func shared(_ fields: [FieldInfo]) -> [Int: Manuscript.Detail] {
        guard let first = records.first, records.count >= 3 else { return [:] }
        var shared: [Int: Manuscript.Detail] = [:]
        for field in fields {
            guard let value = first[field], records.allSatisfy({ $0[field] == value }),
                let said = detail(first, field), !said.isPassage
            else { continue }
            shared[field.index] = said
        }
        return shared
    }

    /// The kind's columns that enough of the peers have something in, and whose text is short enough for one.
    private var candidates: [(field: FieldInfo, fit: ColumnFit)] {
        let printed = Set(fields.map(\.index))
        let columns = kind.columns
        return (columns + kind.fields.filter { field in isSum(field) && !columns.contains { $0.index == field.index } }).filter {
            field in
            (printed.contains(field.index) || field.key == sorting) && !isHealth(field)
                && (isSum(field) || !grids.contains { $0.holds(field) })
                && !(isRepeated && (field.isNumber || isSum(field)))
        }.compactMap { field in
            let cells = peers.map { cell($0, field) }
            let texts = cells.map(\.plain)
            // What all rows say alike is said once above them; what most rows have nothing in stands below those that have.
            let isEntered = peers.allSatisfy { $0.values[field.index] != nil || field.isNumber }
            if peers.count >= 3, !isRepeated, isEntered, texts.allSatisfy({ $0 == texts[0] }) { return nil }
            guard texts.filter({ !$0.isEmpty }).count * 2 >= texts.count, cells.allSatisfy(\.isShort) else { return nil }
            return column(field, of: peers).map { (field, $0) }
        }
    }

    /// Whether a column says what a series comes to whose values stand at the end of the document.
    private func isSum(_ field: FieldInfo) -> Bool {
        field.spec.isSummed && field.type == .series && grids.contains { $0.isLong && $0.holds(field) }
    }

    private func title(_ field: FieldInfo) -> String {
        let label = field.label
        guard isSum(field) else { return label[language] }
        let (total, months) = (Label("\(label.zh)合计", "Total \(label.en.lowercased())")[language], months(of: field))
        return months.map { language == .chinese ? "\(total)（\($0.zh)）" : "\(total), \($0.en)" } ?? total
    }

    /// From when to when a sum counts, where its periods are months of one year: a target's are more than those sold in so far.
    private func months(of field: FieldInfo) -> Label? {
        let days = peers.flatMap { record -> [Day] in
            if case .series(let series)? = record.values[field.index] { series.days } else { [] }
        }
        guard let first = days.min(), let last = days.max(), first.year == last.year, first.month != last.month,
            Series.text(of: last).count == 7
        else { return nil }
        let names = [first, last].map { String(DisplayText.months[$0.month - 1].prefix(3)) }
        return Label("\(first.month)–\(last.month)月", "\(names[0])–\(names[1])")
    }

    /// A field's column in the table of some records; `nil` where none has anything in it.
    private func column(_ field: FieldInfo, of records: [Record]) -> ColumnFit? {
        let cells = records.map { cell($0, field) }
        if cells.allSatisfy(\.plain.isEmpty) { return nil }
        return ColumnFit(
            title(field),
            cells: cells,
            isNumeric: field.isNumber || isSum(field), isWhole: field.isWord, most: ColumnFit.measure(of: field.type),
            total: sum(field, of: records).map(DisplayText.amount))
    }

    private func cell(_ record: Record, _ field: FieldInfo) -> Manuscript.Text {
        if isSum(field), case .series(let series)? = record.values[field.index] {
            return .line(DisplayText.figure(series.total))
        }
        return facts.value(field, of: record).map { text($0, field, isNamed: false) } ?? .line("")
    }

    /// Whether the column of a task's health tells it but for tasks that are blocked or dropped.
    private func isHealth(_ field: FieldInfo) -> Bool { kind == .of(PlanTask.self) && field.key == "state" }

    /// Whether it goes without saying, or the computed columns say it already: of a finished task that it is done, and wholly; of any
    /// that it begins and ends when it lies.
    private func isSaid(_ record: Record, _ field: FieldInfo) -> Bool {
        let value = facts.value(field, of: record)
        if let value, value == field.spec.initial { return true }
        guard record.id.prefix == PlanTask.names.prefix else { return false }
        let dates = facts.schedule[record.id]
        return switch value {
        case .choice("done"): field.key == "state"
        case .number(1): field.key == "progress"
        case .date(let day):
            ["start", "actualStart"].contains(field.key) && day == dates?.start
                || ["due", "actualFinish"].contains(field.key) && day == dates?.finish
        default: false
        }
    }

    /// Whether a column shows less than the field holds.
    private func isShortened(_ record: Record, _ field: FieldInfo) -> Bool {
        if case .series(let series)? = record.values[field.index] { series.count > 1 } else { false }
    }

    // MARK: Values

    /// A field that was given, with its label; what periods a table shows stands there.
    private func detail(_ record: Record, _ field: FieldInfo, isNamed: Bool = false) -> Manuscript.Detail? {
        // What is booked against a budget line counts though nobody typed it there.
        guard let value = facts.value(field, of: record), record.values[field.index] != nil || value != record[field],
            !grids.contains(where: { $0.holds(field) })
        else { return nil }
        let label = field.label[language]
        switch value {
        case .series(let series):
            return Manuscript.Detail(label: label, text: .line(PeriodGrid.text(series, of: record, language)))
        case .money(let money): return Manuscript.Detail(label: label, text: .line(DisplayText.sum(money, language)))
        default: return Manuscript.Detail(label: label, text: text(value, field, isNamed: isNamed))
        }
    }

    private func text(_ value: Value, _ field: FieldInfo, isNamed: Bool) -> Manuscript.Text {
        switch value {
        case .text(let text) where field.type == .prose: .prose(text)
        case .text(let text) where field.key == "scores" && kind == .of(Survey.self):
            .line(SurveyScores.words(of: text)?[language] ?? text)
        case .references(let ids) where !isNamed: .list(ids.map(reference), separator: show.separator)
        case .references, .links, .shares: .list(show.items(value), separator: show.separator)
        default: .line(show.text(value, field))
        }
    }

    /// People are named, records of other plans too; those of this plan stand elsewhere in the document and are given by id.
    private func reference(_ id: RecordID) -> String {
        id.isSomebody || id.plan != facts.plan.key ? show.name(id) : id.short
    }

    // MARK: Series

    var periodGrids: [PeriodGrid] { isRepeated ? [] : grids }
}

extension Manuscript.Text {
    var plain: String {
        switch self {
        case .line(let text): text
        case .list(let items, let separator): items.joined(separator: separator)
        case .prose(let text): Prose.plain(text)
        }
    }

    /// What it says, in parts that may be broken where a text may be, or not at all.
    var parts: [(text: Substring, isWhole: Bool)] {
        guard case .list(let items, let separator) = self else { return UnbrokenText.parts(plain) }
        return items.enumerated().flatMap { index, item -> [(text: Substring, isWhole: Bool)] in
            let text = index + 1 < items.count ? item + separator : item
            guard item.count <= Self.longestName else { return UnbrokenText.parts(text) }
            // The space of `, ` stays a place to break.
            let space = text.suffix(from: text.lastIndex { $0 != " " }.map(text.index(after:)) ?? text.startIndex)
            return [(text.dropLast(space.count), true)] + (space.isEmpty ? [] : [(space, false)])
        }
    }

    /// Longer names are broken like any text, in characters.
    private static let longestName = 12

    /// Whether it can stand in a column: one paragraph of a few lines.
    var isShort: Bool {
        switch self {
        case .line, .list: plain.count <= 40
        case .prose(let text):
            text.count <= 90 && Prose.blocks(text).allSatisfy { $0.kind == .paragraph } && !text.contains("\n\n")
        }
    }
}

extension FieldInfo {
    /// A date, a choice: a word or two that stand on one line.
    var isWord: Bool {
        switch type {
        case .date, .choice, .flag: true
        default: false
        }
    }

    var isNumber: Bool {
        switch type {
        case .whole, .number, .percent, .money, .duration: true
        default: false
        }
    }
}
