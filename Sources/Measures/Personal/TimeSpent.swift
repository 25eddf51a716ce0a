/// Time spent on something on a day.
public struct TimeEntry: Hashable, Sendable {
    public var day: Int
    public var minutes: Int
    /// What it is counted under, such as a task or a quadrant of the Eisenhower matrix.
    public var category: String

    public init(day: Int, minutes: Int, category: String) {
        self.day = day
        self.minutes = minutes
        self.category = category
    }
}

/// Where time went, period by period.
public struct TimeSpent: Hashable, Sendable {
    public struct Period: Hashable, Sendable {
        public var days: ClosedRange<Int>
        public var minutes: Int
        public var byCategory: [String: Int]
    }

    /// Every period from the first to the last asked for, also those without entries.
    public var periods: [Period]
    /// All of them together.
    public var total: Period
    /// Categories by minutes, most first; equal ones by name.
    public var ranking: [(category: String, minutes: Int)] {
        total.byCategory.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }
    /// The share of all time, 0…1; `nil` where there is none.
    public func share(of category: String) -> Double? {
        total.minutes > 0 ? Double(total.byCategory[category] ?? 0) / Double(total.minutes) : nil
    }

    /// - Parameters:
    ///   - days: entries outside do not count; the first and the last period are cut to it.
    ///   - period: by day, week, month ….
    /// - Complexity: O(entries log periods + periods)
    public init(_ entries: [TimeEntry], days: ClosedRange<Int>, by period: PeriodOfDays) {
        func empty(_ days: ClosedRange<Int>) -> Period { Period(days: days, minutes: 0, byCategory: [:]) }
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
    }
}
