import PlanModel
import ProcessMining

/// A process ready to be run, and where the time of each of its steps comes from.
struct TimedProcess: Sendable {
    var model: SimulationModel
    var bases: [Int: ProcessSimulation.StepBasis]
    /// Delays beyond queues by activity, as the log has them.
    var delays: [String: Double] = [:]
}

/// What a drawn process and its log know of times, people and arrivals.
///
/// Times are those of the log, by the name of the activity; what the log does not know is as typed, minutes with a long tail, by people
/// enough to be busy three quarters of their time. The process to be stands on the same arrivals, people, hours and times.
struct ProcessSource {
    private let drawn: PlanProcess
    private let log: EventLog?
    /// The part of the log in which all that happens is drawn, or all of it where that is hardly any.
    private let part: EventLog?
    private let zoneMinutes: Int
    private let rates: HourlyRates
    let seen: Double?

    /// Cases without which a log tells little.
    private static let fewest = 20
    /// A plan without a log has to begin with something: eight cases a day.
    private static let usualPerWeek = 40.0

    init(_ facts: PlanFacts, _ drawn: PlanProcess, rates: HourlyRates) {
        self.drawn = drawn
        self.rates = rates
        let log = Self.log(facts, drawn.process)
        let own = log.map { Self.own(drawn, $0) }
        let isOwn = (own?.caseCount ?? 0) >= Self.fewest
        self.log = log
        part = isOwn ? own : log.flatMap { Self.knows($0, drawn) ? $0 : nil }
        zoneMinutes = facts.zoneMinutes(of: drawn.process)
        seen = isOwn ? own.map { LogStatistics($0).leadTime.mean } : nil
    }

    static func log(_ facts: PlanFacts, _ process: Typed<Process>) -> EventLog? {
        if case .facts(let mined) = facts.mined(process) { mined.log } else { nil }
    }

    private static func own(_ drawn: PlanProcess, _ log: EventLog) -> EventLog {
        let names = Set(drawn.activityNames.values)
        let isDrawn = log.activities.map { names.contains($0) }
        return log.keepingCases { index in log.trace(ofCase: index).allSatisfy { isDrawn[Int($0)] } }
    }

    private static func knows(_ log: EventLog, _ drawn: PlanProcess) -> Bool {
        let names = Set(drawn.activityNames.values)
        return log.activities.contains { names.contains($0) }
    }

    // MARK: As it is

    func model(_ question: ProcessQuestion) throws(ProcessSimulation.Refusal) -> TimedProcess {
        guard let part, let log else {
            return try ready(typed(drawn, SimulationModel(drawn.model), perWeek: nil), drawn, [:], cases: nil, question)
        }
        var timed = typed(drawn, measured(drawn, part, followsFlows: true), perWeek: nil)
        // All cases of the log arrive, also those that went another way.
        timed.model.arrivals = SimulationModel(process: drawn.model, log: log, zoneMinutes: zoneMinutes).arrivals
        timed = try ready(timed, drawn, waits(drawn, part), cases: part.caseCount, question)
        for (node, work) in timed.model.work { if let name = drawn.activityNames[node] { timed.delays[name] = work.delay } }
        return timed
    }

    // MARK: To be

    /// - Parameter ownLog: the log of the process to be, for steps that the process as it is does not have.
    func model(of next: PlanProcess, after now: TimedProcess, ownLog: EventLog?, _ question: ProcessQuestion)
        throws(ProcessSimulation.Refusal) -> TimedProcess
    {
        let further = (ownLog ?? log).map { log in
            let own = Self.own(next, log)
            return own.caseCount >= Self.fewest ? own : log
        }
        let lived = further.map { Self.own(next, $0).caseCount >= Self.fewest } ?? false
        var model = part.map { measured(next, $0, followsFlows: false) } ?? SimulationModel(next.model)
        var waits: [Int: Double] = [:]
        if let further {
            let more = measured(next, further, followsFlows: lived)
            model = model.completed(by: more)
            waits = self.waits(next, further)
        }
        // The same people, as they work today.
        for role in now.model.roles {
            if let own = model.roles.firstIndex(where: { $0.name == role.name }) { model.roles[own] = role }
        }
        model.arrivals = now.model.arrivals
        var timed = typed(next, model, perWeek: now.model.arrivals.perWeek)
        timed = try ready(timed, next, waits, cases: further?.caseCount, question)
        for node in timed.model.work.keys {
            guard let name = next.activityNames[node], let delay = now.delays[name] else { continue }
            timed.model.work[node]?.delay = delay
        }
        return timed
    }

