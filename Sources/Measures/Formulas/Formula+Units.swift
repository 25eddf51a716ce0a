extension Formula {
    /// What a part of a formula is.
    private enum Sort: Hashable {
        /// A number of known unit, or one that fits any (a written number, a measure without unit).
        case quantity(MeasureUnit?)
        case truth
    }

    /// Checks units, truths and numbers through the whole formula.
    ///
    /// Sums, comparisons and branches want equal units; written numbers and measures without a unit fit any. Per cent and
    /// plain numbers are the same dimension.
    ///
    /// - Parameters:
    ///   - declared: the unit that the result should have; `nil` to leave it open.
    ///   - unit: the unit of a measure by its name; `nil` where it has none.
    /// - Returns: the unit of the result; `nil` where it fits any.
    /// - Throws: `FormulaError` at the part that does not fit.
    @discardableResult
    public func checkUnits(declared: MeasureUnit? = nil, unit: (String) -> MeasureUnit?) throws(FormulaError) -> MeasureUnit? {
        let result = try quantity(term, unit)
        if let result, let declared, result != declared {
            throw FormulaError(.resultUnit(computed: result.text, declared: declared.text), at: term.range)
        }
        return result
    }

    private func quantity(_ term: FormulaTerm, _ unit: (String) -> MeasureUnit?) throws(FormulaError) -> MeasureUnit? {
        guard case .quantity(let result) = try sort(term, unit) else { throw FormulaError(.truthAsNumber, at: term.range) }
        return result
    }

    private func sort(_ term: FormulaTerm, _ unit: (String) -> MeasureUnit?) throws(FormulaError) -> Sort {
        switch term {
        case .number: return .quantity(nil)
        case .reference(let name, _): return .quantity(unit(name))
        case .negative(let operand, _): return .quantity(try quantity(operand, unit))
        case .binary(let operation, let left, let right, let range): return try binary(operation, left, right, range, unit)
        case .call(let function, let arguments, _, let range): return try call(function, arguments, range, unit)
        }
    }

    private func binary(
        _ operation: FormulaTerm.Operation, _ left: FormulaTerm, _ right: FormulaTerm, _ range: Range<Int>,
        _ unit: (String) -> MeasureUnit?
    ) throws(FormulaError) -> Sort {
        let (first, second) = (try quantity(left, unit), try quantity(right, unit))
        switch operation {
        case .add, .subtract: return .quantity(try same(first, second, "+", right.range))
        case .multiply, .divide:
            if first == nil && second == nil { return .quantity(nil) }
            let (a, b) = (first ?? MeasureUnit.none, second ?? MeasureUnit.none)
            return .quantity(operation == .multiply ? a * b : a / b)
        case .power:
            guard let first, first != MeasureUnit.none else { return .quantity(first) }
            guard second ?? MeasureUnit.none == MeasureUnit.none, let exponent = Self.constant(right),
                exponent == exponent.rounded(), abs(exponent) < 100
            else {
                throw FormulaError(.unitOfPower(first.text), at: right.range)
            }
            return .quantity(first.raised(to: Int(exponent)))
        default:
            _ = try same(first, second, "=", right.range)
            return .truth
        }
    }

    private static func constant(_ term: FormulaTerm) -> Double? {
        switch term {
        case .number(let value, _): value
        case .negative(let operand, _): constant(operand).map { -$0 }
        default: nil
        }
    }

    /// - Parameter range: where the right one stands, which does not fit.
    private func same(_ left: MeasureUnit?, _ right: MeasureUnit?, _ operation: String, _ range: Range<Int>) throws(FormulaError)
        -> MeasureUnit?
    {
        guard let left, let right else { return left ?? right }
        guard left == right else {
            throw FormulaError(.unitMismatch(operation: operation, left: left.text, right: right.text), at: range)
        }
        return left
    }

    private func call(
        _ function: FormulaFunction, _ arguments: [FormulaTerm], _ range: Range<Int>, _ unit: (String) -> MeasureUnit?
    ) throws(FormulaError) -> Sort {
        switch function {
        case .choose:
            guard try sort(arguments[0], unit) == .truth else { throw FormulaError(.numberAsTruth, at: arguments[0].range) }
            return .quantity(try same(quantity(arguments[1], unit), quantity(arguments[2], unit), "=", arguments[2].range))
        case .count:
            _ = try quantity(arguments[0], unit)
            return .quantity(MeasureUnit.none)
        case .smaller, .larger:
            var result = try quantity(arguments[0], unit)
            for argument in arguments.dropFirst() { result = try same(result, quantity(argument, unit), "=", argument.range) }
            return .quantity(result)
        case .round:
            if arguments.count == 2 { _ = try quantity(arguments[1], unit) }
            return .quantity(try quantity(arguments[0], unit))
        default: return .quantity(try quantity(arguments[0], unit))
        }
    }
}
