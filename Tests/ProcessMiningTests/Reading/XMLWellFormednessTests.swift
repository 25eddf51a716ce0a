import Foundation
import FoundationXML
import Testing

@testable import ProcessMining

@Suite("XES must be well-formed XML")
struct XMLWellFormednessTests {
    /// A fault, where it lies, and a word of what would be right.
    struct Fault: Sendable, CustomTestStringConvertible {
        let text: String
        let line: Int
        let column: Int
        let word: String

        init(_ text: String, _ line: Int, _ column: Int, _ word: String) {
            (self.text, self.line, self.column, self.word) = (text, line, column, word)
        }

        var testDescription: String { text }
    }

    private static let faults = [
        Fault("<log><trace a=\"1<2\"/></log>", 1, 17, "&lt;"),
        Fault("<log>\n<trace a=\"中&foo;\"/></log>", 2, 12, "&foo;"),
        Fault("<log>\n&nbsp;</log>", 2, 1, "&nbsp;"),
        Fault("<log>a & b</log>", 1, 8, "&amp;"),
        Fault("<log a=\"AT&T\"/>", 1, 11, "&amp;"),
        Fault("<log>&#0;</log>", 1, 6, "&#20013;"),
        Fault("<log a='&#xD800;'/>", 1, 9, "&#20013;"),
        Fault("<log a='&#X41;'/>", 1, 9, "&#20013;"),
        Fault("<log a='&#xFFFE;'/>", 1, 9, "&#20013;"),
        Fault("<log a='1' b='2'\n a='3'/>", 2, 2, "twice"),
        Fault("<log a=1/>", 1, 8, "quotes"),
        Fault("<log a/>", 1, 7, "a=\"…\""),
        Fault("<log a='1'b='2'/>", 1, 11, "space"),
        Fault("<log><!-- a -- b --></log>", 1, 13, "--"),
        Fault("<log><!-- a ---></log>", 1, 13, "--"),
        Fault("<log><!-- a\nb --- --></log>", 2, 3, "--"),
        Fault("<log/>\nmore", 2, 1, "follow the root"),
        Fault("<log/><![CDATA[x]]>", 1, 7, "follow the root"),
        Fault("<log/>\n<log/>", 2, 1, "second"),
        Fault("<!-- a --> x <log/>", 1, 12, "before the root"),
        Fault("\n<?xml version=\"1.0\"?><log/>", 2, 1, "very first"),
        Fault("<?xml encoding=\"UTF-8\"?><log/>", 1, 1, "version="),
        Fault("<?xml version=\"1.0\"\n standalone=\"yes\" encoding=\"UTF-8\"?><log/>", 1, 1, "version="),
        Fault("<?xml version=1.0?><log/>", 1, 15, "quotes"),
        Fault("<?xml version=\"1.0\" encoding=\"8\"?><log/>", 1, 1, "encoding="),
        Fault("<? xml?><log/>", 1, 1, "<?"),
        Fault("<log>]]></log>", 1, 6, "]]&gt;"),
        Fault("<log>a\u{1}b</log>", 1, 7, "0x01"),
        Fault("<log a='\u{0}'/>", 1, 9, "0x00"),
        Fault("<log><!-- \u{8} --></log>", 1, 11, "0x08"),
        Fault("<log><1/></log>", 1, 6, "&lt;"),
        Fault("<log>1 < 2</log>", 1, 8, "&lt;"),
        Fault("<log></log >\n</log>", 2, 1, "too many"),
        Fault("<x:log></log>", 1, 8, "</x:log>"),
        Fault("<log></log a='1'>", 1, 12, ">"),
        Fault("<log / >", 1, 6, "/"),
        Fault("<log a='1' =''/>", 1, 12, "NAME="),
        Fault("<log><!ELEMENT a></log>", 1, 6, "<!--"),
        Fault("<log>\n<trace>", 2, 8, "</trace>"),
        Fault("<log>\n<trace a='", 2, 1, "cut off"),
        Fault("<log>\n<!-- ", 2, 1, "cut off"),
        Fault("<?xml version=\"1.0\"?>\n<!-- none -->\n", 3, 1, "<log>"),
    ]

