/// The quadrants of the Eisenhower matrix.
public enum TimeQuadrant: String, Hashable, Sendable, CaseIterable {
    case importantUrgent, importantNotUrgent, urgentNotImportant, neither
}

/// Time spent on something on a day.
public struct TimeEntry: Hashable, Sendable {
    public var day: Int
    public var minutes: Int
    public var category: String
    public var quadrant: TimeQuadrant?

    public init(day: Int, minutes: Int, category: String, quadrant: TimeQuadrant? = nil) {
        self.day = day
        self.minutes = minutes
        self.category = category
        self.quadrant = quadrant
    }
}

/// Where time went, period by period.
public struct TimeSpent: Hashable, Sendable {
    public struct Period: Hashable, Sendable {
        public var days: ClosedRange<Int>
        public var minutes: Int
        public var byCategory: [String: Int]
        /// Minutes without a quadrant are in none of them.
        public var byQuadrant: [TimeQuadrant: Int]
    }

    /// Every period from the first to the last asked for, also those without entries.
    public var periods: [Period]
    /// All of them together.
    public var total: Period
    /// Categories by minutes, most first; equal ones by name.
    public var ranking: [(category: String, minutes: Int)] {
        total.byCategory.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }
    /// The share of the time with a quadrant that went into what is important and not urgent; `nil` without such time.
    public var importantNotUrgentShare: Double? {
        let known = total.byQuadrant.values.reduce(0, +)
        return known > 0 ? Double(total.byQuadrant[.importantNotUrgent] ?? 0) / Double(known) : nil
    }

    /// - Parameters:
    ///   - days: entries outside do not count; the first and the last period are cut to it.
    ///   - period: by day, week, month ….
    /// - Complexity: O(entries log periods + periods)
    public init(_ entries: [TimeEntry], days: ClosedRange<Int>, by period: PeriodOfDays) {
        func empty(_ days: ClosedRange<Int>) -> Period { Period(days: days, minutes: 0, byCategory: [:], byQuadrant: [:]) }
        periods = []
        total = empty(days)
        var slots: [Int: Int] = [:]
        var first = days.lowerBound
        while first <= days.upperBound {
            let whole = period.range(containing: first)
            slots[whole.lowerBound] = periods.count
            periods.append(empty(first...min(whole.upperBound, days.upperBound)))
            first = whole.upperBound + 1
        }
        for entry in entries where days.contains(entry.day) && entry.minutes > 0 {
            total.add(entry)
            if let slot = slots[period.range(containing: entry.day).lowerBound] { periods[slot].add(entry) }
        }
    }

}

extension TimeSpent.Period {
    fileprivate mutating func add(_ entry: TimeEntry) {
        minutes += entry.minutes
        byCategory[entry.category, default: 0] += entry.minutes
        if let quadrant = entry.quadrant { byQuadrant[quadrant, default: 0] += entry.minutes }
    }
}
