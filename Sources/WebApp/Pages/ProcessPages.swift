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

/// What is asked of a log: which process, how much of the map, and by `LogQuestion` which part of the log.
struct ProcessRequest {
    let fields: [String: String]
    let activities: Double
    let paths: Double

    init(_ fields: [String: String]) {
        self.fields = fields
        func part(_ name: String, _ usual: Double) -> Double {
            fields[name].flatMap { Double($0) }.map { min(max($0, 0), 100) / 100 } ?? usual
        }
        activities = part("activities", 1)
        paths = part("paths", ProcessMapDrawing.usualPaths)
    }

    func chosen(_ facts: PlanFacts) -> Typed<Process>? {
        let all = facts.plan.all(Process.self)
        return all.first { $0.id.short == fields["process"] } ?? facts.loggedProcesses.first ?? all.first
    }

    /// Whether no part of the log is asked for.
    func isOfWholeLog(_ process: Typed<Process>, _ facts: PlanFacts) -> Bool {
        (try? LogQuestion(fields, zoneMinutes: facts.zoneMinutes(of: process)))?.filter.isEmpty ?? false
    }

    /// What the log says to the question; what is wrong with it instead.
    func mined(_ process: Typed<Process>, _ facts: PlanFacts) -> PlanFacts.MinedProcess {
        do throws(LogQuestion.Flaw) {
            return facts.mined(process, try LogQuestion(fields, zoneMinutes: facts.zoneMinutes(of: process)))
        } catch { return .refused(Label(error.words.zh, error.words.en)) }
    }
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
                    switch question.mined(process, facts) {
                    case .facts(let mined): content(process, mined)
                    case .noLog(let reason), .unreadable(let reason):
                        if (process.log ?? "").isEmpty == false { choices(process, nil) }
                        el(.p, .class("empty")) { page.t(reason) }
                    case .refused(let reason):
                        choices(process, nil)
                        el(.p, .class("problem"), .role("alert")) { page.t(reason) }
                    }
                    page.upload(process.record, "log", facts.plan)
                } else {
                    el(.p, .class("empty")) {
                        page.t("这份计划还没有流程。", "This plan has no process yet."); " ";
                        el(.a, .class("ref"), .href("/plans/\(facts.plan.key)/processes/new")) { page.t("添加流程", "Add a process") }
                    }
                }
            }
        }
    }

    @MarkupBuilder private func content(_ process: Typed<Process>, _ mined: ProcessFacts) -> Markup {
        choices(process, mined)
        warnings(mined)
        summary(mined)
        if question.isOfWholeLog(process, facts), let words = facts.wordsOfSuccessors(process) {
            el(.p, .class("muted")) { page.t(words) }
        }
        page.figure(
            ProcessMapDrawing(
                ProcessMap(mined.log, activities: question.activities, paths: question.paths, clock: mined.clock),
                title: process.title ?? "", style: .screen, language: page.language
            ).draw())
        page.figure(
            ProcessLoadDrawing(mined.load, title: process.title ?? "", style: .screen, language: page.language).draw())
        el(.div, .class("multi")) {
            section(page.t("时间花在哪里", "Where the time goes"), bottlenecks(mined, mined.bottlenecks))
            section(page.t("等待最多的路段", "Ways most is waited on"), bottlenecks(mined, mined.ways))
            if let conformance = mined.conformance, let drawn = mined.drawn {
                section(page.t("与画出来的流程对照", "Against the drawn process"), deviations(mined, conformance, drawn))
            }
            section(page.t("最常见的路径", "Most frequent variants"), variants(mined))
            if !mined.handOvers.isEmpty { section(page.t("工作交接", "Hand-over of work"), handOvers(mined)) }
            section(page.t("路段用时", "Times of ways"), arcs(mined))
            if let comparison = mined.comparison {
                section(comparisonTitle, self.comparison(comparison), isWide: true)
            }
        }
        page.changing { discovery(process) }
    }

    private func section(_ title: String, _ content: Markup, isWide: Bool = false) -> Markup {
        el(.section, .class(isWide ? "fig full" : "fig")) {
            el(.h2) { title }
            el(.div, .class("scroll")) { content }
        }
    }

    /// - Parameter mined: what the fields may choose from; nil where the question could not be answered.
    private func choices(_ process: Typed<Process>, _ mined: ProcessFacts?) -> Markup {
        let log = mined?.reading.log
        return el(.form, .class("choices"), .method("get")) {
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
            input("from", page.t("开始于", "Begun from"), type: "date")
            input("to", page.t("至", "to"), type: "date")
            names("with", page.t("经过活动", "With activity"), log?.activities ?? [])
            names("without", page.t("不经过", "Without"), log?.activities ?? [])
            names("person", page.t("经手人", "Person"), log?.resources ?? [])
            input("variant", page.t("第几种路径", "Variant number"), type: "number", example: "1")
            input("longer", page.t("全程不短于", "Lead time from"), example: "36h")
            input("shorter", page.t("不长于", "to"), example: "5d")
            input("attribute", page.t("属性", "Attribute"), example: page.t("渠道=电话", "channel=phone"))
            input("split", page.t("以此日为界对比", "Compare around"), type: "date")
            input("compare", page.t("或与另一部分对比", "or with another part"), example: "person=…&from=2026-06-01")
            el(.label, .class("tick")) {
                el(.input, .type("checkbox"), .name("clock"), .value("work"), question.fields["clock"] == "work" ? .checked : nil)
                page.t(" 只计工作时间", " Working time only")
            }
            el(.button, .class("btn"), .type("submit")) { page.t("查看", "Show") }
        }
    }

    private func input(_ name: String, _ label: String, type: String = "text", example: String? = nil) -> Markup {
        el(.label) {
            label + " "
            el(
                .input, .type(type), .name(name), .value(question.fields[name] ?? ""),
                example.map { Attribute("placeholder", $0) },
                type == "number" ? Attribute("min", "1") : nil)
        }
    }

    private func names(_ name: String, _ label: String, _ all: [String]) -> Markup {
        let chosen = question.fields[name] ?? ""
        return el(.label) {
            label + " "
            el(.select, .name(name)) {
                el(.option, .value(""), chosen.isEmpty ? .selected : nil) { page.t("不限", "Any") }
                // What was asked stays to be seen, also where the log does not have it.
                if !chosen.isEmpty, !all.contains(chosen) { el(.option, .value(chosen), .selected) { chosen } }
                for entry in all.sorted() { el(.option, .value(entry), entry == chosen ? .selected : nil) { entry } }
            }
        }
    }

    /// What a reader has to know before the numbers.
    @MarkupBuilder private func warnings(_ mined: ProcessFacts) -> Markup {
        if mined.reading.hasMixedZones {
            el(.p, .class("problem")) {
                page.t(
                    "日志里有的时间写了时区、有的没写：\(mined.reading.rowsWithoutZone) 个没有写的按流程的「日志时区」计算。",
                    "Some times of the log name a zone and some do not: \(mined.reading.rowsWithoutZone) that do not were taken in the process's “Zone of the log”."
                )
            }
        }
        if mined.reading.ambiguousDates > 0, let isDayFirst = mined.reading.isDayFirst {
            el(.p, .class("problem")) {
                page.t(
                    "\(mined.reading.ambiguousDates) 个日期分不清日和月，按\(isDayFirst ? "日" : "月")在前计算；请把日志的日期写成 2026-03-01 的样子。",
                    "\(mined.reading.ambiguousDates) dates do not tell day from month and were read \(isDayFirst ? "day" : "month") first; write the log's dates as 2026-03-01."
                )
            }
        }
    }

    private func count(_ number: Int) -> String { DisplayText.number(Double(number)) }

    private func summary(_ mined: ProcessFacts) -> Markup {
        let statistics = mined.statistics
        return el(.p, .class("facts apart")) {
            el(.span) {
                el(.b) { DisplayText.number(Double(statistics.cases)) }; page.t(" 个案例", " cases")
            }
            el(.span) {
                el(.b) { DisplayText.number(Double(statistics.events)) }; page.t(" 个事件", " events")
            }
            el(.span) {
                el(.b) { DisplayText.number(Double(statistics.variants.count)) }; page.t(" 种路径", " variants")
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
                    "\(count(conformance.cases)) 个案例中 \(count(conformance.conformingCases)) 个与画出的流程完全一致，拟合度 \(DisplayText.percent(conformance.fitness))。",
                    "\(count(conformance.conformingCases)) of \(count(conformance.cases)) cases go exactly as drawn; fitness \(DisplayText.percent(conformance.fitness))."
                )
            }
            if conformance.unalignedCases > 0 {
                el(.p) {
                    page.t(
                        "另有 \(count(conformance.unalignedCases)) 个案例过长或过于不同，未能对照。",
                        "\(count(conformance.unalignedCases)) cases were too long or too different to be compared.")
                }
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
                            el(.td, .class("nb"), .data("l", heads[1])) { count(step.done) }
                            el(.td, .class("nb"), .data("l", heads[2])) { count(step.skipped) }
                            el(.td, .class("nb"), .data("l", heads[3])) { count(step.outOfOrder) }
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
                            el(.td, .class("nb"), .data("l", heads[1])) { count(extra.events) }
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

    private func arcs(_ mined: ProcessFacts) -> Markup {
        let heads = [
            page.t("路段", "Way"), page.t("次数", "Count"), page.t("最短", "Least"), page.t("平均", "Mean"), page.t("中位", "Median"),
            "P80",
            "P90", page.t("最长", "Most"),
        ]
        return el(.table, .class("tbl cards")) {
            el(.thead) { el(.tr) { for head in heads { el(.th) { head } } } }
            el(.tbody) {
                for arc in mined.statistics.arcs.prefix(12) {
                    let times = [arc.time.minimum, arc.time.mean, arc.time.median, arc.time.p80, arc.time.p90, arc.time.maximum]
                    el(.tr, .class("rec")) {
                        el(.td) { "\(mined.log.activities[arc.from]) → \(mined.log.activities[arc.to])" }
                        el(.td, .class("nb"), .data("l", heads[1])) { "\(arc.count)" }
                        for (head, time) in zip(heads.dropFirst(2), times) {
                            el(.td, .class("nb"), .data("l", head)) { page.span(time) }
                        }
                    }
                }
            }
        }
    }

    private var comparisonTitle: String {
        guard question.fields["compare", default: ""].isEmpty, let day = question.fields["split"] else {
            return page.t("两部分对比", "Two parts compared")
        }
        return page.t("\(day) 前后对比", "Before and after \(day)")
    }

    private func comparison(_ comparison: LogComparison) -> Markup {
        guard comparison.first.cases > 0, comparison.second.cases > 0 else {
            return el(.p, .class("empty")) { page.t("其中一部分没有案例。", "One of the parts has no case.") }
        }
        return el(.div) {
            el(.p) {
                page.t(
                    "全程平均 \(page.span(comparison.first.leadTime.mean))（\(count(comparison.first.cases)) 个案例）→ \(page.span(comparison.second.leadTime.mean))（\(count(comparison.second.cases)) 个案例）",
                    "Lead time, mean: \(page.span(comparison.first.leadTime.mean)) (\(count(comparison.first.cases)) cases) → \(page.span(comparison.second.leadTime.mean)) (\(count(comparison.second.cases)) cases)"
                )
            }
            lines(page.t("环节", "Activity"), comparison.activities)
            lines(page.t("路段", "Way"), comparison.arcs)
        }
    }

    /// Those that take most time in either part, twelve at most.
    private func lines(_ title: String, _ all: [LogComparison.Line]) -> Markup {
        func cost(_ line: LogComparison.Line) -> Double {
            max((line.means.0 ?? 0) * Double(line.counts.0), (line.means.1 ?? 0) * Double(line.counts.1))
        }
        let heads = [
            title, page.t("左边次数", "Count, first"), page.t("右边次数", "Count, second"), page.t("左边平均", "Mean, first"),
            page.t("右边平均", "Mean, second"),
        ]
        return el(.table, .class("tbl cards")) {
            el(.thead) { el(.tr) { for head in heads { el(.th) { head } } } }
            el(.tbody) {
                for line in all.sorted(by: { cost($0) > cost($1) }).prefix(12) {
                    el(.tr, .class("rec")) {
                        el(.td) { line.names.joined(separator: " → ") }
                        el(.td, .class("nb"), .data("l", heads[1])) { "\(line.counts.0)" }
                        el(.td, .class("nb"), .data("l", heads[2])) { "\(line.counts.1)" }
                        el(.td, .class("nb"), .data("l", heads[3])) { page.span(line.means.0) }
                        el(.td, .class("nb"), .data("l", heads[4])) { page.span(line.means.1) }
                    }
                }
            }
        }
    }

    // MARK: Forms

    private func discovery(_ process: Typed<Process>) -> Markup {
        el(
            .form, .class("acting"), .method("post"), .action("/plans/\(facts.plan.key)/process/discovery")
        ) {
            el(.input, .type("hidden"), .name("process"), .value(process.id.short))
            page.base(facts.plan.revision)
            el(.button, .class("btn"), .type("submit")) { page.t("从日志画出流程", "Draw the process from the log") }
            el(.label) {
                page.t("忽略少于此比例的走法 ", "Leave out what is rarer than ")
                el(
                    .input, .type("number"), .name("threshold"), .value("20"), Attribute("min", "0"), Attribute("max", "100"))
                " %"
            }
            el(.span, .class("muted small")) {
                page.t(
                    "按日志生成带网关的新流程，可逐步编辑；历史中一次撤销。",
                    "Makes a new process with gateways from the log, to be edited step by step; one undo takes it back.")
            }
        }
    }
}
