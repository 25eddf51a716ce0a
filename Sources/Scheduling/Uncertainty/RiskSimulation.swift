import Dispatch
import Synchronization

/// What to simulate and when to stop.
public struct SimulationOptions: Sendable {
    /// At most so many runs.
    public var runs: Int
    /// The same seed gives the same result, whatever the number of threads.
    public var seed: UInt64
    /// `nil` for one per core.
    public var threads: Int?
    /// Stop when the figures are precise enough.
    public var convergence: ConvergenceRule?
    /// Activities whose finish is wanted.
    public var milestones: [Int]
    /// Whether to find critical activities and the effect of each source; about doubles the time.
    public var sensitivity: Bool
    /// Follow the use of the cost reserve.
    public var drawDown: DrawDownRequest?

    public init(
        runs: Int = 10_000, seed: UInt64 = 1, threads: Int? = nil, convergence: ConvergenceRule? = nil, milestones: [Int] = [],
        sensitivity: Bool = true, drawDown: DrawDownRequest? = nil
    ) {
        self.runs = runs
        self.seed = seed
        self.threads = threads
        self.convergence = convergence
        self.milestones = milestones
        self.sensitivity = sensitivity
        self.drawDown = drawDown
    }
}

/// Enough runs are enough: the 95 % confidence intervals of mean and P80 of the finish are both narrow.
public struct ConvergenceRule: Sendable, Hashable {
    /// Half width allowed, as a share of the mean finish.
    public var tolerance: Double
    /// Not before so many runs; at least four batches of 1024 are always made.
    public var atLeastRuns: Int

    public init(tolerance: Double = 0.002, atLeastRuns: Int = 4096) {
        self.tolerance = tolerance
        self.atLeastRuns = atLeastRuns
    }
}

/// At which times to look at the cost reserve.
public struct DrawDownRequest: Sendable, Hashable {
    /// Ascending, working minutes since the project's start; usually the ends of months.
    public var checkpoints: [Int]
    public var confidence: Double
    /// The reserve held; `nil` for the one that gives the confidence.
    public var reserve: Double?

    public init(checkpoints: [Int], confidence: Double = 0.8, reserve: Double? = nil) {
        self.checkpoints = checkpoints
        self.confidence = confidence
        self.reserve = reserve
    }
}

/// Told after every 1024 runs.
public struct SimulationProgress: Sendable, Hashable {
    public let runsDone: Int
    public let runsAtMost: Int
    /// The part of all that is to be simulated which is done, 0…1.
    public let part: Double

    init(runsDone: Int, runsAtMost: Int, part: Double? = nil) {
        self.runsDone = runsDone
        self.runsAtMost = runsAtMost
        self.part = part ?? Double(runsDone) / Double(max(runsAtMost, 1))
    }

    /// The same as the first half of the work, or as the second.
    func half(_ number: Int) -> SimulationProgress {
        SimulationProgress(runsDone: runsDone, runsAtMost: runsAtMost, part: (Double(number) + part) / 2)
    }
}

public enum SimulationControl: Sendable, Hashable {
    case proceed, stop
}

/// Monte Carlo simulation of a plan's duration and cost.
///
/// Latin hypercube draws in batches of 1024 runs; within a batch 64 runs at a time go through the network side by side. A simulated
/// finish is the longest path under that run's durations, so the bias of adding up mean durations along one path does not arise.
///
/// - Complexity: O(runs × (activities + links)) time; 12 bytes × 64 per activity and thread, 20 bytes per run and, with
///   sensitivity, 28 per activity and 1024 runs.
/// - Source: van Slyke 1963 for the method; McKay, Beckman & Conover 1979 for the draws.
public enum RiskSimulation {
    static let maximalRuns = 1 << 28

    public typealias Observer = @Sendable (SimulationProgress) -> SimulationControl

    /// - Parameters:
    ///   - plan: activities, links, risks; see ``UncertainPlan`` for the units.
    ///   - options: runs, seed, threads, what is wanted.
    ///   - observer: called now and then from any thread; returns `.stop` to end with the runs made so far.
    /// - Throws: ``UncertaintyError``; nothing is simulated then.
    public static func run(
        _ plan: UncertainPlan, options: SimulationOptions = SimulationOptions(), observer: Observer? = nil
    ) throws(UncertaintyError) -> SimulationResult {
        try run(plan, price: 0, options, observer)
    }

    /// Simulates the plan as it is, and as it is once every risk's response is carried out, on the same draws.
    public static func compareResponses(
        _ plan: UncertainPlan, options: SimulationOptions = SimulationOptions(), observer: Observer? = nil
    ) throws(UncertaintyError) -> ResponseComparison {
        let responded = plan.withResponses()
        func half(_ number: Int) -> Observer? {
            guard let observer else { return nil }
            return { observer($0.half(number)) }
        }
        let before = try run(plan, price: 0, options, half(0))
        let after = try run(responded.plan, price: responded.price, options, half(1))
        return ResponseComparison(before: before, after: after)
    }

