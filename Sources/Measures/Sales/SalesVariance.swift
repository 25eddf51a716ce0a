/// Sales of one product, region, channel … in a period.
public struct SalesCell: Hashable, Sendable {
    /// What the cell is of, in the order of the split's dimensions.
    public var keys: [String]
    public var quantity: Double
    /// What the quantity counts, such as person days; only like quantities can be added.
    public var unit: String
    /// In the smallest unit of money (分, cents), so that everything adds up exactly.
    public var revenue: Int

    public init(keys: [String], quantity: Double, unit: String = "", revenue: Int) {
        self.keys = keys
        self.quantity = quantity
        self.unit = unit
        self.revenue = revenue
    }
}

/// The difference of sales from a reference (target or last year), split so that the parts add up to it exactly.
///
/// Per cell with price p = revenue ÷ quantity and share s of the quantity Q of all cells of its unit: price (p₁ − p₀)q₁, volume (Q₁ − Q₀)s₀p₀,
/// mix (s₁ − s₀)Q₁p₀; what is sold only now is new, what was sold only then is lost. Whether a cell is sold is told by its revenue: a
/// quantity of 0 beside revenue is one that is not known, such as a small one that was rounded, and is reckoned at the cell's other
/// price, or where that is unknown too at the mean price of the cells that share its first key.
///
/// - Source: the usual three-way sales variance (Horngren, "Cost Accounting", ch. 14), cell by cell.
public struct SalesVariance: Hashable, Sendable {
    /// Parts of a difference in the smallest unit of money.
    public struct Parts: Hashable, Sendable {
        public var reference = 0
        public var actual = 0
        public var price = 0
        public var volume = 0
        public var mix = 0
        public var new = 0
        public var lost = 0

        public var difference: Int { actual - reference }

        static func + (a: Parts, b: Parts) -> Parts {
            Parts(
                reference: a.reference + b.reference, actual: a.actual + b.actual, price: a.price + b.price,
                volume: a.volume + b.volume, mix: a.mix + b.mix, new: a.new + b.new, lost: a.lost + b.lost)
        }
    }

    public var dimensions: [String]
    /// One per combination of keys, in their order.
    public var cells: [(keys: [String], parts: Parts)] { zip(keys, parts).map { ($0, $1) } }
    private var keys: [[String]]
    private var parts: [Parts]

    /// - Parameters:
    ///   - dimensions: names of the keys, such as product, region, channel.
    ///   - actual, reference: several cells of the same keys are joined; returns are cells with negative revenue.
    /// - Returns: `nil` where a cell has another number of keys, a quantity below zero or not finite, or a revenue of 10¹⁵ or more.
    public init?(actual: [SalesCell], reference: [SalesCell], dimensions: [String]) {
        let all = actual + reference
        guard all.allSatisfy({ $0.keys.count == dimensions.count && $0.quantity >= 0 && $0.quantity.isFinite }),
            all.allSatisfy({ $0.revenue.magnitude < Self.largest })
        else { return nil }
        self.dimensions = dimensions
        let (now, then) = Self.priced(Self.joined(actual), Self.joined(reference))
        keys = Set(all.map(\.keys)).sorted { $0.lexicographicallyPrecedes($1) }
        let shared = keys.filter { (now[$0]?.quantity ?? 0) > 0 && (then[$0]?.quantity ?? 0) > 0 }
        let units = Dictionary(all.map { ($0.keys, $0.unit) }, uniquingKeysWith: { first, _ in first })
        let alike = Dictionary(grouping: shared) { units[$0] ?? "" }
        let growth = alike.mapValues { keys in
            let before = keys.compactMap { then[$0]?.quantity }.compensatedSum
            return before > 0 ? keys.compactMap { now[$0]?.quantity }.compensatedSum / before : 1
        }
        parts = keys.map { key in
            let (a, r) = (now[key], then[key])
            var result = Parts(reference: r?.revenue ?? 0, actual: a?.revenue ?? 0)
            guard let a, let r, a.quantity > 0, r.quantity > 0 else {
                result.new = result.actual
                result.lost = -result.reference
                return result
            }
            let revenue = Double(r.revenue)
            let factor = a.quantity / r.quantity
            let unit = units[key] ?? ""
            let hasMix = (alike[unit]?.count ?? 0) > 1
            let volume = revenue * ((hasMix ? growth[unit] ?? 1 : factor) - 1)
            // Quantities so different that no price can be compared.
            guard abs(volume) < 1e17, abs(revenue * factor) < 1e17 else {
                result.new = result.actual
                result.lost = -result.reference
                return result
            }
            result.volume = Int(volume.rounded())
            // Price is rounded on its own; mix takes what is left where there is a mix, otherwise price does.
            let price = Int((Double(a.revenue) - revenue * factor).rounded())
            result.price = hasMix ? price : result.difference - result.volume
            result.mix = result.difference - result.volume - result.price
            return result
        }
    }

    private static let largest: UInt = 1_000_000_000_000_000

    private typealias Sums = [[String]: (quantity: Double, revenue: Int)]

    /// Both sides with the quantities that are not known reckoned from revenue, so that cells sold on both sides have one on both.
    private static func priced(_ now: Sums, _ then: Sums) -> (now: Sums, then: Sums) {
        var (now, then) = (now, then)
        for key in Set(now.keys).intersection(then.keys) {
            guard let a = now[key], let r = then[key], a.revenue > 0, r.revenue > 0, a.quantity == 0 || r.quantity == 0 else {
                continue
            }
            let known = r.quantity > 0 ? price(r) : a.quantity > 0 ? price(a) : meanPrice(of: key.first, in: then, now)
            if a.quantity == 0 { now[key]?.quantity = Double(a.revenue) / known }
            if r.quantity == 0 { then[key]?.quantity = Double(r.revenue) / known }
        }
        return (now, then)
    }

    private static func price(_ sum: (quantity: Double, revenue: Int)) -> Double { Double(sum.revenue) / sum.quantity }

    /// What one is sold at among the cells that share the first key and tell quantity and revenue, on the first side that has any; 1
    /// without.
    private static func meanPrice(of first: String?, in sides: Sums...) -> Double {
        for side in sides {
            let known = side.filter { $0.key.first == first && $0.value.quantity > 0 && $0.value.revenue > 0 }.values
            let quantity = known.map(\.quantity).compensatedSum
            if quantity > 0 { return known.map { Double($0.revenue) }.compensatedSum / quantity }
        }
        return 1
    }

    private static func joined(_ cells: [SalesCell]) -> Sums {
        var sums: Sums = [:]
        for cell in cells {
            let sum = sums[cell.keys] ?? (0, 0)
            sums[cell.keys] = (sum.quantity + cell.quantity, sum.revenue + cell.revenue)
        }
        return sums
    }

    public var total: Parts { parts.reduce(Parts(), +) }

    /// The parts by one dimension, in the order of its keys; they add up to the total.
    public func by(_ dimension: Int) -> [(key: String, parts: Parts)] {
        var sums: [String: Parts] = [:]
        for (key, part) in zip(keys, parts) where dimension < key.count {
            sums[key[dimension]] = (sums[key[dimension]] ?? Parts()) + part
        }
        return sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
