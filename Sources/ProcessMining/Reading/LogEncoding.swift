#if canImport(Glibc)
    import Glibc
#endif

/// How the text of a file is written.
enum LogEncoding: String {
    case utf8 = "UTF-8"
    case gb18030 = "GB18030"
    case latin1 = "ISO-8859-1"
    case windows1252 = "CP1252"
    /// In the order that its mark tells.
    case utf16 = "UTF-16"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"

    init(named name: String) throws(LogReadingError) {
        switch name.lowercased().filter({ $0 != "-" && $0 != "_" }) {
        case "utf8", "usascii", "ascii": self = .utf8
        case "gb18030", "gbk", "gb2312", "cp936": self = .gb18030
        case "iso88591", "latin1": self = .latin1
        case "windows1252", "cp1252": self = .windows1252
        case "utf16": self = .utf16
        case "utf16le": self = .utf16LittleEndian
        case "utf16be": self = .utf16BigEndian
        default: throw .unknownEncoding(name)
        }
    }

    /// Bytes that a character takes at least.
    var unit: Int {
        switch self {
        case .utf8, .gb18030, .latin1, .windows1252: 1
        case .utf16, .utf16LittleEndian, .utf16BigEndian: 2
        }
    }

    /// Whether the bytes begin with a mark of UTF-16.
    private static func hasMark16(_ bytes: some Sequence<UInt8>) -> Bool {
        let first = Array(bytes.prefix(2))
        return first == [0xFF, 0xFE] || first == [0xFE, 0xFF]
    }

    /// What the declaration at the head of an XML file says, UTF-8 without one; nil while more bytes are needed to tell.
    static func declared(inXML head: [UInt8]) throws(LogReadingError) -> LogEncoding? {
        guard head.count >= 4 else { return nil }
        if hasMark16(head) { return .utf16 }
        if head.starts(with: [0x3C, 0, 0x3F, 0]) { return .utf16LittleEndian }
        if head.starts(with: [0, 0x3C, 0, 0x3F]) { return .utf16BigEndian }
        let start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head[...]
        let mark = Array("<?xml".utf8)
        guard start.count >= mark.count else { return mark.starts(with: start) || start.isEmpty ? nil : .utf8 }
        guard start.starts(with: mark) else { return .utf8 }
        guard let end = start.firstIndex(of: UInt8(ascii: ">")) else { return start.count > 1024 ? .utf8 : nil }
        let parts = String(decoding: start[..<end], as: UTF8.self).split(separator: "encoding", maxSplits: 1)
        guard parts.count == 2 else { return .utf8 }
        let words = parts[1].split(omittingEmptySubsequences: true) { " =\t\r\n\"'?".contains($0) }
        guard let name = words.first else { return .utf8 }
        let named = try LogEncoding(named: String(name))
        // A declaration that is read byte by byte is not in UTF-16, whatever it says.
        return named.unit > 1 ? .utf8 : named
    }

    /// By the first bytes of a file: a mark of UTF-16, else as `ofText`.
    static func guess(_ bytes: UnsafeRawBufferPointer) throws(LogReadingError) -> LogEncoding {
        if hasMark16(bytes) { return .utf16 }
        if bytes.prefix(4096).contains(0) { throw .notText }
        return ofText(bytes)
    }

    /// UTF-8 where it is valid but for a few bytes, or else GB18030, whose characters are UTF-8 by chance at times.
    static func ofText(_ bytes: UnsafeRawBufferPointer) -> LogEncoding {
        if isUTF8(bytes, mayBeCut: true) { return .utf8 }
        var (valid, faults, position) = (0, 0, 0)
        while position < bytes.count {
            if bytes[position] < 0x80 {
                position += 1
            } else if let length = (2...4).first(where: { length in
                position + length <= bytes.count
                    && isUTF8(UnsafeRawBufferPointer(rebasing: bytes[position..<position + length]))
            }) {
                (valid, position) = (valid + 1, position + length)
            } else {
                (faults, position) = (faults + 1, position + 1)
            }
        }
        return valid >= 2 * faults ? .utf8 : .gb18030
    }

    /// Whether the bytes are valid UTF-8; `mayBeCut` allows a character cut off at the end.
    static func isUTF8(_ bytes: UnsafeRawBufferPointer, mayBeCut: Bool = false) -> Bool {
        var position = 0
        let count = bytes.count
        while position < count {
            let byte = bytes[position]
            if byte < 0x80 {
                position += 1
                continue
            }
            let length = byte >= 0xF0 && byte <= 0xF4 ? 4 : byte >= 0xE0 && byte < 0xF0 ? 3 : byte >= 0xC2 && byte < 0xE0 ? 2 : 0
            guard length > 0 else { return false }
            guard position + length <= count else { return mayBeCut }
            for offset in 1..<length where bytes[position + offset] & 0xC0 != 0x80 { return false }
            if length == 3, byte == 0xE0, bytes[position + 1] < 0xA0 { return false }
            if length == 3, byte == 0xED, bytes[position + 1] > 0x9F { return false }
            if length == 4, byte == 0xF0, bytes[position + 1] < 0x90 { return false }
            if length == 4, byte == 0xF4, bytes[position + 1] > 0x8F { return false }
            position += length
        }
        return true
    }
}

/// Turns another encoding into UTF-8 piece by piece; characters cut by the end of a piece wait for the next.
final class TextDecoder {
    private let handle: iconv_t
    /// Bytes left out at a time where they belong to no character.
    private let unit: Int
    private var rest: [UInt8] = []

    /// Nil of UTF-8, which needs none.
    init?(_ encoding: LogEncoding?) throws(LogReadingError) {
        guard let encoding, encoding != .utf8 else { return nil }
        unit = encoding.unit
        handle = iconv_open("UTF-8", encoding.rawValue)
        if Int(bitPattern: handle) == -1 { throw .unknownEncoding(encoding.rawValue) }
    }

    deinit { iconv_close(handle) }

    /// What belongs to no character becomes a byte that UTF-8 never has, so that its row is found to be no text.
    func decode(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var input = rest
        input.append(contentsOf: bytes)
        var output = [UInt8](repeating: 0, count: input.count * 3 + 16)
        var written = 0
        var used = 0
        let total = input.count
        input.withUnsafeMutableBytes { source in
            output.withUnsafeMutableBytes { target in
                while used < total {
                    var from: UnsafeMutablePointer<CChar>? = source.baseAddress.map {
                        ($0 + used).assumingMemoryBound(to: CChar.self)
                    }
                    var left = total - used
                    var to: UnsafeMutablePointer<CChar>? = target.baseAddress.map {
                        ($0 + written).assumingMemoryBound(to: CChar.self)
                    }
                    var room = target.count - written
                    let outcome = iconv(handle, &from, &left, &to, &room)
                    used = total - left
                    written = target.count - room
                    if outcome != -1 { break }
                    // EINVAL is a character cut off at the end; anything else is left out.
                    if errno == EINVAL || room < 4 || total - used < unit { break }
                    target[written] = 0xFF
                    written += 1
                    used += unit
                }
            }
        }
        rest = Array(input[used...])
        return Array(output[..<written])
    }
}
