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
            }
            el(.div, .class("right")) { scheduleViews(view) }
        }
    }

    func figure(_ picture: PlanPicture?) -> Markup {
        guard let picture else { return Markup() }
        return el(.figure, .class("fig full")) {
            el(.p, .class("says")) { picture.sentence }
            el(.div, .class("scroll")) { picture.markup }
        }
    }
}

/// What levelling would change: before and after, every move with its reason, then accept or leave it.
struct LevellingPage {
    let page: Page
    let facts: PlanFacts
    let question: LevellingRequest

    func response() -> Response {
        let proposal = question.proposal(facts)
        return page.response(title: page.t("资源平衡 · \(facts.plan.title)", "Levelling · \(facts.plan.title)"), tab: .schedule) {
            el(.main, .class("page wide"), .id("main")) {
                page.scheduleHead(
                    .levelling, page.t("资源平衡", "Resource levelling"),
                    page.t(
                        "错开任务，让每个人的负荷不超过可投入的时间。接受之前什么也不会改。",
                        "Stagger tasks so that nobody is planned beyond their time. Nothing changes before you accept."))
                choices
                if let proposal {
                    outcome(proposal)
                } else {
                    el(.p, .class("empty")) {
                        page.t("没有可以平衡的任务：任务成环，或没有未完成的任务。", "There is nothing to level: the tasks form a ring, or none is open.")
                    }
                }
            }
        }
    }

    private var choices: Markup {
        el(.form, .class("choices"), .method("get")) {
            el(.label) {
                page.t("目标 ", "Aim ")
                el(.select, .name("aim")) {
                    for aim in LevellingProposal.Aim.allCases {
                        el(.option, .value(aim.rawValue), aim == question.aim ? .selected : nil) { page.t(aim.label) }
                    }
                }
            }
            el(.label) {
                el(.input, .type("checkbox"), .name("within"), .value("float"), question.isWithinFloat ? .checked : nil)
                page.t(" 只用时差，不推迟完工", " Within float only, the finish stays")
            }
            el(.button, .class("btn"), .type("submit")) { page.t("重新计算", "Compute again") }
        }
    }

    @MarkupBuilder private func outcome(_ proposal: LevellingProposal) -> Markup {
        el(.p, .class("facts"), .style("margin:24px 0")) {
            if let before = proposal.finishBefore, let after = proposal.finishAfter {
                el(.span) {
                    page.t("完工 ", "Finish "); el(.b) { DisplayText.long(before, page.language) }; " → ";
                    el(.b) { DisplayText.long(after, page.language) }
                }
            }
            el(.span) {
                page.t("超载 ", "Overload ");
                el(.b) { page.t("\(amount(proposal.overloadBefore)) 人天", "\(amount(proposal.overloadBefore)) person days") };
                " → "; el(.b) { page.t("\(amount(proposal.overloadAfter)) 人天", "\(amount(proposal.overloadAfter)) person days") }
            }
            el(.span) {
                page.t("移动 ", "Moves "); el(.b) { page.t("\(proposal.moves.count) 项", "\(proposal.moves.count)") }
            }
            if proposal.gap == 0 {
                el(.span, .class("muted")) { page.t("已证明最优", "proven best") }
            } else if question.aim == .earliestFinish {
                el(.span, .class("muted")) {
                    page.t(
                        "距已证明的下界不超过 \(DisplayText.percent(proposal.gap))",
                        "at most \(DisplayText.percent(proposal.gap)) from the proven bound")
                }
            }
        }
        for (task, person) in proposal.excessive {
            el(.p, .class("problem")) {
                let name = facts.plan.record(person)?.title ?? person.short
                page.t(
                    "\(task.short) 单独就要求\(name)超出可投入的时间，平衡解决不了；已按其上限计算。",
                    "\(task.short) alone asks \(name) for more than there is; levelling cannot help, so it was counted at their limit."
                )
            }
        }
        if proposal.isNeeded {
            table(proposal)
            accept
            pictures(proposal)
        } else {
            el(.p, .class("empty")) {
                proposal.overloadAfter > 0
                    ? page.t(
                        "在这个条件下没有更好的排法；余下的超载只能换人、减量或推迟完工。",
                        "Under this condition nothing better was found; use somebody else, cut work or let the finish slip.")
                    : page.t("没有人超载，不需要平衡。", "Nobody is over-allocated; there is nothing to level.")
            }
        }
    }

