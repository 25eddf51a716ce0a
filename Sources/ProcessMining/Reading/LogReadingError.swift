/// A sentence in both languages.
public struct MiningWords: Sendable, Hashable {
    public let zh: String
    public let en: String

    public init(_ zh: String, _ en: String) {
        self.zh = zh
        self.en = en
    }
}

/// Why a file cannot be read as an event log at all. Single rows that cannot be read are counted instead.
public enum LogReadingError: Error, Sendable, Hashable {
    case empty
    /// A header and nothing below it.
    case noRows
    case noSuchColumn(String, columns: [String])
    /// None of the columns looks like the one needed: `case`, `activity`, `time` or `transition`.
    case columnNotGuessed(String, columns: [String])
    case duplicateColumn(String)
    case unknownEncoding(String)
    case unknownZone(String)
    /// Binary.
    case notText
    case brokenCompression
    /// Inflates to more than a thousand times its size: not a log.
    case compressionBomb
    /// A quoted cell that never ends, or a line beyond 16 MB.
    case endlessCell(line: Int)
    /// Every row is bad.
    case nothingReadable(BadRow)
    /// No well-formed XML, or none that is accepted. Line and column (in characters) are those of the fault, the first being 1.
    case xml(line: Int, column: Int, MiningWords)
    /// More events than asked for, or than positions can count.
    case tooManyEvents(Int)
    case tooManyBytes(Int)
    /// The log would take more memory than allowed, from this event on.
    case tooMuchMemory(Int, events: Int)
    /// The folder of temporary files takes no more, or none at all.
    case temporaryFile(String, isFull: Bool)

    public var words: MiningWords {
        switch self {
        case .empty:
            MiningWords("文件是空的；应为带表头的 CSV，或 XES 日志。", "The file is empty; it should be CSV with a header, or an XES log.")
        case .noRows: MiningWords("没有事件：表格只有表头，或者日志是空的。", "There is no event: a header alone, or an empty log.")
        case .noSuchColumn(let name, let columns):
            MiningWords(
                "没有名为「\(name)」的列；有：\(columns.joined(separator: "、"))。",
                "There is no column “\(name)”; there are: \(columns.joined(separator: ", ")).")
        case .columnNotGuessed(let role, let columns):
            MiningWords(
                "认不出哪一列是\(Self.role(role).zh)；把它命名为「\(Self.usualName(role).zh)」。有：\(columns.joined(separator: "、"))。",
                "Which column is the \(Self.role(role).en) cannot be told; call it “\(Self.usualName(role).en)”. There are: \(columns.joined(separator: ", "))."
            )
        case .duplicateColumn(let name): MiningWords("列「\(name)」出现两次；改名后再读。", "The column “\(name)” is there twice; rename one.")
        case .unknownEncoding(let name):
            MiningWords(
                "不认识编码「\(name)」；可用 utf-8、utf-16、gb18030、iso-8859-1 或 windows-1252。",
                "The encoding “\(name)” is not known; use utf-8, utf-16, gb18030, iso-8859-1 or windows-1252.")
        case .unknownZone(let name):
            MiningWords("不认识时区「\(name)」；写成 +08:00。", "The zone “\(name)” is not known; write it as +08:00.")
        case .notText:
            MiningWords(
                "这不是文本文件（可能是 Excel）；请另存为 UTF-8 的 CSV。",
                "This is not a text file (Excel perhaps); save it as CSV in UTF-8.")
        case .brokenCompression: MiningWords("压缩数据已损坏或不完整。", "The compressed data is broken or cut off.")
        case .compressionBomb: MiningWords("压缩比异常，拒绝解开。", "It inflates beyond all measure and was refused.")
        case .endlessCell(let line):
            MiningWords(
                "从第 \(line) 行开始的一行没有结束，或超过 16 MB；检查引号和换行。",
                "The row that begins on line \(line) never ends or is longer than 16 MB; check its quotes and line ends.")
        case .nothingReadable(let row):
            MiningWords(
                "没有一行读得懂；如第 \(row.line) 行：\(row.reason.words.zh)",
                "No row can be read; line \(row.line), for example: \(row.reason.words.en)")
        case .xml(let line, let column, let words):
            MiningWords("第 \(line) 行第 \(column) 列：\(words.zh)", "Line \(line), column \(column): \(words.en)")
        case .tooManyEvents(let most):
            MiningWords(
                "事件超过 \(most) 个，太多了；请只导出一段时间，或用 pharos mine 在命令行上计算。",
                "There are more than \(most) events, too many; export a shorter period, or use pharos mine on the command line.")
        case .tooManyBytes(let most):
            MiningWords(
                "日志解开后超过 \(most >> 20) MB，太大了；请只导出需要的列或一段时间，或用 pharos mine 在命令行上计算。",
                "The log is more than \(most >> 20) MB when inflated, too much; export fewer columns or a shorter period, or use pharos mine on the command line."
            )
        case .tooMuchMemory(let most, let events):
            MiningWords(
                "读到第 \(events) 个事件时，案例与名称将占用超过 \(most >> 20) MB 内存，不再读下去；请只导出需要的列或一段时间。",
                "At event \(events) its cases and names would take more than \(most >> 20) MB of memory and it was refused; export fewer columns or a shorter period."
            )
        case .temporaryFile(let folder, true):
            MiningWords(
                "日志太长，内存放不下，而临时目录 \(folder) 已满；请腾出空间，或用环境变量 TMPDIR 另指一个目录。",
                "The log is too long for memory, and the folder for temporary files, \(folder), is full; make room there, or name another by TMPDIR."
            )
        case .temporaryFile(let folder, false):
            MiningWords(
                "日志太长，内存放不下，而临时目录 \(folder) 无法读写；请用环境变量 TMPDIR 另指一个目录。",
                "The log is too long for memory, and the folder for temporary files, \(folder), cannot be used; name another by TMPDIR."
            )
        }
    }

