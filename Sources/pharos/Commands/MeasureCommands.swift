import ArgumentParser
import Foundation
import Measures
import PlanModel
import ProcessMining
import WorkingTime

struct ForecastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast", abstract: "Forecast many series of a CSV file with columns series, t and value.",
        discussion: "Example: pharos forecast series.csv --horizon 12 --period 12 --format json")

    enum Format: String, ExpressibleByArgument, CaseIterable { case json, table }

    @Argument(help: "The CSV file; - reads standard input.", completion: .file(extensions: ["csv"])) var file: String
    @Option(help: "How many steps ahead, 1 to 1,000.") var horizon: Int
    @Option(help: "Steps in a season: 12 for months, 4 for quarters, 1 for none.") var period = 12
    @Option(help: "json or table.") var format: Format = .json
    @OptionGroup var options: LanguageOption

    func validate() throws {
        guard (1...1000).contains(horizon), (1...400).contains(period) else {
            throw ValidationError("--horizon 1…1000, --period 1…400")
        }
    }

    func run() throws {
        let table: SeriesTable
        do {
            var reader = SeriesTableReader()
            try TableInput.chunks(file, options.language) { try reader.read($0) }
            table = try reader.finish()
        } catch let error as SeriesTableError { try TableInput.refuse(file, error.wording, options.language) }
        let report = ForecastReport(table, period: period, horizon: horizon)
        switch format {
        case .json: Terminal.say(report.json)
        case .table: printTable(report)
        }
    }

    private func printTable(_ report: ForecastReport) {
        let head = options.language == .chinese ? ["序列", "步", "预测"] : ["Series", "Step", "Forecast"]
        let rows = zip(report.table.series, report.forecasts).flatMap { series, forecast in
            forecast.points.enumerated().map {
                [series.name, series.scale.label(at: series.values.count + $0), DisplayText.number($1)]
            }
        }
        Terminal.say(Terminal.table(head, rows, right: [2]))
    }
}

struct CustomersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customers", abstract: "Value customers from an order list with columns customer, date and amount.",
        discussion:
            "BG/NBD and gamma-gamma: who is still a customer, how many orders to expect, what they are worth.\nExample: pharos customers orders.csv --until 2026-12-31 --horizon 26"
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case json, table }

    @Argument(help: "The CSV file, plain or gzip; - reads standard input.", completion: .file(extensions: ["csv", "gz"]))
    var file: String
    @Option(help: "The last day that counts, such as 2026-12-31; the newest order's day if left out.") var until: String?
    @Option(help: "Weeks ahead, 1 to 5,200.") var horizon: Double
    @Option(help: "json or table.") var format: Format = .json
    @Option(help: "How many customers the table shows, the most valuable first; 0 for all.") var top = 30
    @Option(help: "The column with the customer, if it is not called so.") var customer: String?
    @Option(help: "The column with the date.") var date: String?
    @Option(help: "The column with the amount.") var amount: String?
    @OptionGroup var options: LanguageOption

    func validate() throws {
        guard (1...5200).contains(horizon) else { throw ValidationError("--horizon 1…5200") }
        guard until.map({ Day($0) != nil }) ?? true else { throw ValidationError("--until 2026-12-31") }
        guard top >= 0 else { throw ValidationError("--top 0…") }
    }

    func run() throws {
        let table: OrderTable
        do {
            var reader = OrderTableReader(columns: OrderColumns(customer: customer, date: date, amount: amount))
            var unpacker = Unpacker()
            try TableInput.chunks(file, options.language) { try reader.read(unpacker.unpack($0)) }
            try reader.read(unpacker.finish())
            table = try reader.finish()
        } catch let error as OrderTableError {
            try TableInput.refuse(file, error.wording, options.language)
        } catch let error as LogReadingError {
            try TableInput.refuse(file, Wording(error.words.zh, error.words.en), options.language)
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
        Terminal.say(
            t(
                "\(report.entries.count) 位客户，\(report.orderCount) 笔订单；估计仍在 \(plain(report.expectedAlive, 1))，此后 \(weeks) 周预计下单 \(plain(report.expectedOrders, 1)) 次，金额 \(plain(report.expectedValue, 1))。",
                "\(report.entries.count) customers, \(report.orderCount) orders; \(plain(report.expectedAlive, 1)) still customers, \(plain(report.expectedOrders, 1)) purchases of \(plain(report.expectedValue, 1)) in the next \(weeks) weeks."
            ))
        if report.returns.count > 0 {
            Terminal.say(
                t(
                    "退货 \(report.returns.count) 笔，合计 \(plain(report.returns.total))，未从金额中扣除。",
                    "\(report.returns.count) returns of \(plain(report.returns.total)), not taken off."))
        }
        for note in report.notes { Terminal.say(t("\(note.wording.zh)。", "\(note.wording.en).")) }
        guard report.badRowCount > 0 else { return }
        Terminal.complain(t("\(report.badRowCount) 行未计入：", "\(report.badRowCount) rows do not count:"))
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
        let size = file == "-" ? 0 : ((try? FileManager.default.attributesOfItem(atPath: file))?[.size] as? Int ?? 0)
        var done = 0
        while let chunk = try handle.read(upToCount: 1 << 20), !chunk.isEmpty {
            try take(chunk)
            done += chunk.count
            if size > 4 << 20 { Terminal.progress(file, Double(done) / Double(size)) }
        }
    }

    static func refuse(_ file: String, _ wording: Wording, _ language: Language) throws -> Never {
        Terminal.complain("\(file): \(language == .chinese ? wording.zh : wording.en)")
        throw ExitCode(2)
    }
}
