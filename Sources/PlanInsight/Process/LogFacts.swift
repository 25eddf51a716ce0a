import ProcessMining
import WorkingTime

/// What a part of an event log says, by the time that the question counts, and the other part beside it if one is asked for.
public struct LogFacts: Sendable {
    public let reading: LogReading
    public let question: LogQuestion
    public let clock: WorkClock
    /// The part of the log that is asked for.
    public let log: EventLog
    public let statistics: LogStatistics
    public let activities: [ActivityTimes]
    public let bottlenecks: [Bottleneck]
    public let ways: [Bottleneck]
    public let handOvers: [HandOver]
    public let load: DailyLoad
    /// This part and the other; nil where none is asked for.
    public let comparison: LogComparison?

    /// - Parameter calendar: working time, where the question asks for it.
    /// - Throws: `LogQuestion.Flaw` where the question names what the log does not have.
    /// - Complexity: O(events log events).
    public init(_ reading: LogReading, _ question: LogQuestion, calendar: WorkCalendar, zoneMinutes: Int)
        throws(LogQuestion.Flaw)
    {
        try question.check(reading.log)
        self.reading = reading
        self.question = question
        let clock = question.countsWorkingTime ? WorkClock(calendar, zoneMinutes: zoneMinutes) : .wall
        self.clock = clock
        let part = reading.log.filtered(by: question.filter, clock: clock)
        log = part
        statistics = LogStatistics(part, clock: clock)
        activities = ActivityTimes.all(part, clock: clock)
        bottlenecks = Bottleneck.activities(part, clock: clock)
        ways = Bottleneck.arcs(part, clock: clock)
        handOvers = HandOver.all(part, clock: clock)
        load = DailyLoad(part, zoneMinutes: zoneMinutes)
        comparison = question.other.map {
            LogComparison(
                question.compared.map { reading.log.filtered(by: $0, clock: clock) } ?? part,
                reading.log.filtered(by: $0, clock: clock), clock: clock)
        }
    }

    /// Where most time goes: what the picture's words and the review say.
    public var worst: Bottleneck? { bottlenecks.first }

    public func name(_ place: Bottleneck.Place) -> String { place.name(in: log) }
}

extension Bottleneck.Place {
    public func name(in log: EventLog) -> String {
        switch self {
        case .activity(let code): log.activities[code]
        case .arc(let from, let to): "\(log.activities[from]) → \(log.activities[to])"
        }
    }
}

extension WorkClock {
    /// The working time of a calendar, kept in a zone of so many minutes east; to the second within working minutes.
    public init(_ calendar: WorkCalendar, zoneMinutes: Int) {
        @Sendable func seconds(_ time: Int64) -> Double {
            let local = time + Int64(zoneMinutes) * 60_000_000
            let minute = Int(local >= 0 ? local / 60_000_000 : -((-local + 59_999_999) / 60_000_000))
            let position = calendar.position(of: minute)
            let isWorked = calendar.position(of: minute + 1) > position
            return Double(position) * 60 + (isWorked ? Double(local - Int64(minute) * 60_000_000) / 1e6 : 0)
        }
        self.init { seconds($1) - seconds($0) }
    }
}
