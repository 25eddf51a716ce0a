/// Pulls tags out of XML that comes in pieces: all that XES needs, and nothing that could be turned against the reader.
///
/// Document types are refused, so there are no entities to expand and nothing outside to fetch; depth and tag length are limited.
struct XMLScanner {
    enum Token {
        /// A start tag; `isEmpty` for `<a/>`.
        case open(isEmpty: Bool)
        case close
    }

    private static let deepest = 256
    private static let longestTag = 1 << 20

    private(set) var line = 1
    var depth: Int { openLengths.count }
    private(set) var hasRoot = false
    private var rest: [UInt8] = []
    /// How much of what is kept has been looked through for its end already, and the quote it stands within there.
    private var searched = 0
    private var openQuote: UInt8 = 0
    private var attributes: [(name: Range<Int>, value: Range<Int>)] = []
    /// The names of the tags that are open, one behind the other, and how long each is.
    private var openNames: [UInt8] = []
    private var openLengths: [Int] = []

    /// Gives every whole tag to `take`: what it is, its name, and its attributes by `XMLTag`.
    mutating func feed(_ bytes: UnsafeRawBufferPointer, isLast: Bool, _ take: (Token, XMLTag) throws(LogReadingError) -> Void)
        throws(LogReadingError)
    {
        rest.append(contentsOf: bytes)
        let whole = rest
        var failure: LogReadingError?
        var used = 0
        whole.withUnsafeBytes { bytes in
            do throws(LogReadingError) { used = try scan(bytes, isLast: isLast, take) } catch { failure = error }
        }
        if let failure { throw failure }
        rest = Array(whole[used...])
        if rest.count > Self.longestTag { throw problem("标签太长，不像 XES。", "A tag is too long for XES.") }
        if isLast {
            if !rest.isEmpty || depth > 0 { throw problem("文件不完整，标签没有闭合。", "The file is cut off; a tag is not closed.") }
            if !hasRoot { throw problem("不是 XML。", "This is no XML.") }
        }
    }

    private func problem(_ zh: String, _ en: String) -> LogReadingError { .xml(line: line, MiningWords(zh, en)) }

    /// Returns how many bytes were whole tags and text.
    private mutating func scan(
        _ bytes: UnsafeRawBufferPointer, isLast: Bool, _ take: (Token, XMLTag) throws(LogReadingError) -> Void
    ) throws(LogReadingError) -> Int {
        var position = 0
        let count = bytes.count
        while position < count {
            guard bytes[position] == UInt8(ascii: "<") else {
                if bytes[position] == 0x0A { line += 1 }
                position += 1
                continue
            }
            guard position + 3 < count else { return position }
            switch bytes[position + 1] {
            case UInt8(ascii: "?"):
                guard let end = find("?>", bytes, of: position, from: position + 2) else { return position }
                position = end
            case UInt8(ascii: "!"):
                if has("<!--", bytes, at: position) {
                    guard let end = find("-->", bytes, of: position, from: position + 4) else { return position }
                    position = end
                } else if has("<![CDATA[", bytes, at: position) {
                    guard let end = find("]]>", bytes, of: position, from: position + 9) else { return position }
                    position = end
                } else if count - position < 9, !isLast {
                    return position
                } else {
                    throw problem("文档类型声明（DOCTYPE）不被接受。", "Document types (DOCTYPE) are not accepted.")
                }
            default:
                guard let end = endOfTag(bytes, of: position) else { return position }
                try tag(bytes, position + 1, end, take)
                position = end + 1
            }
        }
        return position
    }

    private mutating func tag(
        _ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int, _ take: (Token, XMLTag) throws(LogReadingError) -> Void
    ) throws(LogReadingError) {
        let begun = line
        if bytes[start] == UInt8(ascii: "/") {
            line += (start..<end).count { bytes[$0] == 0x0A }
            guard let length = openLengths.popLast() else { throw problem("多出一个结束标签。", "An end tag too many.") }
            let name = name(bytes, start + 1, end)
            guard openNames.suffix(length).elementsEqual(bytes[name]) else {
                throw problem("结束标签与开始标签不符。", "An end tag is not that of the tag which is open.")
            }
            openNames.removeLast(length)
            return try take(.close, XMLTag(bytes: bytes, name: name, attributes: [], line: begun))
        }
        let isEmpty = bytes[end - 1] == UInt8(ascii: "/")
        let name = name(bytes, start, end)
        guard !name.isEmpty else { throw problem("标签没有名字。", "A tag has no name.") }
        try readAttributes(bytes, name.upperBound, isEmpty ? end - 1 : end)
        hasRoot = true
        if !isEmpty {
            openNames.append(contentsOf: bytes[name])
            openLengths.append(name.count)
            guard depth <= Self.deepest else { throw problem("嵌套超过 \(Self.deepest) 层。", "Nested deeper than \(Self.deepest).") }
        }
        try take(.open(isEmpty: isEmpty), XMLTag(bytes: bytes, name: name, attributes: attributes, line: begun))
    }

