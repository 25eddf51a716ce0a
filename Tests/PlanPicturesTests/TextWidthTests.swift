import PlanModel
import Testing
import WorkingTime

@testable import PlanPictures

@Suite struct TextWidthTests {
    @Test("a label keeps its size on one line, then takes more lines, then a smaller size, and is cut last")
    func fit() {
        let short = TextWidth.fit("等待时间", width: 60, size: 12, most: 2)
        #expect(short.lines == ["等待时间"] && short.size == 12 && short.isWhole)
        let twice = TextWidth.fit("等待时间由九小时压缩到四小时", width: 100, size: 12, most: 2)
        #expect(twice.lines.count == 2 && twice.size == 12 && twice.lines.joined() == "等待时间由九小时压缩到四小时")
        let small = TextWidth.fit("等待时间由九小时压缩到四小时", width: 78, size: 12, most: 2)
        #expect(small.lines.count == 2 && small.size < 12 && small.isWhole)
        let cut = TextWidth.fit(String(repeating: "长", count: 60), width: 90, size: 12, most: 2)
        #expect(!cut.isWhole && cut.lines.count == 2 && cut.lines[1].hasSuffix("…"))
    }

    @Test("no line begins with a closing mark, and Latin words stay whole")
    func breaks() {
        #expect(TextWidth.lines("压缩到四小时，压缩", width: 72, size: 12) == ["压缩到四", "小时，压缩"])
        #expect(TextWidth.lines("first contact resolution", width: 80, size: 12).allSatisfy { !$0.hasPrefix(" ") })
        #expect(TextWidth.widestPiece("first contact resolution", size: 1) == TextWidth.of("resolution", size: 1))
    }

    @Test(
        "a line ends between words, and a figure keeps its unit",
        arguments: [
            ("首次联系与需求确认", ["首次", "联系", "与", "需求", "确认"]), ("建立工单分级机制", ["建立", "工单", "分级", "机制"]),
            ("销售与市场部", ["销售", "与", "市场部"]), ("平均 3.8 小时", ["平均", " 3.8 小时"]),
            ("把重复率降到 9%，并保持", ["把", "重复率", "降到", " 9%，", "并", "保持"]), ("客户「之声」", ["客户", "「之声」"]),
            ("first contact", ["first", " contact"]),
        ])
    func words(text: String, pieces: [String]) {
        #expect(LinePieces.words(text) == pieces)
    }

    @Test("a label is broken inside a word only where it would not fit else")
    func wordsOfLabels() {
        #expect(TextWidth.fit("首次联系与需求确认", width: 100, size: 12, most: 2).lines == ["首次联系与", "需求确认"])
        #expect(TextWidth.fit("客户满意度", width: 40, size: 12, most: 2).lines == ["客户", "满意度"])
        #expect(TextWidth.fit("满意度", width: 25, size: 12, most: 2).lines == ["满意", "度"])
    }

    @Test("months are named as there is room: all, quarters, or years; the first and each January with the year")
    func months() throws {
        func names(_ days: Int, _ width: Double) throws -> [String] {
            let start = try #require(Day("2026-11-09"))
            return TimeAxis(start: start, end: start + days, from: 0, to: width).monthNames(.chinese).compactMap(\.name)
        }
        #expect(try names(120, 400) == ["2026年11月", "12月", "2027年1月", "2月", "3月"])
        // Where a month's room is not enough for January's year, quarters are named.
        #expect(try names(420, 490) == ["26年11月", "2027年1月", "4月", "7月", "10月"])
        #expect(try names(700, 400) == ["11月", "27年1月", "4月", "7月", "10月", "28年1月", "4月", "7月"])
        #expect(try names(900, 330) == ["2027", "4月", "7月", "10月", "2028", "4月", "7月", "10月", "2029"])
        #expect(try names(3650, 400).prefix(3) == ["2027", "2028", "2029"])
    }
}
