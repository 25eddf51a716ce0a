import Synchronization
import Testing

@testable import Scheduling

@Suite("Runs of a simulation")
struct ReproducibilityTests {
    /// Forty activities in layers with a risk, a correlation, lost time and costs.
    static let plan: UncertainPlan = {
        var activities: [UncertainActivity] = []
        var links: [UncertainLink] = []
        for index in 0..<40 {
            let base = Double(480 * (1 + index % 5))
            activities.append(
                UncertainActivity(
                    duration: .pert(optimistic: base * 0.8, mostLikely: base, pessimistic: base * 1.9),
                    fixedCost: index % 4 == 0 ? .uniform(from: 100, to: 200) : .fixed(50), costPerMinute: 0.5))
            if index >= 4 {
                links += [UncertainLink(index - 4, index), UncertainLink((index * 7) % 4 + (index / 4 - 1) * 4, index, lag: 60)]
            }
        }
        return UncertainPlan(
            activities: activities, links: links,
            risks: [
                RiskEvent(
                    probability: 0.3,
                    effects: [RiskEffect(.add, .triangular(optimistic: 480, mostLikely: 960, pessimistic: 2400), on: 9)],
                    cost: .fixed(1000), response: RiskResponse(probability: 0.1, price: 150))
            ],
            calendarRisks: [
                CalendarRisk(
                    periods: [.init(4800..<9600, probability: 0.5, lost: .uniform(from: 480, to: 2400))],
                    activities: [12, 13, 14])
            ],
            correlations: [CorrelationGroup((20..<26).map { .duration(activity: $0) }, strength: .common(0.6))],
            overheadPerMinute: 0.2)
    }()

    @Test("the result is the same for any number of threads", arguments: [2, 3, 5])
    func threads(count: Int) throws {
        let one = try RiskSimulation.run(Self.plan, options: SimulationOptions(runs: 5000, seed: 5, threads: 1, milestones: [17]))
        let many = try RiskSimulation.run(
            Self.plan, options: SimulationOptions(runs: 5000, seed: 5, threads: count, milestones: [17]))
        #expect(one.finish.runs == many.finish.runs)
        #expect(one.cost?.runs == many.cost?.runs)
        #expect(one.milestones[0].runs == many.milestones[0].runs)
        #expect(one.activities == many.activities)
        #expect(one.tornado == many.tornado)
    }

    @Test("another seed gives other runs but nearly the same figures")
    func seeds() throws {
        let one = try RiskSimulation.run(Self.plan, options: SimulationOptions(seed: 1))
        let other = try RiskSimulation.run(Self.plan, options: SimulationOptions(seed: 2))
        #expect(one.runs == 10_000)
        #expect(one.finish.runs != other.finish.runs)
        #expect(abs(one.finish.quantile(0.8) - other.finish.quantile(0.8)) < 0.01 * one.finish.mean)
    }

    @Test("a longer simulation begins with the runs of a shorter one")
    func prefix() throws {
        let short = try RiskSimulation.run(Self.plan, options: SimulationOptions(runs: 1500, sensitivity: false))
        let long = try RiskSimulation.run(Self.plan, options: SimulationOptions(runs: 4000, sensitivity: false))
        #expect(short.finish.runs == Array(long.finish.runs.prefix(1500)))
    }

    @Test("convergence stops early, at the same run whatever the threads, and the precision holds")
    func convergence() throws {
        func run(_ threads: Int) throws -> SimulationResult {
            try RiskSimulation.run(
                Self.plan,
                options: SimulationOptions(
                    runs: 200_000, threads: threads, convergence: ConvergenceRule(tolerance: 0.003), sensitivity: false))
        }
        let (one, two) = (try run(1), try run(2))
        #expect(one.ending == .converged)
        #expect(one.runs < 200_000)
        #expect(one.finish.runs == two.finish.runs)
        let precision = try #require(one.precision)
        #expect(precision.meanFinish <= 0.003 * one.finish.mean)
        #expect(precision.finishP80 <= 0.003 * one.finish.mean)
    }

