import Foundation
import PlanModel
import WorkingTime

/// A folder of plan files: one `.yaml` per plan, and `workspace.yaml` with the name and the order of plans.
public enum WorkspaceFolder {
    public static let settingsFile = "workspace.yaml"

    /// Reads a folder, or a single plan file as a workspace of one plan.
    ///
    /// Where a single file stands in a folder with `workspace.yaml`, its neighbours are read too, so that references across plans
    /// are known; the file's own plan comes first.
    /// - Throws: `PlanFileErrors` with everything wrong in all files.
    public static func read(_ path: String) throws(PlanFileErrors) -> Workspace {
        guard FileManager.default.fileExists(atPath: path) else {
            throw failure(path, Label("没有这个文件或文件夹。", "There is no such file or folder."), Label("检查路径。", "Check the path."))
        }
        let url = URL(filePath: path)
        if isFolder(path) { return try read(folder: url, first: nil) }
        let folder = url.deletingLastPathComponent()
        let hasNeighbours = FileManager.default.fileExists(atPath: folder.appending(path: settingsFile).path)
        return hasNeighbours
            ? try read(folder: folder, first: url.lastPathComponent)
            : try takingHolidays(Workspace(plans: [try readPlan(url)], files: files(folder)))
    }

    /// The public holidays come from the administrator's file where one stands beside the plans.
    private static func takingHolidays(_ given: Workspace) throws(PlanFileErrors) -> Workspace {
        var workspace = given
        do throws(HolidayFileError) { try workspace.takeHolidays() } catch {
            throw failure(
                WorkspaceFiles.holidays, Label(error.words.zh, error.words.en),
                Label("改正文件，或移走它。", "Put the file right, or move it away."))
        }
        return workspace
    }

