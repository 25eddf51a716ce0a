import PlanModel
import ProcessMining

/// A process of a plan as the engine sees it: nodes in the order of its steps.
public struct PlanProcess: Sendable {
    public let process: Typed<Process>
    public let steps: [Typed<Step>]
    public let model: ProcessModel
    /// The log's name of each step's activity.
    public let activityNames: [Int: String]

    /// - Returns: nil where the process has fewer than two steps.
    public init?(_ process: Typed<Process>, in plan: Plan) {
        let steps = plan.all(Step.self).filter { $0.process == process.id }
        guard steps.count > 1 else { return nil }
        self.process = process
        self.steps = steps
        var model = ProcessModel()
        var names: [Int: String] = [:]
        for step in steps {
            let node = model.add(ProcessModel.Node(Self.kind(step.kind ?? .task), step.title ?? step.id.short, lane: step.actor))
            names[node] = step.activity ?? step.title
        }
        let place = Dictionary(steps.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        let next = steps.map { ($0.next ?? []).compactMap { place[$0] } }
        for (node, targets) in next.enumerated() {
            for (target, share) in zip(targets, Self.shares(node, targets, steps, next)) {
                model.connect(node, target, share: share)
            }
        }
        self.model = model
        activityNames = names
    }

    private static func kind(_ kind: StepKind) -> ProcessModel.Kind {
        switch kind {
        case .start: .start
        case .task: .activity
        case .decision: .exclusive
        case .parallel: .parallel
        case .end: .end
        }
    }

    /// A step says by its share how often a gateway leads to it. Steps that one gateway alone leads to are taken at their word; of the
    /// others, a last one gets what is left, several get their word as far as it goes, and those that say nothing share the rest.
    private static func shares(_ node: Int, _ targets: [Int], _ steps: [Typed<Step>], _ next: [[Int]]) -> [Double?] {
        guard targets.count > 1, steps[node].kind != .parallel else { return targets.map { _ in nil } }
        func isOwn(_ target: Int) -> Bool {
            !next.indices.contains { $0 != node && next[$0].count > 1 && next[$0].contains(target) }
        }
        var shares = targets.map { isOwn($0) ? steps[$0].share : nil }
        let open = shares.indices.filter { shares[$0] == nil }
        let left = max(1 - shares.reduce(0) { $0 + ($1 ?? 0) }, 0)
        if open.count == 1 {
            shares[open[0]] = left
        } else {
            var rest = left
            for place in open {
                guard let share = steps[targets[place]].share else { continue }
                shares[place] = min(share, rest)
                rest -= min(share, rest)
            }
            let silent = open.filter { shares[$0] == nil }
            if silent.isEmpty, rest > 0, rest < left {
                // What they say, of another gateway perhaps, doesn't come to all that is left here: it tells how they compare.
                for place in open { shares[place] = shares[place].map { $0 * left / (left - rest) } }
            } else if silent.count < shares.count {
                for place in silent { shares[place] = rest / Double(silent.count) }
            }
        }
        return shares
    }
}
