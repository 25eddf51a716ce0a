import ArgumentParser
import Foundation
import PlanExchange
import PlanInsight
import PlanModel

struct ScheduleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        "schedule",
        Label(
            "计算计划文件或 Microsoft Project XML 文件的日期、时差与关键路径。",
            "Compute dates, float and the critical path of a plan file or a Microsoft Project XML file."),
        examples: [
            "pharos schedule project.yaml", "pharos schedule project.xml --format csv", "pharos schedule project.yaml --quality",
            "pharos schedule project.yaml --why T-12", "pharos schedule project.yaml --holidays holidays-2027.json",
        ])

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, csv }

    @Argument(
        help: .both("计划文件（.yaml）或 Microsoft Project XML（.xml）。", "A plan file (.yaml) or Microsoft Project XML (.xml)."),
        completion: .file(extensions: ["yaml", "xml"]))
    var file: String
    @Option(help: .both("输出格式：表格、JSON 或 CSV。", "table, json or csv.")) var format: Format = .table
    @Flag(
        help: .both(
            "改为输出进度质量十四项、通向完工的各条路径和基线对比。",
            "Print the fourteen points of schedule quality, the paths to the finish and the baseline instead.")) var quality =
        false
    @Option(help: .both("说明这项任务（如 T-12）为什么排在这里。", "Print why this task, such as T-12, lies where it does.")) var why: String?
    @OptionGroup var holidays: HolidayOption
    @OptionGroup var options: LanguageOption

    func validate() throws {
        if quality || why != nil, file.lowercased().hasSuffix(".xml") {
            throw ValidationError(
                Label("--quality 与 --why 只用于计划文件（.yaml）。", "--quality and --why take a plan file (.yaml).")[.spoken])
        }
        if why != nil, quality || format != .table {
            throw ValidationError(Label("--why 须单独使用。", "--why stands alone.")[.spoken])
        }
    }

    func run() throws {
        if file.lowercased().hasSuffix(".xml") { return try scheduleProjectXML() }
        let bar = ProgressBar(Label("排期", "scheduling"), options.language)
        let workspace = try holidays.workspace(file, options.language)
        bar(0.6)
        let plan = try PlanInput.plan(of: workspace, at: file)
        if quality { return try printQuality(plan, workspace) }
        let schedule = PlanSchedule(plan, in: workspace, today: plan.fields.statusDate ?? Terminal.today)
        bar(1)
        for cycle in schedule.cycles {
            let path = (cycle + cycle.prefix(1)).map(\.short).joined(separator: " → ")
            Terminal.complain(options.language == .chinese ? "前置任务成环：\(path)" : "Predecessors form a ring: \(path)")
        }
        if let why { return try printReasons(why, plan, schedule) }
        let rows = zip(schedule.tasks, schedule.dates).map { ScheduleRow($0, $1) }
        switch format {
        case .table: printTable(rows, plan.depths(.of(PlanTask.self)))
        case .csv: print(csv: rows)
        case .json: printJSON(rows)
        }
        if !schedule.cycles.isEmpty { throw ExitCode(1) }
    }

    /// The rows hold text and finite numbers, which always encode.
    private func printJSON(_ rows: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        if let json = try? encoder.encode(rows) { Terminal.say(String(decoding: json, as: UTF8.self)) }
    }

    private func printTable(_ rows: [ScheduleRow], _ depths: [Int]) {
        let head =
            options.language == .chinese
            ? ["编号", "任务", "工期", "开始", "完成", "总时差", "关键"] : ["ID", "Task", "Days", "Start", "Finish", "Float", "Critical"]
        let lines = zip(rows, depths).map { row, depth in
            [
                row.id, String(repeating: "  ", count: depth) + row.title, row.days(row.duration_days), row.start, row.finish,
                row.days(row.total_float_days), row.critical ? "●" : "",
            ]
        }
        Terminal.say(Terminal.table(head, lines, right: [2, 5]))
    }

    private func print(csv rows: [ScheduleRow]) {
        Terminal.say(
            "id,title,start,finish,early_start,early_finish,late_start,late_finish,duration_days,total_float_days,free_float_days,critical"
        )
        for row in rows {
            let cells = [
                row.id, CSVCell.text(row.title), row.start, row.finish, row.early_start, row.early_finish, row.late_start,
                row.late_finish,
                row.days(row.duration_days), row.days(row.total_float_days), row.days(row.free_float_days),
                row.critical ? "1" : "0",
            ]
            Terminal.say(cells.joined(separator: ","))
        }
    }
}

/// A task's dates, as JSON and CSV name them.
private struct ScheduleRow: Encodable {
    let id: String
    let title: String
    let start: String
    let finish: String
    let early_start: String
    let early_finish: String
    let late_start: String
    let late_finish: String
    let duration_days: Double
    let total_float_days: Double
    let free_float_days: Double
    let critical: Bool
    let summary: Bool

