import PlanModel
import Scheduling
import WorkingTime

/// When a plan will be finished and what it will cost, given how uncertain its durations and risks are.
///
/// Optimistic and pessimistic durations make an estimate of each task, PERT-beta unless it asks for another; open risks strike the tasks they name with their
/// probability. Started tasks count with what remains, finished ones not at all. Simulated without and with the responses to risks.
public struct RiskOutlook: Sendable {
    /// A bar of the tornado: how far one source alone moves the finish.
    public struct Driver: Sendable, Hashable {
        public let record: RecordID
        /// Mean finish, working days from the mean over all runs, where the source comes out well (P10) and badly (P90).
        public let low: Double
        public let high: Double
    }

    public struct Milestone: Sendable, Hashable {
        public let task: RecordID
        public let planned: Day
        public let p50: Day
        public let p80: Day
        /// What it is held to: the task's deadline, or its baseline.
        public let limit: Day?
        public let isLimitBaseline: Bool
        /// Of meeting the task's deadline, or its baseline; `nil` without either.
        public let onTime: Double?
    }

    public let clock: ProjectClock
    public let comparison: ResponseComparison
    /// The finish the schedule gives without uncertainty.
    public let planned: Day
    /// What it is held to: the deadline of the plan, its finish.
    public let deadline: Day?
    public let drivers: [Driver]
    public let milestones: [Milestone]
    /// Tasks by how often they are critical, the most often first; those never critical are left out.
    public let criticality: [(task: RecordID, share: Double)]
    /// How strongly each task's duration moves the finish, 0…1, by task.
    public let cruciality: [RecordID: Double]
    public let estimated: Int
    public let open: Int
    public let risks: Int
    public let currency: Currency
    /// With which the reserves are to suffice, 0…1.
    public let confidence: Double
    let minutesPerDay: Double

    /// As the plan stands, no response carried out yet.
    public var present: SimulationResult { comparison.before }
    public var responded: SimulationResult { comparison.after }

    public func day(_ minutes: Double) -> Day { clock.day(after: minutes) }
    public func finish(_ confidence: Double, responded isResponded: Bool = false) -> Day {
        day((isResponded ? responded : present).finish.quantile(confidence))
    }

    /// The probability of finishing by the deadline.
    public func onTime(responded isResponded: Bool = false) -> Double? {
        deadline.map { (isResponded ? responded : present).probability(finishBy: clock.minutes(toEndOf: $0)) }
    }

    /// Working days to keep in reserve for a confidence, over the deadline or the planned finish.
    public func reserveDays(_ confidence: Double) -> Double {
        present.timeReserve(confidence: confidence, over: deadline.map { clock.minutes(toEndOf: $0) }) / minutesPerDay
    }

    /// Money to keep in reserve for a confidence, over the planned cost to come; `nil` without costs.
    public func costReserve(_ confidence: Double, responded isResponded: Bool = false) -> Double? {
        (isResponded ? responded : present).costReserve(confidence: confidence)
    }

    /// The probability of keeping both the finish and the cost that each has the confidence alone; `nil` without costs.
    public func jointConfidence(_ confidence: Double, responded isResponded: Bool = false) -> Double? {
        let result = isResponded ? responded : present
        return result.cost.flatMap { cost in
            result.jointProbability(
                finishBy: Int(result.finish.quantile(confidence).rounded(.up)), costAtMost: cost.quantile(confidence))
        }
    }

    /// `nil` where nothing is uncertain: neither estimates nor risks.
    /// - Parameter confidence: with which reserves are to suffice, 0…1; the plan's if left out.
    /// - Throws: `UncertaintyError`, where estimates cannot be meant.
    public init?(
        _ facts: PlanFacts, options: SimulationOptions = SimulationOptions(), confidence: Double? = nil,
        observer: RiskSimulation.Observer? = nil
    ) throws {
        guard let question = UncertainQuestion(facts), question.estimated + question.risksCounted > 0 else { return nil }
        var options = options
        options.milestones = question.milestones
        let wanted = confidence ?? facts.plan.fields.reserveConfidence ?? PlanHeader.usualConfidence
        self.confidence = wanted
        options.drawDown = DrawDownRequest(checkpoints: question.monthEnds(until: facts.schedule.finish), confidence: wanted)
        let comparison = try RiskSimulation.compareResponses(question.plan, options: options, observer: observer)
        self.comparison = comparison
        clock = question.clock
        let clock = question.clock
        planned = facts.schedule.finish ?? facts.today
        deadline = facts.plan.fields.finish
        estimated = question.estimated
        open = question.tasks.count
        risks = question.risksCounted
        currency = facts.plan.currency
        let tasks = question.tasks.map { facts.schedule.tasks[$0] }
        let perDay = Double(facts.schedule.calendars.minutesPerDay)
        minutesPerDay = perDay
        drivers = RiskOutlook.drivers(comparison.before, question, tasks, perDay: perDay)
        milestones = zip(question.milestones, comparison.before.milestones).map { activity, distribution in
            let task = tasks[activity]
            let limit = task.deadline ?? task.baselineFinish
            return Milestone(
                task: task.id, planned: facts.schedule[task.id]?.finish ?? facts.today,
                p50: clock.day(after: distribution.quantile(0.5)),
                p80: clock.day(after: distribution.quantile(0.8)), limit: limit, isLimitBaseline: task.deadline == nil,
                onTime: limit.map { distribution.probability(atMost: Double(clock.minutes(toEndOf: $0))) })
        }
        criticality = zip(tasks, comparison.before.activities).map { (task: $0.id, share: $1.criticality) }.filter {
            $0.share > 0
        }.sorted { $0.share > $1.share }
        cruciality = Dictionary(
            zip(tasks, comparison.before.activities).map { ($0.id, $1.cruciality) }, uniquingKeysWith: { first, _ in first })
    }

