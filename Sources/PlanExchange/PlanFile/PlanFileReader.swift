import PlanModel
import WorkingTime

/// Reads a plan file: YAML with the plan's fields on top and the chapters below.
///
/// - Complexity: O(file size).
public struct PlanFileReader {
    private let file: String
    private var errors: [PlanFileError] = []
    private var context: TextContext
    private var records: [Record] = []
    /// Where each of `records`, and the plan's own at the end, points to others.
    private var pointers: [[(field: Int, node: YAMLNode)]] = []
    private var lines: [RecordID: (line: Int, column: Int)] = [:]
    private var highest: [String: Int] = [:]
    private var unnumbered: [Int] = []

    /// - Throws: `PlanFileErrors` with everything wrong in the file; nothing is half read.
    public static func read(_ bytes: [UInt8], file: String) throws(PlanFileErrors) -> Plan {
        let root: YAMLNode
        do throws(PlanFileError) { root = try YAMLReader.read(bytes, file: file) } catch { throw PlanFileErrors([error]) }
        var reader = PlanFileReader(file: file)
        let plan = reader.plan(root)
        guard reader.errors.isEmpty, let plan else {
            throw PlanFileErrors(first: 100, of: reader.errors.sorted { ($0.line, $0.column) < ($1.line, $1.column) })
        }
        return plan
    }

    private init(file: String) {
        self.file = file
        context = TextContext(plan: .unnamed)
    }

    // MARK: The whole

    private static let topKeys = ["pharos", "plan", "kind", "retired", "chapters", "others"]

    private mutating func plan(_ root: YAMLNode) -> Plan? {
        guard case .mapping(let pairs) = root.content else {
            fail(
                root, Label("计划文件应是「键: 值」的列表。", "A plan file is a list of “key: value”."),
                Label("参考 pharos init 生成的文件。", "See a file made by pharos init."))
            return nil
        }
        refuseRepeated(Self.topKeys, in: pairs)
        let top = Dictionary(pairs.map { ($0.key.text ?? "", $0) }, uniquingKeysWith: { first, _ in first })
        // What is wrong further down is told, too, where the plan has no key or kind.
        let (key, blueprint) = (identity(top, root), blueprint(top, root))
        let currency = top["currency"]?.value.text.flatMap { Currency(known: $0.trimmed) } ?? .yuan
        context = TextContext(plan: key ?? .unnamed, currency: currency)
        var header = Record(id: RecordID(plan: context.plan, prefix: PlanHeader.names.prefix, number: 0))
        let (refused, pointersOfHeader) = readFields(
            pairs.filter { !Self.topKeys.contains($0.key.text ?? "") }, of: &header, besides: Self.topKeys)
        let retired = retired(top["retired"]?.value)
        let prose = chapters(top["chapters"]?.value, blueprint)
        if let others = top["others"]?.value { tables(in: others) }
        number(retired)
        checkReferences(records + [header], pointers + [pointersOfHeader])
        checkRequired(header, root, refused)
        guard let key, let blueprint else { return nil }
        return Plan(key: key, blueprint: blueprint, revision: 0, header: header, prose: prose, records: records, retired: retired)
    }

    private mutating func identity(_ top: [String: (key: YAMLNode, value: YAMLNode)], _ root: YAMLNode) -> PlanKey? {
        if let version = top["pharos"]?.value, version.text != "1" {
            fail(
                version, Label("文件版本「\(version.text ?? "")」无法读取。", "File version “\(version.text ?? "")” cannot be read."),
                Label("本程序读取版本 1。", "This program reads version 1."))
        }
        guard let node = top["plan"]?.value else {
            fail(
                root, Label("缺少「plan」：计划的代号。", "“plan” is missing: the plan's key."),
                Label("例如 plan: support-2026。", "For example plan: support-2026."))
            return nil
        }
        guard let key = node.text.flatMap({ PlanKey($0) }) else {
            fail(
                node, Label("「\(node.text ?? "")」不能作计划代号。", "“\(node.text ?? "")” cannot be a plan's key."),
                Label("只用小写字母、数字和连字符。", "Use lower-case letters, digits and hyphens."))
            return nil
        }
        return key
    }

