/// Many series read from rows `series,t,value`, with what was wrong with which line.
public struct SeriesTable: Sendable {
    public struct Series: Sendable {
        public var name: String
        /// Periods from the first to the last row, in order; `nil` where no row was.
        public var values: [Double?]
        /// The place of the first value, and how to go on from it.
        public var scale: TimeScale
        /// Whether values were written with a percent sign, which does not count: `99%` is 99.
        public var isPercent = false
    }

    public struct BadRow: Hashable, Sendable {
        /// 1 is the first line of the file.
        public var line: Int
        public var reason: Wording
    }

    public var series: [Series]
    /// How many rows could not be used.
    public var badRowCount: Int
    /// The first hundred of them.
    public var badRows: [BadRow]
}

/// What the steps of a series are.
public enum TimeScale: Hashable, Sendable {
    case numbers(first: Int, step: Int)
    case days(first: Int, step: Int)
    /// `day` is the day of the month (1…31) that the dates carry; `nil` where they were written without one. The last day of
    /// shorter months is taken where it is missing.
    case months(first: CalendarMonth, step: Int, day: Int?)
    case quarters(first: CalendarMonth, step: Int)

    /// `t` of the period `offset` steps after the first: a number, `2026-03-05`, `2026-03` or `2026Q1`.
    public func label(at offset: Int) -> String {
        switch self {
        case .numbers(let first, let step): return String(first + offset * step)
        case .days(let first, let step): return dateText(first + offset * step)
        case .quarters(let first, let step):
            let month = first.advanced(by: 3 * offset * step)
            return "\(month.year)Q\((month.month + 2) / 3)"
        case .months(let first, let step, let day):
            let month = first.advanced(by: offset * step)
            guard let day else { return dateText(month) }
            let next = month.advanced(by: 1)
            let start = dayNumber(year: month.year, month: month.month, day: 1)
            let length = dayNumber(year: next.year, month: next.month, day: 1) - start
            return dateText(start + min(day, length) - 1)
        }
    }

    /// The month of the first value where the steps are single months.
    public var firstMonth: CalendarMonth? {
        if case .months(let first, 1, _) = self { first } else { nil }
    }
}

public enum SeriesTableError: Error, Hashable, Sendable {
    case empty
    /// The header has no column of the name asked for.
    case missingColumn(String)
    /// None of its columns has a usual name of this meaning.
    case missing(Meaning)
    /// Two columns have the name.
    case doubleColumn(String)
    /// There are so many rows that cannot be used that this is no such table.
    case mostlyUnreadable(UnusableRows)
    /// The first row is no text that could be cut into columns.
    case unreadable(Wording)
    /// More series or values than are taken into memory, at this line.
    case tooLong(line: Int)

    public enum Meaning: Sendable {
        case measure, date, value

        var name: Wording {
            switch self {
            case .measure: Wording("指标", "measure")
            case .date: Wording("日期", "date")
            case .value: Wording("数值", "value")
            }
        }
    }

    public var wording: Wording {
        switch self {
        case .empty:
            Wording(
                "文件是空的；第一行应写列名，如 指标,日期,数值", "The file is empty; its first line should name columns such as measure,date,value")
        case .missingColumn(let name): Self.lacking(Wording(name, name))
        case .missing(let meaning): Self.lacking(meaning.name)
        case .doubleColumn(let name): TableRow.doubled(name)
        case .mostlyUnreadable(let rows): rows.wording
        case .tooLong(let line):
            Wording(
                "第 \(line) 行超出上限：最多 \(SeriesTableReader.mostSeries) 个序列、\(SeriesTableReader.mostValues) 个值；请分成几个文件",
                "Line \(line) goes beyond the limit of \(SeriesTableReader.mostSeries) series and \(SeriesTableReader.mostValues) values; split the file"
            )
        case .unreadable(let reason): Wording("第一行读不懂：\(reason.zh)", "The first line cannot be read: \(reason.en)")
        }
    }

    private static func lacking(_ name: Wording) -> Wording {
        Wording(
            "表头缺少列「\(name.zh)」；应有指标、日期和数值三列，如 指标,日期,数值；或每期一列，列名写作 2026-01",
            "The header lacks the column “\(name.en)”; it should name a measure, a date and a value, as measure,date,value does, or have a column a period, named as 2026-01"
        )
    }
}

/// The names of the columns, where they are not the usual ones.
public struct SeriesColumns: Hashable, Sendable {
    public var series: String?
    public var time: String?
    public var value: String?
    /// The name of the only series, where the table has no column for it.
    public var only: String?

