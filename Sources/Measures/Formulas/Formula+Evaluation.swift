import Foundation

extension Formula {
    /// The value in a period.
    ///
    /// Sums (and year to date) need a value in each of their periods; average, minimum and maximum take those that are there;
    /// count counts them. Nothing before `calendar.first` is asked for: there values are missing.
    ///
    /// - Parameter value: the value of a measure in a period.
    /// - Complexity: O(terms × periods of the aggregates they stand in)
    public func evaluate(
        at period: Int, calendar: FormulaCalendar = FormulaCalendar(), value: (_ measure: String, _ period: Int) -> FormulaOutcome
    ) -> FormulaOutcome {
        withoutActuallyEscaping(value) { value in
            let evaluation = FormulaEvaluation(formula: self, calendar: calendar, value: value)
            return evaluation.outcome(term, period)
        }
    }
}

/// One evaluation: the formula, its calendar, where values come from, and how much work is left.
struct FormulaEvaluation {
    let formula: Formula
    let calendar: FormulaCalendar
    let value: (String, Int) -> FormulaOutcome
    let budget = Budget()

    /// Aggregates within aggregates multiply; this ends what would never end.
    final class Budget {
        var left = 200_000
    }

    func outcome(_ term: FormulaTerm, _ period: Int) -> FormulaOutcome {
        budget.left -= 1
        guard budget.left > 0 else { return .unknown(.tooMuchWork(expression: formula.text)) }
        switch term {
        case .number(let number, _): return .value(number)
        case .reference(let name, _):
            return period < calendar.first ? .unknown(.missing(measure: name, period: period)) : value(name, period)
        case .negative(let operand, _):
            return outcome(operand, period).map { -$0 }
        case .binary(let operation, let left, let right, let range):
            return binary(operation, left, right, range, period)
        case .call(let function, let arguments, let periods, let range):
            return call(function, arguments, periods, range, period)
        }
    }

    private func binary(
        _ operation: FormulaTerm.Operation, _ left: FormulaTerm, _ right: FormulaTerm, _ range: Range<Int>, _ period: Int
    ) -> FormulaOutcome {
        let first = outcome(left, period)
        guard case .value(let a) = first else { return first }
        let second = outcome(right, period)
        guard case .value(let b) = second else { return second }
        if operation == .divide && b == 0 {
            return .unknown(.divisionByZero(divisor: formula.fragment(right.range), period: period))
        }
        return finite(Self.apply(operation, a, b), range, period)
    }

    private static func apply(_ operation: FormulaTerm.Operation, _ a: Double, _ b: Double) -> Double {
        switch operation {
        case .add: a + b
        case .subtract: a - b
        case .multiply: a * b
        case .divide: a / b
        case .power: pow(a, b)
        case .less: a < b ? 1 : 0
        case .lessOrEqual: a <= b ? 1 : 0
        case .greater: a > b ? 1 : 0
        case .greaterOrEqual: a >= b ? 1 : 0
        case .equal: a == b ? 1 : 0
        case .unequal: a != b ? 1 : 0
        }
    }

    private func finite(_ number: Double, _ range: Range<Int>, _ period: Int) -> FormulaOutcome {
        number.isFinite ? .value(number) : .unknown(.noNumber(expression: formula.fragment(range), period: period))
    }

    private func call(
        _ function: FormulaFunction, _ arguments: [FormulaTerm], _ periods: Int?, _ range: Range<Int>, _ period: Int
    ) -> FormulaOutcome {
        switch function {
        case .previous: return outcome(arguments[0], period - 1)
        case .samePeriodLastYear: return outcome(arguments[0], calendar.yearBefore(period))
        case .yearToDate: return sum(arguments[0], calendar.beginningOfYear(of: period)...period, range)
        case .sum: return sum(arguments[0], span(periods, period), range)
        case .average, .minimum, .maximum, .count: return aggregate(function, arguments[0], span(periods, period), range)
        case .choose:
            let condition = outcome(arguments[0], period)
            guard case .value(let truth) = condition else { return condition }
            return outcome(arguments[truth != 0 ? 1 : 2], period)
        case .absolute: return outcome(arguments[0], period).map(abs)
        case .round: return rounded(arguments, range, period)
        case .smaller, .larger:
            var best: Double?
            for argument in arguments {
                let next = outcome(argument, period)
                guard case .value(let number) = next else { return next }
                best = best.map { function == .smaller ? min($0, number) : max($0, number) } ?? number
            }
            return .value(best ?? 0)
        }
    }

    private func rounded(_ arguments: [FormulaTerm], _ range: Range<Int>, _ period: Int) -> FormulaOutcome {
        let number = outcome(arguments[0], period)
        guard case .value(let value) = number, arguments.count == 2 else { return number.map { $0.rounded() } }
        return outcome(arguments[1], period).map { digits in
            let factor = pow(10, max(-12, min(12, digits.rounded())))
            let result = (value * factor).rounded() / factor
            return result.isFinite ? result : value
        }
    }

    func span(_ periods: Int?, _ period: Int) -> ClosedRange<Int> {
        let first = periods.map { period - $0 + 1 } ?? min(calendar.first, period)
        return first...period
    }

    private func sum(_ term: FormulaTerm, _ span: ClosedRange<Int>, _ range: Range<Int>) -> FormulaOutcome {
        var sum = 0.0
        var lost = 0.0
        for period in span {
            let next = outcome(term, period)
            guard case .value(let number) = next else { return next }
            // Neumaier's compensation keeps sums of money exact to the last digit shown.
            let total = sum + number
            lost += abs(sum) >= abs(number) ? (sum - total) + number : (number - total) + sum
            sum = total
        }
        return finite(sum + lost, range, span.upperBound)
    }

    private func aggregate(_ function: FormulaFunction, _ term: FormulaTerm, _ span: ClosedRange<Int>, _ range: Range<Int>)
        -> FormulaOutcome
    {
        var count = 0.0
        var sum = 0.0
        var low = Double.infinity
        var high = -Double.infinity
        for period in span {
            switch outcome(term, period) {
            case .value(let number):
                count += 1
                sum += number
                low = min(low, number)
                high = max(high, number)
            case .unknown(let gap):
                guard gap.isMissingValue else { return .unknown(gap) }
            }
        }
        if function == .count { return .value(count) }
        guard count > 0 else {
            return .unknown(.nothingToAggregate(expression: formula.fragment(range), period: span.upperBound))
        }
        switch function {
        case .average: return finite(sum / count, range, span.upperBound)
        case .minimum: return .value(low)
        default: return .value(high)
        }
    }
}

extension FormulaOutcome {
    fileprivate func map(_ transform: (Double) -> Double) -> FormulaOutcome {
        if case .value(let value) = self { .value(transform(value)) } else { self }
    }
}

extension FormulaGap {
    /// A value that is not there yet, rather than one that cannot be.
    fileprivate var isMissingValue: Bool {
        switch self {
        case .missing, .nothingToAggregate: true
        case .through(_, let inner): inner.isMissingValue
        default: false
        }
    }
}
