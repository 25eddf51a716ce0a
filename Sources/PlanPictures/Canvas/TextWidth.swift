/// How wide text is, closely enough to place and break labels: an ideograph is one em, Latin letters by their shape.
public enum TextWidth {
    /// - Parameter size: of an em, in whatever unit the width shall have.
    public static func of(_ text: String, size: Double) -> Double { text.unicodeScalars.reduce(0) { $0 + em($1) } * size }

    static func em(_ scalar: Unicode.Scalar) -> Double {
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

    /// A label in at most `most` lines: at `size` if it fits, else somewhat smaller, then broken inside words, and only then cut.
    static func fit(_ text: String, width: Double, size: Double, most: Int) -> (lines: [String], size: Double, isWhole: Bool) {
        if !text.isEmpty, of(text, size: size) <= width { return ([text], size, true) }
        let sizes = [1, 0.92, 0.84].map { max(size * $0, min(size, 8.5)) }
        for pieces in [LinePieces.words(text), LinePieces.characters(text)] {
            for smaller in sizes {
                let full = lines(pieces, width: width, size: smaller)
                guard full.count <= most, full.allSatisfy({ of($0, size: smaller) <= width }) else { continue }
                return (even(pieces, width: width, size: smaller, count: full.count) ?? full, smaller, true)
            }
        }
        return (lines(text, width: width, size: sizes[2], most: most), sizes[2], false)
    }

    /// The pieces in `count` lines as even as they can be, rather than with a last one of a single character.
    private static func even(_ pieces: [String], width: Double, size: Double, count: Int) -> [String]? {
        let least = max(of(pieces.joined(), size: size) / Double(count), widest(pieces, size: size))
        return stride(from: least, to: width, by: size / 2).lazy.map { lines(pieces, width: $0, size: size) }
            .first { $0.count == count }
    }

    /// The text in lines no wider than `width`; the last of `most` lines takes an ellipsis. Broken between words, or between
    /// ideographs where that saves lines.
    static func lines(_ text: String, width: Double, size: Double, most: Int = 3) -> [String] {
        let (words, dense) = (
            lines(LinePieces.words(text), width: width, size: size), lines(LinePieces.characters(text), width: width, size: size)
        )
        let isFit = words.count <= dense.count && words.allSatisfy { of($0, size: size) <= width }
        var lines = isFit ? words : dense
        if lines.count > most {
            lines = Array(lines.prefix(most - 1)) + [fitted(lines[(most - 1)...].joined(), width: width, size: size)]
        }
        return lines.map { fitted($0, width: width, size: size) }
    }

    /// As many pieces in each line as there is room for.
    private static func lines(_ pieces: [String], width: Double, size: Double) -> [String] {
        var lines: [String] = []
        var line = ""
        for piece in pieces {
            if !line.isEmpty, of(line + piece, size: size) > width {
                lines.append(line)
                line = piece.first == " " ? String(piece.dropFirst()) : piece
            } else {
                line += piece
            }
        }
        return line.isEmpty ? lines : lines + [line]
    }

    /// The width of the widest piece that may not be broken over lines.
    public static func widestPiece(_ text: String, size: Double) -> Double { widest(LinePieces.characters(text), size: size) }

    private static func widest(_ pieces: [String], size: Double) -> Double {
        pieces.reduce(0) { max($0, of($1.first == " " ? String($1.dropFirst()) : $1, size: size)) }
    }
}
