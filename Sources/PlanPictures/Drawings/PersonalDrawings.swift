import Markup
import Measures
import PlanInsight
import PlanModel
import WorkingTime

/// How commitments were kept: a square for each period, full where the amount was reached.
struct HabitDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    func draw() -> PlanPicture? {
        let counted = facts.plan.all(Commitment.self).compactMap { commitment in
            commitment.standing(on: facts.today).map { (commitment, $0) }
        }
        guard !counted.isEmpty else { return nil }
        let shown = 26
        var canvas = Canvas(style, language, width: 760, height: Double(counted.count) * 30 + 24)
        for (row, entry) in counted.enumerated() {
            let y = Double(row) * 30 + 4
            canvas.text(entry.0.title ?? "", 0, y + 16, size: 12, .ink, within: 220)
            for (index, period) in entry.1.periods.suffix(shown).enumerated() {
                let x = 236 + Double(index) * 16
                let share = min(period.done / max(period.wanted, 1e-9), 1)
                canvas.rect(x, y + 4, 13, 16, fill: period.isKept ? .plan : .sunk, stroke: period.isKept ? .none : .line2)
                if !period.isKept, share > 0 { canvas.rect(x, y + 20 - 16 * share, 13, 16 * share, fill: .planMid) }
            }
            let isAtRisk = entry.0.streak(on: facts.today)?.isAtRisk == true
            canvas.text(
                canvas.t("连续 \(length(entry))", "\(length(entry)) in a row")
                    + (isAtRisk ? canvas.t("，今天未做", ", not yet today") : ""),
                760, y + 16, size: 11.5, entry.1.run > 0 ? .ink : .ink3, anchor: .end, bold: entry.1.run > 2)
        }
        canvas.text(
            canvas.t(
                "每格一期，各行最后一格为当前，最多 \(shown) 期；深色为做到，浅色为做了一部分，高度为比例。",
                "One square per period (the latest \(shown) at most, the current one last); full: kept; partly filled: partly done."
            ),
            0, canvas.height - 4, size: 10.5)
        let best = counted.filter { $0.1.run > 0 }.max { days($0) < days($1) }
        return canvas.picture(
            .habitStreaks, title: canvas.t("定期承诺与习惯", "Commitments and habits"),
            sentence: best.map { best in
                canvas.t(
                    "坚持最久的是\(best.0.title ?? "")，连续 \(length(best))。",
                    "Longest streak: \(best.0.title ?? ""), \(length(best)).")
            } ?? "")
    }

    private typealias Counted = (commitment: Typed<Commitment>, standing: QuotaStanding)

    /// How long it has been kept without a break, in days.
    private func days(_ entry: Counted) -> Int {
        entry.standing.run * (entry.commitment.frequency?.days ?? 0)
    }

    /// The same in its own periods.
    private func length(_ entry: Counted) -> String {
        let unit = entry.commitment.frequency?.period ?? Label("期", "period")
        let run = entry.standing.run
        return language == .chinese ? "\(run) \(unit.zh)" : "\(run) \(unit.en)\(run == 1 ? "" : "s")"
    }
}

extension Frequency {
    /// How long one period is, in days, and what it is called.
    fileprivate var days: Int {
        switch self {
        case .once: 0
        case .daily: 1
        case .weekly: 7
        case .biweekly: 14
        case .monthly: 30
        case .quarterly: 91
        case .halfYearly: 182
        case .yearly: 365
        }
    }

    fileprivate var period: Label? {
        switch self {
        case .once: nil
        case .daily: Label("天", "day")
        case .weekly: Label("周", "week")
        case .biweekly: Label("个两周", "fortnight")
        case .monthly: Label("个月", "month")
        case .quarterly: Label("个季度", "quarter")
        case .halfYearly: Label("个半年", "half-year")
        case .yearly: Label("年", "year")
        }
    }
}

