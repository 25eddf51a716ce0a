import Scheduling
import Testing
import WorkingTime

@Suite struct QualityTests {
    private func findings(_ builder: NetworkBuilder, _ inputs: QualityInputs = QualityInputs()) throws -> [QualityCheck.Point:
        QualityCheck]
    {
        let checks = try builder.build().schedule().quality(inputs)
        return Dictionary(uniqueKeysWithValues: checks.map { ($0.point, $0) })
    }

    private func chain(_ count: Int) -> NetworkBuilder {
        var builder = NetworkBuilder(start: monday.at(8), calendar: .standard)
        for index in 0..<count {
            builder.add(Activity(duration: .working(5 * day)))
            if index > 0 { builder.link(index - 1, index) }
        }
        return builder
    }

    @Test("a clean chain passes every point that can be assessed")
    func clean() throws {
        let checks = try findings(chain(12))
        #expect(checks.count == 14)
        #expect(checks.values.allSatisfy { $0.passes ?? true })
        #expect(checks[.missedBaseline]?.passes == nil && checks[.missingResources]?.passes == nil)
        #expect(checks[.brokenCriticalPath]?.passes == true && checks[.criticalPathLengthIndex]?.passes == true)
    }

    @Test("without a status date, the day given is looked from: work forecast before it is not valid, work of that day is")
    func today() throws {
        var inputs = QualityInputs()
        inputs.today = (monday + 7).start..<(monday + 8).start
        // The first activity takes the week before, the second begins on the day itself.
        #expect(try findings(chain(3), inputs)[.invalidDates]?.finding == .activities([0], of: 3, limit: 0))
    }

    @Test("a milestone that closes the network is its natural end, though its predecessor finishes with it")
    func closingMilestone() throws {
        var builder = chain(3)
        let closing = builder.add(Activity(duration: .working(0)))
        builder.link(2, closing)
        #expect(try findings(builder)[.missingLogic]?.finding == .activities([], of: 4, limit: 0.05))
    }

    @Test("each fault is found where it is")
    func faults() throws {
        var builder = chain(12)
        let loose = builder.add(Activity(duration: .working(45 * day)))
        builder.activities[3].constraint = .mustStartOn((monday + 1).at(8))
        let lead = builder.link(1, 4, .finishToStart, lag: .working(-day))
        let lag = builder.link(2, 5, .startToStart, lag: .working(3 * day))
        var inputs = QualityInputs()
        inputs.isStaffed = builder.activities.indices.map { $0 != 6 }
        let checks = try findings(builder, inputs)
        #expect(checks[.missingLogic]?.finding == .activities([loose], of: 13, limit: 0.05))
        #expect(checks[.leads]?.finding == .links([lead], of: 13, limit: 0) && checks[.leads]?.passes == false)
        #expect(checks[.lags]?.finding == .links([lag], of: 13, limit: 0.05))
        #expect(checks[.otherLinkKinds]?.finding == .links([lag], of: 13, limit: 0.10) && checks[.otherLinkKinds]?.passes == true)
        #expect(checks[.hardConstraints]?.finding == .activities([3], of: 13, limit: 0.05))
        #expect(checks[.highDuration]?.finding == .activities([loose], of: 13, limit: 0.05))
        #expect(checks[.negativeFloat]?.passes == false)
        #expect(checks[.missingResources]?.finding == .activities([6], of: 13, limit: 0))
    }

    @Test("a fixed end breaks the critical path test, and a missed deadline the length index")
    func path() throws {
        var builder = chain(4)
        builder.activities[3].constraint = .mustStartOn((monday + 21).at(8))
        #expect(try findings(builder)[.brokenCriticalPath]?.passes == false)
        builder = chain(4)
        builder.activities[3].deadline = (monday + 21).at(17)
        let index = try findings(builder)[.criticalPathLengthIndex]
        #expect(index?.finding == .index(16.0 / 20.0, least: 0.95) && index?.passes == false)
    }

    @Test("against a baseline, late and unfinished activities count")
    func baseline() throws {
        var builder = chain(4)
        builder.options.statusDate = (monday + 14).at(8)
        builder.activities[0].progress = .finished(start: monday.at(8), finish: (monday + 4).at(17))
        builder.activities[2].progress = .started(start: (monday + 15).at(8), remaining: day)
        var inputs = QualityInputs()
        inputs.baselineFinish = [(monday + 4).at(17), (monday + 11).at(17), (monday + 18).at(17), nil]
        let checks = try findings(builder, inputs)
        #expect(checks[.missedBaseline]?.finding == .activities([1], of: 2, limit: 0.05))
        #expect(checks[.baselineExecutionIndex]?.finding == .index(0.5, least: 0.95))
        #expect(checks[.invalidDates]?.finding == .activities([2], of: 4, limit: 0))
    }
}