    private mutating func blueprint(_ top: [String: (key: YAMLNode, value: YAMLNode)], _ root: YAMLNode) -> Blueprint? {
        let keys = Blueprint.all.map(\.key)
        guard let node = top["kind"]?.value, let name = node.text else {
            fail(
                root, Label("缺少「kind」：计划的类型。", "“kind” is missing: the kind of plan."),
                Label("可用：\(keys.joined(separator: "、"))。", "One of \(keys.joined(separator: ", "))."))
            return nil
        }
        guard let blueprint = Blueprint.named(name) else {
            fail(
                node, Label("没有计划类型「\(name)」。", "There is no kind of plan “\(name)”."), Suggestion.remedy(for: name, among: keys))
            return nil
        }
        return blueprint
    }

    private mutating func retired(_ node: YAMLNode?) -> [String: Int] {
        guard let node else { return [:] }
        guard case .mapping(let pairs) = node.content else {
            fail(
                node, Label("「retired」应写作 {T: 14}。", "“retired” is written {T: 14}."),
                Label("列出各类曾用过的最大编号。", "Give the highest number used by kind."))
            return [:]
        }
        var numbers: [String: Int] = [:]
        for (key, value) in pairs {
            guard let prefix = key.text, Kind.withPrefix[prefix] != nil, let number = value.text.flatMap({ Int($0) }),
                (1...Limits.number).contains(number)
            else {
                fail(
                    key, Label("「retired」中有无法识别的一项。", "“retired” has an entry that cannot be read."),
                    Label("写作 {T: 14}，编号最大为 \(Limits.number)。", "Write {T: 14}, with numbers up to \(Limits.number)."))
                continue
            }
            numbers[prefix] = number
        }
        return numbers
    }

    // MARK: Chapters

    private mutating func chapters(_ node: YAMLNode?, _ blueprint: Blueprint?) -> [String: String] {
        guard let node else { return [:] }
        guard case .sequence(let chapters) = node.content else {
            if case .scalar("") = node.content { return [:] }
            fail(
                node, Label("「chapters」应是章节的列表。", "“chapters” is a list of sections."),
                Label("每项以 - section: 开头。", "Each entry begins with - section:."))
            return [:]
        }
        var prose: [String: String] = [:]
        let known = blueprint?.sections.map(\.key) ?? []
        let knownSet = Set(known)
        for chapter in chapters {
            guard case .mapping(let pairs) = chapter.content,
                let section = pairs.first(where: { $0.key.text == "section" })?.value, let key = section.text
            else {
                fail(
                    chapter, Label("章节缺少「section」。", "The entry has no “section”."),
                    Label("以 - section: 章节代号 开头。", "Begin with - section: and its key."))
                continue
            }
            refuseRepeated(["section"], in: pairs)
            if let blueprint, !knownSet.contains(key) {
                fail(
                    section, Label("「\(blueprint.name.zh)」没有章节「\(key)」。", "\(blueprint.name.en) has no section “\(key)”."),
                    Suggestion.remedy(for: key, among: known))
            }
            for (name, value) in pairs where name.text != "section" {
                guard name.text == "text" else {
                    table(name, value)
                    continue
                }
                if prose.updateValue(text(value), forKey: key) != nil {
                    fail(
                        name, Label("章节「\(key)」的文字写了两次。", "The text of the section “\(key)” is given twice."),
                        Label("合并成一段文字。", "Make them one text."))
                }
            }
        }
        return prose
    }

