import Foundation
import HTTPTypes
import Hummingbird
import Markup
import PlanInsight
import PlanModel
import ProcessMining
import Synchronization

/// A process run as it is and as it shall be: what changes, and how sure that is.
struct ProcessSimulationPage {
    let page: Page
    let facts: PlanFacts
    let question: ProcessSimulationRequest
    let job: Jobs.Standing<ProcessSimulationRequest.Answer>

    func response() -> Response { made().following(job) }

    private func made() -> Response {
        let all = facts.plan.all(PlanModel.Process.self)
        return page.response(
            title: page.t("流程仿真 · \(facts.plan.title)", "Process simulation · \(facts.plan.title)"), tab: .process
        ) {
            el(.main, .class("page wide"), .id("main")) {
                page.processHead(
                    .simulation, page.t("流程仿真", "Process simulation"),
                    page.t(
                        "用日志里的用时、人手与到达来运行流程，比较现状与改进后：同样的案例，各走一遍。",
                        "Runs the process with the times, people and arrivals of its log, and compares it as is and to be: the same cases go through both."
                    ))
                if let process = question.process(facts) {
                    form(process, all, simulation)
                    page.following(question, job, facts) { answer in
                        switch answer {
                        case .success(let simulation): result(simulation)
                        case .failure(let refusal): problem(refusal.message)
                        }
                    }
                } else {
                    el(.p, .class("empty")) {
                        page.t("这份计划还没有流程。", "This plan has no process yet."); " ";
                        el(.a, .class("ref"), .href("/plans/\(facts.plan.key)/processes/new")) { page.t("添加流程", "Add a process") }
                    }
                }
            }
        }
    }

    private var simulation: ProcessSimulation? {
        guard case .done(.success(let simulation)) = job.state else { return nil }
        return simulation
    }

    private func problem(_ message: Label) -> Markup { el(.p, .class("problem"), .role("alert")) { page.t(message) } }

    // MARK: The question

    private func form(_ process: Typed<PlanModel.Process>, _ all: [Typed<PlanModel.Process>], _ simulation: ProcessSimulation?)
        -> Markup
    {
        // Changes are made to what shall be; its steps stand first, and those of today may be meant by their names.
        let target = question.toBe(facts).flatMap { facts.plan.record($0, as: PlanModel.Process.self) }
        let steps = ([target, process] as [Typed<PlanModel.Process>?]).compactMap { $0 }.flatMap { process in
            PlanProcess(process, in: facts.plan)?.steps.filter { ($0.kind ?? .task) == .task } ?? []
        }
        return el(.form, .class("choices"), .method("get")) {
            page.processChoice("process", page.t("现状", "As is"), all, chosen: process.id)
            page.processChoice(
                "toBe", page.t("改进后", "To be"), all.filter { $0.id != process.id }, chosen: question.toBe(facts),
                none: page.t("现状加下面的改动", "As is, changed below"))
            for suffix in ProcessSimulationRequest.suffixes { el(.fieldset) { change(suffix, steps) } }
            number("perWeek", page.t("每周案例", "Cases a week"), question.fields["perWeek"] ?? "", least: "0")
            number(
                "cost", page.t("每小时成本（留空取计划的人天成本）", "Cost per hour (the plan's cost per day if left out)"),
                question.fields["cost"] ?? "", least: "0")
            if let roles = (simulation?.toBe ?? simulation?.asIs)?.model.roles {
                for role in roles {
                    number(
                        "\(question.staffPrefix(facts))\(role.name)",
                        page.t("\(role.name)同时在岗人数", "At work at once: \(role.name)"),
                        "\(role.capacity)", least: "1",
                        step: "1")
                }
            }
            el(.button, .class("btn main"), .type("submit")) { page.t("运行", "Run") }
        }
    }

    /// One change: what, where, how much.
    @MarkupBuilder private func change(_ suffix: String, _ steps: [Typed<Step>]) -> Markup {
        el(.label) {
            page.t("改动 ", "Change ")
            el(.select, .name("change" + suffix)) {
                el(.option, .value("")) { page.t("无", "None") }
                for kind in ProcessQuestion.Kind.allCases {
                    el(.option, .value(kind.rawValue), question.fields["change" + suffix] == kind.rawValue ? .selected : nil) {
                        page.t(kind.label)
                    }
                }
            }
        }
        el(.label) {
            page.t("环节 ", "Step ")
            el(.select, .name("step" + suffix)) {
                for step in steps {
                    el(.option, .value(step.id.short), question.fields["step" + suffix] == step.id.short ? .selected : nil) {
                        step.title ?? step.id.short
                    }
                }
            }
        }
        number("value" + suffix, page.t("倍数或秒", "Factor or seconds"), question.fields["value" + suffix] ?? "", least: "0")
    }

