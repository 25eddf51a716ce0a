import Foundation
import GRDB

/// The shape of the database, step by step. A step is never edited once released.
enum Migrations {
    static let migrator: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("001 journal, current rows and search") { db in try db.execute(sql: first) }
        migrator.registerMigration("002 files beside the plans") { db in try db.execute(sql: files) }
        migrator.registerMigration("003 a journal of files") { db in
            try db.execute(sql: fileJournal)
            try moveFiles(db)
        }
        return migrator
    }()

    private static let first = """
        CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE plan (
            key TEXT PRIMARY KEY, blueprint TEXT NOT NULL, position INTEGER NOT NULL, revision INTEGER NOT NULL,
            header TEXT NOT NULL, retired TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE journal (
            plan TEXT NOT NULL, revision INTEGER NOT NULL, base INTEGER NOT NULL, author TEXT NOT NULL, at INTEGER NOT NULL,
            note TEXT, undoes INTEGER, edits TEXT NOT NULL, PRIMARY KEY (plan, revision)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
        CREATE TRIGGER journal_stays BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
        CREATE TABLE record (
            id INTEGER PRIMARY KEY, plan TEXT NOT NULL, prefix TEXT NOT NULL, number INTEGER NOT NULL, parent INTEGER,
            "values" TEXT NOT NULL, UNIQUE (plan, prefix, number)
        ) STRICT;
        CREATE TABLE outline (plan TEXT NOT NULL, prefix TEXT NOT NULL, numbers TEXT NOT NULL, PRIMARY KEY (plan, prefix)) STRICT, WITHOUT ROWID;
        CREATE TABLE prose (
            id INTEGER PRIMARY KEY, plan TEXT NOT NULL, section TEXT NOT NULL, text TEXT NOT NULL, UNIQUE (plan, section)
        ) STRICT;
        CREATE VIRTUAL TABLE search USING fts5 (plan UNINDEXED, place UNINDEXED, body, tokenize = 'unicode61');
        """

    private static let files = """
        CREATE TABLE file (
            name TEXT PRIMARY KEY, stamp TEXT NOT NULL, author TEXT NOT NULL, at INTEGER NOT NULL, bytes BLOB NOT NULL
        ) STRICT;
        """

    private static let fileJournal = """
        CREATE TABLE content (digest TEXT PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
        CREATE TABLE file_journal (
            revision INTEGER PRIMARY KEY, name TEXT NOT NULL, digest TEXT REFERENCES content (digest), size INTEGER NOT NULL,
            author TEXT NOT NULL, at INTEGER NOT NULL, undoes INTEGER
        ) STRICT;
        CREATE INDEX file_journal_by_name ON file_journal (name, revision);
        CREATE TRIGGER content_keeps BEFORE UPDATE ON content BEGIN SELECT RAISE(ABORT, 'contents are kept'); END;
        CREATE TRIGGER content_stays BEFORE DELETE ON content BEGIN SELECT RAISE(ABORT, 'contents are kept'); END;
        CREATE TRIGGER file_journal_keeps BEFORE UPDATE ON file_journal
            BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
        CREATE TRIGGER file_journal_stays BEFORE DELETE ON file_journal
            BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
        """

    /// What is there becomes the first entries of the journal, by whom and when it was put.
    private static func moveFiles(_ db: Database) throws {
        let rows = try Row.fetchCursor(db, sql: "SELECT name, author, at, bytes FROM file ORDER BY at, name")
        while let row = try rows.next() {
            let bytes: Data = row["bytes"]
            let digest = SHA256.hex([UInt8](bytes))
            try db.execute(sql: "INSERT OR IGNORE INTO content (digest, bytes) VALUES (?, ?)", arguments: [digest, bytes])
            try db.execute(
                sql: "INSERT INTO file_journal (name, digest, size, author, at) VALUES (?, ?, ?, ?, ?)",
                arguments: [row["name"], digest, bytes.count, row["author"], row["at"]])
        }
        try db.execute(sql: "DROP TABLE file")
    }
}
