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

    @Test("tags that are closed in another order than opened are no XML")
    func crossed() throws {
        let log = "<log><trace><event><string key=\"concept:name\" value=\"a\"/></trace></event></log>"
        #expect {
            try read(log)
        } throws: {
            guard case .xml(line: 1, column: 58, let words)? = $0 as? LogReadingError else { return false }
            return words.zh.contains("结束标签与开始标签不符")
        }
    }

    @Test("a log that would take more memory than allowed is refused, with the event at which it would")
    func memory() throws {
        let events = (0..<20_000).map { _ in Self.event("a", "2026-03-01T08:00:00Z") }.joined()
        let text = Array(Self.log("<trace><string key=\"concept:name\" value=\"1\"/>\(events)</trace>").utf8)
        // At 24 bytes an event 12,288 of them are the first looked at that take more.
        #expect(throws: LogReadingError.tooMuchMemory(290_000, events: 12_288)) { try read(text) { $0.mostMemory = 290_000 } }
        #expect(try read(text) { $0.mostMemory = 20_000 * 24 + 50_000 }.log.eventCount == 20_000)
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

    @Test("an event that cannot be read is told with the line it begins on", arguments: [1, 7, 10_000])
    func lines(piece: Int) throws {
        let text = """
            <?xml version="1.0"?>
            <log>
              <event><string key="concept:name" value="nowhere"/></event>
              <trace>
                <string key="concept:name"
                        value="1"/>
                <!-- two
                     lines -->
                <event>
                  <date key="time:timestamp" value="2026-03-01T08:00:00Z"/>
                </event>
                <event><string key="concept:name" value="a"/><date key="time:timestamp" value="2026-03-01T08:00:00Z"/></event>
                <event
                  ><string key="concept:name" value="b"/><date key="time:timestamp" value="soon"/></event
                >
                <event><string key="concept:name" value="c"/><date key="start_timestamp" value="2026-03-02T08:00:00Z"/><date key="time:timestamp" value="2026-03-01T08:00:00Z"/></event>
              </trace>
            </log>
            """
        let reading = try read(Array(text.utf8), piece: piece)
        #expect(
            reading.badRows == [
                BadRow(line: 3, reason: .outsideTrace), BadRow(line: 9, reason: .missing(column: "concept:name")),
                BadRow(line: 13, reason: .unreadableTime("soon")), BadRow(line: 16, reason: .endBeforeStart),
            ])
        #expect(reading.log.eventCount == 1)
    }

    @Test("the encoding that the declaration names is taken", arguments: ["GB18030", "gbk"], [1, 13, 10_000])
    func encodings(name: String, piece: Int) throws {
        // 受理 is CA DC C0 ED in GB18030.
        let parts = Self.log(
            "<trace><string key=\"concept:name\" value=\"1\"/>\(Self.event("#", "2026-03-01T08:00:00Z"))</trace>"
        )
        .replacing("UTF-8", with: name).split(separator: "#")
        let bytes = Array(parts[0].utf8) + [0xCA, 0xDC, 0xC0, 0xED] + Array(parts[1].utf8)
        #expect(try read(bytes, piece: piece).log.activities == ["受理"])
        let undeclared = Array(parts[0].replacing(name, with: "UTF-8").utf8) + [0xCA, 0xDC, 0xC0, 0xED] + Array(parts[1].utf8)
        #expect(throws: LogReadingError.nothingReadable(BadRow(line: 3, reason: .notText))) { try read(undeclared, piece: piece) }
        #expect(try read(undeclared, { $0.encoding = "gb18030" }, piece: piece).log.activities == ["受理"])
    }

    @Test("an encoding that is not known is refused by its name")
    func unknownEncoding() {
        #expect(throws: LogReadingError.unknownEncoding("Shift_JIS")) {
            try read(Self.log("").replacing("UTF-8", with: "Shift_JIS"))
        }
    }

    @Test("a start that is never completed keeps who did it; other transitions are counted")
    func unfinished() throws {
        func step(_ name: String, _ minute: Int, _ transition: String, _ who: String) -> String {
            Self.event(
                name, "2026-03-01T08:0\(minute):00Z",
                "<string key=\"lifecycle:transition\" value=\"\(transition)\"/><string key=\"org:resource\" value=\"\(who)\"/><string key=\"d\" value=\"\(who)!\"/>"
            )
        }
        let steps = [
            step("a", 0, "start", "甲"), step("a", 1, "start", "乙"), step("a", 2, "complete", "甲"), step("b", 3, "start", "丙"),
            step("b", 4, "suspend", "丙"),
        ]
        let text = Self.log(
            "<trace><string key=\"concept:name\" value=\"1\"/><string key=\"d\" value=\"whole\"/>\(steps.joined())</trace>")
        let reading = try read(Array(text.utf8), { $0.attributes = ["d", "case:d"] }, pairs: true)
        let log = reading.log
        #expect(reading.unfinishedStarts == 2 && reading.otherTransitions == 1 && reading.badRowCount == 0)
        #expect(log.activity.map { log.activities[Int($0)] } == ["a", "a", "b"])
        #expect(log.resource.map { log.resources[Int($0)] } == ["甲", "乙", "丙"])
        #expect(log.attributes[0].codes.map { log.attributes[0].values[Int($0)] } == ["甲!", "乙!", "丙!"])
        #expect(log.attributes[1].codes.map { log.attributes[1].values[Int($0)] } == ["whole", "whole", "whole"])
        #expect(zip(log.start, log.end).map { $1 - $0 } == [120_000_000, 0, 0])
    }

    @Test("tags with the prefix of their namespace are known by what follows it")
    func prefix() throws {
        let plain = Self.log(
            "<trace><string key=\"concept:name\" value=\"1\"/>\(Self.event("a", "2026-03-01T08:00:00Z"))</trace>")
        let prefixed = plain.replacing("</", with: "</x:").replacing(/<([a-z])/) { "<x:\($0.output.1)" }
        #expect(try read(prefixed).log == read(plain).log)
    }

    @Test(
        "long comments and tags take time in proportion, however they are cut", .timeLimit(.minutes(1)),
        arguments: [1, 5, 100_000])
    func longComments(piece: Int) throws {
        let long = String(repeating: "- > ' ", count: 20_000)
        let text = Self.log(
            "<!--\(long)-->\n<trace><string key=\"concept:name\" value=\"\(long)\"/>\(Self.event("a", "2026-03-01T08:00:00Z"))<event/></trace>"
        )
        let reading = try read(Array(text.utf8), piece: piece)
        #expect(reading.log.cases == [long])
        #expect(reading.badRows.map(\.line) == [4])
    }

    @Test("a trace without a name is a case of its own, whatever others are called")
    func unnamed() throws {
        func trace(_ name: String?) -> String {
            "<trace>\(name.map { "<string key=\"concept:name\" value=\"\($0)\"/>" } ?? "")\(Self.event("a", "2026-03-01T08:00:00Z"))</trace>"
        }
        let log = try read(Self.log([trace(nil), trace("#1"), trace("2"), trace(nil), trace("##1")].joined())).log
        #expect(log.cases == ["###1", "#1", "2", "#4", "##1"])
    }

    @Test("a trace has the order of the file, the graph that of time")
    func traceOrder() throws {
        let events = [("b", "09"), ("c", "10"), ("a", "08")].map { Self.event($0, "2026-03-01T\($1):00:00Z") }.joined()
        let log = try read(Self.log("<trace><string key=\"concept:name\" value=\"1\"/>\(events)</trace>")).log
        #expect(log.trace(ofCase: 0).map { log.activities[Int($0)] } == ["b", "c", "a"])
        let arcs = LogStatistics(log).arcs.map { log.activities[$0.from] + log.activities[$0.to] }
        #expect(Set(arcs) == ["ab", "bc"])
        let part = log.keeping { log.activities[Int(log.activity[$0])] != "c" }
        #expect(part.trace(ofCase: 0).map { part.activities[Int($0)] } == ["b", "a"])
        #expect(log.keepingCases { _ in true } == log)
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

    @Test("zeros behind the last member are no data, anything else is damage", arguments: [1, 4096])
    func padding(piece: Int) throws {
        let bytes = try zipped(Array(Self.text.utf8))
        let zeros = [UInt8](repeating: 0, count: 1000)
        #expect(try read(bytes + zeros, piece: piece).log == read(Self.text).log)
        #expect(throws: LogReadingError.brokenCompression) { try read(bytes + zeros + [7, 7, 7], piece: piece) }
    }

    @Test("a small file that inflates beyond the limit asked for is refused")
    func limited() throws {
        let bytes = try zipped(
            Array("case,activity,time\n".utf8) + Array(String(repeating: "1,a,2026-03-01\n", count: 200_000).utf8))
        #expect(bytes.count < 100_000)
        #expect(throws: LogReadingError.tooManyBytes(1 << 20)) { try read(bytes) { $0.mostBytes = 1 << 20 } }
    }

    @Test("what is cut off or damaged is refused")
    func broken() throws {
        let bytes = try zipped(Array(Self.text.utf8))
        #expect(throws: LogReadingError.brokenCompression) { try read(Array(bytes.dropLast(20))) }
        var damaged = bytes
        damaged[bytes.count / 2] ^= 0xFF
        #expect(throws: LogReadingError.self) { try read(damaged) }
    }

    @Test("what a piece inflates to is handed on in small parts, and a refusal of one ends it")
    func parts() throws {
        struct Enough: Error {}
        let bytes = try zipped(Array(String(repeating: "1,a,2026-03-01\n", count: 200_000).utf8))
        var unpacker = Unpacker()
        var (sum, most) = (0, 0)
        try unpacker.unpack(bytes) { part in
            sum += part.count
            most = max(most, part.count)
        }
        #expect(try unpacker.finish().isEmpty)
        #expect(sum == 3_000_000 && most <= 1 << 18)
        var other = Unpacker()
        #expect(throws: Enough.self) { try other.unpack(bytes) { _ in throw Enough() } }
    }

    @Test("a bomb is refused before it fills the memory")
    func bomb() throws {
        let bytes = try zipped(Array("case,activity,time\n".utf8) + [UInt8](repeating: UInt8(ascii: "a"), count: 20 << 20))
        #expect(throws: LogReadingError.self) { try read(bytes, piece: 4096) }
    }
}
