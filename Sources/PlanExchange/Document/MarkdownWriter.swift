import PlanModel
import PlanPictures

/// A manuscript as Markdown: for wikis and for reading in a terminal. Everything that came from people is text in it, never HTML.
public enum MarkdownWriter {
    /// - Parameter address: where a picture is found, given its number from 1; its sentence stands in any case.
    public static func write(_ manuscript: Manuscript, address: (PlanPicture, Int) -> String) -> String {
        var writer = Writer(language: manuscript.language)
        writer.head(manuscript)
        var pictures = 0
        for block in manuscript.blocks {
            if case .picture(let picture, let caption, _) = block {
                pictures += 1
                writer.add("![\(escaped(picture.sentence))](\(address(picture, pictures)))\n\n*\(escaped(caption))*")
            } else {
                writer.set(block)
            }
        }
        return writer.out
    }

    /// Text as Markdown that shows it as it is.
    static func escaped(_ text: String) -> String {
        var out = ""
        for character in text {
            switch character {
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "&": out += "&amp;"
            case "\\", "`", "*", "_", "[", "]", "|", "~", "#": out += "\\\(character)"
            case "\n": out += " "
            default: out.append(character)
            }
        }
        return out
    }
}

private struct Writer {
    let language: Language
    private(set) var out = ""

    init(language: Language) { self.language = language }

    private var colon: String { language == .chinese ? "：" : ": " }

    mutating func add(_ block: String) { out += (out.isEmpty ? "" : "\n") + block + "\n" }

    mutating func head(_ manuscript: Manuscript) {
        add("# " + MarkdownWriter.escaped(manuscript.title))
        if let subtitle = manuscript.subtitle { add(MarkdownWriter.escaped(subtitle)) }
        add(
            manuscript.particulars.map { "- " + MarkdownWriter.escaped($0.0) + colon + MarkdownWriter.escaped($0.1) }
                .joined(separator: "\n"))
    }

    mutating func set(_ block: Manuscript.Block) {
        switch block {
        case .heading(let level, let number, let text, _):
            let space = number.isEmpty || number.hasSuffix("、") || number.hasSuffix("）") ? "" : " "
            add(
                String(repeating: "#", count: min(level + 1, 6)) + " " + MarkdownWriter.escaped(number) + space
                    + MarkdownWriter.escaped(text))
        case .prose(let text): add(Prose.markdown(text))
        case .remark(let text, _): add(MarkdownWriter.escaped(text))
        case .guide(let text): add("> " + MarkdownWriter.escaped(text))
        case .entry(let entry):
            add("**\(MarkdownWriter.escaped(entry.title))**")
            for detail in particulars(entry.details) + passages(entry.details) { add(detail) }
        case .table(let table): set(table)
        case .picture: break
        }
    }

    /// What a table of Markdown has no room for stands in a list below it.
    private mutating func set(_ table: Manuscript.Table) {
        add("**\(MarkdownWriter.escaped(table.caption))**")
        let note = table.note(language)
        if !note.details.isEmpty { add(MarkdownWriter.escaped(note.title) + particulars(note.details).joined()) }
        func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
        let rule = "|" + table.columns.map { $0.isNumeric ? " ---: |" : " --- |" }.joined()
        add(
            ([line(table.columns.map { MarkdownWriter.escaped($0.title) }), rule]
                + table.rows.map { row in
                    // Spaces at the beginning of a cell are lost, but for those of an ideograph's width.
                    line(
                        row.cells.enumerated().map { index, cell in
                            (index == 1 ? String(repeating: "　", count: row.depth) : "") + MarkdownWriter.escaped(cell.plain)
                        })
                }).joined(separator: "\n"))
        let more = table.rows.filter { !$0.details.isEmpty }
        if more.isEmpty { return }
        add(
            more.map { row in
                let name = row.cells.prefix(2).map { MarkdownWriter.escaped($0.plain) }.joined(separator: " ")
                return (["- **\(name)**"] + passages(row.details) + particulars(row.details)).joined(separator: "\n\n").replacing(
                    "\n", with: "\n  "
                )
                .replacing("\n  \n", with: "\n\n")
            }.joined(separator: "\n"))
    }

    /// One paragraph, or none.
    private func particulars(_ details: [Manuscript.Detail]) -> [String] {
        let particulars = details.filter { !$0.isPassage }.map { label($0) + MarkdownWriter.escaped($0.text.plain) }
        return particulars.isEmpty ? [] : [particulars.joined(separator: "　")]
    }

    /// Each behind its label; one of a single paragraph in line with it.
    private func passages(_ details: [Manuscript.Detail]) -> [String] {
        details.compactMap { detail in
            guard case .prose(let text) = detail.text else { return nil }
            let isParagraph = Prose.blocks(text).count == 1 && Prose.blocks(text)[0].kind == .paragraph
            return label(detail) + (isParagraph ? "" : "\n\n") + Prose.markdown(text)
        }
    }

    private func label(_ detail: Manuscript.Detail) -> String {
        "*\(MarkdownWriter.escaped(detail.label))*" + colon
    }
}
