import Measures
import PlanModel
import ProcessMining

/// What is asked of a simulation: the process as it is, and what shall be different.
public struct ProcessQuestion: Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        case drop, merge, automate, parallel, scale

        public var label: Label {
            switch self {
            case .drop: Label("取消环节", "Drop the step")
            case .merge: Label("与下一环节合并", "Merge with the next step")
            case .automate: Label("改为自动", "Automate it")
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
    public var costPerHour = 0.0

    public init() {}
}

/// A process and what becomes of it, run side by side.
public struct ProcessSimulation: Sendable {
    public struct Side: Sendable {
        public let drawn: PlanProcess
        public let model: SimulationModel
        public let outcome: Simulation.Outcome
    }

    public let asIs: Side
    /// Nil where nothing is asked to be different.
    public let toBe: Side?
    public let difference: Simulation.Difference?
    /// Mean cycle time that the log shows for the process as it is, seconds; nil without a log.
    public let seen: Double?

    public struct Refusal: Error, Sendable {
        public let message: Label
    }

    /// - Throws: `Refusal` with what has to be put right first.
    /// - Complexity: that of two simulations of 20 runs of 1,500 cases.
    public init(_ facts: PlanFacts, _ process: Typed<Process>, _ question: ProcessQuestion) throws(Refusal) {
        guard let drawn = PlanProcess(process, in: facts.plan) else {
            throw Refusal(message: Label("流程还没有画出来：至少要有两个环节。", "The process is not drawn yet: it needs at least two steps."))
        }
        let log = Self.log(facts, process)
        let base = try Self.model(drawn, log, question)
        var target: (PlanProcess, SimulationModel)?
        if let other = facts.plan.all(Process.self).first(where: { $0.id == question.toBe }) {
            guard let next = PlanProcess(other, in: facts.plan) else {
                throw Refusal(message: Label("改进后的流程还没有画出来。", "The process to be is not drawn yet."))
            }
            target = (next, try Self.model(next, Self.log(facts, other) ?? log, question))
        } else if !question.alterations.isEmpty || !question.staff.isEmpty {
            target = (drawn, base)
        }
        do throws(SimulationModel.Flaw) {
            var simulation = Simulation()
            (simulation.cases, simulation.warmUp, simulation.runs) = (1500, 300, 20)
            guard let now = try simulation.run(base) else { throw SimulationModel.Flaw.noArrivals }
            asIs = Side(drawn: drawn, model: base, outcome: now)
            seen = log.map { Self.seen(drawn, $0) } ?? nil
            guard let target else {
                (toBe, difference) = (nil, nil)
                return
            }
            let changed = try Self.changed(target.1, target.0, question)
            guard let then = try simulation.run(changed) else { throw SimulationModel.Flaw.noArrivals }
            toBe = Side(drawn: target.0, model: changed, outcome: then)
            difference = simulation.difference(now, then)
        } catch {
            throw Refusal(message: Label(error.words.zh, error.words.en))
        }
    }

    private static func log(_ facts: PlanFacts, _ process: Typed<Process>) -> EventLog? {
        if case .facts(let mined) = facts.mined(process) { mined.log } else { nil }
    }

    /// The part of a log that ran through the process: cases in which all that happens is drawn.
    private static func own(_ drawn: PlanProcess, _ log: EventLog) -> EventLog {
        let names = Set(drawn.activityNames.values)
        let isDrawn = log.activities.map { names.contains($0) }
        return log.keepingCases { index in log.trace(ofCase: index).allSatisfy { isDrawn[Int($0)] } }
    }

    private static func seen(_ drawn: PlanProcess, _ log: EventLog) -> Double? {
        let part = own(drawn, log)
        return part.caseCount >= 20 ? LogStatistics(part).leadTime.mean : nil
    }

    /// Times and people from the log where it knows the process, else from the plan: minutes with a long tail, and people enough to be
    /// busy three quarters of their time.
    private static func model(_ drawn: PlanProcess, _ log: EventLog?, _ question: ProcessQuestion) throws(Refusal)
        -> SimulationModel
    {
        let part = log.map { own(drawn, $0) }
        var model: SimulationModel
        var waits: [Int: Double] = [:]
        if let log, let part, part.caseCount >= 20, part.hasIntervals {
            let shared = drawn.model.sharing(Conformance(part, drawn.model, activityNames: drawn.activityNames).flowCounts)
            model = SimulationModel(
                process: shared, log: part, activityNames: drawn.activityNames, zoneMinutes: ProcessFacts.zoneMinutes)
            // All cases of the log arrive, also those that went the other way.
            model.arrivals =
                SimulationModel(
                    process: drawn.model, log: log, activityNames: drawn.activityNames, zoneMinutes: ProcessFacts.zoneMinutes
                ).arrivals
            waits = SimulationModel.waits(drawn.model, part, activityNames: drawn.activityNames)
        } else {
            model = planned(drawn)
            for (node, step) in drawn.steps.enumerated() { waits[node] = step.waiting.map { $0 * 60 } }
        }
        for role in model.roles.indices { model.roles[role].costPerHour = question.costPerHour }
        do throws(SimulationModel.Flaw) {
            for (role, load) in model.loads.enumerated() where load >= 0.95 {
                // What was seen to work was not overloaded: people of the median day are too few where days differ.
                model.roles[role].capacity = Int((Double(model.roles[role].capacity) * load / 0.85).rounded(.up))
            }
            var calibrated = try model.calibrated(to: waits)
            if let perWeek = question.perWeek { calibrated.arrivals.perWeek = perWeek }
            return calibrated
        } catch {
            throw Refusal(message: Label(error.words.zh, error.words.en))
        }
    }

    private static func planned(_ drawn: PlanProcess) -> SimulationModel {
        var roles: [SimulationModel.Role] = []
        var work: [Int: SimulationModel.Work] = [:]
        for (node, step) in drawn.steps.enumerated() where drawn.model.nodes[node].kind == .activity {
            let name = step.actor ?? ""
            let role = roles.firstIndex { $0.name == name } ?? roles.count
            if role == roles.count { roles.append(SimulationModel.Role(name, capacity: 1)) }
            guard let minutes = step.minutes, minutes > 0 else { continue }
            work[node] = SimulationModel.Work(role: role, service: [.lognormal(mean: minutes * 60, variation: 0.8)])
        }
        var model = SimulationModel(process: drawn.model, work: work, roles: roles, arrivals: .init(perWeek: 40))
        for (role, load) in model.loads.enumerated() { model.roles[role].capacity = max(Int((load / 0.75).rounded(.up)), 1) }
        return model
    }

    private static func changed(_ model: SimulationModel, _ drawn: PlanProcess, _ question: ProcessQuestion)
        throws(SimulationModel.Flaw) -> SimulationModel
    {
        var changes: [ProcessChange] = []
        for alteration in question.alterations {
            guard let step = drawn.steps.firstIndex(where: { $0.id == alteration.step }) else { continue }
            let next = model.process.outgoing[step].first.map { model.process.flows[$0].to } ?? step
            switch alteration.kind {
            case .drop: changes.append(.drop(step))
            case .merge: changes.append(.merge(step, next, factor: alteration.value ?? 0.8))
            case .automate: changes.append(.automate(step, seconds: alteration.value ?? 5))
            case .parallel: changes.append(.parallel([step, next]))
            case .scale: changes.append(.scale(step, factor: alteration.value ?? 0.8))
            }
        }
        for (name, people) in question.staff.sorted(by: { $0.key < $1.key }) {
            guard let role = model.roles.firstIndex(where: { $0.name == name }), people != model.roles[role].capacity else {
                continue
            }
            changes.append(.staff(role: role, capacity: people))
        }
        do throws(ProcessChange.Flaw) { return try model.applying(changes) } catch { throw .notChangeable(error) }
    }
}
