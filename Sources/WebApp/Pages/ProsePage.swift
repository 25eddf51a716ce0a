import Hummingbird
import Markup
import PlanInsight
import PlanModel

/// The prose of one section in a form of its own: where there is no script, and where somebody else has written meanwhile.
struct ProsePage {
    let page: Page
    let facts: PlanFacts
    let section: Section
    /// What was sent and not taken.
    var typed: String?
    var problems: [Problem] = []
    var conflicts: [Conflict] = []

    private var plan: Plan { facts.plan }

    func response() -> Response {
        page.response(
            title: "\(page.t(section.title)) · \(plan.title)", tab: .document,
            status: !conflicts.isEmpty ? .conflict : problems.isEmpty ? .ok : .unprocessableContent
        ) {
            el(.main, .class("page"), .id("main")) {
                el(.header, .class("page-head")) { el(.h1) { page.t(section.title) } }
                page.refusals(problems, conflicts)
                el(.p, .class("muted")) { page.t(section.guidance) }
                el(
                    .form, .class("form"), .method("post"), .action("/plans/\(plan.key)/prose/\(section.key)"),
                    page.unsaved(problems, conflicts)
                ) {
                    page.base(plan.revision)
                    el(.div, .class("wide")) {
                        el(.label, .for("f-\(section.key)")) { page.t("文字", "Text") }
                        el(
                            .textarea, .id("f-\(section.key)"), .class("long"), .name("text"),
                            problems.isEmpty && conflicts.isEmpty ? nil : .aria("invalid", "true"), .autofocus
                        ) {
                            "\n" + (typed ?? plan.prose[section.key] ?? "")
                        }
                    }
                    el(.div, .class("acts")) {
                        el(.button, .class("btn main"), .type("submit")) { page.t("保存", "Save") }
                        el(.a, .class("btn"), .href("/plans/\(plan.key)#\(section.key)")) { page.t("返回", "Back") }
                    }
                }
            }
        }
    }
}

extension Page {
    /// Marks a form that is not left without a question while what was typed into it is not saved, as what comes back refused is not.
    func unsaved(_ problems: [Problem], _ conflicts: [Conflict]) -> Attribute {
        .data("unsaved", problems.isEmpty && conflicts.isEmpty ? "" : "refused")
    }

    /// One thing that is wrong, with the way to its field.
    private func refusal(_ problem: Problem) -> Markup {
        el(.li) {
            if let field = problem.field {
                el(.a, .class("ref"), .href("#f-\(field)")) { t(problem.message) }
            } else {
                t(problem.message)
            }
            t("", " ") + t(problem.remedy)
        }
    }

    /// What kept a form from being saved, at its head.
    func refusals(_ problems: [Problem], _ conflicts: [Conflict]) -> Markup {
        guard !problems.isEmpty || !conflicts.isEmpty else { return Markup() }
        return el(.div, .class("problem"), .role("alert")) {
            el(.ul) {
                for problem in problems { refusal(problem) }
                for conflict in conflicts {
                    el(.li) {
                        sentence(conflict); t("再次保存将以你的为准。", " Saving again keeps yours.")
                    }
                }
            }
        }
    }
}
