import Testing

@testable import Markup

@Suite struct MarkupTests {
    @Test(
        "text and attributes are escaped wherever they stand",
        arguments: ["<script>", "\" onclick=\"x", "' x='", "&amp;", "汉字 & 🗼", "a\u{0}b\u{1B}c"])
    func escaping(text: String) {
        let made = el(.p, .title(text), .class("x")) { text }.string
        #expect(!made.contains("<script"))
        #expect(made.filter { $0 == "\"" }.count == 4)
        #expect(made.filter { $0 == "'" }.isEmpty)
        #expect(!made.utf8.contains { $0 < 32 })
    }

    @Test(
        "addresses that run code become harmless",
        arguments: ["javascript:alert(1)", " JaVa\tScript:alert(1)", "vbscript:x", "data:text/html,x"])
    func addresses(address: String) { #expect(el(.a, .href(address)) { "x" }.string == "<a href=\"#\">x</a>") }

    @Test(
        "ordinary addresses stay",
        arguments: ["/plans/a#T-1", "https://example.org/?a=b", "mailto:a@b.c", "?lang=en", "/x?next=a:b"])
    func ordinary(address: String) { #expect(el(.a, .href(address)) { "x" }.string.contains("href=\"\(address)\"")) }

    @Test("loops, conditions, absent attributes and flags")
    func building() {
        let owner: String? = nil
        let made = el(.ul, .classes(("on", true), ("off", false)), nil) {
            for number in 1...2 { el(.li) { number } }
            if let owner { el(.li) { owner } }
            el(.input, .checked)
            el(.path, .d("M0 0"))
        }
        #expect(made.string == "<ul class=\"on\"><li>1</li><li>2</li><input checked><path d=\"M0 0\"/></ul>")
    }

    @Test(
        "coordinates have at most two decimals",
        arguments: [
            (1.0, "1"), (-0.004, "0"), (12.345, "12.35"), (-3.1, "-3.1"), (0.05, "0.05"), (Double.nan, "0"),
            (Double.infinity, "0"),
        ])
    func coordinates(number: Double, text: String) { #expect(number.coordinate == text) }
}
