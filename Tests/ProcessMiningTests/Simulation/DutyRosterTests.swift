import Foundation
import Testing

@testable import ProcessMining

/// Logs of one step whose people come and go by a plan, read and simulated again.
@Suite("Hours and people of a role, as a log shows them")
struct DutyRosterTests {
    /// Who is on duty, and how many cases come, in each hour of the week.
    struct Plan: Sendable {
        var people: Int
        /// By person, week and hour of the week.
        var isOn: @Sendable (Int, Int, Int) -> Bool
        /// Cases an hour, by hour of the week.
        var arrivals: @Sendable (Int) -> Double
        /// Minutes.
        var service: Double
        var weeks = 16
    }

    /// Four pairs: two early, two late, two night shifts and two days off, from six o'clock.
    static let shifts = Plan(
        people: 8,
        isOn: { person, week, hour in
            let hours = (week + 8) * 168 + hour - 6
            return (hours / 24 + person / 2 * 2) % 8 / 2 == hours % 24 / 8
        },
        arrivals: { _ in 6 }, service: 14)
    static let dayAndNight = Plan(
        people: 5,
        isOn: { person, _, hour in (8..<20).contains(hour % 24) ? person < 4 : person == 4 },
        arrivals: { (8..<20).contains($0 % 24) ? 13 : 1 }, service: 15, weeks: 10)
    static let quietNights = Plan(
        people: 4,
        isOn: { person, _, hour in (8..<18).contains(hour % 24) && hour < 120 ? person < 3 : person == 3 },
        arrivals: { (8..<18).contains($0 % 24) && $0 < 120 ? 6 : 0.12 }, service: 22)
    static let office = Plan(
        people: 4,
        isOn: { _, _, hour in (9..<17).contains(hour % 24) && hour < 120 },
        arrivals: { _ in 2.8 }, service: 15)

    struct Seen {
        var log: EventLog
        var process: ProcessModel
        /// Seconds.
        var cycleTime: Double
    }

    /// First come, first served, by whoever can begin first; what is begun is ended.
    static func seen(_ plan: Plan, named: Bool = true, seed: UInt64 = 3) -> Seen {
        var dice = Dice(state: seed)
        var arrivals: [Double] = []
        for hour in 0..<plan.weeks * 168 {
            let rate = plan.arrivals(hour % 168)
            var place = dice.span(1 / rate)
            while place < 1 {
                arrivals.append((Double(hour) + place) * 3600)
                place += dice.span(1 / rate)
            }
        }
        var free = [Double](repeating: 0, count: plan.people)
        var builder = EventLogBuilder()
        // 2026-01-05 is a Monday; the log's zone is UTC.
        func stamp(_ seconds: Double) -> Int64 { Int64((seconds + 20_458 * 86_400) * 1e6) }
        var total = 0.0
        for (index, time) in arrivals.enumerated() {
            let begins = (0..<plan.people).map { person -> Double in
                var moment = max(free[person], time)
                while !plan.isOn(person, Int(moment / 604_800), Int(moment / 3600) % 168) {
                    moment = (moment / 3600).rounded(.down) * 3600 + 3600
                }
                return moment
            }
            let begin = begins.min()!
            let fit = begins.indices.filter { begins[$0] == begin }
            let person = fit[Int(dice.part() * Double(fit.count))]
            let end = begin + dice.span(plan.service * 60)
            free[person] = end
            total += end - time
            builder.append(caseID: "\(index)", activity: "comes", start: stamp(time), end: stamp(time), resource: "system")
            builder.append(
                caseID: "\(index)", activity: "is served", start: stamp(begin), end: stamp(end),
                resource: named ? "person \(person)" : nil)
        }
        var process = ProcessModel()
        let nodes = [
            process.add(.init(.start)), process.add(.init(.activity, "comes", lane: "system")),
            process.add(.init(.activity, "is served", lane: "desk")), process.add(.init(.end)),
        ]
        for (one, other) in zip(nodes, nodes.dropFirst()) { process.connect(one, other) }
        return Seen(log: builder.finish(), process: process, cycleTime: total / Double(arrivals.count))
    }

    private func model(_ seen: Seen) throws -> (model: SimulationModel, role: SimulationModel.Role, step: Int) {
        let model = SimulationModel(process: seen.process, log: seen.log, zoneMinutes: 0)
        let role = try #require(model.roles.firstIndex { $0.name == "desk" })
        let step = try #require(model.process.nodes.firstIndex { $0.name == "is served" })
        return (model, model.roles[role], step)
    }

    private func simulated(_ model: SimulationModel) throws -> Simulation.Outcome {
        var simulation = Simulation()
        (simulation.runs, simulation.seed) = (10, 5)
        return try #require(try simulation.run(model))
    }

    @Test(
        "the process runs as the log has it, without waits made up beside the queue",
        arguments: [Self.shifts, Self.dayAndNight, Self.quietNights, Self.office])
    func agrees(plan: Plan) throws {
        let seen = Self.seen(plan)
        let (model, _, step) = try model(seen)
        let calibrated = try model.calibrated(to: SimulationModel.waits(seen.process, seen.log), in: seen.log.caseCount)
        #expect(abs(try simulated(calibrated).cycleTime.mean / seen.cycleTime - 1) < 0.07)
        #expect(try #require(calibrated.work[step]).delay < 0.15 * seen.cycleTime)
    }

    @Test("people in shifts that follow each other count once; with twice as many the wait is nearly gone")
    func shiftWork() throws {
        let (model, role, _) = try model(Self.seen(Self.shifts))
        #expect(role.week.isAlways)
        #expect(role.capacity == 2)
        let more = try model.applying([.staff(role: 0, capacity: 2 * role.capacity)])
        let (many, few) = (try simulated(more).waiting.mean, try simulated(model).waiting.mean)
        #expect(many < 0.15 * few)
    }

