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
        #expect(try store.removeFile("工单-2026.csv.gz"))
        #expect(try !store.removeFile("工单-2026.csv.gz"))
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
    }
}
