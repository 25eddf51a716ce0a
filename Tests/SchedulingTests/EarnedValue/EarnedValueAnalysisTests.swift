import Testing
import WorkingTime

@testable import Scheduling

@Suite("Earned value on the calendar")
struct EarnedValueAnalysisTests {
    private func day(_ text: String) -> Day { Day(text)! }

    private func span(_ from: String, _ to: String) -> ClosedRange<Day> { day(from)...day(to) }

    /// March 2026 begins on a Sunday; the 2nd is a Monday.
    private func twoPackages(statusDay: String = "2026-03-11") throws -> EarnedValueAnalysis {
        try EarnedValueAnalysis(
            packages: [
                WorkPackage(
                    budget: 1000, baseline: span("2026-03-02", "2026-03-06"), rule: .zeroHundred, actualStart: day("2026-03-02"),
                    actualFinish: day("2026-03-09")),
                WorkPackage(
                    budget: 2000, baseline: span("2026-03-09", "2026-03-20"), rule: .physical(0.1), actualStart: day("2026-03-10")
                ),
            ],
            costs: [
                ActualCost(day("2026-03-05"), 700, package: 0), ActualCost(day("2026-03-09"), 400, package: 0),
                ActualCost(day("2026-03-11"), 250, package: 1), ActualCost(day("2026-03-11"), 50),
                ActualCost(day("2026-03-12"), 999, package: 1),
            ],
            statusDay: day(statusDay), calendar: .standard)
    }

