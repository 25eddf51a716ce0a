import ArgumentParser
import Foundation
import Measures
import PlanInsight
import PlanModel
import PlanPictures
import ProcessMining
import WorkingTime

struct MineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        "mine", Label("从事件日志中挖掘流程：CSV 或 XES，可用 gzip 压缩。", "Mine a process from an event log: CSV or XES, plain or gzip."),
        Label("列按名称猜测，也可以指定。", "Columns are guessed by their names and can be named."),
        examples: [
            "pharos mine tickets.csv", "pharos mine tickets.csv --case 工单号 --activity 环节 --time 完成时间 --format json",
            "pharos mine log.xes.gz --activities 80 --paths 40 --format svg > map.svg",
            "pharos mine tickets.csv --from 2026-03-01 --person 王芳 --longer 36h --calendar china --bottlenecks",
            "pharos mine tickets.csv --split 2026-06-01 --format json",
            "pharos mine tickets.csv --process escalation-2026.yaml --format json",
        ])

    enum DateOrder: String, ExpressibleByArgument, CaseIterable { case day, month }
    enum Format: String, ExpressibleByArgument, CaseIterable { case json, table, svg }

    @Argument(
        help: .both("日志文件；- 表示读标准输入。", "The log; - reads standard input."), completion: .file(extensions: ["csv", "xes", "gz"]))
    var file: String
    @Option(name: .customLong("case"), help: .both("案例所在的列。", "The column of the case.")) var caseColumn: String?
    @Option(help: .both("活动所在的列。", "The column of the activity.")) var activity: String?
    @Option(help: .both("时间所在的列；有起止时间的日志则为完成时间。", "The column of the time; of the completion in logs with intervals.")) var time:
        String?
    @Option(help: .both("开始时间所在的列（有起止时间的日志）。", "The column of the start, in logs with intervals.")) var start: String?
    @Option(help: .both("经办人所在的列。", "The column of who did it.")) var resource: String?
    @Option(
        help: .both(
            "编码：utf-8、utf-16、gb18030、iso-8859-1 或 windows-1252；默认按内容判断。",
            "utf-8, utf-16, gb18030, iso-8859-1 or windows-1252; told by the bytes if left out.")) var encoding: String?
    // Also `--zone -05:30`, which begins like an option.
    @Option(parsing: .unconditional, help: .both("未写时区的时间按哪个时区，如 +08:00。", "Zone of times that name none, such as +08:00."))
    var zone = "Z"
    @Flag(
        help: .both(
            "把分开记录的开始与完成合为一个事件（XES 和有些表格如此记录）。",
            "Make one event of a start and its completion, which XES and some tables have apart.")) var pairs = false
    @Option(help: .both("--pairs 据以分辨开始与完成的列。", "The column that says start or complete, for --pairs.")) var transition: String?
    @Option(
        help: .both(
            "3/4/2026 这样的日期是日（day）在前还是月（month）在前；默认按内容判断。",
            "In dates such as 3/4/2026, day or month comes first; told by the dates if left out.")) var dateOrder: DateOrder?
    @Option(
        help: .both(
            "日志可以占用的内存，如 800M 或 16G：事件超过其十六分之一时转存到临时文件；案例与名称放不下时拒绝。",
            "Memory that the log may take, such as 800M or 16G: events beyond a sixteenth of it go to a temporary file; cases and names that do not fit are refused."
        ))
    var memory = "4G"
    @OptionGroup var part: LogPart
    @Option(
        help:
            .both(
                "哪些时间算数：china（工作日，含节假日与调休）、standard（周一至周五 8 至 17 时），或写明星期与钟点，如 1-6,09:00-12:00,13:00-18:00。",
                "Which time counts: china (working days with holidays), standard (Monday to Friday, 8 to 17), or days and hours such as 1-6,09:00-12:00,13:00-18:00."
            )
    )
    var calendar: String?
    @Flag(help: .both("时间花在哪里：按占用全部案例的时间给活动和流转排序。", "Where the time goes: activities and ways by what they cost all cases."))
    var bottlenecks = false
    @Option(
        help: .both(
            "与计划里画的流程对照：FILE.yaml，或 FILE.yaml#PR-1。", "Compare with the process drawn in a plan: FILE.yaml, or FILE.yaml#PR-1."))
    var process: String?
    @Option(help: .both("输出格式：JSON、表格或 SVG 图。", "json, table or svg.")) var format: Format = .table
    @Option(help: .both("SVG 图中显示多少活动，从最常见的起，百分比。", "In the svg, the part of activities shown, most frequent first, in percent."))
    var activities = 100.0
    @Option(help: .both("SVG 图中显示多少流转，从最常见的起，百分比。", "In the svg, the part of ways shown, most frequent first, in percent."))
    var paths = 60.0
    @OptionGroup var options: LanguageOption

    private func t(_ zh: String, _ en: String) -> String { options.language == .chinese ? zh : en }

    func run() throws {
        do {
            let question = try LogQuestion(part.fields, zoneMinutes: try LogReadingOptions.zone(zone))
            var reader = LogReader(options: try readingOptions(question), pairsLifecycle: pairs)
            try TableInput.chunks(file, options.language) { piece in
                try piece.withUnsafeBytes { bytes in try reader.read(bytes) }
            }
            let reading = try reader.finish()
            if let log = reading.spilled {
                try answer(log, reading, question)
            } else {
                try answer(reading.log, reading, question)
            }
            warn(reading)
        } catch let error as LogReadingError {
            let more = error.wordsOfOptions.map { t($0.zh, " " + $0.en) } ?? ""
            Terminal.complain("\(file): \(t(error.words.zh, error.words.en))\(more)")
            throw ExitCode(2)
        } catch let flaw as LogQuestion.Flaw { try refuse(flaw.words) }
    }

    private func answer<Source: EventSource>(_ log: Source, _ reading: LogReading, _ question: LogQuestion) throws {
        let report = try report(log, reading, question)
        switch format {
        case .json:
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            Terminal.say(String(decoding: try encoder.encode(report), as: UTF8.self))
        case .table: printTable(report)
        case .svg: Terminal.say(try map(log.filtered(by: question.filter, clock: clock())))
        }
    }

    private func refuse(_ words: MiningWords) throws -> Never {
        Terminal.complain(t(words.zh, words.en))
        throw ExitCode(2)
    }

    /// The part of the log that is asked for, and what is asked of it.
    private func report<Source: EventSource>(_ whole: Source, _ reading: LogReading, _ question: LogQuestion) throws
        -> ProcessReport
    {
        try question.check(whole.outline)
        let clock = try self.clock()
        let log = try whole.filtered(by: question.filter, clock: clock)
        let statistics = try LogStatistics(log, clock: clock)
        if statistics.events == 0 {
            throw LogQuestion.Flaw(words: MiningWords("日志里没有符合这些条件的案例。", "No case of the log meets these conditions."))
        }
        var report = ProcessReport(log.outline, statistics, reading)
        if bottlenecks {
            report.bottlenecks = Array(
                (try Bottleneck.activities(log, clock: clock) + Bottleneck.arcs(log, clock: clock)).prefix(40))
        }
        report.comparison = try question.other.map {
            try LogComparison(
                question.compared.map { try whole.filtered(by: $0, clock: clock) } ?? log,
                whole.filtered(by: $0, clock: clock), clock: clock)
        }
        if let drawn = try drawn() {
            report.conformance = (
                try Conformance(log, drawn.model, activityNames: drawn.activityNames),
                drawn.steps.map { "\($0.id.short) \($0.title ?? "")" }
            )
        }
        try report.nameCases(of: log)
        return report
    }

    private func clock() throws -> WorkClock {
        guard let calendar else { return .wall }
        let minutes = try LogReadingOptions.zone(zone)
        switch calendar {
        case "china": return WorkClock(.china, zoneMinutes: minutes)
        case "standard": return WorkClock(.standard, zoneMinutes: minutes)
        default:
            guard let week = WorkWeek(calendar) else {
                throw LogQuestion.Flaw(
                    words: MiningWords(
                        "--calendar 的值「\(calendar)」看不懂；写成 china、standard 或 1-6,09:00-18:00。",
                        "--calendar “\(calendar)” cannot be read; write china, standard or 1-6,09:00-18:00."))
            }
            return WorkClock(week, zoneMinutes: minutes)
        }
    }

    /// The process of a plan that the log is compared with.
    private func drawn() throws -> PlanProcess? {
        guard let process else { return nil }
        let parts = process.split(separator: "#", maxSplits: 1).map(String.init)
        let path = parts.first ?? ""
        let plan = try PlanInput.plan(of: PlanInput.workspace(path, options.language), at: path)
        let all = plan.all(PlanModel.Process.self)
        let asked = parts.count == 2 ? parts[1] : nil
        guard let first = all.first else {
            try refuse(
                MiningWords("计划「\(plan.title)」里没有流程可以对照。", "The plan “\(plan.title)” has no process to compare with."))
        }
        guard let found = asked == nil ? first : all.first(where: { $0.id.short == asked }) else {
            try refuse(
                MiningWords(
                    "计划里没有流程「\(asked ?? "")」；有：\(all.map(\.id.short).joined(separator: "、"))。",
                    "The plan has no process “\(asked ?? "")”; it has: \(all.map(\.id.short).joined(separator: ", "))."))
        }
        guard let drawn = PlanProcess(found, in: plan) else {
            try refuse(
                MiningWords("流程 \(found.id.short) 还没有步骤可以对照。", "The process \(found.id.short) has no steps to compare with yet."))
        }
        return drawn
    }

    /// The process map as a picture of its own.
    private func map<Source: EventSource>(_ log: Source) throws -> String {
        for (name, value) in [("--activities", activities), ("--paths", paths)] where !(0...100).contains(value) {
            throw ValidationError(t("\(name) 须在 0 到 100 之间。", "\(name) must be from 0 to 100."))
        }
        let map = try ProcessMap(log, activities: activities / 100, paths: paths / 100, clock: try clock())
        let picture = ProcessMapDrawing(map, title: t("流程图", "Process map"), style: .print, language: options.language).draw()
        return picture?.markup.string ?? ""
    }

    private func readingOptions(_ question: LogQuestion) throws -> LogReadingOptions {
        var reading = LogReadingOptions()
        (reading.caseColumn, reading.activityColumn, reading.timeColumn) = (caseColumn, activity, time)
        (reading.startColumn, reading.resourceColumn, reading.encoding) = (start, resource, encoding)
        reading.transitionColumn = transition
        reading.zoneMinutes = try LogReadingOptions.zone(zone)
        reading.isDayFirst = dateOrder.map { $0 == .day }
        reading.attributes = question.attributes
        let memory = try memoryBytes()
        // The rest is for counting.
        reading.mostMemory = memory / 4 * 3
        reading.spill = SpillOptions(
            bytesInMemory: memory / 16, folder: FileManager.default.temporaryDirectory.path(percentEncoded: false))
        if !file.hasSuffix(".gz") { reading.fileBytes = TableInput.size(file) }
        return reading
    }

    private func memoryBytes() throws -> Int {
        let units: [Character: Double] = ["K": 0x1p10, "M": 0x1p20, "G": 0x1p30, "T": 0x1p40]
        guard let unit = memory.uppercased().last.flatMap({ units[$0] }), let amount = Int(memory.dropLast()) else {
            throw ValidationError(
                t("--memory 的值「\(memory)」看不懂；写成 800M 或 16G。", "--memory “\(memory)” cannot be read; write 800M or 16G."))
        }
        let bytes = Double(amount) * unit
        guard (0x1p20...0x1p46).contains(bytes) else {
            let (zh, en) = bytes < 0x1p20 ? ("太小", "too little") : ("太大", "too much")
            throw ValidationError(
                t("--memory 的值「\(memory)」\(zh)：须在 1M 到 64T 之间。", "--memory “\(memory)” is \(en): it takes 1M to 64T."))
        }
        return Int(bytes)
    }

    /// On standard error, so that the answer stays clean.
    private func warn(_ reading: LogReading) {
        if reading.badRowCount > 0 {
            Terminal.complain(
                t(
                    "\(reading.badRowCount) 行读不懂，未计入：",
                    Wording.counted(
                        reading.badRowCount, "row could not be read and does not count:",
                        "rows could not be read and do not count:")))
            for row in reading.badRows.prefix(5) {
                Terminal.complain(t("  第 \(row.line) 行：\(row.reason.words.zh)", "  line \(row.line): \(row.reason.words.en)"))
            }
        }
        if reading.ambiguousDates > 0, let isDayFirst = reading.isDayFirst {
            Terminal.complain(
                t(
                    "\(reading.ambiguousDates) 个日期分不清日和月，按\(isDayFirst ? "日" : "月")在前计算；可用 --date-order 指明。",
                    Wording.counted(
                        reading.ambiguousDates, "date does not tell day from month and was",
                        "dates do not tell day from month and were")
                        + " read \(isDayFirst ? "day" : "month") first; say which by --date-order."
                ))
        }
        if reading.otherTransitions + reading.unfinishedStarts > 0 {
            Terminal.complain(
                t(
                    "\(reading.otherTransitions) 个既非开始也非完成的事件未计入；\(reading.unfinishedStarts) 个开始没有完成，按时间点计。",
                    Wording.counted(
                        reading.otherTransitions, "event that neither starts nor completes does not count; ",
                        "events that neither start nor complete do not count; ")
                        + Wording.counted(
                            reading.unfinishedStarts, "start was never completed and stands as a point.",
                            "starts were never completed and stand as points.")
                ))
        }
        if reading.hasMixedZones {
            Terminal.complain(
                t(
                    "\(reading.rowsWithoutZone) 个时间没有写时区，按 \(zone) 计算。",
                    Wording.counted(reading.rowsWithoutZone, "time names no zone and was", "times name no zone and were")
                        + " taken as \(zone)."))
        }
    }

    private func printTable(_ report: ProcessReport) {
        printStatistics(report.statistics)
        if !report.bottlenecks.isEmpty { print(report.bottlenecks, report.log) }
        if let comparison = report.comparison { print(comparison) }
        if let (found, steps) = report.conformance { print(found, steps) }
    }

    private func print(_ bottlenecks: [Bottleneck], _ log: EventLog) {
        Terminal.say("")
        Terminal.say(
            Terminal.table(
                options.language == .chinese
                    ? ["时间花在", "次数", "平均", "其中等待", "占全部"] : ["Time goes to", "Count", "Mean", "Waiting", "Of all"],
                bottlenecks.prefix(20).map {
                    [
                        $0.place.name(in: log), "\($0.count)", DisplayText.span($0.mean, options.language),
                        DisplayText.percent($0.waitingShare),
                        DisplayText.percent($0.share),
                    ]
                }, right: [1, 2, 3, 4]))
    }

    private func count(_ number: Int) -> String { DisplayText.number(Double(number)) }

    private func print(_ comparison: LogComparison) {
        let (one, other) = (comparison.first, comparison.second)
        Terminal.say("")
        Terminal.say(
            t(
                "对比：\(count(one.cases)) 个案例，全程平均 \(DisplayText.span(one.leadTime.mean, options.language))；\(count(other.cases)) 个案例，全程平均 \(DisplayText.span(other.leadTime.mean, options.language))",
                "Compared: \(Wording.counted(one.cases, "case")), mean lead time \(DisplayText.span(one.leadTime.mean, options.language)); \(Wording.counted(other.cases, "case")), mean lead time \(DisplayText.span(other.leadTime.mean, options.language))"
            ))
        func span(_ seconds: Double?) -> String { seconds.map { DisplayText.span($0, options.language) } ?? "—" }
        Terminal.say(
            Terminal.table(
                options.language == .chinese
                    ? ["活动或路段", "次数", "次数", "平均", "平均"] : ["Activity or way", "Count", "Count", "Mean", "Mean"],
                (comparison.activities + comparison.arcs).prefix(40).map {
                    [$0.names.joined(separator: " → "), "\($0.counts.0)", "\($0.counts.1)", span($0.means.0), span($0.means.1)]
                }, right: [1, 2, 3, 4]))
    }

    private func print(_ found: Conformance, _ steps: [String]) {
        Terminal.say("")
        Terminal.say(
            t(
                "与画出的流程一致：\(count(found.conformingCases)) / \(count(found.cases)) 个案例，拟合度 \(DisplayText.percent(found.fitness))",
                "As drawn: \(found.conformingCases) of \(Wording.counted(found.cases, "case")), fitness \(DisplayText.percent(found.fitness))"
            ))
        Terminal.say(
            Terminal.table(
                options.language == .chinese
                    ? ["环节", "照做", "跳过", "次序不同"] : ["Step", "Done", "Skipped", "Out of order"],
                found.steps.map { [steps[$0.node], "\($0.done)", "\($0.skipped)", "\($0.outOfOrder)"] }
                    + found.extras.map { [$0.activity, "\($0.events)", "—", "—"] }, right: [1, 2, 3]))
    }

    private func printStatistics(_ log: LogStatistics) {
        Terminal.say(
            t(
                "\(count(log.cases)) 个案例，\(count(log.events)) 个事件，\(log.activityCount) 种活动，\(count(log.variants.count)) 种路径",
                [
                    Wording.counted(log.cases, "case"), Wording.counted(log.events, "event"),
                    Wording.counted(log.activityCount, "activity", "activities"),
                    Wording.counted(log.variants.count, "variant"),
                ].joined(separator: ", ")))
        let own = log.caseDuration
        Terminal.say(
            t(
                "案例时长：平均 \(DisplayText.span(own.mean, options.language))，中位 \(DisplayText.span(own.median, options.language))，P90 \(DisplayText.span(own.p90, options.language))",
                "Case duration: mean \(DisplayText.span(own.mean, options.language)), median \(DisplayText.span(own.median, options.language)), P90 \(DisplayText.span(own.p90, options.language))"
            ))
        Terminal.say("")
        let order = log.activities.indices.filter { log.activityCounts[$0] > 0 }.sorted {
            (log.activityCounts[$1], $0) < (log.activityCounts[$0], $1)
        }
        Terminal.say(
            Terminal.table(
                options.language == .chinese
                    ? ["活动", "次数", "开头", "结尾", "返工案例"] : ["Activity", "Count", "First", "Last", "Rework"],
                order.prefix(40).map {
                    [
                        log.activities[$0], "\(log.activityCounts[$0])", "\(log.startCounts[$0])", "\(log.endCounts[$0])",
                        "\(log.reworkCases[$0])",
                    ]
                }, right: [1, 2, 3, 4]))
        Terminal.say("")
        Terminal.say(
            Terminal.table(
                options.language == .chinese
                    ? ["从", "到", "次数", "平均等待", "中位", "最长"] : ["From", "To", "Count", "Mean wait", "Median", "Longest"],
                log.arcs.prefix(30).map {
                    [
                        log.activities[$0.from], log.activities[$0.to], "\($0.count)",
                        gap($0.time.mean), gap($0.time.median), gap($0.time.maximum),
                    ]
                }, right: [2, 3, 4, 5]))
    }

    /// From the end of one event to the beginning of the next, which may lie before it.
    private func gap(_ seconds: Double) -> String {
        let span = DisplayText.span(abs(seconds), options.language)
        return seconds < 0 ? t("重叠 \(span)", "overlap \(span)") : span
    }
}

