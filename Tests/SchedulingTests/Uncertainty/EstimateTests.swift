import Foundation
import Testing

@testable import Scheduling

@Suite("Estimates")
struct EstimateTests {
    static let kinds: [Estimate] = [
        .pert(optimistic: 100, mostLikely: 300, pessimistic: 1000), .pert(optimistic: 0, mostLikely: 0, pessimistic: 500),
        .pert(optimistic: 100, mostLikely: 400, pessimistic: 900, weight: 2),
        .triangular(optimistic: 100, mostLikely: 150, pessimistic: 700), .uniform(from: 20, to: 90),
        .normal(mean: 1000, standardDeviation: 100), .logNormal(mean: 500, standardDeviation: 200),
        .range(low: 100, mostLikely: 200, high: 450), .history([3, 8, 1, 20, 7, 7.5]),
        .discrete([.init(10, weight: 1), .init(30, weight: 2), .init(70, weight: 1)]),
    ]

    @Test("a lognormal distribution given by its deciles has them")
    func logNormalDeciles() {
        let estimate = Estimate.logNormal(p10: 300, p90: 1200)
        #expect(abs(estimate.quantile(0.1) - 300) < 1e-6)
        #expect(abs(estimate.quantile(0.9) - 1200) < 1e-6)
        // Between the two the median of a lognormal distribution is their geometric mean.
        #expect(abs(estimate.quantile(0.5) - 600) < 1e-6)
    }

    @Test("mean and variance are those of the quantile function", arguments: kinds)
    func moments(estimate: Estimate) {
        // ∫ q(p) dp and ∫ q(p)² dp by the midpoint rule, after p = 3s² − 2s³ that tames the ends.
        let steps = 20_000
        var (mean, square) = (0.0, 0.0)
        for step in 0..<steps {
            let s = (Double(step) + 0.5) / Double(steps)
            let value = estimate.quantile(s * s * (3 - 2 * s))
            let weight = 6 * s * (1 - s) / Double(steps)
            mean += weight * value
            square += weight * value * value
        }
        #expect(abs(mean - estimate.mean) < 1e-4 * estimate.mean)
        #expect(abs(square - mean * mean - estimate.variance) < 1e-3 * estimate.variance)
    }

    @Test("the table that is sampled from has the mean and variance of the estimate", arguments: kinds)
    func sampled(estimate: Estimate) {
        var tables: [Float] = []
        let sampler = Sampler(estimate, tables: &tables)
        if tables.isEmpty { tables = [0] }
        let draws = (0..<16_384).map { Int32($0 * 512 + 256) }
        var values = [Float](repeating: 0, count: draws.count)
        for first in stride(from: 0, to: draws.count, by: Lanes.count) {
            values.withUnsafeMutableBufferPointer { target in
                draws.withUnsafeBufferPointer { source in
                    sampler.fill(target.baseAddress! + first, from: source.baseAddress! + first, tables: tables)
                }
            }
        }
        let distribution = SampleDistribution(values.map(Double.init))
        let deviation = estimate.variance.squareRoot()
        #expect(abs(distribution.mean - estimate.mean) < 2e-3 * deviation)
        #expect(abs(distribution.standardDeviation - deviation) < 5e-3 * deviation)
        for index in [1, 16, 164, 1638, 8000, 14_745, 16_220, 16_367, 16_382] {
            let p = (Double(index) + 0.5) / 16_384
            if case .discrete = estimate { continue }
            #expect(abs(distribution.sorted[index] - estimate.quantile(p)) < 0.02 * deviation)
        }
    }

    @Test("the beta quantile inverts the polynomial that I(x; 2, 3) is")
    func betaQuantile() {
        // I(x; 2, 3) = 6x² − 8x³ + 3x⁴
        for x in [0.01, 0.2, 0.4, 0.5, 0.77, 0.95] {
            let p = 6 * x * x - 8 * x * x * x + 3 * x * x * x * x
            #expect(abs(SpecialFunctions.betaQuantile(p, 2, 3) - x) < 1e-9)
        }
    }

    @Test("normal quantiles agree with the printed tables")
    func normalQuantile() {
        let table = [(0.5, 0.0), (0.8, 0.8416212336), (0.9, 1.2815515655), (0.975, 1.9599639845), (0.999, 3.0902323062)]
        for (p, z) in table {
            #expect(abs(SpecialFunctions.normalQuantile(p) - z) < 1e-9)
            #expect(abs(SpecialFunctions.normalQuantile(1 - p) + z) < 1e-9)
            #expect(abs(SpecialFunctions.normalDistribution(z) - p) < 1e-9)
        }
    }

    @Test("a three-point estimate has the classic mean, and the classic variance beside the beta's own")
    func classicMoments() {
        // O = 6, M = 9, P = 18: (6 + 36 + 18) / 6 = 10; (18 − 6)² / 36 = 4; beta: (10 − 6)(18 − 10) / 7 = 32 / 7.
        let estimate = Estimate.pert(optimistic: 6, mostLikely: 9, pessimistic: 18)
        #expect(estimate.mean == 10)
        #expect(estimate.classicVariance == 4)
        #expect(abs(estimate.variance - 32.0 / 7) < 1e-12)
    }

    @Test("a range from P10 to P90 leaves a tenth outside on either side", arguments: [100.0, 140, 200, 450])
    func range(mode: Double) {
        let estimate = Estimate.range(low: 100, mostLikely: mode, high: 450)
        #expect(abs(estimate.quantile(0.1) - 100) < 1e-6)
        #expect(abs(estimate.quantile(0.9) - 450) < 1e-6)
        #expect(estimate.quantile(0) < 100)
        #expect(estimate.quantile(1) > 450)
    }

    @Test("estimates that can't be meant are refused with the reason")
    func flaws() {
        func flaw(_ estimate: Estimate) -> EstimateFlaw? {
            do {
                try estimate.validate()
                return nil
            } catch { return error }
        }
        #expect(flaw(.pert(optimistic: 5, mostLikely: 4, pessimistic: 9)) == .pointsOutOfOrder)
        #expect(flaw(.uniform(from: 2, to: 1)) == .pointsOutOfOrder)
        #expect(flaw(.fixed(.nan)) == .notFinite)
        #expect(flaw(.logNormal(mean: 0, standardDeviation: 1)) == .impossibleMoments)
        #expect(flaw(.discrete([.init(1, weight: 0)])) == .noValues)
        #expect(flaw(.history([])) == .noValues)
        #expect(flaw(.range(low: 1, mostLikely: 2, high: 3, lowShare: 0.5, highShare: 0.4)) == .impossibleShares)
        #expect(flaw(.triangular(optimistic: 1, mostLikely: 1, pessimistic: 1)) == nil)
    }
}