    /// What `pharos mine` can do about it besides.
    public var wordsOfOptions: MiningWords? {
        switch self {
        case .columnNotGuessed(let role, _): MiningWords("也可用 --\(role) 指明列名。", "Or name the column with --\(role).")
        case .tooMuchMemory, .temporaryFile: MiningWords("也可放宽 --memory。", "Or allow more by --memory.")
        default: nil
        }
    }

    /// A name that is always known.
    private static func usualName(_ name: String) -> MiningWords {
        name == "transition" ? MiningWords(name, name) : MiningWords(role(name).zh, name)
    }

    private static func role(_ name: String) -> MiningWords {
        switch name {
        case "case": MiningWords("案例", "case")
        case "activity": MiningWords("活动", "activity")
        case "transition": MiningWords("开始与完成的标记", "mark of start and completion")
        default: MiningWords("时间", "time")
        }
    }
}

/// A row that is no event, with the reason; it is counted and left out.
public struct BadRow: Sendable, Hashable {
    public enum Reason: Sendable, Hashable {
        case missing(column: String)
        case unreadableTime(String)
        case timeOutOfRange(String)
        case endBeforeStart
        case tooManyCells
        /// No valid text in the encoding of the file.
        case notText
        /// Day and month stand the other way round than in the file.
        case otherDateOrder(String)
        case unclosedQuote
        /// An event of XES outside every trace.
        case outsideTrace

        public var words: MiningWords {
            switch self {
            case .missing(let column): MiningWords("「\(column)」为空。", "“\(column)” is empty.")
            case .unreadableTime(let text): MiningWords("时间「\(text)」看不懂。", "The time “\(text)” cannot be read.")
            case .timeOutOfRange(let text):
                MiningWords("时间「\(text)」不在 1902–2199 年之内。", "The time “\(text)” is not within 1902–2199.")
            case .endBeforeStart: MiningWords("完成早于开始。", "It ends before it starts.")
            case .tooManyCells: MiningWords("单元格比表头多。", "There are more cells than in the header.")
            case .otherDateOrder(let text):
                MiningWords(
                    "日期「\(text)」的日、月顺序与文件中其他日期相反。",
                    "The date “\(text)” has day and month the other way round than the rest of the file.")
            case .unclosedQuote: MiningWords("引号没有闭合，或这一行超过 16 MB。", "Its quotes never close, or it is longer than 16 MB.")
            case .outsideTrace: MiningWords("事件不在任何 trace 之内。", "The event lies in no trace.")
            case .notText: MiningWords("文字不合文件的编码。", "Its text is not in the encoding of the file.")
            }
        }
    }

    /// Line of the file, the first being 1.
    public let line: Int
    public let reason: Reason
}

/// What reading gave: the log, and what was left out.
public struct LogReading: Sendable {
    public var log: EventLog
    /// The log where it was too long for memory; `log` then has its names and no event.
    public internal(set) var spilled: SpilledLog?
    /// The first hundred rows left out, by their lines.
    public var badRows: [BadRow] = []
    public var badRowCount = 0
    /// Times without a zone, where others have one; they were taken in the zone asked for.
    public var rowsWithoutZone = 0
    public var rowsWithZone = 0
    /// Dates such as 3/4/2026 in a file where none tells whether the day or the month comes first; taken by `isDayFirst`.
    public var ambiguousDates = 0
    /// Whether dates in figures were read with the day before the month; nil where the file has none.
    public var isDayFirst: Bool?
    /// Where starts and completions are paired: events of other transitions, which were left out.
    public var otherTransitions = 0
    /// And starts that were never completed, which stand as points.
    public var unfinishedStarts = 0
    /// The columns used, by what they are used for.
    public var columns: LogColumns?

    public var hasMixedZones: Bool { rowsWithZone > 0 && rowsWithoutZone > 0 }

    /// The reason is made only where the row is kept, so that bad rows cost no more than good ones.
    mutating func reject(_ line: Int, _ reason: @autoclosure () -> BadRow.Reason) {
        badRowCount += 1
        if badRows.count == 100 {
            guard line < badRows[99].line else { return }
            badRows.removeLast()
        }
        badRows.insert(BadRow(line: line, reason: reason()), at: (badRows.lastIndex { $0.line <= line } ?? -1) + 1)
    }
}
