/// What was taken out of a text and what was put in, line by line.
public struct TextDifference: Sendable, Hashable {
    public enum Line: Sendable, Hashable {
        case same(String)
        case removed(String)
        case added(String)
    }

    public let lines: [Line]

    public var isEmpty: Bool { lines.allSatisfy { if case .same = $0 { true } else { false } } }

    /// Whether most of a text of several lines is another: fewer lines are the same than were taken out or put in.
    public var isRewritten: Bool {
        func count(_ isOne: (Line) -> Bool) -> Int { lines.count(where: isOne) }
        let same = count { if case .same = $0 { true } else { false } }
        let (removed, added) = (
            count { if case .removed = $0 { true } else { false } }, count { if case .added = $0 { true } else { false } }
        )
        return min(removed, added) > max(same, 1)
    }

    /// Lines that differ in their running number alone are the same: a step put in before others changes none of them.
    ///
    /// - Complexity: O((n + m) d) for n and m lines of which d differ.
    /// - Source: Myers 1986, as in Swift's `difference(from:)`.
    public init(from old: String, to new: String) {
        let (before, after) = (Self.lines(old), Self.lines(new))
        let (was, be) = (before.map(Self.words), after.map(Self.words))
        var removed: Set<Int> = []
        var added: Set<Int> = []
        for change in be.difference(from: was) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): added.insert(offset)
            }
        }
        var lines: [Line] = []
        var (old, new) = (0, 0)
        while old < before.count || new < after.count {
            if removed.contains(old) {
                lines.append(.removed(before[old]))
                old += 1
            } else if added.contains(new) {
                lines.append(.added(after[new]))
                new += 1
            } else {
                lines.append(.same(after[new]))
                (old, new) = (old + 1, new + 1)
            }
        }
        self.lines = lines
    }

    private static func lines(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map { $0.trimmed }.filter { !$0.isEmpty }
    }

    /// The line without the number or mark it begins with.
    private static func words(_ line: String) -> Substring {
        let rest = line.drop { $0.isNumber }
        if rest.count < line.count, let mark = rest.first, ".、)）".contains(mark) { return rest.dropFirst().drop { $0 == " " } }
        if line.hasPrefix("- ") || line.hasPrefix("* ") { return line.dropFirst(2) }
        return line[...]
    }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = self
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text.drop(while: \.isWhitespace))
    }
}
