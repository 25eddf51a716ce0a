import Testing

@testable import ProcessMining

/// Against the closed forms of queueing theory (Kleinrock, "Queueing Systems I", 1975, chapters 3 and 4).
@Suite("Simulation against queueing formulas")
struct QueueTests {
    private static let hour = 3600.0

    /// Steps in a row, each with a role of its own; rates an hour.
    static func row(arrivals: Double, _ stations: [(rate: Double, servers: Int)]) -> SimulationModel {
        var process = ProcessModel()
        var before = process.add(.init(.start))
        var work: [Int: SimulationModel.Work] = [:]
        var roles: [SimulationModel.Role] = []
        for (index, station) in stations.enumerated() {
            let node = process.add(.init(.activity, "step \(index)"))
            process.connect(before, node)
            work[node] = SimulationModel.Work(role: index, service: [.exponential(mean: hour / station.rate)])
            roles.append(SimulationModel.Role("role \(index)", capacity: station.servers, costPerHour: 60))
            before = node
        }
        process.connect(before, process.add(.init(.end)))
        return SimulationModel(process: process, work: work, roles: roles, arrivals: .init(perWeek: arrivals * 168))
    }

    private func simulation(_ cases: Int, runs: Int = 20) -> Simulation {
        var simulation = Simulation()
        (simulation.cases, simulation.warmUp, simulation.runs, simulation.seed) = (cases, cases / 10, runs, 11)
        simulation.confidence = 0.999
        return simulation
    }

    private func agrees(_ estimate: Simulation.Estimate, _ truth: Double, within part: Double) -> Bool {
        estimate.low <= truth && truth <= estimate.high && (estimate.high - estimate.low) / 2 <= part * truth
    }

    /// Mean wait in the queue of M/M/c by Erlang's C formula, in hours.
    static func erlangWait(_ arrivals: Double, _ rate: Double, _ servers: Int) -> Double {
        let offered = arrivals / rate
        var term = 1.0
        var sum = 0.0
        for k in 0..<servers {
            if k > 0 { term *= offered / Double(k) }
            sum += term
        }
        let last = term * offered / Double(servers) / (1 - offered / Double(servers))
        return last / (sum + last) / (Double(servers) * rate - arrivals)
    }

    @Test("M/M/1: time in the system 1/(μ−λ), utilisation λ/μ")
    func single() throws {
        let outcome = try #require(try simulation(8000).run(Self.row(arrivals: 0.7, [(1, 1)])))
        #expect(agrees(outcome.cycleTime, Self.hour / 0.3, within: 0.1))
        #expect(agrees(outcome.waiting, Self.hour * (1 / 0.3 - 1), within: 0.15))
        #expect(agrees(outcome.utilisation[0], 0.7, within: 0.03))
        // Exponential with the same mean: the median is ln 2 of it.
        #expect(agrees(outcome.medianCycleTime, Self.hour / 0.3 * 0.693147, within: 0.1))
        #expect(agrees(outcome.cost, 60, within: 0.03))
        #expect(agrees(outcome.throughput, 0.7 * 168, within: 0.03))
    }

    @Test("M/M/c: waiting by Erlang's C", arguments: [(2.5, 1.0, 3), (7.0, 1.0, 8), (1.2, 1.0, 2)])
    func several(arrivals: Double, rate: Double, servers: Int) throws {
        let outcome = try #require(try simulation(8000).run(Self.row(arrivals: arrivals, [(rate, servers)])))
        #expect(agrees(outcome.waiting, Self.hour * Self.erlangWait(arrivals, rate, servers), within: 0.25))
        #expect(agrees(outcome.utilisation[0], arrivals / rate / Double(servers), within: 0.03))
    }

    @Test("a tandem queue is the sum of its stations (Jackson)")
    func tandem() throws {
        let outcome = try #require(try simulation(8000).run(Self.row(arrivals: 0.6, [(1, 1), (0.9, 1)])))
        #expect(agrees(outcome.cycleTime, Self.hour * (1 / 0.4 + 1 / 0.3), within: 0.1))
    }

    @Test("a step gone back to with chance p is passed 1/(1−p) times")
    func feedback() throws {
        var model = Self.row(arrivals: 0.4, [(1, 1)])
        var process = ProcessModel()
        let (start, step, gateway, end) = (
            process.add(.init(.start)), process.add(.init(.activity, "a")), process.add(.init(.exclusive)),
            process.add(.init(.end))
        )
        process.connect(start, step)
        process.connect(step, gateway)
        process.connect(gateway, step, share: 0.25)
        process.connect(gateway, end, share: 0.75)
        model.process = process
        #expect(abs(model.visits[step] - 4.0 / 3) < 1e-9)
        let outcome = try #require(try simulation(8000).run(model))
        // λ' = λ/(1−p); visits · 1/(μ−λ').
        #expect(agrees(outcome.cycleTime, Self.hour * (4.0 / 3) / (1 - 0.4 * 4 / 3), within: 0.1))
    }

    @Test("side by side, the longest counts; working hours stop the clock of work")
    func parallelAndHours() throws {
        var model = Self.row(arrivals: 0.001, [(1, 5), (1, 5)])
        model.work[1]?.service = [.constant(3600)]
        model.work[2]?.service = [.constant(7200)]
        let one = try #require(try simulation(200, runs: 3).run(model))
        #expect(abs(one.cycleTime.mean - 10_800) < 1e-6)
        let both = try #require(try simulation(200, runs: 3).run(model.applying([.parallel([1, 2])])))
        #expect(abs(both.cycleTime.mean - 7200) < 1e-6)
        // An eight-hour task in an eight-hour day ends on the same or the next working day.
        model.work[1]?.service = [.constant(8 * 3600)]
        model.work[2] = nil
        model.roles[0].week = WorkWeek(openHours: Set((0..<7).flatMap { day in (9..<17).map { day * 24 + $0 } }))
        let slow = try #require(try simulation(200, runs: 3).run(model))
        #expect(slow.cycleTime.mean > 8 * 3600 && slow.cycleTime.mean < 40 * 3600)
        #expect(slow.cost.mean == 480)
    }

    @Test("working time added and counted agree, over weeks and at the edges")
    func week() {
        var hours: Set<Int> = []
        for day in 0..<5 { for hour in [9, 10, 11, 13, 14, 15, 16, 17] { hours.insert(day * 24 + hour) } }
        let week = WorkWeek(openHours: hours)
        #expect(week.total == 40 * 3600)
        for start in stride(from: 0.0, to: 2 * WorkWeek.length, by: 5000) {
            for seconds: Double in [1, 3600, 10_800, 28_800, 144_000, 100_000] {
                let end = week.moment(after: seconds, from: start)
                #expect(abs(week.worked(until: end) - week.worked(until: start) - seconds) < 1e-6)
                #expect(end >= start + seconds)
            }
            #expect(week.worked(until: week.opening(from: start)) == week.worked(until: start))
        }
    }
}
