import Measures
import PlanModel
import ProcessMining

/// What is asked of a simulation: the process as it is, and what shall be different.
public struct ProcessQuestion: Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        case drop, merge, automate, instant, parallel, scale

        public var label: Label {
            switch self {
            case .drop: Label("取消环节", "Drop the step")
            case .merge: Label("与下一环节合并", "Merge with the next step")
            case .automate: Label("改为自动", "Automate it")
            case .instant: Label("改为自动，不再等待", "Automate it, waiting for nothing")
            case .parallel: Label("与下一环节并行", "In parallel with the next")
            case .scale: Label("用时变为几倍", "Times as long")
            }
        }
    }

    public struct Alteration: Sendable, Hashable {
        public let kind: Kind
        public let step: RecordID
        /// Seconds when automated, the factor of work when merged or scaled.
        public let value: Double?

        public init(_ kind: Kind, _ step: RecordID, value: Double? = nil) {
            self.kind = kind
            self.step = step
            self.value = value
        }
    }

    /// Another drawn process to compare with; the same one, altered, if nil.
    public var toBe: RecordID?
    public var alterations: [Alteration] = []
    /// People of the to-be process by name of the role.
    public var staff: [String: Int] = [:]
    /// Cases a week; as the log has it if nil.
    public var perWeek: Double?
    /// Of every role, in the plan's currency; what the plan's people cost if nil.
    public var costPerHour: Double?

    public init() {}
}

/// A process and what becomes of it, run side by side.
public struct ProcessSimulation: Sendable {
    public struct Side: Sendable {
        public let drawn: PlanProcess
        public let model: SimulationModel
        /// Where the times of each step come from, by node.
        public let bases: [Int: StepBasis]
        public let outcome: Simulation.Outcome
    }

    /// Where the time of a step comes from.
    public enum StepBasis: String, Sendable, CaseIterable {
        case log, typed, assumed

        public var label: Label {
            switch self {
            case .log: Label("日志", "log")
            case .typed: Label("填写", "typed")
            case .assumed: Label("未知，按不用时间计", "unknown, taken as no time")
            }
        }
    }

    public let asIs: Side
    /// Nil where nothing is asked to be different.
    public let toBe: Side?
    public let difference: Simulation.Difference?
    /// Roles of both by name, in the order of `difference.utilisation`.
    public let sharedRoles: [String]
    /// What an hour of each role of both costs, by name.
    public let rates: [String: HourlyRate]
    /// Mean cycle time that the log shows for the process as it is, seconds; nil without a log.
    public let seen: Double?
    /// Mean wait before the steps that cases of the log begin with, as it is simulated, seconds. A log that begins with work cannot show it.
    public var unseenWait: Double {
        guard seen != nil else { return 0 }
        let process = asIs.drawn.model
        var (begins, open, reached) = ([Int](), process.entries, Set(process.entries))
        while let node = open.popLast() {
            guard process.nodes[node].kind != .activity else {
                begins.append(node)
                continue
            }
            open += process.outgoing[node].map { process.flows[$0].to }.filter { reached.insert($0).inserted }
        }
        let visits = asIs.model.visits
        let waits = begins.compactMap { node in asIs.outcome.waitingAt[node].map { (wait: $0.mean, weight: visits[node]) } }
        let weight = waits.reduce(0) { $0 + $1.weight }
        return weight > 0 ? waits.reduce(0) { $0 + $1.wait * $1.weight } / weight : 0
    }

    public struct Refusal: Error, Sendable {
        public let message: Label

        public init(_ message: Label) { self.message = message }
        init(_ zh: String, _ en: String) { message = Label(zh, en) }
        init(_ words: MiningWords) { message = Label(words.zh, words.en) }
    }

