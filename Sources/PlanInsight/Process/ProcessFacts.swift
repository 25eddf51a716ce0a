import PlanModel
import ProcessMining

/// What the event log of a process says about it.
public struct ProcessFacts: Sendable {
    public let process: Typed<Process>
    public let reading: LogReading
    /// The log as far as the period looked at goes.
    public let log: EventLog
    public let statistics: LogStatistics
    public let activities: [ActivityTimes]
    public let bottlenecks: [Bottleneck]
    public let ways: [Bottleneck]
    public let handOvers: [HandOver]
    public let load: DailyLoad
    /// Nil where the process is not drawn.
    public let conformance: Conformance?
    public let drawn: PlanProcess?

    /// Midnights and working hours are those of China.
    public static let zoneMinutes = 480

    init(_ process: Typed<Process>, _ reading: LogReading, filter: LogFilter, in plan: Plan) {
        self.process = process
        self.reading = reading
        log = reading.log.filtered(by: filter)
        statistics = LogStatistics(log)
        activities = ActivityTimes.all(log)
        bottlenecks = Bottleneck.activities(log)
        ways = Bottleneck.arcs(log)
        handOvers = HandOver.all(log)
        load = DailyLoad(log, zoneMinutes: Self.zoneMinutes)
        let drawn = PlanProcess(process, in: plan)
        let part = log
        conformance = drawn.map { Conformance(part, $0.model, activityNames: $0.activityNames) }
        self.drawn = drawn
    }

    /// Where most time goes: what the picture's words and the review say.
    public var worst: Bottleneck? { bottlenecks.first }

    public func name(_ place: Bottleneck.Place) -> String {
        switch place {
        case .activity(let code): log.activities[code]
        case .arc(let from, let to): "\(log.activities[from]) → \(log.activities[to])"
        }
    }
}

extension PlanFacts {
    /// The mined process, or why there is none.
    public enum MinedProcess: Sendable {
        case facts(ProcessFacts)
        /// The process names no log, or one that is not there.
        case noLog(Label)
        case unreadable(Label)
    }

    /// The processes that name a log, in the plan's order.
    public var loggedProcesses: [Typed<Process>] { plan.all(Process.self).filter { !($0.log ?? "").isEmpty } }

    /// What the whole log says: kept with these facts.
    ///
    /// - Complexity: that of reading the log and of an alignment for each variant, once.
    public func mined(_ process: Typed<Process>) -> MinedProcess {
        later.mined.value(process.id) { mine(process, LogFilter()) }
    }

    /// What a part of the log says: computed each time.
    public func mined(_ process: Typed<Process>, _ filter: LogFilter) -> MinedProcess {
        filter.isEmpty ? mined(process) : mine(process, filter)
    }

    private func mine(_ process: Typed<Process>, _ filter: LogFilter) -> MinedProcess {
        guard let name = process.log, !name.isEmpty else {
            return .noLog(
                Label(
                    "这个流程没有指明事件日志。在流程的「事件日志」一栏填写文件名。",
                    "This process names no event log. Write the file's name in its field “Event log”."))
        }
        guard let bytes = workspace.files.bytes(name) else {
            return .noLog(
                Label(
                    "没有事件日志「\(name)」。上传它，或放在计划文件旁边。",
                    "There is no event log “\(name)”. Upload it, or put it beside the plan file."))
        }
        do throws(LogReadingError) {
            var options = LogReadingOptions()
            options.zoneMinutes = ProcessFacts.zoneMinutes
            var reader = LogReader(options: options)
            try reader.read(bytes)
            let facts = ProcessFacts(process, try reader.finish(), filter: filter, in: plan)
            guard facts.log.eventCount > 0 else { return .noLog(Label("这个时段里没有事件。", "There are no events in this period.")) }
            return .facts(facts)
        } catch {
            return .unreadable(
                Label("事件日志「\(name)」读不懂：\(error.words.zh)", "The event log “\(name)” cannot be read: \(error.words.en)"))
        }
    }
}