    /// The name of a tag without the prefix of its namespace.
    private func name(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) -> Range<Int> {
        var (first, position) = (start, start)
        while position < end, !Self.isBlank(bytes[position]), bytes[position] != UInt8(ascii: "/") {
            position += 1
            if bytes[position - 1] == UInt8(ascii: ":") { first = position }
        }
        return first..<position
    }

    private mutating func readAttributes(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int) throws(LogReadingError) {
        attributes.removeAll(keepingCapacity: true)
        var position = start
        while true {
            while position < end, Self.isBlank(bytes[position]) {
                if bytes[position] == 0x0A { line += 1 }
                position += 1
            }
            guard position < end else { return }
            let nameStart = position
            while position < end, bytes[position] != UInt8(ascii: "="), !Self.isBlank(bytes[position]) { position += 1 }
            let name = nameStart..<position
            while position < end, Self.isBlank(bytes[position]) { position += 1 }
            guard position + 1 < end, bytes[position] == UInt8(ascii: "=") else {
                throw problem("属性没有值。", "An attribute has no value.")
            }
            position += 1
            while position < end, Self.isBlank(bytes[position]) { position += 1 }
            guard position < end, bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "'") else {
                throw problem("属性值没有引号。", "An attribute's value has no quotes.")
            }
            let mark = bytes[position]
            let valueStart = position + 1
            position = valueStart
            while position < end, bytes[position] != mark {
                if bytes[position] == 0x0A { line += 1 }
                position += 1
            }
            guard position < end else { throw problem("属性值的引号没有闭合。", "The quotes of a value are not closed.") }
            attributes.append((name, valueStart..<position))
            position += 1
        }
    }

    /// The `>` that ends a tag, outside quotes.
    private mutating func endOfTag(_ bytes: UnsafeRawBufferPointer, of tag: Int) -> Int? {
        var position = tag + max(1, searched)
        var mark = openQuote
        (searched, openQuote) = (0, 0)
        while position < bytes.count {
            let byte = bytes[position]
            if mark != 0 {
                if byte == mark { mark = 0 }
            } else if byte == UInt8(ascii: ">") {
                return position
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                mark = byte
            }
            position += 1
        }
        (searched, openQuote) = (bytes.count - tag, mark)
        return nil
    }

    /// The position after the words that end what begins at `tag`; lines on the way are counted.
    private mutating func find(_ words: StaticString, _ bytes: UnsafeRawBufferPointer, of tag: Int, from start: Int) -> Int? {
        var position = max(start, tag + searched - words.utf8CodeUnitCount + 1)
        searched = 0
        while position < bytes.count {
            if has(words, bytes, at: position) {
                line += (start..<position).count { bytes[$0] == 0x0A }
                return position + words.utf8CodeUnitCount
            }
            position += 1
        }
        searched = bytes.count - tag
        return nil
    }

    private func has(_ words: StaticString, _ bytes: UnsafeRawBufferPointer, at position: Int) -> Bool {
        guard position + words.utf8CodeUnitCount <= bytes.count else { return false }
        for index in 0..<words.utf8CodeUnitCount where bytes[position + index] != words.utf8Start[index] { return false }
        return true
    }

    @inline(__always) private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}

/// A tag as it lies in the bytes at hand.
struct XMLTag {
    let bytes: UnsafeRawBufferPointer
    let name: Range<Int>
    let attributes: [(name: Range<Int>, value: Range<Int>)]
    /// Line of the file it begins on, the first being 1.
    let line: Int

    func isNamed(_ word: StaticString) -> Bool { Self.equals(bytes, name, word) }

    /// The raw value of an attribute, entities not yet replaced.
    func raw(_ word: StaticString) -> UnsafeRawBufferPointer? {
        attributes.first { Self.equals(bytes, $0.name, word) }.map { UnsafeRawBufferPointer(rebasing: bytes[$0.value]) }
    }

    static func equals(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ word: StaticString) -> Bool {
        guard range.count == word.utf8CodeUnitCount else { return false }
        for index in 0..<range.count where bytes[range.lowerBound + index] != word.utf8Start[index] { return false }
        return true
    }

    /// A value with `&amp;` and its like, and numeric characters, replaced; others stay as they are.
    static func text(_ raw: UnsafeRawBufferPointer, _ scratch: inout [UInt8]) {
        scratch.removeAll(keepingCapacity: true)
        var position = 0
        while position < raw.count {
            guard raw[position] == UInt8(ascii: "&"),
                let end = (position..<min(position + 12, raw.count)).first(where: { raw[$0] == UInt8(ascii: ";") })
            else {
                scratch.append(raw[position])
                position += 1
                continue
            }
            let name = String(decoding: raw[(position + 1)..<end], as: UTF8.self)
            if let character = character(name) {
                scratch.append(contentsOf: character.utf8)
            } else {
                scratch.append(contentsOf: raw[position...end])
            }
            position = end + 1
        }
    }

    private static func character(_ name: String) -> String? {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard name.hasPrefix("#") else { return nil }
            let number = name.hasPrefix("#x") ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst())
            return number.flatMap { $0 == 0 ? nil : Unicode.Scalar($0) }.map { String(Character($0)) }
        }
    }
}
