import Hummingbird
import Markup
import PlanExchange
import PlanInsight
import PlanModel

/// A record's own page: the whole form, its findings, what points to it, its history. Works without script.
struct RecordPage {
    let page: Page
    let facts: PlanFacts
    let kind: Kind
    /// `nil` for a new one.
    let record: Record?
    /// What was typed and refused, by field, with the problems.
    var typed: [String: String] = [:]
    var problems: [Problem] = []
    var conflicts: [Conflict] = []
    /// The revision the form was first made on, where it is shown again; the present one if left out.
    var base: Int?

    private var plan: Plan { facts.plan }
    private var list: String { "/plans/\(plan.key)/\(kind.names.plural)" }
    private var isHeader: Bool { record?.id == plan.header.id }

    /// The place of the record in its list, on whichever page of it; of the plan's own settings the plan.
    private var back: String {
        guard let record, !isHeader else { return isHeader ? "/plans/\(plan.key)" : list }
        let place = plan.records(kind).firstIndex { $0.id == record.id } ?? 0
        let start = place / TablePage.pageSize * TablePage.pageSize
        return list + (start > 0 ? "?from=\(start)" : "") + "#\(record.id.short)"
    }

    func response() -> Response {
        let title =
            isHeader
            ? page.t("计划设置", "Settings")
            : record.map { "\($0.id.short) \($0.title)" }
                ?? page.t("新增\(kind.names.one.zh)", "New \(kind.names.one.en.lowercased())")
        return page.response(
            title: title, tab: .tables,
            status: !conflicts.isEmpty ? .conflict : problems.isEmpty ? .ok : .unprocessableContent
        ) {
            el(.main, .class("page"), .id("main")) {
                el(.header, .class("page-head")) {
                    el(.div) {
                        el(.h1) { record?.title ?? title }
                        el(.p) {
                            if isHeader {
                                el(.a, .class("ref"), .href(back)) { plan.title }
                            } else {
                                if let record { "\(record.id.short) · " }
                                el(.a, .class("ref"), .href(list)) { page.t(kind.names.many) }
                            }
                            " · \(page.t(kind.names.help))"
                        }
                    }
                }
                page.refusals(refusals.problems, conflicts)
                let findings = facts.findings.filter { $0.record != nil && $0.record == record?.id }
                el(.div, findings.isEmpty ? nil : .class("record")) {
                    if !findings.isEmpty {
                        el(.div, .class("beside")) { for finding in findings { page.note(finding, flow: true) } }
                    }
                    el(.div) {
                        if let record {
                            reasons(record)
                            reviewFacts(record)
                        }
                        form
                    }
                }
                if let record {
                    explanation(record)
                    forecast(record)
                    computation(record)
                    test(record)
                    notes(record)
                    differences(record)
                    sharing(record)
                    pointers(record)
                }
            }
        }
    }

    // MARK: Form

    private var form: Markup {
        el(
            .form, .class("form"), .method("post"), .action(record.map { page.address($0.id) } ?? list),
            page.unsaved(problems, conflicts)
        ) {
            page.base(base ?? plan.revision)
            if page.isReadOnly { el(.fieldset, .class("settled wide"), .disabled) { controls } } else { controls }
            acts
        }
    }

    @MarkupBuilder private var controls: Markup {
        for field in kind.fields.prefix(1) { fieldControl(field) }
        if kind.isTree { parentField }
        let (usual, further) = fields
        for field in usual { fieldControl(field) }
        if !further.isEmpty {
            el(.details, .class("further wide")) {
                el(.summary) { page.t("更多字段（\(further.count)）", "More fields (\(further.count))") }
                el(.div, .class("fields")) { for field in further { fieldControl(field) } }
            }
        }
    }

