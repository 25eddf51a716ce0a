import Hummingbird
import Markup
import PlanExchange
import PlanInsight
import PlanModel

/// A review on one page, to be read, printed and sent upward.
struct ReviewReportPage {
    let page: Page
    let facts: PlanFacts
    let report: ReviewReport

    func response() -> Response {
        let title = report.review.title ?? report.review.id.short
        let address = page.address(report.review.id)
        return page.response(title: page.t("\(title) · 一页报告", "\(title) · one page"), tab: .tables) {
            el(.main, .class("page"), .id("main")) {
                el(.header, .class("page-head")) {
                    el(.div) {
                        el(.h1) { title }
                        el(.p) {
                            "\(DisplayText.long(report.period.lowerBound, page.language)) – \(DisplayText.long(report.period.upperBound, page.language)) · "
                            el(.a, .class("ref"), .href(address)) { report.review.id.short }
                        }
                    }
                    el(.div, .class("right")) {
                        for (format, label) in [("docx", "Word"), ("pdf", "PDF"), ("html", "HTML"), ("md", "Markdown")] {
                            el(.a, .class("btn s"), .href("\(address)/report?format=\(format)")) { label }
                        }
                    }
                }
                if let standing = report.standing { el(.p, .class("lead")) { page.t(standing) } }
                for word in report.words { part(page.t(word.title), Prose.html(word.text)) }
                for group in report.groups {
                    part(page.t(group.title), el(.ul, .class("why")) { for line in group.lines { el(.li) { page.t(line) } } })
                }
                if !report.adjustments.isEmpty {
                    part(
                        page.t("调整", "Adjustments"),
                        el(.ul, .class("why")) { for line in report.adjustments { el(.li) { page.t(line) } } })
                }
            }
        }
    }

    private func part(_ title: String, _ content: Markup) -> Markup {
        el(.section, .class("sec")) {
            el(.header) { el(.h2) { title } }
            content
        }
    }
}
