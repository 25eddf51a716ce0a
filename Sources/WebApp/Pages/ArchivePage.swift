import Hummingbird
import Markup
import PlanInsight
import PlanModel

/// Asks before a plan is put into the archive, saying what follows.
struct ArchivePage {
    let page: Page
    let facts: PlanFacts

    private var plan: Plan { facts.plan }

    func response() -> Response {
        page.response(title: page.t("归档「\(plan.title)」", "Archive “\(plan.title)”"), tab: .document) {
            el(.main, .class("page"), .id("main")) {
                el(.header, .class("page-head")) {
                    el(.h1) { page.t("归档「\(plan.title)」？", "Archive “\(plan.title)”?") }
                }
                el(.ul, .class("consequences")) { for words in consequences { el(.li) { page.t(words) } } }
                el(.form, .class("acting"), .method("post"), .action("/plans/\(plan.key)/archive")) {
                    page.base(plan.revision)
                    el(.button, .class("btn main"), .type("submit")) { page.t("归档计划", "Archive the plan") }
                    el(.a, .class("btn"), .href("/plans/\(plan.key)")) { page.t("返回", "Back") }
                }
            }
        }
    }

    private var consequences: [Label] {
        let pointing = page.workspace.plansInUse.filter { $0.key != plan.key }.flatMap { other in
            other.kinds.flatMap { other.records($0) }.flatMap(\.references).filter { $0.to.plan == plan.key }
        }.count
        return [
            Label(
                "它不再出现在「今天」、计划列表、检查与全局图中。",
                "It leaves the home page, the list of plans, the check and the cascade."),
            Label(
                "内容全部保留：可以打开、搜索和下载，但不能再改。",
                "All of it stays: it can be opened, searched and downloaded, but no longer changed."),
            pointing == 0
                ? nil
                : Label(
                    "其他计划对它的 \(pointing) 处引用仍然有效。",
                    pointing == 1
                        ? "The one reference to it from another plan stays."
                        : "The \(pointing) references to it from other plans stay."),
            Label(
                "随时可以恢复：在它自己的页面上，或在「计划」页的「已归档」里。",
                "It can be restored at any time: on its own pages, or among the archived ones on the page of plans."),
        ].compactMap { $0 }
    }
}

extension Page {
    /// At the head of every page of an archived plan: why nothing on it can be changed, and the way to change that.
    @MarkupBuilder var archiveNote: Markup {
        if let plan, plan.isArchived {
            el(.div, .class("archived"), .role("note")) {
                el(.p) { t("这份计划已归档，只能看，不能改。", "This plan is archived: it can be read, not changed.") }
                restoring(plan)
            }
        }
    }

    func restoring(_ plan: Plan) -> Markup {
        el(.form, .method("post"), .action("/plans/\(plan.key)/restoration")) {
            base(plan.revision)
            el(.button, .class("btn s"), .type("submit"), .aria("label", t("恢复「\(plan.title)」", "Restore “\(plan.title)”"))) {
                t("恢复", "Restore")
            }
        }
    }
}
