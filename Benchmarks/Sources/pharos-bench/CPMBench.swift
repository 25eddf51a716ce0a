import ArgumentParser
import Foundation
import Scheduling
import WorkingTime

struct CPM: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cpm",
        abstract: "Critical path passes, reading and single edits, against a plain C++ pass compiled at -O3 in the same run.")

    @Option(help: "Numbers of activities, one run each.") var activities: [Int] = [1_000, 10_000, 100_000, 1_000_000]
    @Option(help: "Passes per size; medians are shown.") var repeats = 15
    @Option(help: "Readings per size; medians are shown.") var readings = 3
    @Option(help: "Single edits per size; the median is shown.") var edits = 2_001

    func run() throws {
        let reference = try Reference.compile()
        print(
            "| activities | read+build, ms | C++ | × | pass, ms | C++ | × | read+pass × | edit median, ms | p95 | bytes/activity |"
        )
        print("|---|---|---|---|---|---|---|---|---|---|---|")
        for count in activities { print(try row(count, reference)) }
        print(
            "\n| activities | one in twenty dated: both passes, ms | edit median, ms | three calendars: both passes, ms | edit median, ms |"
        )
        print("|---|---|---|---|---|")
        for count in activities {
            let dated = try varied(count) { builder in
                let date = Day(number: 20_600).at(8)
                for index in stride(from: 0, to: count, by: 20) {
                    builder.activities[index].constraint = .startNoEarlierThan(date)
                    builder.activities[index].deadline = date + 400 * 1440
                }
            }
            let mixed = try varied(count) { builder in
                let sixDays = builder.add(
                    calendar: WorkCalendar(layers: [CalendarLayer(week: WeekPattern(.standard, on: 1...6))]))
                let china = builder.add(calendar: .china)
                for index in builder.activities.indices { builder.activities[index].calendar = [0, sixDays, china][index % 3] }
            }
            print("| \(count) | \(dated) | \(mixed) |")
        }
    }

    /// The same network with something that costs more than plain durations and links.
    private func varied(_ count: Int, _ change: (inout NetworkBuilder) -> Void) throws -> String {
        var builder = NetworkBuilder(start: Day(number: 20_514).at(8), calendar: .standard)
        GeneratedNetwork.read(GeneratedNetwork(activities: count).csv(), into: &builder)
        change(&builder)
        let clock = ContinuousClock()
        var schedule = try builder.build().schedule()
        builder = NetworkBuilder(start: 0, calendar: .standard)
        let pass = median((0..<min(5, repeats)).map { _ in clock.measure { schedule.recomputeAll() } })
        let times = edit(consume schedule, count, clock)
        return "\(String(format: "%.3f", pass.milliseconds)) | \(String(format: "%.3f", times.median))"
    }

    private func row(_ count: Int, _ reference: Reference) throws -> String {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("pharos-cpm-\(count).csv")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(GeneratedNetwork(activities: count).csv()).write(to: file)
        let theirs = try (0..<readings).map { _ in try reference.run(file, repeats: repeats) }.sorted { $0.read < $1.read }[
            readings / 2]
        let memoryBefore = residentBytes()
        let clock = ContinuousClock()
        var network: Network?
        let reading = try median(
            (0..<readings).map { _ in
                network = nil
                return try clock.measure { network = try self.network(from: file) }
            })
        guard let network else { return "" }
        var schedule = network.schedule()
        let memory = residentBytes() - memoryBefore
        let ours = median((0..<repeats).map { _ in clock.measure { schedule.recomputeAll() } })
        guard checksum(schedule) == theirs.checksum else { throw ValidationError("\(count): the schedules differ") }
        let times = edit(consume schedule, count, clock)
        func two(_ value: Double) -> String { String(format: "%.2f", value) }
        let read = reading.milliseconds
        let pass = ours.milliseconds
        let whole = (read + pass) / (theirs.read + theirs.pass)
        return "| \(count) | \(two(read)) | \(two(theirs.read)) | \(two(read / theirs.read)) | \(String(format: "%.3f", pass)) | "
            + "\(String(format: "%.3f", theirs.pass)) | \(two(pass / theirs.pass)) | \(two(whole)) | "
            + "\(String(format: "%.3f", times.median)) | \(String(format: "%.3f", times.p95)) | \(memory / count) |"
    }

    private func network(from file: URL) throws -> Network {
        let bytes = [UInt8](try Data(contentsOf: file))
        var builder = NetworkBuilder(start: Day(number: 20_514).at(8), calendar: .standard)
        GeneratedNetwork.read(bytes, into: &builder)
        return try builder.build()
    }

    /// Gives random activities other durations, one at a time, and back.
    private func edit(_ schedule: consuming Schedule, _ count: Int, _ clock: ContinuousClock) -> (median: Double, p95: Double) {
        var schedule = schedule
        var random = SeededRandom(state: 99)
        var times: [Double] = []
        for _ in 0..<edits {
            let index = random.next(below: count)
            var activity = schedule.network.activities[index]  // its calendar stays
            activity.duration = .working((1 + random.next(below: 15)) * 480)
            let duration = clock.measure { _ = try? schedule.update(activity, at: index) }
            times.append(duration.milliseconds)
        }
        times.sort()
        return (times[times.count / 2], times[times.count * 95 / 100])
    }

    /// As the reference computes it: early starts and late finishes in minutes from the origin.
    private func checksum(_ schedule: Schedule) -> UInt64 {
        let calendar = WorkCalendar.standard
        let origin = calendar.position(of: Day(number: 20_514).at(8))
        var sum: UInt64 = 0
        for index in 0..<schedule.network.count {
            let start = UInt32(truncatingIfNeeded: calendar.position(of: schedule.earlyStart(of: index)) - origin)
            let finish = UInt32(truncatingIfNeeded: calendar.position(of: schedule.lateFinish(of: index)) - origin)
            sum = sum &* 1_000_003 &+ UInt64(start) &* 31 &+ UInt64(finish)
        }
        return sum
    }

    private func median(_ values: [Duration]) -> Duration { values.sorted()[values.count / 2] }

    private func residentBytes() -> Int {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * 4096
    }
}

extension Duration {
    var milliseconds: Double { Double(components.seconds) * 1e3 + Double(components.attoseconds) / 1e15 }
}

/// `Benchmarks/reference/cpm.cpp`, compiled now, by the compiler of this machine.
private struct Reference {
    let program: URL

    static func compile() throws -> Reference {
        let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("reference/cpm.cpp")
        let program = FileManager.default.temporaryDirectory.appendingPathComponent("pharos-cpm-reference")
        _ = try output("/usr/bin/env", ["c++", "-O3", "-std=c++17", "-o", program.path, source.path])
        return Reference(program: program)
    }

    /// Milliseconds.
    func run(_ file: URL, repeats: Int) throws -> (read: Double, pass: Double, checksum: UInt64) {
        let fields = try Reference.output(program.path, [file.path, String(repeats)])
            .split(whereSeparator: \.isWhitespace).map(String.init)
        guard fields.count == 4, let read = Double(fields[0]), let pass = Double(fields[1]), let checksum = UInt64(fields[3])
        else {
            throw ValidationError("the reference answered \(fields)")
        }
        return (read * 1e3, pass * 1e3, checksum)
    }

    private static func output(_ path: String, _ arguments: [String]) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardOutput = pipe
        try process.run()
        let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw ValidationError("\(path) ended with \(process.terminationStatus)") }
        return String(decoding: bytes, as: UTF8.self)
    }
}
