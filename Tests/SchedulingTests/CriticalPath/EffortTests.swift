import Scheduling
import Testing

@Suite struct EffortTests {
    private func staffed(_ type: EffortType, isEffortDriven: Bool = true) -> Effort {
        var effort = Effort(type: type, isEffortDriven: isEffortDriven, duration: 10 * 480)
        effort.add(units: 1)
        return effort
    }

    @Test("a second person halves the time of fixed units and fixed work, and the units of a fixed duration")
    func effortDriven() {
        for type in [EffortType.fixedUnits, .fixedWork] {
            var effort = staffed(type)
            effort.add(units: 1)
            #expect(effort.duration == 5 * 480 && effort.work == 10 * 480)
        }
        var effort = staffed(.fixedDuration)
        effort.add(units: 1)
        #expect(effort.duration == 10 * 480 && effort.work == 10 * 480)
        #expect(effort.shares.map(\.units) == [0.5, 0.5])
    }

    @Test("without effort-driven scheduling a second person brings work along")
    func notEffortDriven() {
        var effort = staffed(.fixedUnits, isEffortDriven: false)
        effort.add(units: 0.5)
        #expect(effort.duration == 10 * 480 && effort.work == 15 * 480)
    }

    @Test(
        "changing one side moves the side that is not fixed",
        arguments: [
            (EffortType.fixedUnits, 1.0, 20.0), (.fixedDuration, 1.0, 20.0), (.fixedWork, 0.5, 10.0),
        ])
    func duration(type: EffortType, units: Double, workDays: Double) {
        var effort = staffed(type)
        effort.setDuration(20 * 480)
        #expect(effort.shares[0].units == units && effort.work == workDays * 480)
    }

    @Test("half the units double the time, or halve the work of a fixed duration")
    func units() {
        var effort = staffed(.fixedUnits)
        effort.setUnits(0.5, at: 0)
        #expect(effort.duration == 20 * 480 && effort.work == 10 * 480)
        effort = staffed(.fixedDuration)
        effort.setUnits(0.5, at: 0)
        #expect(effort.duration == 10 * 480 && effort.work == 5 * 480)
    }

    @Test("more work takes longer, or more people's time in a fixed duration; leaving hands work over")
    func work() {
        var effort = staffed(.fixedUnits)
        effort.setWork(20 * 480)
        #expect(effort.duration == 20 * 480)
        effort = staffed(.fixedDuration)
        effort.setWork(20 * 480)
        #expect(effort.shares[0].units == 2)
        effort = staffed(.fixedUnits)
        effort.add(units: 1)
        effort.remove(at: 0)
        #expect(effort.duration == 10 * 480 && effort.shares.count == 1)
    }
}
