import Markup
import PlanModel
import PlanPictures

/// A manuscript as a Word file: real heading styles, a table of contents field, repeated table heads, header and footer,
/// East-Asian fonts, wide pictures on pages turned sideways.
///
/// WordprocessingML as in ECMA-376 part 1; pictures go in as PNG with the SVG beside it, as Word 2016 and later read.
public enum DocxWriter {
    /// - Parameter rasterise: an SVG document and its width in pixels → PNG; where it gives nothing, the picture's sentence stands instead.
    /// - Throws: `ZipError` if the archive cannot be made.
    public static func write(_ manuscript: Manuscript, rasterise: @escaping (String, Double) -> [UInt8]?) throws -> [UInt8] {
        var body = DocxBody(manuscript, rasterise: rasterise)
        let document = body.document()
        var entries: [(name: String, bytes: [UInt8])] = [
            ("[Content_Types].xml", utf8(DocxParts.contentTypes)), ("_rels/.rels", utf8(DocxParts.packageRelations)),
            ("word/document.xml", utf8(document)),
            ("word/styles.xml", utf8(DocxParts.styles)), ("word/settings.xml", utf8(DocxParts.settings)),
            ("word/header1.xml", utf8(DocxParts.header(manuscript.title))),
            ("word/footer1.xml", utf8(DocxParts.footer(manuscript.language))),
            ("word/_rels/document.xml.rels", utf8(DocxParts.relations(body.media.map(\.name), links: body.links))),
            ("docProps/core.xml", utf8(DocxParts.properties(manuscript))),
        ]
        entries += body.media.map { ("word/media/\($0.name)", $0.bytes) }
        return try ZipArchive.write(entries)
    }

    /// The main part alone.
    static func document(_ manuscript: Manuscript, rasterise: @escaping (String, Double) -> [UInt8]?) -> String {
        var body = DocxBody(manuscript, rasterise: rasterise)
        return body.document()
    }

    private static func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }
}

/// The main part: what stands in the document, in order.
private struct DocxBody {
    struct Medium {
        let name: String
        let bytes: [UInt8]
    }

    let manuscript: Manuscript
    let rasterise: (String, Double) -> [UInt8]?
    private(set) var media: [Medium] = []
    private var out = ""
    /// Addresses outside, by the number of their relationship.
    private(set) var links: [String] = []

    init(_ manuscript: Manuscript, rasterise: @escaping (String, Double) -> [UInt8]?) {
        self.manuscript = manuscript
        self.rasterise = rasterise
    }

    mutating func document() -> String {
        out = DocxParts.documentStart
        if manuscript.isBrief {
            brief()
        } else {
            cover()
            if manuscript.hasContents { contents() }
        }
        for (index, block) in manuscript.blocks.enumerated() { set(block, index) }
        // A document that ends with a turned page has no upright one after it.
        let endsTurned = isTurned(manuscript.blocks.count - 1)
        out += DocxParts.section(landscape: endsTurned, isLast: true, hasHead: true) + "</w:body></w:document>"
        return out
    }

    // MARK: Cover and contents

    private mutating func brief() {
        paragraph(manuscript.title, style: "Title")
        paragraph(
            ([manuscript.organisation, manuscript.subtitle ?? ""]).filter { !$0.isEmpty }.joined(separator: "　"),
            style: "Subtitle")
        for (label, value) in manuscript.particulars { paragraph("\(label)　\(value)", style: "Subtitle") }
    }

    private mutating func cover() {
        paragraph(manuscript.organisation, style: "Organisation")
        paragraph(manuscript.title, style: "Title")
        if let subtitle = manuscript.subtitle { paragraph(subtitle, style: "Subtitle") }
        if manuscript.isSample {
            paragraph(manuscript.language == .chinese ? "（示例，内容为虚构）" : "(sample, invented content)", style: "Subtitle")
        }
        out += DocxParts.particulars(manuscript.particulars, below: Self.lines(ofTitle: manuscript.title))
        out += DocxParts.sectionEnd(hasHead: false)
    }

