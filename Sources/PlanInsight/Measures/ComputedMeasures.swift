import Measures
import PlanModel
import WorkingTime

/// The values of the measures that have a formula over other measures of their plan, and why there are none.
///
/// A formula names measures by id or title. Where all it goes back to are weekly, so is the result; otherwise it is monthly, a month's
/// value being the last one in it.
public struct ComputedMeasures: Sendable {
    /// Why a formula gives nothing, and the field at fault.
    public struct Flaw: Sendable {
        public let measure: RecordID
        public let reason: Label
    }

    public private(set) var values: [RecordID: Series] = [:]
    public private(set) var flaws: [Flaw] = []

    /// - Complexity: O(values + formulas · periods).
    public init(_ plan: Plan, today: Day) {
        let measures = plan.all(Measure.self)
        let computed = measures.filter { !($0.formula ?? "").isEmpty }
        guard !computed.isEmpty else { return }
        let grid = PeriodGrid(measures, today: today)
        var book = FormulaBook(calendar: FormulaCalendar(periodsPerYear: grid.isWeekly ? 52 : 12, yearStart: grid.yearStart))
        var formulas: [RecordID: Formula] = [:]
        for measure in computed {
            do throws(FormulaError) {
                let formula = try Formula(measure.formula ?? "")
                formulas[measure.id] = formula
                try formula.checkUnits(declared: measure.unit.map { MeasureUnit($0) }) { name in
                    measures.first { Self.names($0).contains(name) }?.unit.map { MeasureUnit($0) }
                }
            } catch { flaws.append(Flaw(measure: measure.id, reason: Label(error.wording.zh, error.wording.en))) }
        }
        for measure in measures {
            for name in Self.names(measure) {
                if let formula = formulas[measure.id] {
                    _ = book.define(name, formula)
                } else {
                    // A measure without any value is known all the same.
                    book.set(nil, of: name, in: 0)
                    for (place, value) in grid.places(measure) { book.set(value, of: name, in: place) }
                }
            }
        }
        for measure in computed where formulas[measure.id] != nil {
            var series = Series()
            var gap: FormulaGap?
            for place in 0..<grid.count {
                switch book.outcome(of: measure.id.short, in: place) {
                case .value(let value): series[grid.day(place)] = value
                case .unknown(let reason):
                    // A period without values says less than a fault.
                    if case .missing = reason, gap != nil { continue }
                    gap = reason
                }
            }
            values[measure.id] = series
            guard series.isEmpty, let gap, !flaws.contains(where: { $0.measure == measure.id }) else { continue }
            let words = gap.wording { grid.label($0) }
            flaws.append(Flaw(measure: measure.id, reason: Label(words.zh, words.en)))
        }
    }

    private static func names(_ measure: Typed<Measure>) -> [String] { [measure.id.short] + [measure.title].compactMap { $0 } }
}

/// Periods by number, from that of the first value of any measure to that of today.
private struct PeriodGrid {
    let isWeekly: Bool
    /// The period with which a year begins.
    let yearStart: Int
    let count: Int
    private let begin: Day
    private let today: Day

    init(_ measures: [Typed<Measure>], today: Day) {
        self.today = today
        let used = measures.filter { ($0.formula ?? "").isEmpty && !($0.values?.isEmpty ?? true) }
        isWeekly = !used.isEmpty && used.allSatisfy { $0.frequency == .weekly }
        let start = used.compactMap { $0.values?.days.first }.min() ?? today
        begin = start
        yearStart = isWeekly ? 0 : 1 - start.month
        count = max(
            isWeekly
                ? Int((Double(today - start) / 7).rounded(.down)) + 1
                : (today.year - start.year) * 12 + today.month - start.month + 1, 1)
    }

    /// The last value of each period.
    func places(_ measure: Typed<Measure>) -> [(Int, Double)] {
        var found: [Int: Double] = [:]
        for point in measure.values?.points ?? [] where point.day <= today && point.day >= begin {
            found[
                isWeekly
                    ? Int((Double(point.day - begin) / 7).rounded())
                    : (point.day.year - begin.year) * 12 + point.day.month - begin.month] = point.value
        }
        return found.sorted { $0.key < $1.key }
    }

    /// The last day of a period, or today.
    func day(_ place: Int) -> Day {
        if isWeekly { return min(begin + 7 * place, today) }
        let months = begin.month + place
        return min((Day(year: begin.year + months / 12, month: months % 12 + 1, day: 1) ?? today) - 1, today)
    }

    func label(_ place: Int) -> String { isWeekly ? "\(day(place))" : String("\(day(place))".prefix(7)) }
}

extension Workspace {
    /// The workspace as facts see it: measures with a formula have the values it gives.
    func computingMeasures(today: Day) -> Workspace {
        var workspace = self
        for plan in plans where plan.all(Measure.self).contains(where: { !($0.formula ?? "").isEmpty }) {
            let computed = ComputedMeasures(plan, today: plan.fields.statusDate ?? today)
            var editor = PlanEditor(plan)
            for (id, series) in computed.values { editor.set(id, "values", series.isEmpty ? nil : .series(series)) }
            workspace[plan.key] = editor.plan.at(revision: plan.revision)
        }
        return workspace
    }
}
