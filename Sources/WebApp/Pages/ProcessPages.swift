import Hummingbird
import Markup
import PlanInsight
import PlanModel
import PlanPictures
import ProcessMining
import WorkingTime

/// The ways to look at a process, above each of them.
enum ProcessView: String, CaseIterable {
    case map = "process", simulation = "process/simulation"

    var label: Label { self == .map ? Label("日志分析", "Event log") : Label("流程仿真", "Simulation") }
}

/// What is asked of a log: which process, which part, how much of the map.
struct ProcessRequest {
    let process: String?
    let activities: Double
    let paths: Double
    let from: Day?
    let to: Day?
    /// Cases that begin before this day are compared with those that begin from it on.
    let split: Day?

    init(_ fields: [String: String]) {
        process = fields["process"]
        func part(_ name: String, _ usual: Double) -> Double {
            fields[name].flatMap { Double($0) }.map { min(max($0, 0), 100) / 100 } ?? usual
        }
        activities = part("activities", 1)
        paths = part("paths", ProcessMapDrawing.usualPaths)
        from = fields["from"].flatMap { Day($0) }
        to = fields["to"].flatMap { Day($0) }
        split = fields["split"].flatMap { Day($0) }
    }

    func chosen(_ facts: PlanFacts) -> Typed<Process>? {
        let all = facts.plan.all(Process.self)
        return all.first { $0.id.short == process } ?? facts.loggedProcesses.first ?? all.first
    }

    var filter: LogFilter {
        var filter = LogFilter()
        if from != nil || to != nil {
            filter.coverage = .started
            filter.period =
                (from.map(Self.micros) ?? .min)..<max(to.map { Self.micros($0 + 1) } ?? .max, from.map(Self.micros) ?? .min)
        }
        return filter
    }

    static func micros(_ day: Day) -> Int64 { (Int64(day.number) * 86_400 - Int64(ProcessFacts.zoneMinutes) * 60) * 1_000_000 }
}

extension Page {
    func processHead(_ view: ProcessView, _ title: String, _ says: String) -> Markup {
        el(.header, .class("page-head")) {
            el(.div) {
                el(.h1) { title }
                el(.p) { says }
            }
            el(.div, .class("right")) {
                el(.nav, .class("seg"), .aria("label", t("流程的看法", "Views of the process"))) {
                    for other in ProcessView.allCases {
                        el(
                            .a, .href("/plans/\(plan?.key.text ?? "")/\(other.rawValue)"),
                            other == view ? .aria("current", "page") : nil
                        ) { t(other.label) }
                    }
                }
            }
        }
    }

    /// A chooser of a process of the plan.
    func processChoice(_ name: String, _ label: String, _ all: [Typed<Process>], chosen: RecordID?, none: String? = nil) -> Markup
    {
        el(.label) {
            label + " "
            el(.select, .name(name)) {
                if let none { el(.option, .value(""), chosen == nil ? .selected : nil) { none } }
                for process in all {
                    el(.option, .value(process.id.short), process.id == chosen ? .selected : nil) {
                        process.title ?? process.id.short
                    }
                }
            }
        }
    }

    func span(_ seconds: Double?) -> String { seconds.map { DisplayText.span($0, language) } ?? "—" }
}

/// What the event log of a process says: the map, where time goes, whether the drawn process is kept to.
struct ProcessPage {
    let page: Page
    let facts: PlanFacts
    let question: ProcessRequest
    var problem: Label?

    func response() -> Response {
        let process = question.chosen(facts)
        return page.response(
            title: page.t("流程 · \(facts.plan.title)", "Process · \(facts.plan.title)"), tab: .process,
            status: problem == nil ? .ok : .unprocessableContent
        ) {
            el(.main, .class("page wide"), .id("main")) {
                page.processHead(
                    .map, page.t("流程在日志里的样子", "The process in its log"),
                    page.t(
                        "从系统的时间戳看流程怎样走、时间花在哪里、与画出来的流程差在哪里。",
                        "How cases really go, where their time is spent, and how far the drawn process is kept to."))
                if let problem { el(.p, .class("problem"), .role("alert")) { page.t(problem) } }
                if let process {
                    switch facts.mined(process, question.filter) {
                    case .facts(let mined): content(process, mined)
                    case .noLog(let reason), .unreadable(let reason): el(.p, .class("empty")) { page.t(reason) }
                    }
                    upload(process)
                } else {
                    el(.p, .class("empty")) {
                        page.t("这份计划还没有流程。", "This plan has no process yet."); " ";
                        el(.a, .href("/plans/\(facts.plan.key)/processes/new")) { page.t("添加流程", "Add a process") }
                    }
                }
            }
        }
    }

