/// Ids, dates and numbers of figures stay whole at the end of a line: `T-12`, `2026-03-05`, `SOP-01`. Their hyphens, between a letter or
/// digit and a digit, are no place to break; other hyphens are. A figure keeps its month, too.
enum UnbrokenText {
    /// The text in parts, each broken only where a text may be, or not at all.
    static func parts(_ text: String) -> [(text: Substring, isWhole: Bool)] {
        guard text.utf8.contains(UInt8(ascii: "-")) else { return [(text[...], false)] }
        var parts: [(text: Substring, isWhole: Bool)] = []
        var plain = text.startIndex
        var index = text.startIndex
        while index < text.endIndex {
            var end = text[index...].firstIndex { !isPart($0) } ?? text.endIndex
            if index < end, let time = time(text[end...]) { end = time }
            let word = text[index..<end]
            if hasHyphen(word) {
                if plain < index { parts.append((text[plain..<index], false)) }
                parts.append((word, true))
                plain = end
            }
            index = end < text.endIndex ? text.index(after: end) : end
        }
        if plain < text.endIndex { parts.append((text[plain...], false)) }
        return parts
    }

    /// The text cut where such hyphens stand, without them.
    static func betweenHyphens(_ text: String) -> [Substring] {
        guard text.utf8.contains(UInt8(ascii: "-")) else { return [text[...]] }
        var pieces: [Substring] = []
        var start = text.startIndex
        for index in text.indices where isHyphen(text[...], at: index) {
            pieces.append(text[start..<index])
            start = text.index(after: index)
        }
        return pieces + [text[start...]]
    }

    /// Where the time of a figure ends that is given in brackets behind it: `12（2026-07）`.
    private static func time(_ text: Substring) -> Substring.Index? {
        guard let match = text.prefixMatch(of: /\s?[（(]([0-9]{4}-[0-9]{2}[0-9-]*)[）)]/) else { return nil }
        return match.range.upperBound
    }

    private static func isPart(_ character: Character) -> Bool {
        character.isASCII
            && (character.isLetter || character.isNumber || character == "-" || character == "." || character == "%")
    }

    private static func hasHyphen(_ word: Substring) -> Bool { word.indices.contains { isHyphen(word, at: $0) } }

    private static func isHyphen(_ text: Substring, at index: Substring.Index) -> Bool {
        guard text[index] == "-", index > text.startIndex else { return false }
        let (before, after) = (text.index(before: index), text.index(after: index))
        return after < text.endIndex && text[after].isASCII && text[after].isNumber && text[before].isASCII
            && (text[before].isNumber || text[before].isLetter)
    }
}
