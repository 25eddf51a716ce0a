import PlanModel
import WorkingTime

/// A scale from values to places, with round marks.
struct Axis {
    let low: Double
    let high: Double
    let from: Double
    let to: Double
    let marks: [Double]

    /// Takes in all values, with at most `most` marks at 1, 2 or 5 times a power of ten.
    init(_ values: [Double], from: Double, to: Double, startsAtZero: Bool = false, most: Int = 3) {
        // So far that spans and their sums stay numbers, whatever was stored or reckoned.
        let farthest = 1e150
        let values = values.filter { !$0.isNaN }.map { min(max($0, -farthest), farthest) }
        var low = values.min() ?? 0
        var high = values.max() ?? 1
        if startsAtZero { (low, high) = (min(low, 0), max(high, 0)) }
        if high - low <= max(1e-12, max(abs(low), abs(high)) * 1e-12) {
            let margin = max(0.5, abs(high) * 1e-6)
            (low, high) = (low - margin, high + margin)
        }
        let step = Axis.step((high - low) / Double(max(most, 1)))
        let first = (low / step).rounded(.down)
        let last = (high / step).rounded(.up)
        self.low = first * step
        self.high = last * step
        self.from = from
        self.to = to
        marks = stride(from: first, through: last, by: max(1, ((last - first) / Double(most)).rounded(.up))).map { $0 * step }
    }

    /// No wider than its values take, with round marks within.
    init(tight values: [Double], from: Double, to: Double) {
        let round = Axis(values, from: from, to: to, most: 4)
        let step = Axis.step((round.high - round.low) / 4)
        let (low, high) = (max(values.min() ?? 0, round.low), min(values.max() ?? 1, round.high))
        guard high - low >= 1e-12 else {
            self = round
            return
        }
        (self.low, self.high) = ((low / step * 5).rounded(.down) * step / 5, (high / step * 5).rounded(.up) * step / 5)
        (self.from, self.to) = (from, to)
        let marks = stride(from: (self.low / step - 1e-9).rounded(.up), through: self.high / step + 1e-9, by: 1).map { $0 * step }
        self.marks = marks.count < 4 ? marks : stride(from: 0, to: marks.count, by: 2).map { marks[$0] }
    }

    private static func step(_ rough: Double) -> Double {
        var power = 1.0
        while power * 10 <= rough { power *= 10 }
        while power > rough { power /= 10 }
        let share = rough / power
        return power * (share <= 1 ? 1 : share <= 2 ? 2 : share <= 5 ? 5 : 10)
    }

    func callAsFunction(_ value: Double) -> Double { from + (value - low) / (high - low) * (to - from) }
}

/// Days on a horizontal line.
struct TimeAxis {
    let start: Day
    let end: Day
    let from: Double
    let to: Double

    var dayWidth: Double { (to - from) / Double(max(end - start, 1)) }

    /// The left edge of a day.
    func callAsFunction(_ day: Day) -> Double { from + Double(day - start) * dayWidth }

    /// The first days of the months within.
    var months: [Day] {
        var list: [Day] = []
        var day = Day(year: start.year, month: start.month, day: 1) ?? start
        while day < end {
            list.append(max(day, start))
            let next = day + 32
            day = Day(year: next.year, month: next.month, day: 1) ?? next
        }
        return list
    }

    /// How many months, from each January on, may share a name: from as few as there is room for.
    private var spans: [Int] { [1, 3, 6].filter { Double($0) * 30 * dayWidth >= 32 } + [12] }

    /// The first days of the months within, each with its name as far as there is room: the first, and each January, with its year. On a
    /// long line quarters, halves or years are named alone, so that each year can be read.
    func monthNames(_ language: Language, size: Double = 11) -> [(day: Day, name: String?)] {
        let months = self.months
        let tried = spans.map { names(of: months, $0, language, size) }
        // A year at the end may be too short for any name.
        let named = tried.last.map { last in months.filter { $0.month == 1 && Self.isDated(last[$0]) } } ?? []
        let best = tried.first { names in named.allSatisfy { Self.isDated(names[$0]) } } ?? tried.last
        return months.map { ($0, best?[$0]) }
    }

    /// - Parameter span: so many months share a name.
    private func names(of months: [Day], _ span: Int, _ language: Language, _ size: Double) -> [Day: String] {
        let named = months.filter { $0 <= start || ($0.month - 1) % span == 0 }
        var names: [Day: String] = [:]
        for (month, next) in zip(named, named.dropFirst() + [end]) {
            let room = min(callAsFunction(next), to) - callAsFunction(month) - 6
            names[month] = Self.names(of: month, language, isFirst: month <= start, isAlone: span > 1 || next == end).first {
                TextWidth.of($0, size: size) <= room
            }
        }
        return names
    }

    /// Whether a name has its year, which takes two digits at least and stands beside a month of letters, or of one digit in January.
    private static func isDated(_ name: String?) -> Bool { (name ?? "").count(where: \.isWholeNumber) >= 2 }

    /// The longest first.
    private static func names(of month: Day, _ language: Language, isFirst: Bool, isAlone: Bool) -> [String] {
        let isChinese = language == .chinese
        let short = isChinese ? "\(month.month)月" : String(DisplayText.months[month.month - 1].prefix(3))
        guard isFirst || month.month == 1 else { return [short] }
        let century = String(month.year).suffix(2)
        let dated =
            isChinese ? ["\(month.year)年\(short)", "\(century)年\(short)"] : ["\(short) \(month.year)", "\(short) '\(century)"]
        return dated + (isAlone && month.month == 1 ? (isChinese ? ["\(month.year)年"] : []) + ["\(month.year)"] : [])
            + (isFirst ? [short] : [])
    }
}
