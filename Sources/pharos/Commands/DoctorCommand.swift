import ArgumentParser
import Foundation
import PlanModel

struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Say what is installed, and what each missing part would give.")

    @OptionGroup var options: LanguageOption

    private static let tools: [(names: [String], gives: Label)] = [
        (["chromium", "chromium-browser", "google-chrome"], Label("导出 PDF", "PDF export")),
        (["rsvg-convert"], Label("Word 文档中的图片", "pictures in Word documents")),
        (["fc-list"], Label("检查中文字体", "checking for Chinese fonts")),
    ]

    func run() throws {
        let language = options.language
        for tool in Self.tools {
            let found = tool.names.compactMap(Self.path).first
            Terminal.say(
                "\(found == nil ? "✗" : "✓") \(Terminal.padded(tool.names[0], to: 16)) \(found ?? (language == .chinese ? "未安装:缺少它就没有「\(tool.gives.zh)」" : "missing: without it there is no \(tool.gives.en)"))"
            )
        }
        let hasFont = Self.output("fc-list", [":lang=zh", "family"]).map { !$0.isEmpty } ?? false
        Terminal.say(
            "\(hasFont ? "✓" : "✗") \(Terminal.padded(language == .chinese ? "中文字体" : "Chinese font", to: 16)) \(hasFont ? "" : language == .chinese ? "未安装:导出的汉字会成为方块(fonts-noto-cjk)" : "missing: exported Chinese becomes boxes (fonts-noto-cjk)")"
        )
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
