import PlanInsight
import PlanModel
import Synchronization
import WorkingTime

/// The newest facts of each plan, with what they were computed from, so that they are never wrong and may be dropped at any time.
final class FactsCache: Sendable {
    private struct Source: Hashable {
        let revisions: [Int]
        let files: [String: String]
        let day: Day
    }

    private struct Entries {
        /// Also what the next facts of a plan are made from: a change to a long plan costs what it reaches.
        var newest: [PlanKey: (source: Source, facts: PlanFacts)] = [:]
        /// Those before the newest, which say what the last change brought about.
        var former: [PlanKey: (source: Source, facts: PlanFacts)] = [:]
        var progress: (revisions: [Int], day: Day, rollUp: ProgressRollUp)?
    }

    private let entries = Mutex(Entries())
    private let logs = LogShelf()
    private let loads = LoadShelf()

    func facts(_ key: PlanKey, in workspace: Workspace, today: Day) -> PlanFacts? {
        let source = Source(revisions: workspace.plans.map(\.revision), files: workspace.files.stamps, day: today)
        let newest = entries.withLock { $0.newest[key] }
        if let newest, newest.source == source { return newest.facts }
        let progress = progress(workspace, today: today)
        guard
            let made = PlanFacts(
                key, in: workspace, today: today, progress: progress, after: newest?.facts, logs: logs, loads: loads)
        else { return nil }
        entries.withLock { entries in
            if let newest, newest.facts.plan.revision < made.plan.revision { entries.former[key] = newest }
            entries.newest[key] = (source, made)
        }
        return made
    }

    /// The facts of a workspace that holds a plan at a revision of its own, where they are at hand; else nil.
    func known(_ key: PlanKey, in workspace: Workspace, today: Day) -> PlanFacts? {
        let source = Source(revisions: workspace.plans.map(\.revision), files: workspace.files.stamps, day: today)
        return entries.withLock { entries in
            [entries.newest[key], entries.former[key]].compactMap { $0 }.first { $0.source == source }?.facts
        }
    }

    func progress(_ workspace: Workspace, today: Day) -> ProgressRollUp {
        let revisions = workspace.plans.map(\.revision)
        if let known = entries.withLock({ $0.progress }), known.revisions == revisions, known.day == today { return known.rollUp }
        let made = ProgressRollUp(workspace, today: today)
        entries.withLock { $0.progress = (revisions, today, made) }
        return made
    }
}
