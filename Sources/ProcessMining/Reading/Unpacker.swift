/// Files as they were before gzip, piece by piece; what is not gzip goes through as it is.
public struct Unpacker {
    private var inflater: Inflater?
    private var first: [UInt8] = []
    private var isBegun = false

    public init() {}

    /// - Throws: `LogReadingError.brokenCompression` or `.compressionBomb`.
    public mutating func unpack(_ piece: some Sequence<UInt8>) throws(LogReadingError) -> [UInt8] {
        var bytes = first
        bytes.append(contentsOf: piece)
        guard isBegun || bytes.count >= 2 else {
            first = bytes
            return []
        }
        first = []
        if !isBegun {
            isBegun = true
            if bytes.withUnsafeBytes({ Inflater.isGzip($0) }) { inflater = try Inflater() }
        }
        guard let inflater else { return bytes }
        var plain: [UInt8] = []
        var failure: LogReadingError?
        bytes.withUnsafeBytes { raw in
            do throws(LogReadingError) {
                try inflater.feed(raw) { (part) throws(LogReadingError) in plain.append(contentsOf: part) }
            } catch { failure = error }
        }
        if let failure { throw failure }
        return plain
    }

    /// What is left at the end of the file.
    public mutating func finish() throws(LogReadingError) -> [UInt8] {
        try inflater?.finish()
        defer { first = [] }
        return first
    }
}
