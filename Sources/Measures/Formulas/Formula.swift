import Foundation

/// A KPI formula over other measures: `([已解决]/[总数])*100`, `合计([收入], 3) / 去年同期(合计([收入], 3)) - 1`.
///
/// Operands are numbers (`5`, `2.5e3`, `10%`), measures in brackets and functions (`FormulaFunction`); operators are
/// `+ - * / ^` and the comparisons `< <= > >= = !=` for use in `if`. Chinese and English names and full-width characters can be mixed.
public struct Formula: Hashable, Sendable {
    /// A measure named in a formula.
    public struct Reference: Hashable, Sendable {
        public var name: String
        /// Characters of the text, brackets included.
        public var range: Range<Int>
    }

    public let text: String
    let term: FormulaTerm

    /// - Throws: `FormulaError` with the place of the first fault and what was expected there.
    /// - Complexity: O(length)
    public init(_ text: String) throws(FormulaError) {
        self.text = text
        term = try FormulaParser.parse(text)
        // Refuses comparisons used as numbers and the other way round, whatever the units.
        try checkUnits { _ in nil }
    }

    /// Every mention of a measure, in order.
    public var references: [Reference] {
        var found: [Reference] = []
        func visit(_ term: FormulaTerm) {
            switch term {
            case .number: break
            case .reference(let name, let range): found.append(Reference(name: name, range: range))
            case .negative(let operand, _): visit(operand)
            case .binary(_, let left, let right, _):
                visit(left)
                visit(right)
            case .call(_, let arguments, _, _): arguments.forEach(visit)
            }
        }
        visit(term)
        return found
    }

    func fragment(_ range: Range<Int>) -> String {
        let characters = Array(text)
        return String(characters[range.clamped(to: 0..<characters.count)])
    }
}

/// Which periods make a year. Periods are integers that count on by one.
public struct FormulaCalendar: Hashable, Sendable {
    /// 12 for months, 4 for quarters, 1 for years.
    public var periodsPerYear: Int
    /// Any period with which a year begins.
    public var yearStart: Int
    /// The first periods of years, ascending, where years have unequal numbers of periods, as of weeks; empty otherwise.
    public var yearStarts: [Int]
    /// Periods that only some years have, as 29 February is of days: the year up to them, and since, is one longer.
    public var leapPeriods: [Int] = []
    /// The first period that has values at all; nothing earlier is asked for.
    public var first: Int

    public init(periodsPerYear: Int = 12, yearStart: Int = 0, yearStarts: [Int] = [], first: Int = 0) {
        self.periodsPerYear = max(1, periodsPerYear)
        self.yearStart = yearStart
        self.yearStarts = yearStarts
        self.first = first
    }

    /// The first period of the year that `period` belongs to.
    public func beginningOfYear(of period: Int) -> Int {
        if let start = yearStarts.last(where: { $0 <= period }) { return start }
        let offset = (period - yearStart) % periodsPerYear
        return period - (offset < 0 ? offset + periodsPerYear : offset)
    }

    /// The same period of the year before; of 29 February the 28th.
    public func yearBefore(_ period: Int) -> Int {
        let usual = period - periodsPerYear
        return leapPeriods.contains { $0 >= usual && $0 <= period } ? usual - 1 : usual
    }
}

/// Why a formula has no value in a period.
public indirect enum FormulaGap: Hashable, Sendable {
    case missing(measure: String, period: Int)
    case unknownMeasure(String)
    /// `divisor` as it stands in the formula.
    case divisionByZero(divisor: String, period: Int)
    /// A power or a product that is no finite number.
    case noNumber(expression: String, period: Int)
    /// An aggregate over periods none of which has a value.
    case nothingToAggregate(expression: String, period: Int)
    /// Aggregates within aggregates that would take more than 200,000 steps.
    case tooMuchWork(expression: String)
    /// A measure that is itself computed has no value there.
    case through(measure: String, FormulaGap)
    /// The first goes back to the next and so on, the last to the first.
    case cycle([String])

    /// Whether only values are missing, which may still come.
    public var isMissing: Bool {
        switch self {
        case .missing, .nothingToAggregate: true
        case .through(_, let inner): inner.isMissing
        default: false
        }
    }

    /// The value that is missing, where it is a single one.
    public var missing: (measure: String, period: Int)? {
        switch self {
        case .missing(let measure, let period): (measure, period)
        case .through(_, let inner): inner.missing
        default: nil
        }
    }

    /// - Parameters:
    ///   - lacking: what is missing of a measure in a period, where that is only a part of it.
    ///   - label: how a period is called, such as `2026-03`.
    public func wording(
        lacking: (_ measure: String, _ period: Int) -> String? = { _, _ in nil }, label: (Int) -> String = { String($0) }
    ) -> Wording {
        switch self {
        case .missing(let measure, let period):
            let when = lacking(measure, period) ?? label(period)
            return Wording("[\(measure)] 在 \(when) 没有值", "[\(measure)] has no value in \(when)")
        case .unknownMeasure(let name): return Wording("没有名为 [\(name)] 的指标", "There is no measure called [\(name)]")
        case .divisionByZero(let divisor, let period):
            return Wording("除数 \(divisor) 在 \(label(period)) 为零", "The divisor \(divisor) is zero in \(label(period))")
        case .noNumber(let expression, let period):
            return Wording("\(expression) 在 \(label(period)) 算不出数", "\(expression) is not a number in \(label(period))")
        case .nothingToAggregate(let expression, let period):
            return Wording(
                "到 \(label(period)) 为止，\(expression) 没有可用的值", "\(expression) has nothing to go by up to \(label(period))")
        case .tooMuchWork(let expression):
            return Wording("\(expression) 嵌套的期数太多", "\(expression) nests too many periods")
        case .through(let measure, let inner):
            let reason = inner.wording(lacking: lacking, label: label)
            return Wording("[\(measure)] 算不出：\(reason.zh)", "[\(measure)] cannot be computed: \(reason.en)")
        case .cycle(let names):
            let way = (names + names.prefix(1)).map { "[\($0)]" }.joined(separator: " → ")
            return Wording("公式互相引用成环：\(way)", "Formulas refer to each other in a circle: \(way)")
        }
    }
}

/// A value, or the reason why there is none. Never a NaN.
public enum FormulaOutcome: Hashable, Sendable {
    case value(Double)
    case unknown(FormulaGap)

    public var value: Double? { if case .value(let value) = self { value } else { nil } }
    public var gap: FormulaGap? { if case .unknown(let gap) = self { gap } else { nil } }
}
