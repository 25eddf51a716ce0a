import Markup
import PlanModel
import PlanPictures

/// A manuscript as one HTML file that needs nothing else: for browsers, and for the PDF printed from it.
public enum HTMLWriter {
    /// - Parameter pages: page numbers for the table of contents by the anchors of headings, where they are known.
    public static func write(_ manuscript: Manuscript, pages: [String: Int] = [:]) -> String {
        write(manuscript, pages, isMeasured: false)
    }

    /// - Parameter isMeasured: whether the PDF printed from it shall tell where each block starts and ends, as `PageFit` names it.
    static func write(_ manuscript: Manuscript, _ pages: [String: Int] = [:], isMeasured: Bool) -> String {
        let page = el(.html, .lang(manuscript.language.rawValue)) {
            el(.head) {
                el(.meta, Attribute("charset", "utf-8"))
                // Nothing is fetched and nothing runs, wherever the file is opened.
                el(
                    .meta, Attribute("http-equiv", "Content-Security-Policy"),
                    Attribute("content", "default-src 'none'; style-src 'unsafe-inline'; img-src data:"))
                el(.meta, .name("viewport"), Attribute("content", "width=device-width, initial-scale=1"))
                el(.title) { manuscript.title }
                el(.style) { Markup(trusted: PrintStyle.sheet(head: manuscript.title, language: manuscript.language)) }
            }
            el(.body, manuscript.isBrief ? .class("brief") : nil) {
                if manuscript.isBrief {
                    brief(manuscript)
                } else {
                    cover(manuscript)
                    if manuscript.hasContents { contents(manuscript, pages) }
                }
                el(.main) {
                    for (index, block) in manuscript.blocks.enumerated() {
                        let markup = self.block(block, manuscript.language)
                        if isMeasured { marked(markup, index) } else { markup }
                    }
                }
                if isMeasured { marks(manuscript.blocks.count) }
            }
        }
        return "<!doctype html>" + page.string
    }

    /// A block with marks that take no room, within its first element and at the end of its last text.
    private static func marked(_ block: Markup, _ index: Int) -> Markup {
        let text = block.string
        var end = text.endIndex
        while text[..<end].hasSuffix(">"), let open = text[..<end].lastIndex(of: "<"), text[open...].hasPrefix("</") {
            end = open
        }
        guard let start = text.firstIndex(of: ">").map({ text.index(after: $0) }), start <= end else { return block }
        let (first, last) = (PageFit.start(index), PageFit.end(index))
        return Markup(
            trusted: text[..<start] + "<i id=\"\(first)\"></i>" + text[start..<end] + "<i id=\"\(last)\"></i>" + text[end...])
    }

    /// A PDF tells where those places stand that something leads to.
    private static func marks(_ count: Int) -> Markup {
        el(.nav, Attribute("hidden", "")) {
            for index in 0..<count {
                el(.a, .href("#\(PageFit.start(index))"))
                el(.a, .href("#\(PageFit.end(index))"))
            }
        }
    }

    private static func brief(_ manuscript: Manuscript) -> Markup {
        el(.header) {
            el(.h1) { manuscript.title }
            el(.p, .class("remark")) {
                ([manuscript.organisation, manuscript.subtitle ?? ""] + manuscript.particulars.map { "\($0.0) \($0.1)" }).filter {
                    !$0.isEmpty
                }.joined(separator: "　")
            }
        }
    }

    private static func cover(_ manuscript: Manuscript) -> Markup {
        el(.header, .class("cover")) {
            el(.p, .class("org")) { manuscript.organisation }
            el(.div, .class("titles")) {
                el(.h1) { manuscript.title }
                if let subtitle = manuscript.subtitle { el(.p, .class("subtitle")) { subtitle } }
                if manuscript.isSample {
                    el(.p, .class("subtitle")) { manuscript.language == .chinese ? "（示例，内容为虚构）" : "(sample, invented content)" }
                }
                el(.div, .class("rule"))
            }
            el(.table, .class("particulars")) {
                el(.tbody) {
                    for (label, value) in manuscript.particulars {
                        el(.tr) {
                            el(.th) { label }; el(.td) { value }
                        }
                    }
                }
            }
        }
    }

