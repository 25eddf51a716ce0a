import PlanInsight
import PlanModel
import Synchronization
import WorkingTime

/// Computed facts by the revisions they were computed from, so that an entry is never wrong and may be dropped at any time.
final class FactsCache: Sendable {
    private struct Key: Hashable {
        let plan: PlanKey
        let revisions: [Int]
        let files: [String: String]
        let day: Day
    }

    private struct Entries {
        var facts: [Key: PlanFacts] = [:]
        /// What the next facts of a plan are made from: a change to a long plan costs what it reaches.
        var newest: [PlanKey: PlanFacts] = [:]
        var progress: (revisions: [Int], day: Day, rollUp: ProgressRollUp)?
    }

    private let entries = Mutex(Entries())
    private let logs = LogShelf()
    private let loads = LoadShelf()
    private static let capacity = 24

    func facts(_ key: PlanKey, in workspace: Workspace, today: Day) -> PlanFacts? {
        let revisions = workspace.plans.map(\.revision)
        let entryKey = Key(plan: key, revisions: revisions, files: workspace.files.stamps, day: today)
        let (known, newest) = entries.withLock { ($0.facts[entryKey], $0.newest[key]) }
        if let known { return known }
        let progress = progress(workspace, today: today)
        guard let made = PlanFacts(key, in: workspace, today: today, progress: progress, after: newest, logs: logs, loads: loads)
        else { return nil }
        entries.withLock { entries in
            if entries.facts.count >= Self.capacity {
                entries.facts = entries.facts.filter { $0.key.revisions == revisions && $0.key.day == today }
            }
            entries.facts[entryKey] = made
            entries.newest[key] = made
        }
        return made
    }

    func progress(_ workspace: Workspace, today: Day) -> ProgressRollUp {
        let revisions = workspace.plans.map(\.revision)
        if let known = entries.withLock({ $0.progress }), known.revisions == revisions, known.day == today { return known.rollUp }
        let made = ProgressRollUp(workspace, today: today)
        entries.withLock { $0.progress = (revisions, today, made) }
        return made
    }
}
