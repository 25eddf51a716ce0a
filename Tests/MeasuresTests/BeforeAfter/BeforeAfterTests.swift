import Testing

@testable import Measures

/// Truth: `Oracles/before_after_oracle.py` with scipy and numpy, and published examples.
@Suite struct BeforeAfterTests {
    struct Case {
        var before: [Double]
        var after: [Double]
        var expected: [Double]
    }

    static func cases(_ name: String) throws -> [Case] {
        func numbers(_ text: String) -> [Double] { text.split(separator: ",").map { Double($0)! } }
        return try fixture("before_after.tsv").filter { $0[0] == name }
            .map { Case(before: numbers($0[1]), after: numbers($0[2]), expected: numbers($0[3])) }
    }

    func agree(_ found: [Double], _ expected: [Double], within tolerance: Double = 1e-9) {
        #expect(found.count == expected.count)
        for (a, b) in zip(found, expected) { #expect(abs(a - b) <= tolerance * max(1, abs(b)), "\(found) \(expected)") }
    }

    @Test("Welch's t: probability and interval")
    func welch() throws {
        for item in try Self.cases("welch") {
            let found = try #require(BeforeAfter.means(before: item.before, after: item.after))
            agree([found.probability, found.change.lower, found.change.upper], item.expected)
            let relative = try #require(found.relative)
            #expect(relative.lower < relative.value && relative.value < relative.upper)
            #expect((relative.upper < 0) == (found.change.upper < 0))
        }
    }

    @Test("Mann–Whitney: exact without ties, corrected with ties; the shift is the median of all pairs")
    func mannWhitney() throws {
        for item in try Self.cases("mannwhitney") {
            let found = try #require(BeforeAfter.ranks(before: item.before, after: item.after))
            let pairs = Double(item.before.count * item.after.count)
            agree([(try #require(found.effectSize) + 1) / 2 * pairs, found.probability, found.change.value], item.expected)
            #expect(found.change.lower <= found.change.value && found.change.value <= found.change.upper)
        }
    }

    @Test("the exact distribution of U is that of all arrangements")
    func exactRanks() {
        // Brute force: 3 of 7 places.
        var counts = [Double](repeating: 0, count: 13)
        for a in 0..<7 { for b in a + 1..<7 { for c in b + 1..<7 { counts[a + b + c - 3] += 1 } } }
        var sum = 0.0
        let expected = counts.map { count in
            sum += count / 35
            return sum
        }
        agree(RankSum.cumulative(3, 4), expected, within: 1e-14)
    }

    @Test("proportions: Newcombe's interval, exact probability for few cases")
    func proportions() throws {
        for item in try Self.cases("proportions") {
            let found = try #require(
                BeforeAfter.proportions(
                    before: (Int(item.before[0]), Int(item.before[1])), after: (Int(item.after[0]), Int(item.after[1]))))
            agree([found.change.lower, found.change.upper, found.probability], item.expected)
        }
        // Newcombe 1998, table II (a): 56/70 less 48/80 is 0.0524 to 0.3339.
        let published = try #require(BeforeAfter.proportions(before: (48, 80), after: (56, 70)))
        agree([published.change.lower, published.change.upper], [0.0524, 0.3339], within: 5e-5)
    }

    @Test("rates: exact interval of the ratio, given the total")
    func rates() throws {
        for item in try Self.cases("rates") {
            let found = try #require(
                BeforeAfter.rates(before: (Int(item.before[0]), item.before[1]), after: (Int(item.after[0]), item.after[1])))
            let relative = try #require(found.relative)
            agree([relative.lower + 1, relative.upper + 1, found.probability], item.expected)
        }
        #expect(try #require(BeforeAfter.rates(before: (0, 5), after: (3, 5))).relative == nil)
    }

    @Test("interrupted series: coefficients, and the wider of two intervals")
    func series() throws {
        for item in try Self.cases("series") {
            let found = try #require(InterruptedSeries(item.before, start: Int(item.after[0])))
            agree(
                [
                    found.level, found.slope, found.levelChange.value, found.slopeChange.value,
                    found.levelChange.upper - found.levelChange.value, found.slopeChange.upper - found.slopeChange.value,
                    found.meanEffect.value, found.meanEffect.upper - found.meanEffect.value,
                ], item.expected)
        }
        #expect(InterruptedSeries([1, 2, 3, 4, 5], start: 3) == nil)
    }

    @Test("the verdict says size, interval and chance in both languages")
    func verdict() {
        let finding = ChangeFinding(
            method: .welch, countBefore: 40, countAfter: 40, before: 100, after: 69, change: Estimate(-31, -37, -24),
            relative: Estimate(-0.31, -0.37, -0.24), probability: 0.01, effectSize: nil, level: 0.95, warnings: [])
        let words = finding.verdict(Wording("平均处理时间", "Mean handling time"), verb: .duration)
        #expect(words.zh == "平均处理时间缩短 31%（95% 区间 24%–37%），不太可能是偶然。")
        #expect(words.en == "Mean handling time became 31% shorter (95% interval 24%–37%), unlikely to be chance.")
        var unsure = finding
        unsure.probability = 0.3
        unsure.relative = Estimate(-0.08, -0.2, 0.05)
        #expect(unsure.verdict(Wording("返工率", "Rework")).zh == "返工率看起来下降 8%，但 95% 区间为 -5%至 20%（负数表示反方向），可能只是偶然波动。")
    }

    @Test("what is held against an earlier course says so; shares have the unit of their interval once")
    func verdictsByMethod() {
        func finding(_ method: ChangeMethod, _ change: Estimate) -> ChangeFinding {
            ChangeFinding(
                method: method, countBefore: 40, countAfter: 40, before: 0.2, after: 0.16, change: change,
                relative: Estimate(-0.29, -0.35, -0.2), probability: 0.0001, effectSize: nil, level: 0.95, warnings: [])
        }
        let course = finding(.interruptedSeries, Estimate(-4, -5, -3)).verdict(
            Wording("解决时长", "Resolution time"), verb: .duration)
        #expect(course.zh == "解决时长比按原走势推算的缩短 29%（95% 区间 20%–35%），几乎不可能是偶然。")
        #expect(
            course.en
                == "Resolution time became 29% shorter against where its earlier trend would have led (95% interval 20%–35%), almost certainly not chance."
        )
        // The median of all differences is not the difference of the medians that stand beside it.
        let ranks = finding(.mannWhitney, Estimate(-83, -86, -79)).verdict(Wording("等待", "Waiting"), verb: .duration)
        #expect(ranks.zh.hasPrefix("等待按典型差值缩短 29%（"))
        #expect(ranks.en.hasPrefix("Waiting became 29% shorter by the typical difference ("))
        let shares = finding(.proportions, Estimate(-0.036, -0.046, -0.026)).verdict(Wording("退回率", "Returns"))
        #expect(shares.zh == "退回率下降 3.6 个百分点（95% 区间 2.6–4.6 个百分点），几乎不可能是偶然。")
        #expect(shares.en.contains("fell by 3.6 percentage points (95% interval 2.6–4.6 percentage points)"))
        var unsure = finding(.welch, Estimate(-1, -3, 1))
        unsure.probability = 0.4
        #expect(unsure.verdict(Wording("周期", "Cycle")).en.hasPrefix("Cycle seems to have fallen by 29%"))
    }

    @Test("data that can't carry a claim are told: too few, unequal, autocorrelated, still")
    func warnings() throws {
        let few = try #require(BeforeAfter.means(before: [1, 2, 3], after: [4, 5, 6]))
        #expect(few.warnings.contains(.tooFew(before: 3, after: 3, needed: 5)))
        #expect(few.verdict(Wording("周期", "Cycle")).zh.contains("数据不足以下结论"))
        let still = try #require(BeforeAfter.means(before: [2, 2, 2, 2, 2], after: [2, 2, 2, 2, 2]))
        #expect(still.warnings.contains(.noVariation))
        let wave = (0..<40).map { Double($0 / 10) }
        let serial = try #require(BeforeAfter.means(before: wave, after: wave.map { $0 * 5 }))
        #expect(serial.warnings.contains { if case .autocorrelated = $0 { true } else { false } })
        #expect(serial.warnings.contains { if case .unequalSpread = $0 { true } else { false } })
        #expect(BeforeAfter.means(before: [1], after: [2, .nan]) == nil)
        #expect(BeforeAfter.proportions(before: (5, 4), after: (1, 4)) == nil)
    }

    @Test("short autocorrelated series without a change seldom claim one")
    func serialCoverage() throws {
        var generator = SeededGenerator(seed: 8)
        var covered = 0
        for _ in 0..<600 {
            var error = 0.0
            let values = (0..<24).map { _ in
                error = 0.3 * error + generator.normal()
                return 50 + error
            }
            let found = try #require(InterruptedSeries(values, start: 12))
            if found.meanEffect.lower <= 0, found.meanEffect.upper >= 0 { covered += 1 }
        }
        #expect(covered >= 528)
    }

    @Test("intervals of a true null cover it about as often as they say")
    func coverage() {
        var generator = SeededGenerator(seed: 3)
        var covered = 0
        for _ in 0..<400 {
            let before = (0..<12).map { _ in 10 + generator.normal() }
            let after = (0..<20).map { _ in 10 + 2 * generator.normal() }
            if let found = BeforeAfter.means(before: before, after: after), found.change.lower <= 0, found.change.upper >= 0 {
                covered += 1
            }
        }
        #expect((365...395).contains(covered))
    }
}
