import Foundation

/// A text in the pieces that lines are made of.
enum LinePieces {
    /// What may never be broken: a word of Latin letters, an ideograph with the punctuation that closes it.
    static func characters(_ text: String) -> [String] {
        var pieces: [String] = []
        for character in text {
            if let last = pieces.last, closes(character) || !isWide(character) && character != " " && !isWide(last.last ?? " ") {
                pieces[pieces.count - 1] = last + String(character)
            } else {
                pieces.append(String(character))
            }
        }
        return pieces
    }

    /// What is better not broken: Chinese words too, and a figure with its unit. Words are those of the dictionary that comes with
    /// Unicode's rules of word boundaries (UAX #29). Ideographs it has no word for stay with each other, or one by itself with the
    /// word before it: 工单, 市场部.
    static func words(_ text: String) -> [String] {
        var words: [String] = []
        let known = dictionaryWords(text)
        var isLoose = false
        for (index, word) in known.enumerated() {
            let (wasLoose, isNextLoose) = (isLoose, index + 1 < known.count && isSingle(known[index + 1]))
            isLoose = isSingle(word)
            if let last = words.last, belongs(word, to: last) || isLoose && (wasLoose || !isNextLoose && isHan(last.last)) {
                words[words.count - 1] = last + word
            } else {
                words.append(word)
            }
        }
        return words
    }

    /// Characters that no word starts between.
    private static func dictionaryWords(_ text: String) -> [String] {
        let starts = wordStarts(text)
        var words: [String] = []
        var offset = 0
        for piece in characters(text) {
            if let last = words.last, !starts.contains(offset) {
                words[words.count - 1] = last + piece
            } else {
                words.append(piece)
            }
            offset += piece.utf16.count
        }
        return words
    }

    /// What opens a quotation stands with what it opens, a figure with its unit.
    private static func belongs(_ word: String, to last: String) -> Bool {
        if "（「《“".contains(last.last ?? " ") { return true }
        if word == " " { return last.last?.isNumber ?? false }
        return last.last == " " && last.dropLast().last?.isNumber ?? false
    }

    /// An ideograph that is no word between two others.
    private static func isSingle(_ word: String) -> Bool {
        word.first.map { isHan($0) && !particles.contains($0) } ?? false && word.dropFirst().allSatisfy { closes($0) }
    }

    private static func isHan(_ character: Character?) -> Bool {
        character?.unicodeScalars.first?.properties.isIdeographic ?? false
    }

    private static let particles: Set<Character> = [
        "与", "和", "及", "或", "的", "把", "从", "对", "在", "按", "将", "为", "向", "并", "由", "到",
    ]

    /// Where words start, in UTF-16 units.
    private static func wordStarts(_ text: String) -> Set<Int> {
        guard text.unicodeScalars.contains(where: \.properties.isIdeographic) else { return Set(0...text.utf16.count) }
        let range = NSRange(location: 0, length: text.utf16.count)
        return Set((boundary?.matches(in: text, range: range) ?? []).map(\.range.location))
    }

    private static let boundary = try? NSRegularExpression(pattern: "\\b", options: .useUnicodeWordBoundaries)

    private static func closes(_ character: Character) -> Bool { "，。、；：！？）」》”…%".contains(character) }

    private static func isWide(_ character: Character) -> Bool {
        character.unicodeScalars.first.map { TextWidth.em($0) == 1 } ?? false
    }
}
