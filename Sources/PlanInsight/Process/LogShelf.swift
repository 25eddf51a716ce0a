import PlanModel
import ProcessMining
import Synchronization
import WorkingTime

/// Event logs as they were read, and what the whole of each says, by file, its stamp and how it was read, so that a new revision of a
/// plan reads and counts none again. An entry is never wrong and may be dropped at any time.
public final class LogShelf: Sendable {
    private struct Key: Hashable {
        let name: String
        let stamp: String
        let options: LogReadingOptions
    }

    private struct Drawn: Hashable {
        let log: Key
        let model: ProcessModel
        let activityNames: [Int: String]
    }

    private let readings = Recent<Key, LogReading>(capacity: 6)
    private let wholes = Recent<Key, LogFacts>(capacity: 6)
    private let comparisons = Recent<Drawn, Conformance>(capacity: 12)

    public init() {}

    /// - Returns: nil where there is no such file.
    /// - Throws: why it is no log.
    func reading(_ name: String, in files: WorkspaceFiles, _ options: LogReadingOptions) throws(LogReadingError) -> LogReading? {
        guard let key = key(name, files, options) else { return nil }
        if let known = readings[key] { return known }
        guard let bytes = files.bytes(name) else { return nil }
        var reader = LogReader(options: options)
        try reader.read(bytes)
        let reading = try reader.finish()
        readings[key] = reading
        return reading
    }

    /// What the whole log says, and how far a drawn process is kept to in it.
    func whole(
        _ name: String, in files: WorkspaceFiles, _ options: LogReadingOptions, _ reading: LogReading, _ drawn: PlanProcess?
    )
        throws(LogQuestion.Flaw) -> (LogFacts, Conformance?)
    {
        func make() throws(LogQuestion.Flaw) -> LogFacts {
            try LogFacts(reading, LogQuestion(), calendar: .aroundTheClock, zoneMinutes: options.zoneMinutes)
        }
        guard let key = key(name, files, options) else {
            let facts = try make()
            return (facts, drawn?.conformance(facts.log))
        }
        let facts: LogFacts
        if let known = wholes[key] {
            facts = known
        } else {
            facts = try make()
            wholes[key] = facts
        }
        guard let drawn else { return (facts, nil) }
        let place = Drawn(log: key, model: drawn.model, activityNames: drawn.activityNames)
        let found = comparisons[place] ?? drawn.conformance(facts.log)
        comparisons[place] = found
        return (facts, found)
    }

    private func key(_ name: String, _ files: WorkspaceFiles, _ options: LogReadingOptions) -> Key? {
        files.stamps[name].map { Key(name: name, stamp: $0, options: options) }
    }
}

extension PlanProcess {
    func conformance(_ log: EventLog) -> Conformance { Conformance(log, model, activityNames: activityNames) }
}

/// A few values by key; the one not asked for longest goes when there is no room.
private final class Recent<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Kept {
        var values: [Key: Value] = [:]
        var order: [Key] = []
    }

    private let kept = Mutex(Kept())
    private let capacity: Int

    init(capacity: Int) { self.capacity = capacity }

    subscript(key: Key) -> Value? {
        get {
            kept.withLock { kept in
                guard let known = kept.values[key] else { return nil }
                kept.order.removeAll { $0 == key }
                kept.order.append(key)
                return known
            }
        }
        set {
            kept.withLock { kept in
                kept.order.removeAll { $0 == key }
                kept.values[key] = newValue
                guard newValue != nil else { return }
                kept.order.append(key)
                while kept.order.count > capacity { kept.values[kept.order.removeFirst()] = nil }
            }
        }
    }
}
