/// So many rows of a table that cannot be used, more than a million and ten for each that can, that reading on is of no use.
public struct UnusableRows: Hashable, Sendable {
    public let count: Int
    /// The first of them.
    public let line: Int
    public let reason: Wording

    public static let most = 1_000_000

    init?(_ count: Int, beside usable: Int, first: (line: Int, reason: Wording)?, most: Int) {
        guard count > most, count > 10 * usable, let first else { return nil }
        (self.count, line, reason) = (count, first.line, first.reason)
    }

    var wording: Wording {
        Wording(
            "已有 \(count) 行无法使用，不再读下去；如第 \(line) 行：\(reason.zh)",
            "\(Wording.counted(count, "row")) cannot be used, so it is not read on; line \(line), for example: \(reason.en)")
    }
}
