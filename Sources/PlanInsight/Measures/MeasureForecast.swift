import Measures
import PlanModel
import Synchronization
import WorkingTime

/// Where a measure is heading by its due day, or why that cannot be told.
public struct MeasureForecast: Sendable {
    /// What is to be expected at the end of a period to come.
    public struct Point: Sendable, Hashable {
        /// The last day of the period.
        public let day: Day
        public let value: Double
        /// The ranges with 50, 80 and 95 % of what may come.
        public let half: ClosedRange<Double>
        public let band: ClosedRange<Double>
        public let wide: ClosedRange<Double>

        public var low: Double { band.lowerBound }
        public var high: Double { band.upperBound }
    }

    /// What adds up over the whole period, with the 80 % range.
    public struct Total: Sendable, Hashable {
        /// The sum so far.
        public let known: Double
        /// With what is still to come.
        public let value: Double
        public let low: Double
        public let high: Double
    }

    /// Empty where nothing can be told.
    public let points: [Point]
    public let status: ForecastStatus
    public let notes: [Label]
    /// Of flows: the sum since the start of the plan (or the measure's baseline) until the due day.
    public let total: Total?
    /// The due day's point; nil where nothing can be told.
    public var end: Point? { points.last }

    /// Beyond so many periods nothing is foretold.
    static let farthest = 400

    /// - Returns: nil where there is nothing to foretell: no values yet, no day to foretell for, or a milestone.
    init?(_ measure: Typed<Measure>, plan: Plan, today: Day) {
        guard let due = measure.due ?? plan.fields.finish, due > today, measure.direction != .milestone,
            let first = measure.values?.days.first, first <= today
        else { return nil }
        guard let grid = PeriodGrid(measure, first: first) else {
            (points, status, total) = ([], .cannotTell, nil)
            notes = [
                Label("取数没有固定的间隔，无法预测。", "Values come at no regular distance, so nothing can be foretold.")
            ]
            return
        }
        let known = grid.values(of: measure, through: today)
        var last = known.keys.max() ?? 0
        // A flow's running period is not yet whole.
        if measure.gathering == .sum, last > 0, grid.end(of: last) > today { last -= 1 }
        let steps = min(grid.steps(from: last, to: due), Self.farthest)
        guard steps > 0 else { return nil }
        let values = (0...last).map { known[$0] }
        let growth = Self.growth(of: measure, values)
        // The first step leads to the second period.
        let month = growth == nil ? grid.firstMonth : grid.firstMonth.map { $0.advanced(by: 1) }
        let told = Forecaster(period: grid.cycle, horizon: steps, firstMonth: month).forecast(growth ?? values)
        let forecast = growth.flatMap { _ in values[last] }.map { told.accumulated(from: $0) } ?? told
        status = forecast.status
        // The first step of a running total is that of its second period.
        let offset = growth == nil ? 0 : 1
        notes = forecast.notes.map { note in
            let words = note.wording { grid.label($0 + offset) }
            return Label("\(words.zh)。", "\(words.en).")
        }
        let bounds = Bounds(measure)
        points = forecast.points.indices.map { index in
            func range(_ level: Double) -> ClosedRange<Double> {
                let point = bounds(forecast.points[index])
                guard let interval = forecast.intervals.first(where: { $0.level == level }) else { return point...point }
                let (low, high) = (bounds(interval.lower[index]), bounds(interval.upper[index]))
                return min(low, high)...max(low, high)
            }
            return Point(
                day: grid.end(of: last + index + 1), value: bounds(forecast.points[index]), half: range(0.5), band: range(0.8),
                wide: range(0.95))
        }
        total = measure.gathering == .sum ? Self.total(points, known.filter { $0.key <= last }, grid, measure, plan) : nil
    }

    /// What a running total grew by from period to period: it counts up from nothing, and no value is below the one before.
    /// - Returns: nil for other measures.
    private static func growth(of measure: Typed<Measure>, _ values: [Double?]) -> [Double?]? {
        guard measure.baseline == 0, measure.gathering != .sum, measure.direction ?? .up == .up, measure.unit != "%",
            values.count > 4, values.allSatisfy({ $0 != nil })
        else { return nil }
        let known = values.compactMap { $0 }
        let steps = zip(known.dropFirst(), known).map { $0 - $1 }
        return known[0] >= 0 && steps.allSatisfy { $0 >= 0 } ? steps : nil
    }

    private static func total(
        _ points: [Point], _ known: [Int: Double], _ grid: PeriodGrid, _ measure: Typed<Measure>, _ plan: Plan
    ) -> Total? {
        guard !points.isEmpty else { return nil }
        let start = measure.baselineDate.map { $0 + 1 } ?? plan.fields.start
        let past = known.filter { entry in start.map { grid.end(of: entry.key) >= $0 } ?? true }
        let sum = past.sorted { $0.key < $1.key }.map(\.value).compensatedSum
        let value = points.reduce(sum) { $0 + $1.value }
        let below = SeriesForecast.widthsOfTotals(points.map { $0.value - $0.low }).last ?? 0
        let above = SeriesForecast.widthsOfTotals(points.map { $0.high - $0.value }).last ?? 0
        // What cannot fall below its bound does not do so in sum.
        let least = points.contains { $0.wide.lowerBound < 0 } ? -.infinity : sum
        return Total(known: sum, value: value, low: max(value - below, least), high: value + above)
    }

