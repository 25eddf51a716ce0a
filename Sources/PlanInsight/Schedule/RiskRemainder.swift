import PlanModel
import WorkingTime

/// What is left of a risk once its response is carried out: as entered, else what the judged impact and likelihood leave of it.
struct RiskRemainder {
    /// 0…1
    let probability: Double
    /// Working minutes.
    let delay: Double
    let cost: Double
    /// Of the response, paid whether or not the risk happens.
    let price: Double

    /// `nil` where nothing is said of the response, or the risk has no probability.
    init?(_ risk: Typed<Risk>, _ calendars: PlanCalendars) {
        guard let present = risk.likelyShare else { return nil }
        let judged = [risk.residualLikelihood ?? risk.likelihood, risk.likelihood].compactMap { $0 }.map(Typed<Risk>.share)
        let isEntered = risk.residualProbability != nil || risk.residualDelay != nil || risk.residualCost != nil
        guard isEntered || risk.responseCost != nil || judged.count == 2 else { return nil }
        let left = min(Double(risk.residualImpact ?? risk.impact ?? 1) / Double(max(risk.impact ?? 1, 1)), 1)
        probability = risk.residualProbability ?? (judged.count == 2 ? min(1, present * judged[0] / judged[1]) : present)
        delay = risk.residualDelay.map { Double(calendars.minutes($0)) } ?? Double(risk.delay.map(calendars.minutes) ?? 0) * left
        cost = risk.residualCost?.approximate ?? (risk.cost?.approximate ?? 0) * left
        price = risk.responseCost?.approximate ?? 0
    }
}

extension Typed where K == Risk {
    /// Its probability, else the one that its likelihood of 1…5 stands for: the middles of fifths.
    var likelyShare: Double? { self.probability ?? self.likelihood.map(Self.share) }

    fileprivate static func share(_ likelihood: Int) -> Double { Double(min(max(likelihood, 1), 5)) / 5 - 0.1 }

    /// Whether it costs working time on certain days of the calendar only.
    var isSeasonal: Bool { self.season != nil }

    /// The first season; `nil` without both its days in order.
    var season: ClosedRange<Day>? {
        guard let from = self.seasonFrom, let until = self.seasonUntil, from <= until else { return nil }
        return from...until
    }
}
