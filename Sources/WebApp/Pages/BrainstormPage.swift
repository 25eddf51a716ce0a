import Hummingbird
import Markup
import PlanInsight
import PlanModel

/// A board on which several people put down at once what could go wrong: one note a line, grouped by kind of risk, and made risks.
struct BrainstormPage {
    let page: Page
    let facts: PlanFacts
    /// Who writes here, as they said with their last notes.
    let writer: String
    /// What was typed and refused.
    var typed = ""
    var problem: String?

    private var plan: Plan { facts.plan }
    private var notes: [Typed<RiskNote>] { plan.all(RiskNote.self) }

    func response() -> Response {
        page.response(
            title: page.t("头脑风暴 · \(plan.title)", "Brainstorming · \(plan.title)"), tab: .tables,
            status: problem == nil ? .ok : .unprocessableContent
        ) {
            el(.main, .class("page wide"), .id("main")) {
                el(.header, .class("page-head")) {
                    el(.div) {
                        el(.h1) { page.t("什么会出问题？", "What could go wrong?") }
                        el(.p) {
                            page.t(
                                "先各自写，不评论；再拖到各类里归拢；最后把要管的变成风险。别人写的会自己出现。",
                                "Write first and judge nothing; group the notes by dragging them; then make risks of what needs care. What others write appears by itself."
                            )
                        }
                    }
                    el(.div, .class("right")) {
                        el(.a, .class("btn"), .href("/plans/\(plan.key)/risks")) { page.t("风险登记表", "Register of risks") }
                    }
                }
                if let problem { el(.p, .class("problem"), .role("alert")) { problem } }
                page.changing { entry }
                el(.div, .class("notes-board"), .id("notes"), .data("live", "")) { lanes }
            }
        }
    }

    private var entry: Markup {
        el(.form, .class("quick"), .method("post"), .action("/plans/\(plan.key)/brainstorm")) {
            page.base(plan.revision)
            el(
                .textarea, .name("notes"), Attribute("rows", "3"), .required, .autofocus,
                .aria("label", page.t("便签，一行一张", "Notes, one a line")),
                .placeholder(
                    page.t("一行一张便签，例如：接口文档要到测试前才给", "One note a line, such as: the interface is described too late to test"))
            ) { "\n" + typed }
            el(.div, .class("acts")) {
                el(.label) {
                    page.t("谁写的（可不填）", "Written by (optional)")
                    el(.input, .name("writer"), .value(writer))
                }
                el(.button, .class("btn main"), .type("submit")) { page.t("贴上去", "Put up") }
            }
        }
    }

    // MARK: Groups

    /// What is in no group yet first, then the kinds of risk.
    @MarkupBuilder private var lanes: Markup {
        let groups = Dictionary(grouping: notes) { $0.category }
        lane(page.t("未归类", "In no group"), nil, groups[nil] ?? [])
        for category in RiskCategory.allCases { lane(page.t(category.label), category, groups[category] ?? []) }
    }

    private func lane(_ title: String, _ category: RiskCategory?, _ notes: [Typed<RiskNote>]) -> Markup {
        let sets: JSONValue = ["category": category.map { .string($0.rawValue) } ?? .null]
        return el(.section, .class(category == nil ? "lane loose" : "lane"), .data("drop", sets.written), .aria("label", title)) {
            el(.h2) {
                title
                el(.span, .class("count")) { notes.count }
            }
            for note in notes { card(note) }
        }
    }

    private func card(_ note: Typed<RiskNote>) -> Markup {
        el(
            .article, .class(note.risk == nil ? "card" : "card over"), page.draggable,
            page.dragged("/api/v1" + page.address(note.id))
        ) {
            el(.a, .href(page.address(note.id))) { note.title ?? note.id.short }
            el(.div, .class("sub")) {
                if let writer = note.writer { el(.span) { writer } }
                page.mover(of: note.title ?? note.id.short)
                if let risk = note.risk {
                    page.reference(risk, from: plan.key)
                } else if !page.isReadOnly {
                    el(.form, .method("post"), .action(page.address(note.id) + "/risk")) {
                        page.base(plan.revision)
                        el(.input, .type("hidden"), .name("writer"), .value(writer))
                        el(
                            .button, .class("btn s"), .type("submit"),
                            .aria("label", page.t("把「\(note.title ?? "")」变成风险", "Make “\(note.title ?? "")” a risk"))
                        ) { page.t("变成风险", "Make it a risk") }
                    }
                }
            }
        }
    }
}