    private static func contents(_ manuscript: Manuscript, _ pages: [String: Int]) -> Markup {
        el(.nav, .class("contents")) {
            el(.h2) { manuscript.language == .chinese ? "目录" : "Contents" }
            el(.ul) {
                for block in manuscript.blocks {
                    if case .heading(let level, let number, let text, let anchor) = block, level <= 2 {
                        el(.li, .class("l\(level)")) {
                            el(.a, .href("#\(anchor)")) {
                                el(.span) {
                                    el(.span, .class("no")) { number }
                                    text
                                }
                                if let page = pages[anchor] {
                                    el(.span, .class("leader"))
                                    el(.span) { String(page) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static func block(_ block: Manuscript.Block, _ language: Language) -> Markup {
        switch block {
        case .heading(let level, let number, let text, let anchor):
            el(level == 1 ? .h2 : level == 2 ? .h3 : .h4, .id(anchor)) {
                el(.span, .class("no")) { number }; text
            }
        case .prose(let text): el(.div, .class(isFewLines(text) ? "prose few" : "prose")) { Prose.html(text) }
        case .guide(let text): el(.p, .class("guide")) { text }
        case .remark(let text, let anchor):
            el(.p, .class("remark")) {
                if let anchor { el(.a, .href("#\(anchor)")) { unbroken(.line(text)) } } else { unbroken(.line(text)) }
            }
        case .table(let table): self.table(table, language)
        case .entry(let entry): self.entry(entry, language)
        case .picture(let picture, let caption, let anchor):
            el(
                .figure, .id(anchor), picture.needsLandscape ? .class("wide") : nil,
                picture.share < 1
                    ? Attribute(
                        "style", "--highest: \(picture.printedSize(isTurned: picture.needsLandscape).height.coordinate)mm") : nil
            ) {
                picture.markup
                el(.figcaption) { caption }
            }
        }
    }

    /// Whether prose takes three lines or less: broken, it would leave a single one on a page. A line of 156 mm holds 36 ems of 12 pt.
    private static func isFewLines(_ text: String) -> Bool { TextWidth.of(Prose.plain(text), size: 1) < 3 * 36 }

    private static func table(_ table: Manuscript.Table, _ language: Language) -> Markup {
        Markup {
            el(.p, .class("cap")) { table.caption }
            if !table.note(language).details.isEmpty {
                el(.p, .class("cap shared")) { sharedWords(table, language) }
            }
            // A few single lines stand on one page.
            let isShort = table.rows.count <= 6 && table.rows.allSatisfy(\.details.isEmpty)
            el(.table, .class("three" + (isShort ? " few" : "") + (table.isDense ? " dense" : ""))) {
                el(.colgroup) {
                    for column in table.columns { el(.col, Attribute("width", "\((column.width * 100).coordinate)%")) }
                }
                el(.thead) {
                    el(.tr) {
                        for column in table.columns { el(.th, column.isNumeric ? .class("num") : nil) { head(column.title) } }
                    }
                }
                for (index, row) in table.rows.enumerated() {
                    el(.tbody, table.leads(index) ? .class("leads") : nil) {
                        cells(row, table)
                        if !row.details.isEmpty {
                            el(.tr, .class("more")) {
                                el(.td)
                                el(.td, Attribute("colspan", String(table.columns.count - 1))) {
                                    passages(row.details, language); particulars(row.details, language)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static func sharedWords(_ table: Manuscript.Table, _ language: Language) -> Markup {
        let note = table.note(language)
        return Markup {
            note.title
            for detail in note.details {
                el(.span) {
                    label(detail, language)
                    text(detail.text)
                }
                " "
            }
        }
    }

    private static func cells(_ row: Manuscript.Table.Row, _ table: Manuscript.Table) -> Markup {
        el(.tr, row.isTotal ? .class("total") : nil) {
            for (index, cell) in row.cells.enumerated() {
                el(
                    .td, table.columns[index].isNumeric ? .class("num") : nil,
                    index == 1 && row.depth > 0 ? .class("in\(min(row.depth, 6))") : nil
                ) { text(cell) }
            }
        }
    }

    private static func text(_ text: Manuscript.Text) -> Markup {
        switch text {
        case .line, .list: unbroken(text)
        case .prose(let prose): Prose.html(prose)
        }
    }

    /// The head of a column, broken between its parts.
    private static func head(_ title: String) -> Markup {
        let parts = UnbrokenText.head(title)
        return Markup {
            for part in parts {
                if part.isWhole && parts.count > 1 { el(.span, .class("whole")) { String(part.text) } } else { String(part.text) }
            }
        }
    }

    /// A line of text whose ids, dates, amounts and names stay whole.
    private static func unbroken(_ text: Manuscript.Text) -> Markup {
        Markup {
            for part in text.parts {
                if part.isWhole { el(.span, .class("whole")) { String(part.text) } } else { String(part.text) }
            }
        }
    }

    private static func entry(_ entry: Manuscript.Entry, _ language: Language) -> Markup {
        // What takes less than a third of a page stays together.
        let length = entry.details.reduce(0) { $0 + $1.label.count + $1.text.plain.count }
        return el(.section, .class(length < 500 ? "entry short" : "entry")) {
            el(.h5) { entry.title }
            particulars(entry.details, language)
            passages(entry.details, language)
        }
    }

    /// In one line.
    private static func particulars(_ details: [Manuscript.Detail], _ language: Language) -> Markup {
        let particulars = details.filter { !$0.isPassage }
        if particulars.isEmpty { return Markup() }
        return el(.p, .class("particular")) {
            for detail in particulars {
                el(.span) {
                    label(detail, language)
                    text(detail.text)
                }
                " "
            }
        }
    }

    /// Each behind its label.
    private static func passages(_ details: [Manuscript.Detail], _ language: Language) -> Markup {
        Markup {
            for passage in details where passage.isPassage {
                el(.div, .class("passage")) {
                    label(passage, language)
                    text(passage.text)
                }
            }
        }
    }

    private static func label(_ detail: Manuscript.Detail, _ language: Language) -> Markup {
        el(.b) { detail.label + (language == .chinese ? "：" : ": ") }
    }
}

extension PlanPicture {
    /// Whether it fills a page, or so much of one that the text before it would leave a gap.
    var needsOwnPage: Bool { needsLandscape || height / width > 0.9 && width > 520 }

    /// Whether it goes on a page turned sideways: where its words are too small to read upright, and larger so.
    var needsLandscape: Bool {
        printedWords(isTurned: false) < Self.readable && printedWords(isTurned: true) > printedWords(isTurned: false)
    }

    /// In points, but for rounding; nobody reads smaller words with pleasure.
    private static let readable = 6.49

    /// How large its smallest words are on paper, in points.
    func printedWords(isTurned: Bool) -> Double { printedSize(isTurned: isTurned).width / width * smallestWords * 72 / 25.4 }

    /// In mm.
    func printedSize(isTurned: Bool) -> (width: Double, height: Double) {
        let scale = Self.scale(width: width, height: height, isTurned: isTurned) * share
        return (width * scale, height * scale)
    }
}

/// How the exported document looks: A4 with the type area of GB/T 9704, songti for text, three-line tables.
enum PrintStyle {
    static func sheet(head: String, language: Language) -> String {
        let title = head.replacing("\\", with: "").replacing("\"", with: "").replacing("<", with: "")
        let pages =
            language == .chinese ? "\"第 \" counter(page) \" 页，共 \" counter(pages) \" 页\"" : "counter(page) \" / \" counter(pages)"
        return """
            @page { size: A4; margin: 37mm 26mm 35mm 28mm;
              @top-left { content: "\(title)"; font: 8.5pt \(sans); color: #6a757f; border-bottom: .35pt solid #aab1b6; width: 100%; vertical-align: bottom; padding-bottom: 1.6mm; margin-bottom: 6mm; }
              @bottom-center { content: \(pages); font: 9pt \(sans); color: #46525d; } }
            @page cover { @top-left { content: none; border: 0; } @bottom-center { content: none; } }
            @page brief { margin: 20mm 24mm 18mm 26mm; }
            @page wide { size: A4 landscape; margin: 26mm 22mm 24mm 22mm; }
            * { box-sizing: border-box; }
            \(language == .chinese ? "" : latinQuotes + " svg { font-family: \(sans); }")
            body { margin: 0; color: #15191d; background: #fff; font: 12pt/1.75 \(song); line-break: strict; text-autospace: normal; font-variant-numeric: tabular-nums; }
            h1, h2, h3, h4, th, .cap, figcaption, .org, .particulars, .contents { font-family: \(sans); }
            h1, h2, h3, h4 { font-weight: 600; line-height: 1.4; break-after: avoid; text-wrap: balance; }
            h2 { font-size: 16pt; margin: 11mm 0 4mm; } h3 { font-size: 13pt; margin: 7mm 0 2mm; } h4 { font-size: 12pt; margin: 5mm 0 1.5mm; }
            .no { margin-right: .3em; } :lang(zh) .no { margin-right: .1em; }
            .prose p, .remark { margin: 0 0 2mm; text-indent: 2em; text-align: justify; } :lang(en) > body .remark { text-align: start; } .prose li p { text-indent: 0; }
            .prose.few { break-inside: avoid; } .prose ul, .prose ol { margin: 0 0 2mm; padding-left: 3em; } .prose blockquote { margin: 0 0 2mm 2em; color: #46525d; }
            .brief { page: brief; font-size: 10.5pt; line-height: 1.5; } .brief h1 { font-size: 16pt; margin: 0 0 1mm; }
            .brief h3 { font-size: 11pt; margin: 3mm 0 0.5mm; } .brief .prose li p { margin: 0; } .brief .prose p, .brief .remark { text-indent: 0; }
            .cap { break-after: avoid; } .cap, figcaption { margin: 5mm 0 1.5mm; font-size: 9pt; text-align: center; text-indent: 0; }
            .shared { margin: 0 0 1.5mm; font-size: 8.5pt; color: #333c44; } .shared b { font-weight: 400; color: #626d77; } .shared > span { display: inline-block; margin-right: 1em; } .whole { white-space: nowrap; }
            .three { width: 100%; margin-bottom: 4mm; border-collapse: collapse; table-layout: fixed; border-top: 1.1pt solid #15191d; border-bottom: 1.1pt solid #15191d; font: 9pt/1.5 \(song); }
            .three thead { display: table-header-group; } .three tr { break-inside: avoid; }
            .three th { padding: 1.3mm 1.6mm; border-bottom: .5pt solid #15191d; font-size: 8.5pt; text-align: left; vertical-align: bottom; }
            .three td { padding: 1.1mm 1.6mm; border-top: .35pt solid #e2e4e1; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
            .dense { font-size: 8.5pt; line-height: 1.35; } .dense td, .dense th { padding-left: .8mm; padding-right: .8mm; } .dense td { padding-top: .35mm; padding-bottom: .35mm; } .dense tbody.leads + tbody td { border-top: 0; }
            .three tbody:first-of-type tr:first-child td { border-top: 0; } .three .num { text-align: right; } .three td.num { white-space: nowrap; } .three .total td { font-weight: 600; } .three .num + :not(.num) { padding-left: 3.5mm; }
            .three p, .passage p, .passage ul, .passage ol { margin: 0; text-indent: 0; } .three ul, .three ol, .passage ul, .passage ol { margin: 0; padding-left: 1.6em; }
            .three.few { break-inside: avoid; } .three tbody.leads { break-after: avoid; } .three tbody { break-inside: avoid; } .three tbody:last-of-type:not(:first-of-type) { break-before: avoid; } .three tr.more { break-before: avoid; break-inside: auto; } .three tr.more td { padding-top: 0; border-top: 0; font-size: 8.5pt; color: #333c44; }
            .three td.in1 { padding-left: calc(1.6mm + 1em); } .three td.in2 { padding-left: calc(1.6mm + 2em); } .three td.in3 { padding-left: calc(1.6mm + 3em); } .three td.in4 { padding-left: calc(1.6mm + 4em); } .three td.in5 { padding-left: calc(1.6mm + 5em); } .three td.in6 { padding-left: calc(1.6mm + 6em); }
            .remark:has(+ figure:not(.wide)) { break-after: avoid; }
            .guide { margin: 0 0 2mm 2em; font-size: 10.5pt; color: #626d77; }
            .remark a { color: inherit; text-decoration: none; } .particular { margin: 0; } .particular > span { display: inline-block; margin-right: 1em; } .particular b, .passage b { font: 400 .92em \(sans); color: #626d77; } .passage > p:first-of-type { display: inline; }
            .entry { margin: 0 0 3mm; padding-top: 1.6mm; border-top: .5pt solid #15191d; font: 10pt/1.6 \(song); } .entry h5 { margin: 0 0 1mm; font: 600 10.5pt/1.4 \(sans); break-after: avoid; }
            .entry.short { break-inside: avoid; }
            .entry .particular { break-after: avoid; color: #333c44; }
            figure { margin: 5mm 0; break-inside: avoid; } figure svg { display: block; max-width: 100%; height: auto; max-height: var(--highest, 205mm); margin: 0 auto; }
            figcaption { margin: 2mm 0 0; } figure.wide { page: wide; margin: 0 0 5mm; } figure.wide svg { max-height: 144mm; }
            .cover { page: cover; display: flex; flex-direction: column; min-height: 220mm; break-after: page; }
            .org { margin: 0; font-size: 12pt; color: #46525d; } .titles { margin-top: 38mm; } .cover h1 { margin: 0; font-size: 28pt; }
            .subtitle { margin: 4mm 0 0; font: 14pt/1.5 \(sans); color: #46525d; } .rule { width: 28mm; height: 1.2mm; margin-top: 10mm; background: #15191d; }
            .particulars { width: 100%; margin-top: auto; border-collapse: collapse; font-size: 10.5pt; line-height: 1.5; }
            .particulars th, .particulars td { padding: 2mm 0; border-top: .35pt solid #aab1b6; text-align: left; vertical-align: top; font-weight: 400; } .particulars th { width: 32mm; color: #6a757f; }
            .particulars tr:last-child > * { border-bottom: .35pt solid #aab1b6; }
            .contents { break-after: page; } .contents h2 { margin-top: 0; } .contents ul { margin: 0; padding: 0; list-style: none; font-size: 11pt; line-height: 2; }
            .contents a { display: flex; gap: .4em; color: inherit; text-decoration: none; } .leader { flex: 1; height: 1.2em; border-bottom: 1pt dotted #aab1b6; } .contents .l2 { padding-left: 2.4em; font-size: 10.5pt; color: #46525d; }
            @media screen { body { max-width: 780px; margin: 0 auto; padding: 32px 20px 80px; } .cover { min-height: 60vh; } .contents { margin: 16mm 0; } .three { table-layout: auto; } }
            """
    }

    /// Chinese typefaces have quotation marks as wide as an ideograph; English has those of a Latin one.
    private static let latinQuotes = """
        @font-face { font-family: Quotes; src: local("Liberation Sans"), local("DejaVu Sans"), local("Arial"), local("Helvetica"); unicode-range: U+2018-2019, U+201C-201D; }
        """
    private static let sans = #"Quotes, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif"#
    private static let song = #"Quotes, "Noto Serif CJK SC", "Songti SC", SimSun, serif"#
}
