import CYaml
import PlanModel

/// A piece of YAML with where it stands in its file.
struct YAMLNode {
    enum Content {
        case scalar(String)
        case sequence([YAMLNode])
        case mapping([(key: YAMLNode, value: YAMLNode)])
    }

    let content: Content
    /// Counted from 1.
    let line: Int
    let column: Int

    var text: String? { if case .scalar(let text) = content { text } else { nil } }
}

/// Reads one YAML document into nodes by way of libyaml.
///
/// Anchors and aliases are refused (they are how small files become huge), as are several documents in a file,
/// more levels than the deepest plan has, and files over 64 MiB.
struct YAMLReader {
    static let maximumSize = 64 << 20
    /// A level of records takes a list and an entry; chapters around and lists within take the rest.
    static let maximumDepth = 2 * Limits.depth + 20

    private let file: String
    private let bytes: [UInt8]

    static func read(_ bytes: [UInt8], file: String) throws(PlanFileError) -> YAMLNode {
        guard bytes.count <= maximumSize else {
            throw PlanFileError(
                file: file, line: 0, column: 0, Label("文件超过 64 MiB。", "The file is larger than 64 MiB."),
                remedy: Label("拆分计划。", "Split the plan."))
        }
        return try YAMLReader(file: file, bytes: bytes).read()
    }

