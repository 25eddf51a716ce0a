import ArgumentParser
import Foundation
import PlanModel
import PlanPictures
import ProcessMining

struct MineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mine", abstract: "Mine a process from an event log: CSV or XES, plain or gzip.",
        discussion:
            "Columns are guessed by their names and can be named.\nExamples:\n  pharos mine tickets.csv\n  pharos mine tickets.csv --case 工单号 --activity 环节 --time 完成时间 --format json\n  pharos mine log.xes.gz --activities 80 --paths 40 --format svg > map.svg"
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case json, table, svg }

    @Argument(help: "The log; - reads standard input.", completion: .file(extensions: ["csv", "xes", "gz"])) var file: String
    @Option(name: .customLong("case"), help: "The column of the case.") var caseColumn: String?
    @Option(help: "The column of the activity.") var activity: String?
    @Option(help: "The column of the time; of the completion in logs with intervals.") var time: String?
    @Option(help: "The column of the start, in logs with intervals.") var start: String?
    @Option(help: "The column of who did it.") var resource: String?
    @Option(help: "utf-8 or gb18030; told by the bytes if left out.") var encoding: String?
    @Option(help: "Zone of times that name none, such as +08:00.") var zone = "Z"
    @Flag(help: "In XES, make one event of a start and its completion.") var pairs = false
    @Option(help: "json, table or svg.") var format: Format = .table
    @Option(help: "In the svg, the part of activities shown, most frequent first, in percent.") var activities = 100.0
    @Option(help: "In the svg, the part of ways shown, most frequent first, in percent.") var paths = 60.0
    @OptionGroup var options: LanguageOption

    private func t(_ zh: String, _ en: String) -> String { options.language == .chinese ? zh : en }

    func run() throws {
        let reading: LogReading
        do {
            var reader = LogReader(options: try readingOptions(), pairsLifecycle: pairs)
            try TableInput.chunks(file, options.language) { piece in
                try piece.withUnsafeBytes { bytes in try reader.read(bytes) }
            }
            reading = try reader.finish()
        } catch let error as LogReadingError {
            Terminal.complain("\(file): \(t(error.words.zh, error.words.en))")
            throw ExitCode(2)
        }
        let statistics = LogStatistics(reading.log)
        switch format {
        case .json:
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            Terminal.say(
                String(decoding: try encoder.encode(MiningReport(statistics, badRows: reading.badRowCount)), as: UTF8.self))
        case .table: printTable(statistics)
        case .svg: Terminal.say(try map(reading.log))
        }
        warn(reading)
    }

    /// The process map as a picture of its own.
    private func map(_ log: EventLog) throws -> String {
        for (name, value) in [("--activities", activities), ("--paths", paths)] where !(0...100).contains(value) {
            throw ValidationError(t("\(name) 须在 0 到 100 之间。", "\(name) must be from 0 to 100."))
        }
        let map = ProcessMap(log, activities: activities / 100, paths: paths / 100)
        let picture = ProcessMapDrawing(map, title: t("流程图", "Process map"), style: .print, language: options.language).draw()
        return picture?.markup.string ?? ""
    }

    private func readingOptions() throws -> LogReadingOptions {
        var reading = LogReadingOptions()
        (reading.caseColumn, reading.activityColumn, reading.timeColumn) = (caseColumn, activity, time)
        (reading.startColumn, reading.resourceColumn, reading.encoding) = (start, resource, encoding)
        reading.zoneMinutes = try LogReadingOptions.zone(zone)
        return reading
    }

    /// On standard error, so that the answer stays clean.
    private func warn(_ reading: LogReading) {
        if reading.badRowCount > 0 {
            Terminal.complain(
                t("\(reading.badRowCount) 行读不懂，未计入：", "\(reading.badRowCount) rows could not be read and do not count:"))
            for row in reading.badRows.prefix(5) {
                Terminal.complain(t("  第 \(row.line) 行：\(row.reason.words.zh)", "  line \(row.line): \(row.reason.words.en)"))
            }
        }
        if reading.hasMixedZones {
            Terminal.complain(
                t(
                    "\(reading.rowsWithoutZone) 个时间没有写时区，按 \(zone) 计算。",
                    "\(reading.rowsWithoutZone) times name no zone and were taken as \(zone)."))
        }
    }

    private func printTable(_ log: LogStatistics) {
        Terminal.say(
            t(
                "\(log.cases) 个案例，\(log.events) 个事件，\(log.activities.count) 种活动，\(log.variants.count) 种路径",
                "\(log.cases) cases, \(log.events) events, \(log.activities.count) activities, \(log.variants.count) variants"))
        let own = log.caseDuration
        Terminal.say(
            t(
                "案例时长：平均 \(DisplayText.span(own.mean, options.language))，中位 \(DisplayText.span(own.median, options.language))，P90 \(DisplayText.span(own.p90, options.language))",
                "Case duration: mean \(DisplayText.span(own.mean, options.language)), median \(DisplayText.span(own.median, options.language)), P90 \(DisplayText.span(own.p90, options.language))"
            ))
        Terminal.say("")
        let order = log.activities.indices.sorted { (log.activityCounts[$1], $0) < (log.activityCounts[$0], $1) }
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
                        DisplayText.span($0.time.mean, options.language), DisplayText.span($0.time.median, options.language),
                        DisplayText.span($0.time.maximum, options.language),
                    ]
                }, right: [2, 3, 4, 5]))
    }
}
