/// Writes scalars so that they read well, compare well line by line, and come back exactly.
enum YAMLText {
    /// One line: plain where that is safe, else in double quotes.
    static func scalar(_ text: String, inFlow: Bool = false) -> String {
        isPlain(text, inFlow: inFlow) ? text : quoted(text)
    }

    /// Text of several lines as a literal block indented by `indent` spaces, or quoted where a block cannot hold it.
    static func block(_ text: String, indent: Int) -> String {
        guard text.contains("\n"), text.unicodeScalars.allSatisfy(isPrintable),
            // A sign that combines with the space before it makes one character of both, yet it is the space that would indent.
            let first = text.unicodeScalars.first, first != " ", first != "\n", first != "\t"
        else {
            return scalar(text)
        }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let trailing = lines.reversed().prefix { $0.isEmpty }.count
        // Blank lines at the end would run into the blank line between sections, so such text is quoted.
        guard trailing < 2 else { return quoted(text) }
        let header = trailing == 0 ? "|-" : "|"
        let padding = String(repeating: " ", count: indent)
        let written = trailing == 0 ? lines[...] : lines.dropLast()
        return header + written.map { $0.isEmpty ? "\n" : "\n" + padding + $0 }.joined()
    }

    private static let reserved: Set<String> = ["true", "false", "yes", "no", "on", "off", "null", "~", "y", "n"]

    private static func isPlain(_ text: String, inFlow: Bool) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, let last = bytes.last, first != 32, last != 32, last != UInt8(ascii: ":") else {
            return false
        }
        if "-?:,[]{}#&*!|>'\"%@`=<".utf8.contains(first) || reserved.contains(text.lowercased()) { return false }
        if (48...57).contains(first) || first == UInt8(ascii: ".") || first == UInt8(ascii: "+"),
            Double(text) != nil || looksLikeDate(bytes)
        {
            return false
        }
        for (index, byte) in bytes.enumerated() {
            if byte == UInt8(ascii: ":"), index + 1 < bytes.count, bytes[index + 1] == 32 { return false }
            if byte == UInt8(ascii: "#"), bytes[index - 1] == 32 { return false }
            if inFlow, ",[]{}:".utf8.contains(byte) { return false }
        }
        return text.unicodeScalars.allSatisfy { isPrintable($0) && $0 != "\n" && $0 != "\t" }
    }

    private static func looksLikeDate(_ bytes: [UInt8]) -> Bool {
        bytes.allSatisfy {
            (48...57).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
        }
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF:
            scalar.value != 0x2028 && scalar.value != 0x2029
        default: false
        }
    }

    private static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            default:
                if isPrintable(scalar) {
                    out.unicodeScalars.append(scalar)
                } else {
                    let digits = String(scalar.value, radix: 16, uppercase: true)
                    out +=
                        scalar.value > 0xFFFF
                        ? "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
                        : "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            }
        }
        return out + "\""
    }
}
