import Foundation
import GRDB
import PlanModel
import Synchronization

/// Plans in one SQLite file: an append-only journal, the current rows and the search index, changed together or not at all.
///
/// Reads come from memory; a commit is on the disk (`synchronous = FULL`) before it returns. Several processes may use one file:
/// a write always builds on what the others committed, and `follow` brings it into memory as it comes.
public final class PlanStore: Sendable {
    let pool: DatabasePool
    private let state: Mutex<Workspace>
    private let filesRead = Mutex(())
    let listeners = Listeners()

    /// Opens the file, making it if there is none, and brings its shape up to date.
    /// - Throws: `StoreError.notData` where it is a database of another program, which stays as it was.
    public init(path: String) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA synchronous = FULL")
            try db.execute(sql: "PRAGMA foreign_keys = ON")
        }
        if Self.isForeign(path) { throw StoreError.notData(path) }
        do {
            let pool = try DatabasePool(path: path, configuration: configuration)
            if try pool.read({ try Migrations.migrator.hasBeenSuperseded($0) }) { throw StoreError.newer }
            try Migrations.migrator.migrate(pool)
            state = Mutex(try pool.read { try PlanRows(db: $0).workspace() })
            self.pool = pool
        } catch { throw StoreError.plain(error, of: path) }
        try refreshFiles()
    }

    /// Whether a file is a database with tables, none of which this program has made. Looked at before it is opened for writing,
    /// which changes it.
    private static func isForeign(_ path: String) -> Bool {
        var configuration = Configuration()
        configuration.readonly = true
        let found = try? DatabaseQueue(path: path, configuration: configuration).read { db in
            let hasTables = try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table')")
            return try hasTables == true && Migrations.migrator.appliedIdentifiers(db).isEmpty
        }
        return found ?? false
    }

    /// Reads from the file; what goes wrong is told in the words of `StoreError`.
    func read<Answer>(_ body: (Database) throws -> Answer) throws -> Answer {
        do { return try pool.read(body) } catch { throw StoreError.plain(error, of: pool.path) }
    }

    /// Writes all or nothing; what goes wrong is told in the words of `StoreError`.
    func write<Answer>(_ body: (Database) throws -> Answer) throws -> Answer {
        do { return try pool.write(body) } catch { throw StoreError.plain(error, of: pool.path) }
    }

    /// Of changes that were made where nobody has a name.
    public static let unnamedAuthor = "local"

    public func close() throws { try pool.close() }

    /// Of the database library in use.
    public static var databaseVersion: String {
        let version = try? DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") }
        return version.flatMap { $0 } ?? "0"
    }

    // MARK: Reading

    /// All plans at their newest revisions.
    public var workspace: Workspace { state.withLock { $0 } }

    public subscript(key: PlanKey) -> Plan? { state.withLock { $0[key] } }

    /// Takes over what other processes have committed, and publishes it. What this one has that is newer stays.
    ///
    /// - Complexity: O(plans), and reading those that changed.
    public func refresh() throws {
        let (name, fresh) = try read { db in
            let rows = PlanRows(db: db)
            return (try rows.name(), try rows.plans { key, revision in self[key]?.revision ?? -1 < revision })
        }
        state.withLock { $0.name = name }
        for plan in fresh { take(plan) }
        try refreshFiles()
    }

    /// The newest revision of a plan is what others see, whichever thread comes last.
    func take(_ plan: Plan) {
        let isNewer = state.withLock { workspace in
            guard workspace[plan.key]?.revision ?? -1 < plan.revision else { return false }
            workspace[plan.key] = plan
            return true
        }
        if isNewer { listeners.publish(plan.key, revision: plan.revision) }
    }

    func refreshFiles() throws {
        // Read and set as one, so that the last to finish has read last.
        try filesRead.withLock { _ in
            let fresh = try read { try files($0) }
            var changed = workspace
            guard changed.files != fresh else { return }
            changed.files = fresh
            // What `put` let in can be read; another program's file that cannot leaves the holidays as they were.
            try? changed.takeHolidays()
            state.withLock { ($0.files, $0.publicHolidays) = (changed.files, changed.publicHolidays) }
        }
    }

    // MARK: Writing

    /// What a commit made: the change as it was made, and the plan after it.
    public struct Committed: Sendable {
        public let change: Change
        public let plan: Plan
    }

    /// Merges the change onto the newest revision, validates it and writes it in one transaction.
    ///
    /// - Throws: `Conflicts` where somebody else changed the same fields, `Problems` where it would break a rule; nothing is written.
    @discardableResult
    public func commit(_ change: Change) throws -> Committed {
        let committed = try write { db -> Committed? in
            let rows = PlanRows(db: db)
            guard let current = try self.newest(change.plan, rows) else { throw StoreError.noPlan(change.plan) }
            if let undone = change.undoes, let by = try rows.reversals(of: change.plan)[undone] {
                throw StoreError.undone(undone, by: by)
            }
            let edits = change.base == current.revision ? change.edits : try current.merging(change.edits)
            if edits.isEmpty { return nil }
            if let problem = current.archiveProblem(of: edits) ?? change.noteProblem { throw Problems([problem]) }
            var problems = current.problems(with: edits)
            if problems.isEmpty { problems = current.ringsClosed(by: edits) }
            if !problems.isEmpty { throw Problems(problems) }
            let made = Change(
                plan: change.plan, base: change.base, author: change.author, at: change.at, edits: edits, note: change.note,
                undoes: change.undoes)
            let plan = current.applying(made)
            try rows.append(made, revision: plan.revision)
            try rows.write(edits, before: current, after: plan)
            return Committed(change: made, plan: plan)
        }
        guard let committed else {
            return Committed(change: change, plan: self[change.plan] ?? Plan(key: change.plan, blueprint: .company))
        }
        take(committed.plan)
        return committed
    }

    /// Takes back the change of one revision, as a change of its own.
    ///
    /// - Throws: `StoreError.undone` where that stands already, and as `commit`.
    @discardableResult
    public func undo(_ revision: Int, of key: PlanKey, by author: String, at instant: Instant) throws -> Committed {
        guard let entry = try journal(of: key, revisions: revision...revision).first else {
            throw StoreError.noRevision(key, revision)
        }
        let change = Change(
            plan: key, base: revision, author: author, at: instant, edits: entry.change.inverseEdits, undoes: revision)
        return try commit(change)
    }

    /// Adds a plan whole, as its first change.
    @discardableResult
    public func add(_ plan: Plan, by author: String, at instant: Instant, note: String? = nil) throws -> Plan {
        try add([(plan, note)], by: author, at: instant)
        return plan.at(revision: 1)
    }

    /// Adds all of the plans, or none.
    public func add(_ plans: [(plan: Plan, note: String?)], by author: String, at instant: Instant) throws {
        try write { db in
            let rows = PlanRows(db: db)
            for (plan, note) in plans {
                if try rows.revision(of: plan.key) != nil { throw StoreError.planExists(plan.key) }
                let empty = Plan(key: plan.key, blueprint: plan.blueprint)
                let edits = plan.foundingEdits
                let problems = empty.problems(with: edits)
                if !problems.isEmpty { throw Problems(problems) }
                let change = Change(plan: plan.key, base: 0, author: author, at: instant, edits: edits, note: note)
                try rows.insert(plan)
                try rows.append(change, revision: 1)
            }
        }
        for (plan, _) in plans { take(plan.at(revision: 1)) }
    }

    public func rename(_ name: String) throws {
        try write { try $0.execute(sql: "INSERT OR REPLACE INTO setting VALUES ('name', ?)", arguments: [name]) }
        state.withLock { $0.name = name }
    }

    /// The plan in memory if nobody else has committed since, else as read from the rows.
    private func newest(_ key: PlanKey, _ rows: PlanRows) throws -> Plan? {
        guard let revision = try rows.revision(of: key) else { return nil }
        if let known = self[key], known.revision == revision { return known }
        return try rows.plan(key)
    }
}
