/// A unit as a product of named dimensions with whole powers: 元, 件, 小时, 元/件, %.
///
/// Per cent and plain numbers have no dimension. Different names are different dimensions (元 and 万元 cannot be added), except
/// for usual spellings of the same thing (小时, h, hours).
public struct MeasureUnit: Hashable, Sendable {
    /// Sorted by name, no power is zero.
    private(set) var powers: [String: Int]

    public static let none = MeasureUnit(powers: [:])

    private init(powers: [String: Int]) { self.powers = powers }

    /// Reads `元/件`, `件/人/天`, `kg·m^2`, `%` or nothing. Everything that is not an operator belongs to a name.
    public init(_ text: String) {
        var powers: [String: Int] = [:]
        var name = ""
        var sign = 1
        func finish() {
            let trimmed = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            name = ""
            guard !trimmed.isEmpty else { return }
            let parts = trimmed.split(separator: "^", maxSplits: 1).map(String.init)
            let power = parts.count == 2 ? Int(parts[1]).map { max(-99, min(99, $0)) } ?? 1 : 1
            guard let canonical = Self.canonical(parts.first ?? "") else { return }
            powers[canonical, default: 0] += sign * power
        }
        for character in text {
            switch character {
            case "/", "\u{FF0F}", "每":
                finish()
                sign = -1
            case "*", "·", "×":
                finish()
                sign = 1
            default: name.append(character)
            }
        }
        finish()
        self.powers = powers.filter { $0.value != 0 }
    }

    private static let spellings: [[String]] = [
        ["小时", "时", "h", "hour", "hours"], ["天", "日", "d", "day", "days"], ["分钟", "分", "min", "minute", "minutes"],
        ["元", "人民币", "cny", "rmb", "\u{A5}", "\u{FFE5}"], ["人", "person", "people", "persons"], ["次", "time", "times"],
        ["件", "piece", "pieces", "pcs"], ["月", "个月", "month", "months"], ["周", "week", "weeks"], ["年", "year", "years"],
    ]

    /// The one spelling of a name; `nil` for what has no dimension.
    private static func canonical(_ name: String) -> String? {
        let lower = name.lowercased()
        if ["%", "\u{FF05}", "‰", "percent", "1", "百分比", "比率", "倍"].contains(lower) { return nil }
        return spellings.first { $0.contains(lower) }?.first ?? name
    }

    public static func * (left: MeasureUnit, right: MeasureUnit) -> MeasureUnit {
        MeasureUnit(powers: left.powers.merging(right.powers) { $0 + $1 }.filter { $0.value != 0 })
    }

    public static func / (left: MeasureUnit, right: MeasureUnit) -> MeasureUnit { left * right.raised(to: -1) }

    public func raised(to power: Int) -> MeasureUnit {
        MeasureUnit(powers: powers.mapValues { $0 * power }.filter { $0.value != 0 })
    }

    /// Such as `元/件`; plain numbers are `1`.
    public var text: String {
        func part(_ power: (key: String, value: Int)) -> String {
            abs(power.value) == 1 ? power.key : "\(power.key)^\(abs(power.value))"
        }
        let sorted = powers.sorted { $0.key < $1.key }
        let above = sorted.filter { $0.value > 0 }.map(part).joined(separator: "·")
        return (above.isEmpty ? "1" : above) + sorted.filter { $0.value < 0 }.map { "/" + part($0) }.joined()
    }
}
