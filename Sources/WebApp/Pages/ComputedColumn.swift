import Markup
import PlanInsight
import PlanModel

/// A column nobody types: computed from the plan.
struct ComputedColumn: Sendable {
    let label: Label
    var isNumeric = false
    var isWide = false
    let show: @Sendable (Page, PlanFacts, Record) -> Markup

    static let all: [String: [ComputedColumn]] = [
        Goal.names.prefix: [
            ComputedColumn(label: Label("进度", "Progress"), isWide: true) { page, facts, record in
                let goal = facts.progress.goals[record.id]
                return page.bar(goal?.progress, expected: goal?.expected)
            },
            ComputedColumn(label: Label("状态", "Status")) { page, facts, record in page.status(facts.progress.goals[record.id]?.status ?? .idle) },
        ],
        Measure.names.prefix: [
            ComputedColumn(label: Label("进度", "Progress"), isWide: true) { page, facts, record in
                let measure = facts.progress.measures[record.id]
                return page.bar(measure?.progress, expected: measure?.expected)
            },
            ComputedColumn(label: Label("状态", "Status")) { page, facts, record in page.status(facts.progress.measures[record.id]?.status ?? .idle) },
        ],
        PlanTask.names.prefix: [
            ComputedColumn(label: Label("排期", "Scheduled")) { page, facts, record in
                guard let dates = facts.schedule[record.id] else { return Markup() }
                return el(.span, .class("nb")) { "\(DisplayText.short(dates.start, page.language)) – \(DisplayText.short(dates.finish, page.language))" }
            },
            ComputedColumn(label: Label("总时差", "Float"), isNumeric: true) { _, facts, record in
                guard let dates = facts.schedule[record.id], !dates.isSummary else { return Markup() }
                return el(.span, dates.isCritical ? .class("due") : nil) { DisplayText.number((dates.totalFloat * 10).rounded() / 10) }
            },
            ComputedColumn(label: Label("状况", "Health")) { page, facts, record in
                guard let task = Typed<PlanTask>(record) else { return Markup() }
                return page.status(facts.status(of: task))
            },
        ],
        Risk.names.prefix: [
            ComputedColumn(label: Label("等级", "Score"), isNumeric: true) { page, _, record in
                guard let risk = Typed<Risk>(record), let score = risk.score else { return Markup() }
                let after = risk.residualScore ?? score
                return Markup { el(.b) { score } ; if after != score { " → \(after)" } }
            },
        ],
        Commitment.names.prefix: [
            ComputedColumn(label: Label("连续", "Streak"), isNumeric: true) { page, facts, record in
                guard let commitment = Typed<Commitment>(record), let count = QuotaCount(commitment, today: facts.today) else { return Markup() }
                return Markup(page.t("\(count.streak) 期", "\(count.streak)"))
            },
        ],
        SalesTarget.names.prefix: [
            ComputedColumn(label: Label("至今达成", "Attained"), isNumeric: true) { _, facts, record in
                guard let line = Typed<SalesTarget>(record), let attained = SalesSums.toDate(line, today: facts.today).attainment else { return Markup() }
                return Markup(DisplayText.percent(attained))
            },
        ],
    ]
}
