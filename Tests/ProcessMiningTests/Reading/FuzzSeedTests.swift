import Foundation
import Testing

/// The corpus that the fuzzer starts from, and what it once broke, hold in every run of the tests.
@Suite("Seeds of the fuzzer")
struct FuzzSeedTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fuzz/seeds")

    @Test("every seed is read or refused with words, in whatever reader and pieces, whole, cut off and behind other beginnings")
    func seeds() throws {
        let files = try FileManager.default.contentsOfDirectory(at: Self.folder, includingPropertiesForKeys: nil)
        #expect(files.count >= 12)
        for file in files {
            let bytes = [UInt8](try Data(contentsOf: file))
            FuzzTarget.take(bytes)
            for first in stride(from: UInt8(0), through: 255, by: bytes.count > 10_000 ? 17 : 1) {
                FuzzTarget.take([first] + bytes.dropFirst())
            }
            for part in 1..<8 { FuzzTarget.take(Array(bytes.prefix(bytes.count * part / 8))) }
        }
    }
}
