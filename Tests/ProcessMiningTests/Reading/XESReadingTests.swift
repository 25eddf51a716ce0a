import Foundation
import Testing

@testable import ProcessMining

@Suite("Reading logs from XES")
struct XESReadingTests {
    private static func event(_ name: String, _ time: String, _ more: String = "") -> String {
        "<event><string key=\"concept:name\" value=\"\(name)\"/><date key=\"time:timestamp\" value=\"\(time)\"/>\(more)</event>"
    }

    private static func log(_ traces: String) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- a log -->\n<log xes.version=\"1.0\"><global scope=\"event\"><string key=\"concept:name\" value=\"no\"/></global>\(traces)</log>"
    }

    @Test("names, entities, nested attributes and people are read, in any pieces", arguments: [1, 3, 50, 10_000])
    func reads(piece: Int) throws {
        let text = Self.log(
            "<trace><string key=\"concept:name\" value=\"A&amp;B &#x4E2D;\"/><list key=\"x\"><string key=\"concept:name\" value=\"no\"/></list>"
                + Self.event("受理 &lt;1&gt;", "2026-03-01T08:00:00.000+08:00", "<string key=\"org:resource\" value=\"甲\"/>")
                + Self.event(
                    "关闭", "2026-03-01T09:00:00.000+08:00",
                    "<string key=\"note\" value=\"x\"><string key=\"concept:name\" value=\"no\"/></string>") + "</trace>")
        let log = try read(Array(text.utf8), piece: piece).log
        #expect(log.cases == ["A&B 中"])
        #expect(log.activities == ["受理 <1>", "关闭"])
        #expect(log.resource == [0, EventLog.noResource])
        #expect(log.end[1] - log.end[0] == 3_600_000_000)
    }

    @Test("a start and its completion make one event where pairs are asked for")
    func lifecycle() throws {
        func step(_ name: String, _ minute: Int, _ transition: String) -> String {
            Self.event(name, "2026-03-01T08:0\(minute):00Z", "<string key=\"lifecycle:transition\" value=\"\(transition)\"/>")
        }
        let text = Self.log(
            "<trace><string key=\"concept:name\" value=\"1\"/>\(step("a", 0, "start"))\(step("b", 1, "START"))\(step("a", 3, "complete"))\(step("b", 5, "COMPLETE"))\(step("c", 6, "schedule"))</trace>"
        )
        let apart = try read(Array(text.utf8)).log
        #expect(apart.eventCount == 5)
        let pairs = try read(Array(text.utf8), pairs: true).log
        #expect(pairs.eventCount == 2)
        #expect(zip(pairs.start, pairs.end).map { $1 - $0 } == [180_000_000, 240_000_000])
    }

    @Test("events that lack a name or a time are counted")
    func badEvents() throws {
        let text = Self.log(
            "<trace><string key=\"concept:name\" value=\"1\"/>\(Self.event("a", "2026-03-01T08:00:00Z"))\(Self.event("b", "?"))<event><date key=\"time:timestamp\" value=\"2026-03-01T08:00:00Z\"/></event></trace>"
        )
        let reading = try read(Array(text.utf8))
        #expect(reading.log.eventCount == 1)
        #expect(reading.badRows.map(\.reason) == [.unreadableTime("?"), .missing(column: "concept:name")])
    }

    @Test("a case without an event that can be read is none")
    func emptyCases() throws {
        let text = Self.log(
            "<trace><string key=\"concept:name\" value=\"none\"/></trace><trace><string key=\"concept:name\" value=\"bad\"/>\(Self.event("a", "?"))</trace><trace><string key=\"concept:name\" value=\"good\"/>\(Self.event("a", "2026-03-01T08:00:00Z"))</trace>"
        )
        let log = try read(Array(text.utf8)).log
        #expect(log.cases == ["good"])
        #expect(LogStatistics(log).startCounts == [1])
    }

    @Test(
        "document types, and so entities and bombs, are refused",
        arguments: [
            "<!DOCTYPE log [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><log><trace/></log>",
            "<!DOCTYPE log SYSTEM \"file:///etc/passwd\"><log><trace/></log>",
        ])
    func documentType(text: String) {
        #expect { try read(text) } throws: { error in if case LogReadingError.xml = error { true } else { false } }
    }

    @Test(
        "XML that is not whole, and another root, are refused with the line",
        arguments: [
            "<log><trace>", "<log><trace></log>", "<log", "<other/>",
            "<log><trace><event><string key='a' value='b></event></trace></log>",
        ])
    func broken(text: String) {
        #expect { try read(text) } throws: { error in
            if case LogReadingError.xml = error { true } else if case LogReadingError.noRows = error { true } else { false }
        }
    }
}

@Suite("Reading compressed logs")
struct InflaterTests {
    private func zipped(_ bytes: [UInt8]) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-c"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let writer = Thread {
            input.fileHandleForWriting.write(Data(bytes)); try? input.fileHandleForWriting.close()
        }
        writer.start()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return [UInt8](data)
    }

    private static let text =
        "case,activity,time\n" + (0..<500).map { "\($0 / 5),a\($0 % 3),2026-03-01 08:00:00" }.joined(separator: "\n")

    @Test("gzip is told by its bytes, in any pieces and several members")
    func inflates() throws {
        let bytes = try zipped(Array(Self.text.utf8))
        for piece in [1, 17, 4096] { #expect(try read(bytes, piece: piece).log == read(Self.text).log) }
        let (one, other) = (try zipped(Array(Self.text.prefix(4000).utf8)), try zipped(Array(Self.text.dropFirst(4000).utf8)))
        #expect(try read(one + other).log == read(Self.text).log)
    }

    @Test("what is cut off or damaged is refused")
    func broken() throws {
        let bytes = try zipped(Array(Self.text.utf8))
        #expect(throws: LogReadingError.brokenCompression) { try read(Array(bytes.dropLast(20))) }
        var damaged = bytes
        damaged[bytes.count / 2] ^= 0xFF
        #expect(throws: LogReadingError.self) { try read(damaged) }
    }

    @Test("a bomb is refused before it fills the memory")
    func bomb() throws {
        let bytes = try zipped(Array("case,activity,time\n".utf8) + [UInt8](repeating: UInt8(ascii: "a"), count: 20 << 20))
        #expect(throws: LogReadingError.self) { try read(bytes, piece: 4096) }
    }
}
