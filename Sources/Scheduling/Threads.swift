import Dispatch

/// Threads of their own for long computations.
///
/// The system's pool has as many threads as there are cores, and whatever is asked meanwhile, such as to stop, is answered on them: a
/// computation that took these would not hear of it. Serial queues are given threads beside the pool.
enum Threads {
    /// Runs `body` on so many threads at once, the calling one among them, until all have ended.
    static func perform(_ count: Int, _ body: @Sendable () -> Void) {
        withoutActuallyEscaping(body) { body in
            let group = DispatchGroup()
            for _ in 1..<max(count, 1) { DispatchQueue(label: "computation").async(group: group) { body() } }
            body()
            group.wait()
        }
    }
}