    public init(series: String? = nil, time: String? = nil, value: String? = nil, only: String? = nil) {
        (self.series, self.time, self.value, self.only) = (series, time, value, only)
    }
}

/// Reads a table piece by piece, in memory proportional to the values.
///
/// Rows are cut as ``TableRowReader`` says. The header names the columns `series`, `t` (or `date`, `month`, `period`, `time`, `ds`) and
/// `value` (or `y`), in any order and case, or the names given; a table of the last two alone is one series with the name of its values.
/// Where columns are named for periods instead (`2026-01`, `2026Q1`), each row is a series and its other columns do not count. An
/// empty value is a gap. Rows that cannot be read, that repeat a place, that lie far off all others of their series, or that mix
/// numbers and dates within one are counted with their line and left out.
public struct SeriesTableReader {
    private let names: SeriesColumns
    private let takesPercent: Bool
    private var rows = TableRowReader()
    private var line = 1
    private var layout: Layout?
    /// The name of the only series.
    private var only: String?
    private var hasDecimalCommas = false
    private var slots: [String: Int] = [:]
    private var collected: [Collected] = []
    private var badRowCount = 0
    private var badRows: [SeriesTable.BadRow] = []

    /// What the columns hold.
    private enum Layout {
        /// Each row has a value.
        case values(series: Int?, time: Int, value: Int)
        /// Each row has a series, with a column for each period.
        case periods(series: Int, [(column: Int, moment: ParsedMoment)])
    }

    private struct Collected {
        var name: String
        var form: ParsedMoment.Form
        var moments: [Int] = []
        var values: [Double] = []
        var lines: [Int] = []
        var isPercent = false

        /// With days or months where all numbers are such, written without a mark between (`20240131`, `202401`).
        var unpacked: Collected {
            guard form == .number, let first = moments.first else { return self }
            let hasDays = first >= 1_000_000
            let places = moments.compactMap { packedMoment($0, hasDay: hasDays) }
            guard places.count == moments.count else { return self }
            var result = self
            (result.form, result.moments) = (hasDays ? .day : .month, places)
            return result
        }
    }

    /// What is taken into memory at most: 20 million values of 200,000 series take 0.7 GB while they are read.
    static let mostSeries = 1_000_000
    static let mostValues = 20_000_000
    private var valueCount = 0

    private let mostUnusable: Int

    /// - Parameters:
    ///   - takesPercent: whether `99%` is read as 99 and the series said to be in percent, and not refused.
    ///   - mostUnusable: rows that cannot be used; more are refused, unless there are a tenth as many values.
    public init(columns: SeriesColumns = SeriesColumns(), takesPercent: Bool = false, mostUnusable: Int = UnusableRows.most) {
        names = columns
        self.mostUnusable = mostUnusable
        self.takesPercent = takesPercent
        only = columns.only
    }

    /// Takes the next piece of the file, cut anywhere.
    ///
    /// - Throws: `SeriesTableError` at the header, and at the row that is one too many.
    public mutating func read(_ bytes: some Sequence<UInt8>) throws(SeriesTableError) {
        var rows = TableRowReader()
        swap(&rows, &self.rows)
        defer { self.rows = rows }
        try rows.read(bytes) { row throws(SeriesTableError) in try take(row) }
    }

    /// Ends the file and puts every series in order.
    public mutating func finish() throws(SeriesTableError) -> SeriesTable {
        var rows = rows
        try rows.finish { row throws(SeriesTableError) in try take(row) }
        guard layout != nil else { throw .empty }
        var series: [SeriesTable.Series] = []
        for index in collected.indices { series.append(arranged(index)) }
        badRows.sort { $0.line < $1.line }
        return SeriesTable(series: series, badRowCount: badRowCount, badRows: badRows)
    }

    private mutating func take(_ row: TableRow) throws(SeriesTableError) {
        line = row.line
        if let layout {
            switch (row.flaw, layout) {
            case (let flaw?, _): reject(flaw)
            case (nil, .values(let series, let time, let value)): readRow(row.fields, series, time, value)
            case (nil, .periods(let series, let periods)): readRow(row.fields, series, periods)
            }
            if collected.count > Self.mostSeries || valueCount > Self.mostValues { throw .tooLong(line: line) }
            let first = badRows.first.map { ($0.line, $0.reason) }
            if let rows = UnusableRows(badRowCount, beside: valueCount, first: first, most: mostUnusable) {
                throw .mostlyUnreadable(rows)
            }
        } else {
            if let flaw = row.flaw { throw .unreadable(flaw) }
            if let periods = periods(row.fields) { layout = periods } else { layout = try header(row.fields) }
            hasDecimalCommas = row.hasDecimalCommas
        }
    }

