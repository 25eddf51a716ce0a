/// A marketing activity with what it cost and brought.
public struct MarketingActivity: Hashable, Sendable {
    public var name: String
    /// In any unit of money, the same for spend and revenue.
    public var spend: Double
    public var leads: Int
    public var deals: Int
    public var revenue: Double

    public init(name: String, spend: Double, leads: Int, deals: Int, revenue: Double) {
        self.name = name
        self.spend = spend
        self.leads = leads
        self.deals = deals
        self.revenue = revenue
    }

    public var costPerLead: Double? { leads > 0 ? spend / Double(leads) : nil }
    public var costPerDeal: Double? { deals > 0 ? spend / Double(deals) : nil }
    /// Deals of leads; `nil` without leads or with more deals than leads.
    public var conversion: Double? { leads > 0 && deals <= leads ? Double(deals) / Double(leads) : nil }
    /// Revenue per unit of spend.
    public var revenueOnSpend: Double? { spend > 0 ? revenue / spend : nil }

    /// (margin × revenue − spend) ÷ spend.
    public func returnOnInvestment(grossMargin: Double = 1) -> Double? {
        spend > 0 ? (grossMargin * revenue - spend) / spend : nil
    }
}
