import PlanModel
import Scheduling
import WorkingTime

/// The tables of a schedule: what its page, the command line and the document show alike.
extension ComputedTable {
    /// What a schedule is looked at by, without empty tables.
    public static func schedule(_ facts: PlanFacts) -> [ComputedTable] {
        [quality, paths, nearCritical, lateness, baselines].map { $0(facts) }.filter { !$0.rows.isEmpty }
    }

    /// The fourteen points of schedule quality; empty for a list of dated tasks, which is no network.
    @Sendable public static func quality(_ facts: PlanFacts) -> ComputedTable {
        let points = facts.isNetwork ? facts.scheduleQuality?.points ?? [] : []
        return ComputedTable(
            Label("排期质量（DCMA 十四点）", "Schedule quality (DCMA 14 points)"),
            [
                Column("序号", "No.", isNumeric: true), Column("检查点", "Check"), Column("结果", "Result", isNumeric: true),
                Column("限度", "Limit", isNumeric: true), Column("结论", "Assessment"), Column("任务", "Tasks"),
            ],
            rows: points.map { point in
                let (found, limit) = point.texts
                return [same("\(point.number)"), point.kind.label, same(found), same(limit), point.verdict, named(point.tasks)]
            })
    }

    /// The paths that decide the finish, the longest first; each without what stands on one before it.
    @Sendable public static func paths(_ facts: PlanFacts) -> ComputedTable {
        let paths = facts.isNetwork ? facts.schedule.paths(atMost: 3) : []
        return ComputedTable(
            Label("决定完工的路径", "Paths that decide the finish"),
            [
                Column("序号", "No.", isNumeric: true),
                Column("比最长路径短（工作日）", "Shorter than the longest, working days", isNumeric: true),
                Column("任务（不含前面路径已列的）", "Tasks, without those on a path above"),
            ],
            rows: paths.enumerated().map { index, path in
                [
                    same("\(index + 1)"), same(tenths(path.relativeFloat)),
                    same(path.tasks.map { text($0, facts) }.joined(separator: " → ")),
                ]
            })
    }

    /// Tasks that are about to become critical.
    @Sendable public static func nearCritical(_ facts: PlanFacts) -> ComputedTable {
        ComputedTable(
            Label("接近关键的任务", "Near-critical tasks"),
            [
                Column("编号", "ID"), Column("任务", "Task"), Column("预计完成", "Expected finish"),
                Column("总时差（工作日）", "Float, working days", isNumeric: true), Column("由谁决定", "Driven by"),
            ],
            rows: (facts.isNetwork ? facts.schedule.nearCritical : []).compactMap { id in
                guard let dates = facts.schedule[id] else { return nil }
                let driver = facts.schedule.driver(of: id)
                return [
                    id.short, title(id, facts), "\(dates.finish)", tenths(dates.totalFloat), driver.map { text($0, facts) } ?? "",
                ].map(same)
            })
    }

    /// Open tasks with negative float, and the date that they are too late for.
    @Sendable public static func lateness(_ facts: PlanFacts) -> ComputedTable { lateness(facts) { _ in true } }

    /// Those that the table of critical tasks does not name.
    @Sendable static func uncriticalLateness(_ facts: PlanFacts) -> ComputedTable { lateness(facts) { !facts.isCritical($0) } }

    private static func lateness(_ facts: PlanFacts, where isListed: @escaping (TaskDates) -> Bool) -> ComputedTable {
        let reasons = facts.schedule.reasonsForLateness(facts.plan)
        return ComputedTable(
            Label("来不及的任务", "Tasks with negative float"),
            [
                Column("编号", "ID"), Column("任务", "Task"), Column("预计完成", "Expected finish"),
                Column("总时差（工作日）", "Float, working days", isNumeric: true), Column("赶不上", "Too late for"),
            ],
            rows: facts.openTasks.filter { $0.dates.totalFloat < 0 && isListed($0.dates) }.map { task, dates in
                [same(task.id.short), same(task.title ?? ""), same("\(dates.finish)"), same(tenths(dates.totalFloat))]
                    + [tooLate(task, reasons, facts)]
            })
    }

    /// What a task is too late for, and which task has that date if it is another.
    static func tooLate(_ task: Typed<PlanTask>, _ reasons: [RecordID: LateFinishReason], _ facts: PlanFacts) -> Label {
        guard let reason = reasons[task.id] else { return same("") }
        let holder = reason.task.map { $0 == task.id ? "" : text($0, facts) + " " } ?? ""
        return Label(holder + reason.words.zh, holder + reason.words.en)
    }

