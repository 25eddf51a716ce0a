extension XMLScanner {
    private static let deepest = 256
    private static let mostAttributes = 256

    /// The position after an end tag; nil where it does not end within the bytes.
    mutating func endTag(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ take: (Token, XMLTag) throws(LogReadingError) -> Void)
        throws(LogReadingError) -> Int?
    {
        let begun = place
        let nameEnd = XMLCharacter.endOfName(bytes, start + 2, bytes.count)
        var position = nameEnd
        skipBlanks(bytes, &position)
        guard position < bytes.count else {
            place = begun
            return nil
        }
        guard let length = openLengths.last else { throw begun.flaw(.endTagTooMany, at: start, bytes) }
        guard length == nameEnd - start - 2, openNames.suffix(length).elementsEqual(bytes[start + 2..<nameEnd]) else {
            throw begun.flaw(.otherEndTag(openName ?? ""), at: start, bytes)
        }
        guard bytes[position] == UInt8(ascii: ">") else { throw flaw(.endTagWithMore, at: position, bytes) }
        openNames.removeLast(length)
        openLengths.removeLast()
        try take(.close, XMLTag(bytes: bytes, start: start, name: start + 2..<nameEnd, attributes: [], place: begun))
        return position + 1
    }

    /// The position after a start tag; nil where it does not end within the bytes, and then nothing has changed.
    mutating func startTag(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ take: (Token, XMLTag) throws(LogReadingError) -> Void)
        throws(LogReadingError) -> Int?
    {
        let begun = place
        let nameEnd = XMLCharacter.endOfName(bytes, start + 1, bytes.count)
        guard nameEnd > start + 1 else { throw flaw(.lessThan, at: start, bytes) }
        if hasRoot, depth == 0 { throw flaw(.secondRoot, at: start, bytes) }
        guard let end = try readAttributes(bytes, nameEnd),
            end + 1 < bytes.count || end < bytes.count && bytes[end] != UInt8(ascii: "/")
        else {
            place = begun
            return nil
        }
        let isEmpty = bytes[end] == UInt8(ascii: "/")
        if isEmpty, bytes[end + 1] != UInt8(ascii: ">") { throw flaw(.slashInTag, at: end, bytes) }
        hasRoot = true
        if !isEmpty {
            openNames.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start + 1..<nameEnd]))
            openLengths.append(nameEnd - start - 1)
            guard depth <= Self.deepest else { throw begun.flaw(.tooDeep(Self.deepest), at: start, bytes) }
        }
        try take(
            .open(isEmpty: isEmpty),
            XMLTag(bytes: bytes, start: start, name: start + 1..<nameEnd, attributes: attributes, place: begun))
        return end + (isEmpty ? 2 : 1)
    }

    /// Where the attributes from a position end: at a `>` or `/`, or at the end of the bytes; nil where those end within an attribute.
    mutating func readAttributes(_ bytes: UnsafeRawBufferPointer, _ start: Int) throws(LogReadingError) -> Int? {
        attributes.removeAll(keepingCapacity: true)
        var position = start
        while true {
            let before = position
            skipBlanks(bytes, &position)
            guard position < bytes.count, bytes[position] != UInt8(ascii: ">"), bytes[position] != UInt8(ascii: "/") else {
                return position
            }
            let name = position..<XMLCharacter.endOfName(bytes, position, bytes.count)
            guard !name.isEmpty else { throw flaw(.attributeName, at: position, bytes) }
            guard position > before else { throw flaw(.noBlank, at: position, bytes) }
            position = name.upperBound
            skipBlanks(bytes, &position)
            guard position < bytes.count else { return nil }
            guard bytes[position] == UInt8(ascii: "=") else { throw flaw(.noValue(Self.text(bytes, name)), at: position, bytes) }
            position += 1
            skipBlanks(bytes, &position)
            guard position < bytes.count else { return nil }
            try checkRepeated(bytes, name)
            guard let attribute = try value(bytes, position, of: name) else { return nil }
            attributes.append(attribute)
            position = attribute.value.upperBound + 1
        }
    }

    /// The attribute whose value begins at a position; nil where that does not end within the bytes.
    @inline(__always)
    private mutating func value(_ bytes: UnsafeRawBufferPointer, _ start: Int, of name: Range<Int>) throws(LogReadingError)
        -> XMLAttribute?
    {
        let mark = bytes[start]
        guard mark == UInt8(ascii: "\"") || mark == UInt8(ascii: "'") else {
            throw flaw(.noQuotes(Self.text(bytes, name)), at: start, bytes)
        }
        var isPlain = true
        var position = start + 1
        while position < bytes.count {
            let byte = bytes[position]
            if XMLCharacter.isSpecial(byte) {
                if byte == mark { return XMLAttribute(name: name, value: start + 1..<position, isPlain: isPlain) }
                if byte == UInt8(ascii: "&") {
                    guard let end = try reference(bytes, position) else { return nil }
                    isPlain = false
                    position = end
                    continue
                }
                if XMLCharacter.isBlank(byte) {
                    isPlain = false
                    if byte == 0x0A { place.breakLine(after: position) }
                } else if byte < 0x20 {
                    throw flaw(.character(byte), at: position, bytes)
                } else if byte == UInt8(ascii: "<") {
                    throw flaw(.lessThanInValue(Self.text(bytes, name)), at: position, bytes)
                }
            }
            position += 1
        }
        return nil
    }

    @inline(__always)
    private func checkRepeated(_ bytes: UnsafeRawBufferPointer, _ name: Range<Int>) throws(LogReadingError) {
        for attribute in attributes where attribute.name.count == name.count && bytes[attribute.name].elementsEqual(bytes[name]) {
            throw flaw(.repeated(Self.text(bytes, name)), at: name.lowerBound, bytes)
        }
        if attributes.count == Self.mostAttributes {
            throw flaw(.tooManyAttributes(Self.mostAttributes), at: name.lowerBound, bytes)
        }
    }

    @inline(__always)
    private mutating func skipBlanks(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) {
        while position < bytes.count, XMLCharacter.isBlank(bytes[position]) {
            if bytes[position] == 0x0A { place.breakLine(after: position) }
            position += 1
        }
    }

    private static func text(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> String {
        String(decoding: bytes[range].prefix(100), as: UTF8.self)
    }
}
