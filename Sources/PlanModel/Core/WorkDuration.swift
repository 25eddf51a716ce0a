/// A length of work as a person writes it: `5d`, `4h`, `2w`, `30min`; with `e` for elapsed time that ignores
/// the calendar: `3ed`.
public struct WorkDuration: Hashable, Sendable {
    public enum Unit: String, Sendable, CaseIterable {
        case minutes = "min", hours = "h", days = "d", weeks = "w"
        case elapsedHours = "eh", elapsedDays = "ed", elapsedWeeks = "ew"

        public var isElapsed: Bool { self == .elapsedHours || self == .elapsedDays || self == .elapsedWeeks }

        public var label: Label {
            switch self {
            case .minutes: Label("分钟", "min")
            case .hours: Label("小时", "h")
            case .days: Label("天", "d")
            case .weeks: Label("周", "w")
            case .elapsedHours: Label("小时（连续）", "h elapsed")
            case .elapsedDays: Label("天（连续）", "d elapsed")
            case .elapsedWeeks: Label("周（连续）", "w elapsed")
            }
        }
    }

    public let amount: Double
    public let unit: Unit

    public init(_ amount: Double, _ unit: Unit) {
        self.amount = amount
        self.unit = unit
    }

    /// Reads `5d`, `-2d`, `1.5w`, `3ed`, `30min`, and the Chinese `5天`, `4小时`, `2周`, `30分钟`, `十个工作日`, `半天`;
    /// a bare number is days. `nil` for anything else and for amounts beyond 100,000.
    public init?(_ text: some StringProtocol) {
        let trimmed = String(text.filter { $0 != " " })
        let numeric = trimmed.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-" || $0 == "+") }
        let spoken = numeric.isEmpty ? trimmed.prefix { "零〇一二两三四五六七八九十百千半".contains($0) } : ""
        var rest = trimmed.dropFirst(numeric.count + spoken.count)
        if rest.first == "个" { rest.removeFirst() }
        guard let amount = numeric.isEmpty ? SpokenNumber.value(spoken) : Double(numeric), amount.isFinite,
            abs(amount) <= 100_000, let unit = WorkDuration.unit(String(rest)), spoken.isEmpty || !rest.isEmpty
        else { return nil }
        self.init(amount, unit)
    }

    private static func unit(_ text: String) -> Unit? {
        switch text {
        case "", "d", "天", "日", "day", "days", "工作日": .days
        case "h", "小时", "时", "钟头", "hour", "hours": .hours
        case "min", "m", "分钟", "分": .minutes
        case "w", "周", "星期", "week", "weeks": .weeks
        case "ed", "自然日", "天（连续）", "天(连续)": .elapsedDays
        case "eh": .elapsedHours
        case "ew", "自然周": .elapsedWeeks
        default: nil
        }
    }

    /// `5d`
    public var text: String { WorkDuration.shortest(amount) + unit.rawValue }

    /// As it is read; many hours of the clock in days.
    public func text(in language: Language) -> String {
        if unit == .elapsedHours, abs(amount) >= 48 {
            return WorkDuration((amount / 2.4).rounded() / 10, .elapsedDays).text(in: language)
        }
        let number = WorkDuration.shortest(amount)
        return language == .chinese ? "\(number) \(unit.label.zh)" : "\(number) \(unit.label.en)"
    }

    /// Minutes of the longest duration that is accepted: 100,000 elapsed weeks.
    public static let mostMinutes = 1_008_000_000.0

    /// Minutes of work (or of elapsed time for elapsed units); a day is `minutesPerDay`, a week `daysPerWeek` of them.
    public func minutes(perDay minutesPerDay: Int = 480, daysPerWeek: Int = 5) -> Int {
        let scale: Double =
            switch unit {
            case .minutes: 1
            case .hours, .elapsedHours: 60
            case .days: Double(minutesPerDay)
            case .weeks: Double(minutesPerDay) * Double(daysPerWeek)
            case .elapsedDays: 1440
            case .elapsedWeeks: 10_080
            }
        return Int(nearest: amount * scale, within: Self.mostMinutes)
    }

    /// The shortest text that reads back as the same number, without `.0`.
    static func shortest(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
    }
}
