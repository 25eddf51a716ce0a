import PlanModel
import WorkingTime

/// What a change of a plan brought about beyond what it says itself: dates that moved, progress, findings that came and went.
public struct ChangeEffect: Sendable {
    /// Tasks whose start or finish moved, but for those that the change itself names.
    public let moved: [RecordID]
    /// The last day of the plan's work.
    public let finish: (before: Day?, after: Day?)
    /// Of the whole plan, 0…1.
    public let progress: (before: Double?, after: Double?)
    public let found: [Finding]
    public let gone: [Finding]

    /// - Complexity: O(tasks + findings).
    public init(of change: Change, before: PlanFacts, after: PlanFacts) {
        let named = Set(change.edits.compactMap(\.record))
        moved = after.schedule.tasks.map(\.id).filter { task in
            guard !named.contains(task), let old = before.schedule[task], let new = after.schedule[task] else { return false }
            return old.start != new.start || old.finish != new.finish
        }
        finish = (before.schedule.finish, after.schedule.finish)
        progress = (before.overall.progress, after.overall.progress)
        let (old, new) = (Set(before.findings.map(FindingPlace.init)), Set(after.findings.map(FindingPlace.init)))
        found = after.findings.filter { !old.contains(FindingPlace($0)) && !Self.stands($0, in: before) }
        gone = before.findings.filter { !new.contains(FindingPlace($0)) && !Self.stands($0, in: after) }
    }

    /// Whether what is found in a task is so in other facts, too, though it may be told at another task there: a missed date is told
    /// once for all that come before it.
    private static func stands(_ finding: Finding, in facts: PlanFacts) -> Bool {
        guard let holds = finding.rule.holds, let record = finding.record else { return false }
        return holds(facts, record)
    }

    /// Each thing that followed, in a clause; none where nothing did.
    public func clauses(today: Day) -> [Label] {
        [movedWords, finishWords(today), progressWords, foundWords, goneWords].compactMap(\.self)
    }

    private var movedWords: Label? {
        guard !moved.isEmpty else { return nil }
        let names = moved.prefix(3).map(\.short)
        let (zh, en) = (names.joined(separator: "、"), names.joined(separator: ", "))
        guard moved.count > names.count else { return Label("\(zh) 的日期随之改变", "the dates of \(en) moved with it") }
        return Label("\(zh) 等 \(moved.count) 项任务的日期随之改变", "the dates of \(moved.count) tasks moved with it: \(en) …")
    }

    private func finishWords(_ today: Day) -> Label? {
        guard let before = finish.before, let after = finish.after, before != after else { return nil }
        // Of two years each day names its own.
        func short(_ day: Day, beside other: Day, _ language: Language) -> String {
            DisplayText.short(day, language, on: day.year == other.year ? today : other)
        }
        return Label(
            "全部完成由 \(short(before, beside: after, .chinese)) 变为 \(short(after, beside: before, .chinese))",
            "all is done on \(short(after, beside: before, .english)) instead of \(short(before, beside: after, .english))")
    }

    private var progressWords: Label? {
        guard let before = progress.before.map(DisplayText.percent), let after = progress.after.map(DisplayText.percent),
            before != after
        else { return nil }
        return Label("总进度由 \(before) 变为 \(after)", "progress goes from \(before) to \(after)")
    }

    private var foundWords: Label? {
        guard !found.isEmpty else { return nil }
        let (zh, en) = ChangeEffect.names(found)
        return Label("新发现 \(found.count) 处：\(zh)", "\(found.count == 1 ? "1 new finding" : "\(found.count) new findings"): \(en)")
    }

    private var goneWords: Label? {
        guard !gone.isEmpty else { return nil }
        let (zh, en) = ChangeEffect.names(gone)
        return Label("消除 \(gone.count) 处：\(zh)", "\(gone.count == 1 ? "1 finding" : "\(gone.count) findings") settled: \(en)")
    }

    /// The first three by title and record, errors first.
    private static func names(_ findings: [Finding]) -> (zh: String, en: String) {
        let first = findings.prefix(3)
        let zh = first.map { $0.title.zh + ($0.record.map { "（\($0.short)）" } ?? "") }.joined(separator: "、")
        let en = first.map { $0.title.en + ($0.record.map { " (\($0.short))" } ?? "") }.joined(separator: ", ")
        return findings.count > first.count ? (zh + "等", en + " …") : (zh, en)
    }
}

/// By what a finding is the same before and after, whatever its numbers say.
private struct FindingPlace: Hashable {
    let code: String
    let record: RecordID?
    let field: String?

    init(_ finding: Finding) { (code, record, field) = (finding.code, finding.record, finding.field) }
}

extension Edit {
    /// The record it is about.
    fileprivate var record: RecordID? {
        switch self {
        case .set(let id, _, _, _), .move(let id, _, _): id
        case .create(let record, _), .delete(let record, _): record.id
        case .write: nil
        }
    }
}
