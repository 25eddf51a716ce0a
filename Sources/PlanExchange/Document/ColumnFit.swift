import PlanInsight
import PlanModel
import PlanPictures

/// How wide a column wants to be, measured on what stands in it, in ems of the table's type.
struct ColumnFit {
    let title: String
    let isNumeric: Bool
    /// Everything on one line.
    private(set) var natural: Double
    /// What it should have: `natural`, but no more than reads well.
    private(set) var wanted: Double
    /// Narrower than this a figure, a date or an id would break, and sentences would stand as towers of single characters.
    private(set) var least: Double
    /// How wide each of its cells is on one line.
    private let cells: [Double]

    /// A type area of 156 mm in type of 9 pt.
    static let room = 49.0
    /// Sentences are set no narrower.
    private static let readable = 7.0
    /// What words stand farther from figures before them: 1.9 mm.
    private static let seam = 0.6
    /// Between two columns.
    private static let gap = 1.0

    init(_ title: String, _ texts: [String], isNumeric: Bool = false, isWhole: Bool = false, most: Double = .infinity) {
        self.init(title, cells: texts.map { .line($0) }, isNumeric: isNumeric, isWhole: isWhole, most: most)
    }

    /// - Parameters:
    ///   - isWhole: whether what stands in it is not broken over lines where that can be had.
    ///   - total: what stands in its last row, in bold.
    init(
        _ title: String, cells: [Manuscript.Text], isNumeric: Bool = false, isWhole: Bool = false, most: Double = .infinity,
        total: String? = nil
    ) {
        let texts = cells.map(\.plain)
        self.title = title
        self.isNumeric = isNumeric
        self.cells = texts.map(Self.width)
        // Figures must not break, nor the words of a choice, and some typefaces have wide ones.
        let widest =
            texts.reduce(Self.width(total ?? "") * 1.1) { max($0, Self.width($1)) } * (isNumeric ? 1.15 : isWhole ? 1.05 : 1)
        // A long head may take two lines, a word may not, and no single ideograph stands on the second; heads are bold.
        let line = TextWidth.of(title, size: 1.1)
        let isShort = line < 6.7 && !title.contains(" ")
        let part = UnbrokenText.head(title).reduce(0) {
            max($0, $1.isWhole ? TextWidth.of(String($1.text), size: 1.1) : TextWidth.widestPiece(String($1.text), size: 1.2))
        }
        let head = max(isShort ? line : min(line, max(line / 2 + 0.5, 4)), part)
        // What cannot be broken gets room for a wider typeface than the one measured.
        let word = cells.reduce(0) { max($0, Self.widestPart($1)) } * (isWhole ? 1.15 : 1.08)
        natural = max(widest, head, isWhole ? word : 0)
        wanted = max(min(widest, most), head, min(word, 12))
        let piece = max(min(word, 12), isShort ? line : part)
        least = min(wanted, isNumeric || isWhole && widest < 14 ? natural : max(piece, min(widest, Self.readable)))
    }

    /// The widest piece that may not be broken over lines: a word, a name, a date, an amount with its unit.
    private static func widestPart(_ text: Manuscript.Text) -> Double {
        text.parts.reduce(0) { max($0, $1.isWhole ? width(String($1.text)) : TextWidth.widestPiece(String($1.text), size: 1)) }
    }

    /// Typesetters put a quarter em between ideographs and Latin letters or digits.
    private static func width(_ text: String) -> Double {
        let isHan = text.unicodeScalars.map { $0.properties.isIdeographic }
        let isLatin = text.unicodeScalars.map { $0.isASCII && $0.properties.isAlphabetic || $0.properties.numericType != nil }
        let seams = isHan.indices.dropFirst().count { isHan[$0] && isLatin[$0 - 1] || isLatin[$0] && isHan[$0 - 1] }
        return TextWidth.of(text, size: 1) + Double(seams) * 0.25
    }

    /// The widest column a type of field gets while others wait for room.
    static func measure(of type: FieldType) -> Double {
        switch type {
        case .prose: 13
        case .line: 9
        case .references, .links, .shares: 8
        default: .infinity
        }
    }

    /// As many of the candidates, in their order, as there is room for beside those that are always there.
    ///
    /// - Parameter key: of the field that comes before all others.
    static func chosen(_ candidates: [(field: FieldInfo, fit: ColumnFit)], first key: String? = nil, beside fixed: [ColumnFit])
        -> [(field: FieldInfo, fit: ColumnFit)]
    {
        var used = fixed
        var admitted: Set<Int> = []
        let sorting = candidates.filter { $0.field.key == key }
        let rest = candidates.filter { $0.field.key != key }
        // Columns without which the last row would not say what all come to go last, and make do with what they need at the least.
        let ranks =
            [sorting, rest.filter(isTotalled)]
            + [true, false].map { foremost in
                rest.filter { !isTotalled($0) && isForemost($0) == foremost }
            }
        for candidate in ranks.joined() {
            let fits = used + [candidate.fit]
            guard taken(fits) <= room || isTotalled(candidate) && fit(fits) else { continue }
            used = fits
            admitted.insert(candidate.field.index)
        }
        return candidates.filter { admitted.contains($0.field.index) }
    }

    /// What the last row says the sum of; what a series comes to is said where its periods stand, too.
    private static func isTotalled(_ candidate: (field: FieldInfo, fit: ColumnFit)) -> Bool {
        candidate.field.spec.isSummed && candidate.field.type != .series
    }

