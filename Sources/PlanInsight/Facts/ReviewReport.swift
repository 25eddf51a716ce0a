import PlanModel
import WorkingTime

/// One review on one page for those above: where the plan stands, what happened, what people make of it, what changes.
public struct ReviewReport: Sendable {
    public let review: Typed<Review>
    public let period: ClosedRange<Day>
    /// Where the plan stands, in a sentence.
    public let standing: Label?
    /// The facts, of each group the first.
    public let groups: [ReviewFacts.Group]
    /// What people wrote, by field, where they did.
    public let words: [(title: Label, text: String)]
    public let adjustments: [Label]

    private static let linesShown = 2

    public init(_ review: Typed<Review>, _ facts: PlanFacts) {
        self.review = review
        let found = ReviewFacts(review, facts)
        period = found.period
        groups = found.groups.map { group in
            let rest = group.lines.count - Self.linesShown
            let more = rest > 0 ? [Label("另有 \(rest) 项，见复盘记录。", "\(rest) more in the record of the review.")] : []
            return ReviewFacts.Group(title: group.title, lines: Array(group.lines.prefix(Self.linesShown)) + more)
        }
        let overall = facts.overall
        let errors = facts.errorWords
        standing = overall.progress.map {
            Label(
                "总进度 \(DisplayText.percent($0))，按计划应为 \(DisplayText.percent(overall.expected))\(errors.map { "，\($0.zh)" } ?? "")：\(overall.status.label.zh)。",
                "\(DisplayText.percent($0)) done, \(DisplayText.percent(overall.expected)) planned\(errors.map { ", \($0.en)" } ?? ""): \(overall.status.label.en.lowercased())."
            )
        }
        let fields: [(Label, String?)] = [
            (Label("做得好的", "What went well"), review.wentWell), (Label("存在的问题", "What did not go well"), review.wentBadly),
            (Label("原因", "Causes"), review.causes), (Label("结论", "Conclusion"), review.conclusion),
        ]
        words = fields.compactMap { title, text in text.flatMap { $0.isEmpty ? nil : (title, $0) } }
        adjustments = facts.plan.all(Adjustment.self).filter { $0.review == review.id }.map { adjustment in
            let (name, done) = ("\(adjustment.id.short) \(adjustment.title ?? "")", adjustment.isApplied == true)
            let day = adjustment.effectiveOn.map { "\($0)" }
            return Label(
                "\(name)（\(day.map { "\($0) 起，" } ?? "")\(done ? "已落实" : "尚未落实")）",
                "\(name) (\(day.map { "from \($0), " } ?? "")\(done ? "applied" : "not applied yet"))")
        }
    }
}
