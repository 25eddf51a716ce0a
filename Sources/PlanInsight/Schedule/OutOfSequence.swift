import PlanModel
import Scheduling

/// Progress that does not keep to the links.
extension PlanSchedule {
    /// The places of the tasks that are begun or done, have none within them and are not dropped.
    var begunPlaces: [Int] {
        guard let activities = schedule?.network.activities else { return [] }
        return dates.indices.filter { activities[$0].progress != .notStarted && dates[$0].isActiveLeaf }
    }

    /// Whether a task has begun or finished before its predecessor let it.
    ///
    /// - Complexity: O(1), of a summary O(tasks within it).
    func isOutOfSequence(_ task: Typed<PlanTask>, _ link: TaskLink) -> Bool {
        guard let place = position(of: link.predecessor), !dates[place].isInactive, !isLead(link.lag) else { return false }
        return switch link.relation {
        case .finishToStart: !isFinished(place) || isRecordedBefore(task, place)
        case .startToStart: !isBegun(place)
        case .finishToFinish: task.isFinished && !isFinished(place)
        case .startToFinish: task.isFinished && !isBegun(place)
        }
    }

    /// Whether a task is recorded to have begun, or finished, before the day recorded for the finish of another.
    private func isRecordedBefore(_ task: Typed<PlanTask>, _ place: Int) -> Bool {
        guard let finish = parts(place).compactMap({ tasks[$0].actualFinish }).max() else { return false }
        return (task.actualStart ?? task.actualFinish).map { $0 < finish } ?? false
    }

    private func isLead(_ lag: TaskLink.Lag) -> Bool {
        switch lag {
        case .none: false
        case .time(let duration): duration.amount < 0
        case .share(let share): share < 0
        }
    }

    private func isFinished(_ place: Int) -> Bool { parts(place).allSatisfy { tasks[$0].isFinished } }

    private func isBegun(_ place: Int) -> Bool {
        guard let activities = schedule?.network.activities else { return false }
        return parts(place).contains { activities[$0].progress != .notStarted }
    }

    /// The task itself, or what counts within it.
    private func parts(_ place: Int) -> [Int] {
        guard dates[place].isSummary, let network = schedule?.network else { return [place] }
        return network.countedParts(of: place)
    }
}
