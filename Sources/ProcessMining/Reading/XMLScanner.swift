/// Pulls tags out of XML that comes in pieces: all that XES needs, and nothing that could be turned against the reader.
///
/// What is not well-formed is refused with its line and column, and with what would be right. Document types are refused as well, so
/// there are no entities to expand and nothing outside to fetch; depth, attributes and length of tags are limited. Names take every
/// character beyond ASCII, and prefixes need not be declared.
///
/// - Source: XML 1.0 (fifth edition, W3C 2008), the productions and constraints that ``XMLFlaw`` names.
/// - Complexity: O(bytes), however they are cut.
struct XMLScanner {
    enum Token {
        /// A start tag; `isEmpty` for `<a/>`.
        case open(isEmpty: Bool)
        case close
    }

    private static let longestTag = 1 << 20
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    var place = XMLPlace()
    var depth: Int { openLengths.count }
    var hasRoot = false
    /// The names of the tags that are open, one behind the other, and how long each is.
    var openNames: [UInt8] = []
    var openLengths: [Int] = []
    var attributes: [XMLAttribute] = []
    private var isAtStart = true
    private var rest: [UInt8] = []
    /// How much of what is kept has been looked through for its end already, and the quote it stands within there.
    private var searched = 0
    private var openQuote: UInt8 = 0

