/// A manuscript as Markdown: for wikis and for reading in a terminal. Pictures are given as their sentence.
public enum MarkdownWriter {
    public static func write(_ manuscript: Manuscript) -> String {
        var out = "# \(manuscript.title)\n"
        if let subtitle = manuscript.subtitle { out += "\n\(subtitle)\n" }
        out += "\n" + manuscript.particulars.map { "- \($0.0)：\($0.1)" }.joined(separator: "\n") + "\n"
        for block in manuscript.blocks {
            switch block {
            case .heading(let level, let number, let text, _):
                out +=
                    "\n\(String(repeating: "#", count: min(level + 1, 6))) \(number)\(number.isEmpty || number.hasSuffix("、") ? "" : " ")\(text)\n"
            case .prose(let text): out += "\n\(text)\n"
            case .remark(let text): out += "\n\(text)\n"
            case .picture(let picture, let caption): out += "\n> **\(caption)** \(picture.sentence)\n"
            case .table(let table): out += "\n**\(table.caption)**\n\n" + self.table(table)
            }
        }
        return out
    }

    private static func table(_ table: Manuscript.Table) -> String {
        func line(_ cells: [String]) -> String { "| " + cells.map(cell).joined(separator: " | ") + " |\n" }
        let rule = "|" + table.columns.map { $0.isNumeric ? " ---: |" : " --- |" }.joined() + "\n"
        return line(table.columns.map(\.title)) + rule + table.rows.map(line).joined()
    }

    private static func cell(_ text: String) -> String {
        text.replacing("|", with: "\\|").replacing("\n", with: "<br>")
    }
}
