import CZlib

/// Inflates gzip that comes in pieces, also of several members; what inflates beyond all measure is refused.
final class Inflater {
    private var stream = z_stream()
    private var isEnded = false
    private var taken = 0
    private var given = 0
    private static let pieceSize = 1 << 18
    private static let longestSlice = 1 << 30
    /// Logs shrink to a tenth or a twentieth; text of one letter to a thousandth.
    private static let greatestRatio = 1000
    private var piece = [UInt8](repeating: 0, count: Inflater.pieceSize)

    init() throws(LogReadingError) {
        // 15 bits of window, 16 for the gzip frame.
        guard inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw .brokenCompression
        }
    }

    deinit { inflateEnd(&stream) }

    static func isGzip(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.count >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B }

    func feed(_ bytes: UnsafeRawBufferPointer, _ take: (UnsafeRawBufferPointer) throws(LogReadingError) -> Void)
        throws(LogReadingError)
    {
        // The library counts in 32 bits.
        var place = 0
        while place < bytes.count {
            let end = min(place + Self.longestSlice, bytes.count)
            try feed(slice: UnsafeRawBufferPointer(rebasing: bytes[place..<end]), take)
            place = end
        }
    }

    private func feed(slice bytes: UnsafeRawBufferPointer, _ take: (UnsafeRawBufferPointer) throws(LogReadingError) -> Void)
        throws(LogReadingError)
    {
        guard let start = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
        stream.next_in = UnsafeMutablePointer(mutating: start)
        stream.avail_in = UInt32(bytes.count)
        taken += bytes.count
        while stream.avail_in > 0 {
            if isEnded {
                // Tapes and block devices fill up with zeros.
                guard stream.next_in.pointee != 0 else {
                    stream.next_in += 1
                    stream.avail_in -= 1
                    continue
                }
                guard inflateReset(&stream) == Z_OK else { throw .brokenCompression }
                isEnded = false
            }
            let (outcome, count) = step()
            if count > 0 {
                given += count
                if given > 64 << 20, given / max(taken, 1) > Self.greatestRatio { throw .compressionBomb }
                var failure: LogReadingError?
                piece.withUnsafeBytes { bytes in
                    do throws(LogReadingError) { try take(UnsafeRawBufferPointer(rebasing: bytes[..<count])) } catch {
                        failure = error
                    }
                }
                if let failure { throw failure }
            }
            if outcome == Z_STREAM_END {
                isEnded = true
            } else if outcome != Z_OK && !(outcome == Z_BUF_ERROR && stream.avail_in == 0) {
                throw .brokenCompression
            }
        }
    }

    private func step() -> (outcome: Int32, count: Int) {
        piece.withUnsafeMutableBytes { room in
            stream.next_out = room.bindMemory(to: UInt8.self).baseAddress
            stream.avail_out = UInt32(room.count)
            let outcome = inflate(&stream, Z_NO_FLUSH)
            return (outcome, room.count - Int(stream.avail_out))
        }
    }

    func finish() throws(LogReadingError) { if !isEnded { throw .brokenCompression } }
}
