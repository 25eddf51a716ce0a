import Hummingbird
import Markup
import Measures
import PlanInsight
import PlanModel
import WorkingTime

/// Values of measures from a CSV file: choose it, say which column is what, look at what would change, then take it over.
struct ValueImportPage {
    let page: Page
    let facts: PlanFacts
    /// What was sent, to be shown again.
    var request = ValueImportRequest()
    /// What it would write; nil before anything was sent.
    var proposal: ValueImport?
    var problem: Label?

    private var address: String { "/plans/\(facts.plan.key)/values" }

    func response() -> Response {
        page.response(
            title: page.t("导入指标数值", "Import values of measures"), tab: .tables,
            status: problem == nil ? .ok : .unprocessableContent
        ) {
            el(.main, .class("page"), .id("main")) {
                el(.header, .class("page-head")) {
                    el(.div) {
                        el(.h1) { page.t("导入指标数值", "Import values of measures") }
                        el(.p) {
                            page.t(
                                "每行一个值（指标的编号或名称、日期、数值），或每行一个指标、每期一列（列名写 2026-01）。先预览，确认后一次写入，历史中一次撤销。",
                                "One value a row (the measure's id or title, a date, a value), or one measure a row with a column a period, named as 2026-01. Look first; it is written at once and undone at once."
                            )
                        }
                    }
                }
                if let problem { el(.div, .class("problem"), .role("alert")) { page.t(problem) } }
                if let proposal { preview(proposal) }
                page.changing { form }
            }
        }
    }

    private var form: Markup {
        el(.form, .class("form"), .method("post"), .action(address), Attribute("enctype", "multipart/form-data")) {
            page.base(facts.plan.revision)
            el(.div, .class("wide")) {
                el(.label, .for("f-file")) { page.t("CSV 文件（逗号、分号、制表符或竖线分隔）", "CSV file (commas, semicolons, tabs or bars)") }
                el(.input, .id("f-file"), .type("file"), .name("file"), Attribute("accept", ".csv,.tsv,.txt"))
            }
            el(.div, .class("wide")) {
                el(.label, .for("f-text")) { page.t("或粘贴内容", "Or paste it") }
                el(
                    .textarea, .id("f-text"), .name("text"), .class("code"),
                    .placeholder("measure,date,value\nM-1,2026-03-31,92.6")
                ) { "\n" + request.text }
            }
            for (name, label, value) in [
                ("series", page.t("指标所在列", "Column of the measure"), request.columns.series),
                ("time", page.t("日期所在列", "Column of the date"), request.columns.time),
                ("value", page.t("数值所在列", "Column of the value"), request.columns.value),
            ] {
                el(.div) {
                    el(.label, .for("f-\(name)")) { label }
                    el(
                        .input, .id("f-\(name)"), .name(name), .value(value ?? ""),
                        .placeholder(page.t("留空则按表头识别", "Told by the header if left out")))
                }
            }
            el(.div) {
                el(.label, .for("f-measure")) { page.t("全部属于一个指标", "All of one measure") }
                el(.select, .id("f-measure"), .name("measure")) {
                    el(.option, .value("")) { page.t("由指标列决定", "By the column") }
                    for measure in facts.plan.all(Measure.self) where !measure.isComputed {
                        el(.option, .value(measure.id.short), measure.id.short == request.columns.only ? .selected : nil) {
                            "\(measure.id.short) \(measure.title ?? "")"
                        }
                    }
                }
            }
            el(.div, .class("acts")) {
                el(.button, .class("btn main"), .type("submit")) { page.t("预览", "Preview") }
                el(.a, .class("btn"), .href("/plans/\(facts.plan.key)/measures")) { page.t("返回指标", "Back to measures") }
            }
        }
    }

