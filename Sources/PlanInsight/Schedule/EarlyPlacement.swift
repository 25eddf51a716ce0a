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
    /// - Complexity: O(tasks + links), and the depth of each that lies by hand.
    public var earlyPlacements: [EarlyPlacement] {
        guard let schedule else { return [] }
        let network = schedule.network
        let byHand = tasks.indices.filter { network.activities[$0].isByHand && !network.isSummary($0) }
        guard !byHand.isEmpty else { return [] }
        let links = Dictionary(grouping: network.links, by: \.successor)
        return byHand.compactMap { place in
            var found: [EarlyPlacement] = []
            // A link on a summary holds the starts of all within it.
            var holder: Int? = place
            while let current = holder {
                for link in links[current] ?? []
                where !isDropped(link.predecessor) && (current == place || !link.kind.holdsFinish) {
                    early(place, link, schedule).map { found.append($0) }
                }
                holder = network.activities[current].parent
            }
            return found.max { $0.earliest < $1.earliest }
        }
    }

    private func early(_ place: Int, _ link: Scheduling.Link, _ schedule: Schedule) -> EarlyPlacement? {
        let isAfterFinish = link.kind == .finishToStart || link.kind == .finishToFinish
        let reached = isAfterFinish ? schedule.finish(of: link.predecessor) : schedule.start(of: link.predecessor)
        let held = calendar.position(of: reached) + OpenLinks.minutes(link, link.predecessor, schedule)
        let (start, finish) = (schedule.start(of: place), schedule.finish(of: place))
        // What takes no time lies at the end of its predecessor's day.
        let isEnd = link.kind.holdsFinish || start == finish
        let lies = isEnd && start < finish ? Day(instant: finish - 1) : Day(instant: start)
        let earliest = isEnd ? Day(instant: calendar.finish(at: held) - 1) : Day(instant: calendar.start(at: held))
        guard lies < earliest else { return nil }
        return EarlyPlacement(tasks[place], task(at: link.predecessor), lies, earliest, holdsFinish: link.kind.holdsFinish)
    }

    private func isDropped(_ place: Int) -> Bool {
        if case .inactive = schedule?.network.activities[place].mode { true } else { false }
    }
}

extension Scheduling.Link.Kind {
    fileprivate var holdsFinish: Bool { self == .finishToFinish || self == .startToFinish }
}

extension Activity {
    /// Whether it lies where a person put it.
    var isByHand: Bool { if case .manual = mode { true } else { false } }
}
