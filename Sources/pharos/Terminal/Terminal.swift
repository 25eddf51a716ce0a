import ArgumentParser
import Foundation
import PlanExchange
import PlanModel
import PlanStore
import Synchronization
import WorkingTime

enum Terminal {
    static let isInteractive = isatty(STDERR_FILENO) == 1

    static func say(_ text: String) { print(text) }

    /// Text that ends its own lines.
    static func write(_ text: String) { print(text, terminator: "") }

    static func complain(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

    /// One line that is written over until the work is done; nothing where nobody watches.
    static func progress(_ label: String, _ share: Double) {
        guard isInteractive else { return }
        let filled = Int((min(max(share, 0), 1) * 30).rounded())
        let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
        FileHandle.standardError.write(Data("\r\(label) \(bar) \(Int(share * 100))%\(share >= 1 ? "\n" : "")".utf8))
    }

    /// Opens an address in the person's browser, where there is one to open it in.
    static func open(_ address: String) {
        let environment = ProcessInfo.processInfo.environment
        let hasScreen = environment["DISPLAY"] != nil || environment["WAYLAND_DISPLAY"] != nil
        guard isInteractive, hasScreen, let opener = DoctorCommand.path("xdg-open") else { return }
        let process = Foundation.Process()
        process.executableURL = URL(filePath: opener)
        process.arguments = [address]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try? process.run()
    }

    /// Today in the machine's time zone.
    static var today: Day {
        let parts = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: Date())
        return Day(year: parts.year ?? 2026, month: parts.month ?? 1, day: parts.day ?? 1) ?? Day(number: 0)
    }

    static var now: Instant { Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded())) }

    static var user: String { ProcessInfo.processInfo.environment["USER"] ?? PlanStore.unnamedAuthor }

    /// How many columns a text takes: ideographs and full-width signs take two.
    static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + (isWide($1) ? 2 : $1.properties.generalCategory == .nonspacingMark ? 0 : 1) }
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }

    static func padded(_ text: String, to columns: Int, right: Bool = false) -> String {
        let space = String(repeating: " ", count: max(0, columns - width(text)))
        return right ? space + text : text + space
    }

    /// How wide the terminal is; 80 columns where nobody watches.
    static var columns: Int {
        var size = winsize()
        return ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
    }

    /// Lines of at most so many columns where the words allow it: broken at spaces and between ideographs, but not before a sign that
    /// closes or after one that opens.
    static func wrapped(_ text: String, to columns: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for piece in pieces(text) {
            if !line.isEmpty, width(line) + width(piece.trimmingTail) > columns {
                lines.append(line.trimmingTail)
                line = ""
            }
            line += piece
        }
        return lines + [line.trimmingTail]
    }

    /// The parts of a text between which a line may break.
    private static func pieces(_ text: String) -> [String] {
        var pieces: [String] = []
        var last: Character?
        for character in text {
            let mayBreak =
                last == " "
                || last.map { (isWide($0) || isWide(character)) && character != " " && !opening.contains($0) } == true
                    && !closing.contains(character)
            if mayBreak || pieces.isEmpty { pieces.append("") }
            pieces[pieces.count - 1].append(character)
            last = character
        }
        return pieces
    }

    private static let opening: Set<Character> = ["（", "「", "《", "“"]
    private static let closing: Set<Character> = ["，", "。", "、", "；", "：", "？", "！", "）", "」", "》", "”", ",", ".", ")", ";", ":"]

    private static func isWide(_ character: Character) -> Bool { character.unicodeScalars.first.map(isWide) ?? false }

    /// A table with aligned columns; columns of numbers stand at the right.
    static func table(_ head: [String], _ rows: [[String]], right: Set<Int> = []) -> String {
        let widths = head.indices.map { column in ([head] + rows).map { width($0[column]) }.max() ?? 0 }
        return ([head, widths.map { String(repeating: "─", count: $0) }] + rows).map { row in
            row.enumerated().map { padded($1, to: widths[$0], right: right.contains($0)) }.joined(separator: "  ").trimmingTail
        }.joined(separator: "\n")
    }
}

/// A bar that is written over until the work is done. Work that is done at once shows none, nor does work that nobody watches.
final class ProgressBar: Sendable {
    private let label: String
    private let start = ContinuousClock.now
    private let isShown = Mutex(false)

    init(_ label: Label, _ language: Language) { self.label = label[language] }

    /// - Parameter share: how much of the work is done, 0…1.
    func callAsFunction(_ share: Double) {
        let isWorthIt = isShown.withLock { shown in
            shown = shown || (share < 1 && ContinuousClock.now - start > .milliseconds(300))
            return shown
        }
        if isWorthIt { Terminal.progress(label, share) }
    }
}

extension String {
    fileprivate var trimmingTail: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}

/// Reads plans and writes them back, or says what is wrong with them and ends with exit code 2.
enum PlanInput {
    static func workspace(_ path: String, _ language: Language) throws -> Workspace {
        do throws(PlanFileErrors) { return try WorkspaceFolder.read(path) } catch { try refuse(error, at: path, language) }
    }

    /// The plan that a command for one plan is about, among those read from a path.
    /// - Throws: `ValidationError` that names the plans of a folder with several.
    static func plan(of workspace: Workspace, at path: String) throws -> Plan {
        guard let plan = workspace.plans.first else { throw ExitCode(2) }
        guard WorkspaceFolder.isFolder(path), workspace.plans.count > 1 else { return plan }
        let keys = workspace.plans.map(\.key.text)
        throw ValidationError(
            Label(
                "\(path)：文件夹里有 \(keys.count) 份计划（\(keys.joined(separator: "、"))）。给出其中一份的文件。",
                "\(path): the folder holds \(keys.count) plans (\(keys.joined(separator: ", "))). Give the file of one of them.")[
                    .spoken])
    }

    static func write(_ plan: Plan, to path: String, _ language: Language) throws {
        do { try WorkspaceFolder.write(plan, to: path) } catch let error as PlanFileErrors {
            try refuse(error, at: path, language)
        }
        Terminal.complain(Label("已写入 \(path)。", "Written to \(path).")[language])
    }

    private static func refuse(_ errors: PlanFileErrors, at path: String, _ language: Language) throws -> Never {
        for problem in errors.all { Terminal.complain(problem.seen(from: path).text(in: language)) }
        throw ExitCode(2)
    }
}

extension PlanFileError {
    /// The same with its file named as seen from where the command runs, which read it from a path.
    func seen(from path: String) -> PlanFileError {
        guard file != path, !file.contains("/") else { return self }
        let folder = WorkspaceFolder.isFolder(path) ? path : (path as NSString).deletingLastPathComponent
        return PlanFileError(
            file: (folder as NSString).appendingPathComponent(file), line: line, column: column, message, remedy: remedy)
    }
}
