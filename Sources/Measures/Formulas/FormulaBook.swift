/// Measures with values and measures with formulas, recomputed as little as a change needs.
///
/// Every computed cell (measure, period) remembers which cells it read. A change drops the cells that read it, directly or
/// through others, and nothing else; they are computed again when asked for.
///
/// ```swift
/// var book = FormulaBook(calendar: FormulaCalendar(periodsPerYear: 12))
/// try book.define("解决率", Formula("[已解决]/[总数]*100"))
/// book.set(40, of: "已解决", in: 0)
/// book.set(50, of: "总数", in: 0)
/// book.outcome(of: "解决率", in: 0)     // 80
/// ```
public struct FormulaBook: Sendable {
    public struct Cell: Hashable, Sendable {
        public var measure: String
        public var period: Int

        public init(_ measure: String, _ period: Int) {
            self.measure = measure
            self.period = period
        }
    }

    public let calendar: FormulaCalendar
    private var formulas: [String: Formula] = [:]
    private var values: [String: [Int: Double]] = [:]
    private var computed: [Cell: FormulaOutcome] = [:]
    private var readers: [Cell: Set<Cell>] = [:]
    private var cycles: [String: [String]] = [:]
    /// How many cells were computed so far.
    public private(set) var computations = 0

    public init(calendar: FormulaCalendar = FormulaCalendar()) { self.calendar = calendar }

    /// Gives a measure a formula; `nil` takes it away. A formula goes before values of the same measure.
    ///
    /// A formula in a circle is kept, so that it can be shown and mended: its cells say the circle.
    ///
    /// - Returns: the measures of a circle that it closes, in order of reference, beginning with `measure`; otherwise `nil`.
    @discardableResult
    public mutating func define(_ measure: String, _ formula: Formula?) -> [String]? {
        define([measure: formula])
        return cycles[measure]
    }

    /// Gives many measures their formulas at once; circles are looked for once.
    public mutating func define(_ all: [String: Formula?]) {
        for (name, formula) in all { formulas[name] = formula }
        let old = cycles
        findCycles()
        for name in Set(old.keys).union(cycles.keys) where old[name] != cycles[name] { dropAll(of: name) }
        for name in all.keys { dropAll(of: name) }
    }

    /// Sets a value; `nil` removes it.
    ///
    /// - Returns: the computed cells that this changes, to be shown anew.
    @discardableResult
    public mutating func set(_ value: Double?, of measure: String, in period: Int) -> Set<Cell> {
        let known = value.flatMap { $0.isFinite ? $0 : nil }
        if values[measure]?[period] == known, values[measure] != nil { return [] }
        let isNew = values[measure] == nil
        values[measure, default: [:]][period] = known
        return isNew ? dropAll(of: measure) : drop([Cell(measure, period)])
    }

    /// The value of a measure in a period, computed if it is not known yet.
    ///
    /// - Complexity: the cells that were dropped or never asked for before.
    public mutating func outcome(of measure: String, in period: Int) -> FormulaOutcome {
        let cell = Cell(measure, period)
        if let known = computed[cell] { return known }
        guard let formula = formulas[measure] else {
            guard let values = values[measure] else { return .unknown(.unknownMeasure(measure)) }
            return values[period].map { .value($0) } ?? .unknown(.missing(measure: measure, period: period))
        }
        if let cycle = cycles[measure] { return .unknown(.cycle(cycle)) }
        var read: Set<Cell> = []
        let result = formula.evaluate(at: period, calendar: calendar) { name, period in
            read.insert(Cell(name, period))
            let outcome = self.outcome(of: name, in: period)
            if self.formulas[name] != nil, case .unknown(let gap) = outcome { return .unknown(.through(measure: name, gap)) }
            return outcome
        }
        for source in read { readers[source, default: []].insert(cell) }
        computed[cell] = result
        computations += 1
        return result
    }

    /// How a computed measure's value in a period came about, through other formulas down to measures with values.
    ///
    /// - Parameter mostParts: parts in all, so that sums of sums end; those beyond are left out.
    /// - Returns: `nil` for a measure without formula, or in a circle.
    public mutating func trace(of measure: String, in period: Int, mostParts: Int = 400) -> FormulaTrace? {
        var left = mostParts
        return trace(of: measure, in: period, &left)
    }

    private mutating func trace(of measure: String, in period: Int, _ left: inout Int) -> FormulaTrace? {
        guard let formula = formulas[measure], cycles[measure] == nil, left > 0 else { return nil }
        let whole = formula.trace(at: period, calendar: calendar) { self.outcome(of: $0, in: $1) }
        return unfolded(whole, &left)
    }

    /// The part with the formulas of the measures in it put below them.
    private mutating func unfolded(_ part: FormulaTrace, _ left: inout Int) -> FormulaTrace {
        left -= 1
        var part = part
        if let name = part.measure {
            part.parts = trace(of: name, in: part.period, &left).map { [$0] } ?? []
        } else {
            var parts: [FormulaTrace] = []
            for inner in part.parts where left > 0 { parts.append(unfolded(inner, &left)) }
            part.parts = parts
        }
        return part
    }

    /// The measures that a measure's formula goes back to directly, each once, in order.
    public func sources(of measure: String) -> [String] {
        var seen: Set<String> = []
        return formulas[measure]?.references.map(\.name).filter { seen.insert($0).inserted } ?? []
    }

    private mutating func drop(_ cells: [Cell]) -> Set<Cell> {
        var open = cells
        var dropped: Set<Cell> = []
        while let cell = open.popLast() {
            for reader in readers.removeValue(forKey: cell) ?? [] where computed[reader] != nil {
                dropped.insert(reader)
                computed[reader] = nil
                open.append(reader)
            }
        }
        return dropped
    }

    @discardableResult
    private mutating func dropAll(of measure: String) -> Set<Cell> {
        let own = computed.keys.filter { $0.measure == measure }
        for cell in own { computed[cell] = nil }
        return drop(readers.keys.filter { $0.measure == measure }).union(own)
    }

    /// Finds, for each measure with a formula that is part of a circle, one circle through it. Iterative depth-first search
    /// from each; books are small (hundreds of formulas).
    private mutating func findCycles() {
        cycles = [:]
        for start in formulas.keys {
            if let cycle = cycle(through: start) { cycles[start] = cycle }
        }
    }

    private func cycle(through start: String) -> [String]? {
        var cameFrom: [String: String] = [:]
        var open = [start]
        var next = 0
        while next < open.count {
            let measure = open[next]
            next += 1
            for source in sources(of: measure) where formulas[source] != nil {
                if source == start {
                    var way = [measure]
                    while let last = way.last, last != start, let before = cameFrom[last] { way.append(before) }
                    return way.reversed()
                }
                if cameFrom[source] == nil {
                    cameFrom[source] = measure
                    open.append(source)
                }
            }
        }
        return nil
    }
}
