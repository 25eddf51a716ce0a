import PlanInsight
import PlanModel
import PlanStore
import ProcessMining

/// Draws processes from event logs.
struct ProcessWriter {
    let site: Site
    let facts: PlanFacts

    /// Adds a process as the log shows it, with steps, gateways and shares, in one change.
    ///
    /// - Parameters:
    ///   - threshold: ways rarer than this part of the most frequent are left out, 0…1; as the miner has it if nil.
    ///   - language: of the names of gateways.
    func draw(_ mined: ProcessFacts, base: Int, threshold: Double? = nil, _ language: Language) throws -> RecordID {
        let model = (threshold.map { InductiveMiner(threshold: $0) } ?? InductiveMiner()).discover(mined.log).model(of: mined.log)
        let times = Dictionary(
            mined.activities.map { (mined.log.activities[$0.activity], $0) }, uniquingKeysWith: { first, _ in first })
        var editor = PlanEditor(facts.plan)
        let source = mined.process
        let process = editor.add(Process.self) { made in
            let name = source.title ?? source.id.short
            made.title = language == .chinese ? "\(name)（日志）" : "\(name) (from the log)"
            made.area = source.area
            made.kind = .asIs
            made.owner = source.owner
            made.log = source.log
        }
        let steps = model.nodes.map { node in
            editor.add(Step.self) { step in
                step.process = process
                step.title = Self.title(node)[language]
                step.kind = Self.kind(node.kind)
                step.actor = node.lane
                if node.kind == .activity { step.activity = node.name }
                guard let time = times[node.name] else { return }
                step.minutes = (time.service.mean / 6).rounded() / 10
                step.waiting = (time.waiting.mean / 6).rounded() / 10
            }
        }
        for (node, step) in steps.enumerated() {
            let flows = model.outgoing[node].map { model.flows[$0] }
            if !flows.isEmpty { editor.update(step, as: Step.self) { $0.next = flows.map { steps[$0.to] } } }
            for flow in flows {
                if let share = flow.share {
                    editor.update(steps[flow.to], as: Step.self) { $0.share = (share * 1000).rounded() / 1000 }
                }
            }
        }
        try site.store.commit(editor.change(by: site.author, at: site.clock().now, base: base))
        return process
    }

    private static func title(_ node: ProcessModel.Node) -> Label {
        switch node.kind {
        case .start: Label("开始", "Start")
        case .end: Label("结束", "End")
        case .exclusive: Label("分支", "Choice")
        case .parallel: Label("并行", "In parallel")
        case .activity: Label(node.name, node.name)
        }
    }

    private static func kind(_ kind: ProcessModel.Kind) -> StepKind {
        switch kind {
        case .start: .start
        case .activity: .task
        case .exclusive: .decision
        case .parallel: .parallel
        case .end: .end
        }
    }
}