    @Test("a fault is told by its line and column and what would be right, in any pieces", arguments: faults)
    func refuses(_ fault: Fault) {
        for piece in [1, 2, 5, 1000] {
            #expect {
                try scan(Array(fault.text.utf8), piece: piece)
            } throws: { error in
                guard case .xml(fault.line, fault.column, let words)? = error as? LogReadingError else {
                    Issue.record("\(error) in pieces of \(piece)")
                    return false
                }
                return words.en.contains(fault.word) && !words.zh.isEmpty
            }
        }
    }

    @Test(
        "what is well-formed is read",
        arguments: [
            "\u{FEFF}<?xml version='1.0' encoding='UTF-8' standalone=\"no\" ?>\r\n<log\t>]] > &#x4E2D;<![CDATA[<&]]]]></log >\n<!-- - -->\n<?a b?>",
            "<log a='\"' b=\"'\" c='>'><a.b-c/><_d></_d><?xml-stylesheet href=\"a\"?></log>",
            "<x:log xmlns:x='u'><x:trace/></x:log>", "<日志 名='值'/>",
        ])
    func sound(text: String) throws {
        for piece in [1, 2, 1000] { try scan(Array(text.utf8), piece: piece) }
    }

    @Test("references stand for their characters, and blanks and line breaks in a value for spaces")
    func values() throws {
        let text =
            "<log><trace><string key='concept:name' value='a\r\nb\tc&#10;d'/><event><string key='concept:name' value='&lt;&#20013;&gt;'/><date key='time:timestamp' value='2026-03-01T08:00:00&#43;08:00'/></event></trace></log>"
        let log = try read(text).log
        #expect(log.cases == ["a b c\nd"])
        #expect(log.activities == ["<中>"])
        #expect(log.end == [1_772_323_200_000_000])
    }

    @Test("logs damaged at random are refused exactly where libxml2 refuses them")
    func random() throws {
        let sound = Array(
            "<?xml version=\"1.0\" standalone='yes'?>\n<!-- a -->\n<log v=\"1\"><trace k='a'>\n<event a = \"&lt;\" b='2'/>text &#65;<![CDATA[x]]></trace><?p q?></log>\n"
                .utf8)
        let pieces = [
            "<", ">", "&", "\"", "'", "/", "=", "-", "--", "]", "]]>", "&amp;", "&a;", "&#1;", " ", "\n", "a", "1", "?", "<!--",
            "-->", "a='1'",
            "</log>", "<a/>", "\u{1}", ";", "#", "<![CDATA[", ".",
        ].map { Array($0.utf8) }
        var generator = SplitMix(state: 4)
        var refused = 0
        for _ in 0..<4000 {
            var bytes = sound
            for _ in 0...Int.random(in: 0...1, using: &generator) {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                let length = Int.random(in: 0...min(3, bytes.count - place), using: &generator)
                bytes.replaceSubrange(
                    place..<place + length,
                    with: Bool.random(using: &generator) ? pieces.randomElement(using: &generator) ?? [] : [])
            }
            let isSound = (try? scan(bytes, piece: 7)) != nil
            let parser = XMLParser(data: Data(bytes))
            let expected = parser.parse() && parser.parserError == nil
            if isSound != expected { Issue.record("\(String(decoding: bytes, as: UTF8.self)) should be \(expected)") }
            refused += isSound ? 0 : 1
        }
        #expect(1000..<3900 ~= refused)
    }

    private func scan(_ bytes: [UInt8], piece: Int) throws(LogReadingError) {
        var scanner = XMLScanner()
        for start in stride(from: 0, to: bytes.count, by: piece) {
            try feed(&scanner, Array(bytes[start..<min(start + piece, bytes.count)]), isLast: false)
        }
        try feed(&scanner, [], isLast: true)
    }

    private func feed(_ scanner: inout XMLScanner, _ bytes: [UInt8], isLast: Bool) throws(LogReadingError) {
        var failure: LogReadingError?
        bytes.withUnsafeBytes { bytes in
            do throws(LogReadingError) { try scanner.feed(bytes, isLast: isLast) { (_, _) throws(LogReadingError) in } } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }
}

private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
