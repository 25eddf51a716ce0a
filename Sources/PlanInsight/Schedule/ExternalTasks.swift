import PlanModel
import WorkingTime

/// The tasks of other plans that a plan's tasks wait for, on the dates they have there.
///
/// The other plan is scheduled as it stands. Where it waits for this one in turn, that part is left out, and the check says so.
struct ExternalTasks: Sendable {
    struct Known: Sendable {
        let task: Typed<PlanTask>
        /// Instants of its own schedule.
        let start: Int
        let finish: Int
    }

    /// Why a predecessor has no date, or not its own.
    enum Doubt: Sendable {
        case noPlan, noTask
        /// The other plan waits for this one.
        case circular
    }

    private(set) var known: [Known] = []
    private(set) var positions: [RecordID: Int] = [:]
    private(set) var doubts: [RecordID: Doubt] = [:]

    /// - Parameter waiting: the plans whose schedules wait for this one's, so that no plan waits for itself.
    init(_ tasks: [Typed<PlanTask>], of plan: Plan, in workspace: Workspace, today: Day, waiting: [PlanKey]) {
        let links = tasks.flatMap { $0.predecessors ?? [] }.map(\.predecessor).filter { $0.plan != plan.key }
        for (key, ids) in Dictionary(grouping: Set(links), by: \.plan).sorted(by: { $0.key.text < $1.key.text }) {
            guard let other = workspace[key], !waiting.contains(key) else {
                for id in ids { doubts[id] = workspace[key] == nil ? .noPlan : .circular }
                continue
            }
            let schedule = PlanSchedule(
                other, in: workspace, today: other.fields.statusDate ?? today, waiting: waiting + [plan.key])
            let isCircular = schedule.external.doubts.contains { $0.key.plan == plan.key }
            for id in ids.sorted(by: { $0.number < $1.number }) { take(id, from: schedule, isCircular: isCircular) }
        }
    }

    private mutating func take(_ id: RecordID, from schedule: PlanSchedule, isCircular: Bool) {
        guard let position = schedule.position(of: id), let dates = schedule.schedule else {
            doubts[id] = .noTask
            return
        }
        if isCircular { doubts[id] = .circular }
        // What is dropped holds nobody.
        guard !schedule.dates[position].isInactive else { return }
        positions[id] = known.count
        known.append(
            Known(task: schedule.tasks[position], start: dates.start(of: position), finish: dates.finish(of: position)))
    }
}
