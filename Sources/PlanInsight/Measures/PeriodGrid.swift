import Measures
import PlanModel
import WorkingTime

/// Days as places on an even grid of days, weeks, months … from that of a first day.
///
/// Weeks are counted from the first day's weekday, and a value a few days early or late still belongs to its week.
struct PeriodGrid: Hashable, Sendable {
    let frequency: Frequency
    /// Any day of the first period.
    let first: Day

    /// Calendar months in a period, or `nil` where periods are counted in days.
    private var months: Int? {
        switch frequency {
        case .monthly: 1
        case .quarterly: 3
        case .halfYearly: 6
        case .yearly: 12
        default: nil
        }
    }

    private var days: Int { frequency == .daily ? 1 : frequency == .biweekly ? 14 : 7 }

    /// Periods that make a cycle of the year, or of the week for days; 1 where there is none to be looked for.
    var cycle: Int {
        switch frequency {
        case .daily: 7
        case .monthly: 12
        case .quarterly: 4
        case .halfYearly: 2
        default: 1
        }
    }

    func place(of day: Day) -> Int {
        guard let months else { return Int((Double(day - first) / Double(days)).rounded()) }
        return Self.place(day, months) - Self.place(first, months)
    }

    private static func place(_ day: Day, _ months: Int) -> Int { (day.year * 12 + day.month - 1) / months }

    /// The last day of a period; for weeks the day that values are expected on.
    func end(of place: Int) -> Day {
        guard let months else { return first + days * place }
        let next = (Self.place(first, months) + place + 1) * months
        return (Day(year: next / 12, month: next % 12 + 1, day: 1) ?? first) - 1
    }

    func label(_ place: Int) -> String {
        let day = end(of: place)
        switch frequency {
        case .monthly: return String("\(day)".prefix(7))
        case .quarterly: return "\(day.year)Q\(day.quarter)"
        case .halfYearly: return "\(day.year)H\(day.month > 6 ? 2 : 1)"
        case .yearly: return "\(day.year)"
        default: return "\(day)"
        }
    }

    /// Years begin with the first period that ends in them.
    func calendar(count: Int) -> FormulaCalendar {
        let perYear =
            switch frequency {
            case .daily: 365
            case .weekly: 52
            case .biweekly: 26
            default: 12 / (months ?? 12)
            }
        var calendar = FormulaCalendar(periodsPerYear: perYear)
        for year in first.year...max(end(of: max(count, 1) - 1).year, first.year) {
            guard let newYear = Day(year: year, month: 1, day: 1) else { continue }
            var start = place(of: newYear) - 1
            while end(of: start) < newYear { start += 1 }
            calendar.yearStarts.append(start)
        }
        guard frequency == .daily else { return calendar }
        // A year back from the first days leads into the year before.
        calendar.leapPeriods = (first.year - 1...end(of: max(count, 1)).year).compactMap { year in
            Day(year: year, month: 2, day: 29).map { place(of: $0) }
        }
        return calendar
    }

    /// A measure's values by period; several in one as the measure says they go together.
    func values(of measure: Typed<Measure>, through today: Day) -> [Int: Double] {
        values(measure.values ?? Series(), gathering: measure.gathering, through: today)
    }

    func values(_ series: Series, gathering: Gathering?, through today: Day) -> [Int: Double] {
        var found: [Int: [Double]] = [:]
        for point in series.points where point.day <= today { found[place(of: point.day), default: []].append(point.value) }
        return found.mapValues { values in
            switch gathering ?? .last {
            case .last: values[values.count - 1]
            case .sum: values.compensatedSum
            case .mean: values.compensatedSum / Double(values.count)
            }
        }
    }

    /// A value that a period's sum lacks.
    struct Lack: Hashable, Sendable {
        /// The period of the values, as it is called.
        let label: String
        /// No later one is there yet.
        let isAwaited: Bool
    }

    /// The first value lacking in each period whose sum would understate: one of a measure's own, more frequent periods has none.
    ///
    /// A period still running is summed so far. Values by the day, which leave out days nobody works, and values without a rhythm
    /// don't say how many there must be.
    func lacks(of measure: Typed<Measure>, _ series: Series, through today: Day) -> [Int: Lack] {
        let agreed = measure.frequency == .once ? nil : measure.frequency
        let days = series.days.prefix { $0 <= today }
        guard measure.gathering == .sum, let first = days.first, let own = Self.frequency(of: series.days) ?? agreed,
            own != .daily, own.days < frequency.days
        else { return [:] }
        let grid = PeriodGrid(frequency: own, first: first)
        let known = Set(days.map(grid.place))
        let newest = known.max() ?? 0
        var part = 0
        while place(of: grid.end(of: part - 1)) == place(of: first) { part -= 1 }
        var lacks: [Int: Lack] = [:]
        while part < newest || grid.end(of: part) <= today {
            let whole = place(of: grid.end(of: part))
            if !known.contains(part), lacks[whole] == nil, part < newest || end(of: whole) <= today {
                lacks[whole] = Lack(label: grid.label(part), isAwaited: part > newest)
            }
            part += 1
        }
        return lacks
    }

    /// By the usual distance of the values; `nil` where there are fewer than two or they keep no rhythm.
    static func frequency(of days: [Day]) -> Frequency? {
        let gaps = zip(days, days.dropFirst()).map { $1 - $0 }.sorted()
        guard !gaps.isEmpty else { return nil }
        switch gaps[gaps.count / 2] {
        case 1...2: return .daily
        case 5...9: return .weekly
        case 12...16: return .biweekly
        case 26...33: return .monthly
        case 85...95: return .quarterly
        case 175...190: return .halfYearly
        case 355...375: return .yearly
        default: return nil
        }
    }
}

extension Typed where K == Measure {
    /// How often it has values: by the values themselves, else as agreed; monthly where neither says.
    var rhythm: Frequency {
        let agreed = self.frequency == .once ? nil : self.frequency
        return PeriodGrid.frequency(of: self.values?.days ?? []) ?? agreed ?? .monthly
    }
}
