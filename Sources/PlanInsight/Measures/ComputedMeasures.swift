import Measures
import PlanModel
import Synchronization
import WorkingTime

/// The values of the measures that have a formula over other measures of their plan, and why there are none.
///
/// A formula names measures by id or title. It is computed by the periods of the least frequent of those it goes back to; values of
/// more frequent ones are added up, averaged or taken last within a period, as each measure says; sums are of all that belong to it.
public struct ComputedMeasures: Sendable {
    /// Why a formula gives nothing, and the field at fault.
    public struct Flaw: Sendable, Hashable {
        public let measure: RecordID
        public let reason: Label
    }

    public private(set) var values: [RecordID: Series] = [:]
    /// In the plan's order.
    public var flaws: [Flaw] {
        inputs.compactMap { input in
            (unreadable[input.id] ?? gaps[input.id]).map { Flaw(measure: input.id, reason: $0) }
        }
    }

    /// The formulas of one frequency, with the values of all measures gathered to it.
    private struct Sheet {
        var book: FormulaBook
        let grid: PeriodGrid
        let count: Int
        /// Periods of measures that have no sum, because a part of it is missing.
        var lacks: [RecordID: [Int: PeriodGrid.Lack]] = [:]
    }

    private var inputs: [MeasureInput]
    fileprivate let today: Day
    private var sheets: [Frequency: Sheet] = [:]
    private var frequencies: [RecordID: Frequency] = [:]
    private var idOf: [String: RecordID] = [:]
    /// Titles that several measures have, with their ids.
    private var ambiguous: [String: [String]] = [:]
    private var unreadable: [RecordID: Label] = [:]
    private var gaps: [RecordID: Label] = [:]

    /// How many cells, a measure in a period each, were computed so far.
    var computations: Int { sheets.values.reduce(0) { $0 + $1.book.computations } }

    /// - Complexity: O(values + formulas · periods).
    public init(_ plan: Plan, today: Day) {
        self.today = today
        let measures = plan.all(Measure.self)
        inputs = measures.map(MeasureInput.init)
        guard measures.contains(where: \.isComputed) else { return }
        // Ids go before titles, and a title that several have stands for none.
        let titled = Dictionary(grouping: measures.filter { $0.title != nil }) { $0.title ?? "" }
        for (title, namesakes) in titled where namesakes.count == 1 { idOf[title] = namesakes[0].id }
        for measure in measures { idOf[measure.id.short] = measure.id }
        ambiguous = titled.filter { $0.value.count > 1 && idOf[$0.key] == nil }.mapValues { $0.map(\.id.short) }
        let formulas = parsed(measures)
        let sources = Sources(measures, formulas, idOf)
        for measure in measures where formulas[measure.id] != nil { frequencies[measure.id] = sources.frequency(of: measure.id) }
        for frequency in Set(frequencies.values) {
            let first = sources.first(of: frequencies.filter { $0.value == frequency }.map(\.key)) ?? today
            sheets[frequency] = sheet(PeriodGrid(frequency: frequency, first: first), measures, formulas)
        }
        for measure in measures where formulas[measure.id] != nil { compute(measure.id) }
    }

    /// Those of a later snapshot of the plan. Where nothing but values changed, and none of them the rhythm or the beginning of its
    /// measure, only the cells that depend on them are computed, directly or through other formulas; otherwise all are.
    ///
    /// - Complexity: O(values that are compared) and the cells reached.
    mutating func follow(_ plan: Plan) {
        let measures = plan.all(Measure.self)
        let next = measures.map(MeasureInput.init)
        let changed = next.count == inputs.count ? next.indices.filter { next[$0] != inputs[$0] } : []
        guard next.count == inputs.count, changed.allSatisfy({ next[$0].isSame(but: inputs[$0]) }) else {
            self = ComputedMeasures(plan, today: today)
            return
        }
        let earlier = inputs
        inputs = next
        var reached: Set<RecordID> = []
        for place in changed { set(measures[place], before: earlier[place].values ?? Series(), &reached) }
        for input in inputs where reached.contains(input.id) { compute(input.id) }
    }

