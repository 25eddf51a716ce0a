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
            ("word/_rels/document.xml.rels", utf8(DocxParts.relations(body.media.map(\.name)))),
            ("docProps/core.xml", utf8(DocxParts.properties(manuscript))),
        ]
        entries += body.media.map { ("word/media/\($0.name)", $0.bytes) }
        return try ZipArchive.write(entries)
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
    private var bookmarks = 0

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
            contents()
        }
        for block in manuscript.blocks { set(block) }
        out += DocxParts.section(landscape: false, isLast: true, hasHead: true) + "</w:body></w:document>"
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
        for (label, value) in manuscript.particulars { paragraph("\(label)\t\(value)", style: "Particulars") }
        out += "<w:p><w:pPr>" + DocxParts.section(landscape: false, isLast: false, hasHead: false) + "</w:pPr></w:p>"
    }

    private mutating func contents() {
        paragraph(manuscript.language == .chinese ? "目录" : "Contents", style: "ContentsTitle")
        let entries = manuscript.blocks.enumerated().compactMap { index, block -> (Int, String, String)? in
            if case .heading(let level, let number, let text, _) = block, level <= 3 {
                (level, Self.joined(number, text), "_Toc\(index)")
            } else {
                nil
            }
        }
        for (position, entry) in entries.enumerated() {
            out += "<w:p><w:pPr><w:pStyle w:val=\"TOC\(entry.0)\"/></w:pPr>"
            if position == 0 {
                out +=
                    "<w:r><w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> TOC \\o \"1-3\" \\h \\z \\u </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
            }
            out += "<w:hyperlink w:anchor=\"\(entry.2)\">" + run(entry.1) + "</w:hyperlink>"
            if position == entries.count - 1 { out += "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>" }
            out += "</w:p>"
        }
        out += "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"
    }

    // MARK: Blocks

    private mutating func set(_ block: Manuscript.Block) {
        switch block {
        case .heading(let level, let number, let text, _): heading(level, Self.joined(number, text))
        case .prose(let text): for block in Prose.blocks(text) { prose(block) }
        case .remark(let text): paragraph(text, style: "BodyText")
        case .table(let table): self.table(table)
        case .picture(let picture, let caption): self.picture(picture, caption)
        }
    }

    private static func joined(_ number: String, _ text: String) -> String {
        number.isEmpty || number.hasSuffix("、") || number.hasSuffix("）") ? number + text : "\(number) \(text)"
    }

    private mutating func heading(_ level: Int, _ text: String) {
        let index = manuscript.blocks.indices.filter {
            if case .heading(let level, _, _, _) = manuscript.blocks[$0] { level <= 3 } else { false }
        }
        let name = bookmarks < index.count ? "_Toc\(index[bookmarks])" : "_Toc"
        bookmarks += 1
        out +=
            "<w:p><w:pPr><w:pStyle w:val=\"Heading\(min(level, 4))\"/></w:pPr><w:bookmarkStart w:id=\"\(bookmarks)\" w:name=\"\(name)\"/>\(run(text))<w:bookmarkEnd w:id=\"\(bookmarks)\"/></w:p>"
    }

    private mutating func paragraph(_ text: String, style: String) {
        out += "<w:p><w:pPr><w:pStyle w:val=\"\(style)\"/></w:pPr>\(run(text))</w:p>"
    }

    private mutating func prose(_ block: Prose.Block) {
        let style: String
        var prefix = ""
        var indent = ""
        switch block.kind {
        case .paragraph: style = "BodyText"
        case .heading: style = "Heading4"
        case .quote: style = "Quote"
        case .code: style = "Code"
        case .item(let depth, let number):
            style = "ListItem"
            prefix = number.map { "\($0). " } ?? "· "
            indent = "<w:ind w:left=\"\(840 + depth * 420)\" w:hanging=\"420\"/>"
        }
        out += "<w:p><w:pPr><w:pStyle w:val=\"\(style)\"/>\(indent)</w:pPr>" + (prefix.isEmpty ? "" : run(prefix))
        for piece in block.runs { out += run(piece.text, bold: piece.isBold, code: piece.isCode) }
        out += "</w:p>"
    }

    /// A run of text; line ends and tabs become their elements.
    private func run(_ text: String, bold: Bool = false, code: Bool = false) -> String {
        let style = (bold ? "<w:b/>" : "") + (code ? "<w:rFonts w:ascii=\"Consolas\" w:hAnsi=\"Consolas\"/>" : "")
        var parts = ""
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if index > 0 { parts += "<w:br/>" }
            for (index, piece) in line.split(separator: "\t", omittingEmptySubsequences: false).enumerated() {
                if index > 0 { parts += "<w:tab/>" }
                parts += "<w:t xml:space=\"preserve\">\(DocxParts.escaped(String(piece)))</w:t>"
            }
        }
        return "<w:r>" + (style.isEmpty ? "" : "<w:rPr>\(style)</w:rPr>") + parts + "</w:r>"
    }

    // MARK: Tables

    /// The type area is 156 mm wide: 8844 twentieths of a point.
    private static let typeArea = 8844.0

    private mutating func table(_ table: Manuscript.Table) {
        paragraph(table.caption, style: "Caption")
        let total = table.columns.reduce(0) { $0 + $1.weight }
        let widths = table.columns.map { Int(($0.weight / total * Self.typeArea).rounded()) }
        out +=
            "<w:tbl><w:tblPr><w:tblStyle w:val=\"ThreeLine\"/><w:tblW w:w=\"\(Int(Self.typeArea))\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>"
        out += widths.map { "<w:gridCol w:w=\"\($0)\"/>" }.joined() + "</w:tblGrid>"
        row(table.columns.map(\.title), table, widths, depth: 0, isHead: true)
        for (cells, depth) in zip(table.rows, table.depths) { row(cells, table, widths, depth: depth, isHead: false) }
        out += "</w:tbl>"
        paragraph("", style: "AfterTable")
    }

    private mutating func row(_ cells: [String], _ table: Manuscript.Table, _ widths: [Int], depth: Int, isHead: Bool) {
        out += "<w:tr><w:trPr><w:cantSplit/>" + (isHead ? "<w:tblHeader/>" : "") + "</w:trPr>"
        for (index, text) in cells.enumerated() {
            let alignment = table.columns[index].isNumeric ? "<w:jc w:val=\"right\"/>" : ""
            let indent = index == 1 && depth > 0 ? "<w:ind w:left=\"\(depth * 180)\"/>" : ""
            let border = isHead ? "<w:tcBorders><w:bottom w:val=\"single\" w:sz=\"4\" w:color=\"15191D\"/></w:tcBorders>" : ""
            out +=
                "<w:tc><w:tcPr><w:tcW w:w=\"\(widths[index])\" w:type=\"dxa\"/>\(border)</w:tcPr><w:p><w:pPr><w:pStyle w:val=\"\(isHead ? "TableHead" : "TableText")\"/>\(indent)\(alignment)</w:pPr>\(run(text))</w:p></w:tc>"
        }
        out += "</w:tr>"
    }

    // MARK: Pictures

    private mutating func picture(_ picture: PlanPicture, _ caption: String) {
        let isWide = picture.name.needsLandscape
        if isWide { out += "<w:p><w:pPr>" + DocxParts.section(landscape: false, isLast: false, hasHead: true) + "</w:pPr></w:p>" }
        let svg = picture.markup.string
        if let png = rasterise(svg, picture.width * 2) {
            let number = media.count / 2 + 1
            media.append(Medium(name: "image\(number).png", bytes: png))
            media.append(Medium(name: "image\(number).svg", bytes: Array(svg.utf8)))
            let (width, height) = Self.size(picture, isWide: isWide)
            out +=
                "<w:p><w:pPr><w:pStyle w:val=\"Picture\"/></w:pPr><w:r>"
                + DocxParts.drawing(number: number, width: width, height: height, sentence: picture.sentence) + "</w:r></w:p>"
        } else {
            paragraph(picture.sentence, style: "BodyText")
        }
        paragraph(caption, style: "Caption")
        if isWide { out += "<w:p><w:pPr>" + DocxParts.section(landscape: true, isLast: false, hasHead: true) + "</w:pPr></w:p>" }
    }

    /// In EMU (360,000 a centimetre), as wide as the type area unless that were too high.
    private static func size(_ picture: PlanPicture, isWide: Bool) -> (Int, Int) {
        let (widest, highest) = isWide ? (25.3, 14.0) : (15.6, 20.5)
        let scale = min(widest / picture.width, highest / picture.height)
        return (Int(picture.width * scale * 360_000), Int(picture.height * scale * 360_000))
    }
}
