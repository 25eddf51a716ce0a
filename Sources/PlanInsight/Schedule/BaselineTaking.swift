import PlanModel
import WorkingTime

extension Money {
    /// To the ten-thousandth; `nil` for more than is taken for an amount anywhere.
    fileprivate init?(approximate amount: Double, currency: Currency) {
        guard abs(amount) < 9e14 else { return nil }
        self.init(units: Int64((amount * Double(Money.unitsPerWhole)).rounded()), currency: currency)
    }
}

extension PlanFacts {
    /// Keeps where the tasks lie now, and what they are to cost, as their baseline; of what is dropped, and of summaries, none is kept.
    ///
    /// - Complexity: O(tasks).
    public func takeBaseline(_ editor: inout PlanEditor) {
        let rates = dayRates
        for (task, dates) in zip(schedule.tasks, schedule.dates) where dates.isActiveLeaf {
            let cost = cost(task, dates, rates).flatMap { Money(approximate: $0, currency: plan.currency) }
            editor.update(task.id, as: PlanTask.self) {
                ($0.baselineStart, $0.baselineFinish, $0.baselineCost) = (dates.start, dates.finish, cost)
            }
        }
    }
}
