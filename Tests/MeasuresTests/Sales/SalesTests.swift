import Testing

@testable import Measures

@Suite struct SalesTests {
    @Test("a funnel's steps, their intervals and the weakest step")
    func funnel() throws {
        let before = Funnel.Period(name: "一季度", reached: [1000, 400, 100, 50])
        let after = Funnel.Period(name: "二季度", reached: [1200, 480, 60, 30])
        let funnel = try #require(Funnel(stages: ["线索", "商机", "报价", "成交"], periods: [before, after]))
        let steps = funnel.steps(of: after)
        #expect(steps.map(\.conversion) == [0.4, 0.125, 0.5])
        #expect(try #require(steps[1].interval).contains(0.125))
        #expect(funnel.overall(of: before) == 0.05)
        #expect(funnel.total.reached == [2200, 880, 160, 80])
        let weakest = try #require(funnel.weakestStep(of: after, against: before))
        #expect(weakest.step == 1)
        #expect(abs(weakest.missing - 30) < 1e-9)
        #expect(funnel.steps(of: Funnel.Period(name: "", reached: [0, 0, 3, 5])).allSatisfy { $0.conversion == nil })
        #expect(Funnel(stages: ["a", "b"], periods: [Funnel.Period(name: "", reached: [1])]) == nil)
    }

    @Test("CAC, LTV and pay-back show every input")
    func economics() throws {
        let result = UnitEconomics(
            salesSpend: 300_000, marketingSpend: 200_000, newCustomers: 250, monthlyRevenue: 500, grossMargin: 0.8,
            monthlyChurn: 0.04)
        #expect(result.acquisitionCost.value == 2000)
        #expect(result.lifetimeValue.value == 10_000)
        #expect(result.payBack.value == 5)
        #expect(result.ratio.value == 5)
        #expect(result.acquisitionCost.inputs.map(\.value) == [300_000, 200_000, 250])
        #expect(result.ratio.inputs[0].inputs[1].inputs[0].name.zh == "月流失率")
        let missing = UnitEconomics(
            salesSpend: 1, marketingSpend: nil, newCustomers: 0, monthlyRevenue: 500, grossMargin: 0.8, monthlyChurn: 0)
        #expect(missing.acquisitionCost.value == nil)
        #expect(missing.lifetimeValue.value == nil)
    }

    @Test("net promoter score with the margin of a difference of shares")
    func promoters() throws {
        // 60 promoters, 25 passives, 15 detractors: NPS 45; margin 1.96 √((0.75 − 0.45²) ÷ 100) = 14.5 points.
        let scores = [Int](repeating: 9, count: 60) + [Int](repeating: 8, count: 25) + [Int](repeating: 6, count: 15) + [11, -1]
        let result = PromoterScore(scores: scores)
        #expect(result.score == 45)
        #expect(abs(try #require(result.marginOfError) - 14.503) < 1e-3)
        #expect(result.invalid == 2)
        #expect(result.wording.zh == "净推荐值 45 ± 15（100 份回答）。")
        #expect(PromoterScore(scores: []).score == nil)
        #expect(PromoterScore(counts: [0, 0, 0, 0, 0, 0, 15, 0, 25, 60, 0]).marginOfError == result.marginOfError)
        #expect(PromoterScore(counts: [0, 0, 0, 0, 0, 0, 0, 0, 0, 20, 9]).wording.zh == "净推荐值 100 ± 0（29 份回答，样本偏少）。")
    }

