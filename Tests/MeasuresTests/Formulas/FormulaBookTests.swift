import Measures
import Testing

@Suite("Formulas over formulas")
struct FormulaBookTests {
    private func book() throws -> FormulaBook {
        var book = FormulaBook(calendar: FormulaCalendar(periodsPerYear: 12))
        for month in 0..<12 {
            book.set(Double(100 + month), of: "收入", in: month)
            book.set(Double(60 + month), of: "成本", in: month)
        }
        book.define("利润", try Formula("[收入]-[成本]"))
        book.define("利润率", try Formula("[利润]/[收入]*100"))
        book.define("累计利润", try Formula("ytd([利润])"))
        return book
    }

    @Test("a change drops what reads it, in later periods too, and nothing else")
    func incremental() throws {
        var book = try book()
        for month in 0..<12 { for name in ["利润", "利润率", "累计利润"] { _ = book.outcome(of: name, in: month) } }
        let before = book.computations
        #expect(before == 36)
        let changed = book.set(200, of: "收入", in: 9)
        #expect(changed == Set([.init("利润", 9), .init("利润率", 9), .init("累计利润", 9), .init("累计利润", 10), .init("累计利润", 11)]))
        #expect(book.outcome(of: "累计利润", in: 11).value == 571.0)
        #expect(book.outcome(of: "利润率", in: 9).value == (200.0 - 69) / 200 * 100)
        #expect(book.outcome(of: "利润率", in: 3).value == 40.0 / 103 * 100)
        #expect(book.computations == before + 3)
        #expect(book.set(200, of: "收入", in: 9).isEmpty)
    }

    @Test("random edits give what a fresh book gives")
    func sameAsFresh() throws {
        var dice = Dice(8)
        var book = try book()
        var edits: [(String, Int, Double?)] = []
        for _ in 0..<120 {
            let edit = (dice.roll(0...1) == 0 ? "收入" : "成本", dice.roll(0...11), dice.roll(0...5) == 0 ? nil : dice.share() * 100)
            edits.append(edit)
            book.set(edit.2, of: edit.0, in: edit.1)
            var fresh = try self.book()
            for (name, month, value) in edits { fresh.set(value, of: name, in: month) }
            for name in ["利润率", "累计利润"] {
                let month = dice.roll(0...11)
                #expect(book.outcome(of: name, in: month) == fresh.outcome(of: name, in: month))
            }
        }
    }

    @Test("a circle is found with its way, and mended by changing one formula")
    func cycle() throws {
        var book = try book()
        let cycle = book.define("收入", try Formula("[累计利润]+1"))
        #expect(cycle == ["收入", "累计利润", "利润"])
        #expect(book.outcome(of: "利润", in: 0).gap == .cycle(["利润", "收入", "累计利润"]))
        #expect(
            book.outcome(of: "利润率", in: 0).gap
                == .through(measure: "利润", .cycle(["利润", "收入", "累计利润"])))
        #expect(book.define("收入", nil) == nil)
        #expect(book.outcome(of: "利润", in: 0).value == 40)
        #expect(book.define("x", try Formula("[x]+1")) == ["x"])
    }

    @Test("the reason of a missing value is followed down to its source")
    func through() throws {
        var book = try book()
        book.set(nil, of: "成本", in: 4)
        let gap = book.outcome(of: "利润率", in: 4).gap
        #expect(gap == .through(measure: "利润", .missing(measure: "成本", period: 4)))
        #expect(gap?.wording(label: { "2026-0\($0 + 1)" }).en == "[利润] cannot be computed: [成本] has no value in 2026-05")
        book.define("毛利", try Formula("[利润]-[税]"))
        #expect(book.outcome(of: "毛利", in: 0).gap == .unknownMeasure("税"))
        book.set(5, of: "税", in: 0)
        #expect(book.outcome(of: "毛利", in: 0).value == 35)
    }
}