    private var acts: Markup {
        el(.div, .class("acts")) {
            if !page.isReadOnly { el(.button, .class("btn main"), .type("submit")) { page.t("保存\(kind.names.one.zh)", "Save") } }
            if record == nil, !page.isReadOnly {
                el(.button, .class("btn"), .type("submit"), .name("then"), .value("another")) {
                    page.t("保存并再增一条", "Save and add another")
                }
            }
            el(.a, .class("btn"), .href(back)) { page.t("返回", "Back") }
            if let record, !isHeader, !page.isReadOnly {
                el(
                    .button, .class("btn danger right"), .type("submit"),
                    Attribute("formaction", page.address(record.id) + "/deletion"), Attribute("formnovalidate", ""),
                    .data("confirm", deletion(of: record))
                ) { page.t("删除\(kind.names.one.zh)", "Delete") }
            }
        }
    }

    /// A form that fits on a page shows whole below its title; of a longer one what is usual or filled in comes first, the rest is
    /// unfolded.
    private var fields: (usual: [FieldInfo], further: [FieldInfo]) {
        let all = Array(kind.fields.dropFirst())
        guard all.count > RecordPage.fieldsShown else { return (all, []) }
        let columns = Set(kind.columns.map(\.index))
        let isUsual = { (field: FieldInfo) in
            field.spec.isRequired || columns.contains(field.index) || field.type == .links || !raw(field).isEmpty
                || problems.contains { $0.field == field.key }
        }
        return (all.filter(isUsual), all.filter { !isUsual($0) })
    }

    /// More fields than this are not shown at once.
    private static let fieldsShown = 18

    /// The keys of the fields in the order in which they stand on the page.
    private var order: [String] {
        let (usual, further) = fields
        return [kind.titleField.key] + (kind.isTree ? ["parent"] : []) + (usual + further).map(\.key)
    }

    private var refusals: FieldRefusals {
        let inConflict = conflicts.filter { $0.record == record?.id }.compactMap(\.field)
        return FieldRefusals(page, problems, order: problems.isEmpty && inConflict.isEmpty ? [] : order, others: inConflict)
    }

    /// What goes with a record, before it does.
    private func deletion(of record: Record) -> String {
        var within: Set = [record.id.number]
        for other in plan.records(kind) where other.parent.map(within.contains) ?? false { within.insert(other.id.number) }
        let inside = within.count - 1
        let pointing = page.workspace.plans.flatMap { $0.pointers(to: record.id) }.count
        let parts = inside == 0 ? "" : page.t("和其下的 \(inside) 项", " and \(inside) within it")
        let references =
            pointing == 0
            ? ""
            : page.t(
                "别处对它的 \(pointing) 处引用也会清除。",
                " \(pointing == 1 ? "1 reference" : "\(pointing) references") to it will be cleared.")
        return page.t("删除 \(record.id.short) \(record.title)\(parts)？", "Delete \(record.id.short) \(record.title)\(parts)?")
            + references
            + page.t("可在历史中恢复。", " It can be restored from the history.")
    }

    private var parentField: Markup {
        let present = record?.parent.map { "\(kind.prefix)-\($0)" } ?? ""
        let hints = [page.t("填上级记录的编号；留空为顶层。", "The short id of the record it stands in; empty for the top.")]
        let attributes: [Attribute?] = [
            .id("f-parent"), .name("parent"), .value(typed["parent"] ?? present), .placeholder("\(kind.prefix)-1"),
            .data("refs", kind.prefix),
        ]
        return el(.div) {
            el(.label, .for("f-parent")) { page.t("上级", "Within") }
            el(.input, attributes + refusals.spoken("parent", hints: hints.count))
            refusals.said(of: "parent", hints: hints)
        }
    }

    private func fieldControl(_ field: FieldInfo) -> Markup {
        let isWide =
            field.type == .prose || field.type == .series || field.type == .links || field.type == .references
            || field.type == .shares || field.index == 0
        let hints = [named(field), (field.spec.help ?? hint(field)).map { page.t($0) }].compactMap { $0 }
        return el(.div, isWide ? .class("wide") : nil) {
            el(.label, .for("f-\(field.key)"), field.spec.isRequired ? .class("needed") : nil) {
                page.t(field.label)
                if let unit = field.spec.unit { " (\(page.t(unit)))" }
            }
            input(field, refusals.spoken(field.key, hints: hints.count))
            refusals.said(of: field.key, hints: hints)
        }
    }

