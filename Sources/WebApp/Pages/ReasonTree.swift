import Markup
import Measures
import PlanInsight
import PlanModel

/// A number with its reasons, unfolded as far as one wants to know.
struct ReasonTree {
    let page: Page
    /// The plan it is seen from.
    let plan: PlanKey

    /// Parts shown one by one below each number; the rest is counted.
    private static let most = 60

    func view(_ root: AttainmentExplanation) -> Markup {
        el(.div, .class("why-tree")) { node(root, depth: 0, isOpen: true) }
    }

    private func node(_ node: AttainmentExplanation, depth: Int, isOpen: Bool) -> Markup {
        guard !node.children.isEmpty, depth < 12 else { return el(.p, .class("why-leaf")) { line(node) } }
        return el(.details, isOpen ? Attribute("open", "") : nil) {
            el(.summary) { line(node) }
            for part in node.children.prefix(Self.most) { self.node(part, depth: depth + 1, isOpen: false) }
            if node.children.count > Self.most {
                el(.p, .class("why-leaf muted")) {
                    page.t("另有 \(node.children.count - Self.most) 项。", "And \(node.children.count - Self.most) more.")
                }
            }
        }
    }

    func view(_ root: FormulaReason) -> Markup {
        el(.div, .class("why-tree")) { node(root, depth: 0, isOpen: true) }
    }

    private func node(_ node: FormulaReason, depth: Int, isOpen: Bool) -> Markup {
        guard !node.parts.isEmpty, depth < 12 else { return el(.p, .class("why-leaf")) { line(node) } }
        return el(.details, isOpen ? Attribute("open", "") : nil) {
            el(.summary) { line(node) }
            for part in node.parts { self.node(part, depth: depth + 1, isOpen: false) }
        }
    }

    private func line(_ node: FormulaReason) -> Markup {
        el(.span, .class("why-line")) {
            el(.span, .class("muted nb")) { node.period }
            if let measure = node.measure {
                el(.span, .class("t")) {
                    page.reference(measure, from: plan)
                    " \(page.workspace.record(measure)?.title ?? "")"
                }
            } else {
                el(.code) { node.text }
            }
            el(.span, .class("r")) {
                node.value.map { "= \(DisplayText.number(($0 * 10_000).rounded() / 10_000))" } ?? node.gap.map { page.t($0) }
                    ?? ""
            }
        }
    }

    private func line(_ node: AttainmentExplanation) -> Markup {
        el(.span, .class("why-line")) {
            if let record = node.record {
                el(.span, .class("t")) {
                    page.reference(record, from: plan)
                    " \(page.workspace.record(record)?.title ?? "")"
                }
                if let weight = node.weight {
                    el(.span, .class("muted nb")) {
                        weight > 0
                            ? page.t("权重 \(DisplayText.percent(weight))", "weight \(DisplayText.percent(weight))")
                            : page.t("未计入", "not counted")
                    }
                }
                if node.number != nil { page.bar(node.number, expected: node.expected) }
            }
            el(.span, .class("r")) { page.t(node.reason) }
        }
    }
}
