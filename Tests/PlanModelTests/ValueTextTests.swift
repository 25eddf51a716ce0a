import Testing
import WorkingTime

@testable import PlanModel

@Suite struct ValueTextTests {
    static let context = TextContext(plan: PlanTests.key)
    static let line = Kind.of(BudgetLine.self)
    static let task = Kind.of(PlanTask.self)

    @Test(
        "amounts are read as people write them",
        arguments: [
            ("48000", 48_000.0, "CNY"), ("12万", 120_000, "CNY"), ("1.25万元", 12_500, "CNY"), ("1.23456万", 12_345.6, "CNY"),
            ("3亿", 300_000_000, "CNY"), ("¥1,250.50", 1250.5, "CNY"), ("3百万", 3_000_000, "CNY"), ("€300", 300, "EUR"),
            ("USD 12k", 12_000, "USD"),
            ("-2千", -2000, "CNY"), ("１２万", 120_000, "CNY"), ("￥3.5万元", 35_000, "CNY"), ("一万二", 12_000, "CNY"),
            ("三千五元", 3_500, "CNY"), ("一万零二百", 10_200, "CNY"), ("三百二十万", 3_200_000, "CNY"), ("十", 10, "CNY"),
            ("一亿二千万元", 120_000_000, "CNY"), ("两百五", 250, "CNY"), ("一百五十万零三", 1_500_003, "CNY"),
        ])
    func amounts(text: String, amount: Double, currency: String) throws {
        let field = try #require(Self.line.field("planned"))
        let value = try field.value(from: text, in: Self.context)
        #expect(value == .money(Money(units: Int64(amount * 10_000), currency: try #require(Currency(currency)))))
    }

    @Test(
        "what is no amount is refused",
        arguments: ["万", "12万万万", "12.x万", "十十", "1.23456", "--3万", "12 万 3", "$3元", "一万亿万", "千", "三万一亿"])
    func noAmounts(text: String) throws {
        let field = try #require(Self.line.field("planned"))
        let problem = #expect(throws: Problem.self) { try field.value(from: text, in: Self.context) }
        #expect(problem?.code == "value.unreadable")
    }

    @Test(
        "commas group thousands and nothing else; where they do not, both readings are offered",
        arguments: [
            ("1,200", 1200.0, ""), ("1,200,300.5", 1_200_300.5, ""), ("-12,000", -12_000, ""), ("１，２００", 1200, ""),
            ("1,200万", 12_000_000, ""), ("1,5", nil, "write 1.5 or 15."), ("12,34", nil, "write 12.34 or 1234."),
            ("0,500", nil, "write 0.500 or 0500."), ("1，5", nil, "write 1.5 or 15."), ("12,5万", nil, "write 12.5万 or 125万."),
            ("1,2,3", nil, "It takes"), ("1,,200", nil, "It takes"),
        ] as [(String, Double?, String)])
    func commas(text: String, number: Double?, remedy: String) throws {
        let measure = Kind.of(Measure.self)
        for field in [try #require(measure.field("target")), try #require(Self.line.field("planned"))] {
            guard let number else {
                let problem = #expect(throws: Problem.self) { try field.value(from: text, in: Self.context) }
                #expect(problem?.remedy.en.contains(remedy) == true, "\(problem?.remedy.en ?? "")")
                continue
            }
            let value = try field.value(from: text, in: Self.context)
            let money = Money(units: Int64(number * 10_000), currency: .yuan)
            #expect(value == (field.type == .money ? .money(money) : .number(number)))
        }
    }