    /// Of a key that stands twice one content would be lost.
    private mutating func refuseRepeated(_ keys: [String], in pairs: [(key: YAMLNode, value: YAMLNode)]) {
        for key in keys {
            for (again, _) in pairs.filter({ $0.key.text == key }).dropFirst() {
                fail(again, Label("「\(key)」写了两次。", "“\(key)” is given twice."), Label("保留一个。", "Keep one."))
            }
        }
    }

    private mutating func text(_ node: YAMLNode) -> String {
        guard let text = node.text else {
            fail(node, Label("这里应是文字。", "This takes text."), Label("多行文字用 | 开头。", "Begin text of several lines with |."))
            return ""
        }
        return text
    }

    private mutating func tables(in node: YAMLNode) {
        guard case .mapping(let pairs) = node.content else {
            fail(
                node, Label("「others」应是记录的列表。", "“others” holds lists of records."),
                Label("例如 others: {lessons: […]}。", "For example others: {lessons: […]}."))
            return
        }
        for (name, value) in pairs { table(name, value) }
    }

    private mutating func table(_ name: YAMLNode, _ node: YAMLNode) {
        guard let plural = name.text, let kind = Kind.withPlural[plural], kind != Kind.of(PlanHeader.self) else {
            let allowed = ["text"] + Kind.all.dropFirst().map(\.names.plural)
            fail(
                name, Label("这里没有「\(name.text ?? "")」。", "There is no “\(name.text ?? "")” here."),
                Suggestion.remedy(for: name.text ?? "", among: allowed))
            return
        }
        list(node, kind, parent: nil, depth: 0)
    }

    private mutating func list(_ node: YAMLNode, _ kind: Kind, parent: Int?, depth: Int) {
        guard case .sequence(let elements) = node.content else {
            fail(
                node, Label("\(kind.names.one.zh)应写成列表。", "\(kind.names.many.en) are written as a list."),
                Label("每条以 - 开头。", "Begin each with -."))
            return
        }
        for element in elements { record(element, kind, parent, depth) }
    }

    // MARK: Records

    private mutating func record(_ node: YAMLNode, _ kind: Kind, _ parent: Int?, _ depth: Int) {
        guard case .mapping(let pairs) = node.content else {
            fail(
                node,
                Label(
                    "\(kind.names.one.zh)应写成「字段: 值」。", "\(kind.names.indefinite.capitalizedFirst) is written as “field: value”."),
                Label("例如 - title: …。", "For example - title: …."))
            return
        }
        refuseRepeated(["id", "children"], in: pairs)
        let id = number(pairs.first { $0.key.text == "id" }?.value, kind, node)
        var record = Record(id: id, parent: parent)
        let position = records.count
        records.append(record)
        pointers.append([])
        if id.number < 0 { unnumbered.append(position) }
        let refused: Set<Int>
        (refused, pointers[position]) = readFields(
            pairs.filter { $0.key.text != "id" && $0.key.text != "children" }, of: &record,
            besides: kind.isTree ? ["id", "children"] : ["id"])
        records[position] = record
        checkRequired(record, node, refused)
        if let children = pairs.first(where: { $0.key.text == "children" }) {
            if kind.isTree, depth + 1 >= Limits.depth {
                fail(
                    children.key, Label("层级超过 \(Limits.depth) 层。", "More than \(Limits.depth) levels deep."),
                    Label("减少层级。", "Use fewer levels."))
            } else if kind.isTree {
                list(children.value, kind, parent: id.number, depth: depth + 1)
            } else {
                fail(
                    children.key,
                    Label("\(kind.names.one.zh)没有下级。", "\(kind.names.indefinite.capitalizedFirst) has no children."),
                    Label("去掉 children。", "Remove children."))
            }
        }
    }