    // MARK: Parts

    /// Times and people of the log, by the names of activities; ways as cases go them, where so asked.
    private func measured(_ drawn: PlanProcess, _ log: EventLog, followsFlows: Bool) -> SimulationModel {
        let process =
            followsFlows
            ? drawn.model.sharing(Conformance(log, drawn.model, activityNames: drawn.activityNames).flowCounts) : drawn.model
        return SimulationModel(process: process, log: log, activityNames: drawn.activityNames, zoneMinutes: zoneMinutes)
    }

    /// In a log of points all time is in the step, and nothing is left to wait.
    private func waits(_ drawn: PlanProcess, _ log: EventLog) -> [Int: Double] {
        log.hasIntervals ? SimulationModel.waits(drawn.model, log, activityNames: drawn.activityNames) : [:]
    }

    /// Steps that the log does not know, as typed.
    private func typed(_ drawn: PlanProcess, _ known: SimulationModel, perWeek: Double?) -> TimedProcess {
        var timed = TimedProcess(model: known, bases: [:])
        if known.work.isEmpty { timed.model.arrivals = .init(perWeek: perWeek ?? Self.usualPerWeek) }
        let lanesOfLog = Set(known.work.keys.compactMap { drawn.model.nodes[$0].lane })
        var added: Set<Int> = []
        for (node, step) in drawn.steps.enumerated() where drawn.model.nodes[node].kind == .activity {
            guard known.work[node] == nil else {
                timed.bases[node] = .log
                continue
            }
            guard let minutes = step.minutes, minutes > 0 else {
                timed.bases[node] = .assumed
                continue
            }
            timed.bases[node] = .typed
            let name = step.actor ?? ""
            var role = timed.model.roles.firstIndex { $0.name == name }
            // A lane that the log knows and that has no people is a customer or a machine.
            if role == nil, !lanesOfLog.contains(name) {
                role = timed.model.roles.count
                added.insert(timed.model.roles.count)
                timed.model.roles.append(SimulationModel.Role(name, capacity: 1, week: known.roles.first?.week ?? .always))
            }
            timed.model.work[node] = SimulationModel.Work(role: role, service: [.lognormal(mean: minutes * 60, variation: 0.8)])
        }
        let loads = timed.model.loads
        for role in added {
            timed.model.roles[role].capacity = max(Int(nearest: (loads[role] / 0.75).rounded(.up), within: 1e9), 1)
        }
        return timed
    }

    /// With costs, enough people for what was seen to work, and the delays that are left beside the queues.
    private func ready(
        _ timed: TimedProcess, _ drawn: PlanProcess, _ waits: [Int: Double], cases: Int?, _ question: ProcessQuestion
    ) throws(ProcessSimulation.Refusal) -> TimedProcess {
        var timed = timed
        var waits = waits
        for (node, basis) in timed.bases where basis == .typed { waits[node] = drawn.steps[node].waiting.map { $0 * 60 } }
        for role in timed.model.roles.indices {
            timed.model.roles[role].costPerHour = rates.rate(of: timed.model.roles[role].name).perHour
        }
        for (role, load) in timed.model.loads.enumerated() where load >= 0.95 && load.isFinite {
            // What was seen to work was not overloaded: people of the median hour are too few where hours differ.
            timed.model.roles[role].capacity = Int(
                nearest: (Double(timed.model.roles[role].capacity) * load / 0.85).rounded(.up), within: 1e9)
        }
        do throws(SimulationModel.Flaw) { timed.model = try timed.model.calibrated(to: waits, in: cases) } catch {
            throw ProcessSimulation.Refusal(error.words)
        }
        if let perWeek = question.perWeek { timed.model.arrivals.perWeek = perWeek }
        return timed
    }
}

extension SimulationModel {
    /// The process alone: nobody does anything and nothing arrives yet.
    fileprivate init(_ process: ProcessModel) {
        self.init(process: process, work: [:], roles: [], arrivals: .init(perWeek: 1))
    }

    /// With what another model of the same process knows of ways, and of steps that this one does not know, and of who does them.
    fileprivate func completed(by other: SimulationModel) -> SimulationModel {
        var model = self
        model.process = other.process
        for (node, work) in other.work.sorted(by: { $0.key < $1.key }) where model.work[node] == nil {
            var work = work
            work.role = work.role.map { role in
                if let own = model.roles.firstIndex(where: { $0.name == other.roles[role].name }) { return own }
                model.roles.append(other.roles[role])
                return model.roles.count - 1
            }
            model.work[node] = work
        }
        return model
    }
}
