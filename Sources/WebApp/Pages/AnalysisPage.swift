import Hummingbird
import Markup
import PlanInsight
import PlanModel

/// How good a schedule is, what decides its finish, and how it lies to its baseline.
struct AnalysisPage {
    let page: Page
    let facts: PlanFacts

    func response() -> Response {
        let tables = ComputedTable.schedule(facts)
        return page.response(title: page.t("排期分析 · \(facts.plan.title)", "Analysis · \(facts.plan.title)"), tab: .schedule) {
            el(.main, .class("page wide"), .id("main")) {
                page.scheduleHead(
                    .analysis, page.t("排期分析", "Schedule analysis"),
                    page.t(
                        "排期靠不靠得住、哪几条路决定完工、与基线差多少。",
                        "Whether the schedule can be trusted, what decides its finish, how it lies to its baseline."))
                el(.div, .id("analysis"), .data("live", "")) {
                    for table in tables {
                        el(.section, .class("fig full")) {
                            el(.h2) { page.t(table.title) }
                            page.markup(table, of: facts.plan)
                        }
                    }
                    if tables.isEmpty {
                        el(.p, .class("empty")) {
                            page.t(
                                "任务之间还没有前置关系，也没有基线，没有可以分析的。",
                                "No task has a predecessor or a baseline yet; there is nothing to analyse.")
                        }
                    }
                }
            }
        }
    }
}

extension Page {
    /// A computed table; ids of records lead to them.
    func markup(_ table: ComputedTable, of plan: Plan) -> Markup {
        el(.div, .class("scroll")) {
            el(.table, .class("tbl cards")) {
                el(.thead) {
                    el(.tr) {
                        for column in table.columns { el(.th, column.isNumeric ? .class("num") : nil) { t(column.title) } }
                    }
                }
                el(.tbody) {
                    for row in table.rows.prefix(60) {
                        el(.tr, .class("rec")) {
                            for (column, cell) in zip(table.columns, row) {
                                el(.td, column.isNumeric ? .class("num nb") : nil, .data("l", t(column.title))) {
                                    linked(t(cell), plan)
                                }
                            }
                        }
                    }
                }
            }
            if table.rows.count > 60 {
                el(.p, .class("small muted")) {
                    t(
                        "另有 \(table.rows.count - 60) 行，见文档或命令行。",
                        "\(table.rows.count - 60) more rows stand in the document and the command line.")
                }
            }
        }
    }

    /// A text with every id of a record of the plan as a link.
    private func linked(_ text: String, _ plan: Plan) -> Markup {
        var made = Markup()
        var rest = Substring(text)
        while let match = rest.firstMatch(of: #/[A-Z]{1,4}-[0-9]+/#) {
            made.append(Markup(String(rest[..<match.range.lowerBound])))
            let id = RecordID(String(match.output), in: plan.key).flatMap { plan.record($0)?.id }
            made.append(id.map { reference($0, from: plan.key) } ?? Markup(String(match.output)))
            rest = rest[match.range.upperBound...]
        }
        made.append(Markup(String(rest)))
        return made
    }
}
