import Measures
import PlanModel
import WorkingTime

/// What is asked of a reallocation: how much in all, and how far each activity may move.
public struct BudgetShiftQuestion: Hashable, Sendable {
    /// Of all activities still to come; as planned today if nil.
    public var total: Money?
    /// Shares of today's budget that an activity keeps at least and gets at most.
    public var least = 0.5
    public var most = 2.0

    public init() {}
}

/// The budgets of activities still to come, moved to where the next unit brings most, against today's.
public struct BudgetShift: Sendable {
    public struct Row: Sendable {
        public let campaign: Typed<Campaign>
        public let pool: MarketingFacts.Pool
        public let today: Money
        public let proposed: Money
        public let expectedToday: Double
        public let expected: Double

        /// More than was ever spent on such an activity: what it brings is a guess.
        public var isBeyondExperience: Bool { proposed.approximate > pool.most }
    }

    public struct Refusal: Error, Sendable {
        public let message: Label
    }

    public let question: BudgetShiftQuestion
    public let rows: [Row]
    /// Activities that keep their budget, and why.
    public let fixed: [(campaign: Typed<Campaign>, reason: Label)]
    public let today: Money
    public let proposed: Money
    public let expectedToday: Double
    public let expected: Double
    /// What one more unit of budget would bring.
    public let marginal: Double

    /// - Throws: `Refusal` that says what stands in the way.
    public init(_ facts: PlanFacts, _ question: BudgetShiftQuestion = BudgetShiftQuestion()) throws(Refusal) {
        let (plan, marketing) = (facts.plan, facts.marketing)
        let open = plan.all(Campaign.self).filter {
            ($0.state ?? .planned) == .planned && $0.start.map { $0 > facts.today } ?? true
                && ($0.budget?.units ?? 0) > 0 && $0.budget?.currency == plan.currency
        }
        guard !open.isEmpty else {
            throw Refusal(message: Label("没有尚未开始而有预算的活动。", "No activity with a budget is still to come."))
        }
        var movable: [(campaign: Typed<Campaign>, pool: MarketingFacts.Pool, fit: SaturationFit, budget: Money)] = []
        var fixed: [(campaign: Typed<Campaign>, reason: Label)] = []
        for campaign in open {
            if let pool = marketing.pool(for: campaign), let fit = pool.fit, let budget = campaign.budget {
                movable.append((campaign, pool, fit, budget))
            } else {
                fixed.append(
                    (
                        campaign,
                        Label(
                            "同类与同渠道的活动还看不出花费与回报的关系。",
                            "Activities of its kind and channel do not show yet how return follows spend.")
                    ))
            }
        }
        guard movable.count > 1 else {
            throw Refusal(
                message: Label(
                    "能重新分配的活动不到两项：历史花费还看不出回报。", "Fewer than two activities can be moved: past spend does not show what it brings."
                ))
        }
        let zero = Money.zero(plan.currency)
        let kept = fixed.compactMap(\.campaign.budget).reduce(zero) { $0.adding($1) ?? $0 }
        let now = movable.map(\.budget).reduce(zero) { $0.adding($1) ?? $0 }
        let total = question.total.map { $0.adding(Money(units: -kept.units, currency: plan.currency)) ?? zero } ?? now
        let limits = movable.map { Self.limits($0.campaign, $0.budget, question) }
        guard total.units > 0, total.units % Money.unitsPerWhole == 0 else {
            throw Refusal(
                message: Label(
                    "总预算应是整元，且多于不能移动的 \(DisplayText.amount(kept))。",
                    "The total has to be a whole amount above the \(DisplayText.amount(kept)) that stays."))
        }
        let options = zip(movable, limits).map { entry, limit in
            BudgetOption(
                name: entry.campaign.title ?? "", curve: entry.fit.curve, today: entry.budget.approximate,
                least: Double(limit.lowerBound), most: Double(limit.upperBound))
        }
        guard let allocation = BudgetAllocation(options, budget: total.approximate) else {
            let low = limits.reduce(0) { $0 + $1.lowerBound } + kept.units / Money.unitsPerWhole
            let high = limits.reduce(0) { $0 + $1.upperBound } + kept.units / Money.unitsPerWhole
            throw Refusal(
                message: Label(
                    "在各项上下限之内，总预算只能在 \(DisplayText.number(Double(low))) 与 \(DisplayText.number(Double(high))) 之间。",
                    "Within the limits the total can only be between \(DisplayText.number(Double(low))) and \(DisplayText.number(Double(high)))."
                )
            )
        }
        let whole = Self.whole(allocation.spends, limits, total: total.units / Money.unitsPerWhole)
        self.question = question
        self.fixed = fixed
        marginal = allocation.marginal
        rows = movable.indices.map { index in
            let spend = Money(units: whole[index] * Money.unitsPerWhole, currency: plan.currency)
            let (entry, curve) = (movable[index], movable[index].fit.curve)
            return Row(
                campaign: entry.campaign, pool: entry.pool, today: entry.budget, proposed: spend,
                expectedToday: curve.value(entry.budget.approximate), expected: curve.value(spend.approximate))
        }
        today = now.adding(kept) ?? now
        proposed = total.adding(kept) ?? total
        expectedToday = rows.reduce(0) { $0 + $1.expectedToday }
        expected = rows.reduce(0) { $0 + $1.expected }
    }