    private func hint(_ field: FieldInfo) -> Label? {
        switch field.type {
        case .links:
            Label(
                "输入任务的编号或名称，可接关系与延隔：T-3、需求评审 SS+2d",
                "Ids or titles of tasks, with relation and lag where needed: T-3, Design review SS+2d")
        case .shares: Label("如 P-3 50%, P-4", "Such as P-3 50%, P-4")
        case .duration: Label("如 5天、半天、4小时、2周，或 5d、4h、2w；3ed 为 3 个自然日", "Such as 5d, 4h, 2w; 3ed is three elapsed days")
        case .series: Label("每行或用逗号分隔：2026-03: 92.6", "One a line or separated by commas: 2026-03: 92.6")
        // A list to choose from says by itself what it takes.
        case .reference where OptionLists.id(of: field) != nil: nil
        case .references, .reference:
            Label(
                "输入编号或名字来选："
                    + field.spec.targets.map { "\($0.names.one.zh)（如 \($0.names.prefix)-1）" }.joined(separator: "、"),
                "Type an id or a name to choose: "
                    + field.spec.targets.map { "\($0.names.one.en.lowercased()) (such as \($0.names.prefix)-1)" }.joined(
                        separator: ", "))
        default: nil
        }
    }

    /// Whom the short ids in a field stand for.
    private func named(_ field: FieldInfo) -> String? {
        let ids: [RecordID] =
            switch record?[field] {
            case .references(let ids) where OptionLists.id(of: field) == nil: ids
            case .shares(let shares): shares.map(\.who)
            case .links(let links): links.map(\.predecessor)
            default: []
            }
        let names = ids.compactMap { id in page.workspace.record(id).map { "\(id.text(seenFrom: plan.key)) \($0.title)" } }
        return names.isEmpty ? nil : names.joined(separator: page.t("；", "; "))
    }

    private func raw(_ field: FieldInfo) -> String {
        if let text = typed[field.key] { return text }
        guard let value = record?[field] ?? (record == nil ? field.spec.initial : nil) else { return "" }
        if case .series = value { return field.texts(of: value, in: plan.textContext).joined(separator: "\n") }
        return field.text(of: value, in: plan.textContext)
    }

    private func input(_ field: FieldInfo, _ spoken: [Attribute]) -> Markup {
        let text = raw(field)
        let attributes: [Attribute?] = [.id("f-\(field.key)"), .name(field.key)] + spoken
        switch field.type {
        case .prose, .series: return el(.textarea, attributes, Markup("\n" + text))
        case .choice, .flag: return select(OptionLists(page: page, plan: plan).pairs(field), text, attributes)
        case .reference where OptionLists.id(of: field) != nil:
            let pairs = OptionLists(page: page, plan: plan).pairs(field)
            return select(pairs + (text.isEmpty || pairs.contains { $0.0 == text } ? [] : [(text, text)]), text, attributes)
        case .date:
            let ends = [("min", "\(Limits.years.lowerBound)-01-01"), ("max", "\(Limits.years.upperBound)-12-31")]
            return el(.input, attributes + [.type("date"), .value(text)] + ends.map { Attribute($0, $1) })
        default:
            let isFirst = field.index == 0 && record == nil && refusals.first == nil
            return el(
                .input,
                attributes + [
                    .value(text), field.spec.isRequired ? .required : nil, field.refs, isFirst ? .autofocus : nil,
                ])
        }
    }

    private func select(_ options: [(String, String)], _ text: String, _ attributes: [Attribute?]) -> Markup {
        el(
            .select, attributes,
            Markup {
                el(.option, .value("")) { "" }
                for (value, label) in options { el(.option, .value(value), value == text ? .selected : nil) { label } }
            })
    }

    // MARK: Beside the form

