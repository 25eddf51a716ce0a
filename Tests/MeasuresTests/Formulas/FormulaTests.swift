import Measures
import Testing

@Suite("KPI formulas")
struct FormulaTests {
    private let data: [String: [Double?]] = [
        "已解决": [40, 45, 48], "总数": [50, 50, 0], "收入": [10, 20, 30, 40, nil, 60, 70, 80, 90, 100, 110, 120, 15, 25, 36],
    ]

    private func evaluate(_ text: String, at period: Int = 0) throws -> FormulaOutcome {
        let formula = try Formula(text)
        return formula.evaluate(at: period, calendar: FormulaCalendar(periodsPerYear: 12)) { name, period in
            guard let values = data[name] else { return .unknown(.unknownMeasure(name)) }
            guard values.indices.contains(period), let value = values[period] else {
                return .unknown(.missing(measure: name, period: period))
            }
            return .value(value)
        }
    }

    private func failure(_ text: String) -> FormulaError? {
        do {
            _ = try Formula(text)
            return nil
        } catch { return error }
    }

    @Test(
        "arithmetic follows the usual order",
        arguments: [
            ("1+2*3", 7.0), ("(1+2)*3", 9), ("2^3^2", 512), ("-2^2", -4), ("2^-1", 0.5), ("8/4/2", 1), ("10-4-3", 3),
            ("50%", 0.5),
            ("200*10%", 20), ("1.5e2", 150), (".5+1", 1.5), ("--3", 3), ("abs(-4)", 4), ("round(2.345, 1)", 2.3),
            ("round(2.5)", 3),
            ("smaller(3, 2, 5)", 2), ("较大(3, 2, 5)", 5), ("if(2 > 1, 10, 20)", 10), ("如果(2 <= 1, 10, 20)", 20),
            ("if(1 != 1, 1, 0)", 0),
        ])
    func arithmetic(text: String, wanted: Double) throws {
        #expect(abs(try #require(evaluate(text).value) - wanted) < 1e-12)
    }

