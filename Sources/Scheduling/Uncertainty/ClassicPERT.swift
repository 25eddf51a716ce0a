/// The PERT calculation of 1959: mean durations along the longest path, the variances on it added up, a normal distribution.
///
/// It is here for comparison. It looks at one path only, so wherever paths of similar length meet it promises too much: the
/// probability that one path is in time is not the probability that all are.
/// - Source: Malcolm, Roseboom, Clark & Fazar 1959, Operations Research 7:646–669.
public struct ClassicPERT: Sendable {
    /// Working minutes.
    public let expectedFinish: Double
    public let standardDeviation: Double
    /// Activities of the longest path by mean durations, from first to last; of paths of equal length the one that varies most.
    public let path: [Int]

    /// - Throws: ``UncertaintyError``
    /// - Complexity: O(n + m). Risks, correlations and lost time don't enter.
    public init(_ plan: UncertainPlan) throws(UncertaintyError) {
        try plan.validate()
        let order = try TopologicalOrder.of(plan.activities.count, plan.links)
        var links = [[UncertainLink]](repeating: [], count: plan.activities.count)
        for link in plan.links { links[link.successor].append(link) }
        var nodes = [Node](repeating: Node(), count: plan.activities.count)
        for activity in order.map(Int.init) {
            nodes[activity] = Self.node(plan.activities[activity], links[activity], nodes)
        }
        var last: Int?
        for activity in order.map(Int.init) where last.map({ nodes[$0].precedes(nodes[activity]) }) ?? true { last = activity }
        expectedFinish = last.map { nodes[$0].finish } ?? 0
        standardDeviation = last.map { nodes[$0].variance.squareRoot() } ?? 0
        var path: [Int] = []
        while let activity = last {
            path.append(activity)
            last = nodes[activity].driver
        }
        self.path = path.reversed()
    }

    /// Φ((deadline − expected finish) ÷ standard deviation)
    public func probability(finishBy deadline: Int) -> Double {
        guard standardDeviation > 0 else { return Double(deadline) >= expectedFinish ? 1 : 0 }
        return SpecialFunctions.normalDistribution((Double(deadline) - expectedFinish) / standardDeviation)
    }

    private struct Node {
        var start = 0.0
        var finish = 0.0
        /// Of the path up to the finish.
        var variance = 0.0
        var driver: Int?

        func precedes(_ other: Node) -> Bool {
            finish < other.finish || (finish == other.finish && variance < other.variance)
        }
    }

    private static func node(_ activity: UncertainActivity, _ links: [UncertainLink], _ nodes: [Node]) -> Node {
        let duration = max(activity.duration.mean, 0)
        var best = Node(start: max(Double(activity.notEarlierThan ?? 0), 0))
        best.finish = best.start
        for link in links {
            let before = nodes[link.predecessor]
            let bound =
                (link.kind.fromFinish ? before.finish : before.start) + Double(link.lag) - (link.kind.toFinish ? duration : 0)
            let candidate = Node(start: bound, finish: bound, variance: before.variance, driver: link.predecessor)
            if best.precedes(candidate) { best = candidate }
        }
        best.finish = best.start + duration
        best.variance += activity.duration.classicVariance
        return best
    }
}
