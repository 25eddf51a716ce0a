import Foundation
import Testing

@testable import Scheduling

@Suite("Risks, costs and correlation")
struct RiskTests {
    private func single(_ duration: Estimate = .fixed(1000), risks: [RiskEvent] = []) -> UncertainPlan {
        UncertainPlan(activities: [UncertainActivity(duration: duration)], links: [], risks: risks)
    }

    @Test("an event happens in the stated share of runs and strikes with its own estimate")
    func event() throws {
        // 1000 + (30 %) × mean 300; P(finish = 1000) = 0.7.
        let risk = RiskEvent(probability: 0.3, effects: [RiskEffect(.add, .uniform(from: 200, to: 400), on: 0)])
        let result = try RiskSimulation.run(single(risks: [risk]), options: SimulationOptions(runs: 10_240))
        #expect(abs(result.finish.mean - 1090) < 1)
        #expect(abs(result.probability(finishBy: 1000) - 0.7) < 0.002)
        #expect(abs(result.finish.quantile(0.85) - 1300) < 3)
        let bar = try #require(result.tornado.first)
        #expect(bar.source == .risk(0))
        #expect(abs(bar.finishWhenLow - 1000) < 0.001)
        #expect(abs(bar.finishWhenHigh - 1300) < 1)
        #expect(bar.finishCorrelation > 0.999)
    }

    @Test("factors come before additions, whatever their order, and a plain event correlates fully")
    func effectOrder() throws {
        // 1000 × 1.5 + 100 = 1600 in a quarter of the runs.
        let effects = [RiskEffect(.add, .fixed(100), on: 0), RiskEffect(.multiply, .fixed(1.5), on: 0)]
        let result = try RiskSimulation.run(
            single(risks: [RiskEvent(probability: 0.25, effects: effects)]), options: SimulationOptions(runs: 1024))
        #expect(Set(result.finish.runs) == [1000, 1600])
        #expect(result.finish.runs.count { $0 == 1600 } == 256)
        #expect(result.tornado[0].finishCorrelation > 0.9999)
    }

    @Test("probabilities of nought and one are never and always")
    func extremes() throws {
        let never = RiskEvent(probability: 0, effects: [RiskEffect(.add, .fixed(50), on: 0)])
        let always = RiskEvent(probability: 1, effects: [RiskEffect(.add, .uniform(from: 10, to: 30), on: 0)])
        let result = try RiskSimulation.run(single(risks: [never, always]), options: SimulationOptions(runs: 2048))
        #expect(result.finish.minimum >= 1010 && result.finish.maximum <= 1030)
        #expect(abs(result.finish.mean - 1020) < 0.1)
    }

    @Test("responses are compared on the same draws, their price included")
    func responses() throws {
        let risk = RiskEvent(
            probability: 0.5, effects: [RiskEffect(.add, .fixed(600), on: 0)], cost: .fixed(8000),
            response: RiskResponse(
                probability: 0.1, effects: [RiskEffect(.add, .fixed(200), on: 0)], cost: .fixed(1000), price: 500))
        let comparison = try RiskSimulation.compareResponses(single(risks: [risk]), options: SimulationOptions(runs: 10_240))
        #expect(abs(comparison.before.finish.mean - 1300) < 2)
        #expect(abs(comparison.after.finish.mean - 1020) < 1)
        #expect(comparison.timeSaved(confidence: 0.8) == 600)
        // Mean cost 4000 before, 100 + 500 after; at 80 %: 8000 − 500.
        #expect(abs((comparison.before.cost?.mean ?? 0) - 4000) < 20)
        #expect(abs((comparison.after.cost?.mean ?? 0) - 600) < 5)
        #expect(comparison.costSaved(confidence: 0.8) == 7500)
        let struck = zip(comparison.before.finish.runs, comparison.after.finish.runs)
        #expect(struck.allSatisfy { $0 >= $1 })
    }

