import Measures
import PlanModel
import WorkingTime

/// Why sales to date differ from target or last year: by price, volume and mix where quantities are known, and by product, region, channel.
public struct SalesSplit: Sendable {
    public enum Reference: Sendable, CaseIterable {
        case target, lastYear
        public var label: Label { self == .target ? Label("目标", "Target") : Label("去年同期", "Last year") }

        /// What combinations of product, region and channel are called that are sold only now, and those sold only there.
        var onlyNow: Label { self == .target ? Label("目标外业务", "Outside the target") : Label("新开业务", "Newly sold") }
        var onlyThere: Label { self == .target ? Label("未开单业务", "Not sold yet") : Label("停售业务", "No longer sold") }
    }

    /// The parts of the difference by one way to look at it; they add up to the whole.
    public struct Dimension: Sendable {
        public let name: Label
        /// What its parts are: products, regions, channels, effects.
        let cut: Label
        /// The largest difference first.
        public let parts: [(name: Label, difference: Int)]
        /// The largest parts in a sentence.
        public let words: Label
    }

    public let reference: Reference
    /// In `amount`s, so that parts add up exactly.
    public let before: Int
    public let after: Int
    /// Price, volume, mix, what is sold only now and only there; nil where some line tells no quantities.
    public let effects: Dimension?
    /// By product, region and channel, where there is more than one.
    public let dimensions: [Dimension]
    public let unit: String
    /// Months that count: those with actual values.
    public let months: Label
    /// What the largest parts of the difference are, in a sentence.
    public let words: Label
    /// Which product, region or channel falls short most, and which is furthest above where sales are not below in all; nil where one
    /// way to look at it says everything.
    public let largest: Label?
    private let scale: DecimalScale

    /// What a part's whole number is in the lines' unit.
    public func amount(_ units: Int) -> Double { scale.value(units) }

    /// - Parameter period: only months that begin within it, if given.
    /// - Returns: nil where no line has both actual values and a reference, or where lines of different units cannot be added.
    init?(_ plan: Plan, today: Day, against reference: Reference, within period: ClosedRange<Day>? = nil) {
        let lines = plan.all(SalesTarget.self).filter { $0.isTotal != true }
        guard Set(lines.compactMap(\.unit)).count <= 1 else { return nil }
        let found = lines.compactMap { SalesLine($0, plan, today: today, against: reference, within: period) }
        let scale = DecimalScale(holding: found.flatMap { [$0.actual, $0.base] })
        let hasQuantities = found.allSatisfy { $0.quantity != nil && $0.baseQuantity != nil }
        func cell(_ line: SalesLine, _ value: Double, _ quantity: Double?) -> SalesCell? {
            scale.units(value).map {
                SalesCell(keys: line.keys, quantity: hasQuantities ? quantity ?? 1 : 1, unit: line.quantityUnit, revenue: $0)
            }
        }
        let now = found.compactMap { cell($0, $0.actual, $0.quantity) }
        let then = found.compactMap { cell($0, $0.base, $0.baseQuantity) }
        guard !now.isEmpty, now.count == found.count, then.count == found.count,
            let variance = SalesVariance(actual: now, reference: then, dimensions: ["product", "region", "channel"])
        else { return nil }
        let unit = lines.compactMap(\.unit).first ?? ""
        func text(_ units: Int) -> String {
            let text = DisplayText.number((scale.value(units) * 10).rounded() / 10)
            return unit.isEmpty ? text : "\(text) \(unit)"
        }
        func sentence(_ attribution: ShortfallAttribution) -> Label {
            let wording = attribution.wording(reference: Wording(reference.label.zh, reference.label.en.lowercased())) { units in
                Wording(text(units), text(units))
            }
            return Label(wording.zh, wording.en)
        }
        self.reference = reference
        self.scale = scale
        self.unit = unit
        let total = variance.total
        (before, after) = (total.reference, total.actual)
        months = YearMonth.span(Set(found.flatMap(\.months)))
        effects = hasQuantities ? Self.effects(total, against: reference, sentence) : nil
        dimensions = [Label("产品", "product"), Label("区域", "region"), Label("渠道", "channel")].enumerated().compactMap {
            index, cut in
            let parts = variance.by(index).map { part -> (name: Label, difference: Int) in
                let name = ShortfallAttribution.name(part.key)
                return (Label(name.zh, name.en), part.parts.difference)
            }.sorted {
                abs($0.difference) != abs($1.difference) ? abs($0.difference) > abs($1.difference) : $0.name.zh < $1.name.zh
            }
            return parts.count > 1
                ? Dimension(
                    name: Label("按\(cut.zh)", "By \(cut.en)"), cut: cut, parts: parts,
                    words: sentence(ShortfallAttribution(variance, by: index))) : nil
        }
        largest = Self.largest(dimensions, isAlone: effects == nil, isBelow: total.difference < 0) { text($0) }
        words = dimensions.first?.words ?? sentence(ShortfallAttribution(difference: total.difference))
    }

