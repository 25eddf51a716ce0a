import Testing
import WorkingTime

@testable import Scheduling

@Suite("Dates of a simulation")
struct ProjectClockTests {
    private func day(_ text: String) -> Day { Day(text) ?? Day(number: 0) }

    @Test("working minutes and dates translate both ways")
    func translation() {
        // Friday 6 March 2026, 08:00; 480 minutes end that day at 17:00, 481 on Monday at 08:01.
        let clock = ProjectClock(calendar: .standard, start: day("2026-03-06").at(8))
        #expect(clock.instant(after: 480) == day("2026-03-06").at(17))
        #expect(clock.instant(after: 481) == day("2026-03-09").at(8, 1))
        #expect(clock.day(after: 480) == day("2026-03-06"))
        #expect(clock.day(after: 0) == day("2026-03-06"))
        #expect(clock.day(after: 481) == day("2026-03-09"))
        #expect(clock.minutes(toEndOf: day("2026-03-10")) == 3 * 480)
        #expect(clock.minutes(to: day("2026-03-05").at(17)) == 0)
        #expect(clock.minutes(to: day("2026-03-05").at(16)) == -60)
        let night = ProjectClock(calendar: .aroundTheClock, start: day("2026-03-06").start)
        #expect(night.day(after: 1440) == day("2026-03-06"))
        #expect(night.day(after: .infinity) > day("2100-01-01"))
    }

    @Test("two days lost in a month of twenty delay work in it by two days in the end")
    func months() throws {
        // April 2026 has 22 working days on a plain week. Work of 22 days from the 1st, of which 2 are lost for certain: at 20/22 of
        // the speed 20 days' work are done by the end of April; the last two are the 1st and 4th of May.
        let clock = ProjectClock(calendar: .standard, start: day("2026-04-01").at(8))
        let risk = CalendarRisk(
            [
                .init(year: 2026, month: 4, probability: 1, lostDays: .fixed(2)),
                .init(year: 2026, month: 13, probability: 1, lostDays: .fixed(2)),
            ], clock: clock)
        #expect(risk.periods == [.init(0..<22 * 480, probability: 1, lost: .fixed(960))])
        let plan = UncertainPlan(activities: [UncertainActivity(duration: .fixed(22 * 480))], links: [], calendarRisks: [risk])
        let result = try RiskSimulation.run(plan, options: SimulationOptions(runs: 10))
        #expect(clock.day(after: result.finish.quantile(0.5)) == day("2026-05-04"))
        #expect(clock.instant(after: result.finish.maximum) == day("2026-05-04").at(17))
    }

    @Test("scaling an estimate scales its quantiles", arguments: EstimateTests.kinds)
    func scaling(estimate: Estimate) {
        for p in [0.1, 0.5, 0.9] {
            #expect(
                abs(estimate.scaled(by: 480).quantile(p) - 480 * estimate.quantile(p)) < 1e-6
                    * (1 + 480 * abs(estimate.quantile(p))))
        }
    }
}
