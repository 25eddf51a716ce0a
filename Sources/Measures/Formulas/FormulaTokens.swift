/// A piece of a formula with its place.
struct FormulaToken: Hashable {
    enum Kind: Hashable {
        case number(Double)
        case reference(String)
        case name(String)
        /// + - * / ^ % ( ) , < <= > >= = !=
        case symbol(String)
        case end
    }

    var kind: Kind
    var range: Range<Int>
}

/// Cuts a formula into pieces. Full-width characters stand for their plain forms.
struct FormulaTokenizer {
    static let longest = 10_000

    private let characters: [Character]
    private var place = 0

    init(_ text: String) { characters = Array(text) }

    static func tokens(of text: String) throws(FormulaError) -> [FormulaToken] {
        var tokenizer = FormulaTokenizer(text)
        guard tokenizer.characters.count <= longest else {
            throw FormulaError(.tooLong(limit: longest), at: longest..<tokenizer.characters.count)
        }
        var tokens: [FormulaToken] = []
        while let token = try tokenizer.next() { tokens.append(token) }
        if tokens.isEmpty { throw FormulaError(.empty, at: 0..<0) }
        tokens.append(FormulaToken(kind: .end, range: tokenizer.characters.count..<tokenizer.characters.count))
        return tokens
    }

    /// Full-width and typographic forms of what a formula is written with.
    private static let plain: [Character: Character] = {
        var table: [Character: Character] = [
            "\u{2212}": "-", "\u{2013}": "-", "\u{00D7}": "*", "\u{00B7}": "*", "\u{00F7}": "/", "\u{3001}": ",", "\u{3010}": "[",
            "\u{3011}": "]",
            ";": ",", "\u{FF1B}": ",",
        ]
        // The block U+FF01…U+FF5E repeats ASCII in full width.
        for plain in "()+-*/,%<>=^.[]!0123456789".unicodeScalars {
            if let wide = Unicode.Scalar(plain.value + 0xFEE0) { table[Character(wide)] = Character(plain) }
        }
        return table
    }()

    private func character(_ offset: Int = 0) -> Character? {
        let index = place + offset
        guard index < characters.count else { return nil }
        return Self.plain[characters[index]] ?? characters[index]
    }

    private mutating func next() throws(FormulaError) -> FormulaToken? {
        while let space = character(), space.isWhitespace { place += 1 }
        guard let first = character() else { return nil }
        let start = place
        if first == "[" { return try reference(start) }
        if first.isASCIIDigit || (first == "." && character(1)?.isASCIIDigit == true) { return try number(start) }
        if first.isLetter || first == "_" {
            while let letter = character(), letter.isLetter || letter.isNumber || letter == "_" { place += 1 }
            return FormulaToken(kind: .name(String(characters[start..<place])), range: start..<place)
        }
        return try symbol(first, start)
    }

    private mutating func reference(_ start: Int) throws(FormulaError) -> FormulaToken {
        place += 1
        while let inner = character(), inner != "]" {
            if inner == "[" { throw FormulaError(.openReference, at: start..<place) }
            place += 1
        }
        guard character() != nil else { throw FormulaError(.openReference, at: start..<characters.count) }
        var name = characters[(start + 1)..<place]
        while name.first?.isWhitespace == true { name.removeFirst() }
        while name.last?.isWhitespace == true { name.removeLast() }
        place += 1
        guard !name.isEmpty else { throw FormulaError(.emptyReference, at: start..<place) }
        return FormulaToken(kind: .reference(String(name)), range: start..<place)
    }

    private mutating func number(_ start: Int) throws(FormulaError) -> FormulaToken {
        while let digit = character(), digit.isASCIIDigit || digit == "." { place += 1 }
        if let mark = character(), mark == "e" || mark == "E" {
            let sign = character(1) == "+" || character(1) == "-" ? 1 : 0
            if character(1 + sign)?.isASCIIDigit == true {
                place += 1 + sign
                while let digit = character(), digit.isASCIIDigit { place += 1 }
            }
        }
        let text = String(characters[start..<place].map { Self.plain[$0] ?? $0 })
        guard let value = Double(text), value.isFinite else { throw FormulaError(.badNumber(text), at: start..<place) }
        return FormulaToken(kind: .number(value), range: start..<place)
    }

    private mutating func symbol(_ first: Character, _ start: Int) throws(FormulaError) -> FormulaToken {
        let pairs: [String: String] = ["<=": "<=", ">=": ">=", "==": "=", "!=": "!=", "<>": "!="]
        if let second = character(1), let pair = pairs[String([first, second])] {
            place += 2
            return FormulaToken(kind: .symbol(pair), range: start..<place)
        }
        let singles: [Character: String] = [
            "+": "+", "-": "-", "*": "*", "/": "/", "^": "^", "%": "%", "(": "(", ")": ")", ",": ",", "<": "<", ">": ">",
            "=": "=",
            "≤": "<=", "≥": ">=", "≠": "!=",
        ]
        guard let single = singles[first] else {
            throw FormulaError(.unknownCharacter(String(characters[start])), at: start..<(start + 1))
        }
        place += 1
        return FormulaToken(kind: .symbol(single), range: start..<place)
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { self >= "0" && self <= "9" }
}
