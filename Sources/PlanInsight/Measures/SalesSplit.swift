import Measures
import PlanModel
import WorkingTime

/// Why sales to date differ from target or last year: by price, volume and mix where quantities are known, and by product, region, channel.
public struct SalesSplit: Sendable {
    public enum Reference: Sendable, CaseIterable {
        case target, lastYear
        public var label: Label { self == .target ? Label("目标", "Target") : Label("去年", "Last year") }
    }

    public let reference: Reference
    /// In hundredths of the lines' unit, so that parts add up exactly.
    public let before: Int
    public let after: Int
    /// Price, volume, mix, new and lost; empty where the lines tell no quantities.
    public let effects: [(name: Label, difference: Int)]
    public let byProduct: [(name: String, difference: Int)]
    public let byRegion: [(name: String, difference: Int)]
    public let byChannel: [(name: String, difference: Int)]
    public let unit: String
    /// What the largest parts of the difference are, in a sentence.
    public let words: Label

    /// - Returns: nil where no line has both actual values and a reference.
    init?(_ plan: Plan, today: Day, against reference: Reference) {
        let lines = plan.all(SalesTarget.self).filter { $0.isTotal != true }
        var (now, then): ([SalesCell], [SalesCell]) = ([], [])
        var hasQuantities = !lines.isEmpty
        for line in lines {
            let days = Set((line.actual?.points ?? []).filter { $0.day <= today }.map(\.day.month))
            func sum(_ series: Series?) -> Double? {
                series.map { $0.points.filter { days.contains($0.day.month) }.reduce(0) { $0 + $1.value } }
            }
            guard !days.isEmpty, let actual = sum(line.actual), let base = sum(reference == .target ? line.target : line.lastYear)
            else { continue }
            let quantities = (sum(line.quantity), sum(reference == .target ? line.targetQuantity : line.lastQuantity))
            if quantities.0 == nil || quantities.1 == nil { hasQuantities = false }
            let keys = [
                line.product.flatMap { plan.record($0)?.title } ?? "—", line.region ?? "—",
                line.channel.flatMap { plan.record($0)?.title } ?? "—",
            ]
            now.append(SalesCell(keys: keys, quantity: quantities.0 ?? 1, revenue: Int((actual * 100).rounded())))
            then.append(SalesCell(keys: keys, quantity: quantities.1 ?? 1, revenue: Int((base * 100).rounded())))
        }
        guard !now.isEmpty,
            let variance = SalesVariance(actual: now, reference: then, dimensions: ["product", "region", "channel"])
        else { return nil }
        self.reference = reference
        let total = variance.total
        (before, after) = (total.reference, total.actual)
        unit = lines.compactMap(\.unit).first ?? ""
        effects =
            hasQuantities
            ? [
                (Label("价格", "Price"), total.price), (Label("销量", "Volume"), total.volume), (Label("结构", "Mix"), total.mix),
                (Label("新增", "New"), total.new),
                (Label("流失", "Lost"), total.lost),
            ].filter { $0.1 != 0 } : []
        func parts(_ dimension: Int) -> [(name: String, difference: Int)] {
            variance.by(dimension).map { ($0.key, $0.parts.difference) }.sorted {
                abs($0.difference) != abs($1.difference) ? abs($0.difference) > abs($1.difference) : $0.name < $1.name
            }
        }
        (byProduct, byRegion, byChannel) = (parts(0), parts(1), parts(2))
        let own = unit
        let sentence = ShortfallAttribution(variance, by: 0).wording(
            reference: reference == .target ? Wording("目标", "target") : Wording("去年同期", "last year")
        ) { amount in
            let text = DisplayText.number((Double(amount) / 100 * 10).rounded() / 10)
            return Wording(text + own, "\(text) \(own)")
        }
        words = Label(sentence.zh, sentence.en)
    }
}

extension PlanFacts {
    public func salesSplit(against reference: SalesSplit.Reference) -> SalesSplit? {
        SalesSplit(plan, today: today, against: reference)
    }
}
