import Testing

@testable import Measures

@Suite struct SummaryTests {
    @Test("a compensated sum keeps what a plain sum loses")
    func sum() {
        #expect([1, 1e100, 1, -1e100].compensatedSum == 2)
        #expect((0..<1_000_000).lazy.map { _ in 0.1 }.compensatedSum == 100_000)
    }

    @Test("the variance survives a large mean, whole or merged")
    func variance() {
        let values = [4.0, 7, 13, 16].map { $0 + 1e9 }
        #expect(Moments(values).variance == 30)
        var first = Moments(values.prefix(1))
        first.merge(Moments(values.dropFirst()))
        #expect(first.variance == 30)
        #expect(first.mean == 1e9 + 10)
        #expect(first.range == 12)
    }

    @Test("quantiles are linear between neighbours")
    func quantile() {
        #expect(linearQuantile(ofSorted: [1, 2, 3, 4], 0.25) == 1.75)
        #expect(linearQuantile(ofSorted: [1, 2, 3, 4], 1) == 4)
        #expect(linearQuantile(ofSorted: [], 0.5) == nil)
        #expect(median([5, 1, 4]) == 4)
    }

    @Test("SplitMix64 and xoshiro256** give the published first words")
    func words() {
        // The words of seed 0 by the authors' C code.
        var generator = SeededGenerator(seed: 0)
        #expect(generator.next() == 0x99EC_5F36_CB75_F2B4)
        #expect(generator.next() == 0xBF6E_1F78_4956_452A)
        #expect(generator.next() == 0x1A5F_849D_4933_E6E0)
    }

    @Test("random numbers have the moments of their distribution")
    func moments() {
        var generator = SeededGenerator(seed: 7)
        let count = 20_000
        func check(_ mean: Double, _ variance: Double, _ draw: (inout SeededGenerator) -> Double) {
            var moments = Moments()
            for _ in 0..<count { moments.add(draw(&generator)) }
            #expect(abs(moments.mean - mean) < 4.5 * (variance / Double(count)).squareRoot(), "mean \(mean)")
            #expect(abs(moments.variance / variance - 1) < 0.1, "variance \(variance)")
        }
        check(0.5, 1 / 12.0) { $0.uniform() }
        check(0, 1) { $0.normal() }
        check(1, 1) { $0.exponential() }
        check(0.4, 0.4) { $0.gamma(shape: 0.4) }
        check(6, 6) { $0.gamma(shape: 6) }
        check(0.25, 0.1875 / 9) { $0.beta(2, 6) }
        check(3, 3) { Double($0.poisson(mean: 3)) }
        check(200, 200) { Double($0.poisson(mean: 200)) }
        check(30, 21) { Double($0.binomial(trials: 100, probability: 0.3)) }
    }

    @Test("numbers are written as people write them: halves away from zero, large ones to the last digit")
    func written() {
        #expect(plainNumber(1e12) == "1,000,000,000,000" && plainNumber(-123_456_789_012.5) == "-123,456,789,012.5")
        #expect(plainNumber(2.675) == "2.68" && plainNumber(1.005) == "1.01" && plainNumber(-0.001) == "0")
        #expect(Wording.counted(1, "row") == "1 row" && Wording.counted(0, "activity", "activities") == "0 activities")
    }
}