    /// Tasks that lie or cost otherwise than their baseline.
    @Sendable public static func baselines(_ facts: PlanFacts) -> ComputedTable {
        let variances = facts.baselineVariances.filter {
            ($0.startDays ?? 0) != 0 || ($0.finishDays ?? 0) != 0 || ($0.cost ?? 0) != 0
        }
        let hasCost = variances.contains { $0.cost != nil }
        func days(_ days: Int?) -> String { days.map { ($0 > 0 ? "+" : "") + DisplayText.number(Double($0)) } ?? "" }
        return ComputedTable(
            Label("与基线对比（偏差以工作日计）", "Against the baseline (variances in working days)"),
            [
                Column("编号", "ID"), Column("任务", "Task"), Column("基线开始", "Baseline start"),
                Column("开始偏差", "Start variance", isNumeric: true), Column("基线完成", "Baseline finish"),
                Column("完成偏差", "Finish variance", isNumeric: true),
            ] + (hasCost ? [Column("成本增减", "Change of cost", in: facts.plan.currency)] : []),
            rows: variances.map { variance in
                [
                    variance.task.short, title(variance.task, facts), variance.baselineStart?.description ?? "",
                    days(variance.startDays), variance.baselineFinish?.description ?? "", days(variance.finishDays),
                ].map(same) + (hasCost ? [same(variance.cost.map { ($0 > 0 ? "+" : "") + facts.amount($0) } ?? "")] : [])
            })
    }

    /// What the plan and others together ask of the people they share.
    @Sendable public static func sharedPeople(_ facts: PlanFacts) -> ComputedTable {
        ComputedTable(
            Label("同时参与其他计划的人", "People who take part in other plans too"),
            [
                Column("人员", "Person"), Column("计划", "Plan"), Column("承诺投入", "Committed", isNumeric: true),
                Column("任务最多占用", "Peak of tasks", isNumeric: true), Column("从", "From"), Column("至", "Until"),
            ],
            rows: facts.sharedPeople.flatMap(rows))
    }

    /// What each plan asks of a person, and all together; of whom fewer than two ask anything there is nothing to add up.
    private static func rows(_ shared: SharedPerson) -> [[Label]] {
        let asking = shared.parts.filter { $0.promised != nil || !$0.load.isEmpty }
        guard asking.count > 1 else { return [] }
        return asking.map { part in
            let days = part.load.keys
            return [
                shared.name, part.title, part.promised.map(DisplayText.percent) ?? "—",
                part.load.values.max().map(DisplayText.percent) ?? "—", days.min()?.description ?? "—",
                days.max()?.description ?? "—",
            ].map(same)
        } + [total(shared)]
    }

    /// The most that all plans together ask for on a day.
    private static func total(_ shared: SharedPerson) -> [Label] {
        let load = shared.parts.reduce(into: [Day: Double]()) { $0.merge($1.load) { $0 + $1 } }
        let promised = shared.parts.compactMap(\.promised)
        return [
            same(shared.name),
            Label("合计，可用 \(DisplayText.percent(shared.capacity))", "Total, of \(DisplayText.percent(shared.capacity))"),
            same(promised.isEmpty ? "—" : DisplayText.percent(shared.mostPromised)),
            same(load.values.max().map(DisplayText.percent) ?? "—"),
            same(load.keys.min()?.description ?? "—"), same(load.keys.max()?.description ?? "—"),
        ]
    }

    /// What levelling would move and why; empty where nobody is planned beyond their time.
    @Sendable public static func levelling(_ facts: PlanFacts) -> ComputedTable {
        let proposal = facts.load.overloads.isEmpty ? nil : facts.levelled()
        let moves = proposal?.moves ?? []
        let moved = Set(moves.map(\.task))
        return ComputedTable(
            Label("资源平衡会移动的任务", "Tasks that levelling would move"),
            [
                Column("编号", "ID"), Column("任务", "Task"), Column("现在", "Now"), Column("平衡后", "Levelled"), Column("原因", "Why"),
            ],
            rows: moves.map { move in
                [
                    move.task.short, title(move.task, facts), move.days.from, move.days.to,
                ].map(same) + [move.reason]
            }
                + (proposal?.ways ?? []).filter { !moved.contains($0.task) }.map { way in
                    [same(way.task.short), same(title(way.task, facts)), same(""), same(""), way.words]
                }
                + (proposal?.overtaken ?? []).map { task in
                    [same(task.task.short), same(title(task.task, facts)), same(""), same(""), task.words]
                }, note: proposal?.outcome)
    }

    // MARK: Cells

    static func same(_ text: String) -> Label { Label(text, text) }

    static func title(_ id: RecordID, _ facts: PlanFacts) -> String { facts.workspace.record(id)?.title ?? "" }

    /// Days with one figure after the point.
    private static func tenths(_ days: Double) -> String { DisplayText.number((days * 10).rounded() / 10) }

    /// Of another plan with that plan's title: its key says nothing to a reader.
    private static func text(_ id: RecordID, _ facts: PlanFacts) -> String {
        guard id.plan != facts.plan.key, let other = facts.workspace[id.plan] else { return id.text(seenFrom: facts.plan.key) }
        return "\(other.title) \(id.short)"
    }

    /// The first dozen by their ids, and how many more there are.
    static func named(_ tasks: [RecordID]) -> Label {
        let shown = tasks.prefix(12).map(\.short)
        let more = tasks.count - shown.count
        return Label(
            shown.joined(separator: "、") + (more > 0 ? "，另有 \(more) 项" : ""),
            shown.joined(separator: ", ") + (more > 0 ? ", and \(more) more" : ""))
    }
}

extension PlanFacts {
    /// An amount in whole units of the plan's currency.
    func amount(_ value: Double) -> String {
        DisplayText.amount(Money(nearest: value, currency: plan.currency))
    }
}
