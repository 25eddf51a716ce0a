/// Files as they were before gzip, piece by piece; what is not gzip goes through as it is.
public struct Unpacker {
    private var inflater: Inflater?
    private var first: [UInt8] = []
    private var isBegun = false

    public init() {}

    /// Hands on what a piece of the file comes to, a quarter of a megabyte at a time however much it inflates to.
    ///
    /// - Throws: `LogReadingError.brokenCompression` or `.compressionBomb`, and what `take` throws.
    public mutating func unpack(_ piece: some Sequence<UInt8>, _ take: ([UInt8]) throws -> Void) throws {
        var bytes = first
        bytes.append(contentsOf: piece)
        guard isBegun || bytes.count >= 2 else {
            first = bytes
            return
        }
        first = []
        if !isBegun {
            isBegun = true
            if bytes.withUnsafeBytes({ Inflater.isGzip($0) }) { inflater = try Inflater() }
        }
        guard let inflater else { return try take(bytes) }
        var refusal: (any Error)?
        try bytes.withUnsafeBytes { raw in
            do throws(LogReadingError) {
                try inflater.feed(raw) { (part) throws(LogReadingError) in
                    do { try take(Array(part)) } catch {
                        refusal = error
                        throw .brokenCompression
                    }
                }
            } catch { throw refusal ?? error }
        }
    }

    /// What is left at the end of the file.
    public mutating func finish() throws(LogReadingError) -> [UInt8] {
        try inflater?.finish()
        defer { first = [] }
        return first
    }
}
