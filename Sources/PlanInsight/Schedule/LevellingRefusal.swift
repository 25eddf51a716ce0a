import PlanModel
import Scheduling

/// Why a plan's tasks cannot be levelled.
public enum LevellingRefusal: Error, Hashable, Sendable {
    /// The tasks of one ring of predecessors, in order: none of them can come first.
    case ring([RecordID])
    case noTasks
    /// Durations or lags together reach beyond what the search calculates with.
    case tooLong

    /// What holds of a plan that was refused.
    public init(_ facts: PlanFacts) {
        self =
            if let ring = facts.schedule.cycles.first { .ring(ring) } else if facts.schedule.tasks.isEmpty { .noTasks } else {
                .tooLong
            }
    }

    public var words: Label {
        switch self {
        case .ring(let tasks):
            let path = (tasks + tasks.prefix(1)).map(\.short).joined(separator: " → ")
            return Label(
                "前置任务成环，无法平衡：\(path)。去掉其中一个前置任务。",
                "Predecessors form a ring, which cannot be levelled: \(path). Remove one of these predecessors.")
        case .noTasks: return Label("计划里没有任务可以平衡。", "The plan has no tasks to level.")
        case .tooLong:
            return Label(
                "任务的工期与延隔合起来太长（约五百年以上），无法平衡。检查写错的工期。",
                "Durations and lags are too long together to be levelled (some five hundred years or more). Look for a duration that is mistaken."
            )
        }
    }
}
