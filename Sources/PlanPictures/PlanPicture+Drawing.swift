import PlanInsight
import PlanModel

extension PlanPicture {
    /// Part of the Gantt chart of a plan on a screen: the tasks at these places in document order, as wide as the screen.
    public static func gantt(
        _ places: [Int], of facts: PlanFacts, _ language: Language, folds: [RecordID: GanttFold] = [:]
    ) -> PlanPicture? {
        GanttDrawing(facts: facts, style: .screen, language: language, places: places, folds: folds).draw()
    }

    /// The same as two pictures beside each other: names, and bars that are as wide as they need to be.
    ///
    /// - Parameter day: how wide a day is, in pixels.
    public static func gantt(
        _ places: [Int], of facts: PlanFacts, _ language: Language, folds: [RecordID: GanttFold], day: Double
    ) -> (names: PlanPicture, bars: PlanPicture)? {
        GanttDrawing(facts: facts, style: .screen, language: language, places: places, folds: folds).parts(day: day)
    }

    /// A plan's picture for a document: on several pages where one would be too full to read, on none where there is nothing to draw.
    public static func pages(_ name: PictureName, _ facts: PlanFacts, _ language: Language) -> [PlanPicture] {
        switch name {
        case .gantt: GanttDrawing(facts: facts, style: .print, language: language).pages()
        case .swimLanes: ProcessDrawing(facts: facts, style: .print, language: language, name: name, kind: .asIs).pages()
        case .toBeLanes: ProcessDrawing(facts: facts, style: .print, language: language, name: name, kind: .toBe).pages()
        case .processMap: ProcessMapDrawing.of(facts, language, style: .print)?.pages() ?? []
        case .controlCharts: ControlChartsDrawing(facts: facts, style: .print, language: language).pages()
        case .beforeAfter: BeforeAfterDrawing(facts: facts, style: .print, language: language).pages()
        case .fiveWhy: FiveWhyDrawing(facts: facts, style: .print, language: language).pages()
        case .measureTrends: MeasureTrendsDrawing(facts: facts, style: .print, language: language).pages()
        default: draw(name, facts, language, style: .print).map { [$0] } ?? []
        }
    }

    /// Draws a plan's picture; `nil` where the plan has nothing to draw.
    public static func draw(_ name: PictureName, _ facts: PlanFacts, _ language: Language, style: PictureStyle) -> PlanPicture? {
        switch name {
        case .gantt: GanttDrawing(facts: facts, style: style, language: language).draw()
        case .goalTree: GoalTreeDrawing(facts: facts, style: style, language: language).draw()
        case .cascade: CascadeDrawing(facts: facts, style: style, language: language).draw()
        case .measureTrends: MeasureTrendsDrawing(facts: facts, style: style, language: language).draw()
        case .riskMap: RiskMapDrawing(facts: facts, style: style, language: language).draw()
        case .swot: SWOTDrawing(facts: facts, style: style, language: language).draw()
        case .raci: RACIDrawing(facts: facts, style: style, language: language).draw()
        case .fishbone: FishboneDrawing(facts: facts, style: style, language: language).draw()
        case .fiveWhy: FiveWhyDrawing(facts: facts, style: style, language: language).draw()
        case .priorityMatrix: PriorityMatrixDrawing(facts: facts, style: style, language: language).draw()
        case .pareto: ParetoDrawing(facts: facts, style: style, language: language).draw()
        case .funnel: FunnelDrawing(facts: facts, style: style, language: language).draw()
        case .budgetBars: BudgetDrawing(facts: facts, style: style, language: language).draw()
        case .marketingCalendar: MarketingCalendarDrawing(facts: facts, style: style, language: language).draw()
        case .swimLanes: ProcessDrawing(facts: facts, style: style, language: language, name: .swimLanes, kind: .asIs).draw()
        case .toBeLanes: ProcessDrawing(facts: facts, style: style, language: language, name: .toBeLanes, kind: .toBe).draw()
        case .abilityRadar: AbilityRadarDrawing(facts: facts, style: style, language: language).draw()
        case .loadHistogram: LoadDrawing(facts: facts, style: style, language: language).draw()
        case .salesHeat: SalesHeatDrawing(facts: facts, style: style, language: language).draw()
        case .competitorMap: CompetitorMapDrawing(facts: facts, style: style, language: language).draw()
        case .campaignReturns: CampaignReturnsDrawing(facts: facts, style: style, language: language).draw()
        case .campaignMap: CampaignMapDrawing(facts: facts, style: style, language: language).draw()
        case .budgetShift: BudgetShiftDrawing(facts: facts, style: style, language: language).draw()
        case .quadrants: QuadrantsDrawing(facts: facts, style: style, language: language).draw()
        case .balanceWheel: BalanceWheelDrawing(facts: facts, style: style, language: language).draw()
        case .timeSpent: TimeSpentDrawing(facts: facts, style: style, language: language).draw()
        case .habitStreaks: HabitDrawing(facts: facts, style: style, language: language).draw()
        case .network: NetworkDrawing(facts: facts, style: style, language: language).draw()
        case .earnedValue: EarnedValueDrawing(facts: facts, style: style, language: language).draw()
        case .simulation: SimulationDrawing(facts: facts, style: style, language: language).draw()
        case .processMap: ProcessMapDrawing.of(facts, language, style: style)?.draw()
        case .controlCharts: ControlChartsDrawing(facts: facts, style: style, language: language).draw()
        case .beforeAfter: BeforeAfterDrawing(facts: facts, style: style, language: language).draw()
        case .salesWaterfall: SalesWaterfallDrawing(facts: facts, style: style, language: language).draw()
        case .cohorts: CohortDrawing(facts: facts, style: style, language: language).draw()
        case .unitEconomics: UnitEconomicsDrawing(facts: facts, style: style, language: language).draw()
        case .promoterScores: PromoterScoresDrawing(facts: facts, style: style, language: language).draw()
        }
    }
}

/// How a summary stands in a Gantt chart that can be folded.
public struct GanttFold: Sendable {
    public let isOpen: Bool
    /// Of the page on which it stands the other way.
    public let address: String

    public init(isOpen: Bool, address: String) {
        self.isOpen = isOpen
        self.address = address
    }
}
