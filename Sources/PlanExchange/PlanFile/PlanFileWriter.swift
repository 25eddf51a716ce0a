import PlanModel

/// Writes a plan as YAML to be read and compared by people: chapters in the blueprint's order, each kind of record whole in the
/// first chapter that shows it, nothing for what is not set.
public struct PlanFileWriter {
    private let plan: Plan
    private let context: TextContext
    private var out = ""

    public static func write(_ plan: Plan) -> String {
        var writer = PlanFileWriter(plan)
        writer.writeHeader()
        writer.writeChapters()
        writer.writeOthers()
        return writer.out
    }

    /// What stands above the chapters.
    static func header(of plan: Plan) -> String {
        var writer = PlanFileWriter(plan)
        writer.writeHeader()
        return writer.out
    }

    private init(_ plan: Plan) {
        self.plan = plan
        context = plan.textContext
    }

    private mutating func writeHeader() {
        out += "pharos: 1\nplan: \(plan.key)\nkind: \(plan.blueprint.key)\n"
        writeFields(plan.header, indent: 0)
        let retired = plan.retiredNumbers.sorted { $0.key < $1.key }
        if !retired.isEmpty { out += "retired: {\(retired.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}\n" }
    }

    private mutating func writeChapters() {
        out += "\nchapters:"
        var isEmpty = true
        var written: Set<String> = []
        for numbered in plan.blueprint.numbered(.chinese, style: plan.fields.numbering ?? .official) {
            let kinds = numbered.section.kinds.filter { !plan.records($0).isEmpty && written.insert($0.prefix).inserted }
            let prose = plan.prose[numbered.section.key] ?? ""
            if kinds.isEmpty && prose.isEmpty { continue }
            out += "\n  # \(numbered.number)\(numbered.section.title.zh)\n  - section: \(numbered.section.key)\n"
            isEmpty = false
            if !prose.isEmpty { out += "    text: \(YAMLText.block(prose, indent: 6))\n" }
            for kind in kinds { writeTable(kind, indent: 4) }
        }
        if isEmpty { out += " []\n" }
    }

    /// Kinds that have records here and no home in the blueprint.
    private mutating func writeOthers() {
        let kinds = plan.kinds.filter { plan.blueprint.home(of: $0) == nil }
        if kinds.isEmpty { return }
        out += "\nothers:\n"
        for kind in kinds { writeTable(kind, indent: 2) }
    }

    private mutating func writeTable(_ kind: Kind, indent: Int) {
        out += "\(spaces(indent))\(kind.names.plural):\n"
        var open: [Int?] = [nil]
        for record in plan.records(kind) {
            while open.count > 1, let last = open.last, last != record.parent { open.removeLast() }
            if let parent = record.parent, open.last != parent { open.append(parent) }
            let depth = open.count - 1
            writeRecord(record, indent: indent + 2 + depth * 4)
            if plan.hasChildren(record) {
                out += "\(spaces(indent + 4 + depth * 4))children:\n"
                open.append(record.id.number)
            }
        }
    }

    private mutating func writeRecord(_ record: Record, indent: Int) {
        out += "\(spaces(indent))- id: \(record.id.short)\n"
        writeFields(record, indent: indent + 2)
    }

    private mutating func writeFields(_ record: Record, indent: Int) {
        for field in record.kind.fields {
            guard let value = record.values[field.index], value != field.spec.initial else { continue }
            out += "\(spaces(indent))\(field.key): \(text(value, field, indent: indent + 2))\n"
        }
    }

    private func text(_ value: Value, _ field: FieldInfo, indent: Int) -> String {
        switch value {
        case .text(let text): YAMLText.block(text, indent: indent)
        case .references(let ids) where ids.count == 1 && field.type == .reference:
            YAMLText.scalar(ids[0].text(seenFrom: context.plan))
        case .references, .links, .shares:
            wrapped(field.texts(of: value, in: context).map { YAMLText.scalar($0, inFlow: true) }, "[", "]", indent)
        case .series: wrapped(field.texts(of: value, in: context), "{", "}", indent)
        default: field.text(of: value, in: context)
        }
    }

    /// A flow list, broken into lines of about a hundred characters.
    private func wrapped(_ elements: [String], _ open: String, _ close: String, _ indent: Int) -> String {
        var lines: [String] = []
        var line = ""
        for element in elements {
            if !line.isEmpty, line.count + element.count > 96 {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + element + ","
        }
        lines.append(line)
        lines[lines.count - 1].removeLast()
        return lines.count == 1 ? open + lines[0] + close : open + lines.joined(separator: "\n" + spaces(indent)) + close
    }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}
