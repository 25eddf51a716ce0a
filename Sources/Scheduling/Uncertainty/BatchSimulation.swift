/// What one batch of runs came to.
struct BatchOutcome: Sendable {
    let runs: Int
    /// Per run.
    var finish: [Float]
    var cost: [Double]
    /// Milestone × run, and checkpoint × run.
    var milestones: [Float]
    var overruns: [Float]
    /// Per position: runs in which the activity was critical, and centred sums for its correlation with the finish.
    var critical: [Int32]
    var moments: [DurationMoments]
    /// The runs that entered `moments`: all those of full blocks.
    var momentRuns: Int
    var finishSum = 0.0
    var finishSquares = 0.0
}

/// Σx, Σx², Σxy with x = duration − planned duration, y = finish − planned finish.
struct DurationMoments: Sendable {
    var x = 0.0
    var xx = 0.0
    var xy = 0.0
}

/// Simulates batches of a compiled plan. One value serves all threads; each brings its own workspace.
struct BatchSimulation: Sendable {
    let plan: CompiledPlan
    /// Positions of the milestones.
    let milestones: [Int]
    /// Ascending, working minutes.
    let checkpoints: [Float]
    let wantsSensitivity: Bool
    let plannedFinish: Float
    let hasCosts: Bool

    func makeWorkspace() -> Workspace {
        Workspace(
            positions: plan.count, risks: plan.risks.count, stretches: plan.exposures.reduce(0) { $0 + $1.stretches },
            checkpoints: checkpoints.count + 1)
    }

    func simulate(batch: Int, runs: Int, in workspace: borrowing Workspace) -> BatchOutcome {
        let correlated = plan.correlated.draws(batch: batch)
        var outcome = BatchOutcome(
            runs: runs, finish: [Float](repeating: 0, count: runs), cost: [Double](repeating: 0, count: hasCosts ? runs : 0),
            milestones: [Float](repeating: 0, count: milestones.count * runs),
            overruns: [Float](repeating: 0, count: checkpoints.isEmpty ? 0 : (checkpoints.count + 1) * runs),
            critical: [Int32](repeating: 0, count: wantsSensitivity ? plan.count : 0),
            moments: [DurationMoments](repeating: DurationMoments(), count: wantsSensitivity ? plan.count : 0), momentRuns: 0)
        correlated.withUnsafeBufferPointer { correlated in
            plan.tables.withUnsafeBufferPointer { tables in
                for block in 0..<(runs + Lanes.count - 1) / Lanes.count {
                    let run = BlockRun(
                        simulation: self, batch: batch, firstRun: block * Lanes.count, correlated: correlated, tables: tables)
                    run.forward(workspace)
                    collect(from: block * Lanes.count, workspace, &outcome)
                }
            }
        }
        return outcome
    }

    private func collect(from first: Int, _ workspace: borrowing Workspace, _ outcome: inout BatchOutcome) {
        let valid = min(Lanes.count, outcome.runs - first)
        for lane in 0..<valid { outcome.finish[first + lane] = workspace.projectFinish[lane] }
        if hasCosts { for lane in 0..<valid { outcome.cost[first + lane] = workspace.cost[lane] } }
        for (row, position) in milestones.enumerated() {
            for lane in 0..<valid {
                outcome.milestones[row * outcome.runs + first + lane] = workspace.finish[position * Lanes.count + lane]
            }
        }
        if !checkpoints.isEmpty {
            for row in 0...checkpoints.count {
                for lane in 0..<valid {
                    outcome.overruns[row * outcome.runs + first + lane] = workspace.overrun[row * Lanes.count + lane]
                }
            }
        }
        if wantsSensitivity { trace(workspace, valid: valid, &outcome) }
    }

    /// Which activities were critical: from the last to finish back along the links that decided each start.
    private func trace(_ workspace: borrowing Workspace, valid: Int, _ outcome: inout BatchOutcome) {
        // A lane that is not a run ends at no activity's finish, so nothing is critical in it.
        for lane in valid..<Lanes.count { workspace.projectFinish[lane] = .nan }
        (workspace.critical).update(repeating: 0, count: plan.count * Lanes.count)
        let takesMoments = valid == Lanes.count
        if takesMoments {
            outcome.momentRuns += valid
            for lane in 0..<valid {
                let deviation = Double(workspace.projectFinish[lane] - plannedFinish)
                outcome.finishSum += deviation
                outcome.finishSquares += deviation * deviation
            }
        }
        for position in stride(from: plan.count - 1, through: 0, by: -1) {
            let marks = workspace.critical + position * Lanes.count
            let finish = workspace.finish + position * Lanes.count
            if plan.mayEndLast[position] {
                for lane in 0..<Lanes.count { marks[lane] |= finish[lane] == workspace.projectFinish[lane] ? 1 : 0 }
            }
            var sum: Int32 = 0
            for lane in 0..<Lanes.count { sum &+= marks[lane] }
            if sum > 0 {
                outcome.critical[position] += sum
                markDrivers(of: position, workspace, marks)
            }
            if takesMoments && varies(position) { addMoments(position, workspace, &outcome.moments[position]) }
        }
    }

    @inline(__always)
    private func varies(_ position: Int) -> Bool {
        plan.durationSources[position] >= 0 || plan.effectStarts[position] < plan.effectStarts[position + 1]
            || plan.profiles[position] >= 0
    }

    @inline(__always)
    private func markDrivers(of position: Int, _ workspace: borrowing Workspace, _ marks: UnsafeMutablePointer<Int32>) {
        let start = workspace.start + position * Lanes.count
        let finish = workspace.finish + position * Lanes.count
        for link in Int(plan.linkStarts[position])..<Int(plan.linkStarts[position + 1]) {
            let row = Int(plan.linkPredecessors[link]) * Lanes.count
            let target = workspace.critical + row
            let lag = plan.lags[link]
            switch plan.linkKinds[link] {
            case 0: Lanes.mark(target, where: workspace.finish + row, plus: lag, is: start, from: marks)
            case 1: Lanes.mark(target, where: workspace.start + row, plus: lag, is: start, from: marks)
            case 2: Lanes.mark(target, where: workspace.finish + row, plus: lag, is: finish, from: marks)
            default: Lanes.mark(target, where: workspace.start + row, plus: lag, is: finish, from: marks)
            }
        }
    }

    @inline(__always)
    private func addMoments(_ position: Int, _ workspace: borrowing Workspace, _ moments: inout DurationMoments) {
        let start = workspace.start + position * Lanes.count
        let finish = workspace.finish + position * Lanes.count
        let planned = SIMD8<Float>(repeating: plan.planned[position])
        let plannedEnd = SIMD8<Float>(repeating: plannedFinish)
        var (sum, squares, products) = (SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD8<Float>.zero)
        for index in 0..<Lanes.count / 8 {
            let x = Lanes.vector(finish, index) - Lanes.vector(start, index) - planned
            let y = Lanes.vector(workspace.projectFinish, index) - plannedEnd
            sum += x
            squares += x * x
            products += x * y
        }
        moments.x += Double(sum.sum())
        moments.xx += Double(squares.sum())
        moments.xy += Double(products.sum())
    }
}
