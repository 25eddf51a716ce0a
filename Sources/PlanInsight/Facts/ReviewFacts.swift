import Measures
import PlanModel
import WorkingTime

/// What happened in a plan in the period of a review, from its records: what a review begins with.
///
/// A pure function of the plan and the period; the words can be written into the review and edited there.
public struct ReviewFacts: Sendable {
    public struct Group: Sendable, Hashable {
        public let title: Label
        public let lines: [Label]
    }

    public let period: ClosedRange<Day>
    public let groups: [Group]

    /// - Parameter review: its period is that given, or from the last review held before it to its day.
    public init(_ review: Typed<Review>, _ facts: PlanFacts) {
        let planned = review.finish ?? review.heldOn ?? review.due ?? facts.today
        // What is still to come has not happened; a period that has not begun is told as planned.
        let finish = (review.start ?? facts.today) > facts.today ? planned : min(planned, facts.today)
        let earlier = facts.plan.all(Review.self).filter { $0.id != review.id }.compactMap { $0.finish ?? $0.heldOn }.filter {
            $0 < finish
        }.max()
        let start = review.start ?? earlier.map { $0 + 1 } ?? facts.plan.fields.start ?? finish - 30
        period = min(start, finish)...finish
        let reader = ReviewReader(facts: facts, period: period)
        let own = [reader.done, reader.late, reader.measures, reader.risks, reader.money, reader.decisions]
        groups = (own + reader.engines).filter { !$0.lines.isEmpty }
    }

    public func text(_ language: Language) -> String { groups.text(language) }
}

extension [ReviewFacts.Group] {
    /// CommonMark: a heading line and a list for each group.
    public func text(_ language: Language) -> String {
        map { group in
            "**\(group.title[language])**\n\n" + group.lines.map { "- \($0[language])" }.joined(separator: "\n")
        }.joined(separator: "\n\n")
    }
}

struct ReviewReader {
    let facts: PlanFacts
    let period: ClosedRange<Day>
    private static let most = 12

    private var plan: Plan { facts.plan }

    private func name(_ record: Record) -> String { "\(record.id.short) \(record.title)" }

    func capped(_ title: Label, _ lines: [Label]) -> ReviewFacts.Group {
        var shown = Array(lines.prefix(Self.most))
        if lines.count > Self.most { shown.append(Label("另有 \(lines.count - Self.most) 项。", "\(lines.count - Self.most) more.")) }
        return ReviewFacts.Group(title: title, lines: shown)
    }

    var done: ReviewFacts.Group {
        let tasks = facts.leafTasks.filter { $0.actualFinish.map(period.contains) ?? false }.sorted {
            ($0.actualFinish ?? .init(number: 0)) < ($1.actualFinish ?? .init(number: 0))
        }
        let lines = tasks.map { task -> Label in
            let finish = task.actualFinish ?? period.upperBound
            let late = (task.baselineFinish ?? task.due).map { finish - $0 } ?? 0
            let (zh, en) =
                late > 0
                ? ("，晚 \(late) 天", ", \(Wording.counted(late, "day")) late")
                : late < 0 ? ("，早 \(-late) 天", ", \(Wording.counted(-late, "day")) early") : ("", "")
            return Label("\(name(task.record))，\(finish) 完成\(zh)。", "\(name(task.record)), done on \(finish)\(en).")
        }
        return capped(Label("完成 \(tasks.count) 项", "\(tasks.count) done"), lines)
    }

    /// Tasks that were to be finished by the end of the period and were not.
    var late: ReviewFacts.Group {
        let tasks = facts.leafTasks.filter { task in
            guard let due = task.agreedFinish ?? task.baselineFinish, due <= period.upperBound else { return false }
            return task.actualFinish.map { $0 > period.upperBound } ?? (task.share < 1)
        }
        let lines = tasks.map { task -> Label in
            let due = task.agreedFinish ?? task.baselineFinish ?? period.upperBound
            return Label(
                "\(name(task.record))，应于 \(due) 完成，进度 \(task.share.percent)。",
                "\(name(task.record)), due on \(due), \(task.share.percent) done.")
        }
        return capped(Label("到期未完成 \(tasks.count) 项", "\(tasks.count) overdue"), lines)
    }

