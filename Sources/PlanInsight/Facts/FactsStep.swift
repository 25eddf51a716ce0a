import PlanModel
import WorkingTime

/// From earlier facts to those of a later snapshot of the same plan, in which nothing but the values of some tasks changed: what was
/// found about the other tasks still holds.
struct FactsStep {
    let earlier: PlanFacts
    /// Places of the tasks that changed.
    let changed: Set<Int>
    /// Places of those and of the tasks whose dates may have changed; `nil` before they are known, and where all may have.
    var affected: Set<Int>?
    /// Whether all other plans and the files are as they were.
    let isAlone: Bool

    /// `nil` where there is nothing to go on from, or the change reaches further.
    init?(from earlier: PlanFacts?, to plan: Plan, in workspace: Workspace, today: Day) {
        guard let earlier, earlier.plan.key == plan.key, earlier.today == today else { return nil }
        let difference = PlanDifference(from: earlier.snapshot, to: plan)
        guard difference.isWithin(.of(PlanTask.self)) else { return nil }
        self.earlier = earlier
        changed = Set(difference.changed[PlanTask.names.prefix] ?? [])
        isAlone = workspace.isSame(as: earlier.workspace, but: plan.key)
    }
}

extension Workspace {
    /// Whether everything but one plan is the same. Of one workspace, plans with the same key and revision are the same.
    fileprivate func isSame(as other: Workspace, but key: PlanKey) -> Bool {
        plans.count == other.plans.count && files.stamps == other.files.stamps && publicHolidays == other.publicHolidays
            && zip(plans, other.plans).allSatisfy { $0.key == $1.key && ($0.key == key || $0.revision == $1.revision) }
    }
}