    /// The record's id, or a negative stand-in until all given numbers are known.
    private mutating func number(_ node: YAMLNode?, _ kind: Kind, _ place: YAMLNode) -> RecordID {
        guard let node else { return RecordID(plan: context.plan, prefix: kind.prefix, number: -records.count - 1) }
        guard let text = node.text, let id = RecordID(text, in: context.plan), id.prefix == kind.prefix, id.plan == context.plan,
            (1...Limits.number).contains(id.number)
        else {
            fail(
                node,
                Label(
                    "「\(node.text ?? "")」不是\(kind.names.one.zh)的编号。",
                    "“\(node.text ?? "")” is no id of \(kind.names.indefinite)."),
                Label(
                    "写作 \(kind.prefix)-1，最大为 \(kind.prefix)-\(Limits.number)；留空则自动编号。",
                    "Write \(kind.prefix)-1, at most \(kind.prefix)-\(Limits.number), or leave it out to have one given."))
            return RecordID(plan: context.plan, prefix: kind.prefix, number: -records.count - 1)
        }
        if let first = lines.updateValue((node.line, node.column), forKey: id) {
            fail(
                node, Label("编号 \(id.short) 在第 \(first.line) 行已用过。", "\(id.short) is used on line \(first.line) already."),
                Label("换一个编号。", "Use another number."))
        }
        highest[id.prefix] = max(highest[id.prefix] ?? 0, id.number)
        return id
    }

    /// Gives numbers to records written without one.
    private mutating func number(_ retired: [String: Int]) {
        guard !unnumbered.isEmpty else { return }
        var given: [RecordID: Int] = [:]
        for position in unnumbered {
            let record = records[position]
            let next = max(highest[record.id.prefix] ?? 0, retired[record.id.prefix] ?? 0) + 1
            highest[record.id.prefix] = next
            given[record.id] = next
        }
        records = records.map { record in
            let parent = record.parent.map { given[RecordID(plan: record.id.plan, prefix: record.id.prefix, number: $0)] ?? $0 }
            let id = given[record.id].map { RecordID(plan: record.id.plan, prefix: record.id.prefix, number: $0) } ?? record.id
            return Record(id: id, parent: parent, values: record.values)
        }
    }

    /// - Returns: the fields whose values cannot be taken, and where the record points to others.
    private mutating func readFields(
        _ pairs: [(key: YAMLNode, value: YAMLNode)], of record: inout Record, besides structural: [String]
    ) -> (refused: Set<Int>, pointers: [(field: Int, node: YAMLNode)]) {
        let kind = record.kind
        var seen: Set<String> = []
        var refused: Set<Int> = []
        var pointers: [(field: Int, node: YAMLNode)] = []
        for (keyNode, node) in pairs {
            guard let key = keyNode.text, let field = kind.field(key) else {
                let known = structural + kind.fields.map(\.key)
                fail(
                    keyNode,
                    Label(
                        "\(kind.names.one.zh)没有字段「\(keyNode.text ?? "")」。",
                        "\(kind.names.indefinite.capitalizedFirst) has no field “\(keyNode.text ?? "")”."),
                    Suggestion.remedy(for: keyNode.text ?? "", among: known))
                continue
            }
            if !seen.insert(key).inserted {
                fail(keyNode, Label("字段「\(key)」写了两次。", "The field “\(key)” is given twice."), Label("保留一个。", "Keep one."))
            }
            let known = errors.count
            guard let value = value(node, field, record.id) else {
                if errors.count > known { refused.insert(field.index) }
                continue
            }
            if let problem = field.problems(with: value, in: record.id).first {
                fail(node, problem.message, problem.remedy)
                refused.insert(field.index)
            } else if value != field.spec.initial {
                record[field] = value
                if !field.spec.targets.isEmpty { pointers.append((field.index, node)) }
            }
        }
        return (refused, pointers)
    }

