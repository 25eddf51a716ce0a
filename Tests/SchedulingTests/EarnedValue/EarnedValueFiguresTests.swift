import Testing

@testable import Scheduling

@Suite("Earned value figures")
struct EarnedValueFiguresTests {
    private func near(_ value: Double?, _ expected: Double) -> Bool {
        value.map { abs($0 - expected) < 1e-4 * max(abs(expected), 1) } ?? false
    }

    @Test("a project behind and over cost, all figures by hand")
    func worked() {
        // BAC 100 000, PV 40 000, EV 35 000, AC 45 000.
        let now = EarnedValueFigures(budgetAtCompletion: 100_000, plannedValue: 40_000, earnedValue: 35_000, actualCost: 45_000)
        #expect(now.scheduleVariance == -5000)  // 35 000 − 40 000
        #expect(now.costVariance == -10_000)  // 35 000 − 45 000
        #expect(now.schedulePerformanceIndex == 0.875)  // 35 / 40
        #expect(near(now.costPerformanceIndex, 0.777778))  // 35 / 45
        #expect(near(now.costScheduleIndex, 0.680556))  // 0.875 × 0.777778
        #expect(now.scheduleVarianceShare == -0.125)  // −5 / 40
        #expect(near(now.costVarianceShare, -0.285714))  // −10 / 35
        #expect(now.shareEarned == 0.35)
        #expect(now.shareSpent == 0.45)
        #expect(now.sharePlanned == 0.4)
        #expect(now.workRemaining == 65_000)
        // EAC: 45 + 65 = 110; 100 / 0.777778 = 128.571; 45 + 65 / 0.680556 = 140.510; 45 + 65 / 0.875 = 119.286;
        // weighted 0.8 × 0.777778 + 0.2 × 0.875 = 0.797222: 45 + 81.533 = 126.533; anew: 45 + 70 = 115 (thousands).
        #expect(now.estimateAtCompletion(.remainingAsPlanned) == 110_000)
        #expect(near(now.estimateAtCompletion(.costPerformance), 128_571.43))
        #expect(near(now.estimateAtCompletion(.costAndSchedulePerformance), 140_510.20))
        #expect(near(now.estimateAtCompletion(.schedulePerformance), 119_285.71))
        #expect(near(now.estimateAtCompletion(.weighted(cost: 0.8, schedule: 0.2)), 126_533.10))
        #expect(now.estimateAtCompletion(.newEstimate(remaining: 70_000)) == 115_000)
        #expect(near(now.estimateToComplete(.costPerformance), 83_571.43))  // 128 571.43 − 45 000
        #expect(near(now.varianceAtCompletion(.costPerformance), -28_571.43))  // 100 000 − 128 571.43
        #expect(near(now.toCompleteIndexForBudget, 1.181818))  // 65 / 55
        #expect(near(now.toCompleteIndex(for: .costPerformance), 0.777778))  // 65 / 83.571: the pace so far
        #expect(now.toCompleteIndex(for: .remainingAsPlanned) == 1)  // 65 / 65
    }

    @Test("a project ahead and under cost")
    func ahead() {
        // BAC 500, PV 200, EV 250, AC 200: SV 50, CV 50, SPI 1.25, CPI 1.25, EAC 400, VAC 100, TCPI 250 / 300.
        let now = EarnedValueFigures(budgetAtCompletion: 500, plannedValue: 200, earnedValue: 250, actualCost: 200)
        #expect(now.scheduleVariance == 50)
        #expect(now.schedulePerformanceIndex == 1.25)
        #expect(now.costPerformanceIndex == 1.25)
        #expect(now.estimateAtCompletion(.costPerformance) == 400)
        #expect(now.varianceAtCompletion(.costPerformance) == 100)
        #expect(near(now.toCompleteIndexForBudget, 0.833333))
    }

    @Test("before anything is planned, done or spent, quotients have no value")
    func nothing() {
        let now = EarnedValueFigures(budgetAtCompletion: 100, plannedValue: 0, earnedValue: 0, actualCost: 0)
        #expect(now.schedulePerformanceIndex == nil)
        #expect(now.costPerformanceIndex == nil)
        #expect(now.estimateAtCompletion(.costPerformance) == nil)
        #expect(now.estimateAtCompletion(.remainingAsPlanned) == 100)
        #expect(now.toCompleteIndexForBudget == 1)
    }

