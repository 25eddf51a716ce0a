import WorkingTime

/// What reading and writing values as text has to know: whose short ids and which currency are meant.
public struct TextContext: Sendable {
    public let plan: PlanKey
    public let currency: Currency

    public init(plan: PlanKey, currency: Currency = .yuan) {
        self.plan = plan
        self.currency = currency
    }
}

extension Plan {
    public var textContext: TextContext { TextContext(plan: key, currency: currency) }
}

extension FieldInfo {
    /// Reads what a person typed or a file says. Lists are separated by `,`, `，`, `、` or `;`.
    ///
    /// - Returns: `nil` for blank text.
    /// - Throws: `Problem` that says what the field takes.
    public func value(from text: String, in context: TextContext, record: RecordID? = nil) throws(Problem) -> Value? {
        if type == .prose { return text.isEmpty ? nil : .text(text.replacingCarriageReturns) }
        let trimmed = text.trimmed
        if trimmed.isEmpty { return nil }
        if let value = parsed(trimmed, context) ?? parsed(trimmed.narrow, context) {
            if case .series(let series) = value, trimmed.count(where: { ":：=".contains($0) }) > series.count,
                let day = trimmed.dayNamedTwice ?? trimmed.narrow.dayNamedTwice
            {
                throw namedTwice(day, record)
            }
            return value
        }
        throw unreadable(trimmed, record)
    }

    /// What is said of a value that the field does not take.
    public func unreadable(_ text: String, _ record: RecordID?) -> Problem {
        Problem(
            "value.unreadable", record: record, field: key,
            Label("「\(label.zh)」看不懂「\(text.prefix(60))」。", "“\(label.en)” cannot read “\(text.prefix(60))”."),
            remedy: readings(text) ?? Label("应为\(name.zh)\(bounds.zh)。", "It takes \(name.en)\(bounds.en)."))
    }

    /// Of a day that has two numbers one would be lost.
    private func namedTwice(_ day: Day, _ record: RecordID?) -> Problem {
        Problem(
            "value.twice", record: record, field: key,
            Label("「\(label.zh)」的日期 \(day) 写了两次。", "“\(label.en)” gives \(day) twice."),
            remedy: Label("保留一个；月份代表当月最后一天。", "Keep one; a month stands for its last day."))
    }

    /// A comma that groups no thousands may be a decimal point or a slip: both are offered.
    private func readings(_ text: String) -> Label? {
        switch type {
        case .whole, .number, .percent, .money, .duration: break
        default: return nil
        }
        let narrow = text.narrow
        guard narrow.count { $0 == "," } == 1 else { return nil }
        let (decimal, joined) = (narrow.replacing(",", with: "."), narrow.replacing(",", with: ""))
        let context = TextContext(plan: .unnamed)
        let readings = [decimal, joined].filter { parsed($0, context) != nil }
        guard !readings.isEmpty else { return nil }
        return Label(
            "逗号只用来分开千位，如 1,200：写作 \(readings.joined(separator: " 或 "))。",
            "Commas only group thousands, as in 1,200: write \(readings.joined(separator: " or ")).")
    }

    private var name: Label { spec.isCurrency ? Currency.words : type.name }

    /// From where to where a whole number may be.
    private var bounds: Label {
        guard type == .whole, let range = spec.range else { return Label("", "") }
        let (low, high) = (WorkDuration.shortest(range.lowerBound), WorkDuration.shortest(range.upperBound))
        return Label("，\(low) 到 \(high)", " from \(low) to \(high)")
    }

    private func parsed(_ text: String, _ context: TextContext) -> Value? {
        switch type {
        case .line where spec.isCurrency: Currency(known: text).map { .text($0.description) }
        case .line, .prose: .text(text)
        case .whole: Int(SpokenNumber.digits(text.withoutThousands)).map { .whole($0) }
        case .number: text.finiteNumber.map { .number($0) }
        case .percent: text.share.map { .number($0) }
        case .flag: text.flag.map { .flag($0) }
        case .date: Day(anyForm: text).map { .date($0) }
        case .money: Money(text, currency: context.currency).map { .money($0) }
        case .duration: WorkDuration(text).map { .duration($0) }
        case .choice(let options): options.first { $0.matches(text) }.map { .choice($0.key) }
        case .reference: RecordID(text, in: context.plan).map { .references([$0]) }
        case .references: text.listed { RecordID($0, in: context.plan) }.map { .references($0) }
        case .links: text.listed { TaskLink($0, in: context.plan) }.map { .links($0) }
        case .shares: text.listed { Share($0, in: context.plan) }.map { .shares($0) }
        case .series: text.listed { Series.point($0) }.map { .series(Series($0)) }
        }
    }

    /// The value as the plan file and the forms write it: exact, and read back by `value(from:in:)`.
    public func text(of value: Value, in context: TextContext) -> String {
        switch value {
        case .text(let text): text
        case .whole(let number): String(number)
        case .number(let number) where type == .percent: Percentage.text(number)
        case .number(let number): WorkDuration.shortest(number)
        case .flag(let flag): flag ? "true" : "false"
        case .date(let day): day.description
        case .money(let money): money.currency == context.currency ? money.decimal : "\(money.currency) \(money.decimal)"
        case .duration(let duration): duration.text
        case .choice(let key): key
        default: texts(of: value, in: context).joined(separator: ", ")
        }
    }

