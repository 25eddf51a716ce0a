/// Puts the outcomes of the batches together, always in the order of the batches.
struct ResultAssembly {
    let simulation: BatchSimulation
    let options: SimulationOptions
    let outcomes: [BatchOutcome]

    func result(_ ending: SimulationResult.Ending) -> SimulationResult {
        let plan = simulation.plan
        let finish = SampleDistribution(outcomes.flatMap { $0.finish.map(Double.init) })
        let cost = simulation.hasCosts ? SampleDistribution(outcomes.flatMap(\.cost)) : nil
        let plannedCost = plan.plannedCost + plan.overheadPerMinute * Double(simulation.plannedFinish)
        let bars =
            options.sensitivity && !outcomes.isEmpty
            ? SensitivityPass(simulation: simulation, options: options, outcomes: outcomes, finish: finish, cost: cost).bars()
            : []
        return SimulationResult(
            runs: finish.runs.count, ending: ending, finish: finish, cost: cost, milestones: milestones(),
            plannedFinish: Int(simulation.plannedFinish), plannedCost: plannedCost,
            activities: options.sensitivity ? activities(finish, bars) : [],
            tornado: bars.sorted { abs($0.finishSwing) > abs($1.finishSwing) },
            drawDown: drawDown(cost, plannedCost), precision: SimulationPrecision(batches: outcomes.map(\.finish)))
    }

    private func milestones() -> [SampleDistribution] {
        simulation.milestones.indices.map { row in
            SampleDistribution(
                outcomes.flatMap { outcome in outcome.milestones[row * outcome.runs..<(row + 1) * outcome.runs].map(Double.init) }
            )
        }
    }

    private func activities(_ finish: SampleDistribution, _ bars: [TornadoBar]) -> [ActivitySensitivity] {
        var cruciality: [Int: Double] = [:]
        for bar in bars { if case .duration(let activity) = bar.source { cruciality[activity] = bar.finishCorrelation } }
        let runs = Double(max(finish.runs.count, 1))
        let count = Double(max(outcomes.reduce(0) { $0 + $1.momentRuns }, 1))
        let y = outcomes.reduce(0.0) { $0 + $1.finishSum }
        let yy = outcomes.reduce(0.0) { $0 + $1.finishSquares } - y * y / count
        return (0..<simulation.plan.count).map { activity in
            let position = Int(simulation.plan.position[activity])
            var sums = DurationMoments()
            var critical = 0
            for outcome in outcomes {
                sums.x += outcome.moments[position].x
                sums.xx += outcome.moments[position].xx
                sums.xy += outcome.moments[position].xy
                critical += Int(outcome.critical[position])
            }
            let xx = max(sums.xx - sums.x * sums.x / count, 0)
            let xy = sums.xy - sums.x * y / count
            let deviation = (xx / max(count - 1, 1)).squareRoot()
            let criticality = Double(critical) / runs
            return ActivitySensitivity(
                criticality: criticality, cruciality: cruciality[activity] ?? 0,
                correlation: xx > 0 && yy > 0 ? min(max(xy / (xx * yy).squareRoot(), -1), 1) : 0, standardDeviation: deviation,
                sensitivityIndex: finish.standardDeviation > 0 ? criticality * deviation / finish.standardDeviation : 0)
        }
    }

    private func drawDown(_ cost: SampleDistribution?, _ plannedCost: Double) -> ReserveDrawDown? {
        guard let request = options.drawDown, let cost, !simulation.checkpoints.isEmpty else { return nil }
        let checkpoints = request.checkpoints.sorted()
        let reserve = request.reserve ?? cost.reserve(over: plannedCost, confidence: request.confidence)
        var used = [Double](repeating: 0, count: cost.runs.count)
        var total = used
        for row in 0...simulation.checkpoints.count { add(row, to: &total) }
        var exhausted = [Bool](repeating: false, count: used.count)
        let points = (0...simulation.checkpoints.count).map { row in
            add(row, to: &used)
            for run in used.indices where used[run] > reserve { exhausted[run] = true }
            let now = SampleDistribution(used)
            let toCome = SampleDistribution(zip(total, used).map { $0 - $1 })
            return ReserveDrawDown.Point(
                minutes: row < simulation.checkpoints.count ? checkpoints[row] : nil,
                used: ReserveDrawDown.usedShares.map(now.quantile), stillNeeded: max(toCome.quantile(request.confidence), 0),
                exhausted: Double(exhausted.count { $0 }) / Double(max(exhausted.count, 1)))
        }
        return ReserveDrawDown(confidence: request.confidence, reserve: reserve, points: points)
    }

    /// Adds what each run went over in the period that ends at a checkpoint.
    private func add(_ row: Int, to sums: inout [Double]) {
        var run = 0
        for outcome in outcomes {
            for amount in outcome.overruns[row * outcome.runs..<(row + 1) * outcome.runs] {
                sums[run] += Double(amount)
                run += 1
            }
        }
    }
}
