import Measures

extension SimulationModel {
    /// A process with times, people and arrivals as a log shows them.
    ///
    /// The lanes of the process are its roles. In a log of intervals, service times are those seen, and hours and people of a role are
    /// those in which and who work on its activities (`DutyRoster`). In a log of points nothing tells service from waiting: each step then
    /// takes the time since the one before, and nobody queues.
    ///
    /// - Parameters:
    ///   - activityNames: the log's name of each node's activity where it is another than the node's.
    ///   - zoneMinutes: the zone of working hours, in minutes east.
    /// - Complexity: O(events log events).
    public init(process: ProcessModel, log: EventLog, activityNames: [Int: String] = [:], zoneMinutes: Int = 480) {
        let calendar = WeekHours(zoneMinutes: zoneMinutes)
        let codes = Dictionary(log.activities.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let steps = process.nodes.indices.filter { process.nodes[$0].kind == .activity }
        let code = Dictionary(
            uniqueKeysWithValues: steps.compactMap { node in
                codes[activityNames[node] ?? process.nodes[node].name].map { (node, $0) }
            })
        var roles: [Role] = []
        var roleOf: [Int: Int] = [:]
        if log.hasIntervals {
            var names: [String] = []
            for node in steps {
                if let lane = process.nodes[node].lane, code[node] != nil, !names.contains(lane) { names.append(lane) }
            }
            // Somebody named like the lane is no person of it: customers and systems do not queue.
            let members = names.map { name in steps.filter { process.nodes[$0].lane == name } }
            let own = members.map { Set($0.compactMap { code[$0] }) }
            let served = names.indices.filter { calendar.people(log, own[$0]) != [names[$0]] }
            let general = DutyRoster.hours(calendar.visits(log, Set(served.flatMap { own[$0] }))).week
            for lane in served {
                for node in members[lane] { roleOf[node] = roles.count }
                let roster = DutyRoster(calendar.visits(log, own[lane]), general: general)
                roles.append(
                    Role(
                        names[lane], capacity: roster.capacity, week: roster.week, staffing: roster.staffing,
                        endsBegun: roster.endsBegun))
            }
        }
        var work: [Int: Work] = [:]
        for node in steps {
            guard let own = code[node] else { continue }
            let week = roleOf[node].map { roles[$0].endsBegun ? .always : roles[$0].week } ?? .always
            let spans = Self.spans(log, own, week, calendar)
            if !spans.isEmpty { work[node] = Work(role: roleOf[node], service: [.observed(Self.thinned(spans.sorted()))]) }
        }
        self.init(process: process, work: work, roles: roles, arrivals: calendar.arrivals(log))
    }

    /// Service times of an activity in working seconds; in logs of points the time since the event before.
    private static func spans(_ log: EventLog, _ code: Int, _ week: WorkWeek, _ calendar: WeekHours) -> [Double] {
        var spans: [Double] = []
        for index in 0..<log.caseCount {
            var before: Int64?
            for event in log.events(ofCase: index) {
                if Int(log.activity[event]) == code {
                    if log.hasIntervals {
                        let (from, to) = (calendar.seconds(log.start[event]), calendar.seconds(log.end[event]))
                        spans.append(week.worked(until: to) - week.worked(until: from))
                    } else {
                        spans.append(before.map { Double(log.end[event] - $0) / 1e6 } ?? 0)
                    }
                }
                before = log.end[event]
            }
        }
        return spans
    }

    /// At most a thousand values that stand for all.
    private static func thinned(_ sorted: [Double]) -> [Double] {
        guard sorted.count > 1000 else { return sorted }
        return (0..<1000).map { sorted[Int((Double($0) + 0.5) / 1000 * Double(sorted.count))] }
    }

    /// The same with delays where less is waited in the model than was seen: people also do other work, and answers are awaited.
    ///
    /// What is waited varies from log to log of the same process. So there is a delay only where the mean seen lies above those that
    /// logs of this model have (99.5 %); else it would be raised wherever chance has it, and never lowered. A delay that ends outside
    /// working hours makes for a longer wait than its own, so it is corrected by what it came to.
    ///
    /// - Parameters:
    ///   - waits: mean seconds waited at each node as seen.
    ///   - cases: how many cases they were seen in; nil if they are known exactly.
    /// - Throws: what makes the model impossible to run.
    /// - Complexity: half of that of the usual simulation without delays, and as much again for each of three corrections with them.
    public func calibrated(to waits: [Int: Double], in cases: Int? = nil) throws(Flaw) -> SimulationModel {
        var model = self
        for node in model.work.keys { model.work[node]?.delay = 0 }
        var short = Simulation()
        (short.runs, short.seed) = (10, 0xCA11)
        guard let outcome = try short.run(model) else { return self }
        // The variance of a mean over so many cases, in terms of that of a run's mean, and that of the mean of the runs.
        let variance = (cases.map { Double(short.cases) / Double(max($0, 1)) } ?? 0) + 1 / Double(short.runs)
        let quantile = StudentDistribution(freedom: Double(short.runs - 1)).upperQuantile(0.005)
        var excess: [Int: Double] = [:]
        for (node, seen) in waits where model.work[node] != nil {
            let queued = Moments(outcome.results.map { $0.waitingAt[node] ?? 0 })
            if seen - queued.mean > quantile * queued.deviation * variance.squareRoot() { excess[node] = seen - queued.mean }
        }
        guard !excess.isEmpty else { return model }
        for (node, seconds) in excess { model.work[node]?.delay = seconds }
        for _ in 0..<3 {
            guard let delayed = try short.run(model) else { return self }
            for (node, seconds) in excess {
                let queued = outcome.waitingAt[node]?.mean ?? 0
                guard let found = delayed.waitingAt[node]?.mean, found > queued else { continue }
                model.work[node]?.delay *= min(max(seconds / (found - queued), 0.25), 4)
            }
        }
        return model
    }

    /// Mean seconds waited at each node, as a log has it.
    public static func waits(_ process: ProcessModel, _ log: EventLog, activityNames: [Int: String] = [:]) -> [Int: Double] {
        let times = Dictionary(
            ActivityTimes.all(log).map { (log.activities[$0.activity], $0.waiting.mean) }, uniquingKeysWith: { first, _ in first }
        )
        let known = process.nodes.indices.compactMap { node -> (Int, Double)? in
            guard process.nodes[node].kind == .activity else { return nil }
            return times[activityNames[node] ?? process.nodes[node].name].map { (node, $0) }
        }
        return Dictionary(uniqueKeysWithValues: known)
    }
}

/// Weeks of a log in a zone.
private struct WeekHours {
    let zoneMinutes: Int

