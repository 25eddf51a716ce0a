import Measures
import PlanModel
import WorkingTime

/// What marketing activities cost and brought, and how much more spend brings, pooled over activities of a kind or a channel.
public struct MarketingFacts: Sendable {
    public struct Activity: Sendable {
        public let campaign: Typed<Campaign>
        public let result: MarketingActivity
        /// (margin × revenue − spend) ÷ spend.
        public let returnOnInvestment: Double?
    }

    /// Activities that are taken to answer to spend in the same way.
    public struct Pool: Sendable {
        public let name: Label
        public let points: [(spend: Double, value: Double)]
        /// Nil where it cannot be fitted; `reason` says why.
        public let fit: SaturationFit?

        public var reason: Label? {
            guard fit == nil else { return nil }
            let spends = Set(points.map(\.spend)).count
            return spends < 3
                ? Label(
                    "只有 \(spends) 种花费，至少要三种才能看出回报怎样随花费变化。",
                    "Only \(Wording.counted(spends, "different spend")); it takes three to see how return follows spend.")
                : Label("没有带来收入，无从估计。", "No revenue was brought in, so nothing can be estimated.")
        }

        public var most: Double { points.map(\.spend).max() ?? 0 }
    }

    /// Finished ones with spend and revenue, the best return first.
    public let ranked: [Activity]
    /// Those with spend and without results.
    public let unmeasured: [Typed<Campaign>]
    /// By kind, then by channel.
    public let pools: [Pool]
    /// Of the first customer book that has one; 1 where none has.
    public let grossMargin: Double
    public let hasMargin: Bool
    private let byKind: [CampaignKind: Pool]
    private let byChannel: [RecordID: Pool]

    public init(_ plan: Plan, today: Day) {
        let margin = plan.all(CustomerBook.self).compactMap(\.grossMargin).first
        (grossMargin, hasMargin) = (margin ?? 1, margin != nil)
        let campaigns = plan.all(Campaign.self).filter { $0.state != .dropped && $0.spent?.currency == plan.currency }
        let spent = campaigns.filter { ($0.spent?.units ?? 0) > 0 && ($0.finish ?? $0.start ?? today) <= today }
        let activities = spent.compactMap { campaign -> Activity? in
            guard let revenue = campaign.revenue, revenue.currency == plan.currency, let spend = campaign.spent else {
                return nil
            }
            let result = MarketingActivity(
                name: campaign.title ?? campaign.id.short, spend: spend.approximate, leads: Int(campaign.leads ?? 0),
                deals: Int(campaign.deals ?? 0), revenue: revenue.approximate)
            return Activity(
                campaign: campaign, result: result, returnOnInvestment: result.returnOnInvestment(grossMargin: margin ?? 1))
        }
        ranked = activities.sorted { ($0.returnOnInvestment ?? -9) > ($1.returnOnInvestment ?? -9) }
        unmeasured = spent.filter { $0.revenue == nil }
        func pool(_ name: Label, _ members: [Activity]) -> Pool {
            let points = members.filter { $0.result.revenue >= 0 }.map { (spend: $0.result.spend, value: $0.result.revenue) }
            return Pool(name: name, points: points, fit: SaturationFit(points))
        }
        let kinds = CampaignKind.allCases.compactMap { kind -> (CampaignKind, Pool)? in
            let members = activities.filter { $0.campaign.kind == kind }
            return members.isEmpty ? nil : (kind, pool(kind.label, members))
        }
        let channels = plan.all(Channel.self).compactMap { channel -> (RecordID, Pool)? in
            let members = activities.filter { $0.campaign.channel == channel.id }
            let title = channel.title ?? channel.id.short
            return members.isEmpty ? nil : (channel.id, pool(Label(title, title), members))
        }
        byKind = Dictionary(kinds, uniquingKeysWith: { first, _ in first })
        byChannel = Dictionary(channels, uniquingKeysWith: { first, _ in first })
        pools = kinds.map(\.1) + channels.map(\.1)
    }

    /// How much spend on an activity brings: by activities of its kind, or else of its channel; a curve that shows saturation first.
    public func pool(for campaign: Typed<Campaign>) -> Pool? {
        let fitted = [campaign.kind.flatMap { byKind[$0] }, campaign.channel.flatMap { byChannel[$0] }].compactMap { $0 }.filter {
            $0.fit != nil
        }
        return fitted.first { $0.fit?.notes.isEmpty == true } ?? fitted.first
    }

    /// The best and the worst, and all together.
    public var words: Label? {
        guard let best = ranked.first, let worst = ranked.last, ranked.count > 1 else { return nil }
        let spend = ranked.reduce(0) { $0 + $1.result.spend }
        let revenue = ranked.reduce(0) { $0 + $1.result.revenue }
        func ratio(_ value: Double?) -> String { value.map { DisplayText.number(($0 * 10).rounded() / 10) } ?? "—" }
        let losing = ranked.filter { ($0.returnOnInvestment ?? 0) < 0 }.count
        let loss =
            hasMargin && losing > 0
            ? Label("按毛利算有 \(losing) 项收不回花费。", " Counting gross profit, \(losing) do not earn back their spend.") : Label("", "")
        return Label(
            "\(ranked.count) 项活动每花一元平均带来 \(ratio(revenue / spend)) 元收入；最高是\(best.result.name)（\(ratio(best.result.revenueOnSpend))），最低是\(worst.result.name)（\(ratio(worst.result.revenueOnSpend))）。\(loss.zh)",
            "\(ranked.count) activities brought \(ratio(revenue / spend)) times their spend in revenue; highest: \(best.result.name) (\(ratio(best.result.revenueOnSpend))); lowest: \(worst.result.name) (\(ratio(worst.result.revenueOnSpend))).\(loss.en)"
        )
    }
}

extension PlanFacts {
    public var marketing: MarketingFacts { later.marketing { MarketingFacts(plan, today: today) } }
}
