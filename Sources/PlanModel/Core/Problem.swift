/// Why an input was refused: what, where, and what would be right, in both languages.
public struct Problem: Error, Hashable, Sendable {
    /// Stable, for scripts: `value.range`.
    public let code: String
    public let record: RecordID?
    public let field: String?
    public let message: Label
    public let remedy: Label

    public init(_ code: String, record: RecordID? = nil, field: String? = nil, _ message: Label, remedy: Label) {
        self.code = code
        self.record = record
        self.field = field
        self.message = message
        self.remedy = remedy
    }
}

/// Several reasons at once.
public struct Problems: Error, Sendable {
    public let all: [Problem]
    public init(_ all: [Problem]) { self.all = all }
}
