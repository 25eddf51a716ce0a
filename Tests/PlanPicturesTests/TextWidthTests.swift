import Testing

@testable import PlanPictures

@Suite struct TextWidthTests {
    @Test("a label keeps its size on one line, then takes more lines, then a smaller size, and is cut last")
    func fit() {
        let short = TextWidth.fit("等待时间", width: 60, size: 12, most: 2)
        #expect(short.lines == ["等待时间"] && short.size == 12 && short.isWhole)
        let twice = TextWidth.fit("等待时间由九小时压缩到四小时", width: 90, size: 12, most: 2)
        #expect(twice.lines.count == 2 && twice.size == 12 && twice.lines.joined() == "等待时间由九小时压缩到四小时")
        let small = TextWidth.fit("等待时间由九小时压缩到四小时", width: 78, size: 12, most: 2)
        #expect(small.lines.count == 2 && small.size < 12 && small.isWhole)
        let cut = TextWidth.fit(String(repeating: "长", count: 60), width: 90, size: 12, most: 2)
        #expect(!cut.isWhole && cut.lines.count == 2 && cut.lines[1].hasSuffix("…"))
    }

    @Test("no line begins with a closing mark, and Latin words stay whole")
    func breaks() {
        #expect(TextWidth.lines("压缩到四小时，压缩", width: 72, size: 12) == ["压缩到四小", "时，压缩"])
        #expect(TextWidth.lines("first contact resolution", width: 80, size: 12).allSatisfy { !$0.hasPrefix(" ") })
        #expect(TextWidth.widestPiece("first contact resolution", size: 1) == TextWidth.of("resolution", size: 1))
    }
}
