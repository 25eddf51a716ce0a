import Synchronization

/// Long computations that people start, follow and may stop. A job is known by what it computes, so that whoever asks the same thing
/// shares it; what was computed last is kept for whoever asks again. A job that nobody asks about any more is stopped.
final class Jobs: Sendable {
    enum State<Value: Sendable>: Sendable {
        /// The part that is done, 0…1.
        case running(Double)
        /// Ended before anything was found.
        case stopped
        case done(Value)
    }

    /// What has become of a job: the number it is known by, and how it stands.
    struct Standing<Value: Sendable>: Sendable {
        let id: String
        let state: State<Value>
        /// Whether somebody stopped it, so that an answer is what was found by then.
        var wasStopped = false
    }

    /// What a job computes.
    struct Key: Hashable, Sendable {
        /// Of each sort so many are kept.
        let sort: String
        /// What is asked, of which plan.
        var question: [String] = []
        /// All else that the answer depends on: the day, the plans and files as they are.
        var state: [String] = []
    }

    /// What was found, kept apart from nothing having been found: the answer itself may be that there is none.
    private struct Found<Value: Sendable>: Sendable {
        let value: Value
    }

    private final class Job: Sendable {
        let id: String
        let part = Mutex(0.0)
        let isStopped = Mutex(false)
        let lastAsked = Mutex(ContinuousClock.now)
        let hasEnded = Mutex(false)
        let found = Mutex<(any Sendable)?>(nil)
        /// Why it could not be begun.
        let failure = Mutex<(any Error)?>(nil)

        init(id: String) { self.id = id }

        /// Whether to go on: not once it was stopped or nobody has asked for so long, which stops it.
        func goes(on abandonment: Duration) -> Bool {
            let isAbandoned = lastAsked.withLock { $0.duration(to: .now) > abandonment }
            return isStopped.withLock { isStopped in
                isStopped = isStopped || isAbandoned
                return !isStopped
            }
        }

        func state<Value: Sendable>(_: Value.Type) -> State<Value> {
            lastAsked.withLock { $0 = .now }
            if let found = found.withLock({ $0 }) as? Found<Value> { return .done(found.value) }
            return hasEnded.withLock { $0 } ? .stopped : .running(part.withLock { $0 })
        }
    }

    private struct Kept {
        var jobs: [Key: Job] = [:]
        /// Oldest first.
        var order: [Key] = []
        var count = 0
    }

    private let kept = Mutex(Kept())
    /// Of their own, so that jobs and pages do not wait for each other.
    private let workshop = Workshop()
    /// How many of one sort are kept, running or done.
    private static let capacity = 8
    /// How long a job runs that nobody asks about.
    private let abandonment: Duration

    init(abandonment: Duration = .seconds(300)) { self.abandonment = abandonment }

    /// What has become of a job after so long; it is started if nobody has asked for the same yet, or again if it was stopped.
    ///
    /// - Parameters:
    ///   - followed: the number of a job of the same question, which is taken though what it depends on has changed since.
    ///   - isAgain: whether a job that was stopped shall run once more.
    ///   - patience: how long to wait for the end; nil waits for it.
    ///   - work: told how to report the part done; where that answers false, the work is to end with what it has found, or with nil.
    /// - Throws: `Overloaded` where too many wait already; what `work` throws, once, so that whoever asks again has it tried again.
    func state<Value: Sendable>(
        _ key: Key, following followed: String? = nil, isAgain: Bool = false, patience: Duration?,
        _ work: @escaping @Sendable (@escaping @Sendable (Double) -> Bool) throws -> Value?
    ) async throws -> Standing<Value> {
        let (job, isNew) = job(followed.flatMap { begun($0, alike: key) } ?? key, isAgain: isAgain)
        if isNew {
            Task { [abandonment] in
                do {
                    let value = try await workshop.run {
                        try work { part in
                            job.part.withLock { $0 = max($0, part) }
                            return job.goes(on: abandonment)
                        }
                    }
                    job.found.withLock { $0 = value.map { Found(value: $0) } }
                    job.hasEnded.withLock { $0 = true }
                } catch {
                    job.failure.withLock { $0 = error }
                }
            }
        }
        let end = patience.map { ContinuousClock.now + $0 }
        while case .running = job.state(Value.self) {
            if let failure = job.failure.withLock({ $0 }) {
                forget(key)
                throw failure
            }
            guard end.map({ ContinuousClock.now < $0 }) ?? true else { break }
            try await Task.sleep(for: .milliseconds(20))
        }
        return Standing(id: job.id, state: job.state(Value.self), wasStopped: job.isStopped.withLock { $0 })
    }

    /// The key of a job by its number, if it is of the same question.
    private func begun(_ id: String, alike key: Key) -> Key? {
        kept.withLock { kept in
            kept.jobs.first { $0.value.id == id && $0.key.sort == key.sort && $0.key.question == key.question }?.key
        }
    }

    private func job(_ key: Key, isAgain: Bool) -> (Job, isNew: Bool) {
        kept.withLock { kept in
            if let known = kept.jobs[key], !(isAgain && known.isStopped.withLock { $0 }) { return (known, false) }
            kept.count += 1
            let made = Job(id: String(kept.count))
            kept.order.removeAll { $0 == key }
            kept.order.append(key)
            kept.jobs[key] = made
            let alike = kept.order.filter { $0.sort == key.sort }
            if alike.count > Self.capacity, let oldest = alike.first {
                kept.order.removeAll { $0 == oldest }
                kept.jobs.removeValue(forKey: oldest)?.isStopped.withLock { $0 = true }
            }
            return (made, true)
        }
    }

    private func forget(_ key: Key) {
        kept.withLock { kept in
            kept.jobs[key] = nil
            kept.order.removeAll { $0 == key }
        }
    }

    /// How a job stands, in a word for programs (`running`, `stopping`, `stopped` or `done`), and the part of it that is done; nil where
    /// there is no such job.
    func standing(_ id: String) -> (word: String, part: Double)? {
        guard let job = find(id) else { return nil }
        job.lastAsked.withLock { $0 = .now }
        let part = job.part.withLock { $0 }
        guard job.hasEnded.withLock({ $0 }) else { return (job.isStopped.withLock { $0 } ? "stopping" : "running", part) }
        return job.found.withLock { $0 != nil } ? ("done", 1) : ("stopped", part)
    }

    /// - Returns: whether there was such a job.
    func stop(_ id: String) -> Bool {
        guard let job = find(id) else { return false }
        if !job.hasEnded.withLock({ $0 }) { job.isStopped.withLock { $0 = true } }
        return true
    }

    private func find(_ id: String) -> Job? { kept.withLock { $0.jobs.values.first { $0.id == id } } }
}
