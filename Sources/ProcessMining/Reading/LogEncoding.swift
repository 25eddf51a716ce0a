#if canImport(Glibc)
    import Glibc
#endif

/// How the text of a file is written.
enum LogEncoding: Equatable {
    case utf8, gb18030

    init(named name: String) throws(LogReadingError) {
        switch name.lowercased().filter({ $0 != "-" && $0 != "_" }) {
        case "utf8", "usascii", "ascii": self = .utf8
        case "gb18030", "gbk", "gb2312", "cp936": self = .gb18030
        default: throw .unknownEncoding(name)
        }
    }

    /// What the declaration at the head of an XML file says, UTF-8 without one; nil while more bytes are needed to tell.
    static func declared(inXML head: [UInt8]) throws(LogReadingError) -> LogEncoding? {
        if head.starts(with: [0xFF, 0xFE]) || head.starts(with: [0xFE, 0xFF]) { throw .notText }
        let start = head.starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head[...]
        let mark = Array("<?xml".utf8)
        guard start.count >= mark.count else { return mark.starts(with: start) || start.isEmpty ? nil : .utf8 }
        guard start.starts(with: mark) else { return .utf8 }
        guard let end = start.firstIndex(of: UInt8(ascii: ">")) else { return start.count > 1024 ? .utf8 : nil }
        let parts = String(decoding: start[..<end], as: UTF8.self).split(separator: "encoding", maxSplits: 1)
        guard parts.count == 2 else { return .utf8 }
        let words = parts[1].split(omittingEmptySubsequences: true) { " =\t\r\n\"'?".contains($0) }
        guard let name = words.first else { return .utf8 }
        return try LogEncoding(named: String(name))
    }

    /// By the first bytes: a mark, valid UTF-8, or else GB18030.
    static func guess(_ bytes: UnsafeRawBufferPointer) throws(LogReadingError) -> LogEncoding {
        if bytes.count >= 2, (bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF) { throw .notText }
        if bytes.prefix(4096).contains(0) { throw .notText }
        return isUTF8(bytes, mayBeCut: true) ? .utf8 : .gb18030
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

/// Turns GB18030 into UTF-8 piece by piece; characters cut by the end of a piece wait for the next.
final class GB18030Decoder {
    private let handle: iconv_t
    private var rest: [UInt8] = []

    init() throws(LogReadingError) {
        handle = iconv_open("UTF-8", "GB18030")
        if Int(bitPattern: handle) == -1 { throw .unknownEncoding("gb18030") }
    }

    deinit { iconv_close(handle) }

    /// Each byte that belongs to no character becomes one that UTF-8 never has, so that its row is found to be no text.
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
                    // EINVAL is a character cut off at the end; anything else is skipped byte by byte.
                    if errno == EINVAL || room < 4 { break }
                    target[written] = 0xFF
                    written += 1
                    used += 1
                }
            }
        }
        rest = Array(input[used...])
        return Array(output[..<written])
    }
}
