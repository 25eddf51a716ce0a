import Markup
import PlanInsight
import PlanModel

/// How the records of a kind can be laid out as cards: by a choice, by a record they point to, or on a grid of two ratings.
enum Grouping: Equatable {
    case choice(String)
    case reference(String)
    case grid(across: String, up: String)

    /// In addresses: `quadrant`, `owner`, `likelihood-impact`.
    var name: String {
        switch self {
        case .choice(let field), .reference(let field): field
        case .grid(let across, let up): "\(across)-\(up)"
        }
    }

    /// What the declaration of a kind offers: the first two ratings from 1 to 5, people and goals, and choices of up to eight.
    static func all(of kind: Kind) -> [Grouping] {
        var all: [Grouping] = kind.fields.compactMap { field in
            switch field.type {
            case .reference where targets(field, [Person.names.prefix, Role.names.prefix, Phase.names.prefix]):
                .reference(field.key)
            case .references where targets(field, [Goal.names.prefix]): .reference(field.key)
            default: nil
            }
        }
        all += kind.fields.compactMap { field in
            if case .choice(let options) = field.type, options.count <= 8 { .choice(field.key) } else { nil }
        }
        let ratings = kind.fields.filter { $0.type == .whole && $0.spec.range == 1...5 }
        if ratings.count >= 2 { all.insert(.grid(across: ratings[0].key, up: ratings[1].key), at: 0) }
        // Quadrants are what a kind that has them is for.
        if let quadrant = all.firstIndex(of: .choice("quadrant")) { all.insert(all.remove(at: quadrant), at: 0) }
        return Array(all.prefix(5))
    }

    private static func targets(_ field: FieldInfo, _ prefixes: [String]) -> Bool {
        !field.spec.targets.isEmpty && field.spec.targets.allSatisfy { prefixes.contains($0.names.prefix) }
    }

    func label(_ kind: Kind, _ page: Page) -> String {
        func label(_ key: String) -> Label { kind.field(key)?.label ?? Label(key, key) }
        switch self {
        case .choice(let key), .reference(let key): return page.t("按\(label(key).zh)", "By \(label(key).en.lowercased())")
        case .grid(let across, let up):
            return page.t("\(label(across).zh) × \(label(up).zh)", "\(label(across).en) × \(label(up).en.lowercased())")
        }
    }
}

/// Records as cards in lanes or on a grid. A card that is dragged elsewhere gets what that place stands for.
struct CardsView {
    let page: Page
    let facts: PlanFacts
    let kind: Kind
    let grouping: Grouping
    static let most = 60

    private struct Lane {
        let title: String
        /// Field values as the API takes them.
        let sets: [String: JSONValue]
        let records: [Record]
    }

    func markup(_ records: [Record]) -> Markup {
        switch grouping {
        case .grid(let across, let up): grid(records, across, up)
        case .choice(let key): lanes(choices(records, key), isQuadrant: key == "quadrant")
        case .reference(let key): lanes(references(records, key), isQuadrant: false)
        }
    }

    // MARK: Lanes

    private func choices(_ records: [Record], _ key: String) -> [Lane] {
        guard let field = kind.field(key), case .choice(let options) = field.type else { return [] }
        let chosen = Dictionary(grouping: records) { record -> String in
            if case .choice(let value)? = facts.value(field, of: record) { value } else { "" }
        }
        let lanes = options.map { Lane(title: page.t($0.label), sets: [key: .string($0.key)], records: chosen[$0.key] ?? []) }
        return field.spec.isRequired ? lanes : lanes + rest(key, chosen[""] ?? [])
    }

    private func references(_ records: [Record], _ key: String) -> [Lane] {
        guard let field = kind.field(key) else { return [] }
        func pointed(_ record: Record) -> [RecordID] {
            if case .references(let ids)? = record[field] { ids } else { [] }
        }
        let targets = field.spec.targets.flatMap { facts.plan.records(Kind.of($0)) }
        let used = Set(records.flatMap(pointed))
        let shown = targets.count <= 12 ? targets : targets.filter { used.contains($0.id) }
        let lanes = shown.map { target in
            Lane(
                title: target.id.prefix == Person.names.prefix ? target.title : "\(target.id.short) \(target.title)",
                sets: [key: field.type == .references ? .array([.string(target.id.short)]) : .string(target.id.short)],
                records: records.filter { pointed($0).contains(target.id) })
        }
        let known = Set(shown.map(\.id))
        return lanes + rest(key, records.filter { !pointed($0).contains(where: known.contains) })
    }

    private func rest(_ key: String, _ records: [Record]) -> [Lane] {
        records.isEmpty ? [] : [Lane(title: page.t("未填", "Not given"), sets: [key: .null], records: records)]
    }

    private func lanes(_ lanes: [Lane], isQuadrant: Bool) -> Markup {
        el(.div, .class(isQuadrant ? "board quadrants" : "board")) {
            for lane in lanes {
                el(.section, .class("lane"), drop(lane.sets), .aria("label", lane.title)) {
                    el(.h2) {
                        lane.title
                        el(.span, .class("count")) { lane.records.count }
                    }
                    cards(lane.records)
                }
            }
        }
    }

    // MARK: Grid

    private func grid(_ records: [Record], _ across: String, _ up: String) -> Markup {
        func rating(_ record: Record, _ key: String) -> Int? {
            if case .whole(let number)? = record[key] { number } else { nil }
        }
        let rated = Dictionary(grouping: records) { [rating($0, across) ?? 0, rating($0, up) ?? 0] }
        let unrated = records.filter { rating($0, across) == nil || rating($0, up) == nil }
        func label(_ key: String) -> String { page.t(kind.field(key)?.label ?? Label(key, key)) }
        return Markup {
            el(.div, .class("grid5")) {
                for row in (1...5).reversed() {
                    el(.div, .class("axis")) { row == 5 ? "\(label(up)) 5" : String(row) }
                    for column in 1...5 {
                        el(
                            .section, .class("lane"), .data("heat", String(row * column)),
                            drop([across: .number(Double(column)), up: .number(Double(row))]),
                            .aria("label", "\(label(across)) \(column)，\(label(up)) \(row)")
                        ) { cards(rated[[column, row]] ?? []) }
                    }
                }
                el(.div, .class("axis"))
                for column in 1...5 { el(.div, .class("axis")) { column == 5 ? "5 \(label(across))" : String(column) } }
            }
            if !unrated.isEmpty { lanes(rest(across, unrated), isQuadrant: false) }
        }
    }

    // MARK: Cards

    private func drop(_ sets: [String: JSONValue]) -> Attribute { .data("drop", JSONValue.object(sets).written) }

    private func cards(_ records: [Record]) -> Markup {
        Markup {
            for record in records.prefix(Self.most) {
                el(
                    .article, .class("card"), page.draggable,
                    page.dragged("/api/v1/plans/\(facts.plan.key)/\(kind.names.plural)/\(record.id.short)")
                ) {
                    el(.a, .href(page.address(record.id))) { record.title }
                    el(.div, .class("sub")) {
                        el(.span) { record.id.short }
                        for value in ComputedField.of(kind).compactMap({ $0(facts, record) }) { page.computed(value) }
                        page.mover(of: record.title)
                    }
                }
            }
            if records.count > Self.most {
                el(.p, .class("small muted")) {
                    page.t("另有 \(records.count - Self.most) 条", "\(records.count - Self.most) more")
                }
            }
        }
    }
}
