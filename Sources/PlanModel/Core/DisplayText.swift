import WorkingTime

/// Values as people read them: in pages, documents and messages. Not meant to be read back.
public struct DisplayText: Sendable {
    public let workspace: Workspace
    public let plan: PlanKey
    public let currency: Currency
    public let language: Language

    public init(_ plan: Plan, in workspace: Workspace, _ language: Language) {
        self.workspace = workspace
        self.plan = plan.key
        currency = plan.currency
        self.language = language
    }

    public func text(_ value: Value, _ field: FieldInfo) -> String {
        switch value {
        case .text(let text): language == .english ? DisplayText.withLatinSpans(text) : text
        case .whole(let number): DisplayText.number(Double(number))
        case .number(let share) where field.type == .percent: DisplayText.percent(share)
        case .number(let number): DisplayText.number(number)
        case .flag(let flag): flag ? Label("是", "Yes")[language] : Label("否", "No")[language]
        case .date(let day): day.description
        case .money(let money):
            money.currency == currency ? DisplayText.amount(money) : money.currency.symbol + DisplayText.amount(money)
        case .duration(let duration): duration.text(in: language)
        case .choice(let key): option(key, field)
        case .references, .links, .shares: items(value).joined(separator: separator)
        case .series(let series): series.last.map { DisplayText.point($0.day, $0.value, language) } ?? ""
        }
    }

    /// What a value of several holds, each as it is named; nothing for any other value.
    public func items(_ value: Value) -> [String] {
        switch value {
        case .references(let ids): ids.map(name)
        case .links(let links): links.map { $0.text(seenFrom: plan) }
        case .shares(let shares):
            shares.map { $0.units == 1 ? name($0.who) : "\(name($0.who)) \(DisplayText.percent($0.units))" }
        default: []
        }
    }

    public var separator: String { language == .chinese ? "、" : ", " }

    /// Spans of days as Chinese writes them, `2026-08-10 至 2026-08-14`, with a dash; any other text as it is.
    private static func withLatinSpans(_ text: String) -> String {
        guard text.contains("至"), text.allSatisfy({ "0123456789-., 、，至".contains($0) }) else { return text }
        return text.replacing(" 至 ", with: " – ").replacing("至", with: " – ").replacing("、", with: ", ").replacing(
            "，", with: ", ")
    }

    private func option(_ key: String, _ field: FieldInfo) -> String {
        guard case .choice(let options) = field.type else { return key }
        return options.first { $0.key == key }?.label[language] ?? key
    }

    /// People and roles by name, records of this plan by short id and title; of another plan the short id says nothing, so those by
    /// their title alone.
    public func name(_ id: RecordID) -> String {
        guard let record = workspace.record(id) else { return id.text(seenFrom: plan) }
        return id.isSomebody || id.plan != plan ? record.title : "\(id.short) \(record.title)"
    }

    // MARK: Numbers

    /// At most four decimals; groups of three from four digits on.
    public static func number(_ number: Double) -> String {
        guard number.isFinite else { return "" }
        let rounded = (number * 10_000).rounded() / 10_000
        let text = WorkDuration.shortest(abs(rounded))
        let parts = text.split(separator: ".", maxSplits: 1)
        guard let whole = parts.first, !text.contains("e") else { return String(rounded) }
        return (rounded < 0 ? "−" : "") + grouped(whole) + (parts.count == 2 ? "." + parts[1] : "")
    }

    /// A measured or computed value: no more decimals than four figures need, the whole part always in full.
    public static func figure(_ value: Double) -> String {
        let scale = abs(value) >= 10 ? 100.0 : abs(value) >= 1 ? 1000 : 10_000
        return number((value * scale).rounded() / scale)
    }

    /// What was divided or multiplied from other figures: three figures, the whole part always in full.
    public static func computed(_ value: Double) -> String {
        let scale = abs(value) >= 100 ? 1.0 : abs(value) >= 10 ? 10 : abs(value) >= 1 ? 100 : 1000
        return number((value * scale).rounded() / scale)
    }

    /// A value of a series with its period: `12（2026-03）`, `12 (2026-03)`.
    public static func point(_ day: Day, _ value: Double, _ language: Language) -> String { point(day, figure(value), language) }

    /// The same of a value in words.
    public static func point(_ day: Day, _ value: String, _ language: Language) -> String {
        point(at: Series.text(of: day), value, language)
    }

