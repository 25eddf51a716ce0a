extension Typed where K == PlanTask {
    /// What holds the task beside its predecessors, with its day: `不得早于 2026-03-05 开始`; nil where nothing does.
    public var constraintWords: Label? {
        guard let constraint = self.constraint, constraint != .asSoonAsPossible else { return nil }
        guard constraint.needsDate else { return constraint.label }
        guard let day = self.constraintDate else { return nil }
        let zh = constraint.label.zh
        return Label(
            zh.contains("…") ? zh.replacing("…", with: " \(day) ") : "\(zh) \(day)", "\(constraint.label.en) \(day)")
    }
}
