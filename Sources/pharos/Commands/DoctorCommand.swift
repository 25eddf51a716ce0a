import ArgumentParser
import Foundation
import Glibc
import PlanExchange
import PlanModel
import PlanStore

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        "doctor", Label("说明装了什么，缺的部分各有什么用。", "Say what is installed, and what each missing part would give."),
        Label("如果这里无法保存或提供计划，退出码为 1。", "Exit code 1 if plans could not be kept or served here."),
        examples: ["pharos doctor", "pharos doctor --data data --port 9000"])

    @OptionGroup var source: DataOption
    @Option(help: .both("打算使用的端口。", "The port that is to be served on.")) var port = 8080
    @OptionGroup var options: LanguageOption

    /// One thing looked at.
    private struct Finding {
        let name: String
        let isWell: Bool
        let words: Label
        /// Whether Pharos cannot work without it.
        var isNeeded = false
    }

    func validate() throws { try (0...65_535).check("--port", port) }

    func run() throws {
        let language = options.language
        let findings = [sqlite, folder, freePort] + Self.tools.map(Self.tool) + Self.fonts
        for finding in findings {
            Terminal.say("\(finding.isWell ? "✓" : "✗") \(Terminal.padded(finding.name, to: 20)) \(finding.words[language])")
        }
        if findings.contains(where: { $0.isNeeded && !$0.isWell }) { throw ExitCode(1) }
    }

    // MARK: What plans are kept in and served by

    private var sqlite: Finding {
        let version = PlanStore.databaseVersion
        let parts = version.split(separator: ".").compactMap { Int($0) }
        // RETURNING came with 3.35, STRICT tables with 3.37.
        let isNewEnough = parts.count > 1 && (parts[0], parts[1]) >= (3, 37)
        return Finding(
            name: "SQLite", isWell: isNewEnough,
            words: isNewEnough
                ? Label(version, version)
                : Label("\(version)，需要 3.37 或更新", "\(version); 3.37 or newer is needed"), isNeeded: true)
    }

    private var folder: Finding {
        var folder = URL(filePath: source.data).absoluteURL
        // A folder that is not there yet is made in the one it stands in.
        while !FileManager.default.fileExists(atPath: folder.path), folder.path != "/" { folder.deleteLastPathComponent() }
        guard WorkspaceFolder.isFolder(folder.path) else {
            return Finding(
                name: source.data, isWell: false,
                words: Label(
                    "\(folder.path) 是文件，不是文件夹：用 --data 换一个", "\(folder.path) is a file, not a folder: use another with --data"),
                isNeeded: true)
        }
        let isWritable = Self.takesFiles(folder)
        return Finding(
            name: source.data, isWell: isWritable,
            words: isWritable
                ? Label("数据文件夹可写", "the data folder can be written")
                : Label(
                    "数据文件夹不可写：用 --data 换一个，或改权限",
                    "the data folder cannot be written: use another with --data, or change its permissions"),
            isNeeded: true)
    }

    /// Whether a file can be made in a folder. Permissions alone do not tell: not every file system takes files.
    private static func takesFiles(_ folder: URL) -> Bool {
        let trial = folder.appending(path: ".pharos-\(UUID().uuidString)")
        guard (try? Data().write(to: trial)) != nil else { return false }
        try? FileManager.default.removeItem(at: trial)
        return true
    }

    private var freePort: Finding {
        let isFree = Self.isFree(port)
        return Finding(
            name: "127.0.0.1:\(port)", isWell: isFree,
            words: isFree
                ? Label("端口空闲", "the port is free")
                : Label(
                    "端口已被占用：可能灯塔已在运行；也可用 --port 换一个",
                    "the port is taken: Pharos may be running already; or use another with --port"
                ), isNeeded: true)
    }

    /// Whether nobody listens on a port of this machine, and we may.
    static func isFree(_ port: Int) -> Bool {
        guard let number = UInt16(exactly: port) else { return false }
        let line = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard line >= 0 else { return false }
        defer { close(line) }
        var yes: Int32 = 1
        setsockopt(line, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = number.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(line, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }

    // MARK: What documents are made with

    private static let tools: [(names: [String], gives: Label)] = [
        (["chromium", "chromium-browser", "google-chrome"], Label("导出 PDF", "PDF export")),
        (["rsvg-convert"], Label("Word 文档中的图片", "pictures in Word documents")),
        (["fc-list"], Label("检查中文字体", "checking for Chinese fonts")),
    ]

    private static func tool(_ tool: (names: [String], gives: Label)) -> Finding {
        let found = tool.names.compactMap(path).first
        return Finding(
            name: tool.names[0], isWell: found != nil,
            words: found.map { Label($0, $0) }
                ?? Label("未安装：缺少它就没有「\(tool.gives.zh)」", "missing: without it there is no \(tool.gives.en)"))
    }

    private static var fonts: [Finding] {
        [("Noto Sans CJK SC", Label("标题", "headings")), ("Noto Serif CJK SC", Label("正文", "text"))].map { family, use in
            let found = output("fc-list", [family, "family"])?.split(separator: "\n").first
            return Finding(
                name: family, isWell: found != nil,
                words: found == nil
                    ? Label(
                        "未安装：导出文档的\(use.zh)会用别的字体，汉字可能成为方块（fonts-noto-cjk）",
                        "missing: the \(use.en) of exported documents take another font, Chinese may become boxes (fonts-noto-cjk)"
                    )
                    : Label("已安装", "installed"))
        }
    }

    static func path(_ tool: String) -> String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/\(tool)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    private static func output(_ tool: String, _ arguments: [String]) -> String? {
        guard let path = path(tool) else { return nil }
        let process = Foundation.Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardOutput = pipe
        guard (try? process.run()) != nil else { return nil }
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
