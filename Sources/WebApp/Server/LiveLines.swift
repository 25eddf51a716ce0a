import Hummingbird
import PlanModel
import PlanStore
import ServiceLifecycle
import Synchronization

/// The open lines by which pages hear of new revisions: so many at most, each with a sign of life now and then,
/// so that one whose page has gone is noticed and closed.
final class LiveLines: Sendable {
    private let limit: Int
    private let beat: Duration
    private let open = Mutex(0)

    init(limit: Int = 256, beat: Duration = .seconds(15)) {
        self.limit = limit
        self.beat = beat
    }

    /// One open line; it is free again when nobody holds it.
    private final class Line: Sendable {
        private let lines: LiveLines
        init(_ lines: LiveLines) { self.lines = lines }
        deinit { lines.open.withLock { $0 -= 1 } }
    }

    /// Server-sent events: the plan's revision now, and each that follows.
    ///
    /// - Throws: `Overloaded` where too many lines are open.
    func response(_ key: PlanKey, of store: PlanStore) throws -> Response {
        let isFree = open.withLock { open in
            guard open < limit else { return false }
            open += 1
            return true
        }
        guard isFree else { throw Overloaded() }
        let line = Line(self)
        // Listening begins before the revision is read, so that none falls between.
        let revisions = store.revisions()
        let beat = beat
        return Response(
            status: .ok, headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: .init { writer in
                let (events, push) = AsyncStream<Int?>.makeStream(bufferingPolicy: .bufferingNewest(16))
                let hearing = Task { for await revision in revisions where revision.plan == key { push.yield(revision.number) } }
                let beating = Task {
                    while true {
                        try await Task.sleep(for: beat)
                        push.yield(nil)
                    }
                }
                defer {
                    hearing.cancel()
                    beating.cancel()
                    _ = line
                }
                let present = store[key]?.revision ?? 0
                try await writer.write(ByteBuffer(string: "retry: 2000\nevent: revision\ndata: \(present)\n\n"))
                // An open page must not keep the server from stopping.
                for try await event in events.cancelOnGracefulShutdown() {
                    let text = event.map { "event: revision\ndata: \($0)\n\n" } ?? ": still here\n\n"
                    try await writer.write(ByteBuffer(string: text))
                }
                try await writer.finish(nil)
            })
    }
}