    /// Gives every whole tag to `take`: what it is, its name, and its attributes by `XMLTag`.
    mutating func feed(_ bytes: UnsafeRawBufferPointer, isLast: Bool, _ take: (Token, XMLTag) throws(LogReadingError) -> Void)
        throws(LogReadingError)
    {
        if rest.isEmpty {
            let used = try scan(bytes, isLast: isLast, take)
            rest.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[used...]))
        } else {
            rest.append(contentsOf: bytes)
            let whole = rest
            rest = []
            var failure: LogReadingError?
            var used = 0
            whole.withUnsafeBytes { bytes in
                do throws(LogReadingError) { used = try scan(bytes, isLast: isLast, take) } catch { failure = error }
            }
            if let failure { throw failure }
            rest = used == 0 ? whole : Array(whole[used...])
        }
        if rest.count > Self.longestTag { throw flaw(.tooLong, at: 0, rest) }
        guard isLast else { return }
        if !rest.isEmpty { throw flaw(.unended, at: 0, rest) }
        if let openName { throw flaw(.cutOff(openName), at: 0, rest) }
        if !hasRoot { throw flaw(.noRoot, at: 0, rest) }
    }

    /// The name of the innermost tag that is open.
    var openName: String? { openLengths.last.map { String(decoding: openNames.suffix($0), as: UTF8.self) } }

    /// Returns how many bytes were whole tags and text.
    private mutating func scan(
        _ bytes: UnsafeRawBufferPointer, isLast: Bool, _ take: (Token, XMLTag) throws(LogReadingError) -> Void
    ) throws(LogReadingError) -> Int {
        var position = 0
        if isAtStart {
            if bytes.count < Self.byteOrderMark.count, !isLast { return 0 }
            if bytes.starts(with: Self.byteOrderMark) { position = Self.byteOrderMark.count }
            place.lineStart = position
        }
        while let next = try step(bytes, position, isLast: isLast, take) {
            isAtStart = false
            position = next
        }
        place.forget(bytes, upTo: position)
        return position
    }

    /// The position after the text, tag or comment at a position; nil where it does not end within the bytes.
    @inline(__always)
    private mutating func step(
        _ bytes: UnsafeRawBufferPointer, _ position: Int, isLast: Bool, _ take: (Token, XMLTag) throws(LogReadingError) -> Void
    ) throws(LogReadingError) -> Int? {
        guard position < bytes.count else { return nil }
        guard bytes[position] == UInt8(ascii: "<") else {
            let end = try text(bytes, position)
            return end > position ? end : nil
        }
        guard position + 1 < bytes.count else { return nil }
        switch bytes[position + 1] {
        case UInt8(ascii: "?"): return try instruction(bytes, position)
        case UInt8(ascii: "!"): return try declared(bytes, position)
        case UInt8(ascii: "/"): return try endTag(bytes, position, take)
        default:
            // What was cut is first looked through for its end, so that small pieces are not read over and over.
            if searched > 0, !isLast, !hasEnd(bytes, of: position) { return nil }
            searched = 0
            if let end = try startTag(bytes, position, take) { return end }
            _ = hasEnd(bytes, of: position)
            return nil
        }
    }

    // MARK: What is no tag

    /// Comments and what else begins with `<!`.
    private mutating func declared(_ bytes: UnsafeRawBufferPointer, _ start: Int) throws(LogReadingError) -> Int? {
        if has("<!--", bytes, at: start) {
            // Two hyphens end a comment, and nothing else may follow them.
            guard let end = find("--", bytes, of: start, from: start + 4), end < bytes.count else { return nil }
            try pass(bytes, start..<end)
            guard bytes[end] == UInt8(ascii: ">") else { throw flaw(.hyphensInComment, at: end - 2, bytes) }
            return end + 1
        }
        if has("<![CDATA[", bytes, at: start) {
            guard depth > 0 else { throw flaw(.textOutside(isBehind: hasRoot), at: start, bytes) }
            guard let end = find("]]>", bytes, of: start, from: start + 9) else { return nil }
            try pass(bytes, start..<end)
            return end
        }
        if bytes.count - start < 9, "<![CDATA[".utf8.starts(with: bytes[start...]) || "<!--".utf8.starts(with: bytes[start...]) {
            return nil
        }
        throw flaw(has("<!DOCTYPE", bytes, at: start) ? .documentType : .unknownDeclaration, at: start, bytes)
    }

    /// A processing instruction, or the declaration at the very beginning.
    private mutating func instruction(_ bytes: UnsafeRawBufferPointer, _ start: Int) throws(LogReadingError) -> Int? {
        guard let end = find("?>", bytes, of: start, from: start + 2) else { return nil }
        let nameEnd = XMLCharacter.endOfName(bytes, start + 2, end - 2)
        guard nameEnd > start + 2, nameEnd == end - 2 || XMLCharacter.isBlank(bytes[nameEnd]) else {
            throw flaw(.instructionName, at: start, bytes)
        }
        if nameEnd == start + 5, bytes[start + 2] | 0x20 == UInt8(ascii: "x"), bytes[start + 3] | 0x20 == UInt8(ascii: "m"),
            bytes[start + 4] | 0x20 == UInt8(ascii: "l")
        {
            guard isAtStart, has("<?xml", bytes, at: start) else { throw flaw(.lateDeclaration, at: start, bytes) }
            try declaration(bytes, start, from: nameEnd, to: end - 2)
        } else {
            try pass(bytes, start..<end)
        }
        return end
    }

    /// `version`, then `encoding` and `standalone` where they are given, and nothing else.
    private mutating func declaration(_ bytes: UnsafeRawBufferPointer, _ start: Int, from: Int, to end: Int)
        throws(LogReadingError)
    {
        let begun = place
        guard try readAttributes(UnsafeRawBufferPointer(rebasing: bytes[..<end]), from) == end else {
            throw begun.flaw(.declaration, at: start, bytes)
        }
        let parts = attributes.map {
            (String(decoding: bytes[$0.name], as: UTF8.self), String(decoding: bytes[$0.value], as: UTF8.self))
        }
        let orders = [["version"], ["version", "encoding"], ["version", "standalone"], ["version", "encoding", "standalone"]]
        guard orders.contains(parts.map(\.0)), parts.allSatisfy({ Self.isDeclared($0, as: $1) }) else {
            throw begun.flaw(.declaration, at: start, bytes)
        }
    }

    private static func isDeclared(_ name: String, as value: String) -> Bool {
        switch name {
        case "version": value.wholeMatch(of: /1\.[0-9]+/) != nil
        case "encoding": value.wholeMatch(of: /[A-Za-z][A-Za-z0-9._\-]*/) != nil
        default: value == "yes" || value == "no"
        }
    }

    /// Counts the lines of what is passed over, and refuses characters that XML has not.
    private mutating func pass(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) throws(LogReadingError) {
        for position in range where bytes[position] < 0x20 {
            if bytes[position] == 0x0A {
                place.breakLine(after: position)
            } else if !XMLCharacter.isBlank(bytes[position]) {
                throw flaw(.character(bytes[position]), at: position, bytes)
            }
        }
    }

    // MARK: Text

    /// The end of the text from a position: the next `<`, the end of the bytes, or what needs the bytes to come to be judged.
    private mutating func text(_ bytes: UnsafeRawBufferPointer, _ start: Int) throws(LogReadingError) -> Int {
        var position = start
        while position < bytes.count {
            let byte = bytes[position]
            if byte == 0x0A {
                place.breakLine(after: position)
            } else if !XMLCharacter.isBlank(byte) {
                if byte == UInt8(ascii: "<") { return position }
                guard depth > 0 else { throw flaw(.textOutside(isBehind: hasRoot), at: position, bytes) }
                if byte < 0x20 { throw flaw(.character(byte), at: position, bytes) }
                if byte == UInt8(ascii: "&") {
                    guard let end = try reference(bytes, position) else { return position }
                    position = end
                    continue
                }
                if byte == UInt8(ascii: "]") {
                    if has("]]>", bytes, at: position) { throw flaw(.endOfCharacterData, at: position, bytes) }
                    if bytes.count - position < 3, bytes[position...].dropFirst().allSatisfy({ $0 == byte }) { return position }
                }
            }
            position += 1
        }
        return position
    }

    /// The position after a reference such as `&amp;` or `&#20013;`; nil where it does not end within the bytes.
    func reference(_ bytes: UnsafeRawBufferPointer, _ start: Int) throws(LogReadingError) -> Int? {
        var position = start + 1
        while position < bytes.count, position - start <= XMLCharacter.longestReference {
            if bytes[position] == UInt8(ascii: ";") {
                let name = UnsafeRawBufferPointer(rebasing: bytes[start + 1..<position])
                if XMLCharacter.named(name) != nil { return position + 1 }
                let isNumber = name.first == UInt8(ascii: "#")
                let isName = !name.isEmpty && XMLCharacter.endOfName(name, 0, name.count) == name.count
                let text = String(decoding: name, as: UTF8.self)
                throw flaw(isNumber ? .characterReference(text) : isName ? .unknownEntity(text) : .ampersand, at: start, bytes)
            }
            guard bytes[position] == UInt8(ascii: "#") && position == start + 1 || XMLCharacter.isName(bytes[position]) else {
                throw flaw(.ampersand, at: start, bytes)
            }
            position += 1
        }
        if position < bytes.count { throw flaw(.ampersand, at: start, bytes) }
        return nil
    }

    // MARK: Looking for ends

    /// Whether a tag that was cut ends within the bytes: by a `>` outside quotes.
    private mutating func hasEnd(_ bytes: UnsafeRawBufferPointer, of tag: Int) -> Bool {
        var position = tag + max(1, searched)
        var mark = searched > 0 ? openQuote : 0
        (searched, openQuote) = (0, 0)
        while position < bytes.count {
            let byte = bytes[position]
            if mark != 0 {
                if byte == mark { mark = 0 }
            } else if byte == UInt8(ascii: ">") {
                return true
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                mark = byte
            }
            position += 1
        }
        (searched, openQuote) = (bytes.count - tag, mark)
        return false
    }

    /// The position after the words that end what begins at `tag`.
    private mutating func find(_ words: StaticString, _ bytes: UnsafeRawBufferPointer, of tag: Int, from start: Int) -> Int? {
        var position = max(start, tag + searched - words.utf8CodeUnitCount)
        searched = 0
        while position < bytes.count {
            if has(words, bytes, at: position) { return position + words.utf8CodeUnitCount }
            position += 1
        }
        searched = bytes.count - tag
        return nil
    }

    func has(_ words: StaticString, _ bytes: UnsafeRawBufferPointer, at position: Int) -> Bool {
        guard position + words.utf8CodeUnitCount <= bytes.count else { return false }
        for index in 0..<words.utf8CodeUnitCount where bytes[position + index] != words.utf8Start[index] { return false }
        return true
    }

    // MARK: Flaws

    /// On the line that the scanner is on.
    func flaw(_ flaw: XMLFlaw, at position: Int, _ bytes: UnsafeRawBufferPointer) -> LogReadingError {
        place.flaw(flaw, at: position, bytes)
    }

    private func flaw(_ flaw: XMLFlaw, at position: Int, _ bytes: [UInt8]) -> LogReadingError {
        bytes.withUnsafeBytes { self.flaw(flaw, at: position, $0) }
    }
}

/// Where in the file the scanner is.
struct XMLPlace {
    /// The first is 1.
    private(set) var line = 1
    /// Where in the bytes at hand the line begins; 0 where it began before them.
    var lineStart = 0
    /// The characters of the line that lie before the bytes at hand.
    private var charactersBefore = 0

    @inline(__always)
    mutating func breakLine(after position: Int) {
        line += 1
        lineStart = position + 1
        charactersBefore = 0
    }

    /// The first is 1.
    func column(of position: Int, in bytes: UnsafeRawBufferPointer) -> Int {
        charactersBefore + Self.characters(bytes, lineStart..<position) + 1
    }

    func flaw(_ flaw: XMLFlaw, at position: Int, _ bytes: UnsafeRawBufferPointer) -> LogReadingError {
        .xml(line: line, column: column(of: position, in: bytes), flaw.words)
    }

    /// The bytes before a position are no longer at hand.
    mutating func forget(_ bytes: UnsafeRawBufferPointer, upTo position: Int) {
        charactersBefore += Self.characters(bytes, lineStart..<position)
        lineStart = 0
    }

    private static func characters(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
        range.count { bytes[$0] & 0xC0 != 0x80 }
    }
}
