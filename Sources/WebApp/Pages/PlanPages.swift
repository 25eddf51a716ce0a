import Foundation
import Hummingbird
import Markup
import PlanExchange
import PlanInsight
import PlanModel
import PlanStore

/// Making a plan from an outline, or from a file.
struct NewPlanPage {
    let page: Page
    var typed: [String: String] = [:]
    var problems: [Problem] = []
    /// The fields as they stand on the page.
    private static let order = ["kind", "title", "key", "start", "finish", "from"]

    private var refusals: FieldRefusals { FieldRefusals(page, problems, order: Self.order) }

    func response() -> Response {
        page.response(
            title: page.t("从蓝本新建计划", "New plan"), tab: .plans, status: problems.isEmpty ? .ok : .unprocessableContent
        ) {
            el(.main, .class("page"), .id("main")) {
                el(.header, .class("page-head")) { el(.h1) { page.t("从蓝本新建计划", "New plan") } }
                page.refusals(refusals.problems, [])
                el(.form, .class("form"), .method("post"), .action("/plans")) {
                    kinds
                    input("title", Label("标题", "Title"), [.required, problems.isEmpty ? .autofocus : nil])
                    input(
                        "key", Label("代号", "Key"),
                        [
                            .required, .placeholder("support-\(page.today.year + 1)"),
                            Attribute("pattern", "[a-z0-9][a-z0-9\\-]*"),
                        ],
                        hint: Label(
                            "小写字母、数字和连字符，用于网址与文件名。",
                            "Lower-case letters, digits and hyphens; used in addresses and file names."))
                    input("start", Label("开始日期", "Start"), [.type("date")], initially: "\(page.today.year + 1)-01-01")
                    input("finish", Label("结束日期", "Finish"), [.type("date")], initially: "\(page.today.year + 1)-12-31")
                    sources
                    el(.div, .class("acts")) {
                        el(.button, .class("btn main"), .type("submit")) { page.t("新建计划", "Make the plan") }
                        el(.a, .class("btn"), .href("/import")) { page.t("改为导入文件", "Import a file instead") }
                    }
                }
            }
        }
    }

    private var kinds: Markup {
        el(.div, .class("wide")) {
            el(.label, .for("f-kind"), .class("needed")) { page.t("计划范式", "Kind of plan") }
            el(
                .select, [.id("f-kind"), .name("kind")] + refusals.spoken("kind", hints: 0),
                Markup {
                    for blueprint in Blueprint.all {
                        el(.option, .value(blueprint.key), typed["kind"] == blueprint.key ? .selected : nil) {
                            "\(page.t(blueprint.name)) — \(page.t(blueprint.help))"
                        }
                    }
                })
            refusals.said(of: "kind", hints: [])
        }
    }

    private func input(
        _ key: String, _ label: Label, _ attributes: [Attribute?], hint: Label? = nil, initially: String = ""
    ) -> Markup {
        let hints = [hint].compactMap { $0 }.map { page.t($0) }
        let own: [Attribute?] = [.id("f-\(key)"), .name(key), .value(typed[key] ?? initially)]
        let isNeeded = key == "title" || key == "key"
        return el(.div) {
            el(.label, .for("f-\(key)"), isNeeded ? .class("needed") : nil) { page.t(label) }
            el(.input, own + attributes + refusals.spoken(key, hints: hints.count))
            refusals.said(of: key, hints: hints)
        }
    }

    private var sources: Markup {
        el(.div, .class("wide")) {
            el(.label, .for("f-from")) { page.t("沿用已有计划", "Start from a plan") }
            el(
                .select, [.id("f-from"), .name("from")] + refusals.spoken("from", hints: 0),
                Markup {
                    el(.option, .value("")) { page.t("空白，按蓝本的提纲写", "Empty, along the outline") }
                    for plan in page.workspace.plans {
                        el(.option, .value(plan.key.text), typed["from"] == plan.key.text ? .selected : nil) { plan.title }
                    }
                })
            refusals.said(of: "from", hints: [])
        }
    }
}

/// A plan file pasted in: read, checked, and added whole or not at all.
struct ImportPage {
    let page: Page
    var text = ""
    var errors: [PlanFileError] = []
    var problem: String?