    /// The elements of a list value, each as text; one text for any other value.
    public func texts(of value: Value, in context: TextContext) -> [String] {
        switch value {
        case .references(let ids): ids.map { $0.text(seenFrom: context.plan) }
        case .links(let links): links.map { $0.text(seenFrom: context.plan) }
        case .shares(let shares): shares.map { $0.text(seenFrom: context.plan) }
        case .series(let series): series.points.map { "\(Series.text(of: $0.day)): \(WorkDuration.shortest($0.value))" }
        default: [text(of: value, in: context)]
        }
    }
}

extension FieldType.Option {
    fileprivate func matches(_ text: String) -> Bool {
        key == text || label.zh == text || label.en.lowercased() == text.lowercased() || key.lowercased() == text.lowercased()
    }
}

extension Day {
    /// Reads `2026-03-05`, `2026/3/5`, `2026.3.5`, `2026年3月5日`, and `2026-03` as the last day of the month.
    public init?(anyForm text: some StringProtocol) {
        if let day = Day(text) {
            self = day
            return
        }
        let parts = text.split { "-/.年月日 ".contains($0) }.map { Int($0) }
        guard (2...3).contains(parts.count), let year = parts[0], year > 1000, let month = parts[1], (1...12).contains(month)
        else { return nil }
        if parts.count == 2 {
            self.init(year: year, month: month, day: Day.length(ofMonth: month, in: year))
        } else {
            guard let day = parts[2] else { return nil }
            self.init(year: year, month: month, day: day)
        }
    }
}

extension Series {
    /// `2026-03` for the last day of a month, `2026-03-05` for any other.
    public static func text(of day: Day) -> String {
        let (year, month, dayOfMonth) = day.components
        return dayOfMonth == Day.length(ofMonth: month, in: year) ? String(day.description.prefix(7)) : day.description
    }

    static func point(_ text: Substring) -> (Day, Double)? {
        let parts = text.split { ":：=".contains($0) }
        guard parts.count == 2, let day = Day(anyForm: String(parts[0]).trimmed),
            let value = String(parts[1]).trimmed.finiteNumber
        else { return nil }
        return (day, value)
    }
}

extension String {
    /// Digits, letters and signs of full width as Chinese input methods give them (`４０％`) in their usual width.
    var narrow: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.map { scalar in
                    switch scalar.value {
                    case 0xFF01...0xFF5E: Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
                    case 0x3000: " "
                    default: scalar
                    }
                }))
    }

    public var trimmed: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
            return ""
        }
        return first == startIndex && index(after: last) == endIndex ? self : String(self[first...last])
    }

    fileprivate var replacingCarriageReturns: String {
        utf8.contains(13)
            ? split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n").filter { $0 != "\r" } : self
    }

    /// `12.5`, `1,250`, `1.2万`.
    public var finiteNumber: Double? {
        guard let number = Double(SpokenNumber.digits(withoutThousands)), number.isFinite else { return nil }
        return number
    }

    /// `45%`, `0.45`, `八成`; without a sign, what is too much for a share is a percentage: `45`.
    fileprivate var share: Double? {
        if let last, last == "%" || last == "％" { return Percentage.share(String(dropLast()).trimmed.withoutThousands) }
        guard let number = finiteNumber else { return SpokenNumber.share(self) }
        return number < 2 ? number : Percentage.share(SpokenNumber.digits(withoutThousands))
    }

    /// The first day to which a list of points gives a second number.
    fileprivate var dayNamedTwice: Day? {
        var seen: Set<Day> = []
        return listed { Series.point($0)?.0 }?.first { !seen.insert($0).inserted }
    }

    fileprivate var flag: Bool? {
        switch lowercased() {
        case "true", "yes", "on", "1", "是", "对", "有": true
        case "false", "no", "off", "0", "否", "无": false
        default: nil
        }
    }

    /// The elements of a list, each read; `nil` if one cannot be.
    fileprivate func listed<Element>(_ read: (Substring) -> Element?) -> [Element]? {
        var list: [Element] = []
        for part in split(whereSeparator: { ",，、;；\n".contains($0) }) {
            let trimmed = String(part).trimmed
            if trimmed.isEmpty { continue }
            guard let element = read(Substring(trimmed)) else { return nil }
            list.append(element)
        }
        return list.isEmpty ? nil : list
    }
}

extension StringProtocol {
    /// Without the commas of `1,200` and `1,200,300.5`; the text itself where a comma stands anywhere else, as in `1,5`.
    var withoutThousands: Substring {
        guard contains(",") else { return Substring(self) }
        let whole = prefix { $0.isASCII && $0.isNumber || ",+-".contains($0) }
        let groups = whole.drop { $0 == "+" || $0 == "-" }.split(separator: ",", omittingEmptySubsequences: false)
        let isGrouped =
            (1...3).contains(groups[0].count) && groups[0].first != "0" && groups.dropFirst().allSatisfy { $0.count == 3 }
        return isGrouped ? Substring(whole.filter { $0 != "," }) + self[whole.endIndex...] : Substring(self)
    }
}

/// Shares as percentages that read back as the very same number.
enum Percentage {
    /// `45%`, with as many digits as it takes to read the same share again.
    static func text(_ share: Double) -> String {
        let percent = WorkDuration.shortest((share * 1e12).rounded() / 1e10)
        if Self.share(percent) == share { return percent + "%" }
        let text = WorkDuration.shortest(share)
        return SpokenNumber.moved(text[...], by: 2).map { $0 + "%" } ?? text
    }

    /// The share that the digits of a percentage stand for, without rounding twice.
    static func share(_ percent: some StringProtocol) -> Double? {
        guard let number = Double(percent), number.isFinite else { return nil }
        return percent.contains { $0 == "e" || $0 == "E" || $0 == "x" } ? number / 100 : Double(percent + "e-2")
    }
}
