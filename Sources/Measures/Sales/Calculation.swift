/// A number, the formula it came from, and every input: the answer to 「怎么算出来的」.
public struct Calculation: Hashable, Sendable {
    /// What a number counts, for those who write it.
    public enum Meaning: Hashable, Sendable {
        case money, share, count, months, ratio
    }

    public var name: Wording
    public var meaning: Meaning
    /// `nil` where an input is missing or the formula has no value there.
    public var value: Double?
    /// The formula in words; `nil` for an input.
    public var formula: Wording?
    public var inputs: [Calculation]

    /// An input as given.
    public init(_ name: Wording, _ meaning: Meaning, _ value: Double?) {
        self.name = name
        self.meaning = meaning
        self.value = value
        inputs = []
    }

    init(_ name: Wording, _ meaning: Meaning, _ formula: Wording, _ inputs: [Calculation], _ compute: ([Double]) -> Double) {
        self.name = name
        self.meaning = meaning
        self.formula = formula
        self.inputs = inputs
        let values = inputs.compactMap(\.value)
        let result = values.count == inputs.count ? compute(values) : nil
        value = result.flatMap { $0.isFinite ? $0 : nil }
    }
}

/// What a customer costs, is worth, and how long they take to pay back, per month.
public struct UnitEconomics: Hashable, Sendable {
    public var acquisitionCost: Calculation
    public var lifetimeValue: Calculation
    /// Months.
    public var payBack: Calculation
    public var ratio: Calculation

    /// - Parameters:
    ///   - salesSpend, marketingSpend: of the period in which the customers were won, in any unit of money.
    ///   - newCustomers: won in the period.
    ///   - monthlyRevenue: per customer, in the same unit.
    ///   - grossMargin: share of revenue, 0…1.
    ///   - monthlyChurn: share of customers lost a month, above 0 and up to 1.
    /// - Source: CAC, LTV and pay-back as in Skok, "SaaS metrics 2.0"; the lifetime is 1 ÷ churn.
    public init(
        salesSpend: Double?, marketingSpend: Double?, newCustomers: Double?, monthlyRevenue: Double?, grossMargin: Double?,
        monthlyChurn: Double?
    ) {
        let margin = Calculation(
            Wording("每位客户月毛利", "Gross profit per customer and month"), .money,
            Wording("月均收入 × 毛利率", "monthly revenue × gross margin"),
            [
                Calculation(Wording("每位客户月均收入", "Monthly revenue per customer"), .money, monthlyRevenue),
                Calculation(Wording("毛利率", "Gross margin"), .share, grossMargin),
            ]
        ) { $0[0] * $0[1] }
        let lifetime = Calculation(
            Wording("平均客户寿命（月）", "Mean lifetime in months"), .months, Wording("1 ÷ 月流失率", "1 ÷ monthly churn"),
            [Calculation(Wording("月流失率", "Monthly churn"), .share, monthlyChurn.flatMap { $0 > 0 && $0 <= 1 ? $0 : nil })]
        ) { 1 / $0[0] }
        acquisitionCost = Calculation(
            Wording("获客成本（CAC）", "Customer acquisition cost (CAC)"), .money,
            Wording("（销售费用 + 市场费用）÷ 新客户数", "(sales spend + marketing spend) ÷ new customers"),
            [
                Calculation(Wording("销售费用", "Sales spend"), .money, salesSpend),
                Calculation(Wording("市场费用", "Marketing spend"), .money, marketingSpend),
                Calculation(Wording("新客户数", "New customers"), .count, newCustomers),
            ]
        ) { ($0[0] + $0[1]) / $0[2] }
        lifetimeValue = Calculation(
            Wording("客户生命周期价值（LTV）", "Customer lifetime value (LTV)"), .money,
            Wording("月毛利 × 平均寿命", "gross profit a month × lifetime"),
            [margin, lifetime]
        ) { $0[0] * $0[1] }
        payBack = Calculation(
            Wording("回收期（月）", "Payback in months"), .months, Wording("获客成本 ÷ 月毛利", "acquisition cost ÷ gross profit a month"),
            [acquisitionCost, margin]
        ) { $0[1] > 0 ? $0[0] / $0[1] : .infinity }
        ratio = Calculation(
            Wording("LTV 与 CAC 之比", "LTV to CAC"), .ratio, Wording("生命周期价值 ÷ 获客成本", "lifetime value ÷ acquisition cost"),
            [lifetimeValue, acquisitionCost]
        ) { $0[0] / $0[1] }
    }
}
