import PlanModel
import WorkingTime

/// Everything computed from one plan at one revision on one day: what pages, documents, pictures and checks read.
///
/// It is a pure function of the workspace, the plan's key and the day, so it can be kept by revision and dropped at any time.
public struct PlanFacts: Sendable {
    public let plan: Plan
    /// The plan as it is kept, without the values that formulas give.
    let snapshot: Plan
    public let workspace: Workspace
    /// The day everything is judged on: the plan's status date, or today.
    public let today: Day
    public let schedule: PlanSchedule
    public let progress: ProgressRollUp
    public let budget: BudgetTotals
    public let load: WorkLoad
    /// The numbers of the tasks that some task waits for, or that stand in one: kept as long as nothing is linked otherwise.
    private let followed: Lazily<Set<Int>>
    /// Whether the tasks are judged as a network.
    let isNetwork: Bool
    /// Whether float and critical path mean anything: at least half the tasks wait for others.
    public let isLinked: Bool
    /// Errors first, then in the order of the rules and of the plan.
    public var findings: [Finding] { check.findings }
    private(set) var check = PlanCheck.Result()
    private(set) var later = LaterFacts()
    let logs: LogShelf
    let loads: LoadShelf

    /// - Parameters:
    ///   - progress: the workspace's roll-up, where it is known already.
    ///   - earlier: facts of an earlier snapshot of the same plan. What no change since has reached is taken from them; the result
    ///     is the same as without.
    /// - Complexity: O(records); after a change to few tasks at a small constant. With a reserve and up to 500 tasks a thousand runs of the
    ///   simulation besides, for P9-03.
    public init?(
        _ key: PlanKey, in workspace: Workspace, today: Day, progress: ProgressRollUp? = nil, after earlier: PlanFacts? = nil,
        logs: LogShelf = LogShelf(), loads: LoadShelf = LoadShelf()
    ) {
        guard let snapshot = workspace[key] else { return nil }
        self.logs = logs
        self.loads = loads
        let workspace = workspace.computingMeasures(today: today)
        let plan = workspace[key] ?? snapshot
        self.snapshot = snapshot
        self.plan = plan
        self.workspace = workspace
        self.today = plan.fields.statusDate ?? today
        var step = FactsStep(from: earlier, to: snapshot, in: workspace, today: self.today)
        let (schedule, affected) = PlanSchedule.next(
            plan, in: workspace, today: self.today, after: earlier?.schedule, changed: step?.isAlone == true ? step?.changed : nil
        )
        step?.affected = affected
        self.schedule = schedule
        self.progress = progress ?? ProgressRollUp(workspace, today: today)
        budget = BudgetTotals(plan)
        load = WorkLoad(plan, schedule, after: step)
        followed = affected == nil ? Lazily() : earlier?.followed ?? Lazily()
        isNetwork = schedule.isNetwork
        isLinked = schedule.isLinked
        check = PlanCheck.run(self, after: step)
    }

    /// Open tasks that have no tasks within them, with their dates: what most checks walk over.
    var openTasks: LazyMapCollection<[Int], (task: Typed<PlanTask>, dates: TaskDates)> {
        let (tasks, dates) = (schedule.tasks, schedule.dates)
        return schedule.openPlaces.lazy.map { (tasks[$0], dates[$0]) }
    }

    /// Whether a task decides when the plan ends: of tasks that hardly wait for each other, none does.
    public func isCritical(_ dates: TaskDates) -> Bool { isLinked && dates.isCritical }

    /// All tasks that have no tasks within them and are not dropped.
    public var leafTasks: [Typed<PlanTask>] { schedule.dates.indices.filter(schedule.isLeaf).map { schedule.tasks[$0] } }

    /// The same facts with another simulation in the place of the plan's own.
    public func with(_ outlook: RiskOutlook?) -> PlanFacts {
        var facts = self
        facts.later = LaterFacts()
        facts.later.outlook.keep(outlook)
        return facts
    }

