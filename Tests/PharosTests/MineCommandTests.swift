import Foundation
import Testing

@Suite struct MineCommandTests {
    private static let log: String = {
        let rows = (0..<40_000).map { row in
            let (hour, minute) = (row / 60 % 24, row % 60)
            let time = "2026-03-\(10 + row / 1440 % 20) \(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
            return "c\(row * 7919 % 97),活动\(row * 31 % 11 % 5),\(time),员工\(row % 13)\n"
        }
        return "case,activity,time,resource\n" + rows.joined()
    }()

    @Test("a log too long for the memory allowed gives the same answer by way of a temporary file")
    func spilled() throws {
        let file = try CommandLineTests.file(Self.log, "log.csv")
        for more in [
            ["--format", "json", "--bottlenecks", "--split", "2026-03-15"], ["--format", "svg", "--activities", "60"],
            ["--with", "活动3", "--variants", "5", "--calendar", "standard"],
        ] {
            let whole = try CommandLineTests.run(["mine", file] + more)
            let spilled = try CommandLineTests.run(["mine", file, "--memory", "1M"] + more)
            #expect(whole.status == 0 && whole.output.utf8.count > 300)
            #expect(spilled.status == 0 && spilled.output == whole.output && spilled.errors == whole.errors)
        }
    }

    @Test("without a folder for temporary files a log too long for memory is refused with what to do")
    func noFolder() throws {
        let file = try CommandLineTests.file(Self.log, "log.csv")
        let outcome = try CommandLineTests.run(
            ["mine", file, "--memory", "1M"], environment: ["TMPDIR": "/nowhere", "LANG": "en_US.UTF-8"])
        #expect(outcome.status == 2 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("/nowhere") && outcome.errors.contains("TMPDIR"))
        // What fits needs none.
        #expect(try CommandLineTests.run(["mine", file], environment: ["TMPDIR": "/nowhere"]).status == 0)
    }
}
