import ArgumentParser
import Foundation
import Logging
import PlanExchange
import PlanModel
import PlanStore
import WebApp
import WorkingTime

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        "serve", Label("在本机向浏览器提供计划。", "Serve plans to browsers on this machine."),
        examples: [
            "pharos serve --samples", "pharos serve --data data --port 9000 --lang en",
            "pharos serve --holidays holidays-2027.json   # kept in the data folder from then on",
        ])

    @OptionGroup var source: DataOption
    @Option(help: .both("端口；0 表示任选一个空闲的。", "The port; 0 takes a free one.")) var port = 8080
    @Option(help: .both("地址；有登录之前只能用本机的。", "The address; only those of this machine until there is sign-in.")) var host =
        "127.0.0.1"
    @Flag(help: .both("有屏幕时在浏览器中打开首页。", "Open the first page in the browser, where there is a screen.")) var open = false
    @Flag(help: .both("数据文件夹为空时放入示例工作区。", "Fill an empty data folder with the sample workspace.")) var samples = false
    @Option(help: .both("示例计划所在的文件夹。", "Where the sample plans are."), completion: .directory) var samplesFolder = "Samples"
    @Option(help: .both("当作今天的日期，供演示与测试。", "The day taken for today, for demonstrations and tests.", valueName: "date"))
    var today: String?
    @OptionGroup var holidays: HolidayOption
    @OptionGroup var options: LanguageOption

    func validate() throws {
        try Day.check("--today", today)
        try (0...65_535).check("--port", port)
    }

    func run() async throws {
        let language = options.language
        guard DoctorCommand.isFree(port) else {
            let words = Label(
                "端口 \(port) 不能用：可能灯塔已在运行，也可能需要权限。用 --port 换一个。",
                "Port \(port) cannot be used: Pharos may be running already, or it takes permission. Use another with --port.")
            throw ValidationError(words[language])
        }
        // Nothing is made where the samples for it cannot be read.
        let isNew = !FileManager.default.fileExists(atPath: source.path)
        let sampled = samples && isNew ? try PlanInput.workspace(samplesFolder, language) : nil
        let store = try source.open(create: true, language)
        if samples, store.workspace.plans.isEmpty {
            let workspace = try sampled ?? PlanInput.workspace(samplesFolder, language)
            try store.rename(workspace.name)
            try DataOption.take(workspace.files, into: store)
            for (index, plan) in workspace.plans.enumerated() {
                try store.add(plan, by: Terminal.user, at: Terminal.now)
                Terminal.progress(
                    language == .chinese ? "载入示例" : "loading samples", Double(index + 1) / Double(workspace.plans.count))
            }
        }
        if let bytes = try holidays.bytes(language) {
            try store.put([UInt8](bytes), file: WorkspaceFiles.holidays, by: Terminal.user, at: Terminal.now)
        }
        let fixed = today.flatMap { Day($0) }
        var logger = Logger(label: "pharos")
        logger.logLevel = .notice
        let server: WebServer
        do throws(WebServer.Refusal) {
            server = try WebServer(
                store: store, host: host, port: port, language: language, author: Terminal.user, logger: logger
            ) { (fixed ?? Terminal.today, Terminal.now) }
        } catch {
            Terminal.complain(error.message[language])
            throw ExitCode(1)
        }
        try await server.run { [host, open] port in
            if open { Terminal.open("http://\(host):\(port)") }
            Terminal.complain(
                language == .chinese
                    ? "灯塔已就绪：http://\(host):\(port) （Ctrl-C 停止）" : "Pharos is ready: http://\(host):\(port) (Ctrl-C to stop)")
        }
    }
}
