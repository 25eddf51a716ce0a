import PlanInsight
import PlanModel
import PlanStore

/// Writes proposed budgets, as one change linked to a review.
struct BudgetWriter {
    let site: Site
    let facts: PlanFacts

    /// - Parameter base: the revision the proposal was seen on; a proposal about another plan than the present one is refused.
    func adopt(_ asked: BudgetShiftRequest, base: Int, _ language: Language) throws -> PlanStore.Committed? {
        guard base == facts.plan.revision else {
            throw Outdated(
                message: Label("计划在预览之后改过，建议可能不同了。", "The plan has changed since the preview; the proposal may differ."),
                remedy: Label("重新打开活动回报，看过再采用。", "Open the returns again and adopt what you see."))
        }
        let question = try asked.question(facts.plan)
        let shift: BudgetShift
        do throws(BudgetShift.Refusal) { shift = try BudgetShift(facts, question) } catch {
            throw BadRequest(message: error.message, remedy: Label("改正后再试。", "Put it right and try again."))
        }
        let review = asked.fields["review"].flatMap { RecordID($0, in: facts.plan.key) }
        if let review, facts.plan.record(review, as: Review.self) == nil { throw Problems([.missing(review)]) }
        let editor = shift.edits(of: facts.plan, review: review, on: facts.today, language)
        guard !editor.edits.isEmpty else { return nil }
        return try site.store.commit(editor.change(by: site.author, at: site.clock().now, note: "budgets"))
    }
}
