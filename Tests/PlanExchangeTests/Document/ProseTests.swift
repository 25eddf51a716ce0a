import Testing

@testable import PlanExchange

/// HTML and addresses that run code, in prose: nothing of what was written vanishes, and nothing of it runs.
@Suite struct ProseTests {
    /// What was written, and what a reader sees of it.
    static let cases: [(String, String)] = [
        ("前 <script>alert(1)</script> 后", "前 <script>alert(1)</script> 后"),
        ("<div onclick=\"x()\">\n块里的字\n</div>", "<div onclick=\"x()\">\n块里的字\n</div>"),
        ("<script>\nlet a = 1 && 2;\n</script>", "<script>\nlet a = 1 && 2;\n</script>"),
        ("一个 <b>粗</b> 字", "一个 <b>粗</b> 字"), ("<!-- 注 -->", "<!-- 注 -->"),
        ("[点我](javascript:alert(1))", "点我"), ("[点我](JaVaScRiPt:alert(1) \"t\")", "点我"),
        ("[**粗** 链接](data:text/html,x)", "粗 链接"), ("<javascript:alert(1)>", "javascript:alert(1)"),
        ("[](vbscript:x)", "vbscript:x"), ("![图](javascript:x)", "图"),
        ("[文](https://example.org/a)", "文"), ("[文](/plans/x#y)", "文"),
    ]

    @Test("it is shown as the text it is, on pages and in documents", arguments: cases)
    func shown(written: String, seen: String) {
        let html = Prose.html(written).string
        let text = html.replacing(/<br \/>\n?/, with: "\n").replacing(/<[^>]*>/, with: "").replacing("&lt;", with: "<").replacing(
            "&gt;", with: ">"
        ).replacing("&quot;", with: "\"").replacing("&amp;", with: "&").trimmingSuffix(while: \.isNewline)
        #expect(text == seen, "\(html)")
        #expect(html.matches(of: /<\/?([a-zA-Z!]+)/).allSatisfy { ["p", "a", "strong", "em", "br"].contains($0.1) }, "\(html)")
        #expect(!html.contains("href=\"\"") && !html.contains(/href="(javascript|data|vbscript)/.ignoresCase()))
        let blocks = Prose.blocks(written).map { $0.runs.map(\.text).joined() }.joined(separator: "\n")
        #expect(blocks == seen)
        #expect(
            Prose.blocks(written).flatMap(\.runs).compactMap(\.link).allSatisfy { $0.hasPrefix("https:") || $0.hasPrefix("/") })
        // Written as CommonMark it reads back as the same text.
        #expect(Prose.blocks(Prose.markdown(written)).map { $0.runs.map(\.text).joined() }.joined(separator: "\n") == seen)
    }

    @Test(
        "what stands in one another too deeply is shown side by side, and every word of it stays",
        arguments: [
            String(repeating: "- ", count: 20_000) + "底", String(repeating: ">", count: 20_000) + "底",
            String(repeating: "1. > ", count: 5_000) + "底\n\n外",
            String(repeating: "*a **b ", count: 3_000) + String(repeating: "c** d*", count: 3_000),
            String(repeating: "![", count: 5_000) + "底" + String(repeating: "](x)", count: 5_000),
        ])
    func deep(written: String) {
        let html = Prose.html(written).string
        let letters = Set("底外abcd").intersection(written)
        #expect(letters.isSubset(of: html))
        let blocks = Prose.blocks(written)
        #expect(letters.isSubset(of: blocks.flatMap(\.runs).map(\.text).joined()))
        #expect(letters.isSubset(of: Prose.markdown(written)))
        #expect(letters.isSubset(of: Prose.plain(written)))
        for kind in ["a", "b", "c", "d"] where letters.contains(Character(kind)) {
            #expect(Prose.plain(written).count { String($0) == kind } == 3_000)
        }
        #expect(blocks.allSatisfy { if case .item(let depth, _) = $0.kind { depth < Prose.deepest } else { true } })
    }

    @Test("lists of a depth that people write keep it")
    func shallow() {
        let written = (0..<20).map { String(repeating: "  ", count: $0) + "- 项\($0)" }.joined(separator: "\n")
        #expect(Prose.blocks(written).map(\.kind) == (0..<20).map { .item(depth: $0, number: nil) })
    }

    @Test("links that lead somewhere stay links")
    func links() {
        #expect(Prose.html("[文](https://example.org/a)").string.contains("<a href=\"https://example.org/a\">文</a>"))
        #expect(Prose.html("[文](/plans/x#y:z)").string.contains("<a href=\"/plans/x#y:z\">文</a>"))
        #expect(Prose.html("[信](mailto:a@example.org)").string.contains("href=\"mailto:a@example.org\""))
    }
}

extension String {
    fileprivate func trimmingSuffix(while isDropped: (Character) -> Bool) -> String {
        var text = self
        while let last = text.last, isDropped(last) { text.removeLast() }
        return text
    }
}
