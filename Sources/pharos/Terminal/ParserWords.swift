import PlanModel

/// What the argument parser says: it speaks English alone, and takes a negative number for an option.
enum ParserWords {
    /// - Parameter arguments: those that were refused.
    static func label(_ message: String, _ arguments: [String]) -> Label {
        negative(message, arguments) ?? Label(chinese(message), message)
    }

    /// A negative number behind an option is a value that the parser misses.
    private static func negative(_ message: String, _ arguments: [String]) -> Label? {
        guard let option = message.wholeMatch(of: #/Missing value for '(--?[^ ']+).*'/#)?.1,
            let place = arguments.firstIndex(of: String(option)), place + 1 < arguments.count,
            let value = arguments[place + 1].wholeMatch(of: #/-[0-9.].*/#)?.0
        else { return nil }
        let words = "\(option)=\(value)"
        return Label("负数要和选项连着写：\(words)。", "A negative number is written together with its option: \(words).")
    }

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
            $0.wholeMatch(of: #/The value '(.*)' is invalid for '(.+?)'\. Please provide one of the following:\n((?:.|\n)+)/#)
                .map { "\($0.2) 不能是「\($0.1)」，可用：\(bullets($0.3))。" }
        },
        {
            $0.wholeMatch(of: #/The value '(.*)' is invalid for '(.+?)'\. Please provide one of (.+)\./#)
                .map { "\($0.2) 不能是「\($0.1)」，可用：\(list($0.3))。" }
        },
        { $0.wholeMatch(of: #/The value '(.*)' is invalid for '(.+?)'/#).map { "\($0.2) 不能是「\($0.1)」。" } },
        {
            $0.wholeMatch(of: #/The option '(.+)' does not take any value, but '(.*)' was specified\./#)
                .map { "\($0.1) 不带值，却给了「\($0.2)」。" }
        },
        {
            $0.wholeMatch(of: #/Can't generate completion scripts for '(.*)'\.\n.*\n *(.+)/#)
                .map { "不能为「\($0.1)」生成补全脚本；--generate-completion-script 可用：\($0.2.replacing(" ", with: "、"))。" }
        },
        {
            $0.wholeMatch(of: #/Can't autodetect a supported shell\.\n.*\n *(.+)/#)
                .map { "认不出所用的 shell；--generate-completion-script 可用：\($0.1.replacing(" ", with: "、"))。" }
        },
    ]

    /// `  - a`, one a line, as `a、b`.
    private static func bullets(_ text: Substring) -> String {
        text.split(separator: "\n").map { $0.trimmingPrefix(#/ *- /#) }.joined(separator: "、")
    }

    /// `'a', 'b' or 'c'` as `a、b、c`.
    private static func list(_ text: Substring) -> String {
        String(text).replacing(#/'?(?:, | or | and )'?/#, with: "、").replacing("'", with: "")
    }
}
