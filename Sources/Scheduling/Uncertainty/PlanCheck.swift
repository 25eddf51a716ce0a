extension UncertainPlan {
    /// - Throws: ``UncertaintyError``, the first found. Cycles are found when the simulation lays the plan out.
    public func validate() throws(UncertaintyError) {
        guard !activities.isEmpty else { throw .noActivities }
        for (index, activity) in activities.enumerated() {
            try Self.check(activity.duration, .duration(activity: index))
            try Self.check(activity.fixedCost, .fixedCost(activity: index))
        }
        for (index, link) in links.enumerated() {
            guard activities.indices.contains(link.predecessor), activities.indices.contains(link.successor),
                link.predecessor != link.successor
            else { throw .link(index) }
        }
        for (index, risk) in risks.enumerated() {
            try checkRisk(index, risk.probability, risk.effects, risk.cost)
            if let response = risk.response {
                try checkRisk(index, response.probability, response.effects, response.cost)
            }
        }
        for (index, risk) in calendarRisks.enumerated() {
            try checkCalendarRisk(index, risk)
            try checkCalendarRisk(index, risk.responded)
        }
        try checkCorrelations()
    }

    private static func check(_ estimate: Estimate, _ source: UncertaintySource) throws(UncertaintyError) {
        do { try estimate.validate() } catch { throw .estimate(source, error) }
    }

    private func checkRisk(
        _ index: Int, _ probability: Double, _ effects: [RiskEffect], _ cost: Estimate
    ) throws(UncertaintyError) {
        guard (0...1).contains(probability) else { throw .probability(.risk(index)) }
        try Self.check(cost, .risk(index))
        for (number, effect) in effects.enumerated() {
            guard activities.indices.contains(effect.activity) else { throw .effect(risk: index, effect: number) }
            do { try effect.size.validate() } catch { throw .effect(risk: index, effect: number) }
        }
    }

    private func checkCalendarRisk(_ index: Int, _ risk: CalendarRisk) throws(UncertaintyError) {
        for activity in risk.activities ?? [] where !activities.indices.contains(activity) { throw .unknownActivity(activity) }
        for (number, period) in risk.periods.enumerated() {
            let source = UncertaintySource.calendarRisk(index, period: number)
            guard (0...1).contains(period.probability) else { throw .probability(source) }
            guard !period.minutes.isEmpty, period.minutes.lowerBound > -1_000_000_000, period.minutes.upperBound < 1_000_000_000
            else { throw .estimate(source, .pointsOutOfOrder) }
            try Self.check(period.lost, source)
        }
    }

    private func checkCorrelations() throws(UncertaintyError) {
        var seen: Set<UncertaintySource> = []
        for (index, group) in correlations.enumerated() {
            for member in group.members {
                guard exists(member), seen.insert(member).inserted else { throw .correlation(group: index) }
            }
            switch group.strength {
            case .common(let rank):
                guard (0...1).contains(rank) else { throw .correlation(group: index) }
            case .matrix(let ranks):
                let size = group.members.count
                guard ranks.count == size * size else { throw .correlation(group: index) }
                for row in 0..<size {
                    for column in 0...row {
                        let rank = ranks[row * size + column]
                        guard rank == ranks[column * size + row], abs(rank) <= 1, row != column || rank == 1
                        else { throw .correlation(group: index) }
                    }
                }
            }
        }
    }

    private func exists(_ source: UncertaintySource) -> Bool {
        switch source {
        case .duration(let activity), .fixedCost(let activity): activities.indices.contains(activity)
        case .risk(let risk): risks.indices.contains(risk)
        case .calendarRisk(let risk, let period):
            calendarRisks.indices.contains(risk) && calendarRisks[risk].periods.indices.contains(period)
        }
    }
}

extension UncertainPlan {
    /// The plan once every response is in place: residual probabilities and effects; the prices are returned apart.
    func withResponses() -> (plan: UncertainPlan, price: Double) {
        var plan = self
        var price = 0.0
        for (index, risk) in risks.enumerated() {
            guard let response = risk.response else { continue }
            price += response.price
            plan.risks[index] = RiskEvent(probability: response.probability, effects: response.effects, cost: response.cost)
        }
        plan.calendarRisks = calendarRisks.map(\.responded)
        price += calendarRisks.reduce(0) { $0 + ($1.response?.price ?? 0) }
        return (plan, price)
    }
}
