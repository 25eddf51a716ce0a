import WorkingTime

/// What one field of a record holds. Absence is `nil`, never an empty value.
public enum Value: Hashable, Sendable {
    case text(String)
    case whole(Int)
    case number(Double)
    case flag(Bool)
    case date(Day)
    case money(Money)
    case duration(WorkDuration)
    /// The raw value of the chosen case.
    case choice(String)
    /// Records pointed to, in the order given; a field to one record holds exactly one.
    case references([RecordID])
    /// Predecessors of a task.
    case links([TaskLink])
    /// Who takes part and with which share.
    case shares([Share])
    /// A number per date.
    case series(Series)
}

/// A predecessor: `T-3`, `T-3 SS+2d`, `T-3 FF-50%`.
public struct TaskLink: Hashable, Sendable {
    public enum Relation: String, Sendable, CaseIterable {
        case finishToStart = "FS", startToStart = "SS", finishToFinish = "FF", startToFinish = "SF"

        public var label: Label {
            switch self {
            case .finishToStart: Label("完成-开始", "finish-to-start")
            case .startToStart: Label("开始-开始", "start-to-start")
            case .finishToFinish: Label("完成-完成", "finish-to-finish")
            case .startToFinish: Label("开始-完成", "start-to-finish")
            }
        }
    }

    public enum Lag: Hashable, Sendable {
        case none
        case time(WorkDuration)
        /// A share of the predecessor's duration, 0.5 for 50 %.
        case share(Double)
    }

    public let predecessor: RecordID
    public let relation: Relation
    public let lag: Lag

    public init(_ predecessor: RecordID, _ relation: Relation = .finishToStart, lag: Lag = .none) {
        self.predecessor = predecessor
        self.relation = relation
        self.lag = lag
    }

    /// Reads `T-3`, `T-3FS+2d`, `T-3 SS-1d`, `other-plan/T-3 FF+50%`; `nil` for anything else.
    public init?(_ text: some StringProtocol, in plan: PlanKey) {
        let compact = String(text.filter { $0 != " " })
        guard let dash = Self.dashOfIdentifier(in: compact) else { return nil }
        let numberEnd = compact[compact.index(after: dash)...].firstIndex { !$0.isNumber } ?? compact.endIndex
        guard let predecessor = RecordID(compact[..<numberEnd], in: plan) else { return nil }
        var rest = compact[numberEnd...]
        var relation = Relation.finishToStart
        if let named = Relation(rawValue: rest.prefix(2).uppercased()) {
            relation = named
            rest = rest.dropFirst(2)
        }
        guard let lag = Self.lag(rest) else { return nil }
        self.init(predecessor, relation, lag: lag)
    }

    /// The dash between letters and number: the last one that follows the kind's capital letters.
    private static func dashOfIdentifier(in text: String) -> String.Index? {
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == "-", index > text.startIndex, text[text.index(before: index)].isUppercase { return index }
            index = text.index(after: index)
        }
        return nil
    }

    private static func lag(_ text: Substring) -> Lag? {
        if text.isEmpty { return Lag.none }
        guard text.first == "+" || text.first == "-" else { return nil }
        if text.last == "%" { return Percentage.share(text.dropLast()).map { .share($0) } }
        return WorkDuration(text).map { .time($0) }
    }

    public func text(seenFrom plan: PlanKey) -> String {
        let lagText =
            switch lag {
            case .none: ""
            case .time(let duration): (duration.amount >= 0 ? "+" : "") + duration.text
            case .share(let share): (share >= 0 ? "+" : "") + Percentage.text(share)
            }
        let name = predecessor.text(seenFrom: plan)
        return relation == .finishToStart && lagText.isEmpty ? name : "\(name) \(relation.rawValue)\(lagText)"
    }
}

/// Somebody's part in a task or team: `P-3 50%`.
public struct Share: Hashable, Sendable {
    public let who: RecordID
    /// 1 is full time; 3 is three full-time people of a role.
    public let units: Double

    public init(_ who: RecordID, units: Double = 1) {
        self.who = who
        self.units = units
    }

    /// Reads `P-3`, `P-3 50%`, `RO-2 300%`; `nil` for anything else.
    public init?(_ text: some StringProtocol, in plan: PlanKey) {
        let words = text.split(separator: " ")
        guard let first = words.first, words.count <= 2, let who = RecordID(first, in: plan) else { return nil }
        var units = 1.0
        if words.count == 2 {
            let share = words[1].last == "%" ? Percentage.share(words[1].dropLast()) : Double(words[1])
            guard let share, share.isFinite, share > 0 else { return nil }
            units = share
        }
        self.init(who, units: units)
    }

    public func text(seenFrom plan: PlanKey) -> String {
        let name = who.text(seenFrom: plan)
        return units == 1 ? name : "\(name) \(Percentage.text(units))"
    }
}

/// A number for each of some dates, in order of date.
public struct Series: Hashable, Sendable {
    public private(set) var days: [Day]
    public private(set) var values: [Double]

    public init() {
        days = []
        values = []
    }

    /// Later entries for the same day replace earlier ones.
    public init(_ points: some Sequence<(Day, Double)>) {
        self.init()
        for (day, value) in points { self[day] = value }
    }

    public var count: Int { days.count }
    public var isEmpty: Bool { days.isEmpty }
    public var last: (day: Day, value: Double)? { days.last.map { ($0, values[values.count - 1]) } }
    public var points: [(day: Day, value: Double)] { zip(days, values).map { ($0, $1) } }
    public var total: Double { values.reduce(0, +) }

    /// The newest point on or before `day`.
    public func latest(on day: Day) -> (day: Day, value: Double)? {
        let position = insertionPoint(day)
        if position < days.count, days[position] == day { return (day, values[position]) }
        return position > 0 ? (days[position - 1], values[position - 1]) : nil
    }

    public subscript(day: Day) -> Double? {
        get {
            let position = insertionPoint(day)
            return position < days.count && days[position] == day ? values[position] : nil
        }
        set {
            let position = insertionPoint(day)
            let isPresent = position < days.count && days[position] == day
            switch (newValue, isPresent) {
            case (let value?, true): values[position] = value
            case (let value?, false):
                days.insert(day, at: position)
                values.insert(value, at: position)
            case (nil, true):
                days.remove(at: position)
                values.remove(at: position)
            case (nil, false): break
            }
        }
    }

    private func insertionPoint(_ day: Day) -> Int {
        if let last = days.last, last < day { return days.count }
        var low = 0
        var high = days.count
        while low < high {
            let middle = (low + high) / 2
            if days[middle] < day { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