    @Test("time lost in a month delays what is at work in it, and nothing else")
    func lostTime() throws {
        // Half of 1000…2000 is lost for certain. A: 0–800, untouched. B, 600 long, follows: 200 by 1000, then half speed: 1800.
        // C, 500 long, follows B: 100 in the 200 left, then 400: 2400. D, the same as B but not exposed: 800–1400.
        let plan = UncertainPlan(
            activities: [800.0, 600, 500, 600].map { UncertainActivity(duration: .fixed($0), costPerMinute: 1) },
            links: [UncertainLink(0, 1), UncertainLink(1, 2), UncertainLink(0, 3)],
            calendarRisks: [
                CalendarRisk(periods: [.init(1000..<2000, probability: 1, lost: .fixed(500))], activities: [0, 1, 2])
            ])
        let result = try RiskSimulation.run(plan, options: SimulationOptions(runs: 64, milestones: [0, 1, 2, 3]))
        #expect(result.milestones.map(\.minimum) == [800, 1800, 2400, 1400])
        #expect(result.milestones.map(\.maximum) == [800, 1800, 2400, 1400])
        #expect(result.plannedFinish == 1900)
        #expect(result.activities.map(\.criticality) == [1, 1, 1, 0])
        // Paid from start to finish: 800 + 1000 + 600 + 600.
        #expect(result.cost?.mean == 3000)
    }

    @Test("overlapping losses add up, and a month may be lost whole")
    func overlapping() throws {
        // 0…100 loses 50 and 60 of 100 minutes: nothing is left. 100…200 loses 60 of 200 evenly, so 70 are worked; 30 remain.
        let plan = UncertainPlan(
            activities: [UncertainActivity(duration: .fixed(100))], links: [],
            calendarRisks: [
                CalendarRisk(periods: [.init(0..<100, probability: 1, lost: .fixed(70))]),
                CalendarRisk(periods: [.init(0..<200, probability: 1, lost: .fixed(60))]),
            ])
        let result = try RiskSimulation.run(plan, options: SimulationOptions(runs: 10))
        #expect(result.finish.minimum == 230)
        #expect(result.finish.maximum == 230)
    }

    private func spearman(_ a: [Double], _ b: [Double]) -> Double {
        func ranks(_ values: [Double]) -> [Double] {
            var ranks = values
            for (rank, index) in values.indices.sorted(by: { values[$0] < values[$1] }).enumerated() {
                ranks[index] = Double(rank)
            }
            return ranks
        }
        let (x, y) = (ranks(a), ranks(b))
        let center = Double(a.count - 1) / 2
        let product = zip(x, y).reduce(0) { $0 + ($1.0 - center) * ($1.1 - center) }
        return product / x.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    }

    @Test("rank correlations come out as asked, and no distribution changes")
    func correlation() throws {
        let estimates: [Estimate] = [
            .logNormal(mean: 50_000, standardDeviation: 30_000), .uniform(from: 0, to: 90_000),
            .pert(optimistic: 10_000, mostLikely: 12_000, pessimistic: 80_000), .normal(mean: 60_000, standardDeviation: 9000),
        ]
        var plan = UncertainPlan(activities: estimates.map { UncertainActivity(duration: $0) }, links: [])
        let members = estimates.indices.map { UncertaintySource.duration(activity: $0) }
        let options = SimulationOptions(runs: 20_480, milestones: [0, 1, 2, 3], sensitivity: false)
        plan.correlations = [CorrelationGroup(members, strength: .common(0.7))]
        let common = try RiskSimulation.run(plan, options: options)
        for a in 1..<4 {
            for b in 0..<a {
                let rank = spearman(common.milestones[a].runs, common.milestones[b].runs)
                #expect(abs(rank - 0.7) < 0.02)
            }
        }
        let matrix = [1, 0.8, -0.3, 0, 0.8, 1, 0, 0.2, -0.3, 0, 1, 0.5, 0, 0.2, 0.5, 1]
        plan.correlations = [CorrelationGroup(members, strength: .matrix(matrix))]
        let mixed = try RiskSimulation.run(plan, options: options)
        for a in 1..<4 {
            for b in 0..<a {
                let rank = spearman(mixed.milestones[a].runs, mixed.milestones[b].runs)
                #expect(abs(rank - matrix[4 * a + b]) < 0.025)
            }
        }
        for (milestone, estimate) in zip(mixed.milestones, estimates) {
            #expect(abs(milestone.mean - estimate.mean) < 0.002 * estimate.mean)
        }
    }