    func response() -> Response {
        page.response(
            title: page.t("导入计划文件", "Import a plan file"), tab: .plans,
            status: errors.isEmpty && problem == nil ? .ok : .unprocessableContent
        ) {
            el(.main, .class("page"), .id("main")) {
                el(.header, .class("page-head")) {
                    el(.div) {
                        el(.h1) { page.t("导入计划文件", "Import a plan file") }
                        el(.p) {
                            page.t(
                                "选择 YAML 计划文件，或粘贴它的全文。有错会逐行指出，什么也不会写入一半。",
                                "Choose a YAML plan file, or paste the whole of it. Errors are named line by line; nothing is written by halves."
                            )
                        }
                    }
                }
                if !errors.isEmpty || problem != nil {
                    el(.div, .class("problem"), .role("alert")) {
                        el(.ul) {
                            if let problem { el(.li) { problem } }
                            for error in errors {
                                el(.li) {
                                    page.t(
                                        "第 \(error.line) 行第 \(error.column) 列：", "Line \(error.line), column \(error.column): ");
                                    page.t(error.message.zh + error.remedy.zh, "\(error.message.en) \(error.remedy.en)")
                                }
                            }
                        }
                    }
                }
                el(
                    .form, .class("form"), .method("post"), .action("/import"), Attribute("enctype", "multipart/form-data")
                ) {
                    el(.div, .class("wide")) {
                        el(.label, .for("f-upload")) { page.t("计划文件", "Plan file") }
                        el(.input, .id("f-upload"), .type("file"), .name("upload"), Attribute("accept", ".yaml,.yml"))
                    }
                    el(.div, .class("wide")) {
                        el(.label, .for("f-file")) { page.t("或粘贴全文", "Or paste it") }
                        el(
                            .textarea, .id("f-file"), .name("file"), .class("code tall")
                        ) { "\n" + text }
                    }
                    el(.div, .class("acts")) {
                        el(.button, .class("btn main"), .type("submit")) { page.t("导入计划", "Import the plan") }
                    }
                }
            }
        }
    }
}

/// Every plan.
struct PlansPage {
    let page: Page