    var measures: ReviewFacts.Group {
        let lines = plan.all(Measure.self).compactMap { measure -> Label? in
            guard let now = measure.values?.latest(on: period.upperBound), period.contains(now.day) else { return nil }
            let before = measure.values?.latest(on: period.lowerBound - 1)?.value ?? measure.baseline
            let unit = measure.unit ?? ""
            let from = before.map { DisplayText.number($0) } ?? "—"
            let target =
                measure.target.map { (zh: "，目标 \(DisplayText.number($0))", en: ", target \(DisplayText.number($0))") } ?? (
                    zh: "", en: ""
                )
            let status =
                facts.progress.measures[measure.id].map {
                    (zh: "，\($0.status.label.zh)", en: ", \($0.status.label.en.lowercased())")
                } ?? (zh: "", en: "")
            return Label(
                "\(name(measure.record))：\(from) → \(DisplayText.number(now.value)) \(unit)\(target.zh)\(status.zh)。",
                "\(name(measure.record)): \(from) → \(DisplayText.number(now.value)) \(unit)\(target.en)\(status.en).")
        }
        return capped(Label("指标变化", "Measures"), lines)
    }

    var risks: ReviewFacts.Group {
        // The highest first, since of many only some are told.
        let ranked = plan.all(Risk.self).sorted { ($1.score ?? 0, $0.id.number) < ($0.score ?? 0, $1.id.number) }
        let lines = ranked.compactMap { risk -> Label? in
            if let raised = risk.raisedOn, period.contains(raised) {
                return Label(
                    "新增 \(name(risk.record))（\(risk.score ?? 0) 分）。", "New: \(name(risk.record)) (score \(risk.score ?? 0)).")
            }
            guard risk.isOpen, risk.isHigh, let before = risk.score else { return nil }
            guard let after = risk.residualScore, risk.residualLikelihood != nil || risk.residualImpact != nil else {
                return Label("仍开放 \(name(risk.record))（\(before) 分）。", "Still open: \(name(risk.record)) (score \(before)).")
            }
            return Label(
                "仍开放 \(name(risk.record))（\(before) → 应对后 \(after) 分）。",
                "Still open: \(name(risk.record)) (\(before), after response \(after)).")
        }
        return capped(Label("风险", "Risks"), lines)
    }

    var money: ReviewFacts.Group {
        let paid = plan.all(Spending.self).filter { $0.on.map(period.contains) ?? false }
        guard !paid.isEmpty else { return ReviewFacts.Group(title: Label("费用", "Money"), lines: []) }
        let currency = plan.currency
        let spent = paid.compactMap(\.amount).reduce(Money.zero(currency)) { $0.adding($1) ?? $0 }
        let total = facts.budget.total
        func words(_ money: Money, _ language: Language) -> String { DisplayText.sum(money, language) }
        let entries = paid.count == 1 ? "1 entry" : "\(paid.count) entries"
        return ReviewFacts.Group(
            title: Label("费用", "Money"),
            lines: [
                Label(
                    "本期 \(paid.count) 笔支出，合计 \(words(spent, .chinese))；累计实际 \(words(total.actual, .chinese))，计划 \(words(total.planned, .chinese))。",
                    "\(entries) of \(words(spent, .english)) in all; actual to date \(words(total.actual, .english)) of \(words(total.planned, .english)) planned."
                )
            ])
    }

    var decisions: ReviewFacts.Group {
        var lines = plan.all(Meeting.self).filter { $0.on.map(period.contains) ?? false }.compactMap { meeting -> Label? in
            guard let decisions = meeting.decisions?.trimmedLines, !decisions.isEmpty else { return nil }
            return Label("\(name(meeting.record))：\(decisions)", "\(name(meeting.record)): \(decisions)")
        }
        lines += plan.all(ChangeRequest.self).filter { $0.decidedOn.map(period.contains) ?? false }.map { request in
            let label = request.decision?.label ?? Label("", "")
            return Label("变更 \(name(request.record))：\(label.zh)。", "Change \(name(request.record)): \(label.en.lowercased()).")
        }
        lines += plan.all(Adjustment.self).filter { $0.effectiveOn.map(period.contains) ?? false }.map { adjustment in
            let done = adjustment.isApplied == true
            return Label(
                "调整 \(name(adjustment.record))\(done ? "，已落实" : "，尚未落实")。",
                "Adjustment \(name(adjustment.record)), \(done ? "applied" : "not applied yet").")
        }
        return capped(Label("决定与调整", "Decisions and adjustments"), lines)
    }
}

extension String {
    /// Several lines as one, so that a list stays a list.
    fileprivate var trimmedLines: String {
        split(separator: "\n").map { $0.drop { $0 == " " || $0 == "-" } }.joined(separator: "；")
    }
}