    /// The same of a period in words.
    public static func point(at period: String, _ value: String, _ language: Language) -> String {
        language == .chinese ? "\(value)（\(period)）" : "\(value) (\(period))"
    }

    /// At most one decimal.
    ///
    /// Halves are rounded away from zero also where binary fractions fall just short of them, as 3/16 does.
    public static func percent(_ share: Double) -> String { number((share * 1000 * (1 + 1e-12)).rounded() / 10) + "%" }

    /// A length of time with one figure after the point: `3.2 天`, `4.5 小时`, `12 分钟`, `8 秒`.
    public static func span(_ seconds: Double, _ language: Language) -> String {
        let (size, zh, en): (Double, String, String) =
            abs(seconds) >= 86_400
            ? (86_400, "天", "d")
            : abs(seconds) >= 3600 ? (3600, "小时", "h") : abs(seconds) >= 60 ? (60, "分钟", "min") : (1, "秒", "s")
        return "\(number((seconds / size * 10).rounded() / 10)) \(language == .chinese ? zh : en)"
    }

    public static func amount(_ money: Money) -> String {
        let parts = money.decimal.split(separator: ".", maxSplits: 1)
        guard let whole = parts.first else { return "" }
        let digits = whole.drop { $0 == "-" }
        return (money.units < 0 ? "−" : "") + grouped(digits)
            + (parts.count == 2 ? "." + (parts[1].count == 1 ? parts[1] + "0" : parts[1]) : "")
    }

    /// An amount with its unit, as a sentence has it: `48,000 元`, `48,000 CNY`.
    public static func sum(_ money: Money, _ language: Language) -> String {
        "\(amount(money)) \(money.currency.name(in: language))"
    }

    private static func grouped(_ digits: Substring) -> String {
        var out = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { out += "," }
            out.append(digit)
        }
        return out
    }

    // MARK: Dates

    /// `2026年3月5日`, `5 March 2026`: for sentences.
    public static func long(_ day: Day, _ language: Language) -> String {
        let (year, month, dayOfMonth) = day.components
        return language == .chinese ? "\(year)年\(month)月\(dayOfMonth)日" : "\(dayOfMonth) \(months[month - 1]) \(year)"
    }

    /// `3月5日`, `5 Mar`.
    public static func short(_ day: Day, _ language: Language) -> String {
        let (_, month, dayOfMonth) = day.components
        return language == .chinese ? "\(month)月\(dayOfMonth)日" : "\(dayOfMonth) \(months[month - 1].prefix(3))"
    }

    /// The same with its year where that is not the year of `today`: `2027年3月5日`, `5 Mar 2027`.
    public static func short(_ day: Day, _ language: Language, on today: Day) -> String {
        if day.year == today.year { return short(day, language) }
        return language == .chinese ? "\(day.year)年\(short(day, language))" : "\(short(day, language)) \(day.year)"
    }

    /// `3月5日 – 4月2日`, `5 Mar – 2 Apr`; a day alone once; years that are not this one, of both ends alike once.
    public static func short(_ start: Day, to finish: Day, _ language: Language, on today: Day) -> String {
        guard start != finish else { return short(start, language, on: today) }
        if language == .chinese || start.year != finish.year {
            return "\(short(start, language, on: today)) – \(short(finish, language, on: start))"
        }
        return "\(short(start, language)) – \(short(finish, language, on: today))"
    }

    /// Ascending years: `2027`, `2027、2029`, `2027, 2029`; three and more without a gap `2027–2034`.
    public static func years(_ years: [Int], _ language: Language) -> String {
        if let first = years.first, let last = years.last, years.count > 2, last - first == years.count - 1 {
            return "\(first)–\(last)"
        }
        return years.map(String.init).joined(separator: language == .chinese ? "、" : ", ")
    }

    public static func weekday(_ day: Day, _ language: Language) -> String {
        language == .chinese
            ? "周" + ["一", "二", "三", "四", "五", "六", "日"][day.weekday - 1]
            : ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][day.weekday - 1]
    }

    public static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]
}

extension RecordID {
    /// Whether it is a person, a role or a contact, who have names.
    public var isSomebody: Bool { [Person.names.prefix, Role.names.prefix, Contact.names.prefix].contains(prefix) }
}
