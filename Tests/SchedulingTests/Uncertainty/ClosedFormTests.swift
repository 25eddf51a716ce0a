import Foundation
import Testing

@testable import Scheduling

/// Simulations held against what can be computed on paper.
@Suite("Simulation against closed forms")
struct ClosedFormTests {
    private func options(_ runs: Int = 20_480, sensitivity: Bool = false) -> SimulationOptions {
        SimulationOptions(runs: runs, seed: 11, sensitivity: sensitivity)
    }

    private func serial(_ estimates: [Estimate]) -> UncertainPlan {
        UncertainPlan(
            activities: estimates.map { UncertainActivity(duration: $0) },
            links: (1..<max(estimates.count, 2)).map { UncertainLink($0 - 1, $0) })
    }

    private func parallel(_ estimates: [Estimate]) -> UncertainPlan {
        UncertainPlan(activities: estimates.map { UncertainActivity(duration: $0) }, links: [])
    }

    @Test("in series means and variances add up")
    func series() throws {
        let estimates = EstimateTests.kinds.map { $0 } + [.fixed(77)]
        let result = try RiskSimulation.run(serial(estimates), options: options())
        let mean = estimates.reduce(0) { $0 + $1.mean }
        let deviation = estimates.reduce(0) { $0 + $1.variance }.squareRoot()
        #expect(abs(result.finish.mean - mean) < 0.005 * deviation)
        #expect(abs(result.finish.standardDeviation - deviation) < 0.02 * deviation)
    }

    @Test("the sum of normals is normal")
    func normals() throws {
        // Twelve of N(4000, 400²): N(48000, 1385.64²).
        let plan = serial([Estimate](repeating: .normal(mean: 4000, standardDeviation: 400), count: 12))
        let result = try RiskSimulation.run(plan, options: options())
        for (p, z) in [(0.1, -1.28155), (0.5, 0), (0.8, 0.84162), (0.9, 1.28155), (0.95, 1.64485)] {
            #expect(abs(result.finish.quantile(p) - (48_000 + z * 1385.64)) < 40)
        }
        #expect(abs(result.probability(finishBy: 49_386) - 0.8413) < 0.008)
    }

    @Test("the greatest of n uniforms has the distribution xⁿ", arguments: [1, 2, 4, 9])
    func uniforms(count: Int) throws {
        let plan = parallel([Estimate](repeating: .uniform(from: 0, to: 100_000), count: count))
        let result = try RiskSimulation.run(plan, options: options())
        let n = Double(count)
        #expect(abs(result.finish.mean - 100_000 * n / (n + 1)) < 250)
        for x in [0.3, 0.5, 0.8, 0.95] {
            #expect(abs(result.finish.probability(atMost: x * 100_000) - pow(x, n)) < 0.01)
        }
    }

