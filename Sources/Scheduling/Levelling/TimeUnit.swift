/// The greatest unit of which all times of a problem are multiples: working minutes often come in half hours, and the search
/// is as much faster as its periods are fewer.
struct TimeUnit {
    let size: Int

    init(of problem: LevellingProblem) {
        var unit = 0
        func take(_ value: Int?) {
            var (a, b) = (unit, Int((value ?? 0).magnitude & 0x3FFF_FFFF_FFFF_FFFF))
            while b != 0 { (a, b) = (b, a % b) }
            unit = a
        }
        for activity in problem.activities {
            for mode in activity.modes {
                take(mode.duration)
                take(mode.cost)
            }
            for time in [activity.release, activity.deadline, activity.latestFinish, activity.fixedStart, activity.presentStart] {
                take(time)
            }
            for rest in activity.pauses + activity.absences.values.flatMap({ $0 }) {
                take(rest.lowerBound)
                take(rest.upperBound)
            }
        }
        for link in problem.links { take(link.lag) }
        for step in problem.capacities.flatMap(\.steps) { take(step.start) }
        size = max(unit, 1)
    }

    func divide(_ problem: LevellingProblem) -> LevellingProblem {
        guard size > 1 else { return problem }
        var scaled = problem
        for index in scaled.activities.indices {
            for mode in scaled.activities[index].modes.indices {
                scaled.activities[index].modes[mode].duration /= size
                scaled.activities[index].modes[mode].cost /= size
            }
            scaled.activities[index].release /= size
            scaled.activities[index].pauses = divided(scaled.activities[index].pauses)
            scaled.activities[index].absences = scaled.activities[index].absences.mapValues(divided)
            scaled.activities[index].deadline = scaled.activities[index].deadline.map { $0 / size }
            scaled.activities[index].latestFinish = scaled.activities[index].latestFinish.map { $0 / size }
            scaled.activities[index].fixedStart = scaled.activities[index].fixedStart.map { $0 / size }
            scaled.activities[index].presentStart = scaled.activities[index].presentStart.map { $0 / size }
        }
        for index in scaled.links.indices { scaled.links[index].lag /= size }
        for index in scaled.capacities.indices {
            for step in scaled.capacities[index].steps.indices { scaled.capacities[index].steps[step].start /= size }
        }
        return scaled
    }

    private func divided(_ ranges: [Range<Int>]) -> [Range<Int>] { ranges.map { $0.lowerBound / size..<$0.upperBound / size } }

    private func multiplied(_ ranges: [Range<Int>]) -> [Range<Int>] { ranges.map { $0.lowerBound * size..<$0.upperBound * size } }

    func multiply(_ result: inout LevellingResult) {
        guard size > 1 else { return }
        result.starts = result.starts.map { $0 * size }
        result.finishes = result.finishes.map { $0 * size }
        result.parts = result.parts.map(multiplied)
        result.tracks = result.tracks.mapValues {
            $0.map { ActivityTrack(capacities: $0.capacities, parts: multiplied($0.parts)) }
        }
        result.makespan *= size
        result.objective *= size
        result.lowerBound *= size
        result.overruns = result.overruns.map {
            switch $0 {
            case .late(let activity, let by): .late(activity: activity, by: by * size)
            case .overload(let capacity, let start, let units): .overload(capacity: capacity, start: start * size, units: units)
            }
        }
    }
}
