import Foundation
import Scheduling
import Testing

/// Instances with published best makespans (Kolisch & Sprecher 1996). Skipped with a message where the data are absent.
@Suite("Levelling: PSPLIB")
struct PSPLIBTests {
    @Test(
        "every schedule is feasible, no bound exceeds a best known makespan and makespans come near it",
        arguments: ["j30", "j120"])
    func published(set: String) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
            "../../../../shared/data/rcpsp"
        )
        .standardizedFileURL
        guard let table = try? String(contentsOf: root.appendingPathComponent("bounds-dev.csv"), encoding: .utf8) else {
            print("skipped: no reference data at \(root.path)")
            return
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("pharos-psplib-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try unpack(root.appendingPathComponent("\(set)-dev.sm.tar.xz"), into: folder)
        let rows = table.split(whereSeparator: \.isNewline).map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        let every = set == "j30" ? 8 : 30
        var (instances, ours, published, proven) = (0, 0, 0, 0)
        for (index, row) in rows.filter({ $0[0] == set }).enumerated() where index % every == 0 {
            let problem = try problem(at: folder.appendingPathComponent("\(set)/\(row[3]).sm"))
            let result = try Levelling.run(problem, options: LevellingOptions(schedules: set == "j30" ? 1_000 : 300, threads: 1))
            let (path, best) = (try #require(Int(row[4])), try #require(Int(row[7])))
            #expect(violations(of: result, in: problem) == [], "\(row[3])")
            #expect(result.lowerBound <= best && result.lowerBound >= path, "\(row[3])")
            #expect(result.makespan >= (Int(row[8]) ?? path), "\(row[3])")
            instances += 1
            ours += result.makespan
            published += best
            proven += result.isOptimal ? 1 : 0
            if result.isOptimal { #expect(result.makespan == best, "\(row[3])") }
        }
        #expect(instances >= 4)
        #expect(Double(ours) <= Double(published) * (set == "j30" ? 1.01 : 1.12))
        if set == "j30" { #expect(proven >= instances - 2) }
    }

    private func unpack(_ archive: URL, into folder: URL) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["tar", "-xf", archive.path, "-C", folder.path]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    private func problem(at url: URL) throws -> LevellingProblem {
        let lines = try String(contentsOf: url, encoding: .isoLatin1).split(whereSeparator: \.isNewline)
        var problem = LevellingProblem()
        var section = ""
        for line in lines {
            if let first = line.first, first.isUppercase { section = String(line.prefix(10)) }
            let fields = line.split(separator: " ").map { Int($0) }
            let row = fields.compactMap { $0 }
            guard row.count == fields.count, row.count > 2 else { continue }
            switch section {
            case "PRECEDENCE": problem.links += row.dropFirst(3).map { LevellingLink(row[0] - 1, $0 - 1) }
            case "REQUESTS/D": problem.activities.append(LevellingActivity(duration: row[2], demands: Array(row[3...])))
            case "RESOURCEAV": problem.capacities = row.map { LevellingCapacity(units: $0) }
            default: break
            }
        }
        return problem
    }
}
