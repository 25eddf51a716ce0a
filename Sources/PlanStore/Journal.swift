import GRDB
import PlanModel

/// A committed change and the revision it made.
public struct JournalEntry: Sendable, Identifiable {
    public let revision: Int
    public let change: Change
    public var id: String { "\(change.plan)@\(revision)" }
}

extension PlanStore {
    /// The changes that made the given revisions, in order.
    public func journal(of key: PlanKey, revisions: ClosedRange<Int>) throws -> [JournalEntry] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM journal WHERE plan = ? AND revision BETWEEN ? AND ? ORDER BY revision",
                arguments: [key.text, revisions.lowerBound, revisions.upperBound]
            ).map { try PlanStore.entry($0, key) }
        }
    }

    /// The newest changes of a plan, newest first.
    public func recentChanges(of key: PlanKey, limit: Int = 50, before: Int = Int.max) throws -> [JournalEntry] {
        try read { db in
            try Row.fetchAll(
                db, sql: "SELECT * FROM journal WHERE plan = ? AND revision < ? ORDER BY revision DESC LIMIT ?",
                arguments: [key.text, before, limit]
            ).map { try PlanStore.entry($0, key) }
        }
    }

    /// The newest changes of all plans, newest first.
    public func recentChanges(limit: Int) throws -> [JournalEntry] {
        try read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM journal ORDER BY at DESC, revision DESC LIMIT ?", arguments: [limit])
                .compactMap { row in
                    try PlanKey(row["plan"] as String).map { try PlanStore.entry(row, $0) }
                }
        }
    }

    /// Revisions whose change is taken back, each with the revision that took it back.
    public func reversals(of key: PlanKey) throws -> [Int: Int] { try read { try PlanRows(db: $0).reversals(of: key) } }

    /// The plan as it was at a revision, replayed from the journal.
    public func plan(_ key: PlanKey, at revision: Int) throws -> Plan {
        guard let current = self[key] else { throw StoreError.noPlan(key) }
        guard (0...current.revision).contains(revision) else { throw StoreError.noRevision(key, revision) }
        var plan = Plan(key: key, blueprint: current.blueprint)
        if revision == 0 { return plan }
        for entry in try journal(of: key, revisions: 1...revision) { plan = plan.applying(entry.change) }
        return plan
    }

    private static func entry(_ row: Row, _ key: PlanKey) throws -> JournalEntry {
        JournalEntry(
            revision: row["revision"],
            change: Change(
                plan: key, base: row["base"], author: row["author"], at: Instant(milliseconds: row["at"]),
                edits: try JournalCodec(plan: key).decode(row["edits"]), note: row["note"], undoes: row["undoes"]))
    }
}

extension PlanStore {
    /// The plan as somebody had it before them a little while ago: the newest one with the changes since taken back.
    ///
    /// - Complexity: O(changes since `revision`).
    public func plan(_ key: PlanKey, asOf revision: Int) throws -> Plan {
        guard let current = self[key] else { throw StoreError.noPlan(key) }
        guard (1...current.revision).contains(revision) else { throw StoreError.noRevision(key, revision) }
        if revision == current.revision { return current }
        var plan = current
        for entry in try journal(of: key, revisions: (revision + 1)...current.revision).reversed() {
            plan = plan.applying(entry.change.inverseEdits)
        }
        return plan.at(revision: revision)
    }
}
