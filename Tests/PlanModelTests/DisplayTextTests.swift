import PlanModel
import Testing
import WorkingTime

/// Values as people read them.
@Suite struct DisplayTextTests {
    private func span(_ start: String, _ finish: String, _ language: Language) throws -> String {
        DisplayText.short(try #require(Day(start)), to: try #require(Day(finish)), language)
    }

    @Test("days from and to name a day alone once, and another year")
    func spans() throws {
        #expect(try span("2026-02-24", "2026-02-24", .english) == "24 Feb")
        #expect(try span("2026-01-12", "2026-03-27", .english) == "12 Jan – 27 Mar")
        #expect(try span("2026-03-02", "2027-01-06", .english) == "2 Mar – 6 Jan 2027")
        #expect(try span("2026-02-24", "2026-02-24", .chinese) == "2月24日")
        #expect(try span("2026-03-02", "2027-01-06", .chinese) == "3月2日 – 2027年1月6日")
    }

    @Test("a sum says its currency")
    func sums() throws {
        let yuan = try #require(Money("48000", currency: .yuan))
        let dollars = try #require(Money("USD 1250.5", currency: .yuan))
        #expect(DisplayText.sum(yuan, .chinese) == "48,000 元" && DisplayText.sum(yuan, .english) == "48,000 CNY")
        #expect(DisplayText.sum(dollars, .chinese) == "1,250.50 USD")
    }
}