    init(_ task: Typed<PlanTask>, _ dates: TaskDates) {
        id = task.id.short
        title = task.title ?? ""
        start = dates.start.description
        finish = dates.finish.description
        early_start = dates.earlyStart.description
        early_finish = dates.earlyFinish.description
        late_start = dates.lateStart.description
        late_finish = dates.lateFinish.description
        duration_days = dates.duration
        total_float_days = dates.totalFloat
        free_float_days = dates.freeFloat
        critical = dates.isCritical
        summary = dates.isSummary
    }

    func days(_ days: Double) -> String { ScheduleRow.text(days) }

    /// At most two decimals.
    static func text(_ number: Double) -> String {
        let rounded = (number * 100).rounded() / 100
        return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
    }
}

extension ScheduleCommand {
    private func print(_ project: MSPDIProject) throws(MSPDIError) {
        switch format {
        case .csv: Terminal.write(try project.scheduleCSV())
        case .json: printJSON(try project.schedule())
        case .table: printTable(try project.schedule())
        }
    }

    private func printTable(_ rows: [MSPDIScheduleRow]) {
        let head =
            options.language == .chinese
            ? ["编号", "任务", "开始", "完成", "最晚完成", "总时差（小时）", "关键"]
            : ["UID", "Task", "Start", "Finish", "Late finish", "Float (hours)", "Critical"]
        func minute(_ date: String) -> String { String(date.prefix(16)).replacingOccurrences(of: "T", with: " ") }
        let lines = rows.map { row in
            [
                String(row.uid), String(repeating: "  ", count: max(0, min(20, row.outlineLevel - 1))) + row.name,
                minute(row.start), minute(row.finish), minute(row.lateFinish), ScheduleRow.text(Double(row.totalSlack) / 60),
                row.isCritical ? "●" : "",
            ]
        }
        Terminal.say(Terminal.table(head, lines, right: [0, 5]))
    }

    /// A Microsoft Project file has its own columns: what our engine computes from the file's inputs alone.
    private func scheduleProjectXML() throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw ValidationError(options.language == .chinese ? "\(file)：没有这个文件。" : "\(file): there is no such file.")
        }
        do throws(MSPDIError) { try print(MSPDIProject(xml: data)) } catch {
            let message = error.message[options.language]
            Terminal.complain(options.language == .chinese ? "\(file)：\(message)" : "\(file): \(message)")
            throw ExitCode(2)
        }
    }
}

extension ScheduleCommand {
    private func printQuality(_ plan: Plan, _ workspace: Workspace) throws {
        guard let facts = PlanFacts(plan.key, in: workspace, today: Terminal.today) else { throw ExitCode(2) }
        let points = facts.scheduleQuality.map { ScheduleQualitySummary.points($0, options.language) } ?? []
        switch format {
        case .json: printJSON(points)
        case .csv:
            Terminal.say("point,name,passes,found,of,index,limit,tasks")
            for point in points { Terminal.say(line(point)) }
        case .table: for table in ComputedTable.schedule(facts) { Terminal.say(table, options.language) }
        }
    }

    private func line(_ point: ScheduleQualitySummary) -> String {
        func text<Value>(_ value: Value?) -> String { value.map { "\($0)" } ?? "" }
        let passes: String = point.passes.map { $0 ? "1" : "0" } ?? ""
        let tasks: String = point.tasks.joined(separator: " ")
        let cells: [String] = [
            text(point.point), CSVCell.text(point.name), passes, text(point.found), text(point.of), text(point.index),
            text(point.limit), tasks,
        ]
        return cells.joined(separator: ",")
    }

    /// The chain of what holds a task, and what it is too late for.
    private func printReasons(_ text: String, _ plan: Plan, _ schedule: PlanSchedule) throws {
        guard let id = RecordID(text, in: plan.key), let dates = schedule[id] else {
            throw ValidationError(options.language == .chinese ? "没有任务 \(text)。" : "There is no task \(text).")
        }
        for (step, reason) in schedule.reasonsForStart(of: id).enumerated() {
            let indent = String(repeating: "  ", count: step)
            let name = reason.task.text(seenFrom: plan.key)
            let words: String = reason.words[options.language]
            Terminal.say("\(indent)\(name) \(reason.start)  \(words)")
        }
        guard dates.totalFloat < 0, let reason = schedule.reasonsForLateness(plan)[id] else { return }
        let days: String = ScheduleRow.text(-dates.totalFloat)
        let words: String = reason.words[options.language]
        let holder: String = reason.task.map { $0.short + " " } ?? ""
        Terminal.say(
            options.language == .chinese
                ? "晚 \(days) 个工作日，赶不上：\(holder)\(words)"
                : "\(days) working \(days == "1" ? "day" : "days") too late for: \(holder)\(words)")
    }
}

extension Terminal {
    /// A computed table with its title above.
    static func say(_ computed: ComputedTable, _ language: Language) {
        say(computed.title[language])
        let numeric = computed.columns.indices.filter { computed.columns[$0].isNumeric }
        let head: [String] = computed.columns.map { $0.title[language] }
        let rows: [[String]] = computed.rows.map { row in row.map { $0[language] } }
        say(table(head, rows, right: Set(numeric)))
        say("")
    }
}
