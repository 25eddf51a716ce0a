import PlanInsight
import PlanModel

extension Manuscript {
    /// A review on one page, without cover or contents.
    public init(_ report: ReviewReport, of facts: PlanFacts, _ language: Language) {
        let plan = facts.plan
        func t(_ zh: String, _ en: String) -> String { language == .chinese ? zh : en }
        func list(_ lines: [Label]) -> Block { .prose(lines.map { "- \($0[language])" }.joined(separator: "\n")) }
        var blocks: [Block] = []
        var headings = 0
        func heading(_ text: String) {
            headings += 1
            blocks.append(.heading(level: 2, number: "", text: text, anchor: "part-\(headings)"))
        }
        if let standing = report.standing { blocks.append(.remark(standing[language], anchor: nil)) }
        for word in report.words where word.title == Label("结论", "Conclusion") { blocks.append(.prose(word.text)) }
        for group in report.groups {
            heading(group.title[language])
            blocks.append(list(group.lines))
        }
        for word in report.words where word.title != Label("结论", "Conclusion") {
            heading(word.title[language])
            blocks.append(.prose(word.text))
        }
        if !report.adjustments.isEmpty {
            heading(t("调整", "Adjustments"))
            blocks.append(list(report.adjustments))
        }
        self.init(
            title: report.review.title ?? report.review.id.short, subtitle: plan.title,
            organisation: [plan.fields.organisation, plan.fields.department].compactMap { $0 }.joined(separator: "　"),
            particulars: [
                (
                    t("期间", "Period"),
                    "\(DisplayText.long(report.period.lowerBound, language)) – \(DisplayText.long(report.period.upperBound, language))"
                )
            ], blocks: blocks, language: language, isSample: plan.fields.isSample == true)
    }
}
