import Foundation
import GRDB
import PlanModel
import Testing
import WorkingTime

@testable import PlanStore

/// A data file in a folder of its own, gone with the test.
final class TemporaryStore {
    let folder = FileManager.default.temporaryDirectory.appending(path: "pharos-\(UUID().uuidString)")
    var path: String { folder.appending(path: "pharos.db").path }
    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(at: folder) }
    func open() throws -> PlanStore { try PlanStore(path: path) }
}

@Suite struct PlanStoreTests {
    static let now = Instant(milliseconds: 1_763_600_000_000)

    static func plan(_ seed: UInt64 = 1, _ blueprint: Blueprint = .department) -> Plan {
        var generator = PlanGenerator(seed: seed)
        var editor = PlanEditor(generator.plan(blueprint))
        // One that is written to is in use.
        editor.set(editor.plan.header.id, "isArchived", nil)
        return editor.plan
    }

    @Test("what is added is there when the file is opened again", arguments: 1...6)
    func reopening(seed: Int) throws {
        let temporary = try TemporaryStore()
        let plan = Self.plan(UInt64(seed), Blueprint.all[seed % Blueprint.all.count])
        let store = try temporary.open()
        try store.add(plan, by: "zhou", at: Self.now)
        try store.close()
        let again = try temporary.open()
        #expect(again[plan.key] == plan)
        #expect(again[plan.key]?.retiredNumbers == plan.retiredNumbers)
        #expect(again[plan.key]?.revision == 1)
        try again.verify()
    }