    /// Whole units of money: the activity's own limits, and the shares of its budget asked for.
    private static func limits(_ campaign: Typed<Campaign>, _ budget: Money, _ question: BudgetShiftQuestion) -> ClosedRange<
        Int64
    > {
        let least = max(
            campaign.minimum.map { ($0.approximate).rounded(.up) } ?? 0, (budget.approximate * question.least).rounded(.up))
        let own = campaign.maximum.map { $0.approximate.rounded(.down) } ?? .infinity
        let most = min(own, (budget.approximate * question.most).rounded(.down), 9e14)
        return Int64(min(least, max(most, 0)))...Int64(max(most, 0))
    }

    /// Spends in whole units that add up to the total within the limits: round to about a hundredth of the usual budget.
    private static func whole(_ spends: [Double], _ limits: [ClosedRange<Int64>], total: Int64) -> [Int64] {
        var step: Int64 = 1
        while step * 1000 * Int64(spends.count) <= total { step *= 10 }
        var whole = zip(spends, limits).map { spend, limit in
            min(max(Int64((spend / Double(step)).rounded()) * step, limit.lowerBound), limit.upperBound)
        }
        var rest = total - whole.reduce(0, +)
        // What rounding left goes where there is room, the largest first.
        for index in whole.indices.sorted(by: { whole[$0] > whole[$1] }) where rest != 0 {
            let moved = min(max(whole[index] + rest, limits[index].lowerBound), limits[index].upperBound)
            rest -= moved - whole[index]
            whole[index] = moved
        }
        return whole
    }

    /// Gain against today's split.
    public var gain: Double? { expectedToday > 0 ? expected / expectedToday - 1 : nil }

    public var isWorthwhile: Bool { (gain ?? 0) > 0.005 && rows.contains { $0.proposed != $0.today } }

    public var words: Label {
        guard let gain else { return Label("今天的分配没有预期回报可比。", "Today's split has no expected return to compare with.") }
        let isSameTotal = today == proposed
        guard isWorthwhile || !isSameTotal else { return Label("今天的分配已接近最优。", "Today's split is already close to the best.") }
        let moves = rows.map { (row: $0, change: $0.proposed.units - $0.today.units) }
        func amount(_ units: Int64, _ language: Language) -> String {
            let whole = Int64((Double(units.magnitude) / Double(Money.unitsPerWhole)).rounded())
            return DisplayText.sum(Money(units: whole * Money.unitsPerWhole, currency: today.currency), language)
        }
        let more = moves.max { $0.change < $1.change }.flatMap { $0.change > 0 ? $0 : nil }
        let less = moves.min { $0.change < $1.change }.flatMap { $0.change < 0 ? $0 : nil }
        let zh = [
            more.map { "\($0.row.campaign.title ?? "")加 \(amount($0.change, .chinese))" },
            less.map { "\($0.row.campaign.title ?? "")减 \(amount($0.change, .chinese))" },
        ].compactMap { $0 }
        let en = [
            more.map { "\($0.row.campaign.title ?? "") gets \(amount($0.change, .english)) more" },
            less.map { "\($0.row.campaign.title ?? "") \(amount($0.change, .english)) less" },
        ].compactMap { $0 }
        let change = DisplayText.percent(abs(gain))
        let total =
            isSameTotal
            ? Label("", "")
            : Label(
                "总预算由 \(DisplayText.sum(today, .chinese))改为 \(DisplayText.sum(proposed, .chinese))。",
                "The total goes from \(DisplayText.sum(today, .english)) to \(DisplayText.sum(proposed, .english)). ")
        return Label(
            total.zh
                + "按建议分配，预期带来的收入比今天的分配\(gain >= 0 ? "高" : "低") \(change)\(zh.isEmpty ? "" : "：" + zh.joined(separator: "，"))。",
            total.en
                + "The proposed split is expected to bring \(change) \(gain >= 0 ? "more" : "less") revenue than today's\(en.isEmpty ? "" : ": " + en.joined(separator: ", "))."
        )
    }

    /// The budgets and an adjustment that says why, as edits of one change.
    public func edits(of plan: Plan, review: RecordID?, on day: Day, _ language: Language) -> PlanEditor {
        var editor = PlanEditor(plan)
        let moved = rows.filter { $0.proposed != $0.today }
        for row in moved { editor.update(row.campaign.id, as: Campaign.self) { $0.budget = row.proposed } }
        guard !moved.isEmpty else { return editor }
        editor.add(Adjustment.self) { adjustment in
            adjustment.title =
                Label(
                    "按预期回报重新分配 \(moved.count) 项活动的预算",
                    "Budgets of \(Wording.counted(moved.count, "activity", "activities")) moved by expected return")[
                    language]
            adjustment.review = review
            adjustment.subjects = moved.map(\.campaign.id)
            adjustment.reason = words[language]
            adjustment.effectiveOn = day
            adjustment.isApplied = true
        }
        return editor
    }
}
