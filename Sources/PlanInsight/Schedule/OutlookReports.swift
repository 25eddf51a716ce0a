import PlanModel
import Scheduling
import WorkingTime

/// A point of schedule quality as programs read it. Without what it needs, neither verdict nor figures are there.
public struct ScheduleQualitySummary: Encodable, Sendable {
    /// 1…14
    public let point: Int
    public let name: String
    public let passes: Bool?
    /// So many tasks or links of so many; or an index. The limit is the greatest share, 0…1, or the least index.
    public let found, of: Int?
    public let index, limit: Double?
    public let tasks: [String]

    public static func points(_ report: ScheduleQualityReport, _ language: Language) -> [ScheduleQualitySummary] {
        report.points.map { ScheduleQualitySummary($0, language) }
    }

    private init(_ checked: ScheduleQualityReport.Point, _ language: Language) {
        point = checked.number
        name = checked.kind.label[language]
        passes = checked.passes
        tasks = checked.tasks.map(\.short)
        switch checked.measured {
        case .found(let count, let all, let most): (found, of, index, limit) = (count, all, nil, most)
        case .index(let value, let least): (found, of, index, limit) = (nil, nil, value, least)
        case nil: (found, of, index, limit) = (nil, nil, nil, nil)
        }
    }
}

/// A levelling proposal as programs read it; days are ISO dates, overloads person days.
public struct LevellingReport: Encodable, Sendable {
    public struct Move: Encodable, Sendable {
        public let id, title, startBefore, finishBefore, startAfter, finishAfter, reason: String
    }

    public struct Way: Encodable, Sendable {
        public let task, alternative, title, words: String
    }

    public let aim: String
    public let finishBefore, finishAfter: String?
    public let overloadBefore, overloadAfter, gap: Double
    public let moves: [Move]
    /// Alternatives chosen, with the tasks whose way they become.
    public let ways: [Way]
    public struct Overtaken: Encodable, Sendable {
        public let id, title, predecessor, earliest, words: String
    }

    /// Tasks put by hand that would no longer wait for a predecessor, with the first day it lets them.
    public let overtaken: [Overtaken]
    /// Tasks that alone ask a person for more than there is.
    public let excessive: [String]
    public let schedulesGenerated: Int
    public let wasStopped: Bool
    /// Names the proposal, so that it and no other is accepted.
    public let digest: String

    public init(_ proposal: LevellingProposal, _ plan: Plan, aim: LevellingProposal.Aim, language: Language) {
        self.aim = aim.rawValue
        finishBefore = proposal.finishBefore.map { "\($0)" }
        finishAfter = proposal.finishAfter.map { "\($0)" }
        overloadBefore = proposal.overloadBefore
        overloadAfter = proposal.overloadAfter
        gap = proposal.gap
        moves = proposal.moves.map { move in
            Move(
                id: move.task.short, title: plan.record(move.task)?.title ?? "", startBefore: "\(move.from.lowerBound)",
                finishBefore: "\(move.from.upperBound)",
                startAfter: "\(move.to.lowerBound)", finishAfter: "\(move.to.upperBound)", reason: move.reason[language])
        }
        ways = proposal.ways.map { way in
            Way(
                task: way.task.short, alternative: way.alternative.short, title: plan.record(way.alternative)?.title ?? "",
                words: way.words[language])
        }
        overtaken = proposal.overtaken.map { task in
            Overtaken(
                id: task.task.short, title: plan.record(task.task)?.title ?? "",
                predecessor: task.predecessor.text(seenFrom: plan.key),
                earliest: "\(task.earliest)", words: task.words[language])
        }
        excessive = proposal.excessive.map(\.task.short)
        schedulesGenerated = proposal.schedulesGenerated
        wasStopped = proposal.wasStopped
        digest = proposal.digest
    }
}