    private static func run(
        _ plan: UncertainPlan, price: Double, _ options: SimulationOptions, _ observer: Observer?
    ) throws(UncertaintyError) -> SimulationResult {
        guard (1...maximalRuns).contains(options.runs), options.threads ?? 1 > 0 else { throw .nothingToRun }
        for activity in options.milestones where !plan.activities.indices.contains(activity) { throw .unknownActivity(activity) }
        let compiled = try PlanCompiler.compile(plan, seed: options.seed, price: price)
        let simulation = BatchSimulation(
            plan: compiled, milestones: options.milestones.map { Int(compiled.position[$0]) },
            checkpoints: (options.drawDown?.checkpoints ?? []).sorted().map(Lanes.clamped),
            wantsSensitivity: options.sensitivity, plannedFinish: compiled.plannedFinish(), hasCosts: compiled.hasCosts)
        let batches = BatchRunner.run(simulation, options, observer)
        return ResultAssembly(simulation: simulation, options: options, outcomes: batches.outcomes).result(batches.ending)
    }
}

/// Shares batches among threads. Each takes the next free one; outcomes are put in order afterwards, and a stop always keeps a run of
/// batches from the first on, so the result depends on neither number nor speed of the threads.
enum BatchRunner {
    private struct Collector {
        var next = 0
        var outcomes: [BatchOutcome?]
        /// Batches from the first on that are done.
        var contiguous = 0
        /// Batches to keep once that is decided early.
        var enough: Int?
        var ending = SimulationResult.Ending.complete
    }

    static func run(
        _ simulation: BatchSimulation, _ options: SimulationOptions, _ observer: RiskSimulation.Observer?
    ) -> (outcomes: [BatchOutcome], ending: SimulationResult.Ending) {
        let size = RandomStrata.batchSize
        let batches = (options.runs + size - 1) / size
        let collector = Mutex(Collector(outcomes: [BatchOutcome?](repeating: nil, count: batches)))
        Threads.perform(min(options.threads ?? ThreadCount.cores, batches)) {
            let workspace = simulation.makeWorkspace()
            while let batch = collector.withLock({ take(&$0, batches) }) {
                let runs = min(size, options.runs - batch * size)
                let outcome = simulation.simulate(batch: batch, runs: runs, in: workspace)
                let done = collector.withLock { put(outcome, batch, &$0, options.convergence) }
                if let observer,
                    observer(SimulationProgress(runsDone: min(done * size, options.runs), runsAtMost: options.runs)) == .stop
                {
                    collector.withLock { stop(&$0) }
                }
            }
        }
        return collector.withLock { state in
            (state.outcomes.prefix(state.enough ?? batches).compactMap { $0 }, state.ending)
        }
    }

    private static func take(_ state: inout Collector, _ batches: Int) -> Int? {
        guard state.enough == nil, state.next < batches else { return nil }
        state.next += 1
        return state.next - 1
    }

    /// - Returns: batches done.
    private static func put(_ outcome: BatchOutcome, _ batch: Int, _ state: inout Collector, _ rule: ConvergenceRule?) -> Int {
        state.outcomes[batch] = outcome
        while state.contiguous < state.outcomes.count, state.outcomes[state.contiguous] != nil {
            state.contiguous += 1
            guard let rule, state.enough == nil, state.contiguous * RandomStrata.batchSize >= rule.atLeastRuns else { continue }
            let done = state.outcomes.prefix(state.contiguous).compactMap { $0?.finish }
            if rule.isSatisfied(by: done) {
                state.enough = state.contiguous
                state.ending = state.contiguous < state.outcomes.count ? .converged : .complete
            }
        }
        return state.outcomes.count { $0 != nil }
    }

    private static func stop(_ state: inout Collector) {
        guard state.enough == nil, state.contiguous < state.outcomes.count else { return }
        // The first batch was taken before any other and is finished in any case.
        state.enough = max(state.contiguous, 1)
        state.ending = .stopped
    }
}

extension ConvergenceRule {
    /// - Parameter batches: the finishes of each batch.
    func isSatisfied(by batches: [[Float]]) -> Bool {
        guard let precision = SimulationPrecision(batches: batches) else { return false }
        let sum = batches.reduce(0.0) { $0 + $1.reduce(0.0) { $0 + Double($1) } }
        let allowed = tolerance * sum / Double(batches.reduce(0) { $0 + $1.count })
        return precision.meanFinish <= allowed && precision.finishP80 <= allowed
    }
}

extension SimulationPrecision {
    /// Batches are independent, so the spread of their figures says how far their average may be off (Student's t).
    init?(batches: [[Float]]) {
        let full = batches.filter { $0.count == RandomStrata.batchSize }
        guard full.count >= 4 else { return nil }
        let means = full.map { $0.reduce(0.0) { $0 + Double($1) } / Double($0.count) }
        let quantiles = full.map { Double($0.sorted()[$0.count * 4 / 5]) }
        self.init(meanFinish: Self.halfWidth(means), finishP80: Self.halfWidth(quantiles))
    }

    private static func halfWidth(_ values: [Double]) -> Double {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        // The 97.5 % point of Student's t with ν degrees of freedom: Cornish and Fisher's expansion, within 1 % for ν ≥ 3.
        let (z, freedom) = (1.959964, count - 1)
        let (z3, z5) = (z * z * z, z * z * z * z * z)
        let third = (3 * z5 * z * z + 19 * z5 + 17 * z3 - 15 * z) / (384 * freedom * freedom * freedom)
        let t = z + (z3 + z) / (4 * freedom) + (5 * z5 + 16 * z3 + 3 * z) / (96 * freedom * freedom) + third
        return t * (variance / count).squareRoot()
    }
}
