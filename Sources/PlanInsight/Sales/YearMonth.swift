import PlanModel
import WorkingTime

/// A month of a year: by it values of targets, actuals and last year are matched, never by the month's number alone.
public struct YearMonth: Hashable, Comparable, Sendable {
    public let year: Int
    /// 1…12.
    public let month: Int

    public init(_ day: Day) {
        year = day.year
        month = day.month
    }

    public init(year: Int, month: Int) {
        self.year = year
        self.month = month
    }

    public var first: Day { Day(year: year, month: month, day: 1) ?? Day(number: 0) }

    public var yearBefore: YearMonth { YearMonth(year: year - 1, month: month) }

    public static func < (one: YearMonth, other: YearMonth) -> Bool { (one.year, one.month) < (other.year, other.month) }

    /// `2026年1–10月`, from the first to the last.
    public static func span(_ months: some Collection<YearMonth>) -> Label {
        guard let first = months.min(), let last = months.max() else { return Label("", "") }
        func name(_ month: YearMonth) -> String { String(DisplayText.months[month.month - 1].prefix(3)) }
        if first == last { return Label("\(first.year)年\(first.month)月", "\(name(first)) \(first.year)") }
        if first.year == last.year {
            return Label("\(first.year)年\(first.month)–\(last.month)月", "\(name(first)) to \(name(last)) \(first.year)")
        }
        return Label(
            "\(first.year)年\(first.month)月至\(last.year)年\(last.month)月",
            "\(name(first)) \(first.year) to \(name(last)) \(last.year)")
    }
}

extension Series {
    /// The sum of each month's values up to a day.
    func byMonth(until today: Day? = nil) -> [YearMonth: Double] {
        var sums: [YearMonth: Double] = [:]
        for (day, value) in points where today.map({ day <= $0 }) ?? true { sums[YearMonth(day), default: 0] += value }
        return sums
    }

    /// Last year's values by the months they are compared with: dated a year before, or, where none is, under the months themselves.
    func comparable(with months: some Sequence<YearMonth>) -> [YearMonth: Double] {
        let own = byMonth()
        let before = months.compactMap { month in own[month.yearBefore].map { (month, $0) } }
        let found = before.isEmpty ? months.compactMap { month in own[month].map { (month, $0) } } : before
        return Dictionary(found, uniquingKeysWith: +)
    }
}

/// Decimal numbers as whole numbers of their last digit, so that sums and differences are exact.
struct DecimalScale {
    /// After the point: the fewest that hold every value, at most six.
    let digits: Int
    private let factor: Double

    init(holding values: some Sequence<Double>) {
        var digits = 0
        for value in values {
            while digits < 6, (value * Self.factor(digits)).rounded() / Self.factor(digits) != value { digits += 1 }
        }
        self.digits = digits
        factor = Self.factor(digits)
    }

    /// - Returns: nil where the number is beyond all measure.
    func units(_ value: Double) -> Int? {
        let scaled = (value * factor).rounded()
        return abs(scaled) < 1e15 ? Int(scaled) : nil
    }

    func value(_ units: Int) -> Double { Double(units) / factor }

    /// The exact sum of decimal numbers.
    static func sum(_ values: [Double]) -> Double {
        let scale = DecimalScale(holding: values)
        let units = values.compactMap(scale.units)
        return units.count == values.count ? scale.value(units.reduce(0, +)) : values.reduce(0, +)
    }

    private static func factor(_ digits: Int) -> Double { [1, 10, 100, 1000, 10_000, 100_000, 1_000_000][digits] }
}
