import PlanModel

/// What is wrong in a plan file, where, and what would be right.
public struct PlanFileError: Error, Hashable, Sendable {
    public let file: String
    /// Counted from 1.
    public let line: Int
    public let column: Int
    public let message: Label
    public let remedy: Label

    public init(file: String, line: Int, column: Int, _ message: Label, remedy: Label) {
        self.file = file
        self.line = line
        self.column = column
        self.message = message
        self.remedy = remedy
    }

    /// `plan.yaml:12:5: 没有字段「titel」。你是不是要写「title」?`
    /// With its place, unless it is about the file as a whole: line 0.
    public func text(in language: Language) -> String {
        let place = line == 0 ? file : "\(file):\(line):\(column)"
        return "\(place): \(message[language])\(language == .chinese ? "" : " ")\(remedy[language])"
    }
}

/// Everything found wrong in a file, in order; after a hundred of them how many more there are.
public struct PlanFileErrors: Error, Sendable {
    public let all: [PlanFileError]
    public init(_ all: [PlanFileError]) { self.all = all }

    /// The first of the errors of a file, and how many follow them.
    init(first count: Int, of errors: [PlanFileError]) {
        guard errors.count > count else {
            all = errors
            return
        }
        let (next, more) = (errors[count], errors.count - count)
        all =
            errors.prefix(count) + [
                PlanFileError(
                    file: next.file, line: next.line, column: next.column,
                    Label(
                        "由此起还有 \(more) 处错误。",
                        more == 1 ? "One more error follows here." : "From here on \(more) more errors follow."),
                    remedy: Label("先改正以上各处。", "Put those above right first."))
            ]
    }
}

/// Finds what a person probably meant.
public enum Suggestion {
    /// The candidate with the fewest changed letters, if few enough.
    static func nearest(to word: String, among candidates: [String]) -> String? {
        let limit = max(1, word.count / 3)
        return candidates.map { ($0, distance(Array(word.lowercased()), Array($0.lowercased()))) }.filter { $0.1 <= limit }.min {
            $0.1 < $1.1
        }?.0
    }

    /// Damerau–Levenshtein distance (adjacent transpositions count one).
    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
        var rows = [Array(0...b.count)]
        for i in 1...a.count {
            var row = [i]
            for j in 1...b.count {
                var best = min(row[j - 1] + 1, rows[i - 1][j] + 1, rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { best = min(best, rows[i - 2][j - 2] + 1) }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }

    /// 「你是不是要写…」 or the list of what is allowed.
    public static func remedy(for word: String, among allowed: [String]) -> Label {
        if let nearest = nearest(to: word, among: allowed) {
            return Label("你是不是要写「\(nearest)」？", "Did you mean “\(nearest)”?")
        }
        return Label("可用：\(allowed.joined(separator: "、"))。", "Allowed: \(allowed.joined(separator: ", ")).")
    }
}
