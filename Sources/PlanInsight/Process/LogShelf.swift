import PlanModel
import ProcessMining
import Synchronization

/// Event logs as they were read, by file, its stamp and how it was read, so that a new revision of a plan reads none again. An entry is
/// never wrong and may be dropped at any time.
public final class LogShelf: Sendable {
    private struct Key: Hashable {
        let name: String
        let stamp: String
        let options: LogReadingOptions
    }

    private struct Entries {
        var readings: [Key: LogReading] = [:]
        /// Least recently asked for first.
        var order: [Key] = []
    }

    private let entries = Mutex(Entries())
    private static let capacity = 6

    public init() {}

    /// - Returns: nil where there is no such file.
    /// - Throws: why it is no log.
    func reading(_ name: String, in files: WorkspaceFiles, _ options: LogReadingOptions) throws(LogReadingError) -> LogReading? {
        guard let stamp = files.stamps[name] else { return nil }
        let key = Key(name: name, stamp: stamp, options: options)
        if let known = entries.withLock({ entries in
            entries.order.removeAll { $0 == key }
            entries.order.append(key)
            return entries.readings[key]
        }) {
            return known
        }
        guard let bytes = files.bytes(name) else { return nil }
        var reader = LogReader(options: options)
        try reader.read(bytes)
        let reading = try reader.finish()
        entries.withLock { entries in
            entries.readings[key] = reading
            while entries.order.count > Self.capacity { entries.readings[entries.order.removeFirst()] = nil }
        }
        return reading
    }
}