    /// Logs that stand beside the plan files; read when asked for. A file changed since is another one.
    private static func files(_ folder: URL) -> WorkspaceFiles {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter(WorkspaceFiles.isName)
        let stamps = names.map { name -> (String, String) in
            let facts = try? FileManager.default.attributesOfItem(atPath: folder.appending(path: name).path)
            let changed = (facts?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
            return (name, "\((facts?[.size] as? NSNumber)?.intValue ?? 0)-\(changed)")
        }
        return WorkspaceFiles(stamps: Dictionary(stamps, uniquingKeysWith: { first, _ in first })) { name in
            (try? Data(contentsOf: folder.appending(path: name))).map { [UInt8]($0) }
        }
    }

    public static func readPlan(_ url: URL) throws(PlanFileErrors) -> Plan {
        try PlanFileReader.read(try bytes(url), file: url.lastPathComponent)
    }

    private static func read(folder: URL, first: String?) throws(PlanFileErrors) -> Workspace {
        let settings = try WorkspaceSettings.read(folder)
        var names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
            .filter { ($0.hasSuffix(".yaml") || $0.hasSuffix(".yml")) && $0 != settingsFile }.sorted()
        let order = Dictionary(settings.files.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        names.sort { (order[$0] ?? Int.max, $0) < (order[$1] ?? Int.max, $1) }
        if names.isEmpty {
            throw failure(
                folder.path, Label("文件夹里没有计划文件（.yaml）。", "The folder holds no plan file (.yaml)."),
                Label("检查路径。", "Check the path."))
        }
        if let first {
            guard let position = names.firstIndex(of: first) else { throw noPlan(first) }
            names.insert(names.remove(at: position), at: 0)
        }
        var workspace = Workspace(name: settings.name, files: files(folder))
        var errors: [PlanFileError] = []
        for name in names {
            do throws(PlanFileErrors) {
                let plan = try readPlan(folder.appending(path: name))
                if workspace[plan.key] != nil {
                    errors +=
                        failure(
                            name, Label("计划代号 \(plan.key) 在另一个文件中已用。", "The key \(plan.key) is used by another file."),
                            Label("换一个代号。", "Use another key.")
                        ).all
                }
                workspace[plan.key] = plan
            } catch { errors += error.all }
        }
        if !errors.isEmpty { throw PlanFileErrors(errors) }
        return try takingHolidays(workspace)
    }

    /// A file beside plans that is none of them.
    private static func noPlan(_ name: String) -> PlanFileErrors {
        name == settingsFile
            ? failure(
                name, Label("这是文件夹的设置，不是计划文件。", "This is about the folder; it is not a plan file."),
                Label("改为给出文件夹，或其中一份计划。", "Give the folder, or one of the plans in it."))
            : failure(
                name, Label("这不是计划文件。", "This is not a plan file."),
                Label("计划文件以 .yaml 结尾。", "The name of a plan file ends in .yaml."))
    }

    /// Whether a path leads to a folder, whose plans are all meant, rather than to one plan.
    public static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }

    /// Writes every plan to its file, each replaced whole or not at all.
    ///
    /// - Parameters:
    ///   - replacing: whether files that were changed since, or have another content, may be lost.
    ///   - progress: how much is written, 0…1.
    /// - Throws: `OtherFiles`, before anything is written, where they would be and may not; `PlanFileErrors` for a file of the
    ///   workspace that cannot be read.
    public static func write(
        _ workspace: Workspace, to path: String, replacing: Bool, progress: (Double) -> Void = { _ in }
    ) throws {
        let folder = URL(filePath: path)
        var present: Set<String> = []
        var others: [String] = []
        for (name, make) in contents(of: workspace) {
            let url = folder.appending(path: name)
            guard FileManager.default.fileExists(atPath: url.path) else { continue }
            if try (try? Data(contentsOf: url)) == make() { present.insert(name) } else { others.append(name) }
        }
        guard replacing || others.isEmpty else { throw OtherFiles(folder: path, names: others) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let missing = contents(of: workspace).filter { !present.contains($0.name) }
        for (index, (name, make)) in missing.enumerated() {
            progress(Double(index) / Double(missing.count))
            try write(make(), to: folder.appending(path: name))
        }
        progress(1)
    }

    /// The files of a workspace, each made when it is asked for: together they may be large.
    private static func contents(of workspace: Workspace) -> [(name: String, make: () throws -> Data)] {
        let plans = workspace.plans.map { plan in
            (name: "\(plan.key).yaml", make: { () throws -> Data in Data(PlanFileWriter.write(plan).utf8) })
        }
        let files = workspace.files.names.map { name in
            (name: name, make: { () throws -> Data in Data(try bytes(name, of: workspace.files)) })
        }
        let settings = WorkspaceSettings(name: workspace.name, files: workspace.plans.map { "\($0.key).yaml" })
        return plans + files + [(name: settingsFile, make: { Data(settings.text.utf8) })]
    }

    /// Writes a plan back to the file it was read from, which is replaced whole or not at all.
    /// - Throws: `PlanFileErrors` where the path leads to a folder.
    public static func write(_ plan: Plan, to path: String) throws {
        guard !isFolder(path) else {
            throw failure(
                path, Label("这是文件夹，没有写入。", "This is a folder; nothing was written."),
                Label("给出其中的计划文件。", "Give the plan file in it."))
        }
        try write(Data(PlanFileWriter.write(plan).utf8), to: URL(filePath: path))
    }

    /// A symbolic link stays one; the file that it leads to is replaced.
    private static func write(_ bytes: Data, to url: URL) throws {
        try bytes.write(to: url.resolvingSymlinksInPath(), options: .atomic)
    }

    /// Files of other content stand where a workspace was to be written.
    public struct OtherFiles: Error {
        public let folder: String
        public let names: [String]
    }

    /// The bytes of a file beside plans, which is there and so has to be readable.
    public static func bytes(_ name: String, of files: WorkspaceFiles) throws(PlanFileErrors) -> [UInt8] {
        guard let bytes = files.bytes(name) else {
            throw failure(
                name, Label("无法读取文件。", "The file cannot be read."),
                Label("检查权限，或数据是否完好。", "Check its permissions, or that the data is whole."))
        }
        return bytes
    }

    static func bytes(_ url: URL) throws(PlanFileErrors) -> [UInt8] {
        do { return [UInt8](try Data(contentsOf: url)) } catch {
            throw failure(
                url.lastPathComponent, Label("无法读取文件。", "The file cannot be read."), Label("检查权限。", "Check its permissions."))
        }
    }

    private static func failure(_ file: String, _ message: Label, _ remedy: Label) -> PlanFileErrors {
        PlanFileErrors([PlanFileError(file: file, line: 0, column: 0, message, remedy: remedy)])
    }
}

/// `workspace.yaml`: `name: …` and `plans: [a.yaml, b.yaml]`.
struct WorkspaceSettings {
    var name = ""
    var files: [String] = []

    static func read(_ folder: URL) throws(PlanFileErrors) -> WorkspaceSettings {
        let url = folder.appending(path: WorkspaceFolder.settingsFile)
        guard FileManager.default.fileExists(atPath: url.path) else { return WorkspaceSettings() }
        let root: YAMLNode
        let bytes = try WorkspaceFolder.bytes(url)
        do throws(PlanFileError) { root = try YAMLReader.read(bytes, file: WorkspaceFolder.settingsFile) } catch {
            throw PlanFileErrors([error])
        }
        guard case .mapping(let pairs) = root.content else { return WorkspaceSettings() }
        var settings = WorkspaceSettings()
        for (key, value) in pairs {
            switch (key.text, value.content) {
            case ("name", .scalar(let name)): settings.name = name
            case ("plans", .sequence(let files)):
                if let other = files.first(where: { $0.text == nil }) {
                    throw PlanFileErrors([
                        PlanFileError(
                            file: WorkspaceFolder.settingsFile, line: other.line, column: other.column,
                            Label("这里应是计划文件的名字。", "This takes the name of a plan file."),
                            remedy: Label("例如 - company-2027.yaml。", "For example - company-2027.yaml."))
                    ])
                }
                settings.files = files.compactMap(\.text)
            default:
                throw PlanFileErrors([
                    PlanFileError(
                        file: WorkspaceFolder.settingsFile, line: key.line, column: key.column,
                        Label("这里没有「\(key.text ?? "")」。", "There is no “\(key.text ?? "")” here."),
                        remedy: Suggestion.remedy(for: key.text ?? "", among: ["name", "plans"]))
                ])
            }
        }
        return settings
    }

    var text: String {
        "name: \(YAMLText.scalar(name.isEmpty ? "Pharos" : name))\nplans:\n" + files.map { "  - \($0)\n" }.joined()
    }
}