    @MarkupBuilder private func content(_ process: Typed<Process>, _ mined: ProcessFacts) -> Markup {
        choices(process)
        summary(mined)
        page.figure(
            ProcessMapDrawing(
                ProcessMap(mined.log, activities: question.activities, paths: question.paths), title: process.title ?? "",
                style: .screen, language: page.language
            ).draw())
        el(.div, .class("multi")) {
            section(page.t("时间花在哪里", "Where the time goes"), bottlenecks(mined, mined.bottlenecks))
            section(page.t("等待最多的路段", "Ways most is waited on"), bottlenecks(mined, mined.ways))
            if let conformance = mined.conformance, let drawn = mined.drawn {
                section(page.t("与画出来的流程对照", "Against the drawn process"), deviations(mined, conformance, drawn))
            }
            section(page.t("最常见的路径", "Most frequent variants"), variants(mined))
            if !mined.handOvers.isEmpty { section(page.t("工作交接", "Hand-over of work"), handOvers(mined)) }
            if let split = question.split {
                section(page.t("\(split) 前后对比", "Before and after \(split)"), comparison(mined, split), isWide: true)
            }
        }
        discovery(process)
    }

    private func section(_ title: String, _ content: Markup, isWide: Bool = false) -> Markup {
        el(.section, .class(isWide ? "fig full" : "fig")) {
            el(.h2) { title }
            el(.div, .class("scroll")) { content }
        }
    }

    private func choices(_ process: Typed<Process>) -> Markup {
        el(.form, .class("choices"), .method("get")) {
            if facts.loggedProcesses.count > 1 {
                page.processChoice("process", page.t("流程", "Process"), facts.loggedProcesses, chosen: process.id)
            }
            for (name, label, value) in [
                ("activities", page.t("活动", "Activities"), question.activities), ("paths", page.t("路径", "Paths"), question.paths),
            ] {
                el(.label) {
                    label + " "
                    el(
                        .input, .type("range"), .name(name), Attribute("min", "10"), Attribute("max", "100"),
                        Attribute("step", "5"), .value(DisplayText.number((value * 100).rounded())))
                    " \(DisplayText.percent(value))"
                }
            }
            for (name, label, day) in [
                ("from", page.t("开始于", "Begun from"), question.from), ("to", page.t("至", "to"), question.to),
                ("split", page.t("以此日为界对比", "Compare around"), question.split),
            ] {
                el(.label) {
                    label + " "
                    el(.input, .type("date"), .name(name), .value(day.map { "\($0)" } ?? ""))
                }
            }
            el(.button, .class("btn"), .type("submit")) { page.t("查看", "Show") }
        }
    }

    private func summary(_ mined: ProcessFacts) -> Markup {
        let statistics = mined.statistics
        return el(.p, .class("facts"), .style("margin:24px 0")) {
            el(.span) {
                el(.b) { "\(statistics.cases)" }; page.t(" 个案例", " cases")
            }
            el(.span) {
                el(.b) { "\(statistics.events)" }; page.t(" 个事件", " events")
            }
            el(.span) {
                el(.b) { "\(statistics.variants.count)" }; page.t(" 种路径", " variants")
            }
            el(.span) {
                page.t("全程平均 ", "Lead time, mean "); el(.b) { page.span(statistics.leadTime.mean) }
            }
            el(.span) {
                page.t("中位 ", "median "); el(.b) { page.span(statistics.leadTime.median) }
            }
            el(.span) {
                "P90 "; el(.b) { page.span(statistics.leadTime.p90) }
            }
            el(.span) {
                page.t("平均在办 ", "in progress, mean ");
                el(.b) { DisplayText.number((mined.load.meanInProgress * 10).rounded() / 10) }
            }
            if mined.reading.badRowCount > 0 {
                el(.span, .class("muted")) {
                    let first =
                        mined.reading.badRows.first.map {
                            page.t("，如第 \($0.line) 行：\($0.reason.words.zh)", ", such as line \($0.line): \($0.reason.words.en)")
                        } ?? ""
                    page.t(
                        "\(mined.reading.badRowCount) 行读不懂，未计入\(first)",
                        "\(mined.reading.badRowCount) rows could not be read and do not count\(first)")
                }
            }
        }
    }

