import ArgumentParser
import Foundation
import PlanExchange
import PlanModel
import PlanStore

/// Where the data file is: a folder with `pharos.db` in it.
struct DataOption: ParsableArguments {
    @Option(help: "The folder with the data file.", completion: .directory) var data = "data"

    var path: String { URL(filePath: data).appending(path: "pharos.db").path }

    /// Logs beside plan files come along.
    static func take(_ files: WorkspaceFiles, into store: PlanStore) throws {
        for name in files.names {
            if let bytes = files.bytes(name) { try store.put(bytes, file: name, by: Terminal.user, at: Terminal.now) }
        }
    }

    func open(create: Bool = false, _ language: Language) throws -> PlanStore {
        if create {
            try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        } else if !FileManager.default.fileExists(atPath: path) {
            let words = Label(
                "\(path)：没有数据文件。先运行 pharos import 或 pharos serve。",
                "\(path): there is no data file. Run pharos import or pharos serve first.")
            throw ValidationError(words[language])
        }
        return try PlanStore(path: path)
    }
}

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Put plan files into a data folder.",
        discussion: "Example: pharos import Samples --data data")

    @Argument(help: "Plan files or folders.", completion: .file()) var paths: [String]
    @OptionGroup var target: DataOption
    @OptionGroup var options: LanguageOption

    func run() throws {
        let plans = try paths.map { ($0, try PlanInput.workspace($0, options.language)) }
        let store = try target.open(create: true, options.language)
        let bar = ProgressBar(Label("导入", "importing"), options.language)
        let total = Double(max(plans.reduce(0) { $0 + $1.1.plans.count }, 1))
        var done = 0.0
        for (path, workspace) in plans {
            let isSingle = path.hasSuffix(".yaml") || path.hasSuffix(".yml")
            if !isSingle, !workspace.name.isEmpty { try store.rename(workspace.name) }
            if !isSingle { try DataOption.take(workspace.files, into: store) }
            for plan in isSingle ? Array(workspace.plans.prefix(1)) : workspace.plans {
                do { try store.add(plan, by: Terminal.user, at: Terminal.now, note: path) } catch let error as StoreError {
                    Terminal.complain(error.message[options.language])
                    throw ExitCode(1)
                }
                done += 1
                bar(done / total)
                Terminal.say("\(plan.key)  \(plan.title)")
            }
        }
    }
}

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write all plans of a data folder as plan files.",
        discussion: "Example: pharos export --data data -o plans")

    @Option(name: .shortAndLong, help: "The folder to write to.", completion: .directory) var output: String
    @OptionGroup var source: DataOption
    @OptionGroup var options: LanguageOption

    func run() throws {
        let workspace = try source.open(options.language).workspace
        let bar = ProgressBar(Label("导出", "exporting"), options.language)
        try WorkspaceFolder.write(workspace, to: output) { bar($0) }
        for plan in workspace.plans { Terminal.say("\(output)/\(plan.key).yaml") }
    }
}

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the data to one file while others go on working.",
        discussion: "Example: pharos backup pharos-2026-11-20.db --data data")

    @Argument(help: "The file to write.", completion: .file()) var file: String
    @OptionGroup var source: DataOption
    @OptionGroup var options: LanguageOption

    func run() throws {
        let bar = ProgressBar(Label("备份", "backing up"), options.language)
        do { try source.open(options.language).backup(to: file) { bar($0) } } catch let error as StoreError {
            Terminal.complain(error.message[options.language])
            throw ExitCode(1)
        }
    }
}

struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Make a data folder from a backup, after checking it.",
        discussion: "Example: pharos restore pharos-2026-11-20.db --data data")

    @Argument(help: "The backup.", completion: .file()) var file: String
    @OptionGroup var target: DataOption
    @OptionGroup var options: LanguageOption

    func run() throws {
        guard FileManager.default.fileExists(atPath: file) else {
            throw ValidationError(Label("\(file)：没有这个文件。", "\(file): there is no such file.")[options.language])
        }
        try FileManager.default.createDirectory(atPath: target.data, withIntermediateDirectories: true)
        let bar = ProgressBar(Label("恢复", "restoring"), options.language)
        do { try PlanStore.restore(file, to: target.path) { bar($0) } } catch let error as StoreError {
            Terminal.complain(error.message[options.language])
            throw ExitCode(1)
        }
    }
}

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check that the data file is whole: pages, journal against current rows, kept files.",
        discussion: "Exit code 0 if it is, 1 if it is damaged.\nExample: pharos verify --data data")

    @OptionGroup var source: DataOption
    @OptionGroup var options: LanguageOption

    func run() throws {
        let store = try source.open(options.language)
        let bar = ProgressBar(Label("核对", "verifying"), options.language)
        let total = Double(max(store.workspace.plans.count, 1))
        var checked = 0.0
        do {
            try store.verify { _ in
                bar(checked / total)
                checked += 1
            }
            bar(1)
        } catch let error as StoreError {
            Terminal.complain(error.message[options.language])
            throw ExitCode(1)
        }
        Terminal.say(
            options.language == .chinese
                ? "\(store.workspace.plans.count) 份计划，完好。" : "\(store.workspace.plans.count) plans, all whole.")
    }
}