    private mutating func value(_ node: YAMLNode, _ field: FieldInfo, _ id: RecordID) -> Value? {
        let text: String
        switch node.content {
        case .scalar(let scalar): text = scalar
        case .sequence(let elements) where field.type.isList:
            for element in elements where element.text == nil {
                fail(
                    element,
                    Label("「\(field.label.zh)」中有一项的写法不对。", "An entry of “\(field.label.en)” is written in another way."),
                    Label("应为\(field.type.name.zh)。", "It takes \(field.type.name.en)."))
            }
            text = elements.compactMap(\.text).joined(separator: ",")
        case .mapping(let pairs) where field.type == .series:
            return series(pairs)
        default:
            fail(
                node, Label("「\(field.label.zh)」的写法不对。", "“\(field.label.en)” is written in another way."),
                Label("应为\(field.type.name.zh)。", "It takes \(field.type.name.en)."))
            return nil
        }
        do throws(Problem) { return try field.value(from: text, in: context, record: id) } catch {
            fail(node, error.message, error.remedy)
            return nil
        }
    }

    private mutating func series(_ pairs: [(key: YAMLNode, value: YAMLNode)]) -> Value? {
        var series = Series()
        for (key, value) in pairs {
            guard let day = key.text.flatMap({ Day(anyForm: $0) }), let number = value.text?.finiteNumber else {
                fail(
                    key,
                    Label(
                        "「\(key.text ?? ""): \(value.text ?? "")」不是日期与数值。",
                        "“\(key.text ?? ""): \(value.text ?? "")” is no date and number."),
                    Label("写作 2026-03-31: 92.6 或 2026-03: 92.6。", "Write 2026-03-31: 92.6 or 2026-03: 92.6."))
                continue
            }
            if series[day] != nil { fail(key, Label("日期 \(day) 写了两次。", "\(day) is given twice."), Label("保留一个。", "Keep one.")) }
            series[day] = number
        }
        return series.isEmpty ? nil : .series(series)
    }

    // MARK: Checks over the whole

    /// - Parameter refused: fields that are written, and of which it is told already why they cannot be taken.
    private mutating func checkRequired(_ record: Record, _ node: YAMLNode, _ refused: Set<Int>) {
        for field in record.kind.fields
        where field.spec.isRequired && record.values[field.index] == nil && field.spec.initial == nil
            && !refused.contains(field.index)
        {
            fail(
                node,
                Label(
                    "\(record.kind.names.one.zh)缺少「\(field.key)」（\(field.label.zh)）。",
                    "The \(record.kind.names.one.en.lowercased()) lacks “\(field.key)”."), Label("补上这个字段。", "Add the field."))
        }
    }

    /// - Parameter pointers: of each record where it points to others.
    private mutating func checkReferences(_ all: [Record], _ pointers: [[(field: Int, node: YAMLNode)]]) {
        let known = Set(all.map(\.id))
        for (record, pointers) in zip(all, pointers) {
            for (field, target) in record.references where target.plan == context.plan && !known.contains(target) {
                guard let node = pointers.first(where: { $0.field == field.index })?.node else { continue }
                fail(
                    node.element(pointingTo: target, in: context.plan),
                    Label(
                        "\(record.id.short) 的「\(field.key)」指向不存在的 \(target.short)。",
                        "“\(field.key)” of \(record.id.short) points to \(target.short), which does not exist."),
                    Label("改为存在的编号，或去掉。", "Use an id that exists, or remove it."))
            }
        }
    }

    private mutating func fail(_ node: YAMLNode, _ message: Label, _ remedy: Label) {
        errors.append(PlanFileError(file: file, line: node.line, column: node.column, message, remedy: remedy))
    }
}

extension YAMLNode {
    /// The element of a list that names a record; the whole where there is none.
    fileprivate func element(pointingTo target: RecordID, in plan: PlanKey) -> YAMLNode {
        guard case .sequence(let elements) = content else { return self }
        return elements.first { element in
            let name = element.text?.split(separator: " ").first ?? ""
            return name == target.short || RecordID(name, in: plan) == target
        } ?? self
    }
}

extension FieldType {
    var isList: Bool {
        switch self {
        case .reference, .references, .links, .shares: true
        default: false
        }
    }
}
