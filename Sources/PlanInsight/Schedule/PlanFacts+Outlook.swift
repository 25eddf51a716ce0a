import PlanModel
import Scheduling
import WorkingTime

/// What takes longer to compute than a page may wait for unasked: done when first wanted.
extension PlanFacts {
    /// The simulation of the plan with seed 1, until it is precise or 16,384 runs are made; `nil` where nothing is uncertain or
    /// estimates cannot be meant.
    public var outlook: RiskOutlook? { later.outlook { simulated(Self.simulation) { _ in true } } }

    /// ``outlook``, followed on its way. What is stopped holds the runs made so far, and is not kept.
    ///
    /// - Parameter report: told the part done, 0…1, from any thread; answers false to stop.
    public func outlook(report: @escaping @Sendable (Double) -> Bool) -> RiskOutlook? {
        if let known = later.outlook.known { return known }
        let made = simulated(Self.simulation, report: report)
        if made?.present.ending != .stopped { later.outlook.keep(made) }
        return made
    }

    /// A simulation made otherwise than the plan's own; `nil` where nothing is uncertain or estimates cannot be meant.
    ///
    /// - Parameter confidence: of the reserves; the plan's if left out.
    public func simulated(
        _ options: SimulationOptions, confidence: Double? = nil, report: @escaping @Sendable (Double) -> Bool
    ) -> RiskOutlook? {
        (try? RiskOutlook(self, options: options, confidence: confidence) { report($0.part) ? .proceed : .stop }) ?? nil
    }

    public static var simulation: SimulationOptions { simulation(runs: nil, seed: nil) }

    /// As many runs as are asked for, or those of a plan's own simulation.
    public static func simulation(runs: Int?, seed: UInt64?) -> SimulationOptions {
        runs.map { SimulationOptions(runs: $0, seed: seed ?? 1) }
            ?? SimulationOptions(runs: 16_384, seed: seed ?? 1, convergence: ConvergenceRule())
    }

    /// What levelling would change; `nil` where it cannot be: see ``LevellingRefusal``.
    ///
    /// - Parameters:
    ///   - seconds: how long to search; without, so many schedules that it takes about a second, fewer for large and long plans.
    ///   - report: told the part done, 0…1, from any thread; answers false to end with the best found so far.
    public func levelled(
        for aim: LevellingProposal.Aim = .fewestChanges, withinFloat: Bool = false, seconds: Double? = nil, seed: UInt64 = 1,
        report: @escaping @Sendable (Double) -> Bool = { _ in true }
    ) -> LevellingProposal? {
        let days = (schedule.dates.map(\.finish).max() ?? today) - (schedule.dates.map(\.start).min() ?? today)
        let schedules = seconds == nil ? min(max(8_000_000 / max(schedule.dates.count * days, 1), 40), 3000) : 1_000_000_000
        return try? LevellingProposal(
            self, aim: aim, withinFloat: withinFloat, options: .init(schedules: schedules, seconds: seconds, seed: seed)
        ) { report($0.part) ? .proceed : .stop }
    }

    /// `nil` where tasks have no dates.
    public var scheduleQuality: ScheduleQualityReport? {
        later.scheduleQuality { ScheduleQualityReport(schedule, today: today) }
    }

    /// Of its points those that the check asks for; the others are checked task by task.
    var judgedQuality: ScheduleQualityReport? {
        later.judgedQuality { ScheduleQualityReport(schedule, today: today, points: PlanCheck.judgedPoints) }
    }

    /// `nil` without a baseline.
    public var earnedValue: EarnedValueReport? { later.earnedValue { EarnedValueReport(self) } }
}

/// The lazily computed parts of some facts.
final class LaterFacts: Sendable {
    let summaries = Lazily<[Int: SummaryParts]>()
    let outlook = Lazily<RiskOutlook?>()
    let earnedValue = Lazily<EarnedValueReport?>()
    let scheduleQuality = Lazily<ScheduleQualityReport?>()
    let judgedQuality = Lazily<ScheduleQualityReport?>()
    let controlStudies = Lazily<[ControlStudy]>()
    let changeStudies = Lazily<[ChangeStudy]>()
    let sharedPeople = Lazily<[SharedPerson]>()
    let passingPeople = Lazily<[RecordID: Typed<Person>]>()
    let causeTests = LazilyByKey<RecordID, CauseTest?>()
    let forecasts = Lazily<[RecordID: MeasureForecast]>()
    let customers = Lazily<[CustomerFacts]>()
    let funnel = Lazily<FunnelFacts?>()
    let marketing = Lazily<MarketingFacts>()
    let mined = LazilyByKey<RecordID, PlanFacts.MinedProcess>()
    let minedAsItWas = LazilyByKey<RecordID, PlanFacts.MinedProcess>()
    let replacement = Lazily<ProcessSimulation?>()
}