/// Important against urgent.
struct QuadrantsDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    func draw() -> PlanPicture? {
        let open = facts.leafTasks.filter { $0.share < 1 && $0.state != .dropped }
        let tasks = open.filter { $0.isImportant != nil || $0.isUrgent != nil }
        guard !tasks.isEmpty else { return nil }
        let unsorted = open.filter { $0.isImportant == nil && $0.isUrgent == nil }.map(\.id.short)
        let quadrants: [(String, Bool, Bool)] = [
            (language == .chinese ? "重要且紧急　马上做" : "Important and urgent: do", true, true),
            (language == .chinese ? "重要不紧急　排时间做" : "Important: schedule", true, false),
            (language == .chinese ? "紧急不重要　交出去" : "Urgent: delegate", false, true),
            (language == .chinese ? "不重要不紧急　不做" : "Neither: drop", false, false),
        ]
        let groups = quadrants.map { quadrant in
            (quadrant.0, tasks.filter { ($0.isImportant ?? false) == quadrant.1 && ($0.isUrgent ?? false) == quadrant.2 })
        }
        let heights = [max(groups[0].1.count, groups[1].1.count), max(groups[2].1.count, groups[3].1.count)].map {
            Double(min(max($0, 1), 8)) * 20 + 38
        }
        var canvas = Canvas(style, language, width: 680, height: heights[0] + heights[1])
        for (index, group) in groups.enumerated() {
            let (x, y) = (Double(index % 2) * 344, index < 2 ? 0 : heights[0])
            canvas.text(group.0, x, y + 18, size: 12, .planInk, bold: true)
            for (row, task) in group.1.prefix(8).enumerated() {
                let note = isOverdue(task) ? canvas.t("（已逾期）", " (overdue)") : ""
                canvas.text("· " + (task.title ?? "") + note, x, y + 40 + Double(row) * 20, size: 11.5, .ink, within: 320)
            }
        }
        canvas.line(332, 4, 332, canvas.height - 4, .line2)
        canvas.line(0, heights[0] - 4, 680, heights[0] - 4, .line2)
        return canvas.picture(
            .quadrants, title: canvas.t("四象限", "Eisenhower matrix"),
            sentence: canvas.t(
                groups[0].1.isEmpty ? "没有标为既重要又紧急的未完成任务。" : "既重要又紧急的未完成任务有 \(groups[0].1.count) 件。",
                Self.pressing(groups[0].1.count))
                + overdue(groups[1].1.count(where: isOverdue))
                + (unsorted.isEmpty
                    ? ""
                    : canvas.t(
                        "尚未分类：\(unsorted.joined(separator: "、"))。", " Not sorted yet: \(unsorted.joined(separator: ", ")).")))
    }

    /// Whether its day is past, whatever was said of its urgency.
    private func isOverdue(_ task: Typed<PlanTask>) -> Bool { facts.schedule[task.id].map { $0.finish < facts.today } ?? false }

    /// Of important tasks that are not called urgent.
    private func overdue(_ count: Int) -> String {
        if count == 0 { return "" }
        return language == .chinese
            ? "另有 \(count) 件标为重要不紧急的已经逾期。"
            : " \(count) more, important but not called urgent, \(count == 1 ? "is" : "are") overdue."
    }

    private static func pressing(_ count: Int) -> String {
        switch count {
        case 0: "No open task is marked both important and urgent."
        case 1: "1 open task is important and urgent."
        default: "\(count) open tasks are important and urgent."
        }
    }
}

/// Where the focused time went.
struct TimeSpentDrawing {
    let facts: PlanFacts
    let style: PictureStyle
    let language: Language

    func draw() -> PlanPicture? {
        let sessions = facts.plan.all(FocusSession.self).filter { $0.on.map { $0 <= facts.today } ?? false }
        guard let first = sessions.compactMap(\.on).min() else { return nil }
        let unsorted = "unsorted"
        let entries = sessions.compactMap { session in
            session.on.map {
                TimeEntry(
                    day: Int($0.number), minutes: session.minutes ?? 0, category: session.quadrant?.rawValue ?? unsorted)
            }
        }
        let spent = TimeSpent(entries, days: Int(first.number)...Int(facts.today.number), by: .week)
        guard spent.total.minutes > 0 else { return nil }
        let names =
            TimeQuadrant.allCases.map { ($0.rawValue, $0.label[language]) } + [
                (unsorted, language == .chinese ? "未分类" : "Unsorted")
            ]
        let shown = names.filter { spent.share(of: $0.0) ?? 0 > 0 }
        func hours(_ minutes: Int) -> String { DisplayText.number((Double(minutes) / 6).rounded() / 10) }
        var canvas = Canvas(style, language, width: 600, height: Double(shown.count) * 32 + 6)
        for (index, row) in shown.enumerated() {
            let y = Double(index) * 32 + 4
            let share = spent.share(of: row.0) ?? 0
            let time = hours(spent.total.byCategory[row.0] ?? 0)
            canvas.text(row.1, 130, y + 16, size: 12, .ink, anchor: .end, within: 128)
            canvas.rect(140, y + 4, 330 * share, 16, fill: .plan)
            canvas.text(
                canvas.t("\(time) 小时　\(DisplayText.percent(share))", "\(time) h  \(DisplayText.percent(share))"),
                148 + 330 * share, y + 16, size: 11, .ink2)
        }
        let important = DisplayText.percent(spent.share(of: TimeQuadrant.important.rawValue) ?? 0)
        return canvas.picture(
            .timeSpent, title: canvas.t("时间去向", "Where time went"),
            sentence: canvas.t(
                "专注共 \(hours(spent.total.minutes)) 小时，其中 \(important) 用在重要不紧急的事上。",
                "\(hours(spent.total.minutes)) hours of focus, \(important) of it on what is important and not urgent."))
    }
}
