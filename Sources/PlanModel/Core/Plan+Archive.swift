/// A plan that is over: it is read, not changed, until it is restored.
extension Plan {
    public var isArchived: Bool { fields.isArchived == true }

    /// Why the edits may not be made; nil if they may. An archived plan takes no change but one that restores it.
    ///
    /// - Complexity: O(edits).
    public func archiveProblem(of edits: [Edit]) -> Problem? {
        let restores = edits.contains { edit in
            if case .set(header.id, "isArchived", _, let value) = edit { value != .flag(true) } else { false }
        }
        guard isArchived, !restores else { return nil }
        return Problem(
            "plan.archived", record: header.id,
            Label("计划「\(title)」已归档，只能看，不能改。", "“\(title)” is archived: it can be read, not changed."),
            remedy: Label("先恢复计划，再改。", "Restore the plan first, then make the change."))
    }
}