    private static func isForemost(_ candidate: (field: FieldInfo, fit: ColumnFit)) -> Bool {
        candidate.field.spec.isForemost && candidate.field.type != .series
    }

    /// Whether they have room beside each other. Widths are measured generously, so a little more than the room still fits.
    ///
    /// - Parameter size: of their type, in points.
    static func fit(_ fits: [ColumnFit], size: Double = 9) -> Bool { least(fits) * size / 9 <= room * 1.12 }

    /// What they take at the least.
    private static func least(_ fits: [ColumnFit]) -> Double { fits.reduce(0) { $0 + $1.least + gap } }

    /// What they take where columns stand close: sentences half way between what they want and what they can do with.
    private static func taken(_ fits: [ColumnFit]) -> Double { (total(fits) + least(fits)) / 2 }

    private static func total(_ fits: [ColumnFit]) -> Double { fits.reduce(0) { $0 + $1.wanted + gap } }

    /// Words behind figures, which end at the right, keep away from them.
    private static func apart(_ fits: [ColumnFit]) -> [ColumnFit] {
        var fits = fits
        for index in fits.indices.dropFirst() where fits[index - 1].isNumeric && !fits[index].isNumeric {
            (fits[index].natural, fits[index].wanted, fits[index].least) = (
                fits[index].natural + seam, fits[index].wanted + seam, fits[index].least + seam
            )
        }
        return fits
    }

    /// The columns with their shares: what is left over goes to those that would break lines, then to all but the first; what is
    /// missing is taken from those that can break lines.
    static func columns(_ fits: [ColumnFit]) -> [Manuscript.Table.Column] {
        let fits = apart(fits)
        var widths = fits.map(\.wanted)
        let spare = fits.reduce(0) { $0 + $1.wanted - $1.least }
        let missing = min(max(total(fits) - room, 0), spare)
        for index in widths.indices where missing > 0 { widths[index] -= (widths[index] - fits[index].least) / spare * missing }
        let left = max(room - total(fits), 0)
        let lacking = zip(fits, widths).map { $0.natural - $1 }
        let lack = lacking.reduce(0, +)
        for index in widths.indices where lack > 0 { widths[index] += lacking[index] / lack * min(left, lack) }
        widths = balanced(widths, fits)
        // An id stands near what it names.
        for index in widths.indices.dropFirst() { widths[index] += max(left - lack, 0) / Double(widths.count - 1) }
        let whole = widths.reduce(0) { $0 + $1 + gap }
        return zip(fits, widths).map {
            Manuscript.Table.Column(title: $0.title, isNumeric: $0.isNumeric, width: ($1 + gap) / whole)
        }
    }
}

extension ColumnFit {
    /// Widths between which room was moved as long as that takes lines off the table: a long title is no tower beside columns that are
    /// half empty.
    ///
    /// - Complexity: O(columns² × rows) for each of at most 24 moves.
    private static func balanced(_ widths: [Double], _ fits: [ColumnFit]) -> [Double] {
        let rows = fits.first?.cells.count ?? 0
        guard rows > 0, fits.allSatisfy({ $0.cells.count == rows }) else { return widths }
        var (widths, height) = (widths, lines(widths, fits, rows))
        for _ in 0..<24 {
            var best: (widths: [Double], height: Int)?
            for to in fits.indices where widths[to] < fits[to].natural {
                // From each of the others, or from all.
                for from in fits.indices.map({ [$0] }) + [Array(fits.indices)] {
                    for step in [1.0, 2, 4] {
                        guard let moved = moved(step, from: from.filter { $0 != to }, to: to, widths, fits) else { continue }
                        let found = lines(moved, fits, rows)
                        if found < best?.height ?? height { best = (moved, found) }
                    }
                }
            }
            guard let best else { break }
            (widths, height) = best
        }
        return widths
    }

    /// - Returns: nil where they do not have so much to give.
    private static func moved(_ step: Double, from: [Int], to: Int, _ widths: [Double], _ fits: [ColumnFit]) -> [Double]? {
        let spare = from.map { max(widths[$0] - fits[$0].least, 0) }
        let (all, step) = (spare.reduce(0, +), min(step, fits[to].natural - widths[to]))
        guard all >= step, all > 0 else { return nil }
        var moved = widths
        for (index, spare) in zip(from, spare) { moved[index] -= spare / all * step }
        moved[to] += step
        return moved
    }

    /// How many lines the rows take. Lines end where they can, somewhat before the edge.
    private static func lines(_ widths: [Double], _ fits: [ColumnFit], _ rows: Int) -> Int {
        (0..<rows).reduce(0) { sum, row in
            sum
                + zip(widths, fits).reduce(1) { most, column in
                    let (width, cell) = (column.0, column.1.cells[row])
                    return cell <= width ? most : max(most, Int((cell / max(width - 0.5, 1)).rounded(.up)))
                }
        }
    }
}

extension Manuscript.Table {
    /// A table computed from the plan.
    init(_ table: ComputedTable, caption: String, _ language: Language) {
        let fits = table.columns.enumerated().map { index, column in
            let texts = table.rows.map { $0[index][language] }
            // A verdict of a word or two stands on one line.
            return ColumnFit(
                column.title[language], texts, isNumeric: column.isNumeric, isWhole: texts.allSatisfy { $0.count <= 12 }, most: 14
            )
        }
        self.init(
            caption: caption, columns: ColumnFit.columns(fits),
            rows: table.rows.map { row in Manuscript.Table.Row(cells: row.map { Manuscript.Text.line($0[language]) }) })
    }
}
