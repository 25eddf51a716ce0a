import PlanModel

/// Why a Microsoft Project XML file was refused.
public enum MSPDIError: Error, Hashable {
    /// More than the reader allows of what it names.
    case tooLarge(Excess)
    /// A document type or entity declaration, which such a file never has and which can harm the reader.
    case declaresEntities
    /// Not well-formed XML; the line where it stops making sense.
    case malformed(line: Int)
    /// Bytes that are no characters in the encoding that the file names, nor in those usual on Windows; the line where they stand.
    case misencoded(line: Int)
    /// Well-formed, but not a Microsoft Project file: the root element's name.
    case notAProject(String)
    /// Neither a start nor a finish of the project to schedule from.
    case undated
    /// Tasks that wait for each other, by number and name.
    case ring([String])
    /// The network can't be made of what the file says; the reason in English.
    case unschedulable(String)

    public enum Excess: Hashable, Sendable { case file, depth, field, elements }

    /// What is wrong, and what would be right.
    public var message: Label {
        switch self {
        case .tooLarge(let excess): excess.message
        case .declaresEntities:
            Label(
                "文件声明了文档类型或实体。Project 的文件没有这些，它们可能有害，因此不读取。请在 Project 中重新另存为 XML。",
                "The file declares a document type or entities. Project's files have none and they can do harm, so it is not read. Save it as XML in Project again."
            )
        case .malformed(let line):
            Label(
                "第 \(line) 行起不是有效的 XML。请在 Project 中重新另存为 XML。",
                "From line \(line) on it is not valid XML. Save it as XML in Project again.")
        case .misencoded(let line):
            Label(
                "第 \(line) 行有不是文字的字节。请在 Project 中重新另存为 XML。",
                "Line \(line) has bytes that are no characters. Save it as XML in Project again.")
        case .notAProject(let root):
            Label(
                "根元素是“\(root)”，不是 Project 的“Project”。请选择由 Project 另存的 XML 文件。",
                "Its root element is “\(root)”, not Project's “Project”. Choose a file that Project saved as XML.")
        case .undated:
            Label(
                "文件没有可读的 StartDate 或 FinishDate，无从排程。请在 Project 的项目信息中设定开始日期。",
                "The file has no readable StartDate or FinishDate to schedule from. Set the start date in Project's project information."
            )
        case .ring(let tasks):
            Label(
                "任务互相等待：\(tasks.joined(separator: " → "))。请去掉其中一条链接。",
                "Tasks wait for each other: \(tasks.joined(separator: " → ")). Remove one of their links.")
        case .unschedulable(let reason):
            Label("无法由文件内容排程：\(reason)。", "The file's contents cannot be scheduled: \(reason).")
        }
    }
}

extension MSPDIError.Excess {
    var message: Label {
        switch self {
        case .file: Label("文件超过 1 GiB，不读取。", "The file is larger than 1 GiB and is not read.")
        case .depth:
            Label(
                "元素嵌套超过 \(MSPDIParser.deepest) 层，Project 的文件不会这样，因此不读取。",
                "Elements are nested deeper than \(MSPDIParser.deepest) levels, as Project never writes them, so it is not read.")
        case .field: Label("有一个字段超过 1 MiB，因此不读取。", "A field is longer than 1 MiB, so the file is not read.")
        case .elements:
            Label(
                "文件超过 \(MSPDIParser.mostRecords) 个元素，因此不读取。",
                "The file has more than \(MSPDIParser.mostRecords) elements, so it is not read.")
        }
    }
}