    @Test("random changes leave rows that equal the replayed journal, and undo leads back")
    func journal() throws {
        let temporary = try TemporaryStore()
        let store = try temporary.open()
        try store.add(Self.plan(3), by: "zhou", at: Self.now)
        let key = PlanKey("made")!
        var random = SeededGenerator(seed: 9)
        for step in 0..<40 {
            var editor = PlanEditor(try #require(store[key]))
            let tasks = editor.plan.records(.of(PlanTask.self))
            switch step % 5 {
            case 0: editor.add(PlanTask.self, in: tasks.randomElement(using: &random)?.id) { $0.title = "任务\(step)" }
            case 1: if let task = tasks.randomElement(using: &random) { editor.set(task.id, "title", .text("改\(step)")) }
            case 2: if let task = tasks.randomElement(using: &random) { editor.remove(task.id) }
            case 3:
                if let task = tasks.randomElement(using: &random),
                    editor.plan.problems(with: [.move(task.id, from: Place(), to: Place())]).isEmpty
                {
                    editor.move(task.id, to: Place())
                }
            default: editor.set(editor.plan.header.id, "subtitle", .text("第\(step)步"))
            }
            try store.commit(editor.change(by: "zhou", at: Self.now))
        }
        try store.verify()
        let before = try #require(store[key])
        var editor = PlanEditor(before)
        editor.remove(try #require(before.records(.of(Goal.self)).first ?? before.records(.of(PlanTask.self)).first).id)
        let committed = try store.commit(editor.change(by: "zhou", at: Self.now))
        #expect(store[key] != before)
        try store.undo(committed.plan.revision, of: key, by: "zhou", at: Self.now)
        #expect(store[key] == before)
        try store.close()
        #expect(try temporary.open()[key] == before)
    }

    @Test("a change is taken back once; when that is taken back in its turn, it may be again")
    func undoOnce() throws {
        let store = try TemporaryStore().opened
        try store.add(Self.plan(), by: "zhou", at: Self.now)
        let key = try #require(PlanKey("made"))
        var editor = PlanEditor(try #require(store[key]))
        editor.set(editor.plan.header.id, "subtitle", .text("改"))
        try store.commit(editor.change(by: "zhou", at: Self.now))
        try store.undo(2, of: key, by: "zhou", at: Self.now)
        #expect(throws: StoreError.undone(2, by: 3)) { try store.undo(2, of: key, by: "zhou", at: Self.now) }
        #expect(try store.reversals(of: key) == [2: 3] && store[key]?.revision == 3)
        try store.undo(3, of: key, by: "zhou", at: Self.now)
        #expect(try store.reversals(of: key) == [3: 4])
        try store.undo(2, of: key, by: "zhou", at: Self.now)
        #expect(try store.reversals(of: key) == [3: 4, 2: 5])
    }

    @Test("a refused change writes nothing")
    func refusal() throws {
        let store = try TemporaryStore().opened
        try store.add(Self.plan(), by: "zhou", at: Self.now)
        let key = PlanKey("made")!
        let before = try #require(store[key])
        let bad = Change(
            plan: key, base: 1, author: "x", at: Self.now,
            edits: [
                .set(before.header.id, field: "title", from: nil, to: .text("好")),
                .set(before.header.id, field: "currencyy", from: nil, to: nil),
            ])
        #expect(throws: Problems.self) { try store.commit(bad) }
        #expect(store[key] == before)
        #expect(try store.recentChanges(of: key).count == 1)
    }

    @Test("changes of different fields from the same base merge; of the same field conflict")
    func concurrency() throws {
        let store = try TemporaryStore().opened
        try store.add(Self.plan(), by: "zhou", at: Self.now)
        let base = try #require(store[PlanKey("made")!])
        func change(_ field: String, _ text: String) -> Change {
            var editor = PlanEditor(base)
            editor.set(base.header.id, field, .text(text))
            return editor.change(by: "x", at: Self.now)
        }
        try store.commit(change("title", "甲"))
        try store.commit(change("subtitle", "乙"))
        #expect(store[base.key]?.fields.title == "甲")
        #expect(store[base.key]?.fields.subtitle == "乙")
        #expect(throws: Conflicts.self) { try store.commit(change("title", "丙")) }
    }

    @Test("two processes on one file see each other's changes")
    func twoProcesses() throws {
        let temporary = try TemporaryStore()
        let one = try temporary.open()
        let two = try temporary.open()
        try one.add(Self.plan(), by: "a", at: Self.now)
        try two.refresh()
        var editor = PlanEditor(try #require(two[PlanKey("made")!]))
        editor.set(editor.plan.header.id, "title", .text("来自第二个进程"))
        try two.commit(editor.change(by: "b", at: Self.now))
        var stale = PlanEditor(try #require(one[PlanKey("made")!]))
        stale.set(stale.plan.header.id, "subtitle", .text("来自第一个进程"))
        let committed = try one.commit(stale.change(by: "a", at: Self.now))
        #expect(committed.plan.fields.title == "来自第二个进程")
        #expect(committed.plan.revision == 3)
    }

    @Test(
        "words of two Chinese characters, Latin words and ids are found; other words are not",
        arguments: [
            ("分派", 1), ("工单 分派", 1), ("CRM", 1), ("crm 接口", 1), ("T-1", 1), ("派分", 0), ("预算", 0), ("\" OR 1", 0), ("*", 0),
        ])
    func search(query: String, hits: Int) throws {
        let store = try TemporaryStore().opened
        var editor = PlanEditor(Plan(key: PlanKey("made")!, blueprint: .project))
        editor.set(editor.plan.header.id, "title", .text("甲"))
        editor.add(PlanTask.self) { $0.title = "智能工单分派模型,对接 CRM 接口" }
        try store.add(editor.plan, by: "a", at: Self.now)
        #expect(try store.search(query).count == hits)
    }

    @Test("a search finds no secret field, and no record that has been deleted")
    func secrecy() throws {
        let store = try TemporaryStore().opened
        var editor = PlanEditor(Plan(key: PlanKey("made")!, blueprint: .growth))
        editor.set(editor.plan.header.id, "title", .text("甲"))
        let person = editor.add(Person.self) {
            $0.name = "某人"
            $0.email = "secret@example.org"
        }
        try store.add(editor.plan, by: "a", at: Self.now)
        #expect(try store.search("secret").isEmpty)
        #expect(try store.search("某人").count == 1)
        var removal = PlanEditor(try #require(store[PlanKey("made")!]))
        removal.remove(person)
        try store.commit(removal.change(by: "a", at: Self.now))
        #expect(try store.search("某人").isEmpty)
    }

    @Test("the journal cannot be rewritten")
    func appendOnly() throws {
        let store = try TemporaryStore().opened
        try store.add(Self.plan(), by: "a", at: Self.now)
        #expect(throws: (any Error).self) { try store.pool.write { try $0.execute(sql: "UPDATE journal SET author = 'b'") } }
        #expect(throws: (any Error).self) { try store.pool.write { try $0.execute(sql: "DELETE FROM journal") } }
    }

    @Test("what is no backup is not restored, and leaves nothing behind")
    func noBackup() throws {
        let temporary = try TemporaryStore()
        let folder = temporary.folder
        let other = folder.appending(path: "other.db").path
        try DatabaseQueue(path: other).write { try $0.execute(sql: "CREATE TABLE x (y)") }
        let empty = folder.appending(path: "empty").path
        try Data().write(to: URL(filePath: empty))
        for source in [other, empty, folder.path] {
            let target = folder.appending(path: "restored.db").path
            #expect(throws: StoreError.notData(source)) { try PlanStore.restore(source, to: target) }
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("restored") }
            #expect(left.isEmpty)
        }
    }

    @Test("of a data file in use, or left by a program that was killed, all that is committed is restored")
    func walBeside() throws {
        let temporary = try TemporaryStore()
        let store = try temporary.open()
        let plan = try store.add(Self.plan(), by: "a", at: Self.now)
        _ = try store.pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        var editor = PlanEditor(plan)
        editor.set(plan.header.id, "subtitle", .text("最新"))
        try store.commit(editor.change(by: "a", at: Self.now))
        let killed = temporary.folder.appending(path: "killed")
        try FileManager.default.createDirectory(at: killed, withIntermediateDirectories: true)
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: temporary.path + suffix, toPath: killed.path + "/pharos.db" + suffix)
        }
        for source in [temporary.path, killed.path + "/pharos.db"] {
            let restored = temporary.folder.appending(path: "\(UUID().uuidString).db").path
            try PlanStore.restore(source, to: restored)
            let copy = try PlanStore(path: restored)
            #expect(copy[plan.key]?.revision == 2 && copy[plan.key]?.fields.subtitle == "最新", "\(source)")
        }
    }

    @Test("what no version has written is told as damage")
    func unknownContent() {
        let decoding = DecodingError.dataCorrupted(.init(codingPath: [], debugDescription: "x"))
        let problem = Problem("value.unreadable", Label("甲", "a"), remedy: Label("乙", "b"))
        for error in [decoding, problem] as [any Error] {
            #expect(StoreError.plain(error, of: "a.db") as? StoreError == .damaged("a.db"))
        }
    }

    @Test("a backup that is cut, or has nowhere to go, is told by its file")
    func cutBackup() throws {
        let temporary = try TemporaryStore()
        let store = try temporary.open()
        for seed in 1...4 { try store.add(Self.plan(UInt64(seed)).copied(as: PlanKey("p\(seed)")!), by: "a", at: Self.now) }
        let nowhere = temporary.folder.appending(path: "none/x.db").path
        #expect(throws: StoreError.notOpened(nowhere)) { try store.backup(to: nowhere) }
        let backup = temporary.folder.appending(path: "backup.db").path
        try store.backup(to: backup)
        let bytes = try Data(contentsOf: URL(filePath: backup))
        try bytes.prefix(bytes.count / 2).write(to: URL(filePath: backup))
        #expect(throws: StoreError.damaged(backup)) {
            try PlanStore.restore(backup, to: temporary.folder.appending(path: "restored.db").path)
        }
    }

    @Test("of backups to one name at the same time one is made, the others are refused, and nothing else is left")
    func concurrentBackups() async throws {
        let temporary = try TemporaryStore()
        let store = try temporary.open()
        for seed in 1...4 { try store.add(Self.plan(UInt64(seed)).copied(as: PlanKey("p\(seed)")!), by: "a", at: Self.now) }
        let backup = temporary.folder.appending(path: "backup.db").path
        let outcomes = await withTaskGroup(of: StoreError?.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    do { try store.backup(to: backup) } catch { return error as? StoreError ?? .unreadable("\(error)") }
                    return nil
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count { $0 == nil } == 1)
        #expect(outcomes.compactMap(\.self).allSatisfy { $0 == .fileExists(backup) }, "\(outcomes)")
        let left = try FileManager.default.contentsOfDirectory(atPath: temporary.folder.path).filter { $0.hasPrefix("backup") }
        #expect(left == ["backup.db"])
        try PlanStore.restore(backup, to: temporary.folder.appending(path: "restored.db").path)
    }

    @Test("a disk that is full, a file that is kept busy and one that is damaged are told in words of their own")
    func troubles() throws {
        let temporary = try TemporaryStore()
        let store = try temporary.open()
        try store.add(Self.plan(), by: "a", at: Self.now)
        try store.pool.writeWithoutTransaction { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            try db.execute(sql: "PRAGMA max_page_count = \(pages + 2)")
        }
        #expect(throws: StoreError.full(temporary.path)) {
            try store.put([UInt8](repeating: 65, count: 1 << 20), file: "big.csv", by: "a", at: Self.now)
        }
        #expect(!store.workspace.files.contains("big.csv"))
        for code in [ResultCode.SQLITE_BUSY, .SQLITE_IOERR, .SQLITE_FULL, .SQLITE_CORRUPT, .SQLITE_CONSTRAINT] {
            let told = StoreError.plain(DatabaseError(resultCode: code, message: "x", sql: "SELECT 1"), of: "a.db")
            let words = try #require(told as? StoreError).message
            for language in [words.zh, words.en] { #expect(language.hasPrefix("a.db") || language.contains("a.db")) }
            #expect(!words.en.contains("SELECT"))
        }
        _ = try store.pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        try store.close()
        let handle = try FileHandle(forWritingTo: URL(filePath: temporary.path))
        let size = try handle.seekToEnd()
        try handle.seek(toOffset: 4096)
        try handle.write(contentsOf: Data(repeating: 0xAB, count: Int(size) - 4096))
        try handle.close()
        #expect(throws: StoreError.damaged(temporary.path)) { _ = try temporary.open() }
    }

    @Test("a database of another program is refused, and stays as it was")
    func foreign() throws {
        let temporary = try TemporaryStore()
        try DatabaseQueue(path: temporary.path).write { try $0.execute(sql: "CREATE TABLE x (y); INSERT INTO x VALUES (1)") }
        let before = try Data(contentsOf: URL(filePath: temporary.path))
        #expect(throws: StoreError.notData(temporary.path)) { _ = try temporary.open() }
        #expect(try Data(contentsOf: URL(filePath: temporary.path)) == before)
        // One without tables is none of anybody's.
        let empty = try TemporaryStore()
        try Data().write(to: URL(filePath: empty.path))
        #expect(try empty.open().workspace.plans.isEmpty)
    }

    @Test("the note of a change is one line of a length that can be read")
    func notes() throws {
        let store = try TemporaryStore().opened
        let plan = try store.add(Self.plan(), by: "a", at: Self.now)
        for note in [String(repeating: "长", count: Limits.note + 1), "一\n二", "\u{7}"] {
            var editor = PlanEditor(plan)
            editor.set(plan.header.id, "subtitle", .text("新"))
            let change = editor.change(by: "a", at: Self.now, note: note)
            let refusal = #expect(throws: Problems.self) { try store.commit(change) }
            #expect(refusal?.all.map(\.field) == ["note"])
        }
    }

    @Test("plans are added together or not at all")
    func addedTogether() throws {
        let temporary = try TemporaryStore()
        let store = try temporary.open()
        let there = Plan(key: PlanKey("there")!, blueprint: .project)
        var editor = PlanEditor(there)
        editor.set(there.header.id, "title", .text("在"))
        try store.add(editor.plan, by: "a", at: Instant(milliseconds: 0))
        var other = PlanEditor(Plan(key: PlanKey("other")!, blueprint: .project))
        other.set(other.plan.header.id, "title", .text("另"))
        #expect(throws: StoreError.planExists(there.key)) {
            try store.add([(other.plan, nil), (editor.plan, nil)], by: "a", at: Instant(milliseconds: 0))
        }
        #expect(store.workspace.plans.map(\.key) == [there.key])
        try store.refresh()
        #expect(store.workspace.plans.map(\.key) == [there.key])
    }

    @Test("a backup taken while others write is whole, and restores")
    func backup() async throws {
        let temporary = try TemporaryStore()
        let store = try temporary.open()
        try store.add(Self.plan(5), by: "a", at: Self.now)
        let key = PlanKey("made")!
        let writing = _Concurrency.Task {
            for step in 0..<50 {
                var editor = PlanEditor(try #require(store[key]))
                editor.set(editor.plan.header.id, "subtitle", .text("第\(step)步"))
                try store.commit(editor.change(by: "a", at: Self.now))
            }
        }
        let backup = temporary.folder.appending(path: "backup.db").path
        try store.backup(to: backup)
        try await writing.value
        #expect(throws: StoreError.fileExists(backup)) { try store.backup(to: backup) }
        let restored = temporary.folder.appending(path: "restored.db").path
        try PlanStore.restore(backup, to: restored)
        let copy = try PlanStore(path: restored)
        try copy.verify()
        #expect(copy[key]?.records(.of(Goal.self)) == store[key]?.records(.of(Goal.self)))
    }

    @Test("an older revision that comes late does not take the place of a newer one, and is not published")
    func lateness() async throws {
        let store = try TemporaryStore().opened
        let older = try store.add(Self.plan(), by: "a", at: Self.now)
        var editor = PlanEditor(older)
        editor.set(older.header.id, "subtitle", .text("新"))
        let newer = try store.commit(editor.change(by: "a", at: Self.now)).plan
        let stream = store.revisions()
        store.take(older)
        #expect(store[older.key]?.revision == newer.revision)
        store.take(newer.at(revision: newer.revision + 1))
        var heard = stream.makeAsyncIterator()
        #expect(await heard.next()?.number == newer.revision + 1)
    }

    @Test("commits of many threads leave in memory what is in the file")
    func threads() async throws {
        let temporary = try TemporaryStore()
        let store = try temporary.open()
        let key = try store.add(Self.plan(), by: "a", at: Self.now).key
        let fields = ["subtitle", "organisation", "department", "classification"]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (writer, field) in fields.enumerated() {
                group.addTask {
                    for step in 0..<40 {
                        var editor = PlanEditor(try #require(store[key]))
                        editor.set(editor.plan.header.id, field, .text("\(writer)-\(step)"))
                        try store.commit(editor.change(by: "w\(writer)", at: Self.now))
                    }
                }
            }
            try await group.waitForAll()
        }
        let again = try temporary.open()
        #expect(store[key] == again[key])
        #expect(store[key]?.revision == 161)
        #expect(again[key]?.revision == 161)
    }

    @Test("what another process adds, changes and puts beside the plans is taken over and published while following")
    func following() async throws {
        let temporary = try TemporaryStore()
        let (mine, other) = (try temporary.open(), try temporary.open())
        let following = _Concurrency.Task { try await mine.follow(every: .milliseconds(10)) }
        var heard = mine.revisions().makeAsyncIterator()
        let plan = try other.add(Self.plan(), by: "b", at: Self.now)
        #expect(await heard.next() == Revision(plan: plan.key, number: 1))
        #expect(mine[plan.key] == plan)
        var editor = PlanEditor(plan)
        editor.set(plan.header.id, "title", .text("来自别处"))
        try other.commit(editor.change(by: "b", at: Self.now))
        #expect(await heard.next() == Revision(plan: plan.key, number: 2))
        #expect(mine[plan.key]?.fields.title == "来自别处")
        try other.put([1], file: "x.csv", by: "b", at: Self.now)
        for _ in 0..<500 where !mine.workspace.files.contains("x.csv") {
            try await _Concurrency.Task.sleep(for: .milliseconds(10))
        }
        #expect(mine.workspace.files.bytes("x.csv") == [1])
        following.cancel()
    }

    @Test("listeners hear each commit")
    func publishing() async throws {
        let store = try TemporaryStore().opened
        var stream = store.revisions().makeAsyncIterator()
        try store.add(Self.plan(), by: "a", at: Self.now)
        let heard = await stream.next()
        #expect(heard == Revision(plan: PlanKey("made")!, number: 1))
    }
}

extension TemporaryStore {
    /// The open store; the folder lives as long as the process, since nobody holds on to it.
    var opened: PlanStore {
        get throws {
            _ = Unmanaged.passRetained(self)
            return try open()
        }
    }
}
