import ArgumentParser
import Foundation
import Scheduling

struct PSPLIB: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "psplib",
        abstract: "Levels every .sm file below a folder and writes id,start_times; a checker then compares with the best known.")

    @Argument(help: "A folder with PSPLIB .sm files, at any depth.") var directory: String
    @Option(help: "Schedules per instance at most.") var schedules: Int?
    @Option(help: "Seconds per instance at most.") var seconds: Double?
    @Option(help: "Threads; one per core if absent.") var threads: Int?
    @Option(help: "Seed of the search.") var seed: UInt64 = 1
    @Option(help: "Only every so manieth instance.") var every = 1
    @Option(help: "The file to write.") var out: String

    func validate() throws {
        guard schedules != nil || seconds != nil else { throw ValidationError("give --schedules, --seconds or both") }
        guard every > 0 else { throw ValidationError("--every starts at 1") }
    }

    func run() throws {
        let options = LevellingOptions(
            schedules: schedules ?? Int.max / 4096, seconds: seconds, threads: threads, seed: seed)
        let clock = ContinuousClock()
        var lines = "id,start_times\n"
        var slowest = Duration.zero
        var total = Duration.zero
        var (generated, optimal) = (0, 0)
        let files = try instances()
        for file in files {
            let problem = try PSPLIBFile(contentsOf: file).problem
            var result: LevellingResult?
            let time = try clock.measure { result = try Levelling.run(problem, options: options) }
            guard let result else { continue }
            total += time
            slowest = max(slowest, time)
            generated += result.schedulesGenerated
            optimal += result.isOptimal ? 1 : 0
            lines +=
                "\(file.deletingPathExtension().lastPathComponent),\(result.starts.map(String.init).joined(separator: " "))\n"
        }
        try lines.write(toFile: out, atomically: true, encoding: .utf8)
        let seconds = total.milliseconds / 1e3
        print(
            "\(files.count) instances, \(generated) schedules, \(String(format: "%.2f", seconds)) s, "
                + "\(String(format: "%.4f", seconds / Double(max(files.count, 1)))) s each, slowest "
                + "\(String(format: "%.3f", slowest.milliseconds / 1e3)) s, \(optimal) proven optimal")
    }

    private func instances() throws -> [URL] {
        let root = URL(fileURLWithPath: directory)
        let all = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        let files = all.filter { $0.pathExtension == "sm" }.sorted { $0.lastPathComponent < $1.lastPathComponent }
        guard !files.isEmpty else { throw ValidationError("no .sm files below \(directory)") }
        return files.enumerated().filter { $0.offset % every == 0 }.map(\.element)
    }
}

/// A single-mode instance in the format of PSPLIB (Kolisch & Sprecher 1996): jobs 1…n with a dummy first and last.
struct PSPLIBFile {
    let problem: LevellingProblem

    init(contentsOf url: URL) throws {
        let text = try String(contentsOf: url, encoding: .isoLatin1)
        let lines = text.split(whereSeparator: \.isNewline)
        func section(_ title: String) throws -> Int {
            guard let line = lines.firstIndex(where: { $0.hasPrefix(title) }) else {
                throw ValidationError("\(url.lastPathComponent): no section \(title)")
            }
            return line + 1
        }
        let (links, requests, units) = try (
            section("PRECEDENCE RELATIONS"), section("REQUESTS/DURATIONS"), section("RESOURCEAVAILABILITIES")
        )
        var problem = LevellingProblem()
        for row in Self.rows(lines[links..<(requests - 1)]) where row.count > 3 {
            for successor in row[3...] { problem.links.append(LevellingLink(row[0] - 1, successor - 1)) }
        }
        for row in Self.rows(lines[requests..<(units - 1)]) where row.count > 3 {
            problem.activities.append(LevellingActivity(duration: row[2], demands: Array(row[3...])))
        }
        problem.capacities = (Self.rows(lines[units...]).first ?? []).map { LevellingCapacity(units: $0) }
        self.problem = problem
    }

    /// Lines that begin with a number, as numbers.
    private static func rows(_ lines: ArraySlice<Substring>) -> [[Int]] {
        lines.compactMap { line in
            let fields = line.split(separator: " ").map { Int($0) }
            return fields.contains(nil) ? nil : fields.compactMap { $0 }
        }
        .filter { !$0.isEmpty }
    }
}
