import Foundation
import GRDB
import PlanModel
import WorkingTime

/// A file put in place or removed: who, when, and the digest of the bytes. The journal of files is append-only,
/// and the bytes of every entry are kept, so that each can be taken back.
public struct FileChange: Sendable, Hashable, Identifiable {
    /// Counted over all files of the workspace.
    public let revision: Int
    public let name: String
    /// SHA-256 of the bytes; `nil` where the file was removed.
    public let digest: String?
    public let size: Int
    public let author: String
    public let at: Instant
    /// The revision it takes back, if it is an undo.
    public let undoes: Int?
    public var id: Int { revision }
}

/// Somebody else has put or removed the file since: what each wanted, as digests, nothing where it was removed.
public struct FileConflict: Error, Hashable, Sendable {
    public let name: String
    public let mine: String?
    public let theirs: FileChange
}

extension PlanStore {
    /// At most this many bytes a file.
    public static let largestFile = 256 << 20

    // MARK: Reading

    /// The newest change of any file; 0 before the first.
    public var filesRevision: Int {
        get throws { try read { try Int.fetchOne($0, sql: "SELECT MAX(revision) FROM file_journal") ?? 0 } }
    }

    /// What was done to files, newest first.
    public func fileChanges(of name: String? = nil, limit: Int = 50, before: Int = Int.max) throws -> [FileChange] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM file_journal WHERE revision < ? \(name == nil ? "" : "AND name = ?")
                    ORDER BY revision DESC LIMIT ?
                    """,
                arguments: StatementArguments([before]) + StatementArguments(name.map { [$0] } ?? []) + [limit]
            ).map(Self.change)
        }
    }

    /// The change that made each present file what it is, by name.
    public func presentFiles() throws -> [FileChange] {
        try read { db in try Row.fetchAll(db, sql: Self.present).map(Self.change) }
    }

    // MARK: Writing

    /// Keeps a file beside the plans, in place of one of the same name.
    ///
    /// - Parameter base: the revision of the files its author had before them; `nil` takes what is there.
    /// - Returns: the change; the present one where the file has these bytes already.
    /// - Throws: `FileConflict` where somebody else changed it since, `StoreError` where the name may not be used or the file
    ///   is too large; nothing is written.
    @discardableResult
    public func put(
        _ bytes: [UInt8], file name: String, by author: String, at instant: Instant, base: Int? = nil
    ) throws -> FileChange {
        guard WorkspaceFiles.isName(name) else { throw StoreError.fileName(name) }
        guard bytes.count <= Self.largestFile else { throw StoreError.fileTooLarge(name, bytes.count) }
        if name == WorkspaceFiles.holidays {
            do throws(HolidayFileError) { _ = try HolidayCalendar.china(replacedBy: bytes) } catch {
                throw StoreError.holidays(error)
            }
        }
        let digest = SHA256.hex(bytes)
        return try change(name, to: digest, size: bytes.count, by: author, at: instant, base: base) { db in
            try db.execute(
                sql: "INSERT OR IGNORE INTO content (digest, bytes) VALUES (?, ?)", arguments: [digest, Data(bytes)])
        }
    }

    /// - Returns: the change; `nil` if there was no such file.
    /// - Throws: as `put`.
    @discardableResult
    public func removeFile(_ name: String, by author: String, at instant: Instant, base: Int? = nil) throws -> FileChange? {
        guard workspace.files.contains(name) else { return nil }
        return try change(name, to: nil, size: 0, by: author, at: instant, base: base)
    }

    /// Puts a file back to what it was before a change of it.
    ///
    /// - Throws: `FileConflict` where it was changed again since.
    @discardableResult
    public func undoFile(_ revision: Int, by author: String, at instant: Instant) throws -> FileChange {
        let (undone, before) = try read { db in
            let undone = try Row.fetchOne(db, sql: "SELECT * FROM file_journal WHERE revision = ?", arguments: [revision])
                .map(Self.change)
            let before = try undone.flatMap { try Self.newest(db, $0.name, before: revision) }
            return (undone, before)
        }
        guard let undone else { throw StoreError.noFileRevision(revision) }
        return try change(
            undone.name, to: before?.digest, size: before?.size ?? 0, by: author, at: instant, base: revision, undoes: revision)
    }

    /// Appends one entry to the journal of files, with what it needs, in one transaction.
    private func change(
        _ name: String, to digest: String?, size: Int, by author: String, at instant: Instant, base: Int?, undoes: Int? = nil,
        keeping keep: (Database) throws -> Void = { _ in }
    ) throws -> FileChange {
        let made = try write { db -> FileChange in
            let last = try Self.newest(db, name)
            if let last, last.digest == digest { return last }
            if let last, let base, last.revision > base { throw FileConflict(name: name, mine: digest, theirs: last) }
            try keep(db)
            try db.execute(
                sql: "INSERT INTO file_journal (name, digest, size, author, at, undoes) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [name, digest, size, author, instant.milliseconds, undoes])
            return FileChange(
                revision: Int(db.lastInsertedRowID), name: name, digest: digest, size: size, author: author, at: instant,
                undoes: undoes)
        }
        try refreshFiles()
        return made
    }

    // MARK: Rows

    func files(_ db: Database) throws -> WorkspaceFiles {
        let present = try Row.fetchAll(db, sql: Self.present).map(Self.change)
        let digests = Dictionary(present.map { ($0.name, $0.digest ?? "") }, uniquingKeysWith: { first, _ in first })
        return WorkspaceFiles(stamps: digests) { [pool] name in
            guard let digest = digests[name] else { return nil }
            let data = try? pool.read {
                try Data.fetchOne($0, sql: "SELECT bytes FROM content WHERE digest = ?", arguments: [digest])
            }
            return data.flatMap { $0 }.map { [UInt8]($0) }
        }
    }

    /// Checks that every content kept is what its digest says.
    func verifyFiles() throws {
        try read { db in
            let rows = try Row.fetchCursor(db, sql: "SELECT digest, bytes FROM content")
            while let row = try rows.next() {
                let digest: String = row[0]
                guard SHA256.hex([UInt8](row[1] as Data)) == digest else { throw StoreError.damaged("file \(digest)") }
            }
        }
    }

    private static let present = """
        SELECT * FROM file_journal WHERE digest IS NOT NULL
            AND revision IN (SELECT MAX(revision) FROM file_journal GROUP BY name) ORDER BY name
        """

    private static func newest(_ db: Database, _ name: String, before: Int = Int.max) throws -> FileChange? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM file_journal WHERE name = ? AND revision < ? ORDER BY revision DESC LIMIT 1",
            arguments: [name, before]
        ).map(change)
    }

    private static func change(_ row: Row) -> FileChange {
        FileChange(
            revision: row["revision"], name: row["name"], digest: row["digest"], size: row["size"], author: row["author"],
            at: Instant(milliseconds: row["at"]), undoes: row["undoes"])
    }
}