    /// Puts a measure's new values into all sheets.
    ///
    /// - Parameter reached: gets the measures with cells that are no longer known.
    private mutating func set(_ measure: Typed<Measure>, before: Series, _ reached: inout Set<RecordID>) {
        for frequency in sheets.keys {
            guard var sheet = sheets.removeValue(forKey: frequency) else { continue }
            let (old, lacked) = gathered(measure, before, sheet.grid)
            let (new, lacks) = gathered(measure, measure.values ?? Series(), sheet.grid)
            sheet.lacks[measure.id] = lacks
            // What is said of a gap may change where no cell does.
            if lacks != lacked { reached.formUnion(inputs.filter { $0.formula != nil }.map(\.id)) }
            for place in Set(old.keys).union(new.keys) where place >= 0 && old[place] != new[place] {
                for name in measure.formulaNames where idOf[name] == measure.id {
                    let cells = sheet.book.set(new[place], of: name, in: place)
                    reached.formUnion(cells.compactMap { idOf[$0.measure] })
                }
            }
            sheets[frequency] = sheet
        }
    }

    /// A measure's values by the periods of a grid, without those whose sum lacks a part.
    private func gathered(_ measure: Typed<Measure>, _ series: Series, _ grid: PeriodGrid) -> (
        [Int: Double], [Int: PeriodGrid.Lack]
    ) {
        let lacks = grid.lacks(of: measure, series, through: today)
        let values = grid.values(series, gathering: measure.gathering, through: today)
        return (lacks.isEmpty ? values : values.filter { lacks[$0.key] == nil }, lacks)
    }

    private mutating func parsed(_ measures: [Typed<Measure>]) -> [RecordID: Formula] {
        var formulas: [RecordID: Formula] = [:]
        let unitOf = Dictionary(uniqueKeysWithValues: measures.map { ($0.id, $0.unit) })
        for measure in measures where measure.isComputed {
            do throws(FormulaError) {
                let formula = try Formula(measure.formula ?? "")
                for reference in formula.references {
                    guard let ids = ambiguous[reference.name] else { continue }
                    throw FormulaError(.ambiguousMeasure(reference.name, ids: ids), at: reference.range)
                }
                formulas[measure.id] = formula
                try formula.checkUnits(declared: measure.unit.map { MeasureUnit($0) }) { name in
                    idOf[name].flatMap { unitOf[$0] }?.map { MeasureUnit($0) }
                }
            } catch { unreadable[measure.id] = Label(error.wording.zh, error.wording.en) }
        }
        return formulas
    }

    private func sheet(_ grid: PeriodGrid, _ measures: [Typed<Measure>], _ formulas: [RecordID: Formula]) -> Sheet {
        let count = max(grid.place(of: today) + 1, 1)
        var book = FormulaBook(calendar: grid.calendar(count: count))
        var named: [String: Formula] = [:]
        var lacks: [RecordID: [Int: PeriodGrid.Lack]] = [:]
        for measure in measures {
            // A formula that cannot be read gives no values, whatever stands in its measure.
            let series = measure.isComputed ? Series() : measure.values ?? Series()
            let (known, lacking) = gathered(measure, series, grid)
            lacks[measure.id] = lacking
            for name in measure.formulaNames where idOf[name] == measure.id {
                if let formula = formulas[measure.id] {
                    named[name] = formula
                } else {
                    // A measure without any value is known all the same.
                    book.set(nil, of: name, in: 0)
                    for (place, value) in known where place >= 0 { book.set(value, of: name, in: place) }
                }
            }
        }
        book.define(named)
        return Sheet(book: book, grid: grid, count: count, lacks: lacks)
    }