    private func number(_ name: String, _ label: String, _ value: String, least: String, step: String = "any") -> Markup {
        el(.label, .class("short")) {
            label + " "
            el(
                .input, .type("number"), .name(name), .value(value), Attribute("min", least), Attribute("step", step))
        }
    }

    // MARK: The answer

    @MarkupBuilder private func result(_ simulation: ProcessSimulation) -> Markup {
        if let words = simulation.words { el(.p, .class("says lead")) { page.t(words) } }
        el(.div, .class("multi")) {
            el(.section, .class("fig full")) {
                el(.h2) { page.t("整体", "Overall") }
                overall(simulation)
                el(.p, .class("muted small")) {
                    bases(simulation)
                    page.t(
                        "每侧 20 次、每次 1,500 个案例；括号内为 95% 区间。",
                        "20 runs of 1,500 cases each; in brackets the 95% interval."
                    )
                    if let seen = simulation.seen {
                        page.t(
                            "日志中现状的全程平均为 \(page.span(seen))。",
                            " In the log the process as it is takes \(page.span(seen)) on average.")
                        if simulation.unseenWait > 0.01 * seen {
                            page.t(
                                "其中不含首个环节之前的等待：日志从开工记起，看不到它；仿真中平均 \(page.span(simulation.unseenWait))。",
                                " That is without the wait before the first step, which a log that begins with work cannot show; simulated it is \(page.span(simulation.unseenWait)) on average."
                            )
                        }
                    }
                    prices(simulation)
                }
            }
            el(.section, .class("fig")) {
                el(.h2) { page.t("各角色的忙碌程度", "How busy each role is") }
                roles(simulation)
            }
            el(.section, .class("fig")) {
                el(.h2) { page.t("各环节的平均等待", "Mean wait at each step") }
                waits(simulation.asIs, page.t("现状", "As is"))
                if let toBe = simulation.toBe { waits(toBe, page.t("改进后", "To be")) }
            }
        }
    }

    /// Where the times of the steps come from, side by side.
    private func bases(_ simulation: ProcessSimulation) -> String {
        let sides = [(page.t("现状", "As is"), Optional(simulation.asIs)), (page.t("改进后", "To be"), simulation.toBe)]
        let parts = sides.compactMap { title, side -> String? in
            guard let side else { return nil }
            let groups = ProcessSimulation.StepBasis.allCases.compactMap { basis -> String? in
                let names = side.bases.filter { $0.value == basis }.keys.sorted().map { side.drawn.steps[$0].title ?? "" }
                guard !names.isEmpty else { return nil }
                return page.t(
                    "\(names.count) 个环节取自\(basis.label.zh)\(basis == .log ? "" : "（\(names.joined(separator: "、"))）")",
                    "\(names.count) steps: \(basis.label.en)\(basis == .log ? "" : " (\(names.joined(separator: ", ")))")")
            }
            return page.t(
                "\(title)：\(groups.joined(separator: "，"))。",
                "\(title), where times come from: \(groups.joined(separator: "; ")). ")
        }
        return parts.joined()
    }

    /// Which roles the cost of a case does not know the people of, and what they were taken to cost.
    private func prices(_ simulation: ProcessSimulation) -> String {
        func roles(_ basis: HourlyRate.Basis) -> String? {
            let names = simulation.rates.filter { $0.value.basis == basis }.keys.sorted()
            return names.isEmpty ? nil : names.joined(separator: page.t("、", ", "))
        }
        let mean = roles(.mean).map {
            page.t(
                "每案成本中，计划里没有人担任的角色（\($0)）按计划人员的平均计价。",
                " In the cost a case, roles that nobody of the plan holds (\($0)) are priced at the mean of the plan's people.")
        }
        let unknown = roles(.unknown).map { _ in
            page.t("计划人员没有填写人天成本，每案成本算不出来。", " The plan's people have no cost per day, so the cost a case is not known.")
        }
        return (mean ?? "") + (unknown ?? "")
    }

