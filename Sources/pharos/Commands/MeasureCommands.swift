import ArgumentParser
import Foundation
import Measures
import PlanExchange
import PlanInsight
import PlanModel
import ProcessMining
import WorkingTime

struct ForecastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        "forecast",
        Label("预测 CSV 文件里的多个序列，列为 series、t 和 value。", "Forecast many series of a CSV file with columns series, t and value."),
        Label(
            "以逗号、分号、制表符或竖线分隔，可用 gzip 压缩。读不懂的行连同行号计数。",
            "Commas, semicolons, tabs or bars, plain or gzip. Rows that cannot be read are counted with their lines."),
        examples: [
            "pharos forecast series.csv --horizon 12 --period 12 --format json",
            "pharos forecast sales.csv.gz --series 门店 --time 月份 --value 销量 --horizon 6 --lunar-new-year --format table",
        ])

    enum Format: String, ExpressibleByArgument, CaseIterable { case json, table }

    @Argument(help: .both("CSV 文件；- 表示读标准输入。", "The CSV file; - reads standard input."), completion: .file(extensions: ["csv"]))
    var file: String
    @Option(help: .both("向前预测多少期，1 到 1,000。", "How many steps ahead, 1 to 1,000.")) var horizon: Int
    @Option(help: .both("一个季节周期有多少期：月度 12，季度 4，没有季节为 1。", "Steps in a season: 12 for months, 4 for quarters, 1 for none."))
    var period = 12
    @Option(help: .both("序列名所在的列。", "The column of the series' name.")) var series: String?
    @Option(help: .both("时间所在的列。", "The column of the time.")) var time: String?
    @Option(help: .both("数值所在的列。", "The column of the value.")) var value: String?
    @Flag(help: .both("月度序列带日期时，考虑春节移动的影响。", "In monthly series with dates, look for the effect of the moving 春节."))
    var lunarNewYear = false
    @Option(help: .both("输出格式：JSON 或表格。", "json or table.")) var format: Format = .json
    @OptionGroup var options: LanguageOption

    private func t(_ zh: String, _ en: String) -> String { options.language == .chinese ? zh : en }

    func validate() throws {
        try (1...1000).check("--horizon", horizon)
        try (1...400).check("--period", period)
    }

    func run() throws {
        let table: SeriesTable
        do {
            var reader = SeriesTableReader(columns: SeriesColumns(series: series, time: time, value: value))
            try TableInput.unpacked(file, options.language) { try reader.read($0) }
            table = try reader.finish()
        } catch let error as SeriesTableError { try TableInput.refuse(file, error.wording, options.language) }
        if table.series.isEmpty {
            try TableInput.refuseNothing(file, table.badRows.first.map { ($0.line, $0.reason) }, options.language)
        }
        let (count, title) = (table.series.count, t("预测", "Forecasting"))
        let report = ForecastReport(table, period: period, horizon: horizon, lunarNewYear: lunarNewYear) { done in
            if done % 20 == 0 || done == count { Terminal.progress(title, Double(done) / Double(count)) }
        }
        switch format {
        case .json: Terminal.say(report.json)
        case .table: printTable(report)
        }
    }

    private func printTable(_ report: ForecastReport) {
        let levels = report.forecasts.first { !$0.points.isEmpty }?.intervals.map(\.level) ?? []
        let head =
            [t("序列", "Series"), t("期", "Period"), t("预测", "Forecast")]
            + levels.map { t("\(DisplayText.percent($0)) 区间", "\(DisplayText.percent($0)) interval") }
        let rows = zip(report.table.series, report.forecasts).flatMap { series, forecast in
            forecast.points.enumerated().map { step, point in
                [series.name, series.scale.label(at: series.values.count + step), text(point)]
                    + forecast.intervals.map { "\(text($0.lower[step])) – \(text($0.upper[step]))" }
            }
        }
        Terminal.say(Terminal.table(head, rows, right: Set(2..<head.count)))
        for (series, forecast) in zip(report.table.series, report.forecasts) where !forecast.notes.isEmpty {
            let notes = forecast.notes.map { $0.wording { series.scale.label(at: $0) } }.map { t($0.zh, $0.en) }
            Terminal.say("\(series.name): \(notes.joined(separator: t("；", "; ")))")
        }
        for row in report.table.badRows {
            Terminal.complain(t("第 \(row.line) 行：\(row.reason.zh)", "Line \(row.line): \(row.reason.en)"))
        }
        let more = report.table.badRowCount - report.table.badRows.count
        if more > 0 {
            Terminal.complain(t("另有 \(more) 行未能使用。", Wording.counted(more, "more row was not used.", "more rows were not used.")))
        }
    }

    /// Five significant figures tell as much as a forecast can.
    private func text(_ value: Double) -> String {
        guard value != 0, value.isFinite else { return "0" }
        let scale = pow(10, 4 - log10(abs(value)).rounded(.down))
        return DisplayText.number(scale >= 1 ? (value * scale).rounded() / scale : value.rounded())
    }
}

