import ArgumentParser
import Foundation
import PlanExchange
import PlanModel
import PlanStore

@main struct Pharos: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        "pharos",
        Label("灯塔：活的计划。像文档一样写，随时排期、检查和输出。", "Pharos: live plans, written as documents, scheduled, checked and printed."),
        Label("不用服务器就能处理计划文件，也能把计划提供给浏览器。", "Works on plan files without a server, or serves them to browsers."),
        examples: [
            "pharos init project --key portal-2026 -o portal-2026.yaml", "pharos check portal-2026.yaml",
            "pharos schedule portal-2026.yaml --format csv", "pharos serve --samples",
        ],
        version: "0.1.0",
        subcommands: [
            ServeCommand.self, DocumentCommand.self, InitCommand.self, CheckCommand.self, ScheduleCommand.self, LevelCommand.self,
            SimulateCommand.self, EarnedValueCommand.self, ForecastCommand.self, ImportValuesCommand.self, CustomersCommand.self,
            MineCommand.self,
            ImportCommand.self, ExportCommand.self,
            BackupCommand.self, RestoreCommand.self, VerifyCommand.self, DoctorCommand.self, FindingsCommand.self,
        ]
    )

    static func main() async {
        let words = Array(CommandLine.arguments.dropFirst())
        let asked = words.first == "help" ? Array(words.dropFirst()) : words
        if let (name, remedy) = HelpPage.unknownCommand(in: asked), name != "help" {
            refuse(Label("没有命令「\(name)」。\(remedy.zh)", "There is no command “\(name)”. \(remedy.en)")[.spoken], words)
        }
        if let page = HelpPage.asked(for: words) {
            Terminal.say(page.text)
            return finish()
        }
        let command: any ParsableCommand
        do { command = try parseAsRoot(words) } catch {
            guard exitCode(for: error) == .success else { refuse(message(for: error), words) }
            return Terminal.say(message(for: error))
        }
        do { try await run(command) } catch {
            let (words, code) = complaint(error)
            if !words.isEmpty { Terminal.complain(words) }
            Foundation.exit(code)
        }
        finish()
    }

    /// What was said is lost where it could not be written, and whoever waits for it has to know.
    private static func finish() {
        guard fflush(nil) != 0 else { return }
        Terminal.complain(
            Label("写出结果时出错：磁盘已满，或输出已关闭。", "The result could not be written: the disk is full, or the output is closed.")[.spoken])
        Foundation.exit(1)
    }

    private static func run(_ command: any ParsableCommand) async throws {
        if var command = command as? any AsyncParsableCommand { return try await command.run() }
        var command = command
        try command.run()
    }

    /// Arguments that cannot be meant are answered with how the command is used.
    private static func refuse(_ message: String, _ words: [String]) -> Never {
        let said = ParserWords.label(message, words)
        Terminal.complain(Label("错误：\(said.zh)", "Error: \(said.en)")[.spoken])
        Terminal.complain(HelpPage(of: words).hint)
        Foundation.exit(ExitCode.validationFailure.rawValue)
    }

    /// `plan/T-12: the reason. What to do.`
    private static func words(_ problem: Problem) -> String {
        let place = problem.record.map { Label("\($0)：", "\($0): ")[.spoken] } ?? ""
        return place + Label("\(problem.message.zh)\(problem.remedy.zh)", "\(problem.message.en) \(problem.remedy.en)")[.spoken]
    }

    /// What a command that failed says, and its exit code: 1, or 2 where what it was to read cannot be read.
    private static func complaint(_ error: any Error) -> (words: String, code: Int32) {
        switch error {
        case let code as ExitCode: ("", code.rawValue)
        case let error as ValidationError: (error.message, 2)
        case let error as PlanFileErrors: (error.all.map { $0.text(in: .spoken) }.joined(separator: "\n"), 2)
        case let error as Problems: (error.all.map(words).joined(separator: "\n"), 1)
        case let error as Problem: (words(error), 1)
        case let error as StoreError: (error.message[.spoken], 1)
        case let error as CocoaError: (error.words[.spoken], 1)
        default: (message(for: error), exitCode(for: error).rawValue)
        }
    }
}
