import Markup
import PlanModel

/// What is wrong with a form, field by field: told in the order in which the fields stand, with the focus on the first.
struct FieldRefusals {
    let page: Page
    /// In the order of the fields; what concerns none of them comes first.
    let problems: [Problem]
    private let wrong: Set<String>
    /// The first field with something wrong, which is where somebody goes on writing.
    let first: String?

    /// - Parameters:
    ///   - order: the keys of the fields as they stand on the page.
    ///   - others: keys of fields that are wrong for a reason told elsewhere, as those with a conflict are.
    init(_ page: Page, _ problems: [Problem], order: [String], others: [String] = []) {
        self.page = page
        let places = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let placed = problems.enumerated().map { ($1, place: $1.field.flatMap { places[$0] } ?? -1, number: $0) }
        self.problems = placed.sorted { ($0.place, $0.number) < ($1.place, $1.number) }.map(\.0)
        let wrong = Set(problems.compactMap(\.field) + others)
        (self.wrong, first) = (wrong, order.first(where: wrong.contains))
    }

    /// What a field says of itself to whoever does not see the page: that it is wrong, why, and what it takes.
    func spoken(_ key: String, hints: Int) -> [Attribute] {
        let described = reasons(key).indices.map { "f-\(key)-refused-\($0)" } + (0..<hints).map { "f-\(key)-hint-\($0)" }
        return [
            wrong.contains(key) ? .aria("invalid", "true") : nil,
            described.isEmpty ? nil : .aria("describedby", described.joined(separator: " ")),
            first == key ? .autofocus : nil,
        ].compactMap { $0 }
    }

    /// Beside a field: what it takes, then what is wrong with what it holds.
    @MarkupBuilder func said(of key: String, hints: [String]) -> Markup {
        for (index, hint) in hints.enumerated() { el(.p, .class("hint"), .id("f-\(key)-hint-\(index)")) { hint } }
        for (index, problem) in reasons(key).enumerated() {
            el(.p, .class("refused"), .id("f-\(key)-refused-\(index)")) {
                page.t(problem.message) + page.t("", " ") + page.t(problem.remedy)
            }
        }
    }

    private func reasons(_ key: String) -> [Problem] { problems.filter { $0.field == key } }
}
