import Dispatch
import Foundation
import Synchronization

/// Resource levelling: the resource-constrained project scheduling problem in single and multiple modes.
///
/// Priority-rule sampling, then genetic search with forward–backward improvement on several populations that exchange their best; a
/// proven lower bound. `docs/levelling.md` tells the method and its sources.
public enum Levelling {
    public typealias Observer = @Sendable (LevellingProgress) -> LevellingControl

    /// - Parameters:
    ///   - problem: activities, links, capacities and the aim; see ``LevellingProblem`` for the units.
    ///   - options: schedules, seconds, threads, seed. Without `seconds` the same seed gives the same result on any machine.
    ///   - observer: called now and then from any thread; returns `.stop` to end with the best found so far.
    /// - Throws: ``LevellingError``; nothing is searched then.
    /// - Complexity: O(schedules × (activities × wait + links)) time; periods × 8 bytes per four capacities and thread.
    public static func run(
        _ problem: LevellingProblem, options: LevellingOptions = LevellingOptions(), observer: Observer? = nil
    ) throws(LevellingError) -> LevellingResult {
        guard options.schedules > 0, options.threads ?? 1 > 0, options.islands ?? 1 > 0 else { throw .nothingToSearch }
        try SearchNetwork.check(problem)
        let unit = TimeUnit(of: problem)
        let scaled = unit.divide(problem)
        let network = try SearchNetwork(scaled)
        guard network.count > 0 else { return .empty }
        let objective = ScheduleObjective(scaled)
        let bounds = LowerBound(scaled, network)
        let first = firstSchedule(network, objective)
        let bound = bounds.value(objective, known: first.bestCost.objective)
        let run = IslandRun(
            network: network, objective: objective, bound: bound, options: options, unit: unit.size, observer: observer)
        let (best, placements, wasStopped) = run.search()
        var result = ScheduleReading(scaled, network, objective).result(best)
        result.lowerBound = result.overruns.isEmpty ? min(bound, result.objective) : bound
        result.schedulesGenerated = (placements + network.count - 1) / network.count
        result.wasStopped = wasStopped
        unit.multiply(&result)
        result.moves = MoveReasons(problem: problem, result: result).moves()
        return result
    }

    /// What priority rules alone give: latest start first, one schedule and its forward–backward improvement.
    private static func firstSchedule(_ network: SearchNetwork, _ objective: ScheduleObjective) -> Population {
        let state = Population(size: 1, count: network.count, isMultiMode: network.isMultiMode, seed: 0)
        let search = PopulationSearch(
            network, objective, state, SearchSettings(activities: network.count, schedules: 1), bound: 0)
        search.advance(placements: 1, isStopped: { false })
        return search.state
    }
}

extension LevellingResult {
    static let empty = LevellingResult(
        starts: [], finishes: [], modes: [], parts: [], makespan: 0, objective: 0, lowerBound: 0, moves: [], overruns: [],
        schedulesGenerated: 0, wasStopped: false)
}

/// The populations of one run: a stretch of search for each, on any thread, then an exchange, and so on.
struct IslandRun: Sendable {
    let network: SearchNetwork
    let objective: ScheduleObjective
    let bound: Int
    let options: LevellingOptions
    let unit: Int
    let observer: Levelling.Observer?

    private struct Shared {
        var populations: [Population]
        var next = 0
        var isStopped = false
    }

    func search() -> (best: Population, placements: Int, wasStopped: Bool) {
        let islands = islandCount
        let settings = SearchSettings(activities: network.count, schedules: expectedSchedules / islands)
        let count = network.count
        var populations = (0..<islands).map {
            Population(
                size: settings.populationSize, count: count, isMultiMode: network.isMultiMode,
                seed: options.seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64($0) &* 0xD1B5_4A32_D192_ED03)
        }
        let threads = min(options.threads ?? ThreadCount.cores, islands)
        let end = options.seconds.map { DispatchTime.now().uptimeNanoseconds &+ UInt64(max(0, $0) * 1e9) }
        let total = options.schedules.multipliedReportingOverflow(by: count)
        var left = total.overflow ? Int.max : total.partialValue
        let stretch = islands == 1 ? max(count * 1024, count) : islands * count * 4096
        var wasStopped = false
        while left > 0, !wasStopped {
            let step = min(left, stretch) / islands
            guard step > 0 else { break }
            let before = populations.reduce(0) { $0 + $1.placements }
            (populations, wasStopped) = evolve(populations, settings, step, threads, end)
            left -= max(step, populations.reduce(0) { $0 + $1.placements } - before)
            if populations.contains(where: isOptimal) { break }
            exchange(&populations)
        }
        let best = populations.indices.min { populations[$0].bestCost < populations[$1].bestCost } ?? 0
        return (populations[best], populations.reduce(0) { $0 + $1.placements }, wasStopped)
    }

