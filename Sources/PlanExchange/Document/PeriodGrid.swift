import PlanModel
import WorkingTime

/// Series of several records that share their periods, as one table: a line for each record and series, a column for each period.
struct PeriodGrid {
    let records: [Record]
    let fields: [FieldInfo]
    let days: [Day]
    let language: Language
    /// Whether others of the same series stand beside it, with other periods.
    var isPart = false

    /// More periods than these have no room on a page.
    private static let mostPeriods = 13
    /// A longer series that no table shows is told by its ends.
    private static let mostPoints = 16
    /// Of more lines the table takes more than a page.
    private static let mostLines = 40

    /// The tables of a kind's series; one that only one record has, or with too many periods, is not among them.
    static func all(_ declared: [FieldInfo], _ records: [Record], _ language: Language) -> [PeriodGrid] {
        var grids: [PeriodGrid] = []
        for field in declared where field.type == .series {
            let held = records.compactMap { record in series(record, field).flatMap { $0.count > 1 ? $0 : nil } }
            guard held.count > 1 else { continue }
            let days = Set(records.compactMap { series($0, field) }.flatMap(\.days))
            if let index = grids.firstIndex(where: { days.union($0.days).count <= mostPeriods }) {
                grids[index] = PeriodGrid(
                    records: records, fields: grids[index].fields + [field], days: days.union(grids[index].days).sorted(),
                    language: language)
            } else if days.count <= mostPeriods {
                grids.append(PeriodGrid(records: records, fields: [field], days: days.sorted(), language: language))
            }
        }
        return grids.flatMap(\.parts)
    }

    /// The grid, or two of half its periods each where its figures would not fit beside each other.
    private var parts: [PeriodGrid] {
        guard days.count > 3, !ColumnFit.fit(fits) else { return [self] }
        let half = (days.count + 1) / 2
        return [days.prefix(half), days.dropFirst(half)].flatMap {
            PeriodGrid(records: records, fields: fields, days: Array($0), language: language, isPart: true).parts
        }
    }

    /// Whether it would part the text by pages of figures: then it goes to the end of the document, and its sums stand in the text.
    var isLong: Bool { rows.count > Self.mostLines }

    func holds(_ field: FieldInfo) -> Bool { fields.contains { $0.index == field.index } }

    /// - Parameter records: what its records are called, and which they are: `衡量指标：销售层面`.
    func title(_ records: Label) -> Label {
        let what = fields.count == 1 ? fields[0].label : Label("各期数值", "figures by period")
        let notes = [time, unit].compactMap(\.self)
        let note = notes.isEmpty ? nil : Label(notes.map(\.zh).joined(separator: "，"), notes.map(\.en).joined(separator: ", "))
        let (zh, en) = (records.zh.contains("：") ? "，" : "：", records.en.contains(":") ? ", " : ": ")
        return Label(
            "\(records.zh)\(zh)\(what.zh)\(note.map { "（\($0.zh)）" } ?? "")",
            "\(records.en)\(en)\(en == ", " ? what.en.lowercased() : what.en)\(note.map { " (\($0.en))" } ?? "")")
    }

    /// Which periods, where the heads of the columns do not say it.
    private var time: Label? {
        guard let first = days.first, let last = days.last else { return nil }
        if let year {
            guard isPart else { return Label("\(year)年", "\(year)") }
            let months = [first, last].map { String(DisplayText.months[$0.month - 1].prefix(3)) }
            return Label("\(year)年\(first.month)–\(last.month)月", "\(months[0])–\(months[1]) \(year)")
        }
        return isPart
            ? Label(
                "\(Series.text(of: first)) 至 \(Series.text(of: last))", "\(Series.text(of: first)) to \(Series.text(of: last))")
            : nil
    }

    /// What the figures are measured in, where all records say the same.
    private var unit: Label? {
        guard let field = records.first?.kind.field("unit"), let unit = records.first.flatMap(Self.unit), isOfOneUnit else {
            return nil
        }
        return Label("\(field.label.zh)：\(unit)", "\(field.label.en.lowercased()): \(unit)")
    }

    private var isOfOneUnit: Bool { Set(records.map(Self.unit)).count == 1 }

    private static func unit(of record: Record) -> String? {
        guard let field = record.kind.field("unit"), case .text(let unit)? = record[field], !unit.isEmpty else { return nil }
        return unit
    }

    /// The year all periods are months of.
    var year: Int? {
        let years = Set(days.map(\.year))
        let areMonths = days.allSatisfy { Series.text(of: $0).count == 7 }
        return areMonths && years.count == 1 ? years.first : nil
    }

