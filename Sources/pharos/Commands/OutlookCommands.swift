import ArgumentParser
import Foundation
import PlanExchange
import PlanInsight
import PlanModel
import Scheduling

/// What the commands on a plan's schedule share: one plan file, or a workspace folder of one plan.
struct OutlookInput: ParsableArguments {
    @Argument(help: "A plan file (.yaml).", completion: .file(extensions: ["yaml"])) var file: String
    @OptionGroup var holidays: HolidayOption
    @OptionGroup var options: LanguageOption

    var language: Language { options.language }
    func t(_ zh: String, _ en: String) -> String { language == .chinese ? zh : en }

    func facts() throws -> PlanFacts {
        let workspace = try holidays.workspace(file, language)
        guard let plan = workspace.plans.first, let facts = PlanFacts(plan.key, in: workspace, today: Terminal.today) else {
            throw ExitCode(2)
        }
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
        commandName: "level", abstract: "Level a plan's tasks under the capacity of its people.",
        discussion:
            "Nothing is written unless --write is given. Control-C ends the search with the best found so far. The same seed gives the same result, unless --seconds ends the search.\nExamples:\n  pharos level project.yaml\n  pharos level project.yaml --aim earliestFinish --write\n  pharos level project.yaml --within-float --format json\n  pharos level project.yaml --aim earliestFinish --seconds 10 --threads 4 --seed 7"
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

    @OptionGroup var input: OutlookInput
    @Option(help: "fewestChanges, earliestFinish or deadlines.") var aim: LevellingProposal.Aim = .fewestChanges
    @Flag(help: "Move tasks within their float only, so that the finish stays.") var withinFloat = false
    @Option(help: "How many schedules to try, 1 to 1,000,000; 5000 if neither this nor --seconds is given.") var schedules: Int?
    @Option(help: "How many seconds to search at most, up to 86,400.") var seconds: Double?
    @Option(help: "How many threads; one per core if left out. The result does not depend on it.") var threads: Int?
    @Option(help: "Where the search starts; another seed may find another schedule.") var seed: UInt64 = 1
    @Flag(help: "Write the delays into the plan file.") var write = false
    @Option(help: "table or json.") var format: Format = .table

    func validate() throws {
        guard (1...1_000_000).contains(schedules ?? 1) else { throw ValidationError("--schedules 1…1000000") }
        guard (seconds ?? 1) > 0, (seconds ?? 1) <= 86_400 else { throw ValidationError("--seconds 0…86400") }
        guard (1...1024).contains(threads ?? 1) else { throw ValidationError("--threads 1…1024") }
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
        } catch {
            Terminal.complain(
                input.t(
                    "\(input.file)：没有可以平衡的任务（成环，或都已完成）。",
                    "\(input.file): there is nothing to level (a ring of tasks, or all are done)."))
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
        try Data(PlanFileWriter.write(proposal.edits(of: facts.plan).plan).utf8).write(
            to: URL(fileURLWithPath: input.file), options: .atomic)
        Terminal.complain(input.t("已写入 \(input.file)。", "Written to \(input.file)."))
    }

    private func printTable(_ proposal: LevellingProposal, _ facts: PlanFacts) {
        let days = { (days: Double) in DisplayText.number((days * 10).rounded() / 10) }
        Terminal.say(
            input.t(
                "超载 \(days(proposal.overloadBefore)) → \(days(proposal.overloadAfter)) 人天；完工 \(proposal.finishBefore?.description ?? "") → \(proposal.finishAfter?.description ?? "")",
                "Overload \(days(proposal.overloadBefore)) → \(days(proposal.overloadAfter)) person days; finish \(proposal.finishBefore?.description ?? "") → \(proposal.finishAfter?.description ?? "")"
            ))
        Terminal.say(proposal.proof(aim)[input.language])
        for (task, person) in proposal.excessive {
            Terminal.say(
                input.t(
                    "\(task.short) 单独就超出 \(person.short) 可投入的时间。",
                    "\(task.short) alone asks more of \(person.short) than there is."))
        }
        for way in proposal.ways { Terminal.say("\(way.task.short) ← \(way.alternative.short)  \(way.words[input.language])") }
        guard proposal.isNeeded else { return Terminal.say(input.t("没有要移动的任务。", "No task has to move.")) }
        let head = input.language == .chinese ? ["编号", "任务", "现在", "平衡后", "原因"] : ["Id", "Task", "Now", "Levelled", "Why"]
        Terminal.say(
            Terminal.table(
                head,
                proposal.moves.map { move in
                    [
                        move.task.short, facts.plan.record(move.task)?.title ?? "",
                        "\(move.from.lowerBound) – \(move.from.upperBound)", "\(move.to.lowerBound) – \(move.to.upperBound)",
                        move.reason[input.language],
                    ]
                }))
    }
}

extension LevellingProposal.Aim: ExpressibleByArgument {}

struct SimulateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate", abstract: "Simulate when a plan will be finished and what it will cost.",
        discussion:
            "Optimistic and pessimistic durations and open risks are drawn at random, without and with the responses to risks.\nExamples:\n  pharos simulate project.yaml\n  pharos simulate project.yaml --runs 50000 --format json"
    )

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

    @OptionGroup var input: OutlookInput
    @Option(help: "How many runs, 100 to 10,000,000.") var runs = 10_000
    @Option(help: "The same seed gives the same result.") var seed: UInt64 = 1
    @Option(help: "Confidence of the reserves, 1 to 99 per cent; the plan's if left out.") var confidence: Double?
    @Flag(help: "Stop before all runs are made once the figures are steady.") var converge = false
    @Option(help: "table or json.") var format: Format = .table

    func validate() throws {
        guard (100...10_000_000).contains(runs) else { throw ValidationError("--runs 100…10000000") }
        guard (1...99).contains(confidence ?? 80) else { throw ValidationError("--confidence 1…99") }
    }

    func run() throws {
        let facts = try input.facts()
        let label = input.t("模拟", "Simulating")
        let found: RiskOutlook?
        do {
            found = try RiskOutlook(
                facts, options: SimulationOptions(runs: runs, seed: seed, convergence: converge ? ConvergenceRule() : nil),
                confidence: confidence.map { $0 / 100 }
            ) { progress in
                Terminal.progress(label, min(progress.part, 0.99))
                return .proceed
            }
        } catch {
            Terminal.complain(
                input.t(
                    "\(input.file)：估算不成立（\(error)）。乐观 ≤ 工期 ≤ 悲观，概率在 0–100%。",
                    "\(input.file): an estimate cannot be meant (\(error)). Optimistic ≤ duration ≤ pessimistic, probabilities 0–100 %."
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
                    ? ["编号", "最影响完工的", "最好（天）", "最坏（天）"] : ["Id", "What moves the finish most", "Best, days", "Worst, days"],
                Array(drivers), right: [2, 3]))
    }
}

struct EarnedValueCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "earned-value", abstract: "Earned value of a plan against its baseline.",
        discussion: "Examples:\n  pharos earned-value project.yaml\n  pharos earned-value project.yaml --format csv > curve.csv")

    enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, csv }

    @OptionGroup var input: OutlookInput
    @Option(help: "table, json, or csv for the curve by day.") var format: Format = .table

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
