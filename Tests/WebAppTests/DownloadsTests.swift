import PlanExchange
import Testing

@testable import WebApp

@Suite struct DownloadsTests {
    @Test(
        "a cell that a spreadsheet would compute is text, a number stays one, and separators are quoted",
        arguments: [
            ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("-cmd|x", "'-cmd|x"), ("-3.5", "-3.5"), ("+7", "+7"), ("张三", "张三"),
            ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""), ("two\nlines", "\"two\nlines\""), ("", ""),
        ])
    func cell(text: String, wanted: String) { #expect(CSVCell.text(text) == wanted) }
}
