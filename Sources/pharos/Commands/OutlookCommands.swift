import ArgumentParser
import Foundation
import PlanExchange
import PlanInsight
import PlanModel
import Scheduling

/// What the commands on a plan's schedule share: one plan file, or a workspace folder of one plan.
struct OutlookInput: ParsableArguments {
    @Argument(help: .both("计划文件（.yaml）。", "A plan file (.yaml)."), completion: .file(extensions: ["yaml"])) var file: String
    @OptionGroup var holidays: HolidayOption
    @OptionGroup var options: LanguageOption

    var language: Language { options.language }
    func t(_ zh: String, _ en: String) -> String { language == .chinese ? zh : en }

    func facts() throws -> PlanFacts {
        let workspace = try holidays.workspace(file, language)
        let plan = try PlanInput.plan(of: workspace, at: file)
        guard let facts = PlanFacts(plan.key, in: workspace, today: Terminal.today) else { throw ExitCode(2) }
        return facts
    }

    func print(json value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        Terminal.say(String(decoding: try encoder.encode(value), as: UTF8.self))
    }
}

struct LevelCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        "level", Label("按人员可投入的时间平衡计划的任务。", "Level a plan's tasks under the capacity of its people."),
        Label(
            "不给 --write 就什么也不写。按 Control-C 停止搜索，保留目前最好的排法。种子相同则结果相同，除非搜索因 --seconds 到时而停。",
            "Nothing is written unless --write is given. Control-C ends the search with the best found so far. The same seed gives the same result, unless --seconds ends the search."
        ),
        examples: [
            "pharos level project.yaml", "pharos level project.yaml --aim earliestFinish --write",
            "pharos level project.yaml --within-float --format json",
            "pharos level project.yaml --aim earliestFinish --seconds 10 --threads 4 --seed 7",
        ])

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

    @OptionGroup var input: OutlookInput
    @Option(help: .both("目标：改动最少、最早完工或守住期限。", "fewestChanges, earliestFinish or deadlines.")) var aim: LevellingProposal.Aim =
        .fewestChanges
    @Flag(help: .both("只在时差之内移动任务，完工不变。", "Move tasks within their float only, so that the finish stays.")) var withinFloat =
        false
    @Option(
        help: .both(
            "试多少种排法，1 到 1,000,000；此项与 --seconds 都不给时为 5000。",
            "How many schedules to try, 1 to 1,000,000; 5000 if neither this nor --seconds is given.")) var schedules: Int?
    @Option(help: .both("最多搜索多少秒，不超过 86,400。", "How many seconds to search at most, up to 86,400.")) var seconds: Double?
    @Option(help: .both("用几个线程，默认每核一个；结果与它无关。", "How many threads; one per core if left out. The result does not depend on it."))
    var threads: Int?
    @Option(help: .both("搜索的起点；换一个种子可能得到另一种排法。", "Where the search starts; another seed may find another schedule.")) var seed:
        UInt64 = 1
    @Flag(help: .both("把延迟写进计划文件。", "Write the delays into the plan file.")) var write = false
    @Option(help: .both("输出格式：表格或 JSON。", "table or json.")) var format: Format = .table

    func validate() throws {
        try (1...1_000_000).check("--schedules", schedules)
        try (0.001...86_400).check("--seconds", seconds)
        try (1...1024).check("--threads", threads)
    }

    private var levelling: LevellingOptions {
        LevellingOptions(
            schedules: schedules ?? (seconds == nil ? 5000 : 1_000_000_000), seconds: seconds, threads: threads, seed: seed)
    }

    func run() throws {
        let facts = try input.facts()
        let label = input.t("平衡", "Levelling")
        let proposal: LevellingProposal
        Interrupt.listen()
        do {
            proposal = try LevellingProposal(facts, aim: aim, withinFloat: withinFloat, options: levelling) { progress in
                Terminal.progress(label, min(progress.part, 0.99))
                return Interrupt.isWished ? .stop : .proceed
            }
        } catch let refusal as LevellingRefusal {
            Terminal.complain(input.t("\(input.file)：\(refusal.words.zh)", "\(input.file): \(refusal.words.en)"))
            throw ExitCode(1)
        }
        Terminal.progress(label, 1)
        if Interrupt.isWished {
            Terminal.complain(input.t("已停止搜索；以下是目前找到的最好排法。", "The search was stopped; this is the best found so far."))
        }
        switch format {
        case .json: try input.print(json: LevellingReport(proposal, facts.plan, aim: aim, language: input.language))
        case .table: printTable(proposal, facts)
        }
        guard write, proposal.isNeeded else { return }
        try PlanInput.write(proposal.edits(of: facts.plan).plan, to: input.file, input.language)
    }

    private func printTable(_ proposal: LevellingProposal, _ facts: PlanFacts) {
        let days = { (days: Double) in DisplayText.number((days * 10).rounded() / 10) }
        Terminal.say(
            input.t(
                "超载 \(days(proposal.overloadBefore)) → \(days(proposal.overloadAfter)) 人天；完工 \(proposal.finishBefore?.description ?? "—") → \(proposal.finishAfter?.description ?? "—")",
                "Overload \(days(proposal.overloadBefore)) → \(days(proposal.overloadAfter)) person days; finish \(proposal.finishBefore?.description ?? "—") → \(proposal.finishAfter?.description ?? "—")"
            ))
        Terminal.say(proposal.proof(aim)[input.language])
        if let words = proposal.pastWords { Terminal.say(words[input.language]) }
        for (task, person) in proposal.excessive {
            Terminal.say(
                input.t(
                    "\(task.short) 单独就超出 \(person.short) 可投入的时间。",
                    "\(task.short) alone asks more of \(person.short) than there is."))
        }
        for task in proposal.overtaken { Terminal.say("\(task.task.short)  \(task.words[input.language])") }
        for way in proposal.ways { Terminal.say("\(way.task.short) ← \(way.alternative.short)  \(way.words[input.language])") }
        guard proposal.isNeeded else { return Terminal.say(input.t("没有要移动的任务。", "No task has to move.")) }
        let head = input.language == .chinese ? ["编号", "任务", "现在", "平衡后", "原因"] : ["ID", "Task", "Now", "Levelled", "Why"]
        Terminal.say(
            Terminal.table(
                head,
                proposal.moves.map { move in
                    [
                        move.task.short, facts.plan.record(move.task)?.title ?? "",
                        move.days.from, move.days.to,
                        move.reason[input.language],
                    ]
                }))
    }
}

