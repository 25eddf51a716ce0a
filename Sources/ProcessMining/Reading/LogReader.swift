/// Reads a log of whatever kind the bytes are: CSV or XES, plain or gzip.
///
/// - Complexity: O(bytes); memory for the log and a piece of the file.
public struct LogReader {
    private let options: LogReadingOptions
    private let pairsLifecycle: Bool
    private var inflater: Inflater?
    private var csv: CSVLogReader?
    private var xes: XESLogReader?
    private var first: [UInt8] = []
    private var head: [UInt8] = []
    private var isBegun = false
    private var taken = 0

    public init(options: LogReadingOptions = LogReadingOptions(), pairsLifecycle: Bool = false) {
        self.options = options
        self.pairsLifecycle = pairsLifecycle
    }

    public mutating func read(_ bytes: UnsafeRawBufferPointer) throws(LogReadingError) {
        guard !bytes.isEmpty else { return }
        if isBegun { return try feed(bytes) }
        // Two bytes tell gzip.
        first.append(contentsOf: bytes)
        guard first.count >= 2 else { return }
        try begin()
    }

    private mutating func begin() throws(LogReadingError) {
        isBegun = true
        let start = first
        first = []
        var failure: LogReadingError?
        start.withUnsafeBytes { bytes in
            do throws(LogReadingError) {
                if Inflater.isGzip(bytes) { inflater = try Inflater() }
                try feed(bytes)
            } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private mutating func feed(_ bytes: UnsafeRawBufferPointer) throws(LogReadingError) {
        guard let inflater else { return try take(bytes) }
        try inflater.feed(bytes) { (piece) throws(LogReadingError) in try take(piece) }
    }

    public mutating func read(_ bytes: [UInt8]) throws(LogReadingError) {
        var failure: LogReadingError?
        bytes.withUnsafeBytes { bytes in do throws(LogReadingError) { try read(bytes) } catch { failure = error } }
        if let failure { throw failure }
    }

    public mutating func finish() throws(LogReadingError) -> LogReading {
        if !isBegun, !first.isEmpty { try begin() }
        try inflater?.finish()
        if csv == nil && xes == nil {
            guard !head.isEmpty else { throw .empty }
            try choose()
        }
        if var reader = xes {
            xes = nil
            return try reader.finish()
        }
        guard var reader = csv else { throw .empty }
        csv = nil
        return try reader.finish()
    }

    private mutating func take(_ bytes: UnsafeRawBufferPointer) throws(LogReadingError) {
        taken += bytes.count
        if let most = options.mostBytes, taken > most { throw .tooManyBytes(most) }
        if xes != nil { return try xes?.read(bytes) ?? () }
        if csv != nil { return try csv?.read(bytes) ?? () }
        head.append(contentsOf: bytes)
        if head.count >= 512 { try choose() }
    }

    /// XML begins with `<`, behind blanks and a byte order mark, with or without zeros of UTF-16; nothing else does.
    private mutating func choose() throws(LogReadingError) {
        let before: Set<UInt8> = [0xEF, 0xBB, 0xBF, 0xFF, 0xFE, 0, 0x20, 0x0A, 0x0D, 0x09]
        let first = head.drop { before.contains($0) }.first
        let start = head
        head = []
        if first == UInt8(ascii: "<") {
            var reader = XESLogReader(options: options, pairsLifecycle: pairsLifecycle)
            try reader.read(start)
            xes = reader
        } else {
            var reader = try CSVLogReader(options: options, pairsLifecycle: pairsLifecycle)
            try reader.read(start)
            csv = reader
        }
    }
}
