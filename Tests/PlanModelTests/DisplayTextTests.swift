import PlanModel
import Testing
import WorkingTime

/// Values as people read them.
@Suite struct DisplayTextTests {
    private func span(_ start: String, _ finish: String, _ language: Language) throws -> String {
        let today = try #require(Day("2026-11-20"))
        return DisplayText.short(try #require(Day(start)), to: try #require(Day(finish)), language, on: today)
    }

    @Test("days from and to name a day alone once, and another year")
    func spans() throws {
        #expect(try span("2026-02-24", "2026-02-24", .english) == "24 Feb")
        #expect(try span("2026-01-12", "2026-03-27", .english) == "12 Jan – 27 Mar")
        #expect(try span("2026-03-02", "2027-01-06", .english) == "2 Mar – 6 Jan 2027")
        #expect(try span("2026-02-24", "2026-02-24", .chinese) == "2月24日")
        #expect(try span("2026-03-02", "2027-01-06", .chinese) == "3月2日 – 2027年1月6日")
        #expect(try span("2027-01-04", "2027-01-04", .chinese) == "2027年1月4日")
        #expect(try span("2027-01-04", "2027-02-06", .chinese) == "2027年1月4日 – 2月6日")
        #expect(try span("2027-01-04", "2027-02-06", .english) == "4 Jan – 6 Feb 2027")
        #expect(try span("2025-12-29", "2026-01-06", .english) == "29 Dec 2025 – 6 Jan 2026")
    }

    @Test("a sum says its currency")
    func sums() throws {
        let yuan = try #require(Money("48000", currency: .yuan))
        let dollars = try #require(Money("USD 1250.5", currency: .yuan))
        #expect(DisplayText.sum(yuan, .chinese) == "48,000 元" && DisplayText.sum(yuan, .english) == "48,000 CNY")
        #expect(DisplayText.sum(dollars, .chinese) == "1,250.50 USD")
    }

    @Test("figures keep their whole part and no more decimals than four figures need")
    func figures() {
        let expected = [
            23.7142857: "23.71", 4.07142857: "4.071", 0.123456: "0.1235", 17610.25: "17,610.25", -9.8095: "−9.81", 12: "12",
        ]
        for (value, text) in expected { #expect(DisplayText.figure(value) == text) }
    }

    @Test("a value stands with its period in the signs of the language")
    func points() throws {
        let day = try #require(Day("2026-11-15"))
        #expect(DisplayText.point(day, 4.1, .chinese) == "4.1（2026-11-15）")
        #expect(DisplayText.point(day, 4.1, .english) == "4.1 (2026-11-15)")
    }

    @Test("years that follow each other are a span, two or years apart are named")
    func years() {
        #expect(DisplayText.years([2027], .chinese) == "2027")
        #expect(DisplayText.years([2027, 2028], .chinese) == "2027、2028")
        #expect(DisplayText.years([2027, 2029, 2030], .english) == "2027, 2029, 2030")
        #expect(DisplayText.years(Array(2027...2034), .english) == "2027–2034")
    }

    @Test("days that a text lists are set in the signs of the language; other text stays as it is")
    func listedDays() throws {
        let field = try #require(Kind.of(Person.self).field("leave"))
        func text(_ value: String, _ language: Language) -> String {
            let plan = Plan(key: PlanKey("p")!, blueprint: .project)
            return DisplayText(plan, in: Workspace(plans: [plan]), language).text(.text(value), field)
        }
        #expect(text("2026-08-10 至 2026-08-14、2026-09-01", .english) == "2026-08-10 – 2026-08-14, 2026-09-01")
        #expect(text("2026-08-10 至 2026-08-14", .chinese) == "2026-08-10 至 2026-08-14")
        #expect(text("八月 至 九月", .english) == "八月 至 九月")
    }
}