    /// Seconds since a Monday, midnight, of the zone. 1970-01-05 was one.
    func seconds(_ time: Int64) -> Double { Double(time) / 1e6 + Double(zoneMinutes) * 60 - 4 * 86_400 }

    /// What is done of these activities.
    func visits(_ log: EventLog, _ activities: Set<Int>) -> [RoleVisit] {
        var visits: [RoleVisit] = []
        for index in 0..<log.caseCount {
            var before = Int64.min
            for event in log.events(ofCase: index) {
                let start = log.start(of: event)
                if activities.contains(Int(log.activity[event])) {
                    visits.append(
                        RoleVisit(
                            ready: seconds(before > .min ? min(before, start) : start), start: seconds(start),
                            end: seconds(max(log.end[event], start)), person: log.resource(of: event)))
                }
                before = max(before, log.end[event])
            }
        }
        return visits
    }

    /// Names of those who do these activities.
    func people(_ log: EventLog, _ activities: Set<Int>) -> Set<String> {
        var codes: Set<Int32> = []
        for event in log.activity.indices where activities.contains(Int(log.activity[event])) && log.resource(of: event) >= 0 {
            codes.insert(log.resource(of: event))
        }
        return Set(codes.map { log.resources[Int($0)] })
    }

    func arrivals(_ log: EventLog) -> SimulationModel.Arrivals {
        let begins = (0..<log.caseCount).map { seconds(log.span(ofCase: $0).from) }
        guard let first = begins.min(), let last = begins.max(), last > first else {
            return .init(perWeek: Double(max(log.caseCount, 1)))
        }
        let rates = ArrivalPattern(begins).rates
        let gaps = Double(begins.count - 1)
        // What less than a week shows is all that comes in a week.
        let perWeek =
            last - first < WorkWeek.length
            ? rates.reduce(0, +) * gaps / Double(begins.count) : gaps / ((last - first) / WorkWeek.length)
        return .init(perWeek: perWeek, hourWeights: rates)
    }
}
