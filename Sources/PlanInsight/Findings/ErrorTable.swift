import PlanModel

extension ComputedTable {
    /// The findings that have to be dealt with, a row each: what, where, what is wrong, what would be right.
    public static func errors(_ facts: PlanFacts) -> ComputedTable {
        ComputedTable(
            Label("必须处理的问题", "To be dealt with"),
            [Column("问题", "Problem"), Column("位置", "Where"), Column("情况", "What is wrong"), Column("改法", "Remedy")],
            rows: facts.findings.filter { $0.severity == .error }.map { finding in
                let place = finding.record.map { "\($0.short) \(facts.plan.record($0)?.title ?? "")" } ?? ""
                return [finding.title, Label(place, place), finding.reason, finding.remedy]
            })
    }
}
