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
        let outcome = run.search()
        var result = ScheduleReading(scaled, network, objective).result(outcome.best)
        result.lowerBound = result.overruns.isEmpty ? min(outcome.bound, result.objective) : bound
        result.schedulesGenerated = (outcome.placements + network.count - 1) / network.count
        result.wasStopped = outcome.wasStopped
        unit.multiply(&result)
        result.moves = MoveReasons(problem: problem, result: result).moves()
        return result
    }

    /// What priority rules alone give: latest start first, one schedule and its forward–backward improvement.
    private static func firstSchedule(_ network: SearchNetwork, _ objective: ScheduleObjective) -> Population {
        let settings = SearchSettings(activities: network.count, schedules: 1)
        let state = Population(settings, count: network.count, isMultiMode: network.isMultiMode, seed: 0)
        let search = PopulationSearch(network, objective, state, settings, bound: 0)
        search.advance(placements: 1, isStopped: { false })
        return search.state
    }
}

extension LevellingResult {
    static let empty = LevellingResult(
        starts: [], finishes: [], modes: [], parts: [], makespan: 0, objective: 0, lowerBound: 0, moves: [], overruns: [],
        schedulesGenerated: 0, wasStopped: false)
}
