/// What is asked of a log: which part of it, which other part to set beside it, and what time counts. Pages, programs and the command
/// line ask in the same words.
///
/// | field | means | example |
/// |---|---|---|
/// | `from`, `to` | first and last day, by `coverage` (`started` if left out) | `2026-03-01` |
/// | `with`, `without`, `only` | cases with one of the activities, with none of them; events of these alone | `审核\|复核` |
/// | `variants`, `variant` | the so many most frequent variants; the one of this number | `5` |
/// | `attribute` | cases with one of the values in a column; several behind `;` | `渠道=电话\|邮件` |
/// | `person` | cases that one of these people worked on | `王芳` |
/// | `longer`, `shorter` | lead time at least and at most: a number and `m`, `h` or `d` | `36h` |
/// | `split` | cases begun before this day, beside those begun from it on | `2026-06-01` |
/// | `compare` | another part to set beside: the fields above, behind `&` | `from=2026-06-01&person=王芳` |
/// | `clock` | `work` counts working time only | `work` |
public struct LogQuestion: Sendable, Hashable {
    public var filter = LogFilter()
    /// The part set beside that of `filter`, or beside `compared` where that is given.
    public var other: LogFilter?
    /// What of the part stands on the left of a comparison, if not all of it.
    public var compared: LogFilter?
    public var countsWorkingTime = false

    public init() {}

    public var isEmpty: Bool { self == LogQuestion() }

    /// Columns that the filters ask for.
    public var attributes: [String] { Set(filter.attributes.keys).union(other?.attributes.keys ?? [:].keys).sorted() }

    public struct Flaw: Error, Sendable, Hashable {
        public let words: MiningWords

        public init(words: MiningWords) { self.words = words }
    }

    /// - Parameter zoneMinutes: the zone whose midnights part the days, in minutes east.
    /// - Throws: `Flaw` that names the field that cannot be read, with an example.
    public init(_ fields: [String: String], zoneMinutes: Int) throws(Flaw) {
        filter = try LogFilter(fields, zoneMinutes: zoneMinutes)
        switch fields["clock"] ?? "" {
        case "work": countsWorkingTime = true
        case "", "wall": break
        case let text: throw Flaw(field: "clock", text, "work")
        }
        if let text = fields["compare"], !text.isEmpty {
            other = try LogFilter(try Self.fields(text), zoneMinutes: zoneMinutes)
        } else if let text = fields["split"], !text.isEmpty {
            let border = try LogFilter.midnight("split", text, zoneMinutes)
            var (earlier, later) = (filter, filter)
            (earlier.coverage, later.coverage) = (.started, .started)
            let whole = filter.period ?? .min ..< .max
            earlier.period = whole.lowerBound..<max(min(whole.upperBound, border), whole.lowerBound)
            later.period = min(max(whole.lowerBound, border), whole.upperBound)..<whole.upperBound
            (compared, other) = (earlier, later)
        }
    }

    private static func fields(_ text: String) throws(Flaw) -> [String: String] {
        var fields: [String: String] = [:]
        for part in text.split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, LogFilter.fieldNames.contains(String(pair[0])) else {
                throw Flaw(field: "compare", String(part), "from=2026-06-01&to=2026-08-31")
            }
            fields[String(pair[0])] = String(pair[1])
        }
        return fields
    }

    /// Names that the log does not have, which would keep nothing.
    /// - Throws: `Flaw` with the names there are.
    public func check(_ log: EventLog) throws(Flaw) {
        for filter in [filter] + (other.map { [$0] } ?? []) {
            let activities = filter.withActivities.union(filter.withoutActivities).union(filter.onlyActivities)
            try Self.check(activities, log.activities, MiningWords("活动", "activity"))
            try Self.check(filter.resources, log.resources, MiningWords("人员", "person"))
            for (name, values) in filter.attributes.sorted(by: { $0.key < $1.key }) {
                try Self.check([name], log.attributes.map(\.name), MiningWords("列", "column"))
                try Self.check(values, log.attributes.first { $0.name == name }?.values ?? [], MiningWords("值", "value"))
            }
        }
    }

    private static func check(_ asked: Set<String>, _ known: [String], _ kind: MiningWords) throws(Flaw) {
        guard let missing = asked.sorted().first(where: { !known.contains($0) }) else { return }
        let some = known.prefix(12)
        throw Flaw(
            words: MiningWords(
                "日志中没有\(kind.zh)「\(missing)」；有：\(some.joined(separator: "、"))\(known.count > 12 ? "……" : "")。",
                "The log has no \(kind.en) “\(missing)”; it has: \(some.joined(separator: ", "))\(known.count > 12 ? " …" : "").")
        )
    }
}

