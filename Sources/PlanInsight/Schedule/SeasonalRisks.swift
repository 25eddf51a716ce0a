import PlanModel
import Scheduling
import WorkingTime

/// Risks with a season as calendar risks: each month of the season is drawn by itself.
struct SeasonalRisks {
    private let clock: ProjectClock
    private let calendars: PlanCalendars
    /// Runs may end long after the plan.
    private let last: Day

    init(_ clock: ProjectClock, _ calendars: PlanCalendars, until finish: Day) {
        self.clock = clock
        self.calendars = calendars
        let start = Day(instant: clock.start)
        last = finish + max(366, finish - start)
    }

    /// `nil` for a risk without a season, or one that would cost nothing, is closed or over.
    ///
    /// - Parameter number: the activities by their tasks. A risk that names no task is felt by all.
    func risk(_ risk: Typed<Risk>, _ number: [RecordID: Int]) -> CalendarRisk? {
        guard risk.isOpen, let season = risk.season, let probability = risk.likelyShare,
            let delay = risk.delay.map(calendars.minutes),
            delay > 0
        else { return nil }
        let months = risk.isYearly == true ? yearly(season).flatMap(months) : months(season)
        let periods = months.compactMap { days -> CalendarRisk.Period? in
            let minutes = max(0, clock.minutes(to: days.lowerBound.start))..<max(0, clock.minutes(toEndOf: days.upperBound))
            return minutes.isEmpty
                ? nil : .init(minutes, probability: probability, lost: .fixed(Double(min(delay, minutes.count))))
        }
        let felt = risk.tasks.map { $0.compactMap { number[$0] } }
        guard !periods.isEmpty, felt?.isEmpty != true else { return nil }
        var made = CalendarRisk(periods: periods, activities: felt)
        made.response = RiskRemainder(risk, calendars).map {
            .init(probability: $0.probability, lost: .fixed($0.delay), price: $0.price)
        }
        return made
    }

    /// The season in every year from the start's to the last; what began in the year before the first, too.
    private func yearly(_ season: ClosedRange<Day>) -> [ClosedRange<Day>] {
        let length = season.upperBound - season.lowerBound
        let (_, month, day) = season.lowerBound.components
        return (Day(instant: clock.start).year - 1...max(last.year, Day(instant: clock.start).year)).compactMap { year in
            Day(year: year, month: month, day: min(day, Day.length(ofMonth: month, in: year))).map { $0...($0 + length) }
        }
    }

    /// The parts of some days by month, until the last day.
    private func months(_ days: ClosedRange<Day>) -> [ClosedRange<Day>] {
        var parts: [ClosedRange<Day>] = []
        var first = days.lowerBound
        let end = min(days.upperBound, last)
        while first <= end {
            let (year, month, day) = first.components
            let until = min(first + (Day.length(ofMonth: month, in: year) - day), end)
            parts.append(first...until)
            first = until + 1
        }
        return parts
    }
}