    @Test("the cohort triangle counts each customer once a period")
    func cohorts() {
        let triangle = CohortTriangle(
            [("a", 1), ("a", 1), ("a", 3), ("b", 1), ("b", 2), ("c", 2), ("c", 9), ("d", 3)].map {
                (customer: $0.0, period: $0.1)
            }, last: 3)
        #expect(triangle.cohorts.map(\.size) == [2, 1, 1])
        #expect(triangle.cohorts.map(\.active) == [[2, 1, 1], [1, 0], [1]])
        #expect(triangle.meanRetention == [1, 1 / 3.0, 0.5])
        let day = dayNumber(year: 2026, month: 2, day: 28)
        let monthly = CohortTriangle(
            [Order(customer: "a", day: day, amount: nil), Order(customer: "a", day: day + 1, amount: nil)],
            last: 2026 * 12 + 2)
        #expect(monthly.cohorts.map(\.active) == [[1, 1]])
        let quarterly = CohortTriangle(
            [Order(customer: "a", day: day, amount: nil), Order(customer: "a", day: day + 33, amount: nil)], months: 3,
            last: (2026 * 12 + 3) / 3)
        #expect(quarterly.cohorts.map(\.active) == [[1, 1]])
    }

    @Test("price, volume and mix of the textbook")
    func textbook() throws {
        // Two products at 10 and 20; 100 and 100 planned; 150 and 90 sold at 11 and 20.
        let plan = [SalesCell(keys: ["A"], quantity: 100, revenue: 1000), SalesCell(keys: ["B"], quantity: 100, revenue: 2000)]
        let sold = [SalesCell(keys: ["A"], quantity: 150, revenue: 1650), SalesCell(keys: ["B"], quantity: 90, revenue: 1800)]
        let split = try #require(SalesVariance(actual: sold, reference: plan, dimensions: ["产品"]))
        #expect(split.total == SalesVariance.Parts(reference: 3000, actual: 3450, price: 150, volume: 600, mix: -300))
    }