    @Test("two packages on a Wednesday, all figures by hand")
    func worked() throws {
        // A: 5 days at 200, all planned. B: 10 days at 200, three planned (9th–11th). PV = 1000 + 600.
        // EV: A is finished, 1000; B 10 % of 2000 = 200. AC: 700 + 400 + 250 + 50; the 12th is after.
        let status = try twoPackages().status()
        #expect(
            status.total == EarnedValueFigures(budgetAtCompletion: 3000, plannedValue: 1600, earnedValue: 1200, actualCost: 1400))
        #expect(status.packages.map(\.actualCost) == [1100, 250])
        #expect(status.packages.map(\.plannedValue) == [1000, 600])
        #expect(status.total.schedulePerformanceIndex == 0.75)
        // The plan earns 200 a working day: 1200 after 6 days. 8 working days have passed. 15 / 0.75 = 20 working days in all; the
        // 20th from 2 March is Friday the 27th.
        let schedule = try #require(status.schedule)
        #expect(schedule.earnedTime == 6)
        #expect(schedule.actualTime == 8)
        #expect(schedule.variance == -2)
        #expect(schedule.performanceIndex == 0.75)
        #expect(schedule.estimateAtCompletion == 20)
        #expect(status.estimatedFinish == day("2026-03-27"))
    }

    @Test("earlier days are told as they were")
    func earlier() throws {
        // On Friday the 6th: PV 1000; A unfinished under 0/100 earns nothing; 700 spent.
        let status = try twoPackages().status(on: day("2026-03-06"))
        #expect(status.total == EarnedValueFigures(budgetAtCompletion: 3000, plannedValue: 1000, earnedValue: 0, actualCost: 700))
    }

    @Test("weekends add nothing, and make-up working days count")
    func chineseCalendar() throws {
        // National Day 2025: 1–8 October are off, Sunday 28 September and Saturday 11 October are worked. From Friday 26 September to
        // 11 October there are seven working days: 26, 28, 29, 30 September, 9, 10, 11 October.
        let analysis = try EarnedValueAnalysis(
            packages: [WorkPackage(budget: 700, baseline: span("2025-09-26", "2025-10-11"))], costs: [],
            statusDay: day("2025-09-30"),
            calendar: .china)
        let curve = Dictionary(uniqueKeysWithValues: analysis.plannedCurve().map { ($0.day, $0.value) })
        let expected = [
            ("2025-09-26", 100.0), ("2025-09-27", 100), ("2025-09-28", 200), ("2025-10-05", 400), ("2025-10-10", 600),
            ("2025-10-11", 700),
        ]
        for (date, value) in expected { #expect(abs(try #require(curve[day(date)]) - value) < 1e-9) }
        #expect(analysis.status().schedule?.plannedDuration == 7)
        #expect(analysis.status().schedule?.actualTime == 4)
    }

    @Test("a shorter day carries less of the budget")
    func shortDay() throws {
        // Thursday 480 and Friday 240 minutes: two thirds and one third of 300.
        let friday = day("2026-03-06")
        let analysis = try EarnedValueAnalysis(
            packages: [WorkPackage(budget: 300, baseline: span("2026-03-05", "2026-03-06"))], costs: [], statusDay: friday
        ) { $0 == friday ? 240 : 480 }
        #expect(analysis.plannedCurve().map(\.value) == [200, 300])
    }

    @Test("each rule earns what it says")
    func rules() throws {
        let baseline = span("2026-03-02", "2026-03-06")
        let (started, finished) = (day("2026-03-02"), day("2026-03-05"))
        func package(_ rule: PercentCompleteRule, start: Day? = nil, finish: Day? = nil) -> WorkPackage {
            WorkPackage(budget: 100, baseline: baseline, rule: rule, actualStart: start, actualFinish: finish)
        }
        let milestones = [
            WeightedMilestone(weight: 1, isReached: true),
            WeightedMilestone(weight: 2, isReached: true, reached: day("2026-03-04")),
            WeightedMilestone(weight: 2, isReached: true, reached: day("2026-03-09")),
            WeightedMilestone(weight: 5, isReached: false),
        ]
        let packages = [
            package(.zeroHundred, start: started), package(.zeroHundred, start: started, finish: finished),
            package(.fiftyFifty), package(.fiftyFifty, start: started), package(.fiftyFifty, start: started, finish: finished),
            package(.twentyFiveSeventyFive, start: started), package(.weightedMilestones(milestones)),
            package(.physical(0.62), start: started),
            package(.physical(0.9), start: started, finish: finished), package(.unitsDone(30, of: 120), start: started),
            package(.levelOfEffort), package(.apportioned(to: 7)),
        ]
        // On Thursday: four of five days are planned. Milestones: (1 + 2) / 10.
        let analysis = try EarnedValueAnalysis(packages: packages, costs: [], statusDay: day("2026-03-05"), calendar: .standard)
        #expect(analysis.status().packages.map(\.earnedValue) == [0, 100, 0, 50, 100, 25, 30, 62, 100, 25, 80, 62])
        #expect(analysis.status().packages.allSatisfy { $0.plannedValue == 80 })
    }

    @Test("budgets may be planned at the start, at the finish, on named days, or as the rule earns them")
    func spreads() throws {
        let baseline = span("2026-03-02", "2026-03-05")
        func package(_ spread: BudgetSpread, _ rule: PercentCompleteRule = .physical(0)) -> WorkPackage {
            WorkPackage(budget: 100, baseline: baseline, rule: rule, spread: spread)
        }
        let milestones = [
            WeightedMilestone(weight: 3, isReached: false, planned: day("2026-03-03")),
            WeightedMilestone(weight: 7, isReached: false, planned: day("2026-03-05")),
        ]
        let cases: [(WorkPackage, [Double])] = [
            (package(.even), [25, 50, 75, 100]), (package(.atStart), [100, 100, 100, 100]), (package(.atFinish), [0, 0, 0, 100]),
            (
                package(.days([DayWeight(day("2026-03-03"), weight: 1), DayWeight(day("2026-03-04"), weight: 3)])),
                [0, 25, 100, 100]
            ),
            (package(.asEarned, .fiftyFifty), [50, 50, 50, 100]),
            (package(.asEarned, .weightedMilestones(milestones)), [0, 30, 30, 100]),
        ]
        for (package, values) in cases {
            let analysis = try EarnedValueAnalysis(
                packages: [package], costs: [], statusDay: day("2026-03-02"), calendar: .standard)
            #expect(analysis.plannedCurve().map(\.value) == values)
        }
    }

    @Test("done exactly as planned there is no variance on any day")
    func exactlyAsPlanned() throws {
        let baseline = span("2026-03-03", "2026-03-12")
        let milestones = ["2026-03-04", "2026-03-12"].map {
            WeightedMilestone(weight: 1, isReached: true, planned: day($0), reached: day($0))
        }
        let rules: [PercentCompleteRule] = [
            .zeroHundred, .fiftyFifty, .weightedMilestones(milestones), .physical(1), .levelOfEffort,
        ]
        let packages = rules.map {
            WorkPackage(
                budget: 500, baseline: baseline, rule: $0, actualStart: baseline.lowerBound, actualFinish: baseline.upperBound,
                spread: .asEarned)
        }
        let analysis = try EarnedValueAnalysis(packages: packages, costs: [], statusDay: day("2026-03-12"), calendar: .standard)
        let curve = analysis.curve()
        #expect(curve.count == 10)
        for point in curve { #expect(abs(point.plannedValue - (try #require(point.earnedValue))) < 1e-9) }
        #expect(curve.last?.plannedValue == 2500)
    }

    @Test("the curve rises, ends at the budget, and stops earning at the status day")
    func curve() throws {
        let analysis = try twoPackages()
        let curve = analysis.curve()
        #expect(curve.first?.day == day("2026-03-02"))
        #expect(curve.last?.plannedValue == 3000)
        #expect(curve.map(\.plannedValue) == curve.map(\.plannedValue).sorted())
        #expect(curve.filter { $0.earnedValue != nil }.last?.day == day("2026-03-11"))
        #expect(curve.first { $0.day == day("2026-03-11") }?.actualCost == 1400)
        let status = analysis.status(on: day("2026-03-10"))
        #expect(curve.first { $0.day == day("2026-03-10") }?.earnedValue == status.total.earnedValue)
        // B rises evenly to its 10 % from the 10th to the 11th: half of 200 on the 10th.
        #expect(status.total.earnedValue == 1100)
    }

    @Test("readings of the past are used where there are any")
    func readings() throws {
        let analysis = try EarnedValueAnalysis(
            packages: [
                WorkPackage(
                    budget: 1000, baseline: span("2026-03-02", "2026-03-13"), rule: .physical(0.6), actualStart: day("2026-03-02")
                )
            ], costs: [],
            readings: [
                ProgressReading(package: 0, day("2026-03-06"), share: 0.5),
                ProgressReading(package: 0, day("2026-03-04"), share: 0.1),
            ], statusDay: day("2026-03-10"), calendar: .standard)
        let earned = ["2026-03-03", "2026-03-05", "2026-03-09", "2026-03-10"].map {
            analysis.status(on: day($0)).total.earnedValue
        }
        #expect(earned == [0, 100, 500, 600])
    }

    @Test("a finished project keeps its lateness for good")
    func finished() throws {
        // Planned 2–6 March, done on Tuesday the 10th: seven working days instead of five, also when asked later.
        let analysis = try EarnedValueAnalysis(
            packages: [
                WorkPackage(
                    budget: 100, baseline: span("2026-03-02", "2026-03-06"), rule: .zeroHundred, actualStart: day("2026-03-02"),
                    actualFinish: day("2026-03-10"))
            ], costs: [], statusDay: day("2026-03-31"), calendar: .standard)
        let status = analysis.status()
        #expect(status.total.scheduleVariance == 0)
        #expect(status.schedule?.variance == -2)
        #expect(status.estimatedFinish == day("2026-03-10"))
    }

    @Test("input that can't be meant is refused, and said where")
    func refused() {
        let baseline = span("2026-03-02", "2026-03-06")
        func error(_ packages: [WorkPackage], costs: [ActualCost] = [], readings: [ProgressReading] = []) -> EarnedValueError? {
            do {
                _ = try EarnedValueAnalysis(
                    packages: packages, costs: costs, readings: readings, statusDay: baseline.lowerBound, calendar: .standard)
                return nil
            } catch { return error }
        }
        let good = WorkPackage(budget: 1, baseline: baseline)
        var reversed = good
        reversed.baselineFinish = day("2026-03-01")
        #expect(error([good, WorkPackage(budget: -1, baseline: baseline)]) == .package(1))
        #expect(error([reversed]) == .package(0))
        #expect(error([WorkPackage(budget: 1, baseline: baseline, rule: .physical(1.5))]) == .rule(package: 0))
        #expect(error([WorkPackage(budget: 1, baseline: baseline, rule: .weightedMilestones([]))]) == .rule(package: 0))
        #expect(error([WorkPackage(budget: 1, baseline: baseline, rule: .apportioned(to: 0))]) == .apportioned(package: 0))
        #expect(error([WorkPackage(budget: 1, baseline: baseline, spread: .days([]))]) == .spread(package: 0))
        #expect(error([good], costs: [ActualCost(baseline.lowerBound, 1, package: 3)]) == .cost(0))
        #expect(error([good], readings: [ProgressReading(package: 0, baseline.lowerBound, share: 2)]) == .reading(0))
        #expect(error([]) == nil)
    }
}
