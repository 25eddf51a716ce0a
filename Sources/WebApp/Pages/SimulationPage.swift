import Hummingbird
import Markup
import PlanInsight
import PlanModel
import PlanPictures
import Scheduling
import WorkingTime

/// What a page or a program asks of a simulation.
struct SimulationRequest: LongQuestion {
    static let place = "simulation"

    /// Of the reserves; nil for what the plan says.
    let confidence: Double?
    let runs: Int?
    let seed: UInt64?
    let isAgain: Bool

    init(_ asked: [String: String]) throws {
        confidence = try asked.number("confidence", 1...99).map { $0 / 100 }
        runs = try asked.number("runs", 100...1_000_000).map { Int($0) }
        seed = try asked.seed()
        isAgain = asked["again"] == "1"
    }

    /// The same question however it was written.
    var fields: [String: String] {
        var fields: [String: String] = [:]
        fields["confidence"] = confidence.map { "\($0 * 100)" }
        fields["runs"] = runs.map { "\($0)" }
        fields["seed"] = seed.map { "\($0)" }
        return fields
    }

    /// The plan's own simulation, or one with what is asked for; nil where nothing is uncertain.
    func answer(_ facts: PlanFacts, report: @escaping @Sendable (Double) -> Bool) -> RiskOutlook?? {
        if fields.isEmpty { return .some(facts.outlook(report: report)) }
        return .some(facts.simulated(PlanFacts.simulation(runs: runs, seed: seed), confidence: confidence, report: report))
    }
}

/// The simulated finish and cost, what drives them, and the milestones.
struct SimulationPage {
    let page: Page
    let facts: PlanFacts
    let question: SimulationRequest
    let job: Jobs.Standing<SimulationRequest.Answer>

    func response() -> Response {
        page.response(title: page.t("风险模拟 · \(facts.plan.title)", "Simulation · \(facts.plan.title)"), tab: .schedule) {
            el(.main, .class("page wide"), .id("main")) {
                page.scheduleHead(
                    .simulation, page.t("风险模拟", "Risk simulation"),
                    page.t("完工日期与成本有多大把握，哪些任务和风险最要紧。", "How sure finish and cost are, and what moves them most."))
                el(.div, .id("outlook"), .data("live", "")) {
                    page.following(question, job, facts) { outlook in
                        if let outlook { content(outlook) } else { nothing }
                    }
                }
            }
        }.following(job)
    }

    private var nothing: Markup {
        el(.p, .class("empty")) {
            page.t(
                "没有可模拟的不确定性。给主要任务填写乐观与悲观工期，给风险填写发生概率、延误和影响的任务。",
                "Nothing is uncertain. Give the main tasks an optimistic and a pessimistic duration, and risks a probability, a delay and the tasks they strike."
            )
        }
    }

    private func says(_ outlook: RiskOutlook) -> String {
        page.t(
            "\(outlook.precision.zh)\(outlook.open) 项未完成任务中 \(outlook.estimated) 项有三点估算，计入 \(outlook.risks) 项风险。",
            "\(outlook.precision.en) \(outlook.estimated) of \(outlook.open) open tasks have estimates, \(outlook.risks) risks count. "
        )
    }

    @MarkupBuilder private func content(_ outlook: RiskOutlook) -> Markup {
        let facts = facts.with(outlook)
        el(.p, .class("muted")) {
            says(outlook)
            if job.wasStopped { page.again(question, facts) }
        }
        page.figure(page.picture(.simulation, facts))
        choices(outlook)
        el(.div, .class("multi")) {
            for table in [ComputedTable.confidence(facts), .criticality(facts), .drawDown(facts)] where !table.rows.isEmpty {
                el(.section, .class("fig full")) {
                    el(.h2) { page.t(table.title) }
                    page.markup(table, of: facts.plan)
                }
            }
            if !outlook.milestones.isEmpty {
                el(.section, .class("fig full")) {
                    el(.h2) { page.t("里程碑", "Milestones") }
                    milestones(outlook)
                }
            }
        }
    }

    private func choices(_ outlook: RiskOutlook) -> Markup {
        el(.form, .class("choices"), .method("get")) {
            page.numberField(
                "confidence", Label("想要的把握（%）", "Confidence wanted, %"), DisplayText.number(outlook.confidence * 100), 1...99)
            page.settings(isSet: question.runs != nil || question.seed != nil) {
                page.numberField("runs", Label("模拟次数", "Runs"), question.runs.map { "\($0)" }, 100...1_000_000)
                page.numberField("seed", Label("种子", "Seed"), question.seed.map { "\($0)" }, nil)
            }
            el(.button, .class("btn"), .type("submit")) { page.t("重新模拟", "Simulate again") }
        }
    }

    @MarkupBuilder private func milestones(_ outlook: RiskOutlook) -> Markup {
        el(.p, .class("says")) {
            page.t(
                "「排期」是工期都不出意外时算出的日期；「期限」是任务的截止日期，没有截止日期的取基线完成。「按期的把握」是模拟中不晚于期限完成的次数占多少：0% 表示几乎没有一次赶上，这时以「80% 把握」的日期承诺才稳妥。",
                "“Schedule” is the date if every task takes just its duration; “Held to” is the deadline, or the baseline finish where there is none. “On time” says in how many of the simulated runs the milestone is reached by then: at 0% hardly one makes it, and only the date of “80% sure” can be promised."
            )
        }
        el(.table, .class("tbl cards")) {
            el(.thead) { el(.tr) { for head in milestoneHeads { el(.th) { head } } } }
            el(.tbody) { for milestone in outlook.milestones { row(milestone) } }
        }
    }

    private var milestoneHeads: [String] {
        [
            page.t("里程碑", "Milestone"), page.t("排期", "Schedule"), page.t("期限", "Held to"), page.t("按期的把握", "On time"),
            page.t("50% 把握（P50）", "50% sure (P50)"), page.t("80% 把握（P80）", "80% sure (P80)"),
        ]
    }

    private func row(_ milestone: RiskOutlook.Milestone) -> Markup {
        let heads = milestoneHeads
        let late = milestone.limit.map { milestone.p80 - $0 } ?? 0
        return el(.tr, .class("rec")) {
            el(.td) {
                page.reference(milestone.task, from: facts.plan.key);
                "　\(facts.plan.record(milestone.task)?.title ?? "")"
            }
            el(.td, .class("nb"), .data("l", heads[1])) { "\(milestone.planned)" }
            el(.td, .class("nb"), .data("l", heads[2])) {
                if let limit = milestone.limit {
                    "\(limit)"
                    if milestone.isLimitBaseline { el(.span, .class("sub")) { page.t("基线完成", "baseline") } }
                } else {
                    page.t("没有", "none")
                }
            }
            el(.td, .class("nb"), .data("l", heads[3])) { milestone.onTime.map(chance) ?? "—" }
            el(.td, .class("nb"), .data("l", heads[4])) { "\(milestone.p50)" }
            el(.td, .class("nb"), .data("l", heads[5])) {
                "\(milestone.p80)"
                if late > 0 {
                    el(.span, .class("sub")) { page.t("比期限晚 \(late) 天", late == 1 ? "a day late" : "\(late) days late") }
                }
            }
        }
    }

    /// A share of the runs that is not quite none is not written as none.
    private func chance(_ share: Double) -> String { share > 0 && share < 0.001 ? "< 0.1%" : DisplayText.percent(share) }
}
