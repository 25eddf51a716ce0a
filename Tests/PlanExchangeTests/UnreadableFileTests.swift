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
