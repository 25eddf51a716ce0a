/// Names kept once by their bytes: text becomes a code without a string being made for it. Codes count up in the order of appearance.
///
/// Open addressing over 64-bit hashes; a look-up reads the bytes once. The bytes of all names stand in one buffer.
struct ByteTable {
    private var slots: [Int32]
    private var hashes: [UInt64] = []
    private var ends: [Int] = [0]
    private var bytes: [UInt8] = []
    private var mask: Int
    // Neighbouring rows mostly have the same case: the last hit is looked at first.
    private var last: Int32 = -1

    init() {
        slots = Array(repeating: -1, count: 1024)
        mask = 1023
    }

    var count: Int { ends.count - 1 }

    /// Bytes that the names take, here and as strings of a log.
    var memory: Int { slots.count * 4 + count * 32 + bytes.count * 2 }

    func name(_ code: Int) -> String { String(decoding: bytes[ends[code]..<ends[code + 1]], as: UTF8.self) }
    var names: [String] { (0..<count).map(name) }
    func bytes(_ code: Int) -> ArraySlice<UInt8> { bytes[ends[code]..<ends[code + 1]] }
    func firstByte(of code: Int) -> UInt8? { ends[code] < ends[code + 1] ? bytes[ends[code]] : nil }

    /// Gives up what look-ups need; names can be read and no longer be found.
    mutating func forgetLookups() { (slots, hashes) = ([], []) }

    mutating func code(of text: UnsafeRawBufferPointer) -> Int32 {
        let known = find(text)
        return known >= 0 ? known : insert(text)
    }

    /// The code of a name that is there; -1 of any other.
    @inline(__always)
    mutating func find(_ text: UnsafeRawBufferPointer) -> Int32 {
        if last >= 0, isEqual(Int(last), text) { return last }
        let hash = Self.hash(text)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] >= 0 {
            let code = Int(slots[slot])
            if hashes[code] == hash, isEqual(code, text) {
                last = Int32(code)
                return last
            }
            slot = (slot + 1) & mask
        }
        return -1
    }

    private mutating func insert(_ text: UnsafeRawBufferPointer) -> Int32 {
        let code = Int32(count)
        let hash = Self.hash(text)
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] >= 0 { slot = (slot + 1) & mask }
        hashes.append(hash)
        bytes.append(contentsOf: text)
        ends.append(bytes.count)
        slots[slot] = code
        last = code
        if count * 2 > slots.count { grow() }
        return code
    }

    private mutating func grow() {
        slots = Array(repeating: -1, count: slots.count * 2)
        mask = slots.count - 1
        for code in 0..<count {
            var slot = Int(truncatingIfNeeded: hashes[code]) & mask
            while slots[slot] >= 0 { slot = (slot + 1) & mask }
            slots[slot] = Int32(code)
        }
    }

    @inline(__always)
    private func isEqual(_ code: Int, _ text: UnsafeRawBufferPointer) -> Bool {
        let start = ends[code]
        let length = ends[code + 1] - start
        guard length == text.count else { return false }
        return bytes.withUnsafeBytes { all in
            var offset = 0
            while offset + 8 <= length {
                if all.loadUnaligned(fromByteOffset: start + offset, as: UInt64.self)
                    != text.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                {
                    return false
                }
                offset += 8
            }
            while offset < length {
                if all[start + offset] != text[offset] { return false }
                offset += 1
            }
            return true
        }
    }

    /// Eight bytes a step, mixed by multiplication (as wyhash does).
    @inline(__always)
    private static func hash(_ text: UnsafeRawBufferPointer) -> UInt64 {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: text.count)
        var offset = 0
        while offset + 8 <= text.count {
            state = mix(state ^ text.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset += 8
        }
        var tail: UInt64 = 0
        while offset < text.count {
            tail = tail << 8 | UInt64(text[offset])
            offset += 1
        }
        return mix(state ^ tail)
    }

    @inline(__always)
    private static func mix(_ value: UInt64) -> UInt64 {
        let (high, low) = value.multipliedFullWidth(by: 0xD6E8_FEB8_6659_FD93)
        return high ^ low
    }
}
