import PlanInsight
import PlanModel
import PlanStore
import ProcessMining

/// Keeps event logs, and draws processes from them.
struct ProcessWriter {
    let site: Site
    let facts: PlanFacts

    static let largestLog = 64 << 20

    /// Checks that the file can be read, keeps it and names it in the process.
    ///
    /// - Parameters:
    ///   - base: the plan's revision its author had before them.
    ///   - filesBase: the same of the files; `nil` takes what is there.
    /// - Throws: `BadRequest` that says what is wrong with the file; nothing is kept then.
    func keep(_ bytes: [UInt8], _ name: String, of process: Typed<Process>, base: Int, filesBase: Int?) throws {
        try Self.check(bytes, name)
        try site.store.put(bytes, file: name, by: site.author, at: site.clock().now, base: filesBase)
        guard process.log != name else { return }
        _ = try RecordWriter(site: site, plan: facts.plan).update(process.id, base: base) {
            $0.key == "log" ? .some(.text(name)) : nil
        }
    }

    static func check(_ bytes: [UInt8], _ name: String) throws {
        guard WorkspaceFiles.isName(name) else {
            let error = StoreError.fileName(name)
            throw BadRequest(message: error.message, remedy: Label("改名后再上传。", "Rename it and upload again."))
        }
        do throws(LogReadingError) {
            var reader = LogReader(options: ProcessFacts.options(zoneMinutes: ProcessFacts.zoneMinutes))
            try reader.read(bytes)
            _ = try reader.finish()
        } catch {
            throw BadRequest(
                message: Label(error.words.zh, error.words.en), remedy: Label("改正后再上传。", "Put it right and upload again."))
        }
    }

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
