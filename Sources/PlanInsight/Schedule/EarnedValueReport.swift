import PlanModel
import Scheduling
import WorkingTime

/// Earned value of a plan: its tasks with a baseline as work packages, on the plan's calendar.
public struct EarnedValueReport: Sendable {
    /// In what value is counted.
    public enum Unit: Sendable, Hashable {
        case money(Currency)
        /// Where no task has a cost: working days of the baseline.
        case days

        public var name: Label {
            switch self {
            case .money(let currency): Label(currency.name(in: .chinese), currency.name(in: .english))
            case .days: Label("天", "days")
            }
        }
    }

    public let unit: Unit
    public let analysis: EarnedValueAnalysis
    public let status: EarnedValueStatus
    /// Value by day.
    public let curve: [EarnedValuePoint]
    /// The task of each package.
    public let tasks: [RecordID]
    /// Still to spend by the tasks' own new estimates, in the unit; `nil` where no task has one.
    let estimatedRest: Double?
    /// Open leaf tasks without a baseline, which do not count.
    public let unplanned: [RecordID]
    /// Tasks with progress that have no actual cost though others are reckoned in money: their cost counts as nothing.
    public let withoutCosts: [RecordID]

    /// `nil` where no task has a baseline, or none has a value.
    public init?(_ facts: PlanFacts) {
        let leaves = zip(facts.schedule.tasks, facts.schedule.dates).filter { !$1.isSummary && !$1.isInactive }.map(\.0)
        let planned = leaves.compactMap { task in EarnedValueReport.baseline(task).map { (task, $0) } }
        unplanned = leaves.filter { EarnedValueReport.baseline($0) == nil && !$0.isFinished && $0.isMilestone != true }.map(\.id)
        let hasCosts = planned.contains { ($0.0.baselineCost?.units ?? 0) > 0 }
        let calendar = facts.schedule.calendar
        func days(_ range: ClosedRange<Day>) -> Double { Double(range.count { calendar.isWorkingDay($0) }) }
        func budget(_ task: Typed<PlanTask>, _ range: ClosedRange<Day>) -> Double {
            hasCosts ? task.baselineCost?.approximate ?? 0 : task.isMilestone == true ? 0 : days(range)
        }
        withoutCosts = hasCosts ? planned.map(\.0).filter(EarnedValueReport.lacksCost).map(\.id) : []
        unit = hasCosts ? .money(facts.plan.currency) : .days
        let places = Dictionary(planned.enumerated().map { ($1.0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let packages = planned.map { task, range in
            let finish = task.isFinished ? task.actualFinish ?? facts.schedule[task.id]?.finish ?? facts.today : nil
            return WorkPackage(
                budget: max(0, budget(task, range)), baseline: range, rule: EarnedValueReport.rule(task, facts, places),
                actualStart: (task.actualStart ?? (task.share > 0 ? finish ?? facts.today : nil)).map { min($0, facts.today) },
                actualFinish: (task.earning.isFixed ? finish : task.actualFinish).map {
                    min(max($0, task.actualStart ?? $0), facts.today)
                })
        }
        guard packages.contains(where: { $0.budget > 0 }) else { return nil }
        var costs: [ActualCost] = []
        for (index, entry) in planned.enumerated() {
            let (task, range) = entry
            let spent = hasCosts ? task.actualCost?.approximate ?? 0 : EarnedValueReport.spentDays(task, facts, days)
            costs += EarnedValueReport.spread(spent, task, range, index, facts)
        }
        guard
            let analysis = try? EarnedValueAnalysis(packages: packages, costs: costs, statusDay: facts.today, calendar: calendar)
        else { return nil }
        self.analysis = analysis
        status = analysis.status()
        curve = analysis.curve()
        tasks = planned.map(\.0.id)
        estimatedRest = EarnedValueReport.rest(planned.map(\.0), status.packages, facts, inMoney: hasCosts)
    }

    private static func lacksCost(_ task: Typed<PlanTask>) -> Bool {
        let budget = task.baselineCost?.units ?? 0
        return budget > 0 && task.share > 0 && task.actualCost == nil
    }

    /// What is still to spend by the tasks' own new estimates, those without one as planned; `nil` where no task has one.
    private static func rest(
        _ tasks: [Typed<PlanTask>], _ figures: [EarnedValueFigures], _ facts: PlanFacts, inMoney: Bool
    ) -> Double? {
        func estimate(_ task: Typed<PlanTask>) -> Double? {
            inMoney
                ? task.costToComplete?.approximate
                : task.remaining.map { facts.schedule.calendars.days(facts.schedule.calendars.minutes($0)) }
        }
        guard tasks.contains(where: { !$0.isFinished && estimate($0) != nil }) else { return nil }
        return zip(tasks, figures).reduce(0) { sum, entry in
            let (task, figures) = entry
            return sum + (task.isFinished ? 0 : estimate(task) ?? figures.budgetAtCompletion - figures.earnedValue)
        }
    }

    private static func baseline(_ task: Typed<PlanTask>) -> ClosedRange<Day>? {
        guard let start = task.baselineStart, let finish = task.baselineFinish, finish >= start else { return nil }
        return start...finish
    }

    /// The rule a task asks for; its progress where what the rule needs is not filled in.
    ///
    /// - Parameter places: of the tasks that are packages.
    private static func rule(_ task: Typed<PlanTask>, _ facts: PlanFacts, _ places: [RecordID: Int]) -> PercentCompleteRule {
        let physical = PercentCompleteRule.physical(min(max(task.share, 0), 1))
        switch task.earning ?? .physical {
        case .physical: return physical
        case .zeroHundred: return .zeroHundred
        case .fiftyFifty: return .fiftyFifty
        case .twentyFiveSeventyFive: return .twentyFiveSeventyFive
        case .levelOfEffort: return .levelOfEffort
        case .apportioned:
            guard let base = task.earnsLike, base != task.id, let place = places[base],
                facts.plan.record(base, as: PlanTask.self)?.earning != .apportioned
            else { return physical }
            return .apportioned(to: place)
        case .units:
            guard let planned = task.unitsPlanned, planned > 0 else { return physical }
            return .unitsDone(max(task.unitsDone ?? 0, 0), of: planned)
        case .milestones:
            let milestones = (task.earningMilestones ?? []).compactMap { share -> WeightedMilestone? in
                guard let milestone = facts.plan.record(share.who, as: PlanTask.self) else { return nil }
                return WeightedMilestone(
                    weight: share.units, isReached: milestone.isFinished, planned: milestone.baselineFinish,
                    reached: milestone.actualFinish)
            }
            return milestones.isEmpty ? physical : .weightedMilestones(milestones)
        }
    }

    /// Working days a task has been at work by today.
    private static func spentDays(_ task: Typed<PlanTask>, _ facts: PlanFacts, _ days: (ClosedRange<Day>) -> Double) -> Double {
        guard let start = task.actualStart, start <= facts.today, task.isMilestone != true else { return 0 }
        return days(start...max(start, min(task.actualFinish ?? facts.today, facts.today)))
    }

    /// What a task has cost, evenly over the working days it has been at work; what was spent before any start stands on its first day.
    private static func spread(
        _ spent: Double, _ task: Typed<PlanTask>, _ range: ClosedRange<Day>, _ index: Int, _ facts: PlanFacts
    ) -> [ActualCost] {
        guard spent != 0 else { return [] }
        let start = min(task.actualStart ?? range.lowerBound, facts.today)
        let finish = max(start, min(task.actualFinish ?? facts.today, facts.today))
        let worked = (start...finish).filter { facts.schedule.calendar.isWorkingDay($0) }
        if worked.isEmpty { return [ActualCost(start, spent, package: index)] }
        return worked.map { ActualCost($0, spent / Double(worked.count), package: index) }
    }
}

extension EarnedValueReport {
    /// Cost at completion if the rest costs as what is done.
    public var estimate: Double? { status.total.estimateAtCompletion(.costPerformance) }

    /// An amount of value in its unit.
    public func text(_ value: Double, _ language: Language) -> String {
        switch unit {
        case .money(let currency):
            DisplayText.sum(Money(nearest: value, currency: currency), language)
        case .days: language == .chinese ? "\(figure(value)) 天" : "\(figure(value)) d"
        }
    }

    /// The same without its unit: whole amounts of money, days to a tenth.
    func figure(_ value: Double) -> String {
        switch unit {
        case .money: DisplayText.number(value.rounded())
        case .days: DisplayText.number((value * 10).rounded() / 10)
        }
    }

    /// What value is counted in.
    var unitName: Label {
        switch unit {
        case .money(let currency): Label(currency.name(in: .chinese), currency.name(in: .english))
        case .days: Label("天", "days")
        }
    }
}

extension EarningRule? {
    /// Whether start and finish alone decide what is earned.
    fileprivate var isFixed: Bool { self == .zeroHundred || self == .fiftyFifty || self == .twentyFiveSeventyFive }
}

extension EarnedValueReport {
    /// A way to estimate the cost at completion, and what follows from it.
    public struct Estimate: Sendable {
        public let method: CompletionEstimate
        public let name: Label
        public let formula: String
    }

    /// The usual estimates, the one that is taken where only one is shown first; last the one from the tasks' own, where there are any.
    public var estimates: [Estimate] {
        Self.usual
            + (estimatedRest.map {
                [
                    Estimate(
                        method: .newEstimate(remaining: $0), name: Label("余下逐项重新估算", "Bottom-up estimate of the remaining work"),
                        formula: "AC + Σ ETC")
                ]
            } ?? [])
    }

    private static let usual: [Estimate] = [
        Estimate(method: .costPerformance, name: Label("余下按已做部分的成本水平", "Remaining work at the CPI so far"), formula: "BAC ÷ CPI"),
        Estimate(method: .remainingAsPlanned, name: Label("余下照计划", "Remaining work as budgeted"), formula: "AC + BAC − EV"),
        Estimate(
            method: .costAndSchedulePerformance, name: Label("兼顾进度", "At CPI × SPI"),
            formula: "AC + (BAC − EV) ÷ (CPI × SPI)"),
        Estimate(
            method: .schedulePerformance, name: Label("进度决定成本", "At SPI"),
            formula: "AC + (BAC − EV) ÷ SPI"),
        Estimate(
            method: .weighted(cost: 0.8, schedule: 0.2), name: Label("加权", "Weighted"),
            formula: "AC + (BAC − EV) ÷ (0.8 CPI + 0.2 SPI)"),
    ]
}
