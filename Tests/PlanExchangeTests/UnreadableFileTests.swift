import Foundation
import PlanModel
import Testing

@testable import PlanExchange

@Suite("Plan files that cannot be read")
struct UnreadableFileTests {
    private static func error(_ bytes: [UInt8]) throws -> PlanFileError {
        do throws(PlanFileErrors) {
            _ = try PlanFileReader.read(bytes, file: "a.yaml")
        } catch {
            return try #require(error.all.first)
        }
        throw CancellationError()
    }

    @Test("text in another encoding, and control characters, are told where they are")
    func encodings() throws {
        let gbk = try Self.error(Array("kind: project\ntitle: ".utf8) + [0xD6, 0xB8, 0xB1, 0xEA, 0x0A])
        #expect(gbk.line == 2 && gbk.column == 10 && gbk.remedy.zh.contains("UTF-8"))
        let control = try Self.error(Array("kind: project\nkey: a\ntitle: b\u{0}\n".utf8))
        #expect(control.line == 3 && control.column == 9 && control.message.zh.contains("控制字符"))
    }

    @Test("what YAML does not take is told in the reader's language")
    func reasons() throws {
        let error = try Self.error(Array("kind: project\ntitle: a: b\n".utf8))
        #expect(error.line == 2 && error.message.zh.contains("这里不能再有「: 」") && !error.text(in: .chinese).contains("。 "))
    }

    private static func errors(_ text: String) -> [PlanFileError] {
        do throws(PlanFileErrors) {
            _ = try PlanFileReader.read(Array(text.utf8), file: "a.yaml")
            return []
        } catch { return error.all }
    }

    @Test(
        "an entry of a list that is no text is told where it stands, and none is passed over",
        arguments: [
            ("predecessors: [T-1: SS, {id: T-9}]", ["8:25", "8:34"]), ("collaborators: [{a: P-1}]", ["8:26"]),
            ("goals: [[G-7]]", ["8:18"]), ("assignments: [P-1 50%, P-2: 50%]", ["8:33"]),
        ])
    func entries(field: String, places: [String]) {
        let head =
            "pharos: 1\nplan: a\nkind: project\ntitle: a\nothers:\n  people: [{id: P-1, name: 甲}]\n  tasks: [{id: T-1, title: a},\n"
        let found = Self.errors(head + "        {\(field), title: b}]\n").filter { $0.message.en.contains("An entry of") }
        #expect(found.map { "\($0.line):\($0.column)" }.sorted() == places.sorted())
        #expect(found.allSatisfy { $0.remedy.en.hasPrefix("It takes") })
    }

    @Test("an entry of the list of plans that is no name is told where it stands")
    func plans() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pharos-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("name: a\nplans:\n  - {a: b.yaml}\n".utf8).write(to: folder.appending(path: "workspace.yaml"))
        let errors = #expect(throws: PlanFileErrors.self) { try WorkspaceFolder.read(folder.path) }
        #expect(errors?.all.map { "\($0.file):\($0.line):\($0.column)" } == ["workspace.yaml:3:5"])
    }

    @Test("a word that is no currency is refused where it stands; a known code is read in either case")
    func currency() throws {
        let file = { (word: String) in "plan: a\nkind: project\ntitle: b\ncurrency: \(word)\n" }
        #expect(Self.errors(file("yuan")).map { "\($0.line):\($0.column)" } == ["4:11"])
        let read = try PlanFileReader.read(
            Array((file("usd") + "others: {budget: [{title: a, planned: 5}]}\n").utf8), file: "a.yaml")
        #expect(read.fields.currency == "USD" && read.all(BudgetLine.self)[0].planned?.currency == Currency("USD"))
    }

    @Test("numbers that cannot be counted on from are refused")
    func numbers() {
        let file = { (rest: String) in "plan: a\nkind: project\ntitle: b\n" + rest }
        for id in ["T-9223372036854775807", "T-1000000001"] {
            let errors = Self.errors(file("others: {tasks: [{id: \(id), title: a}, {title: b}]}\n"))
            #expect(errors.count == 1 && errors.first?.remedy.en.contains("at most T-1000000000") == true)
        }
        #expect(Self.errors(file("retired: {T: 9223372036854775807}\n")).count == 1)
        #expect(Self.errors(file("retired: {T: 1000000000}\n")).isEmpty)
    }

    @Test("more levels than a plan takes are refused where the first of them begins")
    func depth() {
        var text = "plan: a\nkind: project\ntitle: b\nothers:\n  tasks:\n"
        for level in 0..<46 {
            let indent = String(repeating: "    ", count: level + 1)
            text += "\(indent)- title: a\n" + (level < 45 ? "\(indent)  children:\n" : "")
        }
        let errors = Self.errors(text)
        #expect(errors.map(\.line) == [5 + 2 * Limits.depth] && errors.first?.message.en == "More than 40 levels deep.")
    }

    @Test("all that is wrong is told at once: beside a missing key or kind, once each, and how much more there is than a hundred")
    func allAtOnce() {
        let some = Self.errors("kind: projekt\ntitel: x\nstart: 2026-99-99\nothers: {tasks: [{titel: a}]}\n")
        #expect(some.count == 7, "\(some.map { $0.text(in: .english) })")
        let long = Self.errors("plan: a\nkind: project\ntitle: \(String(repeating: "x", count: 2001))\n")
        #expect(long.count == 1)
        let tasks = (1...199).map { "    - {titel: a\($0), start: x, title: a}\n" }.joined()
        let many = Self.errors("plan: a\nkind: project\ntitle: b\nothers:\n  tasks:\n" + tasks)
        #expect(many.count == 101 && many.last?.message.en == "From here on 298 more errors follow.")
    }

    @Test(
        "tabs that indent and versions of YAML are told in Chinese, too",
        arguments: ["plan: a\n\tkind: b\n", "%YAML 3.0\n---\na: b\n"])
    func yamlWords(text: String) throws {
        let error = try Self.error(Array(text.utf8))
        #expect(!error.message.zh.contains("found"), "\(error.message.zh)")
    }

    @Test("a path without plans is told as a whole, without a line")
    func noPlans() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pharos-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for path in [folder.path, folder.path + "/missing.yaml"] {
            do throws(PlanFileErrors) {
                _ = try WorkspaceFolder.read(path)
                Issue.record("read \(path)")
            } catch {
                #expect(error.all.first?.text(in: .english).hasPrefix("\(path): ") == true)
            }
        }
    }
}
