import Testing

@testable import Scheduling

@Suite("Random networks with certain durations")
struct RandomNetworkTests {
    private struct Random: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = RandomStrata.mix(state)
            return state
        }
    }

    private func plan(_ random: inout Random, kinds: [Link.Kind], lags: ClosedRange<Int>) -> UncertainPlan {
        let count = Int.random(in: 2...9, using: &random)
        // Positions are shuffled, so that links do not simply lead from lower to higher ones.
        let names = (0..<count).shuffled(using: &random)
        var links: [UncertainLink] = []
        for to in 1..<count {
            for from in 0..<to where Int.random(in: 0...2, using: &random) == 0 {
                let kind = kinds[Int.random(in: 0..<kinds.count, using: &random)]
                links.append(UncertainLink(names[from], names[to], kind: kind, lag: Int.random(in: lags, using: &random)))
            }
        }
        let activities = (0..<count).map { _ in
            UncertainActivity(
                duration: .fixed(Double(Int.random(in: 0...20, using: &random))),
                notEarlierThan: Int.random(in: 0...3, using: &random) == 0 ? Int.random(in: 0...30, using: &random) : nil)
        }
        return UncertainPlan(activities: activities, links: links)
    }

    /// Raises starts until no link is violated.
    private func finishes(_ plan: UncertainPlan) -> [Double] {
        let durations = plan.activities.map(\.duration.mean)
        var starts = plan.activities.map { Double($0.notEarlierThan ?? 0) }
        var changed = true
        while changed {
            changed = false
            for link in plan.links {
                let from = starts[link.predecessor] + (link.kind.fromFinish ? durations[link.predecessor] : 0)
                let bound = from + Double(link.lag) - (link.kind.toFinish ? durations[link.successor] : 0)
                if bound > starts[link.successor] {
                    starts[link.successor] = bound
                    changed = true
                }
            }
        }
        return zip(starts, durations).map { $0 + $1 }
    }

    @Test("finishes are the least that violate no link")
    func finishes() throws {
        var random = Random(state: 1)
        for _ in 0..<150 {
            let plan = plan(&random, kinds: Link.Kind.allCases, lags: -8...12)
            let expected = finishes(plan)
            let milestones = Array(plan.activities.indices)
            let result = try RiskSimulation.run(
                plan, options: SimulationOptions(runs: 3, milestones: milestones, sensitivity: false))
            #expect(result.milestones.map(\.maximum) == expected)
            #expect(result.finish.minimum == expected.max())
            #expect(Double(result.plannedFinish) == expected.max())
        }
    }

    @Test("an activity is critical exactly where starting it a minute later makes the project a minute longer")
    func criticality() throws {
        var random = Random(state: 2)
        for _ in 0..<150 {
            let plan = plan(&random, kinds: Link.Kind.allCases, lags: -8...12)
            let ends = finishes(plan)
            let result = try RiskSimulation.run(plan, options: SimulationOptions(runs: 70))
            for activity in plan.activities.indices {
                var later = plan
                later.activities[activity].notEarlierThan = Int(ends[activity] - plan.activities[activity].duration.mean) + 1
                let isCritical = finishes(later).max() != ends.max()
                #expect(result.activities[activity].criticality == (isCritical ? 1 : 0))
            }
        }
    }
}
