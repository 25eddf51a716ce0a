import PlanModel
import WorkingTime

extension PlanFacts {
    /// Keeps where the tasks lie now, and what they are to cost, as their baseline; of what is dropped, and of summaries, none is kept.
    ///
    /// - Complexity: O(tasks).
    public func takeBaseline(_ editor: inout PlanEditor) {
        let rates = dayRates
        for (task, dates) in zip(schedule.tasks, schedule.dates) where dates.isActiveLeaf {
            let cost = cost(task, dates, rates).map {
                Money(units: Int64(($0 * Double(Money.unitsPerWhole)).rounded()), currency: plan.currency)
            }
            editor.update(task.id, as: PlanTask.self) {
                ($0.baselineStart, $0.baselineFinish, $0.baselineCost) = (dates.start, dates.finish, cost)
            }
        }
    }
}