    /// The layout of a table with a column for each of several periods; nil if it is none.
    private func periods(_ fields: [String]) -> Layout? {
        let found = fields.map { $0.lowercased() }
        guard names.time == nil, names.value == nil, only == nil, !Self.timeNames.contains(where: found.contains) else {
            return nil
        }
        let periods = fields.enumerated().compactMap { column, name in
            parseMoment(name)?.unpacked.map { (column: column, moment: $0) }
        }
        let others = fields.indices.filter { column in !periods.contains { $0.column == column } }
        let usual = names.series.map { [$0.lowercased()] } ?? Self.seriesNames
        guard periods.count > 1,
            let series = others.first(where: { usual.contains(found[$0]) }) ?? (names.series == nil ? others.first : nil)
        else { return nil }
        return .periods(series: series, periods)
    }

    private mutating func header(_ fields: [String]) throws(SeriesTableError) -> Layout {
        let found = fields.map { $0.lowercased() }
        func column(_ given: String?, _ meaning: SeriesTableError.Meaning, _ usual: [String]) throws(SeriesTableError) -> Int {
            for candidate in given.map({ [$0.lowercased()] }) ?? usual {
                guard let index = found.firstIndex(of: candidate) else { continue }
                guard found.lastIndex(of: candidate) == index else { throw .doubleColumn(fields[index]) }
                return index
            }
            throw given.map { .missingColumn($0) } ?? .missing(meaning)
        }
        let time = try column(names.time, .date, Self.timeNames)
        let value = try column(names.value, .value, ["value", "y", "值", "数值", "实际值"])
        if names.series == nil, only == nil, fields.count == 2 { only = fields[value] }
        let series = only == nil ? try column(names.series, .measure, Self.seriesNames) : nil
        return .values(series: series, time: time, value: value)
    }

    private static let seriesNames = ["series", "id", "unique_id", "序列", "指标", "measure"]
    private static let timeNames = [
        "t", "date", "month", "quarter", "year", "period", "time", "ds", "日期", "期", "期间", "月份", "年月", "季度", "年份", "时间",
    ]

    /// A number, with or without separators of thousands; with a decimal comma where semicolons separate.
    private func number(_ text: String) -> Double? {
        if let number = Double(text) { return number.isFinite ? number : nil }
        if hasDecimalCommas { return Double(text.map { $0 == "," ? "." : String($0) }.joined()) }
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        guard groups.count > 1, let first = groups.first, (1...4).contains(first.count),
            groups.dropFirst().dropLast().allSatisfy({ $0.count == 3 }),
            groups.last?.prefix(while: { $0 != "." }).count == 3
        else { return nil }
        return Double(groups.joined())
    }

    private mutating func readRow(_ fields: [String], _ series: Int?, _ time: Int, _ value: Int) {
        let needed = max(series ?? 0, time, value)
        guard fields.count > needed else {
            return reject(Wording("列数不足：有 \(fields.count) 列", "Too few columns: \(fields.count)"))
        }
        let name = series.map { fields[$0] } ?? only ?? ""
        guard !name.isEmpty else { return reject(Wording("缺少序列名", "The series has no name")) }
        guard let moment = parseMoment(fields[time]) else {
            return reject(
                Wording(
                    "「\(fields[time].prefix(40))」不是整数或日期，日期应写成 2026-03-05 或 2026-03",
                    "“\(fields[time].prefix(40))” is neither an integer nor a date; write dates as 2026-03-05 or 2026-03")
            )
        }
        collect(fields[value], of: name, at: moment)
    }

    private mutating func readRow(_ fields: [String], _ series: Int, _ periods: [(column: Int, moment: ParsedMoment)]) {
        guard fields.indices.contains(series), !fields[series].isEmpty else {
            return reject(Wording("缺少序列名", "The series has no name"))
        }
        for (column, moment) in periods where column < fields.count { collect(fields[column], of: fields[series], at: moment) }
    }

