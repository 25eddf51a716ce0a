import Foundation
import Synchronization
import Testing

@testable import WebApp

@Suite("Long jobs")
struct JobsTests {
    /// Counts up; nothing is found where it is told to end before.
    private static func endless(_ runs: Int, _ report: (Double) -> Bool) -> Int? {
        var count = 0
        while count < runs, report(0.5) {
            count += 1
            Thread.sleep(forTimeInterval: 0.001)
        }
        return count < runs ? nil : count
    }

    @Test("who asks the same shares the work and gets the same answer")
    func shared() async throws {
        let jobs = Jobs()
        let started = Mutex(0)
        for _ in 0..<3 {
            let answer = try await jobs.state(Jobs.Key(sort: "a"), patience: nil) { _ -> Int in
                started.withLock { $0 += 1 }
                return 7
            }
            guard case .done(7) = answer.state else { return #expect(Bool(false), "\(answer)") }
        }
        #expect(started.withLock { $0 } == 1)
    }

    @Test("a job is followed while it runs, stopped when asked, and runs again only where that is asked")
    func stopped() async throws {
        // However long the machine takes, it is not taken for abandoned.
        let jobs = Jobs(abandonment: .seconds(3600))
        let first = try await jobs.state(Jobs.Key(sort: "a"), patience: .milliseconds(50)) { Self.endless(.max, $0) }
        guard case .running = first.state else { return #expect(Bool(false), "\(first)") }
        // A machine that has other things to do takes a while to begin.
        for _ in 0..<1000 where jobs.standing(first.id)?.part != 0.5 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(jobs.standing(first.id)?.word == "running" && jobs.standing(first.id)?.part == 0.5)
        #expect(jobs.stop(first.id))
        let after = try await jobs.state(Jobs.Key(sort: "a"), patience: nil) { Self.endless(.max, $0) }
        guard case .stopped = after.state else { return #expect(Bool(false), "\(after)") }
        #expect(after.id == first.id && jobs.standing(first.id)?.word == "stopped")
        let again = try await jobs.state(Jobs.Key(sort: "a"), isAgain: true, patience: nil) { Self.endless(3, $0) }
        guard case .done(3) = again.state else { return #expect(Bool(false), "\(again)") }
        #expect(again.id != first.id && jobs.standing(again.id)?.word == "done")
        // What is over stays what it is.
        #expect(jobs.stop(again.id) && jobs.standing(again.id)?.word == "done")
        #expect(!jobs.stop("none") && jobs.standing("none") == nil)
    }

    @Test("what is done of a job never becomes less, whatever its stages report")
    func monotonous() async throws {
        let jobs = Jobs(abandonment: .seconds(3600))
        let count = Mutex(0)
        let job = try await jobs.state(Jobs.Key(sort: "a"), patience: .zero) { report -> Int? in
            _ = [0.2, 0.9, 0.1].map(report)
            while report(0) {
                count.withLock { $0 += 1 }
                Thread.sleep(forTimeInterval: 0.001)
            }
            return nil
        }
        while count.withLock({ $0 }) == 0 { try await Task.sleep(for: .milliseconds(5)) }
        #expect(jobs.standing(job.id)?.part == 0.9)
        #expect(jobs.stop(job.id))
    }

    private struct Broken: Error {}

    @Test("what fails is told to whoever asks, and is tried again by the next")
    func failing() async throws {
        let jobs = Jobs()
        let tries = Mutex(0)
        @Sendable func work(_ report: (Double) -> Bool) throws -> Int? {
            let count = tries.withLock { tries in
                tries += 1
                return tries
            }
            if count < 3 { throw Broken() }
            return count
        }
        await #expect(throws: Broken.self) { try await jobs.state(Jobs.Key(sort: "a"), patience: nil, work) }
        // One that was not waited for fails behind the back of who began it, and is told to who asks next.
        _ = try? await jobs.state(Jobs.Key(sort: "a"), patience: .zero, work)
        while tries.withLock({ $0 }) < 2 { try await Task.sleep(for: .milliseconds(5)) }
        _ = try? await jobs.state(Jobs.Key(sort: "a"), patience: nil, work)
        let after = try await jobs.state(Jobs.Key(sort: "a"), patience: nil, work)
        guard case .done(3) = after.state else { return #expect(Bool(false), "\(after)") }
    }

    @Test("of each sort the newest are kept")
    func kept() async throws {
        let jobs = Jobs()
        let made = Mutex(0)
        @Sendable func work(_ report: (Double) -> Bool) -> Int? {
            made.withLock { made in
                made += 1
                return made
            }
        }
        _ = try await jobs.state(Jobs.Key(sort: "a", state: ["0"]), patience: nil, work)
        for number in 1...20 { _ = try await jobs.state(Jobs.Key(sort: "b", state: ["\(number)"]), patience: nil, work) }
        _ = try await jobs.state(Jobs.Key(sort: "a", state: ["0"]), patience: nil, work)
        #expect(made.withLock { $0 } == 21, "another sort has pushed it out")
        _ = try await jobs.state(Jobs.Key(sort: "b", state: ["20"]), patience: nil, work)
        #expect(made.withLock { $0 } == 21)
        _ = try await jobs.state(Jobs.Key(sort: "b", state: ["1"]), patience: nil, work)
        #expect(made.withLock { $0 } == 22, "the oldest of its sort is made again")
    }

    @Test("a job that is followed is taken though what it depends on has changed, for the same question alone")
    func followed() async throws {
        let jobs = Jobs()
        func ask(_ question: String, _ state: String, following: String? = nil) async throws -> String {
            let key = Jobs.Key(sort: "a", question: [question], state: [state])
            let standing = try await jobs.state(key, following: following, patience: nil) { _ in state }
            guard case .done(let answer) = standing.state else { return "" }
            return answer + standing.id
        }
        #expect(try await ask("plan", "r1") == "r11")
        #expect(try await ask("plan", "r2", following: "1") == "r11")
        #expect(try await ask("plan", "r2") == "r22")
        #expect(try await ask("other", "r2", following: "1") == "r23")
        #expect(try await ask("plan", "r2", following: "99") == "r22")
    }

    @Test("a job that nobody asks about any more ends by itself and keeps what it has found")
    func abandoned() async throws {
        let jobs = Jobs(abandonment: .milliseconds(200))
        let ended = Mutex(false)
        @Sendable func search(_ report: (Double) -> Bool) -> Int? {
            while report(0.5) { Thread.sleep(forTimeInterval: 0.001) }
            ended.withLock { $0 = true }
            return 7
        }
        _ = try await jobs.state(Jobs.Key(sort: "a"), patience: .zero, search)
        while !ended.withLock({ $0 }) { try await Task.sleep(for: .milliseconds(10)) }
        let after = try await jobs.state(Jobs.Key(sort: "a"), patience: nil, search)
        guard case .done(7) = after.state else { return #expect(Bool(false), "\(after)") }
        #expect(after.wasStopped)
    }

    @Test("what was found before a job was stopped is its answer, until it is asked for again")
    func foundBefore() async throws {
        let jobs = Jobs()
        @Sendable func search(_ report: (Double) -> Bool) -> Int? {
            var best = 1
            while report(0.1) {
                best += 1
                Thread.sleep(forTimeInterval: 0.001)
            }
            return best
        }
        let first = try await jobs.state(Jobs.Key(sort: "a"), patience: .milliseconds(50), search)
        #expect(jobs.stop(first.id))
        let after = try await jobs.state(Jobs.Key(sort: "a"), patience: nil, search)
        guard case .done(let best) = after.state else { return #expect(Bool(false), "\(after)") }
        #expect(after.wasStopped && best > 0 && jobs.standing(first.id)?.word == "done")
        let again = try await jobs.state(Jobs.Key(sort: "a"), isAgain: true, patience: .zero, search)
        #expect(again.id != first.id && !again.wasStopped)
        #expect(jobs.stop(again.id))
    }
}
