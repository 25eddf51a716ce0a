import PlanModel
import WorkingTime

extension Typed where K == Risk {
    /// Likelihood × impact, 1…25; `nil` until both are judged.
    public var score: Int? {
        guard let likelihood = self.likelihood, let impact = self.impact else { return nil }
        return likelihood * impact
    }

    /// The score after the response; without a judgement of it, the score before.
    public var residualScore: Int? {
        guard let likelihood = self.residualLikelihood ?? self.likelihood, let impact = self.residualImpact ?? self.impact else {
            return nil
        }
        return likelihood * impact
    }

    /// From 12 up a risk needs an owner, a response and an indicator.
    public var isHigh: Bool { (score ?? 0) >= 12 }
    public var isOpen: Bool { self.state != .closed }
}