    private mutating func compute(_ id: RecordID) {
        guard let frequency = frequencies[id], var sheet = sheets.removeValue(forKey: frequency) else { return }
        var series = Series()
        for place in 0..<sheet.count {
            guard let value = sheet.book.outcome(of: id.short, in: place).value else { continue }
            series[min(sheet.grid.end(of: place), today)] = value
        }
        let gap = sheet.book.outcome(of: id.short, in: told(of: id, &sheet)).gap
        sheets[frequency] = sheet
        values[id] = series
        gaps[id] = gap.map { words(for: $0, sheet) }
    }

    /// The period that tells how a measure stands: the newest with a value or with a gap that no value still to come will close; the
    /// first where there is none.
    private func told(of id: RecordID, _ sheet: inout Sheet) -> Int {
        for place in (0..<sheet.count).reversed() {
            guard let gap = sheet.book.outcome(of: id.short, in: place).gap, isAwaited(gap, sheet) else { return place }
        }
        return 0
    }

    /// Whether a gap may close by itself: the value missing is newer than all that its measure has. On days it always may, as values
    /// by the day leave out days nobody works.
    private func isAwaited(_ gap: FormulaGap, _ sheet: Sheet) -> Bool {
        guard gap.isMissing, let (name, place) = gap.missing, let source = idOf[name], sheet.grid.frequency != .daily else {
            return gap.isMissing
        }
        if let lack = sheet.lacks[source]?[place] { return lack.isAwaited }
        let days = inputs.first { $0.id == source }?.values?.days ?? []
        return days.last { $0 <= today }.map { place > sheet.grid.place(of: $0) } ?? true
    }

    private func words(for gap: FormulaGap, _ sheet: Sheet) -> Label {
        let words = gap.wording { name, place in
            idOf[name].flatMap { sheet.lacks[$0]?[place]?.label }
        } label: {
            sheet.grid.label($0)
        }
        return Label(words.zh, words.en)
    }

    /// How the newest value came about, or why the newest period has none; a period whose values are still to come is passed over.
    func reason(of id: RecordID) -> FormulaReason? {
        guard let frequency = frequencies[id], var sheet = sheets[frequency] else { return nil }
        let place = told(of: id, &sheet)
        guard let trace = sheet.book.trace(of: id.short, in: place) else { return nil }
        return FormulaReason(trace, period: sheet.grid.label, gap: { words(for: $0, sheet) }, measure: { idOf[$0] })
    }
}

/// What formulas go back to.
private struct Sources {
    private let measures: [RecordID: Typed<Measure>]
    private let formulas: [RecordID: Formula]
    private let idOf: [String: RecordID]

    init(_ measures: [Typed<Measure>], _ formulas: [RecordID: Formula], _ idOf: [String: RecordID]) {
        self.measures = Dictionary(uniqueKeysWithValues: measures.map { ($0.id, $0) })
        self.formulas = formulas
        self.idOf = idOf
    }

    /// The measures with values that a formula goes back to, directly or through other formulas.
    private func roots(_ id: RecordID) -> [Typed<Measure>] {
        var seen: Set<RecordID> = [id]
        var open = [id]
        var found: [Typed<Measure>] = []
        while let next = open.popLast() {
            guard let formula = formulas[next] else {
                if let measure = measures[next], !measure.isComputed, !(measure.values?.isEmpty ?? true) { found.append(measure) }
                continue
            }
            for name in formula.references.map(\.name) {
                if let source = idOf[name], seen.insert(source).inserted { open.append(source) }
            }
        }
        return found
    }

    /// That of the least frequent source.
    func frequency(of id: RecordID) -> Frequency {
        roots(id).map(\.rhythm).max { $0.days < $1.days } ?? .monthly
    }

    func first(of ids: [RecordID]) -> Day? { ids.flatMap(roots).compactMap { $0.values?.days.first }.min() }
}