extension LevellingProposal.Aim: ExpressibleByArgument {}

struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        "simulate", Label("模拟计划何时完工、花费多少。", "Simulate when a plan will be finished and what it will cost."),
        Label(
            "随机抽取乐观到悲观的工期和未关闭的风险，分别计算采取应对之前与之后的结果。",
            "Optimistic and pessimistic durations and open risks are drawn at random, without and with the responses to risks."),
        examples: ["pharos simulate project.yaml", "pharos simulate project.yaml --runs 50000 --format json"])

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

    @OptionGroup var input: OutlookInput
    @Option(
        help: .both(
            "模拟多少次，100 到 10,000,000；不给时模拟到数字稳定，至多 16,384 次。",
            "How many runs, 100 to 10,000,000; if left out, until the figures are steady, 16,384 at most.")) var runs: Int?
    @Option(help: .both("种子相同，结果相同。", "The same seed gives the same result.")) var seed: UInt64 = 1
    @Option(help: .both("储备的把握，百分之 1 到 99；默认用计划里写的。", "Confidence of the reserves, 1 to 99 per cent; the plan's if left out."))
    var confidence: Double?
    @Flag(help: .both("给了 --runs 时，数字稳定后提前停止。", "With --runs, stop before all are made once the figures are steady."))
    var converge = false
    @Option(help: .both("输出格式：表格或 JSON。", "table or json.")) var format: Format = .table

    func validate() throws {
        try (100...10_000_000).check("--runs", runs)
        try (1...99).check("--confidence", confidence)
    }

    func run() throws {
        let facts = try input.facts()
        let label = input.t("模拟", "Simulating")
        let found: RiskOutlook?
        var options = PlanFacts.simulation(runs: runs, seed: seed)
        if converge { options.convergence = ConvergenceRule() }
        do {
            found = try RiskOutlook(facts, options: options, confidence: confidence.map { $0 / 100 }) { progress in
                Terminal.progress(label, min(progress.part, 0.99))
                return .proceed
            }
        } catch {
            Terminal.complain(
                input.t(
                    "\(input.file)：估算不成立（\(error)）。乐观 ≤ 工期 ≤ 悲观，概率在 0–100%。",
                    "\(input.file): an estimate cannot be meant (\(error)). Optimistic ≤ duration ≤ pessimistic, probabilities 0–100%."
                ))
            throw ExitCode(1)
        }
        Terminal.progress(label, 1)
        guard let outlook = found else {
            Terminal.complain(
                input.t(
                    "没有可模拟的不确定性：给任务填写乐观与悲观工期，或给风险填写概率、延误与影响的任务。",
                    "Nothing is uncertain: give tasks an optimistic and a pessimistic duration, or risks a probability, a delay and the tasks they strike."
                ))
            throw ExitCode(1)
        }
        switch format {
        case .json: try input.print(json: OutlookReport(outlook, facts.plan))
        case .table: printTable(outlook, facts.with(outlook))
        }
    }

    private func printTable(_ outlook: RiskOutlook, _ facts: PlanFacts) {
        let percent = { (share: Double?) in share.map(DisplayText.percent) ?? "—" }
        Terminal.say(
            input.t(
                "排期完工 \(outlook.planned)；期限 \(outlook.deadline?.description ?? "—")，按期的把握 \(percent(outlook.onTime()))，应对后 \(percent(outlook.onTime(responded: true)))",
                "Scheduled finish \(outlook.planned); due \(outlook.deadline?.description ?? "—"), on time \(percent(outlook.onTime())), with responses \(percent(outlook.onTime(responded: true)))"
            ))
        Terminal.say(outlook.precision[input.language])
        for table in [ComputedTable.confidence(facts), .drawDown(facts)] where !table.rows.isEmpty {
            Terminal.say(table, input.language)
        }
        guard !outlook.drivers.isEmpty else { return }
        Terminal.say("")
        let drivers = outlook.drivers.prefix(10).map { driver in
            [
                driver.record.short, facts.plan.record(driver.record)?.title ?? "",
                DisplayText.number((driver.low * 10).rounded() / 10), DisplayText.number((driver.high * 10).rounded() / 10),
            ]
        }
        Terminal.say(
            Terminal.table(
                input.language == .chinese
                    ? ["编号", "最影响完工的", "最好（工作日）", "最坏（工作日）"]
                    : ["ID", "What moves the finish most", "Best, working days", "Worst, working days"],
                Array(drivers), right: [2, 3]))
    }
}