    private func overall(_ simulation: ProcessSimulation) -> Markup {
        typealias Estimate = Simulation.Estimate
        func span(_ estimate: Estimate?) -> String {
            estimate.map {
                page.t(
                    "\(page.span($0.mean))（\(page.span($0.low)) – \(page.span($0.high))）",
                    "\(page.span($0.mean)) (\(page.span($0.low)) – \(page.span($0.high)))")
            } ?? "—"
        }
        func plain(_ estimate: Estimate?) -> String {
            estimate.map { DisplayText.number(($0.mean * 100).rounded() / 100) } ?? "—"
        }
        let isPriced = simulation.rates.values.contains { $0.basis != .unknown }
        func money(_ estimate: Estimate?) -> String { isPriced ? estimate.map { amount($0.mean) } ?? "—" : "—" }
        let (now, then, difference) = (simulation.asIs.outcome, simulation.toBe?.outcome, simulation.difference)
        let rows: [(String, String, String, String)] = [
            (page.t("全程时间，平均", "Cycle time, mean"), span(now.cycleTime), span(then?.cycleTime), span(difference?.cycleTime)),
            (
                page.t("全程时间，P90", "Cycle time, P90"), span(now.p90CycleTime), span(then?.p90CycleTime),
                span(difference?.p90CycleTime)
            ),
            (page.t("其中等待", "Of it waiting"), span(now.waiting), span(then?.waiting), span(difference?.waiting)),
            (page.t("每案成本", "Cost a case"), money(now.cost), money(then?.cost), money(difference?.cost)),
            (page.t("每周完成", "Finished a week"), plain(now.throughput), plain(then?.throughput), "—"),
        ]
        let heads = [page.t("现状", "As is"), page.t("改进后", "To be"), page.t("差异", "Difference")]
        return el(.table, .class("tbl cards")) {
            el(.thead) { el(.tr) { for head in [""] + heads { el(.th) { head } } } }
            el(.tbody) {
                for (name, one, other, change) in rows {
                    el(.tr, .class("rec")) {
                        el(.td) { name }
                        for (head, value) in zip(heads, [one, other, change]) { el(.td, .data("l", head)) { value } }
                    }
                }
            }
        }
    }

    private func roles(_ simulation: ProcessSimulation) -> Markup {
        let changes = Dictionary(
            zip(simulation.sharedRoles, simulation.difference?.utilisation ?? []), uniquingKeysWith: { first, _ in first })
        let heads = [
            page.t("角色", "Role"), page.t("同时在岗人数", "At work at once"), page.t("忙碌", "Busy"), page.t("差异", "Difference"),
            page.t("每小时成本", "Cost per hour"),
        ]
        return el(.table, .class("tbl")) {
            el(.thead) { el(.tr) { for head in heads { el(.th) { head } } } }
            el(.tbody) {
                for (title, side, isNew) in [
                    (page.t("现状", "As is"), Optional(simulation.asIs), false), (page.t("改进后", "To be"), simulation.toBe, true),
                ] {
                    if let side {
                        for (role, busy) in zip(side.model.roles, side.outcome.utilisation) {
                            el(.tr) {
                                el(.td) {
                                    role.name; el(.span, .class("muted")) { "　\(title)" }
                                }
                                el(.td, .class("nb")) { people(role.peopleAtOnce) }
                                el(.td, .class("nb")) { DisplayText.percent(busy.mean) }
                                el(.td) { isNew ? changes[role.name].map(points) ?? "—" : "" }
                                el(.td) { simulation.rates[role.name].map(rate) ?? "—" }
                            }
                        }
                    }
                }
            }
        }
    }

    private func people(_ atOnce: ClosedRange<Int>) -> String {
        atOnce.count == 1 ? "\(atOnce.upperBound)" : "\(atOnce.lowerBound)–\(atOnce.upperBound)"
    }

    /// In the plan's currency, to the hundredth.
    private func amount(_ value: Double) -> String {
        (value < 0 ? "−" : "") + facts.plan.currency.symbol + DisplayText.number((abs(value) * 100).rounded() / 100)
    }

    /// What an hour costs, and where that is known from.
    private func rate(_ rate: HourlyRate) -> String {
        guard rate.basis != .unknown else { return page.t(rate.basis.label) }
        return page.t("\(amount(rate.perHour))（\(rate.basis.label.zh)）", "\(amount(rate.perHour)) (\(rate.basis.label.en))")
    }

    /// A difference of shares with its interval, in points of percent.
    private func points(_ change: Simulation.Estimate) -> String {
        func text(_ value: Double) -> String { (value > 0 ? "+" : "") + DisplayText.number((value * 1000).rounded() / 10) }
        return page.t(
            "\(text(change.mean))（\(text(change.low)) – \(text(change.high))）个百分点",
            "\(text(change.mean)) (\(text(change.low)) – \(text(change.high))) points")
    }

    private func waits(_ side: ProcessSimulation.Side, _ title: String) -> Markup {
        let all = side.outcome.waitingAt.sorted { $0.value.mean > $1.value.mean }.prefix(6)
        return el(.table, .class("tbl")) {
            el(.thead) {
                el(.tr) {
                    el(.th) { title }; el(.th) { page.t("等待", "Wait") }
                }
            }
            el(.tbody) {
                for (node, wait) in all {
                    el(.tr) {
                        el(.td) { side.drawn.steps.indices.contains(node) ? side.drawn.steps[node].title ?? "" : "" }
                        el(.td, .class("nb")) { page.span(wait.mean) }
                    }
                }
            }
        }
    }
}