/// Which part of a log is looked at, in the words of `LogQuestion`.
struct LogPart: ParsableArguments {
    @Option(help: .both("起始日，如 2026-03-01。", "First day, such as 2026-03-01.")) var from: String?
    @Option(help: .both("截止日。", "Last day.")) var to: String?
    @Option(
        help: .both(
            "案例与这段时间的关系：started（其间开始）、completed（其间完成）、contained（完全在内）或 intersecting（有交集）。",
            "How cases lie to these days: started, completed, contained or intersecting.")) var coverage: String?
    @Option(help: .both("含有这个活动的案例；可重复给出。", "Cases with this activity; may be repeated.")) var with: [String] = []
    @Option(help: .both("不含这个活动的案例；可重复给出。", "Cases without this activity; may be repeated.")) var without: [String] = []
    @Option(help: .both("只看这个活动的事件；可重复给出。", "Events of this activity alone; may be repeated.")) var only: [String] = []
    @Option(help: .both("只看最常见的若干种变体。", "The so many most frequent variants.")) var variants: String?
    @Option(help: .both("只看第几种变体，1 为最常见。", "The variant of this number, 1 being the most frequent.")) var variant: String?
    @Option(
        help: .both("某列为某值的案例，如 channel=phone；可重复给出。", "Cases with a value in a column, such as channel=phone; may be repeated."))
    var attribute: [String] = []
    @Option(help: .both("此人经手的案例；可重复给出。", "Cases that this person worked on; may be repeated.")) var person: [String] = []
    @Option(help: .both("历时至少多久，如 90m、36h 或 2d。", "Lead time at least, such as 90m, 36h or 2d.")) var longer: String?
    @Option(help: .both("历时至多多久。", "Lead time at most.")) var shorter: String?
    @Option(help: .both("以这一天为界，比较之前与之后开始的案例。", "Compare cases begun before this day with those begun from it on.")) var split:
        String?
    @Option(
        help: .both("与另一部分比较，如 'from=2026-06-01&person=王芳'。", "Compare with another part, such as 'from=2026-06-01&person=王芳'."))
    var compare: String?