extension Typed where K == Measure {
    /// Its values come from a formula.
    public var isComputed: Bool { !(self.formula ?? "").isEmpty }

    /// What formulas call it by.
    fileprivate var formulaNames: [String] { [id.short] + [self.title].compactMap { $0 } }
}

/// A part of a formula with its value in a period, down to the measures: where a computed value comes from.
public struct FormulaReason: Sendable, Hashable {
    /// The part as it stands in the formula.
    public let text: String
    /// Such as `2026-03`.
    public let period: String
    public let value: Double?
    /// Why there is no value.
    public let gap: Label?
    /// The measure, where the part is one.
    public let measure: RecordID?
    public let parts: [FormulaReason]

    init(_ trace: FormulaTrace, period: (Int) -> String, gap: (FormulaGap) -> Label, measure: (String) -> RecordID?) {
        text = trace.text
        self.period = period(trace.period)
        value = trace.outcome.value
        self.gap = trace.outcome.gap.map(gap)
        self.measure = trace.measure.flatMap(measure)
        parts = trace.parts.map { FormulaReason($0, period: period, gap: gap, measure: measure) }
    }
}

/// What formulas are computed from.
private struct MeasureInput: Hashable {
    let id: RecordID
    let title: String?
    let formula: String?
    let unit: String?
    let frequency: Frequency?
    let gathering: Gathering?
    let values: Series?
    /// How often it has values, and from when on: what the periods of formulas are taken from.
    var rhythm: Frequency? { values.map { PeriodGrid.frequency(of: $0.days) ?? frequency ?? .monthly } }

    init(_ measure: Typed<Measure>) {
        (id, title, formula, unit) = (measure.id, measure.title, measure.formula, measure.unit)
        (frequency, gathering) = (measure.frequency, measure.gathering)
        values = measure.isComputed ? nil : measure.values
    }

    /// Whether nothing differs but values of the same rhythm from the same day on.
    func isSame(but other: MeasureInput) -> Bool {
        (id, title, formula, unit) == (other.id, other.title, other.formula, other.unit)
            && (frequency, gathering) == (other.frequency, other.gathering)
            && values?.days.first == other.values?.days.first && rhythm == other.rhythm
    }
}

extension PlanFacts {
    /// How the newest value of a computed measure came about; `nil` for measures without a formula that can be read.
    public func formulaReason(of measure: RecordID) -> FormulaReason? { computedMeasures.reason(of: measure) }

    var computedMeasures: ComputedMeasures { ComputedMeasuresMemory.shared.computed(plan, today: today) }
}

/// What was computed for each plan, so that a change elsewhere in it computes no formula again, and one of values no more than it reaches.
private final class ComputedMeasuresMemory: Sendable {
    static let shared = ComputedMeasuresMemory()

    private let kept = Mutex<[PlanKey: ComputedMeasures]>([:])

    func computed(_ plan: Plan, today: Day) -> ComputedMeasures {
        // Taken out, so that it is changed in place.
        var known = kept.withLock { $0.removeValue(forKey: plan.key) }
        if known?.today == today { known?.follow(plan) } else { known = nil }
        let made = known ?? ComputedMeasures(plan, today: today)
        kept.withLock { all in
            if all.count >= 200 { all.removeAll() }
            all[plan.key] = made
        }
        return made
    }
}

extension Workspace {
    /// The workspace as facts see it: measures with a formula have the values it gives.
    func computingMeasures(today: Day) -> Workspace {
        var workspace = self
        for plan in plans where plan.all(Measure.self).contains(where: \.isComputed) {
            let computed = ComputedMeasuresMemory.shared.computed(plan, today: plan.fields.statusDate ?? today)
            var editor = PlanEditor(plan)
            for (id, series) in computed.values { editor.set(id, "values", series.isEmpty ? nil : .series(series)) }
            workspace[plan.key] = editor.plan.at(revision: plan.revision)
        }
        return workspace
    }
}
