/// What is wrong with a formula and where: `range` counts characters of the text from 0.
public struct FormulaError: Error, Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case empty
        case tooLong(limit: Int)
        case tooDeep(limit: Int)
        /// A character that no formula has.
        case unknownCharacter(String)
        case badNumber(String)
        /// `[` without `]`.
        case openReference
        case emptyReference
        /// Something else stands where `expected` should; `found` is empty at the end.
        case unexpected(found: String, expected: Wording)
        /// `near` is the function meant, where one is close.
        case unknownFunction(String, near: String?)
        case argumentCount(function: String, allowed: ClosedRange<Int>, found: Int)
        case periodCount(function: String)
        case unitMismatch(operation: String, left: String, right: String)
        case unitOfPower(String)
        case truthAsNumber
        case numberAsTruth
        case resultUnit(computed: String, declared: String)
        /// Several measures have the title.
        case ambiguousMeasure(String, ids: [String])
    }

    public var range: Range<Int>
    public var kind: Kind

    public init(_ kind: Kind, at range: Range<Int>) {
        self.kind = kind
        self.range = range
    }

    /// One sentence with the place, which counts from 1.
    public var wording: Wording {
        let what = kind.wording
        return Wording("第 \(range.lowerBound + 1) 个字符：\(what.zh)", "At character \(range.lowerBound + 1): \(what.en)")
    }
}

extension FormulaError.Kind {
    var wording: Wording {
        switch self {
        case .empty: Wording("公式是空的，应写成如 [已解决]/[总数]*100", "the formula is empty; write such as [solved]/[total]*100")
        case .tooLong(let limit): Wording("公式超过 \(limit) 个字符", "the formula has more than \(limit) characters")
        case .tooDeep(let limit): Wording("括号或运算嵌套超过 \(limit) 层", "more than \(limit) levels are nested")
        case .unknownCharacter(let text):
            Wording(
                "不认识「\(text)」，应为数、[指标]、函数或运算符",
                "“\(text)” is not known here; expected a number, a [measure], a function or an operator")
        case .badNumber(let text): Wording("「\(text)」不是数", "“\(text)” is not a number")
        case .openReference: Wording("指标名缺少右方括号「]」", "the measure's name lacks its closing “]”")
        case .emptyReference: Wording("方括号里应有指标名", "a measure's name is expected between the brackets")
        case .unexpected(let found, let expected):
            found.isEmpty
                ? Wording("公式到此结束，但还应有\(expected.zh)", "the formula ends here, but \(expected.en) is expected")
                : Wording("这里是「\(found)」，应为\(expected.zh)", "found “\(found)”, expected \(expected.en)")
        case .unknownFunction(let name, let near?):
            Wording("没有函数「\(name)」，是不是「\(near)」？", "there is no function “\(name)”; is “\(near)” meant?")
        case .unknownFunction(let name, nil):
            Wording("没有函数「\(name)」；指标名要写在方括号里", "there is no function “\(name)”; names of measures stand in brackets")
        case .argumentCount(let function, let allowed, let found):
            Wording(
                "「\(function)」需要 \(allowed.text) 个参数，这里有 \(found) 个",
                "“\(function)” takes \(allowed.text) \(allowed == 1...1 ? "argument" : "arguments"), here \(found == 1 ? "is" : "are") \(found)"
            )
        case .periodCount(let function):
            Wording(
                "「\(function)」的期数应是 1 到 1000 的整数", "the number of periods of “\(function)” must be a whole number from 1 to 1000")
        case .unitMismatch(let operation, let left, let right):
            Wording(
                "「\(left)」和「\(right)」单位不同，不能\(operation == "=" ? "比较" : "相加减")",
                "units “\(left)” and “\(right)” differ and cannot be \(operation == "=" ? "compared" : "added")")
        case .unitOfPower(let unit):
            Wording("单位为「\(unit)」的数只能有整数次幂，指数不带单位", "a number in “\(unit)” can only have a whole, unitless power")
        case .truthAsNumber: Wording("比较的结果不能当数用，应放在「如果」里", "a comparison is not a number; it belongs into “if”")
        case .numberAsTruth:
            Wording("「如果」的第一个参数应是比较，如 [a] > 5", "the first argument of “if” must be a comparison such as [a] > 5")
        case .resultUnit(let computed, let declared):
            Wording(
                "公式算出的单位是「\(computed)」，指标的单位却是「\(declared)」",
                "the formula gives “\(computed)”, but the measure is in “\(declared)”")
        case .ambiguousMeasure(let name, let ids):
            Wording(
                "有 \(ids.count) 个指标叫「\(name)」（\(ids.joined(separator: "、"))）；请改写编号，如 [\(ids.first ?? "")]",
                "\(ids.count) measures are called “\(name)” (\(ids.joined(separator: ", "))); write the id, such as [\(ids.first ?? "")]"
            )
        }
    }
}

extension ClosedRange<Int> {
    fileprivate var text: String { lowerBound == upperBound ? "\(lowerBound)" : "\(lowerBound)–\(upperBound)" }
}
