import Foundation
import Testing

/// Documents and pictures as they were when somebody last looked at them, kept as text beside the tests.
///
/// `make golden` writes them anew; `git diff` then shows what a change did to them.
enum Golden {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(
        path: "Golden")
    private static let isWriting = ProcessInfo.processInfo.environment["PHAROS_GOLDEN"] == "write"

    static func file(_ name: String) -> URL { folder.appending(path: name) }

    /// Compares a text with the golden file of that name, and names the first line that differs.
    static func check(_ text: String, _ name: String) throws {
        let file = file(name)
        if isWriting {
            try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
            return
        }
        guard let wanted = (try? Data(contentsOf: file)).map({ String(decoding: $0, as: UTF8.self) }) else {
            Issue.record("Golden/\(name) is missing: look at what is drawn, then run make golden")
            return
        }
        if wanted == text { return }
        let (old, new) = (lines(wanted), lines(text))
        let line = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
        Issue.record(
            """
            Golden/\(name) differs in line \(line + 1):
              was \(line < old.count ? String(old[line].prefix(300)) : "(end)")
              is  \(line < new.count ? String(new[line].prefix(300)) : "(end)")
            If that is wanted, look at it and run make golden.
            """)
    }

    private static func lines(_ text: String) -> [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
}
