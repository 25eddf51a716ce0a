extension SimulationModel {
    /// A process with times, people and arrivals as a log shows them.
    ///
    /// In a log of intervals, service times are those seen, each role has as many people as work on its median working day, and its hours
    /// are those of the week in which it works noticeably. In a log of points nothing tells service from waiting: each step then takes
    /// the time since the one before, and nobody queues.
    ///
    /// - Parameters:
    ///   - activityNames: the log's name of each node's activity where it is another than the node's.
    ///   - zoneMinutes: the zone of working hours, in minutes east.
    ///   - costPerHour: by name of the role.
    /// - Complexity: O(events log events).
    public init(process: ProcessModel, log: EventLog, activityNames: [Int: String] = [:], zoneMinutes: Int = 480, costPerHour: [String: Double] = [:]) {
        let calendar = WeekHours(zoneMinutes: zoneMinutes)
        let people = PeopleRoles(log)
        let codes = Dictionary(log.activities.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let roles = people.members.indices.map { role in
            let week = log.hasIntervals ? calendar.week(log) { people.roleOf[$0] == role } : .always
            let name = Self.name(people, role, log)
            return Role(name, capacity: calendar.usualPeople(log) { people.roleOf[$0] == role }, costPerHour: costPerHour[name] ?? 0, week: week)
        }
        let spans = Self.spans(log, people, roles, calendar)
        var work: [Int: Work] = [:]
        for node in process.nodes.indices where process.nodes[node].kind == .activity {
            guard let code = codes[activityNames[node] ?? process.nodes[node].name], !spans[code].isEmpty else { continue }
            work[node] = Work(role: log.hasIntervals ? people.roleOfActivity[code] : nil, service: [.observed(Self.thinned(spans[code].sorted()))])
        }
        self.init(process: process, work: work, roles: log.hasIntervals ? roles : [], arrivals: calendar.arrivals(log))
    }

    /// By what the role does most; its members are too many to name.
    private static func name(_ people: PeopleRoles, _ role: Int, _ log: EventLog) -> String {
        people.members[role].count == 1 ? log.resources[people.members[role][0]] : log.activities[people.mainActivity[role]]
    }

    /// Service times of each activity in working seconds of its role; in logs of points the time since the event before.
    private static func spans(_ log: EventLog, _ people: PeopleRoles, _ roles: [Role], _ calendar: WeekHours) -> [[Double]] {
        var spans = [[Double]](repeating: [], count: log.activities.count)
        for index in 0..<log.caseCount {
            var before: Int64?
            for event in log.events(ofCase: index) {
                let code = Int(log.activity[event])
                if log.hasIntervals {
                    let week = people.roleOfActivity[code].map { roles[$0].week } ?? .always
                    let (from, to) = (calendar.seconds(log.start[event]), calendar.seconds(log.end[event]))
                    spans[code].append(week.worked(until: to) - week.worked(until: from))
                } else {
                    spans[code].append(before.map { Double(log.end[event] - $0) / 1e6 } ?? 0)
                    before = log.end[event]
                }
            }
        }
        return spans
    }

    /// At most a thousand values that stand for all.
    private static func thinned(_ sorted: [Double]) -> [Double] {
        guard sorted.count > 1000 else { return sorted }
        return (0..<1000).map { sorted[Int((Double($0) + 0.5) / 1000 * Double(sorted.count))] }
    }
}

/// Weeks of a log in a zone.
private struct WeekHours {
    let zoneMinutes: Int

    /// Seconds since a Monday, midnight, of the zone. 1970-01-05 was one.
    func seconds(_ time: Int64) -> Double { Double(time) / 1e6 + Double(zoneMinutes) * 60 - 4 * 86_400 }

    private func hour(_ time: Int64) -> Int {
        let seconds = seconds(time)
        return Int((seconds - (seconds / WorkWeek.length).rounded(.down) * WorkWeek.length) / 3600) % 168
    }

    private func day(_ time: Int64) -> Int { Int((seconds(time) / 86_400).rounded(.down)) }

    /// The hours in which people of a kind begin or end at least a tenth of what they do in their busiest hour.
    func week(_ log: EventLog, _ isMember: (Int) -> Bool) -> WorkWeek {
        var counts = [Int](repeating: 0, count: 168)
        for event in log.activity.indices where log.resource(of: event) >= 0 && isMember(Int(log.resource(of: event))) {
            counts[hour(log.start(of: event))] += 1
            counts[hour(log.end[event])] += 1
        }
        let least = Double(counts.max() ?? 0) / 10
        return WorkWeek(openHours: Set(counts.indices.filter { Double(counts[$0]) >= least && counts[$0] > 0 }))
    }

    /// How many different people of a kind work on the median day on which any does.
    func usualPeople(_ log: EventLog, _ isMember: (Int) -> Bool) -> Int {
        var days: [Int: Set<Int32>] = [:]
        for event in log.activity.indices where log.resource(of: event) >= 0 && isMember(Int(log.resource(of: event))) {
            days[day(log.end[event]), default: []].insert(log.resource(of: event))
        }
        let sizes = days.values.map(\.count).sorted()
        return sizes.isEmpty ? 1 : sizes[sizes.count / 2]
    }

    func arrivals(_ log: EventLog) -> SimulationModel.Arrivals {
        let begins = (0..<log.caseCount).map { log.span(ofCase: $0).from }
        guard let first = begins.min(), let last = begins.max(), last > first else { return .init(perWeek: Double(max(log.caseCount, 1))) }
        var weights = [Double](repeating: 0, count: 168)
        for begin in begins { weights[hour(begin)] += 1 }
        return .init(perWeek: Double(begins.count - 1) / (Double(last - first) / 1e6 / WorkWeek.length), hourWeights: weights)
    }
}
