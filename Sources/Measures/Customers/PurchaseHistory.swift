/// What BG/NBD and gamma-gamma need to know of a customer. Several orders on one day are one purchase.
public struct PurchaseHistory: Hashable, Sendable {
    public var customer: String
    /// Purchases after the first.
    public var repeats: Int
    /// Weeks from the first to the last purchase.
    public var recency: Double
    /// Weeks from the first purchase to the end of observation.
    public var age: Double
    /// Mean amount of the purchases after the first; 0 where there are none or the list has no amounts.
    public var meanAmount: Double
    /// The sum of all amounts.
    public var revenue: Double

    public init(
        customer: String, repeats: Int, recency: Double, age: Double, meanAmount: Double = 0, revenue: Double = 0
    ) {
        self.customer = customer
        self.repeats = repeats
        self.recency = recency
        self.age = age
        self.meanAmount = meanAmount
        self.revenue = revenue
    }

    /// The histories of all customers with an order until the day, in the order of first appearance.
    ///
    /// - Complexity: O(orders log orders).
    public static func of(_ orders: [Order], until: Int) -> [PurchaseHistory] {
        var slots: [String: Int] = [:]
        var collected: [[(day: Int, amount: Double)]] = []
        var names: [String] = []
        for order in orders where order.day <= until {
            let slot = slots[order.customer] ?? collected.count
            if slot == collected.count {
                slots[order.customer] = slot
                collected.append([])
                names.append(order.customer)
            }
            collected[slot].append((order.day, order.amount ?? 0))
        }
        return collected.indices.map { summary(names[$0], collected[$0].sorted { $0.day < $1.day }, until: until) }
    }

    private static func summary(_ name: String, _ orders: [(day: Int, amount: Double)], until: Int) -> PurchaseHistory {
        var purchases: [(day: Int, amount: Double)] = []
        for order in orders {
            if let last = purchases.last, last.day == order.day {
                purchases[purchases.count - 1].amount += order.amount
            } else {
                purchases.append(order)
            }
        }
        let (first, last) = (purchases[0].day, purchases[purchases.count - 1].day)
        let repeats = purchases.dropFirst().map(\.amount)
        return PurchaseHistory(
            customer: name, repeats: repeats.count, recency: Double(last - first) / 7, age: Double(until - first) / 7,
            meanAmount: repeats.isEmpty ? 0 : repeats.compensatedSum / Double(repeats.count),
            revenue: purchases.map(\.amount).compensatedSum)
    }
}