    private func explanation(_ record: Record) -> Markup {
        let tree = facts.progress.goals[record.id]?.explanation ?? facts.progress.measures[record.id]?.explanation
        guard let tree, !tree.children.isEmpty else { return Markup() }
        let number = tree.number.map(DisplayText.percent) ?? "—"
        return el(.section, .class("sec"), .id("why")) {
            el(.header) { el(.h2) { page.t("为什么是 \(number)？", "Why \(number)?") } }
            ReasonTree(page: page, plan: plan.key).view(tree)
        }
    }

    /// Where a measure is heading, or why that cannot be told.
    private func forecast(_ record: Record) -> Markup {
        guard let forecast = facts.forecasts[record.id] else { return Markup() }
        return el(.section, .class("sec"), .id("forecast")) {
            el(.header) { el(.h2) { page.t("预测", "Forecast") } }
            el(.p) { page.t(forecast.words(unit: Typed<Measure>(record)?.unit ?? "")) }
            if forecast.end != nil, !forecast.notes.isEmpty {
                el(.ul, .class("why")) { for note in forecast.notes { el(.li) { page.t(note) } } }
            }
        }
    }

    /// How the newest value of a computed measure came about, or why it has none.
    private func computation(_ record: Record) -> Markup {
        guard let reason = facts.formulaReason(of: record.id) else { return Markup() }
        return el(.section, .class("sec"), .id("computation")) {
            el(.header) {
                el(.h2) {
                    reason.value == nil
                        ? page.t("\(reason.period) 为什么没有值", "Why there is no value in \(reason.period)")
                        : page.t("\(reason.period) 的值怎样算出", "How the value of \(reason.period) is computed")
                }
            }
            ReasonTree(page: page, plan: plan.key).view(reason)
        }
    }

    /// What the data say of a cause.
    private func test(_ record: Record) -> Markup {
        guard let test = facts.test(of: record.id) else { return Markup() }
        return el(.section, .class("sec"), .id("test")) {
            el(.header) { el(.h2) { page.t("数据怎么说", "What the data say") } }
            el(.p) { page.t(test.verdict) }
            if let reason = test.reason { el(.p, .class("muted small")) { page.t(reason) } }
        }
    }

    /// What is computed of a record and said in a sentence.
    private func notes(_ record: Record) -> Markup {
        let notes = ComputedField.notes(of: kind).compactMap { field in field(facts, record).map { (field.label, $0) } }
        return Markup {
            for (label, value) in notes {
                el(.section, .class("sec")) {
                    el(.header) { el(.h2) { page.t(label) } }
                    el(.p) { value.text(in: page.language) }
                }
            }
        }
    }

    /// What this plan and others together ask of somebody.
    private func sharing(_ record: Record) -> Markup {
        guard let shared = facts.sharedPeople.first(where: { $0.person == record.id }) else { return Markup() }
        let heads = [
            page.t("计划", "Plan"), page.t("承诺投入", "Committed"), page.t("任务最多占用", "Peak of tasks"), page.t("期间", "Period"),
        ]
        return el(.section, .class("sec"), .id("sharing")) {
            el(.header) { el(.h2) { page.t("在各计划中的投入", "Time given to each plan") } }
            el(.table, .class("tbl")) {
                el(.thead) { el(.tr) { for head in heads { el(.th) { head } } } }
                el(.tbody) {
                    for part in shared.parts {
                        el(.tr) {
                            el(.td) { el(.a, .class("ref"), .href(page.address(part.person))) { part.title } }
                            el(.td, .class("nb")) { part.promised.map(DisplayText.percent) ?? "—" }
                            el(.td, .class("nb")) { part.load.values.max().map(DisplayText.percent) ?? "—" }
                            el(.td) {
                                if let from = part.load.keys.min(), let until = part.load.keys.max() {
                                    "\(from) – \(until)"
                                } else {
                                    "—"
                                }
                            }
                        }
                    }
                }
            }
            for finding in facts.findings where finding.code == "D3-10" && finding.record == record.id {
                el(.p) { page.t(finding.reason) }
            }
        }
    }