struct ImportValuesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        "import-values", Label("把 CSV 文件里的数值放进计划文件的指标。", "Put values from a CSV file into the measures of a plan file."),
        Label(
            "一行是一个指标（编号或名称）、一个日期和一个数值，或是一个指标、每期一列（列名写 2026-01）。不给 --write 就什么也不写。",
            "A row is a measure (its id or title), a date and a value, or a measure with a column a period, named as 2026-01. Nothing is written unless --write is given."
        ),
        examples: [
            "pharos import-values support-2026.yaml kpi.csv",
            "pharos import-values support-2026.yaml sales.csv --time 月份 --value 签约额 --measure M-1 --write",
        ])

    @Argument(help: .both("计划文件（.yaml）。", "A plan file (.yaml)."), completion: .file(extensions: ["yaml"])) var plan: String
    @Argument(
        help: .both("CSV 文件，可用 gzip 压缩；- 表示读标准输入。", "The CSV file, plain or gzip; - reads standard input."),
        completion: .file(extensions: ["csv"])) var file: String
    @Option(help: .both("指标所在的列。", "The column of the measure.")) var series: String?
    @Option(help: .both("日期所在的列。", "The column of the date.")) var time: String?
    @Option(help: .both("数值所在的列。", "The column of the value.")) var value: String?
    @Option(help: .both("所有行都属于这个指标，如 M-1。", "The measure that all rows belong to, such as M-1.")) var measure: String?
    @Flag(help: .both("把数值写进计划文件。", "Write the values into the plan file.")) var write = false
    @OptionGroup var options: LanguageOption

    private func t(_ zh: String, _ en: String) -> String { options.language == .chinese ? zh : en }

    func run() throws {
        let path = plan
        let plan = try PlanInput.plan(of: PlanInput.workspace(path, options.language), at: path)
        let table: SeriesTable
        do {
            var reader = SeriesTableReader(
                columns: SeriesColumns(series: series, time: time, value: value, only: measure), takesPercent: true)
            try TableInput.unpacked(file, options.language) { try reader.read($0) }
            table = try reader.finish()
        } catch let error as SeriesTableError { try TableInput.refuse(file, error.wording, options.language) }
        if table.series.isEmpty {
            try TableInput.refuseNothing(file, table.badRows.first.map { ($0.line, $0.reason) }, options.language)
        }
        let proposal = ValueImport(table, into: plan, today: Terminal.today)
        let head = [t("指标", "Measure"), t("日期", "Date"), t("现有", "Now"), t("导入", "Import")]
        let rows = proposal.entries.map {
            [$0.measure.short, "\($0.day)", $0.before.map { DisplayText.number($0) } ?? "", DisplayText.number($0.after)]
        }
        if !rows.isEmpty { Terminal.say(Terminal.table(head, rows, right: [2, 3])) }
        for row in proposal.badRows {
            Terminal.complain(t("第 \(row.line) 行：\(row.reason.zh)", "Line \(row.line): \(row.reason.en)"))
        }
        for refusal in proposal.refusals { Terminal.complain(refusal[options.language]) }
        Terminal.complain(proposal.words[options.language])
        if write, !proposal.entries.isEmpty {
            var editor = PlanEditor(plan)
            proposal.write(into: &editor)
            // What is written has to be readable again.
            let problems = plan.problems(with: editor.edits)
            guard problems.isEmpty else { throw Problems(problems) }
            try PlanInput.write(editor.plan, to: self.plan, options.language)
        }
        if proposal.badRowCount > 0 || !proposal.refusals.isEmpty { throw ExitCode(1) }
    }
}

