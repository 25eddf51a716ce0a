/// A parsed formula with the places of its parts.
indirect enum FormulaTerm: Hashable, Sendable {
    enum Operation: String, Hashable, Sendable {
        case add = "+", subtract = "-", multiply = "*", divide = "/", power = "^"
        case less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">=", equal = "=", unequal = "!="

        var isComparison: Bool {
            switch self {
            case .add, .subtract, .multiply, .divide, .power: false
            default: true
            }
        }
    }

    case number(Double, Range<Int>)
    case reference(String, Range<Int>)
    case negative(FormulaTerm, Range<Int>)
    case binary(Operation, FormulaTerm, FormulaTerm, Range<Int>)
    /// `periods` is the written number of periods of functions that take one.
    case call(FormulaFunction, [FormulaTerm], periods: Int?, Range<Int>)

    var range: Range<Int> {
        switch self {
        case .number(_, let range), .reference(_, let range), .negative(_, let range), .binary(_, _, _, let range),
            .call(_, _, _, let range):
            range
        }
    }
}

extension FormulaTerm {
    /// The same term with the brackets around it counted in; a reference keeps its own place.
    fileprivate func widened(to range: Range<Int>) -> FormulaTerm {
        switch self {
        case .number(let value, _): .number(value, range)
        case .reference: self
        case .negative(let operand, _): .negative(operand, range)
        case .binary(let operation, let left, let right, _): .binary(operation, left, right, range)
        case .call(let function, let arguments, let periods, _): .call(function, arguments, periods: periods, range)
        }
    }
}

/// Recursive descent: comparison < sum < product < sign < power (from the right) < per cent < operand.
struct FormulaParser {
    static let deepest = 100

    private let tokens: [FormulaToken]
    private let characters: [Character]
    private var place = 0
    private var depth = 0

    static func parse(_ text: String) throws(FormulaError) -> FormulaTerm {
        var parser = FormulaParser(tokens: try FormulaTokenizer.tokens(of: text), characters: Array(text))
        let term = try parser.comparison()
        guard parser.token.kind == .end else { throw parser.unexpected(Wording("运算符或公式结尾", "an operator or the end")) }
        return term
    }

    private init(tokens: [FormulaToken], characters: [Character]) {
        self.tokens = tokens
        self.characters = characters
    }

    private var token: FormulaToken { tokens[min(place, tokens.count - 1)] }

    private mutating func take(_ symbols: String...) -> String? {
        guard case .symbol(let symbol) = token.kind, symbols.contains(symbol) else { return nil }
        place += 1
        return symbol
    }

    private func unexpected(_ expected: Wording) -> FormulaError {
        let found = String(characters[token.range.clamped(to: 0..<characters.count)])
        return FormulaError(.unexpected(found: found, expected: expected), at: token.range)
    }

    private mutating func comparison() throws(FormulaError) -> FormulaTerm {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.deepest { throw FormulaError(.tooDeep(limit: Self.deepest), at: token.range) }
        let left = try sum()
        guard let symbol = take("<", "<=", ">", ">=", "=", "!="), let operation = FormulaTerm.Operation(rawValue: symbol) else {
            return left
        }
        let right = try sum()
        return .binary(operation, left, right, left.range.lowerBound..<right.range.upperBound)
    }

    private mutating func sum() throws(FormulaError) -> FormulaTerm {
        var left = try product()
        var length = 0
        while let symbol = take("+", "-"), let operation = FormulaTerm.Operation(rawValue: symbol) {
            length += 1
            if length > 500 { throw FormulaError(.tooDeep(limit: 500), at: token.range) }
            let right = try product()
            left = .binary(operation, left, right, left.range.lowerBound..<right.range.upperBound)
        }
        return left
    }

    private mutating func product() throws(FormulaError) -> FormulaTerm {
        var left = try signed()
        var length = 0
        while let symbol = take("*", "/"), let operation = FormulaTerm.Operation(rawValue: symbol) {
            length += 1
            if length > 500 { throw FormulaError(.tooDeep(limit: 500), at: token.range) }
            let right = try signed()
            left = .binary(operation, left, right, left.range.lowerBound..<right.range.upperBound)
        }
        return left
    }

    /// −2^2 is −(2^2), as in mathematics.
    private mutating func signed() throws(FormulaError) -> FormulaTerm {
        depth += 1
        defer { depth -= 1 }
        if depth > 2 * Self.deepest { throw FormulaError(.tooDeep(limit: Self.deepest), at: token.range) }
        let start = token.range.lowerBound
        if take("+") != nil { return try signed() }
        if take("-") != nil {
            let operand = try signed()
            return .negative(operand, start..<operand.range.upperBound)
        }
        return try power()
    }

    private mutating func power() throws(FormulaError) -> FormulaTerm {
        let base = try perCent()
        guard take("^") != nil else { return base }
        let exponent = try signed()
        return .binary(.power, base, exponent, base.range.lowerBound..<exponent.range.upperBound)
    }

    private mutating func perCent() throws(FormulaError) -> FormulaTerm {
        let operand = try operand()
        let end = token.range.upperBound
        guard take("%") != nil else { return operand }
        return .binary(.divide, operand, .number(100, (end - 1)..<end), operand.range.lowerBound..<end)
    }

    private mutating func operand() throws(FormulaError) -> FormulaTerm {
        let first = token
        switch first.kind {
        case .number(let value):
            place += 1
            return .number(value, first.range)
        case .reference(let name):
            place += 1
            return .reference(name, first.range)
        case .name(let name): return try call(name, first.range)
        case .symbol("("):
            place += 1
            let inner = try comparison()
            let end = token.range.upperBound
            guard take(")") != nil else { throw unexpected(Wording("右括号「）」", "a closing “)”")) }
            return inner.widened(to: first.range.lowerBound..<end)
        default: throw unexpected(Wording("数、[指标]、函数或左括号", "a number, a [measure], a function or “(”"))
        }
    }

    private mutating func call(_ name: String, _ range: Range<Int>) throws(FormulaError) -> FormulaTerm {
        guard let function = FormulaFunction.named(name) else {
            throw FormulaError(.unknownFunction(name, near: FormulaFunction.near(name)), at: range)
        }
        place += 1
        guard take("(") != nil else { throw unexpected(Wording("「\(name)」后面的左括号「（」", "“(” after “\(name)”")) }
        var arguments = [try comparison()]
        while take(",") != nil { arguments.append(try comparison()) }
        let end = token.range.upperBound
        guard take(")") != nil else { throw unexpected(Wording("逗号或右括号「）」", "a comma or a closing “)”")) }
        let whole = range.lowerBound..<end
        guard function.argumentCount.contains(arguments.count) else {
            throw FormulaError(.argumentCount(function: name, allowed: function.argumentCount, found: arguments.count), at: whole)
        }
        var periods: Int?
        if function.takesPeriods, arguments.count == 2 {
            guard case .number(let count, _) = arguments[1], count == count.rounded(), count >= 1, count <= 1000 else {
                throw FormulaError(.periodCount(function: name), at: arguments[1].range)
            }
            periods = Int(count)
            arguments.removeLast()
        }
        return .call(function, arguments, periods: periods, whole)
    }
}