    func table(caption: String) -> Manuscript.Table {
        let rows = rows
        var last: RecordID?
        let ids = rows.map { row in
            defer { last = row.record.id }
            return row.record.id == last ? "" : row.record.id.short
        }
        let (fits, sums) = (fits, sums)
        let hasSums = sums.map { ColumnFit.fit(fits + [$0], size: isLong ? 8.5 : 9) } ?? false
        return Manuscript.Table(
            caption: caption, columns: ColumnFit.columns(fits + (hasSums ? [sums].compactMap(\.self) : [])),
            rows: zip(ids, rows).map { id, row in
                Manuscript.Table.Row(
                    cells: ([id, row.name] + values(row.series, of: row.record)
                        + (hasSums ? [sum(row.series, of: row.record)] : []))
                        .map { .line($0) })
            }, isDense: isLong)
    }

    private var rows: [(record: Record, name: String, series: Series)] {
        // Of one series the caption says what it is, and there is room to name the records.
        records.flatMap { record in
            fields.compactMap { field in
                Self.series(record, field).map { (record, name(of: record, field), $0) }
            }
        }
    }

    /// With what it is measured in, where others are measured in something else.
    private func name(of record: Record, _ field: FieldInfo) -> String {
        let name = fields.count == 1 ? record.title : field.label[language]
        guard !isOfOneUnit, let unit = Self.unit(of: record) else { return name }
        return language == .chinese ? "\(name)（\(unit)）" : "\(name) (\(unit))"
    }

    private func values(_ series: Series, of record: Record) -> [String] {
        days.map { series[$0].map { Self.figure($0, of: record) } ?? "" }
    }

    /// A value as it was entered; what a formula gives is meant to three figures.
    private static func figure(_ value: Double, of record: Record) -> String {
        record["formula"] == nil ? DisplayText.figure(value) : DisplayText.computed(value)
    }

    /// What each line comes to, where all of them add up over their periods.
    private var sums: ColumnFit? {
        guard fields.allSatisfy(\.spec.isSummed) else { return nil }
        return ColumnFit(
            language == .chinese ? "合计" : "Total", rows.map { sum($0.series, of: $0.record) }, isNumeric: true)
    }

    private func sum(_ series: Series, of record: Record) -> String {
        Self.figure(days.compactMap { series[$0] }.reduce(0, +), of: record)
    }

    private var fits: [ColumnFit] {
        let rows = rows
        let values = rows.map { self.values($0.series, of: $0.record) }
        let naming =
            fields.count == 1
            ? (rows.first?.record.kind.titleField.label[language] ?? "") : (language == .chinese ? "数值" : "Figure")
        return [
            ColumnFit(language == .chinese ? "编号" : "ID", rows.map(\.record.id.short), isWhole: true),
            ColumnFit(naming, rows.map(\.name), isWhole: fields.count > 1, most: 9),
        ] + days.enumerated().map { index, day in ColumnFit(heading(day), values.map { $0[index] }, isNumeric: true) }
    }

    private func heading(_ day: Day) -> String {
        if year != nil { return language == .chinese ? "\(day.month)月" : String(DisplayText.months[day.month - 1].prefix(3)) }
        let text = Self.name(of: day, among: days)
        return days.count <= 7 ? text : String(text.dropFirst(text.count == 7 ? 2 : 5))
    }

    /// A day that ends a month stands for the month only among months.
    private static func name(of day: Day, among days: [Day]) -> String {
        days.allSatisfy { Series.text(of: $0).count == 7 } ? Series.text(of: day) : "\(day)"
    }

    /// A series in line: every point of a short one, the ends of a long one.
    static func text(_ series: Series, of record: Record, _ language: Language) -> String {
        func point(_ day: Day, _ value: Double) -> String {
            DisplayText.point(at: name(of: day, among: series.days), figure(value, of: record), language)
        }
        if series.count <= mostPoints {
            return series.points.map { point($0.day, $0.value) }.joined(separator: language == .chinese ? "、" : ", ")
        }
        guard let first = series.points.first, let last = series.last else { return "" }
        let (from, to) = (point(first.day, first.value), point(last.day, last.value))
        return language == .chinese
            ? "\(series.count) 个值，由 \(from)至 \(to)" : "\(series.count) values, from \(from) to \(to)"
    }

    private static func series(_ record: Record, _ field: FieldInfo) -> Series? {
        if case .series(let series)? = record.values[field.index] { series } else { nil }
    }
}
