import PlanModel
import WorkingTime

extension Typed where K == Person {
    /// Days on leave as the person's leave says them; parts nobody can read are left out, ``unreadableLeave`` has those.
    public var absences: [ClosedRange<Day>] { DaysText(self.leave ?? "").days }

    var unreadableLeave: [String] { DaysText(self.leave ?? "").unreadable }
}

extension Typed where K == PlanTask {
    /// The days on which a split task stops.
    var pauses: [ClosedRange<Day>] { DaysText(self.interruptions ?? "").days }
}

/// Days and spans of days as people list them: `2026-05-06`, `2026-05-06..2026-05-08`, `2026-05-06 至 2026-05-08`.
struct DaysText {
    private(set) var days: [ClosedRange<Day>] = []
    /// Parts that nobody can read.
    private(set) var unreadable: [String] = []

    init(_ text: String) {
        for part in text.split(whereSeparator: { ",，、;；\n".contains($0) }) {
            let trimmed = String(part).trimmed
            if let range = DaysText.range(trimmed) { days.append(range) } else if !trimmed.isEmpty { unreadable.append(trimmed) }
        }
    }

    private static func range(_ text: String) -> ClosedRange<Day>? {
        var ends = text.filter { $0 != " " }
        for separator in ["至", "到", "~", "～", "—"] { ends = ends.split(separator: separator).joined(separator: "..") }
        let days = ends.split(separator: "..").map { Day(String($0)) }
        guard let first = days.first ?? nil, let last = days.last ?? nil, days.count <= 2, first <= last, last - first < 1000
        else { return nil }
        return first...last
    }
}