    /// - Parameter progress: told what part of all runs is done; returning false stops.
    /// - Throws: `Refusal` with what has to be put right first, or that it was stopped.
    /// - Complexity: that of two simulations of 20 runs of 1,500 cases.
    public init(
        _ facts: PlanFacts, _ process: Typed<Process>, _ question: ProcessQuestion,
        progress: @escaping @Sendable (Double) -> Bool = { _ in true }
    ) throws(Refusal) {
        guard let drawn = PlanProcess(process, in: facts.plan) else {
            throw Refusal("流程还没有画出来：至少要有两个环节。", "The process is not drawn yet: it needs at least two steps.")
        }
        let hourly = HourlyRates(
            facts.plan, hoursPerDay: Double(facts.schedule.calendars.minutesPerDay) / 60, typed: question.costPerHour)
        let source = ProcessSource(facts, drawn, rates: hourly)
        let now = try source.model(question)
        let target = try Self.target(facts, drawn, now, source, question)
        let names = Set((now.model.roles + (target?.model.roles ?? [])).map(\.name))
        rates = Dictionary(uniqueKeysWithValues: names.map { ($0, hourly.rate(of: $0)) })
        var simulation = Simulation()
        (simulation.cases, simulation.warmUp, simulation.runs) = (1500, 300, 20)
        let all = Double(simulation.runs * (target == nil ? 1 : 2))
        do throws(SimulationModel.Flaw) {
            guard let outcome = try simulation.run(now.model, progress: { progress(Double($0) / all) }) else { throw .stopped }
            asIs = Side(drawn: drawn, model: now.model, bases: now.bases, outcome: outcome)
            seen = source.seen
            guard let target else {
                (toBe, difference, sharedRoles) = (nil, nil, [])
                return
            }
            guard let then = try simulation.run(target.model, progress: { progress(0.5 + Double($0) / all) }) else {
                throw .stopped
            }
            toBe = Side(drawn: target.drawn, model: target.model, bases: target.bases, outcome: then)
            let roles = now.model.roles.enumerated().compactMap { place, role in
                target.model.roles.firstIndex { $0.name == role.name }.map { (place, $0) }
            }
            sharedRoles = roles.map { now.model.roles[$0.0].name }
            difference = simulation.difference(outcome, then, roles: roles)
        } catch { throw Refusal(error.words) }
    }

    private typealias Target = (drawn: PlanProcess, model: SimulationModel, bases: [Int: StepBasis])

    /// The process to be with everything that is asked to be different; nil where nothing is.
    private static func target(
        _ facts: PlanFacts, _ drawn: PlanProcess, _ now: TimedProcess, _ source: ProcessSource, _ question: ProcessQuestion
    ) throws(Refusal) -> Target? {
        var target: Target = (drawn, now.model, now.bases)
        let other = question.toBe.flatMap { facts.plan.record($0, as: Process.self) }
        if let other {
            guard let next = PlanProcess(other, in: facts.plan) else {
                throw Refusal("改进后的流程还没有画出来。", "The process to be is not drawn yet.")
            }
            let timed = try source.model(
                of: next, after: now, ownLog: other.log == nil ? nil : ProcessSource.log(facts, other), question)
            target = (next, timed.model, timed.bases)
        }
        let changes = try changes(target, drawn, question)
        if other == nil && changes.isEmpty { return nil }
        do throws(ProcessChange.Flaw) { target.model = try target.model.applying(changes) } catch { throw Refusal(error.words) }
        return target
    }

    private static func changes(_ target: Target, _ asIs: PlanProcess, _ question: ProcessQuestion) throws(Refusal)
        -> [ProcessChange]
    {
        var changes: [ProcessChange] = []
        for alteration in question.alterations {
            let step = try place(of: alteration.step, in: target.drawn, asIs)
            let next = target.model.process.outgoing[step].first.map { target.model.process.flows[$0].to } ?? step
            switch alteration.kind {
            case .drop: changes.append(.drop(step))
            case .merge: changes.append(.merge(step, next, factor: alteration.value ?? 0.8))
            case .automate: changes.append(.automate(step, seconds: alteration.value ?? 5))
            case .instant: changes.append(.automate(step, seconds: alteration.value ?? 5, keepsDelay: false))
            case .parallel: changes.append(.parallel([step, next]))
            case .scale: changes.append(.scale(step, factor: alteration.value ?? 0.8))
            }
        }
        for (name, people) in question.staff.sorted(by: { $0.key < $1.key }) {
            guard let role = target.model.roles.firstIndex(where: { $0.name == name }) else {
                let known = target.model.roles.map(\.name)
                throw Refusal(
                    "没有角色「\(name)」；有：\(known.joined(separator: "、"))。",
                    "There is no role “\(name)”; there are: \(known.joined(separator: ", ")).")
            }
            if people != target.model.roles[role].capacity { changes.append(.staff(role: role, capacity: people)) }
        }
        return changes
    }

    /// The node of a step; that of a step of the process as it is, where the process to be has the same activity.
    private static func place(of id: RecordID, in target: PlanProcess, _ asIs: PlanProcess) throws(Refusal) -> Int {
        if let own = target.steps.firstIndex(where: { $0.id == id }) { return own }
        if let known = asIs.steps.firstIndex(where: { $0.id == id }), let name = asIs.activityNames[known],
            let same = target.steps.indices.first(where: { target.activityNames[$0] == name })
        {
            return same
        }
        throw Refusal(
            "要改动的环节 \(id.short) 不在流程 \(target.process.id.short) 里。",
            "Step \(id.short), which is to change, is not in the process \(target.process.id.short).")
    }
}
