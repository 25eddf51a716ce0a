import PlanModel

/// What an improvement brings in a year against what it costs.
///
/// Source: the simple pay-back period, cost ÷ benefits of a year, as in ISO 10014 and the usual textbooks; nothing is discounted.
public struct Payback: Sendable, Hashable {
    /// Of all benefits that are worth money.
    public let yearly: Money
    /// What has come of them so far.
    public let realised: Money
    /// What the budget is expected to come to, else what the improvements cost.
    public let cost: Money
    /// How long the benefits take to make up for the cost; `nil` where there is no cost, or nothing that makes up for it.
    public var months: Double? {
        cost.units > 0 && yearly.units > 0 ? Double(cost.units) / Double(yearly.units) * 12 : nil
    }

    /// `nil` where no benefit is worth money. Amounts in another currency than the plan's don't count.
    public init?(_ plan: Plan) {
        let zero = Money.zero(plan.currency)
        func sum(_ amounts: [Money?]) -> Money { amounts.reduce(zero) { sum, amount in amount.flatMap(sum.adding) ?? sum } }
        let benefits = plan.all(Benefit.self)
        yearly = sum(benefits.map(\.yearly))
        realised = sum(benefits.map(\.realised))
        guard yearly.units != 0 || realised.units != 0 else { return nil }
        let expected = BudgetTotals(plan).total.forecast
        cost =
            expected.units > 0 ? expected : sum(plan.all(Improvement.self).filter { $0.state != .dropped }.map(\.cost))
    }

    /// In a sentence.
    public var words: Label {
        func text(_ language: Language) -> (yearly: String, realised: String, cost: String) {
            (DisplayText.sum(yearly, language), DisplayText.sum(realised, language), DisplayText.sum(cost, language))
        }
        let (zh, en) = (text(.chinese), text(.english))
        let whole = Label(
            "各项效益合计每年 \(zh.yearly)，已实现 \(zh.realised)",
            "All benefits come to \(en.yearly) a year, and \(en.realised) has been realised so far")
        guard let months else { return Label("\(whole.zh)。", "\(whole.en).") }
        let shown = DisplayText.number((months * 10).rounded() / 10)
        return Label(
            "\(whole.zh)；预计投入 \(zh.cost)，静态回收期 \(shown) 个月。",
            "\(whole.en); at an expected cost of \(en.cost) the pay-back period is \(shown) \(shown == "1" ? "month" : "months")."
        )
    }
}

extension PlanFacts {
    /// `nil` where the plan has no benefits that are worth money.
    public var payback: Payback? { Payback(plan) }
}
