/// Where a difference from the target comes from, the largest share first.
public struct ShortfallAttribution: Hashable, Sendable {
    public struct Contribution: Hashable, Sendable {
        public var name: Wording
        /// Smallest unit of money.
        public var difference: Int
        /// Of the total difference; above 1 or below 0 where parts offset each other.
        public var share: Double
    }

    public var difference: Int
    /// Those that made the difference larger first, then those that offset it; parts of zero are left out.
    public var contributions: [Contribution]

    /// - Parameter parts: add up to the difference.
    public init(_ parts: [(name: Wording, difference: Int)]) {
        let total = parts.reduce(0) { $0 + $1.difference }
        difference = total
        contributions = parts.filter { $0.difference != 0 }
            .sorted { total > 0 ? $0.difference > $1.difference : $0.difference < $1.difference }
            .map {
                Contribution(
                    name: $0.name, difference: $0.difference, share: total == 0 ? 0 : Double($0.difference) / Double(total))
            }
    }

    /// Without parts: nothing tells where the difference comes from.
    public init(difference: Int) { (self.difference, contributions) = (difference, []) }

    /// By one dimension of a split.
    public init(_ variance: SalesVariance, by dimension: Int) {
        self.init(variance.by(dimension).map { (Self.name($0.key), $0.parts.difference) })
    }

    /// What a key is called; what has none is said to be not stated.
    public static func name(_ key: String) -> Wording {
        key.isEmpty ? Wording("未注明的部分", "what is not stated") : Wording(key, key)
    }

    /// Says the difference, the parts that explain most of it (at most three) and those that offset it (at most three).
    ///
    /// - Parameter money: writes an amount without sign, with its unit.
    public func wording(reference: Wording = Wording("目标", "target"), money: (Int) -> Wording) -> Wording {
        guard difference != 0 else {
            return Wording("与\(reference.zh)持平。", "Equal to \(reference.en).")
        }
        let isBelow = difference < 0
        let whole = money(abs(difference))
        guard !contributions.isEmpty else {
            return Wording(
                "比\(reference.zh)\(isBelow ? "少" : "多") \(whole.zh)。",
                "\(whole.en) \(isBelow ? "below" : "above") \(reference.en).")
        }
        let main = contributions.filter { ($0.difference < 0) == isBelow }.prefix(3)
        let offset = contributions.filter { $0.difference != 0 && ($0.difference < 0) != isBelow }.reversed().prefix(3)
        // Of a difference that others partly offset, the parts are more than the whole.
        func share(_ part: Contribution) -> Wording {
            let text = plainNumber(part.share * 100, digits: 0) + "%"
            return offset.isEmpty ? Wording("（占 \(text)）", " (\(text))") : Wording("", "")
        }
        let zh = main.map { "\($0.name.zh) \(isBelow ? "−" : "+")\(money(abs($0.difference)).zh)\(share($0).zh)" }.joined(
            separator: "、")
        let en = main.map { "\($0.name.en) \(isBelow ? "−" : "+")\(money(abs($0.difference)).en)\(share($0).en)" }.joined(
            separator: ", ")
        let against = offset.map { "\($0.name.zh) \(isBelow ? "+" : "−")\(money(abs($0.difference)).zh)" }
        let offsetZh = against.isEmpty ? "" : "；\(against.joined(separator: "、"))，抵消了一部分"
        let againstEn = offset.map { "\($0.name.en) \(isBelow ? "+" : "−")\(money(abs($0.difference)).en)" }
        let offsetEn = againstEn.isEmpty ? "" : "; partly offset by \(againstEn.joined(separator: ", "))"
        return Wording(
            "比\(reference.zh)\(isBelow ? "少" : "多") \(whole.zh)：\(zh)\(offsetZh)。",
            "\(whole.en) \(isBelow ? "below" : "above") \(reference.en): \(en)\(offsetEn).")
    }
}
