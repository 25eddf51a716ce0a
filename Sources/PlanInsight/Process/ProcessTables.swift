import PlanModel
import ProcessMining

/// The tables of processes in a document: what a log shows to be done over, and what the process to be is expected to bring.
extension ComputedTable {
    /// Work that cases came back to, most first; how often work changes hands is its note.
    @Sendable static func rework(_ facts: PlanFacts) -> ComputedTable {
        let mined = facts.drawnLog
        let cases = Double(max(mined?.statistics.cases ?? 1, 1))
        let counts = (mined?.statistics.reworkCases ?? []).enumerated().filter { $0.element > 0 }.sorted {
            ($1.element, $0.offset) < ($0.element, $1.offset)
        }
        return ComputedTable(
            Label("返工最多的活动", "Activities most often done over"),
            [
                Column("活动", "Activity"), Column("次数", "Count", isNumeric: true),
                Column("做过两次以上的案例", "Cases in which it occurs twice or more", isNumeric: true),
                Column("占全部案例", "Of all cases", isNumeric: true),
            ],
            rows: counts.prefix(6).compactMap { activity, count in
                mined.map { mined in
                    [
                        mined.log.activities[activity], DisplayText.number(Double(mined.statistics.activityCounts[activity])),
                        DisplayText.number(Double(count)), DisplayText.percent(Double(count) / cases),
                    ].map(same)
                }
            }, note: mined.flatMap(handOvers))
    }

    /// How much of the work goes to somebody else, and between whom most; `nil` where the log names nobody.
    private static func handOvers(_ mined: ProcessFacts) -> Label? {
        guard let most = mined.handOvers.first(where: { $0.from != $0.to }) else { return nil }
        let share = DisplayText.percent(HandOver.share(mined.handOvers))
        let (from, to) = (mined.log.resources[most.from], mined.log.resources[most.to])
        let count = DisplayText.number(Double(most.count))
        return Label(
            "前后两步之间有 \(share) 换了人，最多的是从「\(from)」交给「\(to)」：\(count) 次，平均等待 \(DisplayText.span(most.waiting.mean, .chinese))。",
            "\(share) of steps go to somebody else, most often from “\(from)” to “\(to)”: \(count) times, with a mean wait of \(DisplayText.span(most.waiting.mean, .english))."
        )
    }

    /// The process as it is against the one that replaces it, by simulation; empty where it does not run.
    @Sendable static func simulated(_ facts: PlanFacts) -> ComputedTable {
        let simulation = facts.replacement
        return ComputedTable(
            Label("流程仿真：现状与改进后", "Simulation: the process as is and to be"),
            [
                Column("指标", "Measure"), Column("现状", "As is", isNumeric: true), Column("改进后", "To be", isNumeric: true),
                Column("差异（95% 区间）", "Difference (95% interval)", isNumeric: true),
            ], rows: simulation?.rows(in: facts.plan.currency) ?? [],
            note: simulation.flatMap { simulation in
                simulation.words.map { Label($0.zh + simulation.basis.zh, $0.en + simulation.basis.en) }
            })
    }
}

extension PlanFacts {
    /// The log whose map is drawn: of the first process that has one.
    var drawnLog: ProcessFacts? {
        for process in loggedProcesses {
            if case .facts(let mined) = minedAsItWas(process) { return mined }
        }
        return nil
    }

    /// The first process that is replaced by another, run beside that; `nil` where there is none, or it does not run.
    var replacement: ProcessSimulation? {
        let all = plan.all(Process.self)
        guard let toBe = all.first(where: { $0.improves != nil }), let asIs = all.first(where: { $0.id == toBe.improves }) else {
            return nil
        }
        return later.replacement {
            var question = ProcessQuestion()
            question.toBe = toBe.id
            return try? ProcessSimulation(self, asIs, question)
        }
    }
}

extension ProcessSimulation {
    /// What changes on the whole, and how sure that is; nil where nothing is asked to be different.
    public var words: Label? {
        guard let change = difference?.cycleTimeChange else { return nil }
        let (low, high) = (min(abs(change.low), abs(change.high)), max(abs(change.low), abs(change.high)))
        if change.low <= 0 && change.high >= 0 {
            let ends = [change.low, change.high].map(DisplayText.percent)
            return Label(
                "看不出全程时间有变化（95% 区间 \(ends[0]) 至 \(ends[1])）。",
                "No change of the cycle time shows (95% interval \(ends[0]) to \(ends[1])).")
        }
        let isLess = change.mean < 0
        let (mean, ends) = (DisplayText.percent(abs(change.mean)), [low, high].map(DisplayText.percent))
        return Label(
            "全程时间预计\(isLess ? "缩短" : "延长") \(mean)（95% 区间 \(ends[0])–\(ends[1])）。",
            "The cycle time is expected to \(isLess ? "shrink" : "grow") by \(mean) (95% interval \(ends[0])–\(ends[1])).")
    }

    /// What the figures rest on: how much was run, and where the times of the steps come from.
    fileprivate var basis: Label {
        func steps(_ side: Side?) -> Label {
            let counts = StepBasis.allCases.compactMap { basis -> Label? in
                let count = side?.bases.values.count { $0 == basis } ?? 0
                return count > 0 ? Label("\(count) 个环节取自\(basis.label.zh)", "\(count) steps \(basis.label.en)") : nil
            }
            return Label(counts.map(\.zh).joined(separator: "、"), counts.map(\.en).joined(separator: ", "))
        }
        let (now, then) = (steps(asIs), steps(toBe))
        return Label(
            "同样的案例两边各走一遍，每侧 20 次、每次 1,500 个；用时的来源，现状\(now.zh)，改进后\(then.zh)。",
            " The same cases go through both, 20 runs of 1,500 cases each; times come from, as is: \(now.en); to be: \(then.en).")
    }

    /// Time, wait and cost of a case and cases a week, as is and to be.
    fileprivate func rows(in currency: Currency) -> [[Label]] {
        guard let then = toBe?.outcome, let difference else { return [] }
        let now = asIs.outcome
        func span(_ value: Double) -> Label {
            Label(
                (value < 0 ? "−" : "") + DisplayText.span(abs(value), .chinese),
                (value < 0 ? "−" : "") + DisplayText.span(abs(value), .english))
        }
        func amount(_ value: Double) -> Label {
            let text = (value < 0 ? "−" : "") + DisplayText.number((abs(value) * 100).rounded() / 100)
            return Label("\(text) \(currency.name(in: .chinese))", "\(text) \(currency.name(in: .english))")
        }
        func change(_ estimate: Simulation.Estimate, _ text: (Double) -> Label) -> Label {
            let (mean, low, high) = (text(estimate.mean), text(estimate.low), text(estimate.high))
            return Label("\(mean.zh)（\(low.zh) 至 \(high.zh)）", "\(mean.en) (\(low.en) to \(high.en))")
        }
        let times: [(Label, Simulation.Estimate, Simulation.Estimate, Simulation.Estimate)] = [
            (Label("全程时间，平均", "Cycle time, mean"), now.cycleTime, then.cycleTime, difference.cycleTime),
            (Label("全程时间，P90", "Cycle time, P90"), now.p90CycleTime, then.p90CycleTime, difference.p90CycleTime),
            (Label("其中等待", "Of it waiting"), now.waiting, then.waiting, difference.waiting),
        ]
        let cost = [Label("每案成本", "Cost a case"), amount(now.cost.mean), amount(then.cost.mean), change(difference.cost, amount)]
        return times.map { [$0, span($1.mean), span($2.mean), change($3, span)] }
            + (rates.values.contains { $0.basis != .unknown } ? [cost] : [])
    }
}
