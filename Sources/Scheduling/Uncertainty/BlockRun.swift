/// The forward pass of one block of runs, side by side in lanes.
struct BlockRun {
    let simulation: BatchSimulation
    let batch: Int
    /// Number of the block's first run within the batch.
    let firstRun: Int
    let correlated: UnsafeBufferPointer<Int32>
    let tables: UnsafeBufferPointer<Float>

    private var plan: CompiledPlan { @inline(__always) _read { yield simulation.plan } }

    /// Draws everything and leaves starts, finishes, the project's finish and cost in the workspace.
    func forward(_ workspace: borrowing Workspace) {
        guard let tables = tables.baseAddress ?? UnsafePointer(bitPattern: 4) else { return }
        drawRisks(workspace)
        drawCalendar(workspace, tables)
        Lanes.set(workspace.projectFinish, 0)
        for lane in 0..<Lanes.count { workspace.cost[lane] = plan.certainCost }
        for position in 0..<plan.count {
            drawDuration(position, workspace, tables)
            place(position, workspace)
            if plan.mayEndLast[position] {
                Lanes.raise(workspace.projectFinish, to: workspace.finish + position * Lanes.count, plus: 0)
            }
            if plan.costPerMinute[position] != 0 { addDurationCost(position, workspace) }
        }
        if simulation.hasCosts { addCosts(workspace, tables) }
    }

    @inline(__always)
    private func addDurationCost(_ position: Int, _ workspace: borrowing Workspace) {
        let (start, finish) = (workspace.start + position * Lanes.count, workspace.finish + position * Lanes.count)
        let rate = plan.costPerMinute[position]
        for lane in 0..<Lanes.count { workspace.cost[lane] += Double(finish[lane] - start[lane]) * rate }
    }

    /// The draws of a source for this block.
    @inline(__always)
    private func draws(_ source: Int32, _ workspace: borrowing Workspace) -> UnsafePointer<Int32> {
        let source = plan.sources[Int(source)]
        if source.row >= 0, let base = correlated.baseAddress {
            return base + Int(source.row) * RandomStrata.batchSize + firstRun
        }
        plan.strata.key(source: source.hash, batch: batch).fill(workspace.draws, from: firstRun, count: Lanes.count)
        return UnsafePointer(workspace.draws)
    }

    /// An event happens in the upper part of its draw; how far up decides how hard it strikes.
    private func drawRisks(_ workspace: borrowing Workspace) {
        for (index, risk) in plan.risks.enumerated() {
            let draws = draws(risk.source, workspace)
            split(draws, risk.probability, workspace.happens + index * Lanes.count, workspace.severity + index * Lanes.count)
        }
    }

    @inline(__always)
    private func split(
        _ draws: UnsafePointer<Int32>, _ probability: Float, _ happens: Lanes.Floats, _ severity: UnsafeMutablePointer<Int32>
    ) {
        let spared = 1 - probability
        let scale = probability > 0 ? 0x1p23 / probability : 0
        for lane in 0..<Lanes.count {
            let u = Lanes.probability(draws[lane])
            happens[lane] = u > spared ? 1 : 0
            let within = min(max((u - spared) * scale, 0), 8_388_607)
            severity[lane] = Int32(within)
        }
    }

    private func drawCalendar(_ workspace: borrowing Workspace, _ tables: UnsafePointer<Float>) {
        for exposure in plan.exposures {
            for stretch in 0..<exposure.stretches {
                let speed = workspace.speed + (exposure.firstStretch + stretch) * Lanes.count
                Lanes.set(speed, 1)
                for index in Int(exposure.lossStarts[stretch])..<Int(exposure.lossStarts[stretch + 1]) {
                    let loss = exposure.losses[index]
                    // `duration` and `draws` are free here: durations are drawn afterwards.
                    split(draws(loss.source, workspace), loss.probability, workspace.duration, workspace.draws)
                    loss.sampler.fill(workspace.value, from: workspace.draws, tables: tables)
                    for lane in 0..<Lanes.count {
                        let left = speed[lane] - workspace.duration[lane] * workspace.value[lane] * loss.share
                        speed[lane] = min(max(left, 0), 1)
                    }
                }
            }
        }
    }

