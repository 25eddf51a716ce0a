/// Which bytes and references XML has.
enum XMLCharacter {
    /// Characters of the longest reference, with room for leading zeros.
    static let longestReference = 64

    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    /// A letter, digit, `_`, `:`, `-`, `.` or anything beyond ASCII.
    @inline(__always)
    static func isName(_ byte: UInt8) -> Bool {
        isNameStart(byte) || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: ".")
    }

    @inline(__always)
    private static func isNameStart(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":")
    }

    /// Where the name at a position ends: at the position itself where there is none.
    @inline(__always)
    static func endOfName(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Int {
        guard start < end, isNameStart(bytes[start]) else { return start }
        var position = start + 1
        while position < end, isName(bytes[position]) { position += 1 }
        return position
    }

    /// Whether a byte of a value needs a look: quotes, `&`, `<` and control characters.
    @inline(__always)
    static func isSpecial(_ byte: UInt8) -> Bool { byte < 64 && special >> UInt64(byte) & 1 == 1 }

    private static let special: UInt64 = 0xFFFF_FFFF | 1 << 0x22 | 1 << 0x26 | 1 << 0x27 | 1 << 0x3C

    /// The character of a reference without `&` and `;`: one of the five names, or a number that stands for a character of XML.
    static func named(_ name: UnsafeRawBufferPointer) -> Unicode.Scalar? {
        switch String(decoding: name, as: UTF8.self) {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        case let text:
            guard text.hasPrefix("#") else { return nil }
            let number = text.hasPrefix("#x") ? UInt32(text.dropFirst(2), radix: 16) : UInt32(text.dropFirst())
            guard let number, number >= 0x20 || [0x09, 0x0A, 0x0D].contains(number), number & ~1 != 0xFFFE else { return nil }
            return Unicode.Scalar(number)
        }
    }
}