/// A simulated outlook as programs read it; probabilities 0…1, days ISO dates, drivers in working days from the mean finish.
public struct OutlookReport: Encodable, Sendable {
    public struct Result: Encodable, Sendable {
        /// Finish at P10, P20 … P90.
        public let finish: [String]
        /// Cost at P10 … P90, in the plan's currency; absent without costs.
        public let cost: [Double]?
        public let onTime: Double?
    }
    public struct Driver: Encodable, Sendable {
        public let record, title: String
        public let low, high: Double
    }
    public struct Milestone: Encodable, Sendable {
        public let id, title, planned, p50, p80: String
        public let onTime: Double?
    }
    public struct Share: Encodable, Sendable {
        public let id, title: String
        public let criticality, cruciality: Double
    }
    public struct Reserve: Encodable, Sendable {
        public struct Point: Encodable, Sendable {
            /// Absent for the end, whenever it comes.
            public let until: String?
            /// Cost beyond plan incurred until then: P10, P50, P80 and P90.
            public let used: [Double]
            public let stillNeeded, exhausted: Double
        }
        public let reserve: Double
        public let points: [Point]
    }

    public let runs, openTasks, estimatedTasks, risks: Int
    public let planned: String
    public let deadline: String?
    public let currency: String
    public let present, responded: Result
    /// Working days to add to the deadline, or to the planned finish, for 80 % and 90 %.
    public let reserveDays80, reserveDays90: Double
    /// Reserves for the confidence asked for, working days and the plan's currency, and the probability of keeping date and cost both.
    public let confidence, reserveDays: Double
    public let reserveCost, jointConfidence: Double?
    /// What is left of the contingency reserve, and the confidence with which it suffices; absent without one or without costs.
    public let reserveLeft, reserveLeftConfidence: Double?
    /// How the cost reserve for the confidence is used up; absent without costs.
    public let drawDown: Reserve?
    /// `complete`, `converged` or `stopped`; half the width of the 95 % interval of P80, working days.
    public let ending: String
    public let precisionDays: Double?
    public let milestones: [Milestone]
    public let drivers: [Driver]
    public let criticality: [Share]

    public init(_ outlook: RiskOutlook, _ plan: Plan) {
        let cover = ReserveCover(outlook, BudgetTotals(plan))
        func title(_ id: RecordID) -> String { plan.record(id)?.title ?? "" }
        func rounded(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }
        func result(_ result: SimulationResult, _ isResponded: Bool) -> Result {
            Result(
                finish: result.finish.deciles.map { "\(outlook.day($0))" },
                cost: result.cost.map { $0.deciles.map { $0.rounded() } },
                onTime: outlook.onTime(responded: isResponded).map(rounded))
        }
        runs = outlook.present.runs
        openTasks = outlook.open
        estimatedTasks = outlook.estimated
        risks = outlook.risks
        planned = "\(outlook.planned)"
        deadline = outlook.deadline.map { "\($0)" }
        currency = outlook.currency.description
        present = result(outlook.present, false)
        responded = result(outlook.responded, true)
        reserveDays80 = rounded(outlook.reserveDays(0.8))
        reserveDays90 = rounded(outlook.reserveDays(0.9))
        confidence = outlook.confidence
        reserveDays = rounded(outlook.reserveDays(confidence))
        reserveCost = outlook.costReserve(confidence).map { $0.rounded() }
        jointConfidence = outlook.jointConfidence(confidence).map(rounded)
        reserveLeft = cover.map { $0.left.rounded() }
        reserveLeftConfidence = cover.map { rounded($0.reached) }
        drawDown = outlook.present.drawDown.map { found in
            Reserve(
                reserve: found.reserve.rounded(),
                points: found.points.map { point in
                    Reserve.Point(
                        until: point.minutes.map { "\(outlook.day(Double($0)))" }, used: point.used.map { $0.rounded() },
                        stillNeeded: point.stillNeeded.rounded(), exhausted: rounded(point.exhausted))
                })
        }
        ending = "\(outlook.present.ending)"
        precisionDays = outlook.present.precision.map { rounded($0.finishP80 / outlook.minutesPerDay) }
        milestones = outlook.milestones.map {
            Milestone(
                id: $0.task.short, title: title($0.task), planned: "\($0.planned)", p50: "\($0.p50)", p80: "\($0.p80)",
                onTime: $0.onTime.map(rounded))
        }
        drivers = outlook.drivers.map {
            Driver(record: $0.record.short, title: title($0.record), low: rounded($0.low), high: rounded($0.high))
        }
        criticality = outlook.criticality.map {
            Share(
                id: $0.task.short, title: title($0.task), criticality: rounded($0.share),
                cruciality: rounded(outlook.cruciality[$0.task] ?? 0))
        }
    }
}

