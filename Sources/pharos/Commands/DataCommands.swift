import ArgumentParser
import Foundation
import Measures
import PlanExchange
import PlanModel
import PlanStore

/// Where the data file is: a folder with `pharos.db` in it.
struct DataOption: ParsableArguments {
    @Option(help: .both("存放数据文件的文件夹。", "The folder with the data file."), completion: .directory) var data = "data"

    var path: String { URL(filePath: data).appending(path: "pharos.db").path }

    /// Logs beside plan files come along.
    static func take(_ files: WorkspaceFiles, into store: PlanStore) throws {
        for name in files.names {
            let bytes = try WorkspaceFolder.bytes(name, of: files)
            try store.put(bytes, file: name, by: Terminal.user, at: Terminal.now)
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
        "import", Label("把计划文件放进数据文件夹。", "Put plan files into a data folder."),
        examples: ["pharos import Samples --data data"])

    @Argument(help: .both("计划文件或文件夹。", "Plan files or folders."), completion: .file()) var paths: [String]
    @OptionGroup var target: DataOption
    @OptionGroup var options: LanguageOption

    func run() throws {
        let plans = try paths.map { ($0, try PlanInput.workspace($0, options.language)) }
        let isSingle = { !WorkspaceFolder.isFolder($0) }
        // Nothing is kept of a folder that cannot be read whole.
        for (path, workspace) in plans where !isSingle(path) {
            for name in workspace.files.names { _ = try WorkspaceFolder.bytes(name, of: workspace.files) }
        }
        let store = try target.open(create: true, options.language)
        let added = plans.flatMap { path, workspace in
            (isSingle(path) ? Array(workspace.plans.prefix(1)) : workspace.plans).map { (plan: $0, note: Optional(path)) }
        }
        let bar = ProgressBar(Label("导入", "importing"), options.language)
        bar(0.2)
        try store.add(added, by: Terminal.user, at: Terminal.now)
        for (path, workspace) in plans where !isSingle(path) {
            if !workspace.name.isEmpty { try store.rename(workspace.name) }
            try DataOption.take(workspace.files, into: store)
        }
        bar(1)
        for (plan, _) in added { Terminal.say("\(plan.key)  \(plan.title)") }
    }
}

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        "export", Label("把数据文件夹里的所有计划写成计划文件。", "Write all plans of a data folder as plan files."),
        Label(
            "已有的文件内容不同时什么也不写，除非给了 --replace。",
            "Where files of other content are there already, nothing is written unless --replace is given."),
        examples: ["pharos export --data data -o plans", "pharos export --data data -o plans --replace"])

    @Option(name: .shortAndLong, help: .both("写到哪个文件夹。", "The folder to write to."), completion: .directory) var output: String
    @Flag(help: .both("替换内容不同的文件。", "Replace files of other content.")) var replace = false
    @OptionGroup var source: DataOption
    @OptionGroup var options: LanguageOption

    func run() throws {
        let workspace = try source.open(options.language).workspace
        let bar = ProgressBar(Label("导出", "exporting"), options.language)
        do { try WorkspaceFolder.write(workspace, to: output, replacing: replace) { bar($0) } } catch let found
            as WorkspaceFolder.OtherFiles
        {
            for name in found.names { Terminal.complain("\(found.folder)/\(name)") }
            let words = Label(
                "以上文件已有，内容与数据文件夹里的不同；什么也没有写。用 --replace 替换它们，或用 -o 换一个文件夹。",
                "These files are there already, with other content than in the data folder; nothing was written. Replace them with --replace, or use another folder with -o."
            )
            Terminal.complain(words[options.language])
            throw ExitCode(1)
        }
        for plan in workspace.plans { Terminal.say("\(output)/\(plan.key).yaml") }
    }
}

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        "backup", Label("把数据复制成一个文件，其间别人可以照常工作。", "Copy the data to one file while others go on working."),
        examples: ["pharos backup pharos-2026-11-20.db --data data"])

    @Argument(help: .both("要写的文件。", "The file to write."), completion: .file()) var file: String
    @OptionGroup var source: DataOption
    @OptionGroup var options: LanguageOption

    func run() throws {
        let bar = ProgressBar(Label("备份", "backing up"), options.language)
        try source.open(options.language).backup(to: file) { bar($0) }
        Terminal.complain(Label("已备份到 \(file)。", "Backed up to \(file).")[options.language])
    }
}

struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        "restore", Label("检查备份，并由它建立数据文件夹。", "Make a data folder from a backup, after checking it."),
        examples: ["pharos restore pharos-2026-11-20.db --data data"])

    @Argument(help: .both("备份文件。", "The backup."), completion: .file()) var file: String
    @OptionGroup var target: DataOption
    @OptionGroup var options: LanguageOption

    func run() throws {
        guard FileManager.default.fileExists(atPath: file) else {
            throw ValidationError(Label("\(file)：没有这个文件。", "\(file): there is no such file.")[options.language])
        }
        let isNew = !FileManager.default.fileExists(atPath: target.data)
        try FileManager.default.createDirectory(atPath: target.data, withIntermediateDirectories: true)
        let bar = ProgressBar(Label("恢复", "restoring"), options.language)
        do { try PlanStore.restore(file, to: target.path) { bar($0) } } catch {
            if isNew { try? FileManager.default.removeItem(atPath: target.data) }
            throw error
        }
        Terminal.complain(Label("已恢复到 \(target.path)。", "Restored to \(target.path).")[options.language])
    }
}

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        "verify",
        Label(
            "检查数据文件是否完好：存储页、日志与当前记录、附带文件。", "Check that the data file is whole: pages, journal against current rows, kept files."),
        Label("完好时退出码为 0，损坏时为 1。", "Exit code 0 if it is, 1 if it is damaged."),
        examples: ["pharos verify --data data"])

    @OptionGroup var source: DataOption
    @OptionGroup var options: LanguageOption

    func run() throws {
        let store = try source.open(options.language)
        let bar = ProgressBar(Label("核对", "verifying"), options.language)
        let total = Double(max(store.workspace.plans.count, 1))
        var checked = 0.0
        try store.verify { _ in
            bar(checked / total)
            checked += 1
        }
        bar(1)
        Terminal.say(
            options.language == .chinese
                ? "\(store.workspace.plans.count) 份计划，完好。"
                : "\(Wording.counted(store.workspace.plans.count, "plan, whole", "plans, all whole")).")
    }
}