    @Test("the formula of the solved share, also in full-width characters")
    func solvedShare() throws {
        #expect(try evaluate("([已解决]/[总数])*100").value == 80)
        #expect(
            try evaluate("\u{FF08}\u{3010}已解决\u{3011}\u{00F7}\u{3010}总数\u{3011}\u{FF09}\u{00D7}\u{FF11}\u{FF10}\u{FF10}").value
                == 80)
        #expect(try evaluate("100 * [ 已解决 ] / [总数]", at: 1).value == 90)
    }

    @Test("functions over periods: sums, averages, previous, year to date, a year ago")
    func periods() throws {
        #expect(try evaluate("sum([收入], 3)", at: 3).value == 90)
        #expect(try evaluate("合计([收入])", at: 3).value == 100)
        #expect(try evaluate("avg([收入], 3)", at: 5).value == 50)
        #expect(try evaluate("count([收入], 3)", at: 5).value == 2)
        #expect(try evaluate("min([收入], 3)", at: 5).value == 40)
        #expect(try evaluate("最大([收入])", at: 8).value == 90)
        #expect(try evaluate("[收入] - 上期([收入])", at: 3).value == 10)
        #expect(try evaluate("previous(previous([收入]))", at: 3).value == 20)
        #expect(try evaluate("本年累计([收入])", at: 13).value == 40)
        #expect(try evaluate("ytd([收入])", at: 3).value == 100)
        #expect(try evaluate("[收入] / 去年同期([收入]) - 1", at: 12).value == 0.5)
        #expect(abs(try #require(evaluate("sum([收入], 3)/lastYear(sum([收入],3))", at: 14).value) - 76.0 / 60) < 1e-12)
    }

    @Test("a trace shows the value of every part, down to the measures")
    func trace() throws {
        let formula = try Formula("([已解决]/[总数])*100 + if(1 > 2, [a], sum([收入], 2))")
        let trace = formula.trace(at: 1) { name, period in
            .value(name == "已解决" ? 45 : name == "总数" ? 50 : Double(10 * (period + 1)))
        }
        #expect(trace.outcome.value == 120)
        #expect(trace.parts.map(\.outcome.value) == [90, 30])
        #expect(trace.parts[0].parts[0].text == "([已解决]/[总数])")
        #expect(trace.parts[0].parts[0].parts.map(\.measure) == ["已解决", "总数"])
        let sum = try #require(trace.parts[1].parts.last)
        #expect(sum.parts.map(\.period) == [0, 1])
        #expect(sum.parts.map(\.outcome.value) == [10, 20])
        #expect(!trace.parts[1].parts.contains { $0.text == "[a]" })
    }

    @Test("missing values and division by zero are explained, never a NaN")
    func gaps() throws {
        #expect(try evaluate("[已解决]/[总数]", at: 2).gap == .divisionByZero(divisor: "[总数]", period: 2))
        #expect(try evaluate("sum([收入], 3)", at: 5).gap == .missing(measure: "收入", period: 4))
        #expect(try evaluate("上期([收入])", at: 0).gap == .missing(measure: "收入", period: -1))
        #expect(try evaluate("avg(上期([收入]), 1)", at: 0).gap == .nothingToAggregate(expression: "avg(上期([收入]), 1)", period: 0))
        #expect(try evaluate("2 * (0-1)^0.5").gap == .noNumber(expression: "(0-1)^0.5", period: 0))
        #expect(try evaluate("1/([总数]-50)").gap == .divisionByZero(divisor: "([总数]-50)", period: 0))
        #expect(try evaluate("[利润]").gap == .unknownMeasure("利润"))
        let label: (Int) -> String = { "2026-0\($0 + 1)" }
        #expect(try evaluate("[已解决]/[总数]", at: 2).gap?.wording(label: label).zh == "除数 [总数] 在 2026-03 为零")
        #expect(try evaluate("[已解决]", at: 7).gap?.wording(label: label).en == "[已解决] has no value in 2026-08")
    }

    @Test(
        "faults name the place",
        arguments: [
            ("", 0), ("1+", 2), ("1+*2", 2), ("(1+2", 4), ("[已解决", 0), ("[]", 0), ("1 2", 2), ("sum([a], 0)", 9),
            ("sum([a], [b])", 9),
            ("previous([a], 2)", 0), ("求合([a])", 0), ("已解决/2", 0), ("1 # 2", 2), ("1..2", 0), ("if(1, 2, 3)", 3), ("(1<2)+1", 0),
            ("1<2", 0), ("sum [a]", 4), ("1)", 1), ("if(1<2, 3)", 0),
        ])
    func places(text: String, place: Int) throws {
        let error = try #require(failure(text))
        #expect(error.range.lowerBound == place, "\(error)")
        #expect(!error.wording.zh.isEmpty && !error.wording.en.isEmpty)
    }

    @Test("faults say what was expected, and which name was near")
    func expectations() throws {
        #expect(
            failure("1+")?.wording.en
                == "At character 3: the formula ends here, but a number, a [measure], a function or “(” is expected")
        #expect(failure("averge([a])")?.kind == .unknownFunction("averge", near: "average"))
        #expect(failure("求合([a])")?.kind == .unknownFunction("求合", near: "求和"))
        #expect(failure("收入*2")?.kind == .unknownFunction("收入", near: nil))
    }

    @Test("hostile formulas end with an error, not a crash")
    func hostile() throws {
        #expect(failure(String(repeating: "(", count: 5000))?.kind == .tooDeep(limit: 100))
        #expect(failure(String(repeating: "-", count: 5000) + "1") != nil)
        #expect(failure(String(repeating: "1+", count: 4000) + "1") != nil)
        #expect(failure(String(repeating: "2^", count: 4000) + "1") != nil)
        #expect(failure(String(repeating: "1", count: 20_000)) != nil)
        let tower = try Formula(String(repeating: "avg(", count: 20) + "[a]" + String(repeating: ", 900)", count: 20))
        #expect(tower.trace(at: 2000) { _, _ in .value(1) }.outcome.gap != nil)
        let nested = "sum(sum(sum(1, 1000), 1000), 1000)"
        #expect(try evaluate(nested).gap == .tooMuchWork(expression: nested))
    }

    @Test("random texts of formula characters either parse or give an error inside the text")
    func randomTexts() {
        var dice = Dice(12)
        let pieces = ["(", ")", "[a]", "1", "2.5", "+", "-", "*", "/", "^", "%", ",", "sum", "if", "<", "上期", " ", "[", "]", "e"]
        for _ in 0..<3000 {
            let text = (0..<dice.roll(1...12)).map { _ in pieces[dice.roll(0...pieces.count - 1)] }.joined()
            if let error = failure(text) {
                #expect(error.range.lowerBound >= 0 && error.range.upperBound <= text.count, "\(text)")
            }
        }
    }

    @Test("references are listed with their places")
    func references() throws {
        let formula = try Formula("[a b] / (1 + [c])")
        #expect(formula.references.map(\.name) == ["a b", "c"])
        #expect(formula.references.map(\.range) == [0..<5, 13..<16])
    }
}

