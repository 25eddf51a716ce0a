import PlanInsight
import PlanModel

/// Who is responsible, accountable, consulted or informed as a grid of letters, a column for each person: the usual form of RACI, and
/// as text the same in every form of a document.
struct ResponsibilityMatrix {
    private let facts: PlanFacts
    private let language: Language
    private let rows: [Typed<Responsibility>]
    private let people: [RecordID]
    private let fits: [ColumnFit]

    /// - Returns: `nil` where there are more people than have room beside each other.
    init?(_ facts: PlanFacts, _ language: Language, _ records: [Record]) {
        (self.facts, self.language) = (facts, language)
        let rows = records.compactMap { Typed<Responsibility>($0) }
        self.rows = rows
        var people: [RecordID] = []
        for id in rows.flatMap({ row in Self.parts.flatMap { $0.people(row) } }) where !people.contains(id) { people.append(id) }
        self.people = people
        let duty = Kind.of(Responsibility.self).titleField.label[language]
        fits =
            [
                ColumnFit(language == .chinese ? "编号" : "ID", rows.map(\.id.short), isWhole: true),
                ColumnFit(duty, rows.map { $0.duty ?? "" }, most: 13),
            ]
            + people.map { person in
                ColumnFit(
                    facts.workspace.record(person)?.title ?? person.short, rows.map { Self.letters($0, person) }, isWhole: true)
            }
        if people.isEmpty || !ColumnFit.fit(fits) { return nil }
    }

    func table(caption: String) -> Manuscript.Table {
        let subject = Kind.of(Responsibility.self).field("subject")
        return Manuscript.Table(
            caption: caption, columns: ColumnFit.columns(fits),
            rows: rows.map { row in
                Manuscript.Table.Row(
                    cells: ([row.id.short, row.duty ?? ""] + people.map { Self.letters(row, $0) }).map { .line($0) },
                    details: [subject].compactMap { field in
                        guard let field, let id = row.subject else { return nil }
                        return Manuscript.Detail(label: field.label[language], text: .line(id.text(seenFrom: facts.plan.key)))
                    })
            },
            units: Self.parts.map { Manuscript.Detail(label: $0.letter, text: .line($0.label[language])) })
    }

    private static func letters(_ row: Typed<Responsibility>, _ person: RecordID) -> String {
        parts.filter { $0.people(row).contains(person) }.map(\.letter).joined()
    }

    private struct Part: Sendable {
        let letter: String
        let label: Label
        let people: @Sendable (Typed<Responsibility>) -> [RecordID]
    }

    private static let parts = [
        Part(letter: "A", label: Label("负责", "Accountable")) { $0.accountable ?? [] },
        Part(letter: "R", label: Label("执行", "Responsible")) { $0.responsible ?? [] },
        Part(letter: "C", label: Label("咨询", "Consulted")) { $0.consulted ?? [] },
        Part(letter: "I", label: Label("知会", "Informed")) { $0.informed ?? [] },
    ]
}
