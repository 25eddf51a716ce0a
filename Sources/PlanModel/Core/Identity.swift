/// The name of a plan within its workspace, as in file names and addresses: `support-2026`.
public struct PlanKey: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let text: String

    /// Lower-case Latin letters, digits and hyphens, 1 to 60, starting with a letter or digit; `nil` otherwise, and for `new`, which
    /// addresses where plans are made.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard text != "new", (1...60).contains(bytes.count), bytes.first != UInt8(ascii: "-"), bytes.allSatisfy(PlanKey.isAllowed)
        else {
            return nil
        }
        self.text = String(text)
    }

    private init(unchecked text: String) { self.text = text }

    /// For a plan that has not been named yet.
    public static let unnamed = PlanKey(unchecked: "unnamed")

    private static func isAllowed(_ byte: UInt8) -> Bool {
        (97...122).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "-")
    }

    public var description: String { text }
    public static func < (a: PlanKey, b: PlanKey) -> Bool { a.text < b.text }
}

/// What people call a record: the plan, the kind's letters and a number that is never given twice in the plan.
/// It is the record's identity everywhere: in the plan file, the journal, the API and the address of its page.
public struct RecordID: Hashable, Sendable, CustomStringConvertible {
    public let plan: PlanKey
    /// The kind's prefix, such as `G` or `T`.
    public let prefix: String
    public let number: Int

    public init(plan: PlanKey, prefix: String, number: Int) {
        self.plan = plan
        self.prefix = prefix
        self.number = number
    }

    /// Reads `T-12` as a record of `plan`, and `other-plan/T-12` as one of another plan; `nil` for anything else,
    /// including prefixes that no kind has.
    public init?(_ text: some StringProtocol, in plan: PlanKey) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let last = parts.last, let dash = last.lastIndex(of: "-"),
            let number = Int(last[last.index(after: dash)...]), number >= 0
        else { return nil }
        let prefix = String(last[..<dash])
        guard Kind.withPrefix[prefix] != nil else { return nil }
        if parts.count == 2 {
            guard let other = PlanKey(parts[0]) else { return nil }
            self.init(plan: other, prefix: prefix, number: number)
        } else {
            self.init(plan: plan, prefix: prefix, number: number)
        }
    }

    /// `T-12`
    public var short: String { "\(prefix)-\(number)" }
    /// `support-2026/T-12`
    public var description: String { "\(plan)/\(short)" }
    /// `T-12` seen from its own plan, `support-2026/T-12` from any other.
    public func text(seenFrom plan: PlanKey) -> String { plan == self.plan ? short : description }

    public var kind: Kind? { Kind.withPrefix[prefix] }
}
