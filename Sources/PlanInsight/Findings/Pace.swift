import PlanModel
import WorkingTime

/// How fast a measure has to improve to reach its target in time, against the fastest it ever did: units a month.
struct Pace {
    let needed: Double
    let best: Double

    /// `nil` where there are fewer than four values, or the time is up, or the target is reached.
    init?(_ measure: Typed<Measure>, facts: PlanFacts) {
        guard let direction = measure.direction, direction == .up || direction == .down, let target = measure.target,
            let values = measure.values,
            let end = measure.due ?? facts.plan.fields.finish
        else { return nil }
        let known = values.points.filter { $0.day <= facts.today }
        guard known.count >= 4, let last = known.last, end - last.day > 20 else { return nil }
        let sign: Double = direction == .up ? 1 : -1
        let gap = (target - last.value) * sign
        guard gap > 0 else { return nil }
        needed = gap / (Double(end - last.day) / 30.4)
        // The fastest quarter, so that one lucky month does not count as a pace.
        best =
            zip(known, known.dropFirst(3)).map { first, later in
                (later.value - first.value) * sign / max(Double(later.day - first.day) / 30.4, 0.1)
            }.max() ?? 0
        guard best.isFinite else { return nil }
    }
}

extension Day {
    var startOfNextQuarter: Day {
        let month = (quarter * 3) + 1
        return (month > 12 ? Day(year: year + 1, month: 1, day: 1) : Day(year: year, month: month, day: 1)) ?? self + 92
    }
}

extension PlanFacts {
    /// Goals that have not been dropped.
    var goals: [Typed<Goal>] { plan.all(Goal.self).filter { $0.isDropped != true } }

    func measures(of goal: RecordID) -> [Typed<Measure>] { plan.all(Measure.self).filter { $0.goal == goal } }
}