    @Test("a currency is one that there is, in either case")
    func currencies() throws {
        let field = try #require(Kind.of(PlanHeader.self).field("currency"))
        let header = RecordID(plan: PlanTests.key, prefix: "PLAN", number: 0)
        for (text, code) in [("USD", "USD"), ("usd", "USD"), ("Eur", "EUR"), ("ＣＮＹ", "CNY")] {
            #expect(try field.value(from: text, in: Self.context) == .text(code))
        }
        for text in ["yuan", "YEN", "XYZ", "U", "美元"] {
            let problem = #expect(throws: Problem.self) { try field.value(from: text, in: Self.context) }
            #expect(problem?.remedy.en.contains("CNY, USD or EUR") == true && problem?.remedy.zh.contains("ISO 4217") == true)
            #expect(field.problems(with: .text(text), in: header).map(\.code) == ["value.currency"])
        }
        let planned = try #require(Self.line.field("planned"))
        #expect(
            try planned.value(from: "usd 300", in: Self.context) == .money(Money(units: 3_000_000, currency: Currency("USD")!)))
        let unknown = try planned.value(from: "YEN 300", in: Self.context)
        #expect(planned.problems(with: unknown, in: header).map(\.code) == ["value.currency"])
    }

    @Test("a day that is named twice is told", arguments: ["2026-01: 1, 2026-01-31: 2", "2026-01：1；2026/1/31：1"])
    func dayTwice(text: String) throws {
        let field = try #require(Kind.of(Measure.self).field("values"))
        let problem = #expect(throws: Problem.self) { try field.value(from: text, in: Self.context) }
        #expect(problem?.code == "value.twice" && problem?.message.en.contains("2026-01-31 twice") == true)
    }

    @Test(
        "what cannot be reckoned with is out of range",
        arguments: [
            ("task", "predecessors", "T-1 FS+99999999999999999999%"), ("task", "predecessors", "T-1 SS-1001%"),
            ("task", "assignments", "P-1 1e300"), ("task", "assignments", "P-1 1e-300"), ("measure", "target", "1e16"),
            ("measure", "baseline", "-1e300"), ("measure", "values", "2026-01: 1e14, 2026-02: -1e15"),
        ])
    func limits(kind: String, field: String, text: String) throws {
        let field = try #require((kind == "task" ? Self.task : Kind.of(Measure.self)).field(field))
        let value = try #require(try field.value(from: text, in: Self.context))
        let problems = field.problems(with: value, in: RecordID(plan: PlanTests.key, prefix: "T", number: 9))
        #expect(problems.map(\.code) == ["value.range"])
    }

    @Test("what people mean is within the limits", arguments: ["T-1 FS+100%", "T-1 SS-50%, T-2 FF+1000%"])
    func lags(text: String) throws {
        let field = try #require(Self.task.field("predecessors"))
        let value = try #require(try field.value(from: text, in: Self.context))
        #expect(field.problems(with: value, in: RecordID(plan: PlanTests.key, prefix: "T", number: 9)).isEmpty)
    }

    @Test(
        "durations are read as people write them",
        arguments: [
            ("10", "10d"), ("十天", "10d"), ("10个工作日", "10d"), ("两周", "2w"), ("二十五天", "25d"), ("一百一十二天", "112d"),
            ("一百零五天", "105d"), ("半天", "0.5d"), ("三个小时", "3h"), ("2个星期", "2w"), ("1.5 d", "1.5d"), ("三十分钟", "30min"),
        ])
    func durations(text: String, short: String) throws {
        let field = try #require(Self.task.field("duration"))
        let value = try field.value(from: text, in: Self.context)
        #expect(value.map { field.text(of: $0, in: Self.context) } == short)
    }

    @Test("what is no duration is refused", arguments: ["十", "天", "半个月", "十十天", "百天", "个天", "三个月", "二三天", "5dd"])
    func noDurations(text: String) throws {
        let field = try #require(Self.task.field("duration"))
        #expect(throws: Problem.self) { try field.value(from: text, in: Self.context) }
    }

    @Test(
        "a share without a sign is a percentage where it is too much for a share",
        arguments: [
            ("45%", 0.45), ("45", 0.45), ("0.45", 0.45), ("1", 1), ("100", 1), ("2", 0.02), ("33.3", 0.333), ("八成", 0.8),
            ("八成五", 0.85), ("十成", 1), ("百分之十二", 0.12), ("一半", 0.5), ("六十", 0.6),
        ])
    func shares(text: String, share: Double) throws {
        let field = try #require(Self.task.field("progress"))
        let value = try field.value(from: text, in: Self.context)
        #expect(value == .number(share))
    }

    @Test("elapsed time is written as Chinese is, and read so")
    func elapsed() throws {
        let duration = try #require(WorkDuration("3ed"))
        #expect(duration.text(in: .chinese) == "3 天（连续）")
        #expect(WorkDuration(duration.text(in: .chinese)) == duration && WorkDuration("3天(连续)") == duration)
    }

    @Test("what is no share is refused", arguments: ["成", "十一成", "八成十", "零成", "百分之", "成五", "八成五五"])
    func noShares(text: String) throws {
        let field = try #require(Self.task.field("progress"))
        #expect(throws: Problem.self) { try field.value(from: text, in: Self.context) }
    }

    @Test("every share is written so that it is read again as the same")
    func sharesReadAgain() throws {
        let field = try #require(Self.task.field("progress"))
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let share = Double.random(in: 0...5, using: &random)
            let text = field.text(of: .number(share), in: Self.context)
            #expect(try field.value(from: text, in: Self.context) == .number(share), "\(text)")
        }
    }
}
