import PlanModel
import WorkingTime

/// Sums over the lines of a sales target.
public struct SalesSums: Sendable {
    public struct Sum: Sendable, Hashable {
        public var target = 0.0
        public var actual = 0.0
        public var lastYear = 0.0
        /// Actual over target; `nil` without a target.
        public var attainment: Double? { target > 0 ? actual / target : nil }
        public var growth: Double? { lastYear > 0 ? actual / lastYear - 1 : nil }

        static func + (a: Sum, b: Sum) -> Sum {
            Sum(target: a.target + b.target, actual: a.actual + b.actual, lastYear: a.lastYear + b.lastYear)
        }
    }

    /// The record that holds the year's total, and its target.
    public let total: RecordID?
    public let totalTarget: Double?
    /// The whole year's target of all parts.
    public let partsTarget: Double
    /// Up to today, of all parts.
    public let toDate: Sum
    public let byRegion: [(name: String, sum: Sum)]
    public let byProduct: [(product: RecordID, sum: Sum)]
    public let byChannel: [(channel: RecordID, sum: Sum)]
    /// Target and actual of each region by month, 1…12.
    public let byRegionMonth: [String: [Int: Sum]]

    public init(_ plan: Plan, today: Day) {
        let lines = plan.all(SalesTarget.self)
        let whole = lines.first { $0.isTotal == true }
        let parts = lines.filter { $0.isTotal != true }
        total = whole?.id
        totalTarget = whole?.target?.total
        partsTarget = parts.reduce(0) { $0 + ($1.target?.total ?? 0) }
        toDate = parts.reduce(Sum()) { $0 + SalesSums.toDate($1, today: today) }
        byRegion = SalesSums.grouped(parts.compactMap { line in line.region.map { ($0, SalesSums.toDate(line, today: today)) } })
            .map { ($0.0, $0.1) }
        byProduct = SalesSums.grouped(
            parts.compactMap { line in line.product.map { ($0, SalesSums.toDate(line, today: today)) } }
        ).map { ($0.0, $0.1) }
        byChannel = SalesSums.grouped(
            parts.compactMap { line in line.channel.map { ($0, SalesSums.toDate(line, today: today)) } }
        ).map { ($0.0, $0.1) }
        var months: [String: [Int: Sum]] = [:]
        for line in parts {
            let region = line.region ?? ""
            for point in line.target?.points ?? [] {
                months[region, default: [:]][point.day.month, default: Sum()].target += point.value
            }
            for point in line.actual?.points ?? [] {
                months[region, default: [:]][point.day.month, default: Sum()].actual += point.value
            }
        }
        byRegionMonth = months
    }

    /// Target and actual of the months that have an actual value up to today, with last year's same months.
    public static func toDate(_ line: Typed<SalesTarget>, today: Day) -> Sum {
        let actual = (line.actual?.points ?? []).filter { $0.day <= today }
        let months = Set(actual.map(\.day.month))
        let target = (line.target?.points ?? []).filter { months.contains($0.day.month) }
        let last = (line.lastYear?.points ?? []).filter { months.contains($0.day.month) }
        return Sum(
            target: target.reduce(0) { $0 + $1.value }, actual: actual.reduce(0) { $0 + $1.value },
            lastYear: last.reduce(0) { $0 + $1.value })
    }

    private static func grouped<Key: Hashable>(_ pairs: [(Key, Sum)]) -> [(Key, Sum)] {
        var order: [Key] = []
        var sums: [Key: Sum] = [:]
        for (key, sum) in pairs {
            if sums[key] == nil { order.append(key) }
            sums[key] = (sums[key] ?? Sum()) + sum
        }
        return order.map { ($0, sums[$0] ?? Sum()) }
    }
}
