import PlanModel
import Scheduling
import WorkingTime

/// A task that a person has put before a predecessor lets it, by the day: links do not move what lies where somebody put it.
public struct EarlyPlacement: Sendable, Hashable {
    public let task: RecordID
    public let predecessor: RecordID
    /// The first day that the link lets it start on, or finish on where the link holds its finish.
    public let earliest: Day
    public let words: Label

    fileprivate init(
        _ successor: Typed<PlanTask>, _ predecessor: Typed<PlanTask>, _ lies: Day, _ earliest: Day, holdsFinish: Bool
    ) {
        (task, self.predecessor, self.earliest) = (successor.id, predecessor.id, earliest)
        let name = predecessor.id.plan == successor.id.plan ? predecessor.id.short : predecessor.id.description
        let title = predecessor.title ?? ""
        words =
            holdsFinish
            ? Label(
                "手工排在 \(lies) 完成，而前置任务 \(name)「\(title)」最早让它在 \(earliest) 完成。",
                "It is put by hand to finish on \(lies), but its predecessor \(name) “\(title)” lets it finish on \(earliest) at the earliest."
            )
            : Label(
                "手工排在 \(lies) 开始，而前置任务 \(name)「\(title)」最早让它在 \(earliest) 开始。",
                "It is put by hand to start on \(lies), but its predecessor \(name) “\(title)” lets it start on \(earliest) at the earliest."
            )
    }
}

extension PlanSchedule {
    /// The tasks, not begun, that lie by hand before a predecessor lets them, each with the predecessor that holds it longest.
    ///
    /// - Complexity: O(tasks + links).
    public var earlyPlacements: [EarlyPlacement] {
        guard let schedule, schedule.network.activities.contains(where: \.isByHand) else { return [] }
        let parts = schedule.network.activities.indices.filter { !schedule.network.isSummary($0) && !isDropped($0) }
        var worst: [Int: EarlyPlacement] = [:]
        for link in OpenLinks(parts, schedule).all {
            let successor = parts[link.successor]
            guard successor < tasks.count, schedule.network.activities[successor].isByHand,
                let found = early(link, from: parts[link.predecessor], to: successor, schedule),
                worst[successor].map({ $0.earliest < found.earliest }) ?? true
            else { continue }
            worst[successor] = found
        }
        return worst.sorted { $0.key < $1.key }.map(\.value)
    }

    private func early(_ link: OpenLinks.OpenLink, from place: Int, to successor: Int, _ schedule: Schedule) -> EarlyPlacement? {
        let isAfterFinish = link.kind == .finishToStart || link.kind == .finishToFinish
        let holdsFinish = link.kind == .finishToFinish || link.kind == .startToFinish
        let held = calendar.position(of: isAfterFinish ? schedule.finish(of: place) : schedule.start(of: place)) + link.lag
        let (start, finish) = (schedule.start(of: successor), schedule.finish(of: successor))
        // What takes no time lies at the end of its predecessor's day.
        let isEnd = holdsFinish || start == finish
        let lies = isEnd && start < finish ? Day(instant: finish - 1) : Day(instant: start)
        let earliest = isEnd ? Day(instant: calendar.finish(at: held) - 1) : Day(instant: calendar.start(at: held))
        return lies < earliest ? EarlyPlacement(tasks[successor], task(at: place), lies, earliest, holdsFinish: holdsFinish) : nil
    }

    private func isDropped(_ place: Int) -> Bool {
        if case .inactive = schedule?.network.activities[place].mode { true } else { false }
    }
}

extension Activity {
    /// Whether it lies where a person put it.
    var isByHand: Bool { if case .manual = mode { true } else { false } }
}
