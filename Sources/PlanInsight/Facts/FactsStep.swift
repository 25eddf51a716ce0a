import PlanModel
import WorkingTime

/// From earlier facts to those of a later snapshot of the same plan, in which nothing but the values of some tasks changed: what was
/// found about the other tasks still holds.
struct FactsStep {
    let earlier: PlanFacts
    private let affected: Set<Int>

    /// `nil` where there is nothing to go on from, or the change reaches further.
    ///
    /// - Parameter affected: positions of the tasks that changed or whose dates may have; `nil` for all.
    init?(from earlier: PlanFacts?, to plan: Plan, today: Day, affected: Set<Int>?) {
        guard let earlier, let affected, earlier.plan.key == plan.key, earlier.today == today,
            PlanDifference(from: earlier.snapshot, to: plan).isWithin(.of(PlanTask.self))
        else { return nil }
        self.earlier = earlier
        self.affected = affected
    }

    /// Tasks stand where they stood. What is no task counts as affected.
    func isAffected(_ record: RecordID) -> Bool { earlier.schedule.position(of: record).map(affected.contains) ?? true }
}