    private func read() throws(PlanFileError) -> YAMLNode {
        var parser = yaml_parser_t()
        guard yaml_parser_initialize(&parser) == 1 else {
            throw failure(1, 1, Label("内存不足。", "Out of memory."), Label("释放内存后再试。", "Free memory and try again."))
        }
        defer { yaml_parser_delete(&parser) }
        // The parser borrows the bytes until it is deleted, so all reading happens inside.
        let result: Result<YAMLNode, PlanFileError> = bytes.withUnsafeBufferPointer { buffer in
            yaml_parser_set_input_string(&parser, buffer.baseAddress, buffer.count)
            do throws(PlanFileError) { return .success(try document(&parser)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    private func document(_ parser: inout yaml_parser_t) throws(PlanFileError) -> YAMLNode {
        var root: YAMLNode?
        while true {
            var event = try next(&parser)
            defer { yaml_event_delete(&event) }
            switch event.type {
            case YAML_STREAM_START_EVENT, YAML_DOCUMENT_START_EVENT, YAML_DOCUMENT_END_EVENT: continue
            case YAML_STREAM_END_EVENT:
                return root ?? YAMLNode(content: .mapping([]), line: 1, column: 1)
            default:
                guard root == nil else {
                    throw failure(
                        event.line, event.column, Label("一个文件只能有一份计划。", "A file holds one plan only."),
                        Label("删去「---」之后的部分，或另存一个文件。", "Remove what follows “---” or save it as a file of its own."))
                }
                root = try node(from: &event, &parser, depth: 0)
            }
        }
    }

    private func node(from event: inout yaml_event_t, _ parser: inout yaml_parser_t, depth: Int) throws(PlanFileError) -> YAMLNode
    {
        let (line, column) = (event.line, event.column)
        guard depth < Self.maximumDepth else {
            throw failure(
                line, column, Label("嵌套超过 \(Self.maximumDepth) 层。", "More than \(Self.maximumDepth) levels deep."),
                Label("减少层级。", "Use fewer levels."))
        }
        switch event.type {
        case YAML_SCALAR_EVENT:
            try refuseAnchor(event.data.scalar.anchor, line, column)
            let bytes = UnsafeBufferPointer(start: event.data.scalar.value, count: event.data.scalar.length)
            return YAMLNode(content: .scalar(String(decoding: bytes, as: UTF8.self)), line: line, column: column)
        case YAML_SEQUENCE_START_EVENT:
            try refuseAnchor(event.data.sequence_start.anchor, line, column)
            return YAMLNode(content: .sequence(try sequence(&parser, depth)), line: line, column: column)
        case YAML_MAPPING_START_EVENT:
            try refuseAnchor(event.data.mapping_start.anchor, line, column)
            return YAMLNode(content: .mapping(try mapping(&parser, depth)), line: line, column: column)
        default:
            throw failure(
                line, column, Label("不支持别名（*）。", "Aliases (*) are not supported."), Label("把内容直接写出来。", "Write the content out."))
        }
    }

    private func sequence(_ parser: inout yaml_parser_t, _ depth: Int) throws(PlanFileError) -> [YAMLNode] {
        var elements: [YAMLNode] = []
        while true {
            var event = try next(&parser)
            defer { yaml_event_delete(&event) }
            if event.type == YAML_SEQUENCE_END_EVENT { return elements }
            elements.append(try node(from: &event, &parser, depth: depth + 1))
        }
    }

    private func mapping(_ parser: inout yaml_parser_t, _ depth: Int) throws(PlanFileError) -> [(key: YAMLNode, value: YAMLNode)]
    {
        var pairs: [(key: YAMLNode, value: YAMLNode)] = []
        while true {
            var keyEvent = try next(&parser)
            defer { yaml_event_delete(&keyEvent) }
            if keyEvent.type == YAML_MAPPING_END_EVENT { return pairs }
            let key = try node(from: &keyEvent, &parser, depth: depth + 1)
            var valueEvent = try next(&parser)
            defer { yaml_event_delete(&valueEvent) }
            pairs.append((key, try node(from: &valueEvent, &parser, depth: depth + 1)))
        }
    }

    private func next(_ parser: inout yaml_parser_t) throws(PlanFileError) -> yaml_event_t {
        var event = yaml_event_t()
        guard yaml_parser_parse(&parser, &event) == 1 else {
            if parser.error == YAML_READER_ERROR { throw unreadable(at: Int(parser.problem_offset)) }
            let mark = parser.problem_mark
            let reason = parser.problem.map { String(cString: $0) } ?? "unreadable"
            throw failure(
                Int(mark.line) + 1, Int(mark.column) + 1,
                Label("这里不是有效的 YAML：\(Self.reasons[reason] ?? reason)。", "This is not valid YAML: \(reason)."),
                Label("检查缩进、冒号和引号。", "Check indentation, colons and quotes."))
        }
        return event
    }

    /// A byte that is no text, or a character that stands in no text.
    private func unreadable(at offset: Int) -> PlanFileError {
        let before = bytes.prefix(offset)
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let column = offset - (before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0) + 1
        let isControl = offset < bytes.count && bytes[offset] < 0x80
        return isControl
            ? failure(line, column, Label("这里有不可见的控制字符。", "There is a control character here."), Label("删去它。", "Remove it."))
            : failure(
                line, column, Label("这里的文字不是 UTF-8 编码。", "The text is not UTF-8 here."),
                Label("把文件另存为 UTF-8。", "Save the file as UTF-8."))
    }

    /// What libyaml says, in Chinese.
    private static let reasons = [
        "did not find expected key": "缺少字段名，或缩进不齐",
        "did not find expected '-' indicator": "列表的这一项缺少「-」，或缩进不齐",
        "could not find expected ':'": "字段名后缺少冒号",
        "mapping values are not allowed in this context": "这里不能再有「: 」；值里有冒号时加引号",
        "block sequence entries are not allowed in this context": "这里不能有列表项",
        "found character that cannot start any token": "这里有不能开头的字符，如制表符、@ 或 `",
        "found unexpected end of stream": "引号没有配对",
        "did not find expected ',' or ']'": "方括号里缺少逗号或 ]",
        "did not find expected ',' or '}'": "花括号里缺少逗号或 }",
        "did not find expected node content": "这里缺少内容",
        "found unknown escape character": "双引号里有不认识的转义",
        "found a tab character where an indentation space is expected": "缩进要用空格，不用制表符",
        "found a tab character that violates indentation": "缩进要用空格，不用制表符",
        "found incompatible YAML document": "版本高于 YAML 1.2",
        "did not find expected <document start>": "计划之后还有别的内容，或缩进不齐",
        "did not find expected alphabetic or numeric character": "& 或 * 后缺少名字；值以它们开头时加引号",
    ]

    private func refuseAnchor(_ anchor: UnsafeMutablePointer<UInt8>?, _ line: Int, _ column: Int) throws(PlanFileError) {
        guard anchor != nil else { return }
        throw failure(
            line, column, Label("不支持锚点（&）。", "Anchors (&) are not supported."), Label("把内容直接写出来。", "Write the content out."))
    }

    private func failure(_ line: Int, _ column: Int, _ message: Label, _ remedy: Label) -> PlanFileError {
        PlanFileError(file: file, line: line, column: column, message, remedy: remedy)
    }
}

extension yaml_event_t {
    fileprivate var line: Int { Int(start_mark.line) + 1 }
    fileprivate var column: Int { Int(start_mark.column) + 1 }
}
