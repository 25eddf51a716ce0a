import PlanModel

/// A new plan's file as an outline to be filled in: every section of its blueprint with what belongs there, and how its records are
/// written.
///
/// Remarks are comments that begin with `# `. What begins with `#` alone is YAML left out: it is read once the sign is taken away.
public enum PlanFileOutline {
    public static func write(_ plan: Plan, _ language: Language) -> String {
        var lines = PlanFileWriter.header(of: plan).split(separator: "\n").map(String.init)
        for field in Kind.of(PlanHeader.self).fields where plan.header.values[field.index] == nil && field.type != .prose {
            lines.append(example(field, sample(field, []), before: "#", language))
        }
        lines += ["", "chapters:"]
        let shown = Set(plan.blueprint.sections.flatMap(\.kinds))
        var known: Set<Kind> = []
        for numbered in plan.blueprint.numbered(language, style: plan.fields.numbering ?? .official) {
            let space = numbered.number.last.map { "、）".contains($0) } ?? true ? "" : " "
            lines += ["", "  # \(numbered.number)\(space)\(numbered.section.title[language])"]
            lines += sentences(numbered.section.guidance[language]).map { "  # \($0)" }
            lines += ["  - section: \(numbered.section.key)", "    #text: |", "    #  …"]
            for content in numbered.section.contents {
                guard case .records(let type, let filter) = content, known.insert(Kind.of(type)).inserted else { continue }
                lines += table(Kind.of(type), filter, shown, language)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// - Parameter shown: the kinds of the outline; what its examples point to has to be there.
    private static func table(_ kind: Kind, _ filter: Filter?, _ shown: Set<Kind>, _ language: Language) -> [String] {
        let names = language == .chinese ? kind.names.one.zh : kind.names.many.en
        let fields = kind.fields.filter { field in
            field.spec.file == nil && (field.spec.targets.isEmpty || field.spec.targets.contains { shown.contains(.of($0)) })
                && (field.spec.isRequired || field.key == filter?.field || kind.columns.contains { $0.key == field.key })
        }
        return [remarked("    #\(kind.names.plural):", names)]
            + fields.enumerated().map { place, field in
                example(
                    field, (field.key == filter?.field ? filter?.values.first : nil) ?? sample(field, shown),
                    before: place == 0 ? "    #  - " : "    #    ", language)
            }
    }

    private static func example(_ field: FieldInfo, _ value: String, before: String, _ language: Language) -> String {
        var remark = field.label[language]
        if case .choice(let options) = field.type {
            let choices = options.prefix(12).map { "\($0.key) \($0.label[language])" }.joined(
                separator: language == .chinese ? "、" : ", ")
            remark += language == .chinese ? "：\(choices)" : ": \(choices)"
        }
        return remarked("\(before)\(field.key): \(value)", remark)
    }

    private static func remarked(_ line: String, _ remark: String) -> String {
        line + String(repeating: " ", count: max(40 - line.count, 2)) + "# " + remark
    }

    private static func sample(_ field: FieldInfo, _ shown: Set<Kind>) -> String {
        let target = field.spec.targets.first { shown.contains(.of($0)) }.map { "\($0.names.prefix)-1" } ?? "…"
        return switch field.type {
        case .line where field.spec.isCurrency: Currency.yuan.description
        case .line, .prose: "…"
        case .whole, .number: field.spec.range.map { $0.contains(1) ? "1" : DisplayText.number($0.lowerBound) } ?? "1"
        case .percent: "50%"
        case .flag: "true"
        case .date: "2027-03-31"
        case .money: "10000"
        case .duration: "5d"
        case .choice(let options): options.first?.key ?? "…"
        case .reference: target
        case .references, .links: "[\(target)]"
        case .shares: "[\(target) 50%]"
        case .series: "{2027-01: 90, 2027-02: 92}"
        }
    }

    /// One to a line.
    private static func sentences(_ text: String) -> [String] {
        text.replacing("。", with: "。\n").replacing(". ", with: ".\n").split(separator: "\n").map(String.init)
    }
}