/// What a page or a program asks of a process simulation.
struct ProcessSimulationRequest: LongQuestion {
    static let place = "process/simulation"
    let fields: [String: String]

    var isAgain: Bool { fields["again"] == "1" }

    func process(_ facts: PlanFacts) -> Typed<PlanModel.Process>? {
        let all = facts.plan.all(PlanModel.Process.self)
        return all.first { $0.id.short == fields["process"] } ?? all.first { ($0.kind ?? .asIs) == .asIs } ?? all.first
    }

    /// Where nothing is asked yet, the process that replaces this one.
    func toBe(_ facts: PlanFacts) -> RecordID? {
        let all = facts.plan.all(PlanModel.Process.self)
        guard let asked = fields["toBe"] else { return all.first { $0.improves != nil && $0.improves == process(facts)?.id }?.id }
        return all.first { $0.id.short == asked }?.id
    }

    typealias Answer = Result<ProcessSimulation, ProcessSimulation.Refusal>

    func answer(_ facts: PlanFacts, report: @escaping @Sendable (Double) -> Bool) -> Answer? {
        let isStopped = Mutex(false)
        let answer = Result { () throws(ProcessSimulation.Refusal) in
            guard let process = process(facts) else {
                throw .init(Label("这份计划还没有流程。", "This plan has no process yet."))
            }
            return try ProcessSimulation(facts, process, try question(facts)) { part in
                let goesOn = report(part)
                if !goesOn { isStopped.withLock { $0 = true } }
                return goesOn
            }
        }
        return isStopped.withLock { $0 } ? nil : answer
    }

    /// Of the fields of several changes: `change`, `change-2`, `change-3`.
    static let suffixes = ["", "-2", "-3"]

    /// People are asked for by role; a page says of which process, so that a form filled in for another asks nothing of this one.
    func staffPrefix(_ facts: PlanFacts) -> String {
        let target = toBe(facts) ?? process(facts)?.id
        return "staff-\(target?.short ?? "")-"
    }

    /// - Throws: `Refusal` that says what cannot be read, or is not there.
    func question(_ facts: PlanFacts) throws(ProcessSimulation.Refusal) -> ProcessQuestion {
        var question = ProcessQuestion()
        question.toBe = toBe(facts)
        if let asked = fields["toBe"], !asked.isEmpty, question.toBe == nil {
            throw .init(Label("没有流程「\(asked)」。", "There is no process “\(asked)”."))
        }
        for suffix in Self.suffixes {
            guard let text = fields["change" + suffix], !text.isEmpty else { continue }
            guard let kind = ProcessQuestion.Kind(rawValue: text) else {
                let known = ProcessQuestion.Kind.allCases.map(\.rawValue).joined(separator: ", ")
                throw .init(Label("没有改动「\(text)」；有：\(known)。", "There is no change “\(text)”; there are: \(known)."))
            }
            let name = fields["step" + suffix] ?? ""
            guard let step = RecordID(name, in: facts.plan.key) else {
                throw .init(Label("没有环节「\(name)」。", "There is no step “\(name)”."))
            }
            question.alterations.append(.init(kind, step, value: try number("value" + suffix)))
        }
        let (own, others) = (staffPrefix(facts), facts.plan.all(PlanModel.Process.self).map { "staff-\($0.id.short)-" })
        for (name, value) in fields where name.hasPrefix("staff-") {
            if name.hasPrefix(own) {
                question.staff[String(name.dropFirst(own.count))] = try people(value)
            } else if !others.contains(where: { name.hasPrefix($0) }) {
                question.staff[String(name.dropFirst(6))] = try people(value)
            }
        }
        question.perWeek = try number("perWeek")
        if let perWeek = question.perWeek, !(perWeek > 0 && perWeek < 1e5) {
            throw .init(Label("每周案例须大于 0、小于十万。", "Cases a week must be above 0 and below 100,000."))
        }
        question.costPerHour = try number("cost")
        return question
    }

    private func number(_ name: String) throws(ProcessSimulation.Refusal) -> Double? {
        guard let text = fields[name], !text.isEmpty else { return nil }
        guard let value = Double(text), value.isFinite, value >= 0 else {
            throw .init(Label("「\(name)」的值「\(text)」应为不小于 0 的数。", "“\(name)” is “\(text)”; it should be a number of at least 0."))
        }
        return value
    }

    private func people(_ text: String) throws(ProcessSimulation.Refusal) -> Int {
        guard let value = Int(text), (1...10_000).contains(value) else {
            throw .init(Label("人数「\(text)」应为 1 到 10,000 的整数。", "People “\(text)” should be a whole number from 1 to 10,000."))
        }
        return value
    }
}
