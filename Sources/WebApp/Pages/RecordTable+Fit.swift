import PlanInsight
import PlanModel
import PlanPictures

extension RecordTable {
    /// What a window of 1280 pixels leaves between the outline and the findings in the margin.
    private static let sheet = 652.0
    /// Names narrower than this would stand as towers of single characters.
    private static let name = 180.0
    /// Longer texts are broken over lines.
    private static let longest = 110.0
    private static let padding = 20.0
    /// A bar with its figure.
    private static let bar = 150.0

    /// The table for the sheet of the document, where names keep room to be read: without columns that nothing stands in or that
    /// the schedule says anyhow, and of the others, in their order, as many as there is room for. The table of its own has all.
    func fitted(to records: [Record]) -> RecordTable {
        var room = Self.sheet - Self.name - computed.reduce(0) { $0 + width($1, records) }
        let isScheduled = computed.contains { $0.form == .schedule }
        var fitted = self
        fitted.columns = columns.filter { column in
            guard records.contains(where: { $0[column] != nil }), !(isScheduled && column.type == .date) else { return false }
            let width = width(column, records)
            guard width <= room else { return false }
            room -= width
            return true
        }
        return fitted
    }

    private func width(_ column: FieldInfo, _ records: [Record]) -> Double {
        let display = page.show(facts.plan)
        return width(page.t(column.label), records.map { record in record[column].map { display.text($0, column) } ?? "" })
    }

    private func width(_ field: ComputedField, _ records: [Record]) -> Double {
        field.form == .progress
            ? Self.bar : width(page.t(field.label), records.map { field(facts, $0)?.text(in: page.language) ?? "" })
    }

    private func width(_ head: String, _ texts: [String]) -> Double {
        let widest = texts.reduce(0) { max($0, TextWidth.of($1, size: 13)) }
        return max(TextWidth.of(head, size: 12), min(widest, Self.longest)) + Self.padding
    }
}