    /// How many lines the title takes at 28 pt in the 442 pt of the type area.
    private static func lines(ofTitle title: String) -> Int { Int((TextWidth.of(title, size: 28) / 430).rounded(.up)) }

    /// The heads of the first two levels, as a field that Word fills and whose page numbers are fields of their own.
    private mutating func contents() {
        paragraph(manuscript.language == .chinese ? "目录" : "Contents", style: "ContentsTitle")
        let entries = manuscript.blocks.enumerated().compactMap { index, block -> (Int, String, String)? in
            if case .heading(let level, let number, let text, _) = block, level <= 2 {
                (level, Self.joined(number, text), Self.bookmark(index))
            } else {
                nil
            }
        }
        for (position, entry) in entries.enumerated() {
            out += "<w:p><w:pPr><w:pStyle w:val=\"TOC\(entry.0)\"/></w:pPr>"
            if position == 0 { out += DocxParts.fieldStart(#"TOC \o "1-2" \h \z \u"#, isDirty: true) }
            out +=
                "<w:hyperlink w:anchor=\"\(entry.2)\">" + run(entry.1) + "<w:r><w:tab/></w:r>"
                + DocxParts.fieldStart("PAGEREF \(entry.2) \\h") + DocxParts.fieldEnd + "</w:hyperlink>"
            if position == entries.count - 1 { out += DocxParts.fieldEnd }
            out += "</w:p>"
        }
        out += "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"
    }

    private static func bookmark(_ index: Int) -> String { "_Toc\(100_000 + index)" }

    // MARK: Blocks

    private mutating func set(_ block: Manuscript.Block, _ index: Int) {
        switch block {
        case .heading(let level, let number, let text, _): heading(level, Self.joined(number, text), index)
        case .prose(let text): for block in Prose.blocks(text) { prose(block) }
        case .remark(let text, _): remark(text, index)
        case .guide(let text): paragraph(text, style: "Quote")
        case .table(let table): self.table(table)
        case .entry(let entry): self.entry(entry)
        case .picture(let picture, let caption, _): self.picture(picture, caption, index)
        }
    }

    private static func joined(_ number: String, _ text: String) -> String {
        number.isEmpty || number.hasSuffix("、") || number.hasSuffix("）") ? number + text : "\(number) \(text)"
    }

    private mutating func heading(_ level: Int, _ text: String, _ index: Int) {
        out +=
            "<w:p><w:pPr><w:pStyle w:val=\"Heading\(min(level, 4))\"/></w:pPr><w:bookmarkStart w:id=\"\(index)\" w:name=\"\(Self.bookmark(index))\"/>\(run(text))<w:bookmarkEnd w:id=\"\(index)\"/></w:p>"
    }

    /// What a picture says stays with it where it comes next and there is room for both on a page.
    private mutating func remark(_ text: String, _ index: Int) {
        var isKept = false
        if index + 1 < manuscript.blocks.count, case .picture(let picture, _, _) = manuscript.blocks[index + 1] {
            isKept = !picture.needsOwnPage
        }
        out += "<w:p><w:pPr><w:pStyle w:val=\"BodyText\"/>\(isKept ? "<w:keepNext/>" : "")</w:pPr>\(run(text))</w:p>"
    }

    private mutating func paragraph(_ text: String, style: String) {
        out += "<w:p><w:pPr><w:pStyle w:val=\"\(style)\"/></w:pPr>\(run(text))</w:p>"
    }

    // MARK: Prose

    private mutating func prose(_ block: Prose.Block) {
        var (style, prefix, form) = ("BodyText", "", "")
        switch block.kind {
        case .paragraph: break
        case .heading: style = "ProseHeading"
        case .quote: style = "Quote"
        case .code: style = "Code"
        case .rule: (style, form) = ("Rule", "")
        case .item(let depth, let number):
            (style, prefix) = ("ListItem", Self.mark(number))
            // Lists deeper than this would have no room for words.
            form = "<w:ind w:left=\"\(840 + min(depth, 12) * 420)\" w:hanging=\"420\"/>"
        }
        out += "<w:p><w:pPr><w:pStyle w:val=\"\(style)\"/>\(form)</w:pPr>" + run(prefix) + runs(block.runs) + "</w:p>"
    }

    private static func mark(_ number: Int?) -> String { number.map { "\($0).\t" } ?? "•\t" }

    /// Prose in a cell or behind a label: its paragraphs in one style, the first after `label`.
    private mutating func passage(_ text: String, label: String, style: String, form: String = "") {
        for (index, block) in Prose.blocks(text).enumerated() {
            var mark = ""
            if case .item(let depth, let number) = block.kind {
                mark = String(repeating: "　", count: depth) + (number.map { "\($0). " } ?? "• ")
            }
            out += "<w:p><w:pPr><w:pStyle w:val=\"\(style)\"/>\(form)</w:pPr>"
            let before = index == 0 ? label : ""
            out += run(before, "<w:rStyle w:val=\"DetailLabel\"/>") + run(mark) + runs(block.runs, after: (before + mark).last)
            out += "</w:p>"
        }
    }

    private mutating func runs(_ runs: [Prose.Run], after last: Character? = nil) -> String {
        var (text, last) = ("", last)
        for piece in runs {
            var form = piece.isBold ? "<w:b/>" : ""
            // Chinese has no italics; emphasis is a dot below the character.
            if piece.isEmphasised { form += manuscript.language == .chinese ? "<w:em w:val=\"dot\"/>" : "<w:i/>" }
            if piece.isCode { form = "<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\"/>" + form }
            if let link = piece.link, let id = relation(to: link) {
                text +=
                    "<w:hyperlink r:id=\"\(id)\">" + run(piece.text, "<w:rStyle w:val=\"Hyperlink\"/>" + form, after: last)
                    + "</w:hyperlink>"
            } else {
                text += run(piece.text, form, after: last)
            }
            last = piece.text.last ?? last
        }
        return text
    }

    /// The relationship of an address outside; `nil` for what is not one of the web or of mail.
    private mutating func relation(to address: String) -> String? {
        guard ["http://", "https://", "mailto:"].contains(where: { address.lowercased().hasPrefix($0) }) else { return nil }
        if let known = links.firstIndex(of: address) { return "rLink\(known)" }
        links.append(address)
        return "rLink\(links.count - 1)"
    }

    private func run(_ text: String, _ form: String = "", after last: Character? = nil) -> String {
        run(.line(text), form, after: last)
    }

    /// A run of text; line ends and tabs become their elements.
    ///
    /// - Parameter last: the character that the text follows in its paragraph, if any.
    private func run(_ text: Manuscript.Text, _ form: String = "", after last: Character? = nil) -> String {
        let open = "<w:r>" + (form.isEmpty ? "" : "<w:rPr>\(form)</w:rPr>")
        var (out, last) = (open, last)
        for part in text.parts where !part.text.isEmpty {
            let isBound = part.isWhole && part.text.contains { $0 == "-" || $0 == " " }
            if isBound, let place = lineEnd(after: last, before: part.text.first) { out += "</w:r>" + place + open }
            out += isBound ? bound(part.text) : Self.lines(part.text)
            last = part.text.last
        }
        return (out + "</w:r>").replacing(open + "</w:r>", with: "")
    }

    private static func lines(_ text: Substring) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.split(separator: "\t", omittingEmptySubsequences: false).map(words).joined(separator: "<w:tab/>")
        }.joined(separator: "<w:br/>")
    }