    @inline(__always)
    private func drawDuration(_ position: Int, _ workspace: borrowing Workspace, _ tables: UnsafePointer<Float>) {
        let source = plan.durationSources[position]
        if source >= 0 {
            plan.durations[position].fill(workspace.duration, from: draws(source, workspace), tables: tables)
        } else {
            Lanes.set(workspace.duration, plan.durations[position].a)
        }
        for index in Int(plan.effectStarts[position])..<Int(plan.effectStarts[position + 1]) {
            apply(plan.effects[index], workspace, tables)
        }
        Lanes.roundToMinutes(workspace.duration)
    }

    private func apply(_ effect: CompiledPlan.Effect, _ workspace: borrowing Workspace, _ tables: UnsafePointer<Float>) {
        let happens = workspace.happens + Int(effect.risk) * Lanes.count
        effect.sampler.fill(workspace.value, from: workspace.severity + Int(effect.risk) * Lanes.count, tables: tables)
        if effect.multiplies {
            for lane in 0..<Lanes.count { workspace.duration[lane] *= 1 + happens[lane] * (workspace.value[lane] - 1) }
        } else {
            for lane in 0..<Lanes.count { workspace.duration[lane] += happens[lane] * workspace.value[lane] }
        }
    }

    /// Start and finish of one activity from those of its predecessors.
    @inline(__always)
    private func place(_ position: Int, _ workspace: borrowing Workspace) {
        let start = workspace.start + position * Lanes.count
        let finish = workspace.finish + position * Lanes.count
        Lanes.set(start, plan.notEarlier[position])
        let links = Int(plan.linkStarts[position])..<Int(plan.linkStarts[position + 1])
        if plan.profiles[position] >= 0 {
            placeExposed(position, links, workspace)
            return
        }
        for link in links {
            let row = Int(plan.linkPredecessors[link]) * Lanes.count
            let lag = plan.lags[link]
            switch plan.linkKinds[link] {
            case 0: Lanes.raise(start, to: workspace.finish + row, plus: lag)
            case 1: Lanes.raise(start, to: workspace.start + row, plus: lag)
            case 2: Lanes.raise(start, to: workspace.finish + row, plus: lag, minus: workspace.duration)
            default: Lanes.raise(start, to: workspace.start + row, plus: lag, minus: workspace.duration)
            }
        }
        Lanes.add(finish, start, workspace.duration)
    }

    /// The same for an activity whose work slows down while time is lost. A link that holds the finish moves the start along.
    private func placeExposed(_ position: Int, _ links: Range<Int>, _ workspace: borrowing Workspace) {
        let start = workspace.start + position * Lanes.count
        let finish = workspace.finish + position * Lanes.count
        Lanes.set(finish, 0)
        for link in links {
            let row = Int(plan.linkPredecessors[link]) * Lanes.count
            let lag = plan.lags[link]
            switch plan.linkKinds[link] {
            case 0: Lanes.raise(start, to: workspace.finish + row, plus: lag)
            case 1: Lanes.raise(start, to: workspace.start + row, plus: lag)
            case 2: Lanes.raise(finish, to: workspace.finish + row, plus: lag)
            default: Lanes.raise(finish, to: workspace.start + row, plus: lag)
            }
        }
        let exposure = plan.exposures[Int(plan.profiles[position])]
        let speed = workspace.speed + exposure.firstStretch * Lanes.count
        for lane in 0..<Lanes.count {
            let end = exposure.finish(of: workspace.duration[lane], from: start[lane], speed: speed + lane)
            let lift = max(finish[lane] - end, 0)
            start[lane] += lift
            finish[lane] = end + lift
        }
    }

