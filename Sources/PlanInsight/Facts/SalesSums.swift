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
            Sum(
                target: DecimalScale.sum([a.target, b.target]), actual: DecimalScale.sum([a.actual, b.actual]),
                lastYear: DecimalScale.sum([a.lastYear, b.lastYear]))
        }
    }

    /// The record that holds the year's total, and its target.
    public let total: RecordID?
    public let totalTarget: Double?
    /// The whole year's target of all parts.
    public let partsTarget: Double
    /// Up to today, of all parts: what sales come to, whatever the record of the total says itself.
    public let toDate: Sum
    /// Up to today, as the record of the total has it; nil where it has none.
    public let totalToDate: Sum?
    public let byRegion: [(name: String, sum: Sum)]
    public let byProduct: [(product: RecordID, sum: Sum)]
    public let byChannel: [(channel: RecordID, sum: Sum)]
    /// Target and actual of each region by month.
    public let byRegionMonth: [String: [YearMonth: Sum]]
    /// Of all parts by month, with last year's same month.
    public let byMonth: [YearMonth: Sum]

    public init(_ plan: Plan, today: Day) {
        let lines = plan.all(SalesTarget.self)
        let whole = lines.first { $0.isTotal == true }
        let parts = lines.filter { $0.isTotal != true }
        total = whole?.id
        totalTarget = whole?.target?.total
        totalToDate = whole.flatMap { $0.actual?.isEmpty == false ? SalesSums.toDate($0, today: today) : nil }
        partsTarget = DecimalScale.sum(parts.flatMap { $0.target?.values ?? [] })
        toDate = parts.reduce(Sum()) { $0 + SalesSums.toDate($1, today: today) }
        byRegion = SalesSums.grouped(parts.compactMap { line in line.region.map { ($0, SalesSums.toDate(line, today: today)) } })
            .map { ($0.0, $0.1) }
        byProduct = SalesSums.grouped(
            parts.compactMap { line in line.product.map { ($0, SalesSums.toDate(line, today: today)) } }
        ).map { ($0.0, $0.1) }
        byChannel = SalesSums.grouped(
            parts.compactMap { line in line.channel.map { ($0, SalesSums.toDate(line, today: today)) } }
        ).map { ($0.0, $0.1) }
        var regions: [String: [YearMonth: Sum]] = [:]
        var all: [YearMonth: Sum] = [:]
        for line in parts {
            for (month, sum) in SalesSums.months(line, today: today) {
                regions[line.region ?? "", default: [:]][month] = (regions[line.region ?? ""]?[month] ?? Sum()) + sum
                all[month] = (all[month] ?? Sum()) + sum
            }
        }
        byRegionMonth = regions
        byMonth = all
    }

    /// Target and actual of the months that have an actual value up to today, with last year's same months.
    public static func toDate(_ line: Typed<SalesTarget>, today: Day) -> Sum {
        let actual = line.actual?.byMonth(until: today) ?? [:]
        let target = line.target?.byMonth() ?? [:]
        let last = line.lastYear?.comparable(with: actual.keys) ?? [:]
        return Sum(
            target: DecimalScale.sum(actual.keys.compactMap { target[$0] }), actual: DecimalScale.sum(Array(actual.values)),
            lastYear: DecimalScale.sum(Array(last.values)))
    }

    /// What a line comes to to date: the one of the total what its parts do, where these have actual values; `nil` before the first.
    public static func sum(of line: Typed<SalesTarget>, in plan: Plan, today: Day) -> Sum? {
        let parts = line.isTotal == true ? SalesSums(plan, today: today).toDate : Sum()
        let sum = parts.actual > 0 ? parts : toDate(line, today: today)
        return sum.attainment == nil ? nil : sum
    }

    /// How far a line has come to date.
    public static func attainment(of line: Typed<SalesTarget>, in plan: Plan, today: Day) -> Double? {
        sum(of: line, in: plan, today: today)?.attainment
    }

    /// Every month that a line speaks of; an actual value after today does not count yet.
    private static func months(_ line: Typed<SalesTarget>, today: Day) -> [YearMonth: Sum] {
        let (target, actual) = (line.target?.byMonth() ?? [:], line.actual?.byMonth(until: today) ?? [:])
        let months = Set(target.keys).union(actual.keys)
        let last = line.lastYear?.comparable(with: months) ?? [:]
        return Dictionary(
            uniqueKeysWithValues: months.map {
                ($0, Sum(target: target[$0] ?? 0, actual: actual[$0] ?? 0, lastYear: last[$0] ?? 0))
            })
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
