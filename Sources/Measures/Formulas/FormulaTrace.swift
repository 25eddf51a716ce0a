/// How a formula's value in a period came about: its parts with their values, down to the measures.
public struct FormulaTrace: Hashable, Sendable {
    /// The part as it stands in the formula.
    public var text: String
    public var range: Range<Int>
    public var period: Int
    public var outcome: FormulaOutcome
    /// The measure, where the part is one.
    public var measure: String?
    /// Parts that the value was computed from; written numbers are left out, of a choice only the branch taken is there.
    public var parts: [FormulaTrace]
}

extension Formula {
    /// The value in a period with the values of all parts; see `evaluate`.
    ///
    /// - Parameter mostPeriods: of an aggregate, at most so many newest periods are listed.
    public func trace(
        at period: Int, calendar: FormulaCalendar = FormulaCalendar(), mostPeriods: Int = 24,
        value: (_ measure: String, _ period: Int) -> FormulaOutcome
    ) -> FormulaTrace {
        withoutActuallyEscaping(value) { value in
            let evaluation = FormulaEvaluation(formula: self, calendar: calendar, value: value)
            return evaluation.trace(term, period, mostPeriods: max(1, mostPeriods))
        }
    }
}

extension FormulaEvaluation {
    func trace(_ term: FormulaTerm, _ period: Int, mostPeriods: Int) -> FormulaTrace {
        var node = FormulaTrace(
            text: formula.fragment(term.range), range: term.range, period: period, outcome: outcome(term, period), measure: nil,
            parts: [])
        func add(_ part: FormulaTerm, at periods: ClosedRange<Int>) {
            if case .number = part { return }
            for period in periods.suffix(mostPeriods) where budget.left > 0 {
                node.parts.append(trace(part, period, mostPeriods: mostPeriods))
            }
        }
        switch term {
        case .number: break
        case .reference(let name, _): node.measure = name
        case .negative(let operand, _): add(operand, at: period...period)
        case .binary(_, let left, let right, _):
            add(left, at: period...period)
            add(right, at: period...period)
        case .call(.choose, let arguments, _, _):
            add(arguments[0], at: period...period)
            if let truth = outcome(arguments[0], period).value { add(arguments[truth != 0 ? 1 : 2], at: period...period) }
        case .call(let function, let arguments, let periods, _):
            let reach = reach(of: function, periods, period)
            for argument in arguments { add(argument, at: reach) }
        }
        return node
    }

    /// The periods of its argument that a function looks at.
    private func reach(of function: FormulaFunction, _ periods: Int?, _ period: Int) -> ClosedRange<Int> {
        switch function {
        case .previous: (period - 1)...(period - 1)
        case .samePeriodLastYear: calendar.yearBefore(period)...calendar.yearBefore(period)
        case .yearToDate: calendar.beginningOfYear(of: period)...period
        case .sum, .average, .minimum, .maximum, .count: span(periods, period)
        default: period...period
        }
    }
}
