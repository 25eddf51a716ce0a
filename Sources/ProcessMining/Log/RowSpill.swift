#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Where the rows of a log go that are too many for memory.
public struct SpillOptions: Sendable, Hashable {
    /// Bytes that rows take in memory before they are written to the file.
    public var bytesInMemory: Int
    /// The folder of the file.
    public var folder: String

    public init(bytesInMemory: Int, folder: String) {
        (self.bytesInMemory, self.folder) = (bytesInMemory, folder)
    }
}

/// A temporary file without a name: its space is free again when nobody holds it any more, however the program ends.
final class NamelessFile: Sendable {
    private let descriptor: Int32
    private let folder: String

    /// - Throws: `LogReadingError.temporaryFile` where the folder takes no file.
    convenience init(in folder: String) throws(LogReadingError) {
        var template = Array("\(folder)/pharos-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw .temporaryFile(folder, isFull: errno == ENOSPC) }
        unlink(template)
        self.init(descriptor, in: folder)
    }

    init(_ descriptor: Int32, in folder: String) { (self.descriptor, self.folder) = (descriptor, folder) }

    deinit { close(descriptor) }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(LogReadingError) {
        var done = 0
        while done < bytes.count {
            let count = pwrite(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, off_t(offset + done))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .temporaryFile(folder, isFull: [ENOSPC, EDQUOT, EFBIG].contains(errno)) }
            done += count
        }
    }

    func read(into room: UnsafeMutableRawBufferPointer, at offset: Int) throws(LogReadingError) {
        var done = 0
        while done < room.count {
            let count = pread(descriptor, room.baseAddress.map { $0 + done }, room.count - done, off_t(offset + done))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .temporaryFile(folder, isFull: false) }
            done += count
        }
    }
}

/// How a row stands in the file: fields that no row of a run has are left out of it.
struct RowLayout: Sendable, Hashable {
    var hasStart: Bool
    var hasResource: Bool
    /// Marks of start and completion, to be paired.
    var hasMark: Bool
    /// Times by the other order of day and month.
    var isOpen: Bool
    var attributes: Int

    var hasLine: Bool { hasMark || isOpen }

    /// Bytes of a row.
    var width: Int {
        16 + (hasStart ? 8 : 0) + (hasResource ? 4 : 0) + (hasMark ? 5 : 0) + (isOpen ? 16 : 0) + (hasLine ? 8 : 0) + 4
            * attributes
    }
}

/// Rows in the file, in runs: the rows of a run stand by cases, those of a case as they were read, and runs one after the other as they
/// were read. So all rows of some cases are found by going through all runs at once, in the order of the file that they come from.
struct RowSpill: Sendable {
    struct Run: Sendable {
        let offset: Int
        let rows: Int
        let layout: RowLayout
    }

    let file: NamelessFile
    private(set) var runs: [Run] = []
    private(set) var rows = 0
    /// Rows of each case, by code.
    private(set) var rowsOfCase: [Int32] = []
    private var size = 0

    init(in folder: String) throws(LogReadingError) { file = try NamelessFile(in: folder) }

    var hasStart: Bool { runs.contains { $0.layout.hasStart } }
    var hasResource: Bool { runs.contains { $0.layout.hasResource } }
    /// Whether rows can still turn out to be none when all of their case are there.
    var isOpen: Bool { runs.contains { $0.layout.hasLine } }
    /// Bytes of the widest row.
    var width: Int { runs.reduce(0) { max($0, $1.layout.width) } }

    /// - Parameter put: writes a row, by its position, to a place.
    mutating func append(
        _ order: [Int32], _ offsets: [Int32], _ layout: RowLayout, _ put: (Int, inout RowWriter) -> Void
    ) throws(LogReadingError) {
        rowsOfCase += [Int32](repeating: 0, count: offsets.count - 1 - rowsOfCase.count)
        for code in rowsOfCase.indices { rowsOfCase[code] += offsets[code + 1] - offsets[code] }
        let begin = size
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1 << 20, layout.width), alignment: 16)
        defer { room.deallocate() }
        var writer = RowWriter(room: room)
        for row in order {
            if writer.used + layout.width > room.count { try flush(&writer) }
            put(Int(row), &writer)
        }
        try flush(&writer)
        runs.append(Run(offset: begin, rows: order.count, layout: layout))
        rows += order.count
    }

    private mutating func flush(_ writer: inout RowWriter) throws(LogReadingError) {
        try file.write(UnsafeRawBufferPointer(rebasing: writer.room[..<writer.used]), at: size)
        size += writer.used
        writer.used = 0
    }
}

/// Puts the fields of rows one behind the other.
struct RowWriter {
    let room: UnsafeMutableRawBufferPointer
    var used = 0

    @inline(__always)
    mutating func put<Value: BitwiseCopyable>(_ value: Value) {
        room.storeBytes(of: value, toByteOffset: used, as: Value.self)
        used += MemoryLayout<Value>.size
    }
}

/// Takes the fields of a row in the order in which they were put.
struct RowFields {
    let bytes: UnsafeRawPointer
    var used = 0

    @inline(__always)
    mutating func next<Value: BitwiseCopyable>(_ type: Value.Type) -> Value {
        defer { used += MemoryLayout<Value>.size }
        return bytes.loadUnaligned(fromByteOffset: used, as: type)
    }
}

/// Goes through the rows of a run from the first to the last.
struct RunCursor {
    private let run: RowSpill.Run
    private let file: NamelessFile
    private var buffer: [UInt8]
    private var next = 0
    private var buffered = 0..<0

    /// - Parameter most: bytes of the run in memory at a time.
    init(_ run: RowSpill.Run, _ file: NamelessFile, most: Int) {
        (self.run, self.file) = (run, file)
        buffer = [UInt8](repeating: 0, count: run.layout.width * min(max(most / run.layout.width, 1), max(run.rows, 1)))
    }

    var layout: RowLayout { run.layout }

    /// Gives the rows of cases before a code that were not given yet.
    mutating func takeRows(below code: Int32, _ take: (RowFields) -> Void) throws(LogReadingError) {
        while next < run.rows {
            if next == buffered.upperBound { try fill() }
            guard takeBuffered(below: code, take) else { return }
        }
    }

    /// Returns whether all that is in memory was given.
    private mutating func takeBuffered(below code: Int32, _ take: (RowFields) -> Void) -> Bool {
        let (width, first, end) = (run.layout.width, buffered.lowerBound, buffered.upperBound)
        var row = next
        buffer.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            while row < end {
                let place = base + (row - first) * width
                guard place.loadUnaligned(as: Int32.self) < code else { return }
                take(RowFields(bytes: place))
                row += 1
            }
        }
        next = row
        return row == end
    }

    private mutating func fill() throws(LogReadingError) {
        let width = run.layout.width
        let count = min(buffer.count / width, run.rows - next)
        let offset = run.offset + next * width
        var failure: LogReadingError?
        buffer.withUnsafeMutableBytes { room in
            do throws(LogReadingError) {
                try file.read(into: UnsafeMutableRawBufferPointer(rebasing: room[..<(count * width)]), at: offset)
            } catch { failure = error }
        }
        if let failure { throw failure }
        buffered = next..<(next + count)
    }
}