@Suite("Units of formulas")
struct FormulaUnitTests {
    private let units: [String: String] = ["收入": "元", "成本": "元", "订单": "件", "工时": "小时", "人数": "人", "满意度": "%", "收入万": "万元"]

    private func check(_ text: String, _ declared: String? = nil) throws -> String? {
        try Formula(text).checkUnits(declared: declared.map { MeasureUnit($0) }) { units[$0].map { MeasureUnit($0) } }?.text
    }

    private func kind(_ text: String, _ declared: String? = nil) -> FormulaError.Kind? {
        do {
            _ = try check(text, declared)
            return nil
        } catch { return (error as? FormulaError)?.kind }
    }

    @Test("units multiply, divide and cancel")
    func algebra() throws {
        #expect(try check("[收入]/[订单]") == "元/件")
        #expect(try check("[收入]/[订单]*[订单]") == "元")
        #expect(try check("([收入]-[成本])/[收入]*100", "%") == "1")
        #expect(try check("[工时]/[人数]/上期([人数])") == "小时/人^2")
        #expect(try check("[工时]^2") == "小时^2")
        #expect(try check("count([收入], 3)") == "1")
        #expect(try check("if([收入] > [成本], [收入], 0)", "元") == "元")
        #expect(try check("1 + 2") == nil)
        #expect(MeasureUnit("h") == MeasureUnit("小时"))
        #expect(MeasureUnit("元/件·天") == MeasureUnit("元") / MeasureUnit("件") * MeasureUnit("天"))
        #expect(MeasureUnit("%") == .none)
    }

    @Test("sums and comparisons of different units are refused at their place, as is a wrong result")
    func mismatches() {
        #expect(kind("[收入] + [订单]") == .unitMismatch(operation: "+", left: "元", right: "件"))
        #expect(kind("[收入] + [收入万]") == .unitMismatch(operation: "+", left: "元", right: "万元"))
        #expect(kind("if([收入] > [工时], 1, 2)") == .unitMismatch(operation: "=", left: "元", right: "小时"))
        #expect(kind("2^[收入]") == nil)
        #expect(kind("[收入]^[人数]") == .unitOfPower("元"))
        #expect(kind("[收入]/[订单]", "元") == .resultUnit(computed: "元/件", declared: "元"))
        #expect(kind("[满意度] + 5", "%") == nil)
        // The place is that of the operand which does not fit.
        for (text, part) in [
            ("[收入] + [订单]", "[订单]"), ("[收入] - [成本] + [工时]", "[工时]"), ("if([收入] > [工时], 1, 2)", "[工时]"),
            ("max([收入], [订单])", "[订单]"), ("if(1 > 2, [收入], [订单])", "[订单]"), ("[收入]^[人数]", "[人数]"),
        ] {
            #expect { try check(text) } throws: { error in
                guard let range = (error as? FormulaError)?.range else { return false }
                return String(Array(text)[range]) == part
            }
        }
    }

    @Test("one argument is one")
    func oneArgument() {
        #expect {
            try check("abs(1, 2)")
        } throws: {
            ($0 as? FormulaError)?.wording.en == "At character 1: “abs” takes 1 argument, here are 2"
        }
    }
}
