import Measures
import PlanModel
import WorkingTime

/// What a sales scheme owes to date, by the lines of the sales target it is reckoned on: all together, or each region, product or
/// channel by its own attainment.
public struct IncentivePayout: Sendable {
    /// What is owed on the figures of one region, product or channel, or on all of them together.
    public struct Share: Sendable {
        /// Nil where everything is reckoned together.
        public let name: String?
        public let sales: SalesSums.Sum
        public let due: Money
        public let isCapped: Bool
    }

    public let shares: [Share]
    public let due: Money
    /// Whether the cap takes something from any share.
    public var isCapped: Bool { shares.contains(where: \.isCapped) }
    /// What it is reckoned on, in words.
    public let words: Label

    /// What one of the unit of sales figures is in money; nil where the unit is none of money.
    private static let units: [String: Double] = ["元": 1, "千元": 1e3, "万元": 1e4, "百万元": 1e6, "亿元": 1e8, "CNY": 1, "RMB": 1]

    /// - Returns: nil where the scheme has no rate, or sales are not in money or have no target.
    public init?(_ incentive: Typed<Incentive>, _ plan: Plan, today: Day) {
        guard let rate = incentive.rate, rate > 0 else { return nil }
        let lines = incentive.lines(in: plan)
        let names = Set(lines.compactMap(\.unit))
        guard names.count == 1, let unit = names.first, let size = Self.units[unit] else { return nil }
        let commission = Commission(
            threshold: incentive.threshold ?? 0, rate: rate, accelerator: incentive.accelerator ?? 1,
            cap: incentive.cap.map { $0.approximate / size })
        var shares: [Share] = []
        for lines in lines.grouped(by: { incentive.share?.name(of: $0, in: plan) }) {
            let name = lines.first.flatMap { incentive.share?.name(of: $0, in: plan) }
            let sales = lines.map { SalesSums.toDate($0, today: today) }.reduce(SalesSums.Sum(), +)
            // A region that has not begun owes nothing; without any target nothing can be reckoned.
            guard let pay = commission.payout(actual: sales.actual, target: sales.target) else { continue }
            // Until the period is closed it is an estimate: in whole yuan, so that the shares add up as they are shown.
            let whole = (pay * size).rounded()
            guard abs(whole) < 1e13 else { return nil }
            let due = Money(units: Int64(whole) * Money.unitsPerWhole, currency: plan.currency)
            shares.append(
                Share(
                    name: name, sales: sales, due: due,
                    isCapped: incentive.cap.map { $0.units > 0 && due.units >= $0.units } ?? false))
        }
        let sum = shares.reduce(Money.zero(plan.currency) as Money?) { $0?.adding($1.due) }
        guard !shares.isEmpty, let sum else { return nil }
        self.shares = shares
        due = sum
        words = Self.words(shares, unit, threshold: incentive.threshold ?? 0)
    }

    private static func words(_ shares: [Share], _ unit: String, threshold: Double) -> Label {
        let parts = shares.map { share -> Label in
            let sales = "\(DisplayText.number((share.sales.actual * 10).rounded() / 10)) \(unit)"
            let attained = DisplayText.percent(share.sales.attainment ?? 0)
            let isBelow = (share.sales.attainment ?? 0) < threshold
            let name = Label(share.name ?? "合计", share.name ?? "all sales")
            return Label(
                "\(name.zh) \(sales)（达成 \(attained)\(isBelow ? "，未到起付线" : share.isCapped ? "，已封顶" : "")）",
                "\(name.en) \(sales) (\(attained) of target\(isBelow ? ", below the threshold" : share.isCapped ? ", capped" : ""))"
            )
        }
        return Label(parts.map(\.zh).joined(separator: "、"), parts.map(\.en).joined(separator: ", "))
    }
}

extension Typed where K == Incentive {
    /// The lines of the sales target that the incentive is reckoned on: those it names, else all parts of the target.
    func lines(in plan: Plan) -> [Typed<SalesTarget>] {
        let named = Set(self.basis ?? [])
        return plan.all(SalesTarget.self).filter { named.isEmpty ? $0.isTotal != true : named.contains($0.id) }
    }
}

extension IncentiveShare {
    /// What a line belongs to; empty where it does not say.
    func name(of line: Typed<SalesTarget>, in plan: Plan) -> String {
        switch self {
        case .region: line.region ?? ""
        case .product: line.product.flatMap { plan.record($0)?.title } ?? ""
        case .channel: line.channel.flatMap { plan.record($0)?.title } ?? ""
        }
    }
}
