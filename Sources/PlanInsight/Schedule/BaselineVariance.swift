import PlanModel
import WorkingTime

/// How a task with a baseline lies to it.
public struct BaselineVariance: Sendable, Hashable {
    public let task: RecordID
    public let baselineStart: Day?
    public let baselineFinish: Day?
    /// Working days later than the baseline, negative where earlier.
    public let startDays: Int?
    public let finishDays: Int?
    /// What it costs more than the baseline, in units of the plan's currency: what was spent if it is finished, else what it is to cost.
    public let cost: Double?
}

extension PlanFacts {
    /// The tasks with a baseline, in the order of the plan.
    public var baselineVariances: [BaselineVariance] {
        let rates = dayRates
        return zip(schedule.tasks, schedule.dates).compactMap { task, dates in
            guard !dates.isInactive, task.baselineStart != nil || task.baselineFinish != nil || task.baselineCost != nil else {
                return nil
            }
            return BaselineVariance(
                task: task.id, baselineStart: task.baselineStart, baselineFinish: task.baselineFinish,
                startDays: task.baselineStart.map { schedule.workingDays(from: $0, to: dates.start) },
                finishDays: task.baselineFinish.map { schedule.workingDays(from: $0, to: dates.finish) },
                cost: task.baselineCost.flatMap { baseline in
                    cost(task, dates, rates).map { $0 - baseline.approximate }
                })
        }
    }

    /// What a day of each person costs.
    var dayRates: [RecordID: Double] {
        Dictionary(
            plan.all(Person.self).map { ($0.id, $0.costPerDay?.approximate ?? 0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What a task is to cost, or has cost; `nil` where nothing says so.
    func cost(_ task: Typed<PlanTask>, _ dates: TaskDates, _ rates: [RecordID: Double]) -> Double? {
        if task.isFinished, let spent = task.actualCost { return spent.approximate }
        let perDay = (task.assignments ?? []).reduce(0) { $0 + $1.units * (rates[$1.who] ?? 0) }
        guard task.cost != nil || perDay > 0 else { return nil }
        return (task.cost?.approximate ?? 0) + perDay * dates.duration
    }
}