    private func amount(_ days: Double) -> String { DisplayText.number((days * 10).rounded() / 10) }

    private func table(_ proposal: LevellingProposal) -> Markup {
        el(.table, .class("tbl cards")) {
            el(.thead) {
                el(.tr) {
                    for head in [page.t("任务", "Task"), page.t("现在", "Now"), page.t("平衡后", "Levelled"), page.t("原因", "Why")] {
                        el(.th) { head }
                    }
                }
            }
            el(.tbody) {
                for move in proposal.moves.prefix(300) {
                    el(.tr, .class("rec")) {
                        el(.td) {
                            page.reference(move.task, from: facts.plan.key); "　\(facts.plan.record(move.task)?.title ?? "")"
                        }
                        el(.td, .class("nb"), .data("l", page.t("现在", "Now"))) { span(move.from) }
                        el(.td, .class("nb"), .data("l", page.t("平衡后", "Levelled"))) { span(move.to) }
                        el(.td, .data("l", page.t("原因", "Why"))) { page.t(move.reason) }
                    }
                }
            }
        }
    }

    private func span(_ days: ClosedRange<Day>) -> String {
        "\(DisplayText.short(days.lowerBound, page.language)) – \(DisplayText.short(days.upperBound, page.language))"
    }

    private var accept: Markup {
        el(.form, .method("post"), .class("acts"), .style("margin:24px 0 40px;display:flex;gap:8px")) {
            el(.input, .type("hidden"), .name("aim"), .value(question.aim.rawValue))
            if question.isWithinFloat { el(.input, .type("hidden"), .name("within"), .value("float")) }
            page.base(facts.plan.revision)
            el(.button, .class("btn main"), .type("submit")) { page.t("接受这些日期", "Accept these dates") }
            el(.a, .class("btn"), .href("/plans/\(facts.plan.key)/schedule")) { page.t("不接受", "Leave it") }
            el(.span, .class("muted small"), .style("align-self:center")) {
                page.t("接受后可在历史中一次撤销。", "One undo in the history takes it back.")
            }
        }
    }

    private func pictures(_ proposal: LevellingProposal) -> Markup {
        var workspace = page.workspace
        workspace[facts.plan.key] = proposal.edits(of: facts.plan).plan
        let after = PlanFacts(facts.plan.key, in: workspace, today: page.today)
        return el(.div, .class("multi")) {
            for (title, picture) in [
                (page.t("负荷：现在", "Load now"), page.picture(.loadHistogram, facts)),
                (page.t("负荷：平衡后", "Load when levelled"), after.flatMap { page.picture(.loadHistogram, $0) }),
            ] {
                if let picture {
                    el(.figure, .class("fig full")) {
                        el(.h2) { title }
                        el(.div, .class("scroll")) { picture.markup }
                    }
                }
            }
        }
    }
}

/// What a page, a form or a program asks of levelling.
struct LevellingRequest {
    var aim = LevellingProposal.Aim.fewestChanges
    var isWithinFloat = false

    init(aim text: String?, within: String?) {
        aim = text.flatMap { LevellingProposal.Aim(rawValue: $0) } ?? .fewestChanges
        isWithinFloat = within == "float"
    }

    /// The same question about the same revision has the same answer.
    func proposal(_ facts: PlanFacts) -> LevellingProposal? { facts.levelled(for: aim, withinFloat: isWithinFloat) }
}

/// What a page or a program asks of a simulation.
struct SimulationRequest {
    var confidence = 0.8
    var runs: Int?
    var seed: UInt64?

    init(_ fields: [String: String]) throws {
        if let text = fields["confidence"] {
            guard let percent = Double(text), (1...99).contains(percent) else {
                throw SimulationRequest.refusal("confidence", "1–99")
            }
            confidence = percent / 100
        }
        if let text = fields["runs"] {
            guard let runs = Int(text), (100...1_000_000).contains(runs) else {
                throw SimulationRequest.refusal("runs", "100–1000000")
            }
            self.runs = runs
        }
        if let text = fields["seed"] {
            guard let seed = UInt64(text) else { throw SimulationRequest.refusal("seed", "0–18446744073709551615") }
            self.seed = seed
        }
    }

