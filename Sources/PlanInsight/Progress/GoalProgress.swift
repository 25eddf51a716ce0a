import Measures
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
        /// 0…1; the parts' weights sum to 1. Zero where the part has no value and its weight went to the others.
        public let weight: Double
        public let progress: Double?
    }

    public let goal: RecordID
    public let progress: Double?
    public let expected: Double
    public let status: Status
    public let basis: Basis
    /// The number with all its reasons, down to the values of measures.
    public let explanation: AttainmentExplanation

    public var parts: [Part] {
        explanation.children.compactMap { child in
            child.record.map { Part(record: $0, weight: child.weight ?? 0, progress: child.number.map { min(max($0, 0), 1) }) }
        }
    }

    /// The share of the weight, as far down as it goes, that has values: 0…1.
    public var coverage: Double { explanation.coverage }
}

/// The progress of every goal of a workspace, rolled up along the cascade: the plan's records as `Measures` takes them.
///
/// A goal is judged by its measures; goals below it count where it has none, and its tasks (by duration) where it has neither.
/// A part without value leaves its weight to its siblings. Goals that support each other in a circle are counted once.
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

    static let rule = RollUpRule(pace: Status.pace)

    /// - Complexity: O(goals + measures + tasks).
    public init(_ workspace: Workspace, today: Day) {
        self.today = today
        for plan in workspace.computingMeasures(today: today).plans { collect(plan) }
        let ids = goalOf.keys.sorted { ($0.plan, $0.prefix, $0.number) < ($1.plan, $1.prefix, $1.number) }
        let cascade = cascade(of: ids)
        let explained = (try? cascade.explained(on: today.index, rule: Self.rule)) ?? []
        for (id, explanation) in zip(ids, explained) { goals[id] = progress(of: id, explanation) }
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
        // Of many tasks most serve no goal of their own.
        guard let goals = Kind.of(PlanTask.self).field("goals") else { return }
        for record in plan.records(.of(PlanTask.self)) where record[goals] != nil {
            guard let task = Typed<PlanTask>(record), task.state != .dropped else { continue }
            for goal in task.goals ?? [] { tasksOf[goal, default: []].append(task) }
        }
    }

    private func cascade(of ids: [RecordID]) -> Cascade {
        let place = Dictionary(uniqueKeysWithValues: zip(ids, ids.indices))
        var cascade = Cascade(nodes: [], links: [])
        for (upper, id) in ids.enumerated() {
            let own = (measuresOf[id] ?? []).map { WeightedItem(item(of: $0), weight: $0.weight) }
            cascade.nodes.append(Cascade.Node(key: id.description, own: own))
            guard own.isEmpty else { continue }
            for goal in below[id] ?? [] {
                guard let lower = place[goal] else { continue }
                cascade.links.append(.init(lower: lower, upper: upper, weight: goalOf[goal]?.weight))
            }
        }
        cascade.breakCircles()
        let supported = Set(cascade.links.map(\.upper))
        for (index, id) in ids.enumerated() where cascade.nodes[index].own.isEmpty && !supported.contains(index) {
            cascade.nodes[index].own = lowest(tasksOf[id] ?? []).map { task in
                WeightedItem(
                    .given(key: task.id.description, share: task.share, expected: nil),
                    weight: task.plannedMinutes)
            }
        }
        return cascade
    }

    /// The tasks without those that others of them stand in: a task and its parts are not counted twice.
    private func lowest(_ tasks: [Typed<PlanTask>]) -> [Typed<PlanTask>] {
        var above: Set<RecordID> = []
        for task in tasks {
            var parent = task.record.parent
            while let number = parent {
                let id = RecordID(plan: task.id.plan, prefix: task.id.prefix, number: number)
                guard above.insert(id).inserted else { break }
                parent = planOf[id.plan]?.record(id, as: PlanTask.self)?.record.parent
            }
        }
        return tasks.filter { !above.contains($0.id) }
    }

    private func item(of measure: Typed<Measure>) -> AttainmentItem {
        measures[measure.id]?.explanation.map { .explained($0) }
            ?? .given(key: measure.id.description, share: nil, expected: nil)
    }

    private func progress(of id: RecordID, _ explanation: AttainmentExplanation) -> GoalProgress {
        let expected = isOverdue(id) ? 1 : explanation.expected ?? elapsed(id)
        let own = measuresOf[id] ?? []
        let basis: GoalProgress.Basis =
            if !own.isEmpty { .measures } else if explanation.children.isEmpty {
                .nothing
            } else if explanation.children.contains(
                where: { $0.record?.prefix == Goal.names.prefix })
            { .goals } else { .tasks }
        var status = Status.of(progress: explanation.number, expected: expected)
        // A goal whose every measure is done is done; one that is on average on track still needs a look if a measure is late.
        if status == .onTrack, own.contains(where: { measures[$0.id]?.status == .late }) { status = .watch }
        if status != .done, isOverdue(id) { status = .late }
        return GoalProgress(
            goal: id, progress: explanation.number, expected: expected, status: status, basis: basis, explanation: explanation)
    }

    private func isOverdue(_ id: RecordID) -> Bool {
        guard let due = goalOf[id]?.due else { return false }
        return due < planOf[id.plan]?.fields.statusDate ?? today
    }

    private func elapsed(_ id: RecordID) -> Double {
        guard let goal = goalOf[id], let plan = planOf[id.plan], let start = goal.start ?? plan.fields.start,
            let end = goal.due ?? plan.fields.finish, end > start
        else { return 0 }
        return min(max(Double((plan.fields.statusDate ?? today) - start) / Double(end - start), 0), 1)
    }

    /// A whole plan by its top goals; `nil` where none of them has progress.
    public func overall(of plan: Plan) -> (progress: Double, expected: Double, status: Status)? {
        let tops = plan.all(Goal.self).filter { $0.record.parent == nil && $0.isDropped != true }
        let parts = tops.compactMap { goal in
            goals[goal.id].map {
                WeightedItem(
                    .given(key: goal.id.description, share: $0.progress, expected: $0.expected), weight: goal.weight)
            }
        }
        let whole = AttainmentItem.group(key: plan.key.text, parts: parts).explained(on: today.index, rule: Self.rule)
        guard let progress = whole.number else { return nil }
        let expected = whole.expected ?? 0
        return (progress, expected, Status.of(progress: progress, expected: expected))
    }
}

extension Typed where K == PlanTask {
    /// How much is done, 0…1.
    public var share: Double { self.state == .done || self.actualFinish != nil ? 1 : self.progress ?? 0 }

    /// By when it is to be done: its finish date or its deadline, whichever is earlier.
    public var agreedFinish: Day? { [self.due, self.deadline].compactMap(\.self).min() }
}

extension Typed where K == PlanTask {
    /// The length a task was planned with: its duration, or five days in seven of the time from its start to its finish; a day where
    /// neither is given.
    fileprivate var plannedMinutes: Double {
        if let duration = self.duration { return Double(duration.minutes()) }
        guard let start = self.start, let due = self.due, due >= start else { return 480 }
        return max(480, (Double(due - start + 1) * 5 / 7).rounded() * 480)
    }
}
