import Testing

@testable import Measures

@Suite struct CommissionTests {
    /// 3 % from 80 % on, half as much again above the target, no more than 15.
    private static let scheme = Commission(threshold: 0.8, rate: 0.03, accelerator: 1.5, cap: 15)

    @Test(
        "nothing below the threshold, the rate from it on, more above the target, never more than the cap",
        arguments: [(79.0, 0.0), (80, 2.4), (100, 3), (120, 3.9), (1000, 15), (0, 0), (-5, 0)])
    func payout(actual: Double, wanted: Double) throws {
        let found = try #require(Self.scheme.payout(actual: actual, target: 100))
        #expect(abs(found - wanted) < 1e-12)
    }

    @Test("without a target or with numbers that cannot be meant there is no payout")
    func none() {
        #expect(Self.scheme.payout(actual: 10, target: 0) == nil)
        #expect(Self.scheme.payout(actual: .nan, target: 10) == nil)
        #expect(Commission(rate: -0.1).payout(actual: 10, target: 10) == nil)
        #expect(Commission(rate: 0.1).payout(actual: 10, target: 100) == 1)
    }
}
