import Measures
import PlanModel
import WorkingTime

/// Values of measures read from a table, before they are written: what would be new, what would change, and what cannot be taken.
///
/// A series of the table is the measure with that id or title. The table says on which line a row is at fault; series that are no
/// measure of the plan are named. Percent signs are taken where the unit is %.
public struct ValueImport: Sendable {
    /// One value that the import writes.
    public struct Entry: Sendable, Hashable {
        public let measure: RecordID
        public let day: Day
        /// The value that stands there now.
        public let before: Double?
        public let after: Double
    }

    /// In the order of measures and days.
    public private(set) var entries: [Entry] = []
    /// Values that stand in the plan already.
    public private(set) var sameCount = 0
    /// Series that cannot be taken, in whole or in part, and why.
    public private(set) var refusals: [Label] = []
    /// Rows that cannot be read, the first hundred by line.
    public let badRows: [(line: Int, reason: Label)]
    public let badRowCount: Int

    /// Days so long ago are mistyped.
    private static let oldest = 100 * 365

    /// - Parameter today: values of days that are still to come are refused, up to the patience that the measure's rhythm takes.
    /// - Complexity: O(values · log values).
    public init(_ table: SeriesTable, into plan: Plan, today: Day) {
        badRows = table.badRows.map { ($0.line, Label("\($0.reason.zh)。", "\($0.reason.en).")) }
        badRowCount = table.badRowCount
        let measures = plan.all(Measure.self)
        var known: [RecordID: Series] = [:]
        // By which name each measure has been called so far, and what it was given.
        var given: [RecordID: (name: String, values: Series)] = [:]
        for series in table.series {
            let name = series.name.trimmed
            let named = measures.filter {
                $0.id.short == name.uppercased() || $0.title?.trimmed.lowercased() == name.lowercased()
            }
            guard let measure = named.first, named.count == 1 else {
                refusals.append(
                    named.isEmpty
                        ? Label("没有编号或名称为「\(name)」的指标。", "There is no measure with the id or title “\(name)”.")
                        : Label(
                            "有 \(named.count) 个指标叫「\(name)」，请改写编号。", "\(named.count) measures are called “\(name)”; write the id."
                        ))
                continue
            }
            guard !measure.isComputed else {
                refusals.append(
                    Label("「\(name)」由公式计算，不能导入。", "“\(name)” is computed by a formula and takes no values."))
                continue
            }
            if case .numbers = series.scale {
                refusals.append(
                    Label(
                        "「\(name)」的时间不是日期，应写作 2026-03-31 或 2026-03。",
                        "The times of “\(name)” are no dates; write 2026-03-31 or 2026-03."))
                continue
            }
            guard !series.isPercent || measure.unit == "%" else {
                refusals.append(
                    Label(
                        "「\(name)」的数值带有百分号，而它的单位\(measure.unit.map { "是「\($0)」" } ?? "没有填写")。",
                        "The values of “\(name)” have percent signs, but its unit is \(measure.unit.map { "“\($0)”" } ?? "not given")."
                    ))
                continue
            }
            var present = known[measure.id] ?? measure.values ?? Series()
            var own = given[measure.id] ?? (name, Series())
            var (twice, impossible): ([Day], [Day]) = ([], [])
            for (place, value) in series.values.enumerated() {
                guard let value, let day = Day(anyForm: series.scale.label(at: place)) else { continue }
                guard day <= today + (measure.frequency?.patience ?? 31), day > today - Self.oldest else {
                    impossible.append(day)
                    continue
                }
                if let earlier = own.values[day] {
                    if earlier != value { twice.append(day) }
                    continue
                }
                own.values[day] = value
                let before = present[day]
                if before == value {
                    sameCount += 1
                } else {
                    entries.append(Entry(measure: measure.id, day: day, before: before, after: value))
                    present[day] = value
                }
            }
            known[measure.id] = present
            given[measure.id] = own
            if let day = impossible.first {
                refusals.append(
                    Label(
                        "「\(name)」有 \(impossible.count) 个值的日期还没到，或早得不合理，如 \(day)，未采用。",
                        "\(Wording.counted(impossible.count, "value")) of “\(name)” for days still to come or too long ago, such as \(day), \(impossible.count == 1 ? "was" : "were") not taken."
                    ))
            }
            if let day = twice.first {
                refusals.append(
                    Label(
                        "「\(name)」与「\(own.name)」是同一个指标，\(twice.count) 个日期上的值不同，如 \(day)，取先出现的。",
                        "“\(name)” and “\(own.name)” are one measure; they differ on \(Wording.counted(twice.count, "day")), such as \(day): the first was taken."
                    ))
            }
        }
    }

    /// Writes all entries; one change takes them all, and one undo takes them back.
    public func write(into editor: inout PlanEditor) {
        for (id, entries) in Dictionary(grouping: entries, by: \.measure).sorted(by: { $0.key.number < $1.key.number }) {
            editor.update(id, as: Measure.self) { measure in
                var series = measure.values ?? Series()
                for entry in entries { series[entry.day] = entry.after }
                measure.values = series
            }
        }
    }

    /// How much is new, changed, the same, and refused, in a sentence.
    public var words: Label {
        let changed = entries.filter { $0.before != nil }.count
        return Label(
            "新增 \(entries.count - changed) 个值，改动 \(changed) 个，\(sameCount) 个已有；\(badRowCount) 行读不懂，\(refusals.count) 处未采用。",
            "\(Wording.counted(entries.count - changed, "new value")), \(changed) changed, \(sameCount) there already; \(Wording.counted(badRowCount, "row")) cannot be read, \(Wording.counted(refusals.count, "refusal"))."
        )
    }
}
