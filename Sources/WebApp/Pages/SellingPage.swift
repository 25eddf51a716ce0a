import Hummingbird
import Markup
import Measures
import PlanInsight
import PlanModel
import PlanPictures

/// Why sales differ from target and last year, and where the funnel loses most.
struct SellingPage {
    let page: Page
    let facts: PlanFacts

    private static let reports = "evaluation.reports"

    func response() -> Response {
        let splits = SalesSplit.Reference.allCases.compactMap { facts.salesSplit(against: $0) }
        return page.response(
            title: page.t("销售与漏斗 · \(facts.plan.title)", "Sales and funnel · \(facts.plan.title)"), tab: .market
        ) {
            el(.main, .class("page wide"), .id("main")) {
                page.marketHead(
                    .selling,
                    page.t(
                        "销售为什么和目标、去年不同，漏斗在哪一步损失最多。",
                        "Why sales differ from target and last year, and where the funnel loses most."))
                page.titled(page.picture(.salesWaterfall, facts))
                for split in splits { attribution(split) }
                page.titled(page.picture(.funnel, facts))
                if let funnel = facts.funnel { steps(funnel) }
                if splits.isEmpty && facts.funnel == nil {
                    el(.p, .class("empty")) {
                        page.t("还没有销售实际值，也没有漏斗数量。", "There are neither actual sales nor counts of a funnel yet.")
                    }
                }
                page.draft(
                    facts.draft(of: Self.reports), page.t("分析报告的草稿", "Draft of the report"),
                    target: page.t("「数据分析与报告」", "“Analysis and reports”"),
                    isEmpty: (facts.plan.prose[Self.reports] ?? "").isEmpty,
                    action: "/plans/\(facts.plan.key)/prose/\(Self.reports)/draft", plan: facts.plan)
            }
        }
    }

    private func attribution(_ split: SalesSplit) -> Markup {
        el(.section, .class("fig full")) {
            el(.h2) {
                page.t(
                    "与\(split.reference.label.zh)相比，\(split.months.zh)",
                    "Against \(split.reference.label.en.lowercased()), \(split.months.en)")
            }
            el(.ul, .class("why")) {
                for dimension in [split.effects].compactMap({ $0 }) + split.dimensions {
                    el(.li) {
                        el(.b) { page.t(dimension.name) }; page.t("：", ": "); page.t(dimension.words)
                    }
                }
            }
            if split.effects == nil {
                el(.p, .class("muted small")) {
                    page.t(
                        "有的细分没有数量，分不出价格、数量与结构。", "Some parts tell no quantities, so price, volume and mix cannot be told apart.")
                }
            }
        }
    }

    private func steps(_ funnel: FunnelFacts) -> Markup {
        let heads =
            [page.t("月份", "Month")] + funnel.steps.map { "\($0.from) → \($0.into.title ?? "")" } + [page.t("全程", "Overall")]
        let rows = funnel.months.indices.map { index -> [Markup] in
            let period = funnel.funnel.periods[index]
            return [Markup("\(funnel.months[index].year)-\(funnel.months[index].month)")]
                + funnel.steps.map { Markup($0.conversions[index].map(DisplayText.percent) ?? "—") }
                + [Markup(funnel.funnel.overall(of: period).map(DisplayText.percent) ?? "—")]
        }
        return el(.details, .class("unfold")) {
            el(.summary) { page.t("逐月转化率", "Conversion by month") }
            page.cards(heads, rows, numbers: Set(1..<heads.count))
            if !funnel.incomplete.isEmpty {
                el(.p, .class("muted small")) {
                    page.t(
                        "\(funnel.incomplete.count) 个月有阶段没有数量，未计入。",
                        "\(funnel.incomplete.count) months lack the count of a stage and are left out.")
                }
            }
            el(.p, .class("muted small")) {
                page.t("横线表示那个月下一级多于上一级：早先积压的在这个月转入。", "A dash: more came in than the stage before had, from what waited.")
            }
        }
    }
}

extension Page {
    /// What was drafted from the data, with a button that writes it where people finish it.
    func draft(
        _ groups: [ReviewFacts.Group], _ title: String, target: String, isEmpty: Bool, action: String, plan: Plan
    ) -> Markup {
        guard !groups.isEmpty else { return Markup() }
        return el(.details, .class("unfold"), isEmpty ? Attribute("open", "") : nil) {
            el(.summary) { title }
            for group in groups {
                el(.h3) { t(group.title) }
                el(.ul, .class("why")) { for line in group.lines { el(.li) { t(line) } } }
            }
            changing {
                el(.form, .method("post"), .action(action)) {
                    base(plan.revision)
                    el(.button, .class("btn s"), .type("submit")) {
                        isEmpty ? t("写入\(target)", "Write into \(target)") : t("接在\(target)之后写入", "Append to \(target)")
                    }
                }
            }
        }
    }
}