    private static func refusal(_ name: String, _ range: String) -> BadRequest {
        BadRequest(
            message: Label("\(name) 不成立。", "\(name) cannot be meant."),
            remedy: Label("填写 \(range) 之间的数。", "Give a number of \(range)."))
    }

    /// The plan's own simulation, or a new one with the runs and seed asked for; `nil` where nothing is uncertain.
    func outlook(_ facts: PlanFacts) -> RiskOutlook? {
        guard runs != nil || seed != nil else { return facts.outlook }
        return (try? RiskOutlook(facts, options: SimulationOptions(runs: runs ?? 10_000, seed: seed ?? 1))) ?? nil
    }
}

/// The simulated finish and cost, what drives them, and the milestones.
struct SimulationPage {
    let page: Page
    let facts: PlanFacts
    let question: SimulationRequest

    func response() -> Response {
        page.response(title: page.t("风险模拟 · \(facts.plan.title)", "Simulation · \(facts.plan.title)"), tab: .schedule) {
            el(.main, .class("page wide"), .id("main")) {
                page.scheduleHead(.simulation, page.t("风险模拟", "Risk simulation"), says)
                if let outlook = facts.outlook {
                    content(outlook)
                } else {
                    el(.p, .class("empty")) {
                        page.t(
                            "没有可模拟的不确定性。给主要任务填写乐观与悲观工期，给风险填写发生概率、延误和影响的任务。",
                            "Nothing is uncertain. Give the main tasks an optimistic and a pessimistic duration, and risks a probability, a delay and the tasks they strike."
                        )
                    }
                }
            }
        }
    }

    private var says: String {
        guard let outlook = facts.outlook else { return page.t("完工日期与成本有多大把握", "How sure finish and cost are") }
        return page.t(
            "\(outlook.precision.zh)\(outlook.open) 项未完成任务中 \(outlook.estimated) 项有三点估算，计入 \(outlook.risks) 项风险。",
            "\(outlook.precision.en) \(outlook.estimated) of \(outlook.open) open tasks have estimates, \(outlook.risks) risks count."
        )
    }

    private func content(_ outlook: RiskOutlook) -> Markup {
        el(.div, .id("outlook"), .data("live", "")) {
            page.figure(page.picture(.simulation, facts))
            el(.form, .class("choices"), .method("get")) {
                el(.label) {
                    page.t("想要的把握（%）", "Confidence wanted, % ")
                    el(
                        .input, .type("number"), .name("confidence"), Attribute("min", "1"), Attribute("max", "99"),
                        .value(DisplayText.number(question.confidence * 100)))
                }
                el(.button, .class("btn"), .type("submit")) { page.t("看储备", "Show the reserve") }
            }
            el(.div, .class("multi")) {
                for table in [
                    ComputedTable.confidence(outlook, facts, also: question.confidence), .criticality(facts), .drawDown(facts),
                ]
                where !table.rows.isEmpty {
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
    }

    private func milestones(_ outlook: RiskOutlook) -> Markup {
        el(.table, .class("tbl cards")) {
            el(.thead) {
                el(.tr) {
                    for head in [page.t("里程碑", "Milestone"), page.t("排期", "Schedule"), "P50", "P80", page.t("按期的把握", "On time")] {
                        el(.th) { head }
                    }
                }
            }
            el(.tbody) {
                for milestone in outlook.milestones {
                    el(.tr, .class("rec")) {
                        el(.td) {
                            page.reference(milestone.task, from: facts.plan.key);
                            "　\(facts.plan.record(milestone.task)?.title ?? "")"
                        }
                        el(.td, .class("nb"), .data("l", page.t("排期", "Schedule"))) { "\(milestone.planned)" }
                        el(.td, .class("nb"), .data("l", "P50")) { "\(milestone.p50)" }
                        el(.td, .class("nb"), .data("l", "P80")) { "\(milestone.p80)" }
                        el(.td, .class("nb"), .data("l", page.t("按期的把握", "On time"))) {
                            milestone.onTime.map(DisplayText.percent) ?? "—"
                        }
                    }
                }
            }
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
                            "没有基线。给任务填写基线开始、基线完成与基线成本，就能看到挣值。",
                            "There is no baseline. Give tasks a baseline start, finish and cost to see earned value.")
                    }
                }
            }
        }
    }

    private func content(_ report: EarnedValueReport) -> Markup {
        el(.div, .id("earned"), .data("live", "")) {
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