    @Test("the observer sees progress and can stop; the runs made so far are kept")
    func stopping() throws {
        let seen = Mutex<[Int]>([])
        let result = try RiskSimulation.run(Self.plan, options: SimulationOptions(runs: 50_000, threads: 1)) { progress in
            seen.withLock { $0.append(progress.runsDone) }
            return progress.runsDone >= 3000 ? .stop : .proceed
        }
        #expect(seen.withLock { $0 } == [1024, 2048, 3072])
        #expect(result.ending == .stopped)
        #expect(result.runs == 3072)
    }

    @Test("absurd numbers don't break anything")
    func absurd() throws {
        let plan = UncertainPlan(
            activities: [
                UncertainActivity(duration: .uniform(from: 0, to: 1e300), notEarlierThan: .max),
                UncertainActivity(duration: .normal(mean: -1e200, standardDeviation: 1e250)),
                UncertainActivity(duration: .logNormal(mean: 1e-5, standardDeviation: 1e30)),
            ],
            links: [UncertainLink(0, 1, lag: .max), UncertainLink(1, 2, kind: .startToFinish, lag: .min)],
            risks: [RiskEvent(probability: 0.5, effects: [RiskEffect(.multiply, .fixed(-1e300), on: 2)])])
        let result = try RiskSimulation.run(plan, options: SimulationOptions(runs: 100))
        #expect(result.finish.sorted.allSatisfy { $0 >= 0 && $0 < 1e11 })
        #expect(result.jointFrontier(confidence: .nan).isEmpty)
        #expect(result.finish.quantile(.nan) == 0)
    }

    @Test("plans that can't be simulated are refused with the reason")
    func refused() {
        func error(_ plan: UncertainPlan, _ options: SimulationOptions = SimulationOptions(runs: 10)) -> UncertaintyError? {
            do {
                _ = try RiskSimulation.run(plan, options: options)
                return nil
            } catch { return error }
        }
        let three = (0..<3).map { _ in UncertainActivity(duration: .uniform(from: 1, to: 2)) }
        func plan(_ links: [UncertainLink] = [], risks: [RiskEvent] = [], correlations: [CorrelationGroup] = []) -> UncertainPlan
        {
            UncertainPlan(activities: three, links: links, risks: risks, correlations: correlations)
        }
        #expect(error(UncertainPlan(activities: [], links: [])) == .noActivities)
        #expect(error(plan([UncertainLink(0, 1), UncertainLink(1, 2), UncertainLink(2, 1)])) == .cycle([1, 2]))
        #expect(error(plan([UncertainLink(0, 3)])) == .link(0))
        #expect(error(plan(risks: [RiskEvent(probability: 1.2)])) == .probability(.risk(0)))
        #expect(
            error(plan(risks: [RiskEvent(probability: 1, effects: [RiskEffect(.add, .fixed(1), on: 9)])]))
                == .effect(risk: 0, effect: 0))
        let members = (0..<3).map { UncertaintySource.duration(activity: $0) }
        let impossible = [1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1]
        #expect(
            error(plan(correlations: [CorrelationGroup(members, strength: .matrix(impossible))]))
                == .correlationNotPositiveDefinite(group: 0))
        #expect(error(plan(correlations: [CorrelationGroup(members, strength: .common(-0.2))])) == .correlation(group: 0))
        #expect(error(plan(), SimulationOptions(runs: 0)) == .nothingToRun)
        #expect(error(plan(), SimulationOptions(milestones: [7])) == .unknownActivity(7))
        #expect(
            error(UncertainPlan(activities: [UncertainActivity(duration: .uniform(from: 3, to: 2))], links: []))
                == .estimate(.duration(activity: 0), .pointsOutOfOrder))
    }
}
