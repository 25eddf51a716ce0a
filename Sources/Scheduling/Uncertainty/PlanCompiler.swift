/// Lays a checked plan out for simulation, step by step.
struct PlanCompiler {
    private let plan: UncertainPlan
    private let order: [Int32]
    private let position: [Int32]
    private var tables: [Float] = []
    private var sources: [CompiledPlan.Source] = []
    private var sourceNames: [UncertaintySource] = []
    private var rows: [UncertaintySource: Int32] = [:]

    /// - Throws: ``UncertaintyError``
    static func compile(_ plan: UncertainPlan, seed: UInt64, price: Double = 0) throws(UncertaintyError) -> CompiledPlan {
        try plan.validate()
        var compiler = PlanCompiler(plan, order: try TopologicalOrder.of(plan.activities.count, plan.links))
        let correlated = try compiler.correlatedDraws(seed)
        return compiler.compiled(correlated, seed: seed, price: price)
    }

    private init(_ plan: UncertainPlan, order: [Int32]) {
        self.plan = plan
        self.order = order
        var position = [Int32](repeating: 0, count: order.count)
        for (index, activity) in order.enumerated() { position[Int(activity)] = Int32(index) }
        self.position = position
    }

    private mutating func compiled(_ correlated: CorrelatedDraws, seed: UInt64, price: Double) -> CompiledPlan {
        let activities = order.map { plan.activities[Int($0)] }
        let links = linkRows()
        let durations = activities.map { Sampler($0.duration, tables: &tables) }
        let durationSources = order.map { index in
            plan.activities[Int(index)].duration.isCertain ? -1 : source(.duration(activity: Int(index)))
        }
        let costs = fixedCosts()
        let effects = effectRows()
        let risks = compiledRisks()
        let (exposures, profiles) = compiledExposures()
        let planned = activities.map { Float(min(max($0.duration.mostLikely, 0), Double(Lanes.farthest)).rounded()) }
        var plannedCost = costs.certain
        for activity in activities where !activity.fixedCost.isCertain { plannedCost += activity.fixedCost.mostLikely }
        for (activity, duration) in zip(activities, planned) { plannedCost += activity.costPerMinute * Double(duration) }
        return CompiledPlan(
            count: order.count, order: order, position: position, linkStarts: links.starts, linkPredecessors: links.predecessors,
            linkKinds: links.kinds, lags: links.lags,
            notEarlier: activities.map { Lanes.clamped(max($0.notEarlierThan ?? 0, 0)) },
            mayEndLast: mayEndLast(), durations: durations, durationSources: durationSources, planned: planned,
            costPerMinute: activities.map(\.costPerMinute), profiles: profiles, effectStarts: effects.starts,
            effects: effects.effects, risks: risks, fixedCosts: costs.uncertain, certainCost: costs.certain + price,
            plannedCost: plannedCost, overheadPerMinute: plan.overheadPerMinute, exposures: exposures, sources: sources,
            sourceNames: sourceNames, tables: tables, correlated: correlated, strata: RandomStrata(seed: seed))
    }

    /// A number that stays the same for a source whatever else the plan holds.
    static func hash(_ source: UncertaintySource) -> UInt64 {
        switch source {
        case .duration(let activity): RandomStrata.mix(UInt64(activity) << 2)
        case .fixedCost(let activity): RandomStrata.mix(UInt64(activity) << 2 | 1)
        case .risk(let risk): RandomStrata.mix(UInt64(risk) << 2 | 2)
        case .calendarRisk(let risk, let period): RandomStrata.mix(UInt64(risk) << 34 | UInt64(period) << 2 | 3)
        }
    }

    private mutating func source(_ name: UncertaintySource) -> Int32 {
        sources.append(CompiledPlan.Source(hash: Self.hash(name), row: rows[name] ?? -1))
        sourceNames.append(name)
        return Int32(sources.count - 1)
    }

    private mutating func correlatedDraws(_ seed: UInt64) throws(UncertaintyError) -> CorrelatedDraws {
        var groups: [CorrelatedDraws.Group] = []
        for (index, group) in plan.correlations.enumerated() where !group.members.isEmpty {
            guard let mixing = CorrelatedDraws.Mixing(group.strength, members: group.members.count)
            else { throw .correlationNotPositiveDefinite(group: index) }
            for member in group.members { rows[member] = Int32(rows.count) }
            groups.append(
                CorrelatedDraws.Group(
                    sources: group.members.map(Self.hash), mixing: mixing,
                    factorSource: RandomStrata.mix(1 << 63 | UInt64(index))))
        }
        return CorrelatedDraws(groups: groups, strata: RandomStrata(seed: seed))
    }

    private func linkRows() -> (starts: [Int32], predecessors: [Int32], kinds: [UInt8], lags: [Float]) {
        let rows = Self.rows(plan.links.map { Int(position[$0.successor]) }, count: order.count)
        let links = rows.order.map { plan.links[$0] }
        return (
            rows.starts, links.map { position[$0.predecessor] }, links.map { $0.kind.rawValue },
            links.map { Lanes.clamped($0.lag) }
        )
    }

