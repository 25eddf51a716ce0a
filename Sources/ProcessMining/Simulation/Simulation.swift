import Dispatch
import Measures
import Synchronization

/// Runs a process by discrete events, many times, and says what to expect with how much certainty.
///
/// Every chance is drawn from its place: the seed, the run, the case, the step by its name and how often the case was there. Two models run
/// with the same seed therefore meet the same cases (common random numbers), and their difference is known far better than either.
public struct Simulation: Sendable {
    /// Measured cases a run.
    public var cases = 2000
    /// Cases before them, which fill the queues and do not count.
    public var warmUp = 500
    public var runs = 20
    public var seed: UInt64 = 1
    /// Confidence of intervals.
    public var confidence = 0.95

    public init() {}

    /// A mean over the runs with its interval (Student's t over independent replications).
    public struct Estimate: Sendable, Hashable {
        public let mean: Double
        public let low: Double
        public let high: Double

        init(_ values: [Double], confidence: Double) {
            let moments = Moments(values)
            mean = moments.mean
            guard values.count > 1 else {
                (low, high) = (mean, mean)
                return
            }
            let half =
                StudentDistribution(freedom: Double(values.count - 1)).upperQuantile((1 - confidence) / 2) * moments.deviation
                / Double(values.count).squareRoot()
            (low, high) = (mean - half, mean + half)
        }
    }

    public struct Outcome: Sendable {
        /// From arrival to the last end, seconds.
        public let cycleTime, medianCycleTime, p90CycleTime: Estimate
        /// Seconds a case lies in queues or outside working hours.
        public let waiting: Estimate
        public let cost: Estimate
        /// Cases finished a week.
        public let throughput: Estimate
        /// Busy part of its working time, by role.
        public let utilisation: [Estimate]
        /// Seconds waited at each visit, by node; steps that nobody came to are left out.
        public let waitingAt: [Int: Estimate]
        /// The raw results of each run, for differences.
        let results: [RunResult]
    }

    /// To be less as is, run by run.
    public struct Difference: Sendable {
        public let cycleTime, p90CycleTime, waiting, cost: Estimate
        /// By the pairs of roles asked for.
        public let utilisation: [Estimate]
        /// As part of what it is: −0.3 is 30 % less; nil where it is nothing.
        public let cycleTimeChange: Estimate?
    }

    /// - Parameter progress: told after each run how many are done; returning false stops.
    /// - Returns: nil if stopped.
    /// - Throws: what makes the model impossible to run.
    /// - Complexity: O(runs · cases · steps · log(cases at once)); runs spread over all cores, the result is the same on any number.
    public func run(_ model: SimulationModel, progress: @escaping @Sendable (Int) -> Bool = { _ in true }) throws(SimulationModel
        .Flaw) -> Outcome?
    {
        try model.check()
        let results = Mutex<[Int: RunResult]>([:])
        let stopped = Atomic(false)
        DispatchQueue.concurrentPerform(iterations: max(runs, 1)) { number in
            guard !stopped.load(ordering: .relaxed) else { return }
            var run = Run(model, cases: max(cases, 1), warmUp: max(warmUp, 0), seed: Chance.mix(seed, UInt64(number) &+ 1))
            let result = run.result()
            let done = results.withLock { all in
                all[number] = result
                return all.count
            }
            if !progress(done) { stopped.store(true, ordering: .relaxed) }
        }
        guard !stopped.load(ordering: .relaxed) else { return nil }
        return outcome(results.withLock { all in (0..<max(runs, 1)).compactMap { all[$0] } }, model)
    }

    private func outcome(_ results: [RunResult], _ model: SimulationModel) -> Outcome {
        func estimate(_ value: (RunResult) -> Double) -> Estimate { Estimate(results.map(value), confidence: confidence) }
        var waits: [Int: Estimate] = [:]
        for node in model.process.nodes.indices where results.allSatisfy({ $0.waitingAt[node] != nil }) {
            waits[node] = estimate { $0.waitingAt[node] ?? 0 }
        }
        return Outcome(
            cycleTime: estimate { $0.cycleTime.mean }, medianCycleTime: estimate { $0.cycleTime.median },
            p90CycleTime: estimate { $0.cycleTime.p90 },
            waiting: estimate(\.waiting), cost: estimate(\.cost), throughput: estimate(\.throughput),
            utilisation: model.roles.indices.map { role in estimate { $0.utilisation[role] } }, waitingAt: waits, results: results
        )
    }

    /// What the second model changes. Both are to be outcomes of this simulation.
    ///
    /// - Parameter roles: numbers of the roles to compare, as is and to be; those of the same number if left out.
    public func difference(_ asIs: Outcome, _ toBe: Outcome, roles: [(Int, Int)]? = nil) -> Difference {
        let pairs = Array(zip(asIs.results, toBe.results))
        func estimate(_ value: (RunResult) -> Double) -> Estimate {
            Estimate(pairs.map { value($1) - value($0) }, confidence: confidence)
        }
        let roles = roles ?? (0..<min(asIs.utilisation.count, toBe.utilisation.count)).map { ($0, $0) }
        let hasTime = pairs.allSatisfy { $0.0.cycleTime.mean > 0 }
        return Difference(
            cycleTime: estimate { $0.cycleTime.mean }, p90CycleTime: estimate { $0.cycleTime.p90 }, waiting: estimate(\.waiting),
            cost: estimate(\.cost),
            utilisation: roles.map { one, other in
                Estimate(pairs.map { $1.utilisation[other] - $0.utilisation[one] }, confidence: confidence)
            },
            cycleTimeChange: hasTime
                ? Estimate(pairs.map { $1.cycleTime.mean / $0.cycleTime.mean - 1 }, confidence: confidence) : nil)
    }
}

/// What one run comes to.
struct RunResult: Sendable {
    let cycleTime: LogStatistics.Summary
    let waiting: Double
    let cost: Double
    let throughput: Double
    let utilisation: [Double]
    let waitingAt: [Int: Double]
}