    private func bottlenecks(_ mined: ProcessFacts, _ all: [Bottleneck]) -> Markup {
        let heads = [
            page.t("环节", "Where"), page.t("次数", "Count"), page.t("平均", "Mean"), page.t("其中等待", "Waiting"),
            page.t("占全部用时", "Of all time"), page.t("趋势", "Trend"), page.t("最久的案例", "Worst cases"),
        ]
        return el(.table, .class("tbl cards")) {
            el(.thead) { el(.tr) { for head in heads { el(.th) { head } } } }
            el(.tbody) {
                for entry in all.prefix(8) {
                    el(.tr, .class("rec")) {
                        el(.td) { mined.name(entry.place) }
                        el(.td, .class("nb"), .data("l", heads[1])) { "\(entry.count)" }
                        el(.td, .class("nb"), .data("l", heads[2])) { page.span(entry.mean) }
                        el(.td, .class("nb"), .data("l", heads[3])) { DisplayText.percent(entry.waitingShare) }
                        el(.td, .class("nb"), .data("l", heads[4])) { DisplayText.percent(entry.share) }
                        el(.td, .class("nb"), .data("l", heads[5])) {
                            entry.trend.map { ($0 > 0 ? "+" : "") + DisplayText.percent($0) } ?? "—"
                        }
                        el(.td, .class("small"), .data("l", heads[6])) {
                            entry.worstCases.prefix(3).map { mined.log.cases[$0] }.joined(separator: page.t("、", ", "))
                        }
                    }
                }
            }
        }
    }

    private func deviations(_ mined: ProcessFacts, _ conformance: Conformance, _ drawn: PlanProcess) -> Markup {
        let heads = [
            page.t("环节", "Step"), page.t("照做", "Done"), page.t("跳过", "Skipped"), page.t("次序不同", "Out of order"),
            page.t("案例", "Cases"),
        ]
        return el(.div) {
            el(.p) {
                page.t(
                    "\(conformance.cases) 个案例中 \(conformance.conformingCases) 个与画出的流程完全一致，拟合度 \(DisplayText.percent(conformance.fitness))。",
                    "\(conformance.conformingCases) of \(conformance.cases) cases go exactly as drawn; fitness \(DisplayText.percent(conformance.fitness))."
                )
            }
            el(.table, .class("tbl cards")) {
                el(.thead) { el(.tr) { for head in heads { el(.th) { head } } } }
                el(.tbody) {
                    for step in conformance.steps.filter({ $0.skipped + $0.outOfOrder > 0 }).sorted(by: {
                        $0.skipped + $0.outOfOrder > $1.skipped + $1.outOfOrder
                    }).prefix(8) {
                        el(.tr, .class("rec")) {
                            el(.td) {
                                page.reference(drawn.steps[step.node].id, from: facts.plan.key);
                                "　\(drawn.steps[step.node].title ?? "")"
                            }
                            el(.td, .class("nb"), .data("l", heads[1])) { "\(step.done)" }
                            el(.td, .class("nb"), .data("l", heads[2])) { "\(step.skipped)" }
                            el(.td, .class("nb"), .data("l", heads[3])) { "\(step.outOfOrder)" }
                            el(.td, .class("small"), .data("l", heads[4])) {
                                step.cases.prefix(3).map { mined.log.cases[$0] }.joined(separator: page.t("、", ", "))
                            }
                        }
                    }
                    for extra in conformance.extras.prefix(8) {
                        el(.tr, .class("rec")) {
                            el(.td) {
                                extra.activity;
                                el(.span, .class("muted")) {
                                    extra.isDrawn ? page.t("　多做", "  once more") : page.t("　图中没有", "  not drawn")
                                }
                            }
                            el(.td, .class("nb"), .data("l", heads[1])) { "\(extra.events)" }
                            el(.td) {}
                            el(.td) {}
                            el(.td, .class("small"), .data("l", heads[4])) {
                                extra.cases.prefix(3).map { mined.log.cases[$0] }.joined(separator: page.t("、", ", "))
                            }
                        }
                    }
                }
            }
        }
    }

    private func variants(_ mined: ProcessFacts) -> Markup {
        el(.table, .class("tbl")) {
            el(.tbody) {
                for variant in mined.statistics.variants.prefix(6) {
                    el(.tr) {
                        el(.td, .class("nb")) {
                            DisplayText.percent(Double(variant.count) / Double(max(mined.statistics.cases, 1)))
                        }
                        el(.td, .class("small")) { variant.trace.map { mined.log.activities[Int($0)] }.joined(separator: " → ") }
                    }
                }
            }
        }
    }