    /// Whether the target lies outside what is to be expected, on the wrong side.
    public func misses(_ measure: Typed<Measure>) -> Bool {
        guard status != .cannotTell, let end, let target = measure.target else { return false }
        let whole = measure.isCumulative == true ? total : nil
        let (low, high) = whole.map { ($0.low, $0.high) } ?? (end.low, end.high)
        switch measure.direction ?? .up {
        case .up: return high < target
        case .down: return low > target
        case .range: return high < target || low > (measure.targetHigh ?? target)
        case .milestone: return false
        }
    }

    /// What is to be expected, in a sentence.
    public func words(unit: String) -> Label {
        guard let end else {
            return Label("无法预测：\(notes.map(\.zh).joined())", "Nothing can be foretold: \(notes.map(\.en).joined(separator: " "))")
        }
        func text(_ value: Double) -> String { DisplayText.number((value * 100).rounded() / 100) }
        let unit = unit.isEmpty || unit == "%" ? unit : " \(unit)"
        let sum = total.map {
            Label(
                "全期合计预计 \(text($0.value))\(unit)（80% 区间 \(text($0.low)) 至 \(text($0.high))），其中已有 \(text($0.known))\(unit)。",
                " The whole period will come to about \(text($0.value))\(unit) (80% interval \(text($0.low)) to \(text($0.high))), of which \(text($0.known))\(unit) is there already."
            )
        }
        return Label(
            "到 \(end.day) 预计 \(text(end.value))\(unit)（80% 区间 \(text(end.low)) 至 \(text(end.high))）。" + (sum?.zh ?? ""),
            "About \(text(end.value))\(unit) is to be expected by \(end.day) (80% interval \(text(end.low)) to \(text(end.high)))."
                + (sum?.en ?? ""))
    }
}

/// What cannot be below zero or above a hundred is not foretold there.
private struct Bounds {
    private let low: Double
    private let high: Double

    init(_ measure: Typed<Measure>) {
        let values = measure.values?.values ?? []
        low = (values.min() ?? 0) >= 0 ? 0 : -.infinity
        high = measure.unit == "%" && (values.max() ?? 0) <= 100 ? 100 : .infinity
    }

    func callAsFunction(_ value: Double) -> Double { min(max(value, low), high) }
}

extension PeriodGrid {
    /// By the rhythm of the values, else as agreed; `nil` where neither says.
    fileprivate init?(_ measure: Typed<Measure>, first: Day) {
        let days = measure.values?.days ?? []
        let agreed = days.count < 3 && measure.frequency != .once ? measure.frequency ?? .monthly : nil
        guard let frequency = PeriodGrid.frequency(of: days) ?? agreed else { return nil }
        self.init(frequency: frequency, first: first)
    }

    /// How many periods after a place end by a day; a month begun by then counts.
    fileprivate func steps(from place: Int, to day: Day) -> Int {
        let last = self.place(of: day)
        let isWhole = end(of: last) <= day || [.monthly, .quarterly, .halfYearly, .yearly].contains(frequency)
        return last - place - (isWhole ? 0 : 1)
    }

    fileprivate var firstMonth: CalendarMonth? {
        frequency == .monthly ? CalendarMonth(year: first.year, month: first.month) : nil
    }
}

extension PlanFacts {
    /// By measure; those of which there is nothing to foretell are left out.
    ///
    /// - Complexity: about 2 ms a measure, once.
    public var forecasts: [RecordID: MeasureForecast] {
        later.forecasts {
            var all: [RecordID: MeasureForecast] = [:]
            for measure in plan.all(Measure.self) {
                all[measure.id] = ForecastMemory.shared.forecast(measure, plan: plan, today: today)
            }
            return all
        }
    }
}

/// Forecasts by what they depend on, so that a change elsewhere in a plan does not compute them again.
private final class ForecastMemory: Sendable {
    static let shared = ForecastMemory()

    private struct Key: Hashable {
        let values: Series
        let baseline: Double?
        let start: Day?
        let due: Day?
        let unit: String?
        let direction: Direction?
        let gathering: Gathering?
        let frequency: Frequency?
        let today: Day
    }

    private let kept = Mutex<[Key: MeasureForecast?]>([:])
    private static let capacity = 5000

    func forecast(_ measure: Typed<Measure>, plan: Plan, today: Day) -> MeasureForecast? {
        guard let values = measure.values else { return nil }
        let key = Key(
            values: values, baseline: measure.baseline, start: measure.baselineDate ?? plan.fields.start,
            due: measure.due ?? plan.fields.finish,
            unit: measure.unit, direction: measure.direction, gathering: measure.gathering, frequency: measure.frequency,
            today: today)
        if let known = kept.withLock({ $0[key] }) { return known }
        let made = MeasureForecast(measure, plan: plan, today: today)
        kept.withLock { all in
            if all.count >= Self.capacity { all.removeAll() }
            all[key] = made
        }
        return made
    }
}
