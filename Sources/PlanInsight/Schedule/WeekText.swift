import PlanModel
import WorkingTime

/// The hours a calendar's text gives: one for ordinary days, others for days of the week that are named.
struct WeekText {
    private(set) var usual: Shifts?
    /// By ISO weekday, 1 = Monday.
    private(set) var byWeekday: [Int: Shifts] = [:]
    /// Parts that nobody can read.
    private(set) var unreadable: [String] = []

    /// Reads `09:00-12:00, 13:00-18:00; 周六 09:00-12:00`.
    init(_ text: String) {
        for part in text.split(whereSeparator: { ";；\n".contains($0) }) {
            let trimmed = String(part).trimmed
            let name = trimmed.prefix { !("0"..."9").contains($0) }
            let weekdays = WeekText.weekdays(String(name).trimmed)
            guard let shifts = Shifts(trimmed.dropFirst(name.count)), name.isEmpty || weekdays != nil else {
                unreadable.append(trimmed)
                continue
            }
            if let weekdays { for weekday in weekdays { byWeekday[weekday] = shifts } } else { usual = shifts }
        }
    }

    /// `周六`, `周一至周五`, `Sat`, `Mon-Fri`.
    private static func weekdays(_ name: String) -> [Int]? {
        let ends = name.split { "-–—~～至".contains($0) }.map { weekday(String($0).trimmed) }
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last else { return nil }
        return Array(first...last)
    }

    private static func weekday(_ name: String) -> Int? {
        let chinese = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
        let english = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
        if let index = chinese.firstIndex(of: name.replacing("星期", with: "周").replacing("周天", with: "周日")) { return index + 1 }
        guard name.count >= 3 else { return nil }
        return english.firstIndex(of: String(name.lowercased().prefix(3))).map { $0 + 1 }
    }
}
