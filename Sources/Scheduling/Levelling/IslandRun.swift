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
        var populations: [Population] = []
        var exact: ExactPart?
        var bound: Int
        var next = 0
        var isStopped = false
        /// Of populations that are no more.
        var placements = 0
        /// What the populations took in the last stretch, all threads together.
        var nanoseconds: UInt64 = 0
    }

    /// Where schedules are counted, one round of all of them. Where time is the limit nobody knows how many there will be: rounds of three
    /// times as many each, every one with new populations, larger ones, that inherit the best.
    func search() -> Outcome {
        let end = options.seconds.map { DispatchTime.now().uptimeNanoseconds &+ UInt64(max(0, $0) * 1e9) }
        var state = Shared(bound: bound)
        var schedules = end == nil ? options.schedules : min(options.schedules, 5_000)
        var left = options.schedules
        var number: UInt64 = 0
        while left > 0, !state.isStopped, !isDone(state) {
            evolve(&state, round: number, schedules: min(schedules, left), end)
            left -= min(schedules, left)
            schedules = schedules.multipliedReportingOverflow(by: 3).overflow ? .max : schedules * 3
            number += 1
        }
        let best = best(state)
        return Outcome(best: best, bound: state.bound, placements: placements(state), wasStopped: state.isStopped)
    }

    private func best(_ state: Shared) -> Population {
        state.populations.min { $0.bestCost < $1.bestCost }
            ?? population(SearchSettings(activities: network.count, schedules: 1), 0)
    }

    private func population(_ settings: SearchSettings, _ number: UInt64) -> Population {
        Population(
            settings, count: network.count, isMultiMode: network.isMultiMode,
            seed: options.seed &* 0x9E37_79B9_7F4A_7C15 &+ number &* 0xD1B5_4A32_D192_ED03)
    }

    private func evolve(_ state: inout Shared, round: UInt64, schedules: Int, _ end: UInt64?) {
        let islands = options.islands ?? (schedules < 200_000 ? 1 : 4)
        let settings = SearchSettings(activities: network.count, schedules: schedules / islands)
        let parent = round == 0 ? nil : best(state)
        state.placements += state.populations.reduce(0) { $0 + $1.placements }
        state.populations = (0..<islands).map { population(settings, round &* 64 &+ UInt64($0)) }
        if let parent {
            for index in state.populations.indices {
                admit(parent.bestList, parent.bestModes, to: &state.populations[index], settings)
            }
        }
        let total = schedules.multipliedReportingOverflow(by: network.count)
        var left = total.overflow ? Int.max : total.partialValue
        let stretch = islands == 1 ? max(min(left / 8, network.count * 1024), network.count) : islands * network.count * 4096
        while left > 0, !state.isStopped {
            let step = min(left, stretch) / islands
            guard step > 0 else { break }
            let before = placements(state)
            advance(&state, settings, step, end)
            left -= max(step, placements(state) - before)
            if let starts = state.exact?.takeStarts() {
                let list = starts.indices.sorted { (starts[$0], $0) < (starts[$1], $1) }.map { Int32($0) }
                admit(list, [], to: &state.populations[0], settings)
            }
            if isDone(state) { break }
            exchange(&state.populations)
            prepareExact(&state)
        }
    }

    private func isDone(_ state: Shared) -> Bool { state.populations.contains { isOptimal($0, state.bound) } }

    private func placements(_ state: Shared) -> Int {
        state.populations.reduce(state.placements + (state.exact?.placements ?? 0)) { $0 + $1.placements }
    }

    private func isOptimal(_ population: Population, _ bound: Int) -> Bool {
        population.bestCost.overrun == 0 && population.bestCost.objective <= bound && !objective.hasTies
    }

    /// One stretch of all, by as many threads as there are; which thread does which does not matter.
    private func advance(_ state: inout Shared, _ settings: SearchSettings, _ step: Int, _ end: UInt64?) {
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
        Threads.perform(threads, body)
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
                bestObjective: best == .max ? best : best * unit, lowerBound: bound * unit, part: part(done, end)))
        if control == .stop { shared.withLock { $0.isStopped = true } }
        return control == .stop
    }

    /// The part of the schedules or of the time that is used up, whichever is more.
    private func part(_ schedules: Int, _ end: UInt64?) -> Double {
        let tried = Double(schedules) / Double(max(options.schedules, 1))
        guard let end, let seconds = options.seconds, seconds > 0 else { return min(tried, 1) }
        let now = DispatchTime.now().uptimeNanoseconds
        let left = now < end ? Double(end - now) / 1e9 : 0
        return min(max(tried, 1 - left / seconds), 1)
    }

    /// From the first stretch on there is something to be shorter than.
    private func prepareExact(_ state: inout Shared) {
        guard let best = state.populations.map(\.bestCost).min(), best.overrun == 0 else { return }
        if state.exact == nil {
            state.exact = ExactPart(network, objective, makespan: best.objective, isTimed: options.seconds != nil)
        }
        state.exact?.seek(below: best.objective)
    }

    /// Takes in the list of a schedule found elsewhere.
    private func admit(_ list: [Int32], _ modes: [Int32], to population: inout Population, _ settings: SearchSettings) {
        let search = PopulationSearch(network, objective, population, settings, bound: bound)
        search.admit(list, modes: modes)
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
