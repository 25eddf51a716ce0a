import GRDB

extension PlanStore {
    /// Brings what other processes commit into memory, and publishes it, until the task is cancelled.
    ///
    /// - Parameter interval: how often to look; a look without news reads one number that SQLite keeps in memory.
    public func follow(every interval: Duration = .milliseconds(200)) async throws {
        var known: Int?
        while !_Concurrency.Task.isCancelled {
            // On the writing connection it counts the commits of others alone.
            let version: Int?
            do { version = try await pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA data_version") } } catch {
                throw StoreError.plain(error, of: pool.path)
            }
            if version != known {
                known = version
                try refresh()
            }
            try await _Concurrency.Task.sleep(for: interval)
        }
    }
}