    private mutating func collect(_ text: String, of name: String, at moment: ParsedMoment) {
        if text.isEmpty { return }
        let isPercent = takesPercent && (text.hasSuffix("%") || text.hasSuffix("％"))
        let figure = isPercent ? String(text.dropLast().reversed().drop { $0 == " " }.reversed()) : text
        guard let value = number(figure), value.isFinite else {
            return reject(Wording("「\(text.prefix(40))」不是数", "“\(text.prefix(40))” is not a number"))
        }
        guard abs(value) < 1e100 else {
            return reject(
                Wording("「\(text.prefix(40))」太大，应小于 1e100", "“\(text.prefix(40))” is too large; it should be below 1e100"))
        }
        let slot = slots[name] ?? open(name, moment)
        guard collected[slot].form.isDate == moment.form.isDate else {
            return reject(Wording("同一序列中混用了序号和日期", "Numbers and dates are mixed within one series"))
        }
        collected[slot].moments.append(moment.place)
        collected[slot].values.append(value)
        collected[slot].lines.append(line)
        if isPercent { collected[slot].isPercent = true }
        valueCount += 1
    }

    private mutating func open(_ name: String, _ moment: ParsedMoment) -> Int {
        slots[name] = collected.count
        collected.append(Collected(name: name, form: moment.form))
        return collected.count - 1
    }

    private mutating func reject(_ reason: @autoclosure () -> Wording, line wrong: Int? = nil) {
        badRowCount += 1
        if badRows.count < 100 { badRows.append(SeriesTable.BadRow(line: wrong ?? line, reason: reason())) }
    }

    /// Sorts a series by time, finds its step, and lays its values out with the gaps open.
    private mutating func arranged(_ index: Int) -> SeriesTable.Series {
        let rows = collected[index].unpacked
        collected[index].moments = []
        collected[index].values = []
        var order = Array(rows.moments.indices)
        if !zip(rows.moments, rows.moments.dropFirst()).allSatisfy({ $0 < $1 }) {
            order.sort { (rows.moments[$0], rows.lines[$0]) < (rows.moments[$1], rows.lines[$1]) }
        }
        var kept: [Int] = []
        for row in order {
            if let last = kept.last, rows.moments[last] == rows.moments[row] {
                reject(Wording("同一序列同一期出现两次", "The same period of the same series a second time"), line: rows.lines[row])
            } else {
                kept.append(row)
            }
        }
        var grid = TimeGrid(moments: kept.map { rows.moments[$0] }, form: rows.form)
        for near in [Self.body, Self.densest] {
            let near = near(grid.places)
            if near.count == kept.count { continue }
            for place in kept.indices where !near.contains(place) {
                reject(
                    Wording("离同一序列的其他行太远，请核对是哪一期", "Far off all other rows of the series; check of which period it is"),
                    line: rows.lines[kept[place]])
            }
            kept = Array(kept[near])
            grid = TimeGrid(moments: kept.map { rows.moments[$0] }, form: rows.form)
        }
        var values = [Double?](repeating: nil, count: (grid.places.last ?? -1) + 1)
        for (row, place) in zip(kept, grid.places) { values[place] = rows.values[row] }
        return SeriesTable.Series(name: rows.name, values: values, scale: grid.scale, isPercent: rows.isPercent)
    }

    /// All places but few at either end that lie farther off than all others reach: years mistyped. With such a gap nothing could be
    /// forecast, as more than a third would be missing.
    ///
    /// From the middle, without one in twenty at either end, outwards as long as the next one is no farther than what there is so far
    /// is long. A series that is sparse, or goes on after a break, has more than those few beyond its gaps; one of 24 or less stays.
    private static func body(_ places: [Int]) -> Range<Int> {
        guard places.count > 24 else { return places.indices }
        let few = max(places.count / 20, 1)
        var body = few..<places.count - few
        var reached = true
        while reached {
            reached = false
            let span = places[body.upperBound - 1] - places[body.lowerBound]
            if body.lowerBound > 0, places[body.lowerBound] - places[body.lowerBound - 1] <= span {
                body = body.lowerBound - 1..<body.upperBound
                reached = true
            }
            if body.upperBound < places.count, places[body.upperBound] - places[body.upperBound - 1] <= span {
                body = body.lowerBound..<body.upperBound + 1
                reached = true
            }
        }
        return body
    }

    /// The most places in a row that do not lie a hundred times as far apart as they would be without gaps; of equal ones the first. A
    /// stray row must not open a gap of millions.
    private static func densest(_ places: [Int]) -> Range<Int> {
        let span = 100 * places.count + 400
        var (best, start) = (0..<0, 0)
        for end in places.indices {
            while places[end] - places[start] >= span { start += 1 }
            if end + 1 - start > best.count { best = start..<end + 1 }
        }
        return best
    }
}