    private func preview(_ proposal: ValueImport) -> Markup {
        el(.section, .class("sec"), .id("preview")) {
            el(.header) { el(.h2) { page.t("预览", "Preview") } }
            el(.p) { page.t(proposal.words) }
            refused(proposal)
            if !proposal.entries.isEmpty {
                table(proposal)
                el(.form, .method("post"), .class("acting"), .action(address)) {
                    page.base(facts.plan.revision)
                    for (name, value) in request.fields { el(.input, .type("hidden"), .name(name), .value(value)) }
                    el(.input, .type("hidden"), .name("accept"), .value("true"))
                    el(.textarea, .name("text"), Attribute("hidden", ""), .aria("hidden", "true")) { "\n" + request.text }
                    el(.button, .class("btn main"), .type("submit")) {
                        page.t("写入 \(proposal.entries.count) 个值", "Write \(proposal.entries.count) values")
                    }
                }
            }
        }
    }

    private func refused(_ proposal: ValueImport) -> Markup {
        guard !proposal.refusals.isEmpty || proposal.badRowCount > 0 else { return Markup() }
        return el(.ul, .class("problem")) {
            for refusal in proposal.refusals.prefix(30) { el(.li) { page.t(refusal) } }
            for row in proposal.badRows.prefix(30) {
                el(.li) { page.t("第 \(row.line) 行：\(row.reason.zh)", "Line \(row.line): \(row.reason.en)") }
            }
            if proposal.badRowCount > 30 {
                el(.li) { page.t("另有 \(proposal.badRowCount - 30) 行。", "And \(proposal.badRowCount - 30) more rows.") }
            }
        }
    }

    private func table(_ proposal: ValueImport) -> Markup {
        el(.table, .class("tbl")) {
            el(.thead) {
                el(.tr) {
                    el(.th) { page.t("指标", "Measure") }
                    el(.th) { page.t("日期", "Date") }
                    el(.th, .class("num")) { page.t("现有", "Now") }
                    el(.th, .class("num")) { page.t("导入", "Import") }
                }
            }
            el(.tbody) {
                for entry in proposal.entries.prefix(200) {
                    el(.tr) {
                        el(.td) {
                            page.reference(entry.measure, from: facts.plan.key)
                            " \(facts.plan.record(entry.measure)?.title ?? "")"
                        }
                        el(.td) { Series.text(of: entry.day) }
                        el(.td, .class("num")) { entry.before.map { DisplayText.number($0) } ?? "" }
                        el(.td, .class("num")) { DisplayText.number(entry.after) }
                    }
                }
                if proposal.entries.count > 200 {
                    el(.tr) {
                        el(.td, Attribute("colspan", "4"), .class("muted")) {
                            page.t("另有 \(proposal.entries.count - 200) 个值。", "And \(proposal.entries.count - 200) more values.")
                        }
                    }
                }
            }
        }
    }
}

/// A table of values as it was sent, and which column is what.
struct ValueImportRequest {
    var text = ""
    var columns = SeriesColumns()

    init() {}

    /// - Parameter fields: `text`, and `series`, `time`, `value`, `measure` where the columns are not the usual ones.
    init(text: String, _ fields: [String: String]) {
        self.text = text
        func given(_ name: String) -> String? { fields[name]?.trimmed.nonEmpty }
        columns = SeriesColumns(
            series: given("series"), time: given("time"), value: given("value"), only: given("measure"))
    }

    /// The columns, to be sent again.
    var fields: [(String, String)] {
        [("series", columns.series), ("time", columns.time), ("value", columns.value), ("measure", columns.only)]
            .compactMap { name, value in value.map { (name, $0) } }
    }

    /// - Throws: `BadRequest` where the table as a whole cannot be read.
    func proposal(for plan: Plan, today: Day) throws -> ValueImport {
        do throws(SeriesTableError) {
            var reader = SeriesTableReader(columns: columns, takesPercent: true)
            try reader.read(Array(text.utf8))
            return ValueImport(try reader.finish(), into: plan, today: today)
        } catch {
            throw BadRequest(
                message: Label("\(error.wording.zh)。", "\(error.wording.en)."),
                remedy: Label("补上表头，或指明各列的名称。", "Add the header, or name the columns."))
        }
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