    @Test("many work by day and one by night")
    func loneAtNight() throws {
        let role = try model(Self.seen(Self.dayAndNight)).role
        #expect(role.week.isAlways)
        #expect(role.capacity == 4 && role.peopleAtOnce == 1...4)
        #expect([2, 26, 146].allSatisfy { role.people[$0] == 1 } && [12, 36, 156].allSatisfy { role.people[$0] == 4 })
    }

    @Test("a quiet night on duty is worked, though a fiftieth of the day comes in it")
    func quietDuty() throws {
        let role = try model(Self.seen(Self.quietNights)).role
        #expect(role.week.openHours.count > 160)
        #expect(role.people[12] == 3 && role.people[3] == 1)
    }

    @Test("a night over which work lies is not worked, though somebody now and then stays for it")
    func closedNights() throws {
        let plan = Self.office
        // One person came on one evening.
        let seen = Self.seen(
            Plan(
                people: 4, isOn: { plan.isOn($0, $1, $2) || ($0 == 0 && $1 == 1 && (66..<69).contains($2)) },
                arrivals: plan.arrivals, service: plan.service))
        let role = try model(seen).role
        // What is begun by five is ended, but nothing is begun after it.
        #expect(role.endsBegun)
        #expect(role.week.openHours == (0..<5).flatMap { day in (9..<17).map { day * 24 + $0 } })
        #expect(role.capacity == 4 && role.peopleAtOnce.lowerBound >= 3)
    }

    @Test("work that lies over nights takes no time in them")
    func lyingOverNight() throws {
        // Over five hours of work each, one after the other, from nine to five.
        let week = WorkWeek(openHours: Set((0..<5).flatMap { day in (9..<17).map { day * 24 + $0 } }))
        let visits = (0..<300).map { number in
            let (start, end) = (
                week.moment(after: Double(number) * 19_080 + 1, from: 0), week.moment(after: Double(number + 1) * 19_080, from: 0)
            )
            return RoleVisit(ready: start - 3600, start: start, end: end, person: 1)
        }
        let roster = DutyRoster(visits)
        #expect(!roster.endsBegun && roster.week == week && roster.capacity == 1)
    }

    @Test("where nobody is named there are as many people as work at once at most")
    func unnamed() throws {
        let role = try model(Self.seen(Self.office, named: false)).role
        #expect(role.capacity == 4 && role.staffing.isEmpty)
    }

    @Test("who does little works when everybody does")
    func sparse() {
        let (minute, day) = (60.0, 86_400.0)
        let general = WorkWeek(openHours: Set((0..<5).flatMap { day in (9..<17).map { day * 24 + $0 } }))
        // Every second Monday after ten.
        let visits = (0..<12).map { number in
            let start = Double(number) * 14 * day + 10.2 * 3600
            return RoleVisit(ready: start - 5 * minute, start: start, end: start + 20 * minute, person: 1)
        }
        let roster = DutyRoster(visits, general: general)
        #expect(roster.week.openHours == general.openHours)
        #expect(roster.capacity == 1 && roster.staffing.isEmpty)
        #expect(DutyRoster([], general: general).week == general)
    }

    @Test("who does several things at once is not taken for a queue")
    func severalAtOnce() {
        // One person, day and night, with three things in work at any time.
        let visits = (0..<3000).map { number in
            RoleVisit(ready: Double(number) * 1200, start: Double(number) * 1200, end: Double(number) * 1200 + 3600, person: 1)
        }
        #expect(DutyRoster(visits).capacity == 3)
        // What nobody is named for says nothing of that.
        let alone = visits.map { RoleVisit(ready: $0.ready, start: $0.start, end: $0.start + 600, person: 1) }
        let unnamed = visits.map { RoleVisit(ready: $0.ready, start: $0.start, end: $0.end, person: -1) }
        #expect(DutyRoster(alone + unnamed).capacity == 1)
    }

    @Test("years before 1970 and work of a thousand years are taken as they are")
    func farAway() {
        let (day, year) = (86_400.0, 365.25 * 86_400)
        // Mondays to Fridays at ten, 1900 on; work lies over night.
        let begin = -3650 * WorkWeek.length
        let early = (0..<200).map { number in
            let start = begin + Double(number / 5) * WorkWeek.length + Double(number % 5) * day + 10 * 3600
            return RoleVisit(ready: start - 16 * 3600, start: start, end: start + 2 * 3600, person: 1)
        }
        let roster = DutyRoster(early)
        #expect(roster.week.openHours.allSatisfy { $0 < 120 && (10...12).contains($0 % 24) } && roster.capacity == 1)
        let long = [RoleVisit(ready: -70 * year, start: -70 * year, end: 930 * year, person: 1)]
        #expect(DutyRoster(long).capacity == 1)
    }

    @Test("what a role gives follows its hours and people")
    func given() {
        let week = WorkWeek(spans: [9.5 * 3600..<12 * 3600, 30 * 3600..<31 * 3600])
        var staffing = [Double](repeating: 0.5, count: 168)
        staffing[10] = 1
        let role = SimulationModel.Role("desk", capacity: 4, week: week, staffing: staffing)
        #expect(role.peopleAtOnce == 2...4)
        // Half an hour with two, one with four, two with two.
        #expect(role.given(until: 10.5 * 3600) == 10_800)
        #expect(role.given(until: WorkWeek.length) == 32_400)
        #expect(role.given(until: 3 * WorkWeek.length + 11 * 3600) == 115_200)
        let flat = SimulationModel.Role("desk", capacity: 4, week: week)
        #expect(flat.peopleAtOnce == 4...4 && flat.given(until: WorkWeek.length) == 50_400)
    }
}
