import PlanModel

/// What the argument parser says, in Chinese: it speaks English alone.
enum ParserWords {
    /// - Returns: the message in Chinese; unchanged where it is none of the parser's.
    static func chinese(_ message: String) -> String {
        for sentence in sentences {
            if let found = sentence(message) { return found }
        }
        return message
    }

    private static let sentences: [@Sendable (String) -> String?] = [
        { $0.wholeMatch(of: #/Unknown option '(.+?)'\. Did you mean '(.+?)'\?/#).map { "没有选项 \($0.1)。是不是 \($0.2)？" } },
        { $0.wholeMatch(of: #/Unknown option '(.+?)'/#).map { "没有选项 \($0.1)。" } },
        { $0.wholeMatch(of: #/Missing value for '(.+)'/#).map { "\($0.1) 缺少值。" } },
        { $0.wholeMatch(of: #/Missing expected argument '(.+)'/#).map { "缺少参数 \($0.1)。" } },
        { $0.wholeMatch(of: #/Missing one of: '(.+)'/#).map { "缺少其中一项：\(list($0.1))。" } },
        { $0.wholeMatch(of: #/Unexpected argument '(.*)'/#).map { "多余的参数「\($0.1)」。" } },
        { $0.wholeMatch(of: #/(\d+) unexpected arguments: '(.*)'/#).map { "有 \($0.1) 个多余的参数：\(list($0.2))。" } },
        {
            $0.wholeMatch(of: #/The value '(.*)' is invalid for '(.+?)'\. Please provide one of (.+)\./#)
                .map { "\($0.2) 不能是「\($0.1)」，可用：\(list($0.3))。" }
        },
        { $0.wholeMatch(of: #/The value '(.*)' is invalid for '(.+?)'/#).map { "\($0.2) 不能是「\($0.1)」。" } },
        {
            $0.wholeMatch(of: #/The option '(.+)' does not take any value, but '(.*)' was specified\./#)
                .map { "\($0.1) 不带值，却给了「\($0.2)」。" }
        },
    ]

    /// `'a', 'b' or 'c'` as `a、b、c`.
    private static func list(_ text: Substring) -> String {
        String(text).replacing(#/'?(?:, | or | and )'?/#, with: "、").replacing("'", with: "")
    }
}
