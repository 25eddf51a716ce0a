import Foundation
import GRDB
import PlanModel

/// The current rows of plans, within one transaction.
struct PlanRows {
    let db: Database

    // MARK: Reading

    func workspace() throws -> Workspace { Workspace(name: try name(), plans: try plans { _, _ in true }) }

    func name() throws -> String { try String.fetchOne(db, sql: "SELECT value FROM setting WHERE name = 'name'") ?? "" }

    /// Plans in the order of lists, of those whose revision is wanted.
    func plans(_ isWanted: (PlanKey, Int) -> Bool) throws -> [Plan] {
        try Row.fetchAll(db, sql: "SELECT key, revision FROM plan ORDER BY position, key").compactMap { row in
            guard let key = PlanKey(row[0] as String), isWanted(key, row[1]) else { return nil }
            return try plan(key)
        }
    }

    func revision(of key: PlanKey) throws -> Int? {
        try Int.fetchOne(db.cachedStatement(sql: "SELECT revision FROM plan WHERE key = ?"), arguments: [key.text])
    }

    func plan(_ key: PlanKey) throws -> Plan? {
        guard
            let row = try Row.fetchOne(
                db, sql: "SELECT blueprint, revision, header, retired FROM plan WHERE key = ?", arguments: [key.text])
        else { return nil }
        guard let blueprint = Blueprint.named(row[0]) else { throw StoreError.unreadable("the kind of plan \(row[0] as String)") }
        let codec = JournalCodec(plan: key)
        let header = try codec.record(
            RecordID(plan: key, prefix: PlanHeader.names.prefix, number: 0), parent: nil, values: decoded(row[2]))
        let prose = try Row.fetchAll(db, sql: "SELECT section, text FROM prose WHERE plan = ?", arguments: [key.text])
        return Plan(
            key: key, blueprint: blueprint, revision: row[1], header: header,
            prose: Dictionary(prose.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first }),
            records: try records(key, codec), retired: try decoded(row[3]))
    }

    private func records(_ key: PlanKey, _ codec: JournalCodec) throws -> [PlanModel.Record] {
        var found: [String: [Int: PlanModel.Record]] = [:]
        let decoder = JSONDecoder()
        let cursor = try Row.fetchCursor(
            db, sql: "SELECT prefix, number, parent, \"values\" FROM record WHERE plan = ?", arguments: [key.text])
        while let row = try cursor.next() {
            let id = RecordID(plan: key, prefix: row[0], number: row[1])
            guard id.kind != nil else { throw StoreError.unreadable("records \(id.short)") }
            let values = try decoder.decode([String: String].self, from: Data((row[3] as String).utf8))
            found[id.prefix, default: [:]][id.number] = try codec.record(id, parent: row[2], values: values)
        }
        var ordered: [PlanModel.Record] = []
        for row in try Row.fetchAll(db, sql: "SELECT prefix, numbers FROM outline WHERE plan = ?", arguments: [key.text]) {
            let table = found[row[0] as String] ?? [:]
            ordered += (row[1] as String).split(separator: ",").compactMap { Int($0) }.compactMap { table[$0] }
        }
        return ordered
    }

    private func decoded<T: Decodable>(_ text: String) throws -> T { try JSONDecoder().decode(T.self, from: Data(text.utf8)) }

    /// Revisions that are taken back, each with the revision that took it back; what was taken back in its turn does not count.
    func reversals(of key: PlanKey) throws -> [Int: Int] {
        var found: [Int: Int] = [:]
        for row in try Row.fetchAll(
            db, sql: "SELECT revision, undoes FROM journal WHERE plan = ? AND undoes IS NOT NULL ORDER BY revision DESC",
            arguments: [key.text])
        where found[row[0]] == nil {
            if found[row[1]] == nil { found[row[1]] = row[0] }
        }
        return found
    }

    // MARK: Writing

    func append(_ change: Change, revision: Int) throws {
        try db.cachedStatement(
            sql: "INSERT INTO journal (plan, revision, base, author, at, note, undoes, edits) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        ).execute(
            arguments: [
                change.plan.text, revision, change.base, change.author, change.at.milliseconds, change.note, change.undoes,
                try JournalCodec(plan: change.plan).encode(change.edits),
            ])
    }

    func insert(_ plan: Plan) throws {
        let position = try Int.fetchOne(db, sql: "SELECT COALESCE(MAX(position), 0) + 1 FROM plan") ?? 1
        try db.execute(
            sql: "INSERT INTO plan VALUES (?, ?, ?, 1, '{}', '{}')", arguments: [plan.key.text, plan.blueprint.key, position])
        try writeHeader(plan)
        for kind in plan.kinds {
            for record in plan.records(kind) { try write(record) }
            try writeOutline(plan, kind.prefix)
        }
        for (section, text) in plan.prose { try write(text, section: section, of: plan.key) }
    }

    /// Brings the rows from one revision to the next.
    func write(_ edits: [Edit], before: Plan, after: Plan) throws {
        var changed: Set<RecordID> = []
        var reordered: Set<String> = []
        var written: Set<String> = []
        for edit in edits {
            switch edit {
            case .set(let id, _, _, _): changed.insert(id)
            case .create(let record, _), .delete(let record, _):
                changed.insert(record.id)
                reordered.insert(record.id.prefix)
            case .move(let id, _, _):
                changed.insert(id)
                reordered.insert(id.prefix)
            case .write(let section, _, _): written.insert(section)
            }
        }
        for id in changed where id != after.header.id {
            if let record = after.record(id) { try write(record) } else { try delete(id) }
        }
        for prefix in reordered { try writeOutline(after, prefix) }
        for section in written { try write(after.prose[section] ?? "", section: section, of: after.key) }
        try writeHeader(after)
    }

    private func writeHeader(_ plan: Plan) throws {
        try db.cachedStatement(sql: "UPDATE plan SET revision = ?, header = ?, retired = ? WHERE key = ?").execute(
            arguments: [
                max(plan.revision, 1), try encoded(JournalCodec(plan: plan.key).values(of: plan.header)),
                try encoded(plan.retiredNumbers), plan.key.text,
            ])
        try index(-planRow(plan.key), plan.key, "", SearchText.body(of: plan.header))
    }

    /// A number for the plan's own search entry, apart from those of records and prose.
    private func planRow(_ key: PlanKey) throws -> Int64 {
        1_000_000_000_000 + (try Int64.fetchOne(db, sql: "SELECT position FROM plan WHERE key = ?", arguments: [key.text]) ?? 0)
    }

    private func write(_ record: PlanModel.Record) throws {
        let values = try encoded(JournalCodec(plan: record.id.plan).values(of: record))
        let id = try Int64.fetchOne(
            db.cachedStatement(
                sql: """
                    INSERT INTO record (plan, prefix, number, parent, "values") VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (plan, prefix, number) DO UPDATE SET parent = excluded.parent, "values" = excluded."values" RETURNING id
                    """),
            arguments: [record.id.plan.text, record.id.prefix, record.id.number, record.parent, values])
        if let id { try index(id, record.id.plan, record.id.short, SearchText.body(of: record)) }
    }

    private func delete(_ id: RecordID) throws {
        let arguments: StatementArguments = [id.plan.text, id.prefix, id.number]
        let row = try Int64.fetchOne(
            db, sql: "SELECT id FROM record WHERE plan = ? AND prefix = ? AND number = ?", arguments: arguments)
        if let row { try db.execute(sql: "DELETE FROM search WHERE rowid = ?", arguments: [row]) }
        try db.execute(sql: "DELETE FROM record WHERE plan = ? AND prefix = ? AND number = ?", arguments: arguments)
    }

    private func writeOutline(_ plan: Plan, _ prefix: String) throws {
        guard let kind = Kind.withPrefix[prefix] else { return }
        let numbers = plan.records(kind).map { String($0.id.number) }.joined(separator: ",")
        try db.execute(sql: "INSERT OR REPLACE INTO outline VALUES (?, ?, ?)", arguments: [plan.key.text, prefix, numbers])
    }

    private func write(_ text: String, section: String, of key: PlanKey) throws {
        let id = try Int64.fetchOne(
            db,
            sql:
                "INSERT INTO prose (plan, section, text) VALUES (?, ?, ?) ON CONFLICT (plan, section) DO UPDATE SET text = excluded.text RETURNING id",
            arguments: [key.text, section, text])
        if let id { try index(-id, key, "#" + section, SearchText.segmented(text)) }
    }

    private func index(_ row: Int64, _ key: PlanKey, _ place: String, _ body: String) throws {
        try db.cachedStatement(sql: "DELETE FROM search WHERE rowid = ?").execute(arguments: [row])
        try db.cachedStatement(sql: "INSERT INTO search (rowid, plan, place, body) VALUES (?, ?, ?, ?)").execute(arguments: [
            row, key.text, place, body,
        ])
    }

    private func encoded(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}