    /// Why a task lies where it does, as a chain back in time.
    private func reasons(_ record: Record) -> Markup {
        guard let dates = facts.schedule[record.id] else { return Markup() }
        let reasons = facts.schedule.reasonsForStart(of: record.id)
        return el(.details, .class("unfold")) {
            el(.summary) {
                page.t(
                    "为什么排在 \(DisplayText.short(dates.start, page.language, on: facts.today))？",
                    "Why \(DisplayText.short(dates.start, page.language, on: facts.today))?")
            }
            el(.ol) {
                for reason in reasons.prefix(12) {
                    el(.li) {
                        if reason.task != record.id { page.reference(reason.task, from: plan.key); " " }
                        el(.span, .class("muted nb")) {
                            DisplayText.short(reason.start, page.language, on: facts.today); "　"
                        }
                        page.t(reason.words)
                    }
                }
                if reasons.count > 12 {
                    el(.li, .class("muted")) {
                        page.t("再往前还有 \(reasons.count - 12) 步。", "\(reasons.count - 12) more steps before that.")
                    }
                }
            }
        }
    }

    /// What happened in the period of a review, to be taken over into it.
    private func reviewFacts(_ record: Record) -> Markup {
        guard let review = Typed<Review>(record) else { return Markup() }
        let found = ReviewFacts(review, facts)
        let title = page.t(
            "期间的事实（\(found.period.lowerBound) 至 \(found.period.upperBound)）",
            "What happened, \(found.period.lowerBound) to \(found.period.upperBound)")
        return Markup {
            el(.p) {
                el(.a, .class("ref"), .href(page.address(record.id) + "/report")) {
                    page.t("一页报告：看、打印、下载", "Report on one page: read, print, download")
                }
            }
            if found.groups.isEmpty {
                el(.p, .class("muted small")) { page.t("这段时间没有记录。", "Nothing is recorded in this period.") }
            }
            page.draft(
                found.groups, title, target: page.t("「事实」", "“Facts”"), isEmpty: (review.facts ?? "").isEmpty,
                action: page.address(record.id) + "/facts", plan: plan)
        }
    }

    /// What a version of a procedure says otherwise than each version before it, the nearest open.
    private func differences(_ record: Record) -> Markup {
        guard let procedure = Typed<Procedure>(record) else { return Markup() }
        let found = ProcedureDifference.earlierVersions(of: procedure, in: plan).compactMap {
            ProcedureDifference(procedure, from: $0.id, in: plan)
        }
        guard !found.isEmpty else { return Markup() }
        return el(.section, .class("sec"), .id("versions")) {
            el(.header) { el(.h2) { page.t("与以前版本的差别", "Differences from earlier versions") } }
            for (index, difference) in found.enumerated() {
                el(.details, .class("unfold"), index == 0 ? Attribute("open", "") : nil) {
                    el(.summary) {
                        let version = difference.earlier.version ?? difference.earlier.id.short
                        page.t("与 \(version) 版相比", "Against version \(version)")
                    }
                    if difference.parts.isEmpty { el(.p, .class("muted")) { page.t("内容相同。", "They say the same.") } }
                    for part in difference.parts {
                        el(.h3) { page.t(part.field.label) }
                        el(.ul, .class("diff")) { for line in part.difference.lines { el(.li) { self.line(line) } } }
                    }
                }
            }
        }
    }

    private func line(_ line: TextDifference.Line) -> Markup {
        switch line {
        case .same(let text): Markup(text)
        case .removed(let text): el(.del) { text }
        case .added(let text): el(.ins) { text }
        }
    }

    private func pointers(_ record: Record) -> Markup {
        let found = page.workspace.plans.flatMap { $0.pointers(to: record.id) }
        guard !found.isEmpty else { return Markup() }
        return el(.section, .class("sec")) {
            el(.header) { el(.h2) { page.t("谁引用了它", "What points here") } }
            for (pointer, field) in found.prefix(100) {
                el(.div, .class("row")) {
                    el(.span)
                    el(.div, .class("t")) {
                        page.reference(pointer.id, from: plan.key)
                        " \(pointer.title)"
                    }
                    el(.div, .class("do")) { page.t(field.label) }
                }
            }
        }
    }
}
