import Foundation
import Markup
import PlanInsight
import PlanModel
import Testing
import WorkingTime

@testable import PlanExchange

/// Documents tell nothing that only the owner may see, and fetch nothing.
@Suite struct PrivacyTests {
    static let facts: PlanFacts = {
        var editor = PlanEditor(Plan(key: PlanKey("me")!, blueprint: .growth))
        editor.set(editor.plan.header.id, "title", .text("成长计划"))
        for kind in Kind.all where kind.fields.contains(where: { $0.spec.isSecret }) {
            var values: [String: Value] = [:]
            for field in kind.fields {
                switch field.type {
                case .line, .prose: values[field.key] = .text(field.spec.isSecret ? "机密-\(kind.key)-\(field.key)" : "公开")
                case .date: values[field.key] = .date(Day("2026-11-01")!)
                case .whole: values[field.key] = .whole(3)
                default: break
                }
            }
            editor.add(kind, values: values)
        }
        for section in editor.plan.blueprint.sections.prefix(1) {
            editor.write("正文", section: section.key)
        }
        return PlanFacts(editor.plan.key, in: Workspace(plans: [editor.plan]), today: Day("2026-11-20")!)!
    }()

    @Test("no secret field stands in a document of any form, unless asked for", arguments: [DocumentFormat.html, .md, .docx])
    func secrets(format: DocumentFormat) throws {
        let open = try DocumentExport.make(Self.facts, format, .chinese)
        #expect(!Self.text(open, format).contains("机密"))
        let whole = try DocumentExport.make(Self.facts, format, .chinese, withSecrets: true)
        #expect(Self.text(whole, format).contains("机密-stressor-title"))
    }

    private static func text(_ bytes: [UInt8], _ format: DocumentFormat) -> String {
        guard format == .docx else { return String(decoding: bytes, as: UTF8.self) }
        let folder = FileManager.default.temporaryDirectory.appending(path: "pharos-docx-\(UUID().uuidString)")
        try? Data(bytes).write(to: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        let process = Foundation.Process()
        process.executableURL = URL(filePath: "/usr/bin/unzip")
        process.arguments = ["-p", folder.path, "word/document.xml"]
        let pipe = Pipe()
        process.standardOutput = pipe
        guard (try? process.run()) != nil else { return "机密: no unzip" }
        return String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }

    @Test(
        "a picture from elsewhere becomes a link with its words, or the words alone; one that comes along stays",
        arguments: [
            ("![图](http://evil.example/x.png)", "<a href=\"http://evil.example/x.png\">图</a>"),
            ("![](file:///etc/passwd)", "file:///etc/passwd"),
            ("[![图](//evil.example/x.png)](https://example.org)", "<a href=\"https://example.org\">图</a>"),
            ("![*重*点](x.png \"题\")", "<a href=\"x.png\"><em>重</em>点</a>"),
            ("![点](data:image/png;base64,AAAA)", "<img src=\"data:image/png;base64,AAAA\" alt=\"点\" />"),
        ])
    func pictures(text: String, html: String) {
        let made = Prose.html(text).string
        #expect(made == "<p>\(html)</p>\n")
    }

    @Test("an exported page forbids itself to fetch or run anything")
    func policy() throws {
        let html = HTMLWriter.write(Manuscript(Self.facts, .chinese))
        #expect(html.contains("default-src &#39;none&#39;"))
    }

    @Test("a program that does not end is gone when its time is over, even if it will not stop", .timeLimit(.minutes(10)))
    func timeout() throws {
        let mark = "pharos-\(UUID().uuidString)"
        #expect(throws: DocumentExport.Failure.self) {
            try Tool.run("/bin/bash", ["-c", "trap '' TERM; while true; do read -t 1 < /dev/zero; done # \(mark)"], seconds: 0.5)
        }
        let running = try FileManager.default.contentsOfDirectory(atPath: "/proc").contains { process in
            (try? String(contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8))?.contains(mark) ?? false
        }
        #expect(!running)
    }
}