    /// - Parameter isAlone: whether nothing but the dimensions tells where the difference comes from.
    private static func largest(_ dimensions: [Dimension], isAlone: Bool, isBelow: Bool, _ text: (Int) -> String) -> Label? {
        guard dimensions.count > (isAlone ? 1 : 0) else { return nil }
        let parts = dimensions.flatMap { dimension in
            dimension.parts.map { (cut: dimension.cut, name: $0.name, by: $0.difference) }
        }
        let worst = parts.filter { $0.by < 0 }.min { $0.by < $1.by }.map { part in
            Label(
                "差得最多的是\(part.cut.zh)「\(part.name.zh)」，少 \(text(-part.by))",
                "the \(part.cut.en) “\(part.name.en)” is furthest below, by \(text(-part.by))")
        }
        let best = parts.filter { $0.by > 0 }.max { $0.by < $1.by }.map { part in
            Label(
                "超出最多的是\(part.cut.zh)「\(part.name.zh)」，多 \(text(part.by))",
                "the \(part.cut.en) “\(part.name.en)” is furthest above, by \(text(part.by))")
        }
        // A shortfall is told even where others make up for it.
        let told = (isBelow ? [worst] : [best, worst]).compactMap { $0 }
        guard !told.isEmpty else { return nil }
        let cuts = dimensions.map(\.cut)
        let zh = cuts.map(\.zh).joined(separator: "、")
        let en =
            cuts.dropLast().map { "\($0.en)s" }.joined(separator: ", ") + (cuts.count > 1 ? " and " : "")
            + "\(cuts[cuts.count - 1].en)s"
        return Label(
            "各\(zh)中\(told.map(\.zh).joined(separator: "；"))。", "Of all \(en), \(told.map(\.en).joined(separator: "; ")).")
    }

    private static func effects(
        _ total: SalesVariance.Parts, against reference: Reference, _ sentence: (ShortfallAttribution) -> Label
    ) -> Dimension {
        let parts: [(name: Label, difference: Int)] = [
            (Label("价格", "Price"), total.price), (Label("数量", "Volume"), total.volume), (Label("结构", "Mix"), total.mix),
            (reference.onlyNow, total.new), (reference.onlyThere, total.lost),
        ].filter { $0.1 != 0 }
        let named = parts.map { (name: Wording($0.name.zh, $0.name.en.lowercased()), difference: $0.difference) }
        return Dimension(
            name: Label("按价格、数量与结构", "By price, volume and mix"), cut: Label("影响", "effect"), parts: parts,
            words: sentence(ShortfallAttribution(named)))
    }
}

/// A line of the sales target with what it is compared with, over the months that have actual values.
private struct SalesLine {
    let keys: [String]
    let months: Set<YearMonth>
    let actual: Double
    let base: Double
    let quantity: Double?
    let baseQuantity: Double?
    let quantityUnit: String

    init?(
        _ line: Typed<SalesTarget>, _ plan: Plan, today: Day, against reference: SalesSplit.Reference,
        within period: ClosedRange<Day>?
    ) {
        let all = line.actual?.byMonth(until: today) ?? [:]
        let actual = all.filter { month, _ in period.map { $0.contains(month.first) } ?? true }
        let isTarget = reference == .target
        let base = isTarget ? line.target?.byMonth() : line.lastYear?.comparable(with: actual.keys)
        guard !actual.isEmpty, let base else { return nil }
        months = Set(actual.keys)
        func sum(_ values: [YearMonth: Double]?) -> Double? {
            values.map { values in DecimalScale.sum(actual.keys.sorted().compactMap { values[$0] }) }
        }
        self.actual = sum(actual) ?? 0
        self.base = sum(base) ?? 0
        quantity = sum(line.quantity?.byMonth(until: today))
        baseQuantity = sum(isTarget ? line.targetQuantity?.byMonth() : line.lastQuantity?.comparable(with: actual.keys))
        quantityUnit = line.product.flatMap { plan.record($0) }.flatMap { Typed<Product>($0)?.unit } ?? ""
        keys = [
            line.product.flatMap { plan.record($0)?.title } ?? "", line.region ?? "",
            line.channel.flatMap { plan.record($0)?.title } ?? "",
        ]
    }
}

extension PlanFacts {
    /// - Parameter period: only months that begin within it; all to date if nil.
    public func salesSplit(against reference: SalesSplit.Reference, within period: ClosedRange<Day>? = nil) -> SalesSplit? {
        SalesSplit(plan, today: today, against: reference, within: period)
    }
}