    private func mayEndLast() -> [Bool] {
        var result = [Bool](repeating: true, count: order.count)
        for link in plan.links where link.kind.fromFinish && link.lag >= 0 { result[Int(position[link.predecessor])] = false }
        return result
    }

    /// Items grouped by key 0..<count, keeping their order within a key.
    private static func rows(_ keys: [Int], count: Int) -> (starts: [Int32], order: [Int]) {
        var starts = [Int32](repeating: 0, count: count + 1)
        for key in keys { starts[key + 1] += 1 }
        for key in 0..<count { starts[key + 1] += starts[key] }
        var order = [Int](repeating: 0, count: keys.count)
        var next = starts
        for (item, key) in keys.enumerated() {
            order[Int(next[key])] = item
            next[key] += 1
        }
        return (starts, order)
    }

    private mutating func fixedCosts() -> (uncertain: [CompiledPlan.FixedCost], certain: Double) {
        var uncertain: [CompiledPlan.FixedCost] = []
        var certain = 0.0
        for (index, activity) in plan.activities.enumerated() {
            if activity.fixedCost.isCertain {
                certain += activity.fixedCost.quantile(0.5)
            } else {
                let sampler = Sampler(activity.fixedCost, tables: &tables)
                let name = UncertaintySource.fixedCost(activity: index)
                uncertain.append(
                    CompiledPlan.FixedCost(
                        position: position[index], source: source(name), sampler: sampler,
                        planned: Float(activity.fixedCost.mostLikely)))
            }
        }
        return (uncertain, certain)
    }

    /// Factors before additions within an activity, so that their order in the plan does not matter.
    private mutating func effectRows() -> (starts: [Int32], effects: [CompiledPlan.Effect]) {
        var keys: [Int] = []
        var effects: [CompiledPlan.Effect] = []
        for kind in [RiskEffect.Kind.multiply, .add] {
            for (index, risk) in plan.risks.enumerated() {
                for effect in risk.effects where effect.kind == kind {
                    keys.append(Int(position[effect.activity]))
                    let sampler = Sampler(effect.size, tables: &tables)
                    effects.append(CompiledPlan.Effect(risk: Int32(index), multiplies: kind == .multiply, sampler: sampler))
                }
            }
        }
        let rows = Self.rows(keys, count: order.count)
        return (rows.starts, rows.order.map { effects[$0] })
    }

    private mutating func compiledRisks() -> [CompiledPlan.Risk] {
        plan.risks.enumerated().map { index, risk in
            CompiledPlan.Risk(
                source: source(.risk(index)), probability: Float(risk.probability), cost: Sampler(risk.cost, tables: &tables),
                hasCost: risk.cost != .fixed(0),
                isPlainEvent: risk.cost.isCertain && risk.effects.allSatisfy { $0.size.isCertain },
                position: risk.effects.first.map { position[$0.activity] } ?? -1)
        }
    }

    /// One exposure for each set of calendar risks that some activity feels.
    private mutating func compiledExposures() -> (exposures: [CalendarExposure], profiles: [Int32]) {
        guard !plan.calendarRisks.isEmpty else { return ([], [Int32](repeating: -1, count: order.count)) }
        var felt = [[Int]](repeating: [], count: order.count)
        var periodSources: [[Int32]] = []
        for (index, risk) in plan.calendarRisks.enumerated() {
            for activity in risk.activities.map({ Set($0).sorted() }) ?? Array(0..<order.count) { felt[activity].append(index) }
            periodSources.append(risk.periods.indices.map { source(.calendarRisk(index, period: $0)) })
        }
        var known: [[Int]: Int32] = [:]
        var exposures: [CalendarExposure] = []
        var profiles = [Int32](repeating: -1, count: order.count)
        for (activity, risks) in felt.enumerated() where !risks.isEmpty {
            if known[risks] == nil {
                known[risks] = Int32(exposures.count)
                exposures.append(exposure(risks, periodSources, firstStretch: exposures.reduce(0) { $0 + $1.stretches }))
            }
            profiles[Int(position[activity])] = known[risks] ?? -1
        }
        return (exposures, profiles)
    }

    private mutating func exposure(_ risks: [Int], _ periodSources: [[Int32]], firstStretch: Int) -> CalendarExposure {
        var bounds: Set<Int> = []
        for risk in risks {
            for period in plan.calendarRisks[risk].periods {
                bounds.formUnion([period.minutes.lowerBound, period.minutes.upperBound])
            }
        }
        let ends = bounds.sorted()
        var starts: [Int32] = [0]
        var losses: [CalendarExposure.Loss] = []
        for start in ends.dropLast() {
            for risk in risks {
                for (number, period) in plan.calendarRisks[risk].periods.enumerated() where period.minutes.contains(start) {
                    losses.append(
                        CalendarExposure.Loss(
                            source: periodSources[risk][number], probability: Float(period.probability),
                            sampler: Sampler(period.lost, tables: &tables), share: 1 / Float(period.minutes.count)))
                }
            }
            starts.append(Int32(losses.count))
        }
        return CalendarExposure(bounds: ends.map { Float($0) }, lossStarts: starts, losses: losses, firstStretch: firstStretch)
    }
}
