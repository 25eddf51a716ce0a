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
        let review = try review(asked.fields["review"]?.trimmed)
        let shift: BudgetShift
        do throws(BudgetShift.Refusal) { shift = try BudgetShift(facts, question) } catch {
            throw BadRequest(message: error.message, remedy: Label("改正后再试。", "Put it right and try again."))
        }
        let editor = shift.edits(of: facts.plan, review: review, on: facts.today, language)
        guard !editor.edits.isEmpty else { return nil }
        return try site.store.commit(editor.change(by: site.author, at: site.clock().now, note: "budgets"))
    }

    /// The review in which it was decided; none if none is named.
    private func review(_ text: String?) throws -> RecordID? {
        guard let text, !text.isEmpty else { return nil }
        guard let id = RecordID(text, in: facts.plan.key), facts.plan.record(id, as: Review.self) != nil else {
            throw BadRequest(
                message: Label("没有复盘 \(text)。", "There is no review \(text)."),
                remedy: Label("写本计划中一次复盘的编号，或留空。", "Give the id of a review of this plan, or none."))
        }
        return id
    }
}
