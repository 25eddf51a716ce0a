import PlanModel
import WorkingTime

/// Something that waits for somebody: what, since or until when.
public struct DueItem: Sendable, Hashable {
    public enum Reason: String, Sendable, CaseIterable {
        case task, review, approval, contact

        public var label: Label {
            switch self {
            case .task: Label("任务", "Task")
            case .review: Label("复盘", "Review")
            case .approval: Label("预算审批", "Budget approval")
            case .contact: Label("联系", "Contact")
            }
        }
    }

    public let reason: Reason
    /// In the plan's own time: beside the day its facts are of.
    public let day: Day
    public let record: RecordID
    public let title: Label
    /// What it is for, where the record says so.
    public let purpose: String?
    /// Whose it is; empty for everybody's.
    public let who: [RecordID]

    /// Whether it waits for a person, who is the same in all plans by name. What is nobody's waits for everybody but in a plan of
    /// somebody's own.
    public func isFor(_ name: String, in facts: PlanFacts) -> Bool {
        if !who.isEmpty { return who.contains { facts.workspace.record($0)?.title == name } }
        guard facts.plan.blueprint == .growth else { return true }
        let people = facts.plan.all(Person.self).compactMap(\.name)
        return people.isEmpty ? facts.plan.title.contains(name) || facts.plan.fields.owner == name : people.contains(name)
    }
}

extension PlanFacts {
    /// What is due by a day.
    ///
    /// - Complexity: O(tasks + reviews + budget lines + contacts).
    public func due(by horizon: Day) -> [DueItem] {
        dueTasks(horizon) + dueReviews(horizon) + openApprovals + dueContacts(horizon)
    }

    private func dueTasks(_ horizon: Day) -> [DueItem] {
        zip(schedule.tasks, schedule.dates).compactMap { task, dates in
            let day = task.agreedFinish ?? dates.finish
            guard !dates.isSummary, task.share < 1, !dates.isInactive, day <= horizon else { return nil }
            return item(.task, day, task.id, task.title, [task.owner].compactMap { $0 } + (task.collaborators ?? []))
        }
    }

    private func dueReviews(_ horizon: Day) -> [DueItem] {
        plan.all(Review.self).compactMap { review in
            guard review.heldOn == nil, let day = review.due, day <= horizon else { return nil }
            return item(.review, day, review.id, review.title, review.participants ?? [])
        }
    }

    private var openApprovals: [DueItem] {
        plan.all(BudgetLine.self).compactMap { line in
            guard line.decision == .open, let day = line.requestedOn else { return nil }
            return item(.approval, day, line.id, line.title, [line.approver].compactMap { $0 })
        }
    }

    private func dueContacts(_ horizon: Day) -> [DueItem] {
        plan.all(Contact.self).compactMap { contact in
            guard let every = contact.everyDays, let last = contact.lastContact, last + every <= horizon else { return nil }
            let name = contact.name ?? contact.id.short
            return DueItem(
                reason: .contact, day: last + every, record: contact.id, title: Label("联系\(name)", "Be in touch with \(name)"),
                purpose: contact.purpose, who: [])
        }
    }

    private func item(_ reason: DueItem.Reason, _ day: Day, _ id: RecordID, _ title: String?, _ who: [RecordID]) -> DueItem {
        DueItem(reason: reason, day: day, record: id, title: Label(title ?? id.short, title ?? id.short), purpose: nil, who: who)
    }
}
