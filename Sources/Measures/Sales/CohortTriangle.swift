/// Who came back how long after the first time: one row per cohort, one column per period since.
public struct CohortTriangle: Hashable, Sendable {
    public struct Cohort: Hashable, Sendable {
        /// Period of the first activity.
        public var period: Int
        public var size: Int
        /// How many were active 0, 1, 2 … periods later, up to the last period.
        public var active: [Int]

        public var retention: [Double] { active.map { Double($0) / Double(size) } }
    }

    /// In order, only cohorts with members.
    public var cohorts: [Cohort]

    /// - Parameters:
    ///   - activities: customer and period, in any order, repetitions allowed.
    ///   - last: the last complete period; later activities are left out.
    /// - Complexity: O(n).
    public init(_ activities: some Sequence<(customer: String, period: Int)>, last: Int) {
        var periods: [String: Set<Int>] = [:]
        for activity in activities where activity.period <= last {
            periods[activity.customer, default: []].insert(activity.period)
        }
        var found: [Int: Cohort] = [:]
        for active in periods.values {
            guard let first = active.min() else { continue }
            var cohort = found[first] ?? Cohort(period: first, size: 0, active: [Int](repeating: 0, count: last - first + 1))
            cohort.size += 1
            for period in active { cohort.active[period - first] += 1 }
            found[first] = cohort
        }
        cohorts = found.values.sorted { $0.period < $1.period }
    }

    /// Orders by stretches of months: the period is (year × 12 + month − 1) ÷ months, rounded down.
    ///
    /// - Parameter months: 1 for months, 3 for quarters, 12 for years.
    public init(_ orders: [Order], months: Int = 1, last: Int) {
        self.init(
            orders.lazy.map { order in
                let date = civilDate(order.day)
                return (order.customer, (date.year * 12 + date.month - 1) / max(1, months))
            }, last: last)
    }

    /// Retention by age over all cohorts that are old enough, weighted by size.
    public var meanRetention: [Double] {
        let longest = cohorts.map(\.active.count).max() ?? 0
        return (0..<longest).map { age in
            let old = cohorts.filter { $0.active.count > age }
            return Double(old.reduce(0) { $0 + $1.active[age] }) / Double(old.reduce(0) { $0 + $1.size })
        }
    }
}
