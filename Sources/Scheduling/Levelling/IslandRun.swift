import Dispatch
import Foundation
import Synchronization

/// One run: stretches of population search, on any thread, with an exchange after each; beside them, where the network suits it,
/// exact search for something shorter.
struct IslandRun: Sendable {
    let network: SearchNetwork
    let objective: ScheduleObjective
    let bound: Int
    let options: LevellingOptions
    let unit: Int
    let observer: Levelling.Observer?

    struct Outcome {
        var best: Population
        /// Nothing better exists.
        var bound: Int
        var placements = 0
        var wasStopped = false
    }

    private struct Shared {
        var populations: [Population]
        var exact: ExactPart?
        var bound: Int
        var next = 0
        var isStopped = false
        /// What the populations took, all threads together.
        var nanoseconds: UInt64 = 0
    }

    func search() -> Outcome {
        let islands = islandCount
        let settings = SearchSettings(activities: network.count, schedules: expectedSchedules / islands)
        let populations = (0..<islands).map {
            Population(
                settings, count: network.count, isMultiMode: network.isMultiMode,
                seed: options.seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64($0) &* 0xD1B5_4A32_D192_ED03)
        }
        let end = options.seconds.map { DispatchTime.now().uptimeNanoseconds &+ UInt64(max(0, $0) * 1e9) }
        let total = options.schedules.multipliedReportingOverflow(by: network.count)
        var left = total.overflow ? Int.max : total.partialValue
        let stretch = islands == 1 ? max(min(left / 8, network.count * 1024), network.count) : islands * network.count * 4096
        var state = Shared(populations: populations, bound: bound)
        while left > 0, !state.isStopped {
            let step = min(left, stretch) / islands
            guard step > 0 else { break }
            let before = placements(state)
            evolve(&state, settings, step, end)
            left -= max(step, placements(state) - before)
            if let starts = state.exact?.takeStarts() { admit(starts, to: &state.populations[0], settings) }
            if state.populations.contains(where: { isOptimal($0, state.bound) }) { break }
            exchange(&state.populations)
            prepareExact(&state)
        }
        let best = state.populations.min { $0.bestCost < $1.bestCost } ?? populations[0]
        return Outcome(best: best, bound: state.bound, placements: placements(state), wasStopped: state.isStopped)
    }

    private func placements(_ state: Shared) -> Int {
        state.populations.reduce(state.exact?.placements ?? 0) { $0 + $1.placements }
    }

    /// What seconds give at a nominal 40 ns an activity, where they end the search.
    private var expectedSchedules: Int {
        let rate = 25e6 / Double(network.count * network.words)
        return min(options.schedules, Int(min((options.seconds ?? 1e9) * rate, 1e15)) + 1)
    }

    private var islandCount: Int { options.islands ?? (expectedSchedules < 200_000 ? 1 : 4) }

    private func isOptimal(_ population: Population, _ bound: Int) -> Bool {
        population.bestCost.overrun == 0 && population.bestCost.objective <= bound && !objective.hasTies
    }

    /// One stretch of all, by as many threads as there are; which thread does which does not matter.
    private func evolve(_ state: inout Shared, _ settings: SearchSettings, _ step: Int, _ end: UInt64?) {
        state.next = state.exact == nil ? 0 : -1
        let nanoseconds = state.nanoseconds
        state.nanoseconds = 0
        let threads = min(options.threads ?? ThreadCount.cores, state.populations.count + (state.exact == nil ? 0 : 1))
        let bound = state.bound
        let shared = Mutex(state)
        let body: @Sendable () -> Void = {
            while let index = take(shared) {
                let begun = DispatchTime.now().uptimeNanoseconds
                if index < 0 {
                    guard var exact = shared.withLock({ $0.exact.take() }) else { continue }
                    let limit = options.seconds.map { _ in begun &+ UInt64(Double(nanoseconds) / Double(threads) * exact.ratio) }
                    let isProven = exact.advance(step: step, until: limit) { hasEnded(end, shared) }
                    shared.withLock {
                        $0.exact = exact
                        if isProven { $0.bound = exact.makespan }
                    }
                } else {
                    let search = PopulationSearch(
                        network, objective, shared.withLock { $0.populations[index] }, settings, bound: bound)
                    search.advance(placements: step) { isStopped(search, end, shared) }
                    shared.withLock {
                        $0.populations[index] = search.state
                        $0.nanoseconds += DispatchTime.now().uptimeNanoseconds - begun
                    }
                }
            }
        }
        if threads <= 1 { body() } else { DispatchQueue.concurrentPerform(iterations: threads) { _ in body() } }
        state = shared.withLock { $0 }
    }

    private func take(_ shared: borrowing Mutex<Shared>) -> Int? {
        shared.withLock { shared in
            guard shared.next < shared.populations.count else { return nil }
            defer { shared.next += 1 }
            return shared.next
        }
    }

    private func hasEnded(_ end: UInt64?, _ shared: borrowing Mutex<Shared>) -> Bool {
        guard let end, DispatchTime.now().uptimeNanoseconds >= end else { return shared.withLock { $0.isStopped } }
        shared.withLock { $0.isStopped = true }
        return true
    }

    private func isStopped(_ search: PopulationSearch, _ end: UInt64?, _ shared: borrowing Mutex<Shared>) -> Bool {
        if hasEnded(end, shared) { return true }
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

    /// From the first stretch on there is something to be shorter than.
    private func prepareExact(_ state: inout Shared) {
        guard let best = state.populations.map(\.bestCost).min(), best.overrun == 0 else { return }
        if state.exact == nil {
            state.exact = ExactPart(network, objective, makespan: best.objective, isTimed: options.seconds != nil)
        }
        state.exact?.seek(below: best.objective)
    }

    /// What exact search found goes into a population as a list by starts: its schedule is as short.
    private func admit(_ starts: [Int32], to population: inout Population, _ settings: SearchSettings) {
        let search = PopulationSearch(network, objective, population, settings, bound: bound)
        search.admit(starts)
        population = search.state
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