    private func addCosts(_ workspace: borrowing Workspace, _ tables: UnsafePointer<Float>) {
        let tracksOverrun = !simulation.checkpoints.isEmpty
        if tracksOverrun { countDurationOverruns(workspace) }
        for cost in plan.fixedCosts {
            cost.sampler.fill(workspace.value, from: draws(cost.source, workspace), tables: tables)
            for lane in 0..<Lanes.count { workspace.cost[lane] += Double(workspace.value[lane]) }
            if tracksOverrun {
                for lane in 0..<Lanes.count { workspace.value[lane] -= cost.planned }
                count(workspace.value, at: workspace.finish + Int(cost.position) * Lanes.count, workspace)
            }
        }
        for (index, risk) in plan.risks.enumerated() where risk.hasCost {
            risk.cost.fill(workspace.value, from: workspace.severity + index * Lanes.count, tables: tables)
            for lane in 0..<Lanes.count {
                workspace.value[lane] *= workspace.happens[index * Lanes.count + lane]
                workspace.cost[lane] += Double(workspace.value[lane])
            }
            if tracksOverrun {
                let time = risk.position >= 0 ? workspace.finish + Int(risk.position) * Lanes.count : workspace.projectFinish
                count(workspace.value, at: time, workspace)
            }
        }
        let overhead = plan.overheadPerMinute
        guard overhead != 0 else { return }
        for lane in 0..<Lanes.count {
            workspace.cost[lane] += Double(workspace.projectFinish[lane]) * overhead
            workspace.value[lane] = (workspace.projectFinish[lane] - simulation.plannedFinish) * Float(overhead)
        }
        if tracksOverrun { count(workspace.value, at: workspace.projectFinish, workspace) }
    }

    private func countDurationOverruns(_ workspace: borrowing Workspace) {
        (workspace.overrun).update(repeating: 0, count: (simulation.checkpoints.count + 1) * Lanes.count)
        for position in 0..<plan.count where plan.costPerMinute[position] != 0 {
            let (start, finish) = (workspace.start + position * Lanes.count, workspace.finish + position * Lanes.count)
            let rate = Float(plan.costPerMinute[position])
            for lane in 0..<Lanes.count {
                workspace.value[lane] = (finish[lane] - start[lane] - plan.planned[position]) * rate
            }
            count(workspace.value, at: finish, workspace)
        }
    }

    /// Adds amounts at the first checkpoint that is not before their time.
    private func count(_ amounts: Lanes.Floats, at times: Lanes.Floats, _ workspace: borrowing Workspace) {
        let checkpoints = simulation.checkpoints
        for lane in 0..<Lanes.count where amounts[lane] != 0 {
            var (low, high) = (0, checkpoints.count)
            while low < high {
                let middle = (low + high) / 2
                if checkpoints[middle] < times[lane] { low = middle + 1 } else { high = middle }
            }
            workspace.overrun[low * Lanes.count + lane] += amounts[lane]
        }
    }
}

extension CalendarExposure {
    /// When work that takes `work` minutes at full speed ends, if it begins at `start`; whole minutes.
    /// - Parameter speed: of the first stretch, in this lane; the next stretch is `Lanes.count` further.
    @inline(__always)
    func finish(of work: Float, from start: Float, speed: UnsafePointer<Float>) -> Float {
        var time = start
        var left = work
        if left <= 0 || bounds.isEmpty || time >= bounds[bounds.count - 1] { return time + left }
        if time < bounds[0] {
            if left <= bounds[0] - time { return time + left }
            left -= bounds[0] - time
            time = bounds[0]
        }
        for stretch in 0..<stretches where time < bounds[stretch + 1] {
            let pace = speed[stretch * Lanes.count]
            let capacity = (bounds[stretch + 1] - time) * pace
            if left <= capacity { return (time + left / pace).rounded() }
            left -= capacity
            time = bounds[stretch + 1]
        }
        return (time + left).rounded()
    }
}
