import PlanModel
import WorkingTime

/// How far a goal has come, and why: from its measures, else from the goals below it, else from its tasks.
public struct GoalProgress: Sendable, Hashable {
    public enum Basis: String, Sendable {
        case measures, goals, tasks, nothing
    }

    /// One part of the weighted mean.
    public struct Part: Sendable, Hashable {
        public let record: RecordID
        /// 0…1; the parts' weights sum to 1.
        public let weight: Double
        public let progress: Double?
    }

    public let goal: RecordID
    public let progress: Double?
    public let expected: Double
    public let status: Status
    public let basis: Basis
    public let parts: [Part]
}

/// The progress of every goal of a workspace, rolled up along the cascade, each computed once.
public struct ProgressRollUp: Sendable {
    public private(set) var goals: [RecordID: GoalProgress] = [:]
    public private(set) var measures: [RecordID: MeasureProgress] = [:]
    /// The goals below each goal: its children and those that support it, in any plan.
    public private(set) var below: [RecordID: [RecordID]] = [:]

    private var measuresOf: [RecordID: [Typed<Measure>]] = [:]
    private var tasksOf: [RecordID: [Typed<PlanTask>]] = [:]
    private var goalOf: [RecordID: Typed<Goal>] = [:]
    private var planOf: [PlanKey: Plan] = [:]
    private let today: Day

    /// - Complexity: O(goals + measures + tasks).
    public init(_ workspace: Workspace, today: Day) {
        self.today = today
        for plan in workspace.computingMeasures(today: today).plans { collect(plan) }
        for id in goalOf.keys.sorted(by: { $0.description < $1.description }) {
            var path: Set<RecordID> = []
            _ = resolve(id, &path)
        }
    }

    private mutating func collect(_ plan: Plan) {
        planOf[plan.key] = plan
        for goal in plan.all(Goal.self) where goal.isDropped != true {
            goalOf[goal.id] = goal
            if let parent = goal.record.parent {
                below[RecordID(plan: plan.key, prefix: goal.id.prefix, number: parent), default: []].append(goal.id)
            }
            for upper in goal.supports ?? [] { below[upper, default: []].append(goal.id) }
        }
        for measure in plan.all(Measure.self) {
            measures[measure.id] = MeasureProgress(measure, plan: plan, today: plan.fields.statusDate ?? today)
            if let goal = measure.goal { measuresOf[goal, default: []].append(measure) }
        }
        for task in plan.all(PlanTask.self) where task.state != .dropped {
            for goal in task.goals ?? [] { tasksOf[goal, default: []].append(task) }
        }
    }

    private mutating func resolve(_ id: RecordID, _ path: inout Set<RecordID>) -> GoalProgress? {
        if let known = goals[id] { return known }
        guard let goal = goalOf[id], path.insert(id).inserted else { return nil }
        defer { path.remove(id) }
        let made = progress(of: goal, &path)
        goals[id] = made
        return made
    }

    private mutating func progress(of goal: Typed<Goal>, _ path: inout Set<RecordID>) -> GoalProgress {
        if let own = measuresOf[goal.id], !own.isEmpty {
            let parts = ProgressRollUp.weighted(own.map { ($0.id, $0.weight, measures[$0.id]?.progress) })
            let expected = ProgressRollUp.mean(zip(parts, own).map { ($0.weight, measures[$1.id]?.expected) }) ?? elapsed(goal)
            return make(goal, parts, expected: expected, .measures, worst: own.compactMap { measures[$0.id]?.status }.max())
        }
        let lower = (below[goal.id] ?? []).compactMap { id in resolve(id, &path).map { (goalOf[id]?.weight, $0) } }
        if !lower.isEmpty {
            let parts = ProgressRollUp.weighted(lower.map { ($1.goal, $0, $1.progress) })
            let expected = ProgressRollUp.mean(zip(parts, lower).map { ($0.weight, $1.1.expected) }) ?? elapsed(goal)
            return make(goal, parts, expected: expected, .goals, worst: nil)
        }
        if let tasks = tasksOf[goal.id], !tasks.isEmpty {
            let parts = ProgressRollUp.weighted(tasks.map { ($0.id, Double($0.duration?.minutes() ?? 480), $0.share) })
            return make(goal, parts, expected: elapsed(goal), .tasks, worst: nil)
        }
        return make(goal, [], expected: elapsed(goal), .nothing, worst: nil)
    }

    private func make(
        _ goal: Typed<Goal>, _ parts: [GoalProgress.Part], expected: Double, _ basis: GoalProgress.Basis, worst: Status?
    ) -> GoalProgress {
        let progress = ProgressRollUp.mean(parts.map { ($0.weight, $0.progress) })
        var status = Status.of(progress: progress, expected: expected)
        // A goal whose every measure is done is done; one that is on average on track still needs a look if a measure is late.
        if status == .onTrack, worst == .late { status = .watch }
        return GoalProgress(goal: goal.id, progress: progress, expected: expected, status: status, basis: basis, parts: parts)
    }

    private func elapsed(_ goal: Typed<Goal>) -> Double {
        guard let plan = planOf[goal.id.plan], let start = goal.start ?? plan.fields.start,
            let end = goal.due ?? plan.fields.finish, end > start
        else { return 0 }
        return min(max(Double((plan.fields.statusDate ?? today) - start) / Double(end - start), 0), 1)
    }

    /// Parts with weights summing to 1. Where none has a weight all weigh the same; one without among others gets their mean.
    private static func weighted(_ parts: [(RecordID, Double?, Double?)]) -> [GoalProgress.Part] {
        let given = parts.compactMap(\.1).filter { $0 > 0 }
        let mean = given.isEmpty ? 1 : given.reduce(0, +) / Double(given.count)
        let weights = parts.map { max($0.1 ?? mean, 0) }
        let total = weights.reduce(0, +)
        return zip(parts, weights).map {
            GoalProgress.Part(record: $0.0, weight: total > 0 ? $1 / total : 1 / Double(parts.count), progress: $0.2)
        }
    }

    /// What is not known counts as nothing reached; `nil` only if nothing at all is known.
    private static func mean(_ parts: [(weight: Double, value: Double?)]) -> Double? {
        parts.contains { $0.value != nil } ? parts.reduce(0) { $0 + $1.weight * ($1.value ?? 0) } : nil
    }
}

extension Typed where K == PlanTask {
    /// How much is done, 0…1.
    public var share: Double { self.state == .done || self.actualFinish != nil ? 1 : self.progress ?? 0 }
}
