import PlanModel
import Scheduling

/// What takes longer to compute than a page may wait for unasked: done when first wanted.
extension PlanFacts {
    /// The simulation of the plan, 4,096 runs with seed 1; `nil` where nothing is uncertain or estimates cannot be meant.
    public var outlook: RiskOutlook? {
        later.outlook { (try? RiskOutlook(self, options: SimulationOptions(runs: 4096))) ?? nil }
    }

    /// `nil` without a baseline.
    public var earnedValue: EarnedValueReport? { later.earnedValue { EarnedValueReport(self) } }
}

/// The lazily computed parts of some facts.
final class LaterFacts: Sendable {
    let outlook = Lazily<RiskOutlook?>()
    let earnedValue = Lazily<EarnedValueReport?>()
    let controlStudies = Lazily<[ControlStudy]>()
    let changeStudies = Lazily<[ChangeStudy]>()
    let causeTests = LazilyByKey<RecordID, CauseTest?>()
    let forecasts = Lazily<[RecordID: MeasureForecast]>()
    let customers = Lazily<[CustomerFacts]>()
    let funnel = Lazily<FunnelFacts?>()
    let marketing = Lazily<MarketingFacts>()
    let mined = LazilyByKey<RecordID, PlanFacts.MinedProcess>()
}
