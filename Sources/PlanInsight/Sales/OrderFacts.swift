import Measures
import PlanModel
import ProcessMining
import Synchronization
import WorkingTime

/// Why a file beside the plan says nothing.
public struct UnreadableFile: Error, Sendable, Hashable {
    public let reason: Label
}

/// What an order list says by itself, apart from what the plan adds.
public struct OrderFacts: Sendable {
    public let report: CustomerReport
    public let cohorts: CohortTriangle
    /// Months to a cohort's period: 1, 3 or 12.
    public let monthsPerPeriod: Int
    public let table: OrderTable
    /// The first order's day, and the last day that counts.
    public let days: ClosedRange<Day>

    /// More orders than these are looked at on the command line.
    static let mostOrders = 2_000_000
    /// A piece of the file at a time.
    private static let piece = 1 << 16

    /// - Parameter until: the newest order's day if nil.
    /// - Returns: nil where no order is left.
    public init?(_ table: OrderTable, until: Day?, weeks: Int) {
        guard let first = table.orders.map(\.day).min(), let newest = table.orders.map(\.day).max() else { return nil }
        let last = until.map { Int($0.number) } ?? newest
        guard first <= last else { return nil }
        self.table = table
        days = Day(number: first)...Day(number: last)
        report = CustomerReport(table, until: last, horizon: Double(weeks))
        let months = (days.upperBound.year - days.lowerBound.year) * 12 + days.upperBound.month - days.lowerBound.month + 1
        monthsPerPeriod = months <= 14 ? 1 : months <= 42 ? 3 : 12
        // The last period that is whole.
        let next = days.upperBound + 1
        cohorts = CohortTriangle(
            table.orders, months: monthsPerPeriod, last: (next.year * 12 + next.month - 1) / monthsPerPeriod - 1)
    }

    /// Reads a list, plain or gzip.
    ///
    /// - Parameter mostBytes: of the plain list; what inflates to more is refused.
    /// - Complexity: O(bytes).
    public static func read(
        _ bytes: [UInt8], columns: OrderColumns = OrderColumns(), mostBytes: Int = ProcessFacts.mostBytes
    ) throws(UnreadableFile) -> OrderTable {
        var unpacker = Unpacker()
        var reader = OrderTableReader(columns: columns, most: mostOrders)
        var rest = mostBytes
        do {
            for start in stride(from: 0, to: bytes.count, by: piece) {
                try unpacker.unpack(bytes[start..<min(start + piece, bytes.count)]) { part in
                    rest -= part.count
                    guard rest >= 0 else { throw LogReadingError.tooManyBytes(mostBytes) }
                    try reader.read(part)
                }
            }
            try reader.read(unpacker.finish())
            return try reader.finish()
        } catch let error as OrderTableError {
            throw UnreadableFile(reason: Label(error.wording.zh, error.wording.en))
        } catch let error as LogReadingError {
            throw UnreadableFile(reason: Label(error.words.zh, error.words.en))
        } catch { throw UnreadableFile(reason: Label("文件读不懂。", "The file cannot be read.")) }
    }

    /// Customers with their first order within the days.
    public func newCustomers(_ period: ClosedRange<Day>) -> Int {
        var first: [String: Int] = [:]
        for order in table.orders { first[order.customer] = min(first[order.customer] ?? .max, order.day) }
        return first.values.count { (Int(period.lowerBound.number)...Int(period.upperBound.number)).contains($0) }
    }

    /// Revenue a month of those who bought in the last twelve months, or since the first order where that is less; nil without amounts.
    public var monthlyRevenue: Double? {
        let last = Int(days.upperBound.number)
        let first = max(last - 364, Int(days.lowerBound.number))
        let recent = table.orders.filter { (first...last).contains($0.day) && $0.amount != nil }
        let customers = Set(recent.map(\.customer)).count
        guard customers > 0 else { return nil }
        let months = Double(last - first + 1) / (365.25 / 12)
        return recent.reduce(0) { $0 + ($1.amount ?? 0) } / Double(customers) / max(months, 1)
    }

    /// Share of customers who came back at all.
    public var repurchase: Double? {
        let all = report.entries
        return all.isEmpty ? nil : Double(all.count { $0.history.repeats > 0 }) / Double(all.count)
    }

    /// `2026Q3`, `2026-07` or `2026`.
    public func name(ofPeriod period: Int) -> String {
        let month = period * monthsPerPeriod
        switch monthsPerPeriod {
        case 1: return String("\(Day(year: month / 12, month: month % 12 + 1, day: 1) ?? days.lowerBound)".prefix(7))
        case 3: return "\(month / 12)Q\(month % 12 / 3 + 1)"
        default: return "\(month / 12)"
        }
    }

    /// The last period that cohorts are looked at in; what came after it is not over yet.
    public var lastWholePeriod: String? {
        cohorts.cohorts.first.map { name(ofPeriod: $0.period + $0.active.count - 1) }
    }

    public var periodName: Label {
        switch monthsPerPeriod {
        case 1: Label("个月", "month")
        case 3: Label("个季度", "quarter")
        default: Label("年", "year")
        }
    }
}

/// Order lists by what they depend on, so that a change elsewhere in a plan does not read and fit them again.
final class OrderMemory: Sendable {
    static let shared = OrderMemory()

    struct Key: Hashable {
        let file: String
        let stamp: String
        let until: Day?
        let weeks: Int
    }

    private let kept = Mutex<[Key: Result<OrderFacts, UnreadableFile>]>([:])
    private static let capacity = 8

    func facts(_ key: Key, _ make: () -> Result<OrderFacts, UnreadableFile>) -> Result<OrderFacts, UnreadableFile> {
        if let known = kept.withLock({ $0[key] }) { return known }
        let made = make()
        kept.withLock { all in
            if all.count >= Self.capacity { all.removeAll() }
            all[key] = made
        }
        return made
    }
}
