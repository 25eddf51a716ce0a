import PlanModel
import Scheduling

/// What is left of the contingency reserve against what the simulation says it takes.
public struct ReserveCover: Sendable, Hashable {
    /// Whole units of the plan's currency.
    public let left: Double
    /// For the confidence wanted, over the planned cost to come.
    public let needed: Double
    /// The confidence wanted, and that with which what is left suffices, 0…1.
    public let wanted, reached: Double
    private let currency: Currency

    public var suffices: Bool { left >= needed }

    /// Three standard deviations of a confidence of 0.8 found by a thousand runs.
    static let tolerance = 0.04

    /// Whether what is left is too little also by a simulation of a few runs.
    var isClearlyTooLittle: Bool { !suffices && reached < wanted - Self.tolerance }

    /// `nil` without a reserve in the budget, and where nothing is needed of one.
    public init?(_ outlook: RiskOutlook, _ budget: BudgetTotals) {
        guard budget.reserve.units > 0, budget.reserve.currency == outlook.currency, let cost = outlook.present.cost,
            let needed = outlook.costReserve(outlook.confidence), needed > 0
        else { return nil }
        left = max(budget.reserve.approximate - budget.reserveDrawn.approximate, 0)
        self.needed = needed
        wanted = outlook.confidence
        reached = cost.probability(atMost: outlook.present.plannedCost + left)
        currency = outlook.currency
    }

    /// In a sentence.
    public var words: Label {
        func text(_ amount: Double, _ language: Language) -> String {
            DisplayText.sum(Money(nearest: amount, currency: currency), language)
        }
        let (sure, enough) = (share, DisplayText.percent(wanted))
        let zh = "应急储备还剩 \(text(left, .chinese))，够用的把握\(sure.zh)"
        let en = "\(text(left, .english)) of the contingency reserve is left, which suffices with \(sure.en) confidence"
        return suffices
            ? Label("\(zh)，不低于所要的 \(enough)。", "\(en), no less than the \(enough) wanted.")
            : Label(
                "\(zh)；要有 \(enough) 的把握须有 \(text(needed, .chinese))，还缺 \(text(needed - left, .chinese))。",
                "\(en); \(enough) takes \(text(needed, .english)), \(text(needed - left, .english)) more.")
    }

    /// How sure it is that what is left suffices; nothing simulated is certain.
    var share: Label {
        if reached < 0.01 { return Label("不到 1%", "less than 1%") }
        if reached > 0.99 { return Label("在 99% 以上", "more than 99%") }
        return Label("为 \(DisplayText.percent(reached))", DisplayText.percent(reached))
    }
}

extension PlanFacts {
    /// By the plan's own simulation where that was wanted already, or else by one short enough for every check of the plan: a thousand runs
    /// tell the confidence to within ``ReserveCover/tolerance``. Plans of more than 500 tasks are left to the simulation that is asked for.
    var roughReserveCover: ReserveCover? {
        guard budget.reserve.units > 0, schedule.tasks.count <= 500 else { return nil }
        if let known = later.outlook.known { return known.flatMap { ReserveCover($0, budget) } }
        return simulated(Self.simulation(runs: 1000, seed: nil)) { _ in true }.flatMap { ReserveCover($0, budget) }
    }
}
