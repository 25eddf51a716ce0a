import PlanModel
import WorkingTime

extension Typed where K == Person {
    /// Days on leave as the person's leave says them; parts nobody can read are left out, ``unreadableLeave`` has those.
    public var absences: [ClosedRange<Day>] { leaveParts.compactMap(\.days) }

    var unreadableLeave: [String] { leaveParts.filter { $0.days == nil }.map { String($0.text) } }

    private var leaveParts: [(text: Substring, days: ClosedRange<Day>?)] {
        let parts = (self.leave ?? "").split { ",，、;；\n".contains($0) }.map { $0.drop { $0 == " " } }.filter { !$0.isEmpty }
        return parts.map { ($0, Self.days(String($0))) }
    }

    /// `2026-05-06`, `2026-05-06..2026-05-08`, `2026-05-06 至 2026-05-08`
    private static func days(_ text: String) -> ClosedRange<Day>? {
        var ends = text.filter { $0 != " " }
        for separator in ["至", "到", "~", "～", "—"] { ends = ends.split(separator: separator).joined(separator: "..") }
        let days = ends.split(separator: "..").map { Day(String($0)) }
        guard let first = days.first ?? nil, let last = days.last ?? nil, days.count <= 2, first <= last, last - first < 1000
        else { return nil }
        return first...last
    }
}
