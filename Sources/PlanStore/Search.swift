import GRDB
import PlanModel

/// Where a search found something: a record, a section's prose (`section` set), or a plan as a whole.
public struct SearchHit: Sendable, Hashable {
    public let plan: PlanKey
    public let record: RecordID?
    public let section: String?

    /// As many as one answer holds if nothing else is asked.
    public static let most = 50
}

extension PlanStore {
    /// Finds records and prose that contain every word; words of two Chinese characters are found. Best matches first.
    ///
    /// - Parameter start: how many of them to pass over.
    public func search(_ text: String, in key: PlanKey? = nil, from start: Int = 0, limit: Int = SearchHit.most) throws
        -> [SearchHit]
    {
        guard let query = SearchText.query(text) else { return [] }
        return try read { db in
            let rows = try Row.fetchAll(
                db,
                sql:
                    "SELECT plan, place FROM search WHERE search MATCH ? \(key == nil ? "" : "AND plan = ?") ORDER BY rank, rowid LIMIT ? OFFSET ?",
                arguments: StatementArguments([query] + (key.map { [$0.text] } ?? [])) + [limit, start])
            return rows.compactMap { row in
                guard let plan = PlanKey(row[0] as String) else { return nil }
                let place: String = row[1]
                if place.hasPrefix("#") { return SearchHit(plan: plan, record: nil, section: String(place.dropFirst())) }
                return SearchHit(plan: plan, record: RecordID(place, in: plan), section: nil)
            }
        }
    }

    /// How many places a search finds in all.
    public func searchCount(_ text: String) throws -> Int {
        guard let query = SearchText.query(text) else { return 0 }
        return try read { db in
            try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM search WHERE search MATCH ?", arguments: [query]) ?? 0
        }
    }
}