    private func handOvers(_ mined: ProcessFacts) -> Markup {
        let heads = [page.t("从", "From"), page.t("到", "To"), page.t("次数", "Count"), page.t("平均等待", "Mean wait")]
        return el(.div) {
            el(.p) {
                page.t(
                    "\(DisplayText.percent(HandOver.share(mined.handOvers))) 的前后两步换了人。",
                    "\(DisplayText.percent(HandOver.share(mined.handOvers))) of steps go to somebody else.")
            }
            el(.table, .class("tbl")) {
                el(.thead) { el(.tr) { for head in heads { el(.th) { head } } } }
                el(.tbody) {
                    for entry in mined.handOvers.filter({ $0.from != $0.to }).prefix(6) {
                        el(.tr) {
                            el(.td) { mined.log.resources[entry.from] }
                            el(.td) { mined.log.resources[entry.to] }
                            el(.td, .class("nb")) { "\(entry.count)" }
                            el(.td, .class("nb")) { page.span(entry.waiting.mean) }
                        }
                    }
                }
            }
        }
    }

    private func comparison(_ mined: ProcessFacts, _ split: Day) -> Markup {
        let border = ProcessRequest.micros(split)
        let (before, after) = (
            mined.log.keepingCases { mined.log.span(ofCase: $0).from < border },
            mined.log.keepingCases { mined.log.span(ofCase: $0).from >= border }
        )
        guard before.caseCount > 0, after.caseCount > 0 else {
            return el(.p, .class("empty")) { page.t("这一天之前或之后没有案例。", "There are no cases before or after that day.") }
        }
        let comparison = LogComparison(before, after)
        let heads = [
            page.t("环节", "Activity"), page.t("之前次数", "Count before"), page.t("之后次数", "Count after"),
            page.t("之前平均", "Mean before"), page.t("之后平均", "Mean after"),
        ]
        return el(.div) {
            el(.p) {
                page.t(
                    "全程平均 \(page.span(comparison.first.leadTime.mean))（\(comparison.first.cases) 个案例）→ \(page.span(comparison.second.leadTime.mean))（\(comparison.second.cases) 个案例）",
                    "Lead time, mean: \(page.span(comparison.first.leadTime.mean)) (\(comparison.first.cases) cases) → \(page.span(comparison.second.leadTime.mean)) (\(comparison.second.cases) cases)"
                )
            }
            el(.table, .class("tbl cards")) {
                el(.thead) { el(.tr) { for head in heads { el(.th) { head } } } }
                el(.tbody) {
                    for line in comparison.activities.sorted(by: {
                        ($0.means.0 ?? 0) * Double($0.counts.0) > ($1.means.0 ?? 0) * Double($1.counts.0)
                    }) {
                        el(.tr, .class("rec")) {
                            el(.td) { line.names[0] }
                            el(.td, .class("nb"), .data("l", heads[1])) { "\(line.counts.0)" }
                            el(.td, .class("nb"), .data("l", heads[2])) { "\(line.counts.1)" }
                            el(.td, .class("nb"), .data("l", heads[3])) { page.span(line.means.0) }
                            el(.td, .class("nb"), .data("l", heads[4])) { page.span(line.means.1) }
                        }
                    }
                }
            }
        }
    }

    // MARK: Forms

    private func discovery(_ process: Typed<Process>) -> Markup {
        el(
            .form, .class("acts"), .method("post"), .action("/plans/\(facts.plan.key)/process/discovery"),
            .style("margin:24px 0;display:flex;gap:8px;align-items:center;flex-wrap:wrap")
        ) {
            el(.input, .type("hidden"), .name("process"), .value(process.id.short))
            page.base(facts.plan.revision)
            el(.button, .class("btn"), .type("submit")) { page.t("从日志画出流程", "Draw the process from the log") }
            el(.span, .class("muted small")) {
                page.t(
                    "按日志生成带网关的新流程，可逐步编辑；历史中一次撤销。",
                    "Makes a new process with gateways from the log, to be edited step by step; one undo takes it back.")
            }
        }
    }

    private func upload(_ process: Typed<Process>) -> Markup {
        el(
            .form, .class("choices"), .method("post"), .action("/plans/\(facts.plan.key)/process/log"),
            Attribute("enctype", "multipart/form-data"), .style("margin:24px 0 40px")
        ) {
            el(.input, .type("hidden"), .name("process"), .value(process.id.short))
            page.base(facts.plan.revision)
            if let revision = try? page.site.store.filesRevision {
                el(.input, .type("hidden"), .name("files"), .value(String(revision)))
            }
            el(.label) {
                page.t("事件日志（CSV 或 XES，可用 gzip 压缩） ", "Event log (CSV or XES, gzip allowed) ")
                el(
                    .input, .type("file"), .name("file"),
                    Attribute("accept", WorkspaceFiles.endings.joined(separator: ",") + ",.gz"), .required)
            }
            el(.button, .class("btn"), .type("submit")) { page.t("上传", "Upload") }
        }
    }
}
