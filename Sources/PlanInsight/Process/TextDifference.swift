/// What was taken out of a text and what was put in, line by line.
public struct TextDifference: Sendable, Hashable {
    public enum Line: Sendable, Hashable {
        case same(String)
        case removed(String)
        case added(String)
    }

    public let lines: [Line]

    public var isEmpty: Bool { lines.allSatisfy { if case .same = $0 { true } else { false } } }

    /// What is different, in the order of the new text.
    public enum Change: Sendable, Hashable {
        case removed(String)
        case added(String)
        /// A line most of which is still there: what it was and what it is, from shortly before the first word that differs.
        case reworded(from: String, to: String)
    }

    /// The lines that are not the same; one that was taken out and one of mostly the same words that was put in at its place are one
    /// reworded line.
    public var changes: [Change] {
        var changes: [Change] = []
        var (removed, added): ([String], [String]) = ([], [])
        for line in lines + [.same("")] {
            switch line {
            case .removed(let text): removed.append(text)
            case .added(let text): added.append(text)
            case .same:
                changes += Self.paired(removed, added)
                (removed, added) = ([], [])
            }
        }
        return changes
    }

    /// Whether most of a text of several lines is another: fewer lines are there still than were taken out or put in.
    public var isRewritten: Bool {
        let same = lines.count { if case .same = $0 { true } else { false } }
        var (removed, added, reworded) = (0, 0, 0)
        for change in changes {
            switch change {
            case .removed: removed += 1
            case .added: added += 1
            case .reworded: reworded += 1
            }
        }
        return min(removed, added) > max(same + reworded, 1)
    }

    /// Each line put in with the first of those taken out, in their order, that it is a rewording of; what was taken out stands before
    /// what was put in at its place.
    private static func paired(_ removed: [String], _ added: [String]) -> [Change] {
        var from = 0
        let partners = added.map { line -> Int? in
            let partner = removed.indices.dropFirst(from).first { isRewording(removed[$0], line) }
            if let partner { from = partner + 1 }
            return partner
        }
        var changes: [Change] = []
        var next = 0
        for (place, line) in added.enumerated() {
            let end = partners[place...].lazy.compactMap(\.self).first ?? removed.count
            changes += removed[next..<end].map { .removed($0) }
            next = end
            guard let partner = partners[place] else {
                changes.append(.added(line))
                continue
            }
            let (from, to) = excerpts(removed[partner], line)
            changes.append(.reworded(from: from, to: to))
            next = partner + 1
        }
        return changes + removed[next...].map { .removed($0) }
    }

    /// Whether most words of a line are in another, which does not say much more besides.
    private static func isRewording(_ old: String, _ new: String) -> Bool {
        let (was, be) = (pieces(words(old)).filter(\.isWord), pieces(words(new)).filter(\.isWord))
        let common = was.count - be.difference(from: was).removals.count
        return common * 2 > was.count && common * 3 > be.count
    }

    /// Two lines without the long stretches they begin and end with alike.
    private static func excerpts(_ old: String, _ new: String) -> (String, String) {
        let (was, be) = (pieces(words(old)), pieces(words(new)))
        let start = zip(was, be).prefix { $0 == $1 }.count
        let end = zip(was.dropFirst(start).reversed(), be.dropFirst(start).reversed()).prefix { $0 == $1 }.count
        func excerpt(_ line: String, _ pieces: [Substring]) -> String {
            let mark = line.prefix(line.count - words(line).count)
            let first = start > mostContext + 2 ? start - mostContext : 0
            let last = end > mostContext + 2 ? pieces.count - end + mostContext : pieces.count
            return mark + (first > 0 ? "…" : "") + pieces[first..<last].joined() + (last < pieces.count ? "…" : "")
        }
        return (excerpt(old, was), excerpt(new, be))
    }

    /// So many words, or ideographs, of what is the same are shown on either side.
    private static let mostContext = 6

    /// A line in words of letters and digits, single ideographs and what stands between them.
    private static func pieces(_ line: Substring) -> [Substring] {
        line.chunked { $0.isLatinWord && $1.isLatinWord }
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

extension Character {
    /// Whether it makes a word with its neighbours; an ideograph is a word by itself.
    fileprivate var isLatinWord: Bool { (isLetter || isNumber) && !(unicodeScalars.first?.properties.isIdeographic ?? false) }
}

extension Substring {
    fileprivate var isWord: Bool { first.map { $0.isLetter || $0.isNumber } ?? false }

    /// Runs of characters of which each belongs with the next.
    fileprivate func chunked(_ belong: (Character, Character) -> Bool) -> [Substring] {
        var chunks: [Substring] = []
        for place in indices {
            if let last = chunks.last, let before = last.last, belong(before, self[place]) {
                chunks[chunks.count - 1] = self[last.startIndex...place]
            } else {
                chunks.append(self[place...place])
            }
        }
        return chunks
    }

    fileprivate var trimmed: String {
        var text = self
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text.drop(while: \.isWhitespace))
    }
}
