import Foundation
import Testing

/// Holds every import under Sources/ against the floors of docs/DESIGN.md.
@Suite struct ImportTests {
    static let floors: [String: Int] = [
        "WorkingTime": 1, "Markup": 1, "Measures": 1, "ProcessMining": 2, "Scheduling": 2, "PlanModel": 3,
        "PlanInsight": 4, "PlanPictures": 5, "PlanStore": 5, "PlanExchange": 6, "WebApp": 7, "pharos": 8,
    ]
    /// Where DESIGN.md says less than "everything below".
    static let narrower: [String: Set<String>] = [
        "ProcessMining": ["Measures"], "Scheduling": ["WorkingTime"], "PlanModel": ["WorkingTime"],
        "PlanStore": ["PlanModel", "WorkingTime"],
    ]
    static let forbidden: [String: Set<String>] = ["PlanExchange": ["PlanStore"]]

    static let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Sources")

    @Test("imports go downward only", arguments: floors.keys.sorted())
    func downward(module: String) throws {
        let floor = try #require(Self.floors[module])
        let folder = Self.sources.appending(path: module)
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
            .compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
        #expect(!files.isEmpty)
        for file in files {
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
                let words = line.split(separator: " ").map(String.init)
                guard let index = words.firstIndex(of: "import"), index <= 1, index + 1 < words.count,
                    let other = Self.floors[words[index + 1]]
                else { continue }
                let imported = words[index + 1]
                #expect(other < floor, "\(file.lastPathComponent): \(module) may not import \(imported)")
                if let allowed = Self.narrower[module] {
                    #expect(allowed.contains(imported), "\(file.lastPathComponent): \(module) may not import \(imported)")
                }
                #expect(
                    Self.forbidden[module]?.contains(imported) != true,
                    "\(file.lastPathComponent): \(module) may not import \(imported)")
            }
        }
    }
}
