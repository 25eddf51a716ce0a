/// Cells of tables in CSV (RFC 4180).
public enum CSVCell {
    /// A text as a cell that no spreadsheet takes for a formula, in half-width signs or full-width ones; numbers stay numbers.
    public static func text(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@\t\r＝＋－＠".contains($0) } ?? false && Double(text) == nil
        let safe = isFormula ? "'" + text : text
        guard safe.contains(where: { ",\"\n\r\r\n".contains($0) }) else { return safe }
        return "\"" + safe.reduce(into: "") { $0 += $1 == "\"" ? "\"\"" : String($1) } + "\""
    }
}
