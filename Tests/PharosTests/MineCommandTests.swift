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

    #if os(Linux)
        @Test("Control-C while a log goes to disk ends the program at once, says nothing and leaves no file behind")
        func interrupted() throws {
            let folder = URL(filePath: try CommandLineTests.file("", "empty")).deletingLastPathComponent()
            let (process, input, output) = (Process(), Pipe(), Pipe())
            process.executableURL = CommandLineTests.program
            process.arguments = ["mine", "-", "--memory", "1M"]
            process.environment = ["TMPDIR": folder.path]
            (process.standardInput, process.standardOutput, process.standardError) = (input, output, FileHandle.nullDevice)
            try process.run()
            // As many rows as it takes until the nameless file is there.
            let files = "/proc/\(process.processIdentifier)/fd"
            func isOnDisk() -> Bool {
                let names = (try? FileManager.default.contentsOfDirectory(atPath: files)) ?? []
                return names.contains { name in
                    (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(files)/\(name)"))?.hasPrefix(folder.path)
                        ?? false
                }
            }
            for _ in 0..<50 where !isOnDisk() { try input.fileHandleForWriting.write(contentsOf: Data(Self.log.utf8)) }
            #expect(isOnDisk() && process.isRunning)
            process.interrupt()
            process.waitUntilExit()
            #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGINT)
            try output.fileHandleForWriting.close()
            #expect(output.fileHandleForReading.readDataToEndOfFile().isEmpty)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["empty"])
        }
    #endif

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

    @Test("one of anything is told as one, and a zone may begin with a minus")
    func one() throws {
        let file = try CommandLineTests.file(
            "case,activity,time\n1,a,2026-03-01T08:00:00Z\n1,b,2026-03-01 09:00\n1,b,\n", "one.csv")
        for zone in [["--zone", "-05:30"], ["--zone=-05:30"]] {
            let outcome = try CommandLineTests.run(["mine", file, "--lang", "en"] + zone)
            #expect(outcome.status == 0 && outcome.output.hasPrefix("1 case, 2 events, 2 activities, 1 variant\n"))
            #expect(outcome.errors.contains("1 row could not be read and does not count:"))
            #expect(outcome.errors.contains("1 time names no zone and was taken as -05:30."))
        }
    }

    @Test("a folder in the place of a file is told by its name", arguments: ["mine", "forecast", "customers"])
    func folder(command: String) throws {
        let folder = URL(filePath: try CommandLineTests.file("", "empty")).deletingLastPathComponent().path
        let more = command == "mine" ? [] : ["--horizon", "3"]
        let outcome = try CommandLineTests.run([command, folder, "--lang", "en"] + more)
        #expect(outcome.status == 2 && outcome.errors == "\(folder): This is a folder; it should be a file.\n")
    }

    @Test("XES that is no well-formed XML is refused with file, line, column and what would be right")
    func brokenXML() throws {
        let file = try CommandLineTests.file("<log>\n  <trace a=\"R&D\"/>\n</log>\n", "broken.xes")
        let outcome = try CommandLineTests.run(["mine", file, "--lang", "en"])
        #expect(outcome.status == 2)
        #expect(outcome.errors == "\(file): Line 2, column 14: This & begins no entity; write &amp; for an & in text.\n")
    }
}