    @Test("correlation widens a sum as its variance formula says")
    func widening() throws {
        // Ten N(10000, 1000²) in series with Pearson correlation r: variance 10 × 10⁶ × (1 + 9 r).
        let rank = 0.5
        let r = 2 * sin(Double.pi * rank / 6)
        let plan = UncertainPlan(
            activities: (0..<10).map { _ in UncertainActivity(duration: .normal(mean: 10_000, standardDeviation: 1000)) },
            links: (1..<10).map { UncertainLink($0 - 1, $0) },
            correlations: [CorrelationGroup((0..<10).map { .duration(activity: $0) }, strength: .common(rank))])
        let result = try RiskSimulation.run(plan, options: SimulationOptions(runs: 20_480, sensitivity: true))
        let deviation = (1e7 * (1 + 9 * r)).squareRoot()
        #expect(abs(result.finish.standardDeviation - deviation) < 120)
        // Each moves with the sum: Pearson √((1 + 9r)/10), near 0.82 in ranks.
        let expected = ((1 + 9 * r) / 10).squareRoot()
        for activity in result.activities {
            #expect(abs(activity.correlation - expected) < 0.01)
            #expect(abs(activity.cruciality - activity.correlation) < 0.03)
        }
    }

    @Test("cost is fixed parts, time parts, overhead and risks together")
    func cost() throws {
        // 200 + 2 × mean 1000, fixed mean 300, overhead 0.5 × 1000, risk 0.2 × 1000.
        var plan = single(.uniform(from: 500, to: 1500), risks: [RiskEvent(probability: 0.2, cost: .fixed(1000))])
        plan.activities[0].costPerMinute = 2
        plan.activities[0].fixedCost = .uniform(from: 200, to: 400)
        plan.overheadPerMinute = 0.5
        let result = try RiskSimulation.run(plan, options: SimulationOptions(runs: 10_240))
        let cost = try #require(result.cost)
        #expect(abs(cost.mean - 3000) < 2)
        // Var: 2.5² × 1000²/12 + 200²/12 + 0.2 × 0.8 × 10⁶
        let variance = 6.25e6 / 12 + 4e4 / 12 + 1.6e5
        #expect(abs(cost.standardDeviation - variance.squareRoot()) < 8)
        #expect(result.plannedCost == 2800)
        #expect(try #require(result.costReserve(confidence: 0.9)) == cost.quantile(0.9) - 2800)
    }

    @Test("two sources explain a sum in proportion: correlation, swing and order of the tornado")
    func tornado() throws {
        // U(0, 30000) then U(0, 10000): Pearson 3/√10 and 1/√10; the outer tenths of U(0, w) have means 0.05 w and 0.95 w.
        let plan = UncertainPlan(
            activities: [
                UncertainActivity(duration: .uniform(from: 0, to: 10_000)),
                UncertainActivity(duration: .uniform(from: 0, to: 30_000)),
            ],
            links: [UncertainLink(0, 1)])
        let result = try RiskSimulation.run(plan, options: SimulationOptions(runs: 20_480))
        #expect(result.tornado.map(\.source) == [.duration(activity: 1), .duration(activity: 0)])
        #expect(abs(result.tornado[0].finishSwing - 27_000) < 500)
        #expect(abs(result.tornado[1].finishSwing - 9000) < 700)
        #expect(abs(result.activities[1].correlation - 0.94868) < 0.005)
        #expect(abs(result.activities[0].correlation - 0.31623) < 0.02)
        #expect(abs(result.activities[1].sensitivityIndex - 0.94868) < 0.01)
    }

