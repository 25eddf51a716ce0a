import Hummingbird
import Markup
import PlanInsight
import PlanModel
import PlanPictures
import Scheduling
import WorkingTime

/// The ways to look at a schedule, above each of them.
enum ScheduleView: String, CaseIterable {
    case schedule, analysis, levelling, simulation, earnedValue = "earned-value", network

    var label: Label {
        switch self {
        case .schedule: Label("甘特图", "Gantt")
        case .analysis: Label("排期分析", "Analysis")
        case .levelling: Label("资源平衡", "Levelling")
        case .simulation: Label("风险模拟", "Simulation")
        case .earnedValue: Label("挣值", "Earned value")
        case .network: Label("网络图", "Network")
        }
    }
}

extension Page {
    func scheduleViews(_ current: ScheduleView) -> Markup {
        el(.nav, .class("seg"), .aria("label", t("排期的看法", "Views of the schedule"))) {
            for view in ScheduleView.allCases {
                el(.a, .href("/plans/\(plan?.key.text ?? "")/\(view.rawValue)"), view == current ? .aria("current", "page") : nil)
                { t(view.label) }
            }
        }
    }

    func scheduleHead(_ view: ScheduleView, _ title: String, _ says: String) -> Markup {
        el(.header, .class("page-head")) {
            el(.div) {
                el(.h1) { title }
                el(.p) { says }
                if let unpublished = facts.flatMap(unpublishedHolidays) { el(.p, .class("small muted")) { unpublished } }
            }
            el(.div, .class("right")) { scheduleViews(view) }
        }
    }

    /// That holidays of years to come are not known yet; `nil` where the plan's are.
    func unpublishedHolidays(_ facts: PlanFacts) -> String? {
        guard !facts.unpublishedYears.isEmpty else { return nil }
        let years = DisplayText.years(facts.unpublishedYears, language)
        return t("\(years)年放假安排尚未公布，仅按周末计算", "Public holidays of \(years) are not announced yet; weekends only")
    }

    func figure(_ picture: PlanPicture?) -> Markup {
        guard let picture else { return Markup() }
        return el(.figure, .class("fig full")) {
            el(.p, .class("says")) { picture.sentence }
            el(.div, .class("scroll")) { picture.markup }
        }
    }
}

/// Earned value: the curve, the figures by their names, and the packages that are behind.
struct EarnedValuePage {
    let page: Page
    let facts: PlanFacts

    func response() -> Response {
        page.response(title: page.t("挣值 · \(facts.plan.title)", "Earned value · \(facts.plan.title)"), tab: .schedule) {
            el(.main, .class("page wide"), .id("main")) {
                page.scheduleHead(
                    .earnedValue, page.t("挣值", "Earned value"),
                    page.t("做了多少、按计划该做多少、花了多少。", "What is done, what should be done by now, what it has cost."))
                if let report = facts.earnedValue {
                    content(report)
                } else {
                    el(.p, .class("empty")) {
                        page.t(
                            "没有基线。在排期页建立基线，就能看到挣值。",
                            "There is no baseline. Take one on the schedule page to see earned value.")
                        " "
                        el(
                            .a, .class("ref"),
                            .href("/plans/\(facts.plan.key)/schedule\(facts.schedule.dates.isEmpty ? "" : "#baseline")")
                        ) { page.t("去排期页", "To the schedule") }
                    }
                }
            }
        }
    }

    private func content(_ report: EarnedValueReport) -> Markup {
        el(.div, .id("earned"), .data("live", "")) {
            if !report.withoutCosts.isEmpty {
                let names = report.withoutCosts.prefix(5).map(\.short).joined(separator: page.t("、", ", "))
                el(.p, .class("note warning")) {
                    page.t(
                        "\(report.withoutCosts.count) 项任务（\(names)\(report.withoutCosts.count > 5 ? " 等" : "")）有进度而没有实际成本，按 0 计：AC 偏低，CPI 与 EAC 偏乐观。",
                        "\(report.withoutCosts.count == 1 ? "1 task has" : "\(report.withoutCosts.count) tasks have") progress but no actual cost (\(names)\(report.withoutCosts.count > 5 ? " …" : "")), counted as 0: AC is too low, and CPI and EAC look better than they are."
                    )
                }
            }
            page.figure(page.picture(.earnedValue, facts))
            el(.div, .class("multi")) {
                el(.section, .class("fig")) {
                    el(.h2) { page.t("截至 \(report.status.day)", "As of \(report.status.day)") }
                    page.markup(.earnedValue(facts), of: facts.plan)
                }
                el(.section, .class("fig")) {
                    el(.h2) { page.t("落后最多的任务", "Tasks furthest behind") }
                    behind(report)
                }
            }
            if !report.unplanned.isEmpty {
                el(.p, .class("muted small")) {
                    page.t(
                        "\(report.unplanned.count) 项未完成任务没有基线，未计入。",
                        "\(report.unplanned.count) open tasks have no baseline and do not count.")
                }
            }
        }
    }

    private func behind(_ report: EarnedValueReport) -> Markup {
        let late = zip(report.tasks, report.status.packages).filter { $1.scheduleVariance < -1e-9 }.sorted {
            $0.1.scheduleVariance < $1.1.scheduleVariance
        }
        return el(.table, .class("tbl")) {
            el(.tbody) {
                for (task, figures) in late.prefix(10) {
                    el(.tr) {
                        el(.td) {
                            page.reference(task, from: facts.plan.key); "　\(facts.plan.record(task)?.title ?? "")"
                        }
                        el(.td, .class("num nb")) { report.text(figures.scheduleVariance, page.language) }
                    }
                }
                if late.isEmpty {
                    el(.tr) { el(.td, .class("muted")) { page.t("没有任务落后于计划值。", "No task is behind its planned value.") } }
                }
            }
        }
    }
}

/// The precedence network, with the critical path as a list.
struct NetworkPage {
    let page: Page
    let facts: PlanFacts

    func response() -> Response {
        page.response(title: page.t("网络图 · \(facts.plan.title)", "Network · \(facts.plan.title)"), tab: .schedule) {
            el(.main, .class("page wide"), .id("main")) {
                page.scheduleHead(
                    .network, page.t("网络图", "Network diagram"),
                    page.t("谁等谁，哪条路最长。", "What waits for what, and the longest way through."))
                if let picture = page.picture(.network, facts) {
                    el(.div, .id("network"), .data("live", "")) { page.figure(picture) }
                } else {
                    el(.p, .class("empty")) { page.t("任务之间还没有前置关系。", "No task has a predecessor yet.") }
                }
            }
        }
    }
}
