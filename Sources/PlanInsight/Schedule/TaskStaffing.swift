import PlanModel
import Scheduling

/// Keeps duration, effort and assignments of a task consistent when one of them is edited, by the rules of its type.
///
/// - Source: the task types of Microsoft Project (`Effort`).
public struct TaskStaffing {
    private let calendars: PlanCalendars

    public init(_ calendars: PlanCalendars) { self.calendars = calendars }

    /// The task after an edit, with what follows from it.
    ///
    /// Where one of the three was edited, the type says which of the others follows; where several were, or the type is new, the one
    /// that the type does not keep. Nothing follows for tasks without a type, without people or of elapsed duration.
    public func completed(_ edited: Typed<PlanTask>, from before: Typed<PlanTask>) -> Typed<PlanTask> {
        guard let type = edited.type, edited.units > 0, edited.duration?.unit.isElapsed != true else { return edited }
        let changes = [
            edited.duration != before.duration, edited.effort != before.effort, edited.assignments != before.assignments,
            edited.type != before.type || before.units == 0,
        ]
        guard changes.contains(true) else { return edited }
        guard changes.count(where: { $0 }) == 1, !changes[3] else { return settled(edited, type) }
        var effort = effort(of: before, type, edited.isEffortDriven == true)
        var people = (before.assignments ?? []).map(\.who)
        if changes[0], let duration = edited.duration {
            effort.setDuration(calendars.minutes(duration))
        } else if changes[1], let work = edited.effort {
            effort.setWork(calendars.minutes(work))
        } else if changes[2] {
            staff(&effort, &people, edited.assignments ?? [])
        } else {
            return settled(edited, type)
        }
        var made = edited
        write(Int(nearest: effort.duration), to: &made.duration)
        write(Int(nearest: effort.work), to: &made.effort)
        made.assignments = zip(people, effort.shares).map {
            Share($0, units: min(max(($1.units * 1e4).rounded() / 1e4, Limits.units.lowerBound), Limits.units.upperBound))
        }
        return made
    }

    /// How far duration, effort and assignments of a task with a type are from agreeing, minutes of effort; `nil` where they do.
    func gap(_ task: Typed<PlanTask>) -> Int? {
        guard task.type != nil, task.units > 0, let duration = task.duration, !duration.unit.isElapsed, let effort = task.effort
        else {
            return nil
        }
        let gap = Int(nearest: Double(calendars.minutes(duration)) * task.units) - calendars.minutes(effort)
        return abs(gap) > max(1, calendars.minutes(effort) / 100) ? gap : nil
    }

    private func effort(of task: Typed<PlanTask>, _ type: TaskType, _ isEffortDriven: Bool) -> Effort {
        var effort = Effort(type: type.kind, isEffortDriven: false, duration: calendars.duration(of: task).minutes)
        for share in task.assignments ?? [] { effort.add(units: share.units) }
        effort.isEffortDriven = isEffortDriven || type == .fixedWork
        return effort
    }

    private func staff(_ effort: inout Effort, _ people: inout [RecordID], _ wanted: [Share]) {
        for index in people.indices.reversed() where !wanted.contains(where: { $0.who == people[index] }) {
            effort.remove(at: index)
            people.remove(at: index)
        }
        for share in wanted {
            if let index = people.firstIndex(of: share.who) {
                if effort.shares[index].units != share.units { effort.setUnits(share.units, at: index) }
            } else {
                effort.add(units: share.units)
                people.append(share.who)
            }
        }
    }

    /// The task with the one of duration and effort that its type does not keep computed from the rest.
    private func settled(_ task: Typed<PlanTask>, _ type: TaskType) -> Typed<PlanTask> {
        guard task.duration != nil || task.effort != nil else { return task }
        var made = task
        let minutes = calendars.duration(of: task).minutes
        if type == .fixedDuration || task.effort == nil {
            write(Int(nearest: Double(minutes) * task.units), to: &made.effort)
        }
        write(minutes, to: &made.duration)
        return made
    }

    /// Puts minutes in the place of a duration that says something else, in its unit.
    private func write(_ minutes: Int, to duration: inout WorkDuration?) {
        if let duration, calendars.minutes(duration) == minutes { return }
        let unit = duration?.unit ?? .days
        let one = calendars.minutes(WorkDuration(1, unit))
        duration = WorkDuration((Double(minutes) / Double(max(one, 1)) * 1e4).rounded() / 1e4, unit)
    }
}

extension TaskType {
    fileprivate var kind: EffortType {
        switch self {
        case .fixedUnits: .fixedUnits
        case .fixedDuration: .fixedDuration
        case .fixedWork: .fixedWork
        }
    }
}