extension LogQuestion.Flaw {
    init(field: String, _ text: String, _ example: String) {
        words = MiningWords(
            "「\(field)」的值「\(text)」看不懂；写成 \(example)。", "“\(text)” cannot be read as “\(field)”; write it as \(example).")
    }
}

extension LogFilter {
    static let fieldNames: Set<String> = [
        "from", "to", "coverage", "with", "without", "only", "variants", "variant", "attribute", "person", "longer", "shorter",
    ]

    init(_ fields: [String: String], zoneMinutes: Int) throws(LogQuestion.Flaw) {
        let given = fields.filter { !$0.value.isEmpty }
        func names(_ field: String) -> Set<String> { Set((given[field] ?? "").split(separator: "|").map(String.init)) }
        func number(_ field: String) throws(LogQuestion.Flaw) -> Int? {
            guard let text = given[field] else { return nil }
            guard let value = Int(text), value > 0 else { throw .init(field: field, text, "3") }
            return value
        }
        if let text = given["coverage"] {
            guard let known = Coverage(rawValue: text) else {
                throw .init(field: "coverage", text, Coverage.allCases.map(\.rawValue).joined(separator: "/"))
            }
            coverage = known
        } else if given["from"] != nil || given["to"] != nil {
            coverage = .started
        }
        let from = try given["from"].map { text throws(LogQuestion.Flaw) in try Self.midnight("from", text, zoneMinutes) }
        let to = try given["to"].map { text throws(LogQuestion.Flaw) in try Self.midnight("to", text, zoneMinutes) + Self.day }
        if from != nil || to != nil {
            guard (from ?? .min) < (to ?? .max) else { throw .init(field: "to", given["to"] ?? "", given["from"] ?? "") }
            period = (from ?? .min)..<(to ?? .max)
        }
        (withActivities, withoutActivities, onlyActivities) = (names("with"), names("without"), names("only"))
        (mostFrequentVariants, variant) = (try number("variants"), try number("variant"))
        resources = names("person")
        for part in (given["attribute"] ?? "").split(separator: ";") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { throw .init(field: "attribute", String(part), "channel=phone|mail") }
            attributes[String(pair[0]), default: []].formUnion(pair[1].split(separator: "|").map(String.init))
        }
        let least = try given["longer"].map { text throws(LogQuestion.Flaw) in try Self.seconds("longer", text) }
        let most = try given["shorter"].map { text throws(LogQuestion.Flaw) in try Self.seconds("shorter", text) }
        if least != nil || most != nil {
            guard (least ?? 0) <= (most ?? .infinity) else {
                throw .init(field: "shorter", given["shorter"] ?? "", given["longer"] ?? "")
            }
            duration = (least ?? 0)...(most ?? .infinity)
        }
    }

    private static let day: Int64 = 86_400_000_000

    /// Microseconds since 1970 of the beginning of a day.
    static func midnight(_ field: String, _ text: String, _ zoneMinutes: Int) throws(LogQuestion.Flaw) -> Int64 {
        var times = TimeParser(zoneMinutes: zoneMinutes)
        guard text.utf8.count == 10, case .time(let micros, false) = Array(text.utf8).withUnsafeBytes({ times.parse($0) }) else {
            throw .init(field: field, text, "2026-03-01")
        }
        return micros
    }

    private static func seconds(_ field: String, _ text: String) throws(LogQuestion.Flaw) -> Double {
        let units: [Character: Double] = ["m": 60, "h": 3600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), let value = Double(text.dropLast()), value >= 0, value.isFinite else {
            throw .init(field: field, text, "36h")
        }
        return value * unit
    }
}
