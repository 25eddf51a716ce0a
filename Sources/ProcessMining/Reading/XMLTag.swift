struct XMLAttribute {
    let name: Range<Int>
    let value: Range<Int>
    /// The value has neither references nor blanks other than spaces, so it stands for itself.
    let isPlain: Bool
}

/// A tag as it lies in the bytes at hand.
struct XMLTag {
    let bytes: UnsafeRawBufferPointer
    let start: Int
    let name: Range<Int>
    let attributes: [XMLAttribute]
    let place: XMLPlace

    /// Line and column of the file it begins at, the first being 1.
    var line: Int { place.line }
    var column: Int { place.column(of: start, in: bytes) }

    /// By its name without the prefix of its namespace.
    func isNamed(_ word: StaticString) -> Bool {
        let prefix = name.count - word.utf8CodeUnitCount
        guard prefix == 0 || prefix > 1 && bytes[name.lowerBound + prefix - 1] == UInt8(ascii: ":") else { return false }
        return Self.equals(bytes, name.dropFirst(prefix), word)
    }

    /// The value of an attribute.
    func value(_ word: StaticString) -> XMLValue? {
        attributes.first { Self.equals(bytes, $0.name, word) }.map {
            XMLValue(bytes: UnsafeRawBufferPointer(rebasing: bytes[$0.value]), isPlain: $0.isPlain)
        }
    }

    static func equals(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ word: StaticString) -> Bool {
        guard range.count == word.utf8CodeUnitCount else { return false }
        for index in 0..<range.count where bytes[range.lowerBound + index] != word.utf8Start[index] { return false }
        return true
    }
}

/// A value as it stands between its quotes.
struct XMLValue {
    let bytes: UnsafeRawBufferPointer
    let isPlain: Bool

    func equals(_ word: StaticString) -> Bool { XMLTag.equals(bytes, 0..<bytes.count, word) }
    func equals(_ word: String) -> Bool { bytes.elementsEqual(word.utf8) }

    /// The text it stands for: references replaced, and every blank and line break a space.
    @inline(__always)
    func text<Result>(_ scratch: inout [UInt8], _ use: (UnsafeRawBufferPointer) -> Result) -> Result {
        if isPlain { return use(bytes) }
        resolve(&scratch)
        return scratch.withUnsafeBytes(use)
    }

    private func resolve(_ scratch: inout [UInt8]) {
        scratch.removeAll(keepingCapacity: true)
        var position = 0
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "&"), let end = bytes[position...].firstIndex(of: UInt8(ascii: ";")),
                let character = XMLCharacter.named(UnsafeRawBufferPointer(rebasing: bytes[position + 1..<end]))
            {
                scratch.append(contentsOf: UTF8.encode(character) ?? UTF8.encodedReplacementCharacter)
                position = end + 1
                continue
            }
            let isPair = byte == 0x0D && position + 1 < bytes.count && bytes[position + 1] == 0x0A
            scratch.append(XMLCharacter.isBlank(byte) ? 0x20 : byte)
            position += isPair ? 2 : 1
        }
    }
}
