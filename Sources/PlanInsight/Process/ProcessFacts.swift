import PlanModel
import ProcessMining
import WorkingTime

/// What the event log of a process says about it: all that `LogFacts` has, and how far the drawn process is kept to.
@dynamicMemberLookup
public struct ProcessFacts: Sendable {
    public let process: Typed<Process>
    public let facts: LogFacts
    /// Nil where the process is not drawn.
    public let conformance: Conformance?
    public let drawn: PlanProcess?

    /// Midnights and working hours are those of China where a process names no zone.
    public static let zoneMinutes = 480
    /// What a server reads of one log: more is for the command line.
    public static let mostEvents = 5_000_000
    public static let mostBytes = 1 << 30

    public subscript<Value>(dynamicMember path: KeyPath<LogFacts, Value>) -> Value { facts[keyPath: path] }

    public func name(_ place: Bottleneck.Place) -> String { facts.name(place) }

    /// How logs are read where nothing else is asked.
    public static func options(zoneMinutes: Int, attributes: [String] = []) -> LogReadingOptions {
        var options = LogReadingOptions()
        options.zoneMinutes = zoneMinutes
        options.attributes = attributes
        (options.mostEvents, options.mostBytes) = (mostEvents, mostBytes)
        return options
    }
}

extension PlanFacts {
    /// The mined process, or why there is none.
    public enum MinedProcess: Sendable {
        case facts(ProcessFacts)
        /// The process names no log, or one that is not there, or the part asked for is empty.
        case noLog(Label)
        case unreadable(Label)
        /// The question names what the log does not have.
        case refused(Label)
    }

    /// The processes that name a log, in the plan's order.
    public var loggedProcesses: [Typed<Process>] { plan.all(Process.self).filter { !($0.log ?? "").isEmpty } }

    /// The zone of a process's log, in minutes east.
    public func zoneMinutes(of process: Typed<Process>) -> Int {
        process.zone.flatMap { try? LogReadingOptions.zone($0) } ?? ProcessFacts.zoneMinutes
    }

    /// What the whole log says: kept with these facts.
    ///
    /// - Complexity: that of reading the log and of an alignment for each variant, once.
    public func mined(_ process: Typed<Process>) -> MinedProcess {
        later.mined.value(process.id) { mine(process, LogQuestion()) }
    }

    /// What a part of the log says: computed each time.
    public func mined(_ process: Typed<Process>, _ question: LogQuestion) -> MinedProcess {
        question.isEmpty ? mined(process) : mine(process, question)
    }

    private func mine(_ process: Typed<Process>, _ question: LogQuestion) -> MinedProcess {
        guard let name = process.log, !name.isEmpty else {
            return .noLog(
                Label(
                    "这个流程没有指明事件日志。在流程的「事件日志」一栏填写文件名。",
                    "This process names no event log. Write the file's name in its field “Event log”."))
        }
        let reading: LogReading
        let options = ProcessFacts.options(zoneMinutes: zoneMinutes(of: process), attributes: question.attributes)
        do throws(LogReadingError) {
            if let zone = process.zone { _ = try LogReadingOptions.zone(zone) }
            guard let found = try logs.reading(name, in: workspace.files, options) else {
                return .noLog(
                    Label(
                        "没有事件日志「\(name)」。上传它，或放在计划文件旁边。",
                        "There is no event log “\(name)”. Upload it, or put it beside the plan file."))
            }
            reading = found
        } catch {
            return .unreadable(
                Label("事件日志「\(name)」读不懂：\(error.words.zh)", "The event log “\(name)” cannot be read: \(error.words.en)"))
        }
        do throws(LogQuestion.Flaw) {
            let drawn = PlanProcess(process, in: plan)
            let (facts, conformance): (LogFacts, Conformance?)
            if question.isEmpty {
                (facts, conformance) = try logs.whole(name, in: workspace.files, options, reading, drawn)
            } else {
                facts = try LogFacts(reading, question, calendar: schedule.calendar, zoneMinutes: options.zoneMinutes)
                conformance = drawn?.conformance(facts.log)
            }
            guard facts.log.eventCount > 0 else {
                return .noLog(Label("日志里没有符合这些条件的案例。", "No case of the log meets these conditions."))
            }
            return .facts(ProcessFacts(process: process, facts: facts, conformance: conformance, drawn: drawn))
        } catch { return .refused(Label(error.words.zh, error.words.en)) }
    }
}