/// Earned value as programs read it; amounts in `unit`, the plan's currency or working days.
public struct EarnedValueSummary: Encodable, Sendable {
    public struct Point: Encodable, Sendable {
        public let day: String
        public let plannedValue: Double
        public let earnedValue, actualCost: Double?
    }
    public struct Package: Encodable, Sendable {
        public let id, title: String
        public let budget, plannedValue, earnedValue, actualCost: Double
    }
    /// A way to estimate the cost at completion: EAC, ETC, VAC, and the TCPI that it needs.
    public struct Estimate: Encodable, Sendable {
        public let name, formula: String
        public let estimateAtCompletion, estimateToComplete, varianceAtCompletion, toCompletePerformanceIndex: Double?
    }

    public let unit, statusDay: String
    public let budgetAtCompletion, plannedValue, earnedValue, actualCost, scheduleVariance, costVariance: Double
    public let schedulePerformanceIndex, costPerformanceIndex, toCompletePerformanceIndex: Double?
    /// EAC = BAC ÷ CPI and BAC − EAC; the others stand in `estimates`.
    public let estimateAtCompletion, varianceAtCompletion: Double?
    public let estimates: [Estimate]
    /// Earned schedule, working days.
    public let earnedSchedule, scheduleVarianceTime, schedulePerformanceIndexTime: Double?
    public let estimatedFinish: String?
    public let packages: [Package]
    public let curve: [Point]

    public init(_ report: EarnedValueReport, _ plan: Plan, _ language: Language) {
        let total = report.status.total
        unit =
            switch report.unit {
            case .money(let currency): currency.description
            case .days: "days"
            }
        statusDay = "\(report.status.day)"
        budgetAtCompletion = total.budgetAtCompletion
        plannedValue = total.plannedValue
        earnedValue = total.earnedValue
        actualCost = total.actualCost
        scheduleVariance = total.scheduleVariance
        costVariance = total.costVariance
        schedulePerformanceIndex = total.schedulePerformanceIndex
        costPerformanceIndex = total.costPerformanceIndex
        toCompletePerformanceIndex = total.toCompleteIndexForBudget
        estimateAtCompletion = report.estimate
        estimates = report.estimates.map { estimate in
            Estimate(
                name: estimate.name[language], formula: estimate.formula,
                estimateAtCompletion: total.estimateAtCompletion(estimate.method),
                estimateToComplete: total.estimateToComplete(estimate.method),
                varianceAtCompletion: total.varianceAtCompletion(estimate.method),
                toCompletePerformanceIndex: total.toCompleteIndex(for: estimate.method))
        }
        varianceAtCompletion = total.varianceAtCompletion(.costPerformance)
        earnedSchedule = report.status.schedule?.earnedTime
        scheduleVarianceTime = report.status.schedule?.variance
        schedulePerformanceIndexTime = report.status.schedule?.performanceIndex
        estimatedFinish = report.status.estimatedFinish.map { "\($0)" }
        packages = zip(report.tasks, report.status.packages).map { task, figures in
            Package(
                id: task.short, title: plan.record(task)?.title ?? "", budget: figures.budgetAtCompletion,
                plannedValue: figures.plannedValue,
                earnedValue: figures.earnedValue, actualCost: figures.actualCost)
        }
        curve = report.curve.map {
            Point(day: "\($0.day)", plannedValue: $0.plannedValue, earnedValue: $0.earnedValue, actualCost: $0.actualCost)
        }
    }
}
