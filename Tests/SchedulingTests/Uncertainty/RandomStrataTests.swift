import Testing

@testable import Scheduling

@Suite("Latin hypercube draws")
struct RandomStrataTests {
    private func draws(_ source: UInt64, batch: Int, seed: UInt64 = 7) -> [Int32] {
        var draws = [Int32](repeating: 0, count: RandomStrata.batchSize)
        RandomStrata(seed: seed).key(source: source, batch: batch).fill(&draws, from: 0, count: RandomStrata.batchSize)
        return draws
    }

    private func correlation(_ a: [Double], _ b: [Double]) -> Double {
        let (x, y) = (SampleDistribution(a), SampleDistribution(b))
        let sum = zip(a, b).reduce(0) { $0 + ($1.0 - x.mean) * ($1.1 - y.mean) }
        return sum / (Double(a.count - 1) * x.standardDeviation * y.standardDeviation)
    }

    @Test("within a batch each source meets each stratum exactly once")
    func strata() {
        for source in 0..<50 {
            let strata = draws(UInt64(source), batch: source % 3).map { Int($0 >> 13) }
            #expect(strata.sorted() == Array(0..<1024))
        }
    }

    @Test("two sources, and two batches of a source, are as uncorrelated as chance makes them")
    func independence() {
        // The correlation of two random permutations of 1024 has the standard deviation 1 / √1023 = 0.0313.
        var sum = 0.0
        var squares = 0.0
        var greatest = 0.0
        // Centred strata: Σ (i − 511.5)² = (1024³ − 1024) / 12.
        let columns = (0..<40).map { draws(UInt64($0), batch: 0).map { ($0 >> 13) * 2 - 1023 } }
        var pairs = 0.0
        for a in 0..<40 {
            for b in 0..<a {
                var product: Int32 = 0
                for run in 0..<1024 { product &+= columns[a][run] &* columns[b][run] }
                let r = Double(product) / ((1_073_741_824 - 1024) / 3)
                sum += r
                squares += r * r
                greatest = max(greatest, abs(r))
                pairs += 1
            }
        }
        #expect(abs(sum / pairs) < 3 * 0.0313 / pairs.squareRoot())
        #expect(abs((squares / pairs).squareRoot() - 0.0313) < 0.004)
        #expect(greatest < 0.14)
        #expect(abs(correlation(draws(0, batch: 0).map(Double.init), draws(0, batch: 1).map(Double.init))) < 0.13)
    }

    @Test("pairs of draws fill the square evenly")
    func square() {
        // χ² of 8 × 8 cells over 60 batches; its mean is near 63, its 99.99 % point 110.
        var cells = [Double](repeating: 0, count: 64)
        for batch in 0..<60 {
            for (a, b) in zip(draws(5, batch: batch), draws(6, batch: batch)) { cells[Int(a >> 20) * 8 + Int(b >> 20)] += 1 }
        }
        let expected = 60.0 * 1024 / 64
        let square = cells.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
        #expect(square < 110)
    }

    @Test("the place within a stratum is even, and successive runs are not alike")
    func places() {
        var cells = [Double](repeating: 0, count: 16)
        for source in 0..<20 { for draw in draws(UInt64(source), batch: 2) { cells[Int((draw & 0x1FFF) >> 9)] += 1 } }
        let expected = 20.0 * 1024 / 16
        #expect(cells.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected } < 50)
        let column = draws(3, batch: 0).map(Double.init)
        #expect(abs(correlation(Array(column.dropLast()), Array(column.dropFirst()))) < 0.13)
    }
}