    @Test("once the budget is spent no performance keeps it")
    func spent() {
        let now = EarnedValueFigures(budgetAtCompletion: 100, plannedValue: 90, earnedValue: 80, actualCost: 100)
        #expect(now.toCompleteIndexForBudget == nil)
        #expect(near(now.toCompleteIndex(for: .costPerformance), 0.8))  // 20 / (125 − 100)
    }
}

@Suite("Earned schedule")
struct EarnedScheduleTests {
    @Test("between two periods the plan is read linearly, all figures by hand")
    func worked() throws {
        // Cumulative plan 10, 30, 60, 90, 100 over five months. After four months 75 are earned: the plan had 60 after three and
        // earns 30 in the fourth, so ES = 3 + 15 / 30 = 3.5.
        let schedule = EarnedSchedule(plannedValues: [10, 30, 60, 90, 100], earnedValue: 75, actualTime: 4)
        #expect(schedule.earnedTime == 3.5)
        #expect(schedule.variance == -0.5)  // 3.5 − 4
        #expect(schedule.performanceIndex == 0.875)  // 3.5 / 4
        #expect(abs(try #require(schedule.estimateAtCompletion) - 5.714286) < 1e-6)  // 5 / 0.875
        #expect(schedule.estimateWithRestAsPlanned == 5.5)  // 4 + 5 − 3.5
        #expect(abs(try #require(schedule.varianceAtCompletion) + 0.714286) < 1e-6)
        #expect(schedule.toCompleteIndex == 1.5)  // (5 − 3.5) / (5 − 4)
    }

    @Test("a project that ends two months late still shows two months, where SV in money shows none")
    func late() throws {
        let schedule = EarnedSchedule(plannedValues: [10, 30, 60, 90, 100], earnedValue: 100, actualTime: 7)
        #expect(schedule.earnedTime == 5)
        #expect(schedule.variance == -2)
        #expect(abs(try #require(schedule.performanceIndex) - 5.0 / 7) < 1e-12)
        #expect(abs(try #require(schedule.estimateAtCompletion) - 7) < 1e-12)
        #expect(schedule.toCompleteIndex == nil)
    }

    @Test("in a pause of the plan whoever earned what was to be earned by then is on plan, all figures by hand")
    func pause() {
        // Five days of work, five days of pause, five of work; after five days half is planned, and nothing more until the tenth.
        let values = [20.0, 40, 60, 80, 100, 100, 100, 100, 100, 100, 120, 140, 160, 180, 200]
        func earned(_ value: Double, after time: Double) -> EarnedSchedule {
            EarnedSchedule(plannedValues: values, earnedValue: value, actualTime: time)
        }
        // Within the pause: ES = AT, SV(t) = 0, SPI(t) = 1, IEAC(t) = 15 / 1.
        #expect(earned(100, after: 7).earnedTime == 7)
        #expect(earned(100, after: 7).variance == 0)
        #expect(earned(100, after: 7).estimateAtCompletion == 15)
        // Done two days before the pause: at least as far as its begin; two days after it: as far as its end.
        #expect(earned(100, after: 3).earnedTime == 5)
        #expect(earned(100, after: 12).earnedTime == 10)
        // Less or more than the pause: as ever. 90 are planned after 4.5 days, 110 after 10.5.
        #expect(earned(90, after: 7).earnedTime == 4.5)
        #expect(earned(110, after: 7).earnedTime == 10.5)
        // A sum that differs in its last digit is the same pause.
        #expect(earned(100 - 1e-11, after: 7).earnedTime == 7 && earned(100 + 1e-11, after: 7).earnedTime == 7)
        // Nothing is planned for the first two periods, and nothing earned.
        #expect(EarnedSchedule(plannedValues: [0, 0, 10], earnedValue: 0, actualTime: 1).variance == 0)
        #expect(EarnedSchedule(plannedValues: [0, 0, 10], earnedValue: 0, actualTime: 3).earnedTime == 2)
    }

    @Test("the first period, an empty plan and a pause in the plan")
    func edges() {
        #expect(EarnedSchedule(plannedValues: [10, 30], earnedValue: 4, actualTime: 1).earnedTime == 0.4)
        #expect(EarnedSchedule(plannedValues: [10, 30], earnedValue: 0, actualTime: 1).earnedTime == 0)
        #expect(EarnedSchedule(plannedValues: [10, 10, 30], earnedValue: 10, actualTime: 2).earnedTime == 2)
        #expect(EarnedSchedule(plannedValues: [], earnedValue: 5, actualTime: 0).performanceIndex == nil)
    }
}