    /// What seconds give at a nominal 40 ns an activity, where they end the search.
    private var expectedSchedules: Int {
        let rate = 25e6 / Double(network.count * network.words)
        return min(options.schedules, Int(min((options.seconds ?? 1e9) * rate, 1e15)) + 1)
    }

    private var islandCount: Int { options.islands ?? (expectedSchedules < 200_000 ? 1 : 4) }

    private func isOptimal(_ population: Population) -> Bool {
        population.bestCost.overrun == 0 && population.bestCost.objective <= bound && !objective.hasTies
    }

    /// One stretch of every population, by as many threads as there are; which thread does which does not matter.
    private func evolve(_ populations: [Population], _ settings: SearchSettings, _ step: Int, _ threads: Int, _ end: UInt64?) -> (
        populations: [Population], isStopped: Bool
    ) {
        let shared = Mutex(Shared(populations: populations))
        let body: @Sendable () -> Void = {
            while let (index, population) = take(shared) {
                let search = PopulationSearch(network, objective, population, settings, bound: bound)
                search.advance(placements: step) { isStopped(search, end, shared) }
                shared.withLock { $0.populations[index] = search.state }
            }
        }
        if threads <= 1 { body() } else { DispatchQueue.concurrentPerform(iterations: threads) { _ in body() } }
        return shared.withLock { ($0.populations, $0.isStopped) }
    }

    private func take(_ shared: borrowing Mutex<Shared>) -> (Int, Population)? {
        shared.withLock { shared in
            guard shared.next < shared.populations.count else { return nil }
            defer { shared.next += 1 }
            return (shared.next, shared.populations[shared.next])
        }
    }

    private func isStopped(_ search: PopulationSearch, _ end: UInt64?, _ shared: borrowing Mutex<Shared>) -> Bool {
        if let end, DispatchTime.now().uptimeNanoseconds >= end {
            shared.withLock { $0.isStopped = true }
            return true
        }
        guard let observer else { return false }
        let done = (search.state.placements + search.decoder.placements) / network.count
        let best = search.state.bestCost.objective
        let control = observer(
            LevellingProgress(
                schedulesGenerated: done, schedulesAtMost: options.schedules,
                bestObjective: best == .max ? best : best * unit, lowerBound: bound * unit))
        if control == .stop { shared.withLock { $0.isStopped = true } }
        return control == .stop
    }

    /// Each population's best takes the place of the worst of the next, in a ring.
    private func exchange(_ populations: inout [Population]) {
        guard populations.count > 1 else { return }
        let count = network.count
        let emigrants = populations.map { population -> (Int, Population) in
            (population.costs.indices.min { population.costs[$0] < population.costs[$1] } ?? 0, population)
        }
        for index in populations.indices {
            let (best, source) = emigrants[(index + populations.count - 1) % populations.count]
            guard !populations[index].hashes.contains(source.hashes[best]), source.costs[best].objective != .max else { continue }
            let worst = populations[index].costs.indices.max { populations[index].costs[$0] < populations[index].costs[$1] } ?? 0
            populations[index].costs[worst] = source.costs[best]
            populations[index].hashes[worst] = source.hashes[best]
            for position in 0..<count {
                populations[index].lists[worst * count + position] = source.lists[best * count + position]
                populations[index].starts[worst * count + position] = source.starts[best * count + position]
                if network.isMultiMode {
                    populations[index].modes[worst * count + position] = source.modes[best * count + position]
                }
            }
        }
    }
}