    @Test("the later of two normals comes σ / √π after their mean")
    func twoNormals() throws {
        let plan = parallel([Estimate](repeating: .normal(mean: 50_000, standardDeviation: 5000), count: 2))
        let result = try RiskSimulation.run(plan, options: options(sensitivity: true))
        #expect(abs(result.finish.mean - (50_000 + 5000 / Double.pi.squareRoot())) < 60)
        // Var max = σ² (1 − 1/π)
        #expect(abs(result.finish.standardDeviation - 5000 * (1 - 1 / Double.pi).squareRoot()) < 60)
        for activity in result.activities { #expect(abs(activity.criticality - 0.5) < 0.012) }
    }

    @Test("a chain of two beside one: every combination counted by hand")
    func enumerated() throws {
        // A (10 or 20) then B (5 or 25) beside C (20 or 40), all equally likely:
        // A+B: 15, 35, 25, 45. Against 20: 20, 35, 25, 45; against 40: 40, 40, 40, 45. Mean 290 / 8 = 36.25.
        // A→B decides in 35, 25, 45, 45 of 8 (none tied); C in the other half.
        func either(_ a: Double, _ b: Double) -> Estimate { .discrete([.init(a, weight: 1), .init(b, weight: 1)]) }
        let plan = UncertainPlan(
            activities: [either(10, 20), either(5, 25), either(20, 40)].map { UncertainActivity(duration: $0) },
            links: [UncertainLink(0, 1)])
        let result = try RiskSimulation.run(plan, options: options(sensitivity: true))
        #expect(abs(result.finish.mean - 36.25) < 0.15)
        #expect(abs(result.probability(finishBy: 25) - 2.0 / 8) < 0.01)
        #expect(abs(result.probability(finishBy: 44) - 6.0 / 8) < 0.01)
        #expect(result.activities[0].criticality == result.activities[1].criticality)
        #expect(abs(result.activities[1].criticality - 0.5) < 0.01)
        #expect(result.activities[1].criticality + result.activities[2].criticality == 1)
    }

    @Test("every kind of link, lags, leads and a fixed earliest start hold in every run")
    func links() throws {
        // Certain durations, so one answer, by hand. A 10, B 20, C 30, D 8, E 4.
        // A 0–10. B after A's finish + 5: 15–35. C from A's start + 7: 7–37. D finishes ≥ B's finish + 6 = 41: 33–41.
        // E finishes ≥ C's start + 40 = 47: 43–47; F (6) after D's finish − 10 = 31, not before 50: 50–56.
        let durations = [10.0, 20, 30, 8, 4, 6]
        var plan = UncertainPlan(
            activities: durations.map { UncertainActivity(duration: .fixed($0)) },
            links: [
                UncertainLink(0, 1, lag: 5), UncertainLink(0, 2, kind: .startToStart, lag: 7),
                UncertainLink(1, 3, kind: .finishToFinish, lag: 6), UncertainLink(2, 4, kind: .startToFinish, lag: 40),
                UncertainLink(3, 5, lag: -10),
            ])
        plan.activities[5].notEarlierThan = 50
        let result = try RiskSimulation.run(plan, options: SimulationOptions(runs: 100, milestones: [0, 1, 2, 3, 4, 5]))
        #expect(result.milestones.map(\.minimum) == [10, 35, 37, 41, 47, 56])
        #expect(result.milestones.map(\.maximum) == [10, 35, 37, 41, 47, 56])
        #expect(result.plannedFinish == 56)
        // The date holds F, so no other activity is critical.
        #expect(result.activities.map(\.criticality) == [0, 0, 0, 0, 0, 1])
        plan.activities[5].notEarlierThan = nil
        let free = try RiskSimulation.run(plan, options: SimulationOptions(runs: 100))
        // Now E is last (47): C's start, hence A's start.
        #expect(free.finish.maximum == 47)
        #expect(free.activities.map(\.criticality) == [1, 0, 1, 0, 1, 0])
    }
}

/// The construction project that Hillier & Lieberman (Introduction to Operations Research, PERT/CPM) compute: weeks of 2400 minutes.
@Suite("A published PERT example")
struct PublishedExampleTests {
    static let plan: UncertainPlan = {
        let points: [(Double, Double, Double)] = [
            (1, 2, 3), (2, 3.5, 8), (6, 9, 18), (4, 5.5, 10), (1, 4.5, 5), (4, 4, 10), (5, 6.5, 11), (5, 8, 17), (3, 7.5, 9),
            (3, 9, 9), (4, 4, 4), (1, 5.5, 7), (1, 2, 3), (5, 5.5, 9),
        ]
        // A…N; B after A, C after B, D, E and I after C, F after E, G after D, H after E and G, J after F and I, K and L after J,
        // M after H, N after K and L.
        let pairs = [
            (0, 1), (1, 2), (2, 3), (2, 4), (2, 8), (4, 5), (3, 6), (4, 7), (6, 7), (5, 9), (8, 9), (9, 10), (9, 11), (7, 12),
            (10, 13), (11, 13),
        ]
        return UncertainPlan(
            activities: points.map {
                UncertainActivity(duration: .pert(optimistic: $0.0 * 2400, mostLikely: $0.1 * 2400, pessimistic: $0.2 * 2400))
            },
            links: pairs.map { UncertainLink($0.0, $0.1) })
    }()

    @Test("the classic calculation gives the book's 44 weeks, variance 9 and 84 % for 47 weeks")
    func classic() throws {
        let pert = try ClassicPERT(Self.plan)
        #expect(abs(pert.expectedFinish / 2400 - 44) < 1e-9)
        #expect(abs(pert.standardDeviation / 2400 - 3) < 1e-9)
        #expect(pert.path == [0, 1, 2, 4, 5, 9, 11, 13])
        #expect(abs(pert.probability(finishBy: 47 * 2400) - 0.8413) < 1e-4)
    }

    @Test("simulation agrees with two million independent draws made by another program")
    func simulated() throws {
        // NumPy, plain random sampling, weeks: mean, standard deviation, P(≤ 47), P10, P50, P80, P90, criticality of N.
        let result = try RiskSimulation.run(Self.plan, options: SimulationOptions(runs: 20_480, seed: 3))
        compare(result, [44.326, 2.934, 0.8161, 40.633, 44.194, 46.813, 48.212, 0.9015])
        #expect(result.activities[0].criticality == 1)
        #expect(abs(result.activities[12].criticality + result.activities[13].criticality - 1) < 0.01)
    }

    @Test("with triangles the book's 84 % shrink to 59 %: the mean of one path is not the mean of the network")
    func triangular() throws {
        var plan = Self.plan
        for index in plan.activities.indices {
            guard case .pert(let low, let mode, let high, _) = plan.activities[index].duration else { continue }
            plan.activities[index].duration = .triangular(optimistic: low, mostLikely: mode, pessimistic: high)
        }
        let result = try RiskSimulation.run(plan, options: SimulationOptions(runs: 20_480, seed: 3))
        compare(result, [46.236, 3.693, 0.5936, 41.563, 46.092, 49.386, 51.131, 0.6847])
        #expect(result.probability(finishBy: 47 * 2400) < (try ClassicPERT(Self.plan).probability(finishBy: 47 * 2400)) - 0.2)
    }

    private func compare(_ result: SimulationResult, _ truth: [Double]) {
        let finish = result.finish
        #expect(abs(finish.mean / 2400 - truth[0]) < 0.03)
        #expect(abs(finish.standardDeviation / 2400 - truth[1]) < 0.05)
        #expect(abs(result.probability(finishBy: 47 * 2400) - truth[2]) < 0.008)
        for (p, value) in zip([0.1, 0.5, 0.8, 0.9], truth[3...6]) { #expect(abs(finish.quantile(p) / 2400 - value) < 0.08) }
        #expect(abs(result.activities[13].criticality - truth[7]) < 0.008)
    }
}
