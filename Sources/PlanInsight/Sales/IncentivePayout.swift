import Measures
import PlanModel
import WorkingTime

/// What a sales scheme owes to date, by the lines of the sales target it is reckoned on.
public struct IncentivePayout: Sendable {
    public let sales: SalesSums.Sum
    public let due: Money
    public let isCapped: Bool

    /// What one of the unit of sales figures is in money; nil where the unit is none of money.
    private static let units: [String: Double] = ["元": 1, "千元": 1e3, "万元": 1e4, "百万元": 1e6, "亿元": 1e8, "CNY": 1, "RMB": 1]

    /// - Returns: nil where the scheme has no rate, or sales are not in money or have no target.
    public init?(_ incentive: Typed<Incentive>, _ plan: Plan, today: Day) {
        guard let rate = incentive.rate, rate > 0 else { return nil }
        let parts = plan.all(SalesTarget.self).filter { $0.isTotal != true }
        let asked = Set(incentive.basis ?? [])
        let lines = asked.isEmpty ? parts : plan.all(SalesTarget.self).filter { asked.contains($0.id) }
        let names = Set(lines.compactMap(\.unit))
        guard names.count == 1, let size = names.first.flatMap({ Self.units[$0] }) else { return nil }
        let sales = lines.map { SalesSums.toDate($0, today: today) }.reduce(SalesSums.Sum(), +)
        let commission = Commission(
            threshold: incentive.threshold ?? 0, rate: rate, accelerator: incentive.accelerator ?? 1,
            cap: incentive.cap.map { $0.approximate / size })
        guard let pay = commission.payout(actual: sales.actual, target: sales.target) else { return nil }
        self.sales = sales
        // In whole fen.
        let cents = (pay * size * 100).rounded()
        guard abs(cents) < 1e15 else { return nil }
        let due = Money(units: Int64(cents) * (Money.unitsPerWhole / 100), currency: plan.currency)
        self.due = due
        isCapped = incentive.cap.map { $0.units > 0 && due.units >= $0.units } ?? false
    }
}
