import Testing

@testable import Measures

@Suite struct MarketingTests {
    @Test("an activity's costs and returns, and nothing where there is nothing to divide by")
    func activity() {
        let activity = MarketingActivity(name: "展会", spend: 200, leads: 40, deals: 8, revenue: 1000)
        #expect(activity.costPerLead == 5)
        #expect(activity.costPerDeal == 25)
        #expect(activity.conversion == 0.2)
        #expect(activity.revenueOnSpend == 5)
        #expect(activity.returnOnInvestment(grossMargin: 0.5) == 1.5)
        #expect(MarketingActivity(name: "", spend: 0, leads: 0, deals: 0, revenue: 9).revenueOnSpend == nil)
    }

    @Test("the marginal return is the slope of the curve, and falls beyond the inflection")
    func marginal() {
        for slope in [0.6, 1, 2.5] {
            let curve = SaturationCurve(top: 100, half: 30, slope: slope)
            #expect(abs(curve.value(30) - 50) < 1e-12)
            for spend in [5.0, 20, 60, 300] {
                let numeric = (curve.value(spend + 1e-4) - curve.value(spend - 1e-4)) / 2e-4
                #expect(abs(curve.marginal(spend) - numeric) < 1e-6)
            }
            let turn = curve.inflection
            #expect(curve.marginal(turn + 1) > curve.marginal(turn + 2))
            if turn > 1 { #expect(curve.marginal(turn - 1) < curve.marginal(turn)) }
        }
    }

    @Test("curves are found again from their points")
    func fit() throws {
        let simple = SaturationCurve(top: 500, half: 40)
        let first = try #require(SaturationFit([10, 20, 40, 80, 160].map { ($0, simple.value($0)) }))
        #expect(relativeError(first.curve.top, 500) < 1e-4 && relativeError(first.curve.half, 40) < 1e-4)
        #expect(first.determination > 0.999999 && first.notes.isEmpty)
        let hill = SaturationCurve(top: 900, half: 50, slope: 2.2)
        let second = try #require(SaturationFit([5, 10, 20, 30, 50, 70, 100, 150, 200].map { ($0, hill.value($0)) }))
        #expect(relativeError(second.curve.slope, 2.2) < 1e-3 && relativeError(second.curve.top, 900) < 1e-3)
    }

    @Test("a fit says when saturation isn't seen or spend explains little")
    func doubts() throws {
        let line = try #require(SaturationFit([(1, 1), (2, 2), (3, 3), (4, 4)]))
        #expect(line.notes.contains(.saturationNotSeen))
        let noise = try #require(SaturationFit([(1, 9), (2, 1), (3, 8), (4, 2), (5, 7), (6, 1)]))
        #expect(noise.notes.contains(.poorFit))
        #expect(SaturationFit([(1, 1), (2, 2)]) == nil)
        #expect(SaturationFit([(1, 1), (2, .nan), (3, 1)]) == nil)
    }

    /// Truth: every split in steps of 1.
    @Test("the best split beats every split on a grid, within limits")
    func allocation() throws {
        var dice = Dice(9)
        for round in 0..<40 {
            let isConcave = round % 2 == 0
            let options = (0..<3).map { index in
                BudgetOption(
                    name: "\(index)",
                    curve: SaturationCurve(
                        top: Double(dice.roll(20...200)), half: Double(dice.roll(3...30)),
                        slope: isConcave ? 0.5 + dice.share() / 2 : 1 + 2 * dice.share()),
                    today: 10, least: Double(dice.roll(0...4)), most: Double(dice.roll(12...30)))
            }
            let found = try #require(BudgetAllocation(options, budget: 30))
            var best = 0.0
            for a in 0...30 {
                for b in 0...(30 - a) {
                    let split = [Double(a), Double(b), Double(30 - a - b)]
                    guard zip(options, split).allSatisfy({ $1 >= $0.least && $1 <= $0.most }) else { continue }
                    best = max(best, zip(options, split).map { $0.curve.value($1) }.reduce(0, +))
                }
            }
            #expect(found.bound >= best - 1e-9, "round \(round)")
            #expect(zip(options, found.spends).allSatisfy { $1 >= $0.least - 1e-9 && $1 <= $0.most + 1e-9 })
            #expect(found.spends.reduce(0, +) <= 30 + 1e-9)
            #expect(found.expected >= found.expectedToday - 1e-9)
            if isConcave {
                #expect(found.expected >= best - 1e-9, "round \(round)")
                #expect(found.bound - found.expected < 1e-6 * found.bound)
            } else {
                #expect(found.expected >= 0.999 * best, "round \(round): \(found.expected) of \(best)")
            }
        }
    }

    @Test("limits that leave no room are refused")
    func limits() {
        let option = BudgetOption(name: "", curve: SaturationCurve(top: 10, half: 5), today: 3, least: 2, most: 8)
        #expect(BudgetAllocation([option], budget: 1) == nil)
        #expect(BudgetAllocation([option], budget: 9) == nil)
        #expect(BudgetAllocation([], budget: 9) == nil)
        #expect(BudgetAllocation([option], budget: 5)?.spends == [5])
        #expect(BudgetAllocation([option], budget: 5)?.wording.zh == "按建议重新分配，预期回报比今天的分配高 33.3%。")
    }
}