    /// The tornado by records. Of the months of a season the one that matters most stands for it.
    private static func drivers(
        _ result: SimulationResult, _ question: UncertainQuestion, _ tasks: [Typed<PlanTask>], perDay: Double
    ) -> [Driver] {
        var seen: Set<RecordID> = []
        return result.tornado.compactMap { bar in
            let record: RecordID
            switch bar.source {
            case .duration(let activity): record = tasks[activity].id
            // A risk that strikes no open task moves nothing; what the runs show is chance.
            case .risk(let index) where !question.plan.risks[index].effects.isEmpty: record = question.risks[index]
            case .calendarRisk(let index, _): record = question.seasonal[index]
            default: return nil
            }
            let mean = result.finish.mean
            let driver = Driver(
                record: record, low: (bar.finishWhenLow - mean) / perDay, high: (bar.finishWhenHigh - mean) / perDay)
            return abs(driver.high - driver.low) >= 0.05 && seen.insert(record).inserted ? driver : nil
        }
    }
}

/// A plan's open tasks and risks as the simulation counts them.
struct UncertainQuestion {
    /// Position in the schedule of each activity.
    let tasks: [Int]
    let risks: [RecordID]
    /// The risk behind each calendar risk.
    let seasonal: [RecordID]
    let causes: CommonCauses
    let plan: UncertainPlan
    let clock: ProjectClock
    /// Activities that are milestones.
    let milestones: [Int]
    /// Tasks with an estimate.
    let estimated: Int

    /// Risks that are drawn, each once.
    var risksCounted: Int { Set(risks + seasonal).count }

