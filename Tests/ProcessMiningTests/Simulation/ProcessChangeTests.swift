import Testing

@testable import ProcessMining

@Suite("What-if changes")
struct ProcessChangeTests {
    private var simulation: Simulation {
        var simulation = Simulation()
        (simulation.cases, simulation.warmUp, simulation.runs) = (1500, 200, 10)
        return simulation
    }

    @Test("the same seed gives the same result, and the difference to itself is nothing")
    func reproducible() throws {
        let model = QueueTests.row(arrivals: 0.7, [(1, 1), (1, 1)])
        let (one, other) = (try #require(try simulation.run(model)), try #require(try simulation.run(model)))
        #expect(one.cycleTime == other.cycleTime)
        let difference = simulation.difference(one, other)
        #expect(difference.cycleTime.mean == 0 && difference.cycleTime.low == 0 && difference.cycleTime.high == 0)
    }

    @Test("the same cases meet both processes, so a small difference shows through large chance")
    func commonRandomNumbers() throws {
        let model = QueueTests.row(arrivals: 0.8, [(1, 1)])
        let asIs = try #require(try simulation.run(model))
        let toBe = try #require(try simulation.run(model.applying([.scale(1, factor: 0.97)])))
        let difference = simulation.difference(asIs, toBe)
        #expect(difference.cycleTime.high < 0)
        #expect(difference.cycleTime.high - difference.cycleTime.low < (asIs.cycleTime.high - asIs.cycleTime.low) / 2)
        #expect((difference.cycleTimeChange?.mean ?? 0) < -0.03)
    }

    @Test("each change does what it says")
    func changes() throws {
        let model = QueueTests.row(arrivals: 0.7, [(1, 1), (1, 1)])
        let asIs = try #require(try simulation.run(model))
        func mean(_ changes: [ProcessChange]) throws -> Simulation.Outcome {
            try #require(try simulation.run(model.applying(changes)))
        }
        let dropped = try mean([.drop(2)])
        #expect(dropped.cycleTime.mean < asIs.cycleTime.mean * 0.7)
        #expect(dropped.waitingAt[2] == nil)
        let automated = try mean([.automate(1, seconds: 5)])
        #expect(automated.waitingAt[1]?.mean == 0)
        #expect(automated.cost.mean < asIs.cost.mean * 0.6)
        let staffed = try mean([.staff(role: 0, capacity: 2)])
        #expect(abs(staffed.utilisation[0].mean - asIs.utilisation[0].mean / 2) < 0.02)
        let merged = try model.applying([.merge(1, 2, factor: 0.4)])
        #expect(abs((merged.work[1]?.meanService ?? 0) - 0.4 * 7200) < 1e-9)
        #expect(merged.work[2] == nil)
        let busier = try mean([.demand(factor: 1.2)])
        #expect(busier.cycleTime.mean > asIs.cycleTime.mean)
    }

    @Test("what cannot be run or changed is refused with its reason")
    func refused() throws {
        let model = QueueTests.row(arrivals: 1.2, [(1, 1)])
        #expect(throws: SimulationModel.Flaw.overloaded(role: "role 0", load: 1.2)) { try simulation.run(model) }
        var empty = QueueTests.row(arrivals: 0.5, [(1, 0)])
        #expect(throws: SimulationModel.Flaw.noCapacity(role: "role 0")) { try simulation.run(empty) }
        empty.arrivals.perWeek = 0
        #expect(throws: SimulationModel.Flaw.noArrivals) { try simulation.run(empty) }
        var endless = ProcessModel()
        let (start, step) = (endless.add(.init(.start)), endless.add(.init(.activity, "a")))
        endless.connect(start, step)
        endless.connect(step, step)
        empty.process = endless
        #expect(throws: SimulationModel.Flaw.noEnd) { try simulation.run(empty) }
        #expect(throws: ProcessChange.Flaw.notInARow([2, 1])) {
            try QueueTests.row(arrivals: 0.5, [(1, 1), (1, 1)]).applying([.parallel([2, 1])])
        }
        #expect(throws: ProcessChange.Flaw.noSuchStep(0)) { try model.applying([.drop(0)]) }
        #expect(throws: ProcessChange.Flaw.notPositive) { try model.applying([.staff(role: 0, capacity: 0)]) }
    }

    @Test("a stopped simulation says so by giving nothing")
    func stops() throws {
        #expect(try simulation.run(QueueTests.row(arrivals: 0.5, [(1, 1)])) { _ in false } == nil)
    }
}