struct CustomersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        "customers",
        Label(
            "由订单清单估计客户价值，列为 customer、date 和 amount。", "Value customers from an order list with columns customer, date and amount."
        ),
        Label(
            "用 BG/NBD 与 gamma-gamma 模型：谁仍是客户、预计下多少单、值多少钱。",
            "BG/NBD and gamma-gamma: who is still a customer, how many orders to expect, what they are worth."),
        examples: ["pharos customers orders.csv --until 2026-12-31 --horizon 26"])

    enum Format: String, ExpressibleByArgument, CaseIterable { case json, table }

    @Argument(
        help: .both("CSV 文件，可用 gzip 压缩；- 表示读标准输入。", "The CSV file, plain or gzip; - reads standard input."),
        completion: .file(extensions: ["csv", "gz"]))
    var file: String
    @Option(
        help: .both(
            "计入的最后一天，如 2026-12-31；默认为最近一笔订单的日期。",
            "The last day that counts, such as 2026-12-31; the newest order's day if left out.")) var until: String?
    @Option(help: .both("向前预测多少周，1 到 5,200。", "Weeks ahead, 1 to 5,200.")) var horizon: Double
    @Option(help: .both("输出格式：JSON 或表格。", "json or table.")) var format: Format = .json
    @Option(help: .both("表格显示多少位客户，最有价值的在前；0 表示全部。", "How many customers the table shows, the most valuable first; 0 for all."))
    var top = 30
    @Option(help: .both("客户所在的列（列名不同时）。", "The column with the customer, if it is not called so.")) var customer: String?
    @Option(help: .both("日期所在的列。", "The column with the date.")) var date: String?
    @Option(help: .both("金额所在的列。", "The column with the amount.")) var amount: String?
    @OptionGroup var options: LanguageOption

    func validate() throws {
        try (1...5200).check("--horizon", horizon)
        try (0...1_000_000).check("--top", top)
        try Day.check("--until", until)
    }

    func run() throws {
        let table: OrderTable
        do {
            var reader = OrderTableReader(columns: OrderColumns(customer: customer, date: date, amount: amount))
            try TableInput.unpacked(file, options.language) { try reader.read($0) }
            table = try reader.finish()
        } catch let error as OrderTableError { try TableInput.refuse(file, error.wording, options.language) }
        if table.orders.isEmpty {
            try TableInput.refuseNothing(file, table.badRows.first.map { ($0.line, $0.reason) }, options.language)
        }
        let report = CustomerReport(table, until: until.flatMap { Day($0) }.map { Int($0.number) }, horizon: horizon)
        switch format {
        case .json: Terminal.say(report.json)
        case .table: printTable(report)
        }
    }

    private func printTable(_ report: CustomerReport) {
        func t(_ zh: String, _ en: String) -> String { options.language == .chinese ? zh : en }
        func plain(_ value: Double?, _ digits: Double = 100) -> String {
            value.map { DisplayText.number(($0 * digits).rounded() / digits) } ?? "—"
        }
        let entries = report.entries.sorted {
            ($0.expectedValue ?? $0.expectedOrders ?? 0, $1.history.customer) > (
                $1.expectedValue ?? $1.expectedOrders ?? 0, $0.history.customer
            )
        }
        let head = [
            t("客户", "Customer"), t("下单日数", "Purchases"), t("累计金额", "Revenue"), t("仍是客户", "Alive"), t("预计下单", "Expected"),
            t("预计每次金额", "Amount each"), t("预计金额", "Expected value"),
        ]
        let rows = entries.prefix(top == 0 ? entries.count : top).map { entry in
            [
                entry.history.customer, "\(entry.history.repeats + 1)", plain(entry.history.revenue),
                entry.aliveProbability.map(DisplayText.percent) ?? "—", plain(entry.expectedOrders), plain(entry.expectedAmount),
                plain(entry.expectedValue),
            ]
        }
        Terminal.say(Terminal.table(head, rows, right: [1, 2, 3, 4, 5, 6]))
        let weeks = plain(report.horizon)
        Terminal.say("")
        let counted = Wording(
            "\(report.entries.count) 位客户，\(report.orderCount) 笔订单",
            "\(Wording.counted(report.entries.count, "customer")), \(Wording.counted(report.orderCount, "order"))")
        let expected =
            report.expectedOrders.map { orders in
                let worth = report.expectedValue.map { Wording("，金额 \(plain($0, 1))", " of \(plain($0, 1))") } ?? Wording("", "")
                return Wording(
                    "；估计仍在 \(plain(report.expectedAlive, 1))，此后 \(weeks) 周预计下单 \(plain(orders, 1)) 次\(worth.zh)",
                    "; \(plain(report.expectedAlive, 1)) still customers, \(plain(orders, 1)) purchases\(worth.en) in the next \(weeks) \(weeks == "1" ? "week" : "weeks")"
                )
            } ?? Wording("", "")
        Terminal.say(t("\(counted.zh)\(expected.zh)。", "\(counted.en)\(expected.en)."))
        if report.returns.count > 0 {
            Terminal.say(
                t(
                    "退货 \(report.returns.count) 笔，合计 \(plain(report.returns.total))，未从金额中扣除。",
                    "Returns: \(report.returns.count), \(plain(report.returns.total)) in all, not taken off."))
        }
        for note in report.notes { Terminal.say(t("\(note.wording.zh)。", "\(note.wording.en).")) }
        guard report.badRowCount > 0 else { return }
        Terminal.complain(
            t("\(report.badRowCount) 行未计入：", Wording.counted(report.badRowCount, "row does not count:", "rows do not count:")))
        for row in report.badRows.prefix(5) {
            Terminal.complain(t("  第 \(row.line) 行：\(row.reason.zh)", "  line \(row.line): \(row.reason.en)"))
        }
    }
}