    init?(_ facts: PlanFacts) {
        guard let schedule = facts.schedule.schedule else { return nil }
        let network = schedule.network
        let all = facts.schedule.tasks
        let open = all.indices.filter { !network.isSummary($0) && !facts.schedule.dates[$0].isInactive && !all[$0].isFinished }
        guard !open.isEmpty else { return nil }
        tasks = open
        let isUnderWay = all.contains { $0.actualStart != nil || $0.isFinished }
        let first = open.map { schedule.start(of: $0) }.min() ?? 0
        let clock = ProjectClock(calendar: facts.schedule.calendar, start: isUnderWay ? (facts.today + 1).start : first)
        self.clock = clock
        milestones = open.indices.filter { all[open[$0]].isMilestone == true }
        estimated = open.count { all[$0].optimistic != nil || all[$0].pessimistic != nil }
        let people = Dictionary(facts.plan.all(Person.self).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let waiting = facts.schedule.waitingOutside
        let activities = open.map { index in
            var activity = UncertainQuestion.activity(all[index], index, schedule, clock, people, facts.schedule.calendars)
            if waiting.contains(index) {
                activity.notEarlierThan = max(activity.notEarlierThan ?? 0, clock.minutes(to: schedule.start(of: index)))
            }
            return activity
        }
        let number = Dictionary(open.enumerated().map { (all[$1].id, $0) }, uniquingKeysWith: { first, _ in first })
        let register = facts.plan.all(Risk.self)
        let events = register.compactMap { risk in
            UncertainQuestion.event(risk, number, facts.schedule.calendars).map { (risk.id, $0) }
        }
        let seasons = SeasonalRisks(clock, facts.schedule.calendars, until: facts.schedule.finish ?? facts.today)
        let seasonal = register.compactMap { risk in seasons.risk(risk, number).map { (risk.id, $0) } }
        risks = events.map(\.0)
        self.seasonal = seasonal.map(\.0)
        var plan = UncertainPlan(
            activities: activities, links: UncertainQuestion.links(open, schedule), risks: events.map(\.1),
            calendarRisks: seasonal.map(\.1))
        causes = CommonCauses(facts.plan, plan, number, events.map(\.0), seasonal.map(\.0))
        plan.correlations = causes.groups
        self.plan = plan
    }

    /// The ends of the months from the start to the planned finish, and that itself, of at most five years, in minutes of the clock.
    func monthEnds(until finish: Day?) -> [Int] {
        guard let finish else { return [] }
        let first = Day(instant: clock.start)
        let last = max(finish, first)
        let ends = (first...last).filter { $0.month != ($0 + 1).month || $0 == last }
        return ends.prefix(60).map { clock.minutes(toEndOf: $0) }
    }

    private static func activity(
        _ task: Typed<PlanTask>, _ index: Int, _ schedule: Schedule, _ clock: ProjectClock, _ people: [RecordID: Typed<Person>],
        _ calendars: PlanCalendars
    ) -> UncertainActivity {
        let calendar = clock.calendar
        let inputs = schedule.network.activities[index]
        let whole = Double(calendar.workingMinutes(from: schedule.start(of: index), to: schedule.finish(of: index)))
        var likely = whole
        if case .started(_, let remaining, _) = inputs.progress { likely = Double(remaining) }
        // What remains of a started task is as uncertain, in proportion, as the whole was; leave makes estimates longer too.
        let planned = Double(inputs.duration.minutes)
        let scale = planned > 0 ? likely / planned : 1
        func minutes(_ duration: WorkDuration?) -> Double? {
            duration.map { Double(calendars.minutes($0)) * scale }
        }
        var estimate = Estimate.fixed(likely)
        if minutes(task.optimistic) != nil || minutes(task.pessimistic) != nil {
            let low = min(minutes(task.optimistic) ?? likely, likely)
            let high = max(minutes(task.pessimistic) ?? likely, likely)
            if high > low { estimate = (task.estimate ?? .pert).estimate(low, likely, high) }
        }
        var activity = UncertainActivity(duration: estimate)
        let held = inputs.constraint.holdsStart(taking: Int(whole), calendar) ?? clock.start
        let begins = inputs.progress == .notStarted ? held : clock.start
        activity.notEarlierThan = max(0, clock.minutes(to: max(begins, clock.start)))
        activity.fixedCost = .fixed(task.isStarted ? 0 : task.cost?.approximate ?? 0)
        let perDay = (task.assignments ?? []).reduce(0) { $0 + $1.units * (people[$1.who]?.costPerDay?.approximate ?? 0) }
        activity.costPerMinute = perDay / Double(calendars.minutesPerDay)
        return activity
    }

    /// A risk as an event; `nil` for one that is closed, has no probability or would change nothing. Of one with a season the cost alone.
    private static func event(_ risk: Typed<Risk>, _ number: [RecordID: Int], _ calendars: PlanCalendars) -> RiskEvent? {
        guard risk.isOpen, let probability = risk.likelyShare else { return nil }
        let delay = risk.isSeasonal ? 0 : Double(risk.delay.map(calendars.minutes) ?? 0)
        let struck = (risk.tasks ?? []).compactMap { number[$0] }
        let effects = delay > 0 ? struck.map { RiskEffect(.add, .fixed(delay), on: $0) } : []
        let cost = risk.cost?.approximate ?? 0
        guard !effects.isEmpty || cost > 0 else { return nil }
        var event = RiskEvent(probability: probability, effects: effects, cost: .fixed(cost))
        if let left = RiskRemainder(risk, calendars) {
            let delay = risk.isSeasonal ? 0 : left.delay
            event.response = Scheduling.RiskResponse(
                probability: left.probability, effects: delay > 0 ? struck.map { RiskEffect(.add, .fixed(delay), on: $0) } : [],
                cost: .fixed(left.cost), price: risk.isSeasonal ? 0 : left.price)
        }
        return event
    }

    private static func links(_ open: [Int], _ schedule: Schedule) -> [UncertainLink] {
        OpenLinks(open, schedule).all.map { UncertainLink($0.predecessor, $0.successor, kind: $0.kind, lag: $0.lag) }
    }
}

extension DateConstraint {
    /// The instant before which the activity does not start by its own date.
    fileprivate func holdsStart(taking minutes: Int, _ calendar: WorkCalendar) -> Int? {
        switch self {
        case .startNoEarlierThan(let instant), .mustStartOn(let instant): instant
        case .finishNoEarlierThan(let instant), .mustFinishOn(let instant): calendar.subtracting(minutes, from: instant)
        default: nil
        }
    }
}

extension Typed where K == PlanTask {
    var isStarted: Bool { self.actualStart != nil || self.isFinished }
}

extension EstimateKind {
    /// The distribution through three points, minutes. A lognormal one takes the outer two as its P10 and P90.
    fileprivate func estimate(_ low: Double, _ likely: Double, _ high: Double) -> Estimate {
        switch self {
        case .pert: return .pert(optimistic: low, mostLikely: likely, pessimistic: high)
        case .triangular: return .triangular(optimistic: low, mostLikely: likely, pessimistic: high)
        case .uniform: return .uniform(from: low, to: high)
        // A minute at least, since the logarithm of none has no value.
        case .logNormal: return .logNormal(p10: max(low, 1), p90: max(high, 1))
        }
    }
}