    private static func words(_ text: Substring) -> String {
        text.isEmpty ? "" : "<w:t xml:space=\"preserve\">\(DocxParts.escaped(String(text)))</w:t>"
    }

    /// What must not be broken, with hyphens and spaces that no line ends at.
    private func bound(_ text: Substring) -> String {
        UnbrokenText.betweenHyphens(text).map { Self.words($0.replacing(" ", with: "\u{A0}")) }.joined(
            separator: "<w:noBreakHyphen/>")
    }

    /// A space at which a line can end. LibreOffice breaks within what must not be broken where no space comes before it, but an
    /// ideograph or its punctuation. Between an ideograph and a figure it is as wide as the quarter em that typesetters put there,
    /// elsewhere it is too narrow to be seen.
    private func lineEnd(after last: Character?, before next: Character?) -> String? {
        guard let last, !last.isASCII, !last.isWhitespace || last == "　" else { return nil }
        let isSeam = last.unicodeScalars.first?.properties.isIdeographic ?? false && next?.isASCII ?? false
        return "<w:r>\(isSeam ? "" : "<w:rPr><w:sz w:val=\"2\"/></w:rPr>")<w:t xml:space=\"preserve\"> </w:t></w:r>"
    }

    // MARK: Records

    private mutating func entry(_ entry: Manuscript.Entry) {
        paragraph(entry.title, style: "EntryTitle")
        particulars(entry.details, style: "EntryText")
        passages(entry.details, style: "EntryText")
    }

    /// In one paragraph.
    private mutating func particulars(_ details: [Manuscript.Detail], style: String, after words: String = "") {
        let particulars = details.filter { !$0.isPassage }
        if particulars.isEmpty { return }
        out += "<w:p><w:pPr><w:pStyle w:val=\"\(style)\"/></w:pPr>" + run(words)
        for (index, detail) in particulars.enumerated() {
            out += run((index > 0 ? "　" : "") + label(detail), "<w:rStyle w:val=\"DetailLabel\"/>")
            out += run(detail.text, after: label(detail).last)
        }
        out += "</w:p>"
    }

    /// Each behind its label.
    private mutating func passages(_ details: [Manuscript.Detail], style: String) {
        for detail in details {
            if case .prose(let text) = detail.text { passage(text, label: label(detail), style: style) }
        }
    }

    private func label(_ detail: Manuscript.Detail) -> String {
        // The value's first word stands with its label; in Chinese no line ends with a colon.
        detail.label + (manuscript.language == .chinese ? "：" : ":\u{A0}")
    }

    // MARK: Tables

    /// The type area is 156 mm wide: 8844 twentieths of a point.
    private static let typeArea = 8844.0

    private mutating func table(_ table: Manuscript.Table) {
        paragraph(table.caption, style: "TableCaption")
        let note = table.note(manuscript.language)
        particulars(note.details, style: "TableNote", after: note.title)
        let widths = table.columns.map { Int(($0.width * Self.typeArea).rounded()) }
        out +=
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"ThreeLine\"/><w:tblW w:w=\"\(Int(Self.typeArea))\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"
        out += widths.map { "<w:gridCol w:w=\"\($0)\"/>" }.joined() + "</w:tblGrid>"
        head(table, widths)
        for row in table.rows {
            self.row(row, table, widths)
            if !row.details.isEmpty { more(row.details, widths) }
        }
        out += "</w:tbl>"
        paragraph("", style: "AfterTable")
    }

    private mutating func head(_ table: Manuscript.Table, _ widths: [Int]) {
        out += "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
        for (column, width) in zip(table.columns, widths) {
            out +=
                "<w:tc><w:tcPr><w:tcW w:w=\"\(width)\" w:type=\"dxa\"/><w:tcBorders><w:bottom w:val=\"single\" w:sz=\"4\" w:color=\"15191D\"/></w:tcBorders><w:vAlign w:val=\"bottom\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"TableHead\"/>\(Self.alignment(column))</w:pPr>\(run(column.title))</w:p></w:tc>"
        }
        out += "</w:tr>"
    }

    private static func alignment(_ column: Manuscript.Table.Column) -> String {
        column.isNumeric ? "<w:jc w:val=\"right\"/>" : ""
    }

    private mutating func row(_ row: Manuscript.Table.Row, _ table: Manuscript.Table, _ widths: [Int]) {
        let keep = row.details.isEmpty ? "" : "<w:keepNext/>"
        // No rule between a row and what stands below it.
        let open = row.details.isEmpty ? "" : "<w:tcBorders><w:bottom w:val=\"nil\"/></w:tcBorders>"
        out += "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        for (index, cell) in row.cells.enumerated() {
            let indent = index == 1 && row.depth > 0 ? "<w:ind w:left=\"\(row.depth * 180)\"/>" : ""
            let form = keep + indent + Self.alignment(table.columns[index])
            out += "<w:tc><w:tcPr><w:tcW w:w=\"\(widths[index])\" w:type=\"dxa\"/>\(open)</w:tcPr>"
            switch cell {
            case .prose(let text) where !Prose.blocks(text).isEmpty: passage(text, label: "", style: "TableText", form: form)
            default:
                out +=
                    "<w:p><w:pPr><w:pStyle w:val=\"\(table.isDense ? "DenseText" : "TableText")\"/>\(form)</w:pPr>\(run(cell, row.isTotal ? "<w:b/>" : ""))</w:p>"
            }
            out += "</w:tc>"
        }
        out += "</w:tr>"
    }

    /// What the columns have no room for, below the row and without a rule between.
    private mutating func more(_ details: [Manuscript.Detail], _ widths: [Int]) {
        let open = "<w:tcBorders><w:top w:val=\"nil\"/></w:tcBorders>"
        // What is short stays together; what is long may go on on the next page.
        let isShort = details.allSatisfy { $0.text.plain.count < 300 }
        out +=
            "<w:tr>\(isShort ? "<w:trPr><w:cantSplit/></w:trPr>" : "")<w:tc><w:tcPr><w:tcW w:w=\"\(widths[0])\" w:type=\"dxa\"/>\(open)</w:tcPr><w:p><w:pPr><w:pStyle w:val=\"TableText\"/></w:pPr></w:p></w:tc>"
        out +=
            "<w:tc><w:tcPr><w:tcW w:w=\"\(widths.dropFirst().reduce(0, +))\" w:type=\"dxa\"/><w:gridSpan w:val=\"\(widths.count - 1)\"/>\(open)</w:tcPr>"
        passages(details, style: "DetailText")
        particulars(details, style: "DetailText")
        out += "</w:tc></w:tr>"
    }

    // MARK: Pictures

    private mutating func picture(_ picture: PlanPicture, _ caption: String, _ index: Int) {
        let isWide = picture.needsLandscape
        if isWide && !isTurned(index - 1) {
            out += DocxParts.sectionEnd(hasHead: true)
        }
        let svg = picture.markup.string
        if let png = rasterise(svg, picture.width * 2) {
            let number = media.count / 2 + 1
            media.append(Medium(name: "image\(number).png", bytes: png))
            media.append(Medium(name: "image\(number).svg", bytes: Array(svg.utf8)))
            let (width, height) = Self.size(picture, isWide: isWide)
            out +=
                "<w:p><w:pPr><w:pStyle w:val=\"Picture\"/></w:pPr><w:r>"
                + DocxParts.drawing(number: number, width: width, height: height, sentence: picture.sentence) + "</w:r></w:p>"
        }
        if !isWide {
            paragraph(caption, style: "Caption")
        } else {
            // The section ends in the caption's own paragraph, so that no empty one follows it.
            let breakAfter =
                isTurned(index + 1) || index == manuscript.blocks.count - 1
                ? "<w:pageBreakBefore w:val=\"0\"/>" : DocxParts.section(landscape: true, isLast: false, hasHead: true)
            out += "<w:p><w:pPr><w:pStyle w:val=\"Caption\"/>\(breakAfter)</w:pPr>\(run(caption))</w:p>"
        }
    }

    /// Whether a block stands on a page turned sideways.
    private func isTurned(_ index: Int) -> Bool {
        guard manuscript.blocks.indices.contains(index) else { return false }
        if case .picture(let picture, _, _) = manuscript.blocks[index] { return picture.needsLandscape }
        return false
    }

    /// In EMU, 36,000 a millimetre.
    private static func size(_ picture: PlanPicture, isWide: Bool) -> (Int, Int) {
        let size = picture.printedSize(isTurned: isWide)
        return (Int(size.width * 36_000), Int(size.height * 36_000))
    }
}