    @Test("keeping time and budget together is rarer than either, and the frontier keeps the confidence")
    func joint() throws {
        let result = try RiskSimulation.run(ReproducibilityTests.plan, options: SimulationOptions(runs: 4096))
        let cost = try #require(result.cost)
        let (deadline, budget) = (Int(result.finish.quantile(0.8)), cost.quantile(0.8))
        let joint = try #require(result.jointProbability(finishBy: deadline, costAtMost: budget))
        #expect(joint < 0.8)
        #expect(joint >= 0.6)
        let frontier = result.jointFrontier(confidence: 0.7, points: 9)
        #expect(frontier.count == 9)
        for point in frontier {
            #expect(try #require(result.jointProbability(finishBy: Int(point.finish), costAtMost: point.cost)) >= 0.7)
        }
        #expect(frontier.map(\.finish) == frontier.map(\.finish).sorted())
        #expect(frontier.map(\.cost) == frontier.map(\.cost).sorted(by: >))
    }

    @Test("independent time and money multiply")
    func independentJoint() throws {
        var plan = single(.uniform(from: 0, to: 100_000))
        plan.activities[0].fixedCost = .uniform(from: 0, to: 1000)
        let result = try RiskSimulation.run(plan, options: SimulationOptions(runs: 20_480))
        #expect(abs(try #require(result.jointProbability(finishBy: 80_000, costAtMost: 500)) - 0.4) < 0.01)
    }

    @Test("the reserve is drawn down as the risks fall due")
    func drawDown() throws {
        // Risk of 100 (50 %) on A, done at 1000; of 300 (50 %) on B, done at 2000. Reserve 300, looked at at 500, 1500, 2500.
        let plan = UncertainPlan(
            activities: [UncertainActivity(duration: .fixed(1000)), UncertainActivity(duration: .fixed(1000))],
            links: [UncertainLink(0, 1)],
            risks: [
                RiskEvent(probability: 0.5, effects: [RiskEffect(.add, .fixed(0), on: 0)], cost: .fixed(100)),
                RiskEvent(probability: 0.5, effects: [RiskEffect(.add, .fixed(0), on: 1)], cost: .fixed(300)),
            ])
        let request = DrawDownRequest(checkpoints: [500, 1500, 2500], confidence: 0.7, reserve: 300)
        let result = try RiskSimulation.run(plan, options: SimulationOptions(runs: 10_240, drawDown: request))
        let points = try #require(result.drawDown).points
        #expect(points.map(\.minutes) == [500, 1500, 2500, nil])
        // Totals 0, 100, 300, 400, a quarter each: at first 300 are needed for 70 %; after A, 300 for B alone; then nothing.
        #expect(points.map(\.stillNeeded) == [300, 300, 0, 0])
        #expect(points[0].used == [0, 0, 0, 0])
        #expect(points[1].used[2...3] == [100, 100])
        #expect(points[2].used[3] == 400)
        #expect(points[1].exhausted == 0)
        #expect(abs(points[2].exhausted - 0.25) < 0.02)
    }

    @Test("values are ordered as by comparison, equal ones by their position")
    func order() {
        var state: UInt64 = 1
        for count in [0, 1, 2, 7, 300, 3000] {
            let values = (0..<count).map { index -> Double in
                state = RandomStrata.mix(state)
                let value = Double(Int64(bitPattern: state) % 500) * (index % 3 == 0 ? 1e-3 : 7)
                return value == 0 ? 0 : value
            }
            let expected = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
            #expect(RadixOrder.order(of: values).map(Int.init) == expected)
        }
    }

    @Test("points of the S-curve and bins of the histogram describe the same runs")
    func curve() {
        let distribution = SampleDistribution([4, 1, 3, 2, 5])
        #expect(distribution.curve(points: 5).map(\.value) == [1, 2, 3, 4, 5])
        #expect(distribution.histogram(bins: 2).map(\.runs) == [2, 3])
        #expect(distribution.probability(atMost: 3) == 0.6)
        #expect(distribution.quantile(0.8) == 4.2)
        #expect(distribution.reserve(over: 3, confidence: 1) == 2)
        #expect(abs(distribution.standardDeviation - 2.5.squareRoot()) < 1e-12)
    }
}
