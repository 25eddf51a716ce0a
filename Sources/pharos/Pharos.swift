import ArgumentParser
import Foundation
import PlanModel

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
        if let page = HelpPage.asked(for: words) { return Terminal.say(page.text) }
        if let (name, remedy) = HelpPage.unknownCommand(in: words) {
            complain(
                Label("没有命令「\(name)」。\(remedy.zh)", "There is no command “\(name)”. \(remedy.en)")[.spoken], .validationFailure,
                words)
            Foundation.exit(ExitCode.validationFailure.rawValue)
        }
        do {
            var command = try parseAsRoot(words)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            let code = exitCode(for: error)
            let message = (error as? CocoaError)?.words[.spoken] ?? message(for: error)
            if code == .success { Terminal.say(message) } else { complain(message, code, words) }
            Foundation.exit(code.rawValue)
        }
    }

    /// Arguments that cannot be meant are answered with how the command is used.
    private static func complain(_ message: String, _ code: ExitCode, _ words: [String]) {
        guard !message.isEmpty else { return }
        Terminal.complain(Label("错误：\(ParserWords.chinese(message))", "Error: \(message)")[.spoken])
        if code == .validationFailure { Terminal.complain(HelpPage(of: words).hint) }
    }
}
