import PlanModel
import Scheduling
import WorkingTime

/// A plan's tasks as a network of activities, in document order.
struct TaskNetwork {
    let tasks: [Typed<PlanTask>]
    let positions: [RecordID: Int]
    let calendars: PlanCalendars
    /// Tasks of other plans; their activities follow those of the plan's own tasks.
    let external: ExternalTasks
    var builder: NetworkBuilder
    /// The activities as their tasks alone make them, and what makes them.
    private let plain: [Activity]
    private let making: TaskActivities
    private var unrecorded: UnrecordedDays?

    /// - Parameter isRelaxed: whether dates that hold a task to no later than a day are left out, so that links alone decide.
    init(_ plan: Plan, _ calendars: PlanCalendars, _ external: ExternalTasks, today: Day, isRelaxed: Bool = false) {
        let tasks = plan.all(PlanTask.self)
        self.tasks = tasks
        self.external = external
        self.calendars = calendars
        let positions = Dictionary(tasks.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        self.positions = positions
        let day = plan.fields.statusDate ?? today
        var making = TaskActivities(TaskClocks(plan, calendars), planFinish: plan.fields.finish, day: day)
        var activities: [Activity] = []
        for (index, task) in tasks.enumerated() {
            let parent = task.record.parent.flatMap { positions[RecordID(plan: plan.key, prefix: task.id.prefix, number: $0)] }
            let isDropped = task.state == .dropped || parent.map { activities[$0].mode == .inactive } ?? false
            var activity = making.activity(task, isSummary: TaskNetwork.isSummary(tasks, index), isDropped: isDropped)
            if isRelaxed { activity.constraint = activity.constraint.relaxed }
            activity.parent = parent
            activities.append(activity)
        }
        plain = activities
        self.making = making
        builder = NetworkBuilder(options: TaskNetwork.options(plan, tasks, calendars, today), calendars: making.clocks.all)
        builder.activities = activities
        for known in external.known {
            builder.add(Activity(duration: .working(0), mode: .external(start: known.start, finish: known.finish)))
        }
        for (index, task) in tasks.enumerated() {
            for link in task.predecessors ?? [] {
                guard
                    let predecessor = positions[link.predecessor]
                        ?? external.positions[link.predecessor].map({ tasks.count + $0 })
                else { continue }
                builder.link(predecessor, index, link.relation.kind, lag: calendars.scheduled(link.lag))
            }
        }
        let unrecorded = UnrecordedDays(self, until: day)
        self.unrecorded = unrecorded
        unrecorded.place(in: &self)
        if !isRelaxed { holdEnds(plan) }
    }

    /// The network of a later snapshot in which nothing but the values of some tasks is different.
    ///
    /// - Parameter changed: the places of those tasks.
    /// - Returns: `nil` where a change reaches others: their links, what is dropped, calendars not known yet.
    init?(following earlier: TaskNetwork, _ plan: Plan, changed: Set<Int>, today: Day) {
        let tasks = plan.all(PlanTask.self)
        var making = earlier.making
        var activities = earlier.plain
        for index in changed.sorted() {
            let (task, before) = (tasks[index], activities[index])
            guard task.predecessors == earlier.tasks[index].predecessors else { return nil }
            let isDropped = task.state == .dropped || before.parent.map { activities[$0].mode == .inactive } ?? false
            guard isDropped == (before.mode == .inactive) else { return nil }
            activities[index] = making.activity(task, isSummary: TaskNetwork.isSummary(tasks, index), isDropped: isDropped)
            activities[index].parent = before.parent
        }
        guard making.clocks.all.count == earlier.builder.calendars.count else { return nil }
        self.tasks = tasks
        self.making = making
        plain = activities
        positions = earlier.positions
        calendars = earlier.calendars
        external = earlier.external
        builder = earlier.builder
        builder.options = TaskNetwork.options(plan, tasks, calendars, today)
        builder.activities.replaceSubrange(tasks.indices, with: activities)
        guard let unrecorded = earlier.unrecorded?.following(self, changed: changed) else { return nil }
        self.unrecorded = unrecorded
        unrecorded.place(in: &self)
        holdEnds(plan)
    }

    /// A list of dated tasks is no network, and its end no bound; scheduled backward, the end is where it begins.
    private func fieldsHold(_ plan: Plan) -> Bool {
        plan.fields.scheduleFromFinish != true
            && PlanSchedule.isNetwork(tasks) { !TaskNetwork.isSummary(tasks, $0) && builder.activities[$0].mode != .inactive }
    }

    /// What nothing follows has to be finished by the end of the plan; the links carry the bound back.
    private mutating func holdEnds(_ plan: Plan) {
        guard let finish = plan.fields.finish, fieldsHold(plan) else { return }
        let instant = (finish + 1).start
        let followed = Set(builder.links.map(\.predecessor))
        for index in tasks.indices where !TaskNetwork.isSummary(tasks, index) && !followed.contains(index) {
            builder.activities[index].deadline = min(instant, builder.activities[index].deadline ?? instant)
        }
    }

    private static func options(_ plan: Plan, _ tasks: [Typed<PlanTask>], _ calendars: PlanCalendars, _ today: Day)
        -> SchedulingOptions
    {
        let fields = plan.fields
        let start = fields.start ?? tasks.compactMap(\.start).min() ?? today
        var options = SchedulingOptions(direction: .fromStart(start.start))
        if fields.scheduleFromFinish == true, let finish = fields.finish {
            options.direction = .fromFinish((finish + 1).start)
        }
        options.statusDate = fields.statusDate.map { ($0 + 1).start }
        options.progressRule = fields.progressRule == .progressOverride ? .progressOverride : .retainedLogic
        options.criticalFloat = max(0, fields.criticalFloat.map(calendars.minutes) ?? 0)
        options.multipleCriticalPaths = fields.hasManyCriticalPaths == true
        return options
    }

    static func isSummary(_ tasks: [Typed<PlanTask>], _ index: Int) -> Bool {
        index + 1 < tasks.count && tasks[index + 1].record.parent == tasks[index].id.number
    }

    mutating func clearLevelling() {
        for index in builder.activities.indices { builder.activities[index].levellingDelay = 0 }
    }

    /// The network without the links of a cycle, where there is one, with the tasks of each cycle found.
    mutating func build() -> (network: Network?, cycles: [[Int]]) {
        var cycles: [[Int]] = []
        for _ in 0..<50 {
            do throws(ScheduleError) { return (try builder.build(), cycles) } catch {
                guard case .cycle(let path) = error, !path.isEmpty else { return (nil, cycles) }
                cycles.append(path)
                let members = Set(path.flatMap { [$0] + descendants(of: $0) })
                let before = builder.links.count
                builder.links.removeAll { members.contains($0.predecessor) && members.contains($0.successor) }
                if builder.links.count == before { return (nil, cycles) }
            }
        }
        return (nil, cycles)
    }

    private func descendants(of index: Int) -> [Int] {
        var inside: Set<Int> = [index]
        var found: [Int] = []
        for later in (index + 1)..<max(index + 1, builder.activities.count) {
            guard let parent = builder.activities[later].parent, inside.contains(parent) else { break }
            inside.insert(later)
            found.append(later)
        }
        return found
    }
}

extension DateConstraint {
    /// What the constraint still asks where a task may come later than its date.
    var relaxed: DateConstraint {
        switch self {
        case .mustStartOn(let date): .startNoEarlierThan(date)
        case .mustFinishOn(let date): .finishNoEarlierThan(date)
        case .startNoLaterThan, .finishNoLaterThan: .asSoonAsPossible
        default: self
        }
    }
}

extension ActivityDuration {
    var minutes: Int {
        switch self {
        case .working(let minutes), .elapsed(let minutes): minutes
        case .assigned(let work): work.map(\.minutes).max() ?? 0
        }
    }
}

extension TaskLink.Relation {
    var kind: Scheduling.Link.Kind {
        switch self {
        case .finishToStart: .finishToStart
        case .startToStart: .startToStart
        case .finishToFinish: .finishToFinish
        case .startToFinish: .startToFinish
        }
    }
}

extension PlanCalendars {
    func scheduled(_ lag: TaskLink.Lag) -> Scheduling.Lag {
        switch lag {
        case .none: .none
        case .time(let duration) where duration.unit.isElapsed: .elapsed(minutes(duration))
        case .time(let duration): .working(minutes(duration))
        case .share(let share): .percent(share * 100)
        }
    }
}
