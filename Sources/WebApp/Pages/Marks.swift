import Markup
import Measures
import PlanInsight
import PlanModel

/// Small marks that stand in many places: status, progress, references, findings.
extension Page {
    func status(_ status: Status, bare: Bool = false) -> Markup {
        el(.span, .class("st \(status.rawValue)\(bare ? " bare" : "")")) { el(.span) { t(status.label) } }
    }

    /// The shape of an error or a warning, told by that word to whoever does not see it.
    func mark(_ severity: FindingSeverity) -> Markup {
        el(.span, .class("st \(severity == .error ? Status.late : .watch) bare")) { el(.span) { t(severity.label) } }
    }

    /// Progress from baseline to target with a tick where it should be today.
    func bar(_ progress: Double?, expected: Double?) -> Markup {
        guard let progress else { return el(.span, .class("muted")) { "—" } }
        let share = min(max(progress, 0), 1)
        let words = expected.map {
            t(
                "进度 \(DisplayText.percent(progress))，按计划应为 \(DisplayText.percent($0))",
                "Progress \(DisplayText.percent(progress)), planned \(DisplayText.percent($0))")
        }
        return el(.div, .class("barline")) {
            el(.svg, .class("bar"), .role("img"), .aria("label", words ?? DisplayText.percent(progress))) {
                el(.rect, .class("done"), Attribute("width", "\((share * 100).coordinate)%"))
                if let expected { el(.rect, .class("tick"), Attribute("x", "\((expected * 100).coordinate)%")) }
            }
            el(.span) { "\(Int(nearest: progress * 100))%" }
        }
    }

    /// Where a record's own page is.
    func address(_ id: RecordID) -> String { "/plans/\(id.plan)/\(id.kind?.names.plural ?? "")/\(id.short)" }

    func reference(_ id: RecordID, from plan: PlanKey) -> Markup {
        guard let record = workspace.record(id) else { return el(.span, .class("muted")) { id.text(seenFrom: plan) } }
        let isPerson = id.isSomebody
        if isPerson { return el(.a, .class("person"), .href(address(id)), .title(record.title)) { record.title } }
        // Of another plan the short id says nothing: its title does.
        guard id.plan == plan else {
            let whence = "\(workspace[id.plan]?.title ?? id.plan.text) \(id.short)"
            return el(.a, .class("ref far"), .href(address(id)), .title(whence)) { record.title }
        }
        return el(.a, .class("ref"), .href(address(id)), .title(record.title)) { name(id) }
    }

    /// A reference where its words are edited: the name as text, what is said of it, and a small arrow that leads to the record.
    private func arrowed(_ id: RecordID, from plan: PlanKey, saying more: String = "") -> Markup {
        guard let record = workspace.record(id) else { return reference(id, from: plan) }
        let isPerson = id.isSomebody
        let isNamed = isPerson || id.plan != plan
        return el(.span, .class(isPerson ? "person" : isNamed ? "" : "nb"), .title(record.title)) {
            isNamed ? record.title : name(id)
        }
            + Markup(more)
            + el(
                .a, .class("go"), .href(address(id)), .title(t("打开 \(record.title)", "Open \(record.title)")),
                .aria("label", t("打开 \(record.title)", "Open \(record.title)")))
    }

    /// What people call a record in a line: its short id, and the plan's own settings by that word.
    func name(_ id: RecordID) -> String {
        id.prefix == PlanHeader.names.prefix ? t(PlanHeader.names.one) : id.short
    }

    /// Shapes for findings: at most three, then a number.
    func dots(_ findings: [Finding]) -> Markup {
        guard !findings.isEmpty else { return Markup() }
        let errors = findings.filter { $0.severity == .error }.count
        let words = t(
            "\(errors) 个错误、\(findings.count - errors) 个提醒",
            "\(Wording.counted(errors, "error")), \(Wording.counted(findings.count - errors, "warning"))")
        return el(.span, .class("dots"), .role("img"), .aria("label", words)) {
            for index in 0..<min(findings.count, 3) { el(.i, index < errors ? .class("e") : nil) }
            if findings.count > 3 { String(findings.count) }
        }
    }

    func note(_ finding: Finding, flow: Bool = false) -> Markup { note([finding], flow: flow) }

    /// Findings of one code: what is wrong and how it is mended once, where on lines of their own.
    @MarkupBuilder func note(_ findings: [Finding], flow: Bool = false) -> Markup {
        if let first = findings.first {
            el(.aside, .class("note \(first.severity.rawValue)\(flow ? " flow" : "")")) {
                el(.h4) {
                    mark(first.severity)
                    t(first.title)
                }
                for (index, finding) in findings.enumerated() {
                    el(.p) {
                        if index == 0 {
                            el(.span, .class("code")) { finding.code }
                            "　"
                        }
                        t(finding.reason)
                    }
                }
                el(.p, .class("fix")) {
                    el(.b) { t("改法", "Fix") }
                    t(first.remedy)
                }
            }
        }
    }

    /// A value that is edited where it stands: names lead to their records by an arrow, long text is clamped.
    func value(_ value: Value?, _ field: FieldInfo, of plan: Plan) -> Markup {
        guard let value else { return Markup() }
        switch value {
        case .references(let ids): return joined(ids.map { arrowed($0, from: plan.key) })
        case .shares(let shares):
            return joined(
                shares.map { share in
                    arrowed(share.who, from: plan.key, saying: share.units == 1 ? "" : " " + DisplayText.percent(share.units))
                })
        case .text(let text) where field.type == .prose || field.index != 0 && text.count > Self.shortText:
            return el(.span, .class("long"), .title(String(text.prefix(Self.hintLength)))) { show(plan).text(value, field) }
        default: return Markup(show(plan).text(value, field))
        }
    }

    /// A line of more characters is clamped in a table, in characters; and so much of it is told to whoever points at it.
    private static let shortText = 60
    private static let hintLength = 600

    func computed(_ value: ComputedField.Value?) -> Markup {
        switch value {
        case .progress(let share, let expected)?: bar(share, expected: expected)
        case .status(let status)?: self.status(status)
        case .text(let label)?: el(.span, .class("nb")) { t(label) }
        case .number(let text)?: Markup(text)
        case .marked(let text)?: el(.span, .class("due")) { text }
        case .amount(let money, let isMarked)?:
            computed(isMarked ? .marked(DisplayText.amount(money)) : .number(DisplayText.amount(money)))
        case nil: Markup()
        }
    }

    /// As a list in a sentence; no line begins with the mark between two.
    func joined(_ parts: [Markup]) -> Markup {
        var all = Markup()
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1 {
                all.append(part)
            } else {
                all.append(
                    el(.span, .class("kept")) {
                        part; t("、", ",")
                    })
                all.append(Markup(t("", " ")))
            }
        }
        return all
    }
}
