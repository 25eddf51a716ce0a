import Foundation
import GRDB
import PlanModel

extension PlanStore {
    /// Writes a whole copy to a new file while others go on reading and writing.
    public func backup(to path: String, progress: @escaping @Sendable (Double) -> Void = { _ in }) throws {
        if FileManager.default.fileExists(atPath: path) { throw StoreError.fileExists(path) }
        let partial = Self.partial(path)
        defer { Self.clear(partial) }
        do {
            let copy = try DatabaseQueue(path: partial)
            defer { try? copy.close() }
            try pool.backup(to: copy, pagesPerStep: 500) {
                progress(Double($0.completedPageCount) / Double(max($0.totalPageCount, 1)))
            }
            // A backup is one file: no journal beside it.
            try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            try copy.close()
            try Self.place(partial, at: path)
        } catch { throw StoreError.plain(error, of: path) }
    }

    /// A name beside a file for what is to become it; whoever else makes the same file uses another.
    private static func partial(_ path: String) -> String { "\(path).\(UUID().uuidString).partial" }

    /// Removes what is left of a file that was in the making.
    private static func clear(_ partial: String) {
        for suffix in ["", "-journal", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: partial + suffix) }
    }

    /// Gives a whole file its name.
    /// - Throws: `StoreError.fileExists` where another has got it meanwhile.
    private static func place(_ partial: String, at path: String) throws {
        if link(partial, path) == 0 { return }
        if errno == EEXIST { throw StoreError.fileExists(path) }
        // Not every file system has links.
        try FileManager.default.moveItem(atPath: partial, toPath: path)
    }

    /// Checks the file's pages, that replaying every plan's journal gives its current rows, and that kept files are unchanged.
    public func verify(progress: (PlanKey) -> Void = { _ in }) throws {
        let verdict = try read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } ?? "no answer"
        guard verdict == "ok" else { throw StoreError.damaged(verdict) }
        try refresh()
        for plan in workspace.plans {
            progress(plan.key)
            let replayed = try self.plan(plan.key, at: plan.revision)
            guard replayed == plan else { throw StoreError.damaged("\(plan.key)") }
        }
        try verifyFiles()
    }

    /// Puts a backup, or a data file as it stands, in place of a data file that does not exist yet, after checking it.
    ///
    /// - Parameter progress: how much is checked, 0…1.
    public static func restore(_ backup: String, to path: String, progress: (Double) -> Void = { _ in }) throws {
        if FileManager.default.fileExists(atPath: path) { throw StoreError.fileExists(path) }
        guard isData(backup) else { throw StoreError.notData(backup) }
        let partial = Self.partial(path)
        defer { Self.clear(partial) }
        do {
            try copy(backup, to: partial)
            let store = try PlanStore(path: partial)
            let total = Double(max(store.workspace.plans.count, 1))
            var checked = 0.0
            try store.verify { _ in
                progress(checked / total)
                checked += 1
            }
            progress(1)
            _ = try store.pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
            try store.close()
            try Self.place(partial, at: path)
        } catch {
            throw error as? StoreError == .damaged(partial) ? StoreError.damaged(backup) : StoreError.plain(error, of: backup)
        }
    }

    /// Copies all that is committed, which for a data file whose program runs or was killed stands in part in the `-wal` beside it.
    private static func copy(_ backup: String, to partial: String) throws {
        guard FileManager.default.fileExists(atPath: backup + "-wal") else {
            return try FileManager.default.copyItem(atPath: backup, toPath: partial)
        }
        var configuration = Configuration()
        configuration.readonly = true
        let source = try DatabaseQueue(path: backup, configuration: configuration)
        defer { try? source.close() }
        let copy = try DatabaseQueue(path: partial)
        defer { try? copy.close() }
        try source.backup(to: copy)
    }

    /// Whether a file is a database that this program has made, as far as can be told: one that is damaged may be.
    private static func isData(_ path: String) -> Bool {
        var configuration = Configuration()
        configuration.readonly = true
        do {
            return try DatabaseQueue(path: path, configuration: configuration).read { db in
                try db.tableExists("grdb_migrations") && !Migrations.migrator.appliedIdentifiers(db).isEmpty
            }
        } catch { return (error as? DatabaseError)?.resultCode == .SQLITE_CORRUPT }
    }
}