struct EarnedValueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        "earned-value", Label("对照基线计算计划的挣值。", "Earned value of a plan against its baseline."),
        examples: ["pharos earned-value project.yaml", "pharos earned-value project.yaml --format csv > curve.csv"])

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, csv }

    @OptionGroup var input: OutlookInput
    @Option(help: .both("输出格式：表格、JSON，或 CSV（逐日曲线）。", "table, json, or csv for the curve by day.")) var format: Format = .table

    func run() throws {
        let facts = try input.facts()
        guard let report = facts.earnedValue else {
            Terminal.complain(
                input.t("没有基线：给任务填写基线开始、基线完成与基线成本。", "There is no baseline: give tasks a baseline start, finish and cost."))
            throw ExitCode(1)
        }
        let summary = EarnedValueSummary(report, facts.plan, input.language)
        switch format {
        case .json: try input.print(json: summary)
        case .csv:
            Terminal.say("day,planned_value,earned_value,actual_cost")
            for point in summary.curve {
                Terminal.say(
                    "\(point.day),\(point.plannedValue),\(point.earnedValue.map { "\($0)" } ?? ""),\(point.actualCost.map { "\($0)" } ?? "")"
                )
            }
        case .table:
            Terminal.say(input.t("截至 \(summary.statusDay)", "As of \(summary.statusDay)"))
            Terminal.say(.earnedValue(facts), input.language)
        }
    }
}
