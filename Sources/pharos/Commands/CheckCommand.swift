import ArgumentParser
import Foundation
import Measures
import PlanExchange
import PlanInsight
import PlanModel

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        "check", Label("检查计划并列出发现，如同编译器检查代码。", "Check plans and list findings, like a compiler over a plan."),
        Label("没有错误时退出码为 0，有错误时为 1，文件无法读取时为 2。", "Exit code 0 without errors, 1 with errors, 2 if a file cannot be read."),
        examples: ["pharos check Samples --format github"])

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, github }

    @Argument(help: .both("计划文件或文件夹。", "Plan files or folders."), completion: .file(extensions: ["yaml"])) var paths: [String]
    @Option(help: .both("输出格式：文字、JSON 或 GitHub 注解。", "text, json or github.")) var format: Format = .text
    @Flag(help: .both("警告也算错误。", "Warnings count as errors.")) var strict = false
    @OptionGroup var holidays: HolidayOption
    @OptionGroup var options: LanguageOption

    func run() throws {
        var findings: [(file: String, finding: Finding)] = []
        var plans = 0
        let bar = ProgressBar(Label("检查", "checking"), options.language)
        for (index, (path, workspace)) in try workspaces().enumerated() {
            let isSingle = !WorkspaceFolder.isFolder(path)
            let chosen = isSingle ? Array(workspace.plans.prefix(1)) : workspace.plans
            let loads = LoadShelf()
            for (place, plan) in chosen.enumerated() {
                bar((Double(index) + Double(place) / Double(chosen.count)) / Double(paths.count))
                plans += 1
                guard let facts = PlanFacts(plan.key, in: workspace, today: Terminal.today, loads: loads) else { continue }
                findings += facts.findings.map { (isSingle ? path : "\(path)/\(plan.key).yaml", $0) }
            }
        }
        bar(1)
        print(format: format, findings)
        let errors = findings.filter { $0.finding.severity == .error }.count
        if format == .text { summarise(plans: plans, errors: errors, warnings: findings.count - errors) }
        if errors > 0 || (strict && !findings.isEmpty) { throw ExitCode(1) }
    }

    /// What is to be checked; where some of it cannot be read, that is told in the format asked for and all there is to say.
    private func workspaces() throws -> [(path: String, workspace: Workspace)] {
        var read: [(path: String, workspace: Workspace)] = []
        var unreadable: [PlanFileError] = []
        for path in paths {
            do throws(PlanFileErrors) { read.append((path, try WorkspaceFolder.read(path))) } catch {
                unreadable += error.all.map { $0.seen(from: path) }
            }
        }
        guard unreadable.isEmpty else {
            print(format: format, unreadable)
            throw ExitCode(2)
        }
        return try read.map { ($0.path, try holidays.replacing($0.workspace, options.language)) }
    }

    private func print(format: Format, _ errors: [PlanFileError]) {
        let language = options.language
        switch format {
        case .text: for error in errors { Terminal.complain(error.text(in: language)) }
        case .github:
            for error in errors {
                let place = error.line == 0 ? "" : ",line=\(error.line),col=\(error.column)"
                let words = Label("\(error.message.zh)\(error.remedy.zh)", "\(error.message.en) \(error.remedy.en)")
                Terminal.say("::error file=\(property(error.file))\(place)::\(message(words[language]))")
            }
        case .json:
            printJSON(
                errors.map { error in
                    ErrorRow(
                        file: error.file, line: error.line == 0 ? nil : error.line, column: error.line == 0 ? nil : error.column,
                        message: error.message[language], remedy: error.remedy[language])
                })
        }
    }

    private func printJSON(_ rows: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        Terminal.say(String(decoding: (try? encoder.encode(rows)) ?? Data("[]".utf8), as: UTF8.self))
    }

    private func print(format: Format, _ findings: [(file: String, finding: Finding)]) {
        let language = options.language
        switch format {
        case .text:
            for (file, finding) in findings {
                let place = [finding.record?.short, finding.field].compactMap { $0 }.joined(separator: ".")
                Terminal.say(
                    "\(file): \(finding.severity.label[language]) \(finding.code) \(place.isEmpty ? "" : place + " ")\(finding.title[language])"
                )
                Terminal.say("    \(finding.reason[language])")
                Terminal.say("    → \(finding.remedy[language])")
            }
        case .github:
            for (file, finding) in findings {
                let kind = finding.severity == .error ? "error" : "warning"
                Terminal.say(
                    "::\(kind) file=\(property(file)),title=\(property("\(finding.code) \(finding.title[language])"))::\(message("\(finding.record?.short ?? "") \(finding.reason[language]) \(finding.remedy[language])".trimmed))"
                )
            }
        case .json:
            let rows = findings.map { file, finding in
                FindingRow(
                    file: file, code: finding.code, severity: finding.severity.rawValue, record: finding.record?.short,
                    field: finding.field,
                    title: finding.title[language], reason: finding.reason[language], remedy: finding.remedy[language])
            }
            printJSON(rows)
        }
    }

    private func summarise(plans: Int, errors: Int, warnings: Int) {
        Terminal.say(
            options.language == .chinese
                ? "\(plans) 份计划，\(errors) 个错误，\(warnings) 个提醒。"
                : "\(Wording.counted(plans, "plan")), \(Wording.counted(errors, "error")), \(Wording.counted(warnings, "warning"))."
        )
    }

    /// Workflow commands keep `%` and line ends for themselves, and in their properties `:` and `,`, too.
    private func message(_ text: String) -> String {
        [("%", "%25"), ("\r", "%0D"), ("\n", "%0A")].reduce(text) { $0.replacingOccurrences(of: $1.0, with: $1.1) }
    }

    private func property(_ text: String) -> String {
        message(text).replacingOccurrences(of: ":", with: "%3A").replacingOccurrences(of: ",", with: "%2C")
    }
}

private struct ErrorRow: Encodable {
    let file: String
    let line: Int?
    let column: Int?
    let message: String
    let remedy: String
}

private struct FindingRow: Encodable {
    let file: String
    let code: String
    let severity: String
    let record: String?
    let field: String?
    let title: String
    let reason: String
    let remedy: String
}
