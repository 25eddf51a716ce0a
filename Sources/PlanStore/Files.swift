import Foundation
import GRDB
import PlanModel

extension PlanStore {
    /// At most this many bytes a file.
    public static let largestFile = 256 << 20

    /// Keeps a file beside the plans, in place of one of the same name.
    ///
    /// - Throws: `StoreError` where the name may not be used or the file is too large; nothing is written.
    public func put(_ bytes: [UInt8], file name: String, by author: String, at instant: Instant) throws {
        guard WorkspaceFiles.isName(name) else { throw StoreError.fileName(name) }
        guard bytes.count <= Self.largestFile else { throw StoreError.fileTooLarge(name, bytes.count) }
        try pool.write { db in
            try db.execute(
                sql: "INSERT OR REPLACE INTO file (name, stamp, author, at, bytes) VALUES (?, ?, ?, ?, ?)",
                arguments: [name, Self.stamp(bytes), author, instant.milliseconds, Data(bytes)])
        }
        try refreshFiles()
    }

    /// - Returns: whether there was one.
    @discardableResult
    public func removeFile(_ name: String) throws -> Bool {
        let isRemoved = try pool.write { db in
            try db.execute(sql: "DELETE FROM file WHERE name = ?", arguments: [name])
            return db.changesCount > 0
        }
        try refreshFiles()
        return isRemoved
    }

    /// What is in a file, in short (FNV-1a), so that computed facts know another one.
    private static func stamp(_ bytes: [UInt8]) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        return "\(bytes.count)-\(String(hash, radix: 16))"
    }

    func files(_ db: Database) throws -> WorkspaceFiles {
        let rows = try Row.fetchAll(db, sql: "SELECT name, stamp FROM file")
        let stamps = Dictionary(
            rows.map { ($0["name"] as String, $0["stamp"] as String) }, uniquingKeysWith: { first, _ in first })
        return WorkspaceFiles(stamps: stamps) { [pool] name in
            let data = try? pool.read { try Data.fetchOne($0, sql: "SELECT bytes FROM file WHERE name = ?", arguments: [name]) }
            return data.flatMap { $0 }.map { [UInt8]($0) }
        }
    }
}
