import PlanModel
import WorkingTime

/// A table nobody types: computed from the plan, set beside the picture that it gives the figures of.
public struct ComputedTable: Sendable {
    public struct Column: Sendable {
        public let title: Label
        public let isNumeric: Bool

        public init(_ zh: String, _ en: String, isNumeric: Bool = false) {
            title = Label(zh, en)
            self.isNumeric = isNumeric
        }

        /// Of amounts.
        init(_ zh: String, _ en: String, in currency: Currency) {
            self.init("\(zh)（\(currency.name(in: .chinese))）", "\(en), \(currency.name(in: .english))", isNumeric: true)
        }
    }

    public let title: Label
    public let columns: [Column]
    /// As many cells a row as there are columns.
    public let rows: [[Label]]
    /// What its figures come to or rest on, in a sentence or two before it.
    public let note: Label?

    public init(_ title: Label, _ columns: [Column], rows: [[Label]], note: Label? = nil) {
        self.title = title
        self.columns = columns
        self.rows = rows
        self.note = note
    }

    /// The tables that stand with a picture; a table without rows does not.
    public static func beside(_ picture: PictureName, _ facts: PlanFacts) -> [ComputedTable] {
        (all[picture] ?? []).map { $0(facts) }.filter { !$0.rows.isEmpty }
    }

    private static let all: [PictureName: [@Sendable (PlanFacts) -> ComputedTable]] = [
        .goalTree: [progress],
        .gantt: [criticalPath, quality, paths, nearCritical, uncriticalLateness, baselines],
        .earnedValue: [earnedValue, estimates], .simulation: [confidence, criticality, drawDown],
        .loadHistogram: [levelling, sharedPeople], .processMap: [rework], .toBeLanes: [simulated], .salesHeat: [salesCuts],
    ]

    /// Why each goal stands where it stands: what it is rolled up from, each level set in; goals that no other rests on by themselves.
    @Sendable private static func progress(_ facts: PlanFacts) -> ComputedTable {
        var shown: Set<RecordID> = []
        let rows = facts.plan.all(Goal.self).compactMap { facts.progress.goals[$0.id] }.flatMap { goal -> [[Label]] in
            guard goal.progress != nil, !shown.contains(goal.goal) else { return [] }
            return goal.explanation.lines().map { depth, line -> [Label] in
                let space = String(repeating: "　", count: depth)
                switch line {
                case .rest(let count):
                    return [
                        Label("", ""), Label("\(space)另有 \(count) 项", "\(space)and \(count) more"), Label("", ""), Label("", ""),
                    ]
                case .node(let node):
                    if let record = node.record { shown.insert(record) }
                    let id = node.record?.text(seenFrom: facts.plan.key) ?? ""
                    let title = node.record.flatMap { facts.workspace.record($0)?.title } ?? ""
                    let weight = node.weight.map(DisplayText.percent) ?? ""
                    return [Label(id, id), Label(space + title, space + title), Label(weight, weight), node.reason]
                }
            }
        }
        return ComputedTable(
            Label("进度怎样汇总", "How progress is rolled up"),
            [
                Column("编号", "ID"), Column("目标与指标", "Goals and measures"), Column("权重", "Weight", isNumeric: true),
                Column("怎样算出", "How it is computed"),
            ], rows: rows)
    }

    /// What is left of the critical path, by its dates, and what it is too late for.
    @Sendable private static func criticalPath(_ facts: PlanFacts) -> ComputedTable {
        let open = facts.openTasks.filter { facts.isCritical($0.dates) }.sorted {
            ($0.dates.start, $0.task.id.number) < ($1.dates.start, $1.task.id.number)
        }
        let reasons = open.contains { $0.dates.totalFloat < 0 } ? facts.schedule.reasonsForLateness(facts.plan) : [:]
        return ComputedTable(
            Label("未完成的关键任务", "Open critical tasks"),
            [
                Column("编号", "ID"), Column("任务", "Task"), Column("负责人", "Owner"), Column("开始", "Start"),
                Column("预计完成", "Expected finish"), Column("总时差（工作日）", "Float, working days", isNumeric: true),
            ] + (reasons.isEmpty ? [] : [Column("赶不上", "Too late for")]),
            rows: open.map { task, dates in
                let owner = task.owner.flatMap { facts.workspace.record($0)?.title } ?? ""
                return [
                    task.id.short, task.title ?? "", owner, dates.start.description, dates.finish.description,
                    DisplayText.number((dates.totalFloat * 10).rounded() / 10),
                ].map { Label($0, $0) } + (reasons.isEmpty ? [] : [tooLate(task, reasons, facts)])
            })
    }
}