/// Files read piece by piece, with progress.
enum TableInput {
    static func chunks(_ file: String, _ language: Language, _ take: (Data) throws -> Void) throws {
        guard let handle = file == "-" ? FileHandle.standardInput : FileHandle(forReadingAtPath: file) else {
            Terminal.complain(
                language == .chinese ? "\(file)：没有这个文件，或无法读取。" : "\(file): there is no such file, or it cannot be read.")
            throw ExitCode(2)
        }
        if isFolder(file) { try refuse(file, Wording("这是文件夹，应为文件。", "This is a folder; it should be a file."), language) }
        let size = size(file) ?? 0
        var done = 0
        while true {
            let chunk: Data?
            do { chunk = try handle.read(upToCount: 1 << 20) } catch {
                try refuse(file, Wording("无法读完这个文件。", "It could not be read to its end."), language)
            }
            guard let chunk, !chunk.isEmpty else { return }
            try take(chunk)
            done += chunk.count
            if size > 4 << 20 { Terminal.progress(file, Double(done) / Double(size)) }
        }
    }

    private static func isFolder(_ file: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// Bytes of a file; nil for standard input and where there is none.
    static func size(_ file: String) -> Int? {
        file == "-" ? nil : (try? FileManager.default.attributesOfItem(atPath: file))?[.size] as? Int
    }

    /// The same, inflated where the file is packed by gzip.
    static func unpacked(_ file: String, _ language: Language, _ take: ([UInt8]) throws -> Void) throws {
        var unpacker = Unpacker()
        do {
            try chunks(file, language) { try unpacker.unpack($0, take) }
            try take(unpacker.finish())
        } catch let error as LogReadingError { try refuse(file, Wording(error.words.zh, error.words.en), language) }
    }

    /// A table without a row that can be used, and the first of those that cannot.
    static func refuseNothing(_ file: String, _ row: (line: Int, reason: Wording)?, _ language: Language) throws -> Never {
        guard let row else {
            try refuse(file, Wording("只有表头，没有数据。", "There is a header and nothing below it."), language)
        }
        let wording = Wording(
            "没有一行读得懂；如第 \(row.line) 行：\(row.reason.zh)。", "No row can be used; line \(row.line), for example: \(row.reason.en).")
        try refuse(file, wording, language)
    }

    static func refuse(_ file: String, _ wording: Wording, _ language: Language) throws -> Never {
        Terminal.complain("\(file): \(language == .chinese ? wording.zh : wording.en)")
        throw ExitCode(2)
    }
}
