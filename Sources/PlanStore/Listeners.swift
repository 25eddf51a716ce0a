import PlanModel
import Synchronization

/// A plan has a new revision.
public struct Revision: Sendable, Hashable {
    public let plan: PlanKey
    public let number: Int
}

/// Those who want to know of new revisions: open pages, webhooks.
final class Listeners: Sendable {
    private let continuations = Mutex<[Int: AsyncStream<Revision>.Continuation]>([:])

    func publish(_ plan: PlanKey, revision: Int) {
        let open = continuations.withLock { Array($0.values) }
        for continuation in open { continuation.yield(Revision(plan: plan, number: revision)) }
    }

    func listen() -> AsyncStream<Revision> {
        AsyncStream(bufferingPolicy: .bufferingNewest(64)) { continuation in
            let key = continuations.withLock { open in
                let key = (open.keys.max() ?? 0) + 1
                open[key] = continuation
                return key
            }
            continuation.onTermination = { [weak self] _ in self?.stop(key) }
        }
    }

    private func stop(_ key: Int) { continuations.withLock { _ = $0.removeValue(forKey: key) } }
}

extension PlanStore {
    /// Each commit of this process from now on, until the stream is dropped. A slow listener loses the oldest.
    public func revisions() -> AsyncStream<Revision> { listeners.listen() }
}
