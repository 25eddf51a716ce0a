import Foundation
import Testing

@testable import ProcessMining

@Suite("Encodings of logs")
struct EncodingTests {
    private static let mark16: [String.Encoding: [UInt8]] = [
        .utf16LittleEndian: [0xFF, 0xFE], .utf16BigEndian: [0xFE, 0xFF], .isoLatin1: [], .windowsCP1252: [],
    ]

    private func bytes(_ text: String, _ encoding: String.Encoding) throws -> [UInt8] {
        try Self.mark16[encoding, default: []] + #require(text.data(using: encoding))
    }

    @Test(
        "tables in UTF-16 with its mark are read as the same in UTF-8",
        arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian])
    func tables(encoding: String.Encoding) throws {
        let text = "案例,活动,时间,处理人\n1,审核 é 😀,2026-03-01 08:00,王芳\n1,复核,2026-03-01 09:00,\n2,审核 é 😀,2026-03-02,\"陈,\r\n晨\"\n"
        let plain = try read(text)
        for piece in [1, 2, 3, 7, .max] { #expect(try read(bytes(text, encoding), piece: piece).log == plain.log) }
        // Long enough that the head is not the whole.
        let rows = (0..<9_000).map { "\($0 % 99),活动\($0 % 5),2026-03-01,甲\n" }.joined()
        #expect(try read(bytes("案例,活动,时间,处理人\n\(rows)", encoding), piece: 4_001).log.eventCount == 9_000)
    }

    @Test("a half of a character in UTF-16 makes its row a bad one, and no other")
    func brokenTable() throws {
        var all = try bytes("case,activity,time\n1,a,2026-03-01\n1,b", .utf16LittleEndian)
        all += [0x3D, 0xD8]
        all += try bytes("c,2026-03-01\n1,d,2026-03-01\n", .utf16LittleEndian).dropFirst(2)
        for piece in [1, 5, .max] {
            let reading = try read(all + [0x31], piece: piece)
            #expect(reading.badRows == [BadRow(line: 3, reason: .notText)])
            #expect(reading.log.activities == ["a", "d"])
        }
    }

    @Test("tables in ISO-8859-1 and Windows-1252 are read where the options say so")
    func named() throws {
        let text = "case,activity,time\n1,Prüfung,2026-03-01\n1,Größe messen,2026-03-02\n"
        for (name, encoding) in [("iso-8859-1", String.Encoding.isoLatin1), ("Windows-1252", .windowsCP1252)] {
            #expect(try read(bytes(text, encoding), { $0.encoding = name }).log == read(text).log)
        }
        let unmarked = try #require(text.data(using: .utf16BigEndian))
        #expect(try read([UInt8](unmarked), { $0.encoding = "utf-16be" }).log == read(text).log)
        #expect(throws: LogReadingError.unknownEncoding("koi8-r")) { try read(text) { $0.encoding = "koi8-r" } }
    }

    @Test(
        "names in GB18030 are read wherever the first of them stands, however the bytes are cut",
        arguments: [1_000, 65_536, 200_000])
    func lateNames(piece: Int) throws {
        let gb18030 = String.Encoding(rawValue: 0x8000_0632)
        let head = "case,activity,time,resource\n" + (0..<6_000).map { "\($0),a,2026-03-01,bob\n" }.joined()
        let tail = "c,a,2026-03-02,王芳\nd,审核,2026-03-02,bob\n"
        let late = try read(bytes(head + tail, gb18030), piece: piece)
        #expect(try head.utf8.count > 1 << 16 && late.log == read(head + tail).log)
        #expect(late.log.resources.contains("王芳") && late.log.activities.contains("审核") && late.badRows.isEmpty)
    }

    @Test("a byte that belongs to no character spoils its row, and no name of the rest")
    func strayByte() throws {
        var all = Array("case,activity,time\n1,审核,2026-03-01\n1,caf".utf8)
        all += [0xE9] + Array(",2026-03-01\n1,结案,2026-03-02\n".utf8)
        let reading = try read(all)
        #expect(reading.log.activities == ["审核", "结案"] && reading.badRows == [BadRow(line: 3, reason: .notText)])
    }

    private func xes(_ encoding: String) -> String {
        "<?xml version=\"1.0\" encoding=\"\(encoding)\"?>\n<log><trace><string key=\"concept:name\" value=\"Fräse 1\"/>"
            + "<event><string key=\"concept:name\" value=\"Größe messen\"/><date key=\"time:timestamp\" value=\"2026-03-01T08:00:00Z\"/></event>"
            + "</trace></log>\n"
    }

    @Test(
        "logs of XES are read in what their declaration or their mark says",
        arguments: [
            ("ISO-8859-1", String.Encoding.isoLatin1), ("windows-1252", .windowsCP1252), ("UTF-16", .utf16LittleEndian),
            ("UTF-16", .utf16BigEndian),
        ])
    func declared(name: String, encoding: String.Encoding) throws {
        let text = xes(name)
        for piece in [1, 2, 5, .max] {
            let log = try read(bytes(text, encoding), piece: piece).log
            #expect(log.cases == ["Fräse 1"] && log.activities == ["Größe messen"] && log.eventCount == 1)
            // Without its mark, UTF-16 is told by its first character.
            let unmarked = try #require(text.data(using: encoding))
            #expect(try read([UInt8](unmarked), piece: piece).log == log)
        }
    }

    @Test("UTF-8 that is declared as UTF-16 is read as what it is; other encodings are refused by name")
    func wronglyDeclared() throws {
        #expect(try read(xes("utf-16")).log.activities == ["Größe messen"])
        #expect(throws: LogReadingError.unknownEncoding("EBCDIC-DE")) { try read(xes("EBCDIC-DE")) }
    }

    @Test("document types are refused in UTF-16 as well")
    func documentType() throws {
        let text = "<?xml version=\"1.0\"?><!DOCTYPE log [<!ENTITY a \"b\">]><log/>"
        #expect(throws: LogReadingError.self) { try read(bytes(text, .utf16LittleEndian)) }
    }
}