    /// Those of the plan's people who join or leave on a day that is known.
    var passingPeople: [RecordID: Typed<Person>] {
        later.passingPeople {
            let people = plan.all(Person.self).filter { $0.joinsOn != nil || $0.leavesOn != nil }
            return Dictionary(people.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        }
    }

    var followedTasks: Set<Int> {
        followed {
            var numbers: Set<Int> = []
            for task in schedule.tasks {
                for link in task.predecessors ?? [] where link.predecessor.plan == plan.key {
                    numbers.insert(link.predecessor.number)
                }
            }
            // In document order a task stands before those within it.
            for task in schedule.tasks where task.record.parent.map(numbers.contains) ?? false { numbers.insert(task.id.number) }
            return numbers
        }
    }

    /// Progress of the whole plan: its top goals by weight, else its tasks by duration. A plan with errors is on track by its figures
    /// alone, and needs a look.
    public var overall: (progress: Double?, expected: Double, status: Status) {
        let figures = self.figures
        return (figures.progress, figures.expected, needsLook ? .watch : figures.status)
    }

    /// Whether the plan needs a look for its errors alone.
    private var needsLook: Bool { errorCount > 0 && figures.status == .onTrack }

    private var figures: (progress: Double?, expected: Double, status: Status) {
        progress.overall(of: plan).map { ($0.progress as Double?, $0.expected, $0.status) } ?? overallOfTasks
    }

    /// How many of the findings have to be dealt with.
    public var errorCount: Int { findings.count { $0.severity == .error } }

    /// The same in words, and whether the plan needs a look for them alone; `nil` where there is none.
    public var errorWords: Label? {
        let watch = Status.watch.label
        return foundErrors.map {
            needsLook ? Label("因\($0.zh)列为\(watch.zh)", "\(watch.en.lowercased()) because of \($0.en)") : $0
        }
    }

    private var foundErrors: Label? {
        let count = errorCount
        return count > 0
            ? Label("检查发现 \(count) 项错误", "\(count) \(count == 1 ? "error" : "errors") found by the check") : nil
    }

    /// The same where its status stands before it.
    public var errorReason: Label? {
        foundErrors.map { needsLook ? Label("原因是\($0.zh)", "because of \($0.en)") : $0 }
    }

    private var overallOfTasks: (progress: Double?, expected: Double, status: Status) {
        var work = 0.0
        var done = 0.0
        var due = 0.0
        for (task, dates) in zip(schedule.tasks, schedule.dates) where !dates.isSummary && !dates.isInactive {
            work += dates.duration
            done += dates.duration * task.share
            due += dates.duration * plannedShare(task, dates)
        }
        guard work > 0 else { return (nil, 0, .idle) }
        return (done / work, due / work, Status.of(progress: done / work, expected: due / work))
    }

    /// How much of a task should be done today by its baseline, or by its dates.
    public func plannedShare(_ task: Typed<PlanTask>, _ dates: TaskDates) -> Double {
        let start = task.baselineStart ?? task.start ?? dates.start
        let finish = task.baselineFinish ?? task.due ?? dates.finish
        if today >= finish { return 1 }
        if today < start { return 0 }
        return Double(today - start + 1) / Double(finish - start + 1)
    }

    /// How a task stands today.
    public func status(of task: Typed<PlanTask>) -> Status {
        let (share, state) = (share(of: task), state(of: task))
        if state == .done || share >= 1 && schedule[task.id]?.isSummary != true { return .done }
        guard let dates = schedule[task.id] else { return .idle }
        if task.agreedFinish ?? task.baselineFinish ?? dates.finish < today { return .late }
        if state == .blocked { return .watch }
        if dates.totalFloat < 0 { return .late }
        // Whatever has been done of it, it is going to be later than was agreed.
        if let last = task.agreedFinish, dates.finish > last { return .watch }
        if task.actualStart == nil, share == 0, (task.start ?? dates.start) > today { return .idle }
        return Status.of(progress: share, expected: plannedShare(task, dates) - 0.1)
    }
}