    var fields: [String: String] {
        let all: [(String, String?)] = [
            ("from", from), ("to", to), ("coverage", coverage), ("with", with.joined(separator: "|")),
            ("without", without.joined(separator: "|")),
            ("only", only.joined(separator: "|")), ("variants", variants), ("variant", variant),
            ("attribute", attribute.joined(separator: ";")),
            ("person", person.joined(separator: "|")), ("longer", longer), ("shorter", shorter), ("split", split),
            ("compare", compare),
        ]
        return Dictionary(uniqueKeysWithValues: all.compactMap { name, value in value.map { (name, $0) } })
    }
}

extension WorkWeek {
    /// `1-6,09:00-12:00,13:00-18:00`: days by number from Monday, then hours; nil where it cannot be read.
    init?(_ text: String) {
        let parts = text.split(separator: ",")
        let days = (parts.first ?? "").split(separator: "-").map { Int($0) ?? 0 }
        guard let first = days.first, let last = days.last, days.count <= 2, (1...7).contains(first), (first...7).contains(last),
            parts.count > 1
        else { return nil }
        var spans: [Range<Double>] = []
        for part in parts.dropFirst() {
            let ends = part.split(separator: "-").map { Self.seconds($0) }
            guard ends.count == 2, let from = ends[0], let to = ends[1], from < to else { return nil }
            spans += (first...last).map { Double($0 - 1) * 86_400 + from..<Double($0 - 1) * 86_400 + to }
        }
        self.init(spans: spans)
    }

    private static func seconds(_ text: Substring) -> Double? {
        let parts = text.split(separator: ":").map { Int($0) ?? -1 }
        guard parts.count == 2, (0...24).contains(parts[0]), (0..<60).contains(parts[1]), parts[0] * 60 + parts[1] <= 1440 else {
            return nil
        }
        return Double(parts[0] * 3600 + parts[1] * 60)
    }
}