    func response() -> Response {
        let facts = page.workspace.plansInUse.compactMap { page.site.facts.facts($0.key, in: page.workspace, today: page.today) }
        let archived = page.workspace.plans.filter { $0.isArchived }
        return page.response(title: page.t("计划", "Plans"), tab: .plans) {
            el(.main, .class("page"), .id("main")) {
                el(.header, .class("page-head")) {
                    el(.h1) { page.t("计划", "Plans") }
                    el(.div, .class("right")) {
                        el(.a, .class("btn"), .href("/import")) { page.t("导入计划文件", "Import") }
                        el(.a, .class("btn main"), .href("/plans/new")) { page.t("从蓝本新建计划", "New plan") }
                    }
                }
                if facts.isEmpty {
                    el(.p, .class("empty")) {
                        page.t("还没有计划。从蓝本新建一份，或导入计划文件。", "No plans yet. Make one along an outline, or import a plan file.")
                    }
                } else {
                    PlanList(page: page, facts: facts).markup
                }
                if !archived.isEmpty {
                    el(.details, .class("unfold")) {
                        el(.summary) { page.t("已归档（\(archived.count)）", "Archived (\(archived.count))") }
                        el(.ul) {
                            for plan in archived {
                                el(.li, .class("restorable")) {
                                    el(.a, .class("ref"), .href("/plans/\(plan.key)")) { plan.title }
                                    page.restoring(plan)
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What a search found, by plan.
struct SearchPage {
    let page: Page
    let query: String
    let hits: [SearchHit]
    /// The place of the first of them among all that were found.
    let start: Int
    let count: Int

    func response() -> Response {
        page.response(title: page.t("搜索「\(query)」", "Search “\(query)”"), tab: nil) {
            el(.main, .class("page"), .id("main")) {
                el(.header, .class("page-head")) {
                    el(.div) {
                        el(.h1) { query.isEmpty ? page.t("搜索", "Search") : page.t("搜索「\(query)」", "Search “\(query)”") }
                        el(.p) {
                            page.t("找到 \(count) 处", "\(count) found")
                            if count > SearchHit.most { page.t("；多写一个词可以缩小范围", "; another word narrows it down") }
                        }
                    }
                }
                if hits.isEmpty && !query.isEmpty {
                    el(.p, .class("empty")) { page.t("没有找到。可以换个词，两个字的中文词也能搜到。", "Nothing was found. Try another word.") }
                }
                for hit in hits { row(hit) }
                Pager(page: page, start: start, count: count, size: SearchHit.most) { "?q=\(query.urlEncoded)&from=\($0)" }.markup
            }
        }
    }

    @MarkupBuilder private func row(_ hit: SearchHit) -> Markup {
        if let plan = page.workspace[hit.plan] {
            let section = hit.section.flatMap { plan.blueprint.section($0) }
            let record = hit.record.flatMap { plan.record($0) }
            let address = record.map { page.address($0.id) } ?? "/plans/\(plan.key)" + (section.map { "#\($0.key)" } ?? "")
            el(.div, .class("row plain")) {
                el(.div) {
                    el(.div, .class("t")) {
                        el(.a, .href(address)) { marked(record?.title ?? section.map { page.t($0.title) } ?? plan.title) }
                    }
                    el(.div, .class("sub")) {
                        [record.map { "\(page.t($0.kind.names.one)) \($0.id.short)" }, plan.title].compactMap { $0 }.joined(
                            separator: "　")
                        if let section {
                            "　"
                            marked(excerpt(plan.prose[section.key] ?? ""))
                        }
                    }
                }
            }
        }
    }

    /// A text with the words asked for marked.
    private func marked(_ text: String) -> Markup {
        var made = Markup()
        var rest = Substring(text)
        let words = query.split(separator: " ")
        while let found = words.compactMap({ rest.range(of: $0, options: .caseInsensitive) }).min(by: {
            $0.lowerBound < $1.lowerBound
        }) {
            made.append(Markup(String(rest[..<found.lowerBound])))
            made.append(el(.mark) { String(rest[found]) })
            rest = rest[found.upperBound...]
        }
        made.append(Markup(String(rest)))
        return made
    }

    /// The words around the first hit.
    private func excerpt(_ text: String) -> String {
        let plain = Prose.plain(text)
        guard let word = query.split(separator: " ").first, let found = plain.lowercased().range(of: word.lowercased()) else {
            return String(plain.prefix(60))
        }
        let offset = plain.distance(from: plain.startIndex, to: found.lowerBound)
        let start = max(0, offset - 20)
        return (start > 0 ? "…" : "") + plain.dropFirst(start).prefix(70)
    }
}

/// The cascade of goals over all plans, as a picture and as a table.
struct CascadePage {
    let page: Page

    func response() -> Response {
        let progress = page.site.facts.progress(page.workspace, today: page.today)
        let plans = page.workspace.plansInUse.filter { !$0.records(.of(Goal.self)).isEmpty }
        return page.response(title: page.t("全局图", "Cascade"), tab: .cascade) {
            el(.main, .class("page wide"), .id("main")) {
                el(.header, .class("page-head")) {
                    el(.div) {
                        el(.h1) { page.t("目标如何一路落到人", "From the company's goals to people") }
                        el(.p) {
                            page.t("进度由指标算出，沿承接关系向上汇总。", "Progress is computed from measures and rolled up along the cascade.")
                        }
                    }
                }
                if let first = plans.first, let facts = page.site.facts.facts(first.key, in: page.workspace, today: page.today),
                    let picture = page.picture(.cascade, facts)
                {
                    el(.div, .class("scroll overview")) { picture.markup }
                }
                if plans.isEmpty { el(.p, .class("empty")) { page.t("还没有目标。", "There are no goals yet.") } }
                for plan in plans { table(plan, progress) }
            }
        }
    }

    private func table(_ plan: Plan, _ progress: ProgressRollUp) -> Markup {
        el(.section, .class("sec")) {
            el(.header) { el(.h2) { el(.a, .href("/plans/\(plan.key)")) { plan.title } } }
            el(.table, .class("tbl cards fixed")) {
                el(.thead) {
                    el(.tr) {
                        el(.th) { page.t("目标", "Goal") }
                        el(.th) { page.t("承接", "Supports") }
                        el(.th) { page.t("进度", "Progress") }
                        el(.th) { page.t(ComputedField.health) }
                    }
                }
                el(.tbody) {
                    for goal in plan.all(Goal.self) {
                        let state = progress.goals[goal.id]
                        el(.tr, .class("rec")) {
                            el(.td) {
                                el(.a, .class("name"), .href(page.address(goal.id)), .title(goal.title ?? "")) {
                                    goal.title ?? ""
                                }
                                el(.span, .class("sub")) {
                                    goal.id.short; goal.owner.map { "　" + page.show(plan).name($0) } ?? ""
                                }
                            }
                            el(.td, .data("l", page.t("承接", "Supports"))) {
                                page.joined((goal.supports ?? []).map { page.reference($0, from: plan.key) })
                            }
                            el(.td, .class("wide"), .data("l", page.t("进度", "Progress"))) {
                                page.bar(state?.progress, expected: state?.expected)
                            }
                            el(.td, .data("l", page.t(ComputedField.health))) { page.status(state?.status ?? .idle) }
                        }
                    }
                }
            }
        }
    }
}

/// What is said where nothing is, or where something failed.
struct ErrorPage {
    let page: Page
    let status: HTTPResponse.Status
    let message: String
    /// What would be right.
    var remedy = ""
    var conflicts: [Conflict] = []

    func response() -> Response {
        page.response(title: message, tab: nil, status: status) {
            el(.main, .class("page"), .id("main")) {
                el(.header, .class("page-head")) { el(.h1) { message } }
                if !remedy.isEmpty { el(.p) { remedy } }
                if !conflicts.isEmpty {
                    el(.ul, .class("problem")) { for conflict in conflicts { el(.li) { page.sentence(conflict) } } }
                }
                el(.p, .class("acting")) {
                    if let plan = page.plan {
                        el(.a, .class("btn"), .href("/plans/\(plan.key)")) { page.t("打开这份计划", "Open the plan") }
                    } else {
                        el(.a, .class("btn"), .href("/plans")) { page.t("看全部计划", "See all plans") }
                    }
                    el(.a, .class("btn"), .href("/")) { page.t("回到今天", "Back to today") }
                }
            }
        }
    }
}
