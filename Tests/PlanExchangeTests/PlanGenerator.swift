import PlanModel
import WorkingTime

/// SplitMix64, so that a failing plan can be made again from its seed.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

/// Makes plans that hold every kind and every type of field, with the texts that break writers.
struct PlanGenerator {
    var random: SeededGenerator
    static let awkward = [
        "普通文字", "- 像列表", "key: value", "a #注释", "#开头", "yes", "null", "3.14", "2026-03-05", "'单引号'", "\"双引号\"", "尾随冒号:",
        "逗号,[括号]{花括号}",
        "反斜杠\\n", " 首尾空格 ", "*星", "&锚", "!标签", "%百分", "@at", "`反引号", "|竖线", ">大于", "emoji 🗼", "零宽\u{200B}", "\u{FEFF}BOM", "~",
        "?问", "很长的一段" + String(repeating: "文字", count: 300),
    ]
    static let awkwardProse =
        awkward + [
            "两行\n文字", "结尾换行\n", "两个结尾换行\n\n", "\n开头换行", "  缩进开头\n第二行", "中间\n\n空行", "制表\t符\n第二行", "# 标题\n\n- 列表\n- 列表",
            "行尾空格  \n下一行", "\n", "行\u{2028}分隔\n第二行", " \u{301}合\n第二行", " \u{301}合\n第二行",
        ]

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func plan(_ blueprint: Blueprint) -> Plan {
        var editor = PlanEditor(Plan(key: PlanKey("made")!, blueprint: blueprint))
        fill(&editor, editor.plan.header.id)
        for kind in Kind.all.dropFirst() {
            var made: [RecordID] = []
            for _ in 0..<Int.random(in: 0...5, using: &random) {
                let parent = kind.isTree && Bool.random(using: &random) ? made.randomElement(using: &random) : nil
                made.append(editor.add(kind, in: parent))
            }
            if Bool.random(using: &random), let last = made.last, !editor.plan.hasChildren(editor.plan.record(last)!) {
                editor.remove(last)
            }
        }
        for record in Kind.all.dropFirst().flatMap({ editor.plan.records($0) }) { fill(&editor, record.id) }
        for section in blueprint.sections where Bool.random(using: &random) {
            editor.write(Self.awkwardProse.randomElement(using: &random)!, section: section.key)
        }
        return editor.plan
    }

    private mutating func fill(_ editor: inout PlanEditor, _ id: RecordID) {
        guard let kind = id.kind else { return }
        for field in kind.fields {
            guard field.spec.isRequired || Int.random(in: 0..<3, using: &random) > 0, var value = value(field, editor.plan, id)
            else { continue }
            if case .text(let text) = value, field.type == .line { value = .text(text.trimmed) }
            guard field.problems(with: value, in: id).isEmpty else { continue }
            if value != field.spec.initial { editor.set(id, field.key, value) }
        }
    }

    private mutating func value(_ field: FieldInfo, _ plan: Plan, _ id: RecordID) -> Value? {
        let range = field.spec.range ?? -1e6...1e6
        switch field.type {
        case .line: return field.key == "currency" ? .text("CNY") : .text(Self.awkward.randomElement(using: &random)!)
        case .prose: return .text(Self.awkwardProse.randomElement(using: &random)!)
        case .whole:
            return .whole(Int.random(in: Int(max(range.lowerBound, -1e6))...Int(min(range.upperBound, 1e6)), using: &random))
        case .number: return .number((Double.random(in: range, using: &random) * 1000).rounded(.towardZero) / 1000)
        case .percent: return .number((Double.random(in: 0...1, using: &random) * 10_000).rounded() / 10_000)
        case .flag: return .flag(Bool.random(using: &random))
        case .date: return .date(day())
        case .money:
            return .money(
                Money(
                    units: Int64.random(in: 0...9_000_000_000, using: &random),
                    currency: Bool.random(using: &random) ? .yuan : Currency("USD")!))
        case .duration:
            return .duration(
                WorkDuration(
                    Double(Int.random(in: 0...200, using: &random)) / 2, WorkDuration.Unit.allCases.randomElement(using: &random)!
                ))
        case .choice(let options): return options.randomElement(using: &random).map { .choice($0.key) }
        case .reference: return targets(field, plan, id, 1).map { .references($0) }
        case .references: return targets(field, plan, id, 4).map { .references($0) }
        case .links:
            return targets(field, plan, id, 3).map { ids in
                .links(
                    ids.map {
                        TaskLink(
                            $0, TaskLink.Relation.allCases.randomElement(using: &random)!,
                            lag: [.none, .time(WorkDuration(-1.5, .days)), .share(0.25), .time(WorkDuration(2, .elapsedDays))]
                                .randomElement(using: &random)!)
                    })
            }
        case .shares:
            return targets(field, plan, id, 3).map { ids in
                .shares(ids.map { Share($0, units: Double(Int.random(in: 1...30, using: &random)) / 10) })
            }
        case .series:
            return .series(
                Series(
                    (0..<Int.random(in: 1...20, using: &random)).map { _ in
                        (day(), (Double.random(in: -100...100, using: &random) * 100).rounded() / 100)
                    }))
        }
    }

    private mutating func day() -> Day { Day(number: Int.random(in: 20_000...21_000, using: &random)) }

    private mutating func targets(_ field: FieldInfo, _ plan: Plan, _ id: RecordID, _ most: Int) -> [RecordID]? {
        var pool = field.spec.targets.flatMap { plan.records(Kind.of($0)) }.map(\.id).filter { $0 != id }
        if let kind = field.spec.targets.first {
            pool.append(RecordID(plan: PlanKey("elsewhere")!, prefix: Kind.of(kind).prefix, number: 3))
        }
        let chosen = Array(pool.shuffled(using: &random).prefix(Int.random(in: 1...most, using: &random)))
        return chosen.isEmpty ? nil : chosen
    }
}
