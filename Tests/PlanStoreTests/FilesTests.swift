import Foundation
import GRDB
import PlanModel
import Testing

@testable import PlanStore

@Suite("Files beside the plans, and the shape of the data")
struct FilesTests {
    @Test("a file is kept whole, replaced and removed, is seen by other processes, and comes along in a backup")
    func keeps() throws {
        let temporary = try TemporaryStore()
        let (store, other) = (try temporary.open(), try temporary.open())
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try store.put(bytes, file: "工单-2026.csv.gz", by: "a", at: PlanStoreTests.now)
        #expect(store.workspace.files.bytes("工单-2026.csv.gz") == bytes)
        let stamp = store.workspace.files.stamps["工单-2026.csv.gz"]
        try other.refresh()
        #expect(other.workspace.files.bytes("工单-2026.csv.gz") == bytes)
        try store.put([1, 2, 3], file: "工单-2026.csv.gz", by: "b", at: PlanStoreTests.now)
        #expect(store.workspace.files.stamps["工单-2026.csv.gz"] != stamp)
        let backup = temporary.folder.appending(path: "backup.db").path
        try store.backup(to: backup)
        #expect(try PlanStore(path: backup).workspace.files.bytes("工单-2026.csv.gz") == [1, 2, 3])
        #expect(try store.removeFile("工单-2026.csv.gz", by: "a", at: PlanStoreTests.now) != nil)
        #expect(try store.removeFile("工单-2026.csv.gz", by: "a", at: PlanStoreTests.now) == nil)
        #expect(store.workspace.files.names.isEmpty)
        #expect(store.workspace.files.bytes("工单-2026.csv.gz") == nil)
    }

    @Test(
        "names that could lead elsewhere or say nothing are refused, and nothing is written",
        arguments: [
            "", "../x.csv", "a/b.csv", ".hidden.csv", "x.exe", "x.csv\u{0}", "a b.csv", "<b>.csv",
            String(repeating: "长", count: 60) + ".csv",
        ])
    func names(name: String) throws {
        let temporary = try TemporaryStore()
        let store = try temporary.open()
        #expect(throws: StoreError.fileName(name)) { try store.put([1], file: name, by: "a", at: PlanStoreTests.now) }
        #expect(store.workspace.files.names.isEmpty)
    }

    @Test(
        "data of every earlier shape opens with its plans and takes changes and files",
        arguments: Migrations.migrator.migrations.dropLast())
    func migrates(version: String) throws {
        let temporary = try TemporaryStore()
        let plan = PlanStoreTests.plan(3)
        let old = try DatabasePool(path: temporary.path)
        try Migrations.migrator.migrate(old, upTo: version)
        // Written as the program of that time wrote: none of the later shapes is touched by adding a plan.
        try old.write { db in
            let rows = PlanRows(db: db)
            try rows.insert(plan)
            try rows.append(
                Change(plan: plan.key, base: 0, author: "a", at: PlanStoreTests.now, edits: plan.foundingEdits), revision: 1)
        }
        if version.hasPrefix("002") {
            try old.write { try $0.execute(sql: "INSERT INTO file VALUES ('old.csv', 's', 'zhou', 7, x'616263')") }
        }
        try old.close()
        let store = try temporary.open()
        #expect(store[plan.key] == plan.at(revision: 1))
        try store.verify()
        var editor = PlanEditor(try #require(store[plan.key]))
        editor.set(editor.plan.header.id, "subtitle", .text("升级之后"))
        try store.commit(editor.change(by: "a", at: PlanStoreTests.now))
        try store.put([7], file: "x.csv", by: "a", at: PlanStoreTests.now)
        try store.verify()
        #expect(store.workspace.files.bytes("x.csv") == [7])
        guard version.hasPrefix("002") else { return }
        #expect(store.workspace.files.bytes("old.csv") == Array("abc".utf8))
        let moved = try #require(try store.fileChanges(of: "old.csv").first)
        #expect(moved.author == "zhou" && moved.at.milliseconds == 7 && moved.size == 3)
    }

    @Test("every file change says who, when and which bytes, can be taken back, and its journal cannot be rewritten")
    func journal() throws {
        let store = try TemporaryStore().opened
        let now = PlanStoreTests.now
        let first = try store.put([1], file: "x.csv", by: "a", at: now)
        let second = try store.put([2], file: "x.csv", by: "b", at: now)
        #expect(try store.put([2], file: "x.csv", by: "c", at: now) == second, "the same bytes are no change")
        try store.put([9], file: "y.csv", by: "a", at: now)
        try store.removeFile("x.csv", by: "c", at: now)
        #expect(try store.fileChanges(of: "x.csv").map(\.author) == ["c", "b", "a"])
        #expect(try store.fileChanges(of: "x.csv").last?.digest == SHA256.hex([1]))
        #expect(throws: FileConflict.self) { try store.undoFile(second.revision, by: "a", at: now) }
        let removal = try #require(try store.fileChanges(of: "x.csv").first)
        try store.undoFile(removal.revision, by: "a", at: now)
        #expect(store.workspace.files.bytes("x.csv") == [2])
        let restored = try #require(try store.fileChanges(of: "x.csv").first)
        #expect(restored.undoes == removal.revision)
        #expect(throws: StoreError.noFileRevision(99)) { try store.undoFile(99, by: "a", at: now) }
        for sql in [
            "UPDATE file_journal SET author = 'x'", "DELETE FROM file_journal", "DELETE FROM content",
            "UPDATE content SET bytes = x'00'",
        ] {
            #expect(throws: (any Error).self) { try store.pool.write { try $0.execute(sql: sql) } }
        }
        try store.verify()
        #expect(first.revision == 1)
    }

    @Test("a file that somebody else has put since is not written over; both contents are named")
    func conflict() throws {
        let store = try TemporaryStore().opened
        let now = PlanStoreTests.now
        let seen = try store.put([1], file: "x.csv", by: "a", at: now).revision
        let theirs = try store.put([2], file: "x.csv", by: "b", at: now, base: seen)
        #expect(throws: FileConflict(name: "x.csv", mine: SHA256.hex([3]), theirs: theirs)) {
            try store.put([3], file: "x.csv", by: "a", at: now, base: seen)
        }
        #expect(throws: FileConflict(name: "x.csv", mine: nil, theirs: theirs)) {
            try store.removeFile("x.csv", by: "a", at: now, base: seen)
        }
        #expect(store.workspace.files.bytes("x.csv") == [2])
        try store.put([4], file: "other.csv", by: "a", at: now, base: seen)
    }

    @Test(
        "digests are those of FIPS 180-4",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
            (String(repeating: "a", count: 1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
        ])
    func digests(text: String, digest: String) { #expect(SHA256.hex(Array(text.utf8)) == digest) }

    @Test(
        "every length around a block's end is padded as the system's own program pads it",
        arguments: [55, 56, 63, 64, 65, 119, 120])
    func padding(length: Int) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "pharos-\(UUID().uuidString)")
        try Data(repeating: 7, count: length).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Foundation.Process()
        process.executableURL = URL(filePath: "/usr/bin/sha256sum")
        process.arguments = [file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(output.hasPrefix(SHA256.hex([UInt8](repeating: 7, count: length))))
    }
}