    @Test("mix is told among what is counted in one unit")
    func unlikeUnits() throws {
        func cell(_ product: String, _ region: String, _ quantity: Double, _ unit: String, _ revenue: Int) -> SalesCell {
            SalesCell(keys: [product, region], quantity: quantity, unit: unit, revenue: revenue)
        }
        let plan = [cell("A", "E", 100, "day", 1000), cell("B", "E", 100, "month", 2000)]
        let sold = [cell("A", "E", 150, "day", 1650), cell("B", "E", 90, "month", 1800)]
        let apart = try #require(SalesVariance(actual: sold, reference: plan, dimensions: ["product", "region"]))
        #expect(apart.total == SalesVariance.Parts(reference: 3000, actual: 3450, price: 150, volume: 300))
        // The textbook's two products are two regions of one here; months do not touch what days come to.
        let more = try #require(
            SalesVariance(
                actual: [cell("A", "E", 150, "day", 1650), cell("A", "S", 90, "day", 1800), cell("B", "E", 7, "month", 700)],
                reference: [cell("A", "E", 100, "day", 1000), cell("A", "S", 100, "day", 2000), cell("B", "E", 1, "month", 100)],
                dimensions: ["product", "region"]))
        #expect(more.by(0).first?.parts == SalesVariance.Parts(reference: 3000, actual: 3450, price: 150, volume: 600, mix: -300))
        #expect(more.by(0).last?.parts == SalesVariance.Parts(reference: 100, actual: 700, volume: 600))
    }

    @Test("what has revenue on both sides is neither new nor lost, whatever its quantity was rounded to")
    func unknownQuantities() throws {
        func split(_ then: [SalesCell], _ now: [SalesCell]) throws -> SalesVariance {
            try #require(SalesVariance(actual: now, reference: then, dimensions: ["product", "region"]))
        }
        // A third of a unit was sold at 300 and is written as 0; now two are sold at 350: at the price known, 350, it was 2/7.
        let rounded = try split(
            [SalesCell(keys: ["A", "E"], quantity: 0, revenue: 100)], [SalesCell(keys: ["A", "E"], quantity: 2, revenue: 700)])
        #expect(rounded.total == SalesVariance.Parts(reference: 100, actual: 700, volume: 600))
        // Neither side tells: reckoned at what the product was sold at elsewhere, so that the price says nothing.
        let unknown = try split(
            [SalesCell(keys: ["A", "E"], quantity: 0, revenue: 100), SalesCell(keys: ["A", "S"], quantity: 10, revenue: 1000)],
            [SalesCell(keys: ["A", "E"], quantity: 0, revenue: 300), SalesCell(keys: ["A", "S"], quantity: 10, revenue: 1000)])
        #expect(unknown.total.new == 0 && unknown.total.lost == 0 && unknown.total.price == 0)
        #expect(unknown.total.volume + unknown.total.mix == 200)
        // Without revenue nothing was sold.
        let real = try split(
            [SalesCell(keys: ["A", "E"], quantity: 0, revenue: 0), SalesCell(keys: ["B", "E"], quantity: 1, revenue: 40)],
            [SalesCell(keys: ["A", "E"], quantity: 2, revenue: 700)])
        #expect(real.total == SalesVariance.Parts(reference: 40, actual: 700, new: 700, lost: -40))
    }

    @Test("parts add up to the difference exactly, in total, by cell and by every dimension")
    func addsUp() throws {
        var dice = Dice(4)
        for _ in 0..<200 {
            func cells() -> [SalesCell] {
                (0..<dice.roll(0...12)).map { _ in
                    SalesCell(
                        keys: ["P\(dice.roll(1...3))", "R\(dice.roll(1...2))", "C\(dice.roll(1...2))"],
                        quantity: Double(dice.roll(0...90)) / 7, unit: ["", "day"][dice.roll(0...1)],
                        revenue: dice.roll(-100...1_000_000))
                }
            }
            let (actual, reference) = (cells(), cells())
            let split = try #require(SalesVariance(actual: actual, reference: reference, dimensions: ["p", "r", "c"]))
            func holds(_ parts: SalesVariance.Parts) -> Bool {
                parts.price + parts.volume + parts.mix + parts.new + parts.lost == parts.difference
            }
            #expect(holds(split.total) && split.cells.allSatisfy { holds($0.parts) })
            #expect(split.total.difference == actual.reduce(0) { $0 + $1.revenue } - reference.reduce(0) { $0 + $1.revenue })
            for dimension in 0..<3 {
                let rows = split.by(dimension)
                #expect(rows.allSatisfy { holds($0.parts) })
                #expect(rows.reduce(0) { $0 + $1.parts.mix } == split.total.mix)
                #expect(rows.reduce(0) { $0 + $1.parts.difference } == split.total.difference)
            }
        }
    }

    @Test("extreme quantities and revenues neither trap nor break the sum")
    func extremes() throws {
        let plan = [SalesCell(keys: [], quantity: 1e-300, revenue: 500)]
        let sold = [SalesCell(keys: [], quantity: 1e300, revenue: 700)]
        #expect(try #require(SalesVariance(actual: sold, reference: plan, dimensions: [])).total.difference == 200)
        #expect(SalesVariance(actual: [SalesCell(keys: [], quantity: 1, revenue: .max)], reference: [], dimensions: []) == nil)
        #expect(SalesVariance(actual: [SalesCell(keys: [], quantity: .nan, revenue: 1)], reference: [], dimensions: []) == nil)
    }

    @Test("a shortfall is told in words, the largest part first, with what offset it")
    func attribution() {
        let result = ShortfallAttribution([
            (Wording("华南", "South"), 100_000), (Wording("华东", "East"), -900_000), (Wording("华北", "North"), -400_000),
            (Wording("西部", "West"), 0),
        ])
        #expect(result.contributions.map(\.difference) == [-900_000, -400_000, 100_000])
        #expect(abs(result.contributions.map(\.share).reduce(0, +) - 1) < 1e-12)
        let words = result.wording { Wording("\($0 / 10_000) 万元", "CNY \($0)") }
        #expect(words.zh == "比目标少 120 万元：华东 −90 万元、华北 −40 万元；华南 +10 万元，抵消了一部分。")
        #expect(
            words.en
                == "CNY 1200000 below target: East −CNY 900000, North −CNY 400000; partly offset by South +CNY 100000.")
        let whole = ShortfallAttribution(difference: -50).wording { Wording("\($0) 元", "CNY \($0)") }
        #expect(whole == Wording("比目标少 50 元。", "CNY 50 below target."))
    }
}
