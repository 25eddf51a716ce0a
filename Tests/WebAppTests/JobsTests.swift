import Synchronization
import Testing

@testable import WebApp

@Suite("Long jobs")
struct JobsTests {
    /// Counts up until it is told to end.
    private static func endless(_ runs: Int, _ report: (Double) -> Bool) -> Int {
        var count = 0
        while count < runs, report(0.5) { count += 1 }
        return count
    }

    @Test("who asks the same shares the work and gets the same answer")
    func shared() async throws {
        let jobs = Jobs()
        let started = Mutex(0)
        for _ in 0..<3 {
            let answer = try await jobs.state("a", patience: nil) { _ -> Int in
                started.withLock { $0 += 1 }
                return 7
            }
            guard case .done(7) = answer.state else { return #expect(Bool(false), "\(answer)") }
        }
        #expect(started.withLock { $0 } == 1)
    }

    @Test("a job is followed while it runs, stopped when asked, and runs again only where that is asked")
    func stopped() async throws {
        let jobs = Jobs()
        let first = try await jobs.state("a", patience: .milliseconds(50)) { Self.endless(.max, $0) }
        guard case .running = first.state else { return #expect(Bool(false), "\(first)") }
        #expect(jobs.standing(first.id)?.word == "running" && jobs.standing(first.id)?.part == 0.5)
        #expect(jobs.stop(first.id))
        let after = try await jobs.state("a", patience: nil) { Self.endless(.max, $0) }
        guard case .stopped = after.state else { return #expect(Bool(false), "\(after)") }
        #expect(after.id == first.id && jobs.standing(first.id)?.word == "stopped")
        let again = try await jobs.state("a", isAgain: true, patience: nil) { Self.endless(3, $0) }
        guard case .done(3) = again.state else { return #expect(Bool(false), "\(again)") }
        #expect(again.id != first.id && jobs.standing(again.id)?.word == "done")
        // What is over stays what it is.
        #expect(jobs.stop(again.id) && jobs.standing(again.id)?.word == "done")
        #expect(!jobs.stop("none") && jobs.standing("none") == nil)
    }
}
