/// What stays whole at the end of a line: ids, dates and numbers of figures, `T-12`, `2026-03-05`, `SOP-01`, whose hyphens, between a
/// letter or digit and a digit, are no place to break; a figure with its unit or month, `1,200 万元`, `12（2026-07）`, `8 days`; and
/// what opens a bracket or quotation with what stands in it.
enum UnbrokenText {
    /// The text in parts, each broken only where a text may be, or not at all.
    static func parts(_ text: String) -> [(text: Substring, isWhole: Bool)] {
        guard text.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return [(text[...], false)] }
        var parts: [(text: Substring, isWhole: Bool)] = []
        var plain = text.startIndex
        var index = text.startIndex
        while index < text.endIndex {
            let end = wordEnd(text, from: index)
            if index < end, let whole = wholeEnd(text, word: index..<end) {
                let start = opening(text[plain..<index])
                if plain < start { parts.append((text[plain..<start], false)) }
                parts.append((text[start..<whole], true))
                plain = whole
                index = whole
            } else {
                index = end < text.endIndex ? text.index(after: end) : end
            }
        }
        if plain < text.endIndex { parts.append((text[plain...], false)) }
        return parts
    }

    /// The head of a column in parts: what stands in brackets, and beside it a short word, is broken only where nothing else helps.
    static func head(_ title: String) -> [(text: Substring, isWhole: Bool)] {
        var pieces: [Substring] = []
        var start = title.startIndex
        for place in title.indices where place > start && title[place] == "（" {
            pieces.append(title[start..<place])
            start = place
        }
        pieces.append(title[start...])
        return pieces.map { ($0, !$0.contains(" ") && $0.count <= longestHead) }
    }

    /// In characters, brackets included.
    private static let longestHead = 6

    /// The text cut where such hyphens stand, without them.
    static func betweenHyphens(_ text: Substring) -> [Substring] {
        guard text.utf8.contains(UInt8(ascii: "-")) else { return [text] }
        var pieces: [Substring] = []
        var start = text.startIndex
        for index in text.indices where isHyphen(text, at: index) {
            pieces.append(text[start..<index])
            start = text.index(after: index)
        }
        return pieces + [text[start...]]
    }

    // MARK: Words

    private static func wordEnd(_ text: String, from start: String.Index) -> String.Index {
        var end = start
        while end < text.endIndex, isPart(text[end]) || isInFigure(text, at: end) { end = text.index(after: end) }
        return end
    }

    private static func isPart(_ character: Character) -> Bool {
        character.isASCII
            && (character.isLetter || character.isNumber || character == "-" || character == "." || character == "%")
    }

    /// Whether a comma parts thousands, or a dash the ends of a span, of figures: `1,200`, `1–6`.
    private static func isInFigure(_ text: String, at index: String.Index) -> Bool {
        guard text[index] == "," || text[index] == "–", index > text.startIndex else { return false }
        let after = text.index(after: index)
        return after < text.endIndex && isDigit(text[after]) && isDigit(text[text.index(before: index)])
    }

    /// Where what must not be broken ends, that starts with the word; `nil` if the word needs no care.
    private static func wholeEnd(_ text: String, word: Range<String.Index>) -> String.Index? {
        let rest = text[word.upperBound...]
        let isFigure = text[word.lowerBound].isASCII && text[word.lowerBound].isNumber
        if isFigure, let time = time(rest) { return time }
        if hasHyphen(text[word]) { return word.upperBound }
        guard isFigure, let last = text[word].last, isDigit(last) else { return nil }
        return unit(rest)
    }

    private static func hasHyphen(_ word: Substring) -> Bool { word.indices.contains { isHyphen(word, at: $0) } }

    private static func isHyphen(_ text: Substring, at index: Substring.Index) -> Bool {
        guard text[index] == "-", index > text.startIndex else { return false }
        let (before, after) = (text.index(before: index), text.index(after: index))
        return after < text.endIndex && isDigit(text[after]) && text[before].isASCII
            && (text[before].isNumber || text[before].isLetter)
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }

    // MARK: Neighbours

    /// Where the brackets and quotation marks start that stand open at the end of a text.
    private static func opening(_ text: Substring) -> Substring.Index {
        text.lastIndex { !"（「『《〈【“‘(".contains($0) }.map { text.index(after: $0) } ?? text.startIndex
    }

    /// Where the time of a figure ends that is given in brackets behind it: `12（2026-07）`.
    private static func time(_ text: Substring) -> Substring.Index? {
        guard let bracket = text.first(where: { $0 != " " }), bracket == "（" || bracket == "(",
            let match = text.prefixMatch(of: /\s?[（(]([0-9]{4}-[0-9]{2}[0-9-]*)[）)]/)
        else { return nil }
        return match.range.upperBound
    }

    /// Where the unit behind a figure ends: a short word of ideographs, else the first and the thousands before it; after a space, a
    /// short word of letters too. A year or month goes on with the month or day: `2026年3月5日`.
    private static func unit(_ text: Substring) -> Substring.Index? {
        let isApart = text.first == " "
        let word = isApart ? text.dropFirst() : text
        let ideographs = word.prefix(while: isIdeograph)
        guard !ideographs.isEmpty else {
            let letters = word.prefix { $0.isASCII && $0.isLetter }
            let isBound = isApart && (1...6).contains(letters.count)
            return isBound ? letters.endIndex : nil
        }
        let thousands = ideographs.prefix { "百千万亿".contains($0) }.count
        let bound = ideographs.count <= 3 ? ideographs : ideographs.prefix(thousands + 1)
        guard let last = bound.last, "年月".contains(last), bound.count == 1 else { return bound.endIndex }
        let next = text[bound.endIndex...].drop { $0 == " " }
        let digits = next.prefix(while: isDigit)
        return digits.isEmpty ? bound.endIndex : unit(next[digits.endIndex...]) ?? bound.endIndex
    }

    private static func isIdeograph(_ character: Character) -> Bool {
        character.unicodeScalars.first?.properties.isIdeographic ?? false
    }
}
