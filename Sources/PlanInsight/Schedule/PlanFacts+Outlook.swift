import PlanModel
import Scheduling
import WorkingTime

/// What takes longer to compute than a page may wait for unasked: done when first wanted.
extension PlanFacts {
    /// The simulation of the plan with seed 1, until it is precise or 16,384 runs are made; `nil` where nothing is uncertain or
    /// estimates cannot be meant.
    public var outlook: RiskOutlook? {
        later.outlook {
            (try? RiskOutlook(self, options: SimulationOptions(runs: 16_384, convergence: ConvergenceRule()))) ?? nil
        }
    }

    /// What levelling would change; large and long plans are searched for fewer schedules, so that it takes about a second.
    /// `nil` where there is nothing to level.
    public func levelled(for aim: LevellingProposal.Aim = .fewestChanges, withinFloat: Bool = false) -> LevellingProposal? {
        let days = (schedule.dates.map(\.finish).max() ?? today) - (schedule.dates.map(\.start).min() ?? today)
        let schedules = min(max(8_000_000 / max(schedule.dates.count * days, 1), 40), 3000)
        return try? LevellingProposal(self, aim: aim, withinFloat: withinFloat, options: .init(schedules: schedules))
    }

    /// `nil` where tasks have no dates.
    public var scheduleQuality: ScheduleQualityReport? {
        later.scheduleQuality { ScheduleQualityReport(schedule, today: today) }
    }

    /// `nil` without a baseline.
    public var earnedValue: EarnedValueReport? { later.earnedValue { EarnedValueReport(self) } }
}

/// The lazily computed parts of some facts.
final class LaterFacts: Sendable {
    let outlook = Lazily<RiskOutlook?>()
    let earnedValue = Lazily<EarnedValueReport?>()
    let scheduleQuality = Lazily<ScheduleQualityReport?>()
    let controlStudies = Lazily<[ControlStudy]>()
    let changeStudies = Lazily<[ChangeStudy]>()
    let forecasts = Lazily<[RecordID: MeasureForecast]>()
    let customers = Lazily<[CustomerFacts]>()
    let funnel = Lazily<FunnelFacts?>()
    let marketing = Lazily<MarketingFacts>()
    let mined = LazilyByKey<RecordID, PlanFacts.MinedProcess>()
}
