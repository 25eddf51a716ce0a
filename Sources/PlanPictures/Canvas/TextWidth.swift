/// How wide text is, closely enough to place and break labels: an ideograph is one em, Latin letters by their shape.
public enum TextWidth {
    /// - Parameter size: of an em, in whatever unit the width shall have.
    public static func of(_ text: String, size: Double) -> Double { text.unicodeScalars.reduce(0) { $0 + em($1) } * size }

    private static func em(_ scalar: Unicode.Scalar) -> Double {
        switch scalar.value {
        case 0x2E80...0xFFEF, 0x1F000...0x3FFFF, 0x2014, 0x2018...0x201D, 0x2026, 0x25A0...0x25FF: 1
        case 0x20, 0x21, 0x27, 0x28, 0x29, 0x2C, 0x2E, 0x2F, 0x3A, 0x3B, 0x49, 0x66, 0x69, 0x6A, 0x6C, 0x72, 0x74, 0x7C: 0.34
        case 0x4D, 0x57, 0x6D, 0x77, 0x25, 0x40: 0.9
        case 0x41...0x5A: 0.68
        default: 0.57
        }
    }

    /// The text, or as much of it as fits with an ellipsis.
    static func fitted(_ text: String, width: Double, size: Double) -> String {
        if of(text, size: size) <= width { return text }
        var kept = ""
        var used = size
        for character in text {
            used += of(String(character), size: size)
            if used > width { break }
            kept.append(character)
        }
        return kept + "…"
    }

    /// The distance of lines of a label, in ems.
    static let tight = 1.15

    /// A label in at most `most` lines: at `size` if it fits, else somewhat smaller, and only then cut.
    static func fit(_ text: String, width: Double, size: Double, most: Int) -> (lines: [String], size: Double, isWhole: Bool) {
        if !text.isEmpty, of(text, size: size) <= width { return ([text], size, true) }
        for share in [1, 0.92, 0.84] {
            let smaller = max(size * share, min(size, 8.5))
            let full = lines(text, width: width, size: smaller, most: .max)
            guard full.count <= most, full.allSatisfy({ of($0, size: smaller) <= width }) else { continue }
            // Lines of even length rather than a last one of a single character.
            let length = max(of(text, size: smaller) / Double(full.count) + smaller, widestPiece(text, size: smaller))
            let even = lines(text, width: min(width, length), size: smaller, most: .max)
            return (even.count == full.count ? even : full, smaller, true)
        }
        let smallest = max(size * 0.84, min(size, 8.5))
        return (lines(text, width: width, size: smallest, most: most), smallest, false)
    }

    /// The text in lines no wider than `width`; the last of `most` lines takes an ellipsis. Han text breaks anywhere but before
    /// closing punctuation, Latin between words.
    static func lines(_ text: String, width: Double, size: Double, most: Int = 3) -> [String] {
        var lines: [String] = []
        var line = ""
        for piece in pieces(text) {
            if !line.isEmpty, of(line + piece, size: size) > width {
                lines.append(line)
                line = piece.first == " " ? String(piece.dropFirst()) : piece
            } else {
                line += piece
            }
        }
        if !line.isEmpty { lines.append(line) }
        if lines.count > most {
            lines = Array(lines.prefix(most - 1)) + [fitted(lines[(most - 1)...].joined(), width: width, size: size)]
        }
        return lines.map { fitted($0, width: width, size: size) }
    }

    /// The width of the widest piece that may not be broken over lines.
    public static func widestPiece(_ text: String, size: Double) -> Double {
        pieces(text).reduce(0) { max($0, of($1.first == " " ? String($1.dropFirst()) : $1, size: size)) }
    }

    /// What may not be broken: a word of Latin letters, an ideograph with the punctuation that closes it.
    private static func pieces(_ text: String) -> [String] {
        var pieces: [String] = []
        for character in text {
            let isWide = character.unicodeScalars.first.map { em($0) == 1 } ?? false
            let closes = "，。、；：！？）」》…%".contains(character)
            if let last = pieces.last,
                closes || (!isWide && character != " " && last.unicodeScalars.last.map { em($0) < 1 } ?? false)
            {
                pieces[pieces.count - 1] = last + String(character)
            } else {
                pieces.append(String(character))
            }
        }
        return pieces
    }
}
